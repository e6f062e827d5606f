//! Changes of many recommendations at once.

use crate::actions::assessments::confidence_unknown;
use crate::actions::{ActionError, guard, settle};
use crate::forms::line_ends::with_stored_line_ends;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{
    Action, Confidence, Message, Object, Queue, ReviewCode, Scheme, Seen, Term, shorten,
};
use data::store::BulkChange;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form of a bulk change.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    pub(crate) review: String,
    pub(crate) round: String,
    /// Each recommendation with the version of its assessment that the preview showed.
    pub(crate) seen: Seen,
    pub(crate) status: String,
    pub(crate) confidence: String,
    pub(crate) cite: String,
    /// The code of the scheme of both terms.
    pub(crate) scheme: String,
    pub(crate) add: String,
    pub(crate) remove: String,
    /// `yes` to confirm results that were carried over.
    pub(crate) confirm: String,
    /// The public rationale of those that have none yet.
    pub(crate) rationale: String,
    pub(crate) reason: String,
    /// The query of the queue that it was reached in.
    pub(crate) queue: String,
}

impl BulkForm {
    /// The page with the preview of the same change.
    fn preview(&self) -> String {
        let Some(code) = ReviewCode::parse(&self.review) else {
            return paths::localize("/assess");
        };
        let fields = [
            ("by", "hand"),
            ("queue", &self.queue),
            ("set_status", &self.status),
            ("set_confidence", &self.confidence),
            ("cite", &self.cite),
            ("scheme", &self.scheme),
            ("add", &self.add),
            ("remove", &self.remove),
            ("confirm", &self.confirm),
            ("rationale", &self.rationale),
            ("reason", &self.reason),
        ];
        let chosen = self.seen.each().iter();
        let chosen = chosen.map(|(paragraph, _)| ("p", paragraph.as_str()));
        let query: Vec<String> = fields
            .into_iter()
            .chain(chosen)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", paths::encoded(value)))
            .collect();
        let many = paths::bulk(code, &self.round, &Queue::default());
        format!("{many}?{}", query.join("&"))
    }
}

impl TryFrom<&BulkForm> for BulkChange {
    type Error = Message;

    fn try_from(form: &BulkForm) -> Result<Self, Message> {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let level = filled(&form.confidence)
            .map(|code| Confidence::parse(&code).ok_or_else(|| confidence_unknown().message()))
            .transpose()?;
        let number = filled(&form.cite)
            .map(|number| {
                let parsed = number.parse::<i64>();
                parsed.map_err(|_| {
                    Message::new("bulk-cite-unfit")
                        .with("value", shorten(&number, Message::LONGEST_VALUE))
                })
            })
            .transpose()?;
        let scheme = Scheme::parse(&form.scheme).unwrap_or(Scheme::Issue);
        let term = |text: &str| filled(text).map(|name| Term::new(scheme, &name));
        Ok(Self {
            status: filled(&form.status),
            confidence: level,
            cite: number,
            add_term: term(&form.add),
            remove_term: term(&form.remove),
            confirm: form.confirm == "yes",
            rationale: with_stored_line_ends(&form.rationale),
            reason: with_stored_line_ends(&form.reason),
        })
    }
}

/// The queue from which the bulk change was opened.
fn queue_of(query: &str) -> Queue {
    let (filter, _) = data::domain::Filter::parse(query);
    Queue::new(filter, query).0
}

/// Does to many what the preview showed. After a conflict, the preview is made anew.
#[server(endpoint = "change-many")]
pub async fn change_many(#[server(flatten)] form: BulkForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let back = form.preview();
    let outcome = async {
        let object = Object::of_review(&form.review);
        let (site, account) = guard(Action::Assess, object).await?;
        let code = code.ok_or(Failure::NotFound)?;
        // None is sent as nothing.
        if form.seen.each().is_empty() && form.seen != Seen::default() {
            return Err(Message::new("request-unreadable").into());
        }
        let what = BulkChange::try_from(&form)?;
        let (entry, count) = site
            .store
            .change_many(
                &Visitor::actor(&account),
                code,
                &form.round,
                form.seen.each(),
                &what,
            )
            .await?;
        let done = Message::new("bulk-done").with("count", count);
        let to = format!(
            "{}?done={entry}&queue={}",
            paths::bulk(code, &form.round, &Queue::default()),
            paths::encoded(&queue_of(&form.queue).to_query())
        );
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Undoes a bulk change, by the number of its entry in the history.
#[server(endpoint = "undo-many")]
pub async fn undo_many(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] entry: i64,
    #[server(default)] queue: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(
        || paths::localize("/assess"),
        |code| paths::queue(code, &round, &queue_of(&queue)),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let undone = site
            .store
            .undo_many(&Visitor::actor(&account), code, &round, entry)
            .await?;
        let done = if undone.left.is_empty() {
            Message::new("bulk-undone-done").with("count", undone.undone)
        } else {
            Message::new("bulk-undone-partly")
                .with("count", undone.undone)
                .with("left", undone.left.join(", "))
        };
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
