//! Removes a text from staged rows, also where rows share it.
//!
//! A text that rows share is changed where it is kept, so references to it stay right. References from a row's
//! cells to its own content count the long strings there. A removal can make one of them short, so these
//! references are counted anew, and a short text takes the place of its reference.

use super::packing::{long_strings, own_references_after, unpack};
use crate::store::Error;
use crate::store::entities::{import_row, import_text};
use crate::store::history::redaction::Removal;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// How many rows or texts are in memory at once.
const BATCH: u64 = 100;

/// Removes a text from the rows of all runs; how many rows, and how many texts that rows share, changed.
pub(in crate::store) async fn redact_staged(
    db: &impl ConnectionTrait,
    removal: &Removal,
) -> Result<(u64, u64), Error> {
    let runs: Vec<i64> = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::RunId)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let (mut rows, mut texts) = (0, 0);
    for run in runs {
        let shared = shared_with(db, run, removal).await?;
        // The rows first: they are compared with what they were.
        rows += redact_rows(db, run, removal, !shared.is_empty()).await?;
        texts += shared.len() as u64;
        for (number, content) in shared {
            let text = import_text::ActiveModel {
                run_id: Set(run),
                number: Set(number),
                content: Set(content),
            };
            import_text::Entity::update(text).exec(db).await?;
        }
    }
    Ok((rows, texts))
}

/// The shared texts of a run that hold the text, with what is left of them.
async fn shared_with(
    db: &impl ConnectionTrait,
    run: i64,
    removal: &Removal,
) -> Result<Vec<(i64, String)>, Error> {
    let mut changed = Vec::new();
    let mut last = i64::MIN;
    loop {
        let texts = import_text::Entity::find()
            .filter(import_text::Column::RunId.eq(run))
            .filter(import_text::Column::Number.gt(last))
            .order_by_asc(import_text::Column::Number)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(newest) = texts.last() else {
            return Ok(changed);
        };
        last = newest.number;
        changed.extend(
            texts
                .into_iter()
                .filter_map(|text| Some((text.number, removal.of_literal(&text.content)?))),
        );
    }
}

/// Removes a text from the rows of a run. `is_shared` says that some of the texts that they share hold it.
async fn redact_rows(
    db: &impl ConnectionTrait,
    run: i64,
    removal: &Removal,
    is_shared: bool,
) -> Result<u64, Error> {
    let needle = removal.in_json();
    let mut count = 0;
    let mut last = i64::MIN;
    loop {
        let mut packed = import_row::Entity::find()
            .filter(import_row::Column::RunId.eq(run))
            .filter(import_row::Column::Place.gt(last))
            .order_by_asc(import_row::Column::Place)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(newest) = packed.last() else {
            return Ok(count);
        };
        last = newest.place;
        packed.retain(|row| {
            let mut kept = std::iter::once(&row.content).chain(&row.cells);
            kept.any(|json| json.contains(&needle)) || is_shared && row.length.is_some()
        });
        let mut whole = packed.clone();
        unpack(db, run, &mut whole).await?;
        for (packed, whole) in packed.into_iter().zip(whole) {
            let Some(redacted) = redacted(&packed, &whole, removal) else {
                continue;
            };
            import_row::Entity::update(redacted).exec(db).await?;
            count += 1;
        }
    }
}

/// A row without the text; `None` if it stays as it is.
fn redacted(
    packed: &import_row::Model,
    whole: &import_row::Model,
    removal: &Removal,
) -> Option<import_row::ActiveModel> {
    let after = removal.of_json(&whole.content);
    let mut cells = packed.cells.as_deref().map(|cells| removal.of_json(cells));
    if after != whole.content
        && let Some(cells) = &mut cells
    {
        let before = long_strings(&whole.content).filter_map(|range| whole.content.get(range));
        let left: Vec<String> = before
            .map(|literal| removal.of_literal(literal).unwrap_or(literal.to_owned()))
            .collect();
        *cells = own_references_after(cells, &left, &after);
    }
    let content = removal.of_json(&packed.content);
    let length = packed.length.and(i64::try_from(after.chars().count()).ok());
    let is_same = content == packed.content && cells == packed.cells && length == packed.length;
    (!is_same).then(|| import_row::ActiveModel {
        run_id: Set(packed.run_id),
        place: Set(packed.place),
        content: Set(content),
        cells: Set(cells),
        length: Set(length),
        ..Default::default()
    })
}
