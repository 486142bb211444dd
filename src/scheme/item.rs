//! The tree of items.

use super::Questions;
use super::kinds::{self, Reading};
use crate::document::Cursor;
use crate::exact::Exact;
use crate::fact::Declaration;

pub use super::kinds::ReadRule as Rule;

/// An item or a group of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A group with its own cap.
    Group {
        /// Id.
        id: String,
        /// Title.
        title: String,
        /// The most that its items give together.
        cap: Option<Exact>,
        /// Its items.
        items: Vec<Item>,
    },
    /// An item with a rule.
    Leaf(Box<Leaf>),
}

/// An item with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Id, unique in the scheme.
    pub id: String,
    /// Title.
    pub title: String,
    /// Article of the basis.
    pub article: Option<String>,
    /// The published wording.
    pub wording: Option<String>,
    /// Full points.
    pub points: Exact,
    /// The rule.
    pub rule: Rule,
}

impl Item {
    /// Reads an item; ids must be unique.
    pub(super) fn read(
        at: &Cursor<'_>,
        declarations: &[Declaration],
        questions: &Questions,
        ids: &mut Vec<String>,
    ) -> Option<Item> {
        let fields = at.fields()?;
        let id: Option<String> = fields.field("id");
        let title: Option<String> = fields.field("title");
        if let Some(id) = &id {
            if ids.contains(id) {
                let (zh, en) = (format!("项目编号“{id}”重复"), format!("item id \"{id}\" is used twice"));
                let _: Option<()> = at.problem("scheme.duplicate_item", zh, en);
            }
            ids.push(id.clone());
        }
        if let Some(list) = fields.cursor("items") {
            let cap: Option<Option<Exact>> = fields.field("cap");
            let items = list.items(|item| Item::read(item, declarations, questions, ids));
            fields.finish();
            return Some(Item::Group {
                id: id?,
                title: title?,
                cap: cap?,
                items: items?,
            });
        }
        let article: Option<Option<String>> = fields.field("article");
        let wording: Option<Option<String>> = fields.field("wording");
        let points: Option<Exact> = fields.field("points");
        let rule = match (fields.cursor("rule"), &points) {
            (Some(at), Some(points)) => kinds::read(
                &at,
                &Reading {
                    declarations,
                    points,
                    questions,
                },
            ),
            (Some(_), None) => None,
            (None, _) => at.problem(
                "scheme.no_rule",
                "项目须有 rule 或 items",
                "an item has a rule or items",
            ),
        };
        fields.finish();
        let leaf = Leaf {
            id: id?,
            title: title?,
            article: article?,
            wording: wording?,
            points: points?,
            rule: rule?,
        };
        Some(Item::Leaf(Box::new(leaf)))
    }

    /// Every leaf below, in document order.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Item::Leaf(leaf) => vec![leaf],
            Item::Group { items, .. } => items.iter().flat_map(Item::leaves).collect(),
        }
    }
}
