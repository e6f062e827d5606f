//! What of a file was read and what was not.

use crate::t;
use crate::text::file_account;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::exchange::Format;
use data::store::{Run, RunState};
use leptos::prelude::*;
use std::path::Path;

/// The account of a run, with the name of its file if that is kept; nothing for runs of earlier versions, which have
/// none.
pub(crate) fn account(run: &Run, upload: Option<&str>) -> Option<Fragment> {
    let account = run.account.as_ref()?;
    let sentences = file_account::sentences(account);
    let lines: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <li><span dir="auto">{sentence}</span></li> })
        .collect();
    (!lines.is_empty()).then(|| {
        html! {
            <h2>{t!("intake-title")}</h2>
            <ul class="intake">{lines}</ul>
            {is_open_to_mapping(run)
                .then(|| match upload {
                    Some(upload) => mapping_link(upload, run),
                    None => mapping_form(run),
                })}
        }
    })
}

/// Whether a person can still say what the columns of the file hold: it is a table that a spreadsheet opens.
pub(crate) fn is_open_to_mapping(run: &Run) -> bool {
    let columns = run.account.as_ref().map_or(0, |account| account.columns);
    let is_table = match run.format {
        Some(Format::UhriJson | Format::OwnJson | Format::ReportText) | None => false,
        // These may be tables of a document, too.
        Some(Format::OhchrMatrix | Format::StateReply) => {
            let extension = Path::new(&run.file.file_name).extension();
            let is_document = extension.is_some_and(|one| one.eq_ignore_ascii_case("docx"));
            columns > 0 && !is_document
        }
        Some(_) => true,
    };
    run.state == RunState::Read && is_table
}

/// A link to where a person says what the columns of the kept file hold.
fn mapping_link(upload: &str, run: &Run) -> Fragment {
    let has_sheets = ["xlsx", "ods"].iter().any(|ending| {
        let extension = Path::new(&run.file.file_name).extension();
        extension.is_some_and(|one| one.eq_ignore_ascii_case(ending))
    });
    html! {
        <p>
            <a href=paths::import_mapping(upload)>{t!("intake-map")}</a>
            " "
            {t!("intake-map-kept")}
            {has_sheets.then(|| format!(" {}", t!("intake-map-sheets")))}
        </p>
    }
}

/// A form that brings the file again, to say what its columns hold, where it is not kept: it is another person's, or
/// there was no room for it.
fn mapping_form(run: &Run) -> Fragment {
    let review = run.file.review.map(|review| review.to_string());
    let round = run.file.round.as_ref().zip(review.as_ref());
    let round = round.map(|(round, review)| format!("{review}/{round}"));
    let hidden = [("review", review), ("round", round)]
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value? /> }))
        .collect_view();
    html! {
        <details>
            <summary>{t!("intake-map")}</summary>
            <form
                class="narrow"
                method="post"
                action=paths::localize("/api/upload-file")
                enctype="multipart/form-data"
            >
                {hidden}
                <input type="hidden" name="columns" value="ask" />
                <label for="mapped-file">{t!("intake-map-file")}</label>
                <p class="hint" id="mapped-file-hint">
                    {t!("intake-map-how")}
                </p>
                <input
                    type="file"
                    id="mapped-file"
                    name="file"
                    aria-describedby="mapped-file-hint"
                    required
                />
                <button type="submit" class="secondary">
                    {t!("intake-map")}
                </button>
            </form>
        </details>
    }
}
