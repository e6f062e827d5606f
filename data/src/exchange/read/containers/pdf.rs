//! The text of a PDF: its glyphs, by the fonts' own tables, put together to lines by where they stand.
//!
//! A PDF is a drawing. It is read only where the drawing leaves no doubt: one column, letters that their
//! font names, from left to right. Everything else is refused with what to do instead, because a text in
//! a wrong order looks like a right one.
//!
//! What a hostile file costs is bounded here in pages, glyphs and text. What its parser may cost is
//! bounded by the process that it runs in: see `server`, which reads PDFs in a child of their own.

mod fonts;
mod lines;

use crate::domain::Message;
use fonts::Font;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use hayro_syntax::{LoadPdfError, Pdf};
use lines::Page;
pub(crate) use lines::{beginnings_of_notes, without_counts};
use std::collections::HashMap;
use std::rc::Rc;

/// More pages than any report has.
const MAX_PAGES: usize = 2_000;
/// Glyphs of one page; a dense one has ten thousand.
const MAX_GLYPHS: usize = 200_000;
/// Instructions of one document, drawings included.
const MAX_INSTRUCTIONS: u32 = 20_000_000;
/// Drawings within drawings.
const MAX_DEPTH: usize = 8;
/// Saved states within each other.
const MAX_STATES: usize = 64;
/// The longest text, in bytes: all that the longest report has.
const MAX_TEXT: usize = 8 << 20;

/// A matrix as PDF writes it.
pub(super) type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `one`, then `other`.
fn times(one: Matrix, other: Matrix) -> Matrix {
    let [x_right, x_up, y_right, y_up, right, up] = one;
    let [to_right, to_up, from_right, from_up, by_right, by_up] = other;
    [
        x_right * to_right + x_up * from_right,
        x_right * to_up + x_up * from_up,
        y_right * to_right + y_up * from_right,
        y_right * to_up + y_up * from_up,
        right * to_right + up * from_right + by_right,
        right * to_up + up * from_up + by_up,
    ]
}

/// A glyph where it stands, upright.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Where its letters are in the text of the page.
    pub(super) start: usize,
    pub(super) length: usize,
}

/// What is counted of a document, to tell whether it can be trusted.
#[derive(Default)]
struct Counted {
    shown: usize,
    hidden: usize,
    turned: usize,
    instructions: u32,
}

/// The text of a PDF, line by line.
pub fn pdf_text(bytes: &[u8]) -> Result<String, Message> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Message::new("exchange-pdf-encrypted"),
        LoadPdfError::Invalid => damaged(),
    })?;
    let mut reading = Reading::default();
    let mut pages = Vec::new();
    let mut length = 0;
    for page in pdf.pages().iter() {
        if pages.len() == MAX_PAGES {
            return Err(Message::new("exchange-pdf-pages").with("max", MAX_PAGES));
        }
        reading.begin();
        let state = State::new(page.initial_transform(false).as_coeffs());
        reading.content(page.typed_operations(), page.resources(), state, 0)?;
        let (_, height) = page.render_dimensions();
        length += reading.text.len();
        if length > MAX_TEXT {
            return Err(Message::new("exchange-text-too-long").with("max", MAX_TEXT >> 20));
        }
        pages.push(Page::of(&reading.glyphs, &reading.text, f64::from(height))?);
    }
    let counted = &reading.counted;
    // A picture of each page, perhaps with letters below that a program guessed.
    if counted.shown < pages.len().saturating_mul(20) || counted.hidden > counted.shown {
        return Err(Message::new("exchange-pdf-scanned"));
    }
    if counted.turned > counted.shown / 5 {
        return Err(Message::new("exchange-pdf-order"));
    }
    lines::joined(pages)
}

/// What a file that is no PDF any more is answered with.
fn damaged() -> Message {
    Message::new("exchange-pdf-damaged")
}

/// How text is drawn.
#[derive(Clone)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    /// 1 is as wide as the font is.
    width: f64,
    leading: f64,
    rise: f64,
    is_hidden: bool,
}

impl State {
    fn new(to_page: Matrix) -> Self {
        Self {
            to_page,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            width: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_hidden: false,
        }
    }
}

/// Where the next glyph goes, and where the line began.
struct Cursor {
    text: Matrix,
    line: Matrix,
}

impl Cursor {
    fn new() -> Self {
        Self {
            text: IDENTITY,
            line: IDENTITY,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn forward(&mut self, by: f64) {
        self.text = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }
}

/// A page being read, and what is kept from page to page.
#[derive(Default)]
struct Reading {
    glyphs: Vec<Glyph>,
    text: String,
    counted: Counted,
    /// Fonts by where they stand in the file.
    fonts: HashMap<(u32, i32), Rc<Font>>,
}

impl Reading {
    fn begin(&mut self) {
        self.glyphs.clear();
        self.text.clear();
    }

    fn content(
        &mut self,
        mut instructions: TypedIter<'_>,
        resources: &Resources<'_>,
        mut state: State,
        depth: usize,
    ) -> Result<(), Message> {
        let mut saved: Vec<State> = Vec::new();
        let mut cursor = Cursor::new();
        while let Some(instruction) = instructions.next() {
            self.counted.instructions += 1;
            if self.counted.instructions > MAX_INSTRUCTIONS {
                return Err(Message::new("exchange-pdf-drawings"));
            }
            match instruction {
                TypedInstruction::SaveState(_) if saved.len() < MAX_STATES => {
                    saved.push(state.clone());
                }
                TypedInstruction::RestoreState(_) => {
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                TypedInstruction::Transform(to) => {
                    let matrix = [to.0, to.1, to.2, to.3, to.4, to.5].map(|number| number.as_f64());
                    state.to_page = times(matrix, state.to_page);
                }
                TypedInstruction::BeginText(_) => cursor = Cursor::new(),
                TypedInstruction::TextFont(font) => {
                    state.font = self.font(font.0, resources);
                    state.size = font.1.as_f64();
                }
                TypedInstruction::CharacterSpacing(by) => state.between_letters = by.0.as_f64(),
                TypedInstruction::WordSpacing(by) => state.between_words = by.0.as_f64(),
                TypedInstruction::HorizontalScaling(by) => state.width = by.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(by) => state.leading = by.0.as_f64(),
                TypedInstruction::TextRise(by) => state.rise = by.0.as_f64(),
                TypedInstruction::TextRenderingMode(mode) => {
                    state.is_hidden = mode.0.as_i64() == 3;
                }
                TypedInstruction::NextLine(by) => cursor.next_line(by.0.as_f64(), by.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f64();
                    cursor.next_line(by.0.as_f64(), by.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => cursor.next_line(0.0, -state.leading),
                TypedInstruction::SetTextMatrix(to) => {
                    let matrix = [to.0, to.1, to.2, to.3, to.4, to.5].map(|number| number.as_f64());
                    (cursor.line, cursor.text) = (matrix, matrix);
                }
                TypedInstruction::ShowText(text) => {
                    self.show(text.0.as_bytes(), &state, &mut cursor)?;
                }
                TypedInstruction::NextLineAndShowText(text) => {
                    cursor.next_line(0.0, -state.leading);
                    self.show(text.0.as_bytes(), &state, &mut cursor)?;
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    state.between_words = text.0.as_f64();
                    state.between_letters = text.1.as_f64();
                    cursor.next_line(0.0, -state.leading);
                    self.show(text.2.as_bytes(), &state, &mut cursor)?;
                }
                TypedInstruction::ShowTexts(texts) => {
                    for part in texts.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(text) => {
                                self.show(text.as_bytes(), &state, &mut cursor)?;
                            }
                            Object::Number(back) => {
                                let by = -back.as_f64() / 1000.0 * state.size * state.width;
                                cursor.forward(by);
                            }
                            _ => {}
                        }
                    }
                }
                TypedInstruction::XObject(name) if depth < MAX_DEPTH => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources, &state, depth)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A drawing that a page uses; pictures are none.
    fn form(
        &mut self,
        form: &Stream<'_>,
        of_page: &Resources<'_>,
        state: &State,
        depth: usize,
    ) -> Result<(), Message> {
        let dict = form.dict();
        let is_form = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|subtype| subtype.as_ref() == b"Form");
        if !is_form {
            return Ok(());
        }
        let content = form.decoded().map_err(|_| damaged())?;
        let mut state = state.clone();
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut numbers = matrix.iter::<Number>().map(|number| number.as_f64());
            let mut own = IDENTITY;
            for to in &mut own {
                *to = numbers.next().unwrap_or(*to);
            }
            state.to_page = times(own, state.to_page);
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let resources = own.as_ref().unwrap_or(of_page);
        self.content(TypedIter::new(&content), resources, state, depth + 1)
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let reference = match resources.fonts.get_raw::<Dict<'_>>(name) {
            Some(MaybeRef::Ref(reference)) => Some((reference.obj_number, reference.gen_number)),
            _ => None,
        };
        if let Some(known) = reference.and_then(|reference| self.fonts.get(&reference)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::of(&resources.get_font(name)?));
        if let Some(reference) = reference {
            self.fonts.insert(reference, Rc::clone(&font));
        }
        Some(font)
    }

    /// Notes the glyphs of a string, each where it stands.
    fn show(&mut self, codes: &[u8], state: &State, cursor: &mut Cursor) -> Result<(), Message> {
        let Some(font) = &state.font else {
            return Ok(());
        };
        if font.is_vertical {
            return Err(Message::new("exchange-pdf-order"));
        }
        for code in font.codes(codes) {
            let size = [
                state.size * state.width,
                0.0,
                0.0,
                state.size,
                0.0,
                state.rise,
            ];
            let at = times(times(size, cursor.text), state.to_page);
            let width = font.width(code.number);
            let mut forward = width * state.size + state.between_letters;
            if code.is_blank() {
                forward += state.between_words;
            }
            cursor.forward(forward * state.width);
            let [across, slope, _, height, x, y] = at;
            let start = self.text.len();
            font.push_letters(code.number, &mut self.text);
            let length = self.text.len() - start;
            let is_upright = slope.abs() <= 0.05 * across.abs() && across > 0.0 && height > 0.0;
            if state.is_hidden || !is_upright {
                self.counted.hidden += usize::from(state.is_hidden);
                self.counted.turned += usize::from(!state.is_hidden);
                self.text.truncate(start);
                continue;
            }
            self.counted.shown += 1;
            if self.glyphs.len() == MAX_GLYPHS {
                return Err(Message::new("exchange-pdf-drawings"));
            }
            if [x, y, across, height]
                .iter()
                .all(|number| number.is_finite())
            {
                self.glyphs.push(Glyph {
                    x,
                    end: x + width * across,
                    y,
                    size: height,
                    start,
                    length,
                });
            }
        }
        Ok(())
    }
}
