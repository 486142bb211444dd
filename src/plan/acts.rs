//! Records, problems and plan items as acts.

use serde::Serialize;

use crate::calendar::Date;
use crate::ledger::{Key, Mark, Table};
use crate::registry::{Context, Group, Post, Registry, UnitRow};

crate::record! {
    /// A reference to evidence (佐证), which stays with the host.
    #[derive(Serialize)]
    pub struct Evidence {
        /// The host's reference.
        pub reference: String,
        /// What it is, such as 会议纪要; an obligation names the kinds that count.
        pub kind: String,
    }
}

crate::record! {
    /// A dated fact of the record of work (台账): what was done, when, by whom. No content.
    pub struct Record {
        /// Host id.
        pub id: String,
        /// What was done, in the words of the rule set, such as 专题会议.
        pub kind: String,
        /// The unit that did it.
        pub unit: Option<String>,
        /// The leadership group that did it.
        pub group: Option<String>,
        /// The day; the effective day of the act when missing.
        pub on: Option<Date>,
        /// What proves it.
        pub evidence: Vec<Evidence>,
    }
}

crate::record! {
    /// Enters records.
    pub struct RecordsEntered {
        /// The records.
        pub records: Vec<Record>,
    }
}

crate::record! {
    /// A problem that a duty report admits (存在问题).
    pub struct Problem {
        /// Host id.
        pub id: String,
        /// The unit that reports it.
        pub unit: String,
        /// Its subject, in a few words.
        pub title: String,
        /// Its cause.
        pub cause: Option<String>,
        /// What is to be done.
        pub measure: Option<String>,
        /// The post that owns it.
        pub owner: Option<String>,
        /// The last day for it.
        pub deadline: Option<Date>,
    }
}

crate::record! {
    /// Enters problems.
    pub struct ProblemsRegistered {
        /// The problems.
        pub problems: Vec<Problem>,
    }
}

crate::record! {
    /// Something planned (计划事项).
    pub struct PlanItem {
        /// Host id.
        pub id: String,
        /// The unit that plans it.
        pub unit: String,
        /// Its subject, in a few words.
        pub title: String,
        /// The problems that it answers.
        pub problems: Vec<String>,
        /// The post that owns it.
        pub owner: Option<String>,
        /// The last day for it.
        pub deadline: Option<Date>,
    }
}

crate::record! {
    /// Enters plan items.
    pub struct PlanItemsRegistered {
        /// The plan items.
        pub items: Vec<PlanItem>,
    }
}

crate::record! {
    /// Closes problems and plan items on the effective day.
    pub struct ItemsClosed {
        /// The problems.
        pub problems: Vec<String>,
        /// The plan items.
        pub items: Vec<String>,
    }
}

/// Who owes or did something: a unit or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A unit.
    Unit(Key<UnitRow>),
    /// A leadership group.
    Group(Key<Group>),
}

/// A record as entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// What was done.
    pub kind: Box<str>,
    /// Who did it.
    pub doer: Doer,
    /// The day.
    pub on: Date,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

/// What one act said of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemRow {
    /// It was admitted on this day.
    Registered(Date, Box<Problem>),
    /// It was closed on this day.
    Closed(Date),
}

/// What one act said of a plan item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanItemRow {
    /// It was planned on this day.
    Registered(Date, Box<PlanItem>),
    /// It was closed on this day.
    Closed(Date),
}

/// Everything the ledger has said of records, problems and plan items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Records.
    pub records: Table<RecordRow>,
    /// Problems.
    pub problems: Table<ProblemRow>,
    /// Plan items.
    pub items: Table<PlanItemRow>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct PlanMark([Mark; 3]);

impl Plan {
    /// How far the tables are filled.
    pub fn mark(&self) -> PlanMark {
        PlanMark([self.records.mark(), self.problems.mark(), self.items.mark()])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: PlanMark) {
        let PlanMark([records, problems, items]) = mark;
        self.records.rollback(records);
        self.problems.rollback(problems);
        self.items.rollback(items);
    }
}

const UNIT: (&str, &str) = ("单位", "unit");
const GROUP: (&str, &str) = ("领导小组", "leadership group");
const PROBLEM: (&str, &str) = ("存在问题", "problem");
const ITEM: (&str, &str) = ("计划事项", "plan item");

impl RecordsEntered {
    /// Enters the records.
    pub fn apply(self, registry: &Registry, plan: &mut Plan, act: &Context<'_>) {
        for (index, record) in self.records.into_iter().enumerate() {
            let place = format!("/records/{index}");
            let doer = match (&record.unit, &record.group) {
                (Some(unit), None) => act
                    .reference(&registry.units, &format!("{place}/unit"), UNIT, unit)
                    .map(Doer::Unit),
                (None, Some(group)) => act
                    .reference(&registry.groups, &format!("{place}/group"), GROUP, group)
                    .map(Doer::Group),
                _ => {
                    let (zh, en) = ("unit、group 两项须且只须填一项", "give exactly one of unit, group");
                    act.refuse(&place, "plan.doer_not_single", zh, en);
                    None
                }
            };
            act.introduce(
                &mut plan.records,
                &format!("{place}/id"),
                ("台账记录", "record"),
                &record.id,
            );
            let Some(doer) = doer else { continue };
            let on = record.on.unwrap_or(act.effective);
            let row = RecordRow {
                kind: record.kind.into(),
                doer,
                on,
                evidence: record.evidence,
            };
            plan.records.push(act.at, &record.id, row);
        }
    }
}

impl ProblemsRegistered {
    /// Enters the problems.
    pub fn apply(self, registry: &Registry, plan: &mut Plan, act: &Context<'_>) {
        for (index, problem) in self.problems.into_iter().enumerate() {
            let place = format!("/problems/{index}");
            act.reference(&registry.units, &format!("{place}/unit"), UNIT, &problem.unit);
            owned(registry, act, &place, problem.owner.as_deref());
            act.introduce(&mut plan.problems, &format!("{place}/id"), PROBLEM, &problem.id);
            let id = problem.id.clone();
            plan.problems
                .push(act.at, &id, ProblemRow::Registered(act.effective, Box::new(problem)));
        }
    }
}

impl PlanItemsRegistered {
    /// Enters the plan items.
    pub fn apply(self, registry: &Registry, plan: &mut Plan, act: &Context<'_>) {
        for (index, item) in self.items.into_iter().enumerate() {
            let place = format!("/items/{index}");
            act.reference(&registry.units, &format!("{place}/unit"), UNIT, &item.unit);
            owned(registry, act, &place, item.owner.as_deref());
            for (number, problem) in item.problems.iter().enumerate() {
                act.reference(&plan.problems, &format!("{place}/problems/{number}"), PROBLEM, problem);
            }
            act.introduce(&mut plan.items, &format!("{place}/id"), ITEM, &item.id);
            let id = item.id.clone();
            plan.items
                .push(act.at, &id, PlanItemRow::Registered(act.effective, Box::new(item)));
        }
    }
}

impl ItemsClosed {
    /// Closes the problems and plan items.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        for (index, id) in self.problems.iter().enumerate() {
            if let Some(key) = act.reference(&plan.problems, &format!("/problems/{index}"), PROBLEM, id) {
                act.supersede(&mut plan.problems, key);
                plan.problems.push(act.at, id, ProblemRow::Closed(act.effective));
            }
        }
        for (index, id) in self.items.iter().enumerate() {
            if let Some(key) = act.reference(&plan.items, &format!("/items/{index}"), ITEM, id) {
                act.supersede(&mut plan.items, key);
                plan.items.push(act.at, id, PlanItemRow::Closed(act.effective));
            }
        }
    }
}

fn owned(registry: &Registry, act: &Context<'_>, place: &str, owner: Option<&str>) -> Option<Key<Post>> {
    act.reference(&registry.posts, &format!("{place}/owner"), ("职务", "post"), owner?)
}
