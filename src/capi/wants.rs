//! What a column wants: the sort of its values, and their bounds.

use crate::exact::Exact;
use crate::fact::{Declaration, FieldDeclaration, FieldKind, Holder, Kind};

/// The values of a column, or of a field of its events.
pub(super) enum Wants {
    /// Numbers; whole ones for counts.
    Numbers { whole: bool, least: Exact, greatest: Exact },
    /// Days, by their numbers.
    Days { least: Exact, greatest: Exact },
    /// Yes or no.
    Truths,
    /// One of so many words, by its place.
    Words(usize),
    /// Texts.
    Texts,
    /// Events.
    Events,
    /// The ballots themselves, which nothing reads: what is counted of them are columns of their own.
    Ballots,
}

impl Wants {
    pub(super) fn of(declaration: &Declaration) -> Self {
        let (least, greatest) = (declaration.least(), declaration.greatest());
        match declaration.kind {
            Kind::Count | Kind::Number | Kind::Money => Wants::Numbers {
                whole: declaration.kind == Kind::Count,
                least,
                greatest,
            },
            Kind::Date => Wants::Days { least, greatest },
            Kind::YesNo => Wants::Truths,
            Kind::Choice => Wants::Words(declaration.words.len()),
            Kind::Events => Wants::Events,
            Kind::Ballots => Wants::Ballots,
        }
    }

    /// Scores of another scheme, which have no declared bounds, or its grades.
    pub(super) fn of_result(kind: &str) -> Self {
        if kind == "text" {
            return Wants::Texts;
        }
        Wants::Numbers {
            whole: false,
            least: Exact::from(i64::MIN),
            greatest: Exact::from(i64::MAX),
        }
    }

    pub(super) fn of_field(field: &FieldDeclaration) -> Self {
        let (least, greatest) = (field.least(), field.greatest());
        match field.kind {
            FieldKind::Number => Wants::Numbers {
                whole: false,
                least,
                greatest,
            },
            FieldKind::Date => Wants::Days { least, greatest },
            FieldKind::YesNo => Wants::Truths,
            FieldKind::Choice => Wants::Words(field.words.len()),
            FieldKind::Holder => Wants::Words(Holder::ALL.len()),
            FieldKind::Matter => Wants::Texts,
        }
    }

    /// The function that sets such a column, as the header names it.
    pub(super) fn function(&self) -> Option<&'static str> {
        Some(match self {
            Wants::Numbers { .. } => "zeren_table_set_numbers",
            Wants::Days { .. } => "zeren_table_set_days",
            Wants::Truths => "zeren_table_set_truths",
            Wants::Words(_) => "zeren_table_set_words",
            Wants::Texts => "zeren_table_set_texts",
            Wants::Events => "zeren_table_set_events",
            Wants::Ballots => return None,
        })
    }
}

/// The least and the greatest whole number of a column.
pub(super) struct Bounds {
    pub(super) least: i64,
    pub(super) greatest: i64,
}

impl Bounds {
    /// Those of numbers with so many decimal places; `None` where there are too many.
    pub(super) fn scaled(least: &Exact, greatest: &Exact, places: u32) -> Option<Self> {
        let scale = Exact::from(10_i64.checked_pow(places)?);
        let narrow = |number: Exact| {
            let held = number.to_i128()?.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
            i64::try_from(held).ok()
        };
        Some(Bounds {
            // Upwards, so that it lies inside.
            least: narrow(-&(&(-least) * &scale).floor())?,
            greatest: narrow((greatest * &scale).floor())?,
        })
    }

    pub(super) fn hold(&self, value: i64) -> bool {
        self.least <= value && value <= self.greatest
    }
}
