//! Letters as they are told to whoever asks: a line in a list, or the whole life.

use serde::Serialize;

use super::checks::{self, Succession};
use super::role::duty_line;
use super::{
    CertificateName, DutyLine, Electronic, Event, FileDigest, LetterRow, LetterState, LetterView, LettersView,
    ManifestationForm, Outcomes, PartyKey, Side, Signing, VerifiedBy,
};
use super::{party_id, party_name, party_unit};
use crate::calendar::{Date, Period};
use crate::document::Sm3Digest;
use crate::error::Finding;
use crate::ledger::{Key, Position};
use crate::registry::{Basis, Capacity, Post, RegistryView, UnitRow};

/// A party of a letter on the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyLine<'a> {
    /// The word unit, group or post.
    pub party: &'static str,
    /// Host id.
    pub id: &'a str,
    /// Name.
    pub name: String,
    /// The posts that sign for it.
    pub signatories: Vec<&'a str>,
}

/// A letter in a list: its state on the day, and the marks beside the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterLine<'a> {
    /// Host id.
    pub letter: &'a str,
    /// Title on the day.
    pub title: &'a str,
    /// Its type, when it names one.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// Period on the day.
    pub period: Period,
    /// State on the day.
    pub state: LetterState,
    /// How many times it was amended.
    pub amended: usize,
    /// Since when it is suspended, while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Date>,
    /// Posts whose next holder has not taken it over, or that nobody holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub succession_due: Vec<&'a str>,
    /// Parties whose unit no longer exists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties_ended: Vec<&'a str>,
    /// Who asks.
    pub issuers: Vec<PartyLine<'a>>,
    /// Who answers.
    pub receivers: Vec<PartyLine<'a>>,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SigningLine<'a> {
    /// The post.
    pub post: &'a str,
    /// Host key of the person.
    pub person: &'a str,
    /// In which capacity.
    pub capacity: Capacity,
    /// The day.
    pub on: Date,
    /// The manifestation that was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifestation: Option<&'a str>,
    /// The electronic signature, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electronic: Option<&'a Electronic>,
}

/// Something that happened to a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HappeningLine<'a> {
    /// The day on which it takes effect.
    pub on: Date,
    /// The line of the ledger that says so.
    pub line: Position,
    /// What happened.
    #[serde(flatten)]
    pub what: What<'a>,
}

/// What happened, told by ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are those of the acts")]
pub enum What<'a> {
    /// The draft was shown to others.
    Consulted {
        with: Vec<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// It was approved.
    Approved {
        by: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    },
    /// It was amended.
    Amended {
        amendment: &'a str,
        reason: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        changes: Vec<&'static str>,
        signatures: Vec<SigningLine<'a>>,
    },
    /// An amendment was signed later.
    AmendmentSigned {
        amendment: &'a str,
        signature: SigningLine<'a>,
    },
    /// A thing was declared to say what its text says.
    Manifested {
        manifestation: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        amendment: Option<&'a str>,
        form: ManifestationForm,
        file: &'a FileDigest,
        declared_by: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<&'a str>,
        text: &'a str,
    },
    /// A signature was verified elsewhere.
    Verified {
        #[serde(skip_serializing_if = "Option::is_none")]
        amendment: Option<&'a str>,
        post: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        signed: Option<Date>,
        means: VerifiedBy,
        verifier: &'a str,
        report: &'a FileDigest,
        outcomes: &'a Outcomes,
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<&'a CertificateName>,
    },
    /// The next holder of a post took it over.
    Succeeded {
        post: &'a str,
        from: &'a str,
        to: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        handed_over: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        signed: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    },
    /// Another party took the place of one.
    PartySucceeded { party: &'a str, by: PartyLine<'a> },
    /// It was suspended.
    Suspended { reason: &'a str },
    /// It was resumed.
    Resumed,
    /// It was scored.
    Scored { scheme: &'a str, subject: &'a str },
    /// It was put into the archive.
    Archived {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<&'a str>,
    },
    /// It was withdrawn.
    Withdrawn { reason: &'a str },
    /// It was declared void.
    Voided { reason: &'a str },
}

/// The whole life of a letter up to the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterLife<'a> {
    /// State, marks and parties.
    #[serde(flatten)]
    pub line: LetterLine<'a>,
    /// What it rests on.
    pub basis: Vec<&'a Basis>,
    /// Its entry in the yearly plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_entry: Option<&'a str>,
    /// Digest of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sm3Digest>,
    /// The letter that it adds to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplements: Option<&'a str>,
    /// The letters that add to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supplemented_by: Vec<&'a str>,
    /// The last day for signing, when its type names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_by: Option<Date>,
    /// The last day for the receiver's breakdown, when its type names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breakdown_by: Option<Date>,
    /// Its signatures, in the order of their days.
    pub signatures: Vec<SigningLine<'a>>,
    /// Its duties on the day.
    pub duties: Vec<DutyLine<'a>>,
    /// What happened to it, in the order of days.
    pub happenings: Vec<HappeningLine<'a>>,
    /// What the checks find about it alone; what shows only beside other letters is among the findings of the view.
    pub findings: Vec<Finding>,
}

/// Which letters are asked for; what is not given does not narrow the list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Letters to which this unit is a party, itself or by a group or post of it.
    pub unit: Option<Key<UnitRow>>,
    /// Letters that this post signs or to which it is a party.
    pub post: Option<Key<Post>>,
    /// Letters in this state.
    pub state: Option<LetterState>,
}

/// The letters that are wanted, in the order of their ids.
pub fn lines<'a>(registry: &RegistryView<'a>, letters: &LettersView<'a>, wanted: Wanted) -> Vec<LetterLine<'a>> {
    letters
        .all()
        .filter(|letter| is_wanted(registry, letter, wanted))
        .map(|letter| line(registry, &letter))
        .collect()
}

fn is_wanted(registry: &RegistryView<'_>, letter: &LetterView<'_>, wanted: Wanted) -> bool {
    if wanted.state.is_some_and(|state| state != letter.state) {
        return false;
    }
    if wanted.unit.is_none() && wanted.post.is_none() {
        return true;
    }
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let any = |test: &dyn Fn(&Side) -> bool| issuers.iter().chain(receivers.iter()).any(test);
    let of_unit = |unit| any(&|side: &Side| party_unit(registry, side.party) == Some(unit));
    let of_post = |post| any(&|side: &Side| side.party == PartyKey::Post(post) || side.signatories.contains(&post));
    wanted.unit.is_none_or(of_unit) && wanted.post.is_none_or(of_post)
}

/// One letter with everything that happened to it; nothing when it does not exist on the day.
pub fn life<'a>(registry: &RegistryView<'a>, letters: &LettersView<'a>, id: &str) -> Option<LetterLife<'a>> {
    let letter = letters.named(id)?;
    let table = &letters.letters().letters;
    let known = letters.when().known;
    let supplementing = |other: &Key<LetterRow>| {
        let drafted = letters.letters().drafted(*other, known);
        drafted.is_some_and(|other| other.supplements == Some(letter.key))
    };
    Some(LetterLife {
        line: line(registry, &letter),
        basis: letter.basis().collect(),
        plan_entry: letter.plan_entry(),
        text: letter.letter.text,
        supplements: letter.letter.supplements.map(|base| table.id(base)),
        supplemented_by: table
            .keys(known)
            .filter(supplementing)
            .map(|other| table.id(other))
            .collect(),
        sign_by: letter.kind.and_then(|kind| kind.last_day_to_sign(letter.letter.period)),
        breakdown_by: letter
            .kind
            .and_then(|kind| kind.last_day_to_break_down(letter.letter.period)),
        signatures: letter
            .signatures
            .iter()
            .map(|signing| signing_line(registry, signing))
            .collect(),
        duties: letter
            .duties()
            .iter()
            .map(|duty| duty_line(registry, &letter, duty))
            .collect(),
        happenings: letter
            .happenings
            .iter()
            .map(|happening| HappeningLine {
                on: happening.on,
                line: happening.at,
                what: what(registry, happening.event),
            })
            .collect(),
        findings: checks::of_one(registry, letters, &letter),
    })
}

fn line<'a>(registry: &RegistryView<'a>, letter: &LetterView<'a>) -> LetterLine<'a> {
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let posts = &registry.registry().posts;
    let waits = |post: &Key<Post>| checks::succession(registry, letter, *post) != Succession::None;
    let ended = |side: &&Side| checks::party_ended(registry, side.party).is_some();
    let running = letter.state == LetterState::InForce;
    LetterLine {
        letter: letter.id,
        title: letter.title(),
        kind: letter.letter.kind.as_deref(),
        period: letter.period(),
        state: letter.state,
        amended: letter.amendments().count(),
        suspended: letter.suspended,
        succession_due: checks::waiting_posts(registry, letter)
            .into_iter()
            .filter(|post| running && waits(post))
            .map(|post| posts.id(post))
            .collect(),
        parties_ended: issuers
            .iter()
            .chain(receivers.iter())
            .filter(ended)
            .map(|side| party_id(registry, side.party))
            .collect(),
        issuers: issuers.iter().map(|side| party_line(registry, side)).collect(),
        receivers: receivers.iter().map(|side| party_line(registry, side)).collect(),
    }
}

pub(super) fn party_line<'a>(registry: &RegistryView<'a>, side: &Side) -> PartyLine<'a> {
    let posts = &registry.registry().posts;
    PartyLine {
        party: side.party.word(),
        id: party_id(registry, side.party),
        name: party_name(registry, side.party),
        signatories: side.signatories.iter().map(|post| posts.id(*post)).collect(),
    }
}

pub(super) fn signing_line<'a>(registry: &RegistryView<'a>, signing: &'a Signing) -> SigningLine<'a> {
    SigningLine {
        post: registry.registry().posts.id(signing.post),
        person: &signing.person,
        capacity: signing.capacity,
        on: signing.on,
        manifestation: signing.proof.as_ref().and_then(|proof| proof.manifestation.as_deref()),
        electronic: signing.proof.as_ref().and_then(|proof| proof.electronic.as_ref()),
    }
}

pub(super) fn what<'a>(registry: &RegistryView<'a>, event: &'a Event) -> What<'a> {
    let posts = &registry.registry().posts;
    match event {
        Event::Consulted { with, until } => What::Consulted {
            with: with.iter().map(|party| party_id(registry, *party)).collect(),
            until: *until,
        },
        Event::Approved { by, document, .. } => What::Approved {
            by: party_id(registry, *by),
            document: document.as_ref().map(ToString::to_string),
        },
        Event::Amended(amendment) => What::Amended {
            amendment: &amendment.id,
            reason: &amendment.reason,
            document: amendment.document.as_ref().map(ToString::to_string),
            changes: amendment.changes(),
            signatures: amendment
                .signatures
                .iter()
                .map(|signing| signing_line(registry, signing))
                .collect(),
        },
        Event::AmendmentSigned { amendment, signing } => What::AmendmentSigned {
            amendment,
            signature: signing_line(registry, signing),
        },
        Event::Manifested(one) => What::Manifested {
            manifestation: &one.id,
            amendment: one.amendment.as_deref(),
            form: one.form,
            file: &one.file,
            declared_by: party_id(registry, one.by),
            person: one.person.as_deref(),
            text: &one.text,
        },
        Event::Verified(one) => What::Verified {
            amendment: one.amendment.as_deref(),
            post: posts.id(one.post),
            signed: one.signed,
            means: one.means,
            verifier: &one.verifier,
            report: &one.report,
            outcomes: &one.outcomes,
            certificate: one.certificate.as_ref(),
        },
        Event::Succeeded {
            post,
            before,
            person,
            handed_over,
            document,
            signed,
        } => What::Succeeded {
            post: posts.id(*post),
            from: before,
            to: person,
            handed_over: *handed_over,
            signed: *signed,
            document: document.as_ref().map(ToString::to_string),
        },
        Event::PartySucceeded { party, by } => What::PartySucceeded {
            party: party_id(registry, *party),
            by: party_line(registry, by),
        },
        Event::Suspended { reason, .. } => What::Suspended { reason },
        Event::Resumed => What::Resumed,
        Event::Scored { scheme, subject } => What::Scored { scheme, subject },
        Event::Archived { number } => What::Archived {
            number: number.as_deref(),
        },
        Event::Withdrawn { reason } => What::Withdrawn { reason },
        Event::Voided { reason, .. } => What::Voided { reason },
    }
}
