//! What became of recommendations over all reviews, value by value: the tables that the pages about a
//! recommending State, a theme and the world share. Every number leads to the list that it counts.

use crate::chart::of_everything::whole;
use crate::components::take_along::take_along;
use crate::figures::percent;
use crate::filter_words::value_name;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{
    Corpus, CountingUnit, Dimension, Filter, Matches, PositionClass, Scale, Tallies, Tally,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What a filter leaves of all reviews.
pub(crate) struct Across<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) filter: Filter,
    pub(crate) matches: Arc<Matches>,
    /// The statuses of all rounds that are seen.
    pub(crate) scale: Scale,
    /// Whether rounds that are not published are seen.
    open_rounds: bool,
}

impl<'a> Across<'a> {
    pub(crate) fn new(corpus: &'a Corpus, filter: Filter, open_rounds: bool) -> Self {
        Self {
            corpus,
            matches: corpus.select(&filter, open_rounds),
            scale: corpus.scale(open_rounds).clone(),
            filter,
            open_rounds,
        }
    }

    /// The tallies along a dimension. Of a dimension that is filtered by only the chosen values: others
    /// are there because a recommendation can have several.
    pub(crate) fn tallies(&self, dimension: Dimension) -> Tallies {
        let mut tallies = self
            .corpus
            .tallies(&self.matches, dimension, self.filter.unit);
        if let Some(chosen) = self.filter.chosen.get(&dimension) {
            tallies
                .parts
                .retain(|(value, _)| value.as_ref().is_some_and(|value| chosen.contains(value)));
        }
        tallies
    }

    /// Whether anything of the demonstration is counted.
    pub(crate) fn is_fictitious(&self) -> bool {
        self.corpus.is_fictitious(&self.matches)
    }

    /// The list of what has this value, and these others.
    fn list(
        &self,
        value: Option<(Dimension, &str)>,
        others: &[(Dimension, Vec<String>)],
    ) -> String {
        let mut filter = self.filter.clone();
        if let Some((dimension, value)) = value {
            filter = filter.with_only(dimension, value);
        }
        for (dimension, values) in others {
            let mut values = values.clone();
            values.sort_unstable();
            filter.chosen.insert(*dimension, values);
        }
        address::recommendations(None, &filter)
    }

    fn supported() -> (Dimension, Vec<String>) {
        let classes = [
            PositionClass::Supported,
            PositionClass::SupportedAsImplemented,
        ];
        (
            Dimension::Position,
            classes.map(|class| class.code().to_owned()).to_vec(),
        )
    }

    fn noted() -> (Dimension, Vec<String>) {
        (
            Dimension::Position,
            vec![PositionClass::Noted.code().to_owned()],
        )
    }

    fn assessed(&self) -> (Dimension, Vec<String>) {
        let assessed = self
            .scale
            .statuses
            .iter()
            .filter(|status| status.counts_as_assessed);
        (
            Dimension::Status,
            assessed.map(|status| status.code.clone()).collect(),
        )
    }

    /// The statuses that are the best of their scales; none where a list cannot be made of them,
    /// because one of them is not the best of another.
    fn best(&self) -> Option<(Dimension, Vec<String>)> {
        let best = self.corpus.best_statuses(self.open_rounds)?;
        Some((Dimension::Status, best))
    }
}

/// "1,234 recommendations: 812 supported (65.8%), 300 noted. Of 252 assessed, 2 implemented (0.8%)."
pub(crate) fn lead(tally: &Tally) -> String {
    let received = t!(
        "across-lead",
        received = tally.received,
        supported = with_share(tally.supported, tally.share_supported()),
        noted = tally.noted
    );
    if tally.in_rounds == 0 {
        return format!("{received} {}", t!("across-no-round"));
    }
    let assessed = t!(
        "across-lead-assessed",
        assessed = tally.assessed,
        implemented = with_share(tally.implemented, tally.share_implemented()),
        rounds = tally.in_rounds
    );
    format!("{received} {assessed}")
}

/// A count with its per cent, which small bases do not get.
pub(crate) fn with_share(count: u64, share: Option<f64>) -> String {
    match share {
        Some(share) => t!("across-share", count = count, percent = percent(share)),
        None => count.to_string(),
    }
}

/// What is counted, said and changed.
pub(crate) fn unit_tabs(here: &str, filter: &Filter) -> Fragment {
    let links = CountingUnit::ALL
        .map(|unit| {
            let current = (unit == filter.unit).then_some("true");
            let other = Filter {
                unit,
                ..filter.clone()
            };
            let href = match other.to_query() {
                query if query.is_empty() => here.to_owned(),
                query => format!("{here}?{query}"),
            };
            view! {
                " "
                <a href=href aria-current=current>
                    {translations::counting_unit(unit)}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <nav class="tabs" aria-label=t!("unit-label")>
            <span class="tabs-label">{t!("unit-label")}</span>
            {links}
        </nav>
    }
    .fragment()
}

/// A line of a table for each value of a dimension, most received first, and one for all.
pub(crate) fn tally_table(
    across: &Across<'_>,
    dimension: Dimension,
    caption: String,
    page_of: impl Fn(&str) -> Option<String>,
    most: usize,
) -> Fragment {
    let tallies = across.tallies(dimension);
    let count = tallies.parts.len();
    let lines: Vec<_> = tallies
        .parts
        .iter()
        .take(most)
        .map(|(value, tally)| {
            let name = match value {
                Some(value) => value_name(dimension, value, Some(&across.scale)),
                None => t!("across-no-value"),
            };
            let page = value.as_deref().and_then(&page_of);
            line(
                across,
                value.as_deref().map(|value| (dimension, value)),
                name,
                page,
                tally,
            )
        })
        .collect();
    let more = (count > most).then(|| {
        let href = address::with_all_values(&across.filter, dimension);
        view! {
            <p>
                <a href=href rel="nofollow">
                    {t!("across-more", shown = most, count = count)}
                </a>
            </p>
        }
    });
    let overlap = dimension
        .overlaps()
        .then(|| view! { <p class="note">{t!("across-overlap")}</p> });
    let unit = translations::counting_unit(across.filter.unit);
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=caption.clone()>
            <table class="tallies">
                <caption>{t!("across-caption", caption = caption.clone(), unit = unit)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{translations::dimension(dimension)}</th>
                        <th scope="col" class="number">{t!("across-received")}</th>
                        <th scope="col" class="number">{t!("across-supported")}</th>
                        <th scope="col" class="number">{t!("across-noted")}</th>
                        <th scope="col" class="number">{t!("across-assessed")}</th>
                        <th scope="col" class="number">{t!("across-implemented")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>{line(across, None, t!("across-all"), None, &tallies.total)}</tfoot>
            </table>
        </div>
        {overlap}
        {more}
        {take_along(None, dimension.param(), &whole(&across.filter).to_query())}
    }
    .fragment()
}

fn line(
    across: &Across<'_>,
    value: Option<(Dimension, &str)>,
    name: String,
    page: Option<String>,
    tally: &Tally,
) -> Fragment {
    // What has no value cannot be listed.
    let listed = value.is_some() || name == t!("across-all");
    let cell = |count: u64, share: Option<f64>, others: Option<(Dimension, Vec<String>)>| {
        let href = listed.then(|| across.list(value, others.as_slice()));
        let text = with_share(count, share);
        let text = match href.filter(|_| count > 0) {
            Some(href) => view! { <a href=href rel="nofollow">{text}</a> }.fragment(),
            None => text.fragment(),
        };
        view! { <td class="number">{text}</td> }.fragment()
    };
    let implemented = match (tally.in_rounds, across.best()) {
        (0, _) => view! { <td class="none" colspan="2">{t!("across-unassessed")}</td> }.fragment(),
        (_, Some(best)) => view! {
            {cell(tally.assessed, None, Some(across.assessed()))}
            {cell(tally.implemented, tally.share_implemented(), Some(best))}
        }
        .fragment(),
        (_, None) => view! {
            {cell(tally.assessed, None, Some(across.assessed()))}
            <td class="number">{with_share(tally.implemented, tally.share_implemented())}</td>
        }
        .fragment(),
    };
    let name = match page {
        Some(href) => view! { <a href=href dir="auto">{name}</a> }.fragment(),
        None => view! { <span dir="auto">{name}</span> }.fragment(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cell(tally.received, None, None)}
            {cell(tally.supported, tally.share_supported(), Some(Across::supported()))}
            {cell(tally.noted, None, Some(Across::noted()))}
            {implemented}
        </tr>
    }
    .fragment()
}
