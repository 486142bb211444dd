//! What groups and posts themselves show.

use super::group::Seat;
use super::{Capacity, Group, GroupRole, RegistryView, ResponsibilityType};
use crate::error::Finding;

/// Findings about groups and posts on the day of the view, in the order of their ids.
pub fn findings(registry: &RegistryView<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, group) in registry.groups() {
        papers(id, group, &mut found);
        seats(registry, id, group, &mut found);
    }
    overfull(registry, &mut found);
    found
}

/// What the founding papers leave out.
fn papers(id: &str, group: &Group, found: &mut Vec<Finding>) {
    let name = &group.name;
    let mut say = |code, zh: &str, en: &str| {
        let zh = format!("领导小组“{name}”{zh}");
        found.push(Finding::warning(code, zh, format!("leadership group \"{name}\" {en}")).about(id));
    };
    let document = group.document.as_ref();
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
    if group.office.is_none() {
        say(
            "registry.group_without_office",
            "未明确办公室设在何处",
            "names no office",
        );
    }
}

/// Seats that nobody fills.
fn seats(registry: &RegistryView<'_>, id: &str, group: &Group, found: &mut Vec<Finding>) {
    let name = &group.name;
    for (role, seat) in &group.members {
        if let Seat::Described(words) = seat {
            let zh = format!("领导小组“{name}”的{}“{words}”未落实到职务或人员", role.zh());
            let en = format!(
                "leadership group \"{name}\": the {} \"{words}\" names neither post nor person",
                role.word()
            );
            found.push(Finding::warning("registry.group_member_unnamed", zh, en).about(id));
        }
    }
    if registry.members(group, GroupRole::Head).is_empty() {
        let zh = format!("领导小组“{name}”的组长席位空缺");
        let en = format!("nobody holds the head seat of leadership group \"{name}\"");
        found.push(Finding::warning("registry.group_head_vacant", zh, en).about(id));
    }
    let first = registry
        .responsibilities()
        .find(|(_, row)| row.unit == group.unit && row.responsibility == ResponsibilityType::First)
        .and_then(|(_, row)| row.post);
    let Some(first) = first else { return };
    let holders = registry.holders(first);
    let leads = |seat: &Seat| match seat {
        Seat::Post(post) => *post == first,
        Seat::Person(person) => holders.iter().any(|(holder, _)| *holder == person.as_ref()),
        Seat::Group(_) | Seat::Described(_) => false,
    };
    if !group
        .members
        .iter()
        .any(|(role, seat)| *role == GroupRole::Head && leads(seat))
    {
        let zh = format!("领导小组“{name}”的组长不是第一责任人");
        let en = format!("the head of leadership group \"{name}\" is not the first responsible post");
        found.push(Finding::warning("registry.head_not_first_responsible", zh, en).about(id));
    }
}

/// More holders than seats.
fn overfull(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    for key in tables.posts.keys(registry.when().known) {
        let Some(post) = tables.posts.last(key, registry.when().known).map(|row| &row.value) else {
            continue;
        };
        let holders = registry
            .holders(key)
            .iter()
            .filter(|(_, capacity)| *capacity == Capacity::Holder)
            .count();
        if holders > usize::try_from(post.seats).unwrap_or(usize::MAX) {
            let (name, seats, id) = (&post.name, post.seats, tables.posts.id(key));
            let zh = format!("职务“{name}”（{id}）职数 {seats}，当日任职 {holders} 人");
            let en = format!("post \"{name}\" ({id}) has {seats} seats and {holders} holders on the day");
            found.push(Finding::warning("registry.seats_exceeded", zh, en).about(id));
        }
    }
}
