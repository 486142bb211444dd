//! `checklist` (逐项计分): a share of full points for each thing done.
//!
//! Either equal shares: points = P × min(max(done, 0), of) / of. Or named parts: Σ points of the parts that hold; the
//! parts sum to P.
//!
//! ```json
//! {"kind": "checklist", "title": "专题学习", "done": "完成专题数", "of": 4}
//! {"kind": "checklist", "parts": [{"title": "有制度", "when": "已建制度", "points": 1}]}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::exact::Exact;
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Channel, Core, Lowered, Phrase};

crate::record! {
    /// 逐项计分: a share of full points for each thing done.
    pub struct Checklist {
        /// What is counted; the item's title when missing.
        pub title: Option<String>,
        /// How many are done; goes with `of`.
        pub done: Option<Formula>,
        /// Of how many.
        pub of: Option<u32>,
        /// Named parts with points of their own.
        pub parts: Vec<Part>,
    }
}

crate::record! {
    /// One part of a checklist.
    pub struct Part {
        /// What is asked for.
        pub title: String,
        /// When it is done.
        pub when: Formula,
        /// Its points.
        pub points: Amount,
    }
}

impl Checklist {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        match (&self.done, self.of, self.parts.as_slice()) {
            (Some(done), Some(of), []) => self.shares(reading, done, of),
            (None, None, [_, ..]) => self.parts(reading),
            _ => reading.problem(
                "",
                "scheme.checklist",
                "逐项计分应写 done 和 of，或只写 parts",
                "a checklist has done and of, or parts",
            ),
        }
    }

    fn shares(&self, reading: &Reading<'_>, done: &Formula, of: u32) -> Option<Lowered> {
        let done = reading.number(done)?;
        if of == 0 {
            return reading.problem("of", "scheme.empty_checklist", "of 应大于 0", "\"of\" must be above 0");
        }
        let of = Exact::from(of);
        let title = reading.titled(&self.title);
        let share = reading.points.clone().over(Core::Number(of.clone()));
        let counted = done.at_most(Core::Number(of.clone())).at_least(Core::ZERO);
        let line = channel(
            counted.clone().times(share.clone()),
            vec![value(&counted), text(" × "), value(&share), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}共 {of} 项，完成 ")),
                value(&counted),
                text(" 项，每项 "),
                value(&share),
                text(" 分，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let each = match &share {
            Core::Number(share) => share.shown(),
            _ => format!("分值的 1/{of}"),
        };
        Some(Lowered::earned(
            vec![line],
            format!("{title}共 {of} 项，每完成一项得 {each} 分"),
        ))
    }

    fn parts(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let lines: Vec<Option<(Channel, Core)>> = self.parts.iter().map(|part| line(part, reading)).collect();
        let (lines, points): (Vec<_>, Vec<_>) = lines.into_iter().collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let sum = points.into_iter().fold(Core::ZERO, Core::plus);
        if let (Core::Number(sum), Core::Number(full)) = (&sum, reading.points)
            && sum != full
        {
            let (zh, en) = (
                format!("各小项合计 {sum} 分，与项目分值 {full} 不符"),
                format!("the parts sum to {sum}, not to the item's {full}"),
            );
            return reading.problem("parts", "scheme.parts_sum", zh, en);
        }
        let told: Vec<String> = self
            .parts
            .iter()
            .map(|part| format!("{} {} 分", part.title, part.points.zh()))
            .collect();
        Some(Lowered::earned(
            lines,
            format!("逐项计分，做到即得：{}", told.join("、")),
        ))
    }
}

fn line(part: &Part, reading: &Reading<'_>) -> Option<(Channel, Core)> {
    let (when, points) = (reading.truth(&part.when), reading.amount(&part.points));
    let (when, points) = (when?, points?);
    let shown = part.when.zh();
    let line = channel(
        when.select(points.clone(), Core::ZERO),
        vec![
            text(format!("{shown} ? ")),
            value(&points),
            text(" : 0 = "),
            Phrase::Points,
        ],
        vec![
            text(format!("{}（", part.title)),
            value(&points),
            text(" 分），得 "),
            Phrase::Points,
            text(" 分"),
        ],
    );
    Some((line, points))
}
