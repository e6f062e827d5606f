//! The columns of a UHRI export, found by their headings: the export has had more than one order and
//! spelling, and in JSON its names have no blanks.

use crate::exchange::read::values::cells::heading;

/// Where the columns stand.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// The text.
    pub(crate) text: usize,
    /// The State under review.
    pub(crate) countries: usize,
    /// The recommending States.
    pub(crate) states: Option<usize>,
    /// The mechanism.
    pub(crate) body: Option<usize>,
    /// Recommendations, or concerns and observations.
    pub(crate) kind: Option<usize>,
    /// The report.
    pub(crate) symbol: Option<usize>,
    /// The session.
    pub(crate) session: Option<usize>,
    /// The cycle, which only JSON has.
    pub(crate) cycle: Option<usize>,
    /// The response.
    pub(crate) position: Option<usize>,
    /// Themes.
    pub(crate) themes: Option<usize>,
    /// Affected persons.
    pub(crate) persons: Option<usize>,
    /// Goals or targets.
    pub(crate) sdgs: Option<usize>,
    /// The annotation's identifier.
    pub(crate) id: Option<usize>,
}

impl Columns {
    /// The places of all columns that are read.
    pub(crate) fn places(&self) -> Vec<usize> {
        // Every field by its name, so that no new one is forgotten here.
        let Self {
            text,
            countries,
            states,
            body,
            kind,
            symbol,
            session,
            cycle,
            position,
            themes,
            persons,
            sdgs,
            id,
        } = self;
        let others = [
            states, body, kind, symbol, session, cycle, position, themes, persons, sdgs, id,
        ];
        let others = others.into_iter().copied().flatten();
        [*text, *countries].into_iter().chain(others).collect()
    }

    /// The columns that a row of headings has; none unless it has the two without which nothing can be
    /// read.
    pub(crate) fn find(cells: &[String]) -> Option<Self> {
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
