//! Status scales in the database.

use crate::domain::{Scale, ScaleFault, Status, refusals, refuse_invisible};
use crate::store::entities::{round, scale, status};
use crate::store::read_model::review_records::Kept;
use crate::store::read_model::scales::all;
use crate::store::{Actor, Conflict, Error, Event, Refusal, Store, insert_all};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};

refusals! {
    /// Why a scale is not saved.
    pub enum ScaleRefusal {
        /// The code is empty, too long, or holds other characters than it may.
        CodeUnfit { max: usize } => "scale-code-unfit",
        /// The name is empty or too long.
        NameUnfit { max: usize } => "scale-name-unfit",
        /// It has too many statuses.
        TooLong { max: usize } => "scale-too-long",
        /// The place of the status is no number.
        StatusPlaceUnfit { number: usize } => "scale-status-place-unfit",
        /// The code of the status is empty, too long, or holds other characters than it may.
        StatusCodeUnfit { number: usize } => "scale-status-code-unfit",
        /// The label of the status is empty or too long.
        StatusLabelUnfit { number: usize } => "scale-status-label-unfit",
        /// A line of labels in other languages has no language.
        StatusLabelsUnfit { number: usize } => "scale-status-labels-unfit",
        /// A text of the status is too long.
        StatusTooLong { number: usize } => "scale-status-too-long",
        /// The score of the status is no number from 0 to 1.
        StatusScoreUnfit { number: usize } => "scale-status-score-unfit",
        /// The colour or the mark of the status is none that there is.
        StatusColourUnfit { number: usize } => "scale-status-colour-unfit",
        /// Two statuses have the same code.
        RepeatedCode => "scale-repeated-code",
        /// Not exactly one status means that nothing is assessed yet.
        Unassessed { count: usize } => "scale-unassessed",
        /// The status for what is not assessed is not the last one.
        Order => "scale-order",
        /// The scores do not fall in the order of the statuses.
        ScoreUnfit => "scale-score-unfit",
    }
}

impl Store {
    /// Every scale, the oldest first.
    pub async fn scales(&self) -> Result<Vec<Scale>, Error> {
        all(&self.connection).await
    }

    /// The scales that the public sees, the oldest first: those that ship, and those of published rounds.
    pub async fn public_scales(&self) -> Result<Vec<Scale>, Error> {
        let used: Vec<i64> = round::Entity::find()
            .select_only()
            .column(round::Column::ScaleId)
            .distinct()
            .filter(round::Column::PublishedAt.is_not_null())
            .into_tuple()
            .all(&self.connection)
            .await?;
        let shipped = Scale::built_in();
        let ships = |scale: &Scale| {
            let same = |known: &Scale| known.code == scale.code && known.version == scale.version;
            shipped.iter().any(same)
        };
        let mut scales = self.scales().await?;
        scales.retain(|scale| used.contains(&scale.id) || ships(scale));
        Ok(scales)
    }

    /// Saves a scale as a new version of the one of its code, or as the first: a version that is there is
    /// never changed, since rounds speak in its words. The new version's number; where nothing would
    /// change, that of the present one. `scale.version` is the version that was seen, 0 for none.
    pub async fn save_scale(&self, actor: &Actor, scale: &Scale) -> Result<i32, Error> {
        let mut change = self.begin(actor).await?;
        let mut scale = tidied(scale);
        check(&scale)?;
        let there = newest(&change.tx, &scale.code).await?;
        let version = there.as_ref().map_or(0, |there| there.version);
        if let Some(there) = &there
            && there.name == scale.name
            && there.statuses == scale.statuses
        {
            return Ok(version);
        }
        if version != scale.version {
            return Err(Conflict::Version(i64::from(version)).into());
        }
        scale.version = version + 1;
        insert(&change.tx, &scale).await?;
        let version = scale.version;
        let event = Event::ScaleAdded {
            before: there,
            after: scale,
        };
        change.record(vec![event.outside_reviews()]).await?;
        change.commit().await?;
        Ok(version)
    }

    /// Puts the scales that ship into a database that does not have them.
    pub(crate) async fn load_built_in_scales(&self) -> Result<(), Error> {
        let there = all(&self.connection).await?;
        let missing = |scale: &Scale, there: &[Scale]| {
            there
                .iter()
                .all(|known| (&known.code, known.version) != (&scale.code, scale.version))
        };
        if !Scale::built_in().iter().any(|scale| missing(scale, &there)) {
            return Ok(());
        }
        let mut change = self.begin(&Actor::command_line()).await?;
        // Asked again inside the transaction: another process may have been quicker.
        let there = all(&change.tx).await?;
        for scale in Scale::built_in() {
            if missing(&scale, &there) {
                insert(&change.tx, &scale).await?;
                let event = Event::ScaleAdded {
                    before: None,
                    after: scale,
                };
                change.record(vec![event.outside_reviews()]).await?;
            }
        }
        change.commit_unrecorded().await
    }
}

/// The scale of a round. A version that is there never changes, so it is read once.
pub(crate) async fn of_round(
    kept: &Kept,
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Scale, Error> {
    if let Some(scale) = kept.scale(id) {
        return Ok(scale);
    }
    let scale = all(db).await?.into_iter().find(|scale| scale.id == id);
    let scale = scale.ok_or_else(|| Error::Corrupt("a round without its scale".to_owned()))?;
    kept.keep_scale(&scale);
    Ok(scale)
}

/// The newest version of a scale.
pub(crate) async fn newest(db: &impl ConnectionTrait, code: &str) -> Result<Option<Scale>, Error> {
    let scales = all(db).await?;
    Ok(scales
        .into_iter()
        .filter(|scale| scale.code == code)
        .max_by_key(|scale| scale.version))
}

/// A scale as it is kept: blanks around texts dropped, empty texts and statuses without a code left out.
fn tidied(scale: &Scale) -> Scale {
    let text = |text: &str| crate::store::without_nul(text).trim().to_owned();
    let statuses = scale.statuses.iter().map(|status| Status {
        code: text(&status.code),
        label: text(&status.label),
        definition: text(&status.definition),
        examples: status
            .examples
            .as_deref()
            .map(text)
            .filter(|examples| !examples.is_empty()),
        labels: status
            .labels
            .iter()
            .map(|(language, label)| (text(language), text(label)))
            .filter(|(language, label)| !language.is_empty() && !label.is_empty())
            .collect(),
        ..status.clone()
    });
    Scale {
        code: text(&scale.code),
        name: text(&scale.name),
        statuses: statuses.collect(),
        ..scale.clone()
    }
}

/// What is wrong with a scale, and what would pass.
fn check(scale: &Scale) -> Result<(), Refusal> {
    let code_fits = |code: &str| {
        (1..=60).contains(&code.len())
            && code.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
            })
    };
    if !code_fits(&scale.code) {
        return Err(ScaleRefusal::CodeUnfit { max: 60 }.into());
    }
    let length = |text: &str| text.chars().count();
    if !(1..=200).contains(&length(&scale.name)) {
        return Err(ScaleRefusal::NameUnfit { max: 200 }.into());
    }
    refuse_invisible(&scale.name)?;
    let labels = scale.statuses.iter().flat_map(|status| {
        let translated = status.labels.values();
        std::iter::once(&status.label).chain(translated)
    });
    for label in labels {
        refuse_invisible(label)?;
    }
    if scale.statuses.len() > 20 {
        return Err(ScaleRefusal::TooLong { max: 20 }.into());
    }
    for (number, status) in (1..).zip(&scale.statuses) {
        if !code_fits(&status.code) {
            return Err(ScaleRefusal::StatusCodeUnfit { number }.into());
        }
        if !(1..=200).contains(&length(&status.label)) {
            return Err(ScaleRefusal::StatusLabelUnfit { number }.into());
        }
        if length(&status.definition) > 2_000
            || status.examples.as_deref().map_or(0, length) > 5_000
            || status.labels.values().any(|label| length(label) > 200)
        {
            return Err(ScaleRefusal::StatusTooLong { number }.into());
        }
        if status
            .score
            .is_some_and(|score| !(0.0..=1.0).contains(&score))
        {
            return Err(ScaleRefusal::StatusScoreUnfit { number }.into());
        }
        if !Status::COLOURS.contains(&status.colour.as_str()) {
            return Err(ScaleRefusal::StatusColourUnfit { number }.into());
        }
    }
    scale.check().map_err(|fault| match fault {
        ScaleFault::RepeatedCode => ScaleRefusal::RepeatedCode,
        ScaleFault::UnassessedStatuses(count) => ScaleRefusal::Unassessed { count },
        ScaleFault::Order => ScaleRefusal::Order,
        ScaleFault::Score => ScaleRefusal::ScoreUnfit,
    })?;
    Ok(())
}

async fn insert(db: &impl ConnectionTrait, scale: &Scale) -> Result<(), Error> {
    let row = scale::ActiveModel {
        code: Set(scale.code.clone()),
        version: Set(scale.version),
        name: Set(scale.name.clone()),
        ..Default::default()
    };
    let id = scale::Entity::insert(row).exec(db).await?.last_insert_id;
    let mut rows = Vec::new();
    for (place, status) in (0..).zip(&scale.statuses) {
        rows.push(status::Model {
            scale_id: id,
            place,
            code: status.code.clone(),
            label: status.label.clone(),
            definition: status.definition.clone(),
            counts_as_assessed: status.counts_as_assessed,
            score: status.score,
            colour: status.colour.clone(),
            shape: status.shape,
            examples: status.examples.clone(),
            labels: (!status.labels.is_empty())
                .then(|| crate::store::history::chain::json(&status.labels)),
        });
    }
    insert_all::<status::Entity, status::ActiveModel>(db, rows).await
}
