//! Whether what is asked below makes up what is asked above.

use super::duties::{Bound, Duties, DutyPassed, How};
use super::flow::{Flow, Flowing, Part};
use super::{BreakdownRow, CascadeRule};
use crate::calendar::Date;
use crate::document::NumberText;
use crate::error::Finding;
use crate::exact::Exact;
use crate::ledger::Key;
use crate::letter::{Duty, DutyRole};
use crate::registry::{RegistryView, UnitRow};

/// A number of a letter, exact.
pub(super) fn exact(number: &NumberText) -> Exact {
    Exact::from_text(number.as_str()).unwrap_or_default()
}

/// What one receiver does with one letter, on its way to findings.
struct Case<'c, 'a> {
    registry: &'c RegistryView<'c>,
    flow: &'c Flow<'a>,
    letter: &'c Flowing<'a>,
    unit: Key<UnitRow>,
    rule: &'c CascadeRule,
}

/// Findings about breakdowns: missing and late ones, duties that stop half-way, targets that do not add up.
pub(super) fn findings(
    registry: &RegistryView<'_>,
    flow: &Flow<'_>,
    duties: &Duties,
    rule: &CascadeRule,
    found: &mut Vec<Finding>,
) {
    for letter in &flow.letters {
        for unit in letter.receivers.iter() {
            let case = Case {
                registry,
                flow,
                letter,
                unit,
                rule,
            };
            // Whoever has nobody below, or asks everything of posts of its own, has nothing to break down.
            let leads = !flow.below(unit).is_empty() && !letter.issuers.contains(unit);
            let filed = duties.filed(letter.id, unit, registry.when());
            if leads && !letter.duties.is_empty() {
                case.filing(filed.map(|(_, first)| first), found);
            }
            case.passed(filed.map(|(row, _)| row), leads, found);
        }
        strays(registry, flow, letter, rule, found);
    }
}

impl Case<'_, '_> {
    fn say(&self, code: &'static str, zh: &str, en: &str) -> Finding {
        let (title, name) = (self.letter.title, self.registry.name(self.unit));
        let zh = format!("“{name}”接受的责任书“{title}”：{zh}");
        let en = format!("letter \"{title}\" received by \"{name}\": {en}");
        Finding::warning(code, zh, en)
            .about(self.letter.id)
            .resting_on(self.rule.basis.as_deref())
    }

    /// Whether the breakdown was filed by its day.
    fn filing(&self, first: Option<Date>, found: &mut Vec<Finding>) {
        // What the letter's type asks for goes before what holds for all.
        let general = self.rule.breakdown_by.map(|by| (by, self.rule.basis.as_deref()));
        let Some((by, basis)) = self.letter.breakdown_by.or(general) else {
            return;
        };
        let day = self.registry.when().day;
        let told = match first {
            None if day > by => self.say(
                "cascade.breakdown_missing",
                &format!("应于{}前报送分解，尚未报送", by.zh()),
                &format!("its breakdown was due by {by} and is not filed"),
            ),
            Some(first) if first > by => {
                let days = by.days_until(first);
                self.say(
                    "cascade.breakdown_late",
                    &format!("分解应于{}前报送，于{}报送，迟 {days} 天", by.zh(), first.zh()),
                    &format!("its breakdown was due by {by} and filed on {first}, {days} days late"),
                )
            }
            _ => return,
        };
        found.push(told.resting_on(basis));
    }

    /// What became of each duty.
    fn passed(&self, filed: Option<&BreakdownRow>, leads: bool, found: &mut Vec<Finding>) {
        let said = |duty: &Duty| filed.and_then(|row| row.duties.iter().find(|passed| passed.duty == duty.id));
        let parts: Vec<(&Duty, Vec<Part<'_, '_>>)> = self
            .letter
            .duties
            .iter()
            .map(|duty| (duty, self.flow.parts(self.letter.id, &duty.id, self.unit)))
            .collect();
        // Without a filing and without any part below it is the whole breakdown that is missing, told above.
        let begun = filed.is_some() || parts.iter().any(|(_, parts)| !parts.is_empty());
        for (duty, parts) in &parts {
            // Who supports a duty need not pass it on.
            let supports = self.letter.role(&duty.id, self.unit) == Some(DutyRole::Supporting);
            match said(duty) {
                None if begun && leads && !supports && parts.is_empty() => found.push(self.say(
                    "cascade.duty_stopped",
                    &format!("责任“{}”既未分解到下级，也未注明由本级承担", duty.title),
                    &format!("duty \"{}\" is neither passed on nor kept", duty.title),
                )),
                None => {}
                Some(passed) if passed.how == How::Kept => self.kept(duty, parts, found),
                Some(_) if parts.is_empty() => found.push(self.say(
                    "cascade.duty_stopped",
                    &format!("责任“{}”已报分解，但下级责任书中没有对应责任", duty.title),
                    &format!(
                        "duty \"{}\" is said to be passed on, but no letter below holds it",
                        duty.title
                    ),
                )),
                Some(passed) => self.targets(duty, passed, parts, found),
            }
        }
        for passed in filed.into_iter().flat_map(|row| &row.duties) {
            if self.letter.duty(&passed.duty).is_none() {
                found.push(self.say(
                    "cascade.breakdown_of_no_duty",
                    &format!("所报分解中的“{}”不是该责任书的责任", passed.duty),
                    &format!("the breakdown speaks of \"{}\", which is no duty of it", passed.duty),
                ));
            }
        }
    }

    fn kept(&self, duty: &Duty, parts: &[Part<'_, '_>], found: &mut Vec<Finding>) {
        if !parts.is_empty() {
            let below: Vec<&str> = parts.iter().map(|part| part.letter.title).collect();
            let (title, below) = (&duty.title, below.join("、"));
            found.push(self.say(
                "cascade.kept_but_passed_on",
                &format!("责任“{title}”注明由本级承担，却又分解到：{below}"),
                &format!("duty \"{title}\" is kept at this level, but passed on by: {below}"),
            ));
        }
    }

    fn targets(&self, duty: &Duty, passed: &DutyPassed, parts: &[Part<'_, '_>], found: &mut Vec<Finding>) {
        if passed.how == How::Share {
            self.shares(duty, parts, found);
        }
        let Some(target) = &duty.target else { return };
        let title = &duty.title;
        // Only figures in one unit can be compared.
        let mut known: Vec<(&Part<'_, '_>, Exact)> = Vec::with_capacity(parts.len());
        for part in parts {
            match &part.duty.target {
                Some(own) if own.unit == target.unit => known.push((part, exact(&own.value))),
                Some(own) => found.push(self.say(
                    "cascade.target_units_differ",
                    &format!(
                        "责任“{title}”以“{}”计，下级责任书“{}”以“{}”计，不能相加比较",
                        target.unit, part.letter.title, own.unit
                    ),
                    &format!(
                        "duty \"{title}\" counts in \"{}\", letter \"{}\" below in \"{}\"",
                        target.unit, part.letter.title, own.unit
                    ),
                )),
                None if passed.how == How::Share => {}
                None => found.push(self.say(
                    "cascade.target_missing",
                    &format!("责任“{title}”有目标值，下级责任书“{}”没有", part.letter.title),
                    &format!(
                        "duty \"{title}\" has a target, letter \"{}\" below has none",
                        part.letter.title
                    ),
                )),
            }
        }
        let wanted = exact(&target.value);
        let bound = passed.bound.unwrap_or(Bound::AtLeast);
        if passed.how == How::Sum {
            // A sum over some of the parts says nothing of the whole, except that more than the most is too much.
            let sum = known.iter().fold(Exact::ZERO, |sum, (_, own)| &sum + own);
            let whole = known.len() == parts.len();
            if misses(&sum, &wanted, bound) && (whole || bound == Bound::AtMost) {
                let (side, unit) = (bound.zh(), &target.unit);
                found.push(self.say(
                    "cascade.target_sum",
                    &format!("责任“{title}”的目标为{side} {wanted} {unit}，下级合计 {sum} {unit}"),
                    &format!(
                        "duty \"{title}\" asks for {} {wanted} {unit}, the letters below for {sum} together",
                        bound.word()
                    ),
                ));
            }
            return;
        }
        for (part, own) in known {
            let due = match (passed.how, &part.duty.share) {
                (How::Share, Some(share)) => {
                    let share = &exact(share) * &wanted;
                    share.checked_div(&Exact::from(100)).unwrap_or_default()
                }
                (How::Share, None) => continue,
                _ => wanted.clone(),
            };
            if misses(&own, &due, bound) {
                let (side, unit, below) = (bound.zh(), &target.unit, part.letter.title);
                found.push(self.say(
                    "cascade.target_each",
                    &format!(
                        "责任“{title}”要求下级责任书“{below}”{side} {} {unit}，实为 {own} {unit}",
                        due.shown()
                    ),
                    &format!(
                        "duty \"{title}\" wants {} {due} {unit} of letter \"{below}\" below, which asks for {own}",
                        bound.word()
                    ),
                ));
            }
        }
    }

    fn shares(&self, duty: &Duty, parts: &[Part<'_, '_>], found: &mut Vec<Finding>) {
        let without = parts.iter().filter(|part| part.duty.share.is_none()).count();
        let shares = parts.iter().filter_map(|part| part.duty.share.as_ref());
        let sum = shares.fold(Exact::ZERO, |sum, share| &sum + &exact(share));
        if without == 0 && sum == Exact::from(100) {
            return;
        }
        let title = &duty.title;
        let mut zh = format!("责任“{title}”按比例分担，下级所占合计 {sum}%");
        if without > 0 {
            zh.push_str(&format!("，另有 {without} 份责任书未写明比例"));
        }
        let en = format!("the shares of duty \"{title}\" make {sum} %, {without} letters state none");
        found.push(self.say("cascade.shares_not_whole", &zh, &en));
    }
}

fn misses(own: &Exact, wanted: &Exact, bound: Bound) -> bool {
    match bound {
        Bound::AtLeast => own < wanted,
        Bound::AtMost => own > wanted,
    }
}

/// Duties that break down what their issuer was never asked.
fn strays(
    registry: &RegistryView<'_>,
    flow: &Flow<'_>,
    letter: &Flowing<'_>,
    rule: &CascadeRule,
    found: &mut Vec<Finding>,
) {
    for duty in letter.duties {
        let Some(from) = &duty.from else { continue };
        // A letter that is not in force on the day is told of by the letters themselves.
        let Some(above) = flow.letter(&from.letter) else {
            continue;
        };
        if above.duty(&from.duty).is_some() && above.receivers.iter().any(|unit| letter.issuers.contains(unit)) {
            continue;
        }
        let names: Vec<&str> = letter.issuers.iter().map(|unit| registry.name(unit)).collect();
        let (title, names) = (letter.title, names.join("、"));
        let zh = format!(
            "责任书“{title}”的责任“{}”注明分解自“{}”的“{}”，但签发方“{names}”没有承担该责任",
            duty.title, above.title, from.duty
        );
        let en = format!(
            "letter \"{title}\": duty \"{}\" claims to come from \"{}\" of \"{}\", which its issuer does not carry",
            duty.title, from.duty, above.title
        );
        found.push(
            Finding::warning("cascade.not_the_issuers_duty", zh, en)
                .about(letter.id)
                .resting_on(rule.basis.as_deref()),
        );
    }
}
