//! In which classes positions are counted, and a link to each other way.

use crate::t;
use crate::urls::display_options::Look;
use crate::web::html::{Fragment, html};
use data::domain::AnswerClasses;
use leptos::prelude::*;

/// The ways of counting positions. `href` is the same page looked at in another way.
pub(crate) fn class_switch(look: Look, href: impl Fn(Look) -> String) -> Fragment {
    let links = AnswerClasses::ALL
        .map(|classes| {
            let there = Look { classes, ..look };
            let current = (classes == look.classes).then_some("true");
            view! {
                " "
                <a href=href(there) aria-current=current rel="nofollow">
                    {t!(&format!("classes-{}", classes.code()))}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("classes-label")>
            <span class="tabs-label">{t!("classes-label")}</span>
            {links}
        </nav>
    }
}
