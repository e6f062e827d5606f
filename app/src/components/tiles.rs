//! The world as tiles: one of the same size for each State under review, in its regional group, so that
//! small States are seen as well as large ones. The number stands in the tile; its shade says it again.

use crate::figures::percent;
use crate::{t, translations};
use data::domain::{Filter, RegionalGroup, StateCode, Tallies, Tally, states};
use leptos::prelude::*;

/// What the tiles show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The share of the received that is supported.
    Supported,
    /// The share of the assessed that is implemented.
    Implemented,
}

impl Measure {
    /// As an address names it; supported, unless it says otherwise.
    pub(crate) fn parse(typed: Option<&str>) -> Self {
        match typed {
            Some("implemented") => Self::Implemented,
            _ => Self::Supported,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Implemented => "implemented",
        }
    }

    /// The count, its base, and its share where the base is not small.
    fn of(self, tally: &Tally) -> (u64, u64, Option<f64>) {
        match self {
            Self::Supported => (tally.supported, tally.received, tally.share_supported()),
            Self::Implemented => (tally.implemented, tally.assessed, tally.share_implemented()),
        }
    }
}

/// The shade of a share, 0 to 4, a fifth each.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 4.
fn shade(share: f64) -> u8 {
    (share * 5.0).floor().clamp(0.0, 4.0) as u8
}

/// The tiles of every State, by regional group.
pub(crate) fn tiles(filter: &Filter, by_state: &Tallies, measure: Measure) -> AnyView {
    let tabs = [Measure::Supported, Measure::Implemented]
        .map(|one| {
            let query = filter.to_query();
            let and = if query.is_empty() { "" } else { "&" };
            let href = format!("/world?{query}{and}measure={}", one.code());
            let current = (one == measure).then_some("true");
            view! {
                " "
                <a href=href aria-current=current rel="nofollow">
                    {t!(&format!("world-measure-{}", one.code()))}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    let groups = RegionalGroup::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .filter_map(|group| of_group(group, by_state, measure))
        .collect_view();
    let legend = (0..5_u8)
        .map(|shade| {
            let (from, to) = (f64::from(shade) / 5.0, f64::from(shade + 1) / 5.0);
            view! {
                <li>
                    <span class=format!("swatch shade-{shade}") aria-hidden="true"></span>
                    {t!("world-shade", from = percent(from), to = percent(to))}
                </li>
            }
        })
        .collect_view();
    view! {
        <figure class="world">
            <figcaption>{t!(&format!("world-caption-{}", measure.code()))}</figcaption>
            <nav class="tabs" aria-label=t!("world-measure")>{tabs}</nav>
            <ul class="shades">
                {legend}
                <li>
                    <span class="swatch shade-none" aria-hidden="true"></span>
                    {t!(&format!("world-none-{}", measure.code()))}
                </li>
            </ul>
            {groups}
        </figure>
    }
    .into_any()
}

fn of_group(group: Option<RegionalGroup>, by_state: &Tallies, measure: Measure) -> Option<AnyView> {
    let mut here: Vec<StateCode> = states::all()
        .filter(|state| state.group() == group)
        .collect();
    // Outside the groups only who was reviewed; nobody else belongs in a picture of the reviews.
    if group.is_none() {
        here.retain(|state| by_state.of(state.as_str()).received > 0);
    }
    if here.is_empty() {
        return None;
    }
    here.sort_unstable_by_key(|state| state.name());
    let name = match group {
        Some(group) => translations::regional_group(group),
        None => t!("state-no-group"),
    };
    let tiles = here
        .into_iter()
        .map(|state| tile(state, &by_state.of(state.as_str()), measure))
        .collect_view();
    Some(
        view! {
            <section>
                <h2>{name}</h2>
                <ul class="tiles">{tiles}</ul>
            </section>
        }
        .into_any(),
    )
}

fn tile(state: StateCode, tally: &Tally, measure: Measure) -> AnyView {
    let (count, base, share) = measure.of(tally);
    let code = state.as_str();
    if base == 0 {
        let title = t!("world-tile-none", state = state.name());
        return view! {
            <li class="tile shade-none">
                <abbr title=title>{code}</abbr>
            </li>
        }
        .into_any();
    }
    let said = t!(
        "world-tile",
        state = state.name(),
        count = count,
        base = base
    );
    let (class, number) = match share {
        Some(share) => (format!("tile shade-{}", shade(share)), percent(share)),
        // Too few for a per cent.
        None => ("tile shade-few".to_owned(), format!("{count}/{base}")),
    };
    view! {
        <li class=class>
            <a href=format!("/states/{code}") title=said.clone() aria-label=said>
                <span>{code}</span>
                <span class="value">{number}</span>
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn shades_are_fifths() {
        let known = [
            (0.0, 0),
            (0.199, 0),
            (0.2, 1),
            (0.5, 2),
            (0.79, 3),
            (0.8, 4),
            (1.0, 4),
        ];
        for (share, expected) in known {
            assert_eq!(shade(share), expected, "{share}");
        }
        assert_eq!(shade(f64::NAN), 0);
    }
}
