//! Checklists (清单): items that are ticked off with what proves them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::campaign::{Progress, progress};
use super::record::{answered, doer};
use super::{Evidence, Plan};
use crate::calendar::Date;
use crate::ledger::{Key, Position};
use crate::letter::Letters;
use crate::registry::{Context, Registry, RegistryView};

crate::record! {
    /// An item of a checklist.
    pub struct ChecklistItem {
        /// Id within the checklist.
        pub id: String,
        /// What is to be done.
        pub title: String,
        /// The last day for it, when it is not the checklist's.
        pub by: Option<Date>,
    }
}
crate::document::kept!(struct ChecklistItem { id, title, by });

crate::record! {
    /// A checklist of a unit or a leadership group.
    pub struct ChecklistIssued {
        /// Host id.
        pub id: String,
        /// The unit that works through it.
        pub unit: Option<String>,
        /// The leadership group that does.
        pub group: Option<String>,
        /// Title.
        pub title: String,
        /// The last day for its items.
        pub by: Option<Date>,
        /// Its items.
        pub items: Vec<ChecklistItem>,
        /// The letter that it carries out.
        pub letter: Option<String>,
    }
}
crate::document::kept!(struct ChecklistIssued { id, unit, group, title, by, items, letter });

crate::record! {
    /// Issues checklists on the effective day.
    pub struct ChecklistsIssued {
        /// The checklists.
        pub checklists: Vec<ChecklistIssued>,
    }
}

crate::record! {
    /// Ticks items off on the effective day.
    pub struct ChecklistTicked {
        /// The checklist.
        pub checklist: String,
        /// The items.
        pub items: Vec<String>,
        /// What proves them.
        pub evidence: Vec<Evidence>,
    }
}

/// What one act said of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChecklistRow {
    /// It was issued on this day.
    Issued(Date, Box<ChecklistIssued>),
    /// Items were ticked off.
    Ticked {
        /// The day.
        on: Date,
        /// The items.
        items: Vec<Box<str>>,
        /// Whether something proves them.
        proven: bool,
    },
}
crate::document::kept!(enum ChecklistRow { 0 Issued(a, b), 1 Ticked { on, items, proven } });

impl ChecklistsIssued {
    /// Issues the checklists.
    pub fn apply(self, registry: &Registry, letters: &Letters, plan: &mut Plan, act: &Context<'_>) {
        for (index, checklist) in self.checklists.into_iter().enumerate() {
            let place = format!("/checklists/{index}");
            doer(
                registry,
                act,
                &place,
                checklist.unit.as_deref(),
                checklist.group.as_deref(),
            );
            answered(letters, act, &place, checklist.letter.clone());
            let ids = checklist.items.iter().map(|item| item.id.as_str());
            super::once_each(act, &format!("{place}/items"), ids);
            act.introduce(
                &mut plan.checklists,
                format_args!("{place}/id"),
                super::CHECKLIST,
                &checklist.id,
            );
            let id = checklist.id.clone();
            let row = ChecklistRow::Issued(act.effective, Box::new(checklist));
            plan.checklists.push(act.at, &id, row);
        }
    }
}

impl ChecklistTicked {
    /// Ticks the items off.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        let Some(key) = act.reference(&plan.checklists, "/checklist", super::CHECKLIST, &self.checklist) else {
            return;
        };
        act.supersede(&mut plan.checklists, key);
        let known: BTreeSet<&str> = issued(plan, key, act.at)
            .into_iter()
            .flat_map(|(_, checklist)| checklist.items.iter().map(|item| item.id.as_str()))
            .collect();
        for (index, item) in self.items.iter().enumerate() {
            if !known.contains(item.as_str()) {
                super::no_part(act, &format!("/items/{index}"), &self.checklist, item);
            }
        }
        let row = ChecklistRow::Ticked {
            on: act.effective,
            items: self.items.into_iter().map(Into::into).collect(),
            proven: !self.evidence.is_empty(),
        };
        plan.checklists.push(act.at, &self.checklist, row);
    }
}

fn issued(plan: &Plan, key: Key<ChecklistRow>, known: Position) -> Option<(Date, &ChecklistIssued)> {
    plan.checklists.rows(key, known).find_map(|row| match &row.value {
        ChecklistRow::Issued(from, checklist) => Some((*from, checklist.as_ref())),
        ChecklistRow::Ticked { .. } => None,
    })
}

/// An item on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickView<'a> {
    /// Id within the checklist.
    pub item: &'a str,
    /// What is to be done.
    pub title: &'a str,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// When it was first ticked off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticked: Option<Date>,
    /// Whether something proves it.
    pub proven: bool,
    /// Where it stands.
    pub state: Progress,
}

/// A checklist on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChecklistView<'a> {
    /// Host id.
    pub checklist: &'a str,
    /// Title.
    pub title: &'a str,
    /// Host id of the unit or group that works through it.
    pub subject: &'a str,
    /// How many of its items are ticked off.
    pub ticked: usize,
    /// Its items.
    pub items: Vec<TickView<'a>>,
}

/// The checklists that were issued by the day, in the order of their ids.
pub fn checklists<'a>(registry: &RegistryView<'_>, plan: &'a Plan) -> Vec<ChecklistView<'a>> {
    let when = registry.when();
    let mut all = Vec::new();
    for key in plan.checklists.keys(when.known) {
        let Some((_, checklist)) = issued(plan, key, when.known).filter(|(from, _)| *from <= when.day) else {
            continue;
        };
        let mut ticked: BTreeMap<&str, (Date, bool)> = BTreeMap::new();
        for row in plan.checklists.rows(key, when.known) {
            if let ChecklistRow::Ticked { on, items, proven } = &row.value
                && *on <= when.day
            {
                for item in items {
                    let (first, evident) = ticked.entry(item).or_insert((*on, false));
                    *first = (*first).min(*on);
                    *evident |= proven;
                }
            }
        }
        let items: Vec<TickView<'_>> = checklist
            .items
            .iter()
            .map(|item| {
                let done = ticked.get(item.id.as_str());
                let (on, by) = (done.map(|(on, _)| *on), item.by.or(checklist.by));
                TickView {
                    item: &item.id,
                    title: &item.title,
                    by,
                    ticked: on,
                    proven: done.is_some_and(|(_, proven)| *proven),
                    state: progress(on, by, when.day),
                }
            })
            .collect();
        all.push(ChecklistView {
            checklist: &checklist.id,
            title: &checklist.title,
            subject: checklist.unit.as_deref().or(checklist.group.as_deref()).unwrap_or(""),
            ticked: items.iter().filter(|item| item.ticked.is_some()).count(),
            items,
        });
    }
    all
}
