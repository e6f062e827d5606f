//! How a summary is looked at: the parameters of its address that choose no recommendations.

use crate::urls::paths;
use data::domain::{AnswerClasses, Order, query_pairs};

/// The parameter that says in which classes positions are counted.
pub(crate) const CLASSES: &str = "classes";

/// The order of the squares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Squares {
    /// As the report's paragraphs.
    #[default]
    Paragraph,
    /// The best status first.
    Status,
}

/// The order of parts, and of squares; the classes that positions are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Look {
    pub(crate) order: Order,
    pub(crate) squares: Squares,
    pub(crate) classes: AnswerClasses,
}

impl Look {
    /// Reads a query string; what is not known is as usual.
    pub(crate) fn parse(query: &str) -> Self {
        let mut look = Self::default();
        for (name, value) in query_pairs(query) {
            match name.as_str() {
                "order" => look.order = Order::parse(&value).unwrap_or_default(),
                "squares" if value == "status" => look.squares = Squares::Status,
                CLASSES => look.classes = AnswerClasses::parse(&value).unwrap_or_default(),
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
        if self.classes != AnswerClasses::default() {
            pairs.push((CLASSES, self.classes.code()));
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

    /// An address with its parameters behind.
    pub(crate) fn on(self, address: &str) -> String {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        paths::with_query(path.to_owned(), &self.after(query.to_owned()))
    }

    /// A query string with these classes in place of its own.
    pub(crate) fn in_place_of(self, query: &str) -> String {
        let own = |pair: &&str| pair.split('=').next() == Some(CLASSES);
        let others: Vec<&str> = query.split('&').filter(|pair| !own(pair)).collect();
        self.classes_only().after(others.join("&"))
    }

    /// Only the classes: what pages keep that have neither an order nor squares.
    pub(crate) fn classes_only(self) -> Self {
        Self {
            classes: self.classes,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for order in Order::ALL {
            for squares in [Squares::Paragraph, Squares::Status] {
                for classes in AnswerClasses::ALL {
                    let look = Look {
                        order,
                        squares,
                        classes,
                    };
                    assert_eq!(Look::parse(&look.after("q=law".to_owned())), look);
                    assert_eq!(Look::parse(&look.after(String::new())), look);
                }
            }
        }
        assert_eq!(Look::default().after(String::new()), "");
        assert_eq!(
            Look::parse("order=nonsense&squares=x&classes=four"),
            Look::default()
        );
        let official = Look {
            classes: AnswerClasses::Official,
            ..Look::default()
        };
        assert_eq!(official.on("/world"), "/world?classes=official");
        assert_eq!(
            official.on("/world?cycle=3"),
            "/world?cycle=3&classes=official"
        );
        assert_eq!(Look::default().on("/world?cycle=3"), "/world?cycle=3");
        let query = "q=law&classes=recorded&order=count";
        assert_eq!(
            official.in_place_of(query),
            "q=law&order=count&classes=official"
        );
        assert_eq!(Look::default().in_place_of("classes=official"), "");
    }
}
