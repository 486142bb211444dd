//! The parts of a scheme that come after its items: rounding, grades, vetoes.

use crate::exact::{Exact, Mode};

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
        /// The other items carry its weight.
        Renormalise = "renormalise" "剔除后按比例折算",
    }
}

crate::record! {
    /// A grade from this score on.
    pub struct Grade {
        /// Its name.
        pub grade: String,
        /// The lowest score that earns it, included; missing for the lowest grade.
        pub from: Option<Exact>,
    }
}

crate::record! {
    /// The grades, highest first.
    pub struct Grades {
        /// Which value is compared.
        pub compare: Option<GradeCompare>,
        /// The grades, highest first; the last takes everything below.
        pub bands: Vec<Grade>,
    }
}

crate::record! {
    /// A grade that caps another.
    pub struct GradeCap {
        /// The grade that was earned there.
        pub grade: String,
        /// The highest grade that is left here.
        pub at_most: String,
    }
}

/// What a veto does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The total becomes nought, before ranks and grades.
    ScoreZero,
    /// The grade is not above this.
    GradeAtMost(String),
}

/// A veto (一票否决) or downgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veto {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Article.
    pub article: Option<String>,
    /// When it strikes.
    pub when: super::Core,
    /// What it does.
    pub effect: Effect,
}
