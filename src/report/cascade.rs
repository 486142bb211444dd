//! The cascade as a tree.

use super::cell;
use crate::cascade::{Cascade, Link};

/// The cascade in Chinese: a table of levels, then the tree with what each unit holds.
pub fn cascade_markdown(cascade: &Cascade) -> String {
    let mut text = String::from("| 层级 | 单位数 | 持有责任书 | 逐级贯通 |\n|---|---|---|---|\n");
    for level in &cascade.levels {
        let (depth, units) = (level.depth, level.units);
        text.push_str(&format!(
            "| 第 {depth} 级 | {units} | {} | {} |\n",
            level.covered, level.unbroken
        ));
    }
    text.push_str(&format!("\n- {}\n", cell(&cascade.name)));
    // Depth first, without recursion: the last pushed is the next written.
    let below = |unit: &str| -> Vec<&Link> {
        let mut links: Vec<&Link> = cascade.links.iter().filter(|link| link.superior == unit).collect();
        links.reverse();
        links
    };
    let mut open = below(&cascade.top);
    while let Some(link) = open.pop() {
        let indent = "  ".repeat(usize::try_from(link.depth).unwrap_or(0));
        let letter = if link.letters.is_empty() {
            "无责任书"
        } else {
            "有责任书"
        };
        let group = if link.group { "，有领导小组" } else { "" };
        text.push_str(&format!(
            "{indent}- {}（{}）：{letter}{group}\n",
            cell(&link.name),
            cell(&link.class)
        ));
        open.extend(below(&link.unit));
    }
    text
}
