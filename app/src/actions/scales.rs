//! Status scales.

use super::{ActionError, guard, settle};
use crate::forms::fields::Choices;
use crate::forms::line_ends::{with_line_ends_of, with_stored_line_ends};
use crate::urls::paths;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{Action, Message, Object, Scale, Seen, Shape, Status};
use data::store::ScaleRefusal;
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

/// The form of a status scale.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScaleForm {
    code: String,
    /// The version that was on the page; 0 for a new scale.
    version: Seen,
    name: String,
    statuses: Vec<StatusFields>,
}

impl ScaleForm {
    /// The form filled with a scale.
    pub(crate) fn of(scale: &Scale) -> Self {
        let statuses = scale.statuses.iter().zip(1..);
        Self {
            code: scale.code.clone(),
            version: Seen::Version(scale.version.into()),
            name: scale.name.clone(),
            statuses: statuses
                .map(|(status, place)| StatusFields::of(status, place))
                .collect(),
        }
    }
}

impl StatusFields {
    fn of(status: &Status, place: usize) -> Self {
        let labels = status.labels.iter();
        let labels = labels.map(|(language, label)| format!("{language}: {label}"));
        Self {
            place: place.to_string(),
            code: status.code.clone(),
            label: status.label.clone(),
            labels: labels.collect::<Vec<_>>().join("\n"),
            definition: status.definition.clone(),
            examples: status.examples.clone().unwrap_or_default(),
            colour: status.colour.clone(),
            shape: status.shape.code().to_owned(),
            counts: if status.counts_as_assessed { "yes" } else { "" }.to_owned(),
            score: status
                .score
                .map(|score| score.to_string())
                .unwrap_or_default(),
        }
    }
}

impl TryFrom<ScaleForm> for Scale {
    type Error = Message;

    fn try_from(form: ScaleForm) -> Result<Self, Message> {
        let version = form.version.version();
        let version = version.and_then(|version| version.try_into().ok());
        Ok(Self {
            id: 0,
            code: form.code.trim().to_owned(),
            name: form.name,
            version: version.ok_or_else(|| Message::new("request-unreadable"))?,
            statuses: statuses_of(form.statuses).map_err(|refusal| refusal.message())?,
        })
    }
}

/// Saves a scale as a new version of the one of its code, or as a new one.
#[server(endpoint = "save-scale")]
pub async fn save_scale(#[server(flatten)] form: ScaleForm) -> Result<(), ActionError> {
    let back = if form.version == Seen::default() {
        paths::localize("/admin/scales")
    } else {
        paths::scale(&form.code)
    };
    let choices = Choices::sent();
    let mut typed = choices.typed(&form);
    let outcome = async {
        let (site, account) = guard(Action::EditScales, Object::Installation).await?;
        let scales = site.store.scales().await?;
        let of_code = |scale: &&Scale| scale.code == form.code.trim();
        let newest = scales
            .iter()
            .filter(of_code)
            .max_by_key(|scale| scale.version);
        let newest = newest.map(ScaleForm::of);
        // Of a version that was on no page nothing is taken: saving says that it changed.
        let form = match newest.filter(|newest| newest.version == form.version) {
            Some(newest) => choices.between(&newest, form)?,
            None => form,
        };
        typed = choices.typed(&form);
        let mut scale = Scale::try_from(form)?;
        let mut versions = scales.iter().filter(|one| one.code == scale.code);
        if let Some(stored) = versions.find(|one| one.version == scale.version) {
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
        Ok((paths::scale(&scale.code), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// The statuses in the order of their places; rows without a code and label are left out.
fn statuses_of(rows: Vec<StatusFields>) -> Result<Vec<Status>, ScaleRefusal> {
    let filled = |row: &StatusFields| !row.code.trim().is_empty() || !row.label.trim().is_empty();
    let mut numbered = Vec::new();
    for (number, row) in (1_usize..).zip(rows.into_iter().filter(filled)) {
        let place = match row.place.trim() {
            "" => number * 10,
            place => place
                .parse::<usize>()
                .map(|place| place.saturating_mul(10))
                .map_err(|_| ScaleRefusal::StatusPlaceUnfit { number })?,
        };
        let score = match row.score.trim() {
            "" => None,
            score => Some(
                score
                    .replace(',', ".")
                    .parse()
                    .map_err(|_| ScaleRefusal::StatusScoreUnfit { number })?,
            ),
        };
        let labels = row
            .labels
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                line.split_once(':')
                    .map(|(language, label)| (language.trim().to_owned(), label.trim().to_owned()))
                    .ok_or(ScaleRefusal::StatusLabelsUnfit { number })
            })
            .collect::<Result<_, _>>()?;
        let status = Status {
            code: row.code,
            label: row.label,
            definition: with_stored_line_ends(&row.definition),
            counts_as_assessed: row.counts == "yes",
            score,
            colour: row.colour,
            shape: Shape::parse(&row.shape).ok_or(ScaleRefusal::StatusColourUnfit { number })?,
            examples: Some(with_stored_line_ends(&row.examples)),
            labels,
        };
        numbered.push((place, status));
    }
    numbered.sort_by_key(|(place, _)| *place);
    Ok(numbered.into_iter().map(|(_, status)| status).collect())
}
