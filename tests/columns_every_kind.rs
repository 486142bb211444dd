//! Every rule kind, every operator: columns give what the run over single subjects gives, over schemes drawn from the
//! whole language, with events, ballots, earlier years, targets, results of other schemes and subjects below.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test that fails should fail loudly"
)]

#[allow(dead_code, reason = "the drawn schemes are wanted here, not the oracle")]
mod reference;

use std::collections::BTreeMap;

use reference::generator::{DECLARED, KINDS, Random, scheme, subject, subjects};
use reference::library::Given;
use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::{Admitted, Facts, FieldDeclaration, FieldKind, Held, Holder, Input, Scalar, admit};
use zeren::scheme::Scheme;
use zeren::score::column::{Amounts, Column, ColumnPlan, Presence, Scored, Table, Values};
use zeren::score::{Entrant, Outcome, Results, Sheet, score_together};

/// Drawn schemes in an ordinary run.
const SCHEMES: usize = 400;
/// Decimal places that hold every drawn number.
const PLACES: u32 = 2;

/// A column that owns its values.
enum Owned {
    Absent,
    Number(Vec<i64>, u32),
    Truth(Vec<u8>),
    Word(Vec<u32>),
    Text(Vec<String>),
    Events(Vec<usize>, Vec<(Owned, Vec<Presence>)>),
}

/// A table of facts as they were admitted.
struct Drawn {
    columns: Vec<(Owned, Vec<Presence>)>,
    cohorts: Vec<u32>,
    parents: Vec<Option<usize>>,
}

fn scaled(number: &Exact) -> i64 {
    let scaled = number * &Exact::from(10_i64.pow(PLACES));
    assert!(scaled.is_whole(), "{number} has more places");
    i64::try_from(scaled.to_i128().unwrap()).unwrap()
}

fn presence(held: &Held) -> Presence {
    match held {
        Held::NotApplicable => Presence::NotApplicable,
        Held::Number(interval) if interval.single().is_none() => Presence::Unknown,
        Held::Truth(None) | Held::Word(None) => Presence::Unknown,
        Held::Events(events) => {
            assert!(events.unseen.is_zero() && events.list.iter().all(|event| event.sure));
            Presence::Known
        }
        _ => Presence::Known,
    }
}

fn position(words: &[String], word: &str) -> u32 {
    u32::try_from(words.iter().position(|known| known == word).unwrap()).unwrap()
}

fn field(of: &FieldDeclaration, values: &[Option<Scalar>]) -> (Owned, Vec<Presence>) {
    let known = |value: &Option<Scalar>| value.as_ref().map_or(Presence::Unknown, |_| Presence::Known);
    let word = |value: &Option<Scalar>| match (value, of.kind) {
        (Some(Scalar::Text(text)), FieldKind::Holder) => {
            Holder::ALL.iter().position(|holder| holder.word() == text).unwrap() as u32
        }
        (Some(Scalar::Text(text)), _) => position(&of.words, text),
        _ => 0,
    };
    let number = |value: &Option<Scalar>| match value {
        Some(Scalar::Number(number)) => scaled(number),
        Some(Scalar::Day(day)) => day.number(),
        _ => 0,
    };
    let text = |value: &Option<Scalar>| match value {
        Some(Scalar::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let column = match of.kind {
        FieldKind::Choice | FieldKind::Holder => Owned::Word(values.iter().map(word).collect()),
        FieldKind::Matter => Owned::Text(values.iter().map(text).collect()),
        FieldKind::Date => Owned::Number(values.iter().map(number).collect(), 0),
        FieldKind::Number => Owned::Number(values.iter().map(number).collect(), PLACES),
        FieldKind::YesNo => Owned::Truth(
            values
                .iter()
                .map(|value| u8::from(matches!(value, Some(Scalar::Truth(true)))))
                .collect(),
        ),
    };
    (column, values.iter().map(known).collect())
}

fn column(input: &Input, held: &[&Held]) -> (Owned, Vec<Presence>) {
    let declaration = &input.declaration;
    let number = |held: &&Held| match held {
        Held::Number(interval) => interval.single().map_or(0, scaled),
        _ => 0,
    };
    let truth = |held: &&Held| u8::from(matches!(held, Held::Truth(Some(true))));
    let word = |held: &&Held| match held {
        Held::Word(Some(word)) => position(&declaration.words, word),
        _ => 0,
    };
    let column = match declaration.kind.word() {
        "count" | "number" | "money" | "date" => Owned::Number(held.iter().map(number).collect(), PLACES),
        "yes_no" => Owned::Truth(held.iter().map(truth).collect()),
        "choice" => Owned::Word(held.iter().map(word).collect()),
        "events" => {
            let mut ends = Vec::new();
            let mut fields: Vec<Vec<Option<Scalar>>> = vec![Vec::new(); declaration.fields.len()];
            for held in held {
                if let Held::Events(events) = held {
                    for event in &events.list {
                        for (column, value) in fields.iter_mut().zip(&event.fields) {
                            column.push(value.clone());
                        }
                    }
                }
                let end = fields.first().map_or(0, Vec::len);
                ends.push(end);
            }
            let fields = declaration.fields.iter().zip(&fields);
            Owned::Events(ends, fields.map(|(of, values)| field(of, values)).collect())
        }
        _ => Owned::Absent,
    };
    (column, held.iter().map(|held| presence(held)).collect())
}

impl Drawn {
    fn of(scheme: &Scheme, included: &[String], facts: &[Facts], results: &[Results]) -> Drawn {
        let inputs = &scheme.program().inputs;
        let admitted: Vec<Vec<Admitted>> = facts
            .iter()
            .map(|facts| admit(inputs, 2023, facts).unwrap().facts)
            .collect();
        let mut columns = Vec::new();
        for (place, input) in inputs.iter().enumerate() {
            let held: Vec<&Held> = admitted.iter().map(|facts| &facts[place].held).collect();
            columns.push(column(input, &held));
        }
        for id in included {
            let known: Vec<Presence> = results
                .iter()
                .map(|results| results.get(id).map_or(Presence::Unknown, |_| Presence::Known))
                .collect();
            let score = |results: &Results| results.get(id).map_or(0, |outcome| scaled(&outcome.lowest));
            let grade = |results: &Results| {
                results
                    .get(id)
                    .map_or(String::new(), |outcome| outcome.grades[0].clone())
            };
            columns.push((
                Owned::Number(results.iter().map(score).collect(), PLACES),
                known.clone(),
            ));
            columns.push((Owned::Text(results.iter().map(grade).collect()), known));
        }
        let names: Vec<&str> = facts.iter().map(|facts| facts.subject.as_str()).collect();
        let above = |facts: &Facts| names.iter().position(|name| Some(*name) == facts.parent.as_deref());
        Drawn {
            columns,
            cohorts: facts.iter().map(|facts| u32::from(facts.cohort.is_some())).collect(),
            parents: facts.iter().map(above).collect(),
        }
    }

    fn score(&self, plan: &ColumnPlan<'_>) -> zeren::error::Result<Scored> {
        let texts: Vec<Vec<&str>> = self.columns.iter().flat_map(|(owned, _)| texts(owned)).collect();
        let mut texts = texts.iter().map(Vec::as_slice);
        let columns = self
            .columns
            .iter()
            .map(|(owned, presence)| borrowed(owned, presence, &mut texts))
            .collect();
        plan.score(&Table {
            rows: self.cohorts.len(),
            columns,
            cohorts: Some(&self.cohorts),
            parents: Some(&self.parents),
        })
    }
}

/// The columns of texts in it, in order.
fn texts(owned: &Owned) -> Vec<Vec<&str>> {
    match owned {
        Owned::Text(values) => vec![values.iter().map(String::as_str).collect()],
        Owned::Events(_, fields) => fields.iter().flat_map(|(field, _)| texts(field)).collect(),
        _ => Vec::new(),
    }
}

fn borrowed<'o>(
    owned: &'o Owned,
    presence: &'o [Presence],
    texts: &mut dyn Iterator<Item = &'o [&'o str]>,
) -> Column<'o> {
    let values = match owned {
        Owned::Absent => Values::Absent,
        Owned::Number(values, scale) => Values::Number { values, scale: *scale },
        Owned::Truth(values) => Values::Truth(values),
        Owned::Word(values) => Values::Word(values),
        Owned::Text(_) => Values::Text(texts.next().unwrap()),
        Owned::Events(ends, fields) => Values::Events {
            ends,
            fields: fields
                .iter()
                .map(|(field, presence)| borrowed(field, presence, texts))
                .collect(),
        },
    };
    Column {
        values,
        presence: Some(presence),
    }
}

/// What columns say of a row is what its sheet says.
fn agrees(scheme: &Scheme, scored: &Scored, row: usize, sheet: &Sheet, told: &str) {
    let at = |amounts: &Amounts| amounts.value(row).unwrap();
    assert!(sheet.total.is_single(), "{told}");
    for (amounts, item) in scored.points.iter().zip(&sheet.items) {
        assert_eq!(at(amounts), item.points.lowest, "{} of row {row} of {told}", item.id);
    }
    assert_eq!(at(&scored.total), sheet.total.lowest, "total of row {row} of {told}");
    if let (Some(rank), Some(own)) = (&scored.rank, &sheet.rank) {
        assert_eq!(at(rank), Exact::from(own.best), "rank of row {row} of {told}");
    }
    if let Some(grade) = &scored.grade {
        let place = scheme.grades().iter().position(|grade| *grade == sheet.grades[0]);
        assert_eq!(at(grade), Exact::from(place.unwrap()), "grade of row {row} of {told}");
    }
}

#[derive(Default)]
struct Counts {
    columns: usize,
    sheets: usize,
    by_rows: BTreeMap<&'static str, usize>,
}

fn compare(text: &str, given: &[Given], counts: &mut Counts) {
    let scheme = Scheme::parse(text.as_bytes()).unwrap();
    let plan = ColumnPlan::new(&scheme).unwrap();
    assert_eq!(plan.exact_because(), None, "{text}");
    for why in plan.rows_because() {
        *counts.by_rows.entry(why).or_default() += 1;
    }
    let facts: Vec<Facts> = given
        .iter()
        .map(|given| Facts::read(&parse(given.facts.as_bytes()).unwrap()).unwrap())
        .collect();
    let outcome = |(score, grade): &(reference::Fraction, String)| {
        let points = Exact::from_text(&score.to_string()).unwrap();
        Outcome {
            lowest: points.clone(),
            highest: points,
            grades: vec![grade.clone()],
        }
    };
    let results: Vec<Results> = given
        .iter()
        .map(|given| {
            given
                .results
                .iter()
                .map(|(id, result)| (id.clone(), outcome(result)))
                .collect()
        })
        .collect();
    let entrants: Vec<Entrant<'_>> = facts
        .iter()
        .zip(&results)
        .map(|(facts, results)| Entrant { facts, results })
        .collect();
    let included: Vec<String> = plan.results().map(str::to_owned).collect();
    let told = || {
        format!(
            "{text}\n{}",
            given
                .iter()
                .map(|given| given.facts.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        )
    };
    let sheets = score_together(&scheme, &entrants).unwrap();
    let scored = Drawn::of(&scheme, &included, &facts, &results)
        .score(&plan)
        .unwrap_or_else(|error| panic!("{error} {}", told()));
    for (row, sheet) in sheets.iter().enumerate() {
        match scored.sheets.get(&row) {
            None => {
                agrees(&scheme, &scored, row, sheet, &told());
                counts.columns += 1;
            }
            Some(own) => {
                assert_eq!(own.total, sheet.total, "total of row {row} of {}", told());
                assert_eq!((&own.grades, &own.rank), (&sheet.grades, &sheet.rank), "{}", told());
                counts.sheets += 1;
            }
        }
    }
}

/// A subject to whom everything applies.
fn applying(random: &mut Random, number: u64, members: &str) -> Given {
    loop {
        let given = subject(random, number, members);
        if !given.facts.contains("not_applicable") {
            return given;
        }
    }
}

#[test]
fn columns_are_the_run_over_single_subjects_in_the_whole_language() {
    let mut random = Random(0x2b99_11aa_0f0f_7331);
    let mut counts = Counts::default();
    for number in 0..SCHEMES {
        let text = scheme(&mut random);
        let given: Vec<Given> = if number % 4 == 0 {
            subjects(&mut random)
        } else {
            let count = 1 + random.below(6);
            let parent = |number: u64| if number > 2 { r#","parent":"s0""# } else { "" };
            (0..count)
                .map(|number| applying(&mut random, number, parent(number)))
                .collect()
        };
        compare(&text, &given, &mut counts);
    }
    // The test would say nothing if columns were never taken.
    assert!(
        counts.columns > 500,
        "{} by columns, {} exactly",
        counts.columns,
        counts.sheets
    );
    for why in [
        "events are not tallied in columns",
        "results of other schemes are read row by row",
    ] {
        assert!(counts.by_rows.contains_key(why), "{:?}", counts.by_rows);
    }
}

#[test]
fn every_kind_of_rule_is_scored_in_columns() {
    use reference::generator::Draw;
    let mut random = Random(0x5eed);
    for kind in KINDS {
        let mut counts = Counts::default();
        for _ in 0..12 {
            let mut draw = Draw {
                random: &mut random,
                ids: Vec::new(),
                closed: false,
                leaving_out: true,
            };
            let rule = draw.rule_of(kind, 10);
            let text = format!(
                r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
                "classes":["镇","街道"],"facts":{DECLARED},"ranking":{{"ties":"shared"}},"redetermination":"subject_only",
                "rounding":{{"when":"item","place":2,"mode":"half_up"}},"not_applicable":"renormalise",
                "items":[{{"id":"1","title":"项","points":10,"rule":{rule}}}]}}"#
            );
            if Scheme::parse(text.as_bytes()).is_err() {
                continue;
            }
            let given: Vec<Given> = (0..5).map(|number| applying(&mut random, number, "")).collect();
            compare(&text, &given, &mut counts);
        }
        if *kind != "subordinates" {
            assert!(counts.columns > 0, "{kind}: {} rows exactly", counts.sheets);
        }
    }
}
