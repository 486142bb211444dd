//! What signatures rest on: manifestations and verifications.

use super::Check;
use crate::error::Finding;
use crate::letter::{Event, Signing, Verification};

pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    outdated(check, found);
    uncited(check, found);
    verifications(check, found);
}

/// A manifestation was declared equal to a text that the letter no longer has.
fn outdated(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let own = check.letter.letter.text.map(|text| text.to_string());
    for event in check.letter.events() {
        let Event::Manifested(one) = event else { continue };
        let now = match &one.amendment {
            None => own.as_deref(),
            Some(amendment) => check
                .letter
                .amendments()
                .find(|(_, amended)| amended.id == *amendment)
                .and_then(|(_, amended)| amended.text.as_deref()),
        };
        if now != Some(&*one.text) {
            let id = &one.id;
            let zh = format!("的载体“{id}”声明与文本一致，而该文本此后已更正");
            let en = format!("has manifestation \"{id}\", declared equal to a text that was corrected since");
            found.push(check.warning("letter.manifestation_outdated", &zh, &en));
        }
    }
}

/// The text exists in several things, and a signature does not say which of them was signed.
fn uncited(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let of = |amendment: Option<&str>| {
        check.letter.events().any(|event| match event {
            Event::Manifested(one) => one.amendment.as_deref() == amendment,
            _ => false,
        })
    };
    let posts = &check.registry.registry().posts;
    for (amendment, signing) in signings(check) {
        let cites = signing
            .proof
            .as_ref()
            .is_some_and(|proof| proof.manifestation.is_some());
        if !cites && of(amendment) {
            let (post, on) = (posts.id(signing.post), signing.on);
            let zh = format!("登记有载体，而职务“{post}”{}的签署未注明所签载体", on.zh());
            let en = format!("has manifestations, but the signature of post \"{post}\" on {on} cites none");
            found.push(check.notice("letter.signature_uncited", &zh, &en));
        }
    }
}

/// A verification that leads says that a part does not hold, or verifications of one signature contradict each other.
fn verifications(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let posts = &check.registry.registry().posts;
    for (amendment, signing) in signings(check) {
        let made = check.letter.verifications(amendment, signing);
        let post = posts.id(signing.post);
        let Some(leading) = made.first() else { continue };
        if leading.outcomes.refutes() {
            let (said, verifier) = (leading.outcomes.zh(), &leading.verifier);
            let zh = format!("职务“{post}”的签署经“{verifier}”核验：{said}");
            let en = format!("has a signature of post \"{post}\" that \"{verifier}\" found not to hold in every part");
            found.push(check.warning("letter.signature_refuted", &zh, &en));
        }
        if made.iter().any(|other| contradict(leading, other)) {
            let zh = format!("职务“{post}”的签署有相互矛盾的核验结果，以最近一次为准，请核实");
            let en = format!("has contradicting verifications of the signature of post \"{post}\"; the latest leads");
            found.push(check.notice("letter.verifications_differ", &zh, &en));
        }
    }
}

fn contradict(one: &Verification, other: &Verification) -> bool {
    use crate::letter::Outcome::NotChecked;
    let pairs = one.outcomes.parts().into_iter().zip(other.outcomes.parts());
    let mut looked = pairs.filter(|((_, one), (_, other))| *one != NotChecked && *other != NotChecked);
    looked.any(|((_, one), (_, other))| one != other)
}

/// The signatures up to the day, to the letter and to its amendments.
fn signings<'a>(check: &Check<'_, 'a>) -> Vec<(Option<&'a str>, &'a Signing)> {
    let day = check.day();
    let all = check
        .letters
        .letters()
        .signings_of(check.letter.key, check.letters.when().known);
    let all = all.into_iter().filter(|(_, _, signing)| signing.on <= day);
    all.map(|(amendment, _, signing)| (amendment, signing)).collect()
}
