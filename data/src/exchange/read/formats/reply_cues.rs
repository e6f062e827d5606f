//! Words of a State's reply beside its answers: those behind which numbers are references, those that announce a list
//! or speak of recommendations elsewhere, and what several answers say together.

use crate::domain::PositionClass::{self, PartiallySupported};
use crate::exchange::read::formats::reply_steps::Back;

/// Words behind which numbers are no entries: "see No. 50.109".
const REFERENCES: [&str; 71] = [
    "unlike",
    "rather than",
    "instead of",
    "mindful of",
    "bearing in mind",
    "au lieu de",
    "plutôt que",
    "contrairement à",
    "en lugar de",
    "a diferencia de",
    "see",
    "cf",
    "cfr",
    "compare",
    "refer to",
    "refers to",
    "referring to",
    "reference to",
    "response to",
    "responses to",
    "reply to",
    "replies to",
    "answer to",
    "answers to",
    "explanation of",
    "explanations of",
    "as in",
    "in line with",
    "similar to",
    "like",
    "under",
    "article",
    "articles",
    "art",
    "arts",
    "target",
    "targets",
    "goal",
    "goals",
    "section",
    "sect",
    "act no",
    "law no",
    "voir",
    "comme dans",
    "comme pour",
    "se reporter à",
    "se reporter aux",
    "se référer à",
    "se référer aux",
    "réponse à",
    "réponse aux",
    "réponses aux",
    "véase",
    "véanse",
    "vease",
    "veanse",
    "ver",
    "como en",
    "respuesta a",
    "respuestas a",
    "см",
    "ср",
    "смотри",
    "как в",
    "انظر",
    "أنظر",
    "راجع",
    "见",
    "参阅",
    "如同",
];
/// Words that may stand between such a word and its numbers, beside those of lists.
const BESIDE_REFERENCES: [&str; 56] = [
    "also",
    "please",
    "its",
    "our",
    "their",
    "his",
    "her",
    "in",
    "to",
    "on",
    "under",
    "of",
    "for",
    "with",
    "above",
    "below",
    "reply",
    "replies",
    "response",
    "responses",
    "answer",
    "answers",
    "comment",
    "comments",
    "explanation",
    "explanations",
    "position",
    "aussi",
    "également",
    "sa",
    "ses",
    "la",
    "le",
    "les",
    "à",
    "aux",
    "au",
    "du",
    "des",
    "de",
    "réponse",
    "réponses",
    "también",
    "su",
    "sus",
    "el",
    "los",
    "las",
    "a",
    "respuesta",
    "respuestas",
    "также",
    "ответ",
    "ответы",
    "на",
    "أيضا",
];
/// Words of a sentence behind which its numbers stand: "the following recommendations".
const ANNOUNCING: [&str; 31] = [
    "following",
    "below",
    "listed",
    "list",
    "as follows",
    "hereunder",
    "suivante",
    "suivantes",
    "ci-après",
    "ci-dessous",
    "comme suit",
    "liste",
    "siguiente",
    "siguientes",
    "a continuación",
    "lista",
    "следующую",
    "следующие",
    "следующих",
    "нижеследующие",
    "нижеследующих",
    "ниже",
    "перечень",
    "список",
    "التالية",
    "الآتية",
    "أدناه",
    "قائمة",
    "以下",
    "下列",
    "如下",
];
/// Words of a sentence that answers the recommendation above it.
const BACK_TO_ONE: [&str; 30] = [
    "this recommendation",
    "that recommendation",
    "the recommendation",
    "said recommendation",
    "cette recommandation",
    "la recommandation",
    "présente recommandation",
    "esta recomendación",
    "la recomendación",
    "dicha recomendación",
    "presente recomendación",
    "эту рекомендацию",
    "эта рекомендация",
    "данную рекомендацию",
    "данная рекомендация",
    "указанную рекомендацию",
    "этой рекомендации",
    "هذه التوصية",
    "بهذه التوصية",
    "该建议",
    "此建议",
    "这项建议",
    "该项建议",
    "此项建议",
    "本建议",
    "it",
    "cette dernière",
    "ее",
    "её",
    "该条建议",
];
/// Words of a sentence that answers the recommendations above it.
const BACK_TO_SEVERAL: [&str; 22] = [
    "these recommendations",
    "those recommendations",
    "above recommendations",
    "above-mentioned recommendations",
    "aforementioned recommendations",
    "recommendations above",
    "them",
    "ces recommandations",
    "recommandations ci-dessus",
    "recommandations susmentionnées",
    "estas recomendaciones",
    "dichas recomendaciones",
    "recomendaciones anteriores",
    "эти рекомендации",
    "данные рекомендации",
    "указанные рекомендации",
    "этих рекомендаций",
    "вышеуказанные рекомендации",
    "هذه التوصيات",
    "بهذه التوصيات",
    "这些建议",
    "上述建议",
];
/// Words for one recommendation, as sentences and labels have them.
const ONE: [&str; 6] = [
    "recommendation",
    "recommandation",
    "recomendación",
    "рекомендация",
    "рекомендацию",
    "التوصية",
];
/// Words for the recommendations that a text does not number: "all others are noted".
const OTHERS: [&str; 52] = [
    "all others",
    "all the others",
    "all other recommendations",
    "all other",
    "all the other",
    "the others",
    "other recommendations",
    "all remaining",
    "the remaining",
    "remaining recommendations",
    "remaining ones",
    "remainder",
    "the rest",
    "rest of the recommendations",
    "toutes les autres",
    "les autres recommandations",
    "les autres",
    "autres recommandations",
    "recommandations restantes",
    "le reste",
    "todas las demás",
    "las demás",
    "los demás",
    "todas las otras",
    "las otras recomendaciones",
    "otras recomendaciones",
    "recomendaciones restantes",
    "las restantes",
    "el resto",
    "все остальные",
    "всех остальных",
    "остальные",
    "остальных",
    "все другие",
    "других рекомендаций",
    "другие рекомендации",
    "прочие рекомендации",
    "прочие",
    "جميع التوصيات الأخرى",
    "التوصيات الأخرى",
    "بالتوصيات الأخرى",
    "باقي التوصيات",
    "بباقي التوصيات",
    "بقية التوصيات",
    "ببقية التوصيات",
    "التوصيات المتبقية",
    "سائر التوصيات",
    "所有其他建议",
    "其他建议",
    "其它建议",
    "其余建议",
    "其余的建议",
];

/// The place of words in a text in lower case, as words of their own where the language has blanks.
fn find_words(lower: &str, words: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphanumeric();
    let is_chinese = words.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut all = lower.match_indices(words).map(|(at, _)| at);
    all.find(|at| {
        let before = lower.get(..*at).unwrap_or_default();
        let behind = lower.get(at + words.len()..).unwrap_or_default();
        is_chinese || !before.ends_with(is_letter) && !behind.starts_with(is_letter)
    })
}

fn has_any(lower: &str, all: &[&str]) -> bool {
    all.iter().any(|words| find_words(lower, words).is_some())
}

/// Returns true if a sentence says that numbers follow it.
pub(crate) fn announces(lower: &str) -> bool {
    has_any(lower, &ANNOUNCING)
}

/// Which recommendations above it a sentence speaks of.
pub(crate) fn refers_back(lower: &str) -> Option<Back> {
    // "The recommendations" are those above as likely as those below.
    if has_any(lower, &BACK_TO_SEVERAL) {
        Some(Back::Several)
    } else if has_any(lower, &BACK_TO_ONE) {
        Some(Back::One)
    } else {
        None
    }
}

/// Returns true if a sentence speaks of one recommendation.
pub(crate) fn is_of_one(lower: &str) -> bool {
    has_any(lower, &ONE)
}

/// Where a sentence begins to speak of recommendations that it does not number: "all others are noted".
pub(crate) fn others_at(lower: &str) -> Option<usize> {
    let places = OTHERS.iter().filter_map(|words| find_words(lower, words));
    places.min()
}

/// Returns true if a number is one that the text only refers to: "see No. 50.109", "(see also para. 104.9)".
/// `is_between` tells whether a word may stand between numbers.
pub(crate) fn is_reference(lower: &str, start: usize, is_between: impl Fn(&str) -> bool) -> bool {
    let before = lower.get(..start).unwrap_or_default();
    // Within brackets that begin with such a word, no number is an entry.
    if let Some(inside) = open_bracket(before)
        && (has_any(inside, &REFERENCES) || inside.contains('见'))
    {
        return true;
    }
    let is_skipped = |word: &str| is_between(word) || BESIDE_REFERENCES.contains(&word);
    let is_end = |c: char| c == '.' || c == '-' || c == '§' || c.is_whitespace();
    let mut rest = before.trim_end_matches(is_end);
    // "..., following 104.12", but not "the following 104.12".
    let follows = rest.strip_suffix("following");
    if follows.is_some_and(|head| head.trim_end().ends_with(',')) {
        return true;
    }
    loop {
        if REFERENCES.iter().any(|words| ends_in(rest, words)) {
            return true;
        }
        let at = rest.rfind(|c: char| !c.is_alphanumeric());
        let (head, word) = match at {
            Some(at) => {
                let end = at
                    + rest
                        .get(at..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(1, char::len_utf8);
                (rest.get(..end), rest.get(end..))
            }
            None => (Some(""), Some(rest)),
        };
        let (Some(head), Some(word)) = (head, word) else {
            return false;
        };
        if word.is_empty() || !is_skipped(word) {
            return false;
        }
        let head = head.trim_end_matches(is_end);
        if head.len() >= rest.len() {
            return false;
        }
        rest = head;
    }
}

/// What stands in a pair of brackets that is still open at the end of a text.
fn open_bracket(before: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, c) in before.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return before.get(at + c.len_utf8()..),
            '(' | '（' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn ends_in(text: &str, words: &str) -> bool {
    let is_chinese = words.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    text.strip_suffix(words)
        .is_some_and(|rest| is_chinese || !rest.ends_with(char::is_alphanumeric))
}

/// The one class of several answers to one recommendation: supported in part and noted in part is partial support.
pub(crate) fn together(classes: &[PositionClass]) -> Option<PositionClass> {
    let first = *classes.first()?;
    if classes.iter().all(|class| *class == first) {
        return Some(first);
    }
    let answers: Vec<PositionClass> = classes
        .iter()
        .copied()
        .filter(|class| class.is_answered())
        .collect();
    match answers.first() {
        Some(only) if answers.iter().all(|class| class == only) => Some(*only),
        _ => Some(PartiallySupported),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PositionClass::{Noted, Pending, Supported};

    #[test]
    fn several_answers_are_one() {
        assert_eq!(together(&[Supported, Noted]), Some(PartiallySupported));
        assert_eq!(together(&[Noted, Noted]), Some(Noted));
        assert_eq!(together(&[Pending, Noted]), Some(Noted));
    }
}
