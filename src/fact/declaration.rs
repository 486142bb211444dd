//! What a fact means.

use crate::document::{Cursor, Read};
use crate::error::Finding;
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
        /// The most that it may be; required for every number and for the number of events.
        pub max: Option<Exact>,
        /// The words of a choice.
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

impl Declaration {
    /// The least number (of things, for events) that the declaration allows.
    pub fn least(&self) -> Exact {
        self.min.clone().unwrap_or(Exact::ZERO)
    }

    /// The greatest number (of things, for events) that the declaration allows.
    pub fn greatest(&self) -> Exact {
        self.max.clone().unwrap_or(Exact::ZERO)
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

/// Words that expressions use and facts may therefore not be called.
pub const RESERVED: [&str; 14] = [
    "true",
    "false",
    "if",
    "min",
    "max",
    "abs",
    "round",
    "count",
    "sum",
    "any",
    "applicable",
    "reported",
    "result",
    "floor",
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

/// Reads a list of declarations, each complete in itself, no two of one name.
pub fn read_declarations(at: &Cursor<'_>) -> Option<Vec<Declaration>> {
    let mut seen = std::collections::BTreeSet::new();
    let list = at.items(|item| {
        let declaration = Declaration::read(item)?;
        let before = item.problems().count();
        check(&declaration, item);
        if seen.contains(&declaration.name) {
            let name = &declaration.name;
            problem(
                item,
                "name",
                "fact.duplicate_name",
                format!("事实“{name}”重复声明"),
                format!("fact \"{name}\" is declared twice"),
            );
        }
        seen.insert(declaration.name.clone());
        (item.problems().count() == before).then_some(declaration)
    })?;
    let before = at.problems().count();
    for (index, declaration) in list.iter().enumerate() {
        for other in declaration.may_overlap.iter().filter(|other| !seen.contains(*other)) {
            at.problems().push(Finding::error(
                "fact.unknown_overlap",
                format!("{}/{index}/may_overlap", at.pointer()),
                format!("may_overlap 提到未声明的事实“{other}”"),
                format!("may_overlap names \"{other}\", which is not declared"),
            ));
        }
    }
    (at.problems().count() == before).then_some(list)
}

fn problem(at: &Cursor<'_>, field: &str, code: &'static str, zh: String, en: String) {
    at.problems()
        .push(Finding::error(code, format!("{}/{field}", at.pointer()), zh, en));
}

fn check(declaration: &Declaration, at: &Cursor<'_>) {
    let (name, kind) = (&declaration.name, declaration.kind);
    check_name(name, at, "name");
    if kind.is_number() || kind == Kind::Events {
        let needs_min = kind == Kind::Number;
        if declaration.max.is_none() || (needs_min && declaration.min.is_none()) {
            problem(
                at,
                if declaration.max.is_none() { "max" } else { "min" },
                "fact.range_missing",
                format!("事实“{name}”须写明取值范围 min 和 max（未报送时按此范围计算）"),
                format!("fact \"{name}\" needs min and max: while it is unknown it may be anything between them"),
            );
        }
        if declaration.max.is_some() && declaration.least() > declaration.greatest() {
            problem(
                at,
                "max",
                "fact.range_empty",
                format!("事实“{name}”的 max 小于 min"),
                format!("max of \"{name}\" lies below min"),
            );
        }
        let whole = |bound: &Option<Exact>| {
            bound
                .as_ref()
                .is_none_or(|bound| bound.is_whole() && !bound.is_negative())
        };
        if matches!(kind, Kind::Count | Kind::Events) && !(whole(&declaration.min) && whole(&declaration.max)) {
            problem(
                at,
                "max",
                "fact.range_not_whole",
                format!("“{name}”是数量，min、max 应为非负整数"),
                format!("\"{name}\" counts things: min and max are whole numbers from 0"),
            );
        }
    }
    if (kind == Kind::Choice) == declaration.words.is_empty() {
        problem(
            at,
            "words",
            "fact.words",
            format!("“{name}”：选项类事实须列出 words，其他事实不得列出"),
            format!("\"{name}\": words belong to choices, and a choice needs them"),
        );
    }
    if kind != Kind::Events && !declaration.fields.is_empty() {
        problem(
            at,
            "fields",
            "fact.fields",
            format!("“{name}”不是事件清单，不得有 fields"),
            format!("\"{name}\" is no list of events and has no fields"),
        );
    }
    for (index, field) in declaration.fields.iter().enumerate() {
        let place = format!("fields/{index}");
        check_name(&field.name, at, &format!("{place}/name"));
        if declaration.field(&field.name) != Some(index) {
            problem(
                at,
                &place,
                "fact.duplicate_name",
                format!("字段“{}”重复声明", field.name),
                format!("field \"{}\" is declared twice", field.name),
            );
        }
        if (field.kind == FieldKind::Choice) == field.words.is_empty() {
            problem(
                at,
                &place,
                "fact.words",
                format!("“{}”：选项类字段须列出 words，其他字段不得列出", field.name),
                format!("\"{}\": words belong to choices, and a choice needs them", field.name),
            );
        }
        let bounded = matches!((&field.min, &field.max), (Some(min), Some(max)) if min <= max);
        if field.kind == FieldKind::Number && !bounded {
            problem(
                at,
                &place,
                "fact.range_missing",
                format!("数值字段“{}”须写明 min 和 max", field.name),
                format!("number field \"{}\" needs min and max", field.name),
            );
        }
    }
}

fn check_name(name: &str, at: &Cursor<'_>, place: &str) {
    if !is_name(name) {
        problem(
            at,
            place,
            "fact.bad_name",
            format!("“{name}”不能用作名称：应由汉字、字母、数字、下划线组成，不以数字开头，且不是保留字"),
            format!(
                "\"{name}\" is no name: use letters, digits and _, not beginning with a digit, and no reserved word"
            ),
        );
    }
}
