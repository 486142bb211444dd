//! What is laid on each unit (减负): letters, inspections, duties asked twice, letters without basis, duties outside the list.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Duties;
use super::flow::{Flow, Units};
use crate::calendar::Period;
use crate::error::Finding;
use crate::ledger::Key;
use crate::letter::{LetterState, LettersView};
use crate::registry::{RegistryView, UnitRow};
use crate::supervision::{InspectionRow, Supervision, in_scope};

crate::record! {
    /// How much may be laid on a unit in the period of the rule set.
    pub struct BurdenRule {
        /// The classes of units for which it holds; all when empty.
        pub classes: Vec<String>,
        /// The most letters that a unit may be asked to sign.
        pub letters: Option<u32>,
        /// The most inspections that may go over a unit.
        pub inspections: Option<u32>,
        /// The rule that says so.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct BurdenRule { classes, letters, inspections, basis });

/// What is laid on one unit in the period, up to the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Burden {
    /// Host id.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: String,
    /// Letters that it signed or is asked to sign, of which the period shares a day with the rule set's.
    pub letters: Vec<String>,
    /// Inspections that took place there, and planned ones that are to.
    pub inspections: Vec<String>,
    /// Titles of duties that two or more of its letters in force ask for.
    pub asked_twice: Vec<String>,
    /// Its letters that name no basis.
    pub without_basis: Vec<String>,
    /// Titles of duties of its letters in force that its duty list does not hold; nothing when it has published no list.
    pub outside_list: Vec<String>,
}

impl Burden {
    fn nothing(&self) -> bool {
        self.letters.is_empty() && self.inspections.is_empty()
    }
}

/// What is laid on each unit on which anything is laid, in the order of ids.
pub fn burden(
    registry: &RegistryView<'_>,
    letters: &LettersView<'_>,
    supervision: &Supervision,
    duties: &Duties,
    period: Period,
) -> Vec<Burden> {
    let flow = Flow::new(registry, letters, None);
    let inspections = inspections(registry, supervision, period);
    let mut received: BTreeMap<Key<UnitRow>, Vec<(&str, bool)>> = BTreeMap::new();
    for letter in letters.all() {
        if laid(letter.state) && letter.period().meets(period) {
            let bare = letter.basis().next().is_none();
            let issuers = Units::of(registry, &letter.issuers());
            let receivers = Units::of(registry, &letter.receivers());
            // What a unit asks of posts of its own is not laid on it.
            for unit in receivers.iter().filter(|unit| !issuers.contains(*unit)) {
                received.entry(unit).or_default().push((letter.id, bare));
            }
        }
    }
    let mut all = Vec::new();
    for unit in registry.units() {
        let id = registry.registry().units.id(unit);
        let own = received.get(&unit).map_or(&[][..], Vec::as_slice);
        let bare = own.iter().filter(|(_, bare)| *bare);
        let row = Burden {
            unit: id.to_owned(),
            name: registry.name(unit).to_owned(),
            class: registry.class(unit).to_owned(),
            letters: own.iter().map(|(id, _)| (*id).to_owned()).collect(),
            inspections: inspections
                .get(&unit)
                .map(|ids| ids.iter().map(|id| (*id).to_owned()).collect())
                .unwrap_or_default(),
            asked_twice: asked_twice(&flow, unit),
            without_basis: bare.map(|(id, _)| (*id).to_owned()).collect(),
            outside_list: outside(registry, &flow, duties, unit)
                .into_iter()
                .map(|(_, title)| title.to_owned())
                .collect(),
        };
        if !row.nothing() {
            all.push(row);
        }
    }
    all
}

/// Whether a letter in this state is laid on its receivers: they signed it or are asked to.
fn laid(state: LetterState) -> bool {
    !matches!(
        state,
        LetterState::Draft
            | LetterState::Consultation
            | LetterState::Approved
            | LetterState::Withdrawn
            | LetterState::Void
    )
}

/// The inspections of the period, by unit: where one took place, the units that it went to; before that, its scope.
fn inspections<'s>(
    registry: &RegistryView<'_>,
    supervision: &'s Supervision,
    period: Period,
) -> BTreeMap<Key<UnitRow>, BTreeSet<&'s str>> {
    let when = registry.when();
    let mut laid: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for key in supervision.inspections.keys(when.known) {
        let id = supervision.inspections.id(key);
        let (mut visited, mut planned): (Vec<Key<UnitRow>>, _) = (Vec::new(), None);
        let mut held = false;
        for row in supervision.inspections.rows(key, when.known) {
            match &row.value {
                InspectionRow::Planned(plan) => planned = Some(plan.as_ref()),
                InspectionRow::Held { on, units } if *on <= when.day => {
                    held = true;
                    if period.holds(*on) {
                        visited.extend(units);
                    }
                }
                InspectionRow::Held { .. } => {}
            }
        }
        if let Some(plan) = planned.filter(|plan| !held && plan.period.meets(period)) {
            visited = in_scope(registry, &plan.scope);
            let inspector = registry.registry().units.key(&plan.unit);
            visited.retain(|unit| Some(*unit) != inspector);
        }
        for unit in visited {
            laid.entry(unit).or_default().insert(id);
        }
    }
    laid
}

fn asked_twice(flow: &Flow<'_>, unit: Key<UnitRow>) -> Vec<String> {
    let mut asked: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for letter in flow.received(unit) {
        for duty in letter.duties {
            asked.entry(&duty.title).or_default().insert(letter.id);
        }
    }
    let twice = asked.into_iter().filter(|(_, by)| by.len() > 1);
    twice.map(|(title, _)| title.to_owned()).collect()
}

/// Duties of the unit's letters that its duty list does not hold: the letter and the title.
fn outside<'a>(
    registry: &RegistryView<'_>,
    flow: &Flow<'a>,
    duties: &Duties,
    unit: Key<UnitRow>,
) -> BTreeSet<(&'a str, &'a str)> {
    let id = registry.registry().units.id(unit);
    let Some(list) = duties.list(id, registry.when()) else {
        return BTreeSet::new();
    };
    let listed: BTreeSet<&str> = list
        .duties
        .iter()
        .flat_map(|duty| std::iter::once(&duty.title).chain(&duty.also))
        .map(String::as_str)
        .collect();
    flow.received(unit)
        .flat_map(|letter| letter.duties.iter().map(|duty| (letter.id, duty.title.as_str())))
        .filter(|(_, title)| !listed.contains(title))
        .collect()
}

/// Findings about duties that lie outside the receiver's duty list.
pub(super) fn outside_lists(registry: &RegistryView<'_>, flow: &Flow<'_>, duties: &Duties, found: &mut Vec<Finding>) {
    for unit in flow.receivers(registry) {
        let name = registry.name(unit);
        for (letter, duty) in outside(registry, flow, duties, unit) {
            let zh = format!("责任书向“{name}”提出的责任“{duty}”不在其职责清单之内");
            let en = format!("duty \"{duty}\" is asked of \"{name}\" but is not in its duty list");
            found.push(Finding::warning("cascade.duty_outside_list", zh, en).about(letter));
        }
    }
}

/// Findings about units on which more is laid than a rule allows.
pub(super) fn over(burden: &[Burden], rules: &[BurdenRule], found: &mut Vec<Finding>) {
    for rule in rules {
        let of_class = |row: &&Burden| rule.classes.is_empty() || rule.classes.contains(&row.class);
        for row in burden.iter().filter(of_class) {
            let name = &row.name;
            let mut say = |code, number: usize, limit: Option<u32>, zh: &str, en: &str| {
                let most = limit.and_then(|limit| usize::try_from(limit).ok());
                if let Some(most) = most.filter(|most| number > *most) {
                    let zh = format!(
                        "“{name}”{zh} {number} {}，上限 {most}",
                        if en == "letters" { "份" } else { "次" }
                    );
                    let en = format!("{number} {en} are laid on \"{name}\", {most} are allowed");
                    found.push(
                        Finding::warning(code, zh, en)
                            .about(row.unit.as_str())
                            .resting_on(rule.basis.as_deref()),
                    );
                }
            };
            say(
                "cascade.letters_over_limit",
                row.letters.len(),
                rule.letters,
                "签订责任书",
                "letters",
            );
            say(
                "cascade.inspections_over_limit",
                row.inspections.len(),
                rule.inspections,
                "接受督查",
                "inspections",
            );
        }
    }
}
