//! Open questions (待明确事项): what a published clause leaves open.

use std::cell::RefCell;

use serde::Serialize;

use crate::error::Finding;

/// An answer that a question has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The value to write, as JSON text.
    pub value: &'static str,
    /// What it means.
    pub zh: &'static str,
}

/// A hole with the answers there are; a number or a condition of the author's own is always another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What is asked, and where the answer belongs.
    pub finding: Finding,
    /// The answers there are.
    pub answers: Vec<Answer>,
}

/// The questions met while a scheme is read.
#[derive(Debug, Default)]
pub struct Questions(RefCell<Vec<Question>>);

impl Questions {
    /// Asks for `field` of the object at the pointer.
    pub fn ask(&self, pointer: &str, field: &str, zh: &str, en: &str, answers: &[(&'static str, &'static str)]) {
        let listed: Vec<String> = answers.iter().map(|(value, zh)| format!("{zh}写 {value}")).collect();
        let choices = if listed.is_empty() {
            String::new()
        } else {
            format!("（{}）", listed.join("，"))
        };
        let zh = format!("待明确：{zh}{choices}");
        let finding =
            Finding::warning("scheme.open_question", zh, format!("open: {en}")).at(format!("{pointer}/{field}"));
        let answers = answers.iter().map(|(value, zh)| Answer { value, zh }).collect();
        self.0.borrow_mut().push(Question { finding, answers });
    }

    /// All questions, in document order.
    pub fn into_list(self) -> Vec<Question> {
        self.0.into_inner()
    }
}
