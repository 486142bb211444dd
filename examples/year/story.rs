//! The story that is told, and the answers that it is told from.

use serde::Serialize;
use serde_json::Value;
use zeren::error::Finding;
use zeren::ledger::Position;

use crate::host::{Host, Outcome};

pub struct Story {
    text: String,
    /// Answers by the name of the file that they go to.
    pub kept: Vec<(String, Value)>,
    /// What was known at moments of the story, for papers that look back.
    looks: Vec<(&'static str, Position)>,
}

impl Story {
    pub fn new() -> Self {
        Story {
            text: "# 示例区 2023 年度考核全程\n".to_owned(),
            kept: Vec::new(),
            looks: Vec::new(),
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
    pub fn refusal(&mut self, host: &Host, what: &str, findings: &[Finding]) {
        self.says(&format!("**被拒绝**：{what}。"));
        let told = findings
            .iter()
            .map(|finding| format!("`{}` {}", finding.code, host.readable(&finding.zh)));
        self.list(told);
    }

    /// What was found, of whom.
    pub fn findings(&mut self, host: &Host, findings: &[Finding]) {
        self.list(findings.iter().map(|finding| {
            let whose = finding.subject.as_deref().map(|id| host.name(id)).unwrap_or_default();
            format!("{whose}：{}（`{}`）", host.readable(&finding.zh), finding.code)
        }));
    }

    /// Remembers what is known now.
    pub fn remember(&mut self, moment: &'static str, host: &Host) {
        self.looks.push((moment, host.system.head().position));
    }

    /// What was known at a moment.
    pub fn look(&self, moment: &str) -> Option<Position> {
        self.looks
            .iter()
            .find(|(own, _)| *own == moment)
            .map(|(_, known)| *known)
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
