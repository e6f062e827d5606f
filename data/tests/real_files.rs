//! The readers and the store over real files, where a checkout has them beside it: they are other people's and not
//! part of this repository.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]

use data::domain::states::fold;
use data::domain::{ISSUES, PositionClass, Recommendation, ReviewCode, Scheme};
use data::exchange::{Format, Incoming, ReadFile, ReadOptions, Sink, read, read_whole};
use data::store::{Actor, NewRun, Run, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::PathBuf;

/// The bytes of a sample, or none, saying that it is not there.
fn bytes_of(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("UPR_TRACKER_SAMPLES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: no {name} (set UPR_TRACKER_SAMPLES to the folder that has it)");
        return None;
    };
    Some(bytes)
}

/// Reads a sample, if it is there.
fn sample(name: &str) -> Option<ReadFile> {
    let file = read_whole(&bytes_of(name)?, None).unwrap();
    for wrong in &file.rejected {
        println!(
            "{name}: row {} {:?} {:?}",
            wrong.row, wrong.value, wrong.reason
        );
    }
    Some(file)
}

fn one<'a>(file: &'a ReadFile, review: &str, paragraph: &str) -> &'a Incoming {
    let is_it = |one: &&Incoming| {
        one.review.to_string() == review && one.paragraph.as_ref().unwrap().as_str() == paragraph
    };
    file.recommendations.iter().find(is_it).unwrap()
}

fn states(incoming: &Incoming) -> Vec<&str> {
    incoming
        .recommending
        .iter()
        .map(|state| state.as_str())
        .collect()
}

fn check_matrix(file: &ReadFile, review: &str, session: u8, supported: usize, noted: usize) {
    assert_eq!(file.rejected, []);
    assert_eq!(file.recommendations.len(), supported + noted);
    let of = |class| {
        let has = |one: &&Incoming| one.position.as_ref().is_some_and(|p| p.class == class);
        file.recommendations.iter().filter(has).count()
    };
    assert_eq!(of(PositionClass::Supported), supported);
    assert_eq!(of(PositionClass::Noted), noted);
    for one in &file.recommendations {
        assert_eq!(one.review.to_string(), review);
        assert_eq!(one.session, Some(session));
        assert!(one.report_symbol.as_deref().unwrap().starts_with("A/HRC/"));
        assert!(
            one.terms.iter().any(|term| term.scheme == Scheme::Theme),
            "{}",
            one.paragraph.as_ref().unwrap()
        );
        assert!(!one.recommending.is_empty());
    }
}

#[test]
fn the_matrix_of_china() {
    let Some(file) = sample("ohchr-matrix/China_Matrix_recommendations_2013.docx") else {
        return;
    };
    check_matrix(&file, "CHN-2", 17, 204, 48);
    let joint = one(&file, "CHN-2", "186.2");
    assert_eq!(states(joint), ["BRA", "BGR", "EST", "GHA"]);
    assert!(
        joint
            .text
            .as_deref()
            .unwrap()
            .ends_with("Expedite the ratification of the ICCPR (Ghana)")
    );
    let two = one(&file, "CHN-2", "186.23");
    assert_eq!(states(two), ["ARG", "FRA"]);
    assert_eq!(two.report_symbol.as_deref(), Some("A/HRC/25/5"));
    assert_eq!(states(one(&file, "CHN-2", "186.198")), ["BOL"]);
    assert_eq!(states(one(&file, "CHN-2", "186.174")), ["IRN"]);
}

#[test]
fn the_thematic_list_of_slovenia_in_the_third_cycle() {
    let Some(file) = sample("ohchr-matrix/UPR34_Slovenia_Thematic_list.docx") else {
        return;
    };
    check_matrix(&file, "SVN-3", 34, 182, 33);
    let first = one(&file, "SVN-3", "121.1");
    assert_eq!(states(first), ["FRA", "LTU"]);
    assert!(
        first
            .text
            .as_deref()
            .unwrap()
            .ends_with("from Enforced Disappearance")
    );
    assert_eq!(states(one(&file, "SVN-3", "122.11")), ["LTU", "SVK"]);
    assert_eq!(states(one(&file, "SVN-3", "121.3")), ["GBR"]);
}

#[test]
fn the_thematic_list_of_slovenia_in_the_fourth_cycle() {
    let Some(file) = sample("ohchr-matrix/upr48_slovenia_thematic_list.docx") else {
        return;
    };
    check_matrix(&file, "SVN-4", 48, 217, 37);
    assert_eq!(states(one(&file, "SVN-4", "140.7")), ["MDV", "PRT"]);
    assert_eq!(states(one(&file, "SVN-4", "140.167")), ["VEN"]);
    let persons = one(&file, "SVN-4", "140.11");
    let of = |scheme| {
        persons
            .terms
            .iter()
            .filter(|term| term.scheme == scheme)
            .count()
    };
    assert_eq!(
        (
            of(Scheme::Theme),
            of(Scheme::AffectedPersons),
            of(Scheme::Sdg)
        ),
        (2, 3, 1)
    );
}

#[test]
fn the_export_of_the_index() {
    let Some(file) = sample("uhri/uhri_export_sample.xlsx") else {
        return;
    };
    assert_eq!(file.rejected, []);
    assert_eq!((file.recommendations.len(), file.skipped), (1_180, 0));
    let mut reviews = BTreeMap::new();
    for one in &file.recommendations {
        *reviews.entry(one.review.to_string()).or_insert(0) += 1;
    }
    let expected = [
        ("AUT-4", 278),
        ("CAF-1", 99),
        ("EGY-2", 300),
        ("GAB-2", 115),
        ("LSO-2", 169),
        ("NGA-2", 219),
    ];
    assert!(
        reviews
            .iter()
            .map(|(review, count)| (review.as_str(), *count))
            .eq(expected)
    );
    let at = |review, paragraph| states(one(&file, review, paragraph));
    assert_eq!(
        at("AUT-4", "50.1"),
        ["CRI", "ECU", "GAB", "PRT", "URY", "ZMB"]
    );
    assert_eq!(at("AUT-4", "50.8"), ["MHL", "MDA"]);
    assert_eq!(at("CAF-1", "74.4"), ["MEX", "AUT", "DJI", "BEL"]);
    assert_eq!(at("CAF-1", "75.1"), ["BRA", "AZE", "TUR", "MEX"]);
    assert_eq!(at("EGY-2", "166.10"), ["SLE", "TGO", "TUN"]);
    assert_eq!(at("LSO-2", "115.16"), ["DJI", "FRA", "SWE"]);
    let text = one(&file, "EGY-2", "166.10").text.as_deref().unwrap();
    assert!(
        text.ends_with("from Enforced Disappearance (ICPPED)"),
        "{text}"
    );
    let commented = one(&file, "EGY-2", "166.16").position.as_ref().unwrap();
    assert_eq!(
        commented.raw,
        "Supported; Information sent in a post Add.1 letter"
    );
}

/// Reads an export of UPR Info and checks how many of its rows are taken, how many recommendations
/// those are (rows of one review with the same words), how many rows are not, and by position.
fn upr_info(
    name: &str,
    rows: usize,
    recommendations: usize,
    rejected: &[(u32, &str, &str)],
    [supported, noted]: [usize; 2],
) -> Option<ReadFile> {
    let file = sample(name)?;
    let wrong: Vec<_> = file
        .rejected
        .iter()
        .map(|one| {
            (
                one.row,
                one.value.as_deref().unwrap_or(""),
                &*one.reason.key,
            )
        })
        .collect();
    assert_eq!(wrong, rejected, "{name}");
    let of = |class| {
        let has = |one: &&Incoming| one.position.as_ref().is_some_and(|p| p.class == class);
        file.recommendations.iter().filter(has).count()
    };
    let different: BTreeSet<_> = file
        .recommendations
        .iter()
        .map(|one| (one.review, fold(one.text.as_deref().unwrap())))
        .collect();
    assert_eq!(
        (file.recommendations.len(), different.len()),
        (rows, recommendations),
        "{name}"
    );
    assert_eq!(
        (of(PositionClass::Supported), of(PositionClass::Noted)),
        (supported, noted)
    );
    let known: BTreeSet<&str> = ISSUES.into_iter().collect();
    for one in &file.recommendations {
        assert_eq!((&one.paragraph, one.recommending.len()), (&None, 1));
        assert!(one.action_category.is_some() && one.session.is_some());
        assert!(!one.terms.is_empty());
        for term in &one.terms {
            assert!(known.contains(term.name.as_str()), "{}", term.name);
        }
        let odd = |c: char| c.is_control() || "ŽˆŠ‡™¡\u{fffd}".contains(c);
        let text = one.text.as_deref().unwrap();
        assert!(!text.contains(odd), "{text}");
    }
    Some(file)
}

#[test]
fn the_exports_of_upr_info() {
    // Indonesia's first review was noted down before the report named who had spoken.
    let unknown = [2497, 2498, 2499, 2500, 2501, 2505, 2506, 2507, 2508]
        .map(|row| (row, "(Unknown)", "exchange-unknown-state"));
    upr_info("upr-info/1-5.csv", 6_085, 5_617, &unknown, [4_078, 2_007]);
    upr_info("upr-info/6-9.csv", 8_343, 8_176, &[], [6_206, 2_137]);
    let file = upr_info("upr-info/14-17.csv", 9_598, 9_382, &[], [7_105, 2_493]);
    if let Some(file) = file {
        let text = file
            .recommendations
            .iter()
            .filter_map(|one| one.text.as_deref());
        let of_laender = text.filter(|text| text.contains("Länder levels"));
        assert_eq!(of_laender.count(), 1);
    }
    let belarus = "belarus/belarus_cycle1_uprinfo_2015.csv";
    if let Some(file) = upr_info(belarus, 169, 167, &[], [124, 45]) {
        assert!(
            file.recommendations
                .iter()
                .all(|one| one.review.to_string() == "BLR-1")
        );
    }
}

#[test]
fn pledges_and_other_tables_of_upr_info() {
    if let Some(file) = sample("upr-info/voluntary.csv") {
        assert_eq!((file.recommendations.len(), file.rejected.len()), (0, 0));
        assert_eq!((file.format, file.skipped), (Format::UprInfo, 947));
    }
    if let Some(bytes) = bytes_of("upr-info/sessions.csv") {
        let error = read_whole(&bytes, None).unwrap_err();
        assert_eq!(&*error.key, "exchange-table-headings");
    }
}

/// The bundled set has the same report's paragraphs and States.
#[test]
fn the_report_on_belarus_as_text() {
    let Some(file) = sample("belarus/belarus_A-HRC-15-16_2010.txt") else {
        return;
    };
    let bundled = include_str!("../bundled/belarus-1.csv");
    let mut rows = csv::Reader::from_reader(bundled.as_bytes());
    let mut differences = Vec::new();
    let mut expected = 0;
    for row in rows.records().map(Result::unwrap) {
        expected += 1;
        let found = file.recommendations.iter().find(|one| {
            one.paragraph
                .as_ref()
                .is_some_and(|paragraph| paragraph.as_str() == &row[0])
        });
        let Some(one) = found else {
            differences.push(format!("{}: not found", &row[0]));
            continue;
        };
        let mut read = states(one);
        read.sort_unstable();
        let mut known: Vec<&str> = row[1].split(';').collect();
        known.sort_unstable();
        if read != known {
            differences.push(format!("{}: States {read:?} instead of {known:?}", &row[0]));
        }
        let class = one.position.as_ref().map(|position| position.class.code());
        // The report leaves paragraph 98 open; the State answered in its addendum, where the bundled
        // set has it from.
        let answer = match &row[4] {
            "A/HRC/15/16" => &row[2],
            _ => "pending",
        };
        if class != Some(answer) {
            differences.push(format!(
                "{}: position {class:?} instead of {answer}",
                &row[0]
            ));
        }
        assert_eq!(
            (one.review.to_string(), one.session),
            ("BLR-1".to_owned(), Some(8))
        );
    }
    for difference in &differences {
        println!("{difference}");
    }
    assert_eq!(
        (expected, file.recommendations.len(), file.rejected.len()),
        (93, 93, 0)
    );
    assert_eq!(differences, [""; 0]);
}

/// The way of a file into a store.
async fn bring(store: &Store, name: &str) -> Option<Run> {
    let bytes = bytes_of(name)?;
    let source = move |sink: &mut dyn Sink| read(Cursor::new(bytes), &ReadOptions::default(), sink);
    let new = NewRun {
        file_name: name.to_owned(),
        ..NewRun::default()
    };
    let actor = Actor::command_line();
    let run = store.stage_import(&actor, &new, source).await.unwrap();
    let done = store.apply_import(&actor, run.id).await.unwrap();
    println!("{name}: {:?}", done.summary);
    Some(done)
}

async fn of_review(store: &Store, code: &str) -> usize {
    let code = ReviewCode::parse(code).unwrap();
    let record = store.review_record(code).await.unwrap();
    record.recommendations.len()
}

async fn new_store(folder: &tempfile::TempDir) -> Store {
    let address = format!("sqlite://{}/one.sqlite?mode=rwc", folder.path().display());
    Store::open(&address).await.unwrap()
}

const CHINA: &str = "ohchr-matrix/China_Matrix_recommendations_2013.docx";
const UHRI: &str = "uhri/uhri_export_sample.xlsx";

#[tokio::test(flavor = "multi_thread")]
async fn files_through_the_store_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    for (name, reviews) in [
        (CHINA, &[("CHN-2", 252)][..]),
        (
            "ohchr-matrix/UPR34_Slovenia_Thematic_list.docx",
            &[("SVN-3", 215)],
        ),
        (
            "ohchr-matrix/upr48_slovenia_thematic_list.docx",
            &[("SVN-4", 254)],
        ),
        (
            UHRI,
            &[
                ("AUT-4", 278),
                ("CAF-1", 99),
                ("EGY-2", 300),
                ("GAB-2", 115),
                ("LSO-2", 169),
                ("NGA-2", 219),
            ],
        ),
    ] {
        let all: usize = reviews.iter().map(|(_, count)| count).sum();
        let Some(run) = bring(&store, name).await else {
            return;
        };
        let counts = run.summary;
        assert_eq!(
            (counts.created, counts.updated, counts.rejected),
            (all, 0, 0),
            "{name}"
        );
        for (review, count) in reviews {
            assert_eq!(of_review(&store, review).await, *count, "{review}");
        }
        let revision = store.revision().await.unwrap();
        let again = bring(&store, name).await.unwrap().summary;
        assert_eq!(
            (again.unchanged, again.created, again.updated),
            (all, 0, 0),
            "{name}"
        );
        assert_eq!(store.revision().await.unwrap(), revision, "{name}");
    }
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_without_numbers_gets_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    let Some(_) = bring(&store, "upr-info/14-17.csv").await else {
        return;
    };
    let before = of_review(&store, "CHN-2").await;
    let Some(china) = bring(&store, CHINA).await else {
        return;
    };
    let counts = china.summary;
    let after = of_review(&store, "CHN-2").await;
    assert_eq!(counts.rejected, 0);
    // Nothing is merged in silence.
    assert_eq!(before + counts.created - counts.merged, after);
    let uhri = bring(&store, UHRI).await.unwrap();
    assert_eq!(uhri.summary.rejected, 0);
    println!("NGA-2: {}", of_review(&store, "NGA-2").await);
    for review in ["NGA-2", "GAB-2"] {
        let record = store
            .review_record(ReviewCode::parse(review).unwrap())
            .await
            .unwrap();
        let named = |one: &&Recommendation| !one.paragraph.is_number();
        println!(
            "{review}: {} without a number",
            record.recommendations.iter().filter(named).count()
        );
    }
    // Whose paragraph is whose is known by the report: nobody made one twice.
    let record = store
        .review_record(ReviewCode::parse("NGA-2").unwrap())
        .await
        .unwrap();
    let of = |paragraph: &str| {
        let mut all = record.recommendations.iter();
        let one = all.find(|one| one.paragraph.as_str() == paragraph);
        one.map(|one| {
            one.recommending
                .iter()
                .map(|state| state.as_str())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(of("137.10"), Some(vec!["TGO"]));
    assert_eq!(of("137.11"), Some(vec!["PRY"]));
    let revision = store.revision().await.unwrap();
    let again = bring(&store, CHINA).await.unwrap().summary;
    assert_eq!((again.created, again.updated), (0, 0));
    assert_eq!(store.revision().await.unwrap(), revision);
    store.close().await.unwrap();
}
