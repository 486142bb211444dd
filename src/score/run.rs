//! The order of application, carried out.

use super::grade::grades;
use super::sheet::{ItemScore, Line, Range, Sheet};
use super::words::{say, used};
use super::{Inputs, Point, Possible, Results, point, possible};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::{Exact, Interval, Rounding};
use crate::fact::{Facts, admit};
use crate::scheme::{Core, Effect, GradeCompare, Item, Leaf, Moment, NotApplicable, Scheme};

/// Scores the facts of a subject.
///
/// # Errors
/// All problems of the facts at once; a refusal when a value has no bound while facts are unknown.
pub fn score(scheme: &Scheme, facts: &Facts, results: &Results) -> Result<Sheet> {
    if facts.scheme != scheme.id {
        let (zh, en) = (
            format!("事实属于办法“{}”，不是“{}”", facts.scheme, scheme.id),
            "the facts name another scheme",
        );
        return Err(Error::one(
            ErrorKind::Refused,
            Finding::error("score.other_scheme", "/scheme", zh, en),
        ));
    }
    let admission = admit(&scheme.facts, facts)?;
    let inputs = Inputs {
        facts: &admission,
        results,
    };
    let mut run = Run {
        scheme,
        inputs,
        lines: Vec::new(),
        items: Vec::new(),
        unbounded: Vec::new(),
        findings: Vec::new(),
    };
    let (total, unrounded) = run.total();
    if !run.unbounded.is_empty() {
        return Err(Error::new(ErrorKind::Refused, run.unbounded));
    }
    let compared = match scheme.grades.as_ref().and_then(|grades| grades.compare) {
        Some(GradeCompare::Full) => &unrounded,
        _ => &total,
    };
    let grades = grades(scheme, compared, &inputs);
    let open = if total.is_single() {
        Vec::new()
    } else {
        admission
            .facts
            .iter()
            .filter(|fact| fact.state.is_open())
            .map(|fact| fact.name.clone())
            .collect()
    };
    let (lines, items) = (run.lines, run.items);
    let mut findings = run.findings;
    findings.extend(admission.findings);
    Ok(Sheet {
        kind: "sheet",
        format: 1,
        scheme: scheme.id.clone(),
        version: scheme.version.clone(),
        scheme_digest: scheme.digest().to_owned(),
        subject: facts.subject.clone(),
        total,
        grades,
        open,
        items,
        lines,
        findings,
    })
}

struct Run<'a> {
    scheme: &'a Scheme,
    inputs: Inputs<'a>,
    lines: Vec<Line>,
    items: Vec<ItemScore>,
    unbounded: Vec<Finding>,
    findings: Vec<Finding>,
}

/// Points of an item or group, its full points, and of these what applies.
struct Sum {
    points: Range,
    full: Exact,
    applicable: Exact,
}

impl Run<'_> {
    /// The total, and the total before it was rounded.
    fn total(&mut self) -> (Range, Range) {
        let scheme = self.scheme;
        for (id, out_of) in scheme
            .leaves()
            .filter_map(|leaf| leaf.rule.includes.as_ref().map(|(id, _)| (id, &leaf.points)))
        {
            if !self.inputs.results.contains_key(id) {
                let zh = format!("缺少办法“{id}”的结果，该项按 0 至 {out_of} 分计");
                let en = format!("the result of scheme \"{id}\" is missing");
                self.findings
                    .push(Finding::warning("score.result_pending", zh, en).about(id.as_str()));
            }
        }
        let Sum {
            mut points,
            full,
            applicable,
        } = self.items(&scheme.items);
        let renormalises = scheme.not_applicable.unwrap_or(NotApplicable::Renormalise) == NotApplicable::Renormalise;
        if applicable.is_zero() && !full.is_zero() && renormalises {
            let (zh, en) = (
                "没有一个项目适用，无从折算，总分按零分计，请核实",
                "no item applies: there is nothing to carry the weight, and the total is nought",
            );
            self.findings.push(Finding::warning("score.nothing_applies", zh, en));
        } else if full != applicable && renormalises {
            let factor = full.checked_div(&applicable).unwrap_or(Exact::ZERO);
            let change = points.step(|points| points * &factor);
            let reason = format!("不适用项目剔除后，按适用满分 {applicable} 折算为满分 {full}");
            points = points.plus(&self.step(
                "total",
                "not_applicable",
                format!("× {full} / {applicable}"),
                reason,
                change,
            ));
        }
        if let Some(bonus) = &scheme.bonus {
            let earned = self.items(&bonus.items).points;
            let change = earned.step(|points| points.min(&bonus.cap).clone());
            let reason = format!("加分合计最高 {} 分", bonus.cap);
            let change = self.step("bonus", "cap", format!("min(合计, {})", bonus.cap), reason, change);
            points = points.plus(&earned).plus(&change);
        }
        for veto in scheme.vetoes.iter().filter(|veto| veto.effect == Effect::ScoreZero) {
            let Possible::Truth(truth) = possible(&veto.when, &self.inputs) else {
                continue;
            };
            let change = match truth {
                Some(false) => continue,
                Some(true) => points.step(|_| Exact::ZERO),
                None => Range {
                    lowest: &(&points.lowest).min(&Exact::ZERO).clone() - &points.lowest,
                    highest: &(&points.highest).max(&Exact::ZERO).clone() - &points.highest,
                },
            };
            let doubt = if truth.is_none() { "可能" } else { "" };
            let reason = format!("{doubt}触发一票否决“{}”，总分计零", veto.title);
            points = points.plus(&change);
            if !change.is_nought() {
                self.lines.push(Line {
                    id: format!("{}#veto", veto.id),
                    item: veto.id.clone(),
                    rule: "veto".to_owned(),
                    article: veto.article.clone(),
                    facts: used(&veto.when, &self.inputs),
                    arithmetic: "总分 = 0".to_owned(),
                    points: change,
                    reason,
                });
            }
        }
        let unrounded = points.clone();
        if let Some(rounding) = self.rounding(Moment::Total) {
            let change = points.step(|points| rounding.round(points));
            points = points.plus(&self.step(
                "total",
                "rounding",
                rounding.zh(),
                format!("总分{}", rounding.zh()),
                change,
            ));
        }
        (points, unrounded)
    }

    fn rounding(&self, when: Moment) -> Option<Rounding> {
        let rule = self.scheme.rounding.as_ref().filter(|rule| rule.when == when)?;
        Rounding::to_place(rule.mode, i32::try_from(rule.place).ok()?)
    }

    /// Items nest no deeper than documents may.
    fn items(&mut self, items: &[Item]) -> Sum {
        let mut sum = Sum {
            points: Range::nought(),
            full: Exact::ZERO,
            applicable: Exact::ZERO,
        };
        for item in items {
            let part = match item {
                Item::Leaf(leaf) => self.leaf(leaf),
                Item::Group { id, title, cap, items } => {
                    let mut part = self.items(items);
                    if let Some(cap) = cap {
                        let change = part.points.step(|points| points.min(cap).clone());
                        let reason = format!("“{title}”合计最高 {cap} 分");
                        let change = self.step(id, "cap", format!("min(合计, {cap})"), reason, change);
                        part.points = part.points.plus(&change);
                        // What can still be earned here: a share of the cap would give more than full points.
                        part.applicable = part.applicable.min(cap.clone());
                        part.full = part.full.min(cap.clone());
                    }
                    part
                }
            };
            sum.points = sum.points.plus(&part.points);
            sum.full = &sum.full + &part.full;
            sum.applicable = &sum.applicable + &part.applicable;
        }
        sum
    }

    fn leaf(&mut self, leaf: &Leaf) -> Sum {
        let lowered = &leaf.rule.lowered;
        let values: Vec<Option<Interval>> = lowered
            .channels
            .iter()
            .map(|channel| value(&channel.points, &self.inputs))
            .collect();
        if values.iter().any(Option::is_none) {
            return self.not_applicable(leaf);
        }
        let mut points = Range::nought();
        if !lowered.start.is_zero() {
            let reason = format!("基础分 {} 分", lowered.start);
            let base = Range::single(lowered.start.clone());
            points = points.plus(&self.line(leaf, "base", lowered.start.to_string(), reason, base));
        }
        for (number, (channel, value)) in lowered.channels.iter().zip(values.into_iter().flatten()).enumerate() {
            let (Some(lowest), Some(highest)) = (value.low, value.high) else {
                let zh = format!("项目“{}”在事实不明时没有上下限，请在规则中封顶", leaf.title);
                let en = format!("item \"{}\" has no bound while facts are unknown; cap it", leaf.title);
                self.unbounded
                    .push(Finding::error("score.unbounded", "", zh, en).about(leaf.id.as_str()));
                continue;
            };
            let change = Range { lowest, highest };
            let arithmetic = say(&channel.arithmetic, &change, &self.inputs);
            let reason = say(&channel.reason, &change, &self.inputs);
            let facts = used(&channel.points, &self.inputs);
            points = points.plus(&change);
            self.lines.push(Line {
                id: format!("{}#{}", leaf.id, number.saturating_add(1)),
                item: leaf.id.clone(),
                rule: leaf.rule.kind.to_owned(),
                article: leaf.article.clone(),
                facts,
                arithmetic,
                points: change,
                reason,
            });
        }
        if let Some(floor) = &lowered.floor {
            let change = points.step(|points| points.max(floor).clone());
            let reason = if floor.is_zero() {
                "扣完为止".to_owned()
            } else {
                format!("最低 {floor} 分")
            };
            points = points.plus(&self.line(leaf, "floor", format!("max(合计, {floor})"), reason, change));
        }
        if let Some(cap) = &lowered.cap {
            let change = points.step(|points| points.min(cap).clone());
            points = points.plus(&self.line(
                leaf,
                "cap",
                format!("min(合计, {cap})"),
                format!("本项最高 {cap} 分"),
                change,
            ));
        }
        if let Some(rounding) = self.rounding(Moment::Item) {
            let change = points.step(|points| rounding.round(points));
            points = points.plus(&self.line(
                leaf,
                "rounding",
                rounding.zh(),
                format!("本项{}", rounding.zh()),
                change,
            ));
        }
        self.item(leaf, points.clone(), true);
        Sum {
            points,
            full: leaf.points.clone(),
            applicable: leaf.points.clone(),
        }
    }

    fn not_applicable(&mut self, leaf: &Leaf) -> Sum {
        let choice = self.scheme.not_applicable.unwrap_or(NotApplicable::Renormalise);
        let points = match choice {
            NotApplicable::FullPoints => Range::single(leaf.points.clone()),
            NotApplicable::Zero | NotApplicable::Renormalise => Range::nought(),
        };
        let reason = format!("本项不适用，{}", choice.zh());
        let points = self.line(leaf, "not_applicable", String::new(), reason, points);
        self.item(leaf, points.clone(), false);
        let carried = choice == NotApplicable::Renormalise;
        let applicable = if carried { Exact::ZERO } else { leaf.points.clone() };
        Sum {
            points,
            full: leaf.points.clone(),
            applicable,
        }
    }

    fn item(&mut self, leaf: &Leaf, points: Range, applicable: bool) {
        let (id, title, full) = (leaf.id.clone(), leaf.title.clone(), leaf.points.clone());
        self.items.push(ItemScore {
            id,
            title,
            full,
            points,
            applicable,
        });
    }

    /// A line of an item; nothing is written where nothing changes.
    fn line(&mut self, leaf: &Leaf, step: &str, arithmetic: String, reason: String, points: Range) -> Range {
        if step == "not_applicable" || !points.is_nought() {
            self.push(&leaf.id, step, leaf.article.clone(), arithmetic, reason, points.clone());
        }
        points
    }

    /// A line that belongs to no single item.
    fn step(&mut self, item: &str, step: &str, arithmetic: String, reason: String, points: Range) -> Range {
        if !points.is_nought() {
            self.push(item, step, None, arithmetic, reason, points.clone());
        }
        points
    }

    fn push(
        &mut self,
        item: &str,
        step: &str,
        article: Option<String>,
        arithmetic: String,
        reason: String,
        points: Range,
    ) {
        let (id, item, rule) = (format!("{item}#{step}"), item.to_owned(), step.to_owned());
        self.lines.push(Line {
            id,
            item,
            rule,
            article,
            facts: Vec::new(),
            arithmetic,
            points,
            reason,
        });
    }
}

/// The value of a number: exactly when everything is known, else all that it may be; `None` when it does not apply.
fn value(core: &Core, inputs: &Inputs<'_>) -> Option<Interval> {
    if let Some(Point::Number(number)) = point(core, inputs) {
        return Some(Interval::point(number));
    }
    match possible(core, inputs) {
        Possible::Number(interval) => Some(interval),
        Possible::Truth(_) | Possible::Word(_) | Possible::NotApplicable => None,
    }
}
