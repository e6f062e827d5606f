//! How a summary is looked at: the parameters of its address that choose no recommendations.

use data::domain::{Order, query_pairs};

/// The order of the squares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Squares {
    /// As the report's paragraphs.
    #[default]
    Paragraph,
    /// The best status first.
    Status,
}

/// The order of parts, and of squares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Look {
    pub(crate) order: Order,
    pub(crate) squares: Squares,
}

impl Look {
    /// Reads a query string; what is not known is as usual.
    pub(crate) fn parse(query: &str) -> Self {
        let mut look = Self::default();
        for (name, value) in query_pairs(query) {
            match name.as_str() {
                "order" => look.order = Order::parse(&value).unwrap_or_default(),
                "squares" if value == "status" => look.squares = Squares::Status,
                _ => {}
            }
        }
        look
    }

    /// Its parameters; none for what is as usual.
    pub(crate) fn pairs(self) -> Vec<(&'static str, &'static str)> {
        let mut pairs = Vec::new();
        if self.order != Order::default() {
            pairs.push(("order", self.order.code()));
        }
        if self.squares == Squares::Status {
            pairs.push(("squares", "status"));
        }
        pairs
    }

    /// A query string with its parameters behind.
    pub(crate) fn after(self, mut query: String) -> String {
        for (name, value) in self.pairs() {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            query.push_str(value);
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for order in Order::ALL {
            for squares in [Squares::Paragraph, Squares::Status] {
                let look = Look { order, squares };
                assert_eq!(Look::parse(&look.after("q=law".to_owned())), look);
                assert_eq!(Look::parse(&look.after(String::new())), look);
            }
        }
        assert_eq!(Look::default().after(String::new()), "");
        assert_eq!(Look::parse("order=nonsense&squares=x"), Look::default());
    }
}
