//! Inspections as acts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::RectificationPlanned;
use crate::calendar::{Date, Period};
use crate::ledger::{Key, Mark, Table};
use crate::letter::Letters;
use crate::registry::{Basis, Context, Registry, RegistryView, UnitRow};

crate::record! {
    /// The units over which an inspection goes: those of the classes, and those named.
    #[derive(Serialize)]
    pub struct Scope {
        /// Classes of units.
        pub classes: Vec<String>,
        /// Single units.
        pub units: Vec<String>,
    }
}
crate::document::kept!(struct Scope { classes, units });

crate::record! {
    /// Plans an inspection, or an inspection mechanism.
    pub struct InspectionPlanned {
        /// Host id of the act, and of the inspection unless the next field names another.
        pub id: String,
        /// Host id of the inspection when it is not the id of the act: a correction has an id of its own.
        pub inspection: Option<String>,
        /// Title.
        pub title: String,
        /// The unit that inspects.
        pub unit: String,
        /// When it is to take place.
        pub period: Period,
        /// Over whom it goes.
        pub scope: Scope,
        /// The letter whose duties it looks into.
        pub letter: Option<String>,
        /// Whether it stands outside the yearly plan of inspections; it needs an approval then.
        pub unscheduled: bool,
        /// The document that approves it.
        pub approval: Option<Basis>,
    }
}
crate::document::kept!(struct InspectionPlanned {
    id, inspection, title, unit, period, scope, letter, unscheduled, approval
});

crate::record! {
    /// What an inspection found (督查发现的问题).
    pub struct InspectionFinding {
        /// Host id.
        pub id: String,
        /// The unit where it was found.
        pub unit: String,
        /// Its subject, in a few words.
        pub title: String,
        /// The last day for its rectification.
        pub deadline: Option<Date>,
    }
}
crate::document::kept!(struct InspectionFinding { id, unit, title, deadline });

crate::record! {
    /// An inspection took place on the effective day.
    pub struct InspectionHeld {
        /// The planned inspection.
        pub inspection: String,
        /// The units that were inspected.
        pub units: Vec<String>,
        /// What was found.
        pub findings: Vec<InspectionFinding>,
    }
}

crate::record! {
    /// A finding is written off (销号) on the effective day.
    pub struct WrittenOff {
        /// The finding.
        pub finding: String,
        /// The unit that rectified.
        pub rectified_by: String,
        /// The unit that confirmed it; never the one that rectified.
        pub confirmed_by: String,
    }
}

/// What one act said of an inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InspectionRow {
    /// It was planned.
    Planned(Box<InspectionPlanned>),
    /// It took place.
    Held {
        /// The day.
        on: Date,
        /// The units.
        units: Vec<Key<UnitRow>>,
    },
}
crate::document::kept!(enum InspectionRow { 0 Planned(a), 1 Held { on, units } });

/// What one act said of an inspection finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingRow {
    /// It was found.
    Found {
        /// The day.
        on: Date,
        /// The inspection.
        inspection: Box<str>,
        /// What was found.
        finding: Box<InspectionFinding>,
    },
    /// Its rectification was planned.
    Planned {
        /// The day.
        on: Date,
        /// The plan.
        plan: Box<RectificationPlanned>,
    },
    /// A stage was reached.
    Reached {
        /// The day.
        on: Date,
        /// The stage.
        stage: Box<str>,
    },
    /// Its last day was moved.
    Extended {
        /// The day on which it was granted.
        on: Date,
        /// The new last day.
        to: Date,
    },
    /// It was written off on this day.
    WrittenOff(Date),
    /// It came back.
    Recurred {
        /// The day.
        on: Date,
        /// The new last day.
        deadline: Option<Date>,
    },
}
crate::document::kept!(enum FindingRow {
    0 Found { on, inspection, finding }, 1 Planned { on, plan }, 2 Reached { on, stage }, 3 Extended { on, to },
    4 WrittenOff(a), 5 Recurred { on, deadline }
});

impl FindingRow {
    /// The day on which it happened.
    pub fn on(&self) -> Date {
        match self {
            FindingRow::Found { on, .. }
            | FindingRow::Planned { on, .. }
            | FindingRow::Reached { on, .. }
            | FindingRow::Extended { on, .. }
            | FindingRow::WrittenOff(on)
            | FindingRow::Recurred { on, .. } => *on,
        }
    }
}

/// Everything the ledger has said of inspections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supervision {
    /// Inspections.
    pub inspections: Table<InspectionRow>,
    /// What they found.
    pub findings: Table<FindingRow>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct SupervisionMark([Mark; 2]);

impl Supervision {
    /// How far the tables are filled.
    pub fn mark(&self) -> SupervisionMark {
        SupervisionMark([self.inspections.mark(), self.findings.mark()])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: SupervisionMark) {
        let SupervisionMark([inspections, findings]) = mark;
        self.inspections.rollback(inspections);
        self.findings.rollback(findings);
    }
}

pub(super) const UNIT: (&str, &str) = ("单位", "unit");
const INSPECTION: (&str, &str) = ("督查", "inspection");
pub(super) const FINDING: (&str, &str) = ("督查发现的问题", "inspection finding");

/// The units in scope on the day of the view, in the order of their ids.
pub fn in_scope(registry: &RegistryView<'_>, scope: &Scope) -> Vec<Key<UnitRow>> {
    let table = &registry.registry().units;
    let named: BTreeSet<_> = scope.units.iter().filter_map(|id| table.key(id)).collect();
    registry
        .units()
        .filter(|unit| named.contains(unit) || scope.classes.iter().any(|class| class == registry.class(*unit)))
        .collect()
}

impl InspectionPlanned {
    /// Plans the inspection.
    pub fn apply(mut self, registry: &Registry, letters: &Letters, supervision: &mut Supervision, act: &Context<'_>) {
        let place = if self.inspection.is_some() {
            "/inspection"
        } else {
            "/id"
        };
        self.id = self.inspection.take().unwrap_or(self.id);
        act.reference(&registry.units, "/unit", UNIT, &self.unit);
        for (index, unit) in self.scope.units.iter().enumerate() {
            act.reference(&registry.units, format_args!("/scope/units/{index}"), UNIT, unit);
        }
        if let Some(letter) = &self.letter {
            act.reference(&letters.letters, "/letter", ("责任书", "letter"), letter);
        }
        act.introduce(&mut supervision.inspections, place, INSPECTION, &self.id);
        let id = self.id.clone();
        supervision
            .inspections
            .push(act.at, &id, InspectionRow::Planned(Box::new(self)));
    }
}

impl InspectionHeld {
    /// Enters that it took place.
    pub fn apply(self, registry: &Registry, supervision: &mut Supervision, act: &Context<'_>) {
        let Some(key) = act.reference(&supervision.inspections, "/inspection", INSPECTION, &self.inspection) else {
            return;
        };
        act.supersede(&mut supervision.inspections, key);
        let mut units = Vec::with_capacity(self.units.len());
        for (index, unit) in self.units.iter().enumerate() {
            units.extend(act.reference(&registry.units, format_args!("/units/{index}"), UNIT, unit));
        }
        let row = InspectionRow::Held {
            on: act.effective,
            units,
        };
        supervision.inspections.push(act.at, &self.inspection, row);
        for (index, finding) in self.findings.into_iter().enumerate() {
            let place = format!("/findings/{index}");
            act.reference(&registry.units, format_args!("{place}/unit"), UNIT, &finding.unit);
            act.in_order(format_args!("{place}/deadline"), act.effective, finding.deadline);
            act.introduce(
                &mut supervision.findings,
                format_args!("{place}/id"),
                FINDING,
                &finding.id,
            );
            let id = finding.id.clone();
            supervision.findings.push(
                act.at,
                &id,
                FindingRow::Found {
                    on: act.effective,
                    inspection: self.inspection.as_str().into(),
                    finding: Box::new(finding),
                },
            );
        }
    }
}

impl WrittenOff {
    /// Writes the finding off.
    pub fn apply(self, registry: &Registry, supervision: &mut Supervision, act: &Context<'_>) {
        act.reference(&registry.units, "/rectified_by", UNIT, &self.rectified_by);
        act.reference(&registry.units, "/confirmed_by", UNIT, &self.confirmed_by);
        if self.rectified_by == self.confirmed_by {
            act.refuse(
                "/confirmed_by",
                "supervision.own_write_off",
                "销号须由整改单位以外的单位确认",
                "a write-off is confirmed by somebody other than the rectifier",
            );
        }
        let Some(key) = act.reference(&supervision.findings, "/finding", FINDING, &self.finding) else {
            return;
        };
        act.supersede(&mut supervision.findings, key);
        supervision
            .findings
            .push(act.at, &self.finding, FindingRow::WrittenOff(act.effective));
    }
}

crate::document::kept!(struct Supervision { inspections, findings });
