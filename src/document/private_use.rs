//! Private-use characters (私用区字符) that converters of older encodings leave in names.
//!
//! GBK had no code points for 105 of its characters, so its tables, which are still in use, send them to Unicode's private
//! use area (䶮 to U+E863); nineteen of them stayed there in GB 18030 until its editions of 2005 and 2022. Systems on which
//! users drew characters of their own (造字) have further ones. The same name then has other code points, hence another
//! digest, on another machine. Such a text is told of with what could stand there instead; it is never changed.

use std::fmt::Write;

use super::Value;
use super::cursor::extend;
use crate::error::Finding;

/// What GBK tables write from a code point on, and the characters that are meant: as GB 18030-2022 reads the same bytes,
/// but for six which it left where they were and which have had code points in extension B since Unicode 3.1.
const MEANT: [(u32, &str); 4] = [
    (0xE78D, "︐︒︑︓︔︕︖︗︘︙"),
    (0xE7C7, "ḿǹ"),
    (0xE7E7, "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"),
    (
        0xE815,
        "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
         䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻",
    ),
];

/// How much of a text is shown on each side of the first private-use character.
const SHOWN: usize = 12;

/// A warning for each text of a document (values and names of members) that holds private-use characters, at its place, in
/// the order of the document.
pub fn private_use(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !anywhere(document) {
        return findings;
    }
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Text(text) => findings.extend(private_use_in(text).map(|finding| finding.at(pointer))),
            Value::List(items) => {
                let items = items.iter().enumerate().rev();
                open.extend(items.map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            Value::Object(members) => {
                for (name, _) in members {
                    let name: &str = name;
                    findings.extend(private_use_in(name).map(|finding| finding.at(extend(&pointer, name))));
                }
                let members = members.iter().rev();
                open.extend(members.map(|(name, member)| (extend(&pointer, name), member)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    findings
}

/// The warning about one text, when it holds private-use characters.
pub fn private_use_in(text: &str) -> Option<Finding> {
    if !holds(text) {
        return None;
    }
    let mut found: Vec<char> = text.chars().filter(|c| is_private(*c)).collect();
    found.sort_unstable();
    found.dedup();
    let (mut zh, mut en) = (String::new(), String::new());
    for private in found {
        let (point, comma) = (u32::from(private), if zh.is_empty() { ("", "") } else { ("、", ", ") });
        // Writing into a String cannot fail.
        let _ = match replacement(private) {
            Some(meant) => write!(
                zh,
                "{}U+{point:04X}（应为“{meant}”U+{:04X}）",
                comma.0,
                u32::from(meant)
            )
            .and_then(|()| write!(en, "{}U+{point:04X} (write U+{:04X})", comma.1, u32::from(meant))),
            None => write!(zh, "{}U+{point:04X}（自造字，没有通用的对应字符）", comma.0)
                .and_then(|()| write!(en, "{}U+{point:04X} (a character drawn by users)", comma.1)),
        };
    }
    let shown = shown(text);
    Some(Finding::warning(
        "document.private_use",
        format!("“{shown}”含私用区字符 {zh}：换一台机器就是另一个字，请核对后更正；程序库原样保留，不自动替换"),
        format!(
            "\"{shown}\" holds private-use characters {en}: they are others on another machine; look them up and correct the \
             text, which was kept as it is"
        ),
    ))
}

/// The character that is meant, where a table is to blame.
fn replacement(private: char) -> Option<char> {
    MEANT.iter().find_map(|(first, meant)| {
        let place = u32::from(private).checked_sub(*first)?;
        meant.chars().nth(usize::try_from(place).ok()?)
    })
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Whether a text holds private-use characters.
pub(crate) fn holds(text: &str) -> bool {
    // Private-use characters begin with a byte from 0xEE on; most Chinese text has none but full-width punctuation.
    text.bytes().fold(0, u8::max) >= 0xEE && text.chars().any(is_private)
}

fn anywhere(document: &Value) -> bool {
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Text(text) if holds(text) => return true,
            Value::Object(members) => {
                if members.iter().any(|(name, _)| holds(name)) {
                    return true;
                }
                open.extend(members.iter().map(|(_, member)| member));
            }
            Value::List(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

/// The text, or the part of it around the first private-use character.
fn shown(text: &str) -> String {
    let at = text.chars().position(is_private).unwrap_or(0);
    let from = at.saturating_sub(SHOWN);
    let mut part: String = text.chars().skip(from).take(SHOWN.saturating_mul(2)).collect();
    if from > 0 {
        part.insert(0, '…');
    }
    if text.chars().count() > from.saturating_add(SHOWN.saturating_mul(2)) {
        part.push('…');
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    fn told(text: &str) -> Vec<(String, String)> {
        let document = parse(text.as_bytes()).unwrap();
        let findings = private_use(&document).into_iter();
        findings.map(|finding| (finding.pointer.unwrap(), finding.zh)).collect()
    }

    #[test]
    fn every_place_is_told_in_order_and_escapes_count_as_characters() {
        let found = told(
            r#"{"units": [{"name": "\ue81e镇"}, {"name": "好"}], "a/b": ["", {"\ue000": "甲\udb80\udc00乙"}], "z": 1}"#,
        );
        let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/units/0/name", "/a~1b/1/\u{E000}", "/a~1b/1/\u{E000}"]);
        assert!(found[0].1.contains("U+E81E（应为“龴”U+9FB4）"), "{}", found[0].1);
        assert!(found[1].1.contains("U+E000（自造字"), "{}", found[1].1);
        assert!(found[2].1.contains("U+F0000（自造字"), "{}", found[2].1);
    }

    #[test]
    fn a_hundred_and_five_have_a_replacement_and_no_two_the_same() {
        let old: Vec<char> = ('\u{E000}'..='\u{F8FF}')
            .filter(|old| replacement(*old).is_some())
            .collect();
        let mut meant: Vec<char> = old.iter().filter_map(|old| replacement(*old)).collect();
        assert!(!meant.iter().any(|meant| is_private(*meant)));
        meant.sort_unstable();
        meant.dedup();
        assert_eq!((old.len(), meant.len()), (105, 105));
    }

    #[test]
    fn what_the_editions_of_2005_and_2022_moved_is_replaced_as_they_say() {
        let moved = [
            // Bytes A6D9 to A6DF, A6EC, A6ED, A6F3; A6DA and A6DB cross over.
            ('\u{E78D}', 0xFE10),
            ('\u{E78E}', 0xFE12),
            ('\u{E78F}', 0xFE11),
            ('\u{E790}', 0xFE13),
            ('\u{E791}', 0xFE14),
            ('\u{E792}', 0xFE15),
            ('\u{E793}', 0xFE16),
            ('\u{E794}', 0xFE17),
            ('\u{E795}', 0xFE18),
            ('\u{E796}', 0xFE19),
            // A8BC.
            ('\u{E7C7}', 0x1E3F),
            // FE59, FE61, FE66, FE67, FE6D, FE7E, FE90, FEA0.
            ('\u{E81E}', 0x9FB4),
            ('\u{E826}', 0x9FB5),
            ('\u{E82B}', 0x9FB6),
            ('\u{E82C}', 0x9FB7),
            ('\u{E832}', 0x9FB8),
            ('\u{E843}', 0x9FB9),
            ('\u{E854}', 0x9FBA),
            ('\u{E864}', 0x9FBB),
            // FE9F and, in extension B, FE51 and FE91.
            ('\u{E863}', 0x4DAE),
            ('\u{E816}', 0x20087),
            ('\u{E855}', 0x241FE),
        ];
        for (old, meant) in moved {
            assert_eq!(replacement(old).map(u32::from), Some(meant), "{:04X}", u32::from(old));
        }
        assert_eq!(replacement('\u{E797}'), None);
        assert_eq!(replacement('\u{E865}'), None);
    }

    #[test]
    fn rare_characters_full_width_punctuation_and_compatibility_forms_are_none_of_them() {
        let text = "䶮㙍𬱖𫘦𨱔𠮷，。（）！：；？﹏︐︙豈ﬀ�";
        assert_eq!(private_use_in(text), None);
        for edge in ['\u{D7FF}', '\u{F900}', '\u{EFFFF}'] {
            assert_eq!(private_use_in(&edge.to_string()), None);
        }
        for edge in ['\u{E000}', '\u{F8FF}', '\u{F0000}', '\u{10FFFD}'] {
            assert!(private_use_in(&edge.to_string()).is_some());
        }
    }

    #[test]
    fn a_long_text_is_shown_around_the_first() {
        let text = format!("{}\u{E832}{}", "前".repeat(40), "后".repeat(40));
        let zh = private_use_in(&text).unwrap().zh;
        let wanted = format!("“…{}\u{E832}{}…”", "前".repeat(SHOWN), "后".repeat(SHOWN - 1));
        assert!(zh.starts_with(&wanted), "{zh}");
    }
}
