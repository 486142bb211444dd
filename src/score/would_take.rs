//! What would it take: per fact that can still be improved, everything else fixed, the nearest value that reaches a goal.
//!
//! A goal is reached when it is sure: with what else is unknown falling out worst. The search halves the declared range
//! and leaves out every part whose best possible result is below the goal, so that what it finds is the nearest, and
//! that nothing is found means that there is nothing. The value found is scored as a sheet would score it.

use serde::Serialize;

use super::bounds::Field;
use super::difference::{find, sheet_of};
use super::{Entrant, Range, Sheet};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Declaration, FactValue, Facts, FieldValue, Held, Kind};
use crate::scheme::Scheme;

/// So many parts of a range are looked at before a search is given up; a search over a thousand million values that goes
/// well looks at some sixty.
const MOST_PARTS: usize = 20_000;
/// Decimal places of a number whose declaration states none.
const PLACES: u32 = 2;

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A total of at least this.
    Total(Exact),
    /// This grade or a better one.
    Grade(String),
}

impl Goal {
    /// As a sentence names it.
    pub fn zh(&self) -> String {
        match self {
            Goal::Total(total) => format!("总分不低于 {} 分", total.shown()),
            Goal::Grade(grade) => format!("等次“{grade}”"),
        }
    }
}

/// What the search found for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The goal is reached as things stand.
    AlreadyReached,
    /// A value reaches it.
    Reachable,
    /// No value in the declared range does.
    OutOfReach,
    /// Not searched: events, ballots, and facts that do not apply.
    NotSearched,
    /// The search was given up; nothing is said.
    Undecided,
}

/// What it would take of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Its value now, as people read it.
    pub now: String,
    /// What was found.
    pub verdict: Verdict,
    /// The nearest value, as a facts document writes it.
    pub value: Option<String>,
    /// How far it is from the value now, where both are numbers or days.
    pub by: Option<Exact>,
    /// The total that it gives.
    pub total: Option<Range>,
    /// The grades that it may give.
    pub grades: Vec<String>,
    /// What people read.
    pub zh: String,
}

/// What it would take to reach a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WouldTake {
    /// The subject.
    pub subject: String,
    /// The goal.
    pub goal: Goal,
    /// Whether it is reached as things stand.
    pub reached: bool,
    /// The total as things stand.
    pub total: Range,
    /// The grades as things stand.
    pub grades: Vec<String>,
    /// The facts that are declared improvable, in declared order.
    pub facts: Vec<Taken>,
    /// What people read.
    pub zh: String,
}

/// What it would take of each fact that is declared improvable, everything else fixed, for a subject to reach a goal.
///
/// The nearest value is told, in either direction; of two at the same distance the one with the higher total, then the
/// higher value. A fact that is only known to lie in a range is searched within it from its low end up; an unknown choice
/// from its last word up, an unknown yes or no from no.
///
/// # Errors
/// As [`score_together`](super::score_together); a refusal when the subject is not there or the scheme has no such grade.
pub fn would_take(scheme: &Scheme, entrants: &[Entrant<'_>], subject: &str, goal: &Goal) -> Result<WouldTake> {
    let own = find(entrants, subject)?;
    let grades = scheme.grades();
    let place = match goal {
        Goal::Total(_) => None,
        Goal::Grade(wanted) => match grades.iter().position(|grade| grade == wanted) {
            Some(place) => Some(place),
            None => {
                let zh = format!("办法没有等次“{wanted}”，可选：{}", grades.join("、"));
                let en = format!("the scheme has no grade \"{wanted}\"; there are: {}", grades.join(", "));
                let finding = Finding::error("score.no_such_grade", "", zh, en);
                return Err(Error::one(ErrorKind::Refused, finding));
            }
        },
    };
    // A scheme that compares nobody needs nobody else.
    let alone = [own];
    let entrants = if scheme.needs_cohort() { entrants } else { &alone };
    let now = sheet_of(scheme, entrants, subject)?;
    let asking = entrants
        .iter()
        .position(|entrant| entrant.facts.subject == subject)
        .unwrap_or(0);
    let mut search = Search {
        scheme,
        entrants,
        own,
        goal,
        place,
        field: Field::new(scheme, entrants, asking)?,
        parts: 0,
    };
    let reached = search.is_reached(&now);
    let mut facts = Vec::new();
    for (number, declaration) in scheme.facts().iter().enumerate().filter(|(_, fact)| fact.improvable) {
        facts.push(search.fact(number, declaration, &now, reached)?);
    }
    let zh = if reached {
        format!("目标（{}）按现有事实已经达到，总分 {}", goal.zh(), now.total.zh())
    } else {
        let told: Vec<&str> = facts.iter().map(|fact| fact.zh.as_str()).collect();
        let told = if told.is_empty() {
            "没有声明可改进的事实".to_owned()
        } else {
            told.join("；")
        };
        format!(
            "目标（{}）尚未达到，总分 {}。只改一项，其余不变：{told}",
            goal.zh(),
            now.total.zh()
        )
    };
    Ok(WouldTake {
        subject: subject.to_owned(),
        goal: goal.clone(),
        reached,
        total: now.total,
        grades: now.grades,
        facts,
        zh,
    })
}

struct Search<'a> {
    scheme: &'a Scheme,
    entrants: &'a [Entrant<'a>],
    own: Entrant<'a>,
    goal: &'a Goal,
    /// The place of the grade that is wanted.
    place: Option<usize>,
    field: Field<'a>,
    /// Parts of ranges looked at for the fact at hand.
    parts: usize,
}

/// A value that reaches the goal, with its sheet.
struct Found {
    held: Held,
    sheet: Sheet,
}

/// What a search comes to.
enum Outcome {
    Found(Box<Found>),
    None,
    GivenUp,
}

/// The numbers that a fact may be: whole multiples of a step.
struct Grid {
    step: Exact,
}

impl Grid {
    fn of(declaration: &Declaration) -> Grid {
        let places = match declaration.kind {
            Kind::Number | Kind::Money => declaration.places.unwrap_or(PLACES),
            _ => 0,
        };
        let tenth = Exact::ONE.checked_div(&Exact::from(10_i32)).unwrap_or(Exact::ONE);
        let step = (0..places).fold(Exact::ONE, |step, _| &step * &tenth);
        Grid { step }
    }

    /// The last place at or below a number.
    fn below(&self, number: &Exact) -> i128 {
        let place = number.checked_div(&self.step).map(|place| place.floor());
        place.and_then(|place| place.to_i128()).unwrap_or(0)
    }

    /// The first place at or above a number.
    fn above(&self, number: &Exact) -> i128 {
        self.below(&-number).saturating_neg()
    }

    fn at(&self, place: i128) -> Exact {
        Exact::ratio(place, 1).map_or(Exact::ZERO, |place| &place * &self.step)
    }

    fn between(&self, from: i128, to: i128) -> Held {
        Held::Number(Interval::between(self.at(from), self.at(to)))
    }
}

impl Search<'_> {
    fn is_reached(&self, sheet: &Sheet) -> bool {
        match (self.goal, self.place) {
            (Goal::Total(least), _) => sheet.total.lowest >= *least,
            (Goal::Grade(_), Some(wanted)) => {
                let grades = self.scheme.grades();
                let good = |held: &String| {
                    grades
                        .iter()
                        .position(|grade| grade == held)
                        .is_some_and(|at| at <= wanted)
                };
                !sheet.grades.is_empty() && sheet.grades.iter().all(good)
            }
            (Goal::Grade(_), None) => false,
        }
    }

    /// Whether a fact held so may reach the goal; sure only where `false`.
    fn may_reach(&mut self, fact: usize, held: &Held) -> bool {
        self.parts = self.parts.saturating_add(1);
        let bounds = self.field.bounds(fact, held);
        match (self.goal, self.place) {
            (Goal::Total(least), _) => bounds.total.high.is_none_or(|high| high >= *least),
            (Goal::Grade(_), Some(wanted)) => {
                let best = bounds.grade.and_then(|grade| grade.low);
                best.is_none_or(|best| best <= Exact::from(wanted))
            }
            (Goal::Grade(_), None) => false,
        }
    }

    /// The sheet of the subject with this value of the fact, when it reaches the goal.
    fn reaching(&mut self, fact: usize, declaration: &Declaration, held: Held) -> Result<Option<Found>> {
        if !self.may_reach(fact, &held) {
            return Ok(None);
        }
        let Some(value) = written(declaration, &held) else {
            return Ok(None);
        };
        let facts = with(self.own.facts, &declaration.name, value);
        let entrants: Vec<Entrant<'_>> = self
            .entrants
            .iter()
            .map(|entrant| {
                if entrant.facts.subject == facts.subject {
                    Entrant {
                        facts: &facts,
                        results: entrant.results,
                    }
                } else {
                    *entrant
                }
            })
            .collect();
        let sheet = sheet_of(self.scheme, &entrants, &facts.subject)?;
        Ok(self.is_reached(&sheet).then_some(Found { held, sheet }))
    }

    /// The first value from one place of the grid towards another that reaches the goal.
    fn first(&mut self, fact: usize, declaration: &Declaration, from: i128, to: i128) -> Result<Outcome> {
        let grid = Grid::of(declaration);
        let mut open = vec![(from, to)];
        while let Some((from, to)) = open.pop() {
            if from == to {
                if let Some(found) = self.reaching(fact, declaration, grid.between(from, to))? {
                    return Ok(Outcome::Found(Box::new(found)));
                }
            } else if self.may_reach(fact, &grid.between(from, to)) {
                // Halved towards the near end, so that every half is shorter whichever way the search goes.
                let half = to.saturating_sub(from).wrapping_div(2);
                let middle = from.saturating_add(half);
                let beyond = if to > from {
                    middle.saturating_add(1)
                } else {
                    middle.saturating_sub(1)
                };
                open.push((beyond, to));
                open.push((from, middle));
            }
            if self.parts > MOST_PARTS {
                return Ok(Outcome::GivenUp);
            }
        }
        Ok(Outcome::None)
    }

    fn fact(&mut self, fact: usize, declaration: &Declaration, now: &Sheet, reached: bool) -> Result<Taken> {
        self.parts = 0;
        let Some(admitted) = self
            .field
            .admission()
            .and_then(|admission| admission.facts.get(fact))
            .cloned()
        else {
            return Err(Error::new(ErrorKind::Refused, Vec::new()));
        };
        if reached {
            let told = (Some(now.total.clone()), now.grades.clone());
            return Ok(taken(declaration, &admitted, Verdict::AlreadyReached, None, told));
        }
        let outcome = match &admitted.held {
            Held::Number(interval) => self.number(fact, declaration, interval)?,
            Held::Truth(truth) => {
                let candidates = match truth {
                    Some(truth) => vec![!truth],
                    None => vec![false, true],
                };
                self.one_of(
                    fact,
                    declaration,
                    candidates.into_iter().map(|truth| Held::Truth(Some(truth))),
                )?
            }
            Held::Word(word) => {
                let words = near_words(&declaration.words, word.as_deref());
                self.one_of(fact, declaration, words.into_iter().map(|word| Held::Word(Some(word))))?
            }
            Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => {
                return Ok(taken(
                    declaration,
                    &admitted,
                    Verdict::NotSearched,
                    None,
                    (None, Vec::new()),
                ));
            }
        };
        Ok(match outcome {
            Outcome::Found(found) => {
                let told = (Some(found.sheet.total), found.sheet.grades);
                taken(declaration, &admitted, Verdict::Reachable, Some(found.held), told)
            }
            Outcome::None => taken(declaration, &admitted, Verdict::OutOfReach, None, (None, Vec::new())),
            Outcome::GivenUp => taken(declaration, &admitted, Verdict::Undecided, None, (None, Vec::new())),
        })
    }

    fn one_of(
        &mut self,
        fact: usize,
        declaration: &Declaration,
        candidates: impl Iterator<Item = Held>,
    ) -> Result<Outcome> {
        for held in candidates {
            if let Some(found) = self.reaching(fact, declaration, held)? {
                return Ok(Outcome::Found(Box::new(found)));
            }
        }
        Ok(Outcome::None)
    }

    fn number(&mut self, fact: usize, declaration: &Declaration, held: &Interval) -> Result<Outcome> {
        let grid = Grid::of(declaration);
        let Some(value) = held.single() else {
            // What is known of it stays so: at least so many, or anything that is declared.
            let (Some(low), Some(high)) = (&held.low, &held.high) else {
                return Ok(Outcome::None);
            };
            let (from, to) = (grid.above(low), grid.below(high));
            return if from <= to {
                self.first(fact, declaration, from, to)
            } else {
                Ok(Outcome::None)
            };
        };
        let (first, last) = (grid.above(&declaration.least()), grid.below(&declaration.greatest()));
        let (near, next) = (grid.below(value), grid.above(value));
        let up = if next <= last {
            self.first(fact, declaration, next.max(first), last)?
        } else {
            Outcome::None
        };
        // Downwards no further than upwards: what is farther is not nearest.
        let lowest = match &up {
            Outcome::Found(found) => {
                let reach = distance(value, &found.held).unwrap_or(Exact::ZERO);
                first.max(grid.above(&(value - &reach)))
            }
            _ => first,
        };
        if let Outcome::GivenUp = up {
            return Ok(up);
        }
        let near = near.min(last);
        let down = if lowest <= near {
            self.first(fact, declaration, near, lowest)?
        } else {
            Outcome::None
        };
        Ok(match (up, down) {
            (Outcome::Found(up), Outcome::Found(down)) => {
                let (far, near) = (distance(value, &up.held), distance(value, &down.held));
                let higher = down.sheet.total.lowest > up.sheet.total.lowest;
                Outcome::Found(if near < far || (near == far && higher) {
                    down
                } else {
                    up
                })
            }
            (up, Outcome::None) => up,
            (_, down) => down,
        })
    }
}

fn distance(from: &Exact, to: &Held) -> Option<Exact> {
    match to {
        Held::Number(interval) => interval.single().map(|to| (to - from).abs()),
        _ => None,
    }
}

/// All other words, the nearest first; of two the better one. From an unknown word: from the last.
fn near_words(words: &[String], now: Option<&str>) -> Vec<String> {
    let place = now.and_then(|now| words.iter().position(|word| word == now));
    let mut ordered: Vec<(usize, &String)> = match place {
        Some(place) => {
            let others = words.iter().enumerate().filter(|(at, _)| *at != place);
            others.map(|(at, word)| (at.abs_diff(place), word)).collect()
        }
        None => words.iter().rev().enumerate().collect(),
    };
    // Stable: of two at one distance the better word stands first.
    ordered.sort_by_key(|(distance, _)| *distance);
    ordered.into_iter().map(|(_, word)| word.clone()).collect()
}

/// The value as it is reported.
fn written(declaration: &Declaration, held: &Held) -> Option<FactValue> {
    let plain = match held {
        Held::Number(interval) if declaration.kind == Kind::Date => {
            FieldValue::Text(day(interval.single()?)?.to_string())
        }
        Held::Number(interval) => FieldValue::Number(interval.single()?.clone()),
        Held::Truth(truth) => FieldValue::Truth((*truth)?),
        Held::Word(word) => FieldValue::Text(word.clone()?),
        Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => return None,
    };
    Some(match plain {
        value if declaration.judged => FactValue::Judged {
            value,
            by: "试算".to_owned(),
            reason: "试算".to_owned(),
        },
        // A zero that counts is declared by somebody.
        FieldValue::Number(number) if number.is_zero() => FactValue::Zero("试算".to_owned()),
        FieldValue::Number(number) => FactValue::Number(number),
        FieldValue::Truth(truth) => FactValue::Truth(truth),
        FieldValue::Text(text) => FactValue::Text(text),
    })
}

fn day(number: &Exact) -> Option<Date> {
    Date::from_number(i64::try_from(number.to_i128()?).ok()?)
}

/// The facts with one value changed.
fn with(facts: &Facts, name: &str, value: FactValue) -> Facts {
    let mut facts = facts.clone();
    match facts.values.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value,
        None => facts.values.push((name.to_owned(), value)),
    }
    facts
}

fn taken(
    declaration: &Declaration,
    admitted: &Admitted,
    verdict: Verdict,
    found: Option<Held>,
    (total, grades): (Option<Range>, Vec<String>),
) -> Taken {
    let (name, unit, now) = (&declaration.name, declaration.unit_zh(), admitted.shown());
    let shown = found.as_ref().map(|held| {
        let mut shown = admitted.clone();
        shown.held = held.clone();
        shown.shown()
    });
    let by = match (&admitted.held, &found) {
        (Held::Number(now), Some(found)) => now.single().and_then(|now| distance(now, found)),
        _ => None,
    };
    let zh = match (verdict, &shown) {
        (Verdict::Reachable, Some(shown)) => {
            let points = total.as_ref().map(Range::zh).unwrap_or_default();
            format!("“{name}”由 {now}{unit} 改为 {shown}{unit}，总分 {points}")
        }
        (Verdict::AlreadyReached, _) => format!("“{name}”现为 {now}{unit}，已达到"),
        (Verdict::NotSearched, _) => format!("“{name}”是{}或不适用，不作试算", declaration.kind.zh()),
        (Verdict::Undecided, _) => format!("“{name}”试算次数过多，未能得出结论"),
        _ => format!("“{name}”在声明的范围内怎么改都达不到"),
    };
    let value = found.and_then(|held| match held {
        Held::Number(interval) if declaration.kind == Kind::Date => Some(day(interval.single()?)?.to_string()),
        Held::Number(interval) => interval.single().map(Exact::to_string),
        Held::Truth(truth) => truth.map(|truth| truth.to_string()),
        Held::Word(word) => word,
        Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => None,
    });
    Taken {
        name: name.clone(),
        unit: declaration.unit.clone(),
        now,
        verdict,
        value,
        by,
        total,
        grades,
        zh,
    }
}
