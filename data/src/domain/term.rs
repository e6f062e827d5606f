//! What a recommendation is about: terms of four vocabularies, side by side.

use super::states::fold;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A vocabulary that terms come from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// UPR Info's issues, see [`ISSUES`].
    Issue,
    /// The themes of OHCHR and UHRI, in either of their generations.
    Theme,
    /// Affected persons (cycle 4: groups of persons).
    AffectedPersons,
    /// Sustainable Development Goals or targets.
    Sdg,
}

impl Scheme {
    /// Every vocabulary, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Issue, Self::Theme, Self::AffectedPersons, Self::Sdg];

    /// The code in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Theme => "theme",
            Self::AffectedPersons => "affected_persons",
            Self::Sdg => "sdg",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }
}

/// One term of one vocabulary, as its source spells it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Term {
    /// The vocabulary.
    pub scheme: Scheme,
    /// The term.
    pub name: String,
}

impl Term {
    /// A term, with surrounding blanks dropped.
    pub fn new(scheme: Scheme, name: &str) -> Self {
        Self {
            scheme,
            name: name.trim().to_owned(),
        }
    }
}

/// Issues that UPR Info calls otherwise today or that files spell otherwise, and the name of 2015 that they
/// go by here, so that lists, filters and figures have one and not two. In lower case.
const RENAMED_ISSUES: [(&str, &str); 18] = [
    ("national human rights institution", "NHRI"),
    ("national human rights institutions", "NHRI"),
    ("national human rights institution (nhri)", "NHRI"),
    ("national human rights institutions (nhris)", "NHRI"),
    ("nhris", "NHRI"),
    ("right to water and sanitation", "Right to water"),
    (
        "right to safe drinking water and sanitation",
        "Right to water",
    ),
    ("water and sanitation", "Right to water"),
    ("right to adequate housing", "Right to housing"),
    ("hiv/aids", "HIV - Aids"),
    ("hiv and aids", "HIV - Aids"),
    ("hiv aids", "HIV - Aids"),
    ("asylum-seekers and refugees", "Asylum-seekers - refugees"),
    (
        "civil and political rights - general",
        "CP rights - general",
    ),
    (
        "economic, social and cultural rights - general",
        "ESC rights - general",
    ),
    (
        "torture and other cruel, inhuman or degrading treatment",
        "Torture and other CID treatment",
    ),
    ("counter terrorism", "Counter-terrorism"),
    ("labor", "Labour"),
];

/// The name that an issue goes by here: one of [`ISSUES`], if it is one of them however it is spelt or was
/// renamed; otherwise none. What was stored under another name keeps it until its file is imported again.
pub fn known_issue(name: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let renamed = RENAMED_ISSUES
            .iter()
            .map(|(name, issue)| (fold(name), *issue));
        let known = ISSUES.iter().map(|issue| (fold(issue), *issue));
        renamed.chain(known).collect()
    });
    KNOWN.get(&fold(name)).copied()
}

/// Themes and groups of persons that files spell otherwise than the index of OHCHR, and its spelling.
const RESPELT_TERMS: [(&str, &str); 2] = [
    (
        "Children: family environment and alternative care",
        "Children: family environment & alternative care",
    ),
    (
        "lesbian, gay, bisexual, transgender and intersex persons (LGBTI)",
        "Lesbian, gay, bisexual and transgender and intersex persons (LGBTI)",
    ),
];

/// The spelling that a term of a file goes by here, so that lists, filters and figures have one and not two: an issue
/// by its [known name](known_issue), a theme or a group of persons with single blanks, also around `&`. OHCHR's index
/// wrote groups of persons in lower case ("children") and writes them with a capital letter now ("Children").
pub fn one_spelling(scheme: Scheme, name: &str) -> String {
    let name = match scheme {
        Scheme::Issue => return known_issue(name).unwrap_or(name).to_owned(),
        Scheme::Sdg => return name.to_owned(),
        Scheme::Theme => spaced(name),
        Scheme::AffectedPersons => {
            let name = spaced(name);
            let mut characters = name.chars();
            let first = characters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(characters).collect()
        }
    };
    let folded = fold(&name);
    let known = RESPELT_TERMS
        .iter()
        .find(|(other, _)| fold(other) == folded);
    known.map_or(name, |(_, known)| (*known).to_owned())
}

/// A name with single blanks between its words, also where `&` sticks to one of two: "Budget &resources".
fn spaced(name: &str) -> String {
    let words = name.split_whitespace().flat_map(|word| {
        let (before, rest) = match word.strip_prefix('&') {
            Some(rest) if !rest.is_empty() => (Some("&"), rest),
            _ => (None, word),
        };
        let (rest, after) = match rest.strip_suffix('&') {
            Some(shorter) if !shorter.is_empty() => (shorter, Some("&")),
            _ => (rest, None),
        };
        [before, Some(rest), after].into_iter().flatten()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// How alike two issues must be for the one to be offered for the other.
const ALIKE: f64 = 0.8;

/// The issue that a text is most like: one that is built in or one of `others`; `None` if it is like none of them. To
/// be offered to a person, never to be taken.
pub fn nearest_issue<'a>(text: &str, others: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(text);
    // Long texts are no misspelt issues, and comparing them would take long.
    if wanted.is_empty() || wanted.len() > 120 {
        return None;
    }
    let words = words_of(&wanted);
    let built_in = ISSUES.into_iter().map(|issue| (issue, issue));
    let renamed = RENAMED_ISSUES.into_iter();
    let others = others.into_iter().map(|issue| (issue, issue));
    built_in
        .chain(renamed)
        .chain(others)
        .map(|(spelling, issue)| {
            let folded = fold(spelling);
            let alike = strsim::normalized_damerau_levenshtein(&folded, &wanted);
            (alike.max(alike_in_words(&words, &words_of(&folded))), issue)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, issue)| issue)
}

/// The words of a folded text that tell it from others, in the singular: "rights of women" is "women s rights".
fn words_of(folded: &str) -> HashSet<&str> {
    let words = folded.split(' ').filter(|word| word.chars().count() > 2);
    let telling = words.filter(|word| !["the", "and", "for"].contains(word));
    telling.map(|word| word.trim_end_matches('s')).collect()
}

/// How many words two texts have in common, from 0 to 1; 0 for a single word, which says too little.
fn alike_in_words(one: &HashSet<&str>, other: &HashSet<&str>) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let common = one.intersection(other).count();
    if common < 2 {
        return 0.0;
    }
    2.0 * count(common) / count(one.len() + other.len())
}

/// UPR Info's 54 issues, as its database export of 2015 spells them.
pub const ISSUES: [&str; 54] = [
    "Asylum-seekers - refugees",
    "Civil society",
    "Corruption",
    "Counter-terrorism",
    "CP rights - general",
    "Death penalty",
    "Detention",
    "Development",
    "Disabilities",
    "Elections",
    "Enforced disappearances",
    "Environment",
    "ESC rights - general",
    "Extrajudicial executions",
    "Freedom of association and peaceful assembly",
    "Freedom of movement",
    "Freedom of opinion and expression",
    "Freedom of religion and belief",
    "Freedom of the press",
    "General",
    "HIV - Aids",
    "Human rights defenders",
    "Human rights education and training",
    "Human rights violations by state agents",
    "Impunity",
    "Indigenous peoples",
    "Internally displaced persons",
    "International humanitarian law",
    "International instruments",
    "Justice",
    "Labour",
    "Migrants",
    "Minorities",
    "National plan of action",
    "NHRI",
    "Other",
    "Poverty",
    "Public security",
    "Racial discrimination",
    "Right to education",
    "Right to food",
    "Right to health",
    "Right to housing",
    "Right to land",
    "Right to water",
    "Rights of the Child",
    "Sexual Orientation and Gender Identity",
    "Special procedures",
    "Technical assistance and cooperation",
    "Torture and other CID treatment",
    "Trafficking",
    "Treaty bodies",
    "UPR process",
    "Women's rights",
];

#[cfg(test)]
mod tests {
    use super::{Scheme, nearest_issue, one_spelling};

    #[test]
    fn two_spellings_of_one_term_are_one() {
        let persons = Scheme::AffectedPersons;
        for (scheme, spellings) in [
            (persons, ["children", "Children"]),
            (
                persons,
                ["refugees & asylum seekers", "Refugees &asylum  seekers"],
            ),
            (
                persons,
                [
                    "lesbian, gay, bisexual, transgender and intersex persons (LGBTI)",
                    "Lesbian, gay, bisexual and transgender and intersex persons (LGBTI)",
                ],
            ),
            (
                Scheme::Theme,
                [
                    "Budget &resources (for human rights implementation)",
                    "Budget & resources (for human rights implementation)",
                ],
            ),
            (
                Scheme::Theme,
                [
                    "Children: family environment and alternative care",
                    "Children: family environment & alternative care",
                ],
            ),
            (Scheme::Issue, ["labor", "Labour"]),
        ] {
            let [first, second] = spellings.map(|name| one_spelling(scheme, name));
            assert_eq!(first, second);
            assert_eq!(second, spellings[1].replace(" &asylum  ", " & asylum "));
            // A term that has its spelling keeps it.
            assert_eq!(one_spelling(scheme, &second), second);
        }
        for (scheme, name) in [
            (Scheme::Sdg, "sdg 4"),
            (Scheme::Issue, "our lakes"),
            (Scheme::Theme, "q&a of all"),
        ] {
            assert_eq!(one_spelling(scheme, name), name);
        }
        assert_eq!(one_spelling(persons, ""), "");
    }

    #[test]
    fn the_nearest_issue_is_offered_and_others_are_not() {
        for (text, issue) in [
            ("Death penality", "Death penalty"),
            ("Rights of women", "Women's rights"),
            ("national human rights instituton", "NHRI"),
            ("Old mill", "Old mills"),
        ] {
            assert_eq!(nearest_issue(text, ["Old mills"]), Some(issue), "{text}");
        }
        let long = "x".repeat(121);
        for text in ["", "Our lakes", "Right to work", "Rights", &long] {
            assert_eq!(nearest_issue(text, []), None, "{text}");
        }
    }
}
