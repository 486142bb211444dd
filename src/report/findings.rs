//! Findings as a list, the like together.

use std::collections::BTreeMap;

use crate::error::{Finding, Severity};

/// The findings in Chinese, grouped by severity and code, in the order in which the checks first raised each code.
///
/// Each group names its basis once.
pub fn findings_markdown(findings: &[Finding]) -> String {
    let mut order: Vec<(Severity, &str)> = Vec::new();
    let mut groups: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let group = (finding.severity, finding.code);
        if !order.contains(&group) {
            order.push(group);
        }
        groups.entry(group).or_default().push(finding);
    }
    order.sort_by_key(|(severity, _)| *severity);
    let mut text = String::new();
    for group in order {
        let Some(findings) = groups.get(&group) else { continue };
        for finding in findings {
            let zh = finding.zh.replace(['\n', '\r'], " ");
            text.push_str(&format!("- {} {zh}", group.0.zh()));
            if let Some(basis) = &finding.basis {
                text.push_str(&format!("（依据：{basis}）"));
            }
            text.push('\n');
        }
    }
    if text.is_empty() {
        text.push_str("未发现问题。\n");
    }
    text
}
