//! Steps 12 to 14: ranks, grades, quotas; and everything together as what a cohort of subjects gets.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use zeren::document::Value;

use super::documents::{Scheme, Subject, list, text};
use super::evaluate::{At, Cohort};
use super::fraction::Fraction;

/// What one subject gets.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Points of items and groups after their tail, by id; those that are taken off the total are negative.
    pub points: BTreeMap<String, Fraction>,
    /// Ids of the items and groups that apply.
    pub applying: BTreeSet<String>,
    pub total: Fraction,
    pub rank: Option<u32>,
    /// The grade before quotas, and after them.
    pub earned: Option<String>,
    pub grade: Option<String>,
}

/// Scores subjects together.
pub fn score(scheme: &Scheme, subjects: Vec<Subject>) -> Vec<Outcome> {
    let cohort = Cohort {
        scheme,
        subjects,
        parts: RefCell::default(),
        totals: RefCell::default(),
    };
    let all: Vec<At<'_>> = (0..cohort.subjects.len())
        .map(|subject| At {
            cohort: &cohort,
            subject,
            events: None,
            event: None,
            full_total: false,
        })
        .collect();
    let bands = bands(scheme);
    let earned: Vec<usize> = all
        .iter()
        .map(|at| if bands.is_empty() { 0 } else { at.grade(&bands) })
        .collect();
    let mut held = earned.clone();
    for quota in list(scheme.document.get("quotas")) {
        held = kept(quota, &all, &bands, &held);
    }
    let word = |place: usize| bands.get(place).map(|band| text(band.get("grade")).unwrap().to_owned());
    let pool = |name: &str| {
        scheme
            .document
            .get(name)
            .map_or(Vec::new(), |pool| ids(list(pool.get("items"))))
    };
    let (own, off) = (
        [ids(list(scheme.document.get("items"))), pool("bonus")].concat(),
        pool("penalties"),
    );
    let taken = |at: &At<'_>| {
        off.iter()
            .map(|id| (id.clone(), -at.part(id).points))
            .collect::<Vec<_>>()
    };
    all.iter()
        .enumerate()
        .map(|(place, at)| Outcome {
            points: own
                .iter()
                .map(|id| (id.clone(), at.part(id).points))
                .chain(taken(at))
                .collect(),
            applying: own
                .iter()
                .chain(&off)
                .filter(|id| at.part(id).applies)
                .cloned()
                .collect(),
            total: at.total(false),
            rank: at.rank(),
            earned: word(earned[place]),
            grade: word(held[place]),
        })
        .collect()
}

fn bands(scheme: &Scheme) -> Vec<&Value> {
    let grades = scheme.document.get("grades");
    grades
        .map(|grades| list(grades.get("bands")).iter().collect())
        .unwrap_or_default()
}

/// Ids of items and groups, and of those within.
fn ids(items: &[Value]) -> Vec<String> {
    let own = |item: &Value| {
        [
            vec![text(item.get("id")).unwrap().to_owned()],
            ids(list(item.get("items"))),
        ]
        .concat()
    };
    items.iter().flat_map(own).collect()
}

fn place(bands: &[&Value], grade: &str) -> usize {
    bands
        .iter()
        .position(|band| text(band.get("grade")) == Some(grade))
        .unwrap()
}

impl At<'_> {
    /// 1 + how many of the cohort have a higher total, or an equal one and more of what breaks ties.
    fn rank(self) -> Option<u32> {
        let ranking = self.cohort.scheme.document.get("ranking")?;
        let standing = |at: At<'_>| (at.total(false), ranking.get("then").map(|then| at.amount(then)));
        let own = standing(self);
        let better = self.peers().into_iter().filter(|other| standing(*other) > own).count();
        u32::try_from(1 + better).ok()
    }

    /// The first band all of whose conditions hold, then the vetoes of grades, then grades that pass up.
    fn grade(self, bands: &[&Value]) -> usize {
        let document = &self.cohort.scheme.document;
        let grades = document.get("grades").unwrap();
        let full = text(grades.get("compare")) == Some("full");
        let at = At {
            full_total: full,
            ..self
        };
        let value = grades
            .get("value")
            .map_or_else(|| self.total(full), |value| at.amount(value));
        let line = |band: &Value, name: &str| band.get(name).map(|line| at.amount(line));
        let holds = |band: &&Value| {
            line(band, "from").is_none_or(|from| value >= from)
                && line(band, "above").is_none_or(|above| value > above)
                && line(band, "to").is_none_or(|to| value <= to)
                && line(band, "below").is_none_or(|below| value < below)
                && (band.get("needs").is_none() || at.holds(band.get("needs")))
        };
        let last = bands.len() - 1;
        let mut grade = bands[..last].iter().position(holds).unwrap_or(last);
        let struck = |effect: &'static str| {
            let vetoes = list(document.get("vetoes"))
                .iter()
                .filter(move |veto| veto.get(effect).is_some());
            vetoes
                .filter(|veto| self.holds(veto.get("when")))
                .filter_map(move |veto| veto.get(effect))
        };
        let named = |word: &Value| place(bands, text(Some(word)).unwrap());
        for word in struck("grade_is") {
            grade = named(word);
        }
        for word in struck("grade_at_least") {
            grade = grade.min(named(word));
        }
        for steps in struck("grade_down") {
            grade = (grade + usize::try_from(self.amount(steps).to_i64()).unwrap()).min(last);
        }
        for word in struck("grade_at_most") {
            grade = grade.max(named(word));
        }
        for (rule, scheme) in included(document) {
            let (_, there) = &self.own().results[scheme];
            for pass in list(rule.get("passes"))
                .iter()
                .filter(|pass| text(pass.get("grade")) == Some(there))
            {
                grade = grade.max(named(pass.get("at_most").unwrap()));
            }
        }
        grade
    }
}

/// Every rule that includes another scheme, with that scheme.
fn included(document: &Value) -> Vec<(&Value, &str)> {
    fn below<'v>(items: &'v [Value], into: &mut Vec<(&'v Value, &'v str)>) {
        for item in items {
            let rule = item
                .get("rule")
                .filter(|rule| text(rule.get("kind")) == Some("included"));
            into.extend(rule.and_then(|rule| Some((rule, text(rule.get("scheme"))?))));
            below(list(item.get("items")), into);
        }
    }
    let mut found = Vec::new();
    below(list(document.get("items")), &mut found);
    for pool in ["bonus", "penalties"] {
        below(
            document.get(pool).map_or(&[][..], |pool| list(pool.get("items"))),
            &mut found,
        );
    }
    found
}

/// Grades after a quota: those beyond it get the next grade.
fn kept(quota: &Value, all: &[At<'_>], bands: &[&Value], held: &[usize]) -> Vec<usize> {
    let grade = place(bands, text(quota.get("grade")).unwrap());
    let keeps = |at: &At<'_>| {
        let peers = at.peers();
        let limit = match quota.get("share") {
            Some(share) => {
                let exact = at.amount(share) * Fraction::whole(peers.len() as i64);
                exact.rounded(0, text(quota.get("rounding")).unwrap())
            }
            None => at.amount(quota.get("count").unwrap()),
        };
        let own = at.total(false);
        let holders: Vec<Fraction> = peers
            .iter()
            .filter(|peer| held[peer.subject] == grade)
            .map(|peer| peer.total(false))
            .collect();
        let before = holders.iter().filter(|total| **total > own).count();
        let shared = holders.iter().filter(|total| **total == own).count();
        // With `keep` the first of those who share a place decides, with `drop` the last.
        let place = if text(quota.get("ties")) == Some("drop") {
            before + shared
        } else {
            before + 1
        };
        Fraction::whole(place as i64) <= limit
    };
    let after = |at: &At<'_>| {
        let own = held[at.subject];
        if own == grade && !keeps(at) { own + 1 } else { own }
    };
    all.iter().map(after).collect()
}
