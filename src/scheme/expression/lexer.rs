//! Characters into tokens.

use super::{Fault, MAX_CHARACTERS};
use crate::exact::Exact;
use crate::fact::{begins_name, continues_name};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Exact),
    Text(String),
    Name(String),
    Symbol(&'static str),
}

/// Symbols, longer ones first.
const SYMBOLS: [&str; 18] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "!", "(", ")", ",", "?", ":",
];

/// The tokens with the character (from 1) at which each begins.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    if text.chars().count() > MAX_CHARACTERS {
        let zh = format!("表达式超过 {MAX_CHARACTERS} 个字符，请拆分");
        return Err(Fault {
            at: MAX_CHARACTERS,
            zh,
            en: format!("longer than {MAX_CHARACTERS} characters; split it"),
        });
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut at = 1_usize;
    while let Some(character) = rest.chars().next() {
        let (token, length) = if character == ' ' {
            rest = rest.get(1..).unwrap_or("");
            at = at.saturating_add(1);
            continue;
        } else if character.is_ascii_digit() {
            number(rest, at)?
        } else if character == '"' {
            string(rest, at)?
        } else if begins_name(character) {
            let length = rest.find(|next| !continues_name(next)).unwrap_or(rest.len());
            (Token::Name(rest.get(..length).unwrap_or("").to_owned()), length)
        } else if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            return Err(strange(character, at));
        };
        tokens.push((at, token));
        let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        at = at.saturating_add(taken.chars().count());
        rest = left;
    }
    Ok(tokens)
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let length = rest
        .find(|next: char| !next.is_ascii_digit() && next != '.')
        .unwrap_or(rest.len());
    let text = rest.get(..length).unwrap_or("");
    let number = Exact::from_text(text).filter(|_| text.len() <= 64);
    number
        .map(|number| (Token::Number(number), length))
        .ok_or_else(|| Fault {
            at,
            zh: format!("“{text}”不是数字"),
            en: format!("\"{text}\" is no number"),
        })
}

fn string(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let inner = rest.get(1..).unwrap_or("");
    match inner.find('"') {
        Some(end) => Ok((
            Token::Text(inner.get(..end).unwrap_or("").to_owned()),
            end.saturating_add(2),
        )),
        None => Err(Fault {
            at,
            zh: "缺少右引号".into(),
            en: "the quote is not closed".into(),
        }),
    }
}

/// A character that no expression has; for full-width punctuation the half-width form is shown.
fn strange(character: char, at: usize) -> Fault {
    if matches!(character, '%' | '％') {
        return Fault {
            at,
            zh: "百分数请写作小数，如 80% 写作 0.8".into(),
            en: "write a percentage as a decimal: 80% is 0.8".into(),
        };
    }
    let half = match character {
        '，' | '、' => ",",
        '（' => "(",
        '）' => ")",
        '＋' => "+",
        '－' | '—' => "-",
        '×' | '＊' => "*",
        '÷' | '／' => "/",
        '＞' => ">",
        '＜' => "<",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '＝' | '=' => "==",
        '！' => "!",
        '？' => "?",
        '：' => ":",
        '“' | '”' | '＂' => "\"",
        '＆' | '&' => "&&",
        '｜' | '|' => "||",
        '\u{3000}' | '\t' | '\n' => "空格",
        _ => "",
    };
    if half.is_empty() {
        return Fault {
            at,
            zh: format!("“{character}”不能用在表达式里"),
            en: format!("'{character}' cannot stand here"),
        };
    }
    Fault {
        at,
        zh: format!("“{character}”请改为“{half}”"),
        en: format!("'{character}': write {half}"),
    }
}
