//! Campaigns (创建、专项行动) with stages, from opening to their outcome.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::record::answered;
use super::{Evidence, Plan};
use crate::calendar::Date;
use crate::ledger::{Key, Position};
use crate::letter::Letters;
use crate::registry::{Context, Registry, RegistryView};

crate::choice! {
    /// How a campaign ended.
    pub enum CampaignOutcome {
        /// What it was for is reached: the title was awarded, the task is done.
        Reached = "reached" "达成",
        /// It ran to its end without that.
        NotReached = "not_reached" "未达成",
        /// It was given up on the way.
        Stopped = "stopped" "终止",
    }
}
crate::document::kept!(enum CampaignOutcome { 0 Reached, 1 NotReached, 2 Stopped });

crate::choice! {
    /// Where a campaign, or one of its stages, stands on a day.
    pub enum Progress {
        /// Not there yet, and not late.
        Open = "open" "进行中",
        /// Not there, and its last day is over.
        Late = "late" "逾期未完成",
        /// There, by its last day.
        Done = "done" "已完成",
        /// There, after its last day.
        DoneLate = "done_late" "逾期完成",
    }
}

/// Where something stands that was done on a day, or was not, by its last day.
pub(super) fn progress(done: Option<Date>, by: Option<Date>, day: Date) -> Progress {
    match (done, by) {
        (Some(done), Some(by)) if done > by => Progress::DoneLate,
        (Some(_), _) => Progress::Done,
        (None, Some(by)) if day > by => Progress::Late,
        (None, _) => Progress::Open,
    }
}

crate::record! {
    /// A stage of a campaign.
    pub struct CampaignStage {
        /// Id within the campaign.
        pub id: String,
        /// Name.
        pub name: String,
        /// The last day for it.
        pub by: Option<Date>,
    }
}
crate::document::kept!(struct CampaignStage { id, name, by });

crate::record! {
    /// A campaign.
    pub struct CampaignOpened {
        /// Host id.
        pub id: String,
        /// The unit that runs it.
        pub unit: String,
        /// Title.
        pub title: String,
        /// Its stages, in order.
        pub stages: Vec<CampaignStage>,
        /// The letter that it carries out.
        pub letter: Option<String>,
    }
}
crate::document::kept!(struct CampaignOpened { id, unit, title, stages, letter });

crate::record! {
    /// Opens campaigns on the effective day.
    pub struct CampaignsOpened {
        /// The campaigns.
        pub campaigns: Vec<CampaignOpened>,
    }
}

crate::record! {
    /// A campaign reached a stage on the effective day.
    pub struct CampaignReached {
        /// The campaign.
        pub campaign: String,
        /// The stage.
        pub stage: String,
        /// What proves it.
        pub evidence: Vec<Evidence>,
    }
}

crate::record! {
    /// A campaign ended on the effective day.
    pub struct CampaignClosed {
        /// The campaign.
        pub campaign: String,
        /// How.
        pub outcome: CampaignOutcome,
    }
}

/// What one act said of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignRow {
    /// It was opened on this day.
    Opened(Date, Box<CampaignOpened>),
    /// It reached a stage on this day.
    Reached {
        /// The day.
        on: Date,
        /// The stage.
        stage: Box<str>,
        /// Whether something proves it.
        proven: bool,
    },
    /// It ended on this day.
    Closed(Date, CampaignOutcome),
}
crate::document::kept!(enum CampaignRow { 0 Opened(a, b), 1 Reached { on, stage, proven }, 2 Closed(a, b) });

impl CampaignsOpened {
    /// Opens the campaigns.
    pub fn apply(self, registry: &Registry, letters: &Letters, plan: &mut Plan, act: &Context<'_>) {
        for (index, campaign) in self.campaigns.into_iter().enumerate() {
            let place = format!("/campaigns/{index}");
            act.reference(
                &registry.units,
                format_args!("{place}/unit"),
                super::UNIT,
                &campaign.unit,
            );
            answered(letters, act, &place, campaign.letter.clone());
            let ids = campaign.stages.iter().map(|stage| stage.id.as_str());
            super::once_each(act, &format!("{place}/stages"), ids);
            act.introduce(
                &mut plan.campaigns,
                format_args!("{place}/id"),
                super::CAMPAIGN,
                &campaign.id,
            );
            let id = campaign.id.clone();
            let row = CampaignRow::Opened(act.effective, Box::new(campaign));
            plan.campaigns.push(act.at, &id, row);
        }
    }
}

impl CampaignReached {
    /// Enters the stage.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        let Some(key) = act.reference(&plan.campaigns, "/campaign", super::CAMPAIGN, &self.campaign) else {
            return;
        };
        act.supersede(&mut plan.campaigns, key);
        let known = opened(plan, key, act.at).is_some_and(|(_, campaign)| {
            let mut stages = campaign.stages.iter();
            stages.any(|stage| stage.id == self.stage)
        });
        if !known {
            super::no_part(act, "/stage", &self.campaign, &self.stage);
        }
        let row = CampaignRow::Reached {
            on: act.effective,
            stage: self.stage.into(),
            proven: !self.evidence.is_empty(),
        };
        plan.campaigns.push(act.at, &self.campaign, row);
    }
}

impl CampaignClosed {
    /// Ends the campaign.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        let Some(key) = act.reference(&plan.campaigns, "/campaign", super::CAMPAIGN, &self.campaign) else {
            return;
        };
        act.supersede(&mut plan.campaigns, key);
        let from = opened(plan, key, act.at).map_or(act.effective, |(from, _)| from);
        act.in_order("/effective", from, Some(act.effective));
        let row = CampaignRow::Closed(act.effective, self.outcome);
        plan.campaigns.push(act.at, &self.campaign, row);
    }
}

fn opened(plan: &Plan, key: Key<CampaignRow>, known: Position) -> Option<(Date, &CampaignOpened)> {
    plan.campaigns.rows(key, known).find_map(|row| match &row.value {
        CampaignRow::Opened(from, campaign) => Some((*from, campaign.as_ref())),
        _ => None,
    })
}

/// A stage on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageView<'a> {
    /// Id within the campaign.
    pub stage: &'a str,
    /// Name.
    pub name: &'a str,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// When it was first reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<Date>,
    /// Whether something proves it.
    pub proven: bool,
    /// Where it stands.
    pub state: Progress,
}

/// A campaign on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CampaignView<'a> {
    /// Host id.
    pub campaign: &'a str,
    /// Title.
    pub title: &'a str,
    /// The unit that runs it.
    pub unit: &'a str,
    /// When it was opened.
    pub opened: Date,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Date>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CampaignOutcome>,
    /// Its stages, in order.
    pub stages: Vec<StageView<'a>>,
}

/// The campaigns that were opened by the day, in the order of their ids.
pub fn campaigns<'a>(registry: &RegistryView<'_>, plan: &'a Plan) -> Vec<CampaignView<'a>> {
    let when = registry.when();
    let mut all = Vec::new();
    for key in plan.campaigns.keys(when.known) {
        let Some((from, campaign)) = opened(plan, key, when.known).filter(|(from, _)| *from <= when.day) else {
            continue;
        };
        let mut reached: BTreeMap<&str, Date> = BTreeMap::new();
        let mut proven: BTreeSet<&str> = BTreeSet::new();
        let mut closed: Option<(Date, Position, CampaignOutcome)> = None;
        for row in plan.campaigns.rows(key, when.known) {
            match &row.value {
                CampaignRow::Reached {
                    on,
                    stage,
                    proven: evident,
                } if *on <= when.day => {
                    let first = reached.entry(stage).or_insert(*on);
                    *first = (*first).min(*on);
                    if *evident {
                        proven.insert(stage);
                    }
                }
                // Of several endings the latest day wins, of the same day the later position.
                CampaignRow::Closed(on, outcome) if *on <= when.day => {
                    closed = closed.max(Some((*on, row.from, *outcome)));
                }
                _ => {}
            }
        }
        let stages = campaign.stages.iter().map(|stage| {
            let on = reached.get(stage.id.as_str()).copied();
            // What a campaign has not reached when it ends is no longer waited for.
            let day = closed.map_or(when.day, |(closed, _, _)| closed);
            StageView {
                stage: &stage.id,
                name: &stage.name,
                by: stage.by,
                reached: on,
                proven: proven.contains(stage.id.as_str()),
                state: progress(on, stage.by, day),
            }
        });
        all.push(CampaignView {
            campaign: &campaign.id,
            title: &campaign.title,
            unit: &campaign.unit,
            opened: from,
            closed: closed.map(|(on, _, _)| on),
            outcome: closed.map(|(_, _, outcome)| outcome),
            stages: stages.collect(),
        });
    }
    all
}
