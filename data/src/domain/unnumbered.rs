//! Recommendations that their source does not number: where they stand in it.

use super::{Position, Recommendation, SourceKind};
use std::sync::Arc;

/// Where a recommendation without a number stands among those of its review, as it is read from a database.
///
/// It is derived and no part of what is known of a recommendation: it is neither stored nor compared, and it
/// changes when the numbers of others become known.
#[derive(Clone, Eq, Debug, Default)]
pub struct Unnumbered(Option<UnnumberedPlace>);

/// A place in the order of the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnnumberedPlace {
    /// From 1.
    pub place: usize,
    /// How many of the review have no number.
    pub total: usize,
    /// The source that does not number, if it is known.
    pub source: Option<Arc<str>>,
}

impl PartialEq for Unnumbered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Unnumbered {
    /// At a place.
    pub(crate) fn at(place: UnnumberedPlace) -> Self {
        Self(Some(place))
    }

    /// The place, if it is known.
    pub fn place(&self) -> Option<&UnnumberedPlace> {
        self.0.as_ref()
    }
}

/// The source that does not number, of a recommendation with these claims.
pub(crate) fn source_of(claims: &[Position]) -> Option<Arc<str>> {
    let mut databases = claims.iter().filter(|claim| {
        matches!(
            claim.source_kind(),
            SourceKind::Database | SourceKind::Index
        )
    });
    let claim = databases.next().or(claims.first())?;
    claim.source.as_deref().map(Arc::from)
}

/// Puts the recommendations of a review in the order of lists: by their numbers, then those without one in the
/// order in which their source told them; and says of these where they stand.
#[cfg(feature = "store")]
pub(crate) fn put_in_order(all: &mut [Recommendation]) {
    all.sort_by_cached_key(|one| {
        let number = one.paragraph.is_number().then(|| one.paragraph.order());
        (number.is_none(), number, one.id)
    });
    let first = all.partition_point(|one| one.paragraph.is_number());
    let unnumbered = all.get_mut(first..).unwrap_or_default();
    let total = unnumbered.len();
    for (place, one) in (1..).zip(unnumbered) {
        let source = source_of(&one.positions);
        one.unnumbered = Unnumbered::at(UnnumberedPlace {
            place,
            total,
            source,
        });
    }
}

#[cfg(all(test, feature = "store"))]
mod tests {
    use super::*;
    use crate::domain::{Paragraph, PositionClass};

    #[test]
    fn recommendations_without_a_number_are_in_the_order_of_their_source() {
        let claim = Position {
            class: PositionClass::Noted,
            raw: String::new(),
            source: Some("UPR Info".to_owned()),
            source_paragraph: None,
            date: None,
        };
        let one = |id: i64, paragraph: &str| Recommendation {
            id,
            positions: vec![claim.clone()],
            ..Recommendation::new(Paragraph::parse(paragraph).unwrap())
        };
        let mut all = [
            one(1, "zealously-ratify-0000000000"),
            one(2, "120.10"),
            one(3, "abolish-it-0000000000"),
            one(4, "120.9"),
        ];
        put_in_order(&mut all);
        let order: Vec<i64> = all.iter().map(|one| one.id).collect();
        assert_eq!(order, [4, 2, 1, 3]);
        let place = all[3].unnumbered.place().unwrap();
        assert_eq!((place.place, place.total), (2, 2));
        assert_eq!(place.source.as_deref(), Some("UPR Info"));
        assert_eq!(all[0].unnumbered.place(), None);
        // It is no part of what is known.
        assert_eq!(all[3], one(3, "abolish-it-0000000000"));
    }
}
