//! What staged files may take, and that it is given back.

use crate::support::{TestDatabase, actor, all_rows, incoming, on_each_database, refusal};
use data::domain::{Message, Role};
use data::exchange::{Format, ReadFailure, Rejected, Sink};
use data::store::{Actor, NewPassword, NewRun, Outcome, Quotas, RunState, Store};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

/// A run of a file of so many bytes.
fn of_size(size: u64) -> NewRun {
    NewRun {
        file_name: "file.xlsx".to_owned(),
        sha256: "0".to_owned(),
        size,
        ..NewRun::default()
    }
}

/// What the tables of imports hold, in bytes of text.
async fn staged(database: &TestDatabase) -> i64 {
    let sums = database
        .texts(
            "SELECT CAST(COALESCE(sum(length(content) + COALESCE(length(cells), 0)), 0) AS TEXT) FROM import_row \
             UNION ALL SELECT CAST(COALESCE(sum(length(content)), 0) AS TEXT) FROM import_text",
        )
        .await;
    sums.iter().map(|sum| sum.parse::<i64>().unwrap()).sum()
}

/// A workbook of our own table whose rows repeat a long text and say one of their own.
fn repeating_workbook(rows: u32, length: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = [
        "review",
        "paragraph",
        "text",
        "recommending_states",
        "remark",
    ];
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let long = "the same ".repeat(length / 9);
    for row in 1..=rows {
        let states = ["SVN-3", "FJI-3", "TGO-3", "NOR-3"];
        let review = states[row as usize % states.len()];
        let cells = [review, &format!("120.{row}"), &long, "Brazil", &long];
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_that_repeats_long_texts_takes_little_and_gives_it_back() {
    on_each_database(async |database| {
        let store = &database.store;
        let file = repeating_workbook(60, 20_000);
        let size = file.len() as u64;
        let new = of_size(size);
        let id = store.begin_import(&actor(), &new).await.unwrap();
        let options = store.import_options(id).await.unwrap();
        let read =
            move |sink: &mut dyn Sink| data::exchange::read(Cursor::new(file), &options, sink);
        let run = store.read_import(&actor(), id, read).await.unwrap();
        // 2.4 MB as rows.
        let kept = staged(&database).await;
        assert!(kept < 100_000, "{kept}");
        let rows = all_rows(store, run.id).await;
        assert_eq!(rows.len(), 60);
        let long = "the same ".repeat(20_000 / 9);
        for row in &rows {
            let cells = row.cells();
            assert_eq!(cells[2].1, long);
            assert_eq!(cells[4].1, long);
        }
        let applied = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(applied.summary.created, 60);
        assert_eq!(staged(&database).await, 0);
        assert_eq!(store.check().await.unwrap(), []);
        // A day later nothing at all is left of it but its record.
        database.tamper("UPDATE import_run SET at = 1").await;
        store.free_staging().await.unwrap();
        let outcomes = "SELECT CAST(count(*) AS TEXT) FROM import_outcome";
        assert_eq!(database.texts(outcomes).await, ["0"]);
    })
    .await;
}

/// Hands on so many rows with a long text each, no two of which are the same.
fn distinct(rows: u32) -> impl FnOnce(&mut dyn Sink) -> Result<Format, ReadFailure> {
    move |sink| {
        for number in 1..=rows {
            let text = format!("{number} {}", "long ".repeat(20_000));
            sink.rejected(Rejected {
                row: number,
                review: None,
                column: None,
                value: None,
                reason: Message::new("exchange-no-text"),
                cells: vec![("Text".to_owned(), text)],
            })?;
        }
        Ok(Format::OwnXlsx)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_stages_many_times_its_size_is_refused_and_leaves_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        // 30 MB of text in a file of 1 MB; of 8 MB it would be taken.
        let refused = store
            .stage_import(&actor(), &of_size(1 << 20), distinct(300))
            .await;
        assert_eq!(refusal(refused), "import-stages-too-much");
        assert_eq!(staged(&database).await, 0);
        let run = &store.import_runs(0, 1).await.unwrap()[0];
        assert_eq!(run.state, RunState::Failed);
        assert_eq!(run.failure.as_ref().unwrap().key, "import-stages-too-much");
        let run = store
            .stage_import(&actor(), &of_size(8 << 20), distinct(300))
            .await
            .unwrap();
        assert!(staged(&database).await > 25 << 20);
        store.cancel_import(&actor(), run.id).await.unwrap();
        assert_eq!(staged(&database).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_file_makes_the_database_as_small_as_before() {
    let fresh = crate::support::Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    let free = async |store: &Store| {
        // What the log holds belongs to the file.
        let (before, after) = store.compact().await.unwrap().unwrap();
        (before, after)
    };
    let (_, empty) = free(&store).await;
    let run = store
        .stage_import(&actor(), &of_size(0), distinct(100))
        .await
        .unwrap();
    store.cancel_import(&actor(), run.id).await.unwrap();
    // Without compacting: cancelling itself has given back all but a little.
    let (before, _) = free(&store).await;
    assert!(before < empty + (2 << 20), "{before} after {empty}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_bounded_for_each_person_and_for_all() {
    on_each_database(async |database| {
        let store = &database.store;
        store.set_quotas(Quotas {
            per_person: 3 << 20,
            in_all: 3_900_000,
        });
        let mut accounts = Vec::new();
        for name in ["Ana", "Rae"] {
            let password = NewPassword::Given("correct horse battery".to_owned());
            store
                .add_account(&actor(), name, Role::Reviewer, password)
                .await
                .unwrap();
            let all = store.accounts().await.unwrap();
            accounts.push(all.into_iter().find(|one| one.pseudonym == name).unwrap());
        }
        let (ana, rae) = (&accounts[0], &accounts[1]);
        let of = |name: &str| Actor(name.to_owned());
        let run = store
            .stage_import(&of("Ana"), &of_size(0), distinct(20))
            .await
            .unwrap();
        let waiting = store.waiting(ana).await.unwrap();
        assert!(
            (2_000_000..2_200_000).contains(&waiting.of_person),
            "{waiting:?}"
        );
        assert_eq!(store.waiting(rae).await.unwrap().of_person, 0);
        let second = store
            .stage_import(&of("Ana"), &of_size(0), distinct(20))
            .await;
        assert_eq!(refusal(second), "import-quota-of-person");
        let third = store
            .stage_import(&of("Rae"), &of_size(0), distinct(25))
            .await;
        assert_eq!(refusal(third), "import-quota-in-all");
        // What was refused does not count.
        assert_eq!(store.waiting(rae).await.unwrap().in_all, waiting.in_all);
        // Files that arrive count as well, until they are dropped.
        let refused = store.begin_arrival(ana, 2 << 20).await;
        assert_eq!(refusal(refused.map(|_| ())), "import-quota-of-person");
        let mut arrival = store.begin_arrival(rae, 1 << 20).await.unwrap();
        arrival.add(1 << 20).unwrap();
        assert_eq!(store.waiting(rae).await.unwrap().of_person, 1 << 20);
        let over = arrival.add(1 << 20).unwrap_err();
        assert_eq!(over.message().key, "import-quota-in-all");
        drop(arrival);
        assert_eq!(store.waiting(rae).await.unwrap().of_person, 0);
        // A file whose columns have to be explained.
        store
            .keep_upload(rae.id, &of_size(0), vec![0; 1 << 20])
            .await
            .unwrap();
        assert_eq!(store.waiting(rae).await.unwrap().of_person, 1 << 20);
        store.cancel_import(&of("Ana"), run.id).await.unwrap();
        assert_eq!(store.waiting(ana).await.unwrap().of_person, 0);
        // The operator sees the disk.
        let run = store
            .stage_import(&Actor::command_line(), &of_size(0), distinct(60))
            .await
            .unwrap();
        assert_eq!(run.state, RunState::Read);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_or_a_forgetful_person_left_is_freed() {
    on_each_database(async |database| {
        let store = &database.store;
        let cut_off = store
            .stage_import(&actor(), &of_size(0), distinct(2))
            .await
            .unwrap();
        let forgotten = store
            .stage_import(&actor(), &of_size(0), distinct(2))
            .await
            .unwrap();
        let recent = store
            .stage_import(&actor(), &of_size(0), distinct(2))
            .await
            .unwrap();
        database
            .tamper(&format!(
                "UPDATE import_run SET state = 'reading', beat_at = 1 WHERE id = {}",
                cut_off.id
            ))
            .await;
        database
            .tamper(&format!(
                "UPDATE import_run SET at = 1 WHERE id = {}",
                forgotten.id
            ))
            .await;
        store.free_staging().await.unwrap();
        let state = async |id| store.import_run(id).await.unwrap().state;
        assert_eq!(state(cut_off.id).await, RunState::Failed);
        assert_eq!(state(forgotten.id).await, RunState::Cancelled);
        assert_eq!(state(recent.id).await, RunState::Read);
        for (id, rows) in [(cut_off.id, 0), (forgotten.id, 0), (recent.id, 2)] {
            assert_eq!(all_rows(store, id).await.len(), rows);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_rows_stay_when_the_rest_is_applied() {
    on_each_database(async |database| {
        let store = &database.store;
        let long = "as it stood ".repeat(100);
        let source = move |sink: &mut dyn Sink| {
            sink.recommendation(incoming(1))?;
            for number in 2..=4 {
                sink.rejected(Rejected {
                    row: number,
                    review: None,
                    column: None,
                    value: None,
                    reason: Message::new("exchange-no-text"),
                    cells: vec![("Text".to_owned(), long.clone())],
                })?;
            }
            Ok(Format::OwnCsv)
        };
        let run = store
            .stage_import(&actor(), &of_size(0), source)
            .await
            .unwrap();
        store.apply_import(&actor(), run.id).await.unwrap();
        let rows = all_rows(store, run.id).await;
        let outcomes: Vec<_> = rows.iter().map(|row| (row.place, row.outcome)).collect();
        assert_eq!(outcomes, [2, 3, 4].map(|place| (place, Outcome::Rejected)));
        for row in rows {
            assert_eq!(row.outcome, Outcome::Rejected);
            assert_eq!(row.cells()[0].1, "as it stood ".repeat(100));
        }
    })
    .await;
}
