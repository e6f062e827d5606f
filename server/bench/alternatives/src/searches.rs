//! What is looked for, in the words of each engine, and what they found.

use data::domain::Recommendation;
use std::collections::HashSet;

/// One search in four languages.
pub struct Search {
    /// What it is to show.
    pub name: &'static str,
    /// As a person types it here.
    pub here: &'static str,
    pub fts5: &'static str,
    pub tantivy: &'static str,
    /// For `websearch_to_tsquery`; what begins with `:` is one for `to_tsquery`.
    pub gin: &'static str,
}

pub const SEARCHES: [Search; 5] = [
    Search {
        name: "a frequent word",
        here: "women",
        fts5: "women",
        tantivy: "women",
        gin: "women",
    },
    Search {
        name: "a rare word",
        here: "archipelago",
        fts5: "archipelago",
        tantivy: "archipelago",
        gin: "archipelago",
    },
    Search {
        name: "a phrase",
        here: "\"human rights\"",
        fts5: "\"human rights\"",
        tantivy: "\"human rights\"",
        gin: "\"human rights\"",
    },
    Search {
        name: "AND, NOT",
        here: "women rights NOT children",
        fts5: "(women AND rights) NOT children",
        tantivy: "+women +rights -children",
        gin: "women rights -children",
    },
    Search {
        name: "the beginning of a word",
        here: "discrim*",
        fts5: "discrim*",
        tantivy: "discrim*",
        gin: ":discrim:*",
    },
];

/// How many of the best are shown.
pub const FIRST: usize = 50;

/// What an engine did.
pub struct Engine {
    pub name: &'static str,
    /// Seconds until everything can be found.
    pub built: f64,
    /// Milliseconds from a closed file to the first answer; none where there is no file.
    pub opened: Option<f64>,
    /// Bytes on disk, or in memory where there is no file.
    pub size: u64,
    /// Milliseconds until a review's texts that have changed are found.
    pub changed: Option<f64>,
    /// For each search the milliseconds for the count and the first fifty, and what was found.
    pub found: Vec<(f64, Found)>,
}

/// What was found.
#[derive(Default)]
pub struct Found {
    pub count: usize,
    /// The numbers of the best, the best first.
    pub first: Vec<i64>,
}

/// All that is searched of a recommendation.
pub fn text(one: &Recommendation) -> String {
    let mut text = one.paragraph.to_string();
    let more = [one.text.as_deref(), one.summary.as_deref()];
    let terms = one.terms.iter().map(|term| term.name.as_str());
    let states = one.recommending.iter().map(|state| state.name());
    for more in more.into_iter().flatten().chain(terms).chain(states) {
        text.push_str(" \u{2029} ");
        text.push_str(more);
    }
    text
}

pub fn print(engines: &[Engine], count: usize) {
    print!("\n| {count} recommendations |");
    for engine in engines {
        print!(" {} |", engine.name);
    }
    print!("\n|---|{}", "---|".repeat(engines.len()));
    let line = |name: &str, cell: &dyn Fn(&Engine) -> String| {
        print!("\n| {name} |");
        for engine in engines {
            print!(" {} |", cell(engine));
        }
    };
    line("made, s", &|engine| format!("{:.2}", engine.built));
    line("size, MB", &|engine| {
        format!("{:.1}", engine.size as f64 / 1e6)
    });
    line("opened, ms", &|engine| milliseconds(engine.opened));
    line("a changed review found, ms", &|engine| {
        milliseconds(engine.changed)
    });
    for (place, search) in SEARCHES.iter().enumerate() {
        line(&format!("{}: ms", search.name), &|engine| {
            format!("{:.3}", engine.found[place].0)
        });
        line(&format!("{}: found", search.here), &|engine| {
            engine.found[place].1.count.to_string()
        });
        let ours: HashSet<i64> = engines[0].found[place].1.first.iter().copied().collect();
        line(&format!("{}: first 50 as here", search.here), &|engine| {
            let theirs = &engine.found[place].1.first;
            let both = theirs.iter().filter(|one| ours.contains(one)).count();
            format!("{both} of {}", theirs.len())
        });
    }
    println!();
}

fn milliseconds(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"))
}
