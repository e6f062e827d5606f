//! The program is killed again and again while four analysts save assessments, drafts and evidence: every
//! save that was acknowledged is there afterwards. `make endure` does the same a thousand times.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use data::domain::{ReviewCode, Role};
use data::store::{Actor, NewPassword, Store};

const ROUNDS: usize = 10;
const WRITERS: usize = 4;
const ROUND: &str = "follow-up";

/// The acknowledged texts: of each paragraph the last assessment or draft, and the titles of all evidence.
#[derive(Default)]
struct Acknowledged {
    assessments: BTreeMap<String, Pending>,
    drafts: BTreeMap<String, Pending>,
    evidence: Vec<String>,
    count: usize,
}

/// The last acknowledged text of one place, and the ones sent after it, which may have been stored
/// without an answer.
#[derive(Default)]
struct Pending {
    acknowledged: Option<String>,
    sent_since: Vec<String>,
}

impl Pending {
    fn acknowledge(&mut self, text: &str) {
        self.acknowledged = Some(text.to_owned());
        self.sent_since.clear();
    }

    /// True if the stored text is the acknowledged one or a later one.
    fn allows(&self, stored: Option<&str>) -> bool {
        let Some(acknowledged) = &self.acknowledged else {
            return true;
        };
        stored.is_some_and(|stored| {
            stored == acknowledged || self.sent_since.iter().any(|sent| sent == stored)
        })
    }
}

/// One analyst with a session and recommendations that nobody else touches.
struct Analyst {
    account: i64,
    session: String,
    paragraphs: Vec<String>,
}

fn serve(database: &str) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", database)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let host = line.trim().rsplit('/').next().unwrap().to_owned();
    (child, host)
}

/// The status of the response, or `None` if the program died before it sent one.
fn post(host: &str, action: &str, session: &str, body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_mins(1)))
        .unwrap();
    write!(
        stream,
        "POST /api/{action} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
         cookie: session={session}\r\naccept: application/json\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = Vec::new();
    // A reset after the head is still an acknowledgement.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer)
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}

/// Saves until the program is dead: assessments of every second paragraph, drafts of the others, and
/// evidence in between.
fn save_until_killed(
    host: &str,
    analyst: &Analyst,
    versions: &BTreeMap<String, i64>,
    acknowledged: &Mutex<Acknowledged>,
    answered: &AtomicUsize,
    name: &str,
) {
    let done = |status: Option<u16>| match status {
        Some(200 | 204 | 303) => {
            answered.fetch_add(1, Ordering::SeqCst);
            Some(true)
        }
        Some(status) => panic!("{name}: {status}"),
        None => None,
    };
    for (place, paragraph) in analyst.paragraphs.iter().enumerate().cycle() {
        let number = answered.load(Ordering::SeqCst);
        let text = format!("{name}-{place}-{number}");
        let fields = format!("review=XXA-3&round={ROUND}&paragraph={paragraph}&rationale={text}");
        let is_assessment = place % 2 == 0;
        {
            let mut acknowledged = acknowledged.lock().unwrap();
            let of_kind = if is_assessment {
                &mut acknowledged.assessments
            } else {
                &mut acknowledged.drafts
            };
            let pending = of_kind.entry(paragraph.clone()).or_default();
            pending.sent_since.push(text.clone());
        }
        let status = if is_assessment {
            // Once per round and paragraph, so the version that the round began with is the current one.
            let version = versions.get(paragraph).copied().unwrap_or_default();
            let body = format!("{fields}&version={version}&status=implemented");
            let status = post(host, "save-assessment", &analyst.session, &body);
            if status == Some(409) { return } else { status }
        } else {
            let body = format!("{fields}&version=0&form=f{place}&over=f{place}");
            post(host, "keep-draft", &analyst.session, &body)
        };
        if done(status).is_none() {
            return;
        }
        {
            let mut acknowledged = acknowledged.lock().unwrap();
            acknowledged.count += 1;
            let of_kind = if is_assessment {
                &mut acknowledged.assessments
            } else {
                &mut acknowledged.drafts
            };
            of_kind.get_mut(paragraph).unwrap().acknowledge(&text);
        }
        if place % 3 == 0 {
            let title = format!("evidence-{text}");
            let body = format!(
                "review=XXA-3&title={title}&source=https://example.org/{text}&kind=independent"
            );
            if done(post(host, "save-evidence", &analyst.session, &body)).is_none() {
                return;
            }
            let mut acknowledged = acknowledged.lock().unwrap();
            acknowledged.count += 1;
            acknowledged.evidence.push(title);
        }
    }
}

/// Everything acknowledged so far is in the database.
async fn nothing_is_lost(store: &Store, analysts: &[Analyst], acknowledged: &Acknowledged) {
    let record = store
        .review_record(ReviewCode::parse("XXA-3").unwrap())
        .await
        .unwrap();
    let round = record.round(ROUND).unwrap();
    let ids: BTreeMap<&str, i64> = record
        .recommendations
        .iter()
        .map(|one| (one.paragraph.as_str(), one.id))
        .collect();
    for (paragraph, pending) in &acknowledged.assessments {
        let stored = round.assessments.get(&ids[paragraph.as_str()]);
        let stored = stored.map(|stored| stored.rationale.as_str());
        assert!(pending.allows(stored), "{paragraph}: {stored:?}");
    }
    for (paragraph, pending) in &acknowledged.drafts {
        let analyst = analysts
            .iter()
            .find(|one| one.paragraphs.contains(paragraph));
        let stored = store
            .draft(
                analyst.unwrap().account,
                round.round.id,
                ids[paragraph.as_str()],
            )
            .await
            .unwrap();
        let stored = stored
            .as_ref()
            .map(|draft| draft.content.rationale.as_str());
        assert!(pending.allows(stored), "draft of {paragraph}: {stored:?}");
    }
    for title in &acknowledged.evidence {
        let mut known = record.evidence.iter();
        assert!(
            known.any(|known| known.evidence.title == *title),
            "{title} is lost"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("killed.sqlite").display()
    );
    let store = Store::open(&url).await.unwrap();
    let actor = Actor::command_line();
    store.load_demonstration(&actor).await.unwrap();
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = store.review_record(code).await.unwrap();
    let paragraphs: Vec<String> = record
        .recommendations
        .iter()
        .map(|one| one.paragraph.to_string())
        .collect();
    let mut analysts = Vec::new();
    for (number, own) in paragraphs
        .chunks(paragraphs.len().div_ceil(WRITERS))
        .enumerate()
    {
        let pseudonym = format!("writer-{number}");
        let password = store
            .add_account(&actor, &pseudonym, Role::Analyst, NewPassword::Generated)
            .await
            .unwrap();
        let signed_in = store.sign_in(&pseudonym, &password).await.unwrap().unwrap();
        analysts.push(Analyst {
            account: signed_in.account.id,
            session: signed_in.token,
            paragraphs: own.to_vec(),
        });
    }
    store.close().await.unwrap();
    let analysts = Arc::new(analysts);

    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    for number in 0..ROUNDS {
        let store = Store::open(&url).await.unwrap();
        let record = store.review_record(code).await.unwrap();
        let versions: BTreeMap<String, i64> = record
            .recommendations
            .iter()
            .filter_map(|one| {
                let stored = record.round(ROUND)?.assessments.get(&one.id)?;
                Some((one.paragraph.to_string(), stored.version))
            })
            .collect();
        drop(record);
        store.close().await.unwrap();
        let (mut child, host) = serve(&url);
        let answered = Arc::new(AtomicUsize::new(0));
        let versions = Arc::new(versions);
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (analysts, versions) = (Arc::clone(&analysts), Arc::clone(&versions));
                let (acknowledged, answered) = (Arc::clone(&acknowledged), Arc::clone(&answered));
                let host = host.clone();
                std::thread::spawn(move || {
                    save_until_killed(
                        &host,
                        &analysts[writer],
                        &versions,
                        &acknowledged,
                        &answered,
                        &format!("round-{number}-writer-{writer}"),
                    );
                })
            })
            .collect();
        // After another number of answers each time: in the middle of whatever is under way then.
        let enough = 5 + number * 7 % 29;
        let begun = Instant::now();
        while answered.load(Ordering::SeqCst) < enough && begun.elapsed() < Duration::from_mins(1) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for writer in writers {
            writer.join().unwrap();
        }
        let store = Store::open(&url).await.unwrap();
        nothing_is_lost(&store, &analysts, &acknowledged.lock().unwrap()).await;
        assert!(store.verify_history().await.unwrap().is_ok());
        store.close().await.unwrap();
    }
    assert!(acknowledged.lock().unwrap().count >= 5 * ROUNDS);
    let store = Store::open(&url).await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
}
