//! Walking the core form: operands, what is read, and parts replaced.

use super::core::{Core, Expiring, Gathered, Group, Ladder, Tally, Together, Within};

impl Core {
    /// The operands, those about one event included.
    pub fn parts(&self) -> Vec<&Core> {
        match self {
            Core::Arithmetic(_, pair) | Core::Compare(_, pair) => vec![&pair.0, &pair.1],
            Core::And(pair) | Core::Or(pair) | Core::MonthsAfter(pair) | Core::WorkDays(pair) => {
                vec![&pair.0, &pair.1]
            }
            Core::Absolute(inner) | Core::Not(inner) | Core::Round(inner, _) | Core::Root(inner, ..) => vec![inner],
            Core::Select(parts) => vec![&parts.0, &parts.1, &parts.2],
            Core::Tally(tally) => {
                let mut parts = vec![&tally.filter, &tally.value];
                if let Some(Group {
                    within: Within::Capped(cap),
                    ..
                }) = &tally.group
                {
                    parts.push(cap);
                }
                match &tally.how {
                    Together::Sum => {}
                    Together::Highest { otherwise }
                    | Together::Lowest { otherwise }
                    | Together::Mean { otherwise, .. } => {
                        parts.push(otherwise);
                    }
                }
                parts
            }
            Core::Expiring(expiring) => vec![&expiring.on, &expiring.repeat],
            Core::Ladder(ladder) => {
                let mut parts = vec![&ladder.place, &ladder.width, &ladder.beyond];
                parts.extend(&ladder.points);
                parts
            }
            Core::Gathered(gathered) => {
                let mut parts = vec![&gathered.value];
                parts.extend(gathered.then.as_ref());
                parts.extend(gathered.when.as_ref());
                parts
            }
            Core::Number(_)
            | Core::Truth(_)
            | Core::Word(_)
            | Core::Fact(_)
            | Core::Applicable(_)
            | Core::Field(_)
            | Core::Cell(_)
            | Core::Result(..)
            | Core::Grade(_)
            | Core::ByGrade(..)
            | Core::Item(_)
            | Core::Total
            | Core::FullTotal
            | Core::Defined(_) => Vec::new(),
        }
    }

    /// The same core with parts replaced: where `with` gives something, that stands; elsewhere its operands are looked at.
    pub fn replaced(&self, with: &mut dyn FnMut(&Core) -> Option<Core>) -> Core {
        if let Some(core) = with(self) {
            return core;
        }
        fn two(pair: &(Core, Core), with: &mut dyn FnMut(&Core) -> Option<Core>) -> Box<(Core, Core)> {
            Box::new((pair.0.replaced(with), pair.1.replaced(with)))
        }
        fn one(core: &Core, with: &mut dyn FnMut(&Core) -> Option<Core>) -> Box<Core> {
            Box::new(core.replaced(with))
        }
        match self {
            Core::Arithmetic(operator, pair) => Core::Arithmetic(*operator, two(pair, with)),
            Core::Compare(operator, pair) => Core::Compare(*operator, two(pair, with)),
            Core::And(pair) => Core::And(two(pair, with)),
            Core::Or(pair) => Core::Or(two(pair, with)),
            Core::MonthsAfter(pair) => Core::MonthsAfter(two(pair, with)),
            Core::WorkDays(pair) => Core::WorkDays(two(pair, with)),
            Core::Absolute(inner) => Core::Absolute(one(inner, with)),
            Core::Not(inner) => Core::Not(one(inner, with)),
            Core::Round(inner, rounding) => Core::Round(one(inner, with), rounding.clone()),
            Core::Root(inner, degree, rounding) => Core::Root(one(inner, with), *degree, rounding.clone()),
            Core::Select(parts) => Core::Select(Box::new((
                parts.0.replaced(with),
                parts.1.replaced(with),
                parts.2.replaced(with),
            ))),
            Core::Tally(tally) => Core::Tally(Box::new(tally.replaced(with))),
            Core::Expiring(expiring) => Core::Expiring(Box::new(Expiring {
                on: expiring.on.replaced(with),
                repeat: expiring.repeat.replaced(with),
                ..expiring.as_ref().clone()
            })),
            Core::Ladder(ladder) => Core::Ladder(Box::new(Ladder {
                place: ladder.place.replaced(with),
                width: ladder.width.replaced(with),
                points: ladder.points.iter().map(|points| points.replaced(with)).collect(),
                beyond: ladder.beyond.replaced(with),
            })),
            Core::Gathered(gathered) => Core::Gathered(Box::new(Gathered {
                how: gathered.how,
                scope: gathered.scope,
                value: gathered.value.replaced(with),
                then: gathered.then.as_ref().map(|then| then.replaced(with)),
                when: gathered.when.as_ref().map(|when| when.replaced(with)),
            })),
            Core::Number(_)
            | Core::Truth(_)
            | Core::Word(_)
            | Core::Fact(_)
            | Core::Applicable(_)
            | Core::Field(_)
            | Core::Cell(_)
            | Core::Result(..)
            | Core::Grade(_)
            | Core::ByGrade(..)
            | Core::Item(_)
            | Core::Total
            | Core::FullTotal
            | Core::Defined(_) => self.clone(),
        }
    }

    /// The inputs that this reads itself (not those of cells), in declared order, each once.
    pub fn facts(&self) -> Vec<usize> {
        let mut facts = std::collections::BTreeSet::new();
        let mut open = vec![self];
        while let Some(core) = open.pop() {
            match core {
                Core::Fact(fact) | Core::Applicable(fact) => {
                    facts.insert(*fact);
                }
                Core::Tally(tally) => {
                    facts.insert(tally.fact);
                }
                Core::Expiring(expiring) => {
                    facts.insert(expiring.fact);
                }
                _ => {}
            }
            open.extend(core.parts());
        }
        facts.into_iter().collect()
    }

    /// The cells that this reads itself, in order, each once.
    pub fn cells(&self) -> Vec<usize> {
        let mut cells = std::collections::BTreeSet::new();
        let mut open = vec![self];
        while let Some(core) = open.pop() {
            if let Core::Cell(cell) = core {
                cells.insert(*cell);
            }
            open.extend(core.parts());
        }
        cells.into_iter().collect()
    }
}

impl Tally {
    fn replaced(&self, with: &mut dyn FnMut(&Core) -> Option<Core>) -> Tally {
        let group = self.group.as_ref().map(|group| Group {
            key: group.key,
            within: match &group.within {
                Within::Highest => Within::Highest,
                Within::Capped(cap) => Within::Capped(cap.replaced(with)),
            },
        });
        let how = match &self.how {
            Together::Sum => Together::Sum,
            Together::Highest { otherwise } => Together::Highest {
                otherwise: otherwise.replaced(with),
            },
            Together::Lowest { otherwise } => Together::Lowest {
                otherwise: otherwise.replaced(with),
            },
            Together::Mean {
                highest,
                lowest,
                from,
                otherwise,
            } => Together::Mean {
                highest: *highest,
                lowest: *lowest,
                from: *from,
                otherwise: otherwise.replaced(with),
            },
        };
        Tally {
            fact: self.fact,
            filter: self.filter.replaced(with),
            value: self.value.replaced(with),
            group,
            how,
        }
    }
}
