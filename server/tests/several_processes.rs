//! Several processes on one PostgreSQL: what was answered is kept, whichever process dies, and those
//! that live see what the others write. Skipped where `TEST_POSTGRES_URL` names no server.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use data::domain::{ReviewCode, ReviewRecord, Role};
use data::store::{Actor, NewPassword, Store};
use sea_orm::{ConnectionTrait as _, Database};

const WRITERS: usize = 6;
const PROCESSES: usize = 3;
/// So many saves are answered before one process is killed.
const BEFORE_THE_END: usize = 60;
const ROUND: &str = "follow-up";

struct Process {
    child: Mutex<Child>,
    host: String,
}

impl Process {
    fn start(database: &str) -> Self {
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
        Self {
            host: line.trim().rsplit('/').next().unwrap().to_owned(),
            child: Mutex::new(child),
        }
    }

    /// As a power cut would.
    fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Status and body; nothing where the process did not answer to the end.
    fn ask(&self, method: &str, path: &str, session: &str, body: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(&self.host).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: session={session}\r\n\
             accept: application/json\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        )
        .ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        Some((status, body.to_owned()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Saves one recommendation after the other, with whichever process answers; what was answered with
/// yes.
fn write_all(
    processes: &[Process],
    writer: usize,
    session: &str,
    paragraphs: &[String],
    answered: &AtomicUsize,
) -> HashMap<String, String> {
    let mut saved = HashMap::new();
    let mut process = writer % PROCESSES;
    for paragraph in paragraphs {
        let rationale = format!("writer {writer} on {paragraph}");
        let body = format!(
            "review=XXA-3&round={ROUND}&paragraph={paragraph}&version=0&status=implemented&\
             rationale={}",
            rationale.replace(' ', "+")
        );
        let mut asked_before = false;
        for _ in 0..2 * PROCESSES {
            match processes[process].ask("POST", "/api/save-assessment", session, &body) {
                // On to the next page: it is saved.
                Some((200 | 303, _)) => {
                    saved.insert(paragraph.clone(), rationale.clone());
                    answered.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                // The process that died may have saved it without having said so: nobody else writes here.
                Some((409, _)) if asked_before => {
                    saved.insert(paragraph.clone(), rationale.clone());
                    break;
                }
                Some((status, body)) => panic!("{status}: {body}"),
                None => {
                    asked_before = true;
                    process = (process + 1) % PROCESSES;
                }
            }
        }
        assert!(saved.contains_key(paragraph), "{paragraph} was never saved");
    }
    saved
}

/// Who listens at one process hears what is saved at another.
fn live_updates_come_from_other_processes(
    processes: &[Process],
    sessions: &[String],
    record: &ReviewRecord,
) {
    let mut stream = TcpStream::connect(&processes[2].host).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(
        stream,
        "GET /assess/XXA-3/{ROUND}/live HTTP/1.1\r\nhost: {}\r\ncookie: session={}\r\n\r\n",
        processes[2].host, sessions[0]
    )
    .unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().contains(" 200 "));
    let one = &record.recommendations[0];
    let version = record.round(ROUND).unwrap().assessments[&one.id].version;
    let paragraph = one.paragraph.as_str();
    let body = format!(
        "review=XXA-3&round={ROUND}&paragraph={paragraph}&version={version}&status=in_process&\
         rationale=again"
    );
    let (status, said) = processes[0]
        .ask("POST", "/api/save-assessment", &sessions[1], &body)
        .unwrap();
    assert!([200, 303].contains(&status), "{said}");
    let told = lines.find(|line| line.starts_with("data: {\"saved\":"));
    let told = told.unwrap();
    assert!(
        told.contains(&format!("\"paragraph\":\"{paragraph}\"")) && told.contains("writer-1"),
        "{told}"
    );
}

/// A role that was taken away, and a round that was published, by whichever process.
async fn what_others_decide_holds_everywhere(
    processes: &[Process],
    sessions: &[String],
    store: &Store,
) {
    let actor = Actor::command_line();
    let round = format!("/reviews/XXA-3/rounds/{ROUND}");
    let living = [&processes[0], &processes[2]];
    let queue = format!("/assess/XXA-3/{ROUND}");
    for process in living {
        let (status, _) = process.ask("GET", &queue, &sessions[2], "").unwrap();
        assert_eq!(status, 200);
        let (status, _) = process.ask("GET", &round, "", "").unwrap();
        assert_eq!(status, 404);
    }
    store
        .set_role(&actor, "writer-2", Role::Reader)
        .await
        .unwrap();
    store
        .set_role(&actor, "writer-3", Role::Reviewer)
        .await
        .unwrap();
    for process in living {
        let (status, _) = process.ask("GET", &queue, &sessions[2], "").unwrap();
        assert_eq!(status, 403);
    }
    let body = format!("review=XXA-3&round={ROUND}&confirmed=yes&few=yes");
    let (status, said) = processes[0]
        .ask("POST", "/api/publish-round", &sessions[3], &body)
        .unwrap();
    assert!([200, 303].contains(&status), "{said}");
    // Readers' pages follow as the announcement comes, or within two seconds.
    let begun = Instant::now();
    for process in living {
        while process.ask("GET", &round, "", "").unwrap().0 != 200 {
            assert!(begun.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let save = format!(
            "review=XXA-3&round={ROUND}&paragraph=138.1&version=1&status=implemented&rationale=late"
        );
        let (status, _) = process
            .ask("POST", "/api/save-assessment", &sessions[0], &save)
            .unwrap();
        assert!(status >= 400, "{status}: a published round takes nothing");
    }
}

async fn execute(url: &str, sql: &str) {
    let connection = Database::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_answered_is_lost_when_a_process_dies() {
    let Ok(admin) = std::env::var("TEST_POSTGRES_URL") else {
        println!("PostgreSQL skipped: TEST_POSTGRES_URL is not set");
        return;
    };
    let name = format!("upr_several_{}", std::process::id());
    execute(&admin, &format!("CREATE DATABASE {name}")).await;
    let url = format!("{}/{name}", admin.rsplit_once('/').unwrap().0);
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
    let mut sessions = Vec::new();
    for writer in 0..WRITERS {
        let pseudonym = format!("writer-{writer}");
        let password = store
            .add_account(&actor, &pseudonym, Role::Analyst, NewPassword::Generated)
            .await
            .unwrap();
        let signed_in = store.sign_in(&pseudonym, &password).await.unwrap();
        sessions.push(signed_in.unwrap().token);
    }

    let processes: Arc<Vec<Process>> =
        Arc::new((0..PROCESSES).map(|_| Process::start(&url)).collect());
    let answered = Arc::new(AtomicUsize::new(0));
    let share = paragraphs.len().div_ceil(WRITERS);
    let writers: Vec<_> = paragraphs
        .chunks(share)
        .map(<[String]>::to_vec)
        .zip(sessions.clone())
        .enumerate()
        .map(|(writer, (mine, session))| {
            let (processes, answered) = (Arc::clone(&processes), Arc::clone(&answered));
            std::thread::spawn(move || write_all(&processes, writer, &session, &mine, &answered))
        })
        .collect();
    while answered.load(Ordering::SeqCst) < BEFORE_THE_END
        && writers.iter().any(|writer| !writer.is_finished())
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    processes[1].kill();
    let saved: HashMap<String, String> = writers
        .into_iter()
        .flat_map(|writer| writer.join().unwrap())
        .collect();
    assert_eq!(saved.len(), paragraphs.len());

    // What was answered is there, the history of it is whole ...
    let record = store.review_record(code).await.unwrap();
    let round = record.round(ROUND).unwrap();
    for one in &record.recommendations {
        let assessment = &round.assessments[&one.id];
        assert_eq!(assessment.rationale, saved[one.paragraph.as_str()]);
    }
    assert_eq!(store.check().await.unwrap(), []);
    // ... and both that live show it, though most was written by others.
    for process in [&processes[0], &processes[2]] {
        let list = format!("/reviews/XXA-3/recommendations?round={ROUND}&status=implemented");
        let (status, body) = process.ask("GET", &list, &sessions[0], "").unwrap();
        assert_eq!(status, 200);
        assert!(body.contains(&format!("of {}, sorted by", paragraphs.len())));
    }
    live_updates_come_from_other_processes(&processes, &sessions, &record);
    what_others_decide_holds_everywhere(&processes, &sessions, &store).await;
    assert_eq!(store.check().await.unwrap(), []);
    drop(processes);
    store.close().await.unwrap();
    execute(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}
