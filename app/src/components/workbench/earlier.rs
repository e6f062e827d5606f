//! The same demand in earlier cycles: what a person confirmed, and what looks alike.

use crate::components::status_mark::status_mark;
use crate::components::wording;
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{
    Earlier, Recommendation, ReviewCode, ReviewRecord, RoundKind, Similarity, year_of_session,
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many look-alikes are suggested.
const SUGGESTED: usize = 3;

/// A recommendation of an earlier review.
pub(crate) struct Forebear {
    pub(crate) record: Arc<ReviewRecord>,
    pub(crate) one: Recommendation,
    /// How alike the words are, for one that nobody has decided about.
    pub(crate) alike: Option<f64>,
    /// It is repeated by another one that this one repeats.
    pub(crate) through: bool,
}

/// What a recommendation repeats, and what it may repeat: `earlier` are the State's earlier reviews.
pub(crate) fn forebears(
    record: &ReviewRecord,
    one: &Recommendation,
    earlier: &[Arc<ReviewRecord>],
    with_suggestions: bool,
) -> Vec<Forebear> {
    let decided: Vec<(&Earlier, bool)> = record
        .links
        .iter()
        .filter(|link| link.recommendation == one.id)
        .map(|link| (&link.earlier, link.repeats))
        .collect();
    let mut found = Vec::new();
    for there in earlier {
        for other in &there.recommendations {
            let named = |earlier: &Earlier| {
                earlier.review == there.review.code && earlier.paragraph == other.paragraph
            };
            if decided
                .iter()
                .any(|(earlier, repeats)| *repeats && named(earlier))
            {
                found.push(Forebear {
                    record: Arc::clone(there),
                    one: other.clone(),
                    alike: None,
                    through: false,
                });
            }
        }
        if !with_suggestions {
            continue;
        }
        let words = |one: &Recommendation| {
            one.text
                .clone()
                .unwrap_or_else(|| one.headline().to_owned())
        };
        let texts: Vec<String> = there.recommendations.iter().map(words).collect();
        let near = Similarity::among(texts.iter().map(String::as_str))
            .nearest(&words(one), SUGGESTED + decided.len());
        let open = near.into_iter().filter_map(|(place, alike)| {
            let other = there.recommendations.get(place)?;
            let known = decided.iter().any(|(earlier, _)| {
                earlier.review == there.review.code && earlier.paragraph == other.paragraph
            });
            (!known).then(|| Forebear {
                record: Arc::clone(there),
                one: other.clone(),
                alike: Some(alike),
                through: false,
            })
        });
        found.extend(open.take(SUGGESTED));
    }
    repeated_in_turn(&mut found, earlier);
    // The oldest first: since then it has stood.
    found.sort_by_key(|forebear| {
        (
            forebear.alike.is_some(),
            forebear.record.review.code.cycle,
            forebear.one.paragraph.order(),
        )
    });
    found
}

/// What those repeat that it repeats, and so on to the first: links lead to earlier cycles only.
fn repeated_in_turn(found: &mut Vec<Forebear>, earlier: &[Arc<ReviewRecord>]) {
    let mut next = 0;
    while let Some(forebear) = found.get(next) {
        next += 1;
        if forebear.alike.is_some() {
            continue;
        }
        let links = forebear.record.links.iter();
        let links = links.filter(|link| link.recommendation == forebear.one.id && link.repeats);
        let further: Vec<Forebear> = links
            .filter_map(|link| {
                let there = earlier
                    .iter()
                    .find(|there| there.review.code == link.earlier.review)?;
                let mut ones = there.recommendations.iter();
                let one = ones.find(|one| one.paragraph == link.earlier.paragraph)?;
                Some(Forebear {
                    record: Arc::clone(there),
                    one: one.clone(),
                    alike: None,
                    through: true,
                })
            })
            .collect();
        for one in further {
            // What looked alike before is known to be the same now.
            let same = |other: &Forebear| {
                other.record.review.code == one.record.review.code && other.one.id == one.one.id
            };
            match found.iter().position(same) {
                Some(place) if found.get(place).is_some_and(|it| it.alike.is_none()) => {}
                Some(place) if place >= next => {
                    if let Some(there) = found.get_mut(place) {
                        *there = one;
                    }
                }
                _ => found.push(one),
            }
        }
    }
}

/// What it repeats, since when, and - where the visitor may decide - what it may repeat. `back` is the
/// page to come back to.
pub(crate) fn earlier(
    review: ReviewCode,
    one: &Recommendation,
    forebears: &[Forebear],
    decide: bool,
    back: &str,
) -> Fragment {
    let since = forebears
        .iter()
        .find(|forebear| forebear.alike.is_none())
        .map(|first| {
            let code = first.record.review.code;
            let cycle = translations::cycle(code.cycle);
            let year = first.record.review.session.and_then(year_of_session);
            let sentence = match year {
                Some(year) => t!("earlier-since-year", cycle = cycle, year = year.to_string()),
                None => t!("earlier-since", cycle = cycle),
            };
            view! { <p class="since">{sentence}</p> }
        });
    let items: Vec<_> = forebears
        .iter()
        .filter(|forebear| decide || forebear.alike.is_none())
        .map(|forebear| item(review, one, forebear, decide, back))
        .collect();
    let none = items
        .is_empty()
        .then(|| view! { <p class="none">{t!("earlier-none")}</p> });
    html! {
        {since}
        <ul class="earlier">{items}</ul>
        {none}
    }
}

fn item(
    review: ReviewCode,
    one: &Recommendation,
    forebear: &Forebear,
    decide: bool,
    back: &str,
) -> Fragment {
    let code = forebear.record.review.code;
    let there = &forebear.one;
    let name = t!(
        "earlier-name",
        cycle = translations::cycle(code.cycle),
        paragraph = names::paragraph(there)
    );
    let stands: Vec<_> = forebear
        .record
        .rounds
        .iter()
        .filter(|round| round.round.kind == RoundKind::Itemised)
        .filter_map(|round| Some((round, round.view(code, there).status?.1)))
        .filter(|(_, status)| status.counts_as_assessed)
        .map(|(round, status)| {
            view! {
                <li>
                    {status_mark(status)} " "
                    <small dir="auto">{round_names::title(&round.round)}</small>
                </li>
            }
        })
        .collect();
    let choices = decide.then(|| match forebear.alike {
        Some(_) => html! {
            {button(review, one, forebear, "yes", t!("earlier-confirm"), back)} " "
            {button(review, one, forebear, "no", t!("earlier-refuse"), back)}
        },
        // That link is the other one's.
        None if forebear.through => t!("earlier-through").fragment(),
        None => button(review, one, forebear, "", t!("earlier-undo"), back),
    });
    html! {
        <li class:suggested=forebear.alike.is_some()>
            <p>
                <a href=paths::recommendation(code, &there.paragraph)>{name}</a>
                " · "
                {translations::position(there.position())}
                {forebear
                    .alike
                    .map(|alike| {
                        // Shown in tenths: a person decides, not the number.
                        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                        let percent = ((alike * 10.0).round() as u32 * 10).min(100);
                        view! { " · " <span class="tag">{t!("earlier-alike", percent = percent)}</span> }
                    })}
            </p>
            <p class="wording" dir="auto">{wording::whole(there)}</p>
            <ul class="plain">{stands}</ul>
            {choices.map(|choices| view! { <div class="ways">{choices}</div> })}
        </li>
    }
}

fn button(
    review: ReviewCode,
    one: &Recommendation,
    forebear: &Forebear,
    repeats: &'static str,
    label: String,
    back: &str,
) -> Fragment {
    html! {
        <form method="post" action=paths::localize("/api/decide-link")>
            <input type="hidden" name="review" value=review.to_string() />
            <input type="hidden" name="paragraph" value=one.paragraph.to_string() />
            <input type="hidden" name="earlier_review" value=forebear.record.review.code.to_string() />
            <input type="hidden" name="earlier_paragraph" value=forebear.one.paragraph.to_string() />
            <input type="hidden" name="repeats" value=repeats />
            <input type="hidden" name="back" value=back.to_owned() />
            <button type="submit" class="plain">{label}</button>
        </form>
    }
}
