//! Cells that are not computed in columns: row by row, by the evaluators over one subject.

use super::blocks::Stopped;
use super::exact::{admitted, outcomes};
use super::groups::Groups;
use super::kept::Kept;
use super::load::outside;
use super::steps::{Source, Steps};
use super::table::Table;
use crate::exact::{Exact, Interval};
use crate::fact::Admitted;
use crate::progress::Watch;
use crate::scheme::core::{Core, Scope};
use crate::scheme::{Cell, Gather, Program, Scheme};
use crate::score::gather::{Member, gather};
use crate::score::{Inputs, MissingYears, Point, Possible, Results, point};

/// Where the values of a cell lie.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Number {
        numerators: Source,
        per: i128,
        denominators: Option<Source>,
    },
    Truth(Source),
    Word(Source),
}

/// A cell that is worked out row by row.
#[derive(Clone, Debug)]
pub(super) struct Called {
    pub(super) cell: usize,
    /// The cells that it reads.
    pub(super) reads: Vec<(usize, Place)>,
    /// Where its values go; kept columns only.
    pub(super) into: Place,
    /// The ends of numerators, and of denominators where there are any.
    pub(super) ends: [(i128, i128); 2],
}

/// What a row is worked out from.
pub(super) struct Caller<'r> {
    pub(super) scheme: &'r Scheme,
    pub(super) steps: &'r Steps,
    pub(super) table: &'r Table<'r>,
}

/// Fills the columns of a cell. Rows whose value is not known, or does not fit its column, become open.
pub(super) fn call(
    called: &Called,
    caller: &Caller<'_>,
    groups: &Groups,
    open: &mut Vec<bool>,
    kept: &mut [Kept],
    watch: Watch<'_>,
) -> Result<(), Stopped> {
    let Caller { scheme, steps, table } = *caller;
    let program = scheme.program();
    let values = match program.cells.get(called.cell) {
        Some(Cell::Map(core)) => {
            for fact in core.facts() {
                let how = steps.loaded.get(fact).and_then(Option::as_ref);
                if let (Some(column), Some(how)) = (table.columns.get(fact), how)
                    && let Some(row) = outside(column, how, 0..table.rows, open)
                {
                    return Err((fact, row).into());
                }
            }
            caller.mapped(called, core, program, open, kept, watch)?
        }
        Some(Cell::Gather(what)) => {
            let values = caller.gathered(called, what, groups, kept);
            watch.step(table.rows)?;
            values
        }
        None => Vec::new(),
    };
    open.resize(table.rows, false);
    for (value, open) in values.into_iter().zip(open.iter_mut()) {
        let told = value.and_then(|value| fitted(&value, called, &steps.words));
        *open |= told.is_none();
        // What stands in an open row does not matter, but keeps to the ends.
        let [numerators, denominators] =
            told.unwrap_or_else(|| called.ends.map(|(least, most)| 0.max(least).min(most)));
        let mut put = |source: Source, value: i128| {
            if let Source::Kept(place) = source
                && let Some(column) = kept.get_mut(place)
            {
                column.push(value);
            }
        };
        match called.into {
            Place::Number {
                numerators: above,
                denominators: below,
                ..
            } => {
                put(above, numerators);
                if let Some(below) = below {
                    put(below, denominators);
                }
            }
            Place::Truth(source) | Place::Word(source) => put(source, numerators),
        }
    }
    Ok(())
}

/// Numerator and denominator within the ends.
fn fitted(value: &Point, called: &Called, words: &[String]) -> Option<[i128; 2]> {
    let pair = match (value, called.into) {
        (Point::Truth(truth), Place::Truth(_)) => [i128::from(*truth), 1],
        (Point::Word(word), Place::Word(_)) => [i128::try_from(words.binary_search(word).ok()?).ok()?, 1],
        (Point::Number(number), Place::Number { per, denominators, .. }) => {
            let scaled = number * &Exact::ratio(per, 1)?;
            match denominators {
                None if scaled.is_whole() => [scaled.to_i128()?, 1],
                None => return None,
                Some(_) => {
                    let (above, below) = super::read::ratio(&scaled).ok()?;
                    [above, below]
                }
            }
        }
        _ => return None,
    };
    let within = pair
        .iter()
        .zip(&called.ends)
        .all(|(value, (least, most))| least <= value && value <= most);
    within.then_some(pair)
}

/// The value of a row of an earlier cell.
fn earlier(place: Place, kept: &[Kept], row: usize, words: &[String]) -> Option<Point> {
    let number = |source: Source| match source {
        Source::Constant(number) => number,
        Source::Kept(place) => kept.get(place).map_or(0, |column| column.value(row)),
    };
    Some(match place {
        Place::Truth(source) => Point::Truth(number(source) != 0),
        Place::Word(source) => Point::Word(words.get(usize::try_from(number(source)).ok()?)?.clone()),
        Place::Number {
            numerators,
            per,
            denominators,
        } => {
            let above = Exact::ratio(number(numerators), per)?;
            match denominators {
                None => Point::Number(above),
                Some(below) => Point::Number(above.checked_div(&Exact::ratio(number(below), 1)?)?),
            }
        }
    })
}

impl Caller<'_> {
    fn mapped(
        &self,
        called: &Called,
        core: &Core,
        program: &Program,
        open: &[bool],
        kept: &[Kept],
        watch: Watch<'_>,
    ) -> crate::error::Result<Vec<Option<Point>>> {
        let read = core.facts();
        let mut facts: Vec<Admitted> = program
            .inputs
            .iter()
            .map(|input| Admitted::anything(&input.declaration))
            .collect();
        let last = called.reads.iter().map(|(cell, _)| cell.saturating_add(1)).max();
        let mut cells = vec![Possible::NotApplicable; last.unwrap_or(0)];
        let none = Results::new();
        let reads_results = !self.steps.results.is_empty();
        let mut values = Vec::with_capacity(self.table.rows);
        for row in 0..self.table.rows {
            watch.step(1)?;
            if open.get(row) == Some(&true) {
                values.push(None);
                continue;
            }
            for fact in &read {
                if let (Some(slot), Some(now)) = (facts.get_mut(*fact), admitted(self.scheme, self.table, *fact, row)) {
                    *slot = now;
                }
            }
            for (cell, place) in &called.reads {
                if let (Some(slot), Some(value)) = (cells.get_mut(*cell), earlier(*place, kept, row, &self.steps.words))
                {
                    *slot = Possible::from(value);
                }
            }
            let own = reads_results.then(|| outcomes(self.scheme, &self.steps.results, self.table, row));
            let missing = MissingYears::default();
            let value = point(
                core,
                &Inputs {
                    facts: &facts,
                    declared: &program.inputs,
                    results: own.as_ref().unwrap_or(&none),
                    cells: &cells,
                    calendars: &program.calendars,
                    missing: &missing,
                },
            );
            // A year without calendar is an error, which the exact run tells.
            values.push(value.filter(|_| missing.list().is_empty()));
        }
        Ok(values)
    }

    fn gathered(&self, called: &Called, what: &Gather, groups: &Groups, kept: &[Kept]) -> Vec<Option<Point>> {
        // A member brings nothing but the cells that are gathered.
        let asked: Vec<usize> = [Some(what.value), what.then, what.when].into_iter().flatten().collect();
        let nth = |cell: Option<usize>| cell.and_then(|cell| asked.iter().position(|asked| *asked == cell));
        let what = Gather {
            value: nth(Some(what.value)).unwrap_or(0),
            then: nth(what.then),
            when: nth(what.when),
            ..what.clone()
        };
        let places = asked
            .iter()
            .filter_map(|cell| called.reads.iter().find(|(read, _)| read == cell));
        let places: Vec<Place> = places.map(|(_, place)| *place).collect();
        let value = |place: &Place, row: usize| {
            earlier(*place, kept, row, &self.steps.words).map_or(Possible::NotApplicable, Possible::from)
        };
        let cells = |row: usize| places.iter().map(|place| value(place, row)).collect();
        let mut values: Vec<Option<Point>> = vec![None; self.table.rows];
        let together = match what.scope {
            Scope::Cohort => groups.rows(),
            Scope::Below => vec![(0..self.table.rows).collect()],
        };
        for rows in together {
            let ids: Vec<String> = rows.iter().map(usize::to_string).collect();
            let parent = |row: usize| {
                self.table
                    .parents
                    .and_then(|parents| parents.get(row))
                    .copied()
                    .flatten()
            };
            let parents: Vec<Option<String>> = rows.iter().map(|row| Some(parent(*row)?.to_string())).collect();
            let cells: Vec<Vec<Possible>> = rows.iter().map(|row| cells(*row)).collect();
            let members = ids
                .iter()
                .zip(&parents)
                .zip(&cells)
                .map(|((id, parent), cells)| Member {
                    id,
                    cohort: "",
                    parent: parent.as_deref(),
                    cells,
                });
            let gathered = gather(&what, &members.collect::<Vec<_>>());
            for (row, value) in rows.iter().zip(gathered) {
                if let (Some(slot), Possible::Number(Interval { low: Some(low), high })) = (values.get_mut(*row), value)
                    && high.as_ref() == Some(&low)
                {
                    *slot = Some(Point::Number(low));
                }
            }
        }
        values
    }
}
