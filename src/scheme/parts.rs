//! The parts of a scheme that come after its items: rounding, grades, vetoes, quotas, worked examples.

use super::amount::{Amount, Formula, Limit};
use super::item::ItemText;
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::Values;

crate::choice! {
    /// When points are rounded.
    pub enum Moment {
        /// Each item, before the sum.
        Item = "item" "各项得分",
        /// The total, once.
        Total = "total" "总分",
    }
}

crate::record! {
    /// How points are rounded, and when.
    pub struct TotalRounding {
        /// When.
        pub when: Moment,
        /// Decimal places, 0 to 18.
        pub place: u32,
        /// The mode.
        pub mode: Mode,
    }
}

impl TotalRounding {
    /// The rounding, when the place is 0 to 18.
    pub fn rounding(&self) -> Option<Rounding> {
        Rounding::to_place(self.mode, i32::try_from(self.place).ok()?)
    }
}

crate::choice! {
    /// Which value grade lines are compared with (GB/T 8170, section 4).
    pub enum GradeCompare {
        /// The value before rounding.
        Full = "full" "全数值比较",
        /// The rounded value.
        Rounded = "rounded" "修约值比较",
    }
}

crate::choice! {
    /// What an item that does not apply does to the total.
    pub enum NotApplicable {
        /// It gives full points.
        FullPoints = "full" "计满分",
        /// It gives none.
        Zero = "zero" "计零分",
        /// It gives the rate of the items that apply.
        Mean = "mean" "按其余项目的平均得分率计",
        /// The other items carry its weight.
        Renormalise = "renormalise" "剔除后按比例折算",
    }
}

crate::record! {
    /// One grade.
    pub struct Grade {
        /// Its name.
        pub grade: String,
        /// The lowest score that earns it, included.
        pub from: Option<Amount>,
        /// The score above which it is earned, excluded.
        pub above: Option<Amount>,
        /// The highest score that it reaches, included, where the clause states it.
        pub to: Option<Amount>,
        /// The score below which it stays, excluded, where the clause states it.
        pub below: Option<Amount>,
        /// What else must hold: a component minimum, a rank.
        pub needs: Option<Formula>,
    }
}

crate::record! {
    /// The grades, best first.
    pub struct Grades {
        /// Which value is compared.
        pub compare: Option<GradeCompare>,
        /// What is compared; the total when missing.
        pub value: Option<Formula>,
        /// The grades, best first; the last takes everything else.
        pub bands: Vec<Grade>,
    }
}

crate::record! {
    /// A veto (一票否决) or downgrade, with exactly one effect.
    pub struct VetoText {
        /// Id.
        pub id: String,
        /// Title.
        pub title: String,
        /// Article.
        pub article: Option<String>,
        /// When it strikes.
        pub when: Formula,
        /// The total becomes nought, before ranks and grades.
        pub score_zero: Option<bool>,
        /// The total is not above this.
        pub score_at_most: Option<Amount>,
        /// The grade is this.
        pub grade_is: Option<String>,
        /// The grade is not below this.
        pub grade_at_least: Option<String>,
        /// The grade is so many lower.
        pub grade_down: Option<u32>,
        /// The grade is not above this.
        pub grade_at_most: Option<String>,
    }
}

/// What a veto does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The total becomes nought, before ranks and grades.
    ScoreZero,
    /// The total is not above this.
    ScoreAtMost(Amount),
    /// The grade is this.
    GradeIs(String),
    /// The grade is not below this.
    GradeAtLeast(String),
    /// The grade is so many lower.
    GradeDown(u32),
    /// The grade is not above this.
    GradeAtMost(String),
}

impl VetoText {
    /// Its effect, when it has exactly one.
    pub fn effect(&self) -> Option<Effect> {
        let effects = [
            self.score_zero.filter(|zero| *zero).map(|_| Effect::ScoreZero),
            self.score_at_most.clone().map(Effect::ScoreAtMost),
            self.grade_is.clone().map(Effect::GradeIs),
            self.grade_at_least.clone().map(Effect::GradeAtLeast),
            self.grade_down.map(Effect::GradeDown),
            self.grade_at_most.clone().map(Effect::GradeAtMost),
        ];
        let mut effects = effects.into_iter().flatten();
        let first = effects.next();
        first.filter(|_| effects.next().is_none())
    }
}

impl Effect {
    /// What the reader of the scheme is told.
    pub fn zh(&self) -> String {
        match self {
            Effect::ScoreZero => "总分计零".to_owned(),
            Effect::ScoreAtMost(most) => format!("总分不高于 {} 分", most.zh()),
            Effect::GradeIs(grade) => format!("等次定为“{grade}”"),
            Effect::GradeAtLeast(grade) => format!("等次不低于“{grade}”"),
            Effect::GradeDown(steps) => format!("等次降 {steps} 级"),
            Effect::GradeAtMost(grade) => format!("等次不高于“{grade}”"),
        }
    }

    /// The grade that it names.
    pub fn grade(&self) -> Option<&str> {
        match self {
            Effect::GradeIs(grade) | Effect::GradeAtLeast(grade) | Effect::GradeAtMost(grade) => Some(grade),
            Effect::ScoreZero | Effect::ScoreAtMost(_) | Effect::GradeDown(_) => None,
        }
    }
}

crate::choice! {
    /// Who keeps a grade when several share the last place of a quota.
    pub enum QuotaTies {
        /// All of them.
        Keep = "keep" "并列末位的都保留",
        /// None of them.
        Drop = "drop" "并列末位的都不保留",
    }
}

crate::record! {
    /// How many subjects of a cohort may have a grade (比例限额).
    pub struct Quota {
        /// The grade.
        pub grade: String,
        /// The share of the cohort.
        pub share: Option<Amount>,
        /// Or how many.
        pub count: Option<Amount>,
        /// How a share is rounded to whole subjects.
        pub rounding: Option<Mode>,
        /// Who keeps the grade when several share the last place.
        pub ties: Option<QuotaTies>,
    }
}

crate::choice! {
    /// What equal totals get.
    pub enum RankTies {
        /// The same rank; the next is left out.
        Shared = "shared" "并列的取同一名次",
        /// A further expression decides.
        Broken = "broken" "并列的再比一次",
    }
}

crate::record! {
    /// How totals are ranked within a cohort.
    pub struct Ranking {
        /// What equal totals get.
        pub ties: Option<RankTies>,
        /// What breaks ties: more is better.
        pub then: Option<Formula>,
    }
}

crate::choice! {
    /// What becomes of the others when one result is determined anew after approval.
    pub enum Redetermination {
        /// Nothing.
        SubjectOnly = "subject_only" "只改该对象",
        /// Everybody is ranked anew.
        RerankAll = "rerank_all" "全部重新排名",
        /// Everybody is ranked anew, but nobody gets a lower rank or grade.
        RerankNeverLower = "rerank_never_lower" "重新排名，但不降低其他对象",
    }
}

crate::record! {
    /// A pool of points beside the items.
    pub struct Pool {
        /// Its title.
        pub title: Option<String>,
        /// The most that it gives or takes.
        pub cap: Option<Limit>,
        /// Only when this holds.
        pub when: Option<Formula>,
        /// Its items.
        pub items: Vec<ItemText>,
    }
}

crate::record! {
    /// Limits of the total.
    pub struct TotalLimits {
        /// The least.
        pub floor: Option<Amount>,
        /// The most.
        pub cap: Option<Amount>,
    }
}

crate::record! {
    /// A named intermediate value.
    pub struct Definition {
        /// Its name, as expressions write it.
        pub name: String,
        /// The value.
        pub value: Formula,
        /// What it is.
        pub title: Option<String>,
        /// Its unit.
        pub unit: Option<String>,
    }
}

crate::record! {
    /// Facts with the points that were calculated by hand.
    pub struct Example {
        /// What it shows.
        pub title: String,
        /// The class of the subject.
        pub class: Option<String>,
        /// The facts by name.
        pub facts: Values,
        /// The points of items by id.
        pub items: Option<Points>,
        /// The total.
        pub total: Option<Exact>,
        /// The grade.
        pub grade: Option<String>,
    }
}

/// Points by item id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points(pub Vec<(String, Exact)>);

impl crate::document::Read for Points {
    fn read(at: &crate::document::Cursor<'_>) -> Option<Self> {
        at.members(|id, at| Some((id.to_owned(), <Exact as crate::document::Read>::read(at)?)))
            .map(Points)
    }
    fn shape() -> crate::document::Shape {
        crate::document::Shape::Map(<Exact as crate::document::Read>::shape)
    }
}
