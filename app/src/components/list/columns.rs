//! The columns of a list, to choose. The form is one of its own, so that a filter's address does not name the usual ones.

use super::List;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Column, Filter, query_pairs};
use leptos::prelude::*;

/// A checkbox for each column but the paragraph, which every list has.
pub(crate) fn columns(list: &List<'_>) -> Fragment {
    let shown = list.columns();
    let choices = Column::choosable()
        .filter(|column| *column != Column::Paragraph)
        .map(|column| {
            view! {
                <li>
                    <label>
                        <input
                            type="checkbox"
                            name=Filter::COLUMNS
                            value=column.id()
                            checked=shown.contains(&column)
                        />
                        " "
                        {translations::column(column)}
                    </label>
                </li>
            }
        })
        .collect_view();
    let usual = list.filter.with_usual_columns().with_page(1);
    let others = query_pairs(&usual.to_query())
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let reset = list.filter.columns.is_some().then(|| {
        let href = list.href(&list.filter.with_usual_columns());
        view! { <a class="clear" href=href rel="nofollow">{t!("list-columns-usual")}</a> }
    });
    let action = paths::recommendations(list.review(), &Filter::default());
    html! {
        <details class="choose-columns">
            <summary>{t!("list-columns")}</summary>
            <form method="get" action=action>
                {others}
                <fieldset>
                    <legend>{t!("list-columns-how")}</legend>
                    <ul class="values">{choices}</ul>
                </fieldset>
                <div class="buttons">
                    <button type="submit" class="secondary">{t!("list-columns-show")}</button>
                    {reset}
                </div>
            </form>
        </details>
    }
}
