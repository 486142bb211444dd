//! Rule kinds, one file each. To add one: write its file (a record of its fields, and how it is lowered), add its line to
//! the table below, and add its case file.

mod all_or_nothing;
mod award;
mod bands;
mod benchmark;
mod better_of;
mod by_hand;
mod channel;
mod checklist;
mod choice;
mod decision;
mod deduct;
mod discretion;
mod earn;
mod expiring;
mod formula;
mod gap;
mod included;
mod interpolate;
mod joint;
mod late;
mod minmax;
mod panel;
mod rank;
mod ratio;
mod reading;
mod slope;
mod step;
mod steps;
mod subordinates;
mod vote;

use super::core::Lowered;
use crate::document::{Cursor, Fields, Shape, VariantShape, nearest};

pub(super) use bands::cover;
pub use reading::Reading;

/// Reads the fields of a rule and lowers it; `None` after a problem.
type Lower = fn(&Fields<'_>, &Reading<'_>) -> Option<Lowered>;

/// A rule kind.
struct Kind {
    word: &'static str,
    zh: &'static str,
    lower: Lower,
}

/// The table of kinds: module, word, Chinese name.
macro_rules! kinds {
    ($($module:ident $text:ident $zh:literal),* $(,)?) => {
        const KINDS: &[Kind] = &[$(Kind {
            word: stringify!($module),
            zh: $zh,
            lower: |fields, reading| $module::$text::read_fields(fields).and_then(|rule| rule.lower(reading)),
        }),*];

        /// The shape of a rule: which fields each kind has.
        pub fn shape() -> Shape {
            const VARIANTS: &[VariantShape] = &[$(VariantShape {
                tag: stringify!($module),
                shape: <$module::$text as crate::document::Read>::shape,
            }),*];
            Shape::Tagged("kind", VARIANTS)
        }
    };
}

kinds! {
    all_or_nothing AllOrNothing "达标得分",
    checklist Checklist "逐项计分",
    ratio Ratio "按比例得分",
    bands Bands "分档得分",
    choice Choice "定档计分",
    interpolate Interpolate "线性插值",
    slope Slope "分段累进",
    steps Steps "超减计分",
    gap Gap "差距扣分",
    deduct Deduct "逐次扣分",
    late Late "迟报扣分",
    earn Earn "逐次加分",
    award Award "分级计分",
    rank Rank "名次计分",
    benchmark Benchmark "对标计分",
    minmax MinMax "功效系数",
    panel Panel "评委打分",
    vote Vote "票决计分",
    discretion Discretion "裁量计分",
    by_hand ByHand "人工评分",
    decision Decision "条件表",
    better_of BetterOf "择优计分",
    subordinates Subordinates "下级汇总",
    joint Joint "连带分担",
    expiring Expiring "限期扣分",
    included Included "结果折算",
    formula FormulaRule "公式",
}

/// A rule that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Word of the kind.
    pub kind: &'static str,
    /// Chinese name of the kind.
    pub zh: &'static str,
    /// Its core form and its read-back.
    pub lowered: Lowered,
}

/// The words and Chinese names of all kinds.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().map(|kind| (kind.word, kind.zh))
}

/// Reads the rule at the cursor.
pub(super) fn read(at: &Cursor<'_>, reading: &Reading<'_>) -> Option<Rule> {
    let fields = at.fields()?;
    let word: String = fields.field("kind")?;
    let Some(kind) = KINDS.iter().find(|kind| kind.word == word) else {
        let by_name = KINDS.iter().find(|kind| kind.zh == word).map(|kind| kind.word);
        let near = by_name.or_else(|| nearest(&word, KINDS.iter().map(|kind| kind.word)));
        let all: Vec<String> = words().map(|(word, zh)| format!("{word}（{zh}）")).collect();
        let hint = near.map_or_else(|| "；".to_owned(), |near| format!("，是否应为“{near}”？"));
        return at.problem(
            "scheme.unknown_kind",
            format!("没有名为“{word}”的评分规则{hint}可用：{}", all.join("、")),
            format!(
                "there is no rule kind \"{word}\"; there are: {}",
                words().map(|(word, _)| word).collect::<Vec<_>>().join(", ")
            ),
        );
    };
    let lowered = (kind.lower)(&fields, reading);
    fields.finish();
    lowered.map(|lowered| Rule {
        kind: kind.word,
        zh: kind.zh,
        lowered,
    })
}
