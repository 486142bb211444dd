//! Rectification (整改): planned in stages, extended, and reopened when a fault that was written off comes back (反弹).

use super::Supervision;
use super::acts::{FINDING, FindingRow, UNIT};
use crate::calendar::Date;
use crate::ledger::Key;
use crate::registry::{Context, Registry};

crate::record! {
    /// A stage of a rectification.
    pub struct RectificationStage {
        /// Its id within the rectification.
        pub id: String,
        /// What is to be reached, in a few words.
        pub title: String,
        /// Its last day.
        pub by: Date,
    }
}
crate::document::kept!(struct RectificationStage { id, title, by });

crate::record! {
    /// Plans the rectification of a finding; what is said here takes the place of what was planned before.
    pub struct RectificationPlanned {
        /// The finding.
        pub finding: String,
        /// The unit that rectifies.
        pub unit: String,
        /// The post that leads it.
        pub leader: Option<String>,
        /// The cause, in a few words.
        pub cause: Option<String>,
        /// What is to be done.
        pub measure: String,
        /// Its stages, in order.
        pub stages: Vec<RectificationStage>,
    }
}
crate::document::kept!(struct RectificationPlanned { finding, unit, leader, cause, measure, stages });

crate::record! {
    /// A stage of a rectification was reached on the effective day.
    pub struct RectificationReached {
        /// The finding.
        pub finding: String,
        /// The stage.
        pub stage: String,
        /// References of what proves it.
        pub evidence: Vec<String>,
    }
}

crate::record! {
    /// Moves the last day of a rectification.
    pub struct FindingExtended {
        /// The finding.
        pub finding: String,
        /// The new last day.
        pub to: Date,
        /// The unit that grants it: never the one that rectifies.
        pub granted_by: String,
        /// Why.
        pub reason: String,
    }
}

crate::record! {
    /// What was written off has come back: the old finding is open again.
    pub struct FindingRecurred {
        /// The finding.
        pub finding: String,
        /// The last day for its rectification.
        pub deadline: Option<Date>,
        /// What was seen, in a few words.
        pub reason: String,
    }
}

/// Refuses that a unit decides on its own rectification.
fn not_its_own(supervision: &Supervision, key: Key<FindingRow>, unit: &str, act: &Context<'_>) {
    let mut rows = supervision.findings.rows(key, act.at);
    let own = rows.any(|row| match &row.value {
        FindingRow::Found { finding, .. } => finding.unit == unit,
        FindingRow::Planned { plan, .. } => plan.unit == unit,
        _ => false,
    });
    if own {
        act.refuse(
            "/granted_by",
            "supervision.own_extension",
            "延期须由整改单位以外的单位批准",
            "an extension is granted by somebody other than the rectifier",
        );
    }
}

impl RectificationPlanned {
    /// Keeps the plan.
    pub fn apply(self, registry: &Registry, supervision: &mut Supervision, act: &Context<'_>) {
        act.reference(&registry.units, "/unit", UNIT, &self.unit);
        if let Some(leader) = &self.leader {
            act.reference(&registry.posts, "/leader", ("职务", "post"), leader);
        }
        for (index, stage) in self.stages.iter().enumerate() {
            act.in_order(format!("/stages/{index}/by"), act.effective, Some(stage.by));
            let earlier = self.stages.iter().take(index);
            if earlier.into_iter().any(|other| other.id == stage.id) {
                act.refuse(
                    format!("/stages/{index}/id"),
                    "supervision.stage_twice",
                    format!("整改阶段“{}”出现两次", stage.id),
                    format!("stage \"{}\" stands twice", stage.id),
                );
            }
        }
        let finding = self.finding.clone();
        let Some(key) = act.reference(&supervision.findings, "/finding", FINDING, &finding) else {
            return;
        };
        act.supersede(&mut supervision.findings, key);
        let (on, plan) = (act.effective, Box::new(self));
        supervision
            .findings
            .push(act.at, &finding, FindingRow::Planned { on, plan });
    }
}

impl RectificationReached {
    /// Records that the stage was reached.
    pub fn apply(self, supervision: &mut Supervision, act: &Context<'_>) {
        let Some(key) = act.reference(&supervision.findings, "/finding", FINDING, &self.finding) else {
            return;
        };
        act.supersede(&mut supervision.findings, key);
        let planned = supervision.findings.rows(key, act.at).any(|row| match &row.value {
            FindingRow::Planned { plan, .. } => plan.stages.iter().any(|stage| stage.id == self.stage),
            _ => false,
        });
        if !planned {
            act.refuse(
                "/stage",
                "act.unknown_reference",
                format!("整改方案没有阶段“{}”，请先以 rectification.planned 登记", self.stage),
                format!(
                    "the rectification has no stage \"{}\"; plan it with rectification.planned",
                    self.stage
                ),
            );
        }
        let (on, stage) = (act.effective, self.stage.into());
        supervision
            .findings
            .push(act.at, &self.finding, FindingRow::Reached { on, stage });
    }
}

impl FindingExtended {
    /// Moves the last day.
    pub fn apply(self, registry: &Registry, supervision: &mut Supervision, act: &Context<'_>) {
        act.reference(&registry.units, "/granted_by", UNIT, &self.granted_by);
        let Some(key) = act.reference(&supervision.findings, "/finding", FINDING, &self.finding) else {
            return;
        };
        act.supersede(&mut supervision.findings, key);
        act.in_order("/to", act.effective, Some(self.to));
        not_its_own(supervision, key, &self.granted_by, act);
        let row = FindingRow::Extended {
            on: act.effective,
            to: self.to,
        };
        supervision.findings.push(act.at, &self.finding, row);
    }
}

impl FindingRecurred {
    /// Opens the finding again.
    pub fn apply(self, supervision: &mut Supervision, act: &Context<'_>) {
        let Some(key) = act.reference(&supervision.findings, "/finding", FINDING, &self.finding) else {
            return;
        };
        act.supersede(&mut supervision.findings, key);
        act.in_order("/deadline", act.effective, self.deadline);
        let closed = supervision
            .findings
            .rows(key, act.at)
            .any(|row| matches!(row.value, FindingRow::WrittenOff(on) if on <= act.effective));
        if !closed {
            act.refuse(
                "/finding",
                "supervision.not_written_off",
                format!("截至 {} 该问题尚未销号，不是反弹", act.effective),
                format!(
                    "the finding is not written off by {}, so it cannot recur",
                    act.effective
                ),
            );
        }
        let row = FindingRow::Recurred {
            on: act.effective,
            deadline: self.deadline,
        };
        supervision.findings.push(act.at, &self.finding, row);
    }
}
