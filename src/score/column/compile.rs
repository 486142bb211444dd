//! From the core form to steps.
//!
//! A number is numerators over a constant `per`, and over a column of denominators from a division by what is not
//! constant until it is rounded. Compiled is what rows need of which every input is known and applies: `applicable` is
//! true there. Both branches of a choice are computed; a divisor of the branch that is not taken is held above nought.

use std::collections::{BTreeMap, BTreeSet};

use num_integer::Integer;

use super::build::{Bounds, Build, Drafted, Refused, TOO_LARGE};
use super::call::{Called, Place};
use super::grid::{self, Earlier, Known, Type};
use super::read::{loaded, ratio, unrolled, words};
use super::steps::{Binary, Gathered, LARGEST_GROUP, Loaded, Operand, Source, Step, Steps, Told, Way};
use crate::exact::{Exact, Interval, Rounding};
use crate::fact::Kind;
use crate::scheme::core::{Arithmetic, Compare, Core, Gathering, Scope};
use crate::scheme::{Cell, Gather, Scheme};
use crate::score::Possible;

/// A number: numerators over `per` and over the denominators, which are above nought.
#[derive(Clone, Copy, Debug)]
struct Number {
    numerators: Operand,
    per: i128,
    denominators: Option<Operand>,
}

#[derive(Clone, Copy, Debug)]
enum Typed {
    Number(Number),
    Truth(Operand),
    Word(Operand),
}

/// Numerators that are not bounded beforehand: rows with one further from nought are left to the exact run.
const FAR: i128 = 1 << 40;
/// Likewise the greatest denominator.
const DEEP: i128 = 1 << 24;

struct Compiler<'s> {
    scheme: &'s Scheme,
    build: Build,
    /// The stage of each cell.
    homes: Vec<usize>,
    cells: BTreeMap<usize, Typed>,
    known: BTreeMap<usize, Known>,
    /// Cells that are worked out row by row.
    by_rows: &'s BTreeMap<usize, Refused>,
    gathered: Vec<Vec<Gathered>>,
    called: Vec<Vec<Called>>,
    /// The first cell that failed.
    failed: Option<usize>,
    loaded: Vec<Option<Loaded>>,
    /// Every word, sorted, so that numbers of words compare like words.
    words: Vec<String>,
}

/// Why a cell is not computed in columns, and which.
struct Failed {
    /// `None` where no cell is to blame.
    cell: Option<usize>,
    why: Refused,
}

/// The program: what cannot be computed in columns is worked out row by row, cell by cell.
pub(super) fn compile(scheme: &Scheme) -> Result<Steps, Refused> {
    let cells = scheme.program().cells.iter().enumerate();
    let mut by_rows: BTreeMap<usize, Refused> = cells.filter_map(|(place, cell)| Some((place, never(cell)?))).collect();
    loop {
        match attempt(scheme, &by_rows) {
            Ok(steps) => return Ok(steps),
            Err(Failed { cell: Some(cell), why }) if !by_rows.contains_key(&cell) => {
                by_rows.insert(cell, why);
            }
            Err(Failed { why, .. }) => return Err(why),
        }
    }
}

fn attempt(scheme: &Scheme, by_rows: &BTreeMap<usize, Refused>) -> Result<Steps, Failed> {
    let program = scheme.program();
    let homes = homes(&program.cells, by_rows);
    let stages = homes.iter().copied().max().unwrap_or(0).saturating_add(1);
    let mut compiler = Compiler {
        scheme,
        build: Build {
            stages: (0..stages).map(|_| Drafted::default()).collect(),
            kept: Vec::new(),
        },
        homes,
        cells: BTreeMap::new(),
        known: BTreeMap::new(),
        by_rows,
        called: vec![Vec::new(); stages],
        failed: None,
        gathered: vec![Vec::new(); stages],
        loaded: vec![None; program.inputs.len()],
        words: words(scheme),
    };
    let told = compiler.results();
    let (points, total, [grade, earned, rank]) = told.map_err(|why| Failed {
        cell: compiler.failed,
        why,
    })?;
    let (kept, loaded) = (compiler.build.kept.clone(), compiler.loaded);
    let before = compiler.gathered.into_iter().zip(compiler.called);
    let mut stages = compiler.build.finished();
    for (stage, (gathered, called)) in stages.iter_mut().zip(before) {
        stage.gathered = gathered;
        stage.called = called;
    }
    Ok(Steps {
        stages,
        kept,
        loaded,
        points,
        total,
        grade,
        earned,
        rank,
        words: compiler.words,
        results: results(scheme),
        rows_because: by_rows.iter().map(|(cell, why)| (*cell, *why)).collect(),
    })
}

/// A mapped cell stands in the last stage of what it reads; what is gathered or worked out row by row begins a new one.
fn homes(cells: &[Cell], by_rows: &BTreeMap<usize, Refused>) -> Vec<usize> {
    let mut homes: Vec<usize> = Vec::with_capacity(cells.len());
    for (place, cell) in cells.iter().enumerate() {
        let latest = |read: Vec<usize>| read.into_iter().filter_map(|cell| homes.get(cell)).copied().max();
        let home = match cell {
            Cell::Map(core) if by_rows.contains_key(&place) => {
                latest(core.cells()).map_or(0, |stage| stage.saturating_add(1))
            }
            Cell::Map(core) => latest(core.cells()).unwrap_or(0),
            Cell::Gather(what) => {
                let read = [Some(what.value), what.then, what.when];
                latest(read.into_iter().flatten().collect())
                    .unwrap_or(0)
                    .saturating_add(1)
            }
        };
        homes.push(home);
    }
    homes
}

/// The schemes whose results are read, sorted.
pub(super) fn results(scheme: &Scheme) -> Vec<String> {
    let mut results = BTreeSet::new();
    let maps = scheme.program().cells.iter().filter_map(|cell| match cell {
        Cell::Map(core) => Some(core),
        Cell::Gather(_) => None,
    });
    let mut open: Vec<&Core> = maps.collect();
    while let Some(core) = open.pop() {
        if let Core::Result(scheme, _) | Core::Grade(scheme) | Core::ByGrade(scheme, _) = core {
            results.insert(scheme.clone());
        }
        open.extend(core.parts());
    }
    results.into_iter().collect()
}

/// Why an operator is never computed in columns.
fn operator_never(core: &Core) -> Option<Refused> {
    Some(match core {
        Core::Tally(_) | Core::Expiring(_) | Core::Field(_) => "events are not tallied in columns",
        Core::MonthsAfter(_) | Core::WorkDays(_) => "the calendar is not asked in columns",
        Core::Root(..) => "roots are not taken in columns",
        Core::Result(..) | Core::Grade(_) | Core::ByGrade(..) => "results of other schemes are read row by row",
        _ => return None,
    })
}

/// Why a cell is never computed in columns.
fn never(cell: &Cell) -> Option<Refused> {
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

/// What the results of a scheme are told from: points, total, and grade, earned grade, rank.
type AllTold = (Vec<Told>, Told, [Option<Told>; 3]);

impl Earlier for Compiler<'_> {
    fn known(&self, cell: usize) -> Option<&Known> {
        self.known.get(&cell)
    }
}

impl Compiler<'_> {
    fn results(&mut self) -> Result<AllTold, Refused> {
        let layout = self.scheme.layout();
        let mut points = Vec::new();
        for node in layout.nodes.iter().filter(|node| !node.group) {
            let sign = if node.negative { -1 } else { 1 };
            points.push(self.told(node.points, sign)?);
        }
        let total = self.told(layout.total, 1)?;
        let mut optional = |cell: Option<usize>| cell.map(|cell| self.told(cell, 1)).transpose();
        let rest = [
            optional(layout.grade)?,
            optional(layout.earned_grade)?,
            optional(layout.rank)?,
        ];
        Ok((points, total, rest))
    }

    /// A cell's value as a column of results.
    fn told(&mut self, cell: usize, sign: i128) -> Result<Told, Refused> {
        let told = self.told_number(cell, sign);
        if told.is_err() {
            self.failed.get_or_insert(cell);
        }
        told
    }

    fn told_number(&mut self, cell: usize, sign: i128) -> Result<Told, Refused> {
        let home = self.home(cell);
        let Typed::Number(number) = self.cell(cell, home)? else {
            return Err("a result that is no number");
        };
        let numerators = self
            .build
            .binary(home, Binary::Multiply, number.numerators, Operand::Constant(sign))?;
        let wide = i128::from(i64::MAX);
        for operand in [Some(numerators), number.denominators].into_iter().flatten() {
            let (least, greatest) = self.build.bounds(home, operand);
            if least < wide.saturating_neg() || greatest > wide {
                return Err("a result leaves 64 bits");
            }
        }
        if number.per > wide {
            return Err("a result leaves 64 bits");
        }
        Ok(Told {
            numerators: self.source(home, numerators),
            denominators: number.denominators.map(|operand| self.source(home, operand)),
            per: number.per,
        })
    }

    fn source(&mut self, stage: usize, operand: Operand) -> Source {
        match operand {
            Operand::Constant(number) => Source::Constant(number),
            Operand::Register(register) => Source::Kept(self.build.keep(stage, register)),
        }
    }

    fn home(&self, cell: usize) -> usize {
        self.homes.get(cell).copied().unwrap_or(0)
    }

    /// An earlier cell, as a stage reads it.
    fn cell(&mut self, cell: usize, stage: usize) -> Result<Typed, Refused> {
        let home = self.home(cell);
        let typed = match self.cells.get(&cell) {
            Some(typed) => *typed,
            None => {
                let scheme = self.scheme;
                let typed = match scheme.program().cells.get(cell) {
                    None => return Err("no such cell"),
                    Some(of) if self.by_rows.contains_key(&cell) => self.called(cell, of, home),
                    Some(Cell::Map(core)) => self.core(core, home),
                    Some(Cell::Gather(what)) => self.gather(what, home).map(Typed::Number),
                };
                if typed.is_err() {
                    self.failed.get_or_insert(cell);
                }
                let typed = typed?;
                let known = self.told_of(typed, home);
                self.known.insert(cell, known);
                self.cells.insert(cell, typed);
                typed
            }
        };
        let mut carried = |operand: Operand| self.build.carried(operand, home, stage);
        Ok(match typed {
            Typed::Number(number) => Typed::Number(Number {
                numerators: carried(number.numerators)?,
                denominators: number.denominators.map(carried).transpose()?,
                ..number
            }),
            Typed::Truth(truth) => Typed::Truth(carried(truth)?),
            Typed::Word(word) => Typed::Word(carried(word)?),
        })
    }

    /// What is known of a value.
    fn told_of(&self, typed: Typed, stage: usize) -> Known {
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
    fn called(&mut self, cell: usize, of: &Cell, stage: usize) -> Result<Typed, Refused> {
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

    fn gather(&mut self, what: &Gather, stage: usize) -> Result<Number, Refused> {
        if what.scope != Scope::Cohort {
            return Err("subjects below are no group of rows");
        }
        let extreme = matches!(what.how, Gathering::Highest | Gathering::Lowest | Gathering::Mean);
        if extreme && what.when.is_some() {
            return Err("an extreme of nobody");
        }
        let (value, per, bounds) = self.gathered_number(what.value)?;
        let then = match what.then {
            None => Source::Constant(0),
            Some(cell) => self.gathered_number(cell)?.0,
        };
        let when = match what.when {
            None => Source::Constant(1),
            Some(cell) => {
                let home = self.home(cell);
                match self.cell(cell, home)? {
                    Typed::Truth(truth) => self.source(home, truth),
                    _ => return Err("a condition that is no truth"),
                }
            }
        };
        let most = i128::try_from(LARGEST_GROUP).map_err(|_| TOO_LARGE)?;
        let sum = (
            bounds.0.min(0).checked_mul(most).ok_or(TOO_LARGE)?,
            bounds.1.max(0).checked_mul(most).ok_or(TOO_LARGE)?,
        );
        let mut gathering = |how: Gathering, value: Source, bounds: Bounds| {
            let into = self.build.new_kept(bounds);
            if let Some(stage) = self.gathered.get_mut(stage) {
                stage.push(Gathered {
                    how,
                    value,
                    then,
                    when,
                    into,
                });
            }
            self.build.step(stage, Step::Kept(into), bounds)
        };
        let plain = |numerators: Operand, per: i128| Number {
            numerators,
            per,
            denominators: None,
        };
        Ok(match what.how {
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => {
                plain(gathering(what.how, value, (0, most))?, 1)
            }
            Gathering::Highest | Gathering::Lowest => plain(gathering(what.how, value, bounds)?, per),
            Gathering::Sum => plain(gathering(Gathering::Sum, value, sum)?, per),
            Gathering::Mean => Number {
                numerators: gathering(Gathering::Sum, value, sum)?,
                per,
                denominators: Some(gathering(Gathering::Sum, Source::Constant(1), (1, most))?),
            },
        })
    }

    fn gathered_number(&mut self, cell: usize) -> Result<(Source, i128, Bounds), Refused> {
        let home = self.home(cell);
        match self.cell(cell, home)? {
            Typed::Number(number) if number.denominators.is_none() => {
                let bounds = self.build.bounds(home, number.numerators);
                Ok((self.source(home, number.numerators), number.per, bounds))
            }
            _ => Err("fractions are compared over a group"),
        }
    }

    fn core(&mut self, core: &Core, stage: usize) -> Result<Typed, Refused> {
        Ok(match core {
            Core::Number(value) => {
                let (numerator, per) = ratio(value)?;
                Typed::Number(Number {
                    numerators: Operand::Constant(numerator),
                    per,
                    denominators: None,
                })
            }
            Core::Truth(truth) => Typed::Truth(Operand::Constant(i128::from(*truth))),
            Core::Word(word) => {
                let place = self.words.binary_search(word).map_err(|_| "a word that nobody knows")?;
                Typed::Word(Operand::Constant(i128::try_from(place).map_err(|_| TOO_LARGE)?))
            }
            Core::Fact(fact) => self.input(*fact, stage)?,
            // Rows with something that does not apply are not computed here.
            Core::Applicable(_) => Typed::Truth(Operand::Constant(1)),
            Core::Cell(cell) => self.cell(*cell, stage)?,
            Core::Arithmetic(operator, pair) => {
                let (one, other) = (self.number(&pair.0, stage)?, self.number(&pair.1, stage)?);
                Typed::Number(self.arithmetic(*operator, one, other, stage)?)
            }
            Core::Absolute(inner) => {
                let inner = self.number(inner, stage)?;
                let minus = self
                    .build
                    .binary(stage, Binary::Subtract, Operand::Constant(0), inner.numerators)?;
                let numerators = self.build.binary(stage, Binary::Higher, inner.numerators, minus)?;
                Typed::Number(Number { numerators, ..inner })
            }
            Core::Round(inner, rounding) => {
                let inner = self.number(inner, stage)?;
                Typed::Number(self.rounded(inner, rounding, stage)?)
            }
            Core::Compare(compare, pair) => {
                let (one, other) = match (self.core(&pair.0, stage)?, self.core(&pair.1, stage)?) {
                    (Typed::Number(one), Typed::Number(other)) => {
                        let (one, other, _) = self.aligned(one, other, stage)?;
                        (one, other)
                    }
                    (Typed::Word(one), Typed::Word(other)) | (Typed::Truth(one), Typed::Truth(other)) => (one, other),
                    _ => return Err("things of two kinds are compared"),
                };
                let (operator, one, other) = match compare {
                    Compare::Equal => (Binary::Equal, one, other),
                    Compare::Unequal => (Binary::Unequal, one, other),
                    Compare::Less => (Binary::Less, one, other),
                    Compare::LessOrEqual => (Binary::LessOrEqual, one, other),
                    Compare::Greater => (Binary::Less, other, one),
                    Compare::GreaterOrEqual => (Binary::LessOrEqual, other, one),
                };
                Typed::Truth(self.build.binary(stage, operator, one, other)?)
            }
            Core::And(pair) | Core::Or(pair) => {
                let (one, other) = (self.truth(&pair.0, stage)?, self.truth(&pair.1, stage)?);
                let operator = if matches!(core, Core::And(_)) {
                    Binary::Lower
                } else {
                    Binary::Higher
                };
                Typed::Truth(self.build.binary(stage, operator, one, other)?)
            }
            Core::Not(inner) => {
                let inner = self.truth(inner, stage)?;
                Typed::Truth(
                    self.build
                        .binary(stage, Binary::Subtract, Operand::Constant(1), inner)?,
                )
            }
            Core::Select(parts) => {
                let when = self.truth(&parts.0, stage)?;
                match when {
                    Operand::Constant(0) => return self.core(&parts.2, stage),
                    Operand::Constant(_) => return self.core(&parts.1, stage),
                    Operand::Register(_) => {}
                }
                match (self.core(&parts.1, stage)?, self.core(&parts.2, stage)?) {
                    (Typed::Number(yes), Typed::Number(no)) => {
                        let (yes, no, common) = self.aligned(yes, no, stage)?;
                        let numerators = self.build.select(stage, when, yes, no)?;
                        Typed::Number(Number { numerators, ..common })
                    }
                    (Typed::Truth(yes), Typed::Truth(no)) => Typed::Truth(self.build.select(stage, when, yes, no)?),
                    (Typed::Word(yes), Typed::Word(no)) => Typed::Word(self.build.select(stage, when, yes, no)?),
                    _ => return Err("branches of two kinds"),
                }
            }
            Core::Ladder(ladder) => self.core(&unrolled(ladder), stage)?,
            core => return Err(operator_never(core).unwrap_or("the program is not linked")),
        })
    }

    fn number(&mut self, core: &Core, stage: usize) -> Result<Number, Refused> {
        match self.core(core, stage)? {
            Typed::Number(number) => Ok(number),
            _ => Err("a number is missing"),
        }
    }

    fn truth(&mut self, core: &Core, stage: usize) -> Result<Operand, Refused> {
        match self.core(core, stage)? {
            Typed::Truth(truth) => Ok(truth),
            _ => Err("a truth is missing"),
        }
    }

    fn input(&mut self, place: usize, stage: usize) -> Result<Typed, Refused> {
        let input = self.scheme.program().inputs.get(place).ok_or("no such input")?;
        let how = loaded(input, &self.words)?;
        let operand = self.build.step(stage, Step::Input(place), (how.least, how.greatest))?;
        let per = 10_i128.checked_pow(how.places).ok_or(TOO_LARGE)?;
        if let Some(slot) = self.loaded.get_mut(place) {
            *slot = Some(how);
        }
        Ok(match input.declaration.kind {
            Kind::YesNo => Typed::Truth(operand),
            Kind::Choice => Typed::Word(operand),
            _ => Typed::Number(Number {
                numerators: operand,
                per,
                denominators: None,
            }),
        })
    }

    fn scaled(&mut self, operand: Operand, by: i128, stage: usize) -> Result<Operand, Refused> {
        self.build
            .binary(stage, Binary::Multiply, operand, Operand::Constant(by))
    }

    fn product(&mut self, one: Operand, other: Option<Operand>, stage: usize) -> Result<Operand, Refused> {
        match other {
            None => Ok(one),
            Some(other) => self.build.binary(stage, Binary::Multiply, one, other),
        }
    }

    /// The numerators of both over what they then have in common.
    fn aligned(&mut self, one: Number, other: Number, stage: usize) -> Result<(Operand, Operand, Number), Refused> {
        let common = one.per.gcd(&other.per).max(1);
        let (left, right) = (
            other.per.checked_div(common).ok_or(TOO_LARGE)?,
            one.per.checked_div(common).ok_or(TOO_LARGE)?,
        );
        let per = one.per.checked_mul(left).ok_or(TOO_LARGE)?;
        let mut first = self.scaled(one.numerators, left, stage)?;
        let mut second = self.scaled(other.numerators, right, stage)?;
        let denominators = match (one.denominators, other.denominators) {
            (one, other) if one == other => one,
            (one, other) => {
                first = self.product(first, other, stage)?;
                second = self.product(second, one, stage)?;
                match one {
                    Some(one) => Some(self.product(one, other, stage)?),
                    None => other,
                }
            }
        };
        let common = Number {
            numerators: first,
            per,
            denominators,
        };
        Ok((first, second, common))
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        one: Number,
        other: Number,
        stage: usize,
    ) -> Result<Number, Refused> {
        let joined = match operator {
            Arithmetic::Add => Binary::Add,
            Arithmetic::Subtract => Binary::Subtract,
            Arithmetic::Lower => Binary::Lower,
            Arithmetic::Higher => Binary::Higher,
            Arithmetic::Multiply => return self.times(one, other, stage),
            Arithmetic::Divide => {
                let inverse = self.inverse(other, stage)?;
                return self.times(one, inverse, stage);
            }
        };
        let (first, second, common) = self.aligned(one, other, stage)?;
        let numerators = self.build.binary(stage, joined, first, second)?;
        Ok(Number { numerators, ..common })
    }

    fn times(&mut self, one: Number, other: Number, stage: usize) -> Result<Number, Refused> {
        let denominators = match (one.denominators, other.denominators) {
            (Some(one), other) => Some(self.product(one, other, stage)?),
            (None, other) => other,
        };
        let mut per = one.per.checked_mul(other.per).ok_or(TOO_LARGE)?;
        let (mut first, mut second) = (one.numerators, other.numerators);
        // A constant is reduced against what both are over, so that numerators stay small.
        for operand in [&mut first, &mut second] {
            if let Operand::Constant(number) = operand {
                let common = number.gcd(&per).max(1);
                *number = number.checked_div(common).ok_or(TOO_LARGE)?;
                per = per.checked_div(common).ok_or(TOO_LARGE)?;
            }
        }
        let numerators = self.build.binary(stage, Binary::Multiply, first, second)?;
        Ok(Number {
            numerators,
            per,
            denominators,
        })
    }

    /// One over a number. The language sees to it that no divisor is nought where the quotient is read.
    fn inverse(&mut self, of: Number, stage: usize) -> Result<Number, Refused> {
        let (least, _) = self.build.bounds(stage, of.numerators);
        let mut above = self.product(Operand::Constant(of.per), of.denominators, stage)?;
        let mut below = of.numerators;
        if least < 0 {
            let negative = self.build.binary(stage, Binary::Less, below, Operand::Constant(0))?;
            let sign = self
                .build
                .select(stage, negative, Operand::Constant(-1), Operand::Constant(1))?;
            above = self.build.binary(stage, Binary::Multiply, above, sign)?;
            below = self.build.binary(stage, Binary::Multiply, below, sign)?;
        }
        below = self.build.binary(stage, Binary::Higher, below, Operand::Constant(1))?;
        Ok(match below {
            Operand::Constant(per) => Number {
                numerators: above,
                per,
                denominators: None,
            },
            below => Number {
                numerators: above,
                per: 1,
                denominators: Some(below),
            },
        })
    }

    fn rounded(&mut self, number: Number, rounding: &Rounding, stage: usize) -> Result<Number, Refused> {
        let (unit, per_unit) = ratio(rounding.interval())?;
        let below = number.per.checked_mul(unit).ok_or(TOO_LARGE)?;
        let common = per_unit.gcd(&below).max(1);
        let times = per_unit.checked_div(common).ok_or(TOO_LARGE)?;
        let by = below.checked_div(common).ok_or(TOO_LARGE)?;
        let numerators = self.scaled(number.numerators, times, stage)?;
        let divisor = self.product(Operand::Constant(by), number.denominators, stage)?;
        let way = Way::from(rounding.mode());
        let steps = self.build.quotient(stage, way, numerators, divisor)?;
        Ok(Number {
            numerators: self.scaled(steps, unit, stage)?,
            per: per_unit,
            denominators: None,
        })
    }
}
