//! What is entered into the cells of a column, as a spreadsheet can watch over it.

use crate::exact::Exact;
use crate::fact::template::column::{Beside, Column};
use crate::fact::{FieldKind, Holder, Kind};

/// What is entered into the cells of a column.
pub(super) enum Entry {
    /// A number from the least to the greatest, or words for what is not known.
    Number { least: Exact, greatest: Exact, whole: bool },
    /// A day.
    Day,
    /// One of these words; of a fact also those for what is not known.
    Words { words: Vec<String>, states: bool },
    /// Anything.
    Text,
}

impl Entry {
    pub(super) fn of(column: &Column) -> Self {
        let truths = || ["是", "否"].map(str::to_owned).to_vec();
        match column {
            Column::Value(fact) => match fact.kind {
                Kind::Count | Kind::Number | Kind::Money => Entry::Number {
                    least: fact.least(),
                    greatest: fact.greatest(),
                    whole: fact.kind == Kind::Count,
                },
                Kind::Date => Entry::Day,
                Kind::YesNo => Entry::Words {
                    words: truths(),
                    states: true,
                },
                Kind::Choice => Entry::Words {
                    words: fact.words.clone(),
                    states: true,
                },
                Kind::Events | Kind::Ballots => Entry::Text,
            },
            Column::Votes(_, _) | Column::Beside(_, Beside::Issued | Beside::Returned | Beside::Valid) => {
                Entry::Number {
                    least: Exact::ZERO,
                    greatest: Exact::from(i64::from(u32::MAX)),
                    whole: true,
                }
            }
            Column::Complete => Entry::Words {
                words: truths(),
                states: false,
            },
            Column::Field(field) => match field.kind {
                FieldKind::Number => Entry::Number {
                    least: field.least(),
                    greatest: field.greatest(),
                    whole: false,
                },
                FieldKind::Date => Entry::Day,
                FieldKind::YesNo => Entry::Words {
                    words: truths(),
                    states: false,
                },
                FieldKind::Choice => Entry::Words {
                    words: field.words.clone(),
                    states: false,
                },
                FieldKind::Holder => Entry::Words {
                    words: Holder::ALL.map(|holder| holder.zh().to_owned()).to_vec(),
                    states: false,
                },
                FieldKind::Matter => Entry::Text,
            },
            Column::Subject | Column::Name | Column::Beside(_, Beside::ZeroPost | Beside::By | Beside::Why) => {
                Entry::Text
            }
        }
    }
}
