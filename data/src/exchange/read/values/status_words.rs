//! Words for the implementation of a recommendation, in the languages of the United Nations and in Belarusian, and
//! the status of a scale that comes nearest to them.

use crate::domain::{Scale, Status};
use crate::exchange::read::values::cells::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a status says, whichever scale it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Implemented,
    InProcess,
    Partially,
    Not,
    NotAssessed,
}

/// How like a label a word must be to be taken for a slip in it.
const ALIKE: f64 = 0.8;
/// The longest value that is compared, in bytes.
const MAX_VALUE: usize = 200;

const WORDS: [(Kind, &[&str]); 5] = [
    (
        Kind::Implemented,
        &[
            "implemented",
            "fully implemented",
            "implemented in full",
            "completed",
            "complete",
            "done",
            "achieved",
            "fulfilled",
            "largely satisfactory",
            "réalisé",
            "réalisée",
            "entièrement réalisé",
            "entièrement réalisée",
            "mis en oeuvre",
            "mise en oeuvre",
            "mis en œuvre",
            "mise en œuvre",
            "pleinement mise en oeuvre",
            "pleinement mise en œuvre",
            "entièrement mise en oeuvre",
            "entièrement mise en œuvre",
            "appliqué",
            "appliquée",
            "achevé",
            "achevée",
            "accompli",
            "accomplie",
            "implementada",
            "implementado",
            "aplicada",
            "aplicado",
            "cumplida",
            "cumplido",
            "totalmente implementada",
            "totalmente cumplida",
            "completada",
            "completado",
            "выполнено",
            "выполнена",
            "полностью выполнено",
            "полностью выполнена",
            "реализовано",
            "реализована",
            "исполнено",
            "исполнена",
            "выканана",
            "выканана цалкам",
            "рэалізавана",
            "نفذت",
            "منفذة",
            "منفذ",
            "نفذت بالكامل",
            "منفذة بالكامل",
            "已落实",
            "已执行",
            "已实施",
            "全面落实",
            "完全落实",
            "已完成",
        ],
    ),
    (
        Kind::InProcess,
        &[
            "in process of implementation",
            "in the process of implementation",
            "being implemented",
            "in process",
            "in progress",
            "ongoing",
            "under way",
            "underway",
            "continuing",
            "en cours",
            "en cours de réalisation",
            "en cours de mise en oeuvre",
            "en cours de mise en œuvre",
            "en voie de réalisation",
            "recommandation continue",
            "en proceso",
            "en curso",
            "en proceso de implementación",
            "en proceso de aplicación",
            "в процессе выполнения",
            "в процессе",
            "выполняется",
            "реализуется",
            "в процессе реализации",
            "у працэсе выканання",
            "у працэсе",
            "выконваецца",
            "قيد التنفيذ",
            "جار التنفيذ",
            "正在落实",
            "正在执行",
            "正在实施",
            "进行中",
            "落实中",
        ],
    ),
    (
        Kind::Partially,
        &[
            "partially implemented",
            "partly implemented",
            "implemented in part",
            "partially",
            "partly",
            "partial",
            "in part",
            "limited progress",
            "partially satisfactory",
            "partiellement",
            "partiellement réalisé",
            "partiellement réalisée",
            "partiellement mis en oeuvre",
            "partiellement mis en œuvre",
            "partiellement mise en oeuvre",
            "partiellement mise en œuvre",
            "partiellement appliquée",
            "réalisé partiellement",
            "réalisée partiellement",
            "en partie",
            "parcialmente",
            "parcialmente implementada",
            "parcialmente implementado",
            "parcialmente aplicada",
            "parcialmente cumplida",
            "частично",
            "частично выполнено",
            "частично выполнена",
            "частично реализовано",
            "частично реализована",
            "выполнено частично",
            "выполнена частично",
            "часткова",
            "часткова выканана",
            "выканана часткова",
            "نفذت جزئيا",
            "منفذة جزئيا",
            "منفذ جزئيا",
            "جزئيا",
            "部分落实",
            "部分执行",
            "部分实施",
        ],
    ),
    (
        Kind::Not,
        &[
            "not implemented",
            "unimplemented",
            "no action",
            "no action taken",
            "not started",
            "not achieved",
            "not satisfactory",
            "non réalisé",
            "non réalisée",
            "pas réalisé",
            "pas réalisée",
            "non mis en oeuvre",
            "non mis en œuvre",
            "non mise en oeuvre",
            "non mise en œuvre",
            "pas mise en oeuvre",
            "pas mise en œuvre",
            "non appliquée",
            "no implementada",
            "no implementado",
            "sin implementar",
            "no aplicada",
            "no cumplida",
            "incumplida",
            "не выполнено",
            "не выполнена",
            "не реализовано",
            "не реализована",
            "не исполнено",
            "не исполнена",
            "не выканана",
            "не рэалізавана",
            "لم تنفذ",
            "غير منفذة",
            "غير منفذ",
            "未落实",
            "未执行",
            "未实施",
            "没有落实",
        ],
    ),
    (
        Kind::NotAssessed,
        &[
            "not assessed",
            "unassessed",
            "unable to assess",
            "insufficient information",
            "no information",
            "cannot be assessed",
            "not evaluated",
            "non évalué",
            "non évaluée",
            "pas évaluée",
            "informations insuffisantes",
            "information insuffisante",
            "no evaluada",
            "no evaluado",
            "sin evaluar",
            "información insuficiente",
            "не оценено",
            "не оценена",
            "не оценивалось",
            "недостаточно информации",
            "нет информации",
            "не ацэнена",
            "недастаткова інфармацыі",
            "لم تقيم",
            "غير مقيمة",
            "未评估",
            "信息不足",
        ],
    ),
];

/// What may close a status before a remark: "Partially implemented / steps taken".
const STOPS: [char; 9] = ['/', ':', ';', ',', '(', '.', '–', '—', '（'];

/// The kind of status whose wording a text is, all of it.
fn wording(text: &str) -> Option<Kind> {
    if text.len() > MAX_VALUE {
        return None;
    }
    KINDS.get(&folded(text)).copied()
}

/// The kinds by their wordings; the first kind with a wording counts.
static KINDS: LazyLock<HashMap<String, Kind>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for (kind, words) in WORDS {
        let words = words.iter().map(|word| folded(word));
        for word in words.filter(|word| !word.is_empty()) {
            kinds.entry(word).or_insert(kind);
        }
    }
    kinds
});

/// Returns true if a text asks: "Implemented?" is no status.
pub(crate) fn is_question(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Returns true if a text is the wording of a status and nothing else.
pub(crate) fn is_wording(text: &str) -> bool {
    wording(text).is_some()
}

/// The kind of status that a text names, and whether it says so clearly. All of it is a known wording, or begins with
/// one before a stop. `None` if it doubts or qualifies that status: "Implemented?", "Implemented (partially)",
/// "implemented / not implemented".
fn kind(text: &str) -> Option<(Kind, bool)> {
    if text.len() > MAX_VALUE || is_question(text) {
        return None;
    }
    if let Some(kind) = wording(text) {
        return Some((kind, true));
    }
    if text.contains(['(', '（', '[']) {
        return None;
    }
    let (head, rest) = text.split_at_checked(text.find(STOPS)?)?;
    let named = wording(head)?;
    if names_status(rest) {
        return None;
    }
    // "Implemented, in law only" claims more than it says.
    Some((named, named != Kind::Implemented))
}

/// Returns true if a remark names a status: one of its parts is a wording, or a wording of several words is in it. A
/// single word such as "done" says nothing among others.
fn names_status(remark: &str) -> bool {
    if remark.split(STOPS).any(is_wording) {
        return true;
    }
    let words = format!(" {} ", folded(remark));
    let known = WORDS.iter().flat_map(|(_, words)| words.iter());
    let mut known = known.map(|word| folded(word));
    known.any(|word| word.contains(' ') && words.contains(&format!(" {word} ")))
}

/// Returns true if a text begins with the wording of a status, as the cells of a column of statuses do.
pub(crate) fn is_status(text: &str) -> bool {
    wording(text).is_some() || text.split(STOPS).next().and_then(wording).is_some()
}

/// The letters of the Human Rights Committee's grades.
fn of_letter(text: &str) -> Option<Kind> {
    match text.trim() {
        "A" => Some(Kind::Implemented),
        "B" | "B1" | "B2" => Some(Kind::Partially),
        "C" | "C1" | "C2" | "D" | "D1" | "D2" | "E" => Some(Kind::Not),
        _ => None,
    }
}

/// The kind of status that the label or code of a scale names.
fn label_kind(label: &str) -> Option<Kind> {
    let label = label.replace('_', " ");
    wording(&label).or_else(|| label.split(STOPS).next().and_then(wording))
}

/// The status of a scale that a value seems to mean.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Suggested<'a> {
    /// The status.
    pub status: &'a Status,
    /// Whether the value says so in other words; otherwise the status is only the nearest one.
    pub is_sure: bool,
}

/// The status of a scale that a value seems to mean: the same words in another language, a slip in its label, or else
/// what comes nearest.
pub fn suggest_status<'a>(value: &str, scale: &'a Scale) -> Option<Suggested<'a>> {
    if value.len() > MAX_VALUE {
        return None;
    }
    let labels = |status: &'a Status| {
        let named = [status.label.as_str(), status.code.as_str()];
        named
            .into_iter()
            .chain(status.labels.values().map(String::as_str))
    };
    let wanted = folded(value);
    let of_kind = |wanted: Kind| {
        let mut statuses = scale.statuses.iter();
        statuses.find(|status| labels(status).any(|label| label_kind(label) == Some(wanted)))
    };
    let found = |status, is_sure| Some(Suggested { status, is_sure });
    let is_label = |label: &str| {
        label.trim().eq_ignore_ascii_case(value.trim())
            || !is_question(value) && folded(label) == wanted
    };
    let mut statuses = scale.statuses.iter();
    if let Some(status) = statuses.find(|status| labels(status).any(is_label)) {
        return found(status, true);
    }
    let (named, in_words) = match kind(value) {
        Some((kind, is_sure)) => (Some(kind), is_sure),
        None => (of_letter(value), false),
    };
    let is_qualified = is_question(value) || value.contains(['(', '（', '[']);
    if named.is_none() && (is_qualified || is_status(value)) {
        return None;
    }
    if let Some(status) = named.and_then(of_kind) {
        return found(status, in_words);
    }
    let nearest = match named {
        Some(Kind::InProcess) => of_kind(Kind::Partially),
        Some(Kind::Partially) => of_kind(Kind::InProcess),
        _ => None,
    };
    if let Some(status) = nearest {
        return found(status, false);
    }
    let alike = |status: &'a Status| {
        let scores = labels(status)
            .map(|label| strsim::normalized_damerau_levenshtein(&folded(label), &wanted));
        (scores.fold(0.0, f64::max), status)
    };
    let best = scale.statuses.iter().map(alike);
    let best = best.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(score, _)| *score >= ALIKE)
        .and_then(|(_, status)| found(status, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_seven_languages_are_suggested() {
        let scale = &Scale::built_in()[0];
        let suggested =
            |value| suggest_status(value, scale).map(|one| (one.status.code.as_str(), one.is_sure));
        for (value, code) in [
            ("Réalisé", "implemented"),
            ("en cours", "in_process"),
            ("Partiellement mise en œuvre", "partially_implemented"),
            ("Non mis en oeuvre", "not_implemented"),
            ("Cumplida", "implemented"),
            ("Не выполнено", "not_implemented"),
            ("Часткова выканана", "partially_implemented"),
            ("قيد التنفيذ", "in_process"),
            ("部分落实", "partially_implemented"),
            ("insufficient_information", "not_assessed"),
            ("Implemented", "implemented"),
            (
                "Partially implemented / steps taken, further action needed",
                "partially_implemented",
            ),
        ] {
            assert_eq!(suggested(value), Some((code, true)), "{value}");
        }
        assert_eq!(suggested("B"), Some(("partially_implemented", false)));
        assert_eq!(
            suggested("Not implementd"),
            Some(("not_implemented", false))
        );
        for value in ["100", "perhaps", "", &"x".repeat(9_999)] {
            assert_eq!(suggested(value), None, "{value}");
        }
    }

    #[test]
    fn a_status_that_is_doubted_or_qualified_is_not_suggested() {
        let scale = &Scale::built_in()[0];
        for value in [
            "Implemented?",
            "Implemented (partially)",
            "implemented / not implemented",
            "Implemented, partially",
            "Not implemented; implemented in part",
            "Mise en œuvre (en cours)",
            "Выполнено?",
        ] {
            assert_eq!(suggest_status(value, scale), None, "{value}");
        }
        let one = suggest_status("Not implemented / nothing was done", scale).unwrap();
        // What follows is about the status, and no second one.
        assert_eq!(
            (one.status.code.as_str(), one.is_sure),
            ("not_implemented", true)
        );
        let one = suggest_status("Implemented, law of 2020", scale).unwrap();
        assert!(!one.is_sure);
    }

    #[test]
    fn a_scale_without_the_very_status_gets_the_nearest_one() {
        let scale = &Scale::built_in()[2];
        let one = suggest_status("En cours", scale).unwrap();
        assert_eq!(
            (one.status.code.as_str(), one.is_sure),
            ("partially_implemented", false)
        );
        let one = suggest_status("Réalisé", scale).unwrap();
        assert_eq!(
            (one.status.code.as_str(), one.is_sure),
            ("fully_implemented", true)
        );
    }
}
