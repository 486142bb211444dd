//! Referrals (移送): what an assessment shows and others decide, and what they decided, with its document.
//!
//! The ledger keeps both as they are told and infers nothing: no fact, point or grade follows from either by itself. Where
//! the outside decision is to count, an act says so (a fact, a review, a redetermination).

use serde::Serialize;

use super::Assessment;
use super::course::Course;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::registry::{Basis, Context, Registry};

crate::record! {
    /// Refers a matter of a subject to somebody outside the assessment (移送). No person is named.
    pub struct ReferralMade {
        /// Host id of the referral.
        pub referral: String,
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that refers.
        pub unit: String,
        /// The clause under which it is referred.
        pub clause: Basis,
        /// The names of the facts that it rests on.
        pub rests_on: Vec<String>,
        /// To whom, as people call it; need not be a unit of the ledger.
        pub to: String,
        /// The host's references of what was handed over.
        pub references: Vec<String>,
    }
}
crate::document::kept!(struct ReferralMade { referral, scheme, subject, unit, clause, rests_on, to, references });

crate::record! {
    /// Records what those to whom a matter was referred decided, with its document.
    pub struct OutsideDecisionRecorded {
        /// The referral.
        pub referral: String,
        /// Who decided, as people call it.
        pub by: String,
        /// The document of the decision.
        pub document: Basis,
        /// What it says of the subject, in a few words.
        pub outcome: String,
    }
}
crate::document::kept!(struct OutsideDecisionRecorded { referral, by, document, outcome });

/// What one act said of a referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferralRow {
    /// It was made on this day.
    Made(Date, Box<ReferralMade>),
    /// It was decided on this day.
    Decided(Date, Box<OutsideDecisionRecorded>),
}
crate::document::kept!(enum ReferralRow { 0 Made(a, b), 1 Decided(a, b) });

/// The outside decision of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutsideDecision {
    /// The day.
    pub on: Date,
    /// Who decided.
    pub by: String,
    /// The document.
    pub document: String,
    /// What it says.
    pub outcome: String,
}

/// A referral with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferralStanding {
    /// Its id.
    pub referral: String,
    /// The day.
    pub on: Date,
    /// The clause.
    pub clause: String,
    /// The facts.
    pub facts: Vec<String>,
    /// To whom.
    pub to: String,
    /// The decision; missing while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<OutsideDecision>,
}

const REFERRAL: (&str, &str) = ("移送", "referral");

impl ReferralMade {
    /// Keeps the referral.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        act.reference(&registry.units, "/unit", ("单位", "unit"), &self.unit);
        act.introduce(&mut assessment.referrals, "/referral", REFERRAL, &self.referral);
        let id = self.referral.clone();
        let row = ReferralRow::Made(act.effective, Box::new(self));
        assessment.referrals.push(act.at, &id, row);
    }
}

impl OutsideDecisionRecorded {
    /// Keeps the decision.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        let Some(key) = act.reference(&assessment.referrals, "/referral", REFERRAL, &self.referral) else {
            return;
        };
        act.supersede(&mut assessment.referrals, key);
        let mut decided = false;
        for row in assessment.referrals.rows(key, act.at) {
            match &row.value {
                ReferralRow::Made(on, _) => act.in_order("/effective", *on, Some(act.effective)),
                ReferralRow::Decided(..) => decided = true,
            }
        }
        if decided {
            act.refuse(
                "/referral",
                "act.already_exists",
                format!("移送“{}”已有处理决定；更正请用 corrects 注明原行为", self.referral),
                format!(
                    "referral \"{}\" is decided already; to correct it, cite the act in \"corrects\"",
                    self.referral
                ),
            );
        }
        let id = self.referral.clone();
        let row = ReferralRow::Decided(act.effective, Box::new(self));
        assessment.referrals.push(act.at, &id, row);
    }
}

impl Course<'_> {
    /// The referrals about the subject up to the day, in the order of their ids.
    pub fn referrals(self) -> Vec<ReferralStanding> {
        let table = &self.assessment.referrals;
        let mut found = Vec::new();
        for key in table.keys(self.known) {
            let (mut made, mut decided) = (None, None);
            for row in table.rows(key, self.known) {
                match &row.value {
                    ReferralRow::Made(on, own) if *on <= self.day => made = Some((*on, own)),
                    ReferralRow::Decided(on, own) if *on <= self.day => decided = Some((*on, own)),
                    _ => {}
                }
            }
            let Some((on, own)) = made.filter(|(_, own)| own.scheme == self.scheme && own.subject == self.subject)
            else {
                continue;
            };
            found.push(ReferralStanding {
                referral: own.referral.clone(),
                on,
                clause: own.clause.zh(),
                facts: own.rests_on.clone(),
                to: own.to.clone(),
                decided: decided.map(|(on, own)| OutsideDecision {
                    on,
                    by: own.by.clone(),
                    document: own.document.zh(),
                    outcome: own.outcome.clone(),
                }),
            });
        }
        found
    }
}
