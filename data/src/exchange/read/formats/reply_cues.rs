//! Words by which a State's reply says what it answers, in the six languages of the United Nations.

use crate::domain::PositionClass::{self, Noted, PartiallySupported, Pending, Supported};

/// A word of an answer in a text, with where it stands in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cue {
    pub(crate) class: PositionClass,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words, in lower case. Where two begin at one place, the longer one is meant.
const CUES: &[(PositionClass, &[&str])] = &[
    (
        PartiallySupported,
        &[
            "partially accepted",
            "partially accepts",
            "partially supported",
            "partially supports",
            "partly accepted",
            "partly accepts",
            "partly supported",
            "partly supports",
            "accepted in part",
            "accepts in part",
            "supported in part",
            "supports in part",
            "supported/noted",
            "accepted/noted",
            "in part:",
            "partiellement accept",
            "partiellement appuy",
            "acceptées partiellement",
            "accepte partiellement",
            "acceptées en partie",
            "parcialmente acept",
            "parcialmente apoy",
            "acepta parcialmente",
            "apoya parcialmente",
            "aceptadas parcialmente",
            "частично поддерж",
            "частично прин",
            "принимает частично",
            "поддерживает частично",
            "تقبل جزئيا",
            "مقبولة جزئيا",
            "تؤيد جزئيا",
            "部分接受",
            "部分支持",
        ],
    ),
    (
        Noted,
        &[
            "does not support",
            "do not support",
            "does not accept",
            "do not accept",
            "not supported",
            "not accepted",
            "cannot support",
            "cannot accept",
            "does not enjoy the support",
            "do not enjoy the support",
            "noted",
            "notes",
            "takes note",
            "taken note",
            "take note",
            "rejects",
            "rejected",
            "prend note",
            "prend acte",
            "pris note",
            "pris acte",
            "notées",
            "notée",
            "note les",
            "n’accepte pas",
            "n'accepte pas",
            "rejette",
            "ne recueillent pas",
            "toma nota",
            "tomado nota",
            "tomó nota",
            "no acepta",
            "no apoya",
            "rechaza",
            "no cuentan con el apoyo",
            "принимает к сведению",
            "приняты к сведению",
            "принял к сведению",
            "приняла к сведению",
            "принята к сведению",
            "принимаются к сведению",
            "не поддерж",
            "не принимает",
            "отклон",
            "تحيط علما",
            "أحاطت علما",
            "أحيط علما",
            "تحيط علماً",
            "أحاطت علماً",
            "ترفض",
            "لا تقبل",
            "لا تؤيد",
            "注意到",
            "不接受",
            "不支持",
            "拒绝",
        ],
    ),
    (
        Supported,
        &[
            "supports",
            "supported",
            "accepts",
            "accepted",
            "enjoy the support",
            "enjoys the support",
            "to support",
            "to accept",
            "can support",
            "can accept",
            "accepte",
            "acceptées",
            "acceptée",
            "appuie",
            "souscrit à",
            "souscrit aux",
            "recueillent l’appui",
            "recueillent l'appui",
            "recueillent son",
            "bénéficient de l",
            "acepta",
            "aceptadas",
            "aceptada",
            "apoya",
            "cuentan con el apoyo",
            "gozan del apoyo",
            "поддерживает",
            "поддержал",
            "поддержаны",
            "поддержана",
            "поддерживаются",
            "принимает",
            "приняты",
            "принята",
            "принял",
            "пользуются поддержкой",
            "تؤيد",
            "أيدت",
            "تقبل",
            "قبلت",
            "تحظى بتأييد",
            "تحظى بالتأييد",
            "مقبولة",
            "مؤيدة",
            "接受",
            "支持",
        ],
    ),
    (
        Pending,
        &[
            "under consideration",
            "will be examined",
            "remains pending",
            "under examination",
            "deferred",
            "seront examinées",
            "à l’examen",
            "à l'examen",
            "serán examinadas",
            "en examen",
            "на рассмотрении",
            "рассматриваются",
            "قيد النظر",
            "审议中",
            "将予审议",
        ],
    ),
];

/// Words behind which one of these says nothing of a recommendation: "notes that the law ...".
const NOT_BEFORE: [&str; 12] = [
    "that",
    "with",
    "que",
    "qu’",
    "qu'",
    "что",
    "أن",
    "by the state",
    "by law",
    "的是",
    "however",
    "efforts",
];

/// Words behind which numbers are no entries: "see No. 50.109".
pub(crate) const REFERENCES: [&str; 26] = [
    "see",
    "cf",
    "cf.",
    "refer to",
    "reference to",
    "response to",
    "reply to",
    "as in",
    "under",
    "article",
    "articles",
    "art.",
    "target",
    "goal",
    "voir",
    "véase",
    "véanse",
    "ver",
    "см.",
    "см",
    "انظر",
    "见",
    "参见",
    "section",
    "act no.",
    "law no.",
];

/// Finds the words in a text that is in lower case. A word within a longer one is not found.
pub(crate) fn cues(lower: &str) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for (class, words) in CUES {
        for word in *words {
            for (start, _) in lower.match_indices(word) {
                let end = start + word.len();
                if begins_word(lower, start) && counts(lower, end) {
                    found.push(Cue {
                        class: *class,
                        start,
                        end,
                    });
                }
            }
        }
    }
    found.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
    let mut end = 0;
    found.retain(|cue| {
        let is_new = cue.start >= end;
        if is_new {
            end = cue.end;
        }
        is_new
    });
    // "supported: already implemented" is one answer, and so is "supported in part" in any order.
    found
}

fn begins_word(lower: &str, start: usize) -> bool {
    let before = lower
        .get(..start)
        .and_then(|before| before.chars().next_back());
    let first = lower.get(start..).and_then(|rest| rest.chars().next());
    match (before, first) {
        // Chinese has no blanks between words, and Arabic joins "and" to the next one.
        (Some(before), Some(first)) if is_spaced(first) => !before.is_alphanumeric(),
        _ => true,
    }
}

fn is_spaced(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) < 0x600
}

fn counts(lower: &str, end: usize) -> bool {
    let rest = lower.get(end..).unwrap_or_default().trim_start();
    !NOT_BEFORE.iter().any(|word| rest.starts_with(word))
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

    #[test]
    fn words_of_six_languages_are_found() {
        for (text, expected) in [
            (
                "Bhutan supports the following recommendations",
                vec![Supported],
            ),
            ("does not support", vec![Noted]),
            ("Partially accepted", vec![PartiallySupported]),
            ("supports 104.1; notes 104.2", vec![Supported, Noted]),
            ("Bhutan notes that the law was adopted", vec![]),
            (
                "Le Bhoutan accepte les recommandations suivantes",
                vec![Supported],
            ),
            ("Le Bhoutan prend note des recommandations", vec![Noted]),
            ("Bhután acepta las recomendaciones", vec![Supported]),
            ("Bhután toma nota de las recomendaciones", vec![Noted]),
            ("Бутан поддерживает следующие рекомендации", vec![Supported]),
            ("Бутан принимает к сведению рекомендации", vec![Noted]),
            ("تؤيد بوتان التوصيات التالية", vec![Supported]),
            ("تحيط علما بالتوصيات", vec![Noted]),
            ("不丹支持以下建议", vec![Supported]),
            ("不丹注意到以下建议", vec![Noted]),
            ("不丹不接受以下建议", vec![Noted]),
        ] {
            let found: Vec<_> = cues(&text.to_lowercase())
                .iter()
                .map(|cue| cue.class)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(together(&[Supported, Noted]), Some(PartiallySupported));
        assert_eq!(together(&[Noted, Noted]), Some(Noted));
        assert_eq!(together(&[Pending, Noted]), Some(Noted));
    }
}
