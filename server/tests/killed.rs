//! The program is killed, or the power is cut, while four analysts save assessments, drafts and evidence:
//! every save that was acknowledged is there afterwards. `make endure` does the same hundreds of times.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
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
#[derive(Clone, Default)]
struct Acknowledged {
    assessments: BTreeMap<String, Pending>,
    drafts: BTreeMap<String, Pending>,
    evidence: Vec<String>,
}

/// The last acknowledged text of one place, and the ones sent after it, which may have been stored
/// without an answer.
#[derive(Clone, Default)]
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

fn serve(database: &str, environment: &[(&str, &Path)]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", database)
        .envs(environment.iter().copied())
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
            if status == Some(409) {
                return;
            }
            status
        } else {
            let body = format!("{fields}&version=0&form=f{place}&over=f{place}");
            post(host, "keep-draft", &analyst.session, &body)
        };
        if done(status).is_none() {
            return;
        }
        {
            let mut acknowledged = acknowledged.lock().unwrap();
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
            acknowledged.evidence.push(title);
        }
    }
}

/// What was acknowledged so far and is not in the database.
async fn lost(
    store: &Store,
    analysts: &[Analyst],
    acknowledged: &Mutex<Acknowledged>,
) -> Vec<String> {
    let acknowledged = acknowledged.lock().unwrap().clone();
    let mut lost = Vec::new();
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
        if !pending.allows(stored) {
            lost.push(format!("assessment of {paragraph}: {stored:?}"));
        }
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
        if !pending.allows(stored) {
            lost.push(format!("draft of {paragraph}: {stored:?}"));
        }
    }
    for title in &acknowledged.evidence {
        let mut known = record.evidence.iter();
        if !known.any(|known| known.evidence.title == *title) {
            lost.push(title.clone());
        }
    }
    lost
}

fn url_of(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// The demonstration, with analysts who share its recommendations among them.
async fn set_up(file: &Path) -> Vec<Analyst> {
    let store = Store::open(&url_of(file)).await.unwrap();
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
    let share = paragraphs.len().div_ceil(WRITERS);
    for (number, own) in paragraphs.chunks(share).enumerate() {
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
    analysts
}

/// Serves a database, and kills the program after so many answers, in the middle of whatever is under
/// way then.
async fn write_and_kill(
    file: &Path,
    environment: &[(&str, &Path)],
    analysts: &Arc<Vec<Analyst>>,
    acknowledged: &Arc<Mutex<Acknowledged>>,
    name: &str,
    enough: usize,
) {
    let store = Store::open(&url_of(file)).await.unwrap();
    let code = ReviewCode::parse("XXA-3").unwrap();
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
    let (mut child, host) = serve(&url_of(file), environment);
    let answered = Arc::new(AtomicUsize::new(0));
    let versions = Arc::new(versions);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (analysts, versions) = (Arc::clone(analysts), Arc::clone(&versions));
            let (acknowledged, answered) = (Arc::clone(acknowledged), Arc::clone(&answered));
            let (host, name) = (host.clone(), format!("{name}-writer-{writer}"));
            std::thread::spawn(move || {
                let analyst = &analysts[writer];
                save_until_killed(&host, analyst, &versions, &acknowledged, &answered, &name);
            })
        })
        .collect();
    let begun = Instant::now();
    while answered.load(Ordering::SeqCst) < enough && begun.elapsed() < Duration::from_mins(1) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for writer in writers {
        writer.join().unwrap();
    }
    assert!(answered.load(Ordering::SeqCst) >= enough);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("killed.sqlite");
    let analysts = Arc::new(set_up(&file).await);
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    for number in 0..ROUNDS {
        let enough = 5 + number * 7 % 29;
        let name = format!("round-{number}");
        write_and_kill(&file, &[], &analysts, &acknowledged, &name, enough).await;
        let store = Store::open(&url_of(&file)).await.unwrap();
        let lost = lost(&store, &analysts, &acknowledged).await;
        assert_eq!(lost, Vec::<String>::new());
        assert!(store.verify_history().await.unwrap().is_ok());
        store.close().await.unwrap();
    }
    let store = Store::open(&url_of(&file)).await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
}

/// What would be on the disk after a power cut: each file as it was when it was last flushed. A preloaded
/// library keeps these copies; if flushes are `swallowed`, it confirms them and keeps nothing.
#[cfg(target_os = "linux")]
async fn lost_in_power_cut(swallowed: bool, name: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (library, orders) = (path("faults.so"), path("orders"));
    let compiled = Command::new("cc")
        .args(["-O1", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/endure/faults.c"))
        .args(["-ldl", "-pthread"])
        .status();
    assert!(compiled.unwrap().success());
    // Four numbers: faults of writes, reads and flushes, and whether flushes are swallowed.
    let order = [[0; 4], [0; 4], [0; 4], i32::from(swallowed).to_ne_bytes()];
    std::fs::write(&orders, order.concat()).unwrap();
    let (data, stable) = (path("data"), path("stable"));
    for folder in [&data, &stable] {
        std::fs::create_dir(folder).unwrap();
    }
    let analysts = Arc::new(set_up(&data.join("a.sqlite")).await);
    std::fs::copy(data.join("a.sqlite"), stable.join("a.sqlite")).unwrap();
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    let environment = [
        ("LD_PRELOAD", library.as_path()),
        ("ENDURE_FAULTS", &orders),
        ("ENDURE_FOLDER", &data),
        ("ENDURE_STABLE", &stable),
    ];
    let file = data.join("a.sqlite");
    write_and_kill(&file, &environment, &analysts, &acknowledged, name, 40).await;
    let store = Store::open(&url_of(&stable.join("a.sqlite")))
        .await
        .unwrap();
    let lost = lost(&store, &analysts, &acknowledged).await;
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
    lost
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_power_is_cut() {
    for number in 0..2 {
        let lost = lost_in_power_cut(false, &format!("cut-{number}")).await;
        assert_eq!(lost, Vec::<String>::new());
    }
    // If nothing is flushed, everything is lost, or the copies would show nothing.
    let lost = lost_in_power_cut(true, "swallowed").await;
    assert!(lost.len() >= 40, "{lost:?}");
}
