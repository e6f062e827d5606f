//! The locale of a request: the language of its texts, and the prefix of its addresses.
//!
//! An address without a prefix is English; `/fr/world` is the page `/world` in French. [`localized`] puts a layer
//! around the whole router that removes the prefix before an address is routed, and runs everything behind it in
//! the scope of the locale. Texts ([`t!`](crate::t)) and addresses take the locale from that scope, so no function
//! has to pass it on. Work that leaves the request's task takes the scope along with [`carry`] or [`carry_stream`].

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use futures_util::{Stream, StreamExt as _};
use std::borrow::Cow;
use std::str::FromStr;

/// A language that pages are written in. Made by one row of `LOCALES`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Locale(u8);

/// What is particular to a locale.
struct Row {
    /// Its BCP 47 tag.
    tag: &'static str,
    /// What its addresses begin with: nothing, or a slash and the tag.
    prefix: &'static str,
    /// The value of the attribute `dir`.
    direction: &'static str,
    /// The Fluent files of its folder.
    files: &'static [&'static str],
    /// True for the locale that is made of the English texts, for tests.
    is_pseudo: bool,
}

/// The Fluent files of a folder in `locales/`.
macro_rules! files {
    ($folder:literal) => {
        files!($folder: "account", "actions", "charts", "columns", "corrections", "data", "edits", "exchange", "list", "pages",
            "names", "reading", "redaction", "shell", "tallies", "words", "workbench")
    };
    ($folder:literal: $($file:literal),+) => {
        &[$(include_str!(concat!("../../locales/", $folder, "/", $file, ".ftl"))),+]
    };
}

/// A row for each locale. English is the first: what another locale lacks is taken from it.
#[rustfmt::skip]
static LOCALES: [Row; 2] = [
    Row { tag: "en", prefix: "", direction: "ltr", files: files!("en"), is_pseudo: false },
    Row { tag: "en-XA", prefix: "/en-XA", direction: "rtl", files: files!("en"), is_pseudo: true },
];

tokio::task_local! {
    static CURRENT: Locale;
}

impl Locale {
    /// The language of everything that is not translated.
    pub const ENGLISH: Self = Self(0);

    /// The number of locales, the pseudo-locale included.
    pub(crate) const COUNT: usize = LOCALES.len();

    /// Every locale, the pseudo-locale included.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(Self::COUNT).map(Self)
    }

    /// The locales that an installation offers: those for people, and with `pseudo` the one for tests.
    pub fn offered(pseudo: bool) -> impl Iterator<Item = Self> {
        Self::all().filter(move |locale| pseudo || !locale.is_pseudo())
    }

    /// Parses a BCP 47 tag, or the name of a POSIX locale such as `fr_FR.UTF-8`. `None` if none of the languages
    /// for people fits.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.split(['.', '@']).next().unwrap_or_default();
        let name = name.replace('_', "-");
        let language = name.split('-').next().unwrap_or_default();
        let find = |tag: &str| Self::offered(false).find(|one| one.tag().eq_ignore_ascii_case(tag));
        find(&name).or_else(|| find(language))
    }

    fn row(self) -> &'static Row {
        // Values are made from the table alone.
        LOCALES.get(usize::from(self.0)).unwrap_or(&LOCALES[0])
    }

    /// Its place in the table.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.row().tag
    }

    /// What its addresses begin with: nothing for English, otherwise a slash and the tag.
    pub fn prefix(self) -> &'static str {
        self.row().prefix
    }

    /// The direction of its script, `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        self.row().direction
    }

    /// Returns true for the locale that is made of the English texts, for tests.
    pub fn is_pseudo(self) -> bool {
        self.row().is_pseudo
    }

    /// What the formatters of numbers, lists and names are chosen by.
    pub(super) fn language(self) -> icu_locale_core::Locale {
        self.tag()
            .parse()
            .unwrap_or(icu_locale_core::Locale::UNKNOWN)
    }

    /// Its Fluent files.
    pub(crate) fn files(self) -> &'static [&'static str] {
        self.row().files
    }

    /// The locale of the scope that this runs in.
    ///
    /// # Panics
    ///
    /// Outside any scope in builds with debug assertions, so that a test finds the task that lost its scope. Other
    /// builds log it and use English.
    pub fn current() -> Self {
        Self::try_current().unwrap_or_else(|| {
            // The unit tests of this crate say English where nothing else is said.
            let is_unit_test = cfg!(test);
            debug_assert!(
                is_unit_test,
                "a text was requested outside the scope of a locale"
            );
            tracing::error!("a text was requested outside the scope of a locale");
            Self::ENGLISH
        })
    }

    fn try_current() -> Option<Self> {
        CURRENT.try_with(|locale| *locale).ok()
    }

    /// Runs a function in the scope of this locale.
    pub fn enter<T>(self, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self, work)
    }

    /// Runs a future in the scope of this locale.
    pub fn scope<F: Future>(self, work: F) -> impl Future<Output = F::Output> + use<F> {
        CURRENT.scope(self, work)
    }

    /// Splits an address into its locale and what follows the prefix.
    pub(crate) fn split(address: &str) -> (Self, Cow<'_, str>) {
        let mut others = Self::all().skip(1);
        let other = others.find_map(|locale| Some((locale, locale.strip(address)?)));
        other.unwrap_or((Self::ENGLISH, Cow::Borrowed(address)))
    }

    fn strip(self, address: &str) -> Option<Cow<'_, str>> {
        let rest = address.strip_prefix(self.prefix())?;
        if rest.starts_with('/') {
            return Some(Cow::Borrowed(rest));
        }
        let is_end = rest.is_empty() || rest.starts_with(['?', '#']);
        is_end.then(|| Cow::Owned(format!("/{rest}")))
    }
}

/// Work for another thread or task, in the scope of the locale that this is called in, if there is one.
pub(crate) fn carry<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let locale = Locale::try_current();
    move || match locale {
        Some(locale) => locale.enter(work),
        None => work(),
    }
}

/// A stream that is polled in the scope of the locale that this is called in: a body is read after its request's
/// task has ended.
pub(crate) fn carry_stream<S: Stream>(stream: S) -> impl Stream<Item = S::Item> {
    let locale = Locale::current();
    let mut stream = Box::pin(stream);
    futures_util::stream::poll_fn(move |context| locale.enter(|| stream.poll_next_unpin(context)))
}

/// Puts the layer around a router that reads the locale from an address, and removes its prefix. With `pseudo` the
/// pseudo-locale is offered as well.
pub fn localized(router: Router, pseudo: bool) -> Router {
    // Layers of a router run after an address was routed; those of a router that has nothing but a fallback run
    // before the router within is asked.
    Router::new()
        .fallback_service(router)
        .layer(from_fn_with_state(pseudo, enter))
}

async fn enter(State(pseudo): State<bool>, mut request: Request, next: Next) -> Response {
    let prefixed =
        without_prefix(request.uri()).filter(|(locale, _)| pseudo || !locale.is_pseudo());
    let locale = match prefixed {
        Some((locale, uri)) => {
            *request.uri_mut() = uri;
            locale
        }
        None => Locale::ENGLISH,
    };
    request.extensions_mut().insert(locale);
    let mut response = locale.scope(next.run(request)).await;
    let is_page = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    let headers = response.headers_mut();
    if headers.get(CONTENT_TYPE).is_some_and(is_page) {
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    }
    response
}

/// The locale of an address, and the address without its prefix; `None` if it has none.
fn without_prefix(uri: &Uri) -> Option<(Locale, Uri)> {
    let (locale, rest) = Locale::split(uri.path_and_query()?.as_str());
    if locale == Locale::ENGLISH {
        return None;
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::from_str(&rest).ok()?);
    Some((locale, Uri::from_parts(parts).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pseudo() -> Locale {
        Locale::all().find(|locale| locale.is_pseudo()).unwrap()
    }

    #[test]
    fn a_prefix_is_the_whole_first_segment() {
        for (address, expected) in [
            ("/en-XA/world?a=1", "/world?a=1"),
            ("/en-XA/", "/"),
            ("/en-XA", "/"),
            ("/en-XA?a=1", "/?a=1"),
            ("/en-XA/en-XA/world", "/en-XA/world"),
        ] {
            assert_eq!(Locale::split(address), (pseudo(), expected.into()));
        }
        for address in [
            "/en-XAworld",
            "/en-xa/world",
            "/world",
            "/",
            "",
            "//en-XA/world",
        ] {
            assert_eq!(Locale::split(address), (Locale::ENGLISH, address.into()));
        }
    }

    #[test]
    fn names_of_locales_are_read_as_systems_write_them() {
        for name in ["en", "en_US.UTF-8", "en-GB", "EN"] {
            assert_eq!(Locale::parse(name), Some(Locale::ENGLISH), "{name}");
        }
        for name in ["C", "POSIX", "", "xx_YY.UTF-8"] {
            assert_eq!(Locale::parse(name), None, "{name}");
        }
        // It is for tests, by addresses alone.
        assert_eq!(Locale::parse("en-XA"), Some(Locale::ENGLISH));
    }

    #[test]
    fn each_locale_has_a_prefix_of_its_own() {
        for locale in Locale::all().skip(1) {
            assert_eq!(locale.prefix(), format!("/{}", locale.tag()));
        }
        assert_eq!(Locale::ENGLISH.prefix(), "");
        assert_eq!(Locale::offered(false).find(|one| one.is_pseudo()), None);
    }

    #[test]
    fn work_on_another_thread_keeps_the_locale() {
        let work = pseudo().enter(|| carry(Locale::current));
        assert_eq!(std::thread::spawn(work).join().unwrap(), pseudo());
        // Work without a scope stays without one.
        assert_eq!(carry(Locale::try_current)(), None);
    }

    #[tokio::test]
    async fn a_stream_keeps_the_locale() {
        let made = pseudo().enter(|| {
            let once = futures_util::stream::iter([(), ()]).map(|()| Locale::current());
            carry_stream(once)
        });
        let seen: Vec<Locale> = tokio::spawn(made.collect()).await.unwrap();
        assert_eq!(seen, [pseudo(), pseudo()]);
    }

    async fn answered(pseudo: bool, path: &str) -> (String, String) {
        use axum::response::Html;
        use tower::ServiceExt as _;
        let page = |uri: Uri| async move { Html(format!("{uri} {}", Locale::current().tag())) };
        let router = Router::new().fallback(page);
        let request = Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = localized(router, pseudo).oneshot(request).await.unwrap();
        let language = response.headers()[CONTENT_LANGUAGE]
            .to_str()
            .unwrap()
            .to_owned();
        let body = axum::body::to_bytes(response.into_body(), 1_000)
            .await
            .unwrap();
        (String::from_utf8(body.to_vec()).unwrap(), language)
    }

    #[tokio::test]
    async fn the_layer_routes_without_the_prefix_in_the_scope_of_the_locale() {
        for (pseudo, path, expected, language) in [
            (true, "/en-XA/world?a=%2F", "/world?a=%2F en-XA", "en-XA"),
            (true, "/world?a=1", "/world?a=1 en", "en"),
            (false, "/en-XA/world", "/en-XA/world en", "en"),
            (true, "/en-XA", "/ en-XA", "en-XA"),
        ] {
            let expected = (expected.to_owned(), language.to_owned());
            assert_eq!(answered(pseudo, path).await, expected, "{pseudo} {path}");
        }
    }
}
