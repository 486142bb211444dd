//! From cells to the sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::places::places;
use super::run::Worked;
use super::sheet::{ItemScore, Line, Range, Rank, Sheet};
use super::tighten::open_inputs;
use super::words::{say, used};
use super::{Possible, possible};
use crate::error::Finding;
use crate::exact::{Exact, Interval};
use crate::fact::{Held, Source};
use crate::scheme::core::{Core, Together};
use crate::scheme::{Cell, Change, LineSpec, NodeSpec, Scheme, Shown};

/// The sheet of a subject, or what forbids one.
pub(super) fn write(scheme: &Scheme, worked: &Worked<'_>, together: bool) -> Result<Sheet, Vec<Finding>> {
    let missing = worked.missing.list();
    if !missing.is_empty() {
        return Err(missing.into_iter().map(|year| no_calendar(year, worked)).collect());
    }
    let mut writer = Writer {
        scheme,
        worked,
        stand_ins: BTreeMap::new(),
    };
    writer.stand_in();
    let unbounded = writer.unbounded();
    if !unbounded.is_empty() {
        return Err(unbounded);
    }
    let layout = scheme.layout();
    let total = writer.range(layout.total);
    let (grades, earned) = (writer.grades(layout.grade), writer.grades(layout.earned_grade));
    let (items, loose): (Vec<_>, Vec<_>) = layout
        .nodes
        .iter()
        .filter(|node| !node.group)
        .map(|node| writer.item(node))
        .unzip();
    let groups = layout.nodes.iter().filter(|node| node.group);
    let groups = groups.map(|node| writer.item(node).0).collect();
    let facts = worked.facts;
    let open = if total.is_single() {
        Vec::new()
    } else {
        let rests_on = writer.rests_on();
        let declared = worked.admission.facts.iter().take(scheme.facts().len()).enumerate();
        let open = declared.filter(|(place, fact)| fact.state.is_open() && rests_on.contains(place));
        open.map(|(_, fact)| fact.name.clone()).collect()
    };
    let mut findings = writer.findings();
    findings.extend(worked.admission.findings.iter().cloned());
    Ok(Sheet {
        kind: "sheet",
        format: 1,
        scheme: scheme.id().to_owned(),
        version: scheme.text().version.clone(),
        scheme_digest: scheme.digest().to_owned(),
        subject: facts.subject.clone(),
        class: writer.class(),
        cohort: facts.cohort.clone().filter(|_| together),
        loose: !total.is_single()
            && !worked.tried.contains(&layout.full_total)
            && (loose.contains(&true) || writer.shared_unknowns()),
        earned_grades: if earned == grades { Vec::new() } else { earned },
        rank: layout.rank.filter(|_| together).map(|cell| writer.rank(cell)),
        total,
        grades,
        open,
        items,
        groups,
        lines: layout.lines.iter().filter_map(|line| writer.line(line)).collect(),
        findings,
    })
}

fn no_calendar(year: u16, worked: &Worked<'_>) -> Finding {
    let zh = format!("办法所附工作日历缺少 {year} 年，无法计算工作日，请补充");
    let en = format!("the scheme's calendar lacks {year}: add it, working days are never guessed");
    Finding::error("score.no_calendar", "/calendar", zh, en).about(worked.facts.subject.as_str())
}

struct Writer<'a> {
    scheme: &'a Scheme,
    worked: &'a Worked<'a>,
    /// Ends for cells that have none by themselves, while the item that they lead to has.
    stand_ins: BTreeMap<usize, Range>,
}

impl Writer<'_> {
    fn value(&self, cell: usize) -> &Possible {
        self.worked.cells.get(cell).unwrap_or(&Possible::NotApplicable)
    }

    /// Worst and best case of a cell.
    fn range(&self, cell: usize) -> Range {
        if let Some(range) = self.stand_ins.get(&cell) {
            return range.clone();
        }
        match self.value(cell) {
            Possible::Number(Interval {
                low: Some(lowest),
                high: Some(highest),
            }) => Range {
                lowest: lowest.clone(),
                highest: highest.clone(),
            },
            _ => Range::nought(),
        }
    }

    fn truth(&self, cell: usize) -> Option<bool> {
        match self.value(cell) {
            Possible::Truth(truth) => *truth,
            _ => Some(false),
        }
    }

    /// Items whose points have no bound.
    fn unbounded(&self) -> Vec<Finding> {
        let open = |cell: usize| match self.value(cell) {
            Possible::Number(interval) => interval.low.is_none() || interval.high.is_none(),
            _ => false,
        };
        let nodes = self.scheme.layout().nodes.iter().filter(|node| !node.group);
        let unbounded = nodes.filter(|node| open(node.own) || open(node.points));
        unbounded
            .map(|node| {
                let zh = format!("项目“{}”在事实不明时没有上下限，请在规则中封顶", node.title);
                let en = format!("item \"{}\" has no bound while facts are unknown; cap it", node.title);
                Finding::error("score.unbounded", "", zh, en).about(node.id.as_str())
            })
            .collect()
    }

    /// A channel may lose without end where a floor stops it. Such a line is told as far as it counts: what the item's
    /// own worst or best case leaves for it, so that the lines still add up and the floor has nothing left to do.
    fn stand_in(&mut self) {
        let open = |cell: &usize| match self.value(*cell) {
            Possible::Number(interval) => interval.low.is_none() || interval.high.is_none(),
            _ => false,
        };
        let layout = self.scheme.layout();
        let leaves = layout.nodes.iter().filter(|node| !node.group);
        let nodes: Vec<&NodeSpec> = leaves
            .filter(|node| node.region.iter().any(open) && !open(&node.own))
            .collect();
        for node in nodes {
            let of_node = layout.lines.iter().filter(|line| line.item == node.id);
            let parts: Vec<usize> = of_node
                .filter_map(|line| match line.change {
                    Change::Value(cell) => Some(cell),
                    Change::Step { .. } => None,
                })
                .collect();
            let own = self.range(node.own);
            let ends = |cell: usize| match self.value(cell) {
                Possible::Number(interval) => (interval.low.clone(), interval.high.clone()),
                _ => (Some(Exact::ZERO), Some(Exact::ZERO)),
            };
            let end = |low: bool, of: &Range| if low { of.lowest.clone() } else { of.highest.clone() };
            let mut told: BTreeMap<usize, Range> = BTreeMap::new();
            for cell in &node.region {
                let (low, high) = ends(*cell);
                let part = parts.contains(cell);
                let missing = |low: bool| if part { Exact::ZERO } else { end(low, &own) };
                let range = Range {
                    lowest: low.unwrap_or_else(|| missing(true)),
                    highest: high.unwrap_or_else(|| missing(false)),
                };
                told.insert(*cell, range);
            }
            for low in [true, false] {
                let is_open = |cell: &usize| {
                    let (least, most) = ends(*cell);
                    if low { least.is_none() } else { most.is_none() }
                };
                let Some(first) = parts.iter().find(|cell| is_open(cell)) else {
                    continue;
                };
                let rest = parts.iter().filter_map(|cell| told.get(cell));
                let left = &end(low, &own)
                    - &rest
                        .map(|range| end(low, range))
                        .fold(Exact::ZERO, |sum, end| &sum + &end);
                if let Some(range) = told.get_mut(first) {
                    if low {
                        range.lowest = left;
                    } else {
                        range.highest = left;
                    }
                }
            }
            self.stand_ins.extend(told);
        }
    }

    fn class(&self) -> Option<String> {
        let inputs = self.scheme.program().inputs.iter();
        let place = inputs.clone().position(|input| input.source == Source::Class)?;
        match &self.worked.admission.facts.get(place)?.held {
            Held::Word(word) => word.clone(),
            _ => None,
        }
    }

    fn grades(&self, cell: Option<usize>) -> Vec<String> {
        let Some(cell) = cell else { return Vec::new() };
        let program = self.scheme.program();
        let places = places(cell, program, &self.worked.inputs(program));
        let words = self.scheme.grades().into_iter().enumerate();
        let within = words.filter(|(place, _)| places.contains(&Exact::from(*place)));
        within.map(|(_, word)| word.to_owned()).collect()
    }

    fn rank(&self, cell: usize) -> Rank {
        let range = self.range(cell);
        let whole = |number: &Exact| number.to_i128().and_then(|rank| u32::try_from(rank).ok()).unwrap_or(0);
        Rank {
            best: whole(&range.lowest),
            worst: whole(&range.highest),
        }
    }

    fn item(&self, node: &NodeSpec) -> (ItemScore, bool) {
        let points = self.range(node.points);
        let points = if node.negative { points.negated() } else { points };
        let inputs = self.worked.inputs(self.scheme.program());
        let full = match possible(&node.full, &inputs) {
            Possible::Number(interval) => interval.high.unwrap_or(Exact::ZERO),
            _ => Exact::ZERO,
        };
        let loose = !node.group && !points.is_single() && self.is_loose(node);
        let score = ItemScore {
            id: node.id.clone(),
            title: node.title.clone(),
            full,
            points,
            applicable: self.truth(node.applies) != Some(false),
            loose,
        };
        (score, loose)
    }

    /// The declared facts that the result rests on: not those which only items read that do not apply.
    fn rests_on(&self) -> BTreeSet<usize> {
        let (program, layout) = (self.scheme.program(), self.scheme.layout());
        let nodes = layout.nodes.iter().filter(|node| !node.group);
        let ruled_out = nodes.filter(|node| self.truth(node.applies) == Some(false));
        let mut seen: BTreeSet<usize> = ruled_out.flat_map(|node| node.region.iter().copied()).collect();
        let mut open = vec![layout.total];
        open.extend([layout.grade, layout.earned_grade, layout.rank].into_iter().flatten());
        let mut facts = BTreeSet::new();
        while let Some(cell) = open.pop() {
            if !seen.insert(cell) {
                continue;
            }
            match program.cells.get(cell) {
                Some(Cell::Map(core)) => {
                    open.extend(core.cells());
                    // Whether a fact applies is known, whatever its value is.
                    let mut parts = vec![core];
                    while let Some(part) = parts.pop() {
                        match part {
                            Core::Fact(fact) => facts.insert(*fact),
                            Core::Tally(tally) => facts.insert(tally.fact),
                            Core::Expiring(expiring) => facts.insert(expiring.fact),
                            _ => false,
                        };
                        parts.extend(part.parts());
                    }
                }
                Some(Cell::Gather(gather)) => {
                    open.push(gather.value);
                    open.extend(gather.then.into_iter().chain(gather.when));
                }
                None => {}
            }
        }
        let inputs = facts.into_iter().filter_map(|fact| program.inputs.get(fact));
        inputs.map(|input| input.of).collect()
    }

    /// The cells that lead to an item's points, other items' included.
    fn cells_behind(&self, node: &NodeSpec) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let mut open = vec![node.points];
        while let Some(cell) = open.pop() {
            if seen.insert(cell) {
                match self.scheme.program().cells.get(cell) {
                    Some(Cell::Map(core)) => open.extend(core.cells()),
                    Some(Cell::Gather(_)) | None => {}
                }
            }
        }
        seen.into_iter().collect()
    }

    /// Whether the ends of an item's range may not be reached: it was not tried out, and an unknown is read more than
    /// once, or through events or other subjects.
    fn is_loose(&self, node: &NodeSpec) -> bool {
        if self.worked.tried.contains(&node.own) {
            return false;
        }
        let program = self.scheme.program();
        let cells = self.cells_behind(node);
        let open = open_inputs(program, &cells, &self.worked.admission.facts);
        let mut reads = 0_usize;
        let mut through = false;
        for cell in cells {
            match program.cells.get(cell) {
                Some(Cell::Map(core)) => {
                    let mut parts = vec![core];
                    while let Some(part) = parts.pop() {
                        match part {
                            Core::Fact(fact) if open.contains(fact) => reads = reads.saturating_add(1),
                            Core::Tally(tally) if open.contains(&tally.fact) => {
                                reads = reads.saturating_add(1);
                                through |= tally.group.is_some() || tally.how != Together::Sum;
                                through |= tally.value != Core::whole(1);
                            }
                            Core::Expiring(expiring) if open.contains(&expiring.fact) => through = true,
                            Core::Ladder(_) => through = true,
                            _ => {}
                        }
                        parts.extend(part.parts());
                    }
                }
                Some(Cell::Gather(_)) => {
                    through |= match self.value(cell) {
                        Possible::Number(interval) => interval.single().is_none(),
                        _ => false,
                    };
                }
                None => {}
            }
        }
        through || reads > open.len()
    }

    /// Whether two items read the same unknown: their worst cases may then not come together.
    fn shared_unknowns(&self) -> bool {
        let program = self.scheme.program();
        let mut seen = BTreeSet::new();
        let leaves = self.scheme.layout().nodes.iter().filter(|node| !node.group);
        leaves
            .flat_map(|node| open_inputs(program, &self.cells_behind(node), &self.worked.admission.facts))
            .any(|fact| !seen.insert(fact))
    }

    fn line(&self, spec: &LineSpec) -> Option<Line> {
        if spec.applies.is_some_and(|cell| self.truth(cell) == Some(false)) {
            return None;
        }
        let mut points = match (spec.change, spec.shown) {
            (Change::Step { to, .. }, Shown::Unless(cell)) if self.truth(cell) == Some(false) => self.range(to),
            (Change::Step { from, to }, _) => self.range(to).minus(&self.range(from)),
            (Change::Value(cell), _) => self.range(cell),
        };
        if spec.negative {
            points = points.negated();
        }
        let stands = match spec.shown {
            Shown::Always => true,
            Shown::Changing => !points.is_nought(),
            Shown::Unless(cell) => self.truth(cell) != Some(true),
        };
        if !stands {
            return None;
        }
        let inputs = self.worked.inputs(self.scheme.program());
        Some(Line {
            id: spec.id.clone(),
            item: spec.item.clone(),
            rule: spec.rule.clone(),
            article: spec.article.clone(),
            facts: used(&spec.facts, &inputs),
            arithmetic: say(&spec.arithmetic, &points, &inputs),
            reason: say(&spec.reason, &points, &inputs),
            points,
        })
    }

    /// Results that are missing, and nothing that applies.
    fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (item, included) in self.scheme.includes() {
            if self.worked.results.contains_key(&included.scheme) {
                continue;
            }
            let nodes = &self.scheme.layout().nodes;
            let full = nodes
                .iter()
                .find(|node| node.id == item)
                .map(|node| self.item(node).0.full);
            let (id, full) = (&included.scheme, full.unwrap_or(Exact::ZERO));
            let zh = format!("缺少办法“{id}”的结果，该项按 0 至 {full} 分计");
            let en = format!("the result of scheme \"{id}\" is missing");
            findings.push(Finding::warning("score.result_pending", zh, en).about(id.as_str()));
        }
        if let Some((full, applicable)) = self.scheme.layout().applicable {
            let nought = |cell: usize| self.range(cell).is_nought();
            if nought(applicable) && !nought(full) {
                let (zh, en) = (
                    "没有一个项目适用，无从折算，总分按零分计，请核实",
                    "no item applies: there is nothing to carry the weight, and the total is nought",
                );
                findings.push(Finding::warning("score.nothing_applies", zh, en));
            }
        }
        findings
    }
}
