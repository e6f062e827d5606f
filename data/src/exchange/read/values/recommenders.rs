//! The recommending States in the brackets of a recommendation's text.
//!
//! Reports write "Ratify the Convention (CEDAW) (France) (Lithuania);" and, where several States ask
//! for similar things, "Sign (Mexico, Austria) / Ratify (Belgium) the Protocol (CRC)". A pair of
//! brackets counts when what it holds resolves to a State or to a list of nothing but States. The
//! rest are the text's own.

use crate::domain::states::{is_known_other, named, plausible};
use crate::domain::{Message, StateCode};
use crate::exchange::read::values::names::{MAX_NAME, Unresolved, resolve_name, unresolved};

/// More brackets than any paragraph has; what follows them in a hostile text is left alone.
const MAX_BRACKETS: usize = 400;
/// More brackets without a State than any paragraph has. Each is compared with every State's name.
const MAX_OTHERS: usize = 40;
/// The longest list of States in one pair of brackets, in bytes.
const MAX_LIST: usize = 4_000;
/// Names in a list that may be wrong before it is taken for a phrase.
const MAX_WRONG: usize = 3;
/// Words for "and" in one piece of a list that are tried.
const MAX_ANDS: usize = 4;
/// What may stand behind the last word of a recommendation and does not belong to it.
pub(crate) const END: [char; 9] = [' ', ';', '.', ',', '*', '؛', '،', '；', '。'];

/// A pair of brackets, or an opening one that nobody closed, and the States in it.
pub(crate) struct Bracket {
    /// Where it opens, in bytes.
    pub(crate) start: usize,
    /// Behind its end.
    pub(crate) end: usize,
    /// The States, in order.
    pub(crate) states: Vec<StateCode>,
}

/// What the brackets of a text hold.
#[derive(Default)]
pub(crate) struct Brackets {
    /// Those that hold States, in order, none inside another.
    pub(crate) of_states: Vec<Bracket>,
    /// Names that are misspelt beyond doubt.
    pub(crate) misspelt: Vec<Unresolved>,
    /// A name among the States at the end of the text that is none of theirs: who it is has to be asked,
    /// or one of those who recommend is lost.
    pub(crate) stranger: Option<Unresolved>,
    /// What stands in the last pair that holds no State.
    pub(crate) last_other: Option<Unresolved>,
}

/// A pair of brackets at the end of a text.
enum Held {
    States,
    Other(NoStates),
}

/// Looks into every pair of brackets, from the outside in.
pub(crate) fn brackets(text: &str) -> Brackets {
    let mut found = Brackets::default();
    let mut held: Vec<(usize, usize, Held)> = Vec::new();
    let mut behind = 0;
    let mut others = 0;
    for (start, end, inner) in pairs(text).into_iter().take(MAX_BRACKETS) {
        if start < behind {
            continue;
        }
        match states_of(inner, Codes::No) {
            Ok(states) => {
                behind = end;
                held.push((start, end, Held::States));
                found.of_states.push(Bracket { start, end, states });
            }
            Err(none) => {
                if none.whole.is_misspelt() {
                    found.misspelt.push(none.whole.clone());
                }
                found.last_other = Some(none.whole.clone());
                held.push((start, end, Held::Other(none)));
                others += 1;
                if others == MAX_OTHERS {
                    break;
                }
            }
        }
    }
    found.stranger = stranger(text, held);
    found
}

/// The first name in the brackets at the end of a text that should be a State's and is none: one behind a
/// State's ("(Norway) (Atlantis)"), one before it that could be a State ("(Korea) (Norway)"), one in a list of States
/// ("(Norway; Atlantis)"), or one that is known to be another's ("(European Union)").
fn stranger(text: &str, mut held: Vec<(usize, usize, Held)>) -> Option<Unresolved> {
    let without_end = |text: &str| without_mark(text.trim_end_matches(END)).len();
    let mut tail = without_end(text);
    let mut strangers = Vec::new();
    while let Some((start, end, kind)) = held.pop() {
        if end < tail {
            break;
        }
        if end == tail || end == text.len() {
            strangers.push((start, kind));
        }
        tail = without_end(text.get(..start).unwrap_or_default());
    }
    let states = strangers
        .iter()
        .filter(|(_, kind)| matches!(kind, Held::States));
    let mut states_behind = states.count();
    let mut behind_state = false;
    for (start, kind) in strangers.into_iter().rev() {
        match kind {
            Held::States => {
                behind_state = true;
                states_behind -= 1;
            }
            Held::Other(NoStates {
                part: Some(part), ..
            }) => return Some(part),
            Held::Other(NoStates { whole, .. }) => {
                let before = text.get(..start).unwrap_or_default();
                let is_other = is_known_other(&whole.text) && !abbreviates(&whole.text, before);
                let is_group = is_other && !is_agency(&whole.text);
                let after_state = behind_state && (is_other || whole.is_name());
                let before_state = states_behind > 0 && may_be_state(&whole);
                let beside = behind_state || states_behind > 0;
                let is_code = beside && is_country_code(&whole.text);
                let is_code = is_code && !abbreviates(&whole.text, before);
                if after_state || before_state || is_group || is_code {
                    return Some(whole);
                }
            }
        }
    }
    None
}

/// Removes the mark of a footnote behind the last brackets: "(Norway)¹²", "(Norway).12", "(Norway)a".
fn without_mark(text: &str) -> &str {
    const LONGEST: usize = 3;
    let behind = text.rsplit([')', '）']).next().unwrap_or_default();
    let mark = behind.trim_matches(END);
    let is_number = mark.chars().count() <= LONGEST && mark.chars().all(char::is_numeric);
    let is_letter = behind.len() == 1 && behind.starts_with(|c: char| c.is_ascii_lowercase());
    if (is_number || is_letter) && behind.len() < text.len() {
        text.strip_suffix(behind).unwrap_or(text)
    } else {
        text
    }
}

/// Returns true if a name before the brackets of a State could be another State's: "(Korea)", "(Atlantis)".
/// "(Istanbul Convention)" could not.
fn may_be_state(name: &Unresolved) -> bool {
    let is_word = !name.text.trim().contains(char::is_whitespace);
    name.is_name() && (is_word || plausible(&name.text, name.nearest).is_some())
}

/// Returns true if a text has the form of a country's code of two letters.
fn is_country_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns true if a name is the abbreviation of an agency, which a text may name in brackets: "(UNHCR)".
fn is_agency(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
        && (text.starts_with("UN") || matches!(text, "ICRC" | "OHCHR"))
}

/// Returns true if the words before an abbreviation in brackets are those that it stands for: "European Union (EU)".
fn abbreviates(abbreviation: &str, before: &str) -> bool {
    let mut letters: Vec<char> = abbreviation.chars().collect();
    if letters.iter().any(|c| c.is_lowercase()) {
        return false;
    }
    let words = before.split(|c: char| !c.is_alphanumeric());
    let capitals = words.filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()));
    let capitals: Vec<char> = capitals.collect();
    let initials = capitals.iter().rev().take(letters.len());
    letters.reverse();
    // "Union européenne (UE)": only the first word has a capital.
    let words: Vec<&str> = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let last_words = words.iter().rev().take(letters.len());
    let small = last_words.filter_map(|word| word.chars().next());
    let small: Vec<char> = small.flat_map(char::to_uppercase).collect();
    initials.eq(letters.iter()) || small == letters
}

/// The pairs of brackets in the order in which they open, with what they hold. One pass with a stack:
/// a text of nothing but brackets costs no more than any other.
fn pairs(text: &str) -> Vec<(usize, usize, &str)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push((at, c.len_utf8())),
            ')' | '）' => {
                if let Some((start, length)) = open.pop() {
                    let inner = text.get(start + length..at).unwrap_or_default();
                    pairs.push((start, at + c.len_utf8(), inner));
                }
            }
            _ => {}
        }
    }
    // "Ratify the Convention (France;": nobody closed the last one.
    if let Some((start, length)) = open.pop() {
        let rest = text.get(start + length..).unwrap_or_default();
        pairs.push((
            start,
            text.len(),
            rest.trim_end_matches([' ', ';', '.', ',']),
        ));
    }
    pairs.sort_unstable_by_key(|(start, ..)| *start);
    pairs
}

/// Whether a code of three letters is a State.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// In a column of States.
    Yes,
    /// In a text, where "(CAT)" is a convention and "(and)" a word.
    No,
}

/// A text that is no list of States.
struct NoStates {
    /// All of it; or of a list of States with one slip the slip.
    whole: Unresolved,
    /// The first name that is none, among others that are.
    part: Option<Unresolved>,
}

impl From<Unresolved> for NoStates {
    fn from(whole: Unresolved) -> Self {
        Self { whole, part: None }
    }
}

/// The States that a name or a list of names stands for, or the first name that is none.
fn states_of(inner: &str, codes: Codes) -> Result<Vec<StateCode>, NoStates> {
    if inner.len() > MAX_LIST {
        return Err(unresolved(inner, None).into());
    }
    if let Some((speaker, others)) = inner.split_once(ON_BEHALF) {
        return spoken_for(speaker, others, codes);
    }
    let whole = match state(inner, codes) {
        Ok(state) => return Ok(vec![state]),
        Err(whole) => whole,
    };
    let mut states = Vec::new();
    let mut wrong = Vec::new();
    let mut take = |part: &str| {
        if !part.trim().is_empty() {
            match joined_by_and(part, codes, MAX_ANDS) {
                Ok(several) => states.extend(several),
                Err(unresolved) => wrong.push(unresolved),
            }
        }
        wrong.len() < MAX_WRONG
    };
    // A name may hold a comma: "Korea, Republic of; Netherlands, Kingdom of the".
    let pieces = inner.split([';', '/', '|', '\n', '；', '؛']);
    let mut parts = pieces.flat_map(at_commas);
    let _ = parts.all(&mut take);
    match wrong.into_iter().next() {
        None if states.is_empty() => Err(whole.into()),
        None => Ok(states),
        // One slip in a list of States; otherwise it is a phrase, and named whole.
        Some(slip) if !states.is_empty() && slip.is_misspelt() => Err(NoStates {
            whole: slip.clone(),
            part: Some(slip),
        }),
        Some(stranger) => Err(NoStates {
            whole,
            part: (!states.is_empty()).then_some(stranger),
        }),
    }
}

/// The most commas in the name of a State.
const MAX_COMMAS: usize = 2;

/// The names of a list with commas. Names may hold commas themselves, and the longest that is a State counts:
/// "Norway, Korea, Republic of" is Norway and one Korea.
fn at_commas(list: &str) -> Vec<&str> {
    let commas: Vec<(usize, usize)> = list
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '、' | '，' | '،'))
        .map(|(at, c)| (at, at + c.len_utf8()))
        .chain([(list.len(), list.len())])
        .collect();
    let mut names = Vec::new();
    let mut start = 0;
    let mut rest = commas.as_slice();
    while let Some((first_end, _)) = rest.first() {
        let longest = rest.len().min(MAX_COMMAS + 1);
        let found = (2..=longest).rev().find_map(|length| {
            let (end, next) = rest.get(length - 1)?;
            let name = list.get(start..*end)?;
            is_name_with_comma(name).then_some((length, *next, name))
        });
        if let Some((length, next, name)) = found {
            names.push(name);
            start = next;
            rest = rest.get(length..).unwrap_or_default();
        } else {
            let name = list.get(start..*first_end).unwrap_or_default();
            names.extend(name.split(" - "));
            start = rest.first().map_or(list.len(), |(_, next)| *next);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    names
}

/// Returns true if a text with a comma is the name of one State, perhaps with the last of a list behind it: "Korea,
/// Republic of and Norway". Compares with exact names only, so that a long list costs little.
fn is_name_with_comma(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['*', '†', '‡', ' ']);
    let is_state =
        |name: &str| name.contains(',') && name.len() <= MAX_NAME && named(name).is_some();
    is_state(text)
        || ANDS.iter().any(|word| {
            let split = text.rsplit_once(word);
            split.is_some_and(|(name, _)| is_state(name))
        })
}

/// The words between the State that speaks and those that it speaks for.
const ON_BEHALF: &str = " on behalf of ";

/// The States of "Norway, on behalf of Denmark and Sweden": all of them. "Norway, on behalf of the Nordic countries" is
/// Norway's, as is any group that is not named by its members.
fn spoken_for(speaker: &str, others: &str, codes: Codes) -> Result<Vec<StateCode>, NoStates> {
    let mut states = states_of(speaker.trim_end_matches([',', ' ']), codes)?;
    let begins_small = |name: &str| {
        let first = name.chars().find(|c| c.is_alphabetic());
        first.is_none_or(char::is_lowercase)
    };
    if is_known_other(others) {
        return Ok(states);
    }
    match states_of(others, codes) {
        Ok(further) => {
            for one in further {
                push(&mut states, one);
            }
            Ok(states)
        }
        // "the core group on the Convention"
        Err(none) if none.part.is_none() && begins_small(others) => Ok(states),
        Err(none) => {
            let part = none.part.unwrap_or(none.whole);
            Err(NoStates {
                whole: part.clone(),
                part: Some(part),
            })
        }
    }
}

/// Words for "and" between two States.
const ANDS: [&str; 10] = [
    " and ", " & ", " et ", " y ", " e ", " и ", " і ", " و", "和", "与",
];

/// "France and Spain", "la France et l’Espagne"; names that hold "and" themselves are tried whole before.
fn joined_by_and(part: &str, codes: Codes, ands: usize) -> Result<Vec<StateCode>, Unresolved> {
    let error = match state(part, codes) {
        Ok(state) => return Ok(vec![state]),
        Err(error) => error,
    };
    for word in ANDS {
        for (at, _) in part.match_indices(word).take(ands) {
            let (one, rest) = part.split_at(at);
            let rest = rest.get(word.len()..).unwrap_or_default();
            // "Bosnia and Herzegovina and Chile" is not Bosnia and another.
            if let Ok(first) = state(one, codes)
                && let Ok(others) = joined_by_and(rest, codes, ands - 1)
            {
                return Ok(std::iter::once(first).chain(others).collect());
            }
        }
    }
    Err(error)
}

/// The State of a name as texts write it.
fn state(name: &str, codes: Codes) -> Result<StateCode, Unresolved> {
    let name = name.trim().trim_end_matches(['*', '†', '‡']).trim_end();
    let is_code = name.len() == 3 && name != "USA" && name != "UAE";
    if name.len() > MAX_NAME || is_code && codes == Codes::No {
        return Err(unresolved(name, None));
    }
    // The last of a list: "(France, Spain, and Italy)".
    let name = name.strip_prefix("and ").unwrap_or(name);
    resolve_name(name)
}

/// The States of a column that names them, one or several, in whatever way they are separated.
pub(crate) fn in_column(values: &[String]) -> (Vec<StateCode>, Vec<Unresolved>) {
    let mut states = Vec::new();
    let mut wrong = Vec::new();
    let mut values = values;
    while let Some((value, behind)) = values.split_first() {
        values = behind;
        // A list that was taken apart at its commas: "Korea" and "Republic of".
        let joined = (1..=MAX_COMMAS.min(behind.len())).rev().find_map(|count| {
            let parts = behind.get(..count)?;
            let name = format!("{value}, {}", parts.join(", "));
            let is_part = parts.iter().any(|part| named(part).is_none());
            Some((named(&name).filter(|_| is_part)?, count))
        });
        if let Some((state, count)) = joined {
            push(&mut states, state);
            values = behind.get(count..).unwrap_or_default();
            continue;
        }
        match resolve_name(value) {
            Ok(state) => push(&mut states, state),
            Err(unresolved) => match states_of(value, Codes::Yes) {
                Ok(several) => several
                    .into_iter()
                    .for_each(|state| push(&mut states, state)),
                Err(none) => wrong.push(none.part.unwrap_or(unresolved)),
            },
        }
    }
    (states, wrong)
}

/// The States of a recommendation whose text names some in brackets and whose column names some: all of
/// them, if the one names all that the other does, as where a file has a row for each State. Where each
/// names a State that the other does not, one of the two is wrong.
pub(crate) fn united(
    of_text: &[StateCode],
    of_column: &[StateCode],
) -> Result<Vec<StateCode>, Message> {
    let within = |some: &[StateCode], all: &[StateCode]| some.iter().all(|one| all.contains(one));
    if !within(of_text, of_column) && !within(of_column, of_text) {
        return Err(Message::new("exchange-states-differ")
            .with("text", names_of(of_text))
            .with("column", names_of(of_column)));
    }
    let mut states = Vec::new();
    for state in of_text.iter().chain(of_column) {
        push(&mut states, *state);
    }
    Ok(states)
}

fn names_of(states: &[StateCode]) -> String {
    let names: Vec<&str> = states.iter().map(|state| state.name()).collect();
    crate::exchange::read::values::cells::shortened(&names.join(", "))
}

/// Adds a State that is not there yet.
pub(crate) fn push(states: &mut Vec<StateCode>, state: StateCode) {
    if !states.contains(&state) {
        states.push(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let brackets = brackets(text);
        brackets
            .of_states
            .iter()
            .flat_map(|b| &b.states)
            .map(|state| state.as_str())
            .collect()
    }

    #[test]
    fn states_are_told_from_other_brackets() {
        assert_eq!(
            found("Ratify it (CEDAW) (France) (Lithuania);"),
            ["FRA", "LTU"]
        );
        assert_eq!(
            found("Sign (Mexico, Austria) / Ratify (Belgium) (CRC)"),
            ["MEX", "AUT", "BEL"]
        );
        assert_eq!(
            found("Convention (No. 169) (arts. 21 and 22), and (and) (a)"),
            [""; 0]
        );
        assert_eq!(found("Do it (Argentina; Djibouti)"), ["ARG", "DJI"]);
        assert_eq!(
            found("Do it (Trinidad and Tobago) (Holy See)"),
            ["TTO", "VAT"]
        );
    }

    #[test]
    fn brackets_within_and_unbalanced_ones_are_read() {
        assert_eq!(found("Do it (Iran (Islamic Republic of));"), ["IRN"]);
        assert_eq!(
            found("Do it (Venezuela (Bolivarian Republic of)) (Togo)"),
            ["VEN", "TGO"]
        );
        assert_eq!(found("As the OHCHR) says (Portugal);"), ["PRT"]);
        assert_eq!(found("Do it (France;"), ["FRA"]);
        assert_eq!(found("See (this (Norway))"), ["NOR"]);
        assert_eq!(found(&"(".repeat(100_000)), [""; 0]);
        assert_eq!(found(&")(".repeat(100_000)), [""; 0]);
    }

    #[test]
    fn blanks_in_names_do_no_harm() {
        assert_eq!(
            found("(Sierra Le one) (Bolivia (Plurinational S tate of))"),
            ["SLE", "BOL"]
        );
        assert_eq!(found("(Cote d ’ Ivoire) (Timor- Leste)"), ["CIV", "TLS"]);
    }

    #[test]
    fn lists_are_joined_in_several_languages() {
        assert_eq!(
            found("(France, Spain, and Italy) (Bosnia and Herzegovina and Chile)"),
            ["FRA", "ESP", "ITA", "BIH", "CHL"]
        );
        assert_eq!(found("(la France et l’Espagne)"), ["FRA", "ESP"]);
        assert_eq!(
            found("(Норвегия и Швеция) (Чили; Перу)"),
            ["NOR", "SWE", "CHL", "PER"]
        );
        assert_eq!(
            found("批准（挪威、瑞典）（智利和秘鲁）。"),
            ["NOR", "SWE", "CHL", "PER"]
        );
        assert_eq!(
            found("(النرويج، السويد) (شيلي وبيرو)"),
            ["NOR", "SWE", "CHL", "PER"]
        );
    }

    #[test]
    fn strangers_among_the_states_at_the_end_are_named() {
        let stranger = |text| brackets(text).stranger.map(|one| one.text);
        // The mark of a footnote behind brackets does not hide what they hold.
        for marked in [
            "Sign it (Norway) (Atlantis)¹²",
            "Sign it (Norway)¹ (Atlantis)².",
            "Sign it (Norway) (Atlantis).¹²",
            "Sign it (Norway) (Atlantis)a;",
            "Sign it (Norway; Atlantis)12",
        ] {
            assert_eq!(stranger(marked).as_deref(), Some("Atlantis"), "{marked}");
        }
        assert_eq!(
            stranger("Sign it (European Union)¹²").as_deref(),
            Some("European Union")
        );
        assert_eq!(stranger("Sign it (Norway)¹² (Chile)3"), None);
        for (text, name) in [
            ("Do it (Norway) (Swedan) (Chile);", "Swedan"),
            ("Do it (Norway) (Atlantis).", "Atlantis"),
            ("Do it (Norway; Atlantis)", "Atlantis"),
            ("Do it (Norway) (European Union);", "European Union"),
            ("Do it (European Union) (Norway)", "European Union"),
            ("Do it (European Union)", "European Union"),
            ("Do it (Norway) (EU)", "EU"),
            ("Do it (EU)", "EU"),
            ("Do it (欧盟)", "欧盟"),
            ("Do A (Korea) (Norway)", "Korea"),
            ("Do it (Atlantis) (Norway)", "Atlantis"),
            ("Do it (GB) (Guinea Bissau)", "GB"),
            ("Do it (Norway on behalf of Atlantis)", "Atlantis"),
            ("Сделать (Норвегия) (Атлантида)", "Атлантида"),
        ] {
            assert_eq!(stranger(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "Do it (CEDAW) (Norway)",
            "Do it (CEDAW) in (Norway)",
            "Do it (Norway) (CRC)",
            "Do it (Norway) (as amended)",
            "Do it (Norway) (art. 5)",
            "Adopt it (Istanbul Convention)",
            "Adopt it (Istanbul Convention) (Norway)",
            "Sign it (Togo) (Fiji) and the Convention (Istanbul)",
            "Meet the (EU) rules (Norway)",
            "Join the European Union (EU) (Norway)",
            "Adhérer à l’Union européenne (UE) (Togo)",
            "Work with the refugee agency (UNHCR) (Norway)",
            "Do it (Norway, on behalf of the Nordic countries)",
            "Do it (Norway, on behalf of the core group)",
            "Do it (Atlantis)",
            "",
        ] {
            assert_eq!(stranger(text), None, "{text}");
        }
    }

    #[test]
    fn who_is_spoken_for_recommends_as_well() {
        assert_eq!(found("Do it (Norway on behalf of Sweden)"), ["NOR", "SWE"]);
        assert_eq!(
            found("Do it (Norway, on behalf of Denmark and Sweden) (Chile)"),
            ["NOR", "DNK", "SWE", "CHL"]
        );
        assert_eq!(
            found("Do it (Norway, on behalf of the Nordic countries)"),
            ["NOR"]
        );
        assert_eq!(
            found("Do it (Korea, Republic of; Netherlands, Kingdom of the)"),
            ["KOR", "NLD"]
        );
    }

    #[test]
    fn text_and_column_are_united_or_differ() {
        let states = |codes: &[&str]| -> Vec<StateCode> {
            codes
                .iter()
                .filter_map(|code| StateCode::parse(code))
                .collect()
        };
        let (one, two) = (states(&["NOR"]), states(&["SWE", "NOR"]));
        assert_eq!(united(&two, &one), Ok(two.clone()));
        assert_eq!(united(&one, &two), Ok(states(&["NOR", "SWE"])));
        assert_eq!(united(&[], &one), Ok(one.clone()));
        assert_eq!(united(&two, &[]), Ok(two.clone()));
        let differ = united(&two, &states(&["NOR", "PER"])).unwrap_err();
        assert_eq!(differ.key, "exchange-states-differ");
    }

    #[test]
    fn misspelt_states_are_noticed() {
        let brackets = brackets("Ratify it (CEDAW) (General) (Slovkia)");
        let nearest: Vec<_> = brackets
            .misspelt
            .iter()
            .filter_map(|one| one.nearest)
            .collect();
        assert_eq!(
            nearest
                .iter()
                .map(|state| state.as_str())
                .collect::<Vec<_>>(),
            ["SVK"]
        );
    }
}
