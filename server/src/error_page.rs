//! The pages for requests that no page of `app` answers: refused, too large, too slow, broken.
//!
//! They stand alone, without Leptos and without the database, because either may be what broke.

use app::Locale;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

/// A response that says in words what happened and what to do about it; plain text for a program
/// that does not ask for a page.
pub fn respond(request: &HeaderMap, status: StatusCode, title: &str, advice: &str) -> Response {
    let wants_page = request
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let (content_type, text) = if wants_page {
        ("text/html; charset=utf-8", page(title, advice))
    } else {
        ("text/plain; charset=utf-8", format!("{title}. {advice}\n"))
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, text).into_response()
}

/// Titles and advice are this program's own words, never a visitor's: nothing here needs escaping.
fn page(title: &str, advice: &str) -> String {
    let locale = Locale::current();
    let stylesheet = crate::assets::addresses().stylesheet;
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{stylesheet}\"></head>\
         <body><main><h1>{title}</h1><p>{advice}</p>\
         <p><a href=\"{}/\">{}</a></p></main></body></html>\n",
        locale.tag(),
        locale.direction(),
        locale.prefix(),
        app::t!("refused-way-home"),
    )
}
