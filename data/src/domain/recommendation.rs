//! A recommendation: one numbered paragraph of a Working Group report.

use super::position::{are_claims_in_order, order_claims};
use super::{
    ActionCategory, ChosenPosition, Paragraph, Position, PositionClass, Scheme, StateCode, Term,
    Unnumbered,
};
use serde::{Deserialize, Serialize};

/// The text of a recommendation in a further language, beside the one that it has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LanguageText {
    /// The language, BCP 47 (`ru`).
    pub language: String,
    /// The text, without paragraph number and recommending States.
    pub text: String,
    /// The document that has it, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl LanguageText {
    /// Returns true if two tags name one language: `pt` and `pt-BR`, but not `pt` and `es`.
    pub fn is_same_language(one: &str, other: &str) -> bool {
        let primary = |tag: &'_ str| {
            tag.split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        primary(one) == primary(other)
    }
}

/// One numbered paragraph of a Working Group report, with everything known about it but its
/// assessments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recommendation {
    /// Its row in the database.
    #[serde(skip)]
    pub id: i64,
    /// Where it stands in its source if that does not number.
    #[serde(skip)]
    pub unnumbered: Unnumbered,
    /// Where it stands in the report.
    pub paragraph: Paragraph,
    /// The report's text, without paragraph number and recommending States.
    pub text: Option<String>,
    /// The language of the text, BCP 47 (`en`).
    pub language: Option<String>,
    /// The text in further languages, each language once, in the order in which they came. The text above stays the
    /// one that counts. Left out of the JSON where there are none, so that the hashes of entries from before there
    /// were any stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<LanguageText>,
    /// What it asks for in a few words of our own.
    pub summary: Option<String>,
    /// The States that made it, at least one, in the report's order.
    pub recommending: Vec<StateCode>,
    /// What kind of action it asks for.
    pub action_category: Option<ActionCategory>,
    /// The bodies of the State under review that are to implement it, such as "Ministry of Justice", in
    /// the order of the source. Left out of the JSON where there are none, so that the hashes of entries
    /// from before there were any stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_bodies: Vec<String>,
    /// What it is about, in the order of the source.
    pub terms: Vec<Term>,
    /// The State's responses in the order of [`order_claims`]: the last one counts.
    pub positions: Vec<Position>,
    /// The one of them that a reviewer has chosen to count. Left out of the JSON where there is none, so
    /// that the hashes of entries from before stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_position: Option<ChosenPosition>,
    /// Its identifier in the collection it came from (UHRI: the annotation's).
    pub source_id: Option<String>,
}

impl Recommendation {
    /// The longest name of a responsible body, in characters.
    pub const LONGEST_BODY: usize = 200;
    /// The most responsible bodies that one cell of a file may name.
    pub const MOST_BODIES: usize = 50;

    /// A recommendation of which nothing but the paragraph is known. Whoever knows more names it beside
    /// `..Recommendation::new(paragraph)`, and need not be told when recommendations get a further fact.
    pub fn new(paragraph: Paragraph) -> Self {
        Self {
            id: 0,
            unnumbered: Unnumbered::default(),
            paragraph,
            text: None,
            language: None,
            texts: Vec::new(),
            summary: None,
            recommending: Vec::new(),
            action_category: None,
            responsible_bodies: Vec::new(),
            terms: Vec::new(),
            positions: Vec::new(),
            chosen_position: None,
            source_id: None,
        }
    }

    /// Puts the claims about the State's response in the order in which they count. A choice of a claim that
    /// is not among them is dropped.
    pub fn order_positions(&mut self) {
        let chosen = self.chosen_position.take();
        self.chosen_position =
            chosen.filter(|chosen| self.positions.iter().any(|claim| chosen.is(claim)));
        order_claims(&mut self.positions, self.chosen_position.as_ref());
    }

    /// Returns true if the claims are in the order in which they count.
    pub fn has_positions_in_order(&self) -> bool {
        are_claims_in_order(&self.positions, self.chosen_position.as_ref())
    }

    /// The response that counts: the last claim.
    pub fn position(&self) -> PositionClass {
        self.positions
            .last()
            .map_or(PositionClass::Unknown, |position| position.class)
    }

    /// Its terms of one vocabulary.
    pub fn terms_of(&self, scheme: Scheme) -> impl Iterator<Item = &str> {
        self.terms
            .iter()
            .filter(move |term| term.scheme == scheme)
            .map(|term| term.name.as_str())
    }

    /// Takes in a text in another language than its own. One in a language that it has already takes the place of
    /// the earlier one, if it says something else.
    pub fn add_text(&mut self, text: LanguageText) {
        let is_known = |known: &&mut LanguageText| {
            LanguageText::is_same_language(&known.language, &text.language)
        };
        match self.texts.iter_mut().find(is_known) {
            Some(known) if known.text == text.text => {}
            Some(known) => *known = text,
            None => self.texts.push(text),
        }
    }

    /// What a list shows of it: the summary, else the text.
    pub fn headline(&self) -> &str {
        self.summary
            .as_deref()
            .filter(|summary| !summary.is_empty())
            .or(self.text.as_deref())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Recommendation;
    use crate::domain::{CountedAs, Paragraph};

    /// The history's hashes and the content hashes of published rounds cover these texts.
    #[test]
    fn the_json_from_before_there_were_responsible_bodies_stays() {
        let before = r#"{"paragraph":"1.1","text":null,"language":null,"summary":null,"recommending":[],"action_category":null,"terms":[],"positions":[],"source_id":null}"#;
        let mut one = Recommendation::new(Paragraph::parse("1.1").unwrap());
        assert_eq!(serde_json::to_string(&one).unwrap(), before);
        assert_eq!(serde_json::from_str::<Recommendation>(before).unwrap(), one);
        one.responsible_bodies = vec!["Parliament".to_owned()];
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.contains(r#""responsible_bodies":["Parliament"]"#));
        assert_eq!(serde_json::from_str::<Recommendation>(&json).unwrap(), one);

        let before = r#"{"paragraph":"1.1","recommending":[],"positions":[],"action_category":null,"terms":[],"text_sha256":null}"#;
        let counted: CountedAs = serde_json::from_str(before).unwrap();
        assert_eq!(serde_json::to_string(&counted).unwrap(), before);
    }
}
