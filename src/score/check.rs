//! Checking a scheme: its worked examples, what its rules say against themselves, what nobody can reach.

use std::collections::BTreeSet;

use super::{Entrant, Results, Sheet, score_together};
use crate::document::private_use;
use crate::error::{Finding, Result};
use crate::exact::Exact;
use crate::fact::Facts;
use crate::scheme::{Example, Scheme, lint};

/// Everything that is worth a look before a scheme is adopted, in the order of the document as far as there is one:
/// worked examples that come out differently, then lint, then texts with private-use characters.
pub fn check(scheme: &Scheme) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, example) in scheme.text().examples.iter().enumerate() {
        findings.extend(check_example(scheme, number, example));
    }
    findings.extend(lint(scheme));
    findings.extend(unreachable(scheme));
    findings.extend(private_use(scheme.document()));
    findings
}

/// The sheet of a worked example, by itself.
pub(super) fn example_sheet(scheme: &Scheme, example: &Example) -> Result<Sheet> {
    let facts = Facts {
        subject: "算例".to_owned(),
        scheme: scheme.id().to_owned(),
        values: example.facts.0.clone(),
        class: example.class.clone(),
        ..Facts::default()
    };
    let results = Results::new();
    super::difference::sheet_of(
        scheme,
        &[Entrant {
            facts: &facts,
            results: &results,
        }],
        "算例",
    )
}

fn check_example(scheme: &Scheme, number: usize, example: &Example) -> Vec<Finding> {
    let here = format!("/examples/{number}");
    let title = &example.title;
    let sheet = match example_sheet(scheme, example) {
        Ok(sheet) => sheet,
        Err(error) => return error.within(&here).findings().to_vec(),
    };
    let mut findings = Vec::new();
    let mut differs = |code: &'static str, place: String, what: &str, expected: &str, worked: &str| {
        let zh = format!("算例“{title}”的{what}手算为 {expected}，按办法计算为 {worked}，请核对算例或规则");
        let en = format!("example \"{title}\": {place} is {expected} by hand, {worked} by the scheme");
        findings.push(Finding::warning(code, zh, en).at(format!("{here}{place}")));
    };
    for (id, expected) in example.items.iter().flat_map(|items| &items.0) {
        let place = crate::document::extend("/items", id);
        let Some(item) = sheet.items.iter().chain(&sheet.groups).find(|item| item.id == *id) else {
            differs(
                "score.example_item",
                place,
                &format!("项目“{id}”"),
                &expected.shown(),
                "没有这个项目",
            );
            continue;
        };
        let mut worked = item.points.clone();
        let taken_off = scheme.layout().nodes.iter().any(|node| node.id == *id && node.negative);
        // Points of a pool of penalties are written positive.
        if taken_off && !expected.is_negative() {
            worked = worked.negated();
        }
        if !worked.is_single() || worked.lowest != *expected {
            differs(
                "score.example_item",
                place,
                &format!("“{}”得分", item.title),
                &expected.shown(),
                &worked.zh(),
            );
        }
    }
    if let Some(expected) = &example.total
        && (!sheet.total.is_single() || sheet.total.lowest != *expected)
    {
        differs(
            "score.example_total",
            "/total".to_owned(),
            "总分",
            &expected.shown(),
            &sheet.total.zh(),
        );
    }
    if let Some(expected) = &example.grade
        && sheet.grades != [expected.clone()]
    {
        let worked = if sheet.grades.is_empty() {
            "无".to_owned()
        } else {
            sheet.grades.join("或")
        };
        differs("score.example_grade", "/grade".to_owned(), "等次", expected, &worked);
    }
    findings
}

/// How many subjects stand together where a scheme compares.
const TOGETHER: usize = 12;

/// Grades that no subject can have and points of the bonus that none can get, whatever the facts turn out to be.
fn unreachable(scheme: &Scheme) -> Vec<Finding> {
    let classes = &scheme.text().classes;
    let classes: Vec<Option<String>> = if classes.is_empty() {
        vec![None]
    } else {
        classes.iter().cloned().map(Some).collect()
    };
    let mut sheets = Vec::new();
    for class in classes {
        match of_anything(scheme, class) {
            Ok(found) => sheets.extend(found),
            // Where unknown facts leave no bound, nothing is out of reach.
            Err(_) => return Vec::new(),
        }
    }
    let mut findings = Vec::new();
    let held: BTreeSet<&str> = sheets
        .iter()
        .flat_map(|sheet| {
            if sheet.earned_grades.is_empty() {
                &sheet.grades
            } else {
                &sheet.earned_grades
            }
        })
        .map(String::as_str)
        .collect();
    for (number, grade) in scheme.grades().into_iter().enumerate() {
        if !held.contains(grade) {
            let zh = format!("等次“{grade}”在所声明的事实范围内谁也达不到，请核对界限");
            let en = format!("no facts within their declared ranges give grade \"{grade}\"");
            let finding = Finding::warning("lint.grade_unreachable", zh, en);
            findings.push(finding.at(format!("/grades/bands/{number}")));
        }
    }
    let Some(bonus) = &scheme.text().bonus else {
        return findings;
    };
    let capped = bonus
        .cap
        .as_ref()
        .and_then(|cap| cap.amount())
        .and_then(|cap| cap.constants());
    if capped.is_some_and(|caps| caps.into_iter().all(|cap| !cap.is_positive())) {
        let (zh, en) = (
            "加分封顶为零，谁也得不到加分",
            "the bonus is capped at nought: nobody can get any",
        );
        findings.push(Finding::warning("lint.bonus_unreachable", zh, en).at("/bonus/cap"));
    }
    for (number, item) in bonus.items.iter().enumerate() {
        let most = |sheet: &Sheet| {
            let found = sheet
                .items
                .iter()
                .chain(&sheet.groups)
                .find(|score| score.id == item.id());
            found.map_or(Exact::ZERO, |score| score.points.highest.clone())
        };
        if sheets.iter().all(|sheet| !most(sheet).is_positive()) {
            let zh = format!("加分项“{}”在所声明的事实范围内谁也得不到分", item.title());
            let en = format!("nobody can get points of the bonus item \"{}\"", item.id());
            let finding = Finding::warning("lint.bonus_unreachable", zh, en);
            findings.push(finding.at(format!("/bonus/items/{number}")));
        }
    }
    findings
}

/// Sheets of subjects of which nothing is known; the others stand below the first.
fn of_anything(scheme: &Scheme, class: Option<String>) -> Result<Vec<Sheet>> {
    let number = if scheme.needs_cohort() { TOGETHER } else { 1 };
    let facts: Vec<Facts> = (0..number)
        .map(|number| Facts {
            subject: number.to_string(),
            scheme: scheme.id().to_owned(),
            class: class.clone(),
            parent: (number > 0).then(|| "0".to_owned()),
            ..Facts::default()
        })
        .collect();
    let results = Results::new();
    let entrants: Vec<Entrant<'_>> = facts
        .iter()
        .map(|facts| Entrant {
            facts,
            results: &results,
        })
        .collect();
    score_together(scheme, &entrants)
}
