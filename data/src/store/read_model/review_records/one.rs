//! Reading one recommendation of a review by its key.

use crate::domain::{
    Evidence, EvidenceRecord, Paragraph, Recommendation, ReviewCode, ReviewRecord, put_in_order,
};
use crate::store::Error;
use crate::store::entities::{assessment, assessment_evidence, evidence, recommendation};
use crate::store::read_model::public_view;
use crate::store::read_model::review_records::load::{
    Rounds, assessment_of, by_their_round, corrupt, counted_in, evidence_of, find_review, freeze,
    last_event, links, published, published_ids, recommendations_where, rounds_of,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Reads a review with everything about one recommendation. Of the others there are only the numbers, which is what
/// leads from one page to the next. `None` if the review has no such recommendation.
pub(crate) async fn load_one(
    db: &impl ConnectionTrait,
    code: ReviewCode,
    paragraph: &Paragraph,
) -> Result<Option<ReviewRecord>, Error> {
    let review = find_review(db, code).await?.ok_or(Error::NotFound)?;
    let mut recommendations = numbers(db, review.id).await?;
    let Some(slot) = recommendations
        .iter_mut()
        .find(|one| one.paragraph == *paragraph)
    else {
        return Ok(None);
    };
    let id = slot.id;
    let mut read = recommendations_where(db, &format!("r.id = {id}")).await?;
    *slot = read
        .remove(&review.id)
        .and_then(|mut read| read.pop())
        .ok_or_else(|| corrupt("recommendation"))?;
    put_in_order(&mut recommendations);
    let mut rounds = rounds_of(db, &[review.id]).await?;
    let Rounds { shown, former } = rounds.remove(&review.id).unwrap_or_default();
    let (revision, changed_at) = last_event(db, code).await?;
    let public = public_view::of_review(db, code, &published(&shown, &former)).await?;
    let mut record = ReviewRecord {
        recommendations,
        rounds: shown,
        former,
        evidence: Vec::new(),
        links: links(db, recommendation::Column::Id.eq(id)).await?,
        review,
        revision,
        changed_at,
        public,
    };
    add_assessments(db, &mut record, id).await?;
    let counted = counted_in(db, &published_ids(&record), Some(id)).await?;
    freeze(&mut record, &by_their_round(&counted))?;
    Ok(Some(record))
}

/// Reads the recommendations of a review without their content, in paragraph order.
async fn numbers(db: &impl ConnectionTrait, review: i64) -> Result<Vec<Recommendation>, Error> {
    let rows: Vec<(i64, String)> = recommendation::Entity::find()
        .select_only()
        .column(recommendation::Column::Id)
        .column(recommendation::Column::Paragraph)
        .filter(recommendation::Column::ReviewId.eq(review))
        .into_tuple()
        .all(db)
        .await?;
    let mut all = rows
        .into_iter()
        .map(|(id, paragraph)| {
            let paragraph = Paragraph::parse(&paragraph).map_err(|_| corrupt(&paragraph))?;
            Ok(Recommendation {
                id,
                ..Recommendation::new(paragraph)
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    put_in_order(&mut all);
    Ok(all)
}

/// Adds the assessments of one recommendation in all rounds, and the evidence that they cite.
async fn add_assessments(
    db: &impl ConnectionTrait,
    record: &mut ReviewRecord,
    id: i64,
) -> Result<(), Error> {
    let rows = assessment::Entity::find()
        .filter(assessment::Column::RecommendationId.eq(id))
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let uses: Vec<(i64, i64)> = assessment_evidence::Entity::find()
        .select_only()
        .column(assessment_evidence::Column::AssessmentId)
        .column(assessment_evidence::Column::EvidenceId)
        .filter(assessment_evidence::Column::AssessmentId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(assessment_evidence::Column::AssessmentId)
        .order_by_asc(assessment_evidence::Column::Place)
        .into_tuple()
        .all(db)
        .await?;
    let mut pieces: HashMap<i64, Evidence> = HashMap::new();
    if !uses.is_empty() {
        let cited = evidence::Entity::find()
            .filter(evidence::Column::Id.is_in(uses.iter().map(|(_, evidence)| *evidence)))
            .order_by_asc(evidence::Column::Number)
            .all(db)
            .await?;
        for row in cited {
            let (id, number) = (row.id, row.number.unwrap_or_default());
            let evidence = evidence_of(row);
            pieces.insert(id, evidence.clone());
            record.evidence.push(EvidenceRecord { number, evidence });
        }
    }
    for row in rows {
        let cited = uses
            .iter()
            .filter(|(assessment, _)| *assessment == row.id)
            .filter_map(|(_, evidence)| pieces.get(evidence).cloned())
            .collect();
        let round = record
            .all_rounds_mut()
            .find(|round| round.round.id == row.round_id);
        if let Some(round) = round {
            round
                .assessments
                .insert(row.recommendation_id, assessment_of(row, cited));
        }
    }
    Ok(())
}
