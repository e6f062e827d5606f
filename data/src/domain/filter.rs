//! The one filter: what a list, its charts and its exports show, and in which order.
//!
//! The query string of an address is its whole state. It is read once, into a typed [`Filter`];
//! everything else (rows, counts beside filter values, links, the sentence in words) comes from there.
//! Values of one dimension widen the set, dimensions narrow it.

use super::{
    ChosenColumns, Column, CountingUnit, Dimension, Message, RegionalGroup, ReviewRecord,
    RoundRecord, Search, StateCode, shorten,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The order of a list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// From the end.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            column: Column::Paragraph,
            descending: false,
        }
    }
}

/// A filter, sorted and paged.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Filter {
    /// The values chosen for each dimension, each once and in canonical form.
    pub chosen: BTreeMap<Dimension, Vec<String>>,
    /// The words looked for.
    pub search: Option<Search>,
    /// The slug of the round whose statuses are shown; none: the review's default round.
    pub round: Option<String>,
    /// What is counted.
    pub unit: CountingUnit,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: usize,
    /// Rows on a page: one of [`Filter::PER_PAGE`].
    pub per_page: usize,
    /// The columns that the list and its files show; none: the usual ones.
    pub columns: Option<ChosenColumns>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            chosen: BTreeMap::new(),
            search: None,
            round: None,
            unit: CountingUnit::default(),
            sort: Sort::default(),
            page: 1,
            per_page: Self::PER_PAGE[0],
            columns: None,
        }
    }
}

/// A value of a dimension beside the number of recommendations that choosing it would show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FacetValue {
    /// The value in canonical form.
    pub value: String,
    /// How many recommendations have it, of those that the other dimensions leave.
    pub count: u64,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Sort {
    /// The order of a list that names none: what was looked for comes best first.
    pub fn natural(searched: bool) -> Self {
        Self {
            column: if searched {
                Column::Relevance
            } else {
                Column::Paragraph
            },
            descending: false,
        }
    }
}

impl Filter {
    /// The page sizes offered; the first is the default.
    pub const PER_PAGE: [usize; 3] = [25, 50, 100];

    /// The most values of all dimensions together: more than there are States. Each selected value has a link that
    /// names all the others, so the size of a page grows with the square of their number.
    pub const MOST_VALUES: usize = 250;

    /// The parameters beside the dimensions. Each has one value: of several the last counts.
    pub const ONCE: [&str; 6] = ["q", "round", "unit", "sort", "page", "per"];

    /// The parameter that names the columns of a list, by their ids with commas between them or several times.
    pub const COLUMNS: &str = "columns";

    /// Reads a query string. What cannot be read is left out and said in a message each: parameters
    /// that are not known are ignored, because addresses get decorated on their way.
    pub fn parse(query: &str) -> (Self, Vec<Message>) {
        let mut filter = Self::default();
        let mut sort = None;
        let mut columns: Vec<Column> = Vec::new();
        let mut faults = Vec::new();
        let mut value_count = 0;
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in query_pairs(query) {
            if value.trim().is_empty() {
                continue;
            }
            let unfit = |key| {
                Message::new(key)
                    .with("parameter", &name)
                    .with("value", shorten(&value, Message::LONGEST_VALUE))
            };
            if let Some(dimension) = Dimension::from_param(&name) {
                match dimension.canonical(&value) {
                    Some(value) => {
                        let chosen = filter.chosen.entry(dimension).or_default();
                        if chosen.contains(&value) {
                            continue;
                        }
                        if value_count < Self::MOST_VALUES {
                            chosen.push(value);
                        }
                        value_count += 1;
                    }
                    None => faults.push(unfit("filter-unknown-value")),
                }
                continue;
            }
            if Self::ONCE.contains(&name.as_str())
                && let Some(before) = given.insert(name.clone(), value.clone())
                && before != value
            {
                faults.push(unfit("filter-given-twice"));
            }
            match name.as_str() {
                "q" => {
                    filter.search = Search::parse(&value);
                    if filter.search.is_none() {
                        faults.push(unfit("filter-search-unreadable"));
                    } else if Search::is_too_long(&value) {
                        faults
                            .push(Message::new("filter-search-too-long").with("max", Search::MAX));
                    }
                }
                "round" => filter.round = Some(value),
                "unit" => match CountingUnit::parse(&value) {
                    Some(unit) => filter.unit = unit,
                    None => faults.push(unfit("filter-unknown-value")),
                },
                "sort" => {
                    let (name, descending) = value
                        .strip_prefix('-')
                        .map_or((value.as_str(), false), |name| (name, true));
                    match Column::parse(name).filter(|column| column.sortable()) {
                        Some(column) => sort = Some(Sort { column, descending }),
                        None => faults.push(unfit("filter-unknown-value")),
                    }
                }
                "page" => match value.trim().parse() {
                    Ok(page) if page > 0 => filter.page = page,
                    _ => faults.push(unfit("filter-unknown-value")),
                },
                "per" => match value.trim().parse() {
                    Ok(rows) if Self::PER_PAGE.contains(&rows) => filter.per_page = rows,
                    _ => faults.push(unfit("filter-unknown-value")),
                },
                Self::COLUMNS => {
                    for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                        match Column::choosable().find(|column| column.id() == id) {
                            Some(column) => columns.push(column),
                            None => faults.push(
                                Message::new("filter-unknown-column")
                                    .with("value", shorten(id, Message::LONGEST_VALUE)),
                            ),
                        }
                    }
                }
                _ => {}
            }
        }
        if !columns.is_empty() {
            filter.columns = Some(ChosenColumns::of(&columns));
        }
        if value_count > Self::MOST_VALUES {
            let fault = Message::new("filter-too-many-values");
            faults.push(fault.with("max", Self::MOST_VALUES));
        }
        filter.chosen.retain(|_, values| !values.is_empty());
        for values in filter.chosen.values_mut() {
            values.sort_unstable();
        }
        (filter.sorted_by(sort), faults)
    }

    /// The query string of this filter, without `?`, the shortest and always the same one: what is
    /// default is left out. Empty for the whole list.
    pub fn to_query(&self) -> String {
        encoded(&self.pairs())
    }

    fn pairs(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut pairs: Vec<(&str, Cow<'_, str>)> = Vec::new();
        for (dimension, values) in &self.chosen {
            let values = values.iter().map(|value| value.as_str().into());
            pairs.extend(values.map(|value| (dimension.param(), value)));
        }
        if let Some(search) = &self.search {
            pairs.push(("q", search.typed().into()));
        }
        if let Some(round) = &self.round {
            pairs.push(("round", round.into()));
        }
        if self.unit != CountingUnit::default() {
            pairs.push(("unit", self.unit.code().into()));
        }
        if self.sort != Sort::natural(self.search.is_some()) {
            let minus = if self.sort.descending { "-" } else { "" };
            pairs.push(("sort", format!("{minus}{}", self.sort.column.id()).into()));
        }
        if self.per_page != Self::PER_PAGE[0] {
            pairs.push(("per", self.per_page.to_string().into()));
        }
        if let Some(columns) = &self.columns {
            pairs.push((Self::COLUMNS, columns.ids().into()));
        }
        if self.page != 1 {
            pairs.push(("page", self.page.to_string().into()));
        }
        pairs
    }

    /// The same in that order, or in the natural one: where nothing is looked for, nothing is more
    /// relevant than anything else.
    #[must_use]
    fn sorted_by(self, sort: Option<Sort>) -> Self {
        let searched = self.search.is_some();
        let fits = |sort: &Sort| searched || sort.column != Column::Relevance;
        Self {
            sort: sort.filter(fits).unwrap_or_else(|| Sort::natural(searched)),
            ..self
        }
    }

    /// Whether it asks for recommendations of that State: one of the States and of a group that are
    /// chosen, where any are.
    pub fn asks_for(&self, state: StateCode) -> bool {
        let chosen = |dimension: Dimension, value: &str| {
            let values = self.chosen.get(&dimension);
            values.is_none_or(|values| values.iter().any(|one| one == value))
        };
        chosen(Dimension::RecommendingState, state.as_str())
            && chosen(
                Dimension::RegionalGroup,
                state.group().map_or("", RegionalGroup::code),
            )
    }

    /// Whether it leaves everything in.
    pub fn is_everything(&self) -> bool {
        self.chosen.is_empty() && self.search.is_none()
    }

    /// The same on another page.
    #[must_use]
    pub fn with_page(&self, page: usize) -> Self {
        Self {
            page: page.max(1),
            ..self.clone()
        }
    }

    /// The same in another order, from the first page.
    #[must_use]
    pub fn with_sort(&self, sort: Sort) -> Self {
        Self {
            sort,
            page: 1,
            ..self.clone()
        }
    }

    /// The same with the usual columns.
    #[must_use]
    pub fn with_usual_columns(&self) -> Self {
        Self {
            columns: None,
            ..self.clone()
        }
    }

    /// The same with only these values of a dimension, from the first page.
    #[must_use]
    pub fn with_only(&self, dimension: Dimension, value: &str) -> Self {
        let mut filter = Self {
            page: 1,
            ..self.clone()
        };
        filter.chosen.insert(dimension, vec![value.to_owned()]);
        filter
    }

    /// What [`Filter::with_only`] says in an address, for the many values of one dimension: the query
    /// string of each is this one with the value in its place.
    pub fn queries_with_only(&self, dimension: Dimension) -> impl Fn(&str) -> String + use<> {
        let filter = self.with_only(dimension, "");
        let pairs = filter.pairs();
        let place = pairs
            .iter()
            .position(|(name, _)| *name == dimension.param());
        let (before, after) = pairs.split_at(place.unwrap_or(pairs.len()));
        let mut before = encoded(before);
        if !before.is_empty() {
            before.push('&');
        }
        let after = match encoded(after.get(1..).unwrap_or_default()) {
            after if after.is_empty() => after,
            after => format!("&{after}"),
        };
        move |value| {
            let chosen = encoded(&[(dimension.param(), value.into())]);
            [before.as_str(), &chosen, &after].concat()
        }
    }

    /// The same without one value, from the first page.
    #[must_use]
    pub fn without(&self, dimension: Dimension, value: &str) -> Self {
        let mut filter = Self {
            page: 1,
            ..self.clone()
        };
        if let Some(values) = filter.chosen.get_mut(&dimension) {
            values.retain(|chosen| chosen != value);
            if values.is_empty() {
                filter.chosen.remove(&dimension);
            }
        }
        filter
    }

    /// The same without the search, from the first page.
    #[must_use]
    pub fn without_search(&self) -> Self {
        let without = Self {
            search: None,
            page: 1,
            ..self.clone()
        };
        without.sorted_by(Some(self.sort))
    }

    /// The same with another search, from the first page.
    #[must_use]
    pub fn with_search(&self, search: Search) -> Self {
        Self {
            search: Some(search),
            page: 1,
            ..self.clone()
        }
    }

    /// Everything, of the same round and in the same unit and order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        let cleared = Self {
            chosen: BTreeMap::new(),
            search: None,
            page: 1,
            ..self.clone()
        };
        cleared.sorted_by(Some(self.sort))
    }

    /// The same without order, page and round: what it chooses, and the unit.
    #[must_use]
    pub fn selection(&self) -> Self {
        Self {
            chosen: self.chosen.clone(),
            search: self.search.clone(),
            unit: self.unit,
            ..Self::default()
        }
    }

    /// The round whose statuses are shown, or what is wrong with the one named.
    pub fn round_of<'a>(
        &self,
        record: &'a ReviewRecord,
    ) -> (Option<&'a RoundRecord>, Option<RoundFault>) {
        let value = |slug| shorten(slug, Message::LONGEST_VALUE).into_owned();
        match &self.round {
            None => (record.default_round(), None),
            Some(slug) => match record.round(slug) {
                Some(round) if round.round.kind == super::RoundKind::Itemised => {
                    (Some(round), None)
                }
                Some(_) => (
                    record.default_round(),
                    Some(RoundFault::HasTotalsOnly(value(slug))),
                ),
                None if record.any_round(slug).is_some() => (
                    record.default_round(),
                    Some(RoundFault::Withdrawn(value(slug))),
                ),
                None => (
                    record.default_round(),
                    Some(RoundFault::Unknown(value(slug))),
                ),
            },
        }
    }
}

/// What is wrong with the round that a filter names: its name as far as a sentence repeats it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RoundFault {
    /// It has reported totals only, which no list shows.
    HasTotalsOnly(String),
    /// It was withdrawn.
    Withdrawn(String),
    /// The review has no such round.
    Unknown(String),
}

impl RoundFault {
    /// The sentence that says so.
    pub fn message(&self) -> Message {
        match self {
            Self::HasTotalsOnly(value) => {
                Message::new("filter-round-has-totals-only").with("value", value)
            }
            Self::Withdrawn(value) => Message::new("filter-round-withdrawn").with("value", value),
            Self::Unknown(value) => Message::new("filter-unknown-value")
                .with("parameter", "round")
                .with("value", value),
        }
    }
}

/// The other way round.
fn encoded(pairs: &[(&str, Cow<'_, str>)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

/// The parameters of a query string, with or without `?`, in order.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default()
}
