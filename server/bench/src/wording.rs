//! Texts of 20 to 60 words out of a vocabulary as large and as skewed as that of real reports.

use crate::random::Random;

/// In the word of this many of a thousand texts.
const WOMEN: usize = 230;

const BEGINNINGS: [&str; 16] = [
    "Continue efforts to",
    "Take further measures to",
    "Ratify the convention and",
    "Strengthen the legal framework to",
    "Consider steps to",
    "Adopt a national plan to",
    "Intensify its efforts to",
    "Ensure that the authorities",
    "Allocate sufficient resources to",
    "Abolish practices that hinder it and",
    "Share its experience with others and",
    "Establish a moratorium and",
    "Amend its legislation to",
    "Investigate promptly all allegations and",
    "Guarantee the independence of judges and",
    "Cooperate with special procedures and",
];

const COMMON: [&str; 96] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "all",
    "rights",
    "human",
    "for",
    "with",
    "by",
    "on",
    "its",
    "protect",
    "promote",
    "violence",
    "against",
    "children",
    "persons",
    "discrimination",
    "law",
    "national",
    "access",
    "education",
    "international",
    "ensure",
    "measures",
    "effective",
    "legal",
    "torture",
    "freedom",
    "expression",
    "association",
    "assembly",
    "defenders",
    "journalists",
    "detention",
    "conditions",
    "penalty",
    "death",
    "trafficking",
    "victims",
    "health",
    "services",
    "rural",
    "areas",
    "disabilities",
    "minorities",
    "indigenous",
    "peoples",
    "migrants",
    "refugees",
    "labour",
    "forced",
    "marriage",
    "early",
    "domestic",
    "sexual",
    "gender",
    "equality",
    "participation",
    "political",
    "public",
    "life",
    "poverty",
    "reduction",
    "water",
    "sanitation",
    "housing",
    "climate",
    "change",
    "institution",
    "principles",
    "paris",
    "independent",
    "judiciary",
    "impunity",
    "accountability",
    "investigate",
    "perpetrators",
    "justice",
    "reform",
    "security",
    "forces",
    "training",
    "awareness",
    "campaigns",
    "standards",
    "obligations",
    "protocol",
    "optional",
    "covenant",
    "treaty",
    "bodies",
    "implementation",
    "including",
];

const SYLLABLES: [&str; 24] = [
    "ba", "ci", "do", "fe", "gu", "ha", "ji", "ko", "le", "mu", "na", "pi", "ro", "se", "tu", "va",
    "wi", "zo", "bre", "cla", "dri", "sto", "tra", "ple",
];

const ENDINGS: [&str; 8] = ["", "s", "ing", "ed", "tion", "al", "ity", "ment"];

/// How many words there are beside the common ones.
const RARE: usize = 24_000;

pub(crate) fn text(random: &mut Random) -> String {
    let mut text = String::with_capacity(320);
    text.push_str(random.one_of(&BEGINNINGS).copied().unwrap_or_default());
    let words = 17 + random.skewed(40) + random.below(8);
    let women = random.chance(WOMEN).then(|| random.below(words));
    for place in 0..words {
        text.push(' ');
        if women == Some(place) {
            text.push_str("women");
        } else if random.chance(700) {
            text.push_str(random.skewed_of(&COMMON).copied().unwrap_or_default());
        } else {
            rare(random.skewed(RARE), &mut text);
        }
    }
    text
}

fn rare(number: usize, text: &mut String) {
    let (mut rest, count) = (number / ENDINGS.len() + SYLLABLES.len(), SYLLABLES.len());
    while rest > 0 {
        text.push_str(SYLLABLES.get(rest % count).copied().unwrap_or_default());
        rest /= count;
    }
    text.push_str(
        ENDINGS
            .get(number % ENDINGS.len())
            .copied()
            .unwrap_or_default(),
    );
}

/// A few words that say why.
pub(crate) fn rationale(random: &mut Random) -> String {
    let mut text = "No measure was found".to_owned();
    for _ in 0..4 + random.below(12) {
        text.push(' ');
        text.push_str(random.skewed_of(&COMMON).copied().unwrap_or_default());
    }
    text
}
