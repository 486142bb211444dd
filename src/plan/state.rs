//! The tables of the plan.

use super::{CampaignRow, ChecklistRow, CountsRow, PlanItemRow, ProblemRow, RecordRow};
use crate::ledger::{Mark, Table};

/// Everything the ledger has said of records, problems, plan items, campaigns, checklists and reported counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Records.
    pub records: Table<RecordRow>,
    /// Problems.
    pub problems: Table<ProblemRow>,
    /// Plan items.
    pub items: Table<PlanItemRow>,
    /// Campaigns.
    pub campaigns: Table<CampaignRow>,
    /// Checklists.
    pub checklists: Table<ChecklistRow>,
    /// Counts that reports state, by report.
    pub counts: Table<CountsRow>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct PlanMark([Mark; 6]);

impl Plan {
    /// How far the tables are filled.
    pub fn mark(&self) -> PlanMark {
        PlanMark([
            self.records.mark(),
            self.problems.mark(),
            self.items.mark(),
            self.campaigns.mark(),
            self.checklists.mark(),
            self.counts.mark(),
        ])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: PlanMark) {
        let PlanMark([records, problems, items, campaigns, checklists, counts]) = mark;
        self.records.rollback(records);
        self.problems.rollback(problems);
        self.items.rollback(items);
        self.campaigns.rollback(campaigns);
        self.checklists.rollback(checklists);
        self.counts.rollback(counts);
    }
}

crate::document::kept!(struct Plan { records, problems, items, campaigns, checklists, counts });
