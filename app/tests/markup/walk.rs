//! Every page of the router, as everybody sees it, with markers in everything.

use crate::document::parse;
use crate::marked::{Marked, REVIEW, encoded};
use crate::marker::{Found, inspect_page, marker, read, resolved};
use crate::support::Answer;
use axum::body::Body;
use axum::http::{Request, header};
use data::domain::query_pairs;
use std::collections::BTreeSet;

const ROUTES: &str = include_str!("../../src/routes.rs");

/// The pages of the router, as its source names them.
fn templates() -> Vec<String> {
    let code = ROUTES.split(".route(").skip(1);
    let quoted = code.map(|rest| rest.split('"').nth(1).unwrap().to_owned());
    quoted.filter(|path| path != "/api/{action}").collect()
}

/// Addresses of a page: at least one for each, several where files lie behind it or it shows several things.
fn addresses(template: &str, marked: &Marked) -> Vec<String> {
    let several = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
    let of_review = ["status", "position", "issue", "recommending"];
    let of_all = ["position", "issue", "recommending", "cycles"];
    let endings = ["", ".svg", ".csv", ".json", ".txt", ".bib", ".csl.json"];
    match template {
        "/reviews/{review}/charts/{chart}" => of_review
            .iter()
            .flat_map(|chart| {
                endings.map(|end| format!("/reviews/{REVIEW}/charts/{chart}{end}?round=done"))
            })
            .collect(),
        "/charts/{chart}" => of_all
            .iter()
            .flat_map(|chart| endings.map(|end| format!("/charts/{chart}{end}?state=TON")))
            .collect(),
        "/embed/reviews/{review}/charts/{chart}" => {
            vec![format!("/embed/reviews/{REVIEW}/charts/status?round=done")]
        }
        "/search" => several(&["/search", "/search?q=guinea", "/search?q=Norwey"]),
        "/about/{text}" => several(&[
            "/about/contact",
            "/about/licence",
            "/about/privacy",
            "/about/accessibility",
            "/about/sources",
        ]),
        "/embed/charts/{chart}" => several(&["/embed/charts/issue"]),
        "/reviews/{review}/rounds/{round}" => several(&[
            "/reviews/TON-2/rounds/done",
            "/reviews/TON-2/rounds/done.txt",
            "/reviews/TON-2/rounds/open",
            "/reviews/TON-1/rounds/done-correction-1",
        ]),
        "/reviews/{review}/rounds/{round}/change" => several(&[
            "/reviews/TON-2/rounds/open/change",
            "/reviews/TON-2/rounds/done/change",
            "/reviews/TON-1/rounds/done-correction-1/change",
        ]),
        "/reviews/{review}/recommendations/{paragraph}" => several(&[
            "/reviews/TON-2/recommendations/1.1",
            "/reviews/TON-2/recommendations/1.2",
            "/reviews/TON-1/recommendations/1.1",
        ]),
        "/reviews/{review}/recommendations/{paragraph}/correct" => several(&[
            "/reviews/TON-2/recommendations/1.1/correct",
            "/reviews/TON-2/recommendations/1.1/correct?claim=1",
            "/reviews/TON-2/recommendations/1.1/correct?view=merge&with=1.2",
            "/reviews/TON-2/recommendations/1.1/correct?view=split",
            "/reviews/TON-2/recommendations/1.1/correct?view=remove",
        ]),
        "/reviews/{review}/compare" => several(&[
            "/reviews/TON-2/compare",
            "/reviews/TON-2/compare?from=done&to=open",
        ]),
        "/compare" => several(&["/compare", "/compare?a=cycle%3D1&b=cycle%3D2"]),
        "/subjects/{scheme}/{term}" => {
            let issue = marked
                .stored
                .iter()
                .find(|(_, field)| *field == "issue")
                .unwrap();
            let issue = encoded(&[(resolved(issue.0), "")]);
            vec![format!("/subjects/issue/{}", issue.trim_end_matches('='))]
        }
        "/assess/{review}/{round}" => several(&[
            "/assess/TON-2/open",
            "/assess/TON-2/open?show=drafts",
            "/assess/TON-2/open?show=done",
        ]),
        "/assess/{review}/{round}/{paragraph}" => {
            several(&["/assess/TON-2/open/1.1", "/assess/TON-2/open/1.2"])
        }
        "/import/{run}" => {
            let of = |run: &String| format!("/import/{run}");
            let mut all = vec![of(&marked.done_run), of(&marked.open_run)];
            for show in [
                "create",
                "update",
                "unchanged",
                "uncertain",
                "rejected",
                "skip",
            ] {
                all.push(format!("/import/{}?show={show}", marked.open_run));
            }
            all
        }
        "/import/{run}/rejected" => vec![format!("/import/{}/rejected", marked.open_run)],
        // Of an applied run only the rows that could not be taken are kept: here the third.
        "/import/{run}/rows/{row}" => (1..=3)
            .map(|row| (&marked.open_run, row))
            .chain([(&marked.done_run, 3)])
            .map(|(run, row)| format!("/import/{run}/rows/{row}"))
            .collect(),
        "/import/mapping/{upload}" => vec![
            format!("/import/mapping/{}", marked.upload),
            format!("/import/mapping/{}?heading_row=2", marked.upload),
        ],
        "/import/mapping/{upload}/values" => {
            vec![format!("/import/mapping/{}/values", marked.upload)]
        }
        "/reviews/{review}/history/{entry}/undo" => {
            vec![format!("/reviews/{REVIEW}/history/{}/undo", marked.edit)]
        }
        "/import/{run}/undo" => [&marked.open_run, &marked.done_run]
            .map(|run| format!("/import/{run}/undo"))
            .to_vec(),
        _ => {
            let path = template
                .replace("{review}", REVIEW)
                .replace("{round}", "open")
                .replace("{paragraph}", "1.1")
                .replace("{number}", "1")
                .replace("{state}", "TON")
                .replace("{under_review}", "TON")
                .replace("{scheme}", "issue")
                .replace("{code}", "marked");
            let path = if template.starts_with("/recommending/{state}") {
                path.replacen("TON", "TGO", 1)
            } else {
                path
            };
            assert!(!path.contains('{'), "the walk knows no page {template}");
            vec![path]
        }
    }
}

/// Looks at what came back, whatever it is.
fn inspect(place: &str, answer: &Answer) -> Found {
    assert!(
        !answer.status.is_server_error(),
        "{place}: {}",
        answer.status
    );
    let kind = answer.content_type.split(';').next().unwrap();
    match kind {
        "text/html" => inspect_page(place, &answer.body),
        "image/svg+xml" => {
            let svg = xml5ever::driver::parse_document(
                markup5ever_rcdom::RcDom::default(),
                xml5ever::driver::XmlParseOpts::default(),
            );
            let dom = html5ever::tendril::TendrilSink::one(svg, answer.body.as_str());
            assert!(dom.errors.borrow().is_empty(), "{place}: {:?}", dom.errors);
            assert!(!answer.body.contains("<x-marker"), "{place}");
            Found::new()
        }
        "application/json" | "application/vnd.citationstyles.csl+json" => {
            let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            let mut texts = Vec::new();
            strings(&value, &mut texts);
            texts.iter().flat_map(|text| read(place, text)).collect()
        }
        "text/csv" | "text/plain" => {
            let text = answer.body.replace("\"\"", "\"");
            read(place, &text)
        }
        // No page: a browser makes no element of it.
        _ => {
            assert!(
                !kind.contains("html") && !kind.contains("xml") || kind.contains("openxml"),
                "{place}: {kind}"
            );
            Found::new()
        }
    }
}

fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|one| strings(one, found)),
        serde_json::Value::Object(all) => all.values().for_each(|one| strings(one, found)),
        _ => {}
    }
}

/// Names of parameters that pages link to or ask for.
fn parameters(html: &str, found: &mut BTreeSet<String>) {
    let page = parse(html);
    for form in page.named("form") {
        if form
            .attribute("method")
            .is_none_or(|method| method != "post")
        {
            found.extend(
                form.all()
                    .iter()
                    .filter_map(|control| control.attribute("name")),
            );
        }
    }
    for link in page.named("a") {
        let href = link.attribute("href").unwrap_or_default();
        if let Some((_, query)) = href.split_once('?') {
            found.extend(query_pairs(query).into_iter().map(|(name, _)| name));
        }
    }
}

/// Parameters that no link or form of the walk names.
const OTHERS: [&str; 12] = [
    "next", "at", "on", "page", "per", "show", "mapping", "measure", "done", "queue", "q", "round",
];

#[tokio::test]
async fn no_text_becomes_markup_on_any_page_for_anybody() {
    let marked = Marked::new().await;
    let templates = templates();
    assert!(templates.len() > 40, "{templates:?}");
    let paths: Vec<String> = templates
        .iter()
        // A stream of events that goes on.
        .filter(|template| *template != "/assess/{review}/{round}/live")
        .flat_map(|template| addresses(template, &marked))
        .collect();
    let mut found = Found::new();
    let mut unseen = Vec::new();
    let mut names: BTreeSet<String> = OTHERS.map(str::to_owned).into();
    for path in &paths {
        let mut shown = 0;
        for (role, session) in &marked.visitors {
            let answer = marked.here.get(path, session.as_deref()).await;
            shown += usize::from(answer.status.is_success());
            found.extend(inspect(&format!("{path} as {role}"), &answer));
            if *role == "administrator" {
                parameters(&answer.body, &mut names);
            }
        }
        if shown == 0 {
            unseen.push(path);
        }
    }
    for (path, session, notice) in &marked.refused {
        let answer = marked
            .here
            .get_with(path, Some(session), Some(notice))
            .await;
        assert!(answer.body.contains("mk"), "nothing typed at {path}");
        found.extend(inspect(&format!("{path} refused"), &answer));
    }
    for (action, page) in &marked.at_once {
        found.extend(inspect_page(&format!("{action} refused at once"), page));
    }
    let missing: Vec<_> = marked
        .stored
        .iter()
        .filter(|(number, _)| !found.contains(number))
        .collect();
    assert!(
        missing.is_empty() && unseen.is_empty(),
        "on no page: {missing:?}, seen by nobody: {unseen:?}"
    );

    // Every parameter at once, and each alone.
    let queries = queries(&names);
    for path in &paths {
        let separator = if path.contains('?') { '&' } else { '?' };
        for (role, session) in [&marked.visitors[0], &marked.visitors[4]] {
            let (together, alone) = queries.split_first().unwrap();
            let alone = if *role == "nobody" || path.contains('.') {
                &[]
            } else {
                alone
            };
            for query in std::iter::once(together).chain(alone) {
                let address = format!("{path}{separator}{query}");
                let answer = marked.here.get(&address, session.as_deref()).await;
                inspect(&format!("{path} with {query} as {role}"), &answer);
            }
        }
    }
}

/// All parameters in one query, then a few at a time.
fn queries(names: &BTreeSet<String>) -> Vec<String> {
    let pairs: Vec<(String, String)> = (9_000..)
        .zip(names)
        .map(|(number, name)| (name.clone(), marker(number)))
        .collect();
    let mut queries = vec![encoded(&pairs)];
    queries.extend(pairs.chunks(12).map(encoded));
    queries
}

/// What another site puts into an address or a cookie stands in no form that changes something.
#[tokio::test]
async fn nothing_from_elsewhere_fills_in_a_form_that_changes_something() {
    let marked = Marked::new().await;
    let session = marked.visitors[4].1.clone().unwrap();
    let many = "/assess/TON-2/open/many".to_owned();
    let mut names = BTreeSet::new();
    let page = marked.here.get(&many, Some(&session)).await;
    parameters(&page.body, &mut names);
    assert!(
        names.contains("reason") && names.contains("add"),
        "{names:?}"
    );
    names.extend(OTHERS.map(str::to_owned));
    let pairs: Vec<(String, String)> = names
        .iter()
        .map(|name| (name.clone(), "theirs-7".to_owned()))
        .collect();
    let query = format!("by=hand&p=1.1&set_status=implemented&{}", encoded(&pairs));
    let template = |path: &&String| !path.ends_with("/live");
    for template in templates().iter().filter(template) {
        for path in addresses(template, &marked) {
            let separator = if path.contains('?') { '&' } else { '?' };
            let planted = "notice=theirs-7; other=theirs-7";
            let request = Request::get(format!("{path}{separator}{query}"))
                .header("sec-fetch-site", "cross-site")
                .header(header::COOKIE, format!("session={session}; {planted}"));
            let answer = marked.here.send(request.body(Body::empty()).unwrap()).await;
            if !answer.content_type.starts_with("text/html") {
                continue;
            }
            for form in parse(&answer.body).named("form") {
                let is_post = form.attribute("method").as_deref() == Some("post");
                let names = form.entries().into_iter().filter(|(name, value)| {
                    // Where the browser goes afterwards.
                    !["queue", "back", "next"].contains(&name.as_str())
                        && value.contains("theirs-7")
                });
                let names: Vec<_> = names.collect();
                assert!(!is_post || names.is_empty(), "{path}: {names:?}");
            }
        }
    }
}
