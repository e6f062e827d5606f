//! The world as tiles: one of the same size for each State under review, in its regional group, so that
//! small States are seen as well as large ones. The number stands in the tile; its shade says it again.

use crate::chart::of_everything::{WORLD, WORLD_SUPPORTED};
use crate::chart::{Chart, Form, Line, Standing};
use crate::components::drawing::source;
use crate::figures::percent;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::t;
use data::domain::{Filter, Tally};
use leptos::prelude::*;

/// Beside what is in no sum.
pub(crate) const DAGGER: &str = "†";

/// What the tiles show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The share of the answered that is supported.
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

    /// The name of the chart that counts it.
    pub(crate) fn chart(self) -> &'static str {
        match self {
            Self::Supported => WORLD_SUPPORTED,
            Self::Implemented => WORLD,
        }
    }
}

/// The shade of a share, 0 to 4, a fifth each.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 4.
fn shade(share: f64) -> u8 {
    (share * 5.0).floor().clamp(0.0, 4.0) as u8
}

/// The tiles of a chart, group by group.
pub(crate) fn tiles(filter: &Filter, chart: &Chart, measure: Measure) -> Fragment {
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
    let mut groups: Vec<(&str, Vec<&Line>)> = Vec::new();
    if let Form::Tiles(names) = &chart.form {
        for (name, line) in names.iter().zip(&chart.lines) {
            match groups.last_mut() {
                Some((group, lines)) if group == name => lines.push(line),
                _ => groups.push((name, vec![line])),
            }
        }
    }
    let groups = groups
        .into_iter()
        .map(|(name, lines)| {
            let tiles = lines
                .into_iter()
                .map(|line| tile(chart, line))
                .collect_view();
            view! {
                <section>
                    <h3>{name.to_owned()}</h3>
                    <ul class="tiles">{tiles}</ul>
                </section>
            }
        })
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
        <nav class="tabs" aria-label=t!("world-measure")>{tabs}</nav>
        <figure class="world">
            <figcaption>
                <h2 dir="auto">{chart.title.clone()}</h2>
                <p>{t!(&format!("world-caption-{}", measure.code()))}</p>
            </figcaption>
            <ul class="shades">
                {legend}
                <li>
                    <span class="swatch shade-none" aria-hidden="true"></span>
                    {t!(&format!("world-none-{}", measure.code()))}
                </li>
            </ul>
            {groups}
            {source(chart)}
        </figure>
    }
    .fragment()
}

fn tile(chart: &Chart, line: &Line) -> Fragment {
    let (count, base) = (line.of(0), chart.base(line));
    let code = line.code.clone();
    if base == 0 {
        let (state, received) = (line.label.clone(), line.received());
        let title = if received > 0 && chart.is_of_answers() {
            t!("world-tile-unanswered", state = state, received = received)
        } else {
            t!("world-tile-none", state = state)
        };
        return view! {
            <li class="tile shade-none">
                <abbr title=title>{code}</abbr>
            </li>
        }
        .fragment();
    }
    let said = t!(
        "world-tile",
        state = line.label.clone(),
        count = count,
        base = base
    );
    let code = match line.standing {
        Standing::Reported => code + DAGGER,
        Standing::Counted | Standing::Unknown => code,
    };
    let (class, number) = match Tally::share(count, base) {
        Some(share) => (format!("tile shade-{}", shade(share)), percent(share)),
        // Too few for a per cent.
        None => ("tile shade-few".to_owned(), format!("{count}/{base}")),
    };
    view! {
        <li class=class>
            <a href=line.href.clone() title=said.clone() aria-label=said>
                <span>{code}</span>
                <span class="value">{number}</span>
            </a>
        </li>
    }
    .fragment()
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
