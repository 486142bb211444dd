//! Lint: what a scheme says that it can hardly mean. Findings are warnings; none of them stops an adoption.
//!
//! What nobody can reach is found where facts can be evaluated: `score/check.rs`.

use std::collections::BTreeSet;

use super::Scheme;
use super::amount::{Amount, Formula};
use super::expression::{Names, Type, bounds};
use super::item::{Combine, GroupText, ItemText, LeafText};
use super::program::Cell;
use crate::document::{Cursor, Problems, Read, Value};
use crate::error::Finding;
use crate::exact::{Exact, Interval};
use crate::fact::Inputs;

/// What is worth a look: rates and caps above the item's points, bands that no value reaches, weights that do not sum,
/// facts that nothing uses.
pub fn lint(scheme: &Scheme) -> Vec<Finding> {
    let text = scheme.text();
    let mut lint = Lint {
        scheme,
        findings: Vec::new(),
    };
    lint.unused_facts();
    lint.items(&text.items);
    for pool in text.bonus.iter().chain(&text.penalties) {
        lint.items(&pool.items);
    }
    for (list, place) in [
        (Some(&text.items), "/items"),
        (text.bonus.as_ref().map(|pool| &pool.items), "/bonus/items"),
        (text.penalties.as_ref().map(|pool| &pool.items), "/penalties/items"),
    ] {
        lint.groups(list.into_iter().flatten(), place);
    }
    lint.findings
}

struct Lint<'a> {
    scheme: &'a Scheme,
    findings: Vec<Finding>,
}

impl Lint<'_> {
    fn warn(&mut self, code: &'static str, pointer: String, zh: String, en: String) {
        self.findings.push(Finding::warning(code, zh, en).at(pointer));
    }

    fn unused_facts(&mut self) {
        let program = self.scheme.program();
        let mut used = BTreeSet::new();
        for cell in &program.cells {
            if let Cell::Map(core) = cell {
                used.extend(core.facts());
            }
        }
        let used: BTreeSet<usize> = used
            .into_iter()
            .filter_map(|fact| program.inputs.get(fact))
            .map(|input| input.of)
            .collect();
        for (number, fact) in self.scheme.facts().iter().enumerate() {
            if !used.contains(&number) {
                let name = &fact.name;
                let zh = format!("事实“{name}”已声明，但没有规则使用，请删除声明或补上规则");
                let en = format!("fact \"{name}\" is declared and nothing uses it");
                self.warn("lint.unused_fact", format!("/facts/{number}"), zh, en);
            }
        }
    }

    fn items(&mut self, items: &[ItemText]) {
        for item in items {
            match item {
                ItemText::Group(group) => self.items(&group.items.0),
                ItemText::Leaf(leaf) => self.leaf(leaf),
            }
        }
    }

    fn leaf(&mut self, leaf: &LeafText) {
        let rule = &leaf.rule.value;
        match rule.get("kind").and_then(Value::as_text) {
            Some("deduct") if stops_at_nought(rule) => {
                self.channels(
                    leaf,
                    &amount(rule, "start").unwrap_or_else(|| leaf.points.clone()),
                    true,
                );
            }
            Some("earn") if rule.get("cap").and_then(Value::as_text) != Some("none") => {
                self.channels(leaf, &amount(rule, "cap").unwrap_or_else(|| leaf.points.clone()), false);
            }
            Some("gap" | "late") if stops_at_nought(rule) => {
                if let Some(each) = amount(rule, "each") {
                    self.rate(leaf, &each, &leaf.points, format!("{}/each", leaf.rule.pointer));
                }
            }
            Some("bands") => self.bands(leaf),
            _ => {}
        }
    }

    fn rate(&mut self, leaf: &LeafText, each: &Amount, points: &Amount, pointer: String) {
        if above(each, points) {
            let (title, each, points) = (&leaf.title, each.zh(), points.zh());
            let zh = format!("“{title}”每次 {each} 分，超过可扣的 {points} 分，多出的部分扣不到，请核对");
            let en = format!(
                "item \"{}\": {each} points each time is more than the {points} there are",
                leaf.id
            );
            self.warn("lint.rate_above_points", pointer, zh, en);
        }
    }

    /// Rates (of deductions) and caps of channels against the points that there are.
    fn channels(&mut self, leaf: &LeafText, points: &Amount, rates: bool) {
        let Some(Value::List(channels)) = leaf.rule.value.get("channels") else {
            return;
        };
        let mut caps = Vec::new();
        let mut over = false;
        for (number, channel) in channels.iter().enumerate() {
            let here = format!("{}/channels/{number}", leaf.rule.pointer);
            if rates {
                if let Some(each) = amount(channel, "each") {
                    self.rate(leaf, &each, points, format!("{here}/each"));
                }
                if let Some(Value::List(listed)) = channel.get("escalate") {
                    for (place, each) in listed.iter().filter_map(read).enumerate() {
                        self.rate(leaf, &each, points, format!("{here}/escalate/{place}"));
                    }
                }
            }
            let Some(cap) = amount(channel, "cap") else { continue };
            if above(&cap, points) {
                over = true;
                let (cap, points) = (cap.zh(), points.zh());
                let zh = format!(
                    "“{}”的分项封顶 {cap} 分，超过本项的 {points} 分，起不到封顶作用",
                    leaf.title
                );
                let en = format!(
                    "item \"{}\": the cap {cap} of a channel is above the {points} there are",
                    leaf.id
                );
                self.warn("lint.cap_above_points", format!("{here}/cap"), zh, en);
            }
            caps.push(cap);
        }
        let sum: Option<Vec<&Exact>> = caps.iter().map(Amount::constant).collect();
        let (Some(sum), Some(points)) = (sum, points.constant()) else {
            return;
        };
        let sum: Exact = sum.into_iter().sum();
        // A channel without a cap may take everything: then the caps are not what shares the points out.
        if !over && caps.len() == channels.len() && caps.len() > 1 && sum > *points {
            let (sum, points) = (sum.shown(), points.shown());
            let zh = format!("“{}”各分项封顶合计 {sum} 分，超过本项的 {points} 分", leaf.title);
            let en = format!(
                "item \"{}\": the caps of its channels sum to {sum}, above {points}",
                leaf.id
            );
            self.warn(
                "lint.caps_above_points",
                format!("{}/channels", leaf.rule.pointer),
                zh,
                en,
            );
        }
    }

    /// Bands outside of what the value can be.
    fn bands(&mut self, leaf: &LeafText) {
        let rule = &leaf.rule;
        let Some(range) = self.range(&rule.value, &rule.pointer) else {
            return;
        };
        let Some(Value::List(bands)) = rule.value.get("bands") else {
            return;
        };
        for (number, band) in bands.iter().enumerate() {
            let side = |name: &str| amount(band, name).and_then(|amount| amount.constant().cloned());
            let (low, high) = (&range.low, &range.high);
            let beyond = |side: Option<Exact>, end: &Option<Exact>, out: fn(&Exact, &Exact) -> bool| {
                side.zip(end.as_ref()).is_some_and(|(side, end)| out(&side, end))
            };
            if beyond(side("from"), high, |side, end| side > end)
                || beyond(side("above"), high, |side, end| side >= end)
                || beyond(side("to"), low, |side, end| side < end)
                || beyond(side("below"), low, |side, end| side <= end)
            {
                let place = number.saturating_add(1);
                let range = crate::fact::shown_interval(&range);
                let zh = format!(
                    "“{}”的第 {place} 档达不到：取值范围为 {range}，请核对界限或事实的范围",
                    leaf.title
                );
                let en = format!(
                    "item \"{}\": no value reaches band {place}; the range is {range}",
                    leaf.id
                );
                self.warn(
                    "lint.band_unreachable",
                    format!("{}/bands/{number}", rule.pointer),
                    zh,
                    en,
                );
            }
        }
    }

    /// What the value of a rule can be; open where it rests on definitions.
    fn range(&self, rule: &Value, pointer: &str) -> Option<Interval> {
        let text = self.scheme.text();
        let inputs = Inputs::new(&text.facts.0, &text.classes);
        let problems = Problems::new();
        let names = Names {
            inputs: &inputs,
            defined: &[],
            totals: false,
            full_total: false,
            calendars: !text.calendar.is_empty(),
        };
        let pointer = format!("{pointer}/value");
        let value = Formula::read(&Cursor::placed(rule.get("value")?, &pointer, &problems))?;
        let core = value.core(&names, &problems, Type::Number)?;
        Some(bounds(&core, &names))
    }

    fn groups<'t>(&mut self, items: impl Iterator<Item = &'t ItemText>, place: &str) {
        for (number, item) in items.enumerate() {
            if let ItemText::Group(group) = item {
                let here = format!("{place}/{number}");
                if group.combine == Some(Combine::Weighted) {
                    self.weights(group, &here);
                }
                self.groups(group.items.0.iter(), &format!("{here}/items"));
            }
        }
    }

    fn weights(&mut self, group: &GroupText, here: &str) {
        let words = &self.scheme.text().classes;
        let classes: Vec<Option<&String>> = if words.is_empty() {
            vec![None]
        } else {
            words.iter().map(Some).collect()
        };
        for class in classes {
            let weights: Option<Vec<&Exact>> = group
                .items
                .0
                .iter()
                .map(|item| match item.weight()? {
                    Amount::Number(number) => Some(number),
                    Amount::Class(table, _) => {
                        let found = table.0.iter().find(|(word, _)| Some(word) == class);
                        found.map(|(_, number)| number)
                    }
                    Amount::Formula(_) | Amount::Choice(..) => None,
                })
                .collect();
            let Some(weights) = weights else { return };
            let sum: Exact = weights.into_iter().sum();
            if sum != Exact::ONE && sum != Exact::from(100_i32) {
                let sum = sum.shown();
                let of = class.map(|class| format!("（{class}）")).unwrap_or_default();
                let zh = format!("“{}”{of}各项权重合计 {sum}，应为 1 或 100", group.title);
                let en = format!("group \"{}\": the weights sum to {sum}, not to 1 or 100", group.id);
                self.warn("lint.weights", format!("{here}/items"), zh, en);
                return;
            }
        }
    }
}

/// Whether the rule's floor is nought or above: what goes beyond the points is then lost.
fn stops_at_nought(rule: &Value) -> bool {
    amount(rule, "floor")
        .and_then(|floor| floor.constant().cloned())
        .is_some_and(|floor| !floor.is_negative())
}

/// The amount in a field of a rule that has been read before.
fn amount(object: &Value, field: &str) -> Option<Amount> {
    read(object.get(field)?)
}

fn read(value: &Value) -> Option<Amount> {
    let problems = Problems::new();
    let amount = Amount::read(&Cursor::placed(value, "", &problems));
    amount.filter(|_| value.as_text() != Some("none"))
}

/// Whether one amount is above another for some class or choice; expressions are not.
fn above(one: &Amount, other: &Amount) -> bool {
    if let (Amount::Class(one, _), Amount::Class(other, _)) = (one, other) {
        let of = |word: &str| {
            other
                .0
                .iter()
                .find(|(known, _)| known == word)
                .map(|(_, number)| number)
        };
        return one
            .0
            .iter()
            .any(|(word, number)| of(word).is_some_and(|limit| number > limit));
    }
    let (Some(one), Some(other)) = (one.constants(), other.constants()) else {
        return false;
    };
    one.into_iter().max() > other.into_iter().max()
}
