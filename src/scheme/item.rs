//! The tree of items.

use std::collections::BTreeSet;

use super::Questions;
use super::kinds::{self, Reading};
use crate::document::{Cursor, Fields};
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

/// The ids met so far: lines of the sheet are told apart by them.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// Takes an id, which must be new and none of those that the sheet uses itself.
    pub(super) fn take(&mut self, id: &str, at: &Cursor<'_>) {
        if ["total", "bonus"].contains(&id) {
            let (zh, en) = (
                format!("编号“{id}”由得分表自用，请换一个"),
                format!("the sheet itself uses the id \"{id}\"; take another"),
            );
            let _: Option<()> = at.problem("scheme.reserved_id", zh, en);
        }
        if !self.0.insert(id.to_owned()) {
            let (zh, en) = (format!("编号“{id}”重复"), format!("id \"{id}\" is used twice"));
            let _: Option<()> = at.problem("scheme.duplicate_item", zh, en);
        }
    }
}

impl Item {
    /// Reads a list of items, which is not empty: nobody means a group that gives nothing.
    pub(super) fn read_list(
        at: &Cursor<'_>,
        declarations: &[Declaration],
        questions: &Questions,
        ids: &mut Ids,
    ) -> Option<Vec<Item>> {
        let items = at.items(|item| Item::read(item, declarations, questions, ids))?;
        if items.is_empty() {
            return at.problem("scheme.no_items", "至少应有一个项目", "there is at least one item");
        }
        Some(items)
    }

    /// Reads an item; ids must be unique.
    pub(super) fn read(
        at: &Cursor<'_>,
        declarations: &[Declaration],
        questions: &Questions,
        ids: &mut Ids,
    ) -> Option<Item> {
        let fields = at.fields()?;
        let id: Option<String> = fields.field("id");
        let title: Option<String> = fields.field("title");
        if let Some(id) = &id {
            ids.take(id, at);
        }
        if let Some(list) = fields.cursor("items") {
            let cap: Option<Option<Exact>> = fields.field("cap");
            let items = Item::read_list(&list, declarations, questions, ids);
            fields.finish();
            return Some(Item::Group {
                id: id?,
                title: title?,
                cap: cap?,
                items: items?,
            });
        }
        let leaf = Item::read_leaf(&fields, declarations, questions, id, title);
        fields.finish();
        leaf
    }

    /// Apart from groups, so that what a leaf needs does not lie on the stack once for every level.
    fn read_leaf(
        fields: &Fields<'_>,
        declarations: &[Declaration],
        questions: &Questions,
        id: Option<String>,
        title: Option<String>,
    ) -> Option<Item> {
        let article: Option<Option<String>> = fields.field("article");
        let wording: Option<Option<String>> = fields.field("wording");
        let points: Option<Exact> = fields.field("points");
        if points.as_ref().is_some_and(Exact::is_negative) {
            let (zh, en) = ("项目分值不能为负", "the points of an item are not negative");
            let _: Option<()> = fields
                .cursor("points")
                .and_then(|at| at.problem("scheme.item_points", zh, en));
        }
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
            (None, _) => fields.at().problem(
                "scheme.no_rule",
                "项目须有 rule 或 items",
                "an item has a rule or items",
            ),
        };
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
