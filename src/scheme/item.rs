//! The tree of items as it is written.

use super::amount::{Amount, Formula};
use super::parts::NotApplicable;
use crate::document::{Cursor, Read, Shape, Value};
use crate::exact::Rounding;

/// An item or a group of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemText {
    /// A group.
    Group(Box<GroupText>),
    /// An item with a rule.
    Leaf(Box<LeafText>),
}

crate::record! {
    /// An item with a rule.
    pub struct LeafText {
        /// Id, unique in the scheme.
        pub id: String,
        /// Title.
        pub title: String,
        /// Full points.
        pub points: Amount,
        /// Article of the basis.
        pub article: Option<String>,
        /// The published wording.
        pub wording: Option<String>,
        /// The rule.
        pub rule: RuleText,
        /// When the item applies; always when missing.
        pub applies_when: Option<Formula>,
        /// What it does when it does not apply; what the scheme says when missing.
        pub not_applicable: Option<NotApplicable>,
        /// When it gives nothing.
        pub zero_when: Option<Formula>,
        /// How its points are rounded; what the scheme says when missing.
        pub rounding: Option<Rounding>,
        /// Limits while conditions hold.
        pub gates: Vec<Gate>,
        /// What its points are multiplied by.
        pub coefficient: Option<Amount>,
        /// How its points are converted.
        pub convert: Option<Convert>,
        /// Its weight in a weighted group.
        pub weight: Option<Amount>,
    }
}

crate::record! {
    /// A group of items.
    pub struct GroupText {
        /// Id, unique in the scheme.
        pub id: String,
        /// Title.
        pub title: String,
        /// Article of the basis.
        pub article: Option<String>,
        /// The published wording.
        pub wording: Option<String>,
        /// Its items.
        pub items: Items,
        /// How their points are put together; their sum when missing.
        pub combine: Option<Combine>,
        /// `renormalise`: within the group the items that apply carry the weight of those that do not.
        pub not_applicable: Option<GroupNotApplicable>,
        /// With fewer items that apply, the group does not apply.
        pub least_applicable: Option<u32>,
        /// When it gives nothing.
        pub zero_when: Option<Formula>,
        /// The least.
        pub floor: Option<Amount>,
        /// The most.
        pub cap: Option<Amount>,
        /// Limits while conditions hold.
        pub gates: Vec<Gate>,
        /// What its points are multiplied by.
        pub coefficient: Option<Amount>,
        /// How its points are converted.
        pub convert: Option<Convert>,
        /// Its weight in a weighted group.
        pub weight: Option<Amount>,
    }
}

/// The items of a group. They are read apart from its other fields, so that those do not lie on the stack once for
/// every level of nesting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items(pub Vec<ItemText>);

impl Read for Items {
    fn read(_: &Cursor<'_>) -> Option<Self> {
        Some(Items::default())
    }
    fn shape() -> Shape {
        Shape::List(ItemText::shape)
    }
}

crate::choice! {
    /// What a group does with items that do not apply.
    pub enum GroupNotApplicable {
        /// The others carry their weight, within the group.
        Renormalise = "renormalise" "组内剔除后按比例折算",
    }
}

crate::choice! {
    /// How the points of a group's items are put together.
    pub enum Combine {
        /// Their sum.
        Sum = "sum" "求和",
        /// The mean of those that apply.
        Mean = "mean" "取平均",
        /// Σ weight × points.
        Weighted = "weighted" "按权重合成",
        /// The lowest of those that apply.
        Lowest = "lowest" "取最低",
        /// The highest of those that apply.
        Highest = "highest" "取最高",
    }
}

crate::record! {
    /// A limit while a condition holds.
    pub struct Gate {
        /// What it is for.
        pub title: String,
        /// The condition.
        pub when: Formula,
        /// No more points than this while it holds.
        pub at_most: Amount,
    }
}

crate::record! {
    /// Points out of one full score made points out of another.
    pub struct Convert {
        /// The full score before.
        pub from: Amount,
        /// The full score after.
        pub to: Amount,
    }
}

/// A rule as it is written, read once the facts are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The rule.
    pub value: Value,
    /// Where it stands.
    pub pointer: String,
}

impl Read for RuleText {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if !at.is_object() {
            return at.expected("对象", "an object");
        }
        Some(RuleText {
            value: at.value().into_owned(),
            pointer: at.pointer(),
        })
    }
    fn shape() -> Shape {
        super::kinds::shape()
    }
}

impl Read for ItemText {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if at.has("items") {
            let items = below(at);
            let mut group = Box::new(GroupText::read(at)?);
            group.items = Items(items?);
            return Some(ItemText::Group(group));
        }
        if at.is_object() && !at.has("rule") {
            let _: Option<()> = at.problem(
                "scheme.no_rule",
                "项目须有 rule 或 items",
                "an item has a rule or items",
            );
            return None;
        }
        LeafText::read(at).map(|leaf| ItemText::Leaf(Box::new(leaf)))
    }
    fn shape() -> Shape {
        Shape::Either(&[LeafText::shape, GroupText::shape])
    }
}

fn below(at: &Cursor<'_>) -> Option<Vec<ItemText>> {
    let fields = at.fields()?;
    let items = fields.cursor("items")?;
    items.items(ItemText::read)
}

impl ItemText {
    /// Id.
    pub fn id(&self) -> &str {
        match self {
            ItemText::Group(group) => &group.id,
            ItemText::Leaf(leaf) => &leaf.id,
        }
    }

    /// Title.
    pub fn title(&self) -> &str {
        match self {
            ItemText::Group(group) => &group.title,
            ItemText::Leaf(leaf) => &leaf.title,
        }
    }

    /// Weight in a weighted group.
    pub fn weight(&self) -> Option<&Amount> {
        match self {
            ItemText::Group(group) => group.weight.as_ref(),
            ItemText::Leaf(leaf) => leaf.weight.as_ref(),
        }
    }
}
