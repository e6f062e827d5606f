//! An installation to be tested: pages and actions over a fresh database, without a network.
#![allow(dead_code, clippy::unwrap_used)] // Every test file uses its own part of this.

use app::{Assets, Site};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use data::domain::Role;
use data::exchange::{ReadOptions, Sink, read};
use data::store::{Actor, NewPassword, NewRun, Run, Store};
use std::io::Cursor;
use std::sync::Arc;
use tower::ServiceExt;

pub(crate) struct Installation {
    pub(crate) store: Arc<Store>,
    router: Router,
    folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) content_type: String,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: String,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Installation {
    /// Without any review.
    pub(crate) async fn empty() -> Self {
        Self::at(None).await
    }

    /// Without any review, where browsers come by that origin.
    pub(crate) async fn at(origin: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("t.sqlite").display()
        );
        let store = Arc::new(Store::open(&url).await.unwrap());
        let assets = Assets {
            stylesheet: "/assets/main.css".to_owned(),
            workbench_stylesheet: None,
            ..Assets::default()
        };
        let site = Site::new(Arc::clone(&store), assets, false, origin.map(str::to_owned));
        Self {
            store,
            router: localized(site),
            folder,
        }
    }

    /// With the bundled set and the demonstration.
    pub(crate) async fn new() -> Self {
        let here = Self::empty().await;
        let actor = Actor::command_line();
        here.store.load_bundled(&actor).await.unwrap();
        here.store.load_demonstration(&actor).await.unwrap();
        here
    }

    /// The same with other settings.
    pub(crate) fn with_settings(mut self, set: impl FnOnce(Site) -> Site) -> Self {
        let assets = Assets {
            stylesheet: "/assets/main.css".to_owned(),
            workbench_stylesheet: None,
            ..Assets::default()
        };
        let site = Site::new(Arc::clone(&self.store), assets, false, None);
        self.router = localized(set(site));
        self
    }

    /// The same where browsers come by that origin.
    pub(crate) fn with_origin(self, origin: &str) -> Self {
        self.with_settings(|site| Site {
            public_origin: Some(origin.into()),
            ..site
        })
    }

    /// The same with folders for backups.
    pub(crate) fn with_backup_folders(mut self, folders: Vec<std::path::PathBuf>) -> Self {
        let assets = Assets {
            stylesheet: "/assets/main.css".to_owned(),
            workbench_stylesheet: None,
            ..Assets::default()
        };
        let site = Site::new(Arc::clone(&self.store), assets, false, None);
        self.router = localized(site.with_backup_folders(folders));
        self
    }

    /// Reads a file up to its preview.
    pub(crate) async fn stage(&self, file: impl Into<Vec<u8>>) -> Run {
        let bytes = file.into();
        let source =
            move |sink: &mut dyn Sink| read(Cursor::new(bytes), &ReadOptions::default(), sink);
        let (actor, new) = (Actor("anna".to_owned()), NewRun::default());
        self.store.stage_import(&actor, &new, source).await.unwrap()
    }

    /// Imports a file.
    pub(crate) async fn import(&self, file: impl Into<Vec<u8>>) -> Run {
        let staged = self.stage(file).await;
        let actor = Actor("anna".to_owned());
        self.store.apply_import(&actor, staged.id).await.unwrap()
    }

    /// The folder of the database.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The database.
    pub(crate) fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("t.sqlite")
    }

    /// A new account of that role; its password.
    pub(crate) async fn add(&self, pseudonym: &str, role: Role) -> String {
        let actor = Actor::command_line();
        let added = self
            .store
            .add_account(&actor, pseudonym, role, NewPassword::Generated);
        added.await.unwrap()
    }

    /// A new account of that role; the value of its session's cookie.
    pub(crate) async fn sign_in(&self, pseudonym: &str, role: Role) -> String {
        let password = self.add(pseudonym, role).await;
        self.store
            .sign_in(pseudonym, &password)
            .await
            .unwrap()
            .unwrap()
            .token
    }

    pub(crate) async fn get(&self, path: &str, session: Option<&str>) -> Answer {
        self.get_with(path, session, None).await
    }

    /// A page that a reader has to find.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.get(path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }

    /// With the notice that an action left.
    pub(crate) async fn get_with(
        &self,
        path: &str,
        session: Option<&str>,
        notice: Option<&str>,
    ) -> Answer {
        let mut cookies = Vec::new();
        cookies.extend(session.map(|token| format!("session={token}")));
        cookies.extend(notice.map(str::to_owned));
        // As by a link on a page of ours.
        let request = Request::get(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// As a browser sends a form. That of the sign-in page is opened first, unless the body has its token.
    pub(crate) async fn submit(&self, path: &str, session: Option<&str>, body: &str) -> Answer {
        if path == "/api/sign-in" && !body.contains("form=") {
            let body = format!("form={}&{body}", self.sign_in_form().await);
            return self.post(path, session, &body, "text/html").await;
        }
        self.post(path, session, body, "text/html").await
    }

    /// The token of a sign-in form that was just opened.
    pub(crate) async fn sign_in_form(&self) -> String {
        let page = self.page("/login").await;
        let (_, rest) = page.split_once("name=\"form\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// As a program calls an action.
    pub(crate) async fn call(&self, path: &str, session: Option<&str>, body: &str) -> Answer {
        self.post(path, session, body, "application/json").await
    }

    async fn post(&self, path: &str, session: Option<&str>, body: &str, accept: &str) -> Answer {
        let mut request = Request::post(path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(token) = session {
            request = request.header(header::COOKIE, format!("session={token}"));
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// An answer that goes on, such as a stream of events.
    pub(crate) async fn follow(&self, path: &str, session: &str) -> Body {
        let request = Request::get(path).header(header::COOKIE, format!("session={session}"));
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.into_body()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let text = |name| {
            parts
                .headers
                .get_all(name)
                .iter()
                .map(|value| value.to_str().unwrap().to_owned())
        };
        Answer {
            status: parts.status,
            location: text(header::LOCATION).next().unwrap_or_default(),
            content_type: text(header::CONTENT_TYPE).next().unwrap_or_default(),
            cookies: text(header::SET_COOKIE).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
            headers: parts.headers,
        }
    }
}

/// The pages of a site, those in the pseudo-locale included.
fn localized(site: Site) -> Router {
    app::localized(app::routes::router(site), true)
}

impl Answer {
    /// The notice's cookie, to be sent with the next request.
    pub(crate) fn notice(&self) -> Option<&str> {
        let cookie = self
            .cookies
            .iter()
            .find(|cookie| cookie.starts_with("notice=") && !cookie.starts_with("notice=;"))?;
        cookie.split(';').next()
    }
}
