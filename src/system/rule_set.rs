//! Rule sets (规则集): what switches, parameterises and bases the checks.

use std::collections::{BTreeMap, BTreeSet};

use super::RuleSetRow;
use crate::assessment::{Assessment, Procedure};
use crate::calendar::{Date, Period};
use crate::cascade::{BurdenRule, CascadeRule};
use crate::document::{Cursor, Read, Shape};
use crate::error::{Finding, Severity};
use crate::ledger::Table;
use crate::letter::LetterType;
use crate::plan::{self, MeetingRule, Obligation};
use crate::registry::{
    Basis, CapacityRule, Context, DivisionRule, GroupsRule, Registry, RegistryRules, RegistryView, ResponsibilityRule,
    When,
};

crate::choice! {
    /// A stage of the yearly loop.
    pub enum Stage {
        /// A leadership group stands.
        Group = "group" "领导小组",
        /// Letters are in force.
        Letters = "letters" "签订责任书",
        /// Work is recorded.
        Records = "records" "过程记录",
        /// An inspection takes place.
        Inspection = "inspection" "督查",
        /// A result is approved.
        Assessment = "assessment" "考核",
    }
}
crate::document::kept!(enum Stage { 0 Group, 1 Letters, 2 Records, 3 Inspection, 4 Assessment });

crate::choice! {
    /// How much a finding weighs.
    pub enum Weight {
        /// A rule asks for something that the records do not show.
        Warning = "warning" "问题",
        /// Worth knowing before an inspector asks.
        Notice = "notice" "提示",
    }
}
crate::document::kept!(enum Weight { 0 Warning, 1 Notice });

crate::record! {
    /// How this place wants a check: switched off, weighed otherwise, or resting on a rule of its own.
    pub struct CheckRule {
        /// The code of the finding; all are listed in the reference of acts and checks.
        pub code: String,
        /// Whether this place does not want to see it.
        pub off: bool,
        /// How much it weighs here.
        pub severity: Option<Weight>,
        /// The rule that asks for it here.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct CheckRule { code, off, severity, basis });

crate::record! {
    /// What a place asks of its responsibility system in a period, and on what it rests.
    pub struct RuleSetBody {
        /// The word rule_set.
        pub kind: String => || Shape::Choice(&[("rule_set", "规则集")]),
        /// The number 1.
        pub format: u32 => || Shape::Format(1),
        /// Id.
        pub id: String,
        /// Version.
        pub version: String,
        /// Title.
        pub title: String,
        /// The days for which it holds.
        pub period: Period,
        /// Until when its accounts stay open: the assessment of a year ends in the next. Up to this day its findings are
        /// told beside those of the rule set that follows; on the last day of the period when missing.
        pub accounts_until: Option<Date>,
        /// What it rests on.
        pub basis: Vec<Basis>,
        /// What is asked of the cascade.
        pub cascade: Option<CascadeRule>,
        /// The types of letters and what is asked of each; they apply to letters whose first day lies in the period.
        pub letter_types: Vec<LetterType>,
        /// How much may be laid on a unit.
        pub burden: Vec<BurdenRule>,
        /// What must happen how often.
        pub obligations: Vec<Obligation>,
        /// What counts as a meeting of a leadership group whose papers say how often it meets; not asked when missing.
        pub meetings: Option<MeetingRule>,
        /// Which posts carry which responsibility, where nothing else is assigned.
        pub responsibilities: Vec<ResponsibilityRule>,
        /// What is asked of those who act in a capacity.
        pub capacities: Vec<CapacityRule>,
        /// What is asked of the division of work.
        pub division: Option<DivisionRule>,
        /// What is asked of leadership groups.
        pub groups: Option<GroupsRule>,
        /// The stages that the year must pass.
        pub r#loop as "loop": Vec<Stage>,
        /// The steps and clocks of the assessment.
        pub procedure: Option<Procedure>,
        /// Codes of findings that this place does not want to see.
        pub switched_off: Vec<String>,
        /// Findings that this place wants otherwise than they come.
        pub checks: Vec<CheckRule>,
    }
}
crate::document::kept!(struct RuleSetBody {
    kind, format, id, version, title, period, accounts_until, basis, cascade, letter_types, burden, obligations,
    meetings, responsibilities, capacities, division, groups, r#loop, procedure, switched_off, checks
});

impl RuleSetBody {
    /// What is owed: its obligations, and the meetings of the groups that exist on the day of the view.
    pub(super) fn owed(&self, registry: &RegistryView<'_>) -> Vec<Obligation> {
        plan::owed(registry, &self.obligations, self.meetings.as_ref())
    }

    /// The last day on which its accounts are open.
    pub fn open_until(&self) -> Date {
        self.accounts_until.unwrap_or(self.period.to()).max(self.period.to())
    }

    /// The day at which its checks look: the day itself, or the last of its period once that is over.
    pub fn looks_at(&self, when: When) -> When {
        When {
            day: when.day.min(self.period.to()),
            known: when.known,
        }
    }

    /// The findings as this place wants them; of two words on one check the later counts.
    pub fn wanted(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        let checks: BTreeMap<&str, &CheckRule> = self.checks.iter().map(|check| (check.code.as_str(), check)).collect();
        let off = |code: &str| {
            self.switched_off.iter().any(|other| other == code) || checks.get(code).is_some_and(|check| check.off)
        };
        found.retain(|finding| !off(finding.code));
        for finding in &mut found {
            let Some(check) = checks.get(finding.code) else {
                continue;
            };
            match check.severity {
                Some(Weight::Warning) => finding.severity = Severity::Warning,
                Some(Weight::Notice) => finding.severity = Severity::Notice,
                None => {}
            }
            if check.basis.is_some() {
                finding.basis.clone_from(&check.basis);
            }
        }
        found
    }

    /// The parts that concern the registry.
    pub fn registry(&self) -> RegistryRules<'_> {
        RegistryRules {
            responsibilities: &self.responsibilities,
            capacities: &self.capacities,
            division: self.division.as_ref(),
            groups: self.groups.as_ref(),
        }
    }
}

/// A rule set document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet(pub RuleSetBody);

/// The format that this library writes and reads.
const FORMAT: &str = "1";
const KIND: &str = "rule_set";

impl Read for RuleSet {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let fields = at.fields()?;
        let other_kind = at.text_of("kind").is_some_and(|kind| kind != KIND);
        let other_format = at.number_of("format").is_some_and(|format| format != FORMAT);
        if other_kind || other_format {
            return at.problem(
                "document.unknown_format",
                "应为 kind 为 rule_set、format 为 1 的规则集文档",
                "expected a document of kind rule_set, format 1",
            );
        }
        let body = RuleSetBody::read_fields(&fields);
        fields.finish();
        body.map(RuleSet)
    }
    fn shape() -> Shape {
        RuleSetBody::shape()
    }
}

crate::record! {
    /// Adopts a rule set. The same id and version with other content is refused.
    pub struct RuleSetAdopted {
        /// The document.
        pub rule_set: RuleSet,
    }
}

impl RuleSetAdopted {
    /// Adopts the rule set.
    pub fn apply(
        self,
        registry: &Registry,
        rule_sets: &mut Table<RuleSetRow>,
        assessment: &mut Assessment,
        act: &Context<'_>,
    ) {
        let RuleSetAdopted { rule_set } = self;
        let id = format!("{} {}", rule_set.0.id, rule_set.0.version);
        act.introduce(rule_sets, "/rule_set/version", ("规则集", "rule set"), &id);
        if let Some(corrected) = act.corrects {
            assessment.withdraw_procedures(corrected, act.at);
        }
        if let Some(procedure) = &rule_set.0.procedure {
            procedure.adopt(registry, assessment, "/rule_set/procedure", act);
        }
        if let Some(cascade) = &rule_set.0.cascade {
            act.reference(&registry.units, "/rule_set/cascade/top", ("单位", "unit"), &cascade.top);
            act.reference(
                &registry.edges,
                "/rule_set/cascade/edge",
                ("隶属关系类型", "edge kind"),
                &cascade.edge,
            );
        }
        letter_types(registry, &rule_set.0.letter_types, act);
        if let Some(division) = &rule_set.0.division {
            act.reference(
                &registry.edges,
                "/rule_set/division/edge",
                ("隶属关系类型", "edge kind"),
                &division.edge,
            );
        }
        act.in_order(
            "/rule_set/accounts_until",
            rule_set.0.period.to(),
            rule_set.0.accounts_until,
        );
        for (index, obligation) in rule_set.0.obligations.iter().enumerate() {
            let place = format!("/rule_set/obligations/{index}/by");
            if obligation.every.is_some() && obligation.by.is_some() {
                act.refuse(
                    &place,
                    "plan.every_and_by",
                    "every 与 by 只能填一项：按周期履行用 every，一次完成用 by",
                    "give one of every and by: what returns has every, what is done once has by",
                );
            }
            act.in_order(&place, rule_set.0.period.from(), obligation.by);
        }
        let row = RuleSetRow {
            from: act.effective,
            rules: rule_set.0,
        };
        rule_sets.push(act.at, &id, row);
    }
}

/// A type has one meaning within a rule set, and its edge must be declared.
fn letter_types(registry: &Registry, types: &[LetterType], act: &Context<'_>) {
    let mut seen = BTreeSet::new();
    for (index, kind) in types.iter().enumerate() {
        let place = format!("/rule_set/letter_types/{index}");
        if !seen.insert(kind.id.as_str()) {
            act.refuse(
                format_args!("{place}/id"),
                "system.letter_type_twice",
                format!("责任书类型“{}”重复规定，请合并为一项", kind.id),
                format!("letter type \"{}\" is declared twice; make it one", kind.id),
            );
        }
        if let Some(edge) = &kind.edge {
            let what = ("隶属关系类型", "edge kind");
            act.reference(&registry.edges, format_args!("{place}/edge"), what, edge);
        }
    }
}
