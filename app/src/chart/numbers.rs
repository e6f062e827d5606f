//! The numbers of a chart as a table: for a CSV, as JSON, and on the page.

use super::{Chart, Line, Standing};
use crate::t;
use data::domain::{AnswerClasses, PositionSources};
use serde_json::{Value, json};

impl Chart {
    /// The line of everything, where there is one.
    pub(crate) fn whole(&self) -> Option<&Line> {
        self.one_whole.then_some(&self.total)
    }

    /// The numbers with a heading; the last row of one whole counts everything once. Where nothing is
    /// known there is no number.
    pub(crate) fn table(&self) -> Vec<Vec<String>> {
        let mut headings = vec![self.lines_are.clone()];
        headings.extend(self.series.iter().map(|series| series.label.clone()));
        if self.has_base() {
            headings.push(self.base_heading());
        }
        headings.push(self.sum_heading());
        let row = |line: &Line| {
            let number = |count: u64| match line.standing {
                Standing::Unknown => String::new(),
                Standing::Counted | Standing::Reported => count.to_string(),
            };
            let mut row = vec![line.label.clone()];
            row.extend((0..self.series.len()).map(|place| number(line.of(place))));
            if self.has_base() {
                row.push(number(self.base(line)));
            }
            row.push(number(line.received()));
            row
        };
        let lines = self.lines.iter().chain(self.whole());
        std::iter::once(headings).chain(lines.map(row)).collect()
    }

    /// The numbers as comma-separated values. Each row says what it counts, who says so and what has to
    /// be known of it: rows get parted from their files.
    pub(crate) fn csv(&self) -> Vec<u8> {
        let mut rows = self.table();
        let mut known = vec![
            (t!("chart-csv-counted"), self.about.clone()),
            (t!("chart-csv-source"), self.source.clone()),
            (t!("chart-csv-link"), self.citation.url.clone()),
        ];
        known.extend(
            self.notice
                .clone()
                .map(|notice| (t!("chart-csv-notice"), notice)),
        );
        let (headings, said): (Vec<String>, Vec<String>) = known.into_iter().unzip();
        for (number, row) in rows.iter_mut().enumerate() {
            row.extend_from_slice(if number == 0 { &headings } else { &said });
        }
        data::exchange::table_as_csv(&rows)
    }

    /// Everything that it says, for programs.
    pub(crate) fn json(&self) -> Value {
        let line = |line: &Line| {
            let number = |count: u64| match line.standing {
                Standing::Unknown => Value::Null,
                Standing::Counted | Standing::Reported => json!(count),
            };
            let mut counts: serde_json::Map<String, Value> = self
                .series
                .iter()
                .enumerate()
                .map(|(place, series)| (series.code.clone(), number(line.of(place))))
                .collect();
            // A program finds every class of positions, also one that holds nothing and is not drawn.
            for class in self.classes.map(AnswerClasses::all).unwrap_or_default() {
                let none = || number(0);
                counts.entry(class.code()).or_insert_with(none);
            }
            let derived = line.derived.iter();
            let derived: Vec<&str> = derived
                .filter_map(|place| Some(self.series.get(*place)?.code.as_str()))
                .collect();
            json!({
                "label": line.label,
                "value": line.code,
                "standing": line.standing.code(),
                "derived": derived,
                "counts": counts,
                "base": number(self.base(line)),
                "received": number(line.received()),
            })
        };
        let series: Vec<Value> = self
            .series
            .iter()
            .map(|series| {
                let in_base = self.is_in_base(series);
                json!({ "code": series.code, "label": series.label, "in_base": in_base })
            })
            .collect();
        json!({
            "chart": self.name,
            "title": self.title,
            "about": self.about,
            "source": self.source,
            "position_sources": self.position_sources.as_ref().map(position_sources),
            "notice": self.notice,
            "as_of": self.citation.as_of,
            "content_hash": self.citation.hash,
            "redactions": self.citation.redactions,
            "revision": self.citation.revision,
            "permalink": self.citation.url,
            "lines_may_overlap": self.overlaps,
            "measure": self.measure.code(),
            "base": self.base.code(),
            "position_classes": self.classes.map(AnswerClasses::code),
            "series": series,
            "lines": self.lines.iter().map(line).collect::<Vec<_>>(),
            "total": self.whole().map(line),
        })
    }
}

/// The sources of a chart's positions with their recommendations. A claim that names no source has `null`.
fn position_sources(sources: &PositionSources) -> Value {
    let named = sources.by_weight().into_iter();
    let named = named.map(|(source, count)| json!({ "source": source, "recommendations": count }));
    json!({
        "sources": named.collect::<Vec<_>>(),
        "without_position": sources.without,
        "fictitious": sources.fictitious,
    })
}
