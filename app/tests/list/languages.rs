//! The text in a second language: on the page beneath the first, in the preview and in JSON.

use crate::support::Installation;
use data::domain::Role;
use data::exchange::read_whole;

const LIST: &str = "/reviews/TON-2/recommendations";
const ENGLISH: &str = "review,paragraph,recommending_states,text,text_language\n\
    TON-2,1.1,Togo,Ratify the treaty,en\nTON-2,1.2,Togo,Fund shelters,en\n";
const RUSSIAN: &str = "review,paragraph,recommending_states,text,text_language\n\
    TON-2,1.1,Togo,Ратифицировать договор,ru\nTON-2,1.2,Togo,Содержать приюты,ru\n";

#[tokio::test]
async fn a_text_in_a_second_language_is_previewed_shown_found_and_written() {
    let here = Installation::new().await;
    here.import(ENGLISH).await;
    let staged = here.stage(RUSSIAN).await;
    let session = here.sign_in("rae", Role::Reviewer).await;
    let preview = here
        .get(&format!("/import/{}", staged.id), Some(&session))
        .await;
    for said in [
        "2 texts in Russian added beside the texts that are stored.",
        "Text in Russian",
        "Ратифицировать договор",
    ] {
        assert!(preview.body.contains(said), "{said}: {}", preview.body);
    }
    here.import(RUSSIAN).await;

    let page = here.page(&format!("{LIST}/1.1")).await;
    let (first, further) = page.split_once("Text in Russian").unwrap();
    assert!(first.contains("lang=\"en\"") && first.contains("Ratify the treaty"));
    let quote = further.split("</blockquote>").next().unwrap();
    assert!(quote.contains("lang=\"ru\" dir=\"auto\""), "{quote}");
    assert!(quote.contains("Ратифицировать договор"), "{quote}");
    let other = here.page(&format!("{LIST}?q=приюты")).await;
    assert!(other.contains("Fund shelters") && !other.contains("Ratify"));

    for path in [LIST, "/recommendations"] {
        let file = here.get(&format!("{path}.json?q=приюты"), None).await;
        let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
        let row = &json["recommendations"][0];
        assert_eq!(row["text"], "Fund shelters", "{path}");
        assert_eq!(row["texts"][0]["language"], "ru", "{path}");
        assert_eq!(row["texts"][0]["text"], "Содержать приюты", "{path}");
    }
    // Our own JSON brings the texts back, and says when they cannot be read.
    let file = here.get(&format!("{LIST}.json"), None).await.bytes;
    let other = Installation::new().await;
    other.import(file.clone()).await;
    let page = other.page(&format!("{LIST}/1.1")).await;
    assert!(page.contains("Ратифицировать договор"));
    let again = other.import(file.clone()).await;
    assert_eq!((again.summary.unchanged, again.summary.updated), (2, 0));
    let text = String::from_utf8(file).unwrap();
    let wrong = text.replace("\"language\":\"ru\"", "\"language\":\"Russian language\"");
    let wrong = read_whole(wrong.as_bytes(), None).unwrap();
    assert_eq!(wrong.rejected.len(), 2);
    assert_eq!(wrong.rejected[0].column.as_deref(), Some("texts"));
}
