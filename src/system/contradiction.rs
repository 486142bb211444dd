//! Contradictions between what reports count and what the records show: found before the inspector does.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::View;
use crate::calendar::Period;
use crate::error::Finding;
use crate::ledger::Key;
use crate::plan::{CountsReported, Doer, Done, RecordRow, ReportedCount};
use crate::registry::UnitRow;

/// The reports given by the day of which the period shares a day with this one; all without one.
fn reports<'a>(view: &View<'a>, period: Option<Period>) -> Vec<&'a CountsReported> {
    let when = view.when();
    let rows = view.system().state().plan.counts.latest(when.known);
    rows.map(|(_, row)| row)
        .filter(|row| row.on <= when.day)
        .map(|row| row.stated.as_ref())
        .filter(|report| period.is_none_or(|period| report.period.meets(period)))
        .collect()
}

/// Findings about the reports given by the day of which the period shares a day with this one; about all without one.
pub(super) fn findings(view: &View<'_>, period: Option<Period>) -> Vec<Finding> {
    let reports = reports(view, period);
    if reports.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let work = Work::new(view);
    for report in &reports {
        for count in &report.counts {
            found.extend(contradicts(view, &work, report, count));
            found.extend(overlaps(report, count));
        }
        counted_twice(view, &work, report, &mut found);
    }
    between(&reports, &mut found);
    found
}

/// The records, with the doers of each unit: itself and its leadership groups.
struct Work<'a> {
    done: Done<'a>,
    doers: BTreeMap<Key<UnitRow>, Vec<Doer>>,
}

impl<'a> Work<'a> {
    fn new(view: &View<'a>) -> Self {
        let registry = view.registry();
        let groups = &registry.registry().groups;
        let mut doers: BTreeMap<_, Vec<Doer>> = BTreeMap::new();
        for key in groups.keys(view.when().known) {
            // A group that is gone did what it did.
            let mut rows = groups.rows(key, view.when().known);
            let units: BTreeSet<_> = rows.by_ref().map(|row| row.value.unit).collect();
            for unit in units {
                doers.entry(unit).or_default().push(Doer::Group(key));
            }
        }
        Work {
            done: Done::new(&view.system().state().plan, view.when()),
            doers,
        }
    }

    /// What the unit and its groups did of one kind in a period.
    fn of(&self, unit: Key<UnitRow>, kind: &'a str, period: Period) -> Vec<(&'a str, &'a RecordRow)> {
        let groups = self.doers.get(&unit).map_or(&[][..], Vec::as_slice);
        std::iter::once(Doer::Unit(unit))
            .chain(groups.iter().copied())
            .flat_map(|doer| self.done.of(kind, doer))
            .filter(|(_, record)| period.holds(record.covers))
            .copied()
            .collect()
    }
}

/// A count of a report beside what the records show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The report.
    pub report: String,
    /// The days of which it reports.
    pub period: Period,
    /// What was counted: a kind of record.
    pub record: String,
    /// How many the report says; missing when it gives no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<u32>,
    /// Whether the report says "at least".
    pub at_least: bool,
    /// How many the records of the unit and its leadership groups show.
    pub shown: usize,
}

impl Counted {
    /// Whether report and records agree; nothing when the report gives no number.
    pub fn agrees(&self) -> Option<bool> {
        let stated = usize::try_from(self.stated?).ok()?;
        Some(if self.at_least {
            self.shown >= stated
        } else {
            self.shown == stated
        })
    }
}

/// The counts of the reports of a unit that were given by the day and of which the period shares a day with this one,
/// beside what the records show.
pub(super) fn counted(view: &View<'_>, unit: Key<UnitRow>, period: Period) -> Vec<Counted> {
    let own = view.registry().registry().units.id(unit);
    let reports = reports(view, Some(period)).into_iter();
    let reports: Vec<&CountsReported> = reports.filter(|report| report.unit == own).collect();
    if reports.is_empty() {
        return Vec::new();
    }
    let work = Work::new(view);
    let counts = reports
        .iter()
        .flat_map(|report| report.counts.iter().map(|count| (*report, count)));
    counts
        .map(|(report, count)| beside(&work, unit, report, count))
        .collect()
}

fn beside<'a>(work: &Work<'a>, unit: Key<UnitRow>, report: &CountsReported, count: &'a ReportedCount) -> Counted {
    Counted {
        report: report.report.clone(),
        period: report.period,
        record: count.record.clone(),
        stated: count.count,
        at_least: count.at_least,
        shown: work.of(unit, &count.record, report.period).len(),
    }
}

/// A count that the records do not bear out.
fn contradicts<'a>(
    view: &View<'_>,
    work: &Work<'a>,
    report: &'a CountsReported,
    count: &'a ReportedCount,
) -> Option<Finding> {
    let unit = view.registry().registry().units.key(&report.unit)?;
    let counted = beside(work, unit, report, count);
    let (stated, shown) = (counted.stated?, counted.shown);
    if counted.agrees() != Some(false) {
        return None;
    }
    let (id, record, name) = (&report.report, &count.record, view.registry().name(unit));
    let least = if count.at_least { "至少 " } else { "" };
    let zh = format!(
        "汇报“{id}”称“{name}”{}开展{record}{least}{stated} 次，台账记录 {shown} 次，请核对后更正汇报或补登台账",
        report.period.zh()
    );
    let en = format!(
        "report \"{id}\" counts {record} {}{stated} times, the records show {shown}; correct the one or the other",
        if count.at_least { "at least " } else { "" }
    );
    Some(Finding::warning("system.count_contradicts", zh, en).about(id.as_str()))
}

/// Counts of one report that may count the same things.
fn overlaps(report: &CountsReported, count: &ReportedCount) -> Vec<Finding> {
    let stated = |other: &&String| report.counts.iter().any(|count| count.record == **other);
    let others = count.may_overlap.iter().filter(stated);
    others
        .map(|other| {
            let (id, record) = (&report.report, &count.record);
            let zh = format!("汇报“{id}”的“{record}”与“{other}”可能重复计数，请核对是否为同一批事项");
            let en = format!("report \"{id}\": \"{record}\" and \"{other}\" may count the same things");
            Finding::warning("system.counts_may_overlap", zh, en).about(id.as_str())
        })
        .collect()
}

/// One piece of evidence behind records of two kinds that the report counts both.
fn counted_twice<'a>(view: &View<'_>, work: &Work<'a>, report: &'a CountsReported, found: &mut Vec<Finding>) {
    let Some(unit) = view.registry().registry().units.key(&report.unit) else {
        return;
    };
    let mut behind: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for count in &report.counts {
        for (_, record) in work.of(unit, &count.record, report.period) {
            for evidence in &record.evidence {
                behind.entry(&evidence.reference).or_default().insert(&count.record);
            }
        }
    }
    for (reference, kinds) in behind.into_iter().filter(|(_, kinds)| kinds.len() > 1) {
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let (id, zh, en) = (&report.report, kinds.join("、"), kinds.join(", "));
        let zh = format!(
            "汇报“{id}”中的{zh}都以佐证“{reference}”为据，同一事项可能计了 {} 次",
            kinds.len()
        );
        let en = format!("report \"{id}\" counts {en} on the same evidence \"{reference}\"");
        found.push(Finding::warning("system.counted_twice", zh, en).about(id.as_str()));
    }
}

/// Two reports of one unit that state different counts of the same period.
fn between(reports: &[&CountsReported], found: &mut Vec<Finding>) {
    let mut stated: BTreeMap<(&str, Period, &str), (&str, u32)> = BTreeMap::new();
    for report in reports {
        for count in report.counts.iter().filter(|count| !count.at_least) {
            let Some(number) = count.count else { continue };
            let of = (report.unit.as_str(), report.period, count.record.as_str());
            let (first, other) = *stated.entry(of).or_insert((&report.report, number));
            if other != number {
                let (id, record) = (&report.report, &count.record);
                let zh = format!("汇报“{id}”称{record} {number} 次，同一期间的汇报“{first}”称 {other} 次");
                let en = format!(
                    "report \"{id}\" counts {record} {number} times, report \"{first}\" of the same period {other}"
                );
                found.push(Finding::warning("system.reports_differ", zh, en).about(id.as_str()));
            }
        }
    }
}
