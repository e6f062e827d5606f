//! The one table of columns: lists, sorting and every file that leaves the program read from it.
//!
//! Adding a column is one line in each of the matches below, and its label in the translations
//! (`column-{id}`).

use super::{
    ActionCategory, Confidence, Evidence, Listed, Position, PositionClass, Scheme, StateCode,
    Status,
};

/// A column of a list of recommendations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// How well it fits what was looked for; an order only, and no cell.
    Relevance,
    /// The paragraph of the report.
    Paragraph,
    /// Summary, or the text where there is none; in lists on screen only.
    Headline,
    /// The summary in our own words.
    Summary,
    /// The text of the report.
    Text,
    /// The language of that text, by its code.
    Language,
    /// The States that made it.
    RecommendingStates,
    /// The response that counts.
    Position,
    /// The words and source of that response.
    PositionSource,
    /// Issues, or themes where there are none; in lists on screen only.
    Topics,
    /// UPR Info's issues.
    Issues,
    /// OHCHR's themes.
    Themes,
    /// Affected persons.
    AffectedPersons,
    /// Sustainable Development Goals.
    Sdgs,
    /// Action category.
    ActionCategory,
    /// Status in the chosen round.
    Status,
    /// Why.
    Rationale,
    /// How sure.
    Confidence,
    /// What it rests on.
    Evidence,
}

/// What stands in a cell, before it has words.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text from a source.
    Text(&'a str),
    /// States.
    States(&'a [StateCode]),
    /// A position.
    Position(PositionClass),
    /// The claim behind a position.
    Claim(&'a Position),
    /// Terms of one vocabulary.
    Terms(Vec<&'a str>),
    /// An action category.
    ActionCategory(ActionCategory),
    /// A status.
    Status(&'a Status),
    /// A level of confidence.
    Confidence(Confidence),
    /// Pieces of evidence.
    Evidence(&'a [Evidence]),
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 19] = [
        Self::Relevance,
        Self::Paragraph,
        Self::Headline,
        Self::Summary,
        Self::Text,
        Self::Language,
        Self::RecommendingStates,
        Self::Position,
        Self::PositionSource,
        Self::Topics,
        Self::Issues,
        Self::Themes,
        Self::AffectedPersons,
        Self::Sdgs,
        Self::ActionCategory,
        Self::Status,
        Self::Rationale,
        Self::Confidence,
        Self::Evidence,
    ];

    /// The columns of the list on screen.
    pub const ON_SCREEN: [Self; 6] = [
        Self::Paragraph,
        Self::Headline,
        Self::RecommendingStates,
        Self::Position,
        Self::Topics,
        Self::Status,
    ];

    /// The columns of files: all but those that only repeat others, and the one that is none.
    pub fn in_files() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|column| !matches!(column, Self::Headline | Self::Topics | Self::Relevance))
    }

    /// The name in addresses, files and translations.
    pub fn id(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Paragraph => "paragraph",
            Self::Headline => "recommendation",
            Self::Summary => "summary",
            Self::Text => "text",
            Self::Language => "text_language",
            Self::RecommendingStates => "recommending_states",
            Self::Position => "position",
            Self::PositionSource => "position_source",
            Self::Topics => "topics",
            Self::Issues => "issues",
            Self::Themes => "themes",
            Self::AffectedPersons => "affected_persons",
            Self::Sdgs => "sdgs",
            Self::ActionCategory => "action_category",
            Self::Status => "status",
            Self::Rationale => "rationale",
            Self::Confidence => "confidence",
            Self::Evidence => "evidence",
        }
    }

    /// Reads an [`id`](Self::id).
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.id() == id)
    }

    /// Whether a list can be ordered by it.
    pub fn sortable(self) -> bool {
        matches!(
            self,
            Self::Relevance
                | Self::Paragraph
                | Self::Headline
                | Self::RecommendingStates
                | Self::Position
                | Self::Topics
                | Self::Issues
                | Self::ActionCategory
                | Self::Status
        )
    }

    /// What stands in a row's cell. A round's columns are empty where no round is chosen.
    pub fn cell<'a>(self, listed: &Listed<'a>) -> Cell<'a> {
        let recommendation = listed.recommendation;
        let assessment = listed.assessment;
        let text = |text: Option<&'a str>| {
            text.filter(|text| !text.is_empty())
                .map_or(Cell::Empty, Cell::Text)
        };
        let terms = |scheme| match recommendation.terms_of(scheme).collect::<Vec<_>>() {
            terms if terms.is_empty() => Cell::Empty,
            terms => Cell::Terms(terms),
        };
        match self {
            Self::Relevance => Cell::Empty,
            Self::Paragraph => Cell::Text(recommendation.paragraph.as_str()),
            Self::Headline => text(Some(recommendation.headline())),
            Self::Summary => text(recommendation.summary.as_deref()),
            Self::Text => text(recommendation.text.as_deref()),
            // Without a text there is nothing to be in it.
            Self::Language => text(
                recommendation
                    .language
                    .as_deref()
                    .filter(|_| recommendation.text.is_some()),
            ),
            Self::RecommendingStates => Cell::States(&recommendation.recommending),
            Self::Position => Cell::Position(recommendation.position()),
            Self::PositionSource => recommendation
                .positions
                .last()
                .map_or(Cell::Empty, Cell::Claim),
            Self::Topics => match terms(Scheme::Issue) {
                Cell::Empty => terms(Scheme::Theme),
                issues => issues,
            },
            Self::Issues => terms(Scheme::Issue),
            Self::Themes => terms(Scheme::Theme),
            Self::AffectedPersons => terms(Scheme::AffectedPersons),
            Self::Sdgs => terms(Scheme::Sdg),
            Self::ActionCategory => recommendation
                .action_category
                .map_or(Cell::Empty, Cell::ActionCategory),
            Self::Status => listed
                .status
                .map_or(Cell::Empty, |(_, status)| Cell::Status(status)),
            Self::Rationale => text(assessment.map(|assessment| assessment.rationale.as_str())),
            Self::Confidence => assessment
                .and_then(|a| a.confidence)
                .map_or(Cell::Empty, Cell::Confidence),
            Self::Evidence => assessment
                .filter(|assessment| !assessment.evidence.is_empty())
                .map_or(Cell::Empty, |assessment| {
                    Cell::Evidence(&assessment.evidence)
                }),
        }
    }

    /// A text whose order is the column's order; empty cells come last.
    pub fn order(self, listed: &Listed<'_>) -> String {
        let key = match self.cell(listed) {
            Cell::Empty => None,
            Cell::Text(text) if self == Self::Paragraph => super::Paragraph::parse(text)
                .ok()
                .map(|paragraph| paragraph.order()),
            Cell::Text(text) => Some(text.to_lowercase()),
            Cell::States(states) => states.first().map(|state| state.name().to_lowercase()),
            Cell::Position(class) => Some((class as usize).to_string()),
            Cell::Claim(claim) => Some(claim.raw.to_lowercase()),
            Cell::Terms(terms) => terms.first().map(|term| term.to_lowercase()),
            Cell::ActionCategory(category) => Some(category.number().to_string()),
            Cell::Status(_) => listed.status.map(|(place, _)| format!("{place:04}")),
            Cell::Confidence(level) => Some((level as usize).to_string()),
            Cell::Evidence(evidence) => Some(format!("{:06}", evidence.len())),
        };
        key.map_or_else(|| "1".to_owned(), |key| format!("0{key}"))
    }
}
