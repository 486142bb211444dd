//! Open questions (待明确事项): what a published clause leaves open.

use crate::document::Cursor;
use crate::error::Finding;

/// The questions met while a scheme is read.
#[derive(Debug, Default)]
pub struct Questions(std::cell::RefCell<Vec<Finding>>);

impl Questions {
    /// Asks for `field` of the object at the cursor, with the choices there are.
    pub fn ask(&self, at: &Cursor<'_>, field: &str, zh: &str, en: &str) {
        let pointer = format!("{}/{field}", at.pointer());
        let zh = format!("待明确：{zh}");
        self.0
            .borrow_mut()
            .push(Finding::warning("scheme.open_question", zh, format!("open: {en}")).at(pointer));
    }

    /// All questions, in document order.
    pub fn into_findings(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}
