//! Tiles with the names of States, group by group.

use crate::chart::forms::tiles::{Fill, Tile, Tiles};
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

pub(super) fn tiles(tiles: &Tiles) -> Fragment {
    let shades = (0..).map(Fill::Shade).zip(&tiles.shades);
    let shades = shades.chain([(Fill::None, &tiles.none)]);
    let legend = shades.map(|(fill, words)| {
        view! { <li><i class=class(fill) aria-hidden="true"></i> {words.clone()}</li> }
    });
    let groups = tiles.groups.iter().map(|group| {
        let tiles = group.tiles.iter().map(tile).collect_view();
        view! {
            <section>
                <h3>{group.name.clone()}</h3>
                <ul class="tiles">{tiles}</ul>
            </section>
        }
    });
    html! {
        <ul class="legend">{legend.collect_view()}</ul>
        {groups.collect_view()}
    }
}

fn class(fill: Fill) -> String {
    match fill {
        Fill::Shade(shade) => format!("m{shade}"),
        Fill::Few => "few".to_owned(),
        Fill::None => "none".to_owned(),
    }
}

fn tile(tile: &Tile) -> Fragment {
    let value = (!tile.value.is_empty()).then(|| view! { " " <b>{tile.value.clone()}</b> });
    let name = view! { <span dir="auto">{tile.name.clone()}</span> {value} };
    let text = match tile.href.clone() {
        Some(href) => html! { <a href=href title=tile.words.clone()>{name}</a> },
        None => html! { <span title=tile.words.clone()>{name}</span> },
    };
    html! { <li class=class(tile.fill)>{text}</li> }
}
