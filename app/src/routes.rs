//! Every address of the program's pages, grouped by who uses it.

use crate::actions::Refused;
use crate::components::error_page;
use crate::text::locale::Locale;
use crate::web::failure::{Failure, Unsaved};
use crate::web::flash::Notice;
use crate::web::posted::{CHANGE_PASSWORD, Posted};
use crate::web::request::{CookieKind, EndedSession, clear_site_data};
use crate::web::{admission, expensive, round_events};
use crate::{DatabaseAway, Site, pages};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE, TRANSFER_ENCODING,
};
use axum::http::{HeaderValue, Method};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data::domain::Message;
use leptos::prelude::provide_context;
use std::net::SocketAddr;
use tower::ServiceExt as _;

/// The pages and actions of an installation.
pub fn router(site: Site) -> Router {
    crate::text::translations::recognise_column_labels();
    // Everybody.
    let reading = Router::new()
        .route("/", get(pages::reading::home::page))
        .route("/search", get(pages::reading::search::page))
        .route("/about", get(pages::reading::site_text::about))
        .route("/about/{text}", get(pages::reading::site_text::page))
        .route("/states/{state}", get(pages::reading::state::page))
        .route("/reviews/{review}", get(pages::reading::review::page))
        .route(
            "/recommendations",
            get(pages::reading::recommendations::of_all_reviews),
        )
        .route("/world", get(pages::reading::world::page))
        .route("/recommending", get(pages::reading::recommending::index))
        .route(
            "/recommending/{state}",
            get(pages::reading::recommending::page),
        )
        .route(
            "/recommending/{state}/{under_review}",
            get(pages::reading::recommending::briefing),
        )
        .route("/subjects/{scheme}", get(pages::reading::subject::index))
        .route(
            "/subjects/{scheme}/{term}",
            get(pages::reading::subject::page),
        )
        .route(
            "/recommendations.csv",
            get(pages::reading::exports::all_reviews_csv),
        )
        .route(
            "/recommendations.xlsx",
            get(pages::reading::exports::all_reviews_xlsx),
        )
        .route(
            "/recommendations.json",
            get(pages::reading::exports::all_reviews_json),
        )
        .route(
            "/recommendations.txt",
            get(pages::reading::citations::of_all_reviews),
        )
        .route(
            "/recommendations.bib",
            get(pages::reading::citations::of_all_reviews),
        )
        .route(
            "/recommendations.csl.json",
            get(pages::reading::citations::of_all_reviews),
        )
        .route(
            "/reviews/{review}/recommendations.txt",
            get(pages::reading::citations::of_review),
        )
        .route(
            "/reviews/{review}/recommendations.bib",
            get(pages::reading::citations::of_review),
        )
        .route(
            "/reviews/{review}/recommendations.csl.json",
            get(pages::reading::citations::of_review),
        )
        .route(
            "/reviews/{review}/recommendations",
            get(pages::reading::recommendations::page),
        )
        .route(
            "/reviews/{review}/recommendations/{paragraph}",
            get(pages::reading::recommendation::page),
        )
        .route(
            "/reviews/{review}/recommendations.csv",
            get(pages::reading::exports::csv),
        )
        .route(
            "/reviews/{review}/recommendations.xlsx",
            get(pages::reading::exports::xlsx),
        )
        .route(
            "/reviews/{review}/recommendations.json",
            get(pages::reading::exports::json),
        )
        .route(
            "/reviews/{review}/rounds/{round}",
            get(pages::reading::round::page),
        )
        .route(
            "/reviews/{review}/compare",
            get(pages::reading::compare::page),
        )
        .route(
            "/reviews/{review}/charts/{chart}",
            get(pages::reading::charts::page),
        )
        .route(
            "/embed/reviews/{review}/charts/{chart}",
            get(pages::reading::charts::embedded),
        )
        .route(
            "/reviews/{review}/evidence",
            get(pages::reading::evidence_list::page),
        )
        .route(
            "/reviews/{review}/evidence/{number}",
            get(pages::reading::evidence::page),
        )
        .route(
            "/reviews/{review}/history",
            get(pages::reading::history::page),
        )
        .route(
            "/reviews/{review}/history/{entry}/undo",
            get(pages::working::edit_undo::page),
        )
        .route("/charts/{chart}", get(pages::reading::all_reviews::chart))
        .route(
            "/embed/charts/{chart}",
            get(pages::reading::all_reviews::embedded),
        )
        .route("/summary", get(pages::reading::all_reviews::summary))
        .route("/compare", get(pages::reading::all_reviews::compare))
        .route("/methodology", get(pages::reading::methodology::page))
        .route("/corrections", get(pages::reading::corrections::page));

    // Whoever has an account.
    let working = Router::new()
        .route("/login", get(pages::admin::sign_in::page))
        .route("/account", get(pages::admin::account::page))
        .route("/admin/security-log", get(pages::admin::security_log::page))
        .route("/assess", get(pages::working::open_rounds::page))
        .route("/assess/{review}/{round}", get(pages::working::queue::page))
        .route("/assess/{review}/{round}/live", get(round_events::stream))
        .route(
            "/assess/{review}/{round}/evidence",
            get(pages::working::find_evidence::answer),
        )
        .route(
            "/assess/{review}/{round}/many",
            get(pages::working::bulk::page),
        )
        .route(
            "/assess/{review}/{round}/method",
            get(pages::working::method::page),
        )
        .route(
            "/assess/{review}/{round}/{paragraph}",
            get(pages::working::assessment::page),
        )
        .route(
            "/reviews/{review}/add",
            get(pages::working::add_recommendation::page),
        )
        .route(
            "/reviews/{review}/recommendations/{paragraph}/correct",
            get(pages::working::correct::page),
        )
        .route(
            "/reviews/{review}/rounds/new",
            get(pages::working::new_round::page),
        )
        .route(
            "/reviews/{review}/rounds/{round}/change",
            get(pages::working::change_round::page),
        )
        .route("/admin/redact", get(pages::admin::redact::page))
        .route("/admin/scales", get(pages::admin::scales::list))
        .route("/admin/scales/{code}", get(pages::admin::scales::page))
        .route("/import", get(pages::working::import::page))
        .route(
            "/import/mapping/{upload}",
            get(pages::working::import_mapping::page),
        )
        .route(
            "/import/mapping/{upload}/values",
            get(pages::working::import_values::page),
        )
        .route("/import/{run}", get(pages::working::import_run::page))
        .route("/import/{run}/undo", get(pages::working::import_undo::page))
        .route(
            "/import/{run}/rejected",
            get(pages::working::import_rejected::file),
        )
        .route(
            "/import/{run}/rows/{row}",
            get(pages::working::import_row::page),
        );

    // Everything that changes something: server functions, each with its own guard.
    let acting = Router::new().route("/api/{action}", post(act));

    let pages = reading
        .merge(working)
        .layer(from_fn_with_state(site.clone(), expensive::aside))
        .with_state(site.clone());
    let acting = acting.with_state(Acting {
        site: site.clone(),
        pages: pages.clone(),
    });
    pages
        .merge(acting)
        .fallback(|| async { Failure::NotFound })
        .layer(from_fn_with_state(site, error_page::explain))
        .layer(from_fn(clear_after_ended_session))
}

/// Clears the browser's storage with the first answer to a request whose session was ended elsewhere.
async fn clear_after_ended_session(mut request: Request<Body>, next: Next) -> Response {
    let ended = EndedSession::default();
    request.extensions_mut().insert(ended.clone());
    let mut response = next.run(request).await;
    if ended.is_set() {
        let (name, value) = clear_site_data();
        response.headers_mut().insert(name, value);
    }
    response
}

/// The address of every action, for tests that try each.
pub fn action_paths() -> Vec<&'static str> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .collect()
}

/// What an action needs: the installation, and the pages for one that is refused.
#[derive(Clone)]
struct Acting {
    site: Site,
    pages: Router,
}

async fn act(State(Acting { site, pages }): State<Acting>, request: Request<Body>) -> Response {
    let known =
        leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == request.uri().path());
    if !known {
        return Failure::NotFound.into_response();
    }
    // The server function for files would panic on a body that is no multipart form.
    if request.uri().path() == "/api/upload-file" && !is_multipart(&request) {
        return Failure::from(Message::new("import-upload-broken")).into_response();
    }
    if request.extensions().get::<DatabaseAway>().is_some() {
        return unsaved(request).await;
    }
    let at_most = match admission::admit(&site, admission::Head::of(&request)).await {
        Ok(at_most) => at_most,
        Err(refused) => return refused,
    };
    let mut headers = request.headers().clone();
    let (request, posted) = match buffered(request, at_most).await {
        Ok(both) => both,
        Err(failure) => return failure.into_response(),
    };
    let carried = (posted.action == "/api/sign-in").then(|| carried(&posted));
    let response = act_once(&site, &pages, request, posted).await;
    let named = format!("{}=", CookieKind::Session.name(site.secure_cookies));
    let session = response
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .find(|cookie| cookie.as_bytes().starts_with(named.as_bytes()))
        .cloned();
    let (Some(carried), Some(session)) = (carried.flatten(), session) else {
        return response;
    };
    // Somebody has just signed in: what they had sent before is theirs now, and goes the way of every
    // form, past the same guard.
    let cookie = session.to_str().unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default();
    let Ok(value) = HeaderValue::from_str(cookie) else {
        return response;
    };
    headers.insert(COOKIE, value);
    headers.remove(CONTENT_LENGTH);
    let mut again = Request::new(Body::from(carried.body.clone()));
    *again.method_mut() = Method::POST;
    *again.headers_mut() = headers;
    let Ok(uri) = carried.action.parse() else {
        return response;
    };
    *again.uri_mut() = uri;
    let mut response = act_once(&site, &pages, again, carried).await;
    response.headers_mut().append(SET_COOKIE, session);
    response
}

/// A form with what is carried along where nobody is signed in; files are no forms.
async fn buffered(
    request: Request<Body>,
    at_most: usize,
) -> Result<(Request<Body>, Posted), Failure> {
    let mut posted = Posted {
        action: request.uri().path().to_owned(),
        body: String::new(),
    };
    if is_multipart(&request) {
        return Ok((request, posted));
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, at_most)
        .await
        .map_err(|_| Message::new("request-unreadable"))?;
    posted.body = String::from_utf8_lossy(&bytes).into_owned();
    Ok((Request::from_parts(parts, Body::from(bytes)), posted))
}

/// The form that a sign-in carries along, if it is one of ours.
fn carried(posted: &Posted) -> Option<Posted> {
    let pairs = data::domain::query_pairs(&posted.body);
    let [action, body] = Posted::FIELDS.map(|name| {
        let pair = pairs.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.clone()).unwrap_or_default()
    });
    let ours = leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == action);
    let others = [
        "/api/sign-in",
        "/api/sign-out",
        "/api/upload-file",
        CHANGE_PASSWORD,
    ];
    (ours && !others.contains(&action.as_str())).then_some(Posted { action, body })
}

/// The entries of a form that cannot be saved, made of the request alone.
async fn unsaved(request: Request<Body>) -> Response {
    let head = admission::Head::of(&request);
    let wants_page = admission::accepts_html(request.headers());
    if !head.is_small_form() {
        return Failure::Unavailable.into_response();
    }
    let posted = match buffered(request, admission::CARRIED_MAX).await {
        Ok((_, posted)) => posted,
        Err(failure) => return failure.into_response(),
    };
    if !wants_page {
        return Failure::Unavailable.into_response();
    }
    let unsaved = Unsaved { posted, back: None };
    unsaved.into_response(Failure::Unavailable)
}

async fn act_once(site: &Site, pages: &Router, request: Request<Body>, posted: Posted) -> Response {
    let mut again = Request::new(Body::empty());
    *again.headers_mut() = request.headers().clone();
    // Not the other extensions: the router's own, of the action's address, would mislead it about the page's.
    if let Some(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        again.extensions_mut().insert(*peer);
    }
    let refused = Refused::default();
    let sent = posted.clone();
    let context = (site.clone(), refused.clone(), posted);
    let provide = move || {
        provide_context(context.0.clone());
        provide_context(context.1.clone());
        provide_context(context.2.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(provide, request)
        .await
        .into_response();
    if let Some((failure, back)) = refused.take_unsaved() {
        let unsaved = Unsaved {
            posted: sent,
            back: Some(back),
        };
        return unsaved.into_response(failure);
    }
    if let Some((back, notice, status)) = refused.take() {
        let retry_after = response.headers().get(RETRY_AFTER).cloned();
        let mut page = fill_again(pages.clone(), again, &back, notice).await;
        if page.status().is_success() || retry_after.is_some() {
            *page.status_mut() = status;
        }
        if let Some(seconds) = retry_after {
            page.headers_mut().insert(RETRY_AFTER, seconds);
        }
        return page;
    }
    // A body that no form of ours sends: leptos would send the browser back to wherever it came from,
    // without a word.
    if response.headers().contains_key("serverfnerror") && response.status().is_redirection() {
        return Failure::from(Message::new("request-unreadable")).into_response();
    }
    response
}

/// The form that a refused action came from, with everything that was typed and what was wrong.
async fn fill_again(
    pages: Router,
    mut request: Request<Body>,
    back: &str,
    notice: Notice,
) -> Response {
    // Routes have no prefix.
    let Ok(uri) = Locale::split(back).1.parse() else {
        return Failure::NotFound.into_response();
    };
    *request.uri_mut() = uri;
    request.extensions_mut().insert(notice);
    // It is a page that is asked for now, without the body that came with the form.
    for header in [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
        request.headers_mut().remove(header);
    }
    match pages.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn is_multipart(request: &Request<Body>) -> bool {
    let content_type = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| multer::parse_boundary(content_type).is_ok())
}
