//! What a fact means.

use crate::calendar::Date;
use crate::exact::Exact;

crate::choice! {
    /// What sort of value a fact has.
    pub enum Kind {
        /// A whole number of things.
        Count = "count" "数量",
        /// A number, whole or not: a rate, an index.
        Number = "number" "数值",
        /// An amount of money, exact in the unit that is declared.
        Money = "money" "金额",
        /// A day.
        Date = "date" "日期",
        /// Yes or no.
        YesNo = "yes_no" "是否",
        /// One of the declared words.
        Choice = "choice" "选项",
        /// A list of things that happened, each with declared fields.
        Events = "events" "事件清单",
        /// The ballots of a poll: issued, returned, valid, votes for each word.
        Ballots = "ballots" "票数",
    }
}

crate::choice! {
    /// What a field of an event holds.
    pub enum FieldKind {
        /// One of the declared words.
        Choice = "choice" "选项",
        /// What the event was about: events of one matter have the same text.
        Matter = "matter" "事项",
        /// A day.
        Date = "date" "日期",
        /// A number between the declared bounds.
        Number = "number" "数值",
        /// Yes or no.
        YesNo = "yes_no" "是否",
        /// To whom the event belongs.
        Holder = "holder" "归属",
    }
}

crate::choice! {
    /// To whom an event belongs, seen from the subject that is scored.
    pub enum Holder {
        /// The subject itself.
        Own = "own" "本单位",
        /// A unit below the subject.
        Subordinate = "subordinate" "下级单位",
        /// Somebody else in the subject's territory.
        Territory = "territory" "辖区内其他单位或个人",
        /// A unit in the territory that a higher level manages.
        Vertical = "vertical" "垂直管理单位",
    }
}

crate::choice! {
    /// What the scheme asks of a zero.
    pub enum ZeroRule {
        /// A zero counts only with the post that declares it; otherwise it is unknown.
        Declared = "declared" "零报告须写明申报岗位",
    }
}

crate::record! {
    /// One field of the events of a fact.
    pub struct FieldDeclaration {
        /// Its name.
        pub name: String,
        /// What it holds.
        pub kind: FieldKind,
        /// The words of a choice, highest first where they have an order.
        pub words: Vec<String>,
        /// The least that a number may be.
        pub min: Option<Exact>,
        /// The most that a number may be.
        pub max: Option<Exact>,
        /// The earliest that a day may be; needed where expressions read it.
        pub earliest: Option<Date>,
        /// The latest that a day may be; needed where expressions read it.
        pub latest: Option<Date>,
    }
}

crate::record! {
    /// One declared fact.
    pub struct Declaration {
        /// Its name, as expressions write it: letters (Chinese ones too), digits and `_`, not beginning with a digit.
        pub name: String,
        /// What sort of value it has.
        pub kind: Kind,
        /// Its unit; 百分点 and % are different units.
        pub unit: Option<String>,
        /// The least that it may be; for counts, amounts of money and events nought when it is not stated.
        pub min: Option<Exact>,
        /// The most that it may be; required for every number, for the number of events and of ballots issued.
        pub max: Option<Exact>,
        /// The earliest that a day may be; needed where expressions read it.
        pub earliest: Option<Date>,
        /// The latest that a day may be; needed where expressions read it.
        pub latest: Option<Date>,
        /// Decimal places that are reported of a number; 2 when not stated.
        pub places: Option<u32>,
        /// The words of a choice, best first where they have an order, or those that are voted for.
        pub words: Vec<String>,
        /// Who reports it.
        pub supplier: Option<String>,
        /// Other facts that may count the same things.
        pub may_overlap: Vec<String>,
        /// Whether it can still be improved before the cut-off.
        pub improvable: bool,
        /// Whether an approximate value ("more than 8,000") is not enough.
        pub exact: bool,
        /// What is asked of a zero.
        pub zero: Option<ZeroRule>,
        /// Whether somebody judges it, who then says who and why.
        pub judged: bool,
        /// The fields of events.
        pub fields: Vec<FieldDeclaration>,
        /// Whose events count; left open, events of others may or may not count.
        pub attribution: Option<Vec<Holder>>,
    }
}

impl Holder {
    /// All of them.
    pub const ALL: [Holder; 4] = [Holder::Own, Holder::Subordinate, Holder::Territory, Holder::Vertical];
}

impl Kind {
    /// Whether the value is a number.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Count | Kind::Number | Kind::Money)
    }
}

impl FieldDeclaration {
    /// The least number, or the number of the earliest day, that the declaration allows.
    pub fn least(&self) -> Exact {
        least(self.kind == FieldKind::Date, &self.min, self.earliest)
    }

    /// The greatest number, or the number of the latest day, that the declaration allows.
    pub fn greatest(&self) -> Exact {
        greatest(self.kind == FieldKind::Date, &self.max, self.latest)
    }

    /// Whether an expression can read it: a day needs its bounds.
    pub fn is_bounded(&self) -> bool {
        self.kind != FieldKind::Date || (self.earliest.is_some() && self.latest.is_some())
    }
}

impl Declaration {
    /// A declared choice of these words, and nothing else about it.
    pub fn choice(name: &str, words: &[String]) -> Self {
        Declaration {
            name: name.to_owned(),
            kind: Kind::Choice,
            unit: None,
            min: None,
            max: None,
            earliest: None,
            latest: None,
            places: None,
            words: words.to_vec(),
            supplier: None,
            may_overlap: Vec::new(),
            improvable: false,
            exact: false,
            zero: None,
            judged: false,
            fields: Vec::new(),
            attribution: None,
        }
    }

    /// The least number (of things, for events and ballots; of the earliest day) that the declaration allows.
    pub fn least(&self) -> Exact {
        least(self.kind == Kind::Date, &self.min, self.earliest)
    }

    /// The greatest number (of things, for events and ballots; of the latest day) that the declaration allows.
    pub fn greatest(&self) -> Exact {
        greatest(self.kind == Kind::Date, &self.max, self.latest)
    }

    /// Whether an expression can read it: a day needs its bounds.
    pub fn is_bounded(&self) -> bool {
        self.kind != Kind::Date || (self.earliest.is_some() && self.latest.is_some())
    }

    /// The place of a field of this name.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The unit with a space before it, or nothing.
    pub fn unit_zh(&self) -> String {
        self.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default()
    }
}

fn least(day: bool, min: &Option<Exact>, earliest: Option<Date>) -> Exact {
    match earliest {
        _ if !day => min.clone().unwrap_or(Exact::ZERO),
        Some(earliest) => Exact::from(earliest.number()),
        None => Exact::ONE,
    }
}

fn greatest(day: bool, max: &Option<Exact>, latest: Option<Date>) -> Exact {
    if day {
        Exact::from(latest.unwrap_or(Date::LAST).number())
    } else {
        max.clone().unwrap_or(Exact::ZERO)
    }
}

/// Words that expressions use and facts may therefore not be called.
pub const RESERVED: [&str; 43] = [
    "true",
    "false",
    "if",
    "reported",
    "floor",
    "min",
    "max",
    "abs",
    "round",
    "root",
    "applicable",
    "class",
    "date",
    "months_after",
    "workdays",
    "last",
    "target",
    "count",
    "sum",
    "mean",
    "highest",
    "lowest",
    "distinct",
    "any",
    "votes",
    "issued",
    "returned",
    "valid",
    "item",
    "total",
    "result",
    "grade",
    "rank",
    "cohort_max",
    "cohort_min",
    "cohort_mean",
    "cohort_sum",
    "cohort_count",
    "below_max",
    "below_min",
    "below_mean",
    "below_sum",
    "below_count",
];

/// Whether expressions can write this name.
///
/// ```
/// use zeren::fact::is_name;
/// assert!(is_name("会议次数_上半年"));
/// assert!(!is_name("3次") && !is_name("会议 次数") && !is_name("ＡＢ"));
/// ```
pub fn is_name(text: &str) -> bool {
    text.chars().count() <= 64
        && text.chars().next().is_some_and(begins_name)
        && text.chars().all(continues_name)
        && !RESERVED.contains(&text)
}

/// Whether a name may begin with this character.
pub(crate) fn begins_name(character: char) -> bool {
    continues_name(character) && !character.is_numeric()
}

/// Whether a name may contain this character; full-width forms are refused because they look like others.
pub(crate) fn continues_name(character: char) -> bool {
    (character.is_alphanumeric() || character == '_') && !('\u{ff00}'..='\u{ffef}').contains(&character)
}
