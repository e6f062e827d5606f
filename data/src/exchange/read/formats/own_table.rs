//! This program's own table: what its writers write, and what a person can make in any spreadsheet.
//!
//! Columns are known by their ids or labels, in any order; what is not known is left alone.
//! An assessment's columns are not read: assessments change through the program, where they have an
//! author and a history.

use crate::domain::{
    ActionCategory, Column, LanguageText, Message, Paragraph, Position, PositionClass,
    RecordedDate, ReviewCode, Scheme, Term, canonical_language,
};
use crate::exchange::formula_guard::without_guard;
use crate::exchange::read::faults::{
    contradiction, no_paragraph, no_state, own_recommendation, unknown_position, unknown_state,
};
use crate::exchange::read::formats::own_table_cells::{Claim, values};
use crate::exchange::read::formats::own_table_fields::{Field, labelled};
use crate::exchange::read::formats::uhri_wording::{
    Beside, Wording, has_notes, several_recommendations,
};
use crate::exchange::read::values::cells::{
    bodies, headed, heading, rejected, shortened, terms, with_comment,
};
use crate::exchange::read::values::goals::goals;
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::read::values::state_under_review::{ReviewColumns, check_named};
use crate::exchange::read::values::term_lists::TermLists;
use crate::exchange::read::values::wording::no_wording;
use crate::exchange::tagged_texts;
use crate::exchange::{FileRefusal, Incoming, MappedField, Rejected, Sink, Stopped};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A table as its rows come by.
pub(crate) struct OwnTable {
    places: HashMap<Field, (usize, String)>,
    named: Option<ReviewCode>,
    /// Whether its texts may carry a guard against formulas, as those of a CSV.
    guarded: bool,
    headings: Vec<String>,
    /// Whether every row must have a paragraph.
    numbered: bool,
    /// Whether this program wrote it: its texts hold what they hold, and nothing is taken out of them.
    written_here: bool,
    /// Where a table that somebody else made says the review.
    of_review: Option<ReviewColumns>,
    lists: TermLists,
}

impl OwnTable {
    /// Begins with the row of headings, which has to have those without which nothing can be read.
    pub(crate) fn new(headings: &[String], named: Option<ReviewCode>) -> Result<Self, FileRefusal> {
        let mut places = HashMap::new();
        for (at, text) in headings.iter().enumerate() {
            if let Some(field) = Field::named(&heading(text)) {
                places.entry(field).or_insert((at, text.trim().to_owned()));
            }
        }
        let has = |column: Column| places.contains_key(&Field::from(column));
        let missing: Vec<&str> = [
            (has(Column::Paragraph), "Paragraph"),
            (has(Column::RecommendingStates), "Recommending States"),
            (has(Column::Text) || has(Column::Summary), "Text"),
        ]
        .into_iter()
        .filter_map(|(there, name)| (!there).then_some(name))
        .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            return Err(FileRefusal::TableHeadings { missing });
        }
        let has_extra = |id: &str| {
            let is_named = |name: &str| name == heading(id) || labelled(name) == Some(id);
            headings.iter().any(|one| is_named(&heading(one)))
        };
        let written_here = has_extra("filter") && has_extra("counting_unit");
        let of_review = ReviewColumns::find(headings).filter(|_| !written_here);
        let says_review = of_review.is_some_and(|columns| columns.says_review());
        if !places.contains_key(&Field::Review) && named.is_none() && !says_review {
            return Err(Message::new("exchange-name-the-review").into());
        }
        Ok(Self {
            places,
            named,
            guarded: true,
            headings: headings.to_vec(),
            numbered: true,
            written_here,
            of_review,
            lists: TermLists::default(),
        })
    }

    /// The same table, which knows the terms of others.
    pub(crate) fn with_terms(self, lists: TermLists) -> Self {
        Self { lists, ..self }
    }

    /// Values of several terms that were not taken apart.
    pub(crate) fn warning(&self) -> Option<Message> {
        self.lists.warning()
    }

    /// The same table, in a workbook.
    pub(crate) fn in_workbook(self) -> Self {
        Self {
            guarded: false,
            ..self
        }
    }

    /// The same table, where rows without a paragraph are taken as well.
    pub(crate) fn unnumbered(self) -> Self {
        Self {
            numbered: false,
            ..self
        }
    }

    /// The same table, written here.
    pub(crate) fn written_here(self) -> Self {
        Self {
            written_here: true,
            of_review: None,
            ..self
        }
    }

    /// Whether this program wrote it.
    pub(crate) fn is_written_here(&self) -> bool {
        self.written_here
    }

    /// Where its paragraphs stand.
    pub(crate) fn paragraphs(&self) -> Option<usize> {
        let place = self.places.get(&Field::from(Column::Paragraph));
        place.map(|(at, _)| *at)
    }

    /// The places of the columns that are read. A column "Id" of somebody else's table numbers the rows of that
    /// table, so it names recommendations only in files that were written here.
    pub(crate) fn reads(&self) -> Vec<usize> {
        let own = [Field::from(Column::Id), Field::from(Column::Texts)];
        let places = self.places.iter();
        places
            .filter(|(field, _)| self.written_here || !own.contains(field))
            .map(|(_, (at, _))| *at)
            .chain(self.of_review.iter().flat_map(ReviewColumns::places))
            .collect()
    }

    /// The places of the columns whose values a person can map.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        let fields = [
            (MappedField::RecommendingStates, Column::RecommendingStates),
            (MappedField::Position, Column::Position),
        ];
        let place = |(field, column)| {
            let (at, _) = self.places.get(&Field::from(column))?;
            Some((field, *at))
        };
        fields.into_iter().filter_map(place).collect()
    }

    /// The places of the texts and of the recommending States.
    pub(crate) fn text_places(&self) -> Option<(usize, Option<usize>)> {
        let place = |column| self.places.get(&Field::from(column)).map(|(at, _)| *at);
        Some((place(Column::Text)?, place(Column::RecommendingStates)))
    }

    /// What a row holds.
    pub(crate) fn row(&self, number: u32, cells: &[String]) -> Result<Incoming, Rejected> {
        self.row_with(number, cells, None)
    }

    /// What a row holds whose text was taken apart: behind it something of the position may stand.
    pub(crate) fn row_with(
        &self,
        number: u32,
        cells: &[String],
        wording: Option<&Wording>,
    ) -> Result<Incoming, Rejected> {
        let row = Row {
            table: self,
            number,
            cells,
            wording,
        };
        row.incoming().map_err(|wrong| self.whole(wrong, cells))
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        match self.row(number, cells) {
            Ok(incoming) => {
                sink.row(&self.headings, cells);
                sink.recommendation(incoming)
            }
            Err(wrong) => sink.rejected(wrong),
        }
    }

    /// Whether a row is no recommendation: our own files without one say in a row what they would be of.
    pub(crate) fn is_about_the_file(&self, cells: &[String]) -> bool {
        let is_empty = |at: usize| cells.get(at).is_none_or(|cell| cell.trim().is_empty());
        let says = |id: &str| {
            let is_named = |name: &str| name == heading(id) || labelled(name) == Some(id);
            let mut headings = self.headings.iter();
            headings
                .position(|one| is_named(&heading(one)))
                .is_some_and(|at| !is_empty(at))
        };
        self.places.values().all(|(at, _)| is_empty(*at)) && says("filter") && says("counting_unit")
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.named)
            .with_cells(headed(&self.headings, cells))
    }
}

struct Row<'a> {
    table: &'a OwnTable,
    number: u32,
    cells: &'a [String],
    /// The text with its States, where it was taken apart before.
    wording: Option<&'a Wording>,
}

impl Row<'_> {
    fn cell(&self, field: impl Into<Field>) -> Cow<'_, str> {
        let place = self.table.places.get(&field.into());
        let cell = place.and_then(|(at, _)| self.cells.get(*at));
        let cell = cell.map_or("", |cell| cell.trim());
        if self.table.guarded {
            without_guard(cell)
        } else {
            Cow::Borrowed(cell)
        }
    }

    fn text(&self, field: impl Into<Field>) -> Option<String> {
        Some(self.cell(field))
            .filter(|text| !text.is_empty())
            .map(Cow::into_owned)
    }

    fn wrong(&self, field: impl Into<Field>, value: &str, reason: Message) -> Rejected {
        let column = self
            .table
            .places
            .get(&field.into())
            .map_or("", |(_, heading)| heading);
        rejected(self.number, column, value, reason)
    }

    fn incoming(&self) -> Result<Incoming, Rejected> {
        let (review, session) = self.review()?;
        let paragraph = self.paragraph()?;
        let (mut text, summary) = (self.text(Column::Text), self.text(Column::Summary));
        if text.is_none() && summary.is_none() {
            return Err(self.wrong(Column::Text, "", Message::new("exchange-no-text")));
        }
        let (recommending, unknown) = in_column(&values(&self.cell(Column::RecommendingStates)));
        if let Some(unknown) = unknown.first() {
            return Err(self.wrong(
                Column::RecommendingStates,
                &unknown.text,
                unknown_state(unknown),
            ));
        }
        let mut recommending = recommending;
        let is_apart = |text: &&mut String| {
            // Nothing to take out: neither brackets nor a number in front nor a remark behind.
            let mut beginning = text.chars().take(60);
            !text.contains(['(', '（']) && !beginning.any(char::is_numeric) && !has_notes(text)
        };
        let as_typed = self.table.written_here;
        let mut wording_of_text = None;
        if let Some(reason) = text
            .as_ref()
            .filter(|_| !as_typed)
            .and_then(|text| several_recommendations(text, paragraph.as_ref()))
        {
            return Err(self.wrong(Column::Text, "", reason));
        }
        if let Some(cell) = text.as_mut().filter(|text| !as_typed && !is_apart(text)) {
            let beside =
                Beside::read(cell, paragraph.as_ref(), &recommending).map_err(|wrong| {
                    let (value, reason) = contradiction(wrong);
                    self.wrong(Column::Text, &value, reason)
                })?;
            *cell = beside.text_of(cell);
            recommending = beside.states;
            wording_of_text = Some(beside.wording);
        }
        if text.as_ref().is_some_and(String::is_empty) {
            return Err(self.wrong(Column::Text, "", Message::new("exchange-no-text")));
        }
        let wording = text.as_deref().filter(|_| !as_typed);
        if let Some(reason) = wording.and_then(no_wording) {
            let text = self.cell(Column::Text);
            return Err(self.wrong(Column::Text, &text, reason));
        }
        if recommending.is_empty() {
            return Err(self.wrong(Column::RecommendingStates, "", no_state(None).1));
        }
        if !as_typed && let Some(reason) = own_recommendation(review, &recommending) {
            let cell = self.cell(Column::RecommendingStates);
            return Err(self.wrong(Column::RecommendingStates, &cell, reason));
        }
        Ok(Incoming {
            row: self.number,
            review,
            session,
            report_symbol: None,
            paragraph,
            text,
            language: self.language()?,
            texts: self.texts()?,
            summary,
            recommending,
            action_category: self.action_category()?,
            responsible_bodies: self.responsible_bodies()?,
            terms: self.terms()?,
            position: self.position(wording_of_text.as_ref().or(self.wording))?,
            source_id: None,
            is_reply: false,
        })
    }

    /// Its number, or the name in a number's place. Files of earlier versions have the name under Paragraph,
    /// those of today under Id.
    fn paragraph(&self) -> Result<Option<Paragraph>, Rejected> {
        let number = self.cell(Column::Paragraph);
        let id = if self.table.written_here {
            self.cell(Column::Id)
        } else {
            Cow::Borrowed("")
        };
        let read = |column: Column, value: &str| {
            let read = if self.table.written_here {
                Paragraph::parse(value).or_else(|_| Paragraph::from_source(value))
            } else {
                Paragraph::from_source(value)
            };
            read.map_err(|_| self.wrong(column, value, no_paragraph(value)))
        };
        if number.is_empty() && !id.is_empty() {
            return read(Column::Id, &id).map(Some);
        }
        if number.is_empty() && !self.table.numbered {
            return Ok(None);
        }
        let paragraph = read(Column::Paragraph, &number)?;
        // A number that was changed in a spreadsheet could be meant as another recommendation or as another
        // number of the same one.
        let is_same = |id: &str| Paragraph::parse(id).is_ok_and(|id| id == paragraph);
        if !id.is_empty() && !is_same(&id) {
            let reason = Message::new("exchange-id-differs")
                .with("id", shortened(&id))
                .with("number", paragraph.as_str());
            return Err(self.wrong(Column::Id, &id, reason));
        }
        Ok(Some(paragraph))
    }

    /// What the file says of it. One that says nothing is not guessed at.
    fn language(&self) -> Result<Option<String>, Rejected> {
        let typed = &*self.cell(Column::Language);
        if typed.is_empty() {
            return Ok(None);
        }
        if let Some(tag) = canonical_language(typed) {
            return Ok(Some(tag));
        }
        let reason = Message::new("exchange-language").with("value", shortened(typed));
        Err(self.wrong(Column::Language, typed, reason))
    }

    /// The texts in further languages, as our own JSON lists them or as our own tables write them.
    fn texts(&self) -> Result<Vec<LanguageText>, Rejected> {
        let cell = &*self.cell(Column::Texts);
        if cell.is_empty() || !self.table.written_here {
            return Ok(Vec::new());
        }
        let wrong = || {
            let reason = Message::new("exchange-texts").with("value", shortened(cell));
            self.wrong(Column::Texts, cell, reason)
        };
        let mut texts = if cell.starts_with("[{") {
            serde_json::from_str(cell).map_err(|_| wrong())?
        } else {
            tagged_texts::read(cell).ok_or_else(wrong)?
        };
        for one in &mut texts {
            one.language = canonical_language(&one.language).ok_or_else(wrong)?;
            if one.text.trim().is_empty() {
                return Err(wrong());
            }
        }
        let mut once = HashSet::new();
        if texts.iter().all(|one| once.insert(one.language.clone())) {
            Ok(texts)
        } else {
            Err(wrong())
        }
    }

    fn review(&self) -> Result<(ReviewCode, Option<u8>), Rejected> {
        let typed = &*self.cell(Field::Review);
        let named = match ReviewCode::parse(typed) {
            Some(typed) if self.table.named.is_none() => Some(typed),
            _ => self.table.named,
        };
        let said = self
            .table
            .of_review
            .and_then(|columns| columns.of(self.cells, named));
        let session = match said {
            Some(Ok((review, session))) if typed.is_empty() => return Ok((review, session)),
            Some(Ok((_, session))) => session,
            Some(Err((place, value, reason))) => {
                let column = self.table.headings.get(place).map_or("", String::as_str);
                return Err(rejected(self.number, column, &value, reason));
            }
            None => None,
        };
        let review = match self.table.named {
            Some(named) if typed.is_empty() => named,
            _ => ReviewCode::parse(typed).ok_or_else(|| {
                let reason =
                    Message::new("exchange-unknown-review").with("value", shortened(typed));
                self.wrong(Field::Review, typed, reason)
            })?,
        };
        match check_named(review, self.table.named) {
            Ok(()) => Ok((review, session)),
            Err(reason) => Err(self.wrong(Field::Review, typed, reason)),
        }
    }

    /// `5` or `5 – Specific action`.
    fn action_category(&self) -> Result<Option<ActionCategory>, Rejected> {
        let typed = &*self.cell(Column::ActionCategory);
        if typed.is_empty() {
            return Ok(None);
        }
        let number: String = typed.chars().take_while(char::is_ascii_digit).collect();
        ActionCategory::parse(&number).map(Some).ok_or_else(|| {
            let reason = Message::new("exchange-action-category").with("value", shortened(typed));
            self.wrong(Column::ActionCategory, typed, reason)
        })
    }

    fn responsible_bodies(&self) -> Result<Vec<String>, Rejected> {
        let cell = &*self.cell(Column::ResponsibleBodies);
        bodies(values(cell)).map_err(|reason| self.wrong(Column::ResponsibleBodies, cell, reason))
    }

    fn terms(&self) -> Result<Vec<Term>, Rejected> {
        let mut all = Vec::new();
        for scheme in Scheme::ALL {
            let cell = &*self.cell(Column::of_terms(scheme));
            let values = match scheme {
                _ if self.table.written_here => Ok(values(cell)),
                Scheme::Sdg => goals(values(cell)),
                _ => Ok(self.table.lists.apart(scheme, values(cell))),
            };
            let terms = values
                .and_then(|values| terms(scheme, values))
                .map_err(|reason| self.wrong(Column::of_terms(scheme), cell, reason))?;
            all.extend(terms);
        }
        Ok(all)
    }

    /// The position. Behind a text its document and a remark on it may stand, as in exports of the index.
    fn position(&self, wording: Option<&Wording>) -> Result<Option<Position>, Rejected> {
        let typed = &*self.cell(Column::Position);
        let Some(class) = position(typed) else {
            return Err(self.wrong(Column::Position, typed, unknown_position(typed)));
        };
        let cell = &*self.cell(Column::PositionSource);
        let has_words = self.table.places.contains_key(&Field::PositionRaw);
        let claim = if self.table.written_here && !has_words {
            Claim::parse(cell)
        } else {
            Claim::of_others(cell, has_words)
        };
        let mut claim = claim.ok_or_else(|| {
            let reason = Message::new("exchange-claim-parts").with("value", shortened(cell));
            self.wrong(Column::PositionSource, cell, reason)
        })?;
        // The parts of a claim stand in its cell or in columns of their own.
        for (field, part) in [
            (Field::PositionParagraph, &mut claim.paragraph),
            (Field::PositionDate, &mut claim.date),
        ] {
            *part = self.one_of(field, self.text(field), part.take())?;
        }
        claim.raw = match (self.text(Field::PositionRaw), claim.raw) {
            (Some(words), Some(raw)) if words != raw => Some(with_comment(words, Some(&raw))),
            (words, raw) => words.or(raw),
        };
        if let Some(wording) = wording {
            claim.source = self.source_of(claim.source, wording.source.clone())?;
            let paragraph = wording.source_paragraph.clone();
            claim.paragraph = self.one_of(Column::PositionSource, claim.paragraph, paragraph)?;
        }
        let comment = wording.and_then(|wording| wording.comment.as_deref());
        if class == PositionClass::Unknown
            && claim.raw.is_none()
            && claim.source.is_none()
            && comment.is_none()
        {
            return Ok(None);
        }
        let words = || match class {
            PositionClass::Unknown if has_words => String::new(),
            _ => typed.to_owned(),
        };
        let raw = claim.raw.unwrap_or_else(words);
        Ok(Some(Position {
            class,
            raw: with_comment(raw, comment),
            source: claim.source,
            source_paragraph: claim.paragraph,
            date: claim.date.map(RecordedDate::from),
        }))
    }

    /// A part of a claim that stands in two places, where it has to be the same.
    fn one_of(
        &self,
        field: impl Into<Field>,
        one: Option<String>,
        other: Option<String>,
    ) -> Result<Option<String>, Rejected> {
        match (one, other) {
            (Some(one), Some(other)) if one != other => Err(self.differ(field, &one, &other)),
            (one, other) => Ok(one.or(other)),
        }
    }

    /// The document of a claim that is named in two places. One may name it with its part or its paragraph, and the
    /// longer one is taken.
    fn source_of(
        &self,
        one: Option<String>,
        other: Option<String>,
    ) -> Result<Option<String>, Rejected> {
        match (one, other) {
            (Some(one), Some(other)) if names_within(&one, &other) => Ok(Some(one)),
            (Some(one), Some(other)) if names_within(&other, &one) => Ok(Some(other)),
            (Some(one), Some(other)) => Err(self.differ(Column::PositionSource, &one, &other)),
            (one, other) => Ok(one.or(other)),
        }
    }

    fn differ(&self, field: impl Into<Field>, one: &str, other: &str) -> Rejected {
        let reason = Message::new("exchange-claims-differ")
            .with("one", shortened(one))
            .with("other", shortened(other));
        self.wrong(field, one, reason)
    }
}

/// Returns true if a text names a document: "A/HRC/31/3/Add.1" and "see A/HRC/31/3, 5" name "A/HRC/31/3", and
/// "A/HRC/31/30" does not.
fn names_within(text: &str, document: &str) -> bool {
    text.match_indices(document).any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let behind = text.get(at + found.len()..).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || "/.-".contains(c))
            && (behind.is_empty()
                || behind.starts_with(|c: char| c.is_whitespace() || "/,;)".contains(c)))
    })
}
