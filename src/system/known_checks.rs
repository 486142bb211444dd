//! The checks of which a rule set can speak, and those of which it speaks in vain.

use super::rule_set::RuleSetBody;
use crate::document::nearest;
use crate::error::Finding;
use crate::registry::Basis;

/// One code a line, sorted; a test holds the list to the reference of acts and checks.
const CODES: &str = include_str!("checks.txt");

/// The codes of all findings that a view or a year can tell, in the order of their letters: what a rule set may switch
/// off, weigh and base.
///
/// ```
/// assert!(zeren::system::known_checks().any(|code| code == "letter.no_basis"));
/// ```
pub fn known_checks() -> impl Iterator<Item = &'static str> + Clone {
    CODES.lines()
}

/// The codes in a rule set that name no check, each with its place in the rule set. What such an entry wants does not
/// happen, and nobody would notice.
///
/// A finding rather than an error: a ledger may hold rule sets that were adopted under another version of the library,
/// which knew other checks.
pub(super) fn unknown(rules: &RuleSetBody) -> impl Iterator<Item = Finding> + '_ {
    let off = rules.switched_off.iter().enumerate();
    let off = off.map(|(index, code)| (format!("/switched_off/{index}"), code));
    let checks = rules.checks.iter().enumerate();
    let checks = checks.map(|(index, check)| (format!("/checks/{index}/code"), &check.code));
    off.chain(checks)
        .filter(|(_, code)| !known_checks().any(|known| known == **code))
        .map(|(place, code)| {
            let near = nearest(code, known_checks());
            let (hint_zh, hint_en) = match near {
                Some(near) => (format!("是否应为“{near}”？"), format!("did you mean \"{near}\"?")),
                None => (
                    "请按检查提示一览更正".to_owned(),
                    "correct it by the reference of acts and checks".to_owned(),
                ),
            };
            let title = &rules.title;
            let zh = format!("规则集“{title}”{place} 处没有名为“{code}”的检查，该项设置不起作用；{hint_zh}");
            let en = format!("rule set \"{title}\" names no check by \"{code}\" at {place}; {hint_en}");
            Finding::warning("system.unknown_check", zh, en)
                .about(&*rules.id)
                .at(place)
                .resting_on(rules.basis.first().map(Basis::zh))
        })
}
