//! Papers (文书): documents that people sign, post and answer, as data, as Markdown, and as one self-contained page of
//! HTML that prints on A4 in the form of official documents (GB/T 9704-2012).
//!
//! ```
//! use zeren::report::{Column, Paper, Part};
//! let paper = Paper {
//!     kind: "missing_data",
//!     number: None,
//!     title: "缺报数据清单".to_owned(),
//!     to: Some("区统计局".to_owned()),
//!     wide: false,
//!     dense: false,
//!     parts: vec![Part::Table {
//!         caption: "尚未报送的数据".to_owned(),
//!         columns: vec![Column::text("事实"), Column::text("考核对象")],
//!         rows: vec![vec!["宣讲场次".to_owned(), "甲镇".to_owned()]],
//!     }],
//!     issuer: Some("示例新区考核办公室".to_owned()),
//!     date: None,
//!     note: None,
//! };
//! assert!(paper.markdown().contains("| 宣讲场次 | 甲镇 |"));
//! assert!(paper.html().contains("<caption>尚未报送的数据</caption>"));
//! ```

mod html;
mod markdown;

pub(crate) use html::escape;

use serde::Serialize;

use crate::calendar::Date;

/// A paper: what it says, whoever sets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Which paper it is; a host chooses its own template by this word.
    pub kind: &'static str,
    /// Document number (文号).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// To whom it goes (主送).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether it prints across, for tables of many columns.
    pub wide: bool,
    /// Whether it is set small with narrow margins, so that it stays on one page.
    pub dense: bool,
    /// What it says, in order.
    pub parts: Vec<Part>,
    /// Who issues it (落款).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What is said at the foot in small type (附注), such as the records that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One part of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// An enumeration.
    List {
        /// Its entries.
        entries: Vec<String>,
    },
    /// A table. Every row has as many cells as there are columns.
    Table {
        /// What the table shows.
        caption: String,
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
    /// A form: each row a label with what stands beside it, or room to write.
    Form {
        /// What the form is about.
        caption: String,
        /// Its rows.
        rows: Vec<FormRow>,
    },
    /// A picture.
    Picture {
        /// What it shows, for those who cannot see it.
        description: String,
        /// SVG without scripts or outside references: the picture from top to bottom, in strips that a page does not
        /// tear.
        strips: Vec<String>,
    },
    /// Places for signatures and seals, one a side of the paper.
    Places {
        /// Who signs: the side and, below it, the posts.
        sides: Vec<Place>,
    },
}

/// A row of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormRow {
    /// Its label.
    pub label: String,
    /// What stands beside it.
    pub text: String,
    /// Whether it leaves room for an opinion, a signature and a seal.
    pub room: bool,
}

impl FormRow {
    /// A row that is filled in.
    pub fn filled(label: &str, text: impl Into<String>) -> Self {
        FormRow {
            label: label.to_owned(),
            text: text.into(),
            room: false,
        }
    }

    /// A row with room to write, and what stands below it.
    pub fn room(label: &str, below: impl Into<String>) -> Self {
        FormRow {
            label: label.to_owned(),
            text: below.into(),
            room: true,
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Whether it holds figures, which stand to the right.
    pub figures: bool,
}

impl Column {
    /// A column of words.
    pub fn text(title: &str) -> Self {
        Column {
            title: title.to_owned(),
            figures: false,
        }
    }

    /// A column of figures.
    pub fn figures(title: &str) -> Self {
        Column {
            title: title.to_owned(),
            figures: true,
        }
    }
}

/// Where somebody signs or seals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The side, such as 甲方（盖章）.
    pub side: String,
    /// Who it is.
    pub name: String,
    /// What is written on each line, such as 签字 or a post with who signed on which day.
    pub lines: Vec<String>,
}
