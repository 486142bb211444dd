//! Who answers for the work of a unit on a day: as assigned, else derived from posts and the division of work.

use std::collections::BTreeSet;

use super::division::Member;
use super::rules::among;
use super::{Division, Post, RegistryView, ResponsibilityRule, ResponsibilityType, UnitRow};
use crate::ledger::Key;

/// From what somebody's responsibility follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// It was assigned: the id of the responsibility.
    Assigned(&'a str),
    /// The rule set says so.
    Rule(&'a ResponsibilityRule),
    /// The division of work says so.
    Division(&'a Division),
}

/// Somebody who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carrier<'a> {
    /// The type of responsibility.
    pub responsibility: ResponsibilityType,
    /// The unit whose body or team member it is.
    pub team: Key<UnitRow>,
    /// The post; none for the body.
    pub post: Option<Key<Post>>,
    /// From what it follows.
    pub source: Source<'a>,
    /// What it is limited to: what the member leads.
    pub within: Option<&'a Member>,
}

impl<'a> RegistryView<'a> {
    /// Who answers for a unit, or for one field of its work, on the day: by type, then by post.
    ///
    /// Assigned responsibilities come first: where one of a type is assigned, none of that type is derived, and a post
    /// that carries an assigned one carries no derived one. Of assigned ones of a type those for the field come before
    /// those for all work. From the division of work follows: the members who lead the field, else those who lead the
    /// unit, answer directly; who leads the unit but not the field, and the other members of the unit's own team, carry
    /// leadership responsibility within what they lead. A post carries one type for a unit, the first in this order.
    /// Nobody answers for a unit that does not exist on the day: its successors do.
    pub fn carriers(
        &self,
        rules: &'a [ResponsibilityRule],
        unit: Key<UnitRow>,
        field: Option<&str>,
    ) -> Vec<Carrier<'a>> {
        if !self.exists(unit) {
            return Vec::new();
        }
        let mut carriers = self.assigned(unit, field);
        let types: BTreeSet<_> = carriers.iter().map(|carrier| carrier.responsibility).collect();
        let mut posts: BTreeSet<_> = carriers.iter().filter_map(|carrier| carrier.post).collect();
        let mut derived = self.by_rule(rules, unit);
        derived.sort_by_key(|carrier| carrier.responsibility);
        derived.extend(self.by_division(unit, field));
        for carrier in derived {
            let free = carrier.post.is_none_or(|post| posts.insert(post));
            if free && !types.contains(&carrier.responsibility) {
                carriers.push(carrier);
            }
        }
        let id = |carrier: &Carrier<'_>| carrier.post.map_or("", |post| self.registry().posts.id(post));
        carriers.sort_by(|left, right| {
            let by_type = left.responsibility.cmp(&right.responsibility);
            by_type.then_with(|| id(left).cmp(id(right)))
        });
        carriers.dedup_by(|later, earlier| {
            later.post.is_none() && earlier.post.is_none() && later.responsibility == earlier.responsibility
        });
        carriers
    }

    fn assigned(&self, unit: Key<UnitRow>, field: Option<&str>) -> Vec<Carrier<'a>> {
        let held = self.responsibilities(unit);
        let for_field: BTreeSet<_> = held
            .iter()
            .filter(|(_, row)| row.field.is_some() && row.field.as_deref() == field)
            .map(|(_, row)| row.responsibility)
            .collect();
        let mut posts = BTreeSet::new();
        held.into_iter()
            .filter(|(_, row)| match &row.field {
                Some(own) => Some(own.as_ref()) == field,
                None => !for_field.contains(&row.responsibility),
            })
            .filter(|(_, row)| posts.insert((row.responsibility, row.post)))
            .map(|(id, row)| Carrier {
                responsibility: row.responsibility,
                team: unit,
                post: row.post,
                source: Source::Assigned(id),
                within: None,
            })
            .collect()
    }

    fn by_rule(&self, rules: &'a [ResponsibilityRule], unit: Key<UnitRow>) -> Vec<Carrier<'a>> {
        let class = self.class(unit);
        let mut carriers = Vec::new();
        for rule in rules.iter().filter(|rule| among(&rule.classes, class)) {
            let carrier = |post| Carrier {
                responsibility: rule.responsibility,
                team: unit,
                post,
                source: Source::Rule(rule),
                within: None,
            };
            if rule.responsibility == ResponsibilityType::Body {
                carriers.push(carrier(None));
                continue;
            }
            let named = |post: &Key<Post>| rule.posts.iter().any(|name| name == self.post_name(*post));
            let posts = self.posts(unit).into_iter().filter(named);
            carriers.extend(posts.map(|post| carrier(Some(post))));
        }
        carriers
    }

    fn by_division(&self, unit: Key<UnitRow>, field: Option<&str>) -> Vec<Carrier<'a>> {
        let own = self.division(unit);
        let above = self.divisions_that_lead(unit);
        let above = above.into_iter().filter(|division| division.unit != unit);
        let mut direct = Vec::new();
        let mut leadership = Vec::new();
        for division in own.into_iter().chain(above) {
            let leads_field =
                |member: &Member| field.is_some_and(|field| member.fields.iter().any(|other| other.as_ref() == field));
            let by_field = division.members.iter().any(leads_field);
            for member in &division.members {
                let leads_unit = division.unit != unit && member.units.contains(&unit);
                let carrier = |responsibility, within| Carrier {
                    responsibility,
                    team: division.unit,
                    post: Some(member.post),
                    source: Source::Division(division),
                    within,
                };
                if leads_field(member) || (leads_unit && !by_field) {
                    direct.push(carrier(ResponsibilityType::Direct, None));
                } else if leads_unit || division.unit == unit {
                    leadership.push(carrier(ResponsibilityType::Leadership, Some(member)));
                }
            }
        }
        direct.extend(leadership);
        direct
    }
}
