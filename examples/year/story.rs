//! The story that is told, and the answers that it is told from.

use serde::Serialize;
use serde_json::Value;
use zeren::error::Finding;

use crate::host::Outcome;

pub struct Story {
    text: String,
    /// Answers by the name of the file that they go to.
    pub kept: Vec<(String, Value)>,
}

impl Story {
    pub fn new() -> Self {
        Story {
            text: "# 示例区 2023 年度考核全程\n".to_owned(),
            kept: Vec::new(),
        }
    }

    pub fn chapter(&mut self, title: &str) {
        self.text.push_str(&format!("\n## {title}\n\n"));
    }

    pub fn says(&mut self, sentence: &str) {
        self.text.push_str(sentence);
        self.text.push_str("\n\n");
    }

    pub fn list(&mut self, rows: impl IntoIterator<Item = String>) {
        for row in rows {
            self.text.push_str(&format!("- {row}\n"));
        }
        self.text.push('\n');
    }

    /// What was tried, and what the library said.
    pub fn refusal(&mut self, what: &str, findings: &[Finding]) {
        self.says(&format!("**被拒绝**：{what}。"));
        self.list(findings.iter().map(|finding| format!("`{}` {}", finding.code, finding.zh)));
    }

    pub fn findings<'f>(&mut self, findings: impl IntoIterator<Item = &'f Finding>) {
        let told = findings.into_iter().map(|finding| format!("`{}` {}", finding.code, finding.zh));
        let told: Vec<String> = told.collect();
        self.list(told);
    }

    /// Keeps an answer for the folder.
    pub fn keep(&mut self, name: &str, answer: &impl Serialize) -> Outcome<()> {
        self.kept.push((name.to_owned(), serde_json::to_value(answer)?));
        Ok(())
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}
