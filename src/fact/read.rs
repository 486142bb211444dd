//! Reading declarations: each must be complete in itself.

use super::{Declaration, FieldDeclaration, FieldKind, Kind, is_name};
use crate::calendar::Date;
use crate::document::{Cursor, Problems, Read, parse};
use crate::error::{ErrorKind, Finding, Result};
use crate::exact::Exact;

/// Reads a list of declarations from JSON text.
///
/// # Errors
/// All problems of the list at once.
pub fn declarations(text: &[u8]) -> Result<Vec<Declaration>> {
    let value = parse(text)?;
    let problems = Problems::new();
    let read = read_declarations(&Cursor::root(&value, &problems));
    problems.settle(ErrorKind::Document, read)
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
    if kind.is_number() || matches!(kind, Kind::Events | Kind::Ballots) {
        check_range(declaration, at);
    }
    check_days(
        kind == Kind::Date,
        name,
        (declaration.earliest, declaration.latest),
        at,
        "",
    );
    if matches!(kind, Kind::Choice | Kind::Ballots) == declaration.words.is_empty() {
        problem(
            at,
            "words",
            "fact.words",
            format!("“{name}”：选项类和票数类事实须列出 words，其他事实不得列出"),
            format!("\"{name}\": words belong to choices and ballots, and those need them"),
        );
    }
    check_twice(&declaration.words, at, "words");
    if declaration
        .places
        .is_some_and(|places| places > 18 || kind != Kind::Number)
    {
        problem(
            at,
            "places",
            "fact.places",
            format!("“{name}”：places 只用于数值类事实，为 0 至 18"),
            format!("\"{name}\": places belongs to numbers and is 0 to 18"),
        );
    }
    if declaration.judged && matches!(kind, Kind::Events | Kind::Ballots) {
        problem(
            at,
            "judged",
            "fact.judged",
            format!("“{name}”是{}，不能声明 judged", kind.zh()),
            format!("\"{name}\" is declared as {}: that is not judged", kind.word()),
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
        check_field(declaration, field, index, at);
    }
}

fn check_range(declaration: &Declaration, at: &Cursor<'_>) {
    let (name, kind) = (&declaration.name, declaration.kind);
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
    let counts = matches!(kind, Kind::Count | Kind::Events | Kind::Ballots);
    if counts && !(whole(&declaration.min) && whole(&declaration.max)) {
        problem(
            at,
            "max",
            "fact.range_not_whole",
            format!("“{name}”是数量，min、max 应为非负整数"),
            format!("\"{name}\" counts things: min and max are whole numbers from 0"),
        );
    }
}

/// Days have bounds in the right order; nothing else has them.
fn check_days(day: bool, name: &str, bounds: (Option<Date>, Option<Date>), at: &Cursor<'_>, place: &str) {
    match bounds {
        (None, None) => {}
        _ if !day => problem(
            at,
            &join(place, if bounds.0.is_some() { "earliest" } else { "latest" }),
            "fact.days",
            format!("“{name}”不是日期，不得有 earliest、latest"),
            format!("\"{name}\" is no day and has neither earliest nor latest"),
        ),
        (Some(earliest), Some(latest)) if earliest > latest => problem(
            at,
            &join(place, "latest"),
            "fact.range_empty",
            format!("“{name}”的 latest 早于 earliest"),
            format!("latest of \"{name}\" lies before earliest"),
        ),
        _ => {}
    }
}

fn join(place: &str, field: &str) -> String {
    if place.is_empty() {
        field.to_owned()
    } else {
        format!("{place}/{field}")
    }
}

fn check_twice(words: &[String], at: &Cursor<'_>, place: &str) {
    let mut seen = std::collections::BTreeSet::new();
    for (index, word) in words.iter().enumerate() {
        if !seen.insert(word) {
            problem(
                at,
                &format!("{place}/{index}"),
                "fact.duplicate_word",
                format!("“{word}”重复列出"),
                format!("\"{word}\" is listed twice"),
            );
        }
    }
}

fn check_field(declaration: &Declaration, field: &FieldDeclaration, index: usize, at: &Cursor<'_>) {
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
    check_twice(&field.words, at, &format!("{place}/words"));
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
    check_days(
        field.kind == FieldKind::Date,
        &field.name,
        (field.earliest, field.latest),
        at,
        &place,
    );
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
