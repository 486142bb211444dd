//! Who leads a duty and who supports it (牵头、配合), where several receive it.

use std::fmt::Display;

use serde::Serialize;

use super::{Duty, DutyFrom, Event, LetterRow, LetterView, Letters, PartyKey, PartyName, Target};
use super::{party_id, party_name};
use crate::document::NumberText;
use crate::ledger::{Key, Position};
use crate::registry::{Context, Registry, RegistryView, ResponsibilityType};

crate::choice! {
    /// Which part a receiver of a letter has in one of its duties.
    pub enum DutyRole {
        /// Answers for it before the others.
        Leading = "leading" "牵头",
        /// Helps the one who leads.
        Supporting = "supporting" "配合",
    }
}

/// Who has which part in a duty on a day, each party once, in the order in which the letter names them. Empty where the
/// letter says nothing: then all receivers answer alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DutyRoles {
    /// Who leads.
    pub leading: Vec<PartyKey>,
    /// Who supports.
    pub supporting: Vec<PartyKey>,
}

/// A party with a part in a duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleLine<'a> {
    /// The word unit, group or post.
    pub party: &'static str,
    /// Host id.
    pub id: &'a str,
    /// Name.
    pub name: String,
}

/// A duty on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyLine<'a> {
    /// Its id within the letter.
    pub id: &'a str,
    /// What is asked.
    pub title: &'a str,
    /// The type of responsibility.
    pub responsibility: Option<ResponsibilityType>,
    /// The figure, where there is one.
    pub target: Option<&'a Target>,
    /// Which duty of the letter above it breaks down.
    pub from: Option<&'a DutyFrom>,
    /// Its part of that duty, in percent.
    pub share: Option<&'a NumberText>,
    /// Who leads it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leading: Vec<RoleLine<'a>>,
    /// Who supports it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supporting: Vec<RoleLine<'a>>,
}

impl Duty {
    fn named(&self) -> impl Iterator<Item = (&'static str, usize, &PartyName)> {
        let leading = self.leading.iter().enumerate();
        let supporting = self.supporting.iter().enumerate();
        leading
            .map(|(index, name)| ("leading", index, name))
            .chain(supporting.map(|(index, name)| ("supporting", index, name)))
    }
}

/// Refuses a part in a duty for somebody who does not receive the letter, and two parts for one party.
pub(super) fn check(
    registry: &Registry,
    act: &Context<'_>,
    place: impl Display,
    duties: &[Duty],
    receivers: impl Iterator<Item = PartyKey> + Clone,
) {
    for (number, duty) in duties.iter().enumerate() {
        let mut seen: Vec<PartyKey> = Vec::new();
        for (role, index, name) in duty.named() {
            let place = format!("{place}/duties/{number}/{role}/{index}");
            let Some(party) = name.find(registry, act, &place) else {
                continue;
            };
            if !receivers.clone().any(|receiver| receiver == party) {
                act.refuse(
                    &place,
                    "letter.role_not_a_receiver",
                    format!("责任“{}”的牵头或配合方不是该责任书的接受方", duty.title),
                    format!(
                        "who leads or supports duty \"{}\" does not receive the letter",
                        duty.title
                    ),
                );
            }
            if seen.contains(&party) {
                act.refuse(
                    &place,
                    "letter.role_twice",
                    format!("责任“{}”的牵头、配合方重复，每一方只写一次", duty.title),
                    format!(
                        "a party stands twice among who leads and supports duty \"{}\"",
                        duty.title
                    ),
                );
            }
            seen.push(party);
        }
    }
}

impl Letters {
    /// The parties that ever receive the letter: those of its draft, and those who took the place of one.
    pub(super) fn receivers_ever(&self, key: Key<LetterRow>, known: Position) -> Vec<PartyKey> {
        let drafted = self.drafted(key, known).into_iter();
        let mut parties: Vec<PartyKey> = drafted
            .flat_map(|letter| letter.receivers.iter().map(|side| side.party))
            .collect();
        for (_, event) in self.events(key, known) {
            match event {
                Event::PartySucceeded { party, by } if parties.contains(party) => parties.push(by.party),
                _ => {}
            }
        }
        parties
    }
}

impl LetterView<'_> {
    /// Who has which part in a duty of the letter on its day: who took the place of a party has its part.
    pub fn roles(&self, registry: &Registry, duty: &Duty) -> DutyRoles {
        let mut roles = DutyRoles::default();
        for (list, names) in [
            (&mut roles.leading, &duty.leading),
            (&mut roles.supporting, &duty.supporting),
        ] {
            for name in names {
                let Some(mut party) = name.key(registry) else { continue };
                for event in self.events() {
                    match event {
                        Event::PartySucceeded { party: gone, by } if *gone == party => party = by.party,
                        _ => {}
                    }
                }
                if !list.contains(&party) {
                    list.push(party);
                }
            }
        }
        // Two parties that became one: it leads what one of them led.
        roles.supporting.retain(|party| !roles.leading.contains(party));
        roles
    }
}

/// A duty as it is told.
pub(super) fn duty_line<'a>(registry: &RegistryView<'a>, letter: &LetterView<'a>, duty: &'a Duty) -> DutyLine<'a> {
    let roles = letter.roles(registry.registry(), duty);
    let lines = |parties: &[PartyKey]| {
        let lines = parties.iter().map(|party| RoleLine {
            party: party.word(),
            id: party_id(registry, *party),
            name: party_name(registry, *party),
        });
        lines.collect()
    };
    DutyLine {
        id: &duty.id,
        title: &duty.title,
        responsibility: duty.responsibility,
        target: duty.target.as_ref(),
        from: duty.from.as_ref(),
        share: duty.share.as_ref(),
        leading: lines(&roles.leading),
        supporting: lines(&roles.supporting),
    }
}
