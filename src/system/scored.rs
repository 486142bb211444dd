//! Letters and results belong to different rooms: a letter is said to be scored, and no result is approved.

use super::View;
use crate::assessment::Assessment;
use crate::error::Finding;
use crate::letter::Event;

/// Findings about letters whose scoring names a scheme and a subject without an approved result.
pub(super) fn findings(view: &View<'_>, found: &mut Vec<Finding>) {
    let results = &view.system().state().assessment.results;
    let known = view.when().known;
    for letter in view.letters().all() {
        for event in letter.events() {
            let Event::Scored { scheme, subject } = event else {
                continue;
            };
            let key = results.key(&Assessment::pair(scheme, subject));
            if key.is_some_and(|key| results.last(key, known).is_some()) {
                continue;
            }
            let title = letter.title();
            let zh = format!("责任书“{title}”记为已考核，但考核办法“{scheme}”下没有“{subject}”的审定结果");
            let en = format!(
                "letter \"{title}\" is scored, but scheme \"{scheme}\" has no approved result of \"{subject}\""
            );
            found.push(Finding::warning("system.scored_without_result", zh, en).about(letter.id));
        }
    }
}
