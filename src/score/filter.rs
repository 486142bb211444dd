//! Whether an event counts, as far as its fields are known: the same question for both evaluators.

use crate::fact::{HeldEvent, Scalar};
use crate::scheme::core::Filter;

/// Whether an event passes all filters; `None` when a field that decides is not known.
pub(super) fn passes(event: &HeldEvent, filters: &[Filter]) -> Option<bool> {
    let mut open = false;
    for filter in filters {
        match event.fields.get(filter.field) {
            Some(Some(Scalar::Text(word))) if (*word == filter.word) != filter.equal => return Some(false),
            Some(Some(_)) => {}
            _ => open = true,
        }
    }
    (!open).then_some(true)
}
