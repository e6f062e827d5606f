//! An installation in which every text that can be stored is a marker.

use crate::document::parse;
use crate::marker::{IN_FILE, marker};
use crate::support::{Answer, Installation};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use data::domain::{ReviewCode, Role};
use data::exchange::{ReadOptions, Sink, read};
use data::store::{Actor, NewRun};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::Cursor;

/// The installation with everything that names its pages.
pub(crate) struct Marked {
    pub(crate) here: Installation,
    /// Roles with their sessions, nobody first.
    pub(crate) visitors: Vec<(&'static str, Option<String>)>,
    /// Markers that are stored, each with the field that it stands in.
    pub(crate) stored: Vec<(usize, &'static str)>,
    /// A file whose columns are not explained yet.
    pub(crate) upload: String,
    /// The entry of an edit that can be undone.
    pub(crate) edit: String,
    /// A file that is read and not imported.
    pub(crate) open_run: String,
    /// A file that was imported.
    pub(crate) done_run: String,
    /// Pages that show a refused form with what was typed: the address, the session and the notice.
    pub(crate) refused: Vec<(String, String, String)>,
    /// Refused forms that were shown at once.
    pub(crate) at_once: Vec<(String, String)>,
    next: usize,
}

pub(crate) const REVIEW: &str = "TON-2";

/// What browsers encode of a form's texts.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// A form as it is sent.
pub(crate) fn encoded(fields: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let pairs = fields.iter().map(|(name, value)| {
        let name = utf8_percent_encode(name.as_ref(), ENCODED);
        let value = utf8_percent_encode(value.as_ref(), ENCODED);
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) async fn upload(here: &Installation, session: &str, name: &str, table: &str) -> Answer {
    let name = name.replace('"', "%22");
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: text/csv\r\n\r\n{table}\r\n--b--\r\n"
    );
    let request = Request::post("/api/upload-file")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::COOKIE, format!("session={session}"))
        .body(Body::from(body))
        .unwrap();
    here.send(request).await
}

/// A cell of CSV.
pub(crate) fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    cells.join(",")
}

impl Marked {
    /// A new marker that is stored by importing a row of a file.
    fn mark_in_file(&mut self, field: &'static str) -> String {
        self.next += 1;
        self.stored.push((IN_FILE + self.next, field));
        marker(IN_FILE + self.next)
    }

    /// A new marker that is stored in a field.
    fn mark(&mut self, field: &'static str) -> String {
        self.next += 1;
        self.stored.push((self.next, field));
        marker(self.next)
    }

    /// A new marker that is typed and not stored.
    fn typed(&mut self) -> String {
        self.next += 1;
        marker(self.next)
    }

    /// Somebody with a session does that; where it leads.
    async fn done(&self, role: usize, action: &str, fields: &[(&str, &str)]) -> Answer {
        let session = self.visitors[role].1.as_deref();
        let answer = self.here.submit(action, session, &encoded(fields)).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{action} {}",
            answer.body
        );
        let page = self
            .here
            .get_with(&answer.location, session, answer.notice());
        let page = page.await.body;
        assert!(
            !page.contains("notice refusal"),
            "{action} {}",
            page.split("<main").nth(1).unwrap()
        );
        answer
    }

    /// A form that is refused, with what was typed.
    async fn refuse(&mut self, role: usize, action: &str, fields: &[(&str, &str)]) {
        let session = self.visitors[role].1.clone().unwrap();
        let answer = self
            .here
            .submit(action, Some(&session), &encoded(fields))
            .await;
        match answer.notice() {
            Some(notice) => {
                let notice = notice.to_owned();
                self.refused.push((answer.location, session, notice));
            }
            None => self.at_once.push((action.to_owned(), answer.body)),
        }
    }

    pub(crate) async fn new() -> Self {
        let here = Installation::empty().await;
        let mut visitors = vec![("nobody", None)];
        for role in [
            Role::Reader,
            Role::Analyst,
            Role::Reviewer,
            Role::Administrator,
        ] {
            visitors.push((role.code(), Some(here.sign_in(role.code(), role).await)));
        }
        let mut this = Self {
            here,
            visitors,
            stored: Vec::new(),
            upload: String::new(),
            edit: String::new(),
            open_run: String::new(),
            done_run: String::new(),
            refused: Vec::new(),
            at_once: Vec::new(),
            next: 0,
        };
        this.scale().await;
        this.files().await;
        this.round().await;
        this.assessments().await;
        this.refusals().await;
        this
    }

    async fn scale(&mut self) {
        let name = self.mark("name of a scale");
        let label = self.mark("label of a status");
        let definition = self.mark("definition of a status");
        let examples = self.mark("examples of a status");
        let foreign = format!("be: {}", self.mark("label in another language"));
        let fields = [
            ("code", "marked"),
            ("version", "0"),
            ("name", &name),
            ("statuses[0][code]", "implemented"),
            ("statuses[0][label]", &label),
            ("statuses[0][labels]", &foreign),
            ("statuses[0][definition]", &definition),
            ("statuses[0][examples]", &examples),
            ("statuses[0][colour]", "full"),
            ("statuses[0][shape]", "full"),
            ("statuses[0][counts]", "yes"),
            ("statuses[0][score]", "1"),
            ("statuses[1][code]", "open"),
            ("statuses[1][label]", "Open"),
            ("statuses[1][colour]", "none"),
            ("statuses[1][shape]", "ring"),
            ("statuses[1][counts]", ""),
        ];
        self.done(4, "/api/save-scale", &fields).await;
    }

    /// A file of our own with the text of a recommendation in a further language.
    async fn further_text(&mut self) {
        let review = ReviewCode::parse(REVIEW).unwrap();
        let record = self.here.store.review_record(review).await.unwrap();
        let one = &record.recommendations[0];
        let file = serde_json::json!({ "recommendations": [{
            "review": REVIEW,
            "paragraph": one.paragraph,
            "text": one.text,
            "recommending_states": one.recommending,
            "texts": [{
                "language": "ru",
                "text": self.mark("text in a further language"),
                "source": self.mark("source of a further text"),
            }],
        }]});
        let bytes = file.to_string().into_bytes();
        let source =
            move |sink: &mut dyn Sink| read(Cursor::new(bytes), &ReadOptions::default(), sink);
        let (store, actor) = (&self.here.store, Actor("anna".to_owned()));
        let new = NewRun::default();
        let staged = store.stage_import(&actor, &new, source).await.unwrap();
        let run = store.apply_import(&actor, staged.id).await.unwrap();
        assert_eq!(run.summary.updated, 1, "{run:?}");
    }

    /// Three files of a table that nobody knows: one imported, one read, one not explained.
    async fn files(&mut self) {
        // Browsers send a quotation mark in a file's name as `%22`.
        let file = format!("{}.csv", self.typed());
        let headings: Vec<String> = (0..12).map(|_| self.mark("heading of a column")).collect();
        let text = self.mark_in_file("text of a recommendation");
        let good = |number: usize, this: &mut Self, text: &str| {
            vec![
                format!("1.{number}"),
                text.to_owned(),
                this.mark_in_file("summary"),
                "Togo".to_owned(),
                "Supported".to_owned(),
                this.mark_in_file("source of a position"),
                this.mark_in_file("issue"),
                this.mark_in_file("theme"),
                this.mark_in_file("group of persons"),
                this.mark_in_file("responsible body"),
                format!("id{number}"),
                "1".to_owned(),
            ]
        };
        let mut rows = vec![good(1, self, &text)];
        rows.push(good(2, self, "Do that"));
        let mut rejected = good(3, self, "Do it all");
        rejected[3] = self.mark_in_file("cell of a rejected row");
        rows.push(rejected);
        let table = |rows: &[Vec<String>]| {
            let lines: Vec<String> = std::iter::once(&headings)
                .chain(rows)
                .map(|one| line(one))
                .collect();
            lines.join("\n")
        };
        let session = self.visitors[3].1.clone().unwrap();
        let mapping = self.mark("name of a mapping");
        let names = [
            "paragraph",
            "text",
            "summary",
            "recommending_states",
            "position",
            "position_source",
            "issues",
            "themes",
            "affected_persons",
            "responsible_bodies",
            "source_id",
            "",
        ];
        let explain = |upload: String, name: &str, review: &str| {
            let mut fields: Vec<(String, String)> = vec![
                ("upload".into(), upload),
                ("separator".into(), "|".into()),
                ("name".into(), name.to_owned()),
                ("constants[0][of]".into(), "review".into()),
                ("constants[0][is]".into(), review.to_owned()),
            ];
            for (number, (heading, name)) in headings.iter().zip(names).enumerate() {
                fields.push((format!("columns[{number}][of]"), heading.clone()));
                fields.push((format!("columns[{number}][is]"), name.to_owned()));
            }
            encoded(&fields)
        };
        let last = |answer: &Answer| answer.location.rsplit('/').next().unwrap().to_owned();
        // The State that is not known stays so, and its row is rejected; the issues stay as they are written.
        let leave_unknown = |upload: &str, page: &str| {
            let inputs = parse(page).named("input");
            let hidden = inputs.iter().filter_map(|input| {
                let name = input.attribute("name")?;
                let is_asked = name.ends_with("[of]") || name.ends_with("[field]");
                Some((name, input.attribute("value")?)).filter(|_| is_asked)
            });
            let hidden: Vec<(String, String)> = hidden.collect();
            let mut fields = vec![("upload", upload)];
            fields.extend(
                hidden
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            );
            encoded(&fields)
        };
        for (review, name) in [("TON-1", mapping.as_str()), (REVIEW, "")] {
            let sent = upload(&self.here, &session, &file, &table(&rows)).await;
            assert!(
                sent.location.starts_with("/import/mapping/"),
                "{}",
                sent.body
            );
            let waiting = last(&sent);
            let explained = explain(waiting.clone(), name, review);
            let asked = self
                .here
                .submit("/api/map-import", Some(&session), &explained)
                .await;
            assert!(asked.location.ends_with("/values"), "{}", asked.body);
            let page = self.here.get(&asked.location, Some(&session)).await.body;
            let read = self
                .here
                .submit(
                    "/api/map-values",
                    Some(&session),
                    &leave_unknown(&waiting, &page),
                )
                .await;
            let run = last(&read);
            let notice = read.notice();
            let page = self
                .here
                .get_with(&read.location, Some(&session), notice)
                .await;
            let page = page.body.split("<main").nth(1).unwrap().to_owned();
            assert!(run.parse::<i64>().is_ok(), "{} {page}", read.location);
            self.done(3, "/api/apply-import", &[("run", &run)]).await;
            self.done_run = run;
        }
        Box::pin(self.further_text()).await;
        // Other values for what there is, a text much like it, and one without a place.
        rows[0][1] = format!("{text} and more");
        rows[1][0] = String::from("1.4");
        rows[1][1] = format!("{text} again");
        let sent = upload(&self.here, &session, &file, &table(&rows)).await;
        let waiting = last(&sent);
        let explained = explain(waiting.clone(), "", REVIEW);
        let asked = self
            .here
            .submit("/api/map-import", Some(&session), &explained)
            .await;
        let page = self.here.get(&asked.location, Some(&session)).await.body;
        let read = self
            .here
            .submit(
                "/api/map-values",
                Some(&session),
                &leave_unknown(&waiting, &page),
            )
            .await;
        self.open_run = last(&read);
        let sent = upload(&self.here, &session, &file, &table(&rows)).await;
        self.upload = last(&sent);
        // Its columns are said, its values are not.
        let explained = explain(self.upload.clone(), "", REVIEW);
        self.here
            .submit("/api/map-import", Some(&session), &explained)
            .await;
    }

    async fn round(&mut self) {
        let title = self.mark("title of a round");
        let organisation = self.mark("organisation of a round");
        let method = self.typed();
        for (slug, review) in [("done", REVIEW), ("open", REVIEW), ("done", "TON-1")] {
            let fields = [
                ("review", review),
                ("slug", slug),
                ("title", &title),
                ("organisation", &organisation),
                ("as_of", "2024-01-31"),
                ("scale", "marked"),
                ("method", &method),
            ];
            self.done(3, "/api/open-round", &fields).await;
        }
        let code = ReviewCode::parse(REVIEW).unwrap();
        let record = self.here.store.review_record(code).await.unwrap();
        let round = data::store::NewRound::of(&record.round("open").unwrap().round);
        let assessors = self.mark("assessor");
        let fields = [
            ("review", REVIEW),
            ("round", "open"),
            ("seen", &round.seen().to_string()),
            ("title", &title),
            ("organisation", &organisation),
            ("assessors", &assessors),
            ("method", &method),
        ];
        self.done(3, "/api/change-round", &fields).await;
    }

    /// A correction that supersedes a round, is chosen as headline round, and whose round is withdrawn.
    async fn corrections(&mut self) {
        let (review, done, correction) = ("TON-1", "done", "done-correction-1");
        let fields = [("review", review), ("round", done)];
        self.done(3, "/api/open-correction", &fields).await;
        let reason = self.mark("reason of a correction");
        let fields = [
            ("review", review),
            ("round", correction),
            ("confirmed", "yes"),
            ("few", "yes"),
            ("reason", &reason),
        ];
        self.done(3, "/api/publish-round", &fields).await;
        let reason = self.mark("reason of a headline");
        let fields = [
            ("review", review),
            ("chosen", correction),
            ("reason", &reason),
        ];
        self.done(3, "/api/choose-headline", &fields).await;
        let reason = self.mark("reason of a withdrawal");
        let fields = [
            ("review", review),
            ("round", done),
            ("confirmed", "yes"),
            ("reason", &reason),
        ];
        self.done(3, "/api/withdraw-round", &fields).await;
    }

    async fn assessments(&mut self) {
        for (review, round) in [("TON-1", "done"), (REVIEW, "done"), (REVIEW, "open")] {
            let rationale = self.mark("rationale");
            let title = self.mark("title of evidence");
            let source = self.mark("source of evidence");
            let publisher = self.mark("publisher of evidence");
            let note = self.mark("note on evidence");
            let fields = [
                ("review", review),
                ("round", round),
                ("paragraph", "1.1"),
                ("status", "implemented"),
                ("rationale", &rationale),
                ("confidence", "high"),
                ("evidence[0][title]", &title),
                ("evidence[0][source]", &source),
                ("evidence[0][publisher]", &publisher),
                ("evidence[0][note]", &note),
                ("evidence[0][kind]", "civil_society"),
            ];
            self.done(2, "/api/save-assessment", &fields).await;
            if round == "done" {
                let fields = [
                    ("review", review),
                    ("round", round),
                    ("confirmed", "yes"),
                    ("few", "yes"),
                ];
                self.done(3, "/api/publish-round", &fields).await;
            }
        }
        self.corrections().await;
        let draft = self.mark("draft");
        let evidence = self.mark("evidence of a draft");
        for role in [2, 3, 4] {
            let fields = [
                ("review", REVIEW),
                ("round", "open"),
                ("paragraph", "1.2"),
                ("status", "open"),
                ("rationale", &draft),
                ("evidence[0][title]", &evidence),
                ("evidence[0][source]", "https://example.org/a"),
            ];
            self.done(role, "/api/keep-draft", &fields).await;
        }
        let term = self.mark("theme of a bulk change");
        let reason = self.mark("reason of a bulk change");
        let seen = "1.1=1";
        let fields = [
            ("review", REVIEW),
            ("round", "open"),
            ("seen", seen),
            ("confidence", "low"),
            ("scheme", "issue"),
            ("add", &term),
            ("reason", &reason),
        ];
        self.done(2, "/api/change-many", &fields).await;
        let code = ReviewCode::parse(REVIEW).unwrap();
        let record = self.here.store.review_record(code).await.unwrap();
        let seen = data::store::recommendation_seen(&record.recommendations[0]).to_string();
        let words = self.mark("words of a State");
        let symbol = self.mark("document of a position");
        let why = self.mark("reason of an edit");
        let fields = [
            ("review", REVIEW),
            ("paragraph", "1.1"),
            ("seen", &seen),
            ("class", "noted"),
            ("raw", &words),
            ("symbol", &symbol),
            ("reason", &why),
        ];
        self.done(3, "/api/save-position", &fields).await;
        let filter = data::store::HistoryFilter {
            kind: Some("recommendations-edited".to_owned()),
            ..data::store::HistoryFilter::default()
        };
        let edits = self.here.store.history_of_review(REVIEW, &filter, 0, 1);
        let (_, edits) = edits.await.unwrap();
        self.edit = edits[0].id.to_string();
        let fields = [
            ("review", REVIEW),
            ("paragraph", "1.1"),
            ("earlier_review", "TON-1"),
            ("earlier_paragraph", "1.1"),
            ("repeats", "yes"),
            ("back", "/assess"),
        ];
        self.done(2, "/api/decide-link", &fields).await;
    }

    /// Every form with text, refused.
    #[allow(clippy::many_single_char_names)] // One for each field.
    async fn refusals(&mut self) {
        let typed: Vec<String> = (0..8).map(|_| self.typed()).collect();
        let [a, b, c, d, e, f, g, h] = typed.as_slice() else {
            unreachable!()
        };
        self.refuse(
            3,
            "/api/open-round",
            &[
                ("review", REVIEW),
                ("slug", a),
                ("title", b),
                ("organisation", c),
                ("as_of", d),
                ("scale", e),
                ("method", f),
            ],
        )
        .await;
        self.refuse(
            3,
            "/api/change-round",
            &[
                ("review", REVIEW),
                ("round", "open"),
                ("seen", a),
                ("title", b),
                ("organisation", c),
                ("as_of", d),
                ("assessors", e),
                ("method", f),
            ],
        )
        .await;
        self.refuse(
            4,
            "/api/save-scale",
            &[
                ("code", "marked"),
                ("version", "0"),
                ("name", a),
                ("statuses[0][code]", b),
                ("statuses[0][label]", c),
                ("statuses[0][labels]", d),
                ("statuses[0][definition]", e),
                ("statuses[0][examples]", f),
                ("statuses[0][place]", g),
                ("statuses[0][score]", h),
            ],
        )
        .await;
        for claim in ["", "1"] {
            self.refuse(
                3,
                "/api/save-position",
                &[
                    ("review", REVIEW),
                    ("paragraph", "1.1"),
                    ("seen", a),
                    ("claim", claim),
                    ("class", "noted"),
                    ("raw", b),
                    ("symbol", c),
                    ("source_paragraph", d),
                    ("date", e),
                    ("reason", f),
                ],
            )
            .await;
        }
        for action in ["/api/correct-recommendation", "/api/add-recommendation"] {
            self.refuse(
                3,
                action,
                &[
                    ("review", REVIEW),
                    ("paragraph", "1.1"),
                    ("seen", a),
                    ("facts[paragraph]", b),
                    ("facts[text]", c),
                    ("facts[recommending_states]", d),
                    ("source_id", e),
                    ("source", f),
                    ("reason", g),
                ],
            )
            .await;
        }
        for (action, text) in [
            ("/api/remove-recommendation", ""),
            ("/api/merge-recommendations", ""),
            ("/api/split-recommendation", h.as_str()),
        ] {
            self.refuse(
                3,
                action,
                &[
                    ("review", REVIEW),
                    ("paragraph", "1.1"),
                    ("seen", a),
                    ("with", "1.2"),
                    ("first_text", text),
                    ("second_text", text),
                    ("second_paragraph", b),
                    ("source", c),
                    ("reason", d),
                ],
            )
            .await;
        }
        for number in ["0", "1"] {
            self.refuse(
                2,
                "/api/save-evidence",
                &[
                    ("review", REVIEW),
                    ("number", number),
                    ("seen", a),
                    ("title", b),
                    ("source", c),
                    ("publisher", d),
                    ("date", e),
                    ("kind", f),
                    ("note", g),
                    ("language", h),
                    ("archived", a),
                ],
            )
            .await;
        }
        let upload = self.upload.clone();
        self.refuse(
            3,
            "/api/map-import",
            &[
                ("upload", &upload),
                ("columns[0][of]", a),
                ("columns[0][is]", b),
                ("constants[0][of]", "review"),
                ("constants[0][is]", c),
                ("separator", d),
                ("name", e),
            ],
        )
        .await;
        let run = self.open_run.clone();
        self.refuse(
            3,
            "/api/mend-import-row",
            &[
                ("run", &run),
                ("place", "1"),
                ("cells[0][heading]", a),
                ("cells[0][value]", b),
            ],
        )
        .await;
        self.refuse(3, "/api/remove-mapping", &[("name", a)]).await;
        self.refuse(
            2,
            "/api/save-assessment",
            &[
                ("review", REVIEW),
                ("round", "open"),
                ("paragraph", "1.1"),
                ("status", a),
                ("rationale", b),
                ("confidence", c),
                ("queue", d),
                ("form", e),
                ("over", f),
                ("evidence[0][title]", g),
                ("evidence[0][kind]", h),
            ],
        )
        .await;
        self.refuse(
            2,
            "/api/change-many",
            &[
                ("review", REVIEW),
                ("round", "open"),
                ("seen", "1.1=1"),
                ("status", a),
                ("confidence", b),
                ("cite", c),
                ("scheme", d),
                ("add", e),
                ("reason", f),
                ("queue", g),
            ],
        )
        .await;
        self.refuse(2, "/api/publish-round", &[("review", a), ("round", b)])
            .await;
        // Without a session the form goes through the sign-in page, and comes back there once more.
        let fields = [("review", REVIEW), ("round", a), ("rationale", b)];
        let first = self
            .here
            .submit("/api/save-assessment", None, &encoded(&fields))
            .await;
        assert_eq!(first.notice(), None);
        let form = parse(&first.body);
        let form = form
            .named("form")
            .into_iter()
            .find(|form| form.attribute("action").as_deref() == Some("/api/sign-in"));
        let mut entries = form.unwrap().entries();
        assert!(
            entries.iter().any(|(name, _)| name == "carried"),
            "{entries:?}"
        );
        entries.retain(|(name, _)| name != "pseudonym" && name != "password");
        entries.push(("pseudonym".to_owned(), a.clone()));
        entries.push(("password".to_owned(), b.clone()));
        let again = self
            .here
            .submit("/api/sign-in", None, &encoded(&entries))
            .await;
        assert_eq!(again.notice(), None);
        self.at_once.push(("sign in first".to_owned(), first.body));
        self.at_once.push(("sign in wrong".to_owned(), again.body));
    }
}
