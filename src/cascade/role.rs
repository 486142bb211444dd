//! The parts that a unit has in the duties of its letters (牵头、配合).

use serde::Serialize;

use super::CascadeIndex;
use super::flow::unit_roles;
use crate::ledger::Key;
use crate::letter::{DutyRole, LettersView};
use crate::registry::{RegistryView, UnitRow};

/// A part in a duty of a letter in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldRole<'a> {
    /// The letter.
    pub letter: &'a str,
    /// The duty's id within it.
    pub duty: &'a str,
    /// What is asked.
    pub title: &'a str,
    /// Whether the unit leads or supports.
    pub role: DutyRole,
    /// The role's Chinese name.
    pub zh: &'static str,
}

impl CascadeIndex {
    /// The duties of letters in force that say which part the unit has in them, in the order of the ids of letters.
    pub fn roles<'a>(
        &self,
        registry: &RegistryView<'a>,
        letters: &LettersView<'a>,
        unit: Key<UnitRow>,
    ) -> Vec<HeldRole<'a>> {
        let mut held = Vec::new();
        let mut received: Vec<_> = self.received.of(unit).collect();
        received.sort_unstable();
        received.dedup();
        let day = registry.when().day;
        for letter in received.into_iter().filter_map(|key| letters.letter(key)) {
            if !letter.binds(day) {
                continue;
            }
            let roles = unit_roles(registry, &letter);
            let title = |id: &str| {
                let duty = letter.duties().iter().find(|duty| duty.id == id);
                duty.map_or("", |duty| duty.title.as_str())
            };
            held.extend(
                roles
                    .into_iter()
                    .filter(|(_, of, _)| *of == unit)
                    .map(|(duty, _, role)| HeldRole {
                        letter: letter.id,
                        duty,
                        title: title(duty),
                        role,
                        zh: role.zh(),
                    }),
            );
        }
        held.sort_by(|left, right| (left.letter, left.role, left.duty).cmp(&(right.letter, right.role, right.duty)));
        held.dedup_by(|left, right| (left.letter, left.duty) == (right.letter, right.duty));
        held
    }
}
