//! Facts that belong to no one wing: counts that may count the same things twice.

use crate::error::Finding;
use crate::fact::{Declaration, Facts};

/// Findings about declared facts that may overlap and were both reported.
///
/// What to do about it is for people: the library does not know which things were counted twice.
pub fn overlaps(declarations: &[Declaration], facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for declaration in declarations {
        for other in &declaration.may_overlap {
            let name = &declaration.name;
            if facts.get(name).is_none() || facts.get(other).is_none() {
                continue;
            }
            let zh = format!("“{name}”与“{other}”可能重复计数，请核对是否为同一批事项");
            let en = format!("\"{name}\" and \"{other}\" may count the same things; check them against each other");
            found.push(Finding::warning("system.may_overlap", zh, en).about(name.as_str()));
        }
    }
    found
}
