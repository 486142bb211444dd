//! The state of affairs on a day, as known at a position.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Counted, RuleSetBody, System, checks, contradiction, live};
use crate::assessment::Assessment;
use crate::calendar::{Date, Period};
use crate::cascade::{self, BranchCoverage, Burden, Cascade, CascadeRule, Coverage, DutyCoverage, Path};
use crate::document::Value;
use crate::error::Finding;
use crate::ledger::{Key, Position};
use crate::letter::{LetterTypes, LettersView};
use crate::plan::{self, CampaignView, ChecklistView, Due, Proof};
use crate::registry::{RegistryView, UnitRow, When};

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
    facts: BTreeMap<&'a str, Cow<'a, Value>>,
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

    /// Letters, under the types that the rule sets declare.
    pub fn letters(&self) -> LettersView<'a> {
        let table = &self.system.state().rule_sets;
        let known = self.when.known;
        let mut rule_sets: Vec<_> = table.keys(known).filter_map(|key| table.last(key, known)).collect();
        rule_sets.sort_by_key(|row| live::rank(row, self.when.day));
        // A rule set that never speaks of types beside one that does takes nothing from it; a later version of one does.
        let speaking: BTreeSet<&str> = rule_sets
            .iter()
            .filter(|row| !row.value.rules.letter_types.is_empty())
            .map(|row| row.value.rules.id.as_str())
            .collect();
        let types = rule_sets
            .into_iter()
            .filter(|row| speaking.contains(row.value.rules.id.as_str()))
            .map(|row| (row.value.rules.period, row.value.rules.letter_types.as_slice()))
            .collect();
        LettersView::new(&self.system.state().letters, self.when, LetterTypes::new(types))
    }

    /// The rule sets that are live on the day: those whose period holds it, then those whose accounts are still open; the
    /// one that took effect last comes first.
    pub fn rule_sets(&self) -> Vec<&'a RuleSetBody> {
        live::live(&self.system.state().rule_sets, self.when)
    }

    /// The rule set that holds on the day: of several the one that took effect last.
    pub fn rule_set(&self) -> Option<&'a RuleSetBody> {
        let live = self.rule_sets();
        live.into_iter().find(|rules| rules.period.holds(self.when.day))
    }

    /// The rule set of this id, or of this id and version with a space between, whether it is live or not.
    pub fn rule_set_named(&self, name: &str) -> Option<&'a RuleSetBody> {
        live::named(&self.system.state().rule_sets, self.when, name)
    }

    /// The same view at the day at which the checks of a rule set look.
    pub fn under(&self, rules: &RuleSetBody) -> View<'a> {
        View {
            system: self.system,
            when: rules.looks_at(self.when),
        }
    }

    fn named(&self, unit: Option<Key<UnitRow>>) -> Option<&'a str> {
        let units = &self.system.state().registry.units;
        unit.map(|unit| units.id(unit))
    }

    /// How far responsibility got down; nothing when no live rule set says along which edges.
    pub fn cascade(&self) -> Option<Cascade> {
        self.cascade_under(&self.rule_sets())
    }

    /// How far responsibility got down under the first of the rule sets that says along which edges, on the day of its
    /// checks.
    pub fn cascade_under(&self, rule_sets: &[&RuleSetBody]) -> Option<Cascade> {
        let (view, rule) = self.edges(rule_sets)?;
        cascade::cascade(&view.registry(), &view.letters(), rule)
    }

    /// How far responsibility got down, level by level, under the first of the rule sets that says along which edges.
    pub fn coverage_under(&self, rule_sets: &[&RuleSetBody]) -> Option<Coverage> {
        let (view, rule) = self.edges(rule_sets)?;
        let index = &self.system.state().cascade;
        index.coverage(&view.registry(), &view.letters(), rule)
    }

    /// How far it got down to a unit and from it; nothing when the unit does not stand below the top.
    pub fn branch_under(&self, rule_sets: &[&RuleSetBody], unit: &str) -> Option<BranchCoverage> {
        let (view, rule) = self.edges(rule_sets)?;
        let index = &self.system.state().cascade;
        index.branch(&view.registry(), &view.letters(), rule, unit)
    }

    /// What became of each duty of the letters in force; of one unit's when it is given.
    pub fn duties(&self, rule_sets: &[&RuleSetBody], unit: Option<Key<UnitRow>>) -> Option<Vec<DutyCoverage>> {
        let (view, rule) = self.edges(rule_sets)?;
        let duties = &self.system.state().duties;
        Some(cascade::duty_coverage(
            &view.registry(),
            &view.letters(),
            duties,
            rule,
            unit,
        ))
    }

    /// The letters and duties from a unit up to the top; of its duties all, or those of this id or title.
    pub fn path(&self, rule_sets: &[&RuleSetBody], unit: Key<UnitRow>, duty: Option<&str>) -> Option<Path> {
        let (view, rule) = self.edges(rule_sets)?;
        cascade::path(&view.registry(), &view.letters(), rule, unit, duty)
    }

    fn edges<'r>(&self, rule_sets: &[&'r RuleSetBody]) -> Option<(View<'a>, &'r CascadeRule)> {
        let rules = rule_sets.iter().find(|rules| rules.cascade.is_some())?;
        Some((self.under(rules), rules.cascade.as_ref()?))
    }

    /// How far each obligation of the live rule sets is proven.
    pub fn obligations(&self) -> Vec<Proof> {
        self.obligations_under(&self.rule_sets())
    }

    /// How far each obligation of these rule sets is proven.
    pub fn obligations_under(&self, rule_sets: &[&RuleSetBody]) -> Vec<Proof> {
        let plan = &self.system.state().plan;
        let proofs = rule_sets.iter().flat_map(|rules| {
            let registry = self.under(rules).registry();
            plan::proofs(&registry, plan, &rules.owed(&registry), rules.period)
        });
        proofs.collect()
    }

    /// What is due under these rule sets: the spans that have begun, or those of which the last day comes until the day
    /// given; of one unit and its groups when it is named.
    pub fn due(&self, rule_sets: &[&RuleSetBody], until: Option<Date>, unit: Option<Key<UnitRow>>) -> Vec<Due> {
        let unit = self.named(unit);
        let plan = &self.system.state().plan;
        let registry = self.registry();
        let rows = rule_sets
            .iter()
            .flat_map(|rules| plan::due(&registry, plan, &rules.owed(&registry), rules.period, until));
        rows.filter(|row| unit.is_none_or(|unit| row.unit == unit)).collect()
    }

    /// What is laid on each unit in the period of the first of these rule sets; of one unit when it is named.
    pub fn burden(&self, rule_sets: &[&RuleSetBody], unit: Option<Key<UnitRow>>) -> Vec<Burden> {
        let unit = self.named(unit);
        let Some(rules) = rule_sets.first() else {
            return Vec::new();
        };
        let (view, state) = (self.under(rules), self.system.state());
        let mut rows = cascade::burden(
            &view.registry(),
            &view.letters(),
            &state.supervision,
            &state.duties,
            rules.period,
        );
        rows.retain(|row| unit.is_none_or(|unit| row.unit == unit));
        rows
    }

    /// The counts of the reports of a unit within a period, beside what the records show.
    pub fn counted(&self, unit: Key<UnitRow>, period: Period) -> Vec<Counted> {
        contradiction::counted(self, unit, period)
    }

    /// What contradicts within and between the reports of a period, and between them and the records.
    pub fn contradictions(&self, period: Period) -> Vec<Finding> {
        contradiction::findings(self, Some(period))
    }

    /// The campaigns that were opened by the day; of one unit when it is named.
    pub fn campaigns(&self, unit: Option<Key<UnitRow>>) -> Vec<CampaignView<'a>> {
        let unit = self.named(unit);
        let mut rows = plan::campaigns(&self.registry(), &self.system.state().plan);
        rows.retain(|row| unit.is_none_or(|unit| row.unit == unit));
        rows
    }

    /// The checklists that were issued by the day; of one unit when it is named.
    pub fn checklists(&self, unit: Option<Key<UnitRow>>) -> Vec<ChecklistView<'a>> {
        let unit = self.named(unit);
        let mut rows = plan::checklists(&self.registry(), &self.system.state().plan);
        rows.retain(|row| unit.is_none_or(|unit| row.subject == unit));
        rows
    }

    /// Everything the checks find on the day under the live rule sets, each finding once.
    pub fn findings(&self) -> Vec<Finding> {
        checks::findings(self, &self.rule_sets())
    }

    /// What the checks find on the day under these rule sets alone.
    pub fn findings_under(&self, rules: &[&RuleSetBody]) -> Vec<Finding> {
        checks::findings(self, rules)
    }

    /// The facts of a subject, recorded or counted from inspections, as a facts document: with the class, cohort and parent that the roster of the day
    /// says, the imported values of earlier years and the targets.
    pub fn facts(&self, scheme: &'a str, subject: &'a str) -> FactsDocument<'a> {
        self.document(scheme, subject, BTreeMap::new())
    }

    /// The same with what the subject claims of itself in the place of what is recorded.
    pub fn claims(&self, scheme: &'a str, subject: &'a str) -> FactsDocument<'a> {
        let claimed = self.assessment().claimed(scheme, subject, self.when.known);
        self.document(scheme, subject, claimed.into_iter().collect())
    }

    /// The facts of a subject that the ledger counts from its inspections, where nothing else is recorded of them.
    pub fn counted_facts(&self, scheme: &str, subject: &str) -> BTreeMap<&'a str, Value> {
        super::counted::counted(self, scheme, subject)
    }

    fn assessment(&self) -> &'a Assessment {
        &self.system.state().assessment
    }

    fn document(&self, scheme: &'a str, subject: &'a str, instead: BTreeMap<&'a str, &'a Value>) -> FactsDocument<'a> {
        let (assessment, known) = (self.assessment(), self.when.known);
        let entry = assessment
            .roster(scheme, self.when)
            .and_then(|roster| roster.entry(subject));
        let counted = self.counted_facts(scheme, subject).into_iter();
        let mut facts: BTreeMap<&str, Cow<'a, Value>> =
            counted.map(|(name, value)| (name, Cow::Owned(value))).collect();
        let said = assessment.recorded(scheme, subject, known).into_iter().chain(instead);
        facts.extend(said.map(|(name, value)| (name, Cow::Borrowed(value))));
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
