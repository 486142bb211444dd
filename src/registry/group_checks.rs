//! What leadership groups show.

use super::group_view::SeatView;
use super::rules::among;
use super::{
    Change, ChangePolicy, Group, GroupRole, GroupsRule, Post, RegistryRules, RegistryView, ResponsibilityRule,
    ResponsibilityType, Seat,
};
use crate::calendar::Date;
use crate::error::Finding;
use crate::ledger::Key;

/// One group on the day.
struct Looked<'r, 'a> {
    registry: &'r RegistryView<'a>,
    key: Key<Group>,
    id: &'a str,
    group: &'a Group,
    seats: Vec<SeatView<'a>>,
}

impl Looked<'_, '_> {
    fn say(&self, code: &'static str, zh: &str, en: &str) -> Finding {
        let name = &self.group.name;
        let zh = format!("领导小组“{name}”{zh}");
        Finding::warning(code, zh, format!("leadership group \"{name}\" {en}")).about(self.id)
    }
}

/// Findings about groups on the day of the view, in the order of their ids.
pub(super) fn findings(registry: &RegistryView<'_>, rules: RegistryRules<'_>, found: &mut Vec<Finding>) {
    for key in registry.registry().groups.keys(registry.when().known) {
        let Some(group) = registry.group(key) else { continue };
        let looked = Looked {
            registry,
            key,
            id: registry.registry().groups.id(key),
            group,
            seats: registry.seats(key),
        };
        papers(&looked, found);
        open_seats(&looked, found);
        head(&looked, rules.responsibilities, found);
        office(&looked, found);
        changes(&looked, found);
        new_holders(&looked, found);
        if let Some(rule) = rules.groups {
            unconfirmed(&looked, rule, found);
        }
    }
}

/// What the founding papers leave out.
fn papers(looked: &Looked<'_, '_>, found: &mut Vec<Finding>) {
    let mut say = |code, zh: &str, en: &str| found.push(looked.say(code, zh, en));
    let document = looked.group.document.as_ref();
    if document.is_none_or(|document| document.number.is_none()) {
        say(
            "registry.group_without_number",
            "没有成立文件的文号",
            "has no document number",
        );
    }
    if document.is_none_or(|document| document.issued.is_none()) {
        say("registry.group_without_date", "没有成立日期", "has no date of founding");
    }
    if looked.group.office.is_none() {
        say(
            "registry.group_without_office",
            "未明确办公室设在何处",
            "names no office",
        );
    }
}

/// Seats that name nobody, or a group that is no more.
fn open_seats(looked: &Looked<'_, '_>, found: &mut Vec<Finding>) {
    for seat in &looked.seats {
        let (zh_role, role) = (seat.role.zh(), seat.role.word());
        match seat.seat {
            Seat::Described(words) => {
                let zh = format!("的{zh_role}“{words}”未落实到职务或人员");
                let en = format!("describes a {role}, \"{words}\", and names neither post nor person");
                found.push(looked.say("registry.group_member_unnamed", &zh, &en));
            }
            Seat::Group(other) if looked.registry.group(*other).is_none() => {
                let id = looked.registry.registry().groups.id(*other);
                let zh = format!("的{zh_role}按“{id}”的成员确定，而该领导小组当日不存在，请调整该席位");
                let en = format!("takes its {role} from \"{id}\", which does not exist on the day; change the seat");
                found.push(looked.say("registry.group_reference_ended", &zh, &en));
            }
            Seat::Group(_) | Seat::Post(_) | Seat::Person(_) => {}
        }
    }
}

/// A head seat that nobody fills, and a head who is not the first responsible.
fn head(looked: &Looked<'_, '_>, rules: &[ResponsibilityRule], found: &mut Vec<Finding>) {
    let registry = looked.registry;
    if let Some(since) = registry.head_vacant_since(looked.key) {
        let days = since.days_until(registry.when().day).saturating_add(1);
        let zh = format!("的组长席位自{}起空缺，已 {days} 天", since.zh());
        let en = format!("has nobody in its head seat since {since}, for {days} days");
        found.push(looked.say("registry.group_head_vacant", &zh, &en));
    }
    let first: Vec<Key<Post>> = registry
        .carriers(rules, looked.group.unit, None)
        .into_iter()
        .filter(|carrier| carrier.responsibility == ResponsibilityType::First)
        .filter_map(|carrier| carrier.post)
        .collect();
    if first.is_empty() {
        return;
    }
    let heads = looked.seats.iter().filter(|seat| seat.role == GroupRole::Head);
    let leads = |seat: &SeatView<'_>| match seat.seat {
        Seat::Post(post) => first.contains(post),
        Seat::Person(person) => first.iter().any(|post| {
            registry
                .in_office(*post)
                .iter()
                .any(|held| held.tenure.person == *person)
        }),
        Seat::Group(_) | Seat::Described(_) => false,
    };
    if !heads.into_iter().any(leads) {
        found.push(looked.say(
            "registry.head_not_first_responsible",
            "的组长不是第一责任人",
            "is not headed by the first responsible post",
        ));
    }
}

/// An office that nobody heads, or in a unit that has ended.
fn office(looked: &Looked<'_, '_>, found: &mut Vec<Finding>) {
    let registry = looked.registry;
    if let Some(head) = looked.group.office_head
        && registry.in_office(head).is_empty()
    {
        let name = registry.post_name(head);
        let zh = format!("的办公室主任“{name}”当日无人任职，请另行明确");
        let en = format!("has an office headed by \"{name}\", and nobody is in that post");
        found.push(looked.say("registry.office_head_vacant", &zh, &en));
    }
    if let Some(unit) = looked.group.office
        && registry.ended(unit).is_some()
    {
        let name = registry.name(unit);
        let zh = format!("的办公室设在“{name}”，而该单位已终止，请另行明确");
        let en = format!("has its office in \"{name}\", which has ended");
        found.push(looked.say("registry.office_unit_ended", &zh, &en));
    }
}

/// Changes of members against the policy of their role, and of seats that were not there.
fn changes(looked: &Looked<'_, '_>, found: &mut Vec<Finding>) {
    for (_, change) in looked.registry.changes(looked.key) {
        let mut breached: Vec<ChangePolicy> = Vec::new();
        for (role, _) in change.added.iter().chain(&change.removed) {
            let Some(policy) = looked.group.policy(*role) else {
                continue;
            };
            if !breached.contains(&policy) && !allowed(looked, change, policy) {
                breached.push(policy);
            }
        }
        for policy in breached {
            let (from, way) = (change.from, policy.zh());
            let zh = format!("{}的成员调整不符合规定的调整办法（{way}），请按该办法补办", from.zh());
            let en = format!(
                "changed its members on {from} against their policy ({}); make good for it",
                policy.word()
            );
            found.push(looked.say("registry.change_against_policy", &zh, &en));
        }
    }
    for (change, strangers) in looked.registry.removed_in_vain(looked.key) {
        let from = change.from;
        let zh = format!(
            "{}的成员调整中有 {strangers} 个免去的席位当时并不存在，请核对",
            from.zh()
        );
        let en = format!("took away {strangers} seats on {from} that were not there; check them");
        found.push(looked.say("registry.removed_nobody", &zh, &en));
    }
}

/// Whether a change does what the policy asks.
fn allowed(looked: &Looked<'_, '_>, change: &Change, policy: ChangePolicy) -> bool {
    match policy {
        ChangePolicy::Automatic => true,
        ChangePolicy::Reissued => false,
        ChangePolicy::Filed => change
            .filed_with
            .is_some_and(|unit| looked.group.office.is_none_or(|office| office == unit)),
        ChangePolicy::HeadApproved => change.approved_by.is_some_and(|post| {
            // A change of the head itself may be approved by either head.
            let days = [Some(change.from), change.from.previous()];
            days.into_iter().flatten().any(|day| heads(looked, day, post))
        }),
    }
}

/// Whether the post is the head seat on a day, or whoever is in it fills the head seat.
fn heads(looked: &Looked<'_, '_>, day: Date, post: Key<Post>) -> bool {
    let then = looked.registry.registry().view(day, looked.registry.when().known);
    let seats = then.seats(looked.key);
    let by_post = |seat: &SeatView<'_>| seat.role == GroupRole::Head && *seat.seat == Seat::Post(post);
    if seats.iter().any(by_post) {
        return true;
    }
    let persons = then.members(looked.key, GroupRole::Head);
    then.in_office(post)
        .iter()
        .any(|held| persons.contains(held.tenure.person.as_ref()))
}

/// New holders of seats by post that nobody recorded, where the policy does not let them follow.
fn new_holders(looked: &Looked<'_, '_>, found: &mut Vec<Finding>) {
    for seat in &looked.seats {
        let Seat::Post(post) = seat.seat else { continue };
        let Some(policy) = looked.group.policy(seat.role) else {
            continue;
        };
        if policy == ChangePolicy::Automatic {
            continue;
        }
        let held = looked.registry.in_office(*post);
        for new in held.iter().filter(|held| held.period.from() > seat.recorded) {
            let (person, name) = (&new.tenure.person, looked.registry.post_name(*post));
            let (from, role) = (new.period.from(), seat.role);
            let zh = format!(
                "的{}“{name}”自{}起由“{person}”接任，尚未按规定的调整办法（{}）办理",
                role.zh(),
                from.zh(),
                policy.zh()
            );
            let en = format!(
                "has a new {} since {from}, \"{person}\" in post \"{name}\", and nothing is recorded of it ({})",
                role.word(),
                policy.word()
            );
            found.push(looked.say("registry.member_change_unrecorded", &zh, &en));
        }
    }
}

/// Groups that the yearly sweep left out.
fn unconfirmed(looked: &Looked<'_, '_>, rule: &GroupsRule, found: &mut Vec<Finding>) {
    let day = looked.registry.when().day;
    let due = rule.confirmed_by.and_then(|by| by.of(day.year()));
    let (Some(due), Some(begin)) = (due, Date::new(day.year(), 1, 1)) else {
        return;
    };
    let asked = among(&rule.classes, looked.registry.class(looked.group.unit));
    let confirmed = looked
        .seats
        .iter()
        .map(|seat| seat.recorded)
        .min()
        .is_some_and(|oldest| oldest >= begin);
    let swept = looked
        .registry
        .group_rows(looked.key)
        .any(|(_, row)| matches!(row, super::GroupRow::Confirmed(on) if begin <= *on && *on <= day));
    if !asked || day <= due || confirmed || swept {
        return;
    }
    let zh = format!("应于{}前确认本年度成员，至{}没有记录", due.zh(), day.zh());
    let en = format!("was to be confirmed for the year by {due}; nothing is recorded by {day}");
    let finding = looked.say("registry.group_unconfirmed", &zh, &en);
    found.push(finding.resting_on(rule.basis.as_deref()));
}
