//! The plan: obligations (规定动作) and the records that prove them, problems and plan items from duty reports, campaigns,
//! checklists, and what reports count.

mod campaign;
mod checklist;
mod checks;
mod counts;
mod due;
mod item;
mod obligation;
mod record;
mod span;
mod state;

use std::collections::BTreeSet;

use crate::registry::Context;

pub use campaign::{
    CampaignClosed, CampaignOpened, CampaignOutcome, CampaignReached, CampaignRow, CampaignStage, CampaignView,
    CampaignsOpened, Progress, StageView, campaigns,
};
pub use checklist::{
    ChecklistIssued, ChecklistItem, ChecklistRow, ChecklistTicked, ChecklistView, ChecklistsIssued, TickView,
    checklists,
};
pub use checks::{findings, unmet};
pub use counts::{CountsReported, CountsRow, ReportedCount};
pub use due::{Due, DueState, due};
pub use item::{
    ItemRow, ItemView, ItemsClosed, ItemsExtended, PlanItem, PlanItemRow, PlanItemsRegistered, Problem, ProblemRow,
    ProblemsRegistered,
};
pub use obligation::{MeetingRule, Newcomers, Obligation, Owing, Proof, owed, proofs};
pub use record::{Doer, Done, Evidence, Record, RecordRow, RecordsEntered};
pub use span::Every;
pub use state::{Plan, PlanMark};

const UNIT: (&str, &str) = ("单位", "unit");
const GROUP: (&str, &str) = ("领导小组", "leadership group");
const LETTER: (&str, &str) = ("责任书", "letter");
const PROBLEM: (&str, &str) = ("存在问题", "problem");
const ITEM: (&str, &str) = ("计划事项", "plan item");
const CAMPAIGN: (&str, &str) = ("专项行动", "campaign");
const CHECKLIST: (&str, &str) = ("清单", "checklist");

/// Refuses a list that names one id twice.
fn once_each<'a>(act: &Context<'_>, place: &str, ids: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        if !seen.insert(id) {
            act.refuse(
                &format!("{place}/{index}"),
                "plan.named_twice",
                format!("“{id}”列了两次，请合并或改名"),
                format!("\"{id}\" is listed twice; merge the two or rename one"),
            );
        }
    }
}

/// Refuses a stage or an item that its campaign or checklist does not have.
fn no_part(act: &Context<'_>, place: &str, whole: &str, part: &str) {
    act.refuse(
        place,
        "plan.no_such_part",
        format!("“{whole}”没有“{part}”这一项，请核对或更正原登记"),
        format!("\"{whole}\" has no part \"{part}\"; check the id, or correct what was entered"),
    );
}
