//! Known answers: a library that a compiler, a linker or a copy has spoilt says so before it scores anybody.

use crate::calendar::Date;
use crate::document::{parse, sm3_hex};
use crate::error::{Finding, Result};
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::Facts;
use crate::scheme::Scheme;
use crate::score::{Results, score};
use crate::system::{Request, System};

/// The head after the batch of `known-request.json`.
const HEAD: &str = "f58b75fe78fdd2a5bbe483ee5e7f2e5de63b49f4b809fc013ac72c0fc2ab6938";
/// The digest of the sheet that `known-scheme.json` gives over `known-facts.json`.
const SHEET: &str = "7bf2a7bf6d7cf76d938a1e3209f328d88db12286c07bd9a27ca72f5e09022061";

/// Computes what is known: a digest of the SM3 standard, exact numbers and dates, a sealed line, a sheet to its last byte.
/// Gives what differs, nothing when all is well. It takes about a millisecond.
///
/// ```
/// assert!(zeren::library::self_test().is_empty());
/// ```
#[must_use]
pub fn self_test() -> Vec<Finding> {
    let parts = [
        ("SM3", Ok(digest())),
        ("exact", Ok(numbers().unwrap_or(false))),
        ("calendar", Ok(dates().unwrap_or(false))),
        ("ledger", ledger()),
        ("sheet", sheet()),
    ];
    parts
        .into_iter()
        .filter_map(|(part, answer)| differs(part, answer))
        .collect()
}

fn differs(part: &str, answer: Result<bool>) -> Option<Finding> {
    let why = match answer {
        Ok(true) => return None,
        Ok(false) => String::new(),
        Err(error) => format!(": {error}"),
    };
    let (zh, en) = (
        format!("程序库自检未通过（{part}），请重新安装，不得用于计分{why}"),
        format!("the library fails its self-test ({part}): install it again, and score nothing with it{why}"),
    );
    let mut finding = Finding::error("library.self_test", "", zh, en).about(part);
    finding.pointer = None;
    Some(finding)
}

/// The second example of GB/T 32905, more than one block.
fn digest() -> bool {
    sm3_hex("abcd".repeat(16).as_bytes()) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
}

/// A third of a number beyond 128 bits, a root, and a half that goes to the even side.
fn numbers() -> Option<bool> {
    let large = Exact::from_text("1000000000000000000000000000000000000000000000000001")?;
    let third = large.checked_div(&Exact::from(3))?;
    let sum = &(&third + &third) + &third;
    let down = Rounding::to_place(Mode::Down, 18)?;
    let root = Exact::from(2).root(2, &down);
    let even = Rounding::to_place(Mode::HalfEven, 2)?;
    let half = even.round(&Exact::ratio(1_845, 1_000)?);
    Some(sum == large && root == Exact::from_text("1.414213562373095048")? && half == Exact::from_text("1.84")?)
}

/// A leap day, and the days of a year that has one.
fn dates() -> Option<bool> {
    let (first, last) = (Date::new(2024, 1, 1)?, Date::new(2024, 12, 31)?);
    Some(Date::new(2024, 2, 28)?.next() == Date::new(2024, 2, 29)? && first.days_until(last) == 365)
}

fn ledger() -> Result<bool> {
    let mut system = System::new("self-test");
    let request = Request::parse(include_bytes!("known-request.json"))?;
    let prepared = system.prepare(&request)?;
    let lines: Vec<String> = prepared.lines().map(ToOwned::to_owned).collect();
    system.commit(prepared)?;
    let opened = System::open("self-test", lines.iter().map(String::as_str))?;
    Ok(system.head().digest == HEAD && opened.head() == system.head())
}

fn sheet() -> Result<bool> {
    let scheme = Scheme::parse(include_bytes!("known-scheme.json"))?;
    let facts = Facts::read(&parse(include_bytes!("known-facts.json"))?)?;
    let sheet = score(&scheme, &facts, &Results::default())?;
    Ok(sheet.to_json().is_ok_and(|json| sm3_hex(json.as_bytes()) == SHEET))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_with_its_part() {
        let finding = differs("SM3", Ok(false)).unwrap();
        assert!(finding.en.contains("(SM3)") && finding.zh.contains("SM3"));
        assert!(differs("SM3", Ok(true)).is_none());
    }
}
