//! Where every inspection finding stands on a day: open or written off, its last day, its stages, how often it came back.

use serde::Serialize;

use super::Supervision;
use super::acts::{FindingRow, InspectionRow};
use crate::calendar::{Date, days_late};
use crate::error::Finding;
use crate::ledger::{Key, Position};
use crate::registry::When;

/// A stage with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageStanding {
    /// Its id.
    pub stage: String,
    /// What is to be reached.
    pub title: String,
    /// Its last day.
    pub by: Date,
    /// The day on which it was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<Date>,
    /// How many days it is late: until it was reached, else until the day looked at.
    pub late: u32,
}

/// An inspection finding on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingStanding {
    /// Its id.
    pub finding: String,
    /// The inspection that found it.
    pub inspection: String,
    /// The unit where it was found.
    pub unit: String,
    /// Its subject.
    pub title: String,
    /// The day on which it was found.
    pub found: Date,
    /// The last day for its rectification, with extensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    /// How often the last day was moved.
    pub extended: u32,
    /// How often it came back.
    pub recurred: u32,
    /// The day on which it was written off; missing while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_off: Option<Date>,
    /// How many days it is late: until it was written off, else until the day looked at.
    pub late: u32,
    /// The unit that rectifies, once it is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rectifier: Option<String>,
    /// The post that leads the rectification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
    /// The cause, as planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// What is to be done, as planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The stages of its rectification.
    pub stages: Vec<StageStanding>,
}

/// What happened to a finding, by its day and position.
type Happened<'a> = (Date, Position, &'a FindingRow);

impl Supervision {
    /// Where the findings of inspections stand, of one unit or of all, in the order of their ids.
    pub fn standings(&self, unit: Option<&str>, when: When) -> Vec<FindingStanding> {
        let keys = self.findings.keys(when.known);
        keys.filter_map(|key| self.standing(key, when))
            .filter(|standing| unit.is_none_or(|unit| standing.unit == unit))
            .collect()
    }

    fn standing(&self, key: Key<FindingRow>, when: When) -> Option<FindingStanding> {
        let rows = self.findings.rows(key, when.known);
        let mut happened: Vec<Happened<'_>> = rows.map(|row| (row.value.on(), row.from, &row.value)).collect();
        happened.retain(|(on, ..)| *on <= when.day);
        happened.sort_by_key(|(on, from, _)| (*on, *from));
        let (found, inspection, finding) = happened.iter().find_map(|(on, _, row)| match row {
            FindingRow::Found {
                inspection, finding, ..
            } => Some((*on, inspection, finding)),
            _ => None,
        })?;
        let mut standing = FindingStanding {
            finding: finding.id.clone(),
            inspection: inspection.to_string(),
            unit: finding.unit.clone(),
            title: finding.title.clone(),
            found,
            deadline: finding.deadline,
            extended: 0,
            recurred: 0,
            written_off: None,
            late: 0,
            rectifier: None,
            leader: None,
            cause: None,
            measure: None,
            stages: Vec::new(),
        };
        for (on, _, row) in &happened {
            standing.after(*on, row);
        }
        let late = |by: Option<Date>, until: Option<Date>| by.map_or(0, |by| days_late(by, until.unwrap_or(when.day)));
        standing.late = late(standing.deadline, standing.written_off);
        for stage in &mut standing.stages {
            // Nobody waits for a stage of what is written off.
            stage.late = late(Some(stage.by), stage.reached.or(standing.written_off));
        }
        Some(standing)
    }
}

impl FindingStanding {
    fn after(&mut self, on: Date, row: &FindingRow) {
        match row {
            FindingRow::Found { .. } => {}
            FindingRow::Planned { plan, .. } => {
                self.rectifier = Some(plan.unit.clone());
                (self.leader, self.cause) = (plan.leader.clone(), plan.cause.clone());
                self.measure = Some(plan.measure.clone());
                let stages = plan.stages.iter();
                self.stages = stages
                    .map(|stage| StageStanding {
                        stage: stage.id.clone(),
                        title: stage.title.clone(),
                        by: stage.by,
                        reached: None,
                        late: 0,
                    })
                    .collect();
            }
            FindingRow::Reached { stage, .. } => {
                let mut stages = self.stages.iter_mut();
                if let Some(own) = stages.find(|own| own.stage == **stage) {
                    own.reached = own.reached.or(Some(on));
                }
            }
            FindingRow::Extended { to, .. } => {
                self.deadline = Some(*to);
                self.extended = self.extended.saturating_add(1);
            }
            FindingRow::WrittenOff(_) => self.written_off = Some(on),
            FindingRow::Recurred { deadline, .. } => {
                self.written_off = None;
                self.deadline = *deadline;
                // What was planned was for the first time.
                (self.rectifier, self.stages) = (None, Vec::new());
                (self.leader, self.cause, self.measure) = (None, None, None);
                self.recurred = self.recurred.saturating_add(1);
            }
        }
    }
}

/// Inspections outside the plan that nobody approved.
fn unapproved(supervision: &Supervision, when: When) -> Vec<Finding> {
    let table = &supervision.inspections;
    let rows = table.keys(when.known).flat_map(|key| table.rows(key, when.known));
    let planned = rows.filter_map(|row| match &row.value {
        InspectionRow::Planned(planned) => Some(planned),
        InspectionRow::Held { .. } => None,
    });
    let mut found = Vec::new();
    for planned in planned.filter(|planned| planned.unscheduled && planned.approval.is_none()) {
        let title = &planned.title;
        let zh = format!("计划外督查“{title}”没有批准文件，请补办批准或撤销");
        let en = format!("\"{title}\" is an inspection outside the plan and has no approval; get one or withdraw it");
        found.push(Finding::warning("supervision.unscheduled_unapproved", zh, en).about(planned.id.as_str()));
    }
    found
}

/// Inspections outside the plan without approval, findings of inspections that are open after their last day, or came back and are open, and stages that are overdue.
pub fn findings(supervision: &Supervision, when: When) -> Vec<Finding> {
    let mut found = unapproved(supervision, when);
    for standing in supervision.standings(None, when) {
        let FindingStanding { title, unit, .. } = &standing;
        if standing.written_off.is_some() {
            continue;
        }
        if let Some(by) = standing.deadline.filter(|_| standing.late > 0) {
            let days = standing.late;
            let zh = format!("“{unit}”的督查问题“{title}”应于 {by} 前整改完成，已逾期 {days} 天");
            let en = format!("\"{title}\" of \"{unit}\" was to be rectified by {by}; {days} days overdue");
            found.push(Finding::warning("supervision.finding_overdue", zh, en).about(standing.finding.as_str()));
        }
        if standing.recurred > 0 {
            let zh = format!(
                "“{unit}”的督查问题“{title}”销号后反弹 {} 次，尚未再次销号",
                standing.recurred
            );
            let en = format!("\"{title}\" of \"{unit}\" came back after its write-off and is open");
            found.push(Finding::warning("supervision.finding_recurred", zh, en).about(standing.finding.as_str()));
        }
        for stage in standing
            .stages
            .iter()
            .filter(|stage| stage.reached.is_none() && stage.late > 0)
        {
            let (stage, by, days) = (&stage.title, stage.by, stage.late);
            let zh = format!("“{unit}”的督查问题“{title}”的整改阶段“{stage}”应于 {by} 前完成，已逾期 {days} 天");
            let en = format!("stage \"{stage}\" of \"{title}\" was due by {by}; {days} days overdue");
            found.push(Finding::warning("supervision.stage_overdue", zh, en).about(standing.finding.as_str()));
        }
    }
    found
}
