//! Every address of the program's pages, grouped by who uses it.

use crate::{Site, failure::Failure, pages};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data::domain::Message;
use leptos::prelude::provide_context;

/// The largest file that can be uploaded, in bytes.
pub const UPLOAD_MAX: usize = 64 * 1024 * 1024;

/// The pages and actions of an installation.
pub fn router(site: Site) -> Router {
    // Everybody.
    let reading = Router::new()
        .route("/", get(pages::home::page))
        .route("/states/{state}", get(pages::state::page))
        .route("/reviews/{review}", get(pages::review::page))
        .route("/recommendations", get(pages::recommendations::everything))
        .route("/recommendations.csv", get(pages::exports::everything_csv))
        .route(
            "/recommendations.xlsx",
            get(pages::exports::everything_xlsx),
        )
        .route(
            "/recommendations.json",
            get(pages::exports::everything_json),
        )
        .route(
            "/reviews/{review}/recommendations",
            get(pages::recommendations::page),
        )
        .route(
            "/reviews/{review}/recommendations/{paragraph}",
            get(pages::recommendation::page),
        )
        .route(
            "/reviews/{review}/recommendations.csv",
            get(pages::exports::csv),
        )
        .route(
            "/reviews/{review}/recommendations.xlsx",
            get(pages::exports::xlsx),
        )
        .route(
            "/reviews/{review}/recommendations.json",
            get(pages::exports::json),
        )
        .route("/reviews/{review}/rounds/{round}", get(pages::round::page))
        .route("/methodology", get(pages::methodology::page));

    // Whoever has an account.
    let working = Router::new()
        .route("/login", get(pages::login::page))
        .route("/assess", get(pages::open_rounds::page))
        .route("/assess/{review}/{round}", get(pages::worklist::page))
        .route(
            "/assess/{review}/{round}/{paragraph}",
            get(pages::assessment::page),
        )
        .route("/reviews/{review}/rounds/new", get(pages::new_round::page))
        .route("/import", get(pages::import::page))
        .route("/import/{upload}", get(pages::import_preview::page));

    // Everything that changes something: server functions, each with its own guard.
    let acting = Router::new().route("/api/{action}", post(act));

    reading
        .merge(working)
        .merge(acting)
        .fallback(|| async { Failure::NotFound })
        .with_state(site)
}

async fn act(State(site): State<Site>, request: Request<Body>) -> Response {
    let known =
        leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == request.uri().path());
    if !known {
        return Failure::NotFound.into_response();
    }
    // The server function for files would panic on a body that is no multipart form.
    if request.uri().path() == "/api/upload-file" && !is_multipart(&request) {
        return Failure::from(Message::new("import-upload-broken")).into_response();
    }
    let response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(site.clone()), request)
            .await
            .into_response();
    // A body that no form of ours sends: leptos would send the browser back to wherever it came from,
    // without a word.
    if response.headers().contains_key("serverfnerror") && response.status().is_redirection() {
        return Failure::from(Message::new("request-unreadable")).into_response();
    }
    response
}

fn is_multipart(request: &Request<Body>) -> bool {
    let content_type = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| multer::parse_boundary(content_type).is_ok())
}
