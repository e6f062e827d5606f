//! What becomes of a published round: it is corrected, withdrawn, or chosen to head its review; open ones are deleted.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::{ReviewCode, ReviewRecord, Role};
use data::store::{Actor, NewRound, Save};
use std::sync::Arc;
use support::{Answer, Installation};

const CORRECTION: &str = "mid-term-correction-1";
const REASON: &str = "A+law+of+2023+was+missed.";

async fn record(here: &Installation) -> Arc<ReviewRecord> {
    let code = ReviewCode::parse("XXA-3").unwrap();
    here.store.review_record(code).await.unwrap()
}

/// The page after an action, with what the action left to say.
async fn after(here: &Installation, answer: &Answer, session: &str) -> String {
    here.get_with(&answer.location, Some(session), answer.notice())
        .await
        .body
}

/// What a page says of the review: of the home page its own entry, since other reviews are on it as well.
fn of_review<'a>(path: &str, page: &'a str) -> &'a str {
    let from = match path {
        "/" => page.split("href=\"/reviews/XXA-3\"").nth(1).unwrap(),
        // Rounds that count no more are named behind the others.
        "/reviews/XXA-3" => return page.split("<details class=\"former\">").next().unwrap(),
        _ => return page,
    };
    from.split("</li>").next().unwrap()
}

/// Opens a correction of the demonstration's round, in which one recommendation more is implemented: its paragraph.
async fn opened(here: &Installation, session: &str) -> String {
    let answer = here
        .submit(
            "/api/open-correction",
            Some(session),
            "review=XXA-3&round=mid-term",
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(
        answer.location,
        format!("/assess/XXA-3/{CORRECTION}?show=done")
    );
    let record = record(here).await;
    let round = record.round(CORRECTION).unwrap();
    let one = record.recommendations.iter().find(|one| {
        let assessment = round.assessments.get(&one.id);
        assessment.is_some_and(|one| one.status == "not_implemented")
    });
    let one = one.unwrap();
    let there = &round.assessments[&one.id];
    let save = Save {
        review: record.review.code,
        round: CORRECTION.to_owned(),
        paragraph: one.paragraph.clone(),
        version: there.version,
        status: "implemented".to_owned(),
        rationale: "The law of 2023.".to_owned(),
        confidence: there.confidence,
        cites: Vec::new(),
        evidence: there.evidence.clone(),
    };
    here.store
        .save_assessment(&Actor("rev".to_owned()), None, &save)
        .await
        .unwrap();
    one.paragraph.to_string()
}

async fn publish(here: &Installation, session: &str) {
    let form = format!("review=XXA-3&round={CORRECTION}&confirmed=yes&reason={REASON}");
    let answer = here
        .submit("/api/publish-round", Some(session), &form)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let said = after(here, &answer, session).await;
    assert!(said.contains("marked as superseded"), "{said}");
}

#[tokio::test]
async fn a_published_round_is_superseded_by_a_correction() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let old = "/reviews/XXA-3/rounds/mid-term";
    let files = [
        format!("{old}.txt"),
        "/reviews/XXA-3/recommendations.csv?round=mid-term".to_owned(),
        "/reviews/XXA-3/recommendations.json?round=mid-term".to_owned(),
        "/reviews/XXA-3/charts/status.csv?round=mid-term".to_owned(),
    ];
    let bytes = async || {
        let mut bytes = Vec::new();
        for path in &files {
            let answer = here.get(path, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            bytes.push(answer.bytes);
        }
        bytes
    };
    let before = bytes().await;
    let hash = |record: &ReviewRecord, slug: &str| {
        let round = record.round(slug).unwrap();
        round.round.content_hash.clone().unwrap()
    };
    let old_hash = hash(record(&here).await.as_ref(), "mid-term");

    // The way there is offered to those who may.
    let page = here.get(old, Some(&rev)).await.body;
    assert!(page.contains(&format!("href=\"{old}/change\"")), "{page}");
    assert!(!here.page(old).await.contains("/change\""));
    let change = here.get(&format!("{old}/change"), Some(&rev)).await.body;
    assert!(change.contains("action=\"/api/open-correction\""));
    let paragraph = opened(&here, &rev).await;
    let change = here.get(&format!("{old}/change"), Some(&rev)).await.body;
    assert!(change.contains("A correction of this round is open."));
    // While it is open, nobody else sees anything of it.
    assert!(!here.page(old).await.contains("orrection 1"));
    assert_eq!(bytes().await, before);

    // Publishing asks for the reason, and says what it replaces.
    let open = here
        .get(&format!("/reviews/XXA-3/rounds/{CORRECTION}"), Some(&rev))
        .await
        .body;
    for said in [
        "This is an open correction.",
        "It supersedes “",
        "The public sentence of this review is now “41 of 245 assessed",
        "It becomes “42 of 245 assessed",
        "<textarea name=\"reason\"",
    ] {
        assert!(open.contains(said), "{said}: {open}");
    }
    let form = format!("review=XXA-3&round={CORRECTION}&confirmed=yes&reason=+");
    let refused = here.call("/api/publish-round", Some(&rev), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("round-reason-unfit"));
    publish(&here, &rev).await;

    // The old one stays at its address, marked, with both hashes; its files stay byte for byte.
    let new_hash = hash(record(&here).await.as_ref(), CORRECTION);
    let page = here.page(old).await;
    let marked = page.find("Superseded on ").unwrap();
    assert!(
        marked < page.find("class=\"headline\"").unwrap(),
        "at its top"
    );
    for said in [
        "by correction 1.",
        "Reason: A law of 2023 was missed.",
        &old_hash,
        &new_hash,
        "41 of 245 assessed recommendations implemented",
        &format!("href=\"/reviews/XXA-3/rounds/{CORRECTION}#changes\""),
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(bytes().await, before);
    for path in [
        "/reviews/XXA-3?round=mid-term",
        "/reviews/XXA-3/recommendations?round=mid-term",
        "/reviews/XXA-3/charts/status?round=mid-term",
        "/embed/reviews/XXA-3/charts/status?round=mid-term",
        &format!("/reviews/XXA-3/compare?from=mid-term&to={CORRECTION}"),
    ] {
        assert!(here.page(path).await.contains("Superseded on "), "{path}");
    }

    // The correction says what it changed, one recommendation by one.
    let page = here
        .page(&format!("/reviews/XXA-3/rounds/{CORRECTION}"))
        .await;
    let changes = page.split("id=\"changes\"").nth(1).unwrap();
    let changes = changes.split("</section>").next().unwrap();
    assert!(changes.contains("gives one of 266 recommendations another status"));
    assert_eq!(changes.matches("<tr>").count(), 2, "{changes}");
    for said in [
        paragraph.as_str(),
        "Not implemented",
        "Implemented",
        "rationale",
    ] {
        assert!(changes.contains(said), "{said}: {changes}");
    }
    assert!(page.contains(", correction 1</h1>"), "{page}");

    // Everything else counts the correction alone.
    for path in [
        "/",
        "/reviews/XXA-3",
        "/states/XXA",
        "/reviews/XXA-3/recommendations",
        "/recommendations?state=XXA",
    ] {
        let page = here.page(path).await;
        let page = of_review(path, &page);
        assert!(page.contains("42 of 245 assessed"), "{path}: {page}");
        assert!(
            !page.contains("41 of 245 assessed recommendations implemented"),
            "{path}"
        );
        assert!(!page.contains("rounds/mid-term\""), "{path}");
    }
    // Whoever cites a chart of the earlier round says that it is superseded.
    let cited = |round: &str| format!("/reviews/XXA-3/charts/status?round={round}");
    let superseded = "Superseded by correction 1 on ";
    assert!(here.page(&cited("mid-term")).await.contains(superseded));
    assert!(here.page(old).await.contains(superseded));
    assert!(!here.page(&cited(CORRECTION)).await.contains(superseded));
    let list = here
        .page("/recommendations?state=XXA&status=implemented")
        .await;
    assert!(list.contains("42 recommendations"), "{list}");
    let page = here
        .page(&format!("/reviews/XXA-3/recommendations/{paragraph}"))
        .await;
    assert_eq!(page.matches("<article class=\"assessment\">").count(), 1);
    assert!(page.contains("The law of 2023."));

    // The public page of corrections, from the footer of every page and from the page of the review.
    assert!(here.page("/").await.contains("href=\"/corrections\""));
    let review = here.page("/reviews/XXA-3").await;
    assert!(review.contains("href=\"/corrections?review=XXA-3\""));
    for path in ["/corrections", "/corrections?review=XXA-3"] {
        let page = here.page(path).await;
        for said in [
            "Superseded by correction 1: A law of 2023 was missed.",
            "41 of 245 assessed recommendations implemented; 266 received → \
             42 of 245 assessed recommendations implemented; 266 received",
            &old_hash,
            &new_hash,
        ] {
            assert!(page.contains(said), "{path} {said}: {page}");
        }
        assert!(!page.contains("rev<"), "no pseudonym");
    }
    let other = here.page("/corrections?review=BLR-3").await;
    assert!(other.contains("Nothing that was published has been corrected"));
    assert_eq!(
        here.get("/corrections?review=BLR-9", None).await.status,
        StatusCode::NOT_FOUND
    );
    let history = here.page("/reviews/XXA-3/history").await;
    assert!(
        history.contains("was superseded by correction 1. A law of 2023 was missed."),
        "{history}"
    );
    assert_eq!(here.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_withdrawn_round_leaves_a_tombstone() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let round = "/reviews/XXA-3/rounds/mid-term";
    let text = here.get(&format!("{round}.txt"), None).await.body;
    let hash = data::store::sha256(text.as_bytes());
    let change = here.get(&format!("{round}/change"), Some(&rev)).await.body;
    assert!(
        change.contains("The review then has no published round."),
        "{change}"
    );
    let form = "review=XXA-3&round=mid-term&reason=The+sources+were+forged.";
    let unconfirmed = here.submit("/api/withdraw-round", Some(&rev), form).await;
    let page = after(&here, &unconfirmed, &rev).await;
    assert!(page.contains("Tick the box"), "{page}");
    assert!(
        page.contains("The sources were forged.</textarea>"),
        "{page}"
    );
    let confirmed = format!("{form}&confirmed=yes");
    let done = here
        .submit("/api/withdraw-round", Some(&rev), &confirmed)
        .await;
    assert_eq!(done.location, round);

    // Gone, and the page says what was there.
    let tombstone = here.get(round, None).await;
    assert_eq!(tombstone.status, StatusCode::GONE);
    let page = tombstone.body;
    for said in [
        "This round was withdrawn on ",
        "The sources were forged.",
        "Mid-term assessment",
        &hash,
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for never in ["of 245", "By status", "<table"] {
        assert!(!page.contains(never), "{never}: {page}");
    }
    for path in [format!("{round}.txt"), format!("{round}.redactions.txt")] {
        let answer = here.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::GONE, "{path}");
        assert!(!answer.body.contains("rationale"), "{path}");
    }
    // It leaves every list, headline and total, for those who are signed in as well.
    for session in [None, Some(rev.as_str())] {
        for path in [
            "/",
            "/reviews/XXA-3",
            "/states/XXA",
            "/reviews/XXA-3/recommendations",
            "/recommendations?state=XXA",
            "/summary?state=XXA",
        ] {
            let page = here.get(path, session).await.body;
            let page = of_review(path, &page);
            assert!(!page.contains("of 245"), "{path}");
            assert!(!page.contains("rounds/mid-term\""), "{path}");
        }
        // The address of its figures leads to what became of it.
        let review = here.get("/reviews/XXA-3?round=mid-term", session).await;
        assert_eq!(review.status, StatusCode::SEE_OTHER);
        assert_eq!(review.location, "/reviews/XXA-3/rounds/mid-term");
    }
    let list = here
        .page("/reviews/XXA-3/recommendations?round=mid-term")
        .await;
    assert!(list.contains("was withdrawn, so its statuses are not listed"));
    let file = "/reviews/XXA-3/recommendations.csv?round=mid-term";
    assert_eq!(
        here.get(file, None).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let corrections = here.page("/corrections").await;
    for said in [
        "Withdrawn: The sources were forged.",
        "Withdrawn: 41 of 245 assessed recommendations implemented; 266 received. No round of the review \
         is published now.",
        &hash,
    ] {
        assert!(corrections.contains(said), "{said}: {corrections}");
    }
    let history = here.page("/reviews/XXA-3/history").await;
    assert!(history.contains("was withdrawn. The sources were forged."));
    assert_eq!(here.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn an_open_round_is_deleted_after_saying_what_goes() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    opened(&here, &rev).await;
    let round = format!("/reviews/XXA-3/rounds/{CORRECTION}");
    let page = here.get(&round, Some(&rev)).await.body;
    assert!(page.contains(&format!("href=\"{round}/change\"")), "{page}");
    let page = here.get(&format!("{round}/change"), Some(&rev)).await.body;
    let value = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
        rest.unwrap().split('"').next().unwrap().to_owned()
    };
    let (assessments, citations) = (value("assessments"), value("citations"));
    assert!(
        page.contains(&format!(
            "{assessments} assessments are deleted, and no drafts."
        )),
        "{page}"
    );
    assert!(citations.parse::<u32>().unwrap() > 0);
    let form = |drafts: &str, confirmed: &str| {
        format!(
            "review=XXA-3&round={CORRECTION}&assessments={assessments}&drafts={drafts}\
             &citations={citations}&confirmed={confirmed}"
        )
    };
    for (sent, refusal) in [
        (form("0", ""), "round-remove-unconfirmed"),
        (form("7", "yes"), "round-contents-changed"),
        (
            form("0", "yes").replace(CORRECTION, "mid-term"),
            "round-is-published",
        ),
    ] {
        let refused = here.call("/api/remove-round", Some(&rev), &sent).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(refusal), "{}", refused.body);
    }
    let done = here
        .submit("/api/remove-round", Some(&rev), &form("0", "yes"))
        .await;
    assert_eq!(done.location, "/reviews/XXA-3");
    let said = after(&here, &done, &rev).await;
    assert!(said.contains("is deleted."), "{said}");
    assert_eq!(
        here.get(&round, Some(&rev)).await.status,
        StatusCode::NOT_FOUND
    );
    let history = here.get("/reviews/XXA-3/history", Some(&rev)).await.body;
    assert!(
        history.contains(&format!(
            "was deleted. Deleted with it: {assessments} assessments"
        )),
        "{history}"
    );
    let public = here.page("/reviews/XXA-3/history").await;
    assert!(!public.contains("deleted"), "nobody else knew of it");
    assert_eq!(here.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_smaller_round_heads_a_review_only_by_choice() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let later = NewRound {
        slug: "later".to_owned(),
        organisation: "An organisation".to_owned(),
        title: "Later round".to_owned(),
        as_of: Some("2099-12-31".into()),
        scale: "bhc-2023".to_owned(),
        method: None,
        assessors: Vec::new(),
    };
    let actor = Actor("rev".to_owned());
    let code = ReviewCode::parse("XXA-3").unwrap();
    here.store.open_round(&actor, code, &later).await.unwrap();
    let page = here
        .get("/reviews/XXA-3/rounds/later", Some(&rev))
        .await
        .body;
    assert!(
        page.contains("The public sentence of this review stays “41 of 245"),
        "{page}"
    );
    here.store
        .publish_round(&actor, code, "later")
        .await
        .unwrap();
    let headline = async |path: &str| {
        let page = here.page(path).await;
        let page = of_review(path, &page);
        page.contains("41 of 245 assessed") && !page.contains("A reviewer chose this round")
    };
    assert!(headline("/reviews/XXA-3").await);
    assert!(headline("/").await);
    let choose = "review=XXA-3&round=later&chosen=later&reason=The+newest+state.";
    let chosen = here
        .submit("/api/choose-headline", Some(&rev), choose)
        .await;
    assert_eq!(chosen.location, "/reviews/XXA-3");
    let page = here.page("/reviews/XXA-3").await;
    assert!(
        page.contains("A reviewer chose this round to head the review. Reason: The newest state."),
        "{page}"
    );
    assert!(page.contains("None of 266 recommendations is assessed"));
    assert!(!headline("/").await);
    let corrections = here.page("/corrections").await;
    for said in [
        "Chosen as the headline round of the review: The newest state.",
        "41 of 245 assessed recommendations implemented; 266 received (",
        "→ 0 of 0 assessed recommendations implemented; 266 received (Later round)",
    ] {
        assert!(corrections.contains(said), "{said}: {corrections}");
    }
    let history = here.page("/reviews/XXA-3/history").await;
    assert!(history.contains("was chosen to head the review. The newest state."));
    let change = here
        .get("/reviews/XXA-3/rounds/later/change", Some(&rev))
        .await
        .body;
    assert!(
        change.contains("It is “Later round” now, by choice."),
        "{change}"
    );
    let leave = "review=XXA-3&round=later&chosen=&reason=Superfluous.";
    here.submit("/api/choose-headline", Some(&rev), leave).await;
    assert!(headline("/reviews/XXA-3").await);
    let methodology = here.page("/methodology").await;
    assert!(methodology.contains(
        "It is the newest published round that assesses at least as many recommendations as every other."
    ));
    assert_eq!(here.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn readers_see_what_corrections_and_withdrawals_changed() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let before = here.page("/reviews/XXA-3").await;
    assert!(!before.contains("not counted any more"));
    let paragraph = opened(&here, &rev).await;
    let page = format!("/reviews/XXA-3/recommendations/{paragraph}");
    assert!(
        !here.page(&page).await.contains("changed the status"),
        "still open"
    );
    publish(&here, &rev).await;
    // The recommendation says what the correction changed, why, and where to read on.
    let changed = here.page(&page).await;
    let (_, rest) = changed.split_once("changed the status: ").unwrap();
    let said = rest.split("</p>").next().unwrap();
    for part in [
        "Not implemented → Implemented.",
        "A law of 2023 was missed.",
        "href=\"/reviews/XXA-3/rounds/mid-term-correction-1#changes\"",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let other = here.page("/reviews/XXA-3/recommendations/138.1").await;
    assert!(paragraph == "138.1" || !other.contains("changed the status"));
    // The review lists the superseded round, folded.
    let folded = async || {
        let review = here.page("/reviews/XXA-3").await;
        let (_, rest) = review.split_once("<details class=\"former\">").unwrap();
        rest.split("</details>").next().unwrap().to_owned()
    };
    let former = folded().await;
    assert!(former.contains("1 round that is no longer counted"));
    assert!(former.contains("href=\"/reviews/XXA-3/rounds/mid-term\""));
    assert!(
        former.contains("by correction 1. Reason: A law of 2023 was missed."),
        "{former}"
    );
    // After the correction is withdrawn as well, the page of corrections says what counts now.
    let form = format!("review=XXA-3&round={CORRECTION}&reason=Mistaken&confirmed=yes");
    let answer = here.submit("/api/withdraw-round", Some(&rev), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let former = folded().await;
    assert!(
        former.contains("Withdrawn on ") && former.contains("Reason: Mistaken"),
        "{former}"
    );
    let corrections = here.page("/corrections?review=XXA-3").await;
    assert!(
        corrections.contains("No round of the review is published now."),
        "{corrections}"
    );
    assert!(
        !here.page(&page).await.contains("changed the status"),
        "withdrawn"
    );
}
