//! The HTML document around every page, and the one place where a view becomes a response.

use crate::components::document_link::InFrame;
use crate::components::search_form;
use crate::components::site_text_links;
use crate::t;
use crate::text::locale::Locale;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Unsaved;
use crate::web::flash::{self, Notice};
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::{CookieKind, Request, Visitor};
use crate::web::site::{Assets, HasForms, HasScript, OutsideLinks, Site};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use data::domain::{Action, Message, Object, ReviewCode, Round, RoundKind};
use leptos::prelude::*;

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// Its title, without the program's name.
    pub(crate) title: String,
    /// Whether it shows anything of the demonstration.
    pub(crate) fictitious: bool,
    /// Whether it has islands. Only then does it load script.
    pub(crate) islands: bool,
    /// The sentence of a refusal that it says itself, beside a field, so that the notice need not say it again.
    pub(crate) refusal: Option<String>,
    /// What it is about, in a sentence, where that is more than what the program is for.
    pub(crate) description: Option<String>,
    /// The address of a picture of its first chart.
    pub(crate) picture: Option<String>,
    /// The query parameters of the canonical address. `None` if the page does not define them: then only a request
    /// without a query has a canonical address.
    pub(crate) query: Option<String>,
    /// Files with the data of the page: the media type and the address of each.
    pub(crate) data: Vec<(&'static str, String)>,
    /// Whether the page is about one item, such as a recommendation (Open Graph's type `article`).
    pub(crate) is_article: bool,
}

impl Head {
    pub(crate) fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// Marked as fictitious if the State is.
    pub(crate) fn about(self, state: data::domain::StateCode) -> Self {
        Self {
            fictitious: state.is_fictitious(),
            ..self
        }
    }

    /// Described by a sentence of its own.
    pub(crate) fn described(self, description: impl Into<String>) -> Self {
        Self {
            description: Some(description.into()),
            ..self
        }
    }

    /// With the part of the query string that makes it a page of its own.
    pub(crate) fn with_query(self, query: impl Into<String>) -> Self {
        Self {
            query: Some(query.into()),
            ..self
        }
    }

    pub(crate) fn with_islands(self) -> Self {
        Self {
            islands: true,
            ..self
        }
    }
}

/// Marks a response `no-cache`: it depends on the day, the host or the operator's files.
pub(crate) fn not_kept(mut response: Response) -> Response {
    let value = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(CACHE_CONTROL, value);
    response
}

/// Renders a page. Everything it shows has been loaded before: rendering waits for nothing.
pub(crate) fn page<V: IntoView>(
    request: &Request,
    head: &Head,
    body: impl FnOnce() -> V,
) -> Response {
    let islands = head.islands && request.site.assets.islands.is_some();
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(outside_links(request));
        document(&Frame::of(request), head, islands, body().fragment())
    });
    owner.cleanup();
    let mut response = html_response(html);
    if request.notice.is_some() {
        // Shown once.
        if let Some(spent) = CookieKind::Notice.removal(request.site.secure_cookies) {
            response.headers_mut().append(SET_COOKIE, spent);
        }
    }
    if islands {
        response.extensions_mut().insert(HasScript);
    }
    response
}

/// How the addresses of other hosts are shown on a page: the operator decides for readers, not for people who work here.
fn outside_links(request: &Request) -> OutsideLinks {
    match request.visitor.account {
        Some(_) => OutsideLinks::Link,
        None => request.site.outside_links,
    }
}

/// A finished page as a response that says whether it has forms. Texts are escaped, so only a form of ours
/// begins like one.
fn html_response(html: String) -> Response {
    let has_forms = html.contains("<form");
    let mut response = Html(html).into_response();
    if has_forms {
        response.extensions_mut().insert(HasForms);
    }
    response
}

/// A page without anything around it, for a frame in somebody else's.
pub(crate) fn bare<V: IntoView>(
    request: &Request,
    title: &str,
    body: impl FnOnce() -> V,
) -> Response {
    let assets = &request.site.assets;
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(InFrame);
        let document = view! {
            <html lang=Locale::current().tag() dir=Locale::current().direction()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{title.to_owned()}</title>
                    <link rel="stylesheet" href=assets.stylesheet.clone() />
                </head>
                <body class="embedded">
                    <main>{body()}</main>
                </body>
            </html>
        };
        let mut html = "<!DOCTYPE html>".to_owned();
        document.render(&mut html);
        html
    });
    owner.cleanup();
    Html(html).into_response()
}

/// Sends somebody who is not signed in to the sign-in page, and back here afterwards.
pub(crate) fn sign_in_first(request: &Request) -> Response {
    Redirect::to(&paths::sign_in(&request.address())).into_response()
}

/// Redirects from a page of an open round to the page of the round, and says so if it was published since.
pub(crate) fn published_instead(request: &Request, review: ReviewCode, round: &Round) -> Response {
    let mut response = Redirect::to(&paths::round(review, &round.slug)).into_response();
    if round.kind == RoundKind::Itemised && round.is_published() {
        let notice = Notice::done(&Message::new("round-published-since"));
        let notice = notice.to_cookie(request.token.as_deref());
        let is_secure = request.site.secure_cookies;
        if let Some(value) = CookieKind::Notice.header(&notice, Some(flash::LIFETIME), is_secure) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

/// A page for when nothing else can be shown.
pub(crate) fn failure_page(
    site: &Site,
    visitor: &Visitor,
    title: &str,
    explanation: &str,
    unsaved: Option<&Unsaved>,
) -> Response {
    let head = Head::titled(title);
    let (title, explanation) = (title.to_owned(), explanation.to_owned());
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let body = view! {
            <h1>{title}</h1>
            <p>{explanation}</p>
            {unsaved.map(crate::components::unsaved::form)}
            <p><a href=paths::home()>{t!("failure-way-home")}</a></p>
        };
        let frame = Frame {
            assets: &site.assets,
            visitor,
            path: "",
            query: "",
            origin: None,
            name: None,
            notice: None,
            alternates: Vec::new(),
        };
        document(&frame, &head, false, body.fragment())
    });
    owner.cleanup();
    html_response(html)
}

/// What the frame around a page depends on.
struct Frame<'a> {
    assets: &'a Assets,
    visitor: &'a Visitor,
    /// The path of the page, without the prefix of the locale; empty if it has none.
    path: &'a str,
    /// The query string as it was sent.
    query: &'a str,
    /// The name of the installation, if it has one.
    name: Option<&'a str>,
    /// Scheme and host as browsers see them, if the operator has said so.
    origin: Option<&'a str>,
    notice: Option<&'a Notice>,
    /// The same page in each language, itself included, as pairs of a tag and an address. Empty if the installation
    /// offers one language.
    alternates: Vec<(&'static str, String)>,
}

impl<'a> Frame<'a> {
    fn of(request: &'a Request) -> Self {
        Self {
            assets: &request.site.assets,
            visitor: &request.visitor,
            path: &request.path,
            query: &request.query,
            name: request.site.identity.name.as_deref(),
            origin: request.site.public_origin.as_deref(),
            notice: request.notice.as_ref(),
            alternates: alternates(request),
        }
    }
}

fn alternates(request: &Request) -> Vec<(&'static str, String)> {
    let offered: Vec<Locale> = Locale::offered(request.site.pseudo_locale).collect();
    if offered.len() < 2 {
        return Vec::new();
    }
    let origin = request.site.public_origin.as_deref().unwrap_or_default();
    let address = |locale: &Locale| format!("{origin}{}", locale.enter(|| request.address()));
    offered
        .iter()
        .map(|locale| (locale.tag(), address(locale)))
        .collect()
}

fn document(frame: &Frame<'_>, head: &Head, islands: bool, body: Fragment) -> String {
    let title = format!("{} – {}", head.title, t!("program-name"));
    let Frame {
        assets,
        visitor,
        path,
        notice,
        alternates,
        ..
    } = frame;
    let alternates: Vec<_> = alternates
        .iter()
        .map(|(tag, address)| {
            html! { <link rel="alternate" hreflang=*tag href=address.clone() /> }
        })
        .collect();
    let notice = notice.filter(|notice| head.refusal != Some(notice.sentence()));
    let scripts = assets.islands.clone().filter(|_| islands).map(|name| {
        let (script, wasm) = (
            format!("/assets/{name}.js"),
            format!("/assets/{name}_bg.wasm"),
        );
        script_elements(script, wasm)
    });
    // Readers need nothing of the workbench.
    let workbench_stylesheet = assets
        .workbench_stylesheet
        .clone()
        .filter(|_| visitor.account.is_some())
        .map(|href| view! { <link rel="stylesheet" href=href /> });
    let description = head.description.clone().unwrap_or_else(|| t!("home-what"));
    let is_shared = visitor.account.is_none();
    let shared = is_shared.then(|| shared(frame, head, &description));
    let document = view! {
        <html lang=Locale::current().tag() dir=Locale::current().direction()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <meta name="description" content=description />
                {shared}
                <link rel="stylesheet" href=assets.stylesheet.clone() />
                {workbench_stylesheet}
                {assets.icon.clone().map(|icon| view! { <link rel="icon" href=icon /> })}
                {alternates}
                {scripts}
            </head>
            <body>
                <a class="skip" href="#content">{t!("skip-to-content")}</a>
                {header(visitor, path)}
                {head
                    .fictitious
                    .then(|| {
                        view! {
                            <aside>
                                <p class="fictitious" role="note">{t!("fictitious")}</p>
                            </aside>
                        }
                    })}
                <main id="content" tabindex="-1">{notice.map(Notice::view)} {body}</main>
                {footer()}
            </body>
        </html>
    };
    let mut html = "<!DOCTYPE html>".to_owned();
    document.render(&mut html);
    html
}

/// Returns the canonical address; `None` without a public origin, or if the query is not known to be canonical.
fn canonical(frame: &Frame<'_>, head: &Head) -> Option<String> {
    let origin = frame.origin.filter(|_| !frame.path.is_empty())?;
    let query = match &head.query {
        Some(query) => query,
        None if frame.query.is_empty() => "",
        None => return None,
    };
    let path = paths::with_query(paths::localize(frame.path), query);
    Some(format!("{origin}{path}"))
}

/// What search engines and other sites read of a page: its canonical address, the files of its data, and Open Graph.
/// The canonical address, `og:url` and `og:image` need the public origin; files of data have relative addresses.
fn shared(frame: &Frame<'_>, head: &Head, description: &str) -> Fragment {
    let property = |name: &'static str, content: String| {
        leptos::html::meta()
            .attr("property", name)
            .content(content)
            .fragment()
    };
    let canonical = canonical(frame, head);
    let link = canonical
        .clone()
        .map(|href| view! { <link rel="canonical" href=href /> });
    let data: Vec<_> = head
        .data
        .iter()
        .map(|(kind, href)| {
            html! { <link rel="alternate" r#type=*kind href=href.clone() /> }
        })
        .collect();
    let picture = frame.origin.zip(head.picture.as_deref());
    let picture = picture.map(|(origin, path)| property("og:image", format!("{origin}{path}")));
    let of_site = frame.origin.map(|_| {
        let kind = if head.is_article {
            "article"
        } else {
            "website"
        };
        let name = frame.name.map_or_else(|| t!("program-name"), str::to_owned);
        view! { {property("og:type", kind.to_owned())} {property("og:site_name", name)} }
    });
    let view = view! {
        {link}
        {data}
        {property("og:title", head.title.clone())}
        {property("og:description", description.to_owned())}
        {of_site}
        {canonical.map(|href| property("og:url", href))}
        {picture}
    };
    view.fragment()
}

/// The script of the workbench, and the program that it loads, asked for at the same time.
#[allow(clippy::disallowed_methods)] // The one `<script>`: it has no content.
fn script_elements(script: String, wasm: String) -> impl IntoView {
    view! {
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script r#type="module" src=script></script>
    }
}

/// The parts of the program that the menu leads to: who sees it, its address, its name, and the beginnings of the
/// addresses of its pages.
const MENU: [(Option<Action>, &str, &str, &[&str]); 7] = [
    (None, "/", "nav-states", &["/states/", "/reviews/"]),
    (
        None,
        "/recommending",
        "nav-recommending",
        &["/recommending/"],
    ),
    (
        None,
        "/world",
        "nav-world",
        &["/charts/", "/summary", "/compare", "/subjects/"],
    ),
    (Some(Action::Assess), "/assess", "nav-assess", &["/assess/"]),
    (Some(Action::Import), "/import", "nav-import", &["/import/"]),
    (
        Some(Action::EditScales),
        "/admin/scales",
        "nav-scales",
        &["/admin/scales/"],
    ),
    (None, "/methodology", "nav-methodology", &[]),
];

fn header(visitor: &Visitor, path: &str) -> impl IntoView + use<> {
    let entries = MENU
        .into_iter()
        .filter_map(|(action, address, key, pages)| {
            let may = action.is_none_or(|action| visitor.may(action, Object::Installation));
            let is_here = path == address;
            let is_below = pages.iter().any(|page| path.starts_with(page));
            let current = if is_here {
                Some("page")
            } else {
                is_below.then_some("true")
            };
            may.then(|| {
                let href = paths::localize(address);
                view! { <li><a href=href aria-current=current>{t!(key)}</a></li> }
            })
        });
    let account = visitor.account.as_ref().map(|account| {
        let role = translations::role(account.role);
        view! {
            <form class="account" method="post" action=paths::localize("/api/sign-out")>
                <a class="pseudonym" dir="auto" href=paths::localize("/account")>
                    {account.pseudonym.clone()}
                </a>
                " "
                <span class="role">{role}</span>
                " "
                <button type="submit" class="plain">{t!("sign-out")}</button>
            </form>
        }
    });
    let sign_in = visitor.account.is_none().then(|| {
        view! { <li><a href=paths::localize("/login")>{t!("sign-in")}</a></li> }
    });
    // These pages have the same search as their first task.
    let search = !["/", "/search"].contains(&path);
    view! {
        <header class="site">
            <a class="name" href=paths::home()>{t!("program-name")}</a>
            <nav aria-label=t!("nav-label")>
                <ul>
                    {entries.collect_view()}
                    {sign_in}
                </ul>
            </nav>
            {search.then(search_form::in_header)}
            {account}
        </header>
    }
}

fn footer() -> impl IntoView {
    view! {
        <footer class="site">
            <p>{t!("footer-what")} " " <a href=paths::localize("/methodology")>{t!("footer-methodology")}</a></p>
            {site_text_links::links()}
        </footer>
    }
}
