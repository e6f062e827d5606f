//! Imported matrices as they are in their files: every row in its order, with what became of it.
//!
//! The rows of a run that was applied are freed, because the record holds what they said. A matrix is more than that:
//! it has themes between its rows, and one recommendation under several of them. It is kept until its import is undone.

use super::planning::ReviewPlan;
use super::rows::corrupt;
use super::run;
use crate::domain::{Paragraph, ReviewCode};
use crate::exchange::{DocumentRow, DocumentRowKind};
use crate::store::change::Change;
use crate::store::entities::{import_document, recommendation_alias};
use crate::store::import_codes::RunState;
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::{Error, Store};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most rows that are read at once.
const AT_ONCE: u64 = 1_000;

/// A row of an imported matrix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportedRow {
    /// The row as it is in the file.
    pub row: DocumentRow,
    /// The recommendation that it became, under its present number; `None` for other rows, for rows that were not
    /// taken, before the import is applied, and if the recommendation was removed since.
    pub recommendation: Option<(ReviewCode, Paragraph)>,
}

impl Store {
    /// Returns rows of an imported matrix in the order of the file, from that place on, at most 1,000: headings,
    /// themes, recommendations and whatever else it has, with their cells as they were read. A recommendation that
    /// the matrix has under several themes comes as often. Empty for files that are no matrix, and after the import
    /// is undone.
    pub async fn import_document(
        &self,
        id: i64,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<ImportedRow>, Error> {
        let rows = import_document::Entity::find()
            .filter(import_document::Column::RunId.eq(id))
            .order_by_asc(import_document::Column::Place)
            .offset(offset)
            .limit(limit.min(AT_ONCE))
            .all(&self.connection)
            .await?;
        let mut names: BTreeMap<ReviewCode, BTreeSet<String>> = BTreeMap::new();
        for row in &rows {
            if let Some((review, name)) = named(row) {
                names.entry(review).or_default().insert(name.to_owned());
            }
        }
        let mut present = HashMap::new();
        for (review, names) in names {
            present.insert(review, numbers(&self.connection, review, names).await?);
        }
        rows.into_iter()
            .map(|row| {
                let recommendation = named(&row).and_then(|(review, name)| {
                    let paragraph = present.get(&review)?.get(name)?;
                    Some((review, paragraph.clone()))
                });
                let unfit = || corrupt("a row of a matrix");
                Ok(ImportedRow {
                    row: DocumentRow {
                        row: u32::try_from(row.row_in_file).map_err(|_| unfit())?,
                        kind: DocumentRowKind::parse(&row.kind).ok_or_else(unfit)?,
                        cells: serde_json::from_str(&row.cells).map_err(|_| unfit())?,
                    },
                    recommendation,
                })
            })
            .collect()
    }

    /// How many rows of an imported matrix are kept.
    pub async fn import_document_len(&self, id: i64) -> Result<u64, Error> {
        let rows = import_document::Entity::find();
        let rows = rows.filter(import_document::Column::RunId.eq(id));
        Ok(rows.count(&self.connection).await?)
    }
}

fn named(row: &import_document::Model) -> Option<(ReviewCode, &str)> {
    let review = ReviewCode::parse(row.review.as_deref()?)?;
    Some((review, row.paragraph.as_deref()?))
}

/// The present numbers of recommendations, by the numbers that they had.
async fn numbers(
    db: &impl ConnectionTrait,
    review: ReviewCode,
    names: BTreeSet<String>,
) -> Result<HashMap<String, Paragraph>, Error> {
    let Some(review) = review_records::find_review(db, review).await? else {
        return Ok(HashMap::new());
    };
    let ids = recommendations::ids(db, review.id).await?;
    let gone = names.iter().filter(|name| !ids.contains_key(*name));
    let aliases: Vec<(String, i64)> = recommendation_alias::Entity::find()
        .select_only()
        .column(recommendation_alias::Column::Name)
        .column(recommendation_alias::Column::RecommendationId)
        .filter(recommendation_alias::Column::ReviewId.eq(review.id))
        .filter(recommendation_alias::Column::Name.is_in(gone.cloned()))
        .order_by_desc(recommendation_alias::Column::RecommendationId)
        .into_tuple()
        .all(db)
        .await?;
    let by_id: HashMap<i64, &String> = ids.iter().map(|(number, id)| (*id, number)).collect();
    // Of several that one name leads to, the one that was there first is last here and stays.
    let aliases = aliases.into_iter();
    let aliases = aliases.filter_map(|(name, id)| Some((name, *by_id.get(&id)?)));
    let there = names.iter().filter_map(|name| ids.get_key_value(name));
    let there = there.map(|(number, _)| (number.clone(), number));
    let present = aliases.chain(there);
    let present = present.filter_map(|(name, number)| Some((name, Paragraph::parse(number).ok()?)));
    Ok(present.collect())
}

/// Writes down which recommendations the rows of a matrix become.
pub(super) async fn name_rows(
    change: &Change<'_>,
    run: i64,
    review: ReviewCode,
    plan: &ReviewPlan,
) -> Result<(), Error> {
    let kept: Vec<(i64, i64)> = import_document::Entity::find()
        .select_only()
        .column(import_document::Column::RowInFile)
        .column(import_document::Column::Place)
        .filter(import_document::Column::RunId.eq(run))
        .into_tuple()
        .all(&change.tx)
        .await?;
    let kept: HashMap<i64, i64> = kept.into_iter().collect();
    let rows: HashMap<i64, i64> = plan
        .rows
        .iter()
        .filter_map(|row| Some((row.place, *kept.get(&i64::from(row.content.row()))?)))
        .collect();
    for effect in &plan.planned.effects {
        let places = effect.places.iter().filter_map(|place| rows.get(place));
        let places: Vec<i64> = places.copied().collect();
        for places in places.chunks(1_000) {
            import_document::Entity::update_many()
                .col_expr(
                    import_document::Column::Review,
                    Expr::value(review.to_string()),
                )
                .col_expr(
                    import_document::Column::Paragraph,
                    Expr::value(effect.after.paragraph.to_string()),
                )
                .filter(import_document::Column::RunId.eq(run))
                .filter(import_document::Column::Place.is_in(places.iter().copied()))
                .exec(&change.tx)
                .await?;
        }
    }
    Ok(())
}

/// Removes the rows of a matrix, unless its import is applied.
pub(super) async fn forget(change: &Change<'_>, run: i64) -> Result<(), Error> {
    if run::find(&change.tx, run).await?.state == RunState::Applied {
        return Ok(());
    }
    import_document::Entity::delete_many()
        .filter(import_document::Column::RunId.eq(run))
        .exec(&change.tx)
        .await?;
    Ok(())
}
