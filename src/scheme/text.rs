//! A scheme document as it is written, field by field.

use super::item::ItemText;
use super::parts::{
    Definition, Example, Grades, NotApplicable, Pool, Quota, Ranking, Redetermination, TotalLimits, TotalRounding,
    VetoText,
};
use crate::calendar::{Date, WorkCalendar};
use crate::document::{Cursor, Read, Shape};
use crate::fact::{Declaration, read_declarations};

crate::choice! {
    /// Whether a scheme may still have open questions.
    pub enum Status {
        /// It may.
        Draft = "draft" "征求意见",
        /// It may not.
        Adopted = "adopted" "已印发",
    }
}

crate::record! {
    /// What the scheme rests on.
    pub struct SchemeBasis {
        /// Title of the document.
        pub title: String,
        /// Document number.
        pub number: Option<String>,
        /// Article.
        pub article: Option<String>,
    }
}

crate::record! {
    /// The days that are assessed.
    pub struct SchemePeriod {
        /// The first.
        pub from: Date,
        /// The last.
        pub to: Date,
    }
}

crate::record! {
    /// A scheme (考核办法): what is declared, what is scored and how.
    pub struct SchemeText {
        /// Always `scheme`.
        pub kind: String => || Shape::Choice(&[("scheme", "考核办法")]),
        /// Always 1.
        pub format: u32 => || Shape::Format(1),
        /// The language edition: `1`.
        pub edition: String => || Shape::Choice(&[("1", "第 1 版")]),
        /// Id.
        pub id: String,
        /// Version.
        pub version: String,
        /// Title.
        pub title: String,
        /// The year assessed.
        pub year: u32,
        /// Draft or adopted.
        pub status: Status,
        /// What it rests on.
        pub basis: Vec<SchemeBasis>,
        /// The days that are assessed.
        pub period: Option<SchemePeriod>,
        /// Classes of subjects.
        pub classes: Vec<String>,
        /// Calendars, when working days are counted.
        pub calendar: Vec<WorkCalendar>,
        /// Declared facts.
        pub facts: Declared,
        /// Named intermediate values.
        pub definitions: Vec<Definition>,
        /// Items and groups.
        pub items: Vec<ItemText>,
        /// Points that are added.
        pub bonus: Option<Pool>,
        /// Points that are taken off, written positive.
        pub penalties: Option<Pool>,
        /// Limits of the total.
        pub total: Option<TotalLimits>,
        /// Vetoes and downgrades.
        pub vetoes: Vec<VetoText>,
        /// What an item does that does not apply.
        pub not_applicable: Option<NotApplicable>,
        /// Rounding.
        pub rounding: Option<TotalRounding>,
        /// Grades.
        pub grades: Option<Grades>,
        /// How many may have a grade.
        pub quotas: Vec<Quota>,
        /// How totals are ranked.
        pub ranking: Option<Ranking>,
        /// What becomes of others after a redetermination.
        pub redetermination: Option<Redetermination>,
        /// Worked examples.
        pub examples: Vec<Example>,
    }
}

/// The declared facts, checked as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared(pub Vec<Declaration>);

impl Read for Declared {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        read_declarations(at).map(Declared)
    }
    fn absent() -> Option<Self> {
        Some(Declared::default())
    }
    fn shape() -> Shape {
        Shape::List(<Declaration as Read>::shape)
    }
}

/// The shape of a scheme document.
pub fn shape() -> Shape {
    <SchemeText as Read>::shape()
}
