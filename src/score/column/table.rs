//! Facts of many subjects, column by column.

use crate::scheme::Scheme;

/// Whether a value is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// It is, and exact.
    #[default]
    Known,
    /// Nobody knows it.
    Unknown,
    /// It does not apply to the subject.
    NotApplicable,
}

/// One column.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Nothing: every row is unknown, or does not apply. For inputs that nothing reads, as the ballots behind their counts.
    Absent,
    /// Numbers of this many decimal places: 12.50 at two places is 1250. Days are their numbers, at none.
    Number {
        /// The numbers.
        values: &'a [i64],
        /// Their decimal places.
        scale: u32,
    },
    /// Numbers of 32 bits, in half of the memory.
    Narrow {
        /// The numbers.
        values: &'a [i32],
        /// Their decimal places.
        scale: u32,
    },
    /// Yes where not nought.
    Truth(&'a [u8]),
    /// Words, by their place in the declaration.
    Word(&'a [u32]),
    /// Texts, of a matter.
    Text(&'a [&'a str]),
    /// Events that count, all of them: those of a row go from the end of the row before to its own end.
    Events {
        /// The end of each row.
        ends: &'a [usize],
        /// The declared fields, in order; their rows are events.
        fields: Vec<Column<'a>>,
    },
}

/// One column with what is missing in it.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The values; what stands where none is known does not matter.
    pub values: Values<'a>,
    /// Which are known; all where it is not given.
    pub presence: Option<&'a [Presence]>,
}

impl<'a> From<Values<'a>> for Column<'a> {
    fn from(values: Values<'a>) -> Self {
        Column { values, presence: None }
    }
}

/// Facts of many subjects.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// How many subjects.
    pub rows: usize,
    /// One column of each input of the scheme's program, in its order: the declared facts, then what is derived. Behind
    /// them two of each scheme whose results are included, in the order of
    /// [`ColumnPlan::results`](super::ColumnPlan::results): its score, a number, and its grade, a text. A grade that is
    /// absent or not known was not given.
    pub columns: Vec<Column<'a>>,
    /// The cohort of each row; all rows are one where it is not given.
    pub cohorts: Option<&'a [u32]>,
    /// The row above each row, for schemes that look at subjects below.
    pub parents: Option<&'a [Option<usize>]>,
}

/// What is wrong with a table, with the column.
pub(super) type Misfit = (usize, &'static str, &'static str);

impl Values<'_> {
    /// The decimal places of numbers.
    pub(super) fn scale(&self) -> Option<u32> {
        match self {
            Values::Number { scale, .. } | Values::Narrow { scale, .. } => Some(*scale),
            _ => None,
        }
    }

    /// The number of a row, in units of the last place.
    pub(super) fn number(&self, row: usize) -> Option<i64> {
        match self {
            Values::Number { values, .. } => values.get(row).copied(),
            Values::Narrow { values, .. } => values.get(row).copied().map(i64::from),
            _ => None,
        }
    }
}

impl Column<'_> {
    pub(super) fn presence(&self, row: usize) -> Presence {
        let given = self.presence.and_then(|presence| presence.get(row));
        match (&self.values, given.copied().unwrap_or_default()) {
            (Values::Absent, Presence::Known) => Presence::Unknown,
            (_, given) => given,
        }
    }

    fn fits(&self, kind: Shape, rows: usize, fields: &[Shape]) -> bool {
        let presence = self.presence.is_none_or(|presence| presence.len() == rows);
        presence
            && match (&self.values, kind) {
                (Values::Absent, _) => true,
                (Values::Number { values, scale }, Shape::Number) => values.len() == rows && *scale <= 18,
                (Values::Narrow { values, scale }, Shape::Number) => values.len() == rows && *scale <= 18,
                (Values::Truth(values), Shape::Truth) => values.len() == rows,
                (Values::Word(values), Shape::Word) => values.len() == rows,
                (Values::Text(values), Shape::Text) => values.len() == rows,
                (Values::Events { ends, fields: columns }, Shape::Events) => {
                    let events = ends.last().copied().unwrap_or(0);
                    ends.len() == rows
                        && ends.is_sorted()
                        && columns.len() == fields.len()
                        && columns
                            .iter()
                            .zip(fields)
                            .all(|(column, kind)| column.fits(*kind, events, &[]))
                }
                _ => false,
            }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Number,
    Truth,
    Word,
    Text,
    Events,
    Ballots,
}

impl Table<'_> {
    /// Whether its columns are what the scheme reads.
    pub(super) fn misfit(&self, scheme: &Scheme, results: usize) -> Option<Misfit> {
        use crate::fact::{FieldKind, Kind};
        let inputs = &scheme.program().inputs;
        let behind = results.saturating_mul(2);
        if self.columns.len() != inputs.len().saturating_add(behind) {
            return Some((
                self.columns.len(),
                "列数与办法读取的项数不符",
                "there is one column for each input, and two for each result of another scheme",
            ));
        }
        let sized = self.cohorts.is_none_or(|cohorts| cohorts.len() == self.rows)
            && self.parents.is_none_or(|parents| parents.len() == self.rows);
        if !sized {
            return Some((0, "分组列的行数不符", "cohorts and parents have one entry a row"));
        }
        for (place, (column, input)) in self.columns.iter().zip(inputs).enumerate() {
            let shape = match input.declaration.kind {
                Kind::Count | Kind::Number | Kind::Money | Kind::Date => Shape::Number,
                Kind::YesNo => Shape::Truth,
                Kind::Choice => Shape::Word,
                Kind::Events => Shape::Events,
                Kind::Ballots => Shape::Ballots,
            };
            let fields = input.declaration.fields.iter().map(|field| match field.kind {
                FieldKind::Choice | FieldKind::Holder => Shape::Word,
                FieldKind::Matter => Shape::Text,
                FieldKind::Date | FieldKind::Number => Shape::Number,
                FieldKind::YesNo => Shape::Truth,
            });
            let fields: Vec<Shape> = fields.collect();
            if !column.fits(shape, self.rows, &fields) {
                return Some((
                    place,
                    "列的类型或行数与声明不符",
                    "the column is of another kind or length than declared",
                ));
            }
        }
        let shapes = [Shape::Number, Shape::Text].into_iter().cycle();
        let results = self.columns.iter().enumerate().skip(inputs.len()).zip(shapes);
        for ((place, column), shape) in results {
            if !column.fits(shape, self.rows, &[]) {
                return Some((
                    place,
                    "其他办法的结果应为一列得分、一列等次，行数与表相同",
                    "results of another scheme are a column of scores and a column of grades, as long as the table",
                ));
            }
        }
        None
    }
}
