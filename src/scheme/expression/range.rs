//! What the declared ranges say of an expression before any fact is known.

use super::assume::Context;
use super::signs::Signs;
use super::{Names, Type};
use crate::exact::{Exact, Interval};
use crate::fact::{FieldKind, Kind};
use crate::scheme::core::{
    Arithmetic, Core, Expiring, Gathered, Gathering, Group, Key, Ladder, Tally, Together, Within,
};

/// All numbers that the expression can be within the declared ranges; [`Interval::ALL`] when that is not known.
pub fn bounds(core: &Core, names: &Names<'_>) -> Interval {
    Context::new(names, None).range(core).interval
}

/// A named value, and what the declared ranges say of it. That is worked out once, when it is defined: a name that stood
/// for its text would double it wherever it is read twice.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Type,
    pub(super) range: Range,
    whole: bool,
}

impl Named {
    /// The name of a value over what is named before it.
    pub fn new(name: &str, core: &Core, kind: Type, names: &Names<'_>) -> Self {
        Named {
            name: name.to_owned(),
            kind,
            range: Context::new(names, None).range(core),
            whole: is_whole(core, names),
        }
    }
}

/// The numbers that something may be, and their signs.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) interval: Interval,
    pub(super) signs: Signs,
}

impl Range {
    fn of(interval: Interval) -> Self {
        Range {
            signs: Signs::of(&interval),
            interval,
        }
    }

    fn hull(&self, other: &Range) -> Range {
        Range {
            interval: self.interval.hull(&other.interval),
            signs: self.signs.or(other.signs),
        }
    }
}

impl Context<'_> {
    /// The range of a number. Depth is bounded by the parser, so recursion is too.
    pub(super) fn range(&mut self, core: &Core) -> Range {
        let mut range = self.bare(core);
        range.signs = range.signs.and(Signs::of(&range.interval));
        for known in self.known.iter().filter(|known| known.core == *core) {
            range.interval = range.interval.meet(&known.within);
            range.signs = range.signs.and(known.signs).and(Signs::of(&known.within));
        }
        range
    }

    fn bare(&mut self, core: &Core) -> Range {
        match core {
            Core::Arithmetic(operator, pair) => {
                let (one, other) = (self.range(&pair.0), self.range(&pair.1));
                combined(*operator, &one, &other)
            }
            Core::Absolute(inner) => {
                let inner = self.range(inner);
                Range {
                    interval: inner.interval.abs(),
                    signs: inner.signs.absolute(),
                }
            }
            Core::Round(inner, rounding) => {
                let inner = self.range(inner);
                Range {
                    interval: inner.interval.rounded(rounding),
                    // Rounding keeps the sign or gives nought.
                    signs: inner.signs.or(Signs::new(false, true, false)),
                }
            }
            Core::Root(inner, _, rounding) => {
                // Between one and the number itself.
                let inner = self.range(inner).interval;
                let low = inner.low.unwrap_or(Exact::ZERO).max(Exact::ZERO).min(Exact::ONE);
                let root = Interval {
                    low: Some(low),
                    high: inner.high.map(|high| high.max(Exact::ONE)),
                };
                Range::of(root.rounded(rounding))
            }
            Core::Select(parts) => {
                let yes = self.assuming(&parts.0, true, |context| context.range(&parts.1));
                let no = self.assuming(&parts.0, false, |context| context.range(&parts.2));
                yes.hull(&no)
            }
            Core::MonthsAfter(pair) => {
                let (day, months) = (self.range(&pair.0).interval, self.range(&pair.1).interval);
                let days = months.times(&Interval::point(Exact::from(31)));
                Range::of(day.plus(&days.hull(&nought())))
            }
            Core::WorkDays(pair) => {
                let (from, to) = (self.range(&pair.0).interval, self.range(&pair.1).interval);
                // Days between them, none of which need be a working day.
                let days = to.plus(&from.negated()).higher(&nought());
                Range::of(days.hull(&nought()))
            }
            Core::Defined(name) => match self.named(name) {
                Some(named) => named.range.clone(),
                None => Range::of(Interval::ALL),
            },
            Core::Tally(tally) => Range::of(self.tally(tally)),
            Core::Expiring(expiring) => Range::of(self.expiring(expiring)),
            Core::Ladder(ladder) => self.ladder(ladder),
            Core::Gathered(gathered) => self.gathered(gathered),
            Core::Result(_, most) => Range::of(Interval::between(Exact::ZERO, most.clone())),
            _ => Range::of(self.plain(core)),
        }
    }

    fn tally(&mut self, tally: &Tally) -> Interval {
        let declaration = self.names.inputs.declaration(tally.fact);
        let most = declaration.as_ref().map(|declaration| declaration.greatest());
        let outer = self.events.replace(tally.fact);
        let value = self.assuming(&tally.filter, true, |context| context.range(&tally.value).interval);
        self.events = outer;
        let count = |high: Option<Exact>| Interval {
            low: Some(Exact::ZERO),
            high,
        };
        let otherwise = match &tally.how {
            Together::Sum => None,
            Together::Highest { otherwise } | Together::Lowest { otherwise } | Together::Mean { otherwise, .. } => {
                Some(self.range(otherwise).interval)
            }
        };
        let each = match &tally.group {
            None => value,
            Some(Group {
                within: Within::Highest,
                key,
            }) => {
                // There are no more groups than words of the field.
                let words = match (key, &declaration) {
                    (Key::Field(field), Some(declaration)) => {
                        declaration.fields.get(*field).map(|field| field.words.len())
                    }
                    _ => None,
                };
                if let (Some(words @ 1..), Together::Sum) = (words, &tally.how) {
                    let groups = most.map_or(Exact::from(words), |most| most.min(Exact::from(words)));
                    return value.times(&count(Some(groups)));
                }
                value
            }
            Some(Group {
                within: Within::Capped(cap),
                ..
            }) => {
                let cap = self.range(cap).interval;
                let sum = value.times(&count(most.clone()));
                let group = sum.lower(&cap);
                if matches!(tally.how, Together::Sum) {
                    // No group has more than the cap, and all groups together no more than all events.
                    let high = group.times(&count(most.clone())).lower(&sum).high;
                    let low = value.lower(&cap).lower(&nought()).times(&count(most)).low;
                    return Interval { low, high };
                }
                group
            }
        };
        match otherwise {
            None => each.times(&count(most)),
            Some(otherwise) => each.hull(&otherwise),
        }
    }

    fn expiring(&mut self, expiring: &Expiring) -> Interval {
        let most = self
            .names
            .inputs
            .declaration(expiring.fact)
            .map(|declaration| declaration.greatest());
        let repeat = self.range(&expiring.repeat).interval.hull(&Interval::point(Exact::ONE));
        let points = expiring
            .levels
            .iter()
            .map(|(_, points, _)| Interval::point(points.clone()));
        let points = points.reduce(|one, other| one.hull(&other)).unwrap_or_else(nought);
        let count = Interval {
            low: Some(Exact::ZERO),
            high: most,
        };
        points.times(&repeat).times(&count)
    }

    fn ladder(&mut self, ladder: &Ladder) -> Range {
        let beyond = self.range(&ladder.beyond);
        ladder
            .points
            .iter()
            .fold(beyond, |hull, points| hull.hull(&self.range(points)))
    }

    /// Of other subjects nothing is known but what is declared.
    fn gathered(&mut self, gathered: &Gathered) -> Range {
        let value = Context::new(&self.names, None).range(&gathered.value);
        let from_nought = |open: bool| Some(Exact::ZERO).filter(|_| !open);
        match gathered.how {
            Gathering::Highest | Gathering::Lowest | Gathering::Mean => value,
            Gathering::Sum => Range::of(Interval {
                low: from_nought(value.signs.negative),
                high: from_nought(value.signs.positive),
            }),
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => Range::of(Interval {
                low: Some(Exact::ZERO),
                high: None,
            }),
        }
    }
}

fn nought() -> Interval {
    Interval::point(Exact::ZERO)
}

fn combined(operator: Arithmetic, one: &Range, other: &Range) -> Range {
    let (a, b) = (&one.interval, &other.interval);
    let (signs, with) = (one.signs, other.signs);
    let (interval, signs) = match operator {
        Arithmetic::Add => (a.plus(b), signs.plus(with)),
        Arithmetic::Subtract => (a.plus(&b.negated()), signs.plus(with.negated())),
        Arithmetic::Multiply => (a.times(b), signs.times(with)),
        Arithmetic::Divide => (a.over(b).unwrap_or(Interval::ALL), signs.over(with)),
        Arithmetic::Lower => (a.lower(b), signs.lower(with)),
        Arithmetic::Higher => (a.higher(b), signs.higher(with)),
    };
    Range { interval, signs }
}

/// Whether the value is a whole number whatever the facts are.
pub fn is_whole(core: &Core, names: &Names<'_>) -> bool {
    whole(core, names, None)
}

fn whole(core: &Core, names: &Names<'_>, events: Option<usize>) -> bool {
    let inputs = names.inputs;
    match core {
        Core::Number(number) => number.is_whole(),
        Core::Fact(fact) => inputs
            .declaration(*fact)
            .is_some_and(|declaration| matches!(declaration.kind, Kind::Count | Kind::Date)),
        Core::Field(place) => {
            let events = events.and_then(|events| inputs.declaration(events));
            let field = events.as_ref().and_then(|events| events.fields.get(*place));
            field.is_some_and(|field| field.kind == FieldKind::Date)
        }
        Core::Arithmetic(operator, pair) => {
            *operator != Arithmetic::Divide && whole(&pair.0, names, events) && whole(&pair.1, names, events)
        }
        Core::Defined(name) => names.defined.iter().any(|named| named.name == *name && named.whole),
        Core::Absolute(inner) => whole(inner, names, events),
        Core::Round(_, rounding) | Core::Root(_, _, rounding) => rounding.interval().is_whole(),
        Core::Select(parts) => whole(&parts.1, names, events) && whole(&parts.2, names, events),
        Core::MonthsAfter(_) | Core::WorkDays(_) => true,
        Core::Tally(tally) => {
            let cap = match &tally.group {
                Some(Group {
                    within: Within::Capped(cap),
                    ..
                }) => whole(cap, names, None),
                _ => true,
            };
            let how = match &tally.how {
                Together::Sum => true,
                Together::Highest { otherwise } | Together::Lowest { otherwise } => whole(otherwise, names, None),
                Together::Mean { .. } => false,
            };
            cap && how && whole(&tally.value, names, Some(tally.fact))
        }
        Core::Gathered(gathered) => match gathered.how {
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => true,
            Gathering::Highest | Gathering::Lowest | Gathering::Sum => whole(&gathered.value, names, None),
            Gathering::Mean => false,
        },
        _ => false,
    }
}
