//! The acts that build the tree: what an office-automation system would hand in.

use std::ops::Range;

use zeren::document::sm3_hex;
use zeren::ledger::Head;

use crate::divisions::Division;

/// Rows in one bulk act: a line of a few megabytes.
const BULK: usize = 5_000;

/// The day on which everything begins, and the days on which superiors and subordinates sign.
pub const FOUNDED: &str = "2022-01-01";
pub const SIGNED: [&str; 2] = ["2022-01-10", "2022-01-12"];
pub const TITLE: &str = "2022年度目标管理责任书";
pub const DUTY: &str = "完成年度工作任务并按季度报送进展情况";

/// Where the terms of the letters stand.
#[derive(Clone, Copy)]
pub enum Wording {
    /// Once an act, for all its letters.
    Common,
    /// In every letter.
    SpelledOut,
}

type Row = fn(&[Division], usize) -> String;

/// An act as a document, and which rows of which divisions it brings.
pub struct Act {
    pub text: String,
    pub rows: &'static str,
    pub divisions: Range<usize>,
}

/// One act each: declarations, units, posts, one letter an edge, the rule set. The letters come last but one, so the
/// position before any of them is a moment at which letters were missing.
pub fn acts(divisions: &[Division], wording: Wording) -> impl Iterator<Item = Act> + '_ {
    let edges = std::iter::once(alone(act(
        "edges.declared",
        "",
        "edges",
        r#""edges":[{"acyclic":true,"id":"line","name":"隶属","single":true}]"#,
    )));
    let units = bulk("units.founded", String::new(), "units", divisions, 0, unit);
    let posts = bulk("posts.founded", String::new(), "posts", divisions, 0, post);
    let letters = match wording {
        Wording::Common => bulk("letters.registered", common(), "letters", divisions, 1, letter as Row),
        Wording::SpelledOut => bulk(
            "letters.registered",
            String::new(),
            "letters",
            divisions,
            1,
            letter_spelled_out as Row,
        ),
    };
    edges
        .chain(units)
        .chain(posts)
        .chain(std::iter::once(rules()))
        .chain(letters)
}

fn alone(text: String) -> Act {
    Act {
        text,
        rows: "",
        divisions: 0..0,
    }
}

fn rules() -> Act {
    alone(act(
        "rule_set.adopted",
        "",
        "rules",
        r#""rule_set":{"cascade":{"edge":"line","top":"0"},"format":1,"id":"nation","kind":"rule_set","period":{"from":"2022-01-01","to":"2022-12-31"},"title":"逐级签订责任书","version":"1"}"#,
    ))
}

/// Acts of many rows of one kind, for all divisions from `first` on.
fn bulk<'d>(
    word: &'static str,
    common: String,
    rows: &'static str,
    divisions: &'d [Division],
    first: usize,
    row: impl Fn(&[Division], usize) -> String + 'd,
) -> impl Iterator<Item = Act> + 'd {
    (first..divisions.len()).step_by(BULK).map(move |from| {
        let to = (from + BULK).min(divisions.len());
        let list: Vec<String> = (from..to).map(|at| row(divisions, at)).collect();
        Act {
            text: act(
                word,
                &common,
                &format!("{rows}-{from}"),
                &format!("\"{rows}\":[{}]", list.join(",")),
            ),
            rows,
            divisions: from..to,
        }
    })
}

/// What all letters say.
fn common() -> String {
    format!(
        r#""common":{{"basis":[{{"article":"第五条","title":"目标管理责任制实施办法"}}],"duties":[{{"id":"1","title":"{DUTY}"}}],"period":{{"from":"2022-01-01","to":"2022-12-31"}},"plan_entry":"年度计划第三项","title":"{TITLE}"}},"#
    )
}

/// A letter that says everything itself.
fn letter_spelled_out(divisions: &[Division], at: usize) -> String {
    let own = &divisions[at].code;
    let above = &divisions[divisions[at].superior].code;
    let [by_issuer, by_receiver] = SIGNED;
    let digest = digest(own);
    format!(
        r#"{{"letter":{{"basis":[{{"article":"第五条","title":"目标管理责任制实施办法"}}],"duties":[{{"id":"1","title":"{DUTY}"}}],"id":"z{own}","issuers":[{{"signatories":["p{above}"],"unit":"{above}"}}],"period":{{"from":"2022-01-01","to":"2022-12-31"}},"plan_entry":"年度计划第三项","receivers":[{{"signatories":["p{own}"],"unit":"{own}"}}],"text":{{"sm3":"{digest}"}},"title":"{TITLE}"}},"signatures":[{{"capacity":"holder","on":"{by_issuer}","person":"h{above}","post":"p{above}"}},{{"capacity":"holder","on":"{by_receiver}","person":"h{own}","post":"p{own}"}}]}}"#
    )
}

fn unit(divisions: &[Division], at: usize) -> String {
    let own = &divisions[at];
    let superiors = match at {
        0 => String::new(),
        _ => format!(
            r#","superiors":[{{"edge":"line","unit":"{}"}}]"#,
            divisions[own.superior].code
        ),
    };
    format!(
        r#"{{"class":"{}","id":"{}","name":"{}"{superiors}}}"#,
        own.class(),
        own.code,
        own.name
    )
}

fn post(divisions: &[Division], at: usize) -> String {
    let code = &divisions[at].code;
    format!(r#"{{"id":"p{code}","name":"主要负责人","unit":"{code}"}}"#)
}

fn letter(divisions: &[Division], at: usize) -> String {
    let own = &divisions[at].code;
    let above = &divisions[divisions[at].superior].code;
    let [by_issuer, by_receiver] = SIGNED;
    let digest = digest(own);
    format!(
        r#"{{"letter":{{"id":"z{own}","issuers":[{{"signatories":["p{above}"],"unit":"{above}"}}],"receivers":[{{"signatories":["p{own}"],"unit":"{own}"}}],"text":{{"sm3":"{digest}"}}}},"signatures":[{{"capacity":"holder","on":"{by_issuer}","person":"h{above}","post":"p{above}"}},{{"capacity":"holder","on":"{by_receiver}","person":"h{own}","post":"p{own}"}}]}}"#
    )
}

/// What stands for the digest of the text of the letter to this division.
pub fn digest(code: &str) -> String {
    sm3_hex(code.as_bytes())
}

/// An act of the first day.
fn act(word: &str, common: &str, id: &str, fields: &str) -> String {
    format!(r#"{{"act":"{word}",{common}"effective":"{FOUNDED}","id":"{id}",{fields}}}"#)
}

/// The request that brings one act.
pub fn request(head: &Head, act: &str) -> String {
    format!(
        r#"{{"acts":[{act}],"head":{{"digest":"{}","position":{}}},"operator":"u-1","time":"2022-01-15T09:00:00+08:00"}}"#,
        head.digest, head.position
    )
}
