//! The way through the pages of a list.

use super::List;
use crate::t;
use crate::web::html::{Fragment, html};
use data::domain::Filter;
use leptos::prelude::*;

/// Pages before and after the present one that have a link of their own.
const AROUND: usize = 2;

/// Previous, numbered pages, next; and how many rows a page has.
pub(crate) fn pager(list: &List<'_>) -> Fragment {
    let filter = list.filter;
    let count = list.set.len();
    let pages = count.div_ceil(filter.per_page.max(1)).max(1);
    let page = filter.page;
    let through = page_links(page, pages, |to| list.href(&filter.with_page(to)));
    let sizes = (count > Filter::PER_PAGE[0]).then(|| sizes(list));
    html! { {through} {sizes} }
}

/// Previous, numbered pages, next; nothing if there is one page.
pub(crate) fn page_links(
    page: usize,
    pages: usize,
    href: impl Fn(usize) -> String,
) -> Option<Fragment> {
    let link = |to: usize, text: String, rel: Option<&'static str>| {
        html! {
            <li>
                <a href=href(to) rel=rel>
                    {text}
                </a>
            </li>
        }
    };
    let mut links = Vec::new();
    if page > 1 {
        links.push(link(page - 1, t!("list-previous"), Some("prev")));
    }
    for numbered in numbered(page, pages) {
        links.push(match numbered {
            None => html! { <li aria-hidden="true">"…"</li> },
            Some(number) => {
                let current = (number == page).then_some("page");
                html! {
                    <li>
                        <a
                            href=href(number)
                            aria-current=current
                            aria-label=t!("list-page", page = number)
                        >
                            {number.to_string()}
                        </a>
                    </li>
                }
            }
        });
    }
    if page < pages {
        links.push(link(page + 1, t!("list-next"), Some("next")));
    }
    (pages > 1).then(|| {
        html! {
            <nav class="pager" aria-label=t!("list-pages")>
                <ul>{links}</ul>
            </nav>
        }
    })
}

fn sizes(list: &List<'_>) -> Fragment {
    let links = Filter::PER_PAGE
        .map(|per_page| {
            let href = list.href(&Filter {
                per_page,
                page: 1,
                ..list.filter.clone()
            });
            let current = (per_page == list.filter.per_page).then_some("true");
            view! {
                <a href=href aria-current=current rel="nofollow">
                    {per_page.to_string()}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("list-per-page")>
            <span class="tabs-label">{t!("list-per-page")}</span>
            {links}
        </nav>
    }
}

/// The first, the last and those around the present one; none where some are left out.
fn numbered(page: usize, pages: usize) -> Vec<Option<usize>> {
    let mut numbered = Vec::new();
    let mut last = 0;
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= AROUND {
            if number > last + 1 {
                numbered.push(None);
            }
            numbered.push(Some(number));
            last = number;
        }
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn far_pages_are_left_out() {
        let some = |numbers: &[usize]| numbers.iter().map(|n| Some(*n)).collect::<Vec<_>>();
        assert_eq!(numbered(1, 1), some(&[1]));
        assert_eq!(numbered(2, 4), some(&[1, 2, 3, 4]));
        let mut expected = some(&[1]);
        expected.push(None);
        expected.extend(some(&[5, 6, 7, 8, 9]));
        expected.push(None);
        expected.extend(some(&[11]));
        assert_eq!(numbered(7, 11), expected);
    }
}
