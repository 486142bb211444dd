//! Reason lines: phrases with their values put in.

use super::sheet::{FactUsed, Range};
use super::{Inputs, Possible, possible};
use crate::fact::shown_interval;
use crate::scheme::core::Phrase;

/// The phrases as one sentence; points are printed without sign.
pub(super) fn say(phrases: &[Phrase], points: &Range, inputs: &Inputs<'_>) -> String {
    phrases
        .iter()
        .map(|phrase| match phrase {
            Phrase::Text(text) => text.clone(),
            Phrase::Value(core) => shown(&possible(core, inputs)),
            Phrase::Perhaps(core) => match possible(core, inputs) {
                Possible::Truth(None) => "可能".to_owned(),
                _ => String::new(),
            },
            Phrase::Points => {
                let (one, other) = (points.lowest.abs(), points.highest.abs());
                let (lowest, highest) = if one <= other { (one, other) } else { (other, one) };
                Range { lowest, highest }.zh()
            }
        })
        .collect()
}

fn shown(value: &Possible) -> String {
    match value {
        Possible::Number(interval) => shown_interval(interval),
        Possible::Truth(Some(true)) => "是".into(),
        Possible::Truth(Some(false)) => "否".into(),
        Possible::Word(Some(word)) => word.clone(),
        Possible::Truth(None) | Possible::Word(None) => "不明".into(),
        Possible::NotApplicable => "不适用".into(),
    }
}

/// Inputs as a line used them.
pub(super) fn used(facts: &[usize], inputs: &Inputs<'_>) -> Vec<FactUsed> {
    let facts = facts.iter().filter_map(|fact| inputs.facts.get(*fact));
    facts
        .map(|fact| FactUsed {
            name: fact.name.clone(),
            value: fact.shown(),
            state: fact.state,
        })
        .collect()
}
