//! Grades: from the total, then lowered by vetoes and by what passes up.

use super::results::Inputs;
use super::sheet::Range;
use super::{Possible, possible};
use crate::exact::Exact;
use crate::scheme::{Effect, GradeCap, Grades, Scheme};

/// The grades that the total may have, best first.
pub(super) fn grades(scheme: &Scheme, total: &Range, inputs: &Inputs<'_>) -> Vec<String> {
    let Some(grades) = &scheme.grades else {
        return Vec::new();
    };
    let (mut best, mut worst) = (band(grades, &total.highest), band(grades, &total.lowest));
    let mut lower = |name: &str, certain: bool| {
        let Some(cap) = grades.bands.iter().position(|band| band.grade == name) else {
            return;
        };
        if certain {
            best = best.max(cap);
        }
        worst = worst.max(cap);
    };
    for veto in &scheme.vetoes {
        if let (Effect::GradeAtMost(grade), Possible::Truth(truth)) = (&veto.effect, possible(&veto.when, inputs))
            && truth != Some(false)
        {
            lower(grade, truth == Some(true));
        }
    }
    for (included, caps) in scheme.leaves().filter_map(|leaf| leaf.rule.includes.as_ref()) {
        // Each grade that the other may have caps this one at its own place, 0 being the best; a missing result may have any.
        let place = |cap: &GradeCap| {
            grades
                .bands
                .iter()
                .position(|band| band.grade == cap.at_most)
                .unwrap_or(0)
        };
        let known = inputs.results.get(included).map(|outcome| &outcome.grades);
        let at = |grade: &String| {
            caps.iter()
                .filter(|cap| cap.grade == *grade)
                .map(place)
                .max()
                .unwrap_or(0)
        };
        let (least, most) = match known {
            Some(earned) => (earned.iter().map(at).min(), earned.iter().map(at).max()),
            None => (None, caps.iter().map(place).max()),
        };
        best = best.max(least.unwrap_or(0));
        worst = worst.max(most.unwrap_or(0));
    }
    grades
        .bands
        .iter()
        .take(worst.saturating_add(1))
        .skip(best)
        .map(|band| band.grade.clone())
        .collect()
}

fn band(grades: &Grades, score: &Exact) -> usize {
    let found = grades
        .bands
        .iter()
        .position(|band| band.from.as_ref().is_none_or(|from| score >= from));
    found.unwrap_or(grades.bands.len().saturating_sub(1))
}
