//! The headings by which our own table is known: those of the one table of columns, a few that only the
//! reader has, and the labels in other languages.

use crate::domain::Column;
use crate::exchange::read::values::cells::heading;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The id of each label in another language, by the heading that the label makes.
static LABELS: OnceLock<HashMap<String, String>> = OnceLock::new();

/// Adds the labels of columns in other languages than English, as pairs of an id and a label: our own files are
/// recognised by them, too. Whoever writes files with such labels calls this when the program starts. Only the
/// first call has an effect.
pub fn recognise_labels(labels: impl IntoIterator<Item = (String, String)>) {
    LABELS.get_or_init(|| {
        let labels = labels.into_iter();
        labels.map(|(id, label)| (heading(&label), id)).collect()
    });
}

/// The id of the column with a label in another language, given as [`heading`] makes it.
pub(crate) fn labelled(name: &str) -> Option<&'static str> {
    Some(LABELS.get()?.get(name)?.as_str())
}

/// A column that is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Field {
    /// The review.
    Review,
    /// A column that the writers write.
    Column(Column),
    /// The State's words, where the claim behind a position is in columns of its own.
    PositionRaw,
    /// The paragraph of the document that holds them.
    PositionParagraph,
    /// The day of the position.
    PositionDate,
}

/// The parts of a claim that may have a column each, by their ids.
pub(crate) const CLAIM: [(Field, &str); 3] = [
    (Field::PositionRaw, "position_raw"),
    (Field::PositionParagraph, "position_paragraph"),
    (Field::PositionDate, "position_date"),
];

impl From<Column> for Field {
    fn from(column: Column) -> Self {
        Self::Column(column)
    }
}

impl Field {
    /// Every field with its id, in the order of our files; the parts of a claim follow the claim.
    pub(crate) fn all() -> impl Iterator<Item = (Self, &'static str)> {
        let columns = Column::read_from_files().flat_map(|column| {
            let parts = CLAIM.iter().copied();
            let parts = parts.filter(move |_| column == Column::PositionSource);
            std::iter::once((Self::Column(column), column.id())).chain(parts)
        });
        let id = (Self::Column(Column::Id), Column::Id.id());
        std::iter::once((Self::Review, "review"))
            .chain(columns)
            .chain([id])
    }

    /// The field that a heading names, given as [`heading`] makes it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let known = labelled(name);
        Self::all()
            .find(|(field, id)| {
                heading(id) == name || field.aliases().contains(&name) || known == Some(id)
            })
            .map(|(field, _)| field)
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Column(column) => column.spec().aliases,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::read::formats::own_table::OwnTable;

    #[test]
    fn labels_of_another_language_name_the_same_columns() {
        let labels = [
            ("review", "Überprüfung"),
            ("paragraph", "Absatz"),
            ("recommending_states", "Empfehlende Staaten"),
            ("text", "Wortlaut"),
            ("filter", "Auswahl"),
            ("counting_unit", "Zähleinheit"),
            ("no_such_column", "Spalte"),
        ];
        recognise_labels(labels.map(|(id, label)| (id.to_owned(), label.to_owned())));
        for (id, label) in labels {
            let by_id = Field::named(&heading(id));
            assert_eq!(Field::named(&heading(label)), by_id, "{label}");
        }
        // Ids and English labels stay what they are.
        let paragraph = Some(Field::from(Column::Paragraph));
        for name in ["Absatz", "ABSATZ", "Paragraph", "paragraph"] {
            assert_eq!(Field::named(&heading(name)), paragraph, "{name}");
        }
        let headings = labels.map(|(_, label)| label.to_owned());
        let table = OwnTable::new(&headings, None).unwrap();
        let cells = ["BLR-3", "1.1", "Togo", "Do it", "", "", ""].map(str::to_owned);
        let read = table.row(2, &cells).unwrap();
        assert_eq!(read.paragraph.unwrap().to_string(), "1.1");
        assert_eq!(read.text.as_deref(), Some("Do it"));
        assert!(OwnTable::new(&["Absatz".to_owned(), "Wort".to_owned()], None).is_err());
    }
}
