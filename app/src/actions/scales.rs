//! Status scales.

use super::{ActionError, guard, settle};
use crate::address;
use crate::components::text_field::{with_line_ends_of, with_stored_line_ends};
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Message, Scale, Shape, Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The fields of one status, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusFields {
    /// Its place, from 1; an order that is typed, not dragged.
    pub place: String,
    /// Its code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The label in other languages, one a line: `be: Выканана`.
    pub labels: String,
    /// When to choose it.
    pub definition: String,
    /// Cases.
    pub examples: String,
    /// The colour token.
    pub colour: String,
    /// The code of the mark.
    pub shape: String,
    /// `yes` if it counts as assessed.
    pub counts: String,
    /// From 0 to 1, or empty.
    pub score: String,
}

/// Saves a scale as a new version of the one of its code, or as a new one. `version` is the one that was
/// seen; 0 for a new scale.
#[server(endpoint = "save-scale")]
pub async fn save_scale(
    #[server(default)] code: String,
    #[server(default)] version: i32,
    #[server(default)] name: String,
    #[server(default)] statuses: Vec<StatusFields>,
) -> Result<(), ActionError> {
    let back = if version > 0 {
        address::scale(&code)
    } else {
        "/admin/scales".to_owned()
    };
    let mut typed = typed(&code, &name, &statuses);
    typed.push(("version".to_owned(), version.to_string()));
    let outcome = async {
        let (site, account) = guard(Action::EditScales).await?;
        let mut scale = Scale {
            id: 0,
            code: code.trim().to_owned(),
            name,
            version,
            statuses: statuses_of(statuses)?,
        };
        let scales = site.store.scales().await?;
        let mut versions = scales.iter().filter(|one| one.code == scale.code);
        if let Some(stored) = versions.find(|one| one.version == version) {
            for (typed, stored) in scale.statuses.iter_mut().zip(&stored.statuses) {
                let stored_examples = stored.examples.as_deref().unwrap_or_default();
                typed.definition = with_line_ends_of(&stored.definition, &typed.definition);
                typed.examples = typed
                    .examples
                    .as_deref()
                    .map(|examples| with_line_ends_of(stored_examples, examples));
            }
        }
        let version = site
            .store
            .save_scale(&Visitor::actor(&account), &scale)
            .await?;
        let done = Message::new("scale-saved").with("version", version);
        Ok((address::scale(&scale.code), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Every field as it was sent, to fill the form with again. A box that was not ticked is empty.
fn typed(code: &str, name: &str, rows: &[StatusFields]) -> Vec<(String, String)> {
    let head = [("code", code), ("name", name)];
    let head = head.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let rows = (0..).zip(rows).flat_map(|(place, row): (usize, _)| {
        [
            ("place", &row.place),
            ("code", &row.code),
            ("label", &row.label),
            ("labels", &row.labels),
            ("definition", &row.definition),
            ("examples", &row.examples),
            ("colour", &row.colour),
            ("shape", &row.shape),
            ("counts", &row.counts),
            ("score", &row.score),
        ]
        .map(|(name, value)| (format!("statuses[{place}][{name}]"), value.clone()))
    });
    head.into_iter().chain(rows).collect()
}

/// The statuses in the order of their places; rows without a code and label are left out.
fn statuses_of(rows: Vec<StatusFields>) -> Result<Vec<Status>, Failure> {
    let filled = |row: &StatusFields| !row.code.trim().is_empty() || !row.label.trim().is_empty();
    let mut numbered = Vec::new();
    for (number, row) in (1_usize..).zip(rows.into_iter().filter(filled)) {
        let place = match row.place.trim() {
            "" => number * 10,
            place => place
                .parse::<usize>()
                .map(|place| place.saturating_mul(10))
                .map_err(|_| Message::new("scale-status-place-unfit").with("number", number))?,
        };
        let score =
            match row.score.trim() {
                "" => None,
                score => Some(score.replace(',', ".").parse().map_err(|_| {
                    Message::new("scale-status-score-unfit").with("number", number)
                })?),
            };
        let labels = row
            .labels
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                line.split_once(':')
                    .map(|(language, label)| (language.trim().to_owned(), label.trim().to_owned()))
                    .ok_or_else(|| Message::new("scale-status-labels-unfit").with("number", number))
            })
            .collect::<Result<_, _>>()?;
        let status = Status {
            code: row.code,
            label: row.label,
            definition: with_stored_line_ends(&row.definition),
            counts_as_assessed: row.counts == "yes",
            score,
            colour: row.colour,
            shape: Shape::parse(&row.shape)
                .ok_or_else(|| Message::new("scale-status-colour-unfit").with("number", number))?,
            examples: Some(with_stored_line_ends(&row.examples)),
            labels,
        };
        numbered.push((place, status));
    }
    numbered.sort_by_key(|(place, _)| *place);
    Ok(numbered.into_iter().map(|(_, status)| status).collect())
}
