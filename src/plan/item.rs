//! Problems and plan items of duty reports as acts.

use super::Plan;
use super::record::answered;
use crate::calendar::Date;
use crate::document::{Keep, Keeper, Kept};
use crate::ledger::{Key, Position, Table};
use crate::letter::Letters;
use crate::registry::{Context, Post, Registry, When};

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
        /// The letter under which it arose.
        pub letter: Option<String>,
    }
}
crate::document::kept!(struct Problem { id, unit, title, cause, measure, owner, deadline, letter });

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
        /// The letter that it carries out.
        pub letter: Option<String>,
    }
}
crate::document::kept!(struct PlanItem { id, unit, title, problems, owner, deadline, letter });

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

crate::record! {
    /// Grants problems and plan items more time: from the effective day on their last day is another (延期).
    pub struct ItemsExtended {
        /// The problems.
        pub problems: Vec<String>,
        /// The plan items.
        pub items: Vec<String>,
        /// The new last day.
        pub to: Date,
        /// Why.
        pub reason: Option<String>,
    }
}

/// What one act said of a problem or a plan item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemRow<T> {
    /// It was entered with effect from this day.
    Registered(Date, Box<T>),
    /// It was closed on this day.
    Closed(Date),
    /// From the first day on, the second is its last.
    Extended(Date, Date),
}

/// What one act said of a problem.
pub type ProblemRow = ItemRow<Problem>;
/// What one act said of a plan item.
pub type PlanItemRow = ItemRow<PlanItem>;

/// A problem or a plan item on a day.
#[derive(Clone, Copy, Debug)]
pub struct ItemView<'a, T> {
    /// As entered.
    pub item: &'a T,
    /// Its last day, after the extensions that count: those granted while it was open.
    pub deadline: Option<Date>,
    /// How often it was given more time.
    pub extensions: u32,
    /// When it was closed.
    pub closed: Option<Date>,
}

/// The objects of a table that were entered by the day, in the order of their ids.
fn items<T>(
    table: &Table<ItemRow<T>>,
    when: When,
    written: impl Fn(&T) -> Option<Date>,
) -> impl Iterator<Item = ItemView<'_, T>> {
    table
        .keys(when.known)
        .filter_map(move |key| item(table, key, when, &written))
}

impl Plan {
    /// The problems that were entered by the day, in the order of their ids.
    pub fn problems_on(&self, when: When) -> impl Iterator<Item = ItemView<'_, Problem>> {
        items(&self.problems, when, |problem| problem.deadline)
    }

    /// The plan items that were entered by the day, in the order of their ids.
    pub fn items_on(&self, when: When) -> impl Iterator<Item = ItemView<'_, PlanItem>> {
        items(&self.items, when, |item| item.deadline)
    }
}

fn item<'a, T>(
    table: &'a Table<ItemRow<T>>,
    key: Key<ItemRow<T>>,
    when: When,
    written: impl Fn(&T) -> Option<Date>,
) -> Option<ItemView<'a, T>> {
    let mut entered: Option<&T> = None;
    let mut closed: Option<Date> = None;
    let mut extended: Vec<(Date, Position, Date)> = Vec::new();
    for row in table.rows(key, when.known) {
        match &row.value {
            ItemRow::Registered(from, item) => entered = (*from <= when.day).then_some(item.as_ref()),
            ItemRow::Closed(on) if *on <= when.day => closed = Some(closed.map_or(*on, |before| before.min(*on))),
            ItemRow::Extended(from, to) if *from <= when.day => extended.push((*from, row.from, *to)),
            ItemRow::Closed(_) | ItemRow::Extended(..) => {}
        }
    }
    let item = entered?;
    extended.retain(|(from, _, _)| closed.is_none_or(|closed| *from <= closed));
    extended.sort_unstable();
    Some(ItemView {
        item,
        deadline: extended.last().map(|(_, _, to)| *to).or_else(|| written(item)),
        extensions: u32::try_from(extended.len()).unwrap_or(u32::MAX),
        closed,
    })
}

impl ProblemsRegistered {
    /// Enters the problems.
    pub fn apply(self, registry: &Registry, letters: &Letters, plan: &mut Plan, act: &Context<'_>) {
        for (index, problem) in self.problems.into_iter().enumerate() {
            let place = format!("/problems/{index}");
            act.reference(
                &registry.units,
                format_args!("{place}/unit"),
                super::UNIT,
                &problem.unit,
            );
            owned(registry, act, &place, problem.owner.as_deref());
            answered(letters, act, &place, problem.letter.clone());
            act.introduce(
                &mut plan.problems,
                format_args!("{place}/id"),
                super::PROBLEM,
                &problem.id,
            );
            let id = problem.id.clone();
            plan.problems
                .push(act.at, &id, ItemRow::Registered(act.effective, Box::new(problem)));
        }
    }
}

impl PlanItemsRegistered {
    /// Enters the plan items.
    pub fn apply(self, registry: &Registry, letters: &Letters, plan: &mut Plan, act: &Context<'_>) {
        for (index, item) in self.items.into_iter().enumerate() {
            let place = format!("/items/{index}");
            act.reference(&registry.units, format_args!("{place}/unit"), super::UNIT, &item.unit);
            owned(registry, act, &place, item.owner.as_deref());
            answered(letters, act, &place, item.letter.clone());
            for (number, problem) in item.problems.iter().enumerate() {
                act.reference(
                    &plan.problems,
                    format_args!("{place}/problems/{number}"),
                    super::PROBLEM,
                    problem,
                );
            }
            act.introduce(&mut plan.items, format_args!("{place}/id"), super::ITEM, &item.id);
            let id = item.id.clone();
            plan.items
                .push(act.at, &id, ItemRow::Registered(act.effective, Box::new(item)));
        }
    }
}

impl ItemsClosed {
    /// Closes the problems and plan items.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        take_back(plan, act);
        let day = act.effective;
        each(
            &mut plan.problems,
            act,
            "/problems",
            super::PROBLEM,
            &self.problems,
            || ItemRow::Closed(day),
        );
        each(&mut plan.items, act, "/items", super::ITEM, &self.items, || {
            ItemRow::Closed(day)
        });
    }
}

impl ItemsExtended {
    /// Grants the time.
    pub fn apply(self, plan: &mut Plan, act: &Context<'_>) {
        take_back(plan, act);
        let (day, to) = (act.effective, self.to);
        each(
            &mut plan.problems,
            act,
            "/problems",
            super::PROBLEM,
            &self.problems,
            || ItemRow::Extended(day, to),
        );
        each(&mut plan.items, act, "/items", super::ITEM, &self.items, || {
            ItemRow::Extended(day, to)
        });
    }
}

/// Takes back what the corrected act said of problems and plan items alike: the correction says all of it anew, so an
/// item that was named by mistake is simply left out.
fn take_back(plan: &mut Plan, act: &Context<'_>) {
    let Some(corrected) = act.corrects else { return };
    let problems = plan.problems.retract_act(corrected, act.at);
    let items = plan.items.retract_act(corrected, act.at);
    if !problems && !items {
        act.refuse(
            "/corrects",
            "act.corrects_nothing",
            "被更正的行为已被更正；请注明现行的那一行为",
            "the corrected act was corrected already; cite the act that holds",
        );
    }
}

/// Says the same of each object that the list names.
fn each<V>(
    table: &mut Table<V>,
    act: &Context<'_>,
    place: &str,
    what: (&str, &str),
    ids: &[String],
    said: impl Fn() -> V,
) {
    for (index, id) in ids.iter().enumerate() {
        if act
            .reference(table, format_args!("{place}/{index}"), what, id)
            .is_some()
        {
            table.push(act.at, id, said());
        }
    }
}

fn owned(registry: &Registry, act: &Context<'_>, place: &str, owner: Option<&str>) -> Option<Key<Post>> {
    act.reference(&registry.posts, format_args!("{place}/owner"), ("职务", "post"), owner?)
}

impl<T: Keep> Keep for ItemRow<T> {
    fn keep(&self, to: &mut Keeper) {
        match self {
            ItemRow::Registered(from, item) => {
                to.raw(&[0]);
                from.keep(to);
                item.keep(to);
            }
            ItemRow::Closed(on) => {
                to.raw(&[1]);
                on.keep(to);
            }
            ItemRow::Extended(on, until) => {
                to.raw(&[2]);
                on.keep(to);
                until.keep(to);
            }
        }
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        match from.array()? {
            [0] => Some(ItemRow::Registered(Keep::kept(from)?, Keep::kept(from)?)),
            [1] => Some(ItemRow::Closed(Keep::kept(from)?)),
            [2] => Some(ItemRow::Extended(Keep::kept(from)?, Keep::kept(from)?)),
            _ => None,
        }
    }
}
