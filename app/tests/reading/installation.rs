//! An installation for one test: its own database, no network.

use app::{Assets, Site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use data::domain::Role;
use data::store::{Actor, NewPassword, Store};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) struct Installation {
    pub(crate) store: Arc<Store>,
    router: Router,
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Installation {
    /// Without any review.
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/x.sqlite?mode=rwc", folder.path().display());
        let store = Arc::new(Store::open(&url).await.unwrap());
        let assets = Assets {
            stylesheet: "/assets/main.css".to_owned(),
            ..Assets::default()
        };
        let router = app::routes::router(Site::new(Arc::clone(&store), assets, false));
        Self {
            store,
            router,
            _folder: folder,
        }
    }

    /// With the bundled and the demonstration set.
    pub(crate) async fn filled() -> Self {
        let installation = Self::empty().await;
        let actor = Actor::command_line();
        installation.store.load_bundled(&actor).await.unwrap();
        installation.store.load_demonstration(&actor).await.unwrap();
        installation
    }

    /// Somebody of that role; the cookie that they send.
    pub(crate) async fn signed_in(&self, role: Role) -> String {
        let password = self
            .store
            .add_account(
                &Actor::command_line(),
                role.code(),
                role,
                NewPassword::Generated,
            )
            .await
            .unwrap();
        let signed_in = self.store.sign_in(role.code(), &password).await.unwrap();
        format!("session={}", signed_in.unwrap().token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.get_as(path, None).await
    }

    pub(crate) async fn get_as(&self, path: &str, cookie: Option<&str>) -> Answer {
        let mut request = Request::get(path);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| {
            let value = response.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        };
        let (content_type, location) = (text(header::CONTENT_TYPE), text(header::LOCATION));
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            content_type: content_type.unwrap_or_default(),
            location,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// A page that has to be there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }
}

/// The pages of the two sets, as readers find them.
pub(crate) const PAGES: [&str; 16] = [
    "/",
    "/methodology",
    "/login",
    "/states/BLR",
    "/states/XXA",
    "/reviews/BLR-1",
    "/reviews/BLR-2",
    "/reviews/BLR-3",
    "/reviews/BLR-3?round=bhc-2023",
    "/reviews/BLR-3?unit=recommending-states",
    "/reviews/XXA-3",
    "/reviews/XXA-3?unit=recommending-states",
    "/reviews/BLR-3/rounds/bhc-2023",
    "/reviews/BLR-3/rounds/coalition-later",
    "/reviews/XXA-3/rounds/mid-term",
    "/no/such/page",
];
