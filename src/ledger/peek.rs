//! What a stored line says around its act, without reading that.

use std::borrow::Cow;

use crate::calendar::Timestamp;
use crate::document::{is_field_text, parse};

/// The place of a line, and the digest of the line before.
///
/// A sealed line has them in one order and one form, so they are found without a reader for documents. Whoever sealed
/// something of another form finds it refused when the act is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peeked<'t> {
    pub(super) ledger: Cow<'t, str>,
    pub(super) sequence: u32,
    pub(super) batch: u32,
    pub(super) last: bool,
    pub(super) previous: &'t str,
    /// What stands between: time, operator and act.
    rest: &'t str,
}

/// When a line was entered, by whom, and the text of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entered<'t> {
    pub(super) time: Timestamp,
    pub(super) operator: Cow<'t, str>,
    pub(super) act: &'t str,
}

impl<'t> Peeked<'t> {
    /// What stands between the place and the digest of the line before; `None` when it does not have the form of a line.
    pub(super) fn entered(&self) -> Option<Entered<'t>> {
        let (time, rest) = quoted(self.rest)?;
        let (operator, rest) = quoted(rest.strip_prefix(",\"operator\":")?)?;
        (is_field_text(&self.ledger) && is_field_text(&operator)).then_some(())?;
        Some(Entered {
            time: Timestamp::parse(&time)?,
            operator,
            act: rest.strip_prefix(",\"payload\":")?,
        })
    }
}

/// Looks at what a line says before its digest; `None` when it does not have the form of a line.
pub(super) fn peek(body: &str) -> Option<Peeked<'_>> {
    let (ledger, rest) = quoted(body.strip_prefix("{\"ledger\":")?)?;
    let (sequence, rest) = number(rest.strip_prefix(",\"sequence\":")?)?;
    let (batch, rest) = number(rest.strip_prefix(",\"batch\":")?)?;
    let rest = rest.strip_prefix(",\"last\":")?;
    let (last, rest) = match rest.strip_prefix("true") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix("false")?),
    };
    let rest = rest.strip_prefix(",\"time\":")?;
    let (before, previous) = rest
        .strip_suffix('"')
        .and_then(|rest| rest.split_at_checked(rest.len().checked_sub(64)?))?;
    let rest = before.strip_suffix(",\"previous\":\"")?;
    Some(Peeked {
        ledger,
        sequence,
        batch,
        last,
        previous,
        rest,
    })
}

/// A text in quotes, and what comes behind it.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let plain = inner.get(..end)?;
    let rest = inner.get(end.checked_add(1)?..)?;
    if plain.bytes().all(|byte| byte >= b' ' && byte != b'\\') {
        return Some((Cow::Borrowed(plain), rest));
    }
    let document = parse(text.get(..end.checked_add(2)?)?.as_bytes()).ok()?;
    match document {
        crate::document::Value::Text(text) => Some((Cow::Owned(text), rest)),
        _ => None,
    }
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.starts_with('0') && digits.len() > 1 {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}
