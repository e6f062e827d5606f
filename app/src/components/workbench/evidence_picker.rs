//! Chooses among the evidence of a review: the records that are cited, those that are probably needed next, and a
//! search over all of them.
//!
//! Without script the search is a button of the form, which keeps what is typed. With script the list follows the
//! words (`src/islands/workbench/evidence_picker.rs`), and the search is no field of the form.

use crate::islands::found_evidence::{FoundEvidence, FoundRecord};
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{
    Evidence, EvidenceRecord, Recommendation, ReviewCode, ReviewRecord, RoundRecord, Scheme,
    shorten,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The number of records that are offered without a search.
const OFFERED: usize = 8;
/// The largest number of results of a search that are shown.
const FOUND: usize = 20;
/// The longest search, in characters.
const LONGEST: usize = 200;

/// The parameter of an address that has the words of a search.
pub(crate) const FIND: &str = "find";

/// Returns true if a form is sent to look for evidence: by the button of the search, or by the Enter key in its field.
pub(crate) fn looks_for_evidence(then: &str, search: &str) -> bool {
    then == "find" || (then == "enter" && !search.trim().is_empty())
}

/// How many records can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Choice {
    /// Any number: boxes to tick.
    Any,
    /// One or none.
    One,
}

/// The evidence to choose from.
pub(crate) struct EvidencePicker<'a> {
    pub(crate) record: &'a ReviewRecord,
    pub(crate) round: &'a RoundRecord,
    pub(crate) choice: Choice,
    /// The records that are chosen.
    pub(crate) chosen: Vec<&'a EvidenceRecord>,
    /// The records that are probably needed, the likeliest first.
    pub(crate) likely: Vec<&'a EvidenceRecord>,
    /// The terms of a search; `None` without a search.
    pub(crate) search: Option<String>,
}

impl EvidencePicker<'_> {
    /// Renders it; nothing if the review has no evidence. `button` is the one that searches without script.
    pub(crate) fn fragment(&self, button: impl FnOnce(String) -> Fragment) -> Option<Fragment> {
        if self.record.evidence.is_empty() {
            return None;
        }
        let code = self.record.review.code;
        let row =
            |known: &&EvidenceRecord, checked| choice(self.choice, &row_of(code, known), checked);
        let is_none = self.chosen.is_empty();
        let chosen: Vec<_> = self.chosen.iter().map(|known| row(known, true)).collect();
        let (cited, none) = match self.choice {
            Choice::Any if is_none => (None, None),
            Choice::Any => {
                let cited = view! {
                    <fieldset class="cites">
                        <legend>{t!("cites-cited")}</legend>
                        <ul class="plain">{chosen}</ul>
                    </fieldset>
                };
                (Some(cited), None)
            }
            Choice::One => {
                let none = view! {
                    <ul class="plain">
                        <li>
                            <label>
                                <input type="radio" name="cite" value="" checked=is_none />
                                " "
                                <span>{t!("many-unchanged")}</span>
                            </label>
                        </li>
                        {chosen}
                    </ul>
                };
                (None, Some(none))
            }
        };
        let (offered, sentence) = self.offered();
        let rows: Vec<_> = offered.iter().map(|known| row(known, false)).collect();
        let empty = FoundRecord {
            value: String::new(),
            title: String::new(),
            about: String::new(),
            number: String::new(),
            href: String::new(),
            opens: String::new(),
        };
        let legend = match self.choice {
            Choice::Any => t!("cites-offered"),
            Choice::One => t!("many-cite"),
        };
        let view = view! {
            {cited}
            <fieldset
                class="cites"
                data-picker=paths::find_evidence(code, &self.round.round.slug)
                data-unanswered=t!("cites-unanswered")
            >
                <legend>{legend}</legend>
                {none}
                <div class="find">
                    <label for="find-evidence">{t!("cites-find")}</label>
                    <input
                        type="search"
                        id="find-evidence"
                        name=FIND
                        maxlength=LONGEST
                        autocomplete="off"
                        dir="auto"
                    />
                    {button(t!("cites-find-button"))}
                </div>
                <p class="hint" aria-live="polite" dir="auto" data-found="">
                    {sentence}
                </p>
                <ul class="plain" data-rows="">
                    {rows}
                </ul>
                <template>{choice(self.choice, &empty, false)}</template>
            </fieldset>
        };
        Some(view.fragment())
    }

    /// The records to choose from that are not chosen yet, and the sentence that says which they are.
    fn offered(&self) -> (Vec<&EvidenceRecord>, String) {
        let is_new = |known: &&EvidenceRecord| {
            let mut chosen = self.chosen.iter();
            !chosen.any(|chosen| chosen.number == known.number)
        };
        if let Some(search) = &self.search {
            let found = self.record.find_evidence(search);
            let sentence = sentence(search, found.len());
            let shown = found.into_iter().take(FOUND).filter(is_new);
            return (shown.collect(), sentence);
        }
        let mut offered: Vec<&EvidenceRecord> = Vec::new();
        let recent = self.record.find_evidence("");
        for known in self.likely.iter().copied().chain(recent).filter(is_new) {
            if offered.len() < OFFERED && !offered.iter().any(|one| one.number == known.number) {
                offered.push(known);
            }
        }
        // Records that are cited already stand in a list of their own; a choice of one has them in this list.
        let shown = match self.choice {
            Choice::Any => offered.len(),
            Choice::One => offered.len() + self.chosen.len(),
        };
        let sentence = t!(
            "cites-recent",
            shown = shown,
            all = self.record.evidence.len()
        );
        (offered, sentence)
    }
}

/// The answer to a search of a page with script.
pub(crate) fn found_evidence(record: &ReviewRecord, search: &str) -> FoundEvidence {
    let search: String = search.chars().take(LONGEST).collect();
    let found = record.find_evidence(&search);
    FoundEvidence {
        sentence: sentence(&search, found.len()),
        records: found
            .into_iter()
            .take(FOUND)
            .map(|known| row_of(record.review.code, known))
            .collect(),
    }
}

fn sentence(search: &str, count: usize) -> String {
    let shown = count.min(FOUND);
    if search.trim().is_empty() {
        return t!("cites-recent", shown = shown, all = count);
    }
    let search = shorten(search.trim(), 60).to_string();
    if count > FOUND {
        t!(
            "cites-found-some",
            shown = shown,
            count = count,
            search = search
        )
    } else {
        t!("cites-found", count = count, search = search)
    }
}

fn row_of(code: ReviewCode, known: &EvidenceRecord) -> FoundRecord {
    let evidence = &known.evidence;
    let about = [
        evidence.publisher.clone(),
        evidence.date.clone().map(String::from),
        Some(translations::evidence_kind(evidence.kind)),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let number = known.number;
    FoundRecord {
        value: number.to_string(),
        title: evidence.title.clone(),
        about: about.join(" · "),
        number: t!("evidence-number", number = number),
        href: paths::evidence(code, number),
        opens: t!(
            "cites-open",
            number = number,
            title = evidence.title.clone()
        ),
    }
}

/// A record to be ticked for an assessment.
pub(super) fn record_choice(record: &ReviewRecord, known: &EvidenceRecord) -> Fragment {
    choice(Choice::Any, &row_of(record.review.code, known), false)
}

fn choice(how: Choice, row: &FoundRecord, checked: bool) -> Fragment {
    let row = row.clone();
    let (kind, name) = match how {
        Choice::Any => ("checkbox", "cites[]"),
        Choice::One => ("radio", "cite"),
    };
    html! {
        <li>
            <label>
                <input type=kind name=name value=row.value checked=checked />
                " "
                <span dir="auto">{row.title}</span>
                " "
                <small dir="auto">{row.about}</small>
            </label>
            " "
            // The label holds the title, which may be in any language.
            <a href=row.href dir="auto" aria-label=row.opens>
                {row.number}
            </a>
        </li>
    }
}

/// The records of pieces of evidence; those that are none yet are left out.
pub(super) fn records_of<'a>(
    record: &'a ReviewRecord,
    cited: &[Evidence],
) -> Vec<&'a EvidenceRecord> {
    let record_of = |evidence: &Evidence| {
        let mut records = record.evidence.iter();
        records.find(|known| known.evidence == *evidence)
    };
    cited.iter().filter_map(record_of).collect()
}

/// Evidence that the round cites for recommendations on the same issue or next to this one, the most
/// used first.
pub(super) fn used_nearby<'a>(
    record: &'a ReviewRecord,
    round: &RoundRecord,
    one: &Recommendation,
) -> Vec<&'a EvidenceRecord> {
    let place = |wanted: i64| {
        record
            .recommendations
            .iter()
            .position(|other| other.id == wanted)
            .unwrap_or_default()
    };
    let here = place(one.id);
    let issues: Vec<&str> = one.terms_of(Scheme::Issue).collect();
    let mut uses: BTreeMap<i64, usize> = BTreeMap::new();
    for (there, other) in record.recommendations.iter().enumerate() {
        let alike = other
            .terms_of(Scheme::Issue)
            .any(|issue| issues.contains(&issue));
        let close = there.abs_diff(here) <= 3;
        if other.id == one.id || !(alike || close) {
            continue;
        }
        let evidence = round.assessments.get(&other.id).map(|a| &a.evidence);
        for number in evidence
            .into_iter()
            .flatten()
            .filter_map(|e| record.number_of(e))
        {
            *uses.entry(number).or_default() += 1;
        }
    }
    let mut near: Vec<_> = record
        .evidence
        .iter()
        .filter_map(|known| Some((uses.get(&known.number)?, known)))
        .collect();
    near.sort_by_key(|(uses, known)| (std::cmp::Reverse(**uses), known.number));
    near.into_iter().map(|(_, known)| known).collect()
}
