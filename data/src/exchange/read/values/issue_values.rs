//! What a person has said about issues that are not known: put in their place once a row is read.

use crate::domain::{Scheme, known_issue};
use crate::exchange::{
    FileAccount, ForwardingSink, Incoming, MappedField, Mapping, ReadOptions, Sink, Stopped,
};
use std::collections::{BTreeMap, BTreeSet};

/// Hands on what a reader finds, with the issues as the mapping understands them.
pub(crate) struct IssueReader<'a> {
    sink: &'a mut dyn Sink,
    /// Without one nobody is asked about issues.
    mapping: Option<&'a Mapping>,
    known: &'a BTreeSet<String>,
    left_out: BTreeMap<String, u64>,
}

impl<'a> IssueReader<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink, options: &'a ReadOptions) -> Self {
        Self {
            sink,
            mapping: options.mapping.as_ref(),
            known: &options.issues,
            left_out: BTreeMap::new(),
        }
    }

    fn is_known(&self, mapping: &Mapping, issue: &str) -> bool {
        mapping.value(MappedField::Issues, issue).is_some()
            || known_issue(issue).is_some()
            || self.known.contains(issue.trim())
    }

    /// Replaces the issues of a recommendation by what they mean, each once.
    fn replace_issues(&mut self, mapping: &Mapping, one: &mut Incoming) {
        let mut seen = BTreeSet::new();
        let terms = std::mem::take(&mut one.terms);
        for mut term in terms {
            if term.scheme == Scheme::Issue {
                match mapping.value(MappedField::Issues, &term.name) {
                    Some(Mapping::LEAVE_OUT) => {
                        *self.left_out.entry(term.name).or_default() += 1;
                        continue;
                    }
                    Some(Mapping::KEEP) => {}
                    Some(issue) => issue.clone_into(&mut term.name),
                    None => {
                        ForwardingSink::unknown_value(self, MappedField::Issues, &term.name);
                    }
                }
                if !seen.insert(term.name.clone()) {
                    continue;
                }
            }
            one.terms.push(term);
        }
    }
}

impl ForwardingSink for IssueReader<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn recommendation(&mut self, mut one: Incoming) -> Result<(), Stopped> {
        if let Some(mapping) = self.mapping {
            self.replace_issues(mapping, &mut one);
        }
        self.sink.recommendation(one)
    }

    fn unknown_value(&mut self, field: MappedField, value: &str) {
        let is_known = field == MappedField::Issues
            && self
                .mapping
                .is_none_or(|mapping| self.is_known(mapping, value));
        if !is_known {
            self.sink.unknown_value(field, value);
        }
    }

    fn account(&mut self, mut account: FileAccount) {
        account.issues_left_out = std::mem::take(&mut self.left_out);
        self.sink.account(account);
    }
}
