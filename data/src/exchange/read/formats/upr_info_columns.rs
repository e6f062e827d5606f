//! The columns of an export of UPR Info's database, found by their headings: those of the database as
//! it was until 2015 (`To`, `From`, ...), those of 2018 (`SuR`, `RS`, ...) and those of the present one (`Title`, `Date added`,
//! `Template` and the labels of its properties).

use crate::exchange::read::values::cells::heading;

/// Where the columns stand.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// The State under review.
    pub(crate) to: usize,
    /// The recommending State.
    pub(crate) from: usize,
    /// The text.
    pub(crate) text: usize,
    /// The session.
    pub(crate) session: Option<usize>,
    /// The cycle.
    pub(crate) cycle: Option<usize>,
    /// The response.
    pub(crate) response: Option<usize>,
    /// The action category.
    pub(crate) action: Option<usize>,
    /// The issues.
    pub(crate) issues: Option<usize>,
    /// What kind of entry it is.
    pub(crate) kind: Option<usize>,
}

impl Columns {
    /// The places of all columns that are read.
    pub(crate) fn places(&self) -> Vec<usize> {
        // Every field by its name, so that no new one is forgotten here.
        let Self {
            to,
            from,
            text,
            session,
            cycle,
            response,
            action,
            issues,
            kind,
        } = self;
        let others = [session, cycle, response, action, issues, kind];
        let others = others.into_iter().copied().flatten();
        [*to, *from, *text].into_iter().chain(others).collect()
    }

    /// The columns that a row of headings has; none unless it has those without which nothing can be
    /// read, or if its recommendations are numbered, which UPR Info's never are.
    pub(crate) fn find(cells: &[String]) -> Option<Self> {
        let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
        // The first name that is there: an export with a text and a title has the text in the text.
        let place = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| headings.iter().position(|one| one == name))
        };
        if place(&["paragraph"]).is_some() || !are_of_upr_info(&headings) {
            return None;
        }
        let session = place(&[
            "session",
            "upr session",
            "session number",
            "working group session",
        ]);
        let cycle = place(&["cycle", "upr cycle", "cycle number"]);
        session.or(cycle)?;
        Some(Self {
            to: place(&[
                "to",
                "state under review",
                "states under review",
                "sur",
                "state under review sur",
                "country under review",
                "reviewed state",
            ])?,
            from: place(&[
                "from",
                "rs",
                "recommending state",
                "recommending states",
                "recommending state s",
                "recommending country",
                "state making the recommendation",
            ])?,
            text: place(&[
                "text",
                "recommendation",
                "recommendation text",
                "text of the recommendation",
                "title",
            ])?,
            session,
            cycle,
            response: place(&[
                "response",
                "response to the recommendation",
                "sur response",
                "response of the state under review",
                "position",
            ]),
            action: place(&[
                "action",
                "action category",
                "category of action",
                "type of action",
            ]),
            issues: place(&[
                "issue",
                "issues",
                "issue s",
                "thematic issues",
                "theme",
                "themes",
            ]),
            kind: place(&["template", "type", "entity type"]),
        })
    }
}

/// Returns true if headings are those that only UPR Info's database gives its columns. A table of a ministry may have the
/// same columns under plain names, and numbers in front of its texts, which UPR Info never has.
fn are_of_upr_info(headings: &[String]) -> bool {
    /// Each set is of one form of the database: all of these headings are there.
    const OWN: [&[&str]; 4] = [
        &["to", "from"],
        &["sur", "rs"],
        &["template", "title"],
        &["date added", "state under review"],
    ];
    let has = |name: &&str| headings.iter().any(|one| one == name);
    OWN.iter().any(|names| names.iter().all(has))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(headings: &str) -> Option<Columns> {
        let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
        Columns::find(&headings)
    }

    #[test]
    fn both_databases_are_recognised() {
        let old = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session";
        let columns = find(old).unwrap();
        assert_eq!((columns.to, columns.text, columns.from), (0, 3, 4));
        assert_eq!(columns.session, Some(10));
        let new =
            "Title,Date added,Template,State under Review,Recommending State,Response,Session";
        let columns = find(new).unwrap();
        assert_eq!((columns.to, columns.text, columns.from), (3, 0, 4));
        assert_eq!(columns.kind, Some(2));
    }

    #[test]
    fn other_tables_are_not() {
        assert!(find("review,paragraph,recommending states,text,session").is_none());
        assert!(find(",To,To_COW,Session").is_none());
        assert!(find("To,From,Text").is_none());
        let plain = "State under review,Session,Recommendation,Recommending State,Position";
        assert!(find(plain).is_none());
        let plain = "Country under review,Cycle,Text,Recommending country,Response,Action,Issue";
        assert!(find(plain).is_none());
    }
}
