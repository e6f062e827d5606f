//! Sentences of replies that answer all recommendations but those that they name: "supports all recommendations except
//! 104.4". They are resolved into numbers only where the numbers of the review are known and nothing else is left
//! open; otherwise the line is named.

use crate::domain::Paragraph;
use crate::exchange::read::values::position_marks::Mark;
use std::collections::HashSet;

/// A sentence that answers all recommendations but some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Rest {
    /// Those that it does not answer so.
    excepted: Vec<Paragraph>,
    /// How many there are in all, where it says so.
    total: Option<usize>,
}

/// Words for all of them.
const ALL: [&str; 12] = [
    "all", "toutes", "tous", "todas", "todos", "все", "всех", "усе", "جميع", "كل", "كافة", "كلّ",
];

/// Words that may stand beside it without limiting which recommendations are meant.
const BESIDE: [&str; 52] = [
    "the",
    "of",
    "its",
    "upr",
    "recommendation",
    "recommendations",
    "received",
    "made",
    "with",
    "in",
    "total",
    "les",
    "des",
    "las",
    "los",
    "de",
    "la",
    "l",
    "à",
    "con",
    "recommandations",
    "recommandation",
    "reçues",
    "formulées",
    "recomendaciones",
    "recomendación",
    "recibidas",
    "formuladas",
    "рекомендации",
    "рекомендаций",
    "полученные",
    "вынесенные",
    "полученных",
    "вынесенных",
    "за",
    "рэкамендацыі",
    "атрыманыя",
    "التوصيات",
    "التوصية",
    "المقدمة",
    "الواردة",
    "are",
    "were",
    "have",
    "been",
    "is",
    "sont",
    "ont",
    "été",
    "son",
    "han",
    "sido",
];

/// The same in a script without blanks, each as a whole.
const ALL_TOGETHER: [&str; 4] = ["所有建议", "所有的建议", "全部建议", "全部的建议"];

impl Rest {
    /// Of a clause with its answers, in lower case, and the exceptions that it has; none unless the clause speaks of all
    /// recommendations and limits them by nothing else.
    pub(crate) fn of(clause: &str, marks: &[Mark], excepted: Vec<Paragraph>) -> Option<Self> {
        // What the answers themselves say is no limit.
        let mut rest = String::new();
        let mut at = 0;
        for mark in marks {
            rest.push_str(clause.get(at..mark.start.max(at)).unwrap_or_default());
            let phrase = clause.get(mark.start..mark.end).unwrap_or_default();
            // "All but 104.4" is one phrase.
            let says_all = phrase.split(' ').any(|word| ALL.contains(&word));
            rest.push_str(if says_all { " all " } else { " " });
            at = mark.end.max(at);
        }
        rest.push_str(clause.get(at..).unwrap_or_default());
        if ALL_TOGETHER.iter().any(|all| rest.contains(all)) {
            // "All recommendations of section A", "about women".
            let is_limited = ["第", "关于", "有关", "中的"]
                .iter()
                .any(|word| rest.contains(word));
            let total = None;
            return (!is_limited).then_some(Self { excepted, total });
        }
        let words: Vec<&str> = rest
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let first = words.iter().position(|word| ALL.contains(word))?;
        let behind = words.get(first + 1..).unwrap_or_default();
        let is_number = |word: &&&str| word.chars().all(|c| c.is_ascii_digit());
        let is_open = behind
            .iter()
            .any(|word| !is_number(&word) && !BESIDE.contains(word));
        let mut numbers = behind.iter().filter(is_number);
        let total = numbers.next().map(|number| number.parse().ok());
        if is_open || numbers.next().is_some() || total == Some(None) {
            return None;
        }
        Some(Self {
            excepted,
            total: total.flatten(),
        })
    }

    /// Returns true if a text holds no word that limits which recommendations are meant.
    pub(crate) fn limits_nothing(text: &str) -> bool {
        let mut words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.all(|word| BESIDE.contains(&word))
    }

    /// The recommendations that it answers, among all those of the review; none if they are not certain: the numbers
    /// are of several lists, an exception is not among them, or they are not as many as the sentence says.
    pub(crate) fn among(&self, numbers: &[Paragraph]) -> Option<Vec<Paragraph>> {
        let all: HashSet<&Paragraph> = numbers.iter().collect();
        let section = |number: &Paragraph| {
            let (section, _) = number.as_str().split_once('.')?;
            Some(section.to_owned())
        };
        let sections: HashSet<Option<String>> = numbers.iter().map(section).collect();
        let is_total = self.total.is_none_or(|total| total == all.len());
        let are_known = self.excepted.iter().all(|number| all.contains(number));
        let are_numbers = numbers.iter().all(Paragraph::is_number);
        if sections.len() != 1 || !is_total || !are_known || !are_numbers {
            return None;
        }
        let excepted: HashSet<&Paragraph> = self.excepted.iter().collect();
        let rest = numbers.iter().filter(|number| !excepted.contains(number));
        Some(rest.cloned().collect())
    }
}
