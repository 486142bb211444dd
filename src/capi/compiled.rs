//! A plan together with the scheme that it reads.

use std::sync::Arc;

use crate::error::Result;
use crate::scheme::Scheme;
use crate::score::column::{ColumnPlan, Given};

/// A plan that keeps its scheme alive.
pub(super) struct Compiled {
    // Before the scheme, so that it is dropped before it.
    plan: ColumnPlan<'static>,
    results: Vec<Given<'static>>,
    scheme: Arc<Scheme>,
}

impl Compiled {
    pub(super) fn new(scheme: &Arc<Scheme>) -> Result<Self> {
        let scheme = Arc::clone(scheme);
        // SAFETY: the scheme lies where it is until its last owner is dropped, and this is one; it never changes. What
        // borrows from it is private, lives as long as this value at most, and is handed out with this value's lifetime.
        let borrowed: &'static Scheme = unsafe { &*Arc::as_ptr(&scheme) };
        let plan = ColumnPlan::new(borrowed)?;
        let results = plan.about().results;
        Ok(Compiled { plan, results, scheme })
    }

    pub(super) fn plan(&self) -> &ColumnPlan<'_> {
        &self.plan
    }

    pub(super) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The columns that it gives.
    pub(super) fn results(&self) -> &[Given<'_>] {
        &self.results
    }
}
