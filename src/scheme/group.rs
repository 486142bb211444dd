//! Groups: step 7 of the order of application.

use super::core::{Arithmetic, Compare, Core, Phrase};
use super::item::{Combine, GroupText, ItemText};
use super::layout::{Change, NodeSpec, Shown};
use super::order::{Build, Node, Part, Place, text};
use super::parts::NotApplicable;

impl Build<'_> {
    /// A group: its items, then what it makes of them.
    pub(super) fn group(&mut self, group: &GroupText, place: Place<'_>) -> Part {
        self.take_id(&group.id, place.pointer);
        let below = format!("{}/items", place.pointer);
        let inner = Place {
            pointer: &below,
            ..place
        };
        let parts = self.list(&group.items.0, inner);
        self.joined(group, place, &parts)
    }

    /// Apart from the items, so that it does not lie on the stack once for every level of nesting.
    fn joined(&mut self, group: &GroupText, place: Place<'_>, parts: &[Part]) -> Part {
        let combine = group.combine.unwrap_or(Combine::Sum);
        let weights = self.weights(group, combine, place);
        let article = group.article.as_deref();
        let mut node = Node::new(self, &group.id, &group.title, article, place.negative);
        let sum = Core::sum(parts.iter().map(|part| Core::Cell(part.points)));
        let sum = node.cell(sum);
        let one = |part: &Part| Core::Cell(part.applies).select(Core::whole(1), Core::ZERO);
        let count = Core::sum(parts.iter().map(one));
        let count = node.cell(count);
        let (combined, mut full, mut applicable) = combined(combine, parts, &weights, sum, count);
        let mut now = sum;
        if combine != Combine::Sum {
            let reason = vec![text(format!("“{}”各项{}", group.title, combine.zh()))];
            now = node.step("combine", now, |_| combined, combine.zh(), reason);
        }
        if group.not_applicable.is_some() {
            let reason = vec![
                text(format!("“{}”组内不适用项目剔除后，按适用满分 ", group.title)),
                Phrase::Value(applicable.clone()),
                text(" 折算为 "),
                Phrase::Value(full.clone()),
            ];
            let some = applicable.clone().compared(Compare::Greater, Core::ZERO);
            let carried = Core::Cell(now).times(full.clone()).over(applicable.clone());
            let scaled = some.clone().select(carried, Core::Cell(now));
            now = node.step("renormalise", now, |_| scaled, "组内折算", reason);
            applicable = some.select(full.clone(), Core::ZERO);
        }
        let least = group.least_applicable.unwrap_or(0);
        let applies = Core::Cell(count).compared(Compare::GreaterOrEqual, Core::whole(i64::from(least.max(1))));
        let applies = node.cell(applies);
        if let Some(zero) = &group.zero_when {
            let condition = node.build.truth(zero);
            let reason = vec![
                Phrase::Perhaps(condition.clone()),
                text(format!("因“{}”，“{}”计零分", zero.zh(), group.title)),
            ];
            now = node.step(
                "zero",
                now,
                |before| condition.select(Core::ZERO, before),
                "计零",
                reason,
            );
        }
        if let Some(floor) = &group.floor {
            let limit = node.build.amount(floor);
            let reason = vec![
                text(format!("“{}”合计最低 ", group.title)),
                Phrase::Value(limit.clone()),
                text(" 分"),
            ];
            now = node.limit("floor", now, Arithmetic::Higher, &limit, reason);
        }
        if let Some(cap) = &group.cap {
            let limit = node.build.amount(cap);
            let reason = vec![
                text(format!("“{}”合计最高 ", group.title)),
                Phrase::Value(limit.clone()),
                text(" 分"),
            ];
            now = node.limit("cap", now, Arithmetic::Lower, &limit, reason);
            // What can still be earned here: a share of the cap would give more than full points.
            // A cap that reads what does not apply changes nothing here either.
            applicable = node
                .build
                .guarded(applicable.clone().at_most(limit.clone()), applicable);
            full = node.build.guarded(full.clone().at_most(limit), full);
        }
        if group.least_applicable.is_some() {
            let choice = node.build.text.not_applicable.unwrap_or(NotApplicable::Renormalise);
            let missing = match choice {
                _ if place.pool => Core::ZERO,
                NotApplicable::FullPoints => full.clone(),
                NotApplicable::Zero | NotApplicable::Renormalise | NotApplicable::Mean => Core::ZERO,
            };
            let own = node.cell(Core::Cell(applies).select(Core::Cell(now), missing));
            let change = Change::Step { from: now, to: own };
            let told = format!("“{}”适用项目不足 {least} 项，{}", group.title, choice.zh());
            node.line("not_applicable", change, Shown::Changing, Vec::new(), vec![text(told)]);
            now = own;
            applicable = match choice {
                NotApplicable::FullPoints | NotApplicable::Zero => Core::Cell(applies).select(applicable, full.clone()),
                NotApplicable::Renormalise | NotApplicable::Mean => Core::Cell(applies).select(applicable, Core::ZERO),
            };
        }
        let own = now;
        let (points, full_after) = node.tail(own, full.clone(), &group.gates, &group.coefficient, &group.convert);
        if let Some(convert) = &group.convert {
            let (from, to) = (node.build.amount(&convert.from), node.build.amount(&convert.to));
            applicable = applicable.times(to).over(from);
        }
        let lines = node.lines;
        self.layout.lines.extend(lines);
        self.cells.name_item(&group.id, own);
        self.layout.nodes.push(NodeSpec {
            id: group.id.clone(),
            title: group.title.clone(),
            group: true,
            full,
            own,
            points,
            applies,
            negative: place.negative,
            region: Vec::new(),
        });
        Part {
            points,
            full: full_after,
            applicable,
            applies,
        }
    }

    /// The weights of a weighted group; asks for those that are missing.
    fn weights(&mut self, group: &GroupText, combine: Combine, place: Place<'_>) -> Vec<Core> {
        let weight = |(number, item): (usize, &ItemText)| match (combine, item.weight()) {
            (Combine::Weighted, Some(weight)) => self.amount(weight),
            (Combine::Weighted, None) => {
                let pointer = format!("{}/items/{number}", place.pointer);
                let zh = format!("“{}”在“{}”中的权重是多少？", item.title(), group.title);
                self.questions
                    .ask(&pointer, "weight", &zh, "what is the weight of this item?", &[]);
                Core::whole(1)
            }
            (_, None) => Core::whole(1),
            (_, Some(_)) => {
                let pointer = format!("{}/items/{number}/weight", place.pointer);
                let (zh, en) = (
                    "只有 combine 为 weighted 的组才有权重",
                    "weights belong to groups with combine \"weighted\"",
                );
                self.problem(&pointer, "scheme.weight", zh, en);
                Core::whole(1)
            }
        };
        group.items.0.iter().enumerate().map(weight).collect()
    }
}

/// What a group makes of its items: points, full points, and of these what applies.
fn combined(combine: Combine, parts: &[Part], weights: &[Core], sum: usize, count: usize) -> (Core, Core, Core) {
    let total = |of: &dyn Fn(&Part) -> Core| Core::sum(parts.iter().map(of));
    let full = total(&|part| part.full.clone());
    let some = Core::Cell(count).compared(Compare::Greater, Core::ZERO);
    let number = Core::whole(i64::try_from(parts.len().max(1)).unwrap_or(i64::MAX));
    match combine {
        Combine::Sum => (Core::Cell(sum), full, total(&|part| part.applicable.clone())),
        Combine::Mean => {
            let present = total(&|part| Core::Cell(part.applies).select(Core::Cell(part.points), Core::ZERO));
            let mean = some.clone().select(present.over(Core::Cell(count)), Core::ZERO);
            let full = full.over(number);
            (mean, full.clone(), some.select(full, Core::ZERO))
        }
        Combine::Weighted => {
            let by = |of: &dyn Fn(&Part) -> Core| {
                let pairs = parts.iter().zip(weights);
                Core::sum(pairs.map(|(part, weight)| of(part).times(weight.clone())))
            };
            (
                by(&|part| Core::Cell(part.points)),
                by(&|part| part.full.clone()),
                by(&|part| part.applicable.clone()),
            )
        }
        Combine::Lowest | Combine::Highest => {
            let (operator, reduce): (_, fn(Core, Core) -> Core) = match combine {
                Combine::Lowest => (Arithmetic::Lower, Core::at_most),
                _ => (Arithmetic::Higher, Core::at_least),
            };
            let full = parts
                .iter()
                .map(|part| part.full.clone())
                .reduce(reduce)
                .unwrap_or(Core::ZERO);
            // Folded with a flag: what does not apply leaves what is there as it is.
            let mut there = Core::Truth(false);
            let mut extreme = Core::ZERO;
            for part in parts {
                let points = Core::Cell(part.points);
                let joined = Core::arithmetic(operator, extreme.clone(), points.clone());
                let with = there.clone().select(joined, points);
                extreme = Core::Cell(part.applies).select(with, extreme);
                there = there.or(Core::Cell(part.applies));
            }
            (extreme, full.clone(), some.select(full, Core::ZERO))
        }
    }
}
