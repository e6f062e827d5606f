//! `/assess/{review}/{round}/many`: many recommendations changed at once. First which and how, then what
//! would change, then doing it; afterwards the way to undo it.

use crate::actions::BulkForm;
use crate::components::document::{self, Head};
use crate::components::status_mark::status_mark;
use crate::components::text_field::TextField;
use crate::components::wording;
use crate::components::workbench::{Choice, EvidencePicker, FIND, looks_for_evidence};
use crate::forms::fields::fields;
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::{paths, queue};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{
    Action, Confidence, Message, Object, Paragraph, Queue, ReviewRecord, RoundKind, RoundRecord,
    Scheme, Seen, query_pairs,
};
use data::store::{BulkChange, BulkLine};
use leptos::prelude::*;

/// The names of the fields that say what shall change.
const FIELDS: [&str; 9] = [
    "set_status",
    "set_confidence",
    "cite",
    "scheme",
    "add",
    "remove",
    "confirm",
    "rationale",
    "reason",
];

/// What of the list says that recommendations are chosen one by one, even if none is, and in which queue.
pub(crate) fn by_hand(queue: &Queue) -> Fragment {
    html! {
        <input type="hidden" name="by" value="hand" />
        <input type="hidden" name="queue" value=queue.to_query() />
    }
}

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    let account = request
        .visitor
        .require(Action::Assess, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    let code = record.review.code;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        return Ok(document::published_instead(&request, code, &round.round));
    }
    let pairs = query_pairs(&request.query);
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let chosen: Vec<Paragraph> = pairs
        .iter()
        .filter(|(name, _)| name == "p")
        .filter_map(|(_, value)| Paragraph::parse(value).ok())
        .collect();
    let queue = match value("queue") {
        query if query.is_empty() => queue::read(&request.query, &record, &slug).0,
        query => queue::read(&query, &record, &slug).0,
    };
    // By hand, or all that a queue shows. None by hand is none, never all.
    let by_hand = value("by") == "hand" || !chosen.is_empty();
    let drafts = request
        .site
        .store
        .drafts_of(account.id, round.round.id)
        .await?;
    let shown: Vec<Paragraph> = queue
        .of_stage(&queue.filtered(&record, round), &drafts)
        .iter()
        .map(|row| row.recommendation.paragraph.clone())
        .collect();
    let chosen = if by_hand { chosen } else { shown.clone() };
    let none = chosen.is_empty();
    let offered = if none { &shown } else { &chosen };
    let search = value(FIND);
    let looks = looks_for_evidence(&value("then"), &search);
    let search = looks.then_some(search);
    let asked = !looks && FIELDS.iter().any(|name| !value(name).is_empty());
    let typed = BulkForm {
        review: code.to_string(),
        round: slug.clone(),
        seen: Seen::default(),
        status: value("set_status"),
        confidence: value("set_confidence"),
        cite: value("cite"),
        scheme: value("scheme"),
        add: value("add"),
        remove: value("remove"),
        confirm: value("confirm"),
        rationale: value("rationale"),
        reason: value("reason"),
        queue: queue.to_query(),
    };
    let change = BulkChange::try_from(&typed);
    // What another site filled in shows in the form, and changes nothing before somebody here asks for the
    // preview: it has the button.
    let is_unconfirmed = asked && !request.is_from_this_site;
    let plan = match &change {
        _ if is_unconfirmed || looks => None,
        Err(unfit) => Some(Err(unfit.clone())),
        Ok(_) if none => Some(Err(Message::new("bulk-none-chosen"))),
        Ok(change) => asked.then(|| {
            let plan = change.plan(&record, round, &chosen);
            plan.map_err(|refusal| refusal.message())
        }),
    };
    let done: Option<i64> = value("done").parse().ok();
    let done = done.filter(|_| request.is_from_this_site);
    let undone = match done {
        Some(entry) => {
            let undone = request.site.store.undone_changes(&code.to_string()).await?;
            undone.contains(&entry)
        }
        None => false,
    };
    let title = t!("many-title");
    // Without evidence there is nothing to search.
    let head = Head::titled(title.clone()).about(code.state);
    let head = if record.evidence.is_empty() || done.is_some() {
        head
    } else {
        head.with_islands()
    };
    Ok(document::page(&request, &head, || {
        let body = match done {
            Some(entry) => undo(&record, round, (entry, undone), &queue),
            None => html! {
                {is_unconfirmed
                    .then(|| view! { <p class="notice" role="note">{t!("many-from-elsewhere")}</p> })}
                {plan.map(|plan| preview(&record, round, typed, plan))}
                {form(&record, round, (offered, &chosen), &queue, &value, search)}
            },
        };
        view! {
            <p class="over">
                <a href=paths::queue(code, &slug, &queue) dir="auto">{round_names::title(&round.round)}</a>
                " · "
                {translations::review(&record.review)}
            </p>
            <h1>{title}</h1>
            {body}
        }
    }))
}

/// After it was done: the way to undo it, as long as it is not undone.
fn undo(
    record: &ReviewRecord,
    round: &RoundRecord,
    (entry, undone): (i64, bool),
    queue: &Queue,
) -> Fragment {
    let code = record.review.code;
    let back = paths::queue(code, &round.round.slug, queue);
    if undone {
        return html! {
            <p>{t!("many-is-undone")}</p>
            <p class="buttons"><a class="button" href=back>{t!("many-back")}</a></p>
        };
    }
    html! {
        <form method="post" action=paths::localize("/api/undo-many")>
            <input type="hidden" name="review" value=code.to_string() />
            <input type="hidden" name="round" value=round.round.slug.clone() />
            <input type="hidden" name="entry" value=entry.to_string() />
            <input type="hidden" name="queue" value=queue.to_query() />
            <p class="buttons">
                <a class="button" href=back>{t!("many-back")}</a>
                <button type="submit" class="secondary">{t!("many-undo")}</button>
            </p>
        </form>
    }
}

/// What shall change, and in which ones.
fn form(
    record: &ReviewRecord,
    round: &RoundRecord,
    (offered, chosen): (&[Paragraph], &[Paragraph]),
    queue: &Queue,
    value: &impl Fn(&str) -> String,
    search: Option<String>,
) -> Fragment {
    let code = record.review.code;
    let action = paths::bulk(code, &round.round.slug, &Queue::default());
    let option = |name: &str, code: String, label: String| {
        let selected = value(name) == code;
        html! { <option value=code selected=selected>{label}</option> }
    };
    let statuses: Vec<_> = round
        .round
        .scale
        .statuses
        .iter()
        .map(|status| option("set_status", status.code.clone(), names::status(status)))
        .collect();
    let levels: Vec<_> = Confidence::ALL
        .into_iter()
        .map(|level| {
            option(
                "set_confidence",
                level.code().to_owned(),
                translations::confidence(level),
            )
        })
        .collect();
    let cited = value("cite").parse::<i64>().ok();
    let picker = EvidencePicker {
        record,
        round,
        choice: Choice::One,
        chosen: record
            .evidence
            .iter()
            .filter(|known| Some(known.number) == cited)
            .collect(),
        likely: Vec::new(),
        search,
    };
    let picker = picker.fragment(|label| {
        html! {
            <button type="submit" class="secondary" name="then" value="find">
                {label}
            </button>
        }
    });
    let schemes: Vec<_> = Scheme::ALL
        .into_iter()
        .map(|scheme| {
            let name = translations::dimension(data::domain::Dimension::Term(scheme));
            option("scheme", scheme.code().to_owned(), name)
        })
        .collect();
    let text = |name: &'static str, label: String| {
        html! {
            <label>
                <span>{label}</span>
                <input type="text" name=name value=value(name) dir="auto" maxlength="200" />
            </label>
        }
    };
    let boxes: Vec<_> = record
        .recommendations
        .iter()
        .filter(|one| offered.contains(&one.paragraph))
        .map(|one| {
            let ticked = chosen.contains(&one.paragraph);
            view! {
                <li>
                    <label>
                        <input type="checkbox" name="p" value=one.paragraph.to_string() checked=ticked />
                        " "
                        {names::paragraph(one)}
                        " "
                        <span dir="auto">{wording::short(one)}</span>
                    </label>
                </li>
            }
        })
        .collect();
    let unchanged = || t!("many-unchanged");
    let long = |name: &str, max_length| {
        let field = TextField {
            name,
            value: &value(name),
            rows: Some(2),
            max_length: Some(max_length),
            ..TextField::default()
        };
        field.fragment()
    };
    let rationale = long("rationale", BulkChange::RATIONALE_MAX);
    let reason = long("reason", BulkChange::REASON_MAX);
    html! {
        <form class="many-form" method="get" action=action>
            {by_hand(queue)}
            // The first button of a form is pressed by Enter in a field of one line.
            <button type="submit" name="then" value="enter" hidden></button>
            <fieldset class="fields">
                <legend>{t!("many-what")}</legend>
                <label>
                    <span>{t!("column-status")}</span>
                    <select name="set_status" dir="auto">
                        <option value="">{unchanged()}</option>
                        {statuses}
                    </select>
                </label>
                <label>
                    <span>{t!("column-confidence")}</span>
                    <select name="set_confidence">
                        <option value="">{unchanged()}</option>
                        {levels}
                    </select>
                </label>
                <label>
                    <span>{t!("many-scheme")}</span>
                    <select name="scheme">{schemes}</select>
                </label>
                {text("add", t!("many-add"))}
                {text("remove", t!("many-remove"))}
                <label class="tick">
                    <input
                        type="checkbox"
                        name="confirm"
                        value="yes"
                        checked=value("confirm") == "yes"
                    />
                    " "
                    {t!("many-confirm")}
                </label>
                <label class="wide">
                    <span>{t!("many-rationale")}</span>
                    {rationale}
                </label>
                <label class="wide">
                    <span>{t!("many-reason")}</span>
                    {reason}
                </label>
            </fieldset>
            {picker}
            <p class="buttons">
                <button type="submit">{t!("many-preview")}</button>
            </p>
            <fieldset>
                <legend>{t!("many-which", count = chosen.len())}</legend>
                <ul class="plain many-which">{boxes}</ul>
            </fieldset>
        </form>
    }
}

/// What would change, before anything does.
fn preview(
    record: &ReviewRecord,
    round: &RoundRecord,
    typed: BulkForm,
    plan: Result<Vec<BulkLine>, Message>,
) -> Fragment {
    let lines = match plan {
        Ok(lines) => lines,
        Err(message) => {
            let why = translations::message(&message);
            return html! { <p class="notice refusal" role="alert">{why}</p> };
        }
    };
    let changing: Vec<&BulkLine> = lines.iter().filter(|line| line.changes()).collect();
    if changing.is_empty() {
        let why = t!("bulk-changes-nothing");
        return html! { <p class="notice refusal" role="alert">{why}</p> };
    }
    let seen = changing
        .iter()
        .map(|line| (line.recommendation.paragraph.clone(), line.version()));
    let form = BulkForm {
        seen: Seen::Each(seen.collect()),
        ..typed
    };
    let rows: Vec<_> = changing
        .iter()
        .map(|line| row(record, round, line))
        .collect();
    let hidden = fields(&form)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let count = changing.len();
    let reasoned = changing
        .iter()
        .filter(|line| line.explained().is_some())
        .count();
    html! {
        <section class="preview" aria-labelledby="preview">
            <h2 id="preview">{t!("many-preview-title", count = count, all = lines.len())}</h2>
            <p>{t!("many-reason-goes", count = reasoned)}</p>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t!("column-paragraph")}</th>
                            <th scope="col">{t!("column-recommendation")}</th>
                            <th scope="col">{t!("many-before")}</th>
                            <th scope="col">{t!("many-after")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" action=paths::localize("/api/change-many")>
                {hidden}
                <p class="buttons">
                    <button type="submit">{t!("many-do", count = count)}</button>
                </p>
            </form>
        </section>
    }
}

fn row(record: &ReviewRecord, round: &RoundRecord, line: &BulkLine) -> Fragment {
    let one = &line.recommendation;
    let cell = |label: String,
                assessment: Option<&data::domain::Assessment>,
                terms: Option<String>,
                explained: Option<Fragment>| {
        let stands = assessment.map(|assessment| {
            let confidence = assessment.confidence.map(translations::confidence);
            let cites: Vec<String> = assessment
                .evidence
                .iter()
                .filter_map(|evidence| record.number_of(evidence))
                .map(|number| t!("evidence-number", number = number))
                .collect();
            html! {
                {round.round.scale.status(&assessment.status).map(status_mark)}
                {confidence.map(|level| view! { <br /> {level} })}
                {(!cites.is_empty()).then(|| view! { <br /> {cites.join(", ")} })}
                {assessment
                    .carried_over
                    .is_some()
                    .then(|| view! { <br /> <span class="tag">{t!("queue-tag-carried-over")}</span> })}
            }
        });
        let terms = terms.map(|terms| view! { <br /> <small dir="auto">{terms}</small> });
        html! {
            <td data-label=label>
                {stands.unwrap_or_else(|| t!("many-no-assessment").fragment())} {terms}
                {explained}
            </td>
        }
    };
    let explained = line.explained().map(|reason| {
        view! { <br /> <span class="rationale" dir="auto">{reason.to_owned()}</span> }
    });
    let terms = |one: &data::domain::Recommendation| {
        let names: Vec<&str> = one.terms.iter().map(|term| term.name.as_str()).collect();
        names.join("; ")
    };
    let before_terms = line.retermed.as_ref().map(|_| terms(one));
    let after_terms = line.retermed.as_ref().map(terms);
    html! {
        <tr>
            <th scope="row">{names::paragraph(one)}</th>
            <td dir="auto">{wording::short(one)}</td>
            {cell(t!("many-before"), line.before.as_ref(), before_terms, None)}
            {cell(
                t!("many-after"),
                line.after.as_ref().or(line.before.as_ref()),
                after_terms,
                explained.map(IntoFragment::fragment),
            )}
        </tr>
    }
}
