//! The columns that a list and its files are asked to show, instead of the usual ones.

use super::Column;

/// Chosen columns, each once and in the order of the table of columns. The paragraph is always among them, because rows
/// are known by it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ChosenColumns(Vec<Column>);

impl ChosenColumns {
    /// Chooses these columns; those that nobody can choose are left out.
    pub fn of(columns: &[Column]) -> Self {
        let is_chosen = |column: &Column| columns.contains(column) || *column == Column::Paragraph;
        Self(Column::choosable().filter(is_chosen).collect())
    }

    /// Returns true if a list shows this column.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// The columns of a list on screen.
    pub fn on_screen(&self) -> impl Iterator<Item = Column> {
        self.0.iter().copied()
    }

    /// The columns of a file of the list. What lists put into one column is in several of a file.
    pub fn in_files(&self) -> impl Iterator<Item = Column> {
        Column::in_files().filter(|column| match column {
            Column::Id => true,
            Column::Summary | Column::Text | Column::Language => {
                self.has(*column) || self.has(Column::Headline)
            }
            Column::Issues | Column::Themes => self.has(*column) || self.has(Column::Topics),
            column => self.has(*column),
        })
    }

    /// Returns true if a column shows what is not kept in memory over all reviews.
    pub fn need_database(&self) -> bool {
        let stored = [
            Column::PositionSource,
            Column::Rationale,
            Column::Confidence,
            Column::Evidence,
        ];
        stored.into_iter().any(|column| self.has(column))
    }

    /// The ids as an address names them: `paragraph,status`.
    pub fn ids(&self) -> String {
        let ids: Vec<&str> = self.0.iter().map(|column| column.id()).collect();
        ids.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_columns_have_one_order_and_the_paragraph() {
        let chosen = ChosenColumns::of(&[Column::Status, Column::Relevance, Column::Headline]);
        assert_eq!(chosen.ids(), "paragraph,recommendation,status");
        assert!(!chosen.need_database());
        assert!(ChosenColumns::of(&[Column::Evidence]).need_database());
    }

    #[test]
    fn a_file_has_the_columns_that_a_list_joins() {
        let files = |columns: &[Column]| -> Vec<&str> {
            let chosen = ChosenColumns::of(columns);
            chosen.in_files().map(Column::id).collect()
        };
        assert_eq!(
            files(&[Column::Headline, Column::Topics]),
            [
                "paragraph",
                "summary",
                "text",
                "text_language",
                "issues",
                "themes",
                "id"
            ]
        );
        assert_eq!(files(&[Column::Status]), ["paragraph", "status", "id"]);
    }
}
