//! The parties of a letter in documents, and how they are found in the registry.

use std::fmt::Display;

use super::{Few, PartyKey, Side};
use crate::document::Word;
use crate::registry::{Context, Registry};

crate::record! {
    /// One party on a side of a letter: a unit, a group or a post, with the posts that sign for it.
    pub struct Party {
        /// The unit.
        pub unit: Option<Word>,
        /// The leadership group.
        pub group: Option<Word>,
        /// The post.
        pub post: Option<Word>,
        /// The posts whose signatures it takes, all of them.
        pub signatories: Few<Word>,
    }
}

crate::record! {
    /// Names a unit, a leadership group or a post: exactly one of them.
    pub struct PartyName {
        /// The unit.
        pub unit: Option<Word>,
        /// The leadership group.
        pub group: Option<Word>,
        /// The post.
        pub post: Option<Word>,
    }
}
crate::document::kept!(struct PartyName { unit, group, post });

impl PartyName {
    /// The party, when exactly one is named and the ledger has named it.
    pub fn key(&self, registry: &Registry) -> Option<PartyKey> {
        match (&self.unit, &self.group, &self.post) {
            (Some(unit), None, None) => registry.units.key(unit).map(PartyKey::Unit),
            (None, Some(group), None) => registry.groups.key(group).map(PartyKey::Group),
            (None, None, Some(post)) => registry.posts.key(post).map(PartyKey::Post),
            _ => None,
        }
    }

    /// The party; the act is refused when it is not in the ledger or not exactly one is named.
    pub(super) fn find(&self, registry: &Registry, act: &Context<'_>, place: impl Display) -> Option<PartyKey> {
        let PartyName { unit, group, post } = self;
        match (unit, group, post) {
            (Some(unit), None, None) => act
                .reference(&registry.units, format_args!("{place}/unit"), ("单位", "unit"), unit)
                .map(PartyKey::Unit),
            (None, Some(group), None) => act
                .reference(
                    &registry.groups,
                    format_args!("{place}/group"),
                    ("领导小组", "leadership group"),
                    group,
                )
                .map(PartyKey::Group),
            (None, None, Some(post)) => act
                .reference(&registry.posts, format_args!("{place}/post"), ("职务", "post"), post)
                .map(PartyKey::Post),
            _ => {
                act.refuse(
                    place,
                    "letter.party_not_single",
                    "unit、group、post 三项须且只须填一项",
                    "give exactly one of unit, group, post",
                );
                None
            }
        }
    }
}

impl Party {
    /// The party with its signatories; the act is refused for what is not in the ledger.
    pub(super) fn find(self, registry: &Registry, act: &Context<'_>, place: impl Display) -> Option<Side> {
        let Party {
            unit,
            group,
            post,
            signatories: named,
        } = self;
        let party = PartyName { unit, group, post }.find(registry, act, &place);
        let signatories = named.iter().enumerate().filter_map(|(number, post)| {
            act.reference(
                &registry.posts,
                format_args!("{place}/signatories/{number}"),
                ("职务", "post"),
                post,
            )
        });
        let signatories = signatories.collect();
        party.map(|party| Side { party, signatories })
    }
}

/// One side of a letter; the act is refused when nobody stands on it.
pub(super) fn side(registry: &Registry, act: &Context<'_>, place: impl Display, parties: Few<Party>) -> Few<Side> {
    if parties.is_empty() {
        act.refuse(
            &place,
            "letter.side_empty",
            "责任书缺少一方，请填写",
            "a side of the letter is empty; fill it in",
        );
    }
    let found = parties.into_iter().enumerate();
    found
        .filter_map(|(index, party)| party.find(registry, act, format_args!("{place}/{index}")))
        .collect()
}
