//! An imported matrix as it was brought, row by row.

use crate::t;
use crate::text::names;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::store::ImportedRow;
use leptos::prelude::*;

/// Rows that the page shows; a file of more says so.
pub(crate) const SHOWN: u64 = 500;

/// The first rows of a matrix of so many rows, with its themes between them; nothing for other files.
pub(crate) fn document(rows: &[ImportedRow], all: u64) -> Option<Fragment> {
    if rows.is_empty() {
        return None;
    }
    let widest = rows.iter().map(|row| row.row.cells.len()).max();
    let widest = widest.unwrap_or(1).to_string();
    let lines: Vec<_> = rows.iter().map(|row| line(row, &widest)).collect();
    Some(html! {
        <details class="document">
            <summary>{t!("import-document", count = all)}</summary>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("import-document-rows")>
                <table>
                    <caption>
                        {t!("import-document-shown", count = rows.len(), all = all)}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("import-row")}</th>
                            <th scope="col">{t!("import-document-kind")}</th>
                            <th scope="col">{t!("import-document-became")}</th>
                            <th scope="colgroup" colspan=widest>
                                {t!("import-document-cells")}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    })
}

fn line(row: &ImportedRow, widest: &str) -> Fragment {
    let recommendation = row.recommendation.as_ref();
    let link = recommendation.map(|(review, number)| {
        view! {
            <a href=paths::recommendation(*review, number)>{names::number(number.as_str())}</a>
        }
    });
    // A heading stands over all columns, as in the file.
    let over_all = (row.row.cells.len() == 1).then(|| widest.to_owned());
    let cells: Vec<_> = row
        .row
        .cells
        .iter()
        .map(|cell| {
            view! {
                <td dir="auto" colspan=over_all.clone()>
                    {cell.clone()}
                </td>
            }
        })
        .collect();
    html! {
        <tr>
            <th scope="row" class="number">
                {row.row.row}
            </th>
            <td>{t!(&format!("import-document-{}", row.row.kind.code()))}</td>
            <td>{link}</td>
            {cells}
        </tr>
    }
}
