//! `/reviews/{review}/charts/{chart}`: a chart alone, to link to, to cite and to embed. With an ending:
//! the chart as a file. `/embed/...` shows it in somebody else's page.

use crate::chart::of_rounds::{FLOW, Pair, ROUNDS};
use crate::chart::{Chart, of_review, png};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::class_switch::class_switch;
use crate::components::correction::superseded_line;
use crate::components::document::{self, Head};
use crate::components::downloads::files_in_sight;
use crate::components::drawing::drawing;
use crate::components::fault_list::said;
use crate::components::methodology_note::how_chart;
use crate::components::numbers_table::numbers_table;
use crate::components::unit_switch::switch;
use crate::figures::Figures;
use crate::figures::summary::Shown;
use crate::pages::reading::exports::{base, refuse};
use crate::t;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::low_priority::PICTURES;
use crate::web::request::Request;
use crate::web::site::Embeddable;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::{CountingUnit, Message, ReviewCode, StateCode};
use html_escape::encode_double_quoted_attribute;
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
    /// Of each superseded round that it shows: that it is superseded, and the address of the correction. Files say
    /// nothing of it, so that they stay as they were.
    pub(crate) superseded: Vec<(String, String)>,
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
            whole: (paths::compare(code, &query), pair.name()),
            query,
            units: Units::Only(t!("compare-counted")),
            superseded: [pair.from, pair.to]
                .into_iter()
                .filter_map(|round| superseded_line(&record, round))
                .collect(),
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
            paths::summary(code, &query),
            translations::review(&record.review),
        ),
        query,
        units,
        faults: shown.faults.clone(),
        superseded: figures
            .round()
            .and_then(|round| superseded_line(&record, round))
            .into_iter()
            .collect(),
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
        other => chart
            .citation
            .file(other, &today)
            .ok_or(Failure::NotFound)?,
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
        description: Some(chart.about.clone()),
        picture: Some(paths::chart(
            found.review,
            &chart.name,
            ".png",
            &found.query,
        )),
        query: Some(found.query.clone()),
        data: [("text/csv", ".csv"), ("application/json", ".json")]
            .map(|(kind, ending)| {
                let file = paths::chart(found.review, &chart.name, ending, &found.query);
                (kind, file)
            })
            .into(),
        is_article: true,
        ..Head::titled(chart.title.clone())
    };
    let base = base(headers, request);
    document::not_kept(document::page(request, &head, || {
        let (href, of) = found.whole.clone();
        view! {
            {breadcrumbs(vec![(href.clone(), of)], t!("chart-page"))}
            <h1 dir="auto">{chart.title.clone()}</h1>
            {said(found.faults.clone())}
            {superseded(found)}
            <p class="lead" dir="auto">{chart.about.clone()}</p>
            {units(found)}
            {classes(found)}
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
        Units::Only(said) => html! { <p class="unit">{said.clone()}</p> },
        Units::Chosen(unit, queries) => switch(*unit, |other| {
            let place = CountingUnit::ALL.iter().position(|one| *one == other);
            let query = place.and_then(|place| queries.get(place));
            let query = query.map(String::as_str).unwrap_or_default();
            paths::chart(found.review, &found.chart.name, "", query)
        }),
    }
}

/// In which classes positions are counted, where it counts any.
fn classes(found: &Found) -> Option<Fragment> {
    let classes = found.chart.classes?;
    let look = Look {
        classes,
        ..Look::default()
    };
    Some(class_switch(look, |look| {
        let query = look.in_place_of(&found.query);
        paths::chart(found.review, &found.chart.name, "", &query)
    }))
}

/// What has to be known of it.
fn notice(chart: &Chart) -> Option<Fragment> {
    let notice = chart.notice.clone()?;
    Some(html! { <p class="note" id="derived">{notice}</p> })
}

/// Says that the chart shows a superseded round. In a frame, the link opens outside the frame.
fn superseded(found: &Found) -> Fragment {
    let lines = found.superseded.iter().map(|(line, href)| {
        view! {
            <p class="missing" role="note" dir="auto">
                {line.clone()} " "
                <a href=href.clone() target="_top">{t!("superseded-read")}</a>
            </p>
        }
    });
    lines.collect_view().fragment()
}

/// The numbers that it is drawn of, and the same in words.
fn numbers(chart: &Chart) -> Fragment {
    html! {
        <section aria-labelledby="numbers">
            <h2 id="numbers">{t!("chart-numbers")}</h2>
            {numbers_table(chart, t!("chart-numbers-of", title = chart.title.clone()))}
            {chart.overlaps.then(|| view! { <p class="note">{t!("chart-overlaps")}</p> })}
            <details>
                <summary>{t!("chart-in-words")}</summary>
                <p dir="auto">{chart.description()}</p>
            </details>
        </section>
    }
}

fn files(found: &Found) -> Fragment {
    let name = &found.chart.name;
    html! {
        <section aria-labelledby="files">
            <h2 id="files">{t!("chart-files")}</h2>
            {files_in_sight(found.review, name, &found.query)}
        </section>
    }
}

fn citations(found: &Found) -> Fragment {
    let today = translations::today();
    let citation = &found.chart.citation;
    let link = |ending: &'static str, form: &'static str| {
        let href = paths::chart(found.review, &found.chart.name, ending, &found.query);
        view! { <li><a href=href rel="nofollow">{form}</a></li> }
    };
    html! {
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
}

fn embedding(found: &Found, base: &str) -> Fragment {
    let path = paths::embedded(found.review, &found.chart.name, &found.query);
    let height = found.chart.height_of_frame();
    let code = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>",
        encode_double_quoted_attribute(&format!("{base}{path}")),
        encode_double_quoted_attribute(&found.chart.title),
    );
    html! {
        <section aria-labelledby="embed">
            <h2 id="embed">{t!("chart-embed")}</h2>
            <p>{t!("chart-embed-how")} " " <a href=path>{t!("chart-embed-look")}</a></p>
            <pre tabindex="0"><code>{code}</code></pre>
        </section>
    }
}

/// The chart for a frame: its title, what has to be known of it, the drawing with its description and its
/// source. Nothing that runs, nothing that is kept; the numbers are where the link leads.
pub(crate) fn embed(request: &Request, found: &Found) -> Response {
    let chart = &found.chart;
    let href = paths::chart(found.review, &chart.name, "", &found.query);
    let bare = document::bare(request, &chart.title, || {
        view! {
            <h1 dir="auto">{chart.title.clone()}</h1>
            {superseded(found)}
            {notice(chart)}
            {drawing(chart)}
            <p><a href=href target="_top">{t!("chart-embed-source")}</a></p>
        }
    });
    let mut response = document::not_kept(bare);
    response.extensions_mut().insert(Embeddable);
    response
}
