//! Opening a form and saving it untouched changes no byte of what is stored.

use crate::document::parse;
use crate::marked::{cell, encoded, upload};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{
    Evidence, EvidenceKind, Paragraph, ReviewCode, ReviewRecord, Role, Scale, Shape, Status,
};
use data::store::{Account, Actor, DraftForm, NewRound, Save};

/// Texts that a form may change on the way: references, line ends, blanks and signs of other scripts.
const TEXTS: [&str; 6] = [
    "&lt;b&gt; &amp;amp; &nbsp; &#10;",
    "one\r\ntwo\r\n\r\nthree",
    "one\ntwo\n\n  three",
    "one\rtwo\n\rthree",
    "no\u{a0}break, \u{202e}bidi\u{202c}, e\u{301}, 👩‍👩‍👧, \u{2028}, tab\there",
    "</textarea>\n</form>",
];

/// What the import keeps besides: blanks and line ends around a value.
const CELLS: [&str; 6] = [
    "\n\nafter two newlines",
    "\r\nafter a line end",
    "trailing blanks  \n ",
    "  leading blanks",
    "a longer value that gets an area of several lines because of its length alone, and no other reason &lt;",
    "\n",
];

struct Forms {
    here: Installation,
    session: String,
    account: Account,
}

const REVIEW: &str = "XXA-3";

impl Forms {
    async fn new() -> Self {
        let here = Installation::new().await;
        let session = here.sign_in("ada", Role::Administrator).await;
        let account = here.store.signed_in(&session).await.unwrap().unwrap();
        Self {
            here,
            session,
            account,
        }
    }

    fn actor() -> Actor {
        Actor("ada".to_owned())
    }

    /// Opens a page and sends the form of that action as it is.
    async fn send_untouched(&self, page: &str, action: &str) {
        let answer = self.here.get(page, Some(&self.session)).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let forms = parse(&answer.body).named("form");
        let form = forms
            .iter()
            .find(|form| form.attribute("action").as_deref() == Some(action))
            .unwrap_or_else(|| panic!("{page} has no form of {action}"));
        let entries = form.entries();
        let sent = self
            .here
            .submit(action, Some(&self.session), &encoded(&entries))
            .await;
        assert_eq!(
            sent.status,
            StatusCode::SEE_OTHER,
            "{action}: {}",
            sent.body
        );
        let after = self
            .here
            .get_with(&sent.location, Some(&self.session), sent.notice())
            .await;
        assert!(
            !after.body.contains("notice refusal"),
            "{action}: {}",
            after.body
        );
    }

    async fn record(&self) -> std::sync::Arc<ReviewRecord> {
        let code = ReviewCode::parse(REVIEW).unwrap();
        self.here.store.review_record(code).await.unwrap()
    }
}

fn record_of(text: &str, number: usize) -> Evidence {
    Evidence {
        title: format!("{number} {text}"),
        source: format!("Archive {number}: {text}"),
        publisher: Some(text.to_owned()),
        date: Some("2023-05".into()),
        kind: EvidenceKind::Independent,
        note: Some(text.to_owned()),
        language: Some("be".to_owned()),
        archived: Some("https://example.org/?a=1&amp;b=&lt;".to_owned()),
    }
}

#[tokio::test]
async fn an_assessment_and_its_draft() {
    let forms = Forms::new().await;
    let stored = forms.record().await;
    let round = stored.round("follow-up").unwrap();
    let open: Vec<&str> = stored
        .recommendations
        .iter()
        .filter(|one| !round.assessments.contains_key(&one.id))
        .map(|one| one.paragraph.as_str())
        .take(TEXTS.len())
        .collect();
    let status = &round.round.scale.statuses[2].code;
    for (paragraph, text) in open.iter().zip(TEXTS) {
        let save = Save {
            review: stored.review.code,
            round: "follow-up".to_owned(),
            paragraph: Paragraph::parse(paragraph).unwrap(),
            version: 0,
            status: status.clone(),
            rationale: text.to_owned(),
            confidence: None,
            cites: Vec::new(),
            evidence: vec![record_of(text, 7)],
        };
        let store = &forms.here.store;
        store
            .save_from(
                &Forms::actor(),
                forms.account.id,
                &save,
                &DraftForm::default(),
            )
            .await
            .unwrap();
        let page = format!("/assess/{REVIEW}/follow-up/{paragraph}");
        let stands = async || {
            let record = forms.record().await;
            let id = record
                .recommendations
                .iter()
                .find(|one| one.paragraph == save.paragraph);
            let round = record.round("follow-up").unwrap();
            let one = &round.assessments[&id.unwrap().id];
            (
                one.rationale.clone(),
                one.evidence.clone(),
                record.evidence.clone(),
            )
        };
        let before = stands().await;
        assert_eq!(before.0, text);
        // Kept as it is, it is no draft.
        forms.send_untouched(&page, "/api/save-assessment").await;
        assert_eq!(stands().await, before, "{text:?}");
        let drafts = store
            .drafts_of(forms.account.id, round.round.id)
            .await
            .unwrap();
        assert!(drafts.is_empty(), "{text:?}");
        let entries = parse(&forms.here.get(&page, Some(&forms.session)).await.body);
        let form = entries
            .named("form")
            .into_iter()
            .find(|form| form.attribute("action").as_deref() == Some("/api/save-assessment"));
        let kept = encoded(&form.unwrap().entries());
        forms
            .here
            .submit("/api/keep-draft", Some(&forms.session), &kept)
            .await;
        let drafts = store
            .drafts_of(forms.account.id, round.round.id)
            .await
            .unwrap();
        assert!(drafts.is_empty(), "{text:?}");
    }
}

#[tokio::test]
async fn a_record_of_evidence() {
    let forms = Forms::new().await;
    let code = ReviewCode::parse(REVIEW).unwrap();
    for (number, text) in TEXTS.into_iter().enumerate() {
        let content = record_of(text, number);
        let store = &forms.here.store;
        let number = store
            .add_evidence(&Forms::actor(), code, &content, true)
            .await
            .unwrap();
        let page = format!("/reviews/{REVIEW}/evidence/{number}");
        forms.send_untouched(&page, "/api/save-evidence").await;
        let record = forms.record().await;
        let after = record
            .evidence
            .iter()
            .find(|one| one.number == number)
            .unwrap();
        assert_eq!(after.evidence, content, "{text:?}");
    }
}

#[tokio::test]
async fn a_round() {
    let forms = Forms::new().await;
    for text in TEXTS {
        let record = forms.record().await;
        let there = NewRound::of(&record.round("follow-up").unwrap().round);
        // Titles stand on one line.
        let line = name_of(text);
        let wanted = NewRound {
            title: line.clone(),
            organisation: line.clone(),
            method: Some(text.to_owned()),
            assessors: vec![line],
            ..there.clone()
        };
        let store = &forms.here.store;
        store
            .change_round(
                &Forms::actor(),
                record.review.code,
                "follow-up",
                &there.seen(),
                &wanted,
            )
            .await
            .unwrap();
        let page = format!("/assess/{REVIEW}/follow-up/method");
        forms.send_untouched(&page, "/api/change-round").await;
        let record = forms.record().await;
        let after = NewRound::of(&record.round("follow-up").unwrap().round);
        assert_eq!(after, wanted, "{text:?}");
    }
}

/// The text as it may stand in a name: on one line, and without characters that nobody sees.
fn name_of(text: &str) -> String {
    text.replace(
        |c: char| data::domain::is_invisible(c) || c == '\u{200d}',
        " ",
    )
}

#[tokio::test]
async fn a_scale() {
    let forms = Forms::new().await;
    for (number, text) in TEXTS.into_iter().enumerate() {
        let line = name_of(text);
        let status = |code: &str, counts| Status {
            code: code.to_owned(),
            label: format!("{code} {line}"),
            definition: text.to_owned(),
            counts_as_assessed: counts,
            score: counts.then_some(0.25),
            colour: "full".to_owned(),
            shape: Shape::Full,
            examples: Some(text.to_owned()),
            labels: [("be".to_owned(), line.clone())].into(),
        };
        let scale = Scale {
            id: 0,
            code: format!("scale-{number}"),
            name: line.clone(),
            version: 0,
            statuses: vec![status("a", true), status("b", false)],
        };
        forms
            .here
            .store
            .save_scale(&Forms::actor(), &scale)
            .await
            .unwrap();
        let page = format!("/admin/scales/{}", scale.code);
        forms.send_untouched(&page, "/api/save-scale").await;
        let scales = forms.here.store.scales().await.unwrap();
        let versions: Vec<_> = scales.iter().filter(|one| one.code == scale.code).collect();
        assert_eq!(versions.len(), 1, "{text:?}: {versions:?}");
        assert_eq!(versions[0].statuses, scale.statuses);
    }
}

#[tokio::test]
async fn a_row_of_a_file() {
    let forms = Forms::new().await;
    for text in TEXTS.into_iter().chain(CELLS) {
        let headings = "Review,Paragraph,Recommending States,Text,\"Two\nlines\"";
        // Rejected, so that its cells are kept as they stood.
        let row = format!("TON-2,1.1,Atlantis,{0},{0}", cell(text));
        let good = "TON-2,1.2,Togo,Do it,x";
        let table = format!("{headings}\n{row}\n{good}");
        let sent = upload(&forms.here, &forms.session, "table.csv", &table).await;
        let run: i64 = sent.location.rsplit('/').next().unwrap().parse().unwrap();
        let store = &forms.here.store;
        let mut found = 0;
        for place in 0..4 {
            let Ok(before) = store.import_row(run, place).await else {
                continue;
            };
            let page = format!("/import/{run}/rows/{place}");
            forms.send_untouched_row(&page).await;
            let after = store.import_row(run, place).await.unwrap();
            assert_eq!(after.cells(), before.cells(), "{text:?} {place}");
            found += usize::from(
                before
                    .cells()
                    .iter()
                    .any(|(_, value)| value.contains(text.trim())),
            );
        }
        assert!(found > 0, "{text:?}");
        store.cancel_import(&Forms::actor(), run).await.unwrap();
    }
}

impl Forms {
    /// Rejected once more, it says so.
    async fn send_untouched_row(&self, page: &str) {
        let answer = self.here.get(page, Some(&self.session)).await;
        let forms = parse(&answer.body).named("form");
        let form = forms
            .iter()
            .find(|form| form.attribute("action").as_deref() == Some("/api/mend-import-row"));
        let entries = form.unwrap().entries();
        let body = encoded(&entries);
        let action = "/api/mend-import-row";
        let sent = self.here.submit(action, Some(&self.session), &body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
}
