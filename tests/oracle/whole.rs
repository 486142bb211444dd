//! From items to total, rank and grade: sections 4 to 6, in the order of section 5.

use std::cell::Cell;

use zeren::document::Value;

use super::expression::parse;
use super::fraction::Fraction;
use super::rules::Rule;
use super::world::{Place, World, list, number, text};

/// What an item or group hands on.
pub struct Part {
    pub own: Fraction,
    pub points: Fraction,
    pub full: Fraction,
    /// Of the full points, what still counts.
    pub left: Fraction,
    pub applies: bool,
}

fn zero() -> Fraction {
    Fraction::zero()
}

fn is_group(node: &Value) -> bool {
    node.get("items").is_some()
}

impl World<'_> {
    /// An amount; `None` where it reads what does not apply.
    fn amount(&self, value: &Value, who: usize) -> Option<Fraction> {
        if let Some(number) = number(value) {
            return Some(number);
        }
        let expression = parse(value.as_text().unwrap());
        let applies = self.applies(&expression, who);
        applies.then(|| self.number(&expression, Place { who, event: None }, ""))
    }

    fn policy(&self) -> &str {
        text(self.scheme, "not_applicable").unwrap()
    }

    /// Points of an item before its tail, what of it applies; before it is known whether it applies.
    fn rounded(&self, node: &Value, who: usize) -> (Fraction, bool) {
        let rule = Rule {
            world: self,
            who,
            rule: node.get("rule").unwrap(),
            full: number(node.get("points").unwrap()).unwrap(),
            applies: Cell::new(true),
        };
        let mut points = rule.points();
        if text(node, "zero_when").is_some_and(|when| self.holds(when, who)) {
            points = zero();
        }
        if let Some(rounding) = node.get("rounding") {
            points = points.rounded(
                number(rounding.get("place").unwrap()).unwrap().to_i64(),
                text(rounding, "mode").unwrap(),
            );
        } else if let Some(rounding) = self
            .scheme
            .get("rounding")
            .filter(|rule| text(rule, "when") == Some("item"))
        {
            points = points.rounded(
                number(rounding.get("place").unwrap()).unwrap().to_i64(),
                text(rounding, "mode").unwrap(),
            );
        }
        let applies = rule.applies.get() && text(node, "applies_when").is_none_or(|when| self.holds(when, who));
        (points, applies)
    }

    /// Σ points / Σ full points of the items that apply.
    fn mean_rate(&self, who: usize) -> Fraction {
        let (mut points, mut full) = (zero(), zero());
        let mut open: Vec<&Value> = list(self.scheme, "items").iter().collect();
        while let Some(node) = open.pop() {
            if is_group(node) {
                open.extend(list(node, "items"));
                continue;
            }
            let (rounded, applies) = self.rounded(node, who);
            if applies {
                points = points + rounded;
                full = full + number(node.get("points").unwrap()).unwrap();
            }
        }
        if full.is_zero() { zero() } else { points / full }
    }

    fn leaf(&self, node: &Value, who: usize, pool: bool) -> Part {
        let full = number(node.get("points").unwrap()).unwrap();
        let (rounded, applies) = self.rounded(node, who);
        let policy = if pool {
            "zero"
        } else {
            text(node, "not_applicable").unwrap_or(self.policy())
        };
        let own = match policy {
            _ if applies => rounded,
            "full" => full.clone(),
            "mean" => full.clone() * self.mean_rate(who),
            _ => zero(),
        };
        let left = if applies || policy != "renormalise" {
            full.clone()
        } else {
            zero()
        };
        self.tail(
            node,
            who,
            Part {
                points: own.clone(),
                own,
                full,
                left,
                applies,
            },
        )
    }

    /// Gates, coefficient, conversion.
    fn tail(&self, node: &Value, who: usize, mut part: Part) -> Part {
        for gate in list(node, "gates") {
            let most = self.amount(gate.get("at_most").unwrap(), who);
            if let Some(most) = most.filter(|_| self.holds(text(gate, "when").unwrap(), who)) {
                part.points = part.points.min(most);
            }
        }
        if let Some(factor) = node.get("coefficient").and_then(|value| self.amount(value, who)) {
            part.points = part.points * factor;
        }
        if let Some(convert) = node.get("convert") {
            let rate = number(convert.get("to").unwrap()).unwrap() / number(convert.get("from").unwrap()).unwrap();
            part.points = part.points * rate.clone();
            part.full = part.full * rate.clone();
            part.left = part.left * rate;
        }
        part
    }

    fn group(&self, node: &Value, who: usize, pool: bool) -> Part {
        let parts: Vec<(Part, &Value)> = list(node, "items")
            .iter()
            .map(|item| (self.node(item, who, pool), item))
            .collect();
        let there: Vec<&Part> = parts.iter().map(|(part, _)| part).filter(|part| part.applies).collect();
        let sum = |of: &dyn Fn(&Part) -> Fraction| parts.iter().map(|(part, _)| of(part)).sum::<Fraction>();
        let count = |number: usize| Fraction::whole(i64::try_from(number).unwrap());
        let some = !there.is_empty();
        let or_none = |full: &Fraction| if some { full.clone() } else { zero() };
        let (mut points, mut full, mut left) = match text(node, "combine").unwrap_or("sum") {
            "mean" => {
                let full = sum(&|part| part.full.clone()) / count(parts.len());
                let points = there.iter().map(|part| part.points.clone()).sum::<Fraction>();
                (
                    if some { points / count(there.len()) } else { zero() },
                    full.clone(),
                    or_none(&full),
                )
            }
            "weighted" => {
                let by = |of: &dyn Fn(&Part) -> Fraction| {
                    let weighted = parts
                        .iter()
                        .map(|(part, item)| of(part) * self.amount(item.get("weight").unwrap(), who).unwrap());
                    weighted.sum::<Fraction>()
                };
                (
                    by(&|part| part.points.clone()),
                    by(&|part| part.full.clone()),
                    by(&|part| part.left.clone()),
                )
            }
            end @ ("lowest" | "highest") => {
                let pick = |all: Vec<Fraction>| {
                    if end == "lowest" {
                        all.into_iter().min()
                    } else {
                        all.into_iter().max()
                    }
                };
                let full = pick(parts.iter().map(|(part, _)| part.full.clone()).collect()).unwrap();
                let points = pick(there.iter().map(|part| part.points.clone()).collect()).unwrap_or_else(zero);
                (points, full.clone(), or_none(&full))
            }
            _ => (
                sum(&|part| part.points.clone()),
                sum(&|part| part.full.clone()),
                sum(&|part| part.left.clone()),
            ),
        };
        if node.get("not_applicable").is_some() && left > zero() {
            points = points * full.clone() / left.clone();
            left = full.clone();
        }
        if text(node, "zero_when").is_some_and(|when| self.holds(when, who)) {
            points = zero();
        }
        if let Some(floor) = node.get("floor").and_then(|value| self.amount(value, who)) {
            points = points.max(floor);
        }
        if let Some(cap) = node.get("cap").and_then(|value| self.amount(value, who)) {
            points = points.min(cap.clone());
            left = left.min(cap.clone());
            full = full.min(cap);
        }
        let mut applies = some;
        if let Some(least) = node.get("least_applicable") {
            applies = count(there.len()) >= number(least).unwrap() && some;
            let policy = self.policy();
            if !applies {
                points = if policy == "full" && !pool {
                    full.clone()
                } else {
                    zero()
                };
            }
            left = match policy {
                "full" | "zero" => full.clone(),
                _ if applies => left,
                _ => zero(),
            };
        }
        self.tail(
            node,
            who,
            Part {
                points: points.clone(),
                own: points,
                full,
                left,
                applies,
            },
        )
    }

    pub fn node(&self, node: &Value, who: usize, pool: bool) -> Part {
        if is_group(node) {
            self.group(node, who, pool)
        } else {
            self.leaf(node, who, pool)
        }
    }

    /// Every node of a list of items, with those below it.
    pub fn nodes(items: &[Value], pool: bool) -> Vec<(&Value, bool)> {
        let mut all = Vec::new();
        for node in items {
            all.extend(Self::nodes(list(node, "items"), pool));
            all.push((node, pool));
        }
        all
    }

    /// All nodes of the scheme: those of pools with `true`.
    pub fn all_nodes(&self) -> Vec<(&Value, bool)> {
        let mut all = Self::nodes(list(self.scheme, "items"), false);
        for pool in ["bonus", "penalties"] {
            if let Some(pool) = self.scheme.get(pool) {
                all.extend(Self::nodes(list(pool, "items"), true));
            }
        }
        all
    }

    /// What `item("id")` reads.
    pub fn own_points(&self, who: usize, id: &str) -> Fraction {
        let (node, pool) = self
            .all_nodes()
            .into_iter()
            .find(|(node, _)| text(node, "id") == Some(id))
            .unwrap();
        self.node(node, who, pool).own
    }

    fn pool(&self, name: &str, who: usize) -> Fraction {
        let Some(pool) = self.scheme.get(name) else {
            return zero();
        };
        if text(pool, "when").is_some_and(|when| !self.holds(when, who)) {
            return zero();
        }
        let sum: Fraction = list(pool, "items")
            .iter()
            .map(|item| self.node(item, who, true).points)
            .sum();
        let cap = pool.get("cap").filter(|cap| cap.as_text() != Some("none"));
        cap.and_then(|cap| self.amount(cap, who))
            .map_or(sum.clone(), |cap| sum.min(cap))
    }

    /// The total before rounding.
    pub fn full_total(&self, who: usize) -> Fraction {
        let key = (who, "#".to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let parts: Vec<Part> = list(self.scheme, "items")
            .iter()
            .map(|node| self.node(node, who, false))
            .collect();
        let sum = |of: fn(&Part) -> &Fraction| parts.iter().map(|part| of(part).clone()).sum::<Fraction>();
        let (mut total, full, left) = (sum(|part| &part.points), sum(|part| &part.full), sum(|part| &part.left));
        if left != full && !left.is_zero() {
            total = total * full / left;
        }
        total = total + self.pool("bonus", who) - self.pool("penalties", who);
        let vetoes = list(self.scheme, "vetoes");
        for veto in vetoes.iter().filter(|veto| veto.get("score_zero").is_some()) {
            if self.holds(text(veto, "when").unwrap(), who) {
                total = zero();
            }
        }
        for veto in vetoes {
            let most = veto.get("score_at_most").and_then(|most| self.amount(most, who));
            if let Some(most) = most.filter(|_| self.holds(text(veto, "when").unwrap(), who)) {
                total = total.min(most);
            }
        }
        if let Some(limits) = self.scheme.get("total") {
            if let Some(floor) = limits.get("floor").and_then(|floor| self.amount(floor, who)) {
                total = total.max(floor);
            }
            if let Some(cap) = limits.get("cap").and_then(|cap| self.amount(cap, who)) {
                total = total.min(cap);
            }
        }
        self.known.borrow_mut().insert(key, total.clone());
        total
    }

    /// The total, rounded.
    pub fn total(&self, who: usize) -> Fraction {
        let total = self.full_total(who);
        match self
            .scheme
            .get("rounding")
            .filter(|rule| text(rule, "when") == Some("total"))
        {
            None => total,
            Some(rule) => total.rounded(
                number(rule.get("place").unwrap()).unwrap().to_i64(),
                text(rule, "mode").unwrap(),
            ),
        }
    }

    /// The place within the cohort, where the scheme ranks.
    pub fn place(&self, who: usize) -> Option<usize> {
        let ranking = self.scheme.get("ranking")?;
        let then = text(ranking, "then").map(parse);
        let rated = |who: usize| {
            let then = then.as_ref().filter(|then| self.applies(then, who));
            (
                self.total(who),
                then.map(|then| self.number(then, Place { who, event: None }, "")),
            )
        };
        let own = rated(who);
        Some(1 + self.cohort(who).into_iter().filter(|other| rated(*other) > own).count())
    }

    fn earned(&self, who: usize) -> Option<usize> {
        let grades = self.scheme.get("grades")?;
        let bands = list(grades, "bands");
        let score = if text(grades, "compare") == Some("full") {
            self.full_total(who)
        } else {
            self.total(who)
        };
        let within = |band: &Value| {
            band.get("from").is_none_or(|from| score >= number(from).unwrap())
                && band.get("above").is_none_or(|above| score > number(above).unwrap())
                && text(band, "needs").is_none_or(|needs| self.holds(needs, who))
        };
        let last = bands.len() - 1;
        self.in_full.set(text(grades, "compare") == Some("full"));
        let mut grade = bands.iter().position(within).unwrap_or(last);
        self.in_full.set(false);
        let place = |name: &Value| bands.iter().position(|band| band.get("grade") == Some(name)).unwrap();
        for effect in ["grade_is", "grade_at_least", "grade_down", "grade_at_most"] {
            for veto in list(self.scheme, "vetoes") {
                let Some(value) = veto
                    .get(effect)
                    .filter(|_| self.holds(text(veto, "when").unwrap(), who))
                else {
                    continue;
                };
                grade = match effect {
                    "grade_is" => place(value),
                    "grade_at_least" => grade.min(place(value)),
                    "grade_down" => (grade + usize::try_from(number(value).unwrap().to_i64()).unwrap()).min(last),
                    _ => grade.max(place(value)),
                };
            }
        }
        Some(grade)
    }

    /// The grades of everybody, after quotas.
    pub fn grades(&self) -> Vec<Option<String>> {
        let mut held: Vec<Option<usize>> = (0..self.subjects.len()).map(|who| self.earned(who)).collect();
        let Some(bands) = self.scheme.get("grades").map(|grades| list(grades, "bands")) else {
            return vec![None; held.len()];
        };
        for quota in list(self.scheme, "quotas") {
            let grade = bands
                .iter()
                .position(|band| band.get("grade") == quota.get("grade"))
                .unwrap();
            let before = held.clone();
            for who in 0..held.len() {
                if before[who] != Some(grade) {
                    continue;
                }
                let cohort = self.cohort(who);
                let limit = match quota.get("share") {
                    Some(share) => {
                        let size = Fraction::whole(i64::try_from(cohort.len()).unwrap());
                        (size * number(share).unwrap()).rounded(0, text(quota, "rounding").unwrap())
                    }
                    None => number(quota.get("count").unwrap()).unwrap(),
                };
                let own = self.total(who);
                let holders: Vec<Fraction> = cohort
                    .iter()
                    .filter(|other| before[**other] == Some(grade))
                    .map(|other| self.total(*other))
                    .collect();
                let mut position = 1 + holders.iter().filter(|total| **total > own).count();
                if text(quota, "ties") == Some("drop") {
                    position += holders.iter().filter(|total| **total == own).count() - 1;
                }
                if Fraction::whole(i64::try_from(position).unwrap()) > limit {
                    held[who] = Some(grade + 1);
                }
            }
        }
        let word = |grade: usize| text(&bands[grade], "grade").unwrap().to_owned();
        held.into_iter().map(|grade| grade.map(word)).collect()
    }
}
