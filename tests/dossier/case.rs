//! A small ledger of one town and one year: a letter in two manifestations, signed, sealed and verified, amended, taken over
//! by the next holder of a post; records with evidence; a score, approved.

use serde_json::{Value as Json, json};
use zeren::calendar::Date;
use zeren::document::{read, sm3_hex};
use zeren::error::Error;
use zeren::scheme::Scheme;
use zeren::system::{Request, System};
use zeren::year::{Year, sheet_value};

pub const LEDGER: &str = "示例新区";
pub const TEXT: &str = "意识形态工作责任书\n甲方：示例新区\n乙方：甲镇\n";
pub const PDF: &[u8] = b"%PDF-1.7 \xe7\x94\xb2";

/// The system with its stored lines, as a host has both.
pub struct Case {
    pub system: System,
    pub lines: Vec<String>,
    pub scheme: Scheme,
}

fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap()
}

/// A digest that no file of the case has.
pub fn report(name: &str) -> Json {
    json!({"algorithm": "sm3", "digest": sm3_hex(name.as_bytes())})
}

pub fn scheme() -> Scheme {
    let document = json!({
        "kind": "scheme", "format": 1, "edition": "1", "id": "zrz", "version": "1", "title": "责任制考核办法", "year": 2022,
        "status": "draft",
        "facts": [{"name": "会议次数", "kind": "count", "min": 0, "max": 12}],
        "items": [{"id": "1", "title": "专题会议", "points": 5,
                   "rule": {"kind": "all_or_nothing", "when": "会议次数 >= 2"}}],
    });
    Scheme::parse(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn founded() -> Json {
    json!([
        {"act": "edges.declared", "id": "边", "effective": "2021-12-01",
         "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true}]},
        {"act": "units.founded", "id": "建", "effective": "2021-12-01", "units": [
            {"id": "区", "name": "示例新区", "class": "区"},
            {"id": "甲镇", "name": "甲镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]},
            {"id": "乙镇", "name": "乙镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]}]},
        {"act": "posts.founded", "id": "职", "effective": "2021-12-01", "posts": [
            {"id": "区书记", "unit": "区", "name": "书记"}, {"id": "镇书记", "unit": "甲镇", "name": "书记"}]},
        {"act": "tenures.begun", "id": "任", "effective": "2021-12-01", "tenures": [
            {"id": "任-1", "post": "区书记", "person": "p-1", "capacity": "holder"},
            {"id": "任-2", "post": "镇书记", "person": "p-2", "capacity": "holder"}]},
    ])
}

/// The letter with its text and its PDF.
pub fn drafted() -> Json {
    json!({"act": "letter.drafted", "id": "书-1", "effective": "2022-01-01", "title": "2022年责任书",
        "period": {"from": "2022-01-01", "to": "2022-12-31"},
        "issuers": [{"unit": "区", "signatories": ["区书记"]}], "receivers": [{"unit": "甲镇", "signatories": ["镇书记"]}],
        "duties": [{"id": "d1", "title": "专题会议", "responsibility": "first"}],
        "text": {"sm3": sm3_hex(TEXT.as_bytes())}, "basis": [{"title": "示例责任制规定"}], "plan_entry": "计划-1",
        "manifestations": [
            {"id": "正文", "form": "canonical", "file": {"algorithm": "sm3", "digest": sm3_hex(TEXT.as_bytes())},
             "declared_by": {"unit": "区"}},
            {"id": "pdf", "form": "pdf", "file": {"algorithm": "sm3", "digest": sm3_hex(PDF)},
             "declared_by": {"unit": "区"}, "person": "p-9"}]})
}

fn signed() -> Json {
    json!([
        {"act": "letter.signed", "id": "签", "effective": "2022-01-01", "letter": "书-1", "signatures": [
            {"post": "区书记", "person": "p-1", "capacity": "holder", "manifestation": "pdf", "electronic": {"over": "seal"}},
            {"post": "镇书记", "person": "p-2", "capacity": "holder", "manifestation": "pdf"}]},
        {"act": "signature.verified", "id": "验", "effective": "2022-01-03", "letter": "书-1", "post": "区书记", "means": "seal",
         "verifier": "区电子签章平台 3.1", "report": report("验签报告"),
         "outcomes": {"mathematics": "holds", "chain": "holds", "validity": "holds"},
         "certificate": {"issuer": "CN=示例 CA", "serial": "1a2b", "sm3": sm3_hex(b"certificate")}},
        {"act": "letter.amended", "id": "修-1", "effective": "2022-05-01", "letter": "书-1", "reason": "职责调整",
         "title": "2022年责任书（修订）", "text": {"sm3": sm3_hex("修订文本".as_bytes())},
         "signatures": [{"post": "区书记", "person": "p-1", "capacity": "holder"},
                        {"post": "镇书记", "person": "p-2", "capacity": "holder"}]},
        {"act": "letter.manifested", "id": "载", "effective": "2022-05-02", "letter": "书-1", "amendment": "修-1",
         "manifestations": [{"id": "扫描件", "form": "paper_scan", "file": {"algorithm": "sha256", "digest": "ab".repeat(32)},
                             "declared_by": {"post": "镇书记"}, "person": "p-2"}]},
        {"act": "tenure.ended", "id": "离", "effective": "2022-07-31", "tenure": "任-2"},
        {"act": "tenures.begun", "id": "任2", "effective": "2022-08-01",
         "tenures": [{"id": "任-3", "post": "镇书记", "person": "p-3", "capacity": "holder"}]},
        {"act": "letter.succeeded", "id": "承", "effective": "2022-08-01", "letter": "书-1", "post": "镇书记", "from": "p-2",
         "to": "p-3", "signed": "2022-08-05"},
    ])
}

fn assessed(scheme: &Scheme) -> Json {
    json!([
        {"act": "records.entered", "id": "记", "effective": "2022-09-01", "records": [
            {"id": "记-1", "kind": "专题会议", "unit": "甲镇", "evidence": [{"reference": "档-1", "kind": "会议纪要"}]},
            {"id": "记-2", "kind": "专题会议", "unit": "乙镇", "evidence": [{"reference": "档-2", "kind": "会议纪要"}]}]},
        {"act": "records.entered", "id": "记乙", "effective": "2022-09-02", "records": [
            {"id": "记-3", "kind": "专题会议", "unit": "乙镇", "evidence": [{"reference": "档-3", "kind": "会议纪要"}]}]},
        {"act": "subjects.registered", "id": "象", "effective": "2022-12-01", "subjects": [
            {"id": "s-甲", "name": "甲镇", "class": "镇", "units": ["甲镇"]}, {"id": "s-乙", "name": "乙镇", "class": "镇", "units": ["乙镇"]}]},
        {"act": "scheme.adopted", "id": "办法", "effective": "2022-12-01", "scheme": "zrz", "version": "1", "year": 2022,
         "digest": scheme.digest(), "table": scheme.table_digest(), "includes": []},
        {"act": "facts.recorded", "id": "数甲", "effective": "2022-12-31", "scheme": "zrz", "subject": "s-甲", "facts": {"会议次数": 1}},
        {"act": "facts.recorded", "id": "数乙", "effective": "2022-12-31", "scheme": "zrz", "subject": "s-乙", "facts": {"会议次数": 3}},
        {"act": "facts.recorded", "id": "数甲改", "effective": "2022-12-31", "scheme": "zrz", "subject": "s-甲",
         "corrects": "数甲", "facts": {"会议次数": 2}},
    ])
}

impl Case {
    /// The ledger before anything was signed.
    pub fn drafted() -> Self {
        let mut case = Case {
            system: System::new(LEDGER),
            lines: Vec::new(),
            scheme: scheme(),
        };
        case.enter(&founded());
        case.enter(&json!([drafted()]));
        case
    }

    /// The whole year.
    pub fn new() -> Self {
        let mut case = Case::drafted();
        case.enter(&signed());
        case.enter(&assessed(&scheme()));
        let view = case.system.view(day("2023-01-10"), None);
        let asked = ["s-甲".to_owned()];
        let given = Year::new().assess(&view, &case.scheme, &asked).unwrap();
        let sheet = given.sheets.first().unwrap();
        let value = sheet_value(sheet).unwrap();
        let digest = sm3_hex(zeren::document::canonical(&value).as_bytes());
        let sheet: Json = serde_json::from_str(&sheet.to_json().unwrap()).unwrap();
        case.enter(&json!([{"act": "result.approved", "id": "审", "effective": "2023-01-10", "scheme": "zrz", "subject": "s-甲",
                            "digest": digest, "sheet": sheet}]));
        case
    }

    /// Enters acts as a host does.
    pub fn enter(&mut self, acts: &Json) {
        self.try_enter(acts).unwrap_or_else(|error| panic!("{error}"));
    }

    pub fn try_enter(&mut self, acts: &Json) -> Result<(), Error> {
        let request = json!({"head": self.system.head(), "time": "2023-01-10T09:00:00+08:00", "operator": "录入员-1", "acts": acts});
        let request: Request = read(request.to_string().as_bytes())?;
        let prepared = self.system.prepare(&request)?;
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared)
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// An answer of the system, as JSON.
    pub fn view(&self, query: &Json) -> Json {
        let query = read(query.to_string().as_bytes()).unwrap();
        let answer = self.system.answer(&query).unwrap_or_else(|error| panic!("{error}"));
        serde_json::from_str(&answer).unwrap()
    }
}
