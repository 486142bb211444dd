//! Whether a letter keeps to its type: who with whom.

use std::collections::BTreeSet;

use super::Check;
use crate::error::Finding;
use crate::ledger::Key;
use crate::letter::{LetterType, Side, party_name, party_unit};
use crate::registry::{RegistryView, UnitRow};

/// A letter is judged by the units of the day on which it was signed; until then by those of the day looked at.
pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let Some(kind) = letter.kind else { return };
    let day = letter.signed_up().unwrap_or(check.day());
    let registry = check.registry.registry().view(day, check.registry.when().known);
    classes(
        check,
        &registry,
        "签发方",
        "issuer",
        &kind.issuers,
        &letter.letter.issuers,
        found,
    );
    classes(
        check,
        &registry,
        "接受方",
        "receiver",
        &kind.receivers,
        &letter.letter.receivers,
        found,
    );
    let issuers: BTreeSet<_> = units(&registry, &letter.letter.issuers).collect();
    let receivers: BTreeSet<_> = units(&registry, &letter.letter.receivers).collect();
    inside(check, kind, &issuers, &receivers, found);
    below(check, &registry, kind, &issuers, found);
    if kind.leading {
        nobody_leads(check, found);
    }
    if let Some(least) = &kind.signatories {
        too_few(check, least.issuers, &letter.letter.issuers, found);
        too_few(check, least.receivers, &letter.letter.receivers, found);
    }
}

/// Duties of several receivers that nobody leads.
fn nobody_leads(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let receivers = letter.receivers().len();
    if receivers < 2 {
        return;
    }
    for duty in letter.duties() {
        if letter.roles(check.registry.registry(), duty).leading.is_empty() {
            let zh = format!("的责任“{}”由 {receivers} 方承担，未写明由谁牵头", duty.title);
            let en = format!(
                "lays duty \"{}\" on {receivers} receivers without saying who leads",
                duty.title
            );
            found.push(check.warning("letter.nobody_leads", &zh, &en));
        }
    }
}

fn units<'s>(registry: &'s RegistryView<'_>, sides: &'s [Side]) -> impl Iterator<Item = Key<UnitRow>> + 's {
    sides.iter().filter_map(|side| party_unit(registry, side.party))
}

fn classes(
    check: &Check<'_, '_>,
    registry: &RegistryView<'_>,
    zh: &str,
    en: &str,
    allowed: &[String],
    sides: &[Side],
    found: &mut Vec<Finding>,
) {
    if allowed.is_empty() {
        return;
    }
    for side in sides {
        let Some(unit) = party_unit(registry, side.party) else {
            continue;
        };
        let class = registry.class(unit);
        if !allowed.iter().any(|allowed| allowed == class) {
            let name = party_name(registry, side.party);
            let zh = format!("的{zh}“{name}”属于“{class}”，应为：{}", allowed.join("、"));
            let en = format!(
                "has {en} \"{name}\" of class \"{class}\"; expected: {}",
                allowed.join(", ")
            );
            found.push(check.warning("letter.party_of_other_class", &zh, &en));
        }
    }
}

fn inside(
    check: &Check<'_, '_>,
    kind: &LetterType,
    issuers: &BTreeSet<Key<UnitRow>>,
    receivers: &BTreeSet<Key<UnitRow>>,
    found: &mut Vec<Finding>,
) {
    if kind.inside && issuers.union(receivers).count() > 1 {
        let zh = "应在一个单位内部签订，而各方分属不同单位";
        found.push(check.warning(
            "letter.not_inside",
            zh,
            "is of a type for one unit, and its parties belong to several",
        ));
    }
    if !kind.inside && issuers.intersection(receivers).next().is_some() {
        let zh = "的签发方与接受方是同一单位";
        found.push(check.warning("letter.issued_to_itself", zh, "goes from a unit to itself"));
    }
}

fn below(
    check: &Check<'_, '_>,
    registry: &RegistryView<'_>,
    kind: &LetterType,
    issuers: &BTreeSet<Key<UnitRow>>,
    found: &mut Vec<Finding>,
) {
    let edges = &registry.registry().edges;
    let Some(edge) = kind.edge.as_deref().and_then(|edge| edges.key(edge)) else {
        return;
    };
    let word = edges
        .last(edge, registry.when().known)
        .map_or("", |row| row.value.name.as_str());
    for side in &check.letter.letter.receivers {
        let Some(receiver) = party_unit(registry, side.party) else {
            continue;
        };
        if !issuers.iter().any(|issuer| registry.is_above(edge, *issuer, receiver)) {
            let name = registry.name(receiver);
            let zh = format!("的接受方“{name}”与签发方没有“{word}”关系");
            let en = format!("goes to \"{name}\", which does not stand below an issuer by \"{word}\"");
            found.push(check.warning("letter.receiver_not_below", &zh, &en));
        }
    }
}

fn too_few(check: &Check<'_, '_>, least: Option<u32>, sides: &[Side], found: &mut Vec<Finding>) {
    let Some(least) = least else { return };
    for side in sides {
        let posts: BTreeSet<_> = side.signatories.iter().collect();
        let signatories = posts.len();
        if signatories < usize::try_from(least).unwrap_or(usize::MAX) {
            let name = party_name(check.registry, side.party);
            let zh = format!("由“{name}”的 {signatories} 个职务签署，至少应为 {least} 个");
            let en = format!("is signed by {signatories} posts of \"{name}\"; at least {least} must sign");
            found.push(check.warning("letter.too_few_signatories", &zh, &en));
        }
    }
}
