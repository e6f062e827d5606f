//! `/reviews/{review}/compare?from=..&to=..`: two rounds of a review, or two organisations' views of
//! it, beside each other: what moved, how far they agree, and how the one's words were read in the
//! other's.

use crate::chart::of_rounds::changes_in_words;
use crate::chart::of_rounds::{FLOW, Pair, ROUNDS};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::correction::superseded;
use crate::components::document::{self, Head};
use crate::components::downloads::take_along;
use crate::components::drawing::drawing;
use crate::components::fault_list::said;
use crate::components::methodology_note::how_chart;
use crate::components::number::{link, linked};
use crate::components::status_mark::status_mark;
use crate::components::totals_check::{are_twins, reconciled};
use crate::components::wording;
use crate::t;
use crate::text::names;
use crate::text::numbers::of_base;
use crate::text::round_names::signed_among;
use crate::text::translations;
use crate::urls::filter::LISTED;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Agreement, Comparison, Mapped, RoundRecord};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let pair = Pair::read(&record, &request.query)?;
    let code = record.review.code;
    let head = Head::titled(t!("compare-title"))
        .about(code.state)
        .described(t!(
            "describe-compare",
            review = translations::review(&record.review)
        ));
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let body = match &pair {
            Some(pair) => compared(pair),
            None => html! { <p class="missing">{t!("compare-one-round")}</p> },
        };
        view! {
            {breadcrumbs(above, t!("compare-title"))}
            <h1>{t!("compare-title")}</h1>
            <p class="over">
                <a href=paths::review(code)>{translations::review(&record.review)}</a>
            </p>
            {body}
        }
    }))
}

fn compared(pair: &Pair<'_>) -> Fragment {
    let comparison = pair.comparison();
    let code = pair.record.review.code;
    let query = pair.query();
    let drawn = |name: &str| {
        pair.chart(name, "").map(|chart| {
            view! {
                {drawing(&chart)}
                {take_along(code, name, &query)}
            }
        })
    };
    let by_item = comparison.as_ref().map(|comparison| {
        view! {
            <section aria-labelledby="moved">
                <h2 id="moved">{t!("compare-moved-title")}</h2>
                {drawn(FLOW)}
                {matrix(pair, comparison)}
                {moved(pair, comparison)}
            </section>
            <section aria-labelledby="agreement">
                <h2 id="agreement">{t!("compare-agreement-title")}</h2>
                {agreement(&comparison.agreement())}
            </section>
        }
    });
    html! {
        {said(pair.faults.clone())}
        {[pair.from, pair.to].map(|round| superseded(pair.record, round, false)).into_iter().collect_view()}
        {chooser(pair)}
        <p class="headline" dir="auto">{headline(pair, comparison.as_ref())}</p>
        <p class="words" dir="auto">{pair.words()}</p>
        <p class="unit">{t!("compare-counted")}</p>
        {are_twins(pair.from, pair.to).then(|| reconciled(pair.record, pair.to))}
        <section aria-labelledby="totals">
            <h2 id="totals">{t!("compare-totals-title")}</h2>
            {drawn(ROUNDS)}
            {totals(pair)}
        </section>
        {comparison.is_none().then(|| view! { <p class="note">{t!("compare-totals-only")}</p> })}
        {by_item}
        <section>
            <h2 id="mapping">{t!("compare-mapping-title")}</h2>
            {mapping(pair)}
        </section>
        {pair.chart(ROUNDS, "").as_ref().map(how_chart)}
    }
}

fn headline(pair: &Pair<'_>, comparison: Option<&Comparison<'_>>) -> String {
    if let Some(comparison) = comparison {
        return changes_in_words(comparison);
    }
    let apart = pair
        .differences()
        .iter()
        .filter(|line| !line.is_none())
        .count();
    if apart == 0 {
        t!("rounds-same")
    } else {
        t!("rounds-differ", count = apart)
    }
}

/// Which two, and what is read as what.
fn chooser(pair: &Pair<'_>) -> Fragment {
    let rounds = |name: &'static str, label: String, chosen: &RoundRecord| {
        // A superseded round is no choice; if the address names it, it stays chosen.
        let options = pair
            .record
            .rounds
            .iter()
            .chain(Some(chosen).filter(|chosen| chosen.round.is_former()))
            .map(|round| {
                let slug = round.round.slug.clone();
                let selected = round.round.id == chosen.round.id;
                view! { <option value=slug selected=selected>{signed_among(pair.record, round)}</option> }
            })
            .collect_view();
        view! {
            <p class="field">
                <label for=name>{label}</label>
                <select id=name name=name>{options}</select>
            </p>
        }
    };
    let mapping = pair.mapping();
    let unread = pair
        .from
        .round
        .scale
        .statuses
        .iter()
        .enumerate()
        .filter(|(place, _)| {
            matches!(
                mapping.counterpart(*place),
                None | Some((_, Mapped::Chosen))
            )
        })
        .map(|(place, status)| {
            let to = &pair.to.round.scale;
            let id = format!("map-{place}");
            let counterpart = mapping.counterpart(place).map(|(other, _)| other);
            let options = to
                .statuses
                .iter()
                .enumerate()
                .filter(|(_, other)| other.counts_as_assessed == status.counts_as_assessed)
                .map(|(other_place, other)| {
                    let value = format!("{}:{}", status.code, other.code);
                    let selected = counterpart == Some(other_place);
                    view! { <option value=value selected=selected>{other.label.clone()}</option> }
                })
                .collect_view();
            view! {
                <p class="field">
                    <label for=id.clone() dir="auto">
                        {t!("compare-read-as", status = status.label.clone())}
                    </label>
                    <select id=id.clone() name="map">
                        <option value="">{t!("compare-no-counterpart")}</option>
                        {options}
                    </select>
                </p>
            }
        })
        .collect_view();
    let kept = data::domain::Filter {
        chosen: pair.filter.chosen.clone(),
        search: pair.filter.search.clone(),
        ..data::domain::Filter::default()
    };
    let kept = data::domain::query_pairs(&kept.to_query())
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    html! {
        <form class="compare" method="get">
            {kept}
            {rounds("from", t!("compare-from"), pair.from)}
            {rounds("to", t!("compare-to"), pair.to)}
            {unread}
            <p><button type="submit">{t!("compare-go")}</button></p>
        </form>
    }
}

/// Both totals status by status, and whether they are the same.
fn totals(pair: &Pair<'_>) -> Fragment {
    let differences = pair.differences();
    let sum = |count: fn(&data::domain::Difference) -> u64| -> u64 {
        differences.iter().map(count).sum()
    };
    let (before, after) = (sum(|line| line.before), sum(|line| line.after));
    let rows = differences
        .iter()
        .map(|line| {
            let after: Vec<usize> = line.second.into_iter().collect();
            view! {
                <tr>
                    <th scope="row" dir="auto">{pair.series_of(line).label}</th>
                    {counted(line.before, pair.list(pair.from, &line.first))}
                    {counted(line.after, pair.list(pair.to, &after))}
                    <td class="number">{difference(line.before, line.after)}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("compare-totals-table")>
            <table class="differences">
                <caption>{t!("compare-totals-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-status")}</th>
                        <th scope="col" class="number" dir="auto">{signed_among(pair.record, pair.from)}</th>
                        <th scope="col" class="number" dir="auto">{signed_among(pair.record, pair.to)}</th>
                        <th scope="col" class="number">{t!("compare-difference")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr class="total">
                        <th scope="row">{t!("received")}</th>
                        <td class="number">{translations::number(before)}</td>
                        <td class="number">{translations::number(after)}</td>
                        <td class="number">{difference(before, after)}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// A count with what leads to its recommendations.
fn counted(count: u64, href: Option<String>) -> Fragment {
    linked(translations::number(count), href.filter(|_| count > 0))
}

/// The sign stands before its number in any direction of writing.
fn difference(before: u64, after: u64) -> Fragment {
    let signed = if after >= before {
        match after - before {
            0 => "0".to_owned(),
            more => format!("+{more}"),
        }
    } else {
        format!("\u{2212}{}", before - after)
    };
    html! { <bdi dir="ltr">{signed}</bdi> }
}

/// From which status to which.
fn matrix(pair: &Pair<'_>, comparison: &Comparison<'_>) -> Fragment {
    let columns = &pair.to.round.scale.statuses;
    let headings = columns
        .iter()
        .map(|status| view! { <th scope="col" class="number">{status_mark(status)}</th> })
        .collect_view();
    let matrix = comparison.matrix();
    let rows = pair
        .from
        .round
        .scale
        .statuses
        .iter()
        .zip(&matrix)
        .enumerate()
        .map(|(from, (status, counts))| {
            let counterpart = comparison.mapping.counterpart(from).map(|(place, _)| place);
            let cells = counts
                .iter()
                .enumerate()
                .map(|(place, count)| {
                    let class = if counterpart == Some(place) {
                        "number stayed"
                    } else {
                        "number"
                    };
                    let to = columns.get(place).map(|status| status.code.as_str());
                    let href = Some(pair.listing(Some(&status.code), to)).filter(|_| *count > 0);
                    view! { <td class=class>{link(translations::number(*count), href)}</td> }
                })
                .collect_view();
            let sum: u64 = counts.iter().sum();
            view! {
                <tr>
                    <th scope="row">{status_mark(status)}</th>
                    {cells}
                    {counted(sum, Some(pair.listing(Some(&status.code), None)))}
                </tr>
            }
        })
        .collect_view();
    let sums = (0..columns.len())
        .map(|place| {
            let sum: u64 = matrix.iter().filter_map(|row| row.get(place)).sum();
            let to = columns.get(place).map(|status| status.code.as_str());
            counted(sum, Some(pair.listing(None, to)))
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="matrix-caption">
            <table class="matrix">
                <caption id="matrix-caption">{t!("compare-matrix")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("compare-from-status")}</th>
                        {headings}
                        <th scope="col" class="number">{t!("chart-sum")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr class="total">
                        <th scope="row">{t!("chart-sum")}</th>
                        {sums}
                        {counted(comparison.both.len() as u64, Some(pair.listing(None, None)))}
                    </tr>
                </tfoot>
            </table>
        </div>
        {(comparison.only_from + comparison.only_to > 0)
            .then(|| {
                view! {
                    <p class="note">
                        {t!(
                            "compare-only-one",
                            from = comparison.only_from,
                            to = comparison.only_to
                        )}
                    </p>
                }
            })}
    }
}

/// The recommendations that moved, or those of some moves, each with both statuses.
fn moved(pair: &Pair<'_>, comparison: &Comparison<'_>) -> Fragment {
    let code = pair.record.review.code;
    let rows: Vec<_> = comparison
        .both
        .iter()
        .filter_map(|one| {
            let (_, from) = one.from.status?;
            let (_, to) = one.to.status?;
            let moved = comparison.has_moved(one);
            if !pair.lists(&from.code, &to.code, moved) {
                return None;
            }
            let recommendation = one.to.recommendation;
            let href = paths::recommendation(code, &recommendation.paragraph);
            Some(view! {
                <tr>
                    <th scope="row"><a href=href>{names::paragraph(recommendation)}</a></th>
                    <td dir="auto">{wording::short(recommendation)}</td>
                    <td>{status_mark(from)}</td>
                    <td>{status_mark(to)}</td>
                </tr>
            })
        })
        .collect();
    if rows.is_empty() {
        return html! { <p class="none">{t!("compare-none-moved")}</p> };
    }
    let count = rows.len();
    let (heading, every) = match &pair.listed {
        None => (t!("compare-moved-list", count = count), None),
        Some((from, to)) => {
            let label = |scale: &data::domain::Scale, code: &Option<String>| match code {
                Some(code) => scale.status(code).map(|status| status.label.clone()),
                None => Some(t!("compare-any-status")),
            };
            let heading = t!(
                "compare-listed",
                count = count,
                from = label(&pair.from.round.scale, from).unwrap_or_default(),
                to = label(&pair.to.round.scale, to).unwrap_or_default()
            );
            let href = format!("{}#{LISTED}", paths::compare(code, &pair.query()));
            let every = view! { <p class="ways"><a href=href>{t!("compare-list-moved")}</a></p> };
            (heading, Some(every))
        }
    };
    html! {
        <h3 id=LISTED>{heading.clone()}</h3>
        {every}
        <div class="scroll" role="region" tabindex="0" aria-labelledby=LISTED>
            <table class="moved">
                <caption>{heading}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-paragraph")}</th>
                        <th scope="col">{t!("compare-recommendation")}</th>
                        <th scope="col" dir="auto">{signed_among(pair.record, pair.from)}</th>
                        <th scope="col" dir="auto">{signed_among(pair.record, pair.to)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn agreement(agreement: &Agreement) -> Fragment {
    let Agreement {
        compared,
        same,
        unmapped,
        kappa,
    } = *agreement;
    if compared == 0 {
        return html! { <p class="none">{t!("compare-agreement-none")}</p> };
    }
    let kappa = kappa.map(|kappa| {
        view! { <p>{t!("compare-kappa", kappa = format!("{kappa:.2}"))}</p> }
    });
    html! {
        <p class="sentence">{t!("compare-agreement", same = of_base(same, compared))}</p>
        {kappa}
        {(unmapped > 0).then(|| view! { <p>{t!("compare-unmapped", count = unmapped)}</p> })}
    }
}

/// Which status of the first is read as which of the second, and why.
fn mapping(pair: &Pair<'_>) -> Fragment {
    let mapping = pair.mapping();
    if mapping.is_identity() {
        return html! { <p>{t!("compare-same-words")}</p> };
    }
    let rows = pair
        .from
        .round
        .scale
        .statuses
        .iter()
        .enumerate()
        .map(|(place, status)| {
            let counterpart = mapping
                .counterpart(place)
                .and_then(|(other, why)| Some((pair.to.round.scale.statuses.get(other)?, why)));
            let (other, why) = match counterpart {
                Some((other, why)) => (status_mark(other).fragment(), t!(reason(why))),
                None => (
                    html! { <span class="none">{t!("compare-no-counterpart")}</span> },
                    t!("percent-none"),
                ),
            };
            view! {
                <tr>
                    <th scope="row">{status_mark(status)}</th>
                    <td>{other}</td>
                    <td>{why}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="mapping">
            <table class="mapping">
                <caption>{t!("compare-mapping-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col" dir="auto">{pair.from.round.scale.name.clone()}</th>
                        <th scope="col" dir="auto">{pair.to.round.scale.name.clone()}</th>
                        <th scope="col">{t!("compare-why")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn reason(why: Mapped) -> &'static str {
    match why {
        Mapped::SameCode => "compare-same-code",
        Mapped::SameScore => "compare-same-score",
        Mapped::Unassessed => "compare-both-unassessed",
        Mapped::Chosen => "compare-chosen",
    }
}
