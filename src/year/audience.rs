//! Sheets as an audience may see them.
//!
//! A subject sees its own sheet whole, and of the others how many there are. A scorer sees the items that it scores, with
//! their lines and the facts that those use. Leaders see totals, grades, ranks and items of all, and no facts. The public
//! sees totals, grades and ranks of what is published or approved, as the published or approved sheet says them. What a rule compares with (the best or the mean of a
//! cohort) stands in the line that compares, without whose it is.

use serde::Serialize;

use super::Assessed;
use super::pool::assessment;
use crate::assessment::{Looking, Viewer};
use crate::error::Finding;
use crate::score::{ItemScore, Kept, Line, Range, Rank, Sheet};
use crate::system::View;

/// One sheet as an audience sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ShownSheet {
    /// All of it.
    Whole(Box<Sheet>),
    /// Some of its items.
    Items(ShownItems),
    /// How the subject stands.
    Result(ShownResult),
}

/// The items that a scorer scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownItems {
    /// The subject.
    pub subject: String,
    /// The items.
    pub items: Vec<ItemScore>,
    /// Their lines.
    pub lines: Vec<Line>,
}

/// How a subject stands, without facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownResult {
    /// The subject.
    pub subject: String,
    /// The total.
    pub total: Range,
    /// The grades that it may have.
    pub grades: Vec<String>,
    /// The rank, when the scheme ranks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// How many facts leave the total open.
    pub open: usize,
    /// The items, for leaders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemScore>,
}

/// The sheets of a scheme as an audience sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The scheme.
    pub scheme: String,
    /// Who looks.
    pub audience: Viewer,
    /// What it sees, in the order of the roster.
    pub sheets: Vec<ShownSheet>,
    /// Of how many more subjects there are sheets.
    pub others: usize,
    /// What was found, for those who see the facts that it is about.
    pub findings: Vec<Finding>,
}

impl Assessed {
    /// As an audience may see it.
    pub fn shown_to(self, looking: Looking<'_>, view: &View<'_>) -> Shown {
        let (scheme, when, assessment) = (self.scheme, view.when(), assessment(view));
        let (mut shown, mut others) = (Vec::new(), 0_usize);
        for sheet in self.sheets {
            let sheet = match looking {
                Looking::Office => Some(ShownSheet::Whole(Box::new(sheet))),
                Looking::Subject(own) if own == sheet.subject => Some(ShownSheet::Whole(Box::new(sheet))),
                Looking::Subject(_) => None,
                Looking::Scorer(unit) => {
                    let items = assessment.items_of(unit, &scheme, &sheet.subject, when);
                    (!items.is_empty()).then(|| some_items(sheet, &items))
                }
                Looking::Leaders => Some(result(sheet, true)),
                Looking::Public => assessment.is_public(&scheme, &sheet.subject, when).then(|| {
                    match super::baseline::public(view, &scheme, &sheet.subject) {
                        Some(kept) => ShownSheet::Result(stored(sheet.subject, kept)),
                        None => result(sheet, false),
                    }
                }),
            };
            match sheet {
                Some(sheet) => shown.push(sheet),
                None => others = others.saturating_add(1),
            }
        }
        let audience = match looking {
            Looking::Subject(_) => Viewer::Subject,
            Looking::Scorer(_) => Viewer::Scorer,
            Looking::Office => Viewer::Office,
            Looking::Leaders => Viewer::Leaders,
            Looking::Public => Viewer::Public,
        };
        let findings = match looking {
            Looking::Office => self.findings,
            _ => Vec::new(),
        };
        Shown {
            scheme,
            audience,
            sheets: shown,
            others,
            findings,
        }
    }
}

fn some_items(sheet: Sheet, items: &[&str]) -> ShownSheet {
    let own = |id: &str| items.contains(&id);
    ShownSheet::Items(ShownItems {
        subject: sheet.subject,
        items: sheet.items.into_iter().filter(|item| own(&item.id)).collect(),
        lines: sheet.lines.into_iter().filter(|line| own(&line.item)).collect(),
    })
}

/// A published result says what was published, whatever its facts would give since.
fn stored(subject: String, kept: Kept) -> ShownResult {
    ShownResult {
        subject,
        total: kept.standing.total,
        grades: kept.standing.grades,
        rank: kept.standing.rank,
        open: 0,
        items: Vec::new(),
    }
}

fn result(sheet: Sheet, with_items: bool) -> ShownSheet {
    ShownSheet::Result(ShownResult {
        subject: sheet.subject,
        total: sheet.total,
        grades: sheet.grades,
        rank: sheet.rank,
        open: sheet.open.len(),
        items: if with_items { sheet.items } else { Vec::new() },
    })
}
