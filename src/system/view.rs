//! The state of affairs on a day, as known at a position.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rule_set::RuleSetBody;
use super::{System, checks};
use crate::assessment::Assessment;
use crate::calendar::Date;
use crate::cascade::{self, Cascade};
use crate::document::Value;
use crate::error::Finding;
use crate::ledger::Position;
use crate::letter::LettersView;
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
    facts: BTreeMap<&'a str, &'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cohort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    history: BTreeMap<String, BTreeMap<&'a str, &'a Value>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    targets: BTreeMap<&'a str, &'a Value>,
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

    /// Letters.
    pub fn letters(&self) -> LettersView<'a> {
        LettersView::new(&self.system.state().letters, self.when)
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

    /// The recorded facts of a subject, as a facts document: with the class, cohort and parent that the roster of the day
    /// says, the imported values of earlier years and the targets.
    pub fn facts(&self, scheme: &'a str, subject: &'a str) -> FactsDocument<'a> {
        self.document(scheme, subject, BTreeMap::new())
    }

    /// The same with what the subject claims of itself in the place of what is recorded.
    pub fn claims(&self, scheme: &'a str, subject: &'a str) -> FactsDocument<'a> {
        let claimed = self.assessment().claimed(scheme, subject, self.when.known);
        self.document(scheme, subject, claimed.into_iter().collect())
    }

    fn assessment(&self) -> &'a Assessment {
        &self.system.state().assessment
    }

    fn document(&self, scheme: &'a str, subject: &'a str, instead: BTreeMap<&'a str, &'a Value>) -> FactsDocument<'a> {
        let (assessment, known) = (self.assessment(), self.when.known);
        let entry = assessment
            .roster(scheme, self.when)
            .and_then(|roster| roster.entry(subject));
        let mut facts: BTreeMap<_, _> = assessment.recorded(scheme, subject, known).into_iter().collect();
        facts.extend(instead);
        let mut history: BTreeMap<String, BTreeMap<&str, &Value>> = BTreeMap::new();
        for row in assessment.opening_values(scheme, subject, known) {
            let year = history.entry(format!("{:04}", row.year)).or_default();
            year.extend(row.values.iter().map(|(name, value)| (name.as_str(), value)));
        }
        FactsDocument {
            kind: "facts",
            format: 1,
            subject,
            scheme,
            facts,
            class: entry.and_then(|entry| entry.class.as_deref()),
            cohort: entry.and_then(|entry| entry.cohort.as_deref()),
            parent: entry.and_then(|entry| entry.parent.as_deref()),
            history,
            targets: assessment.targets_of(scheme, subject, known).into_iter().collect(),
        }
    }
}
