//! Who takes a letter over: the next holder of a post, or the party that takes the place of another.

use super::acts::LETTER;
use super::{Event, LetterRow, Letters, Party, PartyName};
use crate::calendar::Date;
use crate::codes::DocumentNumber;
use crate::registry::{Context, Registry};

crate::record! {
    /// Somebody takes a letter over with the post that signed it, from the effective day on (承接). The obligation follows
    /// the post; this records that it was handed over.
    pub struct LetterSucceeded {
        /// The letter.
        pub letter: String,
        /// The post.
        pub post: String,
        /// Host key of the person who answered before.
        pub from: String,
        /// Host key of the person who answers from the effective day on.
        pub to: String,
        /// The day of the handing over.
        pub handed_over: Option<Date>,
        /// The document that records it.
        pub document: Option<DocumentNumber>,
        /// The day on which the successor signed the letter again, when he did.
        pub signed: Option<Date>,
    }
}

crate::record! {
    /// Another party takes the place of one, from the effective day on: a receiver that was merged, an issuer that was
    /// abolished.
    pub struct LetterPartySucceeded {
        /// The letter.
        pub letter: String,
        /// The party that goes.
        pub party: PartyName,
        /// The party that comes, with the posts that sign for it from now on.
        pub by: Party,
    }
}

impl LetterSucceeded {
    /// Records the succession.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        letters.binding(act, "/letter", key, act.effective);
        let Some(post) = act.reference(&registry.posts, "/post", ("职务", "post"), &self.post) else {
            return;
        };
        let sides = letters.sides(key, act.at);
        if !sides.iter().any(|side| side.signatories.contains(&post)) {
            act.refuse(
                "/post",
                "letter.not_a_signatory",
                format!("职务“{}”不在该责任书的签署人之列", self.post),
                format!("post \"{}\" is not a signatory of this letter", self.post),
            );
        }
        let event = Event::Succeeded {
            post,
            before: self.from.into(),
            person: self.to.into(),
            handed_over: self.handed_over,
            document: self.document,
            signed: self.signed,
        };
        letters.letters.push(
            act.at,
            &self.letter,
            LetterRow::Happened(act.effective, Box::new(event)),
        );
    }
}

impl LetterPartySucceeded {
    /// Records the succession.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        letters.binding(act, "/letter", key, act.effective);
        let party = self.party.find(registry, act, "/party");
        let by = self.by.find(registry, act, "/by");
        let (Some(party), Some(by)) = (party, by) else { return };
        if !letters.sides(key, act.at).iter().any(|side| side.party == party) {
            act.refuse(
                "/party",
                "letter.not_a_party",
                format!("该主体不是责任书“{}”的任何一方", self.letter),
                format!("this is no party of letter \"{}\"", self.letter),
            );
        }
        if by.party == party {
            act.refuse(
                "/by",
                "letter.party_succeeds_itself",
                "接替的一方与被接替的一方相同",
                "a party cannot take its own place",
            );
        }
        letters.letters.push(
            act.at,
            &self.letter,
            LetterRow::Happened(act.effective, Box::new(Event::PartySucceeded { party, by })),
        );
    }
}
