//! The columns of a UHRI export, found by their headings: the export has had more than one order and
//! spelling, and in JSON its names have no blanks.

use super::values::heading;

/// Where the columns stand.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// The text.
    pub(super) text: usize,
    /// The State under review.
    pub(super) countries: usize,
    /// The recommending States.
    pub(super) states: Option<usize>,
    /// The mechanism.
    pub(super) body: Option<usize>,
    /// Recommendations, or concerns and observations.
    pub(super) kind: Option<usize>,
    /// The report.
    pub(super) symbol: Option<usize>,
    /// The session.
    pub(super) session: Option<usize>,
    /// The cycle, which only JSON has.
    pub(super) cycle: Option<usize>,
    /// The response.
    pub(super) position: Option<usize>,
    /// Themes.
    pub(super) themes: Option<usize>,
    /// Affected persons.
    pub(super) persons: Option<usize>,
    /// Goals or targets.
    pub(super) sdgs: Option<usize>,
    /// The annotation's identifier.
    pub(super) id: Option<usize>,
}

impl Columns {
    /// The columns that a row of headings has; none unless it has the two without which nothing can be
    /// read.
    pub(super) fn find(cells: &[String]) -> Option<Self> {
        let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
        let place = |names: &[&str]| {
            headings
                .iter()
                .position(|one| names.contains(&one.as_str()))
        };
        Some(Self {
            text: place(&["text", "annotation text"])?,
            countries: place(&["countries concerned", "country concerned", "countries"])?,
            states: place(&[
                "upr recommending states",
                "upr recommending state",
                "recommending states",
                "upr recommending country",
                "uprrecommendingcountry",
            ]),
            body: place(&["recommending body", "body", "mechanism"]),
            kind: place(&["type", "annotation type", "annotationtype"]),
            symbol: place(&["document symbol", "symbol"]),
            session: place(&["upr session", "session", "uprsession"]),
            cycle: place(&["upr cycle", "uprcycle"]),
            position: place(&["upr position", "upr positions", "position", "uprpositions"]),
            themes: place(&["themes"]),
            persons: place(&["affected persons", "affectedpersons"]),
            sdgs: place(&["sdgs"]),
            id: place(&["ohchr annotation id", "annotation id", "annotationid"]),
        })
    }
}
