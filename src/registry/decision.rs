//! Collective decisions (集体决策): who attended and who recorded dissent. No content.

use serde::Serialize;

use super::{Context, FoundingDocument, Post, Registry, UnitRow};
use crate::calendar::Date;
use crate::ledger::Key;

crate::record! {
    /// Somebody at a meeting: a post, a person, or a person in a post.
    pub struct Attendee {
        /// The post; without a person it is whoever held it on the day.
        pub post: Option<String>,
        /// Host key of the person.
        pub person: Option<String>,
    }
}

crate::record! {
    /// Records a collective decision of a unit, taken on the effective day.
    pub struct DecisionRecorded {
        /// Host id of the decision.
        pub decision: String,
        /// The unit whose body decided.
        pub unit: String,
        /// The field of work, when it belongs to one.
        pub field: Option<String>,
        /// The minutes or the document that records it.
        pub document: Option<FoundingDocument>,
        /// Who attended.
        pub attended: Vec<Attendee>,
        /// Who clearly objected and had it recorded: none of them answers for it.
        pub dissented: Vec<Attendee>,
    }
}

/// Somebody at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The post.
    pub post: Option<Key<Post>>,
    /// Host key of the person.
    pub person: Option<Box<str>>,
}
crate::document::kept!(struct Present { post, person });

/// A collective decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The unit whose body decided.
    pub unit: Key<UnitRow>,
    /// The day.
    pub on: Date,
    /// The field of work.
    pub field: Option<Box<str>>,
    /// What records it.
    pub document: Option<FoundingDocument>,
    /// Who attended.
    pub attended: Vec<Present>,
    /// Who objected.
    pub dissented: Vec<Present>,
}
crate::document::kept!(struct Decision { unit, on, field, document, attended, dissented });

/// Somebody at a meeting, as told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attended<'a> {
    /// The post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<&'a str>,
    /// Who it was: the person named, else whoever was in the post on the day.
    pub persons: Vec<&'a str>,
}

impl DecisionRecorded {
    /// Records the decision.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let unit = act.reference(&registry.units, "/unit", ("单位", "unit"), &self.unit);
        act.introduce(
            &mut registry.decisions,
            "/decision",
            ("集体决策", "decision"),
            &self.decision,
        );
        let attended = present(registry, act, "/attended", self.attended);
        let dissented = present(registry, act, "/dissented", self.dissented);
        let Some(unit) = unit else { return };
        let decision = Decision {
            unit,
            on: act.effective,
            field: self.field.map(Into::into),
            document: self.document,
            attended,
            dissented,
        };
        registry.decisions.push(act.at, &self.decision, decision);
    }
}

fn present(registry: &Registry, act: &Context<'_>, place: &str, attendees: Vec<Attendee>) -> Vec<Present> {
    let mut present = Vec::with_capacity(attendees.len());
    for (index, attendee) in attendees.into_iter().enumerate() {
        let place = format!("{place}/{index}");
        if attendee.post.is_none() && attendee.person.is_none() {
            act.refuse(
                &place,
                "registry.attendee_unnamed",
                "post 和 person 至少填一项",
                "give the post, the person, or both",
            );
        }
        let post = attendee
            .post
            .as_deref()
            .map(|post| act.reference(&registry.posts, format_args!("{place}/post"), ("职务", "post"), post));
        present.push(Present {
            post: post.flatten(),
            person: attendee.person.map(Into::into),
        });
    }
    present
}
