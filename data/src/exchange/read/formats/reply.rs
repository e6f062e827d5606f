//! A State's reply to its recommendations (`A/HRC/43/15/Add.1`), as a table: a column of numbers, where a cell may
//! hold several, and a column of positions. It updates positions and nothing else.
//!
//! Replies that are texts: [`reply_text`](super::reply_text).

use crate::domain::{Message, Paragraph, Position, PositionClass, ReviewCode};
use crate::exchange::read::faults::unknown_position;
use crate::exchange::read::formats::reply_cues::together;
use crate::exchange::read::formats::reply_head::ReplyHead;
use crate::exchange::read::formats::reply_numbers::in_cell;
use crate::exchange::read::formats::uhri_wording::several_recommendations;
use crate::exchange::read::values::cells::{
    folded, headed, lines, one_line, rejected, shortened, single,
};
use crate::exchange::read::values::position_marks::{answer, marks};
use crate::exchange::read::values::positions::{Reading, position};
use crate::exchange::read::values::synonyms::{column_of, is_country};
use crate::exchange::{Incoming, MappedField, Rejected, Sink, Stopped};
use std::cell::Cell;

/// Headings of the column of numbers.
const NUMBERS: [&str; 24] = [
    "n",
    "no",
    "nos",
    "nr",
    "number",
    "numbers",
    "para",
    "paragraph",
    "paragraph no",
    "paragraph number",
    "recommendation no",
    "recommendation number",
    "rec no",
    "rec",
    "numero",
    "n o",
    "paragraphe",
    "parrafo",
    "номер",
    "пункт",
    "رقم",
    "الرقم",
    "编号",
    "段次",
];
/// Headings of the column of positions.
const POSITIONS: [&str; 21] = [
    "position",
    "status",
    "response",
    "reply",
    "position of the state",
    "position of the state under review",
    "state s position",
    "state position",
    "response of the state",
    "decision",
    "reponse",
    "position de l etat",
    "respuesta",
    "posicion",
    "posicion del estado",
    "позиция",
    "ответ",
    "الموقف",
    "موقف الدولة",
    "立场",
    "答复",
];
/// Headings of remarks that a reply may have beside its answers.
const REMARKS: [&str; 22] = [
    "comment",
    "comments",
    "justification",
    "explanation",
    "explanations",
    "remark",
    "remarks",
    "reason",
    "reasons",
    "observations",
    "commentaire",
    "commentaires",
    "observaciones",
    "comentario",
    "comentarios",
    "justificacion",
    "комментарий",
    "комментарии",
    "примечание",
    "обоснование",
    "备注",
    "ملاحظات",
];
/// Beginnings of headings with which a table is one of recommendations, not a reply.
const OTHER_TABLES: [&str; 14] = [
    "recommending",
    "state under review",
    "review",
    "session",
    "countries",
    "country",
    "from",
    "rationale",
    "implementation",
    "full list of themes",
    "theme",
    "human rights themes",
    "etat auteur",
    "estado recomendante",
];

/// The columns of a reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Columns {
    numbers: usize,
    position: usize,
    /// Whether the numbers stand in front of texts.
    are_in_texts: bool,
}

impl Columns {
    /// The columns that a row of headings has. A table that names recommending States or reviews is none.
    pub(crate) fn find(cells: &[String]) -> Option<Self> {
        let headings: Vec<String> = cells.iter().map(|cell| folded(cell)).collect();
        let is_other = |heading: &String| {
            OTHER_TABLES
                .iter()
                .any(|begin| heading.starts_with(begin) && !POSITIONS.contains(&heading.as_str()))
        };
        if headings.iter().any(is_other) {
            return None;
        }
        let place = |names: &[&str]| {
            let mut all = headings.iter();
            all.position(|heading| names.contains(&heading.as_str()))
        };
        let columns = Self {
            numbers: place(&NUMBERS)?,
            position: place(&POSITIONS)?,
            are_in_texts: false,
        };
        // Paragraphs with a status are assessments.
        let is = |at: usize, name: &str| headings.get(at).is_some_and(|heading| heading == name);
        (!(is(columns.numbers, "paragraph") && is(columns.position, "status"))).then_some(columns)
    }

    /// The columns of a table in a document. One that names States is a table of recommendations, and for a round a
    /// status is one of implementation, unless the document says that it is a reply.
    pub(crate) fn find_in_document(
        cells: &[String],
        is_titled: bool,
        for_round: bool,
    ) -> Option<Self> {
        const OF_OTHERS: [MappedField; 5] = [
            MappedField::RecommendingStates,
            MappedField::State,
            MappedField::Review,
            MappedField::Session,
            MappedField::Cycle,
        ];
        if is_titled {
            return Self::find(cells).or_else(|| Self::find_in_reply(cells));
        }
        let names_others = OF_OTHERS
            .into_iter()
            .any(|field| column_of(field, cells).is_some())
            || cells.iter().any(|heading| is_country(heading));
        let is_status = column_of(MappedField::Status, cells).is_some()
            || cells.iter().any(|heading| folded(heading) == "status");
        Self::find(cells).filter(|_| !(names_others || for_round && is_status))
    }

    /// The columns of a table of a reply whose numbers stand in front of the recommendations' texts, as in OHCHR's
    /// matrices.
    pub(crate) fn find_in_reply(cells: &[String]) -> Option<Self> {
        const TEXTS: [&str; 6] = [
            "recommendation",
            "recommandation",
            "recomendacion",
            "рекомендаци",
            "التوصي",
            "建议",
        ];
        let headings: Vec<String> = cells.iter().map(|cell| folded(cell)).collect();
        let begins =
            |heading: &String, all: &[&str]| all.iter().any(|one| heading.starts_with(one));
        if headings
            .iter()
            .any(|heading| begins(heading, &OTHER_TABLES))
        {
            return None;
        }
        let is_position = |heading: &String| {
            POSITIONS.contains(&heading.as_str()) || heading.starts_with("position ")
        };
        let mut all = headings.iter();
        let position = all.position(is_position)?;
        let mut all = headings.iter();
        let numbers = all.position(|heading| begins(heading, &TEXTS) && !is_position(heading))?;
        Some(Self {
            numbers,
            position,
            are_in_texts: true,
        })
    }
}

/// The numbers in front of the lines of a cell, and whether texts follow them.
fn in_front(cell: &str) -> Option<(Vec<Paragraph>, bool)> {
    if let Some(paragraphs) = in_cell(cell) {
        return Some((paragraphs, false));
    }
    let found = lines(cell).into_iter().map(|line| {
        let (paragraph, _) = Paragraph::in_front_of(&line);
        paragraph.filter(Paragraph::is_number)
    });
    let found: Vec<Option<Paragraph>> = found.collect();
    found.first()?.as_ref()?;
    let paragraphs: Vec<Paragraph> = found.into_iter().flatten().collect();
    Some((paragraphs, true))
}

/// Returns true if a table says more of recommendations than numbers and answers, so that it is read as a table of
/// recommendations or assessments. In a document, an annex may repeat the texts beside the answers. For a round, a
/// status is one of implementation.
pub(crate) fn says_more(headings: &[String], for_round: bool) -> bool {
    const MORE: [MappedField; 7] = [
        MappedField::Text,
        MappedField::RecommendingStates,
        MappedField::Review,
        MappedField::State,
        MappedField::Session,
        MappedField::Cycle,
        MappedField::Evidence,
    ];
    // A reply may call its answers a status, and justify them.
    const OF_ROUND: [MappedField; 2] = [MappedField::Status, MappedField::Rationale];
    let has = |field| column_of(field, headings).is_some();
    let is_other = |(at, heading): (usize, &String)| {
        let is_read = Columns::find(headings)
            .is_some_and(|columns| [columns.numbers, columns.position].contains(&at));
        let heading = folded(heading);
        !is_read && !heading.is_empty() && !REMARKS.contains(&heading.as_str())
    };
    MORE.into_iter().any(has)
        || for_round && OF_ROUND.into_iter().any(has)
        || headings.iter().enumerate().any(is_other)
}

/// A reply as its rows come by.
pub(crate) struct ReplyTable {
    columns: Columns,
    headings: Vec<String>,
    review: Option<ReviewCode>,
    head: ReplyHead,
    /// Whether texts stood behind the numbers, which are not read.
    has_texts: Cell<bool>,
}

impl ReplyTable {
    /// Begins behind the row of headings.
    pub(crate) fn new(columns: Columns, headings: Vec<String>, review: Option<ReviewCode>) -> Self {
        Self {
            columns,
            headings,
            review,
            head: ReplyHead::default(),
            has_texts: Cell::new(false),
        }
    }

    /// The heading of the column whose texts behind the numbers were not read.
    pub(crate) fn texts_unread(&self) -> Option<&str> {
        let heading = self.headings.get(self.columns.numbers);
        heading.map(String::as_str).filter(|_| self.has_texts.get())
    }

    /// The same with what the document says around the table.
    pub(crate) fn with_head(mut self, head: ReplyHead) -> Self {
        self.head = head;
        self
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let (numbers, answer) = (cell(self.columns.numbers), cell(self.columns.position));
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let heading = |at: usize| self.headings.get(at).map_or("", String::as_str);
        let wrong = |at: usize, value: &str, reason: Message| {
            self.whole(rejected(number, heading(at), value, reason), cells)
        };
        let Some(review) = self.review else {
            let reason = Message::new("exchange-name-the-review");
            return sink.rejected(wrong(self.columns.numbers, numbers, reason));
        };
        let paragraphs = if self.columns.are_in_texts {
            let found = in_front(numbers);
            self.has_texts.set(
                self.has_texts.get() || found.as_ref().is_some_and(|(_, has_texts)| *has_texts),
            );
            found.map(|(paragraphs, _)| paragraphs)
        } else {
            in_cell(numbers)
        };
        let Some(paragraphs) = paragraphs else {
            let reason = if self.columns.are_in_texts {
                Message::new("exchange-no-paragraph")
            } else {
                Message::new("exchange-reply-numbers").with("value", shortened(numbers))
            };
            return sink.rejected(wrong(self.columns.numbers, numbers, reason));
        };
        let of_lines = lines(numbers);
        let mut further = of_lines.iter().filter(|_| self.columns.are_in_texts);
        if let Some(reason) = further
            .find_map(|line| several_recommendations(line, Paragraph::in_front_of(line).0.as_ref()))
        {
            return sink.rejected(wrong(self.columns.numbers, numbers, reason));
        }
        let Some(class) = class_of(answer) else {
            let value = one_line(answer);
            return sink.rejected(wrong(
                self.columns.position,
                &value,
                unknown_position(&value),
            ));
        };
        for paragraph in paragraphs {
            let number_of = |(at, cell): (usize, &String)| {
                let is_number = at == self.columns.numbers;
                if is_number {
                    paragraph.to_string()
                } else {
                    cell.clone()
                }
            };
            let own: Vec<String> = cells.iter().enumerate().map(number_of).collect();
            let owned = |(heading, cell): (&str, &str)| (heading.to_owned(), cell.to_owned());
            sink.answer_row(headed(&self.headings, &own).map(owned).collect());
            let told = Told {
                row: number,
                paragraph,
                class,
                raw: shortened(&single(answer)),
                source_paragraph: None,
            };
            sink.recommendation(told.incoming(review, &self.head))?;
        }
        Ok(())
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        vec![self.columns.numbers, self.columns.position]
    }

    /// Where the numbers of paragraphs stand.
    pub(crate) fn paragraphs(&self) -> usize {
        self.columns.numbers
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.review)
            .with_cells(headed(&self.headings, cells))
    }
}

/// The class that a cell says, perhaps in several lines: supported in part, noted in part.
fn class_of(cell: &str) -> Option<PositionClass> {
    let whole = one_line(cell);
    if whole.is_empty() {
        return None;
    }
    if let Some(class) = position(&whole) {
        return Some(class);
    }
    let of_lines: Vec<Option<PositionClass>> =
        lines(cell).iter().map(|line| position(line)).collect();
    if let Some(classes) = of_lines.into_iter().collect::<Option<Vec<_>>>() {
        return together(&classes);
    }
    // A sentence; what is not certain is asked about.
    match answer(&marks(&whole.to_lowercase(), false).all) {
        Some(Reading::Class(class)) => Some(class),
        _ => None,
    }
}

/// What a reply says of one recommendation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    pub(crate) row: u32,
    pub(crate) paragraph: Paragraph,
    pub(crate) class: PositionClass,
    pub(crate) raw: String,
    pub(crate) source_paragraph: Option<String>,
}

impl Told {
    /// As what an import compares: a position and nothing else.
    pub(crate) fn incoming(self, review: ReviewCode, head: &ReplyHead) -> Incoming {
        Incoming {
            paragraph: Some(self.paragraph),
            position: Some(Position {
                class: self.class,
                raw: self.raw,
                source: head.symbol.clone(),
                source_paragraph: self.source_paragraph,
                date: head.date.map(Into::into),
            }),
            is_reply: true,
            ..Incoming::new(self.row, review)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found() {
        let find = |headings: &[&str]| {
            let headings: Vec<String> = headings.iter().map(|one| (*one).to_owned()).collect();
            Columns::find(&headings).is_some()
        };
        for headings in [
            &["Paragraph", "Position"][..],
            &["N", "Recommendation", "Position", "Comments"],
            &["No.", "Status", "Justification"],
            &["Номер", "Позиция"],
            &["رقم", "الموقف"],
        ] {
            assert!(find(headings), "{headings:?}");
        }
        for headings in [
            &["Paragraph", "Status"][..],
            &["Recommendation", "Position"],
            &["No.", "Recommendation", "Recommending State", "Position"],
            &["Review", "Paragraph", "Position"],
            &["Paragraph", "Text", "Position", "Implementation status"],
        ] {
            assert!(!find(headings), "{headings:?}");
        }
    }

    #[test]
    fn cells_are_read() {
        use PositionClass::{Noted, PartiallySupported, Supported};
        for (cell, class) in [
            ("Supported", Some(Supported)),
            ("Supported in part\nNoted in part", Some(PartiallySupported)),
            ("Supported\nNoted", Some(PartiallySupported)),
            ("Accepted. The law is being drafted", Some(Supported)),
            ("Bhutan takes note of it", Some(Noted)),
            ("The law is being drafted", None),
            ("Bhutan is unable to accept it", Some(Noted)),
            ("Accepted in principle", None),
            ("Accepted in principle. The law is being drafted", None),
            ("Accepted. Bhutan cannot accept the second part of it", None),
            ("", None),
        ] {
            assert_eq!(class_of(cell), class, "{cell}");
        }
    }
}
