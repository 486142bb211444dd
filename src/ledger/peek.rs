//! What a stored line says of its place, without reading its act.

use std::borrow::Cow;

use crate::document::parse;

/// The members of a line before its act, and the digest of the line before.
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
    rest.strip_prefix(",\"time\":\"")?;
    let (before, previous) = body
        .strip_suffix('"')
        .and_then(|body| body.split_at_checked(body.len().checked_sub(64)?))?;
    before.strip_suffix(",\"previous\":\"")?;
    Some(Peeked {
        ledger,
        sequence,
        batch,
        last,
        previous,
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
    if !plain.contains('\\') {
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
    Some((digits.parse().ok()?, rest))
}
