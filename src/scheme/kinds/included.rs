//! `included` (结果折算): the score or the grade of another scheme.
//!
//! By score: points = score × P / `out_of`; `over_full` answers what becomes of points above P, which a bonus there can
//! give. By grade: the points of the grade (`grade_points`), others nought. `passes` names grades there that cap the grade
//! here. While the other result is an interval, so is this; while it is missing, it may be anything.
//!
//! ```json
//! {"kind": "included", "scheme": "xinqu-zrz-2023", "title": "责任制考核", "out_of": 100,
//!  "over_full": "lost", "passes": [{"grade": "不合格", "at_most": "合格"}]}
//! ```

use super::ratio::{OVER_FULL, OverFull};
use super::reading::{Reading, channel, text, value};
use crate::exact::Exact;
use crate::scheme::amount::Table;
use crate::scheme::core::{Core, Includes, Lowered, Phrase};

crate::record! {
    /// A grade that caps another.
    pub struct GradeCap {
        /// The grade that was earned there.
        pub grade: String,
        /// The highest grade that is left here.
        pub at_most: String,
    }
}

crate::record! {
    /// 结果折算: the score or the grade of another scheme.
    pub struct Included {
        /// The scheme's id.
        pub scheme: String,
        /// The scheme's title; the item's title when missing.
        pub title: Option<String>,
        /// The full score there.
        pub out_of: Option<Exact>,
        /// What becomes of points above full points.
        pub over_full: Option<OverFull>,
        /// The points of grades, in place of the score.
        pub grade_points: Option<Table>,
        /// Grades there that cap the grade here.
        pub passes: Vec<GradeCap>,
    }
}

impl Included {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let title = reading.titled(&self.title);
        let mut lowered = match (&self.out_of, &self.grade_points) {
            (Some(out_of), None) => self.by_score(reading, &title, out_of),
            (None, Some(points)) => Some(self.by_grade(&title, points)),
            _ => reading.problem(
                "",
                "scheme.conversion",
                "out_of 与 grade_points 须且只须填一项",
                "give exactly one of out_of, grade_points",
            ),
        }?;
        for cap in &self.passes {
            let (grade, most) = (&cap.grade, &cap.at_most);
            lowered
                .read_back
                .push_str(&format!("；该项为“{grade}”的，本办法等次不高于“{most}”"));
        }
        let passes = self.passes.iter().map(|cap| (cap.grade.clone(), cap.at_most.clone()));
        lowered.includes = Some(Includes {
            scheme: self.scheme.clone(),
            passes: passes.collect(),
        });
        Some(lowered)
    }

    fn by_score(&self, reading: &Reading<'_>, title: &str, out_of: &Exact) -> Option<Lowered> {
        if !out_of.is_positive() {
            return reading.problem(
                "out_of",
                "scheme.conversion",
                "out_of 应大于 0",
                "\"out_of\" must be above 0",
            );
        }
        let (zh, en) = (
            "折算后超出本项满分的部分如何处理？",
            "do points above the full points count?",
        );
        let over = reading.forced("over_full", self.over_full, OverFull::Lost, zh, en, OVER_FULL);
        let score = Core::Result(self.scheme.clone(), out_of.clone());
        let full = reading.points;
        let points = score.clone().times(full.clone()).over(Core::Number(out_of.clone()));
        let line = channel(
            points,
            vec![
                value(&score),
                text(" × "),
                value(full),
                text(format!(" / {out_of} = ")),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}得分 ")),
                value(&score),
                text(format!("，按 {out_of} 分折算 ")),
                value(full),
                text(" 分，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let told = self
            .over_full
            .map(|over| format!("，{}", over.zh()))
            .unwrap_or_default();
        let read_back = format!("{title}结果按 {out_of} 分折算为 {} 分{told}", reading.points_zh);
        Some(Lowered {
            cap: (over == OverFull::Lost).then(|| full.clone()),
            ..Lowered::earned(vec![line], read_back)
        })
    }

    fn by_grade(&self, title: &str, points: &Table) -> Lowered {
        let grade = Core::Grade(self.scheme.clone());
        let line = channel(
            Core::ByGrade(self.scheme.clone(), points.0.clone()),
            vec![value(&grade), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}等次为“")),
                value(&grade),
                text("”，计 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!("{title}等次计分：{}，其余 0 分", points.told(" 分"));
        Lowered::earned(vec![line], read_back)
    }
}
