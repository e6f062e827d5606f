//! The words of positions in sentences, by the phrases that cells are read by ([`positions`](super::positions)).
//!
//! A sentence has words that belong to no phrase, so a phrase counts only where it cannot mean something else: a
//! bare "support" may be a noun, and "notes that" introduces a remark. A denial turns the support behind it into a
//! refusal if nothing but words without a meaning of their own stand between; otherwise nothing is certain, and the
//! answer is asked about.

use crate::domain::states::{fold, named};
use crate::domain::{Message, PositionClass};
use crate::exchange::read::values::cells::shortened;
use crate::exchange::read::values::positions::{
    KNOWN, MAX_PHRASE, Reading, Said, position, together,
};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A phrase in a sentence, with where it stands in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    said: Said,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Mark {
    /// Returns true if the phrase announces an exception.
    pub(crate) fn is_exception(self) -> bool {
        self.said == Said::Except
    }

    /// Returns true if the phrase only limits another one: "in part", "in principle".
    pub(crate) fn is_qualifier(self) -> bool {
        matches!(self.said, Said::InPart | Said::InPrinciple)
    }

    /// The same phrase in a text that begins so many bytes later.
    pub(crate) fn moved_back(self, bytes: usize) -> Self {
        Self {
            start: self.start.saturating_sub(bytes),
            end: self.end.saturating_sub(bytes),
            ..self
        }
    }

    fn is_answer(self) -> bool {
        use Said::{Noted, Pending, Rejected, Supported, Unclear};
        matches!(self.said, Supported | Rejected | Noted | Pending | Unclear)
    }
}

/// The phrases of a sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marks {
    pub(crate) all: Vec<Mark>,
    /// Whether a denial at the end denies what the next line says.
    pub(crate) ends_denied: bool,
}

/// Phrases that count only behind a denial or an introducing word: they may be nouns, or ask the State to act.
const WEAK: [&str; 24] = [
    "support",
    "accept",
    "agree",
    "agrees",
    "agreed",
    "approved",
    "endorsed",
    "note",
    "take note",
    "take note of",
    "opposed",
    "refuse",
    "part",
    "accepter",
    "appuyer",
    "soutenir",
    "aceptar",
    "apoyar",
    "respaldar",
    "tomar nota",
    "принять",
    "поддержать",
    "принять к сведению",
    "اطلعت على",
];
/// Words that make a weak phrase a verb of the State.
const INTRODUCING: [&str; 16] = [
    "can",
    "we",
    "will",
    "shall",
    "also",
    "fully",
    "government",
    "i",
    "peut",
    "puede",
    "может",
    "решил",
    "решила",
    "постановил",
    "согласен",
    "согласна",
];
/// Words before an infinitive; "hopes to support" supports nothing yet.
const OF_INFINITIVES: [&str; 4] = ["to", "d", "de", "a"];
/// Words that make such an infinitive an answer.
const DECIDING: [&str; 26] = [
    "decided",
    "decides",
    "agreed",
    "agrees",
    "pleased",
    "happy",
    "able",
    "ready",
    "position",
    "willing",
    "like",
    "wishes",
    "chosen",
    "continues",
    "décidé",
    "décide",
    "convenu",
    "mesure",
    "disposé",
    "prêt",
    "dispuesto",
    "dispuesta",
    "decidido",
    "condiciones",
    "ravi",
    "souhaite",
];
/// Words that may stand between a denial and what it denies, beside the fillers of cells.
const NEUTRAL: [&str; 75] = [
    "able",
    "currently",
    "presently",
    "yet",
    "now",
    "at",
    "stage",
    "time",
    "moment",
    "present",
    "prepared",
    "ready",
    "that",
    "their",
    "these",
    "following",
    "ce",
    "stade",
    "actuellement",
    "mesure",
    "pour",
    "instant",
    "cependant",
    "ces",
    "este",
    "momento",
    "actualmente",
    "condiciones",
    "ahora",
    "puede",
    "estas",
    "esta",
    "на",
    "данном",
    "этапе",
    "настоящее",
    "время",
    "настоящий",
    "момент",
    "в",
    "может",
    "могут",
    "данную",
    "эту",
    "эти",
    "ею",
    "им",
    "في",
    "المرحلة",
    "أن",
    "حاليا",
    "الوقت",
    "الحاضر",
    "الراهن",
    "ان",
    "لها",
    "له",
    "لنا",
    "هذا",
    "الحالي",
    "现",
    "阶",
    "段",
    "目",
    "前",
    "在",
    "对",
    "以",
    "下",
    "条",
    "项",
    "这",
    "些",
    "第",
    "将",
];
/// Fillers of cells behind which a sentence goes on to something else.
const BREAKING: [&str; 14] = [
    "and", "but", "which", "with", "et", "mais", "y", "pero", "и", "но", "و", "和", "并", "who",
];
/// Words by which a denial goes on to the next verb: "cannot support or accept".
const OR: [&str; 8] = ["or", "nor", "ou", "ni", "o", "или", "ни", "أو"];
/// Denials that often deny nothing, such as the "no" of "No. 104.1".
const FAINT: [&str; 3] = ["no", "n", "non"];
/// Words behind which one of the phrases says nothing of a recommendation: "notes that the law ...".
const NOT_BEFORE: [&str; 13] = [
    "that",
    "with",
    "que ",
    "qu’",
    "qu'",
    "что",
    "أن",
    "بأن",
    "by the state",
    "by law",
    "的是",
    "however",
    "efforts",
];
/// Beginnings of the word "recommendation".
const RECOMMENDATION: [&str; 5] = ["recom", "рекоменд", "توصي", "التوصي", "建议"];

/// The first words of all phrases, so that other words cost little.
static FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let first = |phrase: &'static String| phrase.split(' ').next();
    KNOWN.keys().filter_map(first).collect()
});
static WEAK_PHRASES: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&WEAK));
static NEUTRAL_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&NEUTRAL));
static INTRODUCING_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&INTRODUCING));
static DECIDING_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&DECIDING));

fn folded(words: &[&str]) -> HashSet<String> {
    words.iter().map(|word| fold(word)).collect()
}

struct Token {
    word: String,
    start: usize,
    end: usize,
    /// Whether nothing but blanks and apostrophes stand before it.
    is_joined: bool,
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn tokens(lower: &str) -> Vec<Token> {
    let is_mark = |c: char| {
        ('\u{300}'..='\u{36f}').contains(&c)
            || ('\u{64b}'..='\u{65f}').contains(&c)
            || matches!(c, '\u{640}' | '\u{670}')
    };
    let mut all: Vec<Token> = Vec::new();
    let mut open: Option<usize> = None;
    let mut is_joined = true;
    for (at, c) in lower.char_indices().chain([(lower.len(), ' ')]) {
        if !is_ideograph(c) && (c.is_alphanumeric() || is_mark(c)) {
            open = open.or(Some(at));
            continue;
        }
        let word = open.take().map(|start| (start, at));
        let sign = is_ideograph(c).then_some((at, at + c.len_utf8()));
        for (start, end) in word.into_iter().chain(sign) {
            let word = fold(lower.get(start..end).unwrap_or_default());
            all.push(Token {
                word,
                start,
                end,
                is_joined,
            });
            is_joined = true;
        }
        if sign.is_none() && !(c.is_whitespace() || "'’‘".contains(c)) {
            is_joined = false;
        }
    }
    all
}

/// The longest known phrase that begins with a token, and how many tokens it has.
fn phrase(tokens: &[Token], at: usize) -> Option<(Said, String, usize)> {
    let first = tokens.get(at)?;
    // A State's name may hold the sign of a denial.
    if first.word == "不" && tokens.get(at + 1).is_some_and(|next| next.word == "丹") {
        return Some((Said::Filler, String::new(), 2));
    }
    let longest = |first_word: &str| {
        if !FIRST.contains(first_word) {
            return None;
        }
        let mut key = first_word.to_owned();
        let mut found = KNOWN.get(&key).map(|said| (*said, key.clone(), 1));
        let further = tokens.get(at + 1..).unwrap_or_default().iter();
        for (count, token) in (2_usize..=MAX_PHRASE).zip(further) {
            if !token.is_joined {
                break;
            }
            key.push(' ');
            key.push_str(&token.word);
            if let Some(said) = KNOWN.get(&key) {
                found = Some((*said, key.clone(), count));
            }
        }
        found
    };
    longest(&first.word).or_else(|| {
        // Arabic joins "and" and "so" to the next word.
        let rest = first.word.strip_prefix(['و', 'ف'])?;
        longest(rest)
    })
}

struct Denial {
    start: usize,
    /// Whether nothing but words without a meaning stand behind it.
    is_sure: bool,
    is_faint: bool,
}

/// Finds the phrases of a sentence that is in lower case. `is_denied` says that the line before ends in a denial.
pub(crate) fn marks(lower: &str, is_denied: bool) -> Marks {
    let tokens = tokens(lower);
    let mut all: Vec<Mark> = Vec::new();
    let mut denial = is_denied.then_some(Denial {
        start: 0,
        is_sure: true,
        is_faint: false,
    });
    // The token behind a refusal to which "or accept" may still be added.
    let mut refused: Option<usize> = None;
    // The token behind a phrase that says that something is implemented.
    let mut implemented: Option<usize> = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let word_before = before.map_or("", |before| before.word.as_str());
        let word_two_before = at.checked_sub(2).and_then(|at| tokens.get(at));
        let is_introduced = if OF_INFINITIVES.contains(&word_before) {
            word_two_before.is_some_and(|token| DECIDING_WORDS.contains(&token.word))
        } else {
            INTRODUCING_WORDS.contains(word_before)
        };
        if token.word.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some(open) = &mut denial {
                let is_name = open.is_faint && !matches!(word_before, "pas" | "plus");
                if open.is_sure && !is_name {
                    // "But not 104.4."
                    all.push(Mark {
                        said: Said::Unclear,
                        start: open.start,
                        end: token.start,
                    });
                    denial = None;
                } else if open.is_faint {
                    denial = None;
                }
            }
            refused = None;
            at += 1;
            continue;
        }
        let (said, key, count) = phrase(&tokens, at).unwrap_or((Said::Filler, String::new(), 0));
        let end = tokens
            .get(at + count.saturating_sub(1))
            .map_or(token.end, |last| last.end);
        let next = at + count.max(1);
        let mut push = |said: Said, start: usize| all.push(Mark { said, start, end });
        match said {
            // A word without a meaning of its own, or one that is not known.
            Said::Filler => {
                let is_neutral = count > 0 && !BREAKING.contains(&token.word.as_str())
                    || is_neutral(&token.word);
                if let Some(open) = &mut denial
                    && !is_neutral
                {
                    open.is_sure = false;
                    if open.is_faint {
                        denial = None;
                    }
                }
                if !OR.contains(&token.word.as_str()) {
                    refused = None;
                }
            }
            Said::Not => {
                // "N'accepte pas": the second half of a denial denies nothing more.
                let is_second_half =
                    refused == Some(at) && matches!(key.as_str(), "pas" | "plus" | "non");
                let is_double = denial.is_some()
                    && !matches!(key.as_str(), "pas" | "ni" | "nor" | "ни")
                    && (key.contains("unable") || key.contains("refuse"));
                if is_double {
                    if let Some(open) = &mut denial {
                        open.is_sure = false;
                    }
                } else if !is_second_half {
                    let is_faint = FAINT.contains(&key.as_str());
                    denial = Some(Denial {
                        start: token.start,
                        is_sure: true,
                        is_faint,
                    });
                }
                refused = None;
            }
            Said::Supported | Said::Noted | Said::Rejected => {
                let is_weak = WEAK_PHRASES.contains(&key);
                if !counts(lower, end) || said == Said::Noted && is_of_notes(lower, &key, end) {
                    if let Some(open) = &mut denial {
                        open.is_sure = false;
                    }
                } else if let Some(open) = denial.take() {
                    match (open.is_sure, said) {
                        (true, Said::Supported) => {
                            push(Said::Rejected, open.start);
                            refused = Some(next);
                            at = next;
                            continue;
                        }
                        _ => push(Said::Unclear, token.start),
                    }
                } else if refused.is_some() && said == Said::Supported {
                    push(Said::Rejected, token.start);
                } else if said == Said::Supported && is_of_others(lower, end) {
                    push(Said::Unclear, token.start);
                } else if !is_weak || is_introduced {
                    push(said, token.start);
                }
                refused = None;
            }
            // "Accepted, partially implemented": as in cells, the part is one of the implementation.
            Said::InPart
                if denial.is_none()
                    && (implemented == Some(at) || is_implemented(&tokens, next)) =>
            {
                if all.iter().any(|mark| mark.is_answer()) {
                    all.push(Mark {
                        said: Said::Unclear,
                        start: token.start,
                        end,
                    });
                }
                refused = None;
            }
            Said::InPart | Said::InPrinciple | Said::Fully | Said::Unclear => {
                if denial.take().is_some() {
                    push(Said::Unclear, token.start);
                } else if said != Said::Fully && !WEAK_PHRASES.contains(&key) {
                    if key == "partial support" {
                        push(Said::Supported, token.start);
                    }
                    push(said, token.start);
                }
                refused = None;
            }
            Said::Except => {
                // "Elimination" ends in the sign of an exception.
                let is_part = key == "除"
                    && ["消", "删", "解", "根", "清", "废", "排", "免", "铲", "拆"]
                        .contains(&word_before);
                if !is_part {
                    push(said, token.start);
                }
                refused = None;
            }
            Said::Pending => {
                push(said, token.start);
                refused = None;
            }
            // A status of a measure as likely as one of the recommendation.
            Said::Implemented | Said::AsImplemented | Said::NoResponse => {
                if let Some(open) = &mut denial {
                    open.is_sure = false;
                }
                refused = None;
                implemented = Some(next);
            }
        }
        at = next;
    }
    Marks {
        all,
        ends_denied: denial.is_some_and(|open| open.is_sure),
    }
}

fn is_neutral(word: &str) -> bool {
    let is_name = |word: &str| word.len() > 3 && named(word).is_some();
    NEUTRAL_WORDS.contains(word)
        || RECOMMENDATION.iter().any(|begin| word.starts_with(begin))
        || is_name(word)
        || word.strip_prefix(['ل', 'ب']).is_some_and(is_name)
}

fn is_implemented(tokens: &[Token], at: usize) -> bool {
    phrase(tokens, at)
        .is_some_and(|(said, ..)| matches!(said, Said::Implemented | Said::AsImplemented))
}

/// Returns true if the word is a noun: "Notes of the meeting on Bhutan".
fn is_of_notes(lower: &str, key: &str, end: usize) -> bool {
    let rest = lower.get(end..).unwrap_or_default().trim_start();
    let is_of = ["of ", "from ", "on ", "for ", "by ", "to ", "taken "];
    matches!(key, "notes" | "note") && is_of.iter().any(|word| rest.starts_with(word))
}

/// Returns true if an institution accepted something, which is no position: "accepted by parliament in 2023".
fn is_of_others(lower: &str, end: usize) -> bool {
    const OTHERS: [&str; 17] = [
        "parliament",
        "congress",
        "senate",
        "assembly",
        "court",
        "courts",
        "ombudsman",
        "commission",
        "committee",
        "legislature",
        "house",
        "civil",
        "ngos",
        "donors",
        "police",
        "voters",
        "referendum",
    ];
    let rest = lower.get(end..).unwrap_or_default().trim_start();
    let Some(rest) = rest.strip_prefix("by ") else {
        return false;
    };
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        !matches!(
            *word,
            "" | "the" | "a" | "its" | "our" | "national" | "supreme" | "constitutional"
        )
    });
    words.next().is_some_and(|word| OTHERS.contains(&word))
}

fn counts(lower: &str, end: usize) -> bool {
    let rest = lower.get(end..).unwrap_or_default().trim_start();
    !NOT_BEFORE.iter().any(|word| rest.starts_with(word))
}

/// What some phrases of a sentence answer together, by the rule of cells; `None` if they answer nothing. A sentence
/// that supports and notes, but does not say "in part", may speak of two recommendations or of two times.
pub(crate) fn answer(marks: &[Mark]) -> Option<Reading> {
    if !marks.iter().any(|mark| mark.is_answer()) {
        return None;
    }
    let said: Vec<Said> = marks.iter().map(|mark| mark.said).collect();
    let has = |one: Said| said.contains(&one);
    if has(Said::Supported) && (has(Said::Noted) || has(Said::Rejected)) && !has(Said::InPart) {
        return Some(Reading::Unknown);
    }
    Some(together(&said))
}

/// Returns true if the phrases of a sentence answer in two ways, and not "in part": it speaks of two recommendations
/// or of two times.
pub(crate) fn is_divided(marks: &[Mark]) -> bool {
    let has = |said: Said| marks.iter().any(|mark| mark.said == said);
    let is_other = has(Said::Noted) || has(Said::Rejected) || has(Said::Pending);
    has(Said::Supported) && is_other && !has(Said::InPart)
}

/// The answer of a short text that is read like a cell, or of a sentence.
pub(crate) fn answer_in(text: &str, marks: &[Mark]) -> Option<Reading> {
    const MOST_WORDS: usize = 6;
    if text.len() <= 100
        && text.split_whitespace().count() <= MOST_WORDS
        && !marks
            .iter()
            .any(|mark| matches!(mark.said, Said::Unclear | Said::Rejected))
        && (!marks.is_empty() || has_phrase(text))
    {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !"()（）".contains(c));
        match position(text) {
            None | Some(PositionClass::Unknown) => {}
            Some(class) => return Some(Reading::Class(class)),
        }
    }
    answer(marks)
}

/// Returns true if one of the words alone may be an answer. Other texts cost little.
fn has_phrase(text: &str) -> bool {
    const YES: [&str; 7] = ["yes", "oui", "si", "да", "так", "نعم", "是"];
    tokens(&text.to_lowercase()).iter().any(|token| {
        let said = KNOWN.get(&token.word);
        said.is_some_and(|said| *said != Said::Filler) || YES.contains(&token.word.as_str())
    })
}

/// Why an answer is not taken.
pub(crate) fn unclear(reading: Reading, sentence: &str) -> Message {
    match reading {
        Reading::InPrinciple => {
            Message::new("exchange-position-in-principle").with("value", shortened(sentence))
        }
        _ => Message::new("exchange-unclear-answer").with("value", shortened(sentence)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Reading> {
        answer(&marks(&text.to_lowercase(), false).all)
    }

    #[test]
    fn refusals_of_six_languages_are_noted() {
        for text in [
            "Bhutan is unable to support recommendation 104.9.",
            "Bhutan would not be able to accept recommendation 104.9",
            "Bhutan is not in a position to support 104.9",
            "Recommendation 104.9 cannot be accepted at this stage",
            "Bhutan declines recommendation 104.9",
            "Bhutan does not, at this stage, support 104.9",
            "Bhutan cannot support or accept 104.9",
            "Bhutan neither supports nor accepts 104.9",
            "Bhutan does not support 104.9",
            "Bhutan does not currently accept 104.9",
            "It could not be supported",
            "It failed to enjoy the support of Bhutan",
            "Le Bhoutan ne peut accepter la recommandation 104.9",
            "Le Bhoutan n’est pas en mesure d’accepter la recommandation",
            "Les recommandations ne sont pas acceptées",
            "Le Bhoutan n’accepte pas les recommandations",
            "Bhután no puede aceptar la recomendación",
            "Bhután no está en condiciones de aceptar la recomendación",
            "Бутан не может поддержать рекомендацию",
            "Бутан не поддерживает рекомендацию",
            "不丹无法接受建议",
            "不丹不能接受",
            "不丹不接受",
            "لا يمكن لبوتان أن تقبل التوصية",
            "لا يمكن قبول التوصية",
            "لا تؤيد بوتان التوصية",
            "لا تقبل بوتان التوصية",
        ] {
            assert_eq!(
                read(text),
                Some(Reading::Class(PositionClass::Noted)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_certain_is_unclear() {
        for text in [
            "Bhutan does not only support this",
            "Bhutan does not fully support this",
            "Bhutan, which has not abolished it, supports this",
            "Bhutan does not hesitate to accept this",
            "Supported in 2019, it is now noted",
            "It is not noted",
            "supports 104.1 but not 104.4",
            "Bhutan is unable, for constitutional reasons, to support this",
            "It is impossible for Bhutan to accept this",
            "Bhutan supports this subject to the Constitution",
            "Bhutan supports the spirit of this",
            "Bhutan supports this with reservations",
            "None of 104.4 and 104.6 are supported",
            "Bhutan accepts this if funds allow",
        ] {
            assert_eq!(read(text), Some(Reading::Unknown), "{text}");
        }
        assert_eq!(
            read("Bhutan supports this in principle"),
            Some(Reading::InPrinciple)
        );
        for text in [
            "It enjoys the partial support; accepted in part",
            "supports it in part",
        ] {
            assert_eq!(
                read(text),
                Some(Reading::Class(PositionClass::PartiallySupported)),
                "{text}"
            );
        }
        for text in [
            "The Government notes that it was discussed",
            "Thanks for the support of donors",
            "Support the elderly",
            "Bhutan hopes to support this",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(marks("it cannot be", false).ends_denied);
        assert_eq!(
            answer(&marks("accepted at this stage", true).all),
            Some(Reading::Class(PositionClass::Noted))
        );
    }
}
