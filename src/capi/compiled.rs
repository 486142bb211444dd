//! A plan together with the scheme that it reads.

use std::sync::{Arc, Mutex};

use crate::error::Result;
use crate::scheme::Scheme;
use crate::score::column::{About, ColumnPlan, Given, Scored, Wanted};

/// A plan that keeps its scheme alive.
pub(super) struct Compiled {
    // Both borrow from the scheme, and are dropped before it.
    plan: ColumnPlan<'static>,
    about: About<'static>,
    /// Results that are no longer needed: the next ones are written into their memory, since fresh memory would be most
    /// of the cost of a large table.
    spare: Mutex<Option<Scored>>,
    scheme: Arc<Scheme>,
}

impl Compiled {
    pub(super) fn new(scheme: &Arc<Scheme>) -> Result<Self> {
        let scheme = Arc::clone(scheme);
        // SAFETY: the scheme lies where it is until its last owner is dropped, and this is one; it never changes. What
        // borrows from it is private, lives as long as this value at most, and is handed out with this value's lifetime.
        let borrowed: &'static Scheme = unsafe { &*Arc::as_ptr(&scheme) };
        let plan = ColumnPlan::new(borrowed)?;
        let about = plan.about();
        let spare = Mutex::new(None);
        Ok(Compiled {
            plan,
            about,
            spare,
            scheme,
        })
    }

    pub(super) fn plan(&self) -> &ColumnPlan<'_> {
        &self.plan
    }

    pub(super) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What it wants and gives.
    pub(super) fn about(&self) -> &About<'_> {
        &self.about
    }

    /// The columns that it wants.
    pub(super) fn wanted(&self) -> &[Wanted<'_>] {
        &self.about.columns
    }

    /// The columns that it gives.
    pub(super) fn results(&self) -> &[Given<'_>] {
        &self.about.results
    }

    /// Whether subjects are looked at through those above them.
    pub(super) fn looks_below(&self) -> bool {
        self.about.parents
    }

    /// Memory for results; empty where there is none to spare.
    pub(super) fn take_spare(&self) -> Scored {
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.take());
        spare.unwrap_or_default()
    }

    /// Keeps the memory of results for others.
    pub(super) fn give_spare(&self, mut scored: Scored) {
        scored.sheets.clear();
        if let Ok(mut spare) = self.spare.lock() {
            *spare = Some(scored);
        }
    }
}
