//! Columns of results with every row in them: what the exact run scored is written into them where it is one number.

use super::compiled::Compiled;
use crate::exact::Exact;
use crate::score::Sheet;
use crate::score::column::{Amounts, Given, Scored};

/// The header's ZEREN_SEE_SHEET, where it is written by hand.
pub(super) const SEE_SHEET: i64 = i64::MIN;

/// The results of a table of so many rows, every column there, every row in it.
pub(super) fn settled(compiled: &Compiled, mut scored: Scored, rows: usize) -> Scored {
    let scheme = compiled.scheme();
    let of = |what: &str| compiled.results().iter().find(|given| given.what == what);
    let points = compiled.results().iter().filter(|given| given.what == "points");
    if scored.points.len() != points.clone().count() {
        scored.points = points.map(|given| empty(given, rows)).collect();
        scored.total = of("total").map_or_else(|| scored.total.clone(), |given| empty(given, rows));
        scored.grade = of("grade").map(|given| empty(given, rows));
        scored.earned_grade = of("earned_grade").map(|given| empty(given, rows));
        scored.rank = of("rank").map(|given| empty(given, rows));
    }
    let grades = scheme.grades();
    let place = |names: &[String]| match names {
        [name] => grades.iter().position(|grade| grade == name).map(Exact::from),
        _ => None,
    };
    let Scored {
        points,
        total,
        grade,
        earned_grade,
        rank,
        sheets,
        ..
    } = &mut scored;
    for (row, sheet) in sheets.iter() {
        for (amounts, item) in points.iter_mut().zip(&sheet.items) {
            write(amounts, *row, item.points.is_single().then_some(&item.points.lowest));
        }
        write(total, *row, sheet.total.is_single().then_some(&sheet.total.lowest));
        let (own, earned) = (place(&sheet.grades), place(earned(sheet)));
        for (amounts, value) in [(grade.as_mut(), &own), (earned_grade.as_mut(), &earned)] {
            if let Some(amounts) = amounts {
                write(amounts, *row, value.as_ref());
            }
        }
        if let Some(amounts) = rank {
            let single = sheet.rank.filter(|rank| rank.best == rank.worst);
            write(
                amounts,
                *row,
                single.map(|rank| Exact::from(i64::from(rank.best))).as_ref(),
            );
        }
    }
    scored
}

/// The grades before quotas.
fn earned(sheet: &Sheet) -> &[String] {
    if sheet.earned_grades.is_empty() {
        &sheet.grades
    } else {
        &sheet.earned_grades
    }
}

fn empty(given: &Given<'_>, rows: usize) -> Amounts {
    Amounts {
        numerators: vec![SEE_SHEET; rows],
        denominators: given.fractions.then(|| vec![1; rows]),
        per: given.per,
    }
}

/// Writes a value into a row, or that there is none that fits.
fn write(amounts: &mut Amounts, row: usize, value: Option<&Exact>) {
    let fraction = value.and_then(|value| fraction(value, amounts.per, amounts.denominators.is_some()));
    let (numerator, denominator) = fraction.unwrap_or((SEE_SHEET, 1));
    if let Some(slot) = amounts.numerators.get_mut(row) {
        *slot = numerator;
    }
    if let Some(slot) = amounts.denominators.as_mut().and_then(|all| all.get_mut(row)) {
        *slot = denominator;
    }
}

/// Numerator and denominator over `per`; only a whole one where there are no denominators.
fn fraction(value: &Exact, per: i64, fractions: bool) -> Option<(i64, i64)> {
    let scaled = value * &Exact::from(per);
    let narrow = |number: Exact| number.to_i128().and_then(|number| i64::try_from(number).ok());
    if scaled.is_whole() {
        return Some((narrow(scaled)?, 1)).filter(|(numerator, _)| *numerator != SEE_SHEET);
    }
    let text = scaled.to_string();
    let denominator = match (text.split_once('/'), text.split_once('.')) {
        (Some((_, below)), _) => below.parse::<i64>().ok()?,
        (None, Some((_, places))) => 10_i64.checked_pow(u32::try_from(places.len()).ok()?)?,
        (None, None) => 1,
    };
    let numerator = narrow(&scaled * &Exact::from(denominator))?;
    (fractions && numerator != SEE_SHEET).then_some((numerator, denominator))
}
