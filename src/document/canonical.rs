//! The one way to write a value down, so that equal content gives equal bytes.

use super::plain::plain_length;
use super::{Name, Value};

/// The canonical text of a value: members sorted by the code points of their names, no white space, numbers in plain
/// form, strings with only the escapes that JSON demands.
///
/// ```
/// use zeren::document::{canonical, parse};
/// let value = parse("{\"乙\": 1.50, \"甲\": [true, \"\\u4e2d\"]}".as_bytes()).unwrap();
/// assert_eq!(canonical(&value), "{\"乙\":1.5,\"甲\":[true,\"中\"]}");
/// ```
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Adds the canonical text of a value. Depth is bounded by the reader (128), so recursion is too.
pub(crate) fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => text.push_str(number.as_str()),
        Value::Text(string) => write_text(string, text),
        Value::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(members) if members.is_sorted_by(|left, right| left.0 <= right.0) => {
            write_members(members.iter(), text);
        }
        Value::Object(members) => {
            let mut sorted: Vec<&(Name, Value)> = members.iter().collect();
            sorted.sort_by(|left, right| left.0.cmp(&right.0));
            write_members(sorted.into_iter(), text);
        }
    }
}

fn write_members<'m>(members: impl Iterator<Item = &'m (Name, Value)>, text: &mut String) {
    text.push('{');
    for (index, (name, value)) in members.enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_text(name, text);
        text.push(':');
        write(value, text);
    }
    text.push('}');
}

/// A string with its quotes.
pub(crate) fn write_text(string: &str, text: &mut String) {
    text.push('"');
    let mut rest = string;
    while let Some((plain, special, behind)) = split(rest) {
        text.push_str(plain);
        match special {
            b'"' => text.push_str("\\\""),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            control => text.push_str(&format!("\\u{control:04x}")),
        }
        rest = behind;
    }
    text.push_str(rest);
    text.push('"');
}

/// The text before the first character that must be escaped, that character, and what stands behind it.
fn split(text: &str) -> Option<(&str, u8, &str)> {
    let at = plain_length(text.as_bytes())?;
    let (plain, rest) = text.split_at_checked(at)?;
    Some((plain, rest.bytes().next()?, rest.get(1..)?))
}
