//! How a chart is cited: in plain text, for BibTeX and as CSL-JSON.

use crate::t;
use crate::text::provenance::Sources;
use crate::text::translations;
use data::domain::{RecordedDate, Redaction, Superseded, query_pairs};
use serde_json::{Value, json};

/// What a citation names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Citation {
    /// The organisation whose round it is, or several; empty where there is no round.
    pub(crate) organisation: String,
    /// The round, or several.
    pub(crate) round: String,
    /// What is shown: the chart's title and of what.
    pub(crate) title: String,
    /// The review, or what it is of.
    pub(crate) of: String,
    /// The round's day; the last of several.
    pub(crate) as_of: Option<RecordedDate>,
    /// The round's content hash, or that of several.
    pub(crate) hash: Option<String>,
    /// What was removed from its rounds since their publication.
    pub(crate) redactions: Vec<Redaction>,
    /// The correction that took the round's place, if there is one.
    pub(crate) superseded: Option<Superseded>,
    /// The state of the data, for figures over several rounds.
    pub(crate) revision: String,
    /// The whole address.
    pub(crate) url: String,
}

impl Citation {
    /// What cites figures over several rounds.
    pub(crate) fn of_sources(sources: &Sources<'_>) -> Self {
        Self {
            organisation: sources.organisations(),
            round: sources.titles(),
            as_of: sources.as_of(),
            hash: sources.hash(),
            redactions: sources.redactions(),
            ..Self::default()
        }
    }

    /// In plain text.
    pub(crate) fn plain(&self, accessed: &str) -> String {
        let who = [&self.organisation, &self.round];
        let who: Vec<&str> = who
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        let mut parts: Vec<String> = Vec::new();
        if !who.is_empty() {
            parts.push(who.join(", "));
        }
        parts.push(format!("“{}”", self.title));
        parts.push(self.of.trim_end_matches('.').to_owned());
        parts.extend(self.note());
        parts.push(t!(
            "cite-accessed",
            url = self.url.clone(),
            day = accessed.to_owned()
        ));
        parts.join(". ")
    }

    /// As a file of that ending, with its media type; `None` if there is no such form.
    pub(crate) fn file(&self, ending: &str, accessed: &str) -> Option<(&'static str, Vec<u8>)> {
        let (kind, text) = match ending {
            "txt" => ("text/plain; charset=utf-8", self.plain(accessed)),
            "bib" => ("application/x-bibtex; charset=utf-8", self.bibtex(accessed)),
            "csl.json" => (
                "application/vnd.citationstyles.csl+json",
                self.csl(accessed).to_string(),
            ),
            _ => return None,
        };
        Some((kind, text.into_bytes()))
    }

    fn note(&self) -> Vec<String> {
        let as_of = self.as_of.clone();
        let hash = self.hash.clone();
        let mut note: Vec<String> = [
            as_of.map(|day| t!("cite-as-of", day = day.to_string())),
            hash.map(|hash| t!("cite-hash", hash = hash)),
        ]
        .into_iter()
        .flatten()
        .collect();
        note.extend(self.superseded.iter().map(|superseded| {
            t!(
                "cite-superseded",
                day = translations::day(superseded.at),
                number = superseded.correction
            )
        }));
        note.extend(self.redacted());
        note.push(t!("cite-revision", revision = self.revision.clone()));
        note
    }

    /// What was removed from its rounds, in words.
    pub(crate) fn redacted(&self) -> impl Iterator<Item = String> {
        self.redactions.iter().map(|redaction| {
            t!(
                "cite-redaction",
                day = redaction.day.to_string(),
                reason = redaction.reason.trim_end_matches('.').to_owned(),
                hash = redaction.before.clone()
            )
        })
    }

    /// The year of the figures.
    fn year(&self) -> Option<String> {
        let day = self.as_of.as_ref()?.text();
        day.get(..4).map(str::to_owned)
    }

    /// For BibTeX.
    pub(crate) fn bibtex(&self, accessed: &str) -> String {
        let author = if self.organisation.is_empty() {
            t!("program-name")
        } else {
            self.organisation.clone()
        };
        let mut fields = vec![
            ("author", format!("{{{}}}", escaped(&author))),
            ("title", format!("{{{}}}", escaped(&self.title))),
            ("howpublished", escaped(&self.published_as())),
        ];
        if let Some(year) = self.year() {
            fields.push(("year", escaped(&year)));
        }
        fields.push(("note", escaped(&self.note().join(". "))));
        fields.push(("url", self.url.replace(['{', '}', '\\'], "")));
        fields.push(("urldate", accessed.to_owned()));
        let fields: Vec<String> = fields
            .into_iter()
            .map(|(name, value)| format!("  {name} = {{{value}}}"))
            .collect();
        format!("@misc{{{},\n{}\n}}\n", self.key(), fields.join(",\n"))
    }

    /// What BibTeX calls it: review, chart and round, and a few digits of a hash of the query, so that
    /// two rounds or two filters of one chart can be cited in one text.
    fn key(&self) -> String {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let path = path.split_once("://").map_or(path, |(_, path)| path);
        let path = path.split_once('/').map_or(path, |(_, path)| path);
        let known = ["reviews", "charts"];
        let mut parts: Vec<String> = path
            .split('/')
            .filter(|part| !known.contains(part))
            .map(str::to_owned)
            .collect();
        parts.extend(
            query_pairs(query)
                .into_iter()
                .filter(|(name, _)| ["round", "from", "to"].contains(&name.as_str()))
                .map(|(_, slug)| slug),
        );
        if !query.is_empty() {
            let hash = data::store::sha256(query.as_bytes());
            parts.extend(hash.get(..6).map(str::to_owned));
        }
        parts.insert(0, "upr".to_owned());
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        parts.join("-").chars().filter(plain).collect()
    }

    /// What it is of and whose it is, each a sentence.
    fn published_as(&self) -> String {
        let parts = [&self.of, &self.round];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.map(|part| part.trim_end_matches('.')).collect();
        parts.join(". ")
    }

    /// As CSL-JSON.
    pub(crate) fn csl(&self, accessed: &str) -> Value {
        let mut item = json!({
            "id": self.url,
            "type": "dataset",
            "title": self.title,
            "container-title": self.of,
            "URL": self.url,
            "note": self.note().join(". "),
            "accessed": date(accessed),
        });
        if let Some(fields) = item.as_object_mut() {
            if !self.organisation.is_empty() {
                fields.insert("author".into(), json!([{ "literal": self.organisation }]));
            }
            if !self.round.is_empty() {
                fields.insert("collection-title".into(), json!(self.round));
            }
            if let Some(day) = &self.as_of {
                fields.insert("issued".into(), date(&day.text()));
            }
            if let Some(hash) = &self.hash {
                fields.insert("version".into(), json!(hash));
            }
        }
        json!([item])
    }
}

/// A day in the parts that CSL wants.
fn date(day: &str) -> Value {
    let parts: Vec<u32> = day.split('-').map_while(|part| part.parse().ok()).collect();
    json!({ "date-parts": [parts] })
}

/// A text that TeX prints as it is.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut done, c| {
        match c {
            '\\' => done.push_str("\\textbackslash "),
            '~' => done.push_str("\\textasciitilde "),
            '^' => done.push_str("\\textasciicircum "),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                done.push('\\');
                done.push(c);
            }
            c if c.is_control() => done.push(' '),
            c => done.push(c),
        }
        done
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn citation() -> Citation {
        Citation {
            organisation: "BHC & friends".to_owned(),
            round: "Mid-term_1".to_owned(),
            title: "50% {done}".to_owned(),
            of: "Belarus, third cycle (2020)".to_owned(),
            as_of: Some("2023-12-31".into()),
            hash: Some("ab12".to_owned()),
            redactions: Vec::new(),
            superseded: None,
            revision: "7".to_owned(),
            url: "https://upr.example/reviews/BLR-3/charts/status?round=a".to_owned(),
        }
    }

    #[test]
    fn a_citation_names_round_day_hash_address_and_access() {
        let said = citation().plain("2026-11-23");
        for part in [
            "BHC & friends, Mid-term_1",
            "2023-12-31",
            "ab12",
            "2026-11-23",
            "/charts/status",
        ] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn tex_gets_what_it_prints() {
        let entry = citation().bibtex("2026-11-23");
        assert!(
            entry.starts_with("@misc{upr-BLR-3-status-a-3043a3,"),
            "{entry}"
        );
        assert!(entry.contains("title = {{50\\% \\{done\\}}}"), "{entry}");
        assert!(entry.contains("BHC \\& friends") && entry.contains("Mid-term\\_1"));
        assert!(entry.contains("year = {2023}") && entry.contains("urldate = {2026-11-23}"));
    }

    #[test]
    fn rounds_and_filters_of_one_chart_have_keys_of_their_own() {
        let key = |query: &str| {
            let url = format!("https://upr.example/reviews/BLR-3/charts/status{query}");
            Citation { url, ..citation() }.key()
        };
        assert_eq!(key(""), "upr-BLR-3-status");
        let queries = [
            "",
            "?round=a",
            "?round=b",
            "?round=a&position=noted",
            "?round=a&position=supported",
            "?round=a&unit=recommending-states",
        ];
        let keys: std::collections::BTreeSet<String> = queries.map(key).into();
        assert_eq!(keys.len(), queries.len(), "{keys:?}");
        assert!(key("?round=a").starts_with("upr-BLR-3-status-a-"));
        // A relative address and a whole one are the same chart.
        let url = "/reviews/BLR-3/charts/status?round=a".to_owned();
        let relative = Citation { url, ..citation() };
        assert_eq!(relative.key(), key("?round=a"));
    }

    #[test]
    fn a_sentence_ends_once() {
        let of = "93 recommendations. Counted: Recommendations.".to_owned();
        let cited = Citation { of, ..citation() };
        let entry = cited.bibtex("2026-11-23");
        assert!(
            entry.contains("Counted: Recommendations. Mid-term"),
            "{entry}"
        );
    }

    #[test]
    fn csl_has_its_dates_in_parts() {
        let item = &citation().csl("2026-11-23")[0];
        assert_eq!(item["issued"]["date-parts"], json!([[2023, 12, 31]]));
        assert_eq!(item["accessed"]["date-parts"], json!([[2026, 11, 23]]));
        assert_eq!(item["author"][0]["literal"], "BHC & friends");
        let without = Citation {
            as_of: None,
            organisation: String::new(),
            ..citation()
        };
        assert!(without.csl("2026-11-23")[0].get("issued").is_none());
    }
}
