//! `/reviews/{review}/charts/{chart}`: a chart alone, to link to, to cite and to embed. With an ending:
//! the chart as a file. `/embed/...` shows it in somebody else's page.

use super::exports::{base, refuse};
use crate::background::PICTURES;
use crate::chart::of_rounds::{FLOW, Pair, ROUNDS};
use crate::chart::{Chart, Standing, of_review, png};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_position::derived_mark;
use crate::components::drawing::drawing;
use crate::components::faults::said;
use crate::components::how_counted::how_chart;
use crate::components::number::linked;
use crate::components::take_along::take_along;
use crate::components::unit_switch::switch;
use crate::failure::Failure;
use crate::figures::Figures;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::site::Embeddable;
use crate::summary::Shown;
use crate::{address, t, translations};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::{CountingUnit, Message, ReviewCode, StateCode};
use leptos::prelude::*;

/// A chart and where it is from.
pub(crate) struct Found {
    pub(crate) chart: Chart,
    pub(crate) review: Option<ReviewCode>,
    /// Its address' query string.
    pub(crate) query: String,
    /// What it is made of, with what that is called.
    pub(crate) whole: (String, String),
    /// What is counted, and what else could be.
    pub(crate) units: Units,
    /// What could not be used of the address.
    pub(crate) faults: Vec<Message>,
}

/// What a chart counts.
pub(crate) enum Units {
    /// This unit; the query string of the same chart in each.
    Chosen(CountingUnit, [String; 2]),
    /// Recommendations, and nothing else can be counted, with the words that say so.
    Only(String),
}

impl Units {
    /// A unit that was chosen.
    pub(crate) fn of(unit: CountingUnit, query: impl Fn(CountingUnit) -> String) -> Self {
        Self::Chosen(unit, CountingUnit::ALL.map(query))
    }
}

impl Found {
    fn state(&self) -> Option<StateCode> {
        self.review.map(|review| review.state)
    }
}

pub(crate) async fn page(
    Path((review, name)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let (name, ending) = split(&name);
    let found = of_a_review(&review, name, &headers, &request).await?;
    answer(&request, &headers, found, ending).await
}

pub(crate) async fn embedded(
    Path((review, name)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let found = of_a_review(&review, &name, &headers, &request).await?;
    Ok(embed(&request, &found))
}

fn split(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or((name, ""))
}

async fn of_a_review(
    review: &str,
    name: &str,
    headers: &HeaderMap,
    request: &Request,
) -> Result<Found, Failure> {
    let record = request.review_record(review).await?;
    let code = record.review.code;
    if [FLOW, ROUNDS].contains(&name) {
        let pair = Pair::read(&record, &request.query)?.ok_or(Failure::NotFound)?;
        let chart = pair
            .chart(name, &base(headers, request))
            .ok_or(Failure::NotFound)?;
        let query = pair.query();
        return Ok(Found {
            chart,
            review: Some(code),
            whole: (address::compare(code, &query), pair.name()),
            query,
            units: Units::Only(t!("compare-counted")),
            faults: pair.faults,
        });
    }
    let shown = Shown::read(&record, &request.query)?;
    let figures = shown.figures().ok_or(Failure::NotFound)?;
    let base = base(headers, request);
    let chart = of_review::chart(&figures, name, shown.look, &base).ok_or(Failure::NotFound)?;
    let query = shown.look.after(figures.query());
    let units = if name == of_review::SQUARES {
        Units::Only(t!("unit-squares"))
    } else if figures.is_itemised() {
        Units::of(figures.unit, |unit| {
            shown.look.after(Figures { unit, ..figures }.query())
        })
    } else {
        Units::Only(t!("unit-totals-only"))
    };
    Ok(Found {
        chart,
        review: Some(code),
        whole: (
            address::summary(code, &query),
            translations::review(&record.review),
        ),
        query,
        units,
        faults: shown.faults.clone(),
    })
}

/// The chart in the form that was asked for.
pub(crate) async fn answer(
    request: &Request,
    headers: &HeaderMap,
    found: Found,
    ending: &str,
) -> Result<Response, Failure> {
    let chart = &found.chart;
    if !ending.is_empty() {
        refuse(&found.faults)?;
    }
    let today = translations::today();
    let (kind, bytes) = match ending {
        "" => return Ok(whole_page(request, headers, &found)),
        "svg" => ("image/svg+xml; charset=utf-8", chart.svg().into_bytes()),
        "png" => {
            let svg = chart.svg();
            let drawn = PICTURES.compute(move || png::png(&svg)).await?;
            ("image/png", drawn.ok_or(Failure::Internal)?)
        }
        "csv" => ("text/csv; charset=utf-8", chart.csv()),
        "json" => ("application/json", chart.json().to_string().into_bytes()),
        "txt" => (
            "text/plain; charset=utf-8",
            chart.citation.plain(&today).into_bytes(),
        ),
        "bib" => (
            "application/x-bibtex; charset=utf-8",
            chart.citation.bibtex(&today).into_bytes(),
        ),
        "csl.json" => (
            "application/vnd.citationstyles.csl+json",
            chart.citation.csl(&today).to_string().into_bytes(),
        ),
        _ => return Err(Failure::NotFound),
    };
    let of = found
        .review
        .map_or_else(String::new, |code| format!("{code}-"));
    let how = if matches!(ending, "svg" | "png") {
        "inline"
    } else {
        "attachment"
    };
    let name: String = chart
        .name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let file = format!("{how}; filename=\"{of}{name}.{ending}\"");
    Ok((
        [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, file)],
        bytes,
    )
        .into_response())
}

fn whole_page(request: &Request, headers: &HeaderMap, found: &Found) -> Response {
    let chart = &found.chart;
    let head = Head {
        fictitious: found.state().is_some_and(StateCode::is_fictitious),
        ..Head::titled(chart.title.clone())
    };
    let base = base(headers, request);
    shell::not_kept(shell::page(request, &head, || {
        let (href, of) = found.whole.clone();
        view! {
            {breadcrumbs(vec![(href.clone(), of)], t!("chart-page"))}
            <h1 dir="auto">{chart.title.clone()}</h1>
            {said(found.faults.clone())}
            <p class="lead" dir="auto">{chart.about.clone()}</p>
            {units(found)}
            {drawing(chart)}
            {notice(chart)}
            <p class="ways"><a class="button" href=href>{t!("chart-whole-summary")}</a></p>
            {numbers(chart)}
            {how_chart(chart)}
            {files(found)}
            {citations(found)}
            {embedding(found, &base)}
        }
    }))
}

/// What is counted, said and changed.
fn units(found: &Found) -> Fragment {
    match &found.units {
        Units::Only(said) => view! { <p class="unit">{said.clone()}</p> }.fragment(),
        Units::Chosen(unit, queries) => switch(*unit, |other| {
            let place = CountingUnit::ALL.iter().position(|one| *one == other);
            let query = place.and_then(|place| queries.get(place));
            let query = query.map(String::as_str).unwrap_or_default();
            address::chart(found.review, &found.chart.name, "", query)
        }),
    }
}

/// What has to be known of it.
fn notice(chart: &Chart) -> Option<Fragment> {
    let notice = chart.notice.clone()?;
    Some(view! { <p class="note" id="derived">{notice}</p> }.fragment())
}

/// The numbers that it is drawn of, and the same in words.
fn numbers(chart: &Chart) -> Fragment {
    view! {
        <section aria-labelledby="numbers">
            <h2 id="numbers">{t!("chart-numbers")}</h2>
            {table_of(chart, t!("chart-numbers-of", title = chart.title.clone()))}
            {chart.overlaps.then(|| view! { <p class="note">{t!("chart-overlaps")}</p> })}
            <details>
                <summary>{t!("chart-in-words")}</summary>
                <p dir="auto">{chart.description()}</p>
            </details>
        </section>
    }
    .fragment()
}

/// The numbers as a table, each line leading to what it counts.
pub(crate) fn table_of(chart: &Chart, label: String) -> Fragment {
    let mut rows = chart.table().into_iter();
    let headings = rows
        .next()
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(place, heading)| {
            let class = (place > 0).then_some("number");
            view! { <th scope="col" class=class>{heading}</th> }
        })
        .collect_view();
    let lines = chart.lines.iter().enumerate();
    let lines = lines.map(|(number, line)| (Some(number), line));
    let lines = lines.chain(chart.whole().map(|total| (None, total)));
    let body = rows
        .zip(lines)
        .map(|(row, (number, line))| {
            let mut cells = row.into_iter();
            let label = cells.next().unwrap_or_default();
            let label = match line.href.clone() {
                Some(href) => view! { <a href=href dir="auto">{label}</a> }.fragment(),
                None => view! { <span dir="auto">{label}</span> }.fragment(),
            };
            let list = |series: usize| {
                let counted = line.standing == Standing::Counted && line.of(series) > 0;
                let lists = chart.lists.as_ref().filter(|_| counted)?;
                lists.of(number.map(|number| (number, line)), series)
            };
            let sum = cells.len().saturating_sub(1);
            let read = |cell: String| match cell.parse() {
                Ok(count) => translations::number(count),
                Err(_) => cell,
            };
            let cells = cells
                .enumerate()
                .map(|(place, cell)| match cell {
                    cell if cell.is_empty() => linked(t!("percent-none"), None),
                    cell if place != sum && line.derived.contains(&place) => {
                        view! { <td class="number">{read(cell)} {derived_mark()}</td> }.fragment()
                    }
                    cell if place == sum => linked(read(cell), line.href.clone()),
                    cell => linked(read(cell), list(place)),
                })
                .collect_view();
            view! { <tr><th scope="row">{label}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table class="numbers">
                <caption>{chart.caption()}</caption>
                <thead><tr>{headings}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .fragment()
}

fn files(found: &Found) -> Fragment {
    let name = &found.chart.name;
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{t!("chart-files")}</h2>
            {take_along(found.review, name, &found.query)}
        </section>
    }
    .fragment()
}

fn citations(found: &Found) -> Fragment {
    let today = translations::today();
    let citation = &found.chart.citation;
    let link = |ending: &'static str, form: &'static str| {
        let href = address::chart(found.review, &found.chart.name, ending, &found.query);
        view! { <li><a href=href rel="nofollow">{form}</a></li> }
    };
    view! {
        <section aria-labelledby="cite">
            <h2 id="cite">{t!("chart-cite")}</h2>
            <p class="citation" dir="auto">{citation.plain(&today)}</p>
            <details>
                <summary>"BibTeX"</summary>
                <pre tabindex="0"><code>{citation.bibtex(&today)}</code></pre>
            </details>
            <ul class="actions">
                {link(".txt", "TXT")}
                {link(".bib", "BibTeX")}
                {link(".csl.json", "CSL-JSON")}
            </ul>
        </section>
    }
    .fragment()
}

fn embedding(found: &Found, base: &str) -> Fragment {
    let path = address::embedded(found.review, &found.chart.name, &found.query);
    let attribute = |text: &str| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
    };
    let height = found.chart.height_of_frame();
    let code = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>",
        attribute(&format!("{base}{path}")),
        attribute(&found.chart.title),
    );
    view! {
        <section aria-labelledby="embed">
            <h2 id="embed">{t!("chart-embed")}</h2>
            <p>{t!("chart-embed-how")} " " <a href=path>{t!("chart-embed-look")}</a></p>
            <pre tabindex="0"><code>{code}</code></pre>
        </section>
    }
    .fragment()
}

/// The chart for a frame: its title, what has to be known of it, the drawing with its description and its
/// source. Nothing that runs, nothing that is kept; the numbers are where the link leads.
pub(crate) fn embed(request: &Request, found: &Found) -> Response {
    let chart = &found.chart;
    let href = address::chart(found.review, &chart.name, "", &found.query);
    let bare = shell::bare(request, &chart.title, || {
        view! {
            <h1 dir="auto">{chart.title.clone()}</h1>
            {notice(chart)}
            {drawing(chart)}
            <p><a href=href target="_top">{t!("chart-embed-source")}</a></p>
        }
    });
    let mut response = shell::not_kept(bare);
    response.extensions_mut().insert(Embeddable);
    response
}
