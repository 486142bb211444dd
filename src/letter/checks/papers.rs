//! What must be on paper before a letter is signed: basis, plan entry, type, consultation, approval.

use super::Check;
use crate::calendar::Date;
use crate::error::Finding;
use crate::letter::{Event, PartyKey, party_name};

pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    without_basis(check, found);
    undeclared(check, found);
    supplement(check, found);
    if let Some(first) = check.letter.signatures.first() {
        consultation(check, first.on, found);
        approval(check, first.on, found);
    }
}

/// A letter needs a basis and an entry in the yearly plan (减负).
fn without_basis(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let title = letter.title();
    if letter.basis().next().is_none() {
        let zh = format!("责任书“{title}”未注明签订依据");
        found.push(
            Finding::warning("letter.no_basis", zh, format!("letter \"{title}\" names no basis")).about(letter.id),
        );
    }
    if letter.plan_entry().is_none() {
        let zh = format!("责任书“{title}”未列入年度计划");
        let en = format!("letter \"{title}\" has no entry in the yearly plan");
        found.push(Finding::notice("letter.no_plan_entry", zh, en).about(letter.id));
    }
}

/// The letter names a type that the rule set of its first day does not have.
fn undeclared(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let Some(kind) = &letter.letter.kind else { return };
    let first_day = letter.letter.period.from();
    if letter.kind.is_none() && check.letters.types().on(first_day).is_some() {
        let zh = format!("的类型“{kind}”在{}适用的规则集中没有规定", first_day.zh());
        let en = format!("is of type \"{kind}\", which the rule set of {first_day} does not declare");
        found.push(check.warning("letter.type_undeclared", &zh, &en));
    }
}

/// The letter adds to one that no longer stands.
fn supplement(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let Some(base) = check.letter.letter.supplements else {
        return;
    };
    let Some(base) = check.letters.letter(base) else { return };
    if base.state.is_dead() || base.state.is_over() {
        let zh = format!("所补充的责任书“{}”已{}", base.title(), base.state.zh());
        let en = format!("adds to \"{}\", which is {}", base.title(), base.state.word());
        found.push(check.warning("letter.supplement_without_base", &zh, &en));
    }
}

/// Each receiver must have seen the draft before the first signature.
fn consultation(check: &Check<'_, '_>, signed: Date, found: &mut Vec<Finding>) {
    let letter = check.letter;
    if !letter.kind.is_some_and(|kind| kind.consultation) {
        return;
    }
    let mut asked: Vec<PartyKey> = Vec::new();
    let mut running = None;
    for happening in letter.happenings.iter().filter(|happening| happening.on <= signed) {
        if let Event::Consulted { with, until } = happening.event {
            asked.extend(with);
            running = running.max(*until);
        }
    }
    let saw_it = |party: PartyKey| {
        let unit = check.unit(party);
        asked
            .iter()
            .any(|other| *other == party || (unit.is_some() && check.unit(*other) == unit))
    };
    let missed: Vec<String> = letter
        .letter
        .receivers
        .iter()
        .filter(|side| !saw_it(side.party))
        .map(|side| party_name(check.registry, side.party))
        .collect();
    if !missed.is_empty() {
        let zh = format!("签署前未征求“{}”的意见", missed.join("”“"));
        let en = format!("was signed without showing its draft to \"{}\"", missed.join("\", \""));
        found.push(check.warning("letter.not_consulted", &zh, &en));
    }
    if let Some(until) = running.filter(|until| signed <= *until) {
        let zh = format!("征求意见至{}为止，{}即已签署", until.zh(), signed.zh());
        let en = format!("was signed on {signed}, while answers were invited until {until}");
        found.push(check.warning("letter.signed_during_consultation", &zh, &en));
    }
}

/// It must be approved before the first signature.
fn approval(check: &Check<'_, '_>, signed: Date, found: &mut Vec<Finding>) {
    let letter = check.letter;
    if !letter.kind.is_some_and(|kind| kind.approval) {
        return;
    }
    let approved = letter
        .happenings
        .iter()
        .filter(|happening| matches!(happening.event, Event::Approved { .. }))
        .map(|happening| happening.on)
        .min();
    let (zh, en) = match approved {
        Some(on) if on <= signed => return,
        Some(on) => (
            format!("{}签署，{}才审批", signed.zh(), on.zh()),
            format!("was signed on {signed} and approved only on {on}"),
        ),
        None => (
            format!("{}签署，没有审批记录", signed.zh()),
            format!("was signed on {signed} and no approval is recorded"),
        ),
    };
    found.push(check.warning("letter.not_approved", &zh, &en));
}
