//! The numbers of a chart as a table: for a CSV, as JSON, and on the page.

use super::{Chart, Line};
use crate::t;
use serde_json::{Value, json};

impl Chart {
    /// The line of everything, where there is one.
    pub(crate) fn whole(&self) -> Option<&Line> {
        self.one_whole.then_some(&self.total)
    }

    /// The numbers with a heading; the last row of one whole counts everything once.
    pub(crate) fn table(&self) -> Vec<Vec<String>> {
        let mut headings = vec![self.lines_are.clone()];
        headings.extend(self.series.iter().map(|series| series.label.clone()));
        if self.outside.is_some() {
            headings.push(t!("assessed-base"));
        }
        headings.push(self.sum_heading());
        let row = |line: &Line| {
            let mut row = vec![line.label.clone()];
            row.extend((0..self.series.len()).map(|place| line.of(place).to_string()));
            if self.outside.is_some() {
                row.push(self.base(line).to_string());
            }
            row.push(line.received().to_string());
            row
        };
        let lines = self.lines.iter().chain(self.whole());
        std::iter::once(headings).chain(lines.map(row)).collect()
    }

    /// The numbers as comma-separated values.
    pub(crate) fn csv(&self) -> Vec<u8> {
        data::exchange::table_as_csv(&self.table())
    }

    /// Everything that it says, for programs.
    pub(crate) fn json(&self) -> Value {
        let line = |line: &Line| {
            let counts: serde_json::Map<String, Value> = self
                .series
                .iter()
                .enumerate()
                .map(|(place, series)| (series.code.clone(), json!(line.of(place))))
                .collect();
            json!({
                "label": line.label,
                "value": line.code,
                "counts": counts,
                "base": self.base(line),
                "received": line.received(),
            })
        };
        let series: Vec<Value> = self
            .series
            .iter()
            .enumerate()
            .map(|(place, series)| {
                let in_base = self.outside != Some(place);
                json!({ "code": series.code, "label": series.label, "in_base": in_base })
            })
            .collect();
        json!({
            "chart": self.name,
            "title": self.title,
            "about": self.about,
            "source": self.source,
            "notice": self.notice,
            "as_of": self.citation.as_of,
            "content_hash": self.citation.hash,
            "revision": self.citation.revision,
            "permalink": self.citation.url,
            "lines_may_overlap": self.overlaps,
            "series": series,
            "lines": self.lines.iter().map(line).collect::<Vec<_>>(),
            "total": self.whole().map(line),
        })
    }
}
