//! The order of application, written once: a scheme becomes cells and lines.
//!
//! 1. facts are admitted; definitions, baselines and targets
//! 2. raw points of the rule: start and channels
//! 3. `zero_when`, then the rule's own floor, then its cap
//! 4. rounding, where items are rounded
//! 5. not applicable: `full`, `zero`, `mean`, or left out (`renormalise`)
//! 6. gates, then coefficient, then conversion of the item
//! 7. groups, inner ones first: combined, `zero_when`, floor, cap, then gates, coefficient, conversion (`group.rs`)
//! 8. total: sum of the top items, renormalised (from here on: `finish.rs`)
//! 9. bonus with its cap, then penalties with their cap
//! 10. score vetoes (`score_zero`, then `score_at_most`)
//! 11. floor and cap of the total, then rounding of the total
//! 12. ranks
//! 13. grade by bands, then grade vetoes: `grade_is`, `grade_at_least`, `grade_down`, `grade_at_most`; grades of included
//!     schemes that pass up
//! 14. quotas

use std::collections::BTreeSet;

use super::amount::{Amount, Formula};
use super::applies::{Defined, applies};
use super::core::{Arithmetic, Compare, Core, Lowered, Phrase};
use super::expression::{Names, Type};
use super::item::{Convert, Gate, ItemText, LeafText};
use super::kinds::{self, Reading};
use super::layout::{Change, Layout, LineSpec, NodeSpec, Shown};
use super::link::Cells;
use super::parts::{Moment, NotApplicable};
use super::text::SchemeText;
use super::{Questions, Rule};
use crate::document::{Cursor, Problems};
use crate::error::Finding;
use crate::exact::Exact;

/// What is under construction.
pub(super) struct Build<'a> {
    pub(super) text: &'a SchemeText,
    pub(super) names: &'a Names<'a>,
    pub(super) problems: &'a Problems,
    pub(super) questions: &'a Questions,
    pub(super) defined: Defined,
    pub(super) cells: Cells,
    pub(super) layout: Layout,
    /// The rules of all leaves, in document order, by id.
    pub(super) rules: Vec<(String, Rule)>,
    /// The ids taken so far.
    ids: BTreeSet<String>,
    /// Points and full points of every leaf of `items` that may be missing from a mean: rounded points, full, applies.
    pub(super) rates: Vec<(usize, Core, usize)>,
    /// The cell with the mean rate of the items that apply; made when an item asks for it.
    pub(super) mean_rate: Option<usize>,
}

/// What an item or group hands to what stands above it.
pub(super) struct Part {
    pub(super) points: usize,
    pub(super) full: Core,
    /// Of the full points, what applies.
    pub(super) applicable: Core,
    /// The cell that says whether it applies.
    pub(super) applies: usize,
}

/// Where a node stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) pointer: &'p str,
    /// Whether it stands in a pool, where what does not apply gives nothing.
    pub(super) pool: bool,
    /// Whether its points are taken off the total.
    pub(super) negative: bool,
}

impl<'a> Build<'a> {
    pub(super) fn new(
        text: &'a SchemeText,
        names: &'a Names<'a>,
        problems: &'a Problems,
        questions: &'a Questions,
    ) -> Self {
        Build {
            text,
            names,
            problems,
            questions,
            defined: Defined::new(),
            cells: Cells::default(),
            layout: Layout::default(),
            rules: Vec::new(),
            ids: BTreeSet::new(),
            rates: Vec::new(),
            mean_rate: None,
        }
    }

    /// Takes an id: lines of the sheet are told apart by them.
    pub(super) fn take_id(&mut self, id: &str, pointer: &str) {
        if ["total", "bonus", "penalties"].contains(&id) {
            let (zh, en) = (
                format!("编号“{id}”由得分表自用，请换一个"),
                format!("the sheet itself uses the id \"{id}\"; take another"),
            );
            self.problem(pointer, "scheme.reserved_id", zh, en);
        }
        if !self.ids.insert(id.to_owned()) {
            let (zh, en) = (format!("编号“{id}”重复"), format!("id \"{id}\" is used twice"));
            self.problem(pointer, "scheme.duplicate_item", zh, en);
        }
    }

    pub(super) fn problem(&self, pointer: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(Finding::error(code, pointer, zh, en));
    }

    /// A condition; one that reads what does not apply does not hold.
    pub(super) fn truth(&self, formula: &Formula) -> Core {
        let core = formula.core(self.names, self.problems, Type::Truth);
        self.holds(core.unwrap_or(Core::Truth(false)))
    }

    /// A condition that does not hold where it does not apply.
    pub(super) fn holds(&self, condition: Core) -> Core {
        applies(&condition, &self.defined).and(condition)
    }

    /// A value, or what stands where it does not apply.
    pub(super) fn guarded(&self, core: Core, otherwise: Core) -> Core {
        applies(&core, &self.defined).select(core, otherwise)
    }

    pub(super) fn amount(&self, amount: &Amount) -> Core {
        amount.core(self.names, self.problems).unwrap_or(Core::ZERO)
    }

    /// The nodes of a list, all read even when one is faulty.
    pub(super) fn list(&mut self, items: &[ItemText], place: Place<'_>) -> Vec<Part> {
        if items.is_empty() {
            self.problem(
                place.pointer,
                "scheme.no_items",
                "至少应有一个项目",
                "there is at least one item",
            );
        }
        let mut parts = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let pointer = format!("{}/{number}", place.pointer);
            let place = Place {
                pointer: &pointer,
                ..place
            };
            match item {
                ItemText::Leaf(leaf) => parts.extend(self.leaf(leaf, place)),
                ItemText::Group(group) => parts.push(self.group(group, place)),
            }
        }
        parts
    }

    fn full_points(&mut self, leaf: &LeafText, pointer: &str) -> Core {
        let constants = leaf.points.constants();
        if matches!(leaf.points, Amount::Formula(_)) {
            let (zh, en) = (
                "分值应为数字或按类别取值的表，不能是表达式",
                "points of an item are a number or a table, no expression",
            );
            self.problem(&format!("{pointer}/points"), "scheme.item_points", zh, en);
        }
        if constants.is_some_and(|constants| constants.into_iter().any(Exact::is_negative)) {
            let (zh, en) = ("项目分值不能为负", "the points of an item are not negative");
            self.problem(&format!("{pointer}/points"), "scheme.item_points", zh, en);
        }
        self.guarded(self.amount(&leaf.points), Core::ZERO)
    }

    fn leaf(&mut self, leaf: &LeafText, place: Place<'_>) -> Option<Part> {
        self.take_id(&leaf.id, place.pointer);
        let full = self.full_points(leaf, place.pointer);
        let reading = Reading {
            names: self.names,
            problems: self.problems,
            questions: self.questions,
            points: &full,
            points_zh: &leaf.points.zh(),
            title: &leaf.title,
            pointer: &leaf.rule.pointer,
        };
        let at = Cursor::placed(&leaf.rule.value, &leaf.rule.pointer, self.problems);
        let rule = kinds::read(&at, &reading)?;
        let lowered = rule.lowered.clone();
        let condition = self.applies(&lowered, leaf);
        let article = leaf.article.as_deref();
        let mut node = Node::new(self, &leaf.id, &leaf.title, article, place.negative);
        let applies = node.cell(condition);
        node.applies = Some(applies);
        // 2. Raw points.
        let mut terms = Vec::new();
        if lowered.start != Core::ZERO {
            let start = node.cell(lowered.start.clone());
            terms.push(Core::Cell(start));
            let reason = vec![text("基础分 "), Phrase::Value(lowered.start.clone()), text(" 分")];
            let arithmetic = vec![Phrase::Value(lowered.start.clone())];
            node.line("base", Change::Value(start), Shown::Changing, arithmetic, reason);
        }
        for (number, channel) in lowered.channels.iter().enumerate() {
            let points = node.cell(channel.points.clone());
            terms.push(Core::Cell(points));
            let step = number.saturating_add(1).to_string();
            node.rule_line(&step, rule.kind, points, channel);
        }
        let mut now = node.cell(Core::sum(terms));
        // 3. Zero, floor, cap.
        if let Some(zero) = &leaf.zero_when {
            let condition = node.build.truth(zero);
            let reason = vec![
                Phrase::Perhaps(condition.clone()),
                text(format!("因“{}”，本项计零分", zero.zh())),
            ];
            now = node.step(
                "zero",
                now,
                |before| condition.select(Core::ZERO, before),
                "计零",
                reason,
            );
        }
        if let Some(floor) = &lowered.floor {
            let reason = if *floor == Core::ZERO {
                vec![text("扣完为止")]
            } else {
                vec![text("最低 "), Phrase::Value(floor.clone()), text(" 分")]
            };
            now = node.limit("floor", now, Arithmetic::Higher, floor, reason);
        }
        if let Some(cap) = &lowered.cap {
            let reason = vec![text("本项最高 "), Phrase::Value(cap.clone()), text(" 分")];
            now = node.limit("cap", now, Arithmetic::Lower, cap, reason);
        }
        // 4. Rounding.
        let scheme = node.build.text.rounding.as_ref();
        let scheme = scheme.filter(|rule| rule.when == Moment::Item);
        let rounding = leaf
            .rounding
            .clone()
            .or_else(|| scheme.and_then(|rule| rule.rounding()));
        if let Some(rounding) = rounding {
            let told = rounding.zh();
            let reason = vec![text(format!("本项{told}"))];
            now = node.step(
                "rounding",
                now,
                |before| Core::Round(Box::new(before), rounding),
                &told,
                reason,
            );
        }
        let rounded = now;
        // 5. Not applicable.
        let choice = leaf.not_applicable.or(node.build.text.not_applicable);
        let choice = if place.pool {
            NotApplicable::Zero
        } else {
            choice.unwrap_or(NotApplicable::Renormalise)
        };
        let missing = match choice {
            NotApplicable::FullPoints => full.clone(),
            NotApplicable::Zero | NotApplicable::Renormalise => Core::ZERO,
            NotApplicable::Mean => {
                let rate = node.build.mean_rate();
                full.clone().times(Core::Cell(rate))
            }
        };
        let bounded = node.cell(Core::Cell(applies).select(Core::Cell(now), missing));
        let told = if place.pool { "不加不减" } else { choice.zh() };
        let change = Change::Step { from: now, to: bounded };
        let reason = vec![text(format!("本项不适用，{told}"))];
        node.line("not_applicable", change, Shown::Unless(applies), Vec::new(), reason);
        // Where few unknown facts allow it, worst and best case are tried out, and this cell is narrowed to them.
        let reason = vec![text("不明事实逐一试算，最差与最好的情形如此")];
        let own = node.step("bounds", bounded, |before| before, "逐一试算", reason);
        let region = node.region.clone();
        // 6. Gates, coefficient, conversion.
        let (points, full_after) = node.tail(own, full.clone(), &leaf.gates, &leaf.coefficient, &leaf.convert);
        let lines = node.lines;
        self.layout.lines.extend(lines);
        self.cells.name_item(&leaf.id, own);
        if !place.pool {
            self.rates.push((rounded, full.clone(), applies));
        }
        self.layout.nodes.push(NodeSpec {
            id: leaf.id.clone(),
            title: leaf.title.clone(),
            group: false,
            full,
            own,
            points,
            applies,
            negative: place.negative,
            region,
        });
        self.rules.push((leaf.id.clone(), rule));
        let left_out = choice == NotApplicable::Renormalise;
        let applicable = if left_out {
            Core::Cell(applies).select(full_after.clone(), Core::ZERO)
        } else {
            full_after.clone()
        };
        Some(Part {
            points,
            full: full_after,
            applicable,
            applies,
        })
    }

    /// When an item applies: what its rule reads applies, what the rule asks for holds, and what the item asks for.
    fn applies(&self, lowered: &Lowered, leaf: &LeafText) -> Core {
        let channels = lowered.channels.iter().map(|channel| &channel.points);
        let limits = lowered.floor.iter().chain(&lowered.cap);
        let read = channels.chain([&lowered.start]).chain(limits);
        let mut condition = read.fold(Core::Truth(true), |whole, core| whole.and(applies(core, &self.defined)));
        if let Some(further) = &lowered.applies {
            condition = condition.and(further.clone());
        }
        if let Some(when) = &leaf.applies_when {
            condition = condition.and(self.truth(when));
        }
        condition
    }

    /// The cell with Σ points / Σ full points of the items that apply; worked out when all items are known.
    fn mean_rate(&mut self) -> usize {
        match self.mean_rate {
            Some(cell) => cell,
            None => {
                let cell = self.cells.add("其余项目的平均得分率", Core::ZERO);
                self.mean_rate = Some(cell);
                cell
            }
        }
    }

    /// Gives the mean rate its meaning.
    pub(super) fn finish_mean_rate(&mut self) {
        let Some(cell) = self.mean_rate else { return };
        let rates = self.rates.iter();
        let points = rates
            .clone()
            .map(|(rounded, _, applies)| (*applies, Core::Cell(*rounded)));
        let full = rates.map(|(_, worth, applies)| (*applies, worth.clone()));
        let points = Core::sum(points.map(|(applies, points)| Core::Cell(applies).select(points, Core::ZERO)));
        let full = Core::sum(full.map(|(applies, full)| Core::Cell(applies).select(full, Core::ZERO)));
        let full = self.cells.add("适用项目的分值", full);
        let some = Core::Cell(full).compared(Compare::Greater, Core::ZERO);
        self.cells
            .replace(cell, some.select(points.over(Core::Cell(full)), Core::ZERO));
    }
}

/// A node under construction: its cells and lines.
pub(super) struct Node<'n, 'a> {
    pub(super) build: &'n mut Build<'a>,
    id: &'n str,
    title: &'n str,
    article: Option<&'n str>,
    negative: bool,
    applies: Option<usize>,
    pub(super) lines: Vec<LineSpec>,
    region: Vec<usize>,
}

impl<'n, 'a> Node<'n, 'a> {
    pub(super) fn new(
        build: &'n mut Build<'a>,
        id: &'n str,
        title: &'n str,
        article: Option<&'n str>,
        negative: bool,
    ) -> Self {
        Node {
            build,
            id,
            title,
            article,
            negative,
            applies: None,
            lines: Vec::new(),
            region: Vec::new(),
        }
    }

    /// A new cell of the node.
    pub(super) fn cell(&mut self, core: Core) -> usize {
        let cell = self.build.cells.add(self.title, core);
        self.region.push(cell);
        cell
    }

    pub(super) fn line(
        &mut self,
        step: &str,
        change: Change,
        shown: Shown,
        arithmetic: Vec<Phrase>,
        reason: Vec<Phrase>,
    ) {
        let applies = self.applies.filter(|_| !matches!(shown, Shown::Unless(_)));
        self.lines.push(LineSpec {
            id: format!("{}#{step}", self.id),
            item: self.id.to_owned(),
            rule: step.to_owned(),
            article: self.article.map(str::to_owned),
            change,
            negative: self.negative,
            applies,
            shown,
            arithmetic,
            reason,
            facts: Vec::new(),
        });
    }

    fn rule_line(&mut self, step: &str, kind: &str, points: usize, channel: &super::core::Channel) {
        let change = Change::Value(points);
        self.line(
            step,
            change,
            Shown::Always,
            channel.arithmetic.clone(),
            channel.reason.clone(),
        );
        if let Some(line) = self.lines.last_mut() {
            kind.clone_into(&mut line.rule);
            line.facts = channel.points.facts();
        }
    }

    /// One step from a cell to a new one, with its line.
    pub(super) fn step(
        &mut self,
        step: &str,
        before: usize,
        change: impl FnOnce(Core) -> Core,
        arithmetic: &str,
        reason: Vec<Phrase>,
    ) -> usize {
        let after = self.cell(change(Core::Cell(before)));
        let change = Change::Step {
            from: before,
            to: after,
        };
        self.line(step, change, Shown::Changing, vec![text(arithmetic)], reason);
        after
    }

    /// A floor or a cap.
    pub(super) fn limit(
        &mut self,
        step: &str,
        before: usize,
        operator: Arithmetic,
        limit: &Core,
        reason: Vec<Phrase>,
    ) -> usize {
        let limited = Core::arithmetic(operator, Core::Cell(before), limit.clone());
        let stands = applies(limit, &self.build.defined);
        let after = self.cell(stands.select(limited, Core::Cell(before)));
        let change = Change::Step {
            from: before,
            to: after,
        };
        let name = if operator == Arithmetic::Higher { "max" } else { "min" };
        let arithmetic = vec![text(format!("{name}(合计, ")), Phrase::Value(limit.clone()), text(")")];
        self.line(step, change, Shown::Changing, arithmetic, reason);
        after
    }

    /// Gates, then coefficient, then conversion; full points are converted with the points.
    pub(super) fn tail(
        &mut self,
        own: usize,
        full: Core,
        gates: &[Gate],
        coefficient: &Option<Amount>,
        convert: &Option<Convert>,
    ) -> (usize, Core) {
        self.applies = None;
        let mut now = own;
        for (number, gate) in gates.iter().enumerate() {
            let most = self.build.amount(&gate.at_most);
            let when = applies(&most, &self.build.defined).and(self.build.truth(&gate.when));
            let reason = vec![
                Phrase::Perhaps(when.clone()),
                text(format!("因“{}”，最高 ", gate.title)),
                Phrase::Value(most.clone()),
                text(" 分"),
            ];
            let step = format!("gate{}", number.saturating_add(1));
            let arithmetic = format!("min(得分, {})", gate.at_most.zh());
            now = self.step(
                &step,
                now,
                |before| when.select(before.clone().at_most(most), before),
                &arithmetic,
                reason,
            );
        }
        if let Some(coefficient) = coefficient {
            let factor = self.build.guarded(self.build.amount(coefficient), Core::whole(1));
            let reason = vec![text("乘以系数 "), Phrase::Value(factor.clone())];
            let arithmetic = format!("× {}", coefficient.zh());
            now = self.step("coefficient", now, |before| before.times(factor), &arithmetic, reason);
        }
        let mut full = full;
        if let Some(Convert { from, to }) = convert {
            let (out_of, into) = (self.build.amount(from), self.build.amount(to));
            if from
                .constants()
                .is_none_or(|from| !from.into_iter().all(Exact::is_positive))
            {
                let (zh, en) = ("convert.from 应为大于 0 的数", "convert.from is a number above 0");
                self.build.problem("", "scheme.convert", zh, en);
            }
            let arithmetic = format!("× {} / {}", to.zh(), from.zh());
            let reason = vec![text(format!("由 {} 分折算为 {} 分", from.zh(), to.zh()))];
            full = full.times(into.clone()).over(out_of.clone());
            now = self.step(
                "convert",
                now,
                |before| before.times(into).over(out_of),
                &arithmetic,
                reason,
            );
        }
        (now, full)
    }
}

/// Words of a reason.
pub(super) fn text(text: impl Into<String>) -> Phrase {
    Phrase::Text(text.into())
}
