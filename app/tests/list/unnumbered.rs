//! Recommendations that their source does not number: shown by their place in it, and the same after a file went out
//! and came back.

use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Paragraph, Role};
use data::exchange::{ReadFile, read_whole};

const LIST: &str = "/reviews/TON-2/recommendations";

const UPR_INFO: &str = "To,Text,From,Response,Action,Issue,Session\n\
    Tonga,Zealously ratify every treaty,Togo,Noted,2,Labour,15\n\
    Tonga,Abolish the death penalty,Fiji,Supported,2,Labour,15\n\
    Tonga,Build more schools for girls,Togo,Noted,2,Labour,15\n";

const NUMBERED: &str =
    "review,paragraph,recommending_states,text\nTON-2,79.4,Togo,Plant a great many trees\n";

fn names(file: &ReadFile) -> Vec<String> {
    let all = file.recommendations.iter();
    all.map(|one| one.paragraph.as_ref().unwrap().to_string())
        .collect()
}

/// What of a page people read: the texts between its tags, and those attributes that are read out or shown.
fn shown(page: &str) -> String {
    let mut shown = String::new();
    for part in page.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        for attribute in ["aria-label=\"", "title=\"", "alt=\""] {
            if let Some((_, value)) = tag.split_once(attribute) {
                shown.push_str(value.split('"').next().unwrap());
                shown.push('\n');
            }
        }
        shown.push_str(text);
        shown.push('\n');
    }
    shown
}

#[tokio::test]
async fn pages_show_places_in_the_source_and_files_bring_the_names_back() {
    let here = Installation::new().await;
    here.import(UPR_INFO).await;
    here.import(NUMBERED).await;

    let csv = here.get(&format!("{LIST}.csv"), None).await.bytes;
    let keys = names(&read_whole(&csv, None).unwrap());
    let first = |key: &String| key.split('-').next().unwrap().to_owned();
    let begin: Vec<String> = keys.iter().map(first).collect();
    assert_eq!(begin, ["79.4", "zealously", "abolish", "build"]);
    let is_key = |key: &&String| Paragraph::parse(key).is_ok_and(|one| !one.is_number());
    let is_clean = |path: &str, page: &str| {
        let shown = shown(page);
        for key in keys.iter().filter(is_key) {
            assert!(
                !shown.contains(key.as_str()),
                "{path} shows {key}:\n{shown}"
            );
        }
        shown
    };

    // In the order of the source, numbered ones first, in lists of one review and of all.
    let short = ["1", "2", "3"].map(|at| format!("No. {at} of 3"));
    let places = short
        .each_ref()
        .map(|place| format!("{place} (UPR Info; not numbered)"));
    for path in [LIST, "/recommendations?state=TON"] {
        let shown = is_clean(path, &here.page(path).await);
        assert!(shown.contains("UPR Info does not number recommendations"));
        let at = short
            .iter()
            .map(|place| shown.find(place.as_str()).unwrap());
        assert!(at.collect::<Vec<_>>().is_sorted(), "{path}: {shown}");
        let text = shown.find("Zealously ratify").unwrap();
        assert!(shown.find("Plant a great many trees").unwrap() < text);
    }
    let one = format!("{LIST}/{}", keys[2]);
    let page = here.page(&one).await;
    assert!(is_clean(&one, &page).contains(&places[1]), "{page}");

    // People who work here see the same: the history, the form that corrects, the preview of an import.
    let session = here.sign_in("rae", Role::Reviewer).await;
    for (path, expected) in [
        ("/reviews/TON-2/history".to_owned(), Some(&places[0])),
        (format!("{one}/correct"), Some(&places[1])),
        (format!("{one}/correct?view=remove"), Some(&places[1])),
        (format!("{one}/correct?view=split"), Some(&places[1])),
        (
            format!("{one}/correct?view=merge&with={}", keys[3]),
            Some(&places[1]),
        ),
    ] {
        let page = here.get(&path, Some(&session)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let shown = is_clean(&path, &page.body);
        assert!(
            expected.is_none_or(|place| shown.contains(place.as_str())),
            "{path}: {shown}"
        );
    }
    let admin = here.sign_in("ada", Role::Administrator).await;
    let changed = UPR_INFO.replace("Noted", "Supported").replace(
        "Abolish the death penalty",
        "Abolish the death penalty soon, and for good",
    );
    let run = here.stage(changed).await;
    let pages = [
        "?show=changed",
        "?show=new",
        "?show=uncertain",
        "?show=unchanged",
        "/rows/1",
        "/rows/2",
        "/rows/3",
    ];
    for page in pages {
        let path = format!("/import/{}{page}", run.id);
        let page = here.get(&path, Some(&admin)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        is_clean(&path, &page.body);
    }

    // Out and back in, nothing changes; files of earlier versions have the name under Paragraph.
    for ending in ["csv", "xlsx", "json"] {
        let file = here.get(&format!("{LIST}.{ending}"), None).await.bytes;
        assert_eq!(names(&read_whole(&file, None).unwrap()), keys, "{ending}");
        let again = here.import(file).await.summary;
        assert_eq!((again.unchanged, again.updated), (4, 0), "{ending}");
    }
    let earlier = keys.iter().map(|key| format!("TON-2,{key},,\n"));
    let mut table = "review,paragraph,recommending_states,text\n".to_owned();
    let texts = read_whole(&csv, None).unwrap();
    for (row, one) in earlier.zip(&texts.recommendations) {
        let states: Vec<&str> = one.recommending.iter().map(|one| one.as_str()).collect();
        let text = one.text.as_deref().unwrap();
        table.push_str(&row.replace(",,\n", &format!(",{},{text}\n", states.join("; "))));
    }
    let again = here.import(table).await.summary;
    assert_eq!((again.unchanged, again.updated), (4, 0));
}
