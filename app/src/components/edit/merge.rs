//! Which recommendation is merged into this one, what would become of both, and the form that does it.

use super::remove::kept_because;
use super::{Edited, why_fields};
use crate::components::text_field::TextField;
use crate::t;
use crate::text::{names, translations};
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Column, Recommendation};
use data::exchange::facts_of;
use data::store::{Attached, InRound, Store, edit_seen};
use leptos::prelude::*;

/// The form that asks for the other recommendation, and below it the preview if there is one. `with` is what was
/// asked for.
pub(crate) fn merge_form(
    edited: &Edited<'_>,
    attached: &Attached,
    with: &str,
    other: Option<&(Recommendation, Attached)>,
) -> Fragment {
    let field = TextField {
        name: "with",
        value: with,
        is_required: true,
        ..TextField::default()
    };
    let is_unknown = !with.is_empty() && other.is_none();
    let action = paths::correct(edited.review, &edited.one.paragraph, "");
    html! {
        <p>{t!("edit-merge-how", paragraph = names::paragraph(edited.one))}</p>
        <form class="narrow" method="get" action=action>
            <input type="hidden" name="view" value="merge" />
            <label>
                <span>{t!("edit-merge-with")}</span>
                {field.fragment()}
            </label>
            <button type="submit" class="secondary">{t!("edit-merge-preview")}</button>
        </form>
        {is_unknown
            .then(|| view! { <p class="notice refusal" role="alert">{t!("edit-merge-unknown")}</p> })}
        {other.map(|other| preview(edited, attached, other))}
    }
}

fn preview(
    edited: &Edited<'_>,
    attached: &Attached,
    (other, of_other): &(Recommendation, Attached),
) -> Fragment {
    let going = Edited {
        one: other,
        ..*edited
    };
    let number = names::paragraph(other);
    let heading = t!("edit-merge-title", other = number.clone());
    if let Some(why) = kept_because(&going, of_other) {
        return html! {
            <h2>{heading}</h2>
            <p class="none">{why}</p>
        };
    }
    let after = Store::merged(edited.one, other);
    let own = names::paragraph(edited.one);
    let differing = attached.differing(of_other);
    let rounds: Vec<_> = of_other
        .assessed
        .iter()
        .map(|moved| {
            let is_free = attached.assessed.iter().all(|one| one.slug != moved.slug);
            let differs = differing.iter().any(|(slug, _)| *slug == moved.slug);
            match (is_free, differs) {
                (true, _) => {
                    let said = t!("edit-merge-moves", round = moved.title.clone());
                    html! { <p dir="auto">{said}</p> }
                }
                (_, true) => choice(edited, moved, &own, &number),
                _ => {
                    let said = t!("edit-merge-same", round = moved.title.clone());
                    html! { <p dir="auto">{said}</p> }
                }
            }
        })
        .collect();
    let seen = edit_seen(&[(edited.one, attached), (other, of_other)]);
    html! {
        <h2>{heading}</h2>
        {table(edited, other, &after)}
        <form class="narrow" method="post" action=paths::localize("/api/merge-recommendations")>
            {edited.hidden(&seen)}
            <input type="hidden" name="with" value=other.paragraph.to_string() />
            {rounds}
            {why_fields(|field| edited.typed(field), true)}
            <button type="submit">{t!("edit-merge-button", other = number)}</button>
        </form>
    }
}

/// Which of two assessments of a round is kept.
fn choice(edited: &Edited<'_>, moved: &InRound, own: &str, other: &str) -> Fragment {
    let name = format!("keep[{}]", moved.slug);
    let chosen = edited.typed(&name);
    let option = |value: &'static str, paragraph: &str| {
        html! {
            <label class="choice">
                <input type="radio" name=name.clone() value=value checked=chosen == value required />
                <span>{t!("edit-merge-keep", paragraph = paragraph.to_owned())}</span>
            </label>
        }
    };
    html! {
        <fieldset>
            <legend dir="auto">{t!("edit-merge-choose", round = moved.title.clone())}</legend>
            {option("own", own)}
            {option("other", other)}
        </fieldset>
    }
}

/// Both recommendations beside what becomes of them, in the columns in which they differ.
fn table(edited: &Edited<'_>, other: &Recommendation, after: &Recommendation) -> Fragment {
    let positions = |one: &Recommendation| {
        let claims = one.positions.iter().map(|claim| {
            let class = translations::position(claim.class);
            match &claim.source {
                Some(source) => format!("{class} ({source})"),
                None => class,
            }
        });
        claims.collect::<Vec<_>>().join("; ")
    };
    let columns = |one: &Recommendation| {
        let mut columns = facts_of(edited.review, one);
        columns.push((Column::Position.id().to_owned(), positions(one)));
        columns
    };
    let (own, going, after) = (columns(edited.one), columns(other), columns(after));
    let rows = own
        .into_iter()
        .zip(going)
        .zip(after)
        .filter(|(((_, own), (_, other)), _)| own != other)
        .map(|(((id, own), (_, other)), (_, after))| {
            let label = Column::parse(&id).map_or(id, translations::column);
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td data-label=t!("edit-merge-own") dir="auto">{own}</td>
                    <td data-label=t!("edit-merge-other") dir="auto">{other}</td>
                    <td data-label=t!("edit-merge-after") dir="auto">{after}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="merge-table">
            <table class="cards">
                <caption id="merge-table">{t!("edit-merge-table")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("conflict-field")}</th>
                        <th scope="col">{t!("edit-merge-own")}</th>
                        <th scope="col">{t!("edit-merge-other")}</th>
                        <th scope="col">{t!("edit-merge-after")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
