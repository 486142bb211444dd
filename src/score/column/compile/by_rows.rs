//! Cells that are worked out row by row: which they are, and the columns that their values go to.

use super::{Compiler, Number, Typed};
use crate::exact::{Exact, Interval};
use crate::scheme::Cell;
use crate::scheme::core::Core;
use crate::score::Possible;
use crate::score::column::build::{Bounds, Refused, TOO_LARGE};
use crate::score::column::call::{Called, Place};
use crate::score::column::grid::{self, Earlier, Known, Type};
use crate::score::column::read::loaded;
use crate::score::column::steps::{Operand, Source, Step};

/// Numerators that are not bounded beforehand: rows with one further from nought are left to the exact run.
const FAR: i128 = 1 << 40;
/// Likewise the greatest denominator.
const DEEP: i128 = 1 << 24;

/// Why an operator is never computed in columns.
pub(super) fn operator_never(core: &Core) -> Option<Refused> {
    Some(match core {
        Core::Tally(_) | Core::Expiring(_) | Core::Field(_) => "events are not tallied in columns",
        Core::MonthsAfter(_) | Core::WorkDays(_) => "the calendar is not asked in columns",
        Core::Root(..) => "roots are not taken in columns",
        Core::Result(..) | Core::Grade(_) | Core::ByGrade(..) => "results of other schemes are read row by row",
        _ => return None,
    })
}

/// Why a cell is never computed in columns.
pub(super) fn never(cell: &Cell) -> Option<Refused> {
    let Cell::Map(core) = cell else { return None };
    let mut open = vec![core];
    while let Some(core) = open.pop() {
        let why = operator_never(core);
        if why.is_some() {
            return why;
        }
        open.extend(core.parts());
    }
    None
}

impl Earlier for Compiler<'_> {
    fn known(&self, cell: usize) -> Option<&Known> {
        self.known.get(&cell)
    }
}

impl Compiler<'_> {
    /// What is known of a value.
    pub(super) fn told_of(&self, typed: Typed, stage: usize) -> Known {
        let single = |operand: Operand| match operand {
            Operand::Constant(number) => Some(number),
            Operand::Register(_) => None,
        };
        match typed {
            Typed::Truth(truth) => Known {
                of: Type::Truth,
                per: None,
                possible: Possible::Truth(single(truth).map(|truth| truth != 0)),
            },
            Typed::Word(_) => Known {
                of: Type::Word,
                per: None,
                possible: Possible::Word(None),
            },
            Typed::Number(number) => {
                let (least, most) = self.build.bounds(stage, number.numerators);
                let end = |end: i128| Exact::ratio(end, number.per);
                let interval = match number.denominators {
                    None => Interval {
                        low: end(least),
                        high: end(most),
                    },
                    Some(_) => Interval::ALL,
                };
                Known {
                    of: Type::Number,
                    per: number.denominators.is_none().then_some(number.per),
                    possible: Possible::Number(interval),
                }
            }
        }
    }

    /// A cell that is worked out row by row.
    pub(super) fn called(&mut self, cell: usize, of: &Cell, stage: usize) -> Result<Typed, Refused> {
        let (read, kind, per, possible) = match of {
            Cell::Map(core) => {
                let read = core.cells();
                for cell in &read {
                    self.cell(*cell, self.home(*cell))?;
                }
                let program = self.scheme.program();
                for fact in core.facts() {
                    let how = program
                        .inputs
                        .get(fact)
                        .and_then(|input| loaded(input, &self.words).ok());
                    if let (Some(slot), Some(how)) = (self.loaded.get_mut(fact), how) {
                        *slot = Some(how);
                    }
                }
                let possible = grid::anything(core, program, self);
                (
                    read,
                    grid::kind(core, program, self),
                    grid::grid(core, program, self),
                    possible,
                )
            }
            Cell::Gather(what) => {
                let read: Vec<usize> = [Some(what.value), what.then, what.when].into_iter().flatten().collect();
                for cell in &read {
                    self.cell(*cell, self.home(*cell))?;
                }
                let anything = Possible::Number(Interval::ALL);
                (read, Type::Number, grid::gathered_grid(what, self), anything)
            }
        };
        let mut reads = Vec::with_capacity(read.len());
        for cell in read {
            let home = self.home(cell);
            let place = match self.cell(cell, home)? {
                Typed::Number(number) => Place::Number {
                    numerators: self.source(home, number.numerators),
                    per: number.per,
                    denominators: number.denominators.map(|operand| self.source(home, operand)),
                },
                Typed::Truth(truth) => Place::Truth(self.source(home, truth)),
                Typed::Word(word) => Place::Word(self.source(home, word)),
            };
            reads.push((cell, place));
        }
        let words = i128::try_from(self.words.len()).map_err(|_| TOO_LARGE)?;
        let ends = match (kind, per) {
            (Type::Truth, _) => [(0, 1), (1, 1)],
            (Type::Word, _) => [(0, words), (1, 1)],
            (Type::Number, None) => [(-FAR, FAR), (1, DEEP)],
            (Type::Number, Some(per)) => {
                let ends = grid::ends(&possible, per);
                let ends = ends.filter(|(least, most)| *least >= -FAR && *most <= FAR);
                [ends.unwrap_or((-FAR, FAR)), (1, 1)]
            }
        };
        let [outer, deep] = ends;
        let mut column = |bounds: Bounds| -> Result<(Source, Operand), Refused> {
            let into = self.build.new_kept(bounds);
            Ok((Source::Kept(into), self.build.step(stage, Step::Kept(into), bounds)?))
        };
        let (numerators, above) = column(outer)?;
        let (typed, into) = match kind {
            Type::Truth => (Typed::Truth(above), Place::Truth(numerators)),
            Type::Word => (Typed::Word(above), Place::Word(numerators)),
            Type::Number => {
                let below = if per.is_none() { Some(column(deep)?) } else { None };
                let per = per.unwrap_or(1);
                let typed = Typed::Number(Number {
                    numerators: above,
                    per,
                    denominators: below.map(|(_, operand)| operand),
                });
                let into = Place::Number {
                    numerators,
                    per,
                    denominators: below.map(|(source, _)| source),
                };
                (typed, into)
            }
        };
        if let Some(called) = self.called.get_mut(stage) {
            called.push(Called {
                cell,
                reads,
                into,
                ends,
            });
        }
        Ok(typed)
    }
}
