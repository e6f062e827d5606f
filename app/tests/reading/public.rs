//! What was never published is nowhere public, and unpublished work changes nothing that is.

use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Confidence, Evidence, EvidenceKind, Paragraph, ReviewCode, Role, Scale};
use data::exchange::{ReadOptions, Sink, read};
use data::store::{Actor, BulkChange, DraftReason, NewRound, NewRun, Save};
use std::collections::BTreeSet;
use std::io::Cursor;

/// Every text that is never published begins with this.
const MARK: &str = "zanzibarian";

/// Every address of the router, as it is written there.
const ROUTES: &str = include_str!("../../src/routes.rs");

fn mark(of: &str) -> String {
    format!("{MARK}_{of}")
}

fn code(of: &str) -> ReviewCode {
    ReviewCode::parse(of).unwrap()
}

fn paragraph(of: &str) -> Paragraph {
    Paragraph::parse(of).unwrap()
}

fn evidence(of: &str) -> Evidence {
    Evidence {
        title: mark(&format!("{of}_title")),
        source: format!("https://example.org/{}", mark(&format!("{of}_source"))),
        publisher: Some(mark(&format!("{of}_publisher"))),
        date: Some("2024-05-01".into()),
        kind: EvidenceKind::CivilSociety,
        note: Some(mark(&format!("{of}_note"))),
        language: None,
        archived: None,
    }
}

fn save(of: ReviewCode, round: &str, at: &str, version: i64, rationale: &str) -> Save {
    Save {
        review: of,
        round: round.to_owned(),
        paragraph: paragraph(at),
        version,
        status: "implemented".to_owned(),
        rationale: rationale.to_owned(),
        confidence: Some(Confidence::Medium),
        cites: Vec::new(),
        evidence: Vec::new(),
    }
}

fn round(slug: &str, title: &str, scale: &str) -> NewRound {
    NewRound {
        slug: slug.to_owned(),
        organisation: "An organisation".to_owned(),
        title: title.to_owned(),
        as_of: Some("2024-12-31".into()),
        scale: scale.to_owned(),
        method: None,
        assessors: Vec::new(),
    }
}

/// Work that is not published, in as many ways as there are.
struct Work<'a> {
    here: &'a Installation,
    actor: Actor,
    account: i64,
    /// Makes each call's texts and names its own.
    turn: u32,
}

impl Work<'_> {
    async fn account_of(here: &Installation, name: &str) -> i64 {
        let token = here.sign_in(name, Role::Administrator).await;
        here.store.signed_in(&token).await.unwrap().unwrap().id
    }

    fn named(&self, what: &str) -> String {
        mark(&format!("{what}_{}", self.turn))
    }

    /// Evidence that nothing cites, added, changed and taken away.
    async fn uncited_evidence(&self, review: ReviewCode) {
        let store = &self.here.store;
        let first = evidence(&format!("uncited_{}", self.turn));
        let number = store
            .add_evidence(&self.actor, review, &first, true)
            .await
            .unwrap();
        let second = evidence(&format!("changed_{}", self.turn));
        let seen = data::store::evidence_seen(&first);
        store
            .change_evidence(&self.actor, review, number, &seen, &second)
            .await
            .unwrap();
        let gone = evidence(&format!("gone_{}", self.turn));
        let number = store
            .add_evidence(&self.actor, review, &gone, true)
            .await
            .unwrap();
        let seen = data::store::evidence_seen(&gone);
        store
            .remove_evidence(&self.actor, review, number, &seen)
            .await
            .unwrap();
    }

    /// A scale that nothing published uses.
    async fn scale(&self) -> String {
        let mut scale: Scale = Scale::built_in()[0].clone();
        scale.code = format!("unused_{}", self.turn);
        scale.name = self.named("scale");
        scale.version = 0;
        scale.statuses[0].label = self.named("status");
        self.here
            .store
            .save_scale(&self.actor, &scale)
            .await
            .unwrap();
        scale.code
    }

    /// A round from its opening on, with earlier versions, bulk changes and their undoing, and drafts.
    /// What stands in it at the end has no mark; its title, method and assessors once had.
    async fn round(&self, review: ReviewCode, slug: &str, paragraphs: [&str; 3]) {
        let store = &self.here.store;
        let mut first = round(slug, &self.named("title"), "bhc-2023");
        first.organisation = self.named("organisation");
        first.method = Some(self.named("method"));
        first.assessors = vec![self.named("assessor")];
        store.open_round(&self.actor, review, &first).await.unwrap();
        for (version, at) in [(0, paragraphs[0]), (0, paragraphs[1])] {
            let mut save = save(review, slug, at, version, &self.named("rationale"));
            save.evidence = vec![evidence(&format!("once_cited_{}_{at}", self.turn))];
            store
                .save_assessment(&self.actor, None, &save)
                .await
                .unwrap();
        }
        for at in &paragraphs[..2] {
            let save = save(review, slug, at, 1, "A rationale for everybody.");
            store
                .save_assessment(&self.actor, None, &save)
                .await
                .unwrap();
        }
        let what = BulkChange {
            confidence: Some(Confidence::High),
            reason: self.named("bulk_reason"),
            ..BulkChange::default()
        };
        let seen = [(paragraph(paragraphs[0]), 2), (paragraph(paragraphs[1]), 2)];
        let (entry, _) = store
            .change_many(&self.actor, review, slug, &seen, &what)
            .await
            .unwrap();
        store
            .undo_many(&self.actor, review, slug, entry)
            .await
            .unwrap();
        let what = BulkChange {
            confidence: Some(Confidence::Low),
            reason: self.named("second_reason"),
            ..BulkChange::default()
        };
        let seen = [(paragraph(paragraphs[0]), 4)];
        store
            .change_many(&self.actor, review, slug, &seen, &what)
            .await
            .unwrap();
        let record = store.review_record(review).await.unwrap();
        let row = record.round(slug).unwrap();
        let seen = NewRound::of(&row.round).seen();
        let last = NewRound {
            scale: first.scale.clone(),
            ..round(slug, "A round for everybody", "")
        };
        store
            .change_round(&self.actor, review, slug, &seen, &last)
            .await
            .unwrap();
    }

    /// What somebody typed and did not save.
    async fn draft(&self, review: ReviewCode, slug: &str, at: &str) {
        let mut typed = save(review, slug, at, 0, &self.named("draft"));
        typed.evidence = vec![evidence(&format!("draft_{}", self.turn))];
        let store = &self.here.store;
        store
            .keep_draft(self.account, &typed, &DraftReason::Typed)
            .await
            .unwrap();
    }

    /// A file that was brought and is not applied, and one that was.
    async fn staged_import(&self, review: ReviewCode) {
        let table = format!(
            "Review,Paragraph,Recommending States,Text,Remark\n{review},999.{},Norway,{},{}\n",
            self.turn,
            self.named("staged"),
            self.named("remark")
        );
        let new = NewRun {
            file_name: format!("{}.csv", self.named("file")),
            ..NewRun::default()
        };
        let source = move |sink: &mut dyn Sink| {
            read(
                Cursor::new(table.into_bytes()),
                &ReadOptions::default(),
                sink,
            )
        };
        let store = &self.here.store;
        store.stage_import(&self.actor, &new, source).await.unwrap();
    }

    /// All of it, in a round that is opened for it.
    async fn all(&self, review: ReviewCode, slug: &str, paragraphs: [&str; 3]) {
        self.uncited_evidence(review).await;
        self.scale().await;
        self.round(review, slug, paragraphs).await;
        self.draft(review, slug, paragraphs[2]).await;
        self.staged_import(review).await;
        let title = self.named("open_title");
        let open = round(&format!("{slug}-open"), &title, &self.scale_of_mark());
        self.here
            .store
            .open_round(&self.actor, review, &open)
            .await
            .unwrap();
        self.here
            .sign_in(&format!("guest-{}", self.turn), Role::Reader)
            .await;
    }

    /// A correction of a published round that is opened, worked in and deleted, and one that stays open.
    async fn correction(&self, review: ReviewCode) {
        let store = &self.here.store;
        for stays in [false, true] {
            let opened = store.open_correction(&self.actor, review, "mid-term").await;
            let Ok(slug) = opened else { return };
            let record = store.review_record(review).await.unwrap();
            let round = record.round(&slug).unwrap();
            let one = &record.recommendations[0];
            let version = round.assessments.get(&one.id).map_or(0, |one| one.version);
            let rationale = self.named("correction_rationale");
            let save = save(review, &slug, one.paragraph.as_str(), version, &rationale);
            store
                .save_assessment(&self.actor, None, &save)
                .await
                .unwrap();
            if !stays {
                let contents = store.round_contents(round.round.id).await.unwrap();
                store
                    .remove_round(&self.actor, review, &slug, contents)
                    .await
                    .unwrap();
            }
        }
    }

    fn scale_of_mark(&self) -> String {
        format!("unused_{}", self.turn)
    }
}

/// Every address of the router with what there is in these reviews.
struct Addresses {
    reviews: Vec<ReviewCode>,
    slugs: Vec<String>,
    paragraphs: Vec<String>,
    charts: Vec<String>,
    evidence: i64,
}

impl Addresses {
    fn values(&self, name: &str, route: &str) -> Vec<String> {
        let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        match (name, route) {
            ("review", _) => self.reviews.iter().map(ToString::to_string).collect(),
            ("state", "/states/{state}") | ("under_review", _) => self
                .reviews
                .iter()
                .map(|one| one.state.to_string())
                .collect(),
            ("state", _) => texts(&["NOR"]),
            ("paragraph", _) => self.paragraphs.clone(),
            ("round", "/reviews/{review}/rounds/{round}") => self
                .slugs
                .iter()
                .flat_map(|slug| [slug.clone(), format!("{slug}.txt")])
                .collect(),
            ("round", _) => self.slugs.clone(),
            ("number", _) => (1..=self.evidence).map(|one| one.to_string()).collect(),
            ("scheme", _) => texts(&["issue"]),
            ("term", _) => texts(&["Death%20penalty"]),
            ("chart", route) if route.starts_with("/embed") => self.charts.clone(),
            ("chart", _) => {
                let endings = ["", ".svg", ".csv", ".json", ".txt", ".bib", ".csl.json"];
                let of = |chart: &String| endings.map(|ending| format!("{chart}{ending}"));
                self.charts.iter().flat_map(of).collect()
            }
            ("code", _) => texts(&["unused_1"]),
            ("text", _) => texts(&["contact", "sources"]),
            ("run" | "row" | "entry", _) => texts(&["1"]),
            ("upload", _) => texts(&["0123"]),
            _ => panic!("{route}: nothing is known to stand for {name}"),
        }
    }

    /// Every address of a route.
    fn of_route(&self, route: &str) -> Vec<String> {
        let (mut done, mut rest) = (vec![String::new()], route);
        while let Some((fixed, more)) = rest.split_once('{') {
            let (name, after) = more.split_once('}').unwrap();
            let values = self.values(name, route);
            done = done
                .iter()
                .flat_map(|before| {
                    values
                        .iter()
                        .map(move |value| format!("{before}{fixed}{value}"))
                })
                .collect();
            rest = after;
        }
        done.iter()
            .map(|before| format!("{before}{rest}"))
            .collect()
    }

    /// Query strings that bring out more of a page.
    fn queries(&self, route: &str) -> Vec<String> {
        let mut queries = vec![String::new()];
        let of_rounds = ["/reviews/{review}", "/reviews/{review}/recommendations"];
        if of_rounds.contains(&route) || route.ends_with("recommendations.json") {
            queries.extend(self.slugs.iter().map(|slug| format!("?round={slug}")));
        }
        if route.ends_with("/recommendations") || route.ends_with("recommendations.csv") {
            queries.push(format!("?q={MARK}"));
            queries.push("?values=status".to_owned());
        }
        if route == "/reviews/{review}/compare" {
            let first = &self.slugs[0];
            queries.extend(self.slugs.iter().map(|slug| format!("?a={first}&b={slug}")));
        }
        if route == "/reviews/{review}/rounds/{round}" {
            queries.push("?on=2099-01-01".to_owned());
        }
        if route == "/reviews/{review}/history" {
            queries.extend(["?page=2", "?kind=bulk-changed", "?who=heron"].map(str::to_owned));
            queries.extend(self.slugs.iter().map(|slug| format!("?round={slug}")));
        }
        queries
    }

    /// All of them.
    fn all(&self) -> Vec<String> {
        let routes: Vec<&str> = ROUTES
            .split(".route(")
            .skip(1)
            .filter_map(|route| route.split('"').nth(1))
            .filter(|route| !route.starts_with("/api/"))
            .collect();
        assert!(routes.len() > 40, "{}", routes.len());
        let mut all = BTreeSet::new();
        for route in routes {
            for address in self.of_route(route) {
                all.extend(
                    self.queries(route)
                        .iter()
                        .map(|query| format!("{address}{query}")),
                );
            }
        }
        all.into_iter().collect()
    }
}

/// What came back, as far as a reader can tell one answer from another.
async fn answer(here: &Installation, path: &str, session: Option<&str>) -> (StatusCode, String) {
    let answer = here.get(path, session).await;
    let mut text = format!("{:?}\n", answer.headers);
    if path.contains(".xlsx") && answer.status == StatusCode::OK {
        let mut workbook = zip::ZipArchive::new(Cursor::new(&answer.bytes)).unwrap();
        for part in 0..workbook.len() {
            let mut part = workbook.by_index(part).unwrap();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        }
    } else {
        // Each sign-in form has a token of its own, whatever the data.
        match answer.body.split_once("name=\"form\" value=\"") {
            Some((before, rest)) if path == "/login" => {
                let (_, after) = rest.split_once('"').unwrap();
                text.push_str(before);
                text.push_str(after);
            }
            _ => text.push_str(&answer.body),
        }
    }
    (answer.status, text)
}

/// The demonstration, whose published round is signed by somebody, and a review of the bundled set that has no
/// round of assessments.
fn addresses(evidence: i64) -> Addresses {
    Addresses {
        reviews: vec![code("XXA-3"), code("BLR-1")],
        slugs: [
            "mid-term",
            "mid-term-correction-1",
            "follow-up",
            "published",
            "published-open",
            "later",
            "later-open",
        ]
        .map(str::to_owned)
        .to_vec(),
        paragraphs: ["138.1", "138.2", "138.3"].map(str::to_owned).to_vec(),
        charts: [
            "status", "squares", "position", "issue", "flow", "rounds", "cycles", "world", "two",
        ]
        .map(str::to_owned)
        .to_vec(),
        evidence,
    }
}

const PARAGRAPHS: [&str; 3] = ["138.1", "138.2", "138.3"];

#[tokio::test]
async fn what_was_never_published_is_nowhere_public() {
    let here = Installation::new().await;
    let review = code("XXA-3");
    let work = Work {
        account: Work::account_of(&here, "heron-of-examplia").await,
        here: &here,
        actor: Actor("heron-of-examplia".to_owned()),
        turn: 1,
    };
    work.all(review, "published", PARAGRAPHS).await;
    here.store
        .publish_round(&work.actor, review, "published")
        .await
        .unwrap();
    // Work on a review in which no round is open, and on one in which a round has been published since.
    let later = Work { turn: 2, ..work };
    later.correction(review).await;
    later.uncited_evidence(code("BLR-1")).await;
    later.uncited_evidence(review).await;
    let addresses = addresses(12);
    let mut pages = 0;
    for path in addresses.all() {
        let (status, text) = answer(&here, &path, None).await;
        assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let shown = text.find(&format!("{MARK}_")).map(|at| {
            let start = text.floor_char_boundary(at.saturating_sub(200));
            text[start..].chars().take(300).collect::<String>()
        });
        assert_eq!(shown, None, "{path}");
        for secret in ["heron-of-examplia", "command line"] {
            assert!(!text.contains(secret), "{path} {secret}");
        }
        pages += usize::from(status == StatusCode::OK);
    }
    assert!(pages > 150, "{pages}");

    // What it says of its history is as many entries as it shows, of the kinds that it shows.
    let history = here.page("/reviews/XXA-3/history?round=published").await;
    assert!(history.contains("1 entry"), "{history}");
    for kind in [
        "bulk-changed",
        "evidence-added",
        "assessment-saved",
        "round-opened",
    ] {
        assert!(!history.contains(kind), "{kind}");
    }
    assert!(history.contains("round-published"));
    // Nothing tells on which day an assessment was last saved before it was published.
    let page = here.page("/reviews/XXA-3/recommendations/138.1").await;
    assert!(page.contains("A rationale for everybody."));
    assert!(!page.contains("put back"), "{page}");
    assert!(!page.contains("One of many"), "{page}");
}

#[tokio::test]
async fn people_who_work_in_a_round_see_all_of_it() {
    let here = Installation::new().await;
    let review = code("XXA-3");
    let work = Work {
        account: Work::account_of(&here, "heron-of-examplia").await,
        here: &here,
        actor: Actor("heron-of-examplia".to_owned()),
        turn: 1,
    };
    work.all(review, "published", PARAGRAPHS).await;
    here.store
        .publish_round(&work.actor, review, "published")
        .await
        .unwrap();
    let reader = here.sign_in("reader", Role::Reader).await;
    let mut seen = String::new();
    for path in [
        "/reviews/XXA-3/history",
        "/reviews/XXA-3/recommendations/138.1",
        "/reviews/XXA-3/evidence",
        "/reviews/XXA-3",
        "/methodology",
    ] {
        seen.push_str(&answer(&here, path, Some(&reader)).await.1);
    }
    for what in [
        "rationale_1",
        "bulk_reason_1",
        "second_reason_1",
        "title_1",
        "organisation_1",
        "method_1",
        "assessor_1",
        "open_title_1",
        "uncited_1_title",
        "changed_1_title",
        "gone_1_title",
        "once_cited_1_138.1_title",
        "scale_1",
    ] {
        assert!(seen.contains(&mark(what)), "{what}");
    }
}

#[tokio::test]
async fn unpublished_work_changes_nothing_public() {
    let here = Installation::new().await;
    let review = code("XXA-3");
    let work = Work {
        account: Work::account_of(&here, "heron-of-examplia").await,
        here: &here,
        actor: Actor("heron-of-examplia".to_owned()),
        turn: 1,
    };
    work.all(review, "published", PARAGRAPHS).await;
    here.store
        .publish_round(&work.actor, review, "published")
        .await
        .unwrap();
    let addresses = addresses(8);
    let mut before = Vec::new();
    for path in addresses.all() {
        before.push((answer(&here, &path, None).await, path));
    }
    let version = here.store.version().await.unwrap();
    let later = Work { turn: 2, ..work };
    later.all(review, "later", PARAGRAPHS).await;
    later.correction(review).await;
    later.uncited_evidence(code("BLR-1")).await;
    let now = here.store.version().await.unwrap();
    assert!(now.number > version.number);
    assert_eq!(now.public, version.public);
    for (before, path) in before {
        let after = answer(&here, &path, None).await;
        assert!(before == after, "{path}\n{before:?}\n{after:?}");
    }

    // Publishing changes what it must: the version, by one, and the pages.
    here.store
        .publish_round(&later.actor, review, "later")
        .await
        .unwrap();
    let published = here.store.version().await.unwrap().public;
    assert_eq!(published.number, version.public.number + 1);
    assert_ne!(published.mark, version.public.mark);
    let cited = here
        .page("/reviews/XXA-3/charts/status.txt?round=later")
        .await;
    assert!(
        cited.contains(&format!("Version {} of the data", published.number)),
        "{cited}"
    );
    assert!(here.page("/reviews/XXA-3/history").await.contains("later"));
}

#[tokio::test]
async fn a_redacted_round_states_both_hashes_wherever_it_states_one() {
    let here = Installation::new().await;
    let review = code("XXA-3");
    let administrator = here.sign_in("administrator", Role::Administrator).await;
    let analyst = here.sign_in("analyst", Role::Analyst).await;
    let new = round("published", "A round", "bhc-2023");
    let actor = Actor("analyst".to_owned());
    here.store.open_round(&actor, review, &new).await.unwrap();
    let rationale = format!("As {} says, it is done.", mark("witness"));
    let saved = save(review, "published", "138.1", 0, &rationale);
    here.store
        .save_assessment(&actor, None, &saved)
        .await
        .unwrap();
    here.store
        .publish_round(&actor, review, "published")
        .await
        .unwrap();
    let kept = tempfile::tempdir().unwrap();
    for (folder, name) in [
        (kept.path(), "upr-tracker-000001.backup.age"),
        (here.folder(), "t.before-m0016.backup"),
    ] {
        std::fs::write(folder.join(name), "a backup").unwrap();
    }
    let folders = vec![kept.path().to_owned(), here.folder().to_owned()];
    let here = here.with_backup_folders(folders);
    let hash_of = async || {
        let record = here.store.public_record(review).await.unwrap();
        record
            .round("published")
            .unwrap()
            .round
            .content_hash
            .clone()
            .unwrap()
    };
    let before = hash_of().await;

    // The history leads an administrator, and nobody else, to the form that removes it.
    let history = "/reviews/XXA-3/history?round=published&kind=assessment-saved";
    let page = here.get(history, Some(&administrator)).await.body;
    let form = page.split("/admin/redact?entry=").nth(1).unwrap();
    let entry: i64 = form.split('"').next().unwrap().parse().unwrap();
    assert!(
        !here
            .get(history, Some(&analyst))
            .await
            .body
            .contains("/admin/redact")
    );
    let path = format!("/admin/redact?entry={entry}");
    assert_eq!(
        here.get(&path, Some(&analyst)).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        here.get(&path, Some(&administrator))
            .await
            .body
            .contains(&rationale)
    );
    let body = |sure: &str| {
        format!(
            "entry={entry}&field=after.rationale&part={}&reason=At+the+wish+of+the+witness.{sure}",
            mark("witness")
        )
    };
    let unsure = here
        .call("/api/redact-text", Some(&administrator), &body(""))
        .await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = here
        .call("/api/redact-text", Some(&analyst), &body("&sure=yes"))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(hash_of().await, before);
    let done = here
        .submit("/api/redact-text", Some(&administrator), &body("&sure=yes"))
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let said = here
        .get_with("/admin/redact", Some(&administrator), done.notice())
        .await
        .body;
    assert!(said.contains("The text was removed"), "{said}");
    assert!(said.contains("upr-tracker-000001.backup.age"), "{said}");
    assert!(said.contains("t.before-m0016.backup"), "{said}");
    assert!(!said.contains("t.sqlite"), "{said}");

    let after = hash_of().await;
    assert_ne!(before, after);
    for path in [
        "/reviews/XXA-3/rounds/published",
        "/reviews/XXA-3/rounds/published.redactions.txt",
        "/reviews/XXA-3/charts/status?round=published",
        "/reviews/XXA-3/charts/status.json?round=published",
        "/reviews/XXA-3/charts/status.txt?round=published",
        "/reviews/XXA-3/charts/status.bib?round=published",
        "/reviews/XXA-3/charts/status.csl.json?round=published",
        "/reviews/XXA-3/history?round=published",
    ] {
        let page = here.page(path).await;
        for stated in [&before, &after] {
            assert!(page.contains(stated.as_str()), "{path} {stated}");
        }
        assert!(page.contains("At the wish of the witness"), "{path}");
        assert!(!page.contains(MARK), "{path}");
    }
    let page = here.page("/reviews/XXA-3/recommendations/138.1").await;
    assert!(page.contains("As [redacted] says, it is done."), "{page}");
    let text = here.page("/reviews/XXA-3/rounds/published.txt").await;
    assert_eq!(data::store::sha256(text.as_bytes()), after);
    let inside = here.get(history, Some(&administrator)).await.body;
    assert!(
        inside.contains("<span class=\"tag\">redacted</span>"),
        "{inside}"
    );
}
