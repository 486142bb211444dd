//! Whether whoever answers for a letter today took it over.

use super::Check;
use crate::calendar::Date;
use crate::error::Finding;
use crate::ledger::Key;
use crate::letter::{Event, LetterState, LetterView, PartyKey, party_name, party_unit};
use crate::registry::{Capacity, Post, RegistryView, TenureView};

pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    if check.letter.state == LetterState::InForce {
        for post in waiting_posts(check.registry, check.letter) {
            match succession(check.registry, check.letter, post) {
                Succession::None => {}
                Succession::Due(since) => found.push(due(check, post, since)),
                Succession::Gone(since) => found.push(gone(check, post, since)),
            }
        }
    }
    recorded(check, found);
    ended(check, found);
}

/// The posts that may wait for their next holder. Those of a party that no longer exists do not: another party must come.
pub(in crate::letter) fn waiting_posts(registry: &RegistryView<'_>, letter: &LetterView<'_>) -> Vec<Key<Post>> {
    let mut posts = letter.signatories();
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let standing: Vec<_> = issuers
        .iter()
        .chain(receivers.iter())
        .filter(|side| party_ended(registry, side.party).is_none())
        .collect();
    posts.retain(|post| standing.iter().any(|side| side.signatories.contains(post)));
    posts
}

/// Whether the letter waits for the next holder of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::letter) enum Succession {
    /// Whoever answers for the letter still acts for the post, or nothing is known.
    None,
    /// Somebody else acts for the post since this day, and no succession is recorded.
    Due(Date),
    /// Nobody acts for the post since this day.
    Gone(Date),
}

/// Whether a succession is due for a post that signed the letter.
pub(in crate::letter) fn succession(
    registry: &RegistryView<'_>,
    letter: &LetterView<'_>,
    post: Key<Post>,
) -> Succession {
    let day = registry.when().day;
    let mut tenures = registry.tenures(post);
    tenures.retain(|held| held.tenure.capacity != Capacity::Authorised);
    let Some((since, answering)) = answering(letter, post, &tenures) else {
        return Succession::None;
    };
    // Whoever still sits in a post that ended holds nothing.
    let abolished = registry.post_end(post).filter(|end| *end < day);
    let acting = |held: &&TenureView<'_>| held.period.holds(day) && abolished.is_none();
    let mut current = tenures.iter().filter(acting).peekable();
    if current.peek().is_none() {
        // Only who was there can be gone.
        let last = tenures
            .iter()
            .filter(|held| held.period.holds(since) || held.period.from() > since)
            .map(|held| abolished.map_or(held.period.to(), |end| end.min(held.period.to())))
            .filter(|end| *end < day)
            .max();
        return last.map_or(Succession::None, |end| Succession::Gone(end.next()));
    }
    if current.clone().any(|held| answering.contains(&&*held.tenure.person)) {
        return Succession::None;
    }
    let newcomer = current
        .map(|held| held.period.from())
        .filter(|from| *from > since)
        .min();
    newcomer.map_or(Succession::None, Succession::Due)
}

/// Since when who answers for the letter on behalf of a post: whoever took it over last, else whoever signed; for an
/// authorised signature the holders of that day.
fn answering<'t>(
    letter: &LetterView<'t>,
    post: Key<Post>,
    tenures: &'t [TenureView<'t>],
) -> Option<(Date, Vec<&'t str>)> {
    let signed = letter.signatures.iter().rev().find(|signing| signing.post == post);
    let taken_over = letter
        .happenings
        .iter()
        .rev()
        .find_map(|happening| match happening.event {
            Event::Succeeded { post: own, person, .. } if *own == post => Some((happening.on, person.as_ref())),
            _ => None,
        });
    match (signed, taken_over) {
        (signed, Some((on, person))) if signed.is_none_or(|signing| signing.on <= on) => Some((on, vec![person])),
        (Some(signing), _) if signing.capacity == Capacity::Authorised => {
            let holders = tenures.iter().filter(|held| held.period.holds(signing.on));
            Some((signing.on, holders.map(|held| held.tenure.person.as_ref()).collect()))
        }
        (Some(signing), _) => Some((signing.on, vec![signing.person.as_ref()])),
        (None, _) => None,
    }
}

fn due(check: &Check<'_, '_>, post: Key<Post>, since: Date) -> Finding {
    let id = check.registry.registry().posts.id(post);
    let days = since.days_until(check.day());
    let zh = format!("的签署职务“{id}”自{}起已换人（{days} 天），没有承接记录", since.zh());
    let en = format!("waits for the next holder of post \"{id}\": another acts for it since {since} ({days} days)");
    check.warning("letter.succession_due", &zh, &en)
}

fn gone(check: &Check<'_, '_>, post: Key<Post>, since: Date) -> Finding {
    let id = check.registry.registry().posts.id(post);
    let days = since.days_until(check.day());
    let zh = format!("的签署职务“{id}”自{}起空缺（{days} 天），无人承担责任", since.zh());
    let en = format!("has nobody to answer for it: post \"{id}\" is vacant since {since} ({days} days)");
    check.warning("letter.signer_gone", &zh, &en)
}

/// What the successions that are recorded leave open.
fn recorded(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let posts = &check.registry.registry().posts;
    for happening in &letter.happenings {
        let Event::Succeeded {
            post,
            before,
            person,
            handed_over,
            ..
        } = happening.event
        else {
            continue;
        };
        let (id, on) = (posts.id(*post), happening.on);
        let tenures = check.registry.tenures(*post);
        let mut holding = tenures.iter().filter(|held| held.period.holds(on));
        if !holding.any(|held| held.tenure.person == *person) {
            let zh = format!("由“{person}”于{}承接职务“{id}”的责任，但任职记录不涵盖当日", on.zh());
            let en =
                format!("was taken over for post \"{id}\" on {on} by \"{person}\", whom no tenure covers on that day");
            found.push(check.warning("letter.successor_without_tenure", &zh, &en));
        }
        let earlier = LetterView {
            signatures: letter
                .signatures
                .iter()
                .copied()
                .filter(|signing| signing.on < on)
                .collect(),
            happenings: letter
                .happenings
                .iter()
                .copied()
                .filter(|other| (other.on, other.at) < (on, happening.at))
                .collect(),
            ..letter.clone()
        };
        let answered = answering(&earlier, *post, &tenures);
        if answered.is_some_and(|(_, persons)| !persons.contains(&before.as_ref())) {
            let zh = format!("的承接记录称职务“{id}”此前由“{before}”负责，与签署或此前的承接记录不符");
            let en = format!("is said to pass from \"{before}\" for post \"{id}\", who did not answer for it before");
            found.push(check.warning("letter.succession_from_another", &zh, &en));
        }
        if handed_over.is_none() {
            let zh = format!("由“{person}”承接职务“{id}”的责任，没有交接日期");
            let en = format!("was taken over by \"{person}\" for post \"{id}\"; no day of handing over is recorded");
            found.push(check.notice("letter.not_handed_over", &zh, &en));
        }
    }
}

/// A party that no longer exists, and nobody took its place.
fn ended(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let (issuers, receivers) = (check.letter.issuers(), check.letter.receivers());
    for side in issuers.iter().chain(receivers.iter()) {
        let Some((on, heirs)) = party_ended(check.registry, side.party) else {
            continue;
        };
        let name = party_name(check.registry, side.party);
        let mut zh = format!("的一方“{name}”已于{}撤销或并入其他单位，没有承接记录", on.zh());
        let mut en = format!("has a party that no longer exists, \"{name}\", ended on {on}; nobody took its place");
        if !heirs.is_empty() {
            zh.push_str(&format!("；其职能转入：{}", heirs.join("、")));
            en.push_str(&format!("; its functions went to: {}", heirs.join(", ")));
        }
        found.push(check.warning("letter.party_ended", &zh, &en));
    }
}

/// The last day of a party that no longer exists, and the names of those to whom its functions went.
pub(in crate::letter) fn party_ended<'a>(registry: &RegistryView<'a>, party: PartyKey) -> Option<(Date, Vec<&'a str>)> {
    if let PartyKey::Group(group) = party
        && let Some((on, into)) = registry.group_ended(group)
    {
        let heir = into.and_then(|into| registry.group(into));
        return Some((on, heir.map(|heir| heir.name.as_ref()).into_iter().collect()));
    }
    let unit = party_unit(registry, party)?;
    let (on, _) = registry.ended(unit)?;
    let heirs = registry.successors(unit);
    Some((on, heirs.into_iter().map(|heir| registry.name(heir)).collect()))
}
