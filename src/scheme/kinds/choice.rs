//! `choice` (定档计分): the points of the word that was chosen.
//!
//! ```json
//! {"kind": "choice", "value": "评定档次", "points": {"优秀": 5, "良好": 4, "合格": 3, "不合格": 2}}
//! ```

use super::reading::{Reading, by_word, channel, text, value};
use crate::document::{Cursor, Read, Shape};
use crate::scheme::amount::{Amount, Formula, WORDS, words_match};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::record! {
    /// 定档计分: the points of the word that was chosen.
    pub struct Choice {
        /// What is chosen; the item's title when missing.
        pub title: Option<String>,
        /// The word: a declared choice.
        pub value: Formula,
        /// The points of every word.
        pub points: AmountByWord,
    }
}

/// An amount of every word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountByWord(pub Vec<(String, Amount)>);

impl Read for AmountByWord {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|word, at| Some((word.to_owned(), Amount::read(at)?)))
            .map(AmountByWord)
    }
    fn shape() -> Shape {
        Shape::Map(Amount::shape)
    }
}

impl AmountByWord {
    /// The amounts, one for each declared word.
    pub(super) fn lower(&self, reading: &Reading<'_>, place: &str, declared: &[String]) -> Option<Vec<(String, Core)>> {
        let pointer = format!("{}/{place}", reading.pointer);
        let listed = self.0.iter().map(|(word, _)| word.as_str());
        let code = if place == "levels" { "scheme.levels" } else { WORDS };
        words_match(reading.problems, &pointer, declared, listed, code)?;
        let read = self
            .0
            .iter()
            .map(|(word, amount)| Some((word.clone(), reading.amount(amount)?)));
        read.collect()
    }

    /// `优秀 5 分、良好 4 分`.
    pub(super) fn told(&self) -> String {
        let told: Vec<String> = self
            .0
            .iter()
            .map(|(word, amount)| format!("{word} {} 分", amount.zh()))
            .collect();
        told.join("、")
    }
}

impl Choice {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let chosen = reading.word(&self.value)?;
        let Core::Fact(place) = &chosen else {
            let (zh, en) = ("value 应为已声明的选项类事实", "the value must be a declared choice");
            return reading.problem("value", "scheme.no_choice", zh, en);
        };
        let words = reading.names.inputs.declaration(*place)?.words;
        let rows = self.points.lower(reading, "points", &words)?;
        let title = reading.titled(&self.title);
        let line = channel(
            by_word(&chosen, &rows),
            vec![value(&chosen), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}评定为“")),
                value(&chosen),
                text("”，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        Some(Lowered::earned(vec![line], format!("{title}：{}", self.points.told())))
    }
}
