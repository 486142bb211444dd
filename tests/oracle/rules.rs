//! The rule kinds of section 7, each one function whose text is the formula of the reference.

use std::cell::Cell;
use std::collections::BTreeMap;

use zeren::document::Value;

use super::day;
use super::expression::{Expression, parse};
use super::fraction::Fraction;
use super::world::{Place, World, list, number, text};

/// A rule read for one subject. Every expression that it reads is looked at, so that it is known whether the rule applies.
pub struct Rule<'r> {
    pub world: &'r World<'r>,
    pub who: usize,
    pub rule: &'r Value,
    pub full: Fraction,
    pub applies: Cell<bool>,
}

fn zero() -> Fraction {
    Fraction::zero()
}

fn one() -> Fraction {
    Fraction::whole(1)
}

/// Whole steps are those that are complete.
fn stepped(steps: Fraction, parts: Option<&str>) -> Fraction {
    if parts == Some("whole") {
        steps.rounded(0, "down")
    } else {
        steps
    }
}

impl Rule<'_> {
    fn here(&self) -> Place<'_> {
        Place {
            who: self.who,
            event: None,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.rule.get(name).is_some()
    }

    fn word(&self, name: &str) -> &str {
        text(self.rule, name).unwrap_or("")
    }

    fn parsed(&self, text: &str) -> Option<Expression> {
        let expression = parse(text);
        if self.world.applies(&expression, self.who) {
            Some(expression)
        } else {
            self.applies.set(false);
            None
        }
    }

    fn truth_of(&self, text: &str) -> bool {
        self.parsed(text)
            .is_some_and(|expression| self.world.truth(&expression, self.here(), ""))
    }

    fn number_of(&self, text: &str) -> Fraction {
        self.parsed(text)
            .map_or_else(one, |expression| self.world.number(&expression, self.here(), ""))
    }

    fn amount_of(&self, value: &Value) -> Fraction {
        number(value).unwrap_or_else(|| self.number_of(value.as_text().unwrap()))
    }

    fn amount(&self, name: &str) -> Option<Fraction> {
        self.rule.get(name).map(|value| self.amount_of(value))
    }

    /// An amount, unless it is `"none"`.
    fn limit_of(&self, within: &Value, name: &str) -> Option<Fraction> {
        within
            .get(name)
            .filter(|value| value.as_text() != Some("none"))
            .map(|value| self.amount_of(value))
    }

    fn bounded(&self, points: Fraction) -> Fraction {
        let points = self
            .limit_of(self.rule, "floor")
            .map_or(points.clone(), |floor| points.max(floor));
        self.limit_of(self.rule, "cap")
            .map_or(points.clone(), |cap| points.min(cap))
    }

    pub fn points(&self) -> Fraction {
        match self.word("kind") {
            "all_or_nothing" => self.all_or_nothing(),
            "checklist" => self.checklist(),
            "ratio" => self.ratio(),
            "bands" => self.bands(),
            "choice" => self.choice(),
            "interpolate" => self.interpolate(),
            "slope" => self.slope(),
            "steps" => self.steps(),
            "gap" => self.gap(),
            "deduct" => self.deduct(),
            "late" => self.late(),
            "earn" => self.earn(),
            "award" => self.award(),
            "rank" => self.rank(),
            "benchmark" => self.benchmark(),
            "minmax" => self.minmax(),
            "panel" => self.panel(),
            "vote" => self.vote(),
            "discretion" => self.discretion(),
            "by_hand" => self.by_hand(),
            "decision" => self.decision(),
            "better_of" => self.better_of(),
            "subordinates" => self.subordinates(),
            "joint" => self.joint(),
            "expiring" => self.expiring(),
            "included" => self.included(),
            "formula" => self.bounded(self.number_of(self.word("value"))),
            other => panic!("the oracle knows no kind {other}"),
        }
    }

    fn all_or_nothing(&self) -> Fraction {
        let (pass, fail) = (self.amount("pass"), self.amount("fail"));
        if self.truth_of(self.word("when")) {
            pass.unwrap_or_else(|| self.full.clone())
        } else {
            fail.unwrap_or_else(zero)
        }
    }

    fn checklist(&self) -> Fraction {
        if self.has("parts") {
            let part = |part: &Value| {
                let points = self.amount_of(part.get("points").unwrap());
                if self.truth_of(text(part, "when").unwrap()) {
                    points
                } else {
                    zero()
                }
            };
            return list(self.rule, "parts").iter().map(part).sum();
        }
        let (done, of) = (self.number_of(self.word("done")), self.amount("of").unwrap());
        self.full.clone() * done.max(zero()).min(of.clone()) / of
    }

    /// What becomes of points above full points.
    fn over_full(&self, points: Fraction) -> Fraction {
        if self.word("over_full") == "lost" {
            return points.min(self.full.clone());
        }
        self.limit_of(self.rule, "at_most")
            .map_or(points.clone(), |most| points.min(most))
    }

    fn ratio(&self) -> Fraction {
        let (value, target) = (self.number_of(self.word("value")), self.amount("target").unwrap());
        let lower = self.rule.get("lower_is_better") == Some(&Value::Bool(true));
        let r = if lower { target / value } else { value / target };
        let mut points = self.full.clone() * r.clone();
        if let Some(cliff) = self.rule.get("cliff") {
            let (under, gives) = (
                self.amount_of(cliff.get("under").unwrap()),
                self.amount_of(cliff.get("gives").unwrap()),
            );
            if r < under {
                points = gives;
            }
        }
        self.over_full(points.max(self.amount("at_least").unwrap_or_else(zero)))
    }

    fn bands(&self) -> Fraction {
        let value = self.number_of(self.word("value"));
        let otherwise = self.amount("otherwise").unwrap_or_else(zero);
        let within = |band: &Value| {
            let side = |name: &str, holds: fn(&Fraction, &Fraction) -> bool| {
                band.get(name).is_none_or(|bound| holds(&value, &self.amount_of(bound)))
            };
            side("from", |a, b| a >= b)
                && side("above", |a, b| a > b)
                && side("to", |a, b| a <= b)
                && side("below", |a, b| a < b)
        };
        let band = list(self.rule, "bands").iter().find(|band| within(band));
        band.map_or(otherwise, |band| self.amount_of(band.get("points").unwrap()))
    }

    fn choice(&self) -> Fraction {
        let Some(expression) = self.parsed(self.word("value")) else {
            return zero();
        };
        let super::world::Val::Word(word) = self.world.value(&expression, self.here(), "") else {
            panic!("no word")
        };
        self.amount_of(self.rule.get("points").unwrap().get(&word).unwrap())
    }

    fn interpolate(&self) -> Fraction {
        let value = self.number_of(self.word("value"));
        let nodes: Vec<(Fraction, Fraction)> = list(self.rule, "nodes")
            .iter()
            .map(|node| {
                (
                    self.amount_of(node.get("at").unwrap()),
                    self.amount_of(node.get("points").unwrap()),
                )
            })
            .collect();
        let (first, last) = (&nodes[0], &nodes[nodes.len() - 1]);
        if value < first.0 {
            return if self.word("outside") == "flat" {
                first.1.clone()
            } else {
                zero()
            };
        }
        if value >= last.0 {
            return last.1.clone();
        }
        let pair = nodes
            .windows(2)
            .find(|pair| value >= pair[0].0 && value < pair[1].0)
            .unwrap();
        let share = (value - pair[0].0.clone()) / (pair[1].0.clone() - pair[0].0.clone());
        pair[0].1.clone() + share * (pair[1].1.clone() - pair[0].1.clone())
    }

    fn slope(&self) -> Fraction {
        let (value, base) = (self.number_of(self.word("value")), self.amount("base").unwrap());
        let progressive = |measured: Fraction, brackets: &[Value]| {
            let (mut from, mut sum) = (zero(), zero());
            for bracket in brackets {
                let to = bracket.get("to").map(|to| number(to).unwrap());
                let inside = measured.clone().min(to.clone().unwrap_or_else(|| measured.clone())) - from.clone();
                sum = sum + inside.max(zero()) * self.amount_of(bracket.get("rate").unwrap());
                from = to.unwrap_or(from);
            }
            sum
        };
        let up = list(self.rule, "brackets");
        let down = match self.rule.get("below").unwrap() {
            Value::Text(word) if word == "mirror" => up,
            Value::List(own) => own,
            _ => &[],
        };
        let won = progressive(value.clone().max(zero()), up);
        let lost = progressive((-value).max(zero()), down);
        self.bounded(base + won - lost)
    }

    fn steps(&self) -> Fraction {
        let (value, target) = (self.number_of(self.word("value")), self.amount("target").unwrap());
        let base = self.amount("base").unwrap_or_else(|| self.full.clone());
        let d = if self.word("measure") == "percent" {
            (value / target - one()) * Fraction::whole(100)
        } else {
            value - target
        };
        let above = !d.is_negative();
        let (side, far) = if above { ("over", d) } else { ("under", -d) };
        let side = self.rule.get(side).unwrap();
        if side.as_text() == Some("none") {
            return self.bounded(base);
        }
        if let Some(gives) = side.get("gives") {
            return self.bounded(self.amount_of(gives));
        }
        let amount = |name: &str| side.get(name).map(|value| self.amount_of(value));
        let starts = amount("starts").unwrap_or_else(zero);
        let beyond = (far.clone() - starts.clone()).max(zero());
        let mut count = stepped(beyond / amount("every").unwrap(), text(side, "parts"));
        if side.get("first") == Some(&Value::Bool(true)) {
            count = if far >= starts { count + one() } else { zero() };
        }
        let points = count * amount("each").unwrap();
        let points = self.limit_of(side, "cap").map_or(points.clone(), |cap| points.min(cap));
        self.bounded(if above { base + points } else { base - points })
    }

    fn gap(&self) -> Fraction {
        let (value, target) = (self.number_of(self.word("value")), self.amount("target").unwrap());
        let gap = if self.word("better") == "higher" {
            target - value
        } else {
            value - target
        };
        let every = self.amount("every").unwrap_or_else(one);
        let steps = stepped(gap.max(zero()) / every, text(self.rule, "parts"));
        self.bounded(self.full.clone() - steps * self.amount("each").unwrap())
    }

    /// Σ min(cap, times × count × each)
    fn channels(&self) -> Fraction {
        let channel = |channel: &Value| {
            let amount = |name: &str| channel.get(name).map(|value| self.amount_of(value));
            let mut count = match (text(channel, "count"), text(channel, "when")) {
                (Some(count), _) => self.number_of(count),
                (_, when) => {
                    if self.truth_of(when.unwrap()) {
                        one()
                    } else {
                        zero()
                    }
                }
            };
            if channel.get("whole") == Some(&Value::Bool(true)) {
                count = count.rounded(0, "down");
            }
            let count = count.max(zero());
            let listed: Vec<Fraction> = list(channel, "escalate")
                .iter()
                .map(|each| self.amount_of(each))
                .collect();
            let cost = if listed.is_empty() {
                count * amount("each").unwrap()
            } else {
                let times = usize::try_from(count.rounded(0, "down").to_i64()).unwrap();
                (0..times).map(|time| listed[time.min(listed.len() - 1)].clone()).sum()
            };
            let cost = amount("times").unwrap_or_else(one) * cost;
            self.limit_of(channel, "cap").map_or(cost.clone(), |cap| cost.min(cap))
        };
        list(self.rule, "channels").iter().map(channel).sum()
    }

    fn deduct(&self) -> Fraction {
        let start = self.amount("start").unwrap_or_else(|| self.full.clone());
        self.bounded(start - self.channels())
    }

    fn earn(&self) -> Fraction {
        self.capped(self.amount("start").unwrap_or_else(zero) + self.channels())
    }

    /// Not above the cap, which is P when missing.
    fn capped(&self, points: Fraction) -> Fraction {
        match self.rule.get("cap") {
            None => points.min(self.full.clone()),
            Some(_) => self
                .limit_of(self.rule, "cap")
                .map_or(points.clone(), |cap| points.min(cap)),
        }
    }

    fn late(&self) -> Fraction {
        let (due, done) = (self.number_of(self.word("due")), self.number_of(self.word("done")));
        let late = (done - due - self.amount("grace").unwrap_or_else(zero)).max(zero());
        if self.rule.get("all") == Some(&Value::Bool(true)) {
            return if late.is_zero() { self.full.clone() } else { zero() };
        }
        let steps = stepped(
            late / self.amount("every").unwrap_or_else(one),
            text(self.rule, "parts"),
        );
        self.bounded(self.full.clone() - steps * self.amount("each").unwrap())
    }

    /// The events of the rule that count.
    fn events(&self) -> Vec<&Value> {
        let name = self.word("events");
        if !self.world.applicable(self.who, name) {
            self.applies.set(false);
            return Vec::new();
        }
        let all = self.world.events(self.who, name).iter();
        match text(self.rule, "where") {
            None => all.collect(),
            Some(filter) => all.filter(|event| self.truth_over(filter, event)).collect(),
        }
    }

    fn at<'e>(&self, event: &'e Value) -> Place<'e> {
        Place {
            who: self.who,
            event: Some(event),
        }
    }

    fn truth_over(&self, text: &str, event: &Value) -> bool {
        self.world.truth(&parse(text), self.at(event), self.word("events"))
    }

    fn number_over(&self, text: &str, event: &Value) -> Fraction {
        self.world.number(&parse(text), self.at(event), self.word("events"))
    }

    fn award(&self) -> Fraction {
        let levels = self.rule.get("levels").unwrap();
        let worth = |event: &Value| {
            let mut points = self.amount_of(levels.get(text(event, self.word("level")).unwrap()).unwrap());
            if let Some(factor) = text(self.rule, "factor") {
                points = points * self.number_over(factor, event);
            }
            for extra in list(self.rule, "extra") {
                if self.truth_over(text(extra, "where").unwrap(), event) {
                    points = points + self.amount_of(extra.get("points").unwrap());
                }
            }
            points
        };
        let events = self.events();
        let sum = if self.word("same_matter") == "highest" {
            let mut best: BTreeMap<&str, Fraction> = BTreeMap::new();
            for event in events {
                let points = worth(event);
                let held = best
                    .entry(text(event, self.word("matter")).unwrap())
                    .or_insert_with(|| points.clone());
                *held = held.clone().max(points);
            }
            best.into_values().sum()
        } else if let Some(period) = self.rule.get("per_period") {
            let cap = self.amount_of(period.get("cap").unwrap());
            let mut sums: BTreeMap<i64, Fraction> = BTreeMap::new();
            for event in events {
                let (year, month, _) = day::parts(day::parse(text(event, text(period, "date").unwrap()).unwrap()));
                let key = if text(period, "period") == Some("month") {
                    year * 12 + month
                } else {
                    year * 4 + (month - 1) / 3
                };
                let held = sums.entry(key).or_insert_with(zero);
                *held = held.clone() + worth(event);
            }
            sums.into_values().map(|sum| sum.min(cap.clone())).sum()
        } else {
            events.into_iter().map(worth).sum()
        };
        self.capped(sum)
    }

    fn rank(&self) -> Fraction {
        let value = parse(self.word("value"));
        let ranked = |who: usize| {
            text(self.rule, "when").is_none_or(|when| self.world.holds(when, who)) && self.world.applies(&value, who)
        };
        let own = self.number_of(self.word("value"));
        let who: Vec<usize> = self
            .world
            .cohort(self.who)
            .into_iter()
            .filter(|who| ranked(*who))
            .collect();
        let all = self.world.values(&who, &value);
        if self.word("ties") == "void"
            && all
                .iter()
                .any(|one| all.iter().filter(|other| *other == one).count() > 1)
        {
            self.applies.set(false);
        }
        if let Some(when) = text(self.rule, "when")
            && !self.truth_of(when)
        {
            return self.amount("otherwise").unwrap_or_else(zero);
        }
        let better = |one: &Fraction, other: &Fraction| {
            if self.word("order") == "descending" {
                one > other
            } else {
                one < other
            }
        };
        let ahead = all.iter().filter(|other| better(other, &own)).count();
        let level = all.iter().filter(|other| **other == own).count().max(1);
        let behind = all.iter().filter(|other| better(&own, other)).count();
        let mean = self.word("ties") == "mean";
        let places = if mean { ahead..ahead + level } else { ahead..ahead + 1 };
        let beyond = self.amount("beyond").unwrap_or_else(zero);
        let amounts = |name: &str| {
            list(self.rule, name)
                .iter()
                .map(|value| self.amount_of(value))
                .collect::<Vec<_>>()
        };
        let (front, back) = (amounts("points"), amounts("from_last"));
        let one_place = |place: usize| {
            if let (Some(first), Some(step)) = (self.amount("first"), self.amount("step")) {
                return first - Fraction::whole(i64::try_from(place).unwrap()) * step;
            }
            if ahead < front.len() || back.is_empty() {
                return front
                    .get(place)
                    .cloned()
                    .unwrap_or_else(|| if back.is_empty() { beyond.clone() } else { zero() });
            }
            back.get(place - ahead + behind)
                .cloned()
                .unwrap_or_else(|| beyond.clone())
        };
        let count = Fraction::whole(i64::try_from(places.len()).unwrap());
        let points = places.map(one_place).sum::<Fraction>() / count;
        if self.has("first") {
            points.max(self.amount("at_least").unwrap_or_else(zero))
        } else {
            points
        }
    }

    fn benchmark(&self) -> Fraction {
        let (own, value) = (self.number_of(self.word("value")), parse(self.word("value")));
        let all = self.world.cohort_values(self.who, &value);
        let lower = self.rule.get("lower_is_better") == Some(&Value::Bool(true));
        let mark = match self.word("against") {
            _ if all.is_empty() => one(),
            "best" => if lower {
                all.into_iter().min()
            } else {
                all.into_iter().max()
            }
            .unwrap(),
            "mean" => {
                let count = Fraction::whole(i64::try_from(all.len()).unwrap());
                all.into_iter().sum::<Fraction>() / count
            }
            _ => self.amount("against").unwrap(),
        };
        let share = if lower { mark / own } else { own / mark };
        self.over_full((self.full.clone() * share).max(zero()))
    }

    fn minmax(&self) -> Fraction {
        let (own, value) = (self.number_of(self.word("value")), parse(self.word("value")));
        let all = self.world.cohort_values(self.who, &value);
        let end = |name: &str, of: Option<Fraction>| {
            if self.word(name) == "cohort" {
                of.unwrap_or_else(zero)
            } else {
                self.amount(name).unwrap()
            }
        };
        let worst = end("worst", all.iter().min().cloned());
        let best = end("best", all.iter().max().cloned());
        let (base, equal) = (self.amount("base").unwrap(), self.amount("equal").unwrap());
        let points = if best == worst {
            equal
        } else {
            base.clone() + (self.full.clone() - base) * (own - worst.clone()) / (best - worst)
        };
        points.max(zero()).min(self.full.clone())
    }

    fn panel(&self) -> Fraction {
        let (out_of, none) = (self.amount("out_of").unwrap(), self.amount("none").unwrap());
        let mut scores: Vec<Fraction> = self
            .events()
            .iter()
            .map(|event| self.number_over(self.word("score"), event))
            .collect();
        if scores.is_empty() {
            return none;
        }
        scores.sort();
        if let Some(trim) = self.rule.get("trim") {
            let size = |name: &str| usize::try_from(number(trim.get(name).unwrap()).unwrap().to_i64()).unwrap();
            if scores.len() >= size("from") {
                scores.truncate(scores.len() - size("highest"));
                scores.drain(..size("lowest"));
            }
        }
        let count = Fraction::whole(i64::try_from(scores.len()).unwrap());
        self.full.clone() * (scores.into_iter().sum::<Fraction>() / count) / out_of
    }

    fn vote(&self) -> Fraction {
        let (out_of, void) = (self.amount("out_of").unwrap(), self.amount("void").unwrap());
        let poll = self.world.fact(self.who, self.word("ballots")).unwrap();
        let count = |name: &str| number(poll.get(name).unwrap()).unwrap();
        let denominator = count(self.word("denominator"));
        let quorum = self
            .amount("quorum")
            .is_none_or(|share| count("returned") >= count("issued") * share);
        if denominator.is_zero() || !quorum {
            return void;
        }
        let Some(Value::Object(weights)) = self.rule.get("weights") else {
            panic!("weights")
        };
        let weighted = weights.iter().map(|(word, weight)| {
            let votes = poll
                .get("votes")
                .unwrap()
                .get(word)
                .map_or_else(zero, |votes| number(votes).unwrap());
            self.amount_of(weight) * votes
        });
        self.full.clone() * weighted.sum::<Fraction>() / denominator / out_of
    }

    fn discretion(&self) -> Fraction {
        let (least, most) = (self.amount("least").unwrap(), self.amount("most").unwrap());
        let given = self.number_of(self.word("given")).max(least).min(most);
        if self.word("direction") == "award" {
            given
        } else {
            self.full.clone() - given
        }
    }

    fn by_hand(&self) -> Fraction {
        let points = self.full.clone() * self.number_of(self.word("given")) / self.amount("out_of").unwrap();
        points.max(zero()).min(self.full.clone())
    }

    fn decision(&self) -> Fraction {
        let rows: Vec<(bool, Fraction)> = list(self.rule, "rows")
            .iter()
            .map(|row| {
                (
                    self.truth_of(text(row, "when").unwrap()),
                    self.amount_of(row.get("points").unwrap()),
                )
            })
            .collect();
        let otherwise = self.amount("otherwise").unwrap();
        rows.into_iter()
            .find(|(holds, _)| *holds)
            .map_or(otherwise, |(_, points)| points)
    }

    fn better_of(&self) -> Fraction {
        let points = list(self.rule, "options").iter().map(|option| {
            let rule = Rule {
                rule: option,
                full: self.full.clone(),
                applies: Cell::new(true),
                ..*self
            };
            let points = rule.points();
            if !rule.applies.get() {
                self.applies.set(false);
            }
            points
        });
        let points: Vec<Fraction> = points.collect();
        if self.word("choose") == "higher" {
            points.into_iter().max()
        } else {
            points.into_iter().min()
        }
        .unwrap()
    }

    fn subordinates(&self) -> Fraction {
        let value = parse(self.word("value"));
        let all = self.world.values(&self.world.below(self.who), &value);
        if self.world.below(self.who).is_empty() || all.is_empty() {
            self.applies.set(false);
            return zero();
        }
        let count = Fraction::whole(i64::try_from(all.len()).unwrap());
        let combined = match self.word("combine") {
            "mean" => all.into_iter().sum::<Fraction>() / count,
            "lowest" => all.into_iter().min().unwrap(),
            "highest" => all.into_iter().max().unwrap(),
            _ => all.into_iter().sum(),
        };
        (self.full.clone() * combined / self.amount("out_of").unwrap())
            .max(zero())
            .min(self.full.clone())
    }

    fn joint(&self) -> Fraction {
        let share = self.amount("share").unwrap();
        let borne = |event: &&Value| {
            let whole = text(self.rule, "direct").is_some_and(|direct| self.truth_over(direct, event));
            self.number_over(self.word("each"), event) * if whole { one() } else { share.clone() }
        };
        let lost: Fraction = self.events().iter().map(borne).sum();
        self.bounded(self.full.clone() - lost)
    }

    fn expiring(&self) -> Fraction {
        let on = self.number_of(self.word("on")).to_i64();
        let repeat = self.amount("repeat_times").unwrap_or_else(one);
        let levels = self.rule.get("levels").unwrap();
        let mut events: Vec<(i64, i64, Fraction)> = self
            .events()
            .iter()
            .map(|event| {
                let force = levels.get(text(event, self.word("level")).unwrap()).unwrap();
                let from = day::parse(text(event, self.word("date")).unwrap());
                let months = number(force.get("months").unwrap()).unwrap().to_i64();
                (
                    from,
                    day::months_after(from, months),
                    number(force.get("points").unwrap()).unwrap(),
                )
            })
            .collect();
        events.sort_by_key(|(from, ..)| *from);
        let mut lost = zero();
        for (place, (from, until, points)) in events.iter().enumerate() {
            if *from <= on && on < *until {
                let again = events[..place].iter().any(|(_, earlier, _)| from < earlier);
                lost = lost + points.clone() * if again { repeat.clone() } else { one() };
            }
        }
        self.bounded(self.amount("start").unwrap_or_else(|| self.full.clone()) - lost)
    }

    fn included(&self) -> Fraction {
        let score = self.world.subjects[self.who].results[self.word("scheme")].clone();
        self.over_full(score * self.full.clone() / self.amount("out_of").unwrap())
    }
}
