//! The state of affairs on a day, as known at a position.

use serde::Serialize;

use super::rule_set::RuleSetBody;
use super::{System, checks};
use crate::calendar::Date;
use crate::cascade::{self, Branch, Cascade, Coverage};
use crate::document::Value;
use crate::error::Finding;
use crate::ledger::Position;
use crate::letter::{LetterTypes, LettersView};
use crate::plan::{self, Proof};
use crate::registry::{RegistryView, When};

/// Looks at a system from one day and one position.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    system: &'a System,
    when: When,
}

/// The facts of a subject under a scheme, in the form that a scheme scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactsDocument<'a> {
    kind: &'static str,
    format: u32,
    subject: &'a str,
    scheme: &'a str,
    facts: std::collections::BTreeMap<&'a str, &'a Value>,
}

impl<'a> View<'a> {
    pub(super) fn new(system: &'a System, day: Date, known: Position) -> Self {
        View {
            system,
            when: When { day, known },
        }
    }

    /// The day and the position.
    pub fn when(&self) -> When {
        self.when
    }

    /// The system looked at.
    pub fn system(&self) -> &'a System {
        self.system
    }

    /// Units, posts, tenures, groups.
    pub fn registry(&self) -> RegistryView<'a> {
        self.system.state().registry.view(self.when.day, self.when.known)
    }

    /// Letters, under the types that the rule sets declare.
    pub fn letters(&self) -> LettersView<'a> {
        let table = &self.system.state().rule_sets;
        let known = self.when.known;
        let mut rule_sets: Vec<_> = table.keys(known).filter_map(|key| table.last(key, known)).collect();
        rule_sets.sort_by_key(|row| row.from);
        let types = rule_sets
            .into_iter()
            .map(|row| (row.value.0.period, row.value.0.letter_types.as_slice()))
            .collect();
        LettersView::new(&self.system.state().letters, self.when, LetterTypes::new(types))
    }

    /// The rule set that holds on the day: of several the one adopted last.
    pub fn rule_set(&self) -> Option<&'a RuleSetBody> {
        let table = &self.system.state().rule_sets;
        let holding = table
            .keys(self.when.known)
            .filter_map(|key| table.last(key, self.when.known));
        holding
            .filter(|row| row.value.0.period.holds(self.when.day))
            .max_by_key(|row| row.from)
            .map(|row| &row.value.0)
    }

    /// How far responsibility got down; nothing when no rule set says along which edges.
    pub fn cascade(&self) -> Option<Cascade> {
        cascade::cascade(&self.registry(), &self.letters(), self.rule_set()?.cascade.as_ref()?)
    }

    /// How far responsibility got down, level by level; nothing when no rule set says along which edges.
    pub fn coverage(&self) -> Option<Coverage> {
        let rule = self.rule_set()?.cascade.as_ref()?;
        let index = &self.system.state().cascade;
        index.coverage(&self.registry(), &self.letters(), rule)
    }

    /// How far it got down to a unit and from it; nothing when the unit does not stand below the top.
    pub fn branch(&self, unit: &str) -> Option<Branch> {
        let rule = self.rule_set()?.cascade.as_ref()?;
        let index = &self.system.state().cascade;
        index.branch(&self.registry(), &self.letters(), rule, unit)
    }

    /// How far each obligation is proven.
    pub fn obligations(&self) -> Vec<Proof> {
        self.rule_set().map_or_else(Vec::new, |rules| {
            plan::proofs(
                &self.registry(),
                &self.system.state().plan,
                &rules.obligations,
                rules.period,
            )
        })
    }

    /// Everything the checks find on the day, but for what the rule set switches off.
    pub fn findings(&self) -> Vec<Finding> {
        checks::findings(self)
    }

    /// The recorded facts of a subject, as a facts document.
    pub fn facts(&self, scheme: &'a str, subject: &'a str) -> FactsDocument<'a> {
        let facts = self
            .system
            .state()
            .assessment
            .recorded(scheme, subject, self.when.known)
            .into_iter()
            .collect();
        FactsDocument {
            kind: "facts",
            format: 1,
            subject,
            scheme,
            facts,
        }
    }
}
