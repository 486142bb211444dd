//! Reading a table of events: a row an event.

use std::collections::BTreeMap;

use super::cell;
use super::check::Places;
use super::column::Column;
use super::fill::{SubjectCells, problem};
use super::grid::address;
use super::{Filled, Template};
use crate::document::{Value, extend};
use crate::error::Finding;

impl Template {
    /// The events of each subject, in the order of the rows.
    pub(super) fn listed(
        &self,
        fact: &str,
        table: &[SubjectCells<'_>],
        places: &mut Places,
        found: &mut Vec<Finding>,
    ) -> Vec<Filled> {
        let here = extend("/facts", fact);
        let mut order: Vec<&str> = Vec::new();
        let mut lists: BTreeMap<&str, (Vec<Value>, Option<bool>)> = BTreeMap::new();
        for (number, subject, row) in table {
            if !lists.contains_key(subject.as_str()) {
                order.push(subject);
            }
            let (events, complete) = lists.entry(subject).or_default();
            let event = extend(&extend(&here, "events"), &events.len().to_string());
            places.put(subject, &here, row.address(0));
            let mut fields = Vec::new();
            for column in &self.columns {
                let Some((place, text)) = row.of(column) else { continue };
                match column {
                    Column::Field(field) => match cell::field(text, field) {
                        Ok(Some(value)) => {
                            places.put(subject, &extend(&event, &field.name), row.address(place));
                            fields.push((field.name.as_str().into(), value));
                        }
                        Ok(None) => {}
                        Err(why) => problem(found, "fact.template_cell", address(*number, place), &why),
                    },
                    Column::Complete => match (text, *complete) {
                        ("", _) => {}
                        ("是", None | Some(true)) => *complete = Some(true),
                        ("否", None | Some(false)) => *complete = Some(false),
                        _ => problem(
                            found,
                            "fact.template_cell",
                            address(*number, place),
                            &(
                                format!("“{text}”应为“是”或“否”，且同一考核对象各行一致"),
                                format!("\"{text}\": 是 or 否, the same in every row of a subject"),
                            ),
                        ),
                    },
                    _ => {}
                }
            }
            if !fields.is_empty() {
                events.push(Value::Object(fields));
            }
        }
        let filled = order.into_iter().filter_map(|subject| {
            let (events, complete) = lists.remove(subject)?;
            // Neither an event nor a word on completeness: nothing was reported.
            if events.is_empty() && complete.is_none() {
                return None;
            }
            let list = Value::Object(vec![
                ("events".into(), Value::List(events)),
                ("complete".into(), Value::Bool(complete.unwrap_or(false))),
            ]);
            Some(Filled {
                subject: subject.to_owned(),
                facts: vec![(fact.to_owned(), list)],
            })
        });
        filled.collect()
    }
}
