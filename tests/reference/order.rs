//! The order of application, steps 2 to 11: items, groups, pools, total.

use zeren::document::Value;

use super::documents::{list, text};
use super::evaluate::{At, mean};
use super::fraction::Fraction;
use super::kinds::Rule;

/// An item or group of one subject.
#[derive(Clone, Debug)]
pub struct Part {
    pub applies: bool,
    /// Points before the tail; what `item("id")` gives.
    pub own: Fraction,
    /// Points after the tail.
    pub points: Fraction,
    /// Points after rounding, before anything is done about what does not apply; of an item that applies.
    rounded: Fraction,
    /// P
    full: Fraction,
    /// Full points as they count above, converted with the points.
    worth: Fraction,
    /// What of the worth applies: where what does not apply is left out, the others carry its weight.
    present: Fraction,
}

impl At<'_> {
    /// The item or group of this id.
    pub fn part(self, id: &str) -> Part {
        let key = (self.subject, id.to_owned());
        if let Some(part) = self.cohort.parts.borrow().get(&key) {
            return part.clone();
        }
        let (json, pooled) = self.cohort.scheme.item(id);
        // Whoever asks, an item speaks of facts, not of the fields of an event.
        let at = self.outside_events();
        let part = if json.get("items").is_some() {
            at.group(json, pooled)
        } else {
            at.leaf(json, pooled)
        };
        self.cohort.parts.borrow_mut().insert(key, part.clone());
        part
    }

    fn list(self, items: &[Value]) -> Vec<Part> {
        items
            .iter()
            .map(|item| self.part(text(item.get("id")).unwrap()))
            .collect()
    }

    /// Whether a condition is there and holds; one that reads what does not apply does not hold.
    pub fn holds(self, condition: Option<&Value>) -> bool {
        self.reads(condition) && text(condition).is_some_and(|text| self.truth(&self.cohort.scheme.parse(text)))
    }

    /// An amount of a group, pool or total, when it is there; one that reads what does not apply changes nothing.
    fn limit(self, amount: Option<&Value>) -> Option<Fraction> {
        amount
            .filter(|amount| text(Some(amount)) != Some("none") && self.amount_applies(amount))
            .map(|amount| self.amount(amount))
    }

    fn reads(self, condition: Option<&Value>) -> bool {
        text(condition).is_none_or(|condition| self.applies(&self.cohort.scheme.parse(condition)))
    }

    /// Steps 2 to 6.
    fn leaf(self, item: &Value, pooled: bool) -> Part {
        let points = item.get("points").unwrap();
        let applies_to_points = points.get("by").is_none_or(|by| self.reads(Some(by)));
        let full = if applies_to_points {
            self.amount(points)
        } else {
            Fraction::zero()
        };
        let rule = Rule {
            at: self,
            json: item.get("rule").unwrap(),
            full: full.clone(),
        };
        let applies = applies_to_points
            && rule.applies()
            && (item.get("applies_when").is_none() || self.holds(item.get("applies_when")));
        let mut points = Fraction::zero();
        if applies {
            // 2. Raw points. 3. Zero, floor, cap.
            let mut raw = rule.raw();
            if self.holds(item.get("zero_when")) {
                raw.points = Fraction::zero();
            }
            // 4. Rounding.
            points = self.round(item.get("rounding"), "item", raw.whole());
        }
        let rounded = points.clone();
        // 5. Not applicable; in a pool nothing is added or taken off.
        let otherwise = item
            .get("not_applicable")
            .or(self.cohort.scheme.document.get("not_applicable"));
        let otherwise = if pooled {
            "zero"
        } else {
            text(otherwise).unwrap_or("renormalise")
        };
        if !applies {
            points = match otherwise {
                "full" => full.clone(),
                "mean" => full.clone() * self.mean_rate(),
                _ => Fraction::zero(),
            };
        }
        // 6. The tail.
        let worth = self.converted(item, full.clone());
        Part {
            applies,
            points: self.tail(item, points.clone()),
            own: points,
            rounded,
            full,
            present: if applies || otherwise != "renormalise" {
                worth.clone()
            } else {
                Fraction::zero()
            },
            worth,
        }
    }

    /// Rounded by a rule of its own, or by the scheme's at its moment.
    fn round(self, own: Option<&Value>, moment: &str, points: Fraction) -> Fraction {
        let scheme = self.cohort.scheme.document.get("rounding");
        let scheme = scheme.filter(|rule| text(rule.get("when")) == Some(moment));
        let Some(rule) = own.or(scheme) else { return points };
        let mode = text(rule.get("mode")).unwrap();
        match rule.get("interval") {
            Some(interval) => points.rounded_to(&self.amount(interval), mode),
            None => points.rounded(self.amount(rule.get("place").unwrap()).to_i64(), mode),
        }
    }

    /// The rate of the items that apply: Σ points / Σ full points, pools apart.
    fn mean_rate(self) -> Fraction {
        fn leaves<'v>(items: &'v [Value], into: &mut Vec<&'v Value>) {
            for item in items {
                match item.get("items") {
                    Some(inner) => leaves(list(Some(inner)), into),
                    None => into.push(item),
                }
            }
        }
        let mut all = Vec::new();
        leaves(list(self.cohort.scheme.document.get("items")), &mut all);
        let (mut points, mut full) = (Fraction::zero(), Fraction::zero());
        for item in all {
            if let Some((rounded, worth)) = self.applying(item) {
                (points, full) = (points + rounded, full + worth);
            }
        }
        if full.is_zero() { full } else { points / full }
    }

    /// Rounded points and full points of an item, when it applies. Its other steps may hang on the rate that is asked for.
    fn applying(self, item: &Value) -> Option<(Fraction, Fraction)> {
        let mut alone = item.clone();
        if let Value::Object(members) = &mut alone {
            members.retain(|(name, _)| !["not_applicable", "gates", "coefficient", "convert"].contains(&name.as_str()));
            members.push(("not_applicable".into(), Value::Text("zero".to_owned())));
        }
        let part = self.leaf(&alone, false);
        part.applies.then_some((part.rounded, part.full))
    }

    /// Gates, then coefficient, then conversion.
    fn tail(self, json: &Value, mut points: Fraction) -> Fraction {
        for gate in list(json.get("gates")) {
            if self.holds(gate.get("when")) {
                points = self
                    .limit(gate.get("at_most"))
                    .map_or(points.clone(), |most| points.clone().min(most));
            }
        }
        if let Some(coefficient) = self.limit(json.get("coefficient")) {
            points = points * coefficient;
        }
        self.converted(json, points)
    }

    fn converted(self, json: &Value, points: Fraction) -> Fraction {
        let convert = |end: &str| self.limit(json.get("convert").and_then(|convert| convert.get(end)));
        match (convert("from"), convert("to")) {
            (Some(from), Some(to)) => points * to / from,
            _ => points,
        }
    }

    /// Step 7.
    fn group(self, group: &Value, pooled: bool) -> Part {
        let items = list(group.get("items"));
        let parts = self.list(items);
        let applying: Vec<&Part> = parts.iter().filter(|part| part.applies).collect();
        let points = || applying.iter().map(|part| part.points.clone());
        let (own, mut worth, mut present) = match text(group.get("combine")) {
            None | Some("sum") => sums(&parts, |_| Fraction::whole(1)),
            Some("weighted") => sums(&parts, |place| self.amount(items[place].get("weight").unwrap())),
            Some(how) => {
                let worths: Vec<Fraction> = parts.iter().map(|part| part.worth.clone()).collect();
                let (own, worth) = match how {
                    "mean" => (mean(&points().collect::<Vec<_>>()), mean(&worths)),
                    "lowest" => (points().min(), worths.into_iter().min()),
                    _ => (points().max(), worths.into_iter().max()),
                };
                let worth = worth.unwrap();
                let present = if applying.is_empty() {
                    Fraction::zero()
                } else {
                    worth.clone()
                };
                (own.unwrap_or_else(Fraction::zero), worth, present)
            }
        };
        let mut own = own;
        if text(group.get("not_applicable")) == Some("renormalise") && !present.is_zero() {
            own = own * worth.clone() / present.clone();
            present = worth.clone();
        }
        let mut own = if self.holds(group.get("zero_when")) {
            Fraction::zero()
        } else {
            own
        };
        if let Some(floor) = self.limit(group.get("floor")) {
            own = own.max(floor);
        }
        if let Some(cap) = self.limit(group.get("cap")) {
            own = own.min(cap.clone());
            worth = worth.min(cap.clone());
            present = present.min(cap);
        }
        let least = group
            .get("least_applicable")
            .map_or(1, |least| self.amount(least).to_i64().max(1));
        let applies = applying.len() as i64 >= least;
        if !applies && group.get("least_applicable").is_some() {
            let otherwise = text(self.cohort.scheme.document.get("not_applicable")).unwrap_or("renormalise");
            own = if otherwise == "full" && !pooled {
                worth.clone()
            } else {
                Fraction::zero()
            };
            present = if ["full", "zero"].contains(&otherwise) {
                worth.clone()
            } else {
                Fraction::zero()
            };
        }
        Part {
            applies,
            points: self.tail(group, own.clone()),
            rounded: own.clone(),
            own,
            full: worth.clone(),
            worth: self.converted(group, worth),
            present: self.converted(group, present),
        }
    }

    /// A pool: the sum of its items while its condition holds, no more than its cap.
    fn pool(self, name: &str) -> Fraction {
        let Some(pool) = self.cohort.scheme.document.get(name) else {
            return Fraction::zero();
        };
        if pool.get("when").is_some() && !self.holds(pool.get("when")) {
            return self.capped(pool, Fraction::zero());
        }
        let sum = self
            .list(list(pool.get("items")))
            .into_iter()
            .map(|part| part.points)
            .sum();
        self.capped(pool, sum)
    }

    fn capped(self, pool: &Value, points: Fraction) -> Fraction {
        self.limit(pool.get("cap"))
            .map_or(points.clone(), |cap| points.min(cap))
    }

    /// The total, before rounding (`full`) or after it.
    pub fn total(self, full: bool) -> Fraction {
        let known = self.cohort.totals.borrow().get(&self.subject).cloned();
        let (before, after) = known.unwrap_or_else(|| {
            let totals = self.outside_events().totals();
            self.cohort.totals.borrow_mut().insert(self.subject, totals.clone());
            totals
        });
        if full { before } else { after }
    }

    /// Steps 8 to 11.
    fn totals(self) -> (Fraction, Fraction) {
        let document = &self.cohort.scheme.document;
        // 8. The sum, renormalised.
        let (mut total, worth, present) = sums(&self.list(list(document.get("items"))), |_| Fraction::whole(1));
        if present != worth && !present.is_zero() {
            total = total * worth / present;
        }
        // 9. Bonus, then penalties.
        total = total + self.pool("bonus") - self.pool("penalties");
        // 10. Score vetoes, those to nought first.
        let struck = |effect: &'static str| {
            let vetoes = list(document.get("vetoes"))
                .iter()
                .filter(move |veto| veto.get(effect).is_some());
            vetoes.filter(|veto| self.holds(veto.get("when")))
        };
        if struck("score_zero").next().is_some() {
            total = Fraction::zero();
        }
        for most in struck("score_at_most").filter_map(|veto| self.limit(veto.get("score_at_most"))) {
            total = total.min(most);
        }
        // 11. Floor and cap, then rounding.
        if let Some(limits) = document.get("total") {
            total = self
                .limit(limits.get("floor"))
                .map_or(total.clone(), |floor| total.clone().max(floor));
            total = self
                .limit(limits.get("cap"))
                .map_or(total.clone(), |cap| total.clone().min(cap));
        }
        (total.clone(), self.round(None, "total", total))
    }
}

/// Σ of points, worth and what of it applies, each × the weight of its place.
fn sums(parts: &[Part], weight: impl Fn(usize) -> Fraction) -> (Fraction, Fraction, Fraction) {
    let mut sums = (Fraction::zero(), Fraction::zero(), Fraction::zero());
    for (place, part) in parts.iter().enumerate() {
        let weight = weight(place);
        sums.0 = sums.0 + &part.points * &weight;
        sums.1 = sums.1 + &part.worth * &weight;
        sums.2 = sums.2 + &part.present * &weight;
    }
    sums
}
