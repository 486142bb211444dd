//! Types of letters: what a rule set asks of each.

use crate::calendar::{Date, MonthDay, Period};

crate::choice! {
    /// How many letters of a type may run at a time.
    pub enum Unique {
        /// One for a receiver.
        Receiver = "receiver" "每个接受方一份",
        /// One for a pair of issuer and receiver.
        Pair = "pair" "每对签发方与接受方一份",
        /// As many as you like.
        None = "none" "不限",
    }
}
crate::document::kept!(enum Unique { 0 Receiver, 1 Pair, 2 None });

crate::choice! {
    /// Who signs an amendment.
    pub enum AmendmentSigners {
        /// Every signatory of the issuers.
        Issuers = "issuers" "签发方",
        /// Every signatory of both sides.
        Both = "both" "双方",
        /// Nobody needs to.
        Nobody = "nobody" "无须签署",
    }
}
crate::document::kept!(enum AmendmentSigners { 0 Issuers, 1 Both, 2 Nobody });

crate::record! {
    /// How many posts sign for a party, at least.
    pub struct LeastSignatories {
        /// For each issuer.
        pub issuers: Option<u32>,
        /// For each receiver.
        pub receivers: Option<u32>,
    }
}
crate::document::kept!(struct LeastSignatories { issuers, receivers });

crate::record! {
    /// The part of every year in which letters may be amended; it may reach over the turn of the year.
    pub struct AmendmentWindow {
        /// First day.
        pub from: MonthDay,
        /// Last day.
        pub to: MonthDay,
    }
}
crate::document::kept!(struct AmendmentWindow { from, to });

crate::record! {
    /// A type of letters: who may sign with whom, and what must have happened by when. What is missing is not asked for.
    pub struct LetterType {
        /// The word by which letters name it.
        pub id: String,
        /// Its Chinese name.
        pub name: String,
        /// Classes of units that may issue such a letter; all when empty. A post or group counts as its unit.
        pub issuers: Vec<String>,
        /// Classes of units that may receive it; all when empty.
        pub receivers: Vec<String>,
        /// Whether all parties belong to one unit, such as the secretary and the members of the team.
        pub inside: bool,
        /// The kind of edge by which each receiver must stand below an issuer.
        pub edge: Option<String>,
        /// How many may run at a time.
        pub unique: Option<Unique>,
        /// How many signatories a party has at least.
        pub signatories: Option<LeastSignatories>,
        /// Whether a duty of several receivers must say which of them leads.
        pub leading: bool,
        /// Whether each receiver must have seen the draft before it is signed.
        pub consultation: bool,
        /// Whether it must be approved before it is signed.
        pub approval: bool,
        /// By when it must be signed, in the year of its first day.
        pub sign_by: Option<MonthDay>,
        /// When it may be amended.
        pub window: Option<AmendmentWindow>,
        /// Who signs an amendment.
        pub amendment_signed_by: Option<AmendmentSigners>,
        /// By when the receiver files its breakdown, in the year of its first day.
        pub breakdown_by: Option<MonthDay>,
        /// Whether a letter that is signed after its first day must say that it reaches back.
        pub retroactive_explicit: bool,
        /// Whether nobody may receive such a letter from whom he issued one, directly or by way of others.
        pub acyclic: bool,
        /// For how many days it may be suspended.
        pub suspended_days: Option<u32>,
        /// Within how many days after its last day it must be scored.
        pub scored_within: Option<u32>,
        /// Within how many days after its last day it must be in the archive.
        pub archived_within: Option<u32>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct LetterType {
    id, name, issuers, receivers, inside, edge, unique, signatories, leading, consultation, approval, sign_by,
    window, amendment_signed_by, breakdown_by, retroactive_explicit, acyclic, suspended_days, scored_within,
    archived_within, basis
});

impl AmendmentWindow {
    /// Whether the day lies in the window.
    pub fn holds(&self, day: Date) -> bool {
        let day = MonthDay::in_year(day);
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            self.from <= day || day <= self.to
        }
    }

    /// 7月1日至8月15日.
    pub fn zh(&self) -> String {
        format!("{}至{}", self.from.zh(), self.to.zh())
    }
}

impl LetterType {
    /// The last day for signing a letter of this period.
    pub fn last_day_to_sign(&self, period: Period) -> Option<Date> {
        self.sign_by?.of(period.from().year())
    }

    /// The last day for breaking a letter of this period down.
    pub fn last_day_to_break_down(&self, period: Period) -> Option<Date> {
        self.breakdown_by?.of(period.from().year())
    }
}

/// The types that rule sets declare: those of the rule set whose period holds a letter's first day apply to it.
#[derive(Clone, Debug, Default)]
pub struct LetterTypes<'a> {
    /// Rule sets with their types; of several that hold on a day the last one counts.
    rule_sets: Vec<(Period, &'a [LetterType])>,
}

impl<'a> LetterTypes<'a> {
    /// The types of these rule sets, those adopted later behind those adopted earlier.
    pub fn new(rule_sets: Vec<(Period, &'a [LetterType])>) -> Self {
        LetterTypes { rule_sets }
    }

    /// The types that apply to letters of this first day; nothing when no rule set holds on it.
    pub fn on(&self, first_day: Date) -> Option<&'a [LetterType]> {
        let mut holding = self.rule_sets.iter().rev();
        holding
            .find(|(period, _)| period.holds(first_day))
            .map(|(_, types)| *types)
    }

    /// The type of this name that applies to letters of this first day.
    pub fn named(&self, name: &str, first_day: Date) -> Option<&'a LetterType> {
        self.on(first_day)?.iter().find(|kind| kind.id == name)
    }
}
