//! Planning with a database: review by review, so that memory holds one at a time, and of each no more
//! rows and text than reviews have.

use super::assessing::{self, Assessed, Named};
use super::packing::unpack;
use super::plan::{Known, Planned, plan, report_of_source};
use super::rows::{Content, RowOutcome, Staged, corrupt};
use super::run::{self, Problem, Run};
use super::running::{Phase, Teller};
use crate::domain::{Message, Review, ReviewCode, RoundRecord};
use crate::exchange::{FileAccount, Row};
pub(super) use crate::settings::PLANNED_ROWS_MAX as MAX_ROWS;
pub(super) use crate::settings::PLANNED_TEXT_MAX as MAX_TEXT;
use crate::store::change::Change;
use crate::store::entities::{
    assessment, draft, import_outcome, import_row, import_run, link, recommendation,
    recommendation_alias, review, round,
};
use crate::store::history::chain;
use crate::store::import_codes::{Outcome, RunState};
use crate::store::read_model::review_records;
use crate::store::{Actor, Error, Store, insert_all};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows that are planned in one transaction.
const AT_ONCE: usize = 2_000;
/// Rejected rows that the record of a run names for good.
const PROBLEMS: u64 = 200;

/// What becomes of the rows of a run that belong to one review.
pub(super) struct ReviewPlan {
    /// The recommendations.
    pub(super) planned: Planned,
    /// The assessments.
    pub(super) assessed: Vec<Assessed>,
    /// The round that they go into.
    pub(super) round: Option<RoundRecord>,
    /// What becomes of each row.
    pub(super) outcomes: BTreeMap<i64, RowOutcome>,
    /// The rows.
    pub(super) rows: Vec<Staged>,
    /// The last row that was planned, if more are behind it: those are too many and were not looked at.
    pub(super) last: Option<i64>,
}

impl Store {
    /// Plans all of a run that was read.
    pub(super) async fn plan_run(
        &self,
        actor: &Actor,
        run: &Run,
        teller: &Teller,
    ) -> Result<(), Error> {
        let reviews = reviews(&self.connection, run.id).await?;
        let rows = reviews.iter().map(|(_, rows)| rows).sum();
        teller.phase(Phase::Comparing, rows);
        let mut reviews = reviews.into_iter().peekable();
        while reviews.peek().is_some() {
            let change = self.begin(actor).await?;
            run::beat(&change, run, teller).await?;
            let mut at_once = 0;
            while at_once < AT_ONCE
                && let Some((review, rows)) = reviews.next()
            {
                plan_anew(&change, run, review).await?;
                teller.add(rows)?;
                at_once += usize::try_from(rows).unwrap_or(AT_ONCE);
            }
            change.commit_unrecorded().await?;
        }
        let change = self.begin(actor).await?;
        run::beat(&change, run, teller).await?;
        count(&change, run.id).await?;
        run::advance(&change, run.id, run.state, RunState::Read).await?;
        change.commit_unrecorded().await
    }
}

/// Plans one review and keeps what becomes of its rows.
pub(super) async fn plan_anew(
    change: &Change<'_>,
    run: &Run,
    review: ReviewCode,
) -> Result<(), Error> {
    let plan = plan_review(&change.tx, run, review).await?;
    let places = plan.rows.iter().map(|row| row.place);
    for places in places.collect::<Vec<_>>().chunks(2_000) {
        import_outcome::Entity::delete_many()
            .filter(import_outcome::Column::RunId.eq(run.id))
            .filter(import_outcome::Column::Place.is_in(places.iter().copied()))
            .exec(&change.tx)
            .await?;
    }
    let rows = plan
        .outcomes
        .iter()
        .map(|(place, outcome)| outcome.entity(run.id, *place, Some(review)))
        .collect();
    insert_all::<import_outcome::Entity, import_outcome::ActiveModel>(&change.tx, rows).await?;
    match plan.last {
        Some(last) => reject_behind(change, run, review, last).await,
        None => Ok(()),
    }
}

/// Rejects the rows of a review behind the last one that was planned, without reading them.
async fn reject_behind(
    change: &Change<'_>,
    run: &Run,
    review: ReviewCode,
    last: i64,
) -> Result<(), Error> {
    let mut places = Query::select();
    places
        .column(import_row::Column::Place)
        .from(import_row::Entity)
        .and_where(import_row::Column::RunId.eq(run.id))
        .and_where(import_row::Column::Review.eq(review.to_string()))
        .and_where(import_row::Column::Kind.ne("rejected"))
        .and_where(import_row::Column::Place.gt(last));
    import_outcome::Entity::delete_many()
        .filter(import_outcome::Column::RunId.eq(run.id))
        .filter(import_outcome::Column::Place.in_subquery(places.clone()))
        .exec(&change.tx)
        .await?;
    let reason = Message::new("import-review-too-large")
        .with("review", review)
        .with("max", MAX_ROWS)
        .with("text", MAX_TEXT >> 20);
    let outcome = RowOutcome::rejected(None, reason).entity(run.id, 0, Some(review));
    let rows = places
        .clear_selects()
        .column(import_row::Column::RunId)
        .column(import_row::Column::Place)
        .column(import_row::Column::Review)
        .expr(Expr::val(outcome.outcome))
        .expr(Expr::val(outcome.detail))
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(import_outcome::Entity)
        .columns([
            import_outcome::Column::RunId,
            import_outcome::Column::Place,
            import_outcome::Column::Review,
            import_outcome::Column::Outcome,
            import_outcome::Column::Detail,
        ])
        .select_from(rows)
        .map_err(|_| Error::System("rows and columns do not fit".to_owned()))?;
    change.tx.execute(&insert).await?;
    Ok(())
}

/// The reviews that a run's rows belong to, each with the number of its rows.
pub(super) async fn reviews(
    db: &impl ConnectionTrait,
    run: i64,
) -> Result<Vec<(ReviewCode, u64)>, Error> {
    let rows: Vec<(Option<String>, i64)> = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::Review)
        .column_as(
            Expr::expr(Func::count(Expr::col(import_row::Column::Place))),
            "rows",
        )
        .filter(import_row::Column::RunId.eq(run))
        .filter(import_row::Column::Review.is_not_null())
        .filter(import_row::Column::Kind.ne("rejected"))
        .group_by(import_row::Column::Review)
        .order_by_asc(import_row::Column::Review)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(review, rows)| {
            let review = review?;
            let code = ReviewCode::parse(&review).ok_or_else(|| super::rows::corrupt(&review));
            Some(code.map(|code| (code, u64::try_from(rows).unwrap_or(0))))
        })
        .collect()
}

/// What becomes of the rows of one review, as things stand.
pub(super) async fn plan_review(
    db: &impl ConnectionTrait,
    run: &Run,
    review: ReviewCode,
) -> Result<ReviewPlan, Error> {
    let (rows, last) = rows(db, run.id, review).await?;
    let other_reports = other_reports(db, review, &rows).await?;
    let known = Known {
        other_reports,
        ..known(db, review).await?
    };
    let round = match &run.file.round {
        Some(slug) if run.file.review == Some(review) && known.review.id != 0 => {
            let record = review_records::load(db, review).await?;
            record.round(slug).cloned()
        }
        _ => None,
    };
    let computing = tokio::task::spawn_blocking(move || compute(review, known, round, rows));
    let plan = computing
        .await
        .map_err(|_| Error::System("a plan failed".to_owned()))?;
    Ok(ReviewPlan { last, ..plan })
}

/// The rows of a review, as many as are planned; if there are more, the place of the last one.
async fn rows(
    db: &impl ConnectionTrait,
    run: i64,
    review: ReviewCode,
) -> Result<(Vec<Staged>, Option<i64>), Error> {
    let of_review = || {
        import_row::Entity::find()
            .select_only()
            .filter(import_row::Column::RunId.eq(run))
            .filter(import_row::Column::Review.eq(review.to_string()))
            .filter(import_row::Column::Kind.ne("rejected"))
            .order_by_asc(import_row::Column::Place)
    };
    // First how long they are, then those that fit: a row may be as long as a file.
    let stored = Func::char_length(Expr::col(import_row::Column::Content)).into();
    let length = Func::coalesce([Expr::col(import_row::Column::Length), stored]);
    let most = u64::try_from(MAX_ROWS).unwrap_or(u64::MAX);
    // A row of the file may hold a recommendation and its assessment.
    let lengths: Vec<(i64, i64, i64)> = of_review()
        .column(import_row::Column::Place)
        .column(import_row::Column::RowInFile)
        .expr_as(Expr::expr(length).cast_as("BIGINT"), "length")
        .limit(2 * most + 1)
        .into_tuple()
        .all(db)
        .await?;
    let mut text = 0_i64;
    let mut different = HashSet::new();
    let fitting = lengths.iter().take_while(|(_, row, length)| {
        different.insert(*row);
        text = text.saturating_add(*length);
        different.len() <= MAX_ROWS && text <= MAX_TEXT
    });
    let fitting: Vec<i64> = fitting.map(|(place, ..)| *place).collect();
    let end = fitting.last().copied().unwrap_or(0);
    let last = (fitting.len() < lengths.len()).then_some(end);
    let models: Vec<Stored> = of_review()
        .column(import_row::Column::Place)
        .column(import_row::Column::RowInFile)
        .column(import_row::Column::Kind)
        .column(import_row::Column::Content)
        .column(import_row::Column::Decision)
        .filter(import_row::Column::Place.lte(end))
        .into_tuple()
        .all(db)
        .await?;
    let model = |(place, row_in_file, kind, content, decision): Stored| import_row::Model {
        run_id: run,
        place,
        row_in_file,
        kind,
        review: None,
        content,
        decision,
        // Only whoever gives rows back wants them.
        cells: None,
        length: None,
    };
    let mut models: Vec<_> = models.into_iter().map(model).collect();
    unpack(db, run, &mut models).await?;
    let rows = models.iter().map(Staged::read).collect::<Result<_, _>>()?;
    Ok((rows, last))
}

/// A row as a plan asks for it: place, row in the file, kind, content, decision.
type Stored = (i64, i64, String, String, Option<String>);

fn compute(
    review: ReviewCode,
    known: Known,
    round: Option<RoundRecord>,
    rows: Vec<Staged>,
) -> ReviewPlan {
    let mut named: Named = HashMap::new();
    let numbers: HashMap<i64, _> = known
        .recommendations
        .iter()
        .map(|one| (one.id, one.paragraph.clone()))
        .collect();
    for (name, id) in &known.aliases {
        if let Some(paragraph) = numbers.get(id) {
            named.insert(name.to_ascii_lowercase(), (*id, paragraph.clone()));
        }
    }
    for one in &known.recommendations {
        let name = one.paragraph.as_str().to_ascii_lowercase();
        named.insert(name, (one.id, one.paragraph.clone()));
    }
    let is_assessed = |row: &Staged| matches!(row.content, Content::Assessment(_));
    let has_assessments = rows.iter().any(is_assessed);
    let mut will_be = if has_assessments {
        known.recommendations.clone()
    } else {
        Vec::new()
    };
    let planned = plan(known, &rows);
    if has_assessments {
        let effects = &planned.effects;
        let former = effects
            .iter()
            .flat_map(|one| one.before.iter().chain(&one.absorbed));
        let former: HashSet<i64> = former.map(|one| one.id).collect();
        will_be.retain(|one| !former.contains(&one.id));
        will_be.extend(effects.iter().map(|effect| effect.after.clone()));
    }
    let waiting = waiting(&rows, &planned.outcomes);
    for effect in &planned.effects {
        let paragraph = &effect.after.paragraph;
        let mut name = |name: &str| {
            let target = (effect.after.id, paragraph.clone());
            named.insert(name.to_ascii_lowercase(), target);
        };
        name(paragraph.as_str());
        effect.names.iter().for_each(|(other, _)| name(other));
    }
    let (assessed, more) =
        assessing::plan(review, round.as_ref(), &named, &will_be, &waiting, &rows);
    let mut outcomes = planned.outcomes.clone();
    outcomes.extend(more);
    ReviewPlan {
        planned,
        assessed,
        round,
        outcomes,
        rows,
        last: None,
    }
}

/// The rows of the file whose recommendation is not taken, or not yet.
fn waiting(rows: &[Staged], outcomes: &BTreeMap<i64, RowOutcome>) -> HashSet<Row> {
    let is_waiting = |row: &&Staged| {
        let mut outcome = outcomes.get(&row.place);
        if let Some(leader) = outcome.and_then(|outcome| outcome.leader) {
            outcome = outcomes.get(&leader);
        }
        matches!(row.content, Content::Recommendation(_))
            && outcome.is_some_and(|outcome| {
                matches!(outcome.outcome, Outcome::Uncertain | Outcome::Rejected)
            })
    };
    rows.iter()
        .filter(is_waiting)
        .map(|row| row.content.row())
        .collect()
}

/// The reviews that are known by reports which these rows name, but for their own review.
async fn other_reports(
    db: &impl ConnectionTrait,
    code: ReviewCode,
    rows: &[Staged],
) -> Result<HashMap<String, ReviewCode>, Error> {
    let symbols: HashSet<String> = rows
        .iter()
        .filter_map(|row| match &row.content {
            Content::Recommendation(one) => Some(one),
            _ => None,
        })
        .flat_map(|one| [one.report_symbol.clone(), report_of_source(one)])
        .flatten()
        .collect();
    // More are a mistake of another kind.
    let symbols: Vec<String> = symbols.into_iter().take(500).collect();
    if symbols.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(String, i32, Option<String>)> = review::Entity::find()
        .select_only()
        .column(review::Column::State)
        .column(review::Column::Cycle)
        .column(review::Column::ReportSymbol)
        .filter(review::Column::ReportSymbol.is_in(symbols))
        .into_tuple()
        .all(db)
        .await?;
    let found = found.into_iter().filter_map(|(state, cycle, symbol)| {
        let other = ReviewCode::parse(&format!("{state}-{cycle}"))?;
        Some((symbol?, other))
    });
    Ok(found.filter(|(_, other)| *other != code).collect())
}

/// What is known of a review.
async fn known(db: &impl ConnectionTrait, code: ReviewCode) -> Result<Known, Error> {
    let Some(review) = review_records::find_review(db, code).await? else {
        let review = Review {
            id: 0,
            code,
            session: None,
            date: None,
            report_symbol: None,
            addendum_symbol: None,
        };
        return Ok(Known {
            review,
            recommendations: Vec::new(),
            aliases: Vec::new(),
            assessed: HashSet::new(),
            linked: HashSet::new(),
            other_reports: HashMap::new(),
            frozen: HashSet::new(),
        });
    };
    let recommendations = review_records::recommendations(db, review.id).await?;
    let aliases: Vec<(String, i64)> = recommendation_alias::Entity::find()
        .select_only()
        .column(recommendation_alias::Column::Name)
        .column(recommendation_alias::Column::RecommendationId)
        .filter(recommendation_alias::Column::ReviewId.eq(review.id))
        .order_by_asc(recommendation_alias::Column::Name)
        .order_by_asc(recommendation_alias::Column::RecommendationId)
        .into_tuple()
        .all(db)
        .await?;
    let rounds: Vec<(i64, Option<i64>)> = round::Entity::find()
        .select_only()
        .column(round::Column::Id)
        .column(round::Column::PublishedAt)
        .filter(round::Column::ReviewId.eq(review.id))
        .into_tuple()
        .all(db)
        .await?;
    let (mut assessed, mut frozen) = (HashSet::new(), HashSet::new());
    if !rounds.is_empty() {
        let published: HashSet<i64> = rounds
            .iter()
            .filter_map(|(id, published)| published.map(|_| *id))
            .collect();
        let ids = || rounds.iter().map(|(id, _)| *id);
        let pairs: Vec<(i64, i64)> = assessment::Entity::find()
            .select_only()
            .column(assessment::Column::RoundId)
            .column(assessment::Column::RecommendationId)
            .filter(assessment::Column::RoundId.is_in(ids()))
            .into_tuple()
            .all(db)
            .await?;
        for (round, recommendation) in pairs {
            assessed.insert(recommendation);
            if published.contains(&round) {
                frozen.insert(recommendation);
            }
        }
        let drafted: Vec<i64> = draft::Entity::find()
            .select_only()
            .column(draft::Column::RecommendationId)
            .filter(draft::Column::RoundId.is_in(ids()))
            .into_tuple()
            .all(db)
            .await?;
        assessed.extend(drafted);
    }
    let numbers = || {
        let mut of_review = Query::select();
        of_review
            .column(recommendation::Column::Id)
            .from(recommendation::Entity)
            .and_where(recommendation::Column::ReviewId.eq(review.id));
        of_review
    };
    let linked: Vec<(i64, i64)> = link::Entity::find()
        .select_only()
        .column(link::Column::RecommendationId)
        .column(link::Column::EarlierId)
        .filter(
            Condition::any()
                .add(link::Column::RecommendationId.in_subquery(numbers()))
                .add(link::Column::EarlierId.in_subquery(numbers())),
        )
        .into_tuple()
        .all(db)
        .await?;
    let linked = linked
        .into_iter()
        .flat_map(|(one, other)| [one, other])
        .collect();
    Ok(Known {
        review,
        recommendations,
        aliases,
        assessed,
        linked,
        other_reports: HashMap::new(),
        frozen,
    })
}

/// The account of a run with how many rows of its file became what, each row counted once; `None` for a run that has
/// no account.
///
/// A row may hold a recommendation and its assessment, which have an outcome each. It is counted where a person has
/// to look first.
async fn accounted(change: &Change<'_>, run: i64) -> Result<Option<FileAccount>, Error> {
    let found: Option<(Option<String>, i32)> = import_run::Entity::find_by_id(run)
        .select_only()
        .column(import_run::Column::Account)
        .column(import_run::Column::Skipped)
        .into_tuple()
        .one(&change.tx)
        .await?;
    let Some((Some(json), skipped)) = found else {
        return Ok(None);
    };
    let mut account: FileAccount = serde_json::from_str(&json).map_err(|_| corrupt("account"))?;
    let mut rank = CaseStatement::new();
    for (place, outcome) in (0_i32..).zip(Outcome::BY_URGENCY) {
        let is_it =
            Expr::col((import_outcome::Entity, import_outcome::Column::Outcome)).eq(outcome);
        rank = rank.case(is_it, place);
    }
    let same_place = |column: import_row::Column, other: import_outcome::Column| {
        Expr::col((import_row::Entity, column)).equals((import_outcome::Entity, other))
    };
    let mut by_row = Query::select();
    by_row
        .expr_as(Expr::expr(Func::min(rank)), "rank")
        .from(import_outcome::Entity)
        .inner_join(
            import_row::Entity,
            same_place(import_row::Column::RunId, import_outcome::Column::RunId).and(same_place(
                import_row::Column::Place,
                import_outcome::Column::Place,
            )),
        )
        .and_where(Expr::col((import_outcome::Entity, import_outcome::Column::RunId)).eq(run))
        .group_by_col((import_row::Entity, import_row::Column::RowInFile));
    let mut by_rank = Query::select();
    by_rank
        .column("rank")
        .expr_as(Expr::expr(Func::count(Expr::col("rank"))), "rows")
        .from_subquery(by_row, "by_row")
        .group_by_col("rank");
    let mut assessments = Query::select();
    assessments
        .column((import_outcome::Entity, import_outcome::Column::Outcome))
        .expr_as(
            Expr::expr(Func::count(Expr::col((
                import_outcome::Entity,
                import_outcome::Column::Place,
            )))),
            "rows",
        )
        .from(import_outcome::Entity)
        .inner_join(
            import_row::Entity,
            same_place(import_row::Column::RunId, import_outcome::Column::RunId).and(same_place(
                import_row::Column::Place,
                import_outcome::Column::Place,
            )),
        )
        .and_where(Expr::col((import_outcome::Entity, import_outcome::Column::RunId)).eq(run))
        .and_where(Expr::col((import_row::Entity, import_row::Column::Kind)).eq("assessment"))
        .group_by_col((import_outcome::Entity, import_outcome::Column::Outcome));
    account.assessments.clear();
    for row in change.tx.query_all(&assessments).await? {
        let rows: i64 = row.try_get("", "rows")?;
        let rows = u64::try_from(rows).unwrap_or_default();
        account
            .assessments
            .insert(row.try_get("", "outcome")?, rows);
    }
    account.rows.clear();
    for row in change.tx.query_all(&by_rank).await? {
        let place: i32 = row.try_get("", "rank")?;
        let rows: i64 = row.try_get("", "rows")?;
        let outcome = usize::try_from(place)
            .ok()
            .and_then(|place| Outcome::BY_URGENCY.get(place))
            .ok_or_else(|| corrupt("outcome"))?;
        let rows = u64::try_from(rows).unwrap_or_default();
        account.rows.insert(outcome.code().to_owned(), rows);
    }
    if let Ok(skipped @ 1..) = u64::try_from(skipped) {
        account.rows.insert(SKIPPED.to_owned(), skipped);
    }
    account.texts = added_texts(change, run).await?;
    Ok(Some(account))
}

/// How many further texts the recommendations of a run get, by language.
async fn added_texts(change: &Change<'_>, run: i64) -> Result<BTreeMap<String, u64>, Error> {
    let counts: Vec<(String, i64)> = import_outcome::Entity::find()
        .select_only()
        .column(import_outcome::Column::Texts)
        .column_as(
            Expr::expr(Func::count(Expr::col(import_outcome::Column::Place))),
            "rows",
        )
        .filter(import_outcome::Column::RunId.eq(run))
        .filter(import_outcome::Column::Texts.is_not_null())
        .group_by(import_outcome::Column::Texts)
        .into_tuple()
        .all(&change.tx)
        .await?;
    let mut texts = BTreeMap::new();
    for (languages, rows) in counts {
        let languages: Vec<String> =
            serde_json::from_str(&languages).map_err(|_| corrupt("texts"))?;
        for language in languages {
            *texts.entry(language).or_default() += u64::try_from(rows).unwrap_or_default();
        }
    }
    Ok(texts)
}

/// The code of skipped rows beside those of the outcomes.
const SKIPPED: &str = "skipped";

/// Counts a run's outcomes into its record.
pub(super) async fn count(change: &Change<'_>, run: i64) -> Result<(), Error> {
    let counts: Vec<(Outcome, i64)> = import_outcome::Entity::find()
        .select_only()
        .column(import_outcome::Column::Outcome)
        .column_as(
            Expr::expr(Func::count(Expr::col(import_outcome::Column::Place))),
            "rows",
        )
        .filter(import_outcome::Column::RunId.eq(run))
        .group_by(import_outcome::Column::Outcome)
        .into_tuple()
        .all(&change.tx)
        .await?;
    let of = |outcome: Outcome| {
        let found = counts.iter().find(|(known, _)| *known == outcome);
        i32::try_from(found.map_or(0, |(_, count)| *count)).unwrap_or(i32::MAX)
    };
    let rejected = import_outcome::Entity::find()
        .filter(import_outcome::Column::RunId.eq(run))
        .filter(import_outcome::Column::Outcome.eq(Outcome::Rejected))
        .order_by_asc(import_outcome::Column::Place)
        .limit(PROBLEMS)
        .all(&change.tx)
        .await?;
    let places = rejected.iter().map(|row| row.place);
    let mut rows = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run))
        .filter(import_row::Column::Place.is_in(places))
        .all(&change.tx)
        .await?;
    unpack(&change.tx, run, &mut rows).await?;
    let contents: HashMap<i64, Staged> = rows
        .iter()
        .map(|row| Ok((row.place, Staged::read(row)?)))
        .collect::<Result<_, Error>>()?;
    let mut problems = Vec::with_capacity(rejected.len());
    for outcome in rejected {
        let content = contents.get(&outcome.place).map(|row| &row.content);
        let detail = RowOutcome::read(outcome)?.detail;
        let Some((content, reason)) = content.zip(detail.reason) else {
            continue;
        };
        problems.push(Problem {
            row: content.row(),
            column: match content {
                Content::Rejected(one) => one.column.clone(),
                _ => None,
            },
            value: detail.value,
            reason,
        });
    }
    let merged: Option<Option<i64>> = import_outcome::Entity::find()
        .select_only()
        .expr_as(
            Expr::expr(Func::sum(Expr::col(import_outcome::Column::Absorbed))),
            "merged",
        )
        .filter(import_outcome::Column::RunId.eq(run))
        .into_tuple()
        .one(&change.tx)
        .await?;
    let account = accounted(change, run).await?;
    let row = import_run::ActiveModel {
        id: Set(run),
        account: Set(account.as_ref().map(chain::json)),
        created: Set(of(Outcome::New)),
        updated: Set(of(Outcome::Changed)),
        unchanged: Set(of(Outcome::Unchanged)),
        uncertain: Set(of(Outcome::Uncertain)),
        joined: Set(of(Outcome::Joined)),
        rejected: Set(of(Outcome::Rejected)),
        merged: Set(i32::try_from(merged.flatten().unwrap_or(0)).unwrap_or(i32::MAX)),
        problems: Set(chain::json(&problems)),
        ..Default::default()
    };
    import_run::Entity::update(row).exec(&change.tx).await?;
    Ok(())
}
