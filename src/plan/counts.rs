//! What a report says was done so many times. Whether the records agree is checked where records and reports meet.

use super::Plan;
use crate::calendar::{Date, Period};
use crate::registry::{Context, Registry};

crate::record! {
    /// One count of a report.
    pub struct ReportedCount {
        /// What was counted: a kind of record.
        pub record: String,
        /// How many; unknown when missing, which is not zero.
        pub count: Option<u32>,
        /// Whether the report says "more than" or "at least".
        pub at_least: bool,
        /// Other counts of the report that may count the same things.
        pub may_overlap: Vec<String>,
    }
}
crate::document::kept!(struct ReportedCount { record, count, at_least, may_overlap });

crate::record! {
    /// What a report of a unit states of a period.
    pub struct CountsReported {
        /// Host id of the report.
        pub report: String,
        /// The unit that reports.
        pub unit: String,
        /// The days of which it reports.
        pub period: Period,
        /// What it counts.
        pub counts: Vec<ReportedCount>,
    }
}
crate::document::kept!(struct CountsReported { report, unit, period, counts });

/// A report with the day on which it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsRow {
    /// The day.
    pub on: Date,
    /// What it states.
    pub stated: Box<CountsReported>,
}
crate::document::kept!(struct CountsRow { on, stated });

impl CountsReported {
    /// Enters what the report states.
    pub fn apply(self, registry: &Registry, plan: &mut Plan, act: &Context<'_>) {
        act.reference(&registry.units, "/unit", super::UNIT, &self.unit);
        let kinds = self.counts.iter().map(|count| count.record.as_str());
        super::once_each(act, "/counts", kinds);
        act.introduce(&mut plan.counts, "/report", ("汇报", "report"), &self.report);
        let id = self.report.clone();
        let row = CountsRow {
            on: act.effective,
            stated: Box::new(self),
        };
        plan.counts.push(act.at, &id, row);
    }
}
