//! What an office takes out of the first case's ledger, through the Rust API: what `Dossier` of the Java examples has to write.

use std::path::Path;

use zeren::document::read;
use zeren::ledger::{Position, checkpoint, inclusion, verify_against};
use zeren::report::{CertificateRequest, PaperRequest, paper};
use zeren::scheme::Scheme;
use zeren::system::{Query, System};
use zeren::year::{ArchiveQuery, AssessQuery, Year, verify_archive};

/// A folder that is filled.
struct Out<'t>(&'t Path);

impl Out<'_> {
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    fn json(&self, name: &str, value: &impl serde::Serialize) {
        self.file(name, serde_json::to_string(value).unwrap());
    }
}

/// Writes what the ledger of both years gives.
pub fn write(district: &Path, ledger: &str, out: &Path) {
    let out = Out(out);
    let system = System::open("示例新区", ledger.lines()).unwrap();
    let scheme = Scheme::parse(&std::fs::read(district.join("schemes/2023.json")).unwrap()).unwrap();
    out.file("ledger.jsonl", ledger);
    evidence(&out, &system, &scheme, ledger);
    papers(&out, &system, &scheme, district);
    tables(&out, &scheme);
    year(&out, &system, &scheme);
    out.json("opened.json", system.head());
}

fn evidence(out: &Out<'_>, system: &System, scheme: &Scheme, ledger: &str) {
    let (id, lines) = (system.ledger(), || ledger.lines());
    let kept = checkpoint(id, lines()).unwrap();
    out.json("checkpoint.json", &kept);
    let proven = verify_against(id, lines(), std::slice::from_ref(&kept)).unwrap();
    out.json("proven.json", &proven);
    let proof = inclusion(id, lines(), Position::new(14)).unwrap();
    out.json("inclusion.json", &proof);
    out.json("line.json", &proof.proves(&kept).unwrap());

    let query: ArchiveQuery = read(br#"{"subject":"s-jia","day":"2024-02-21"}"#).unwrap();
    let archive = Year::archive(&system.view(query.day, None), scheme, &query, lines()).unwrap();
    out.json("archive.json", &verify_archive(&archive, Some(&kept)).unwrap());
    out.file("archive.jsonl", archive);
    for (format, ending) in [("html", "html"), ("data", "json")] {
        let request = format!(r#"{{"letter":"l-2023-jia","day":"2024-02-21","format":"{format}"}}"#);
        let request: CertificateRequest = read(request.as_bytes()).unwrap();
        out.file(
            &format!("certificate.{ending}"),
            request.answer(system).unwrap().as_bytes(),
        );
    }
}

fn papers(out: &Out<'_>, system: &System, scheme: &Scheme, district: &Path) {
    let letter = std::fs::read_to_string(district.join("letters/l-2023-jia-xiuding.txt")).unwrap();
    let letter = serde_json::to_string(&letter).unwrap();
    let letter = format!(r#""kind":"letter","day":"2024-02-21","letter":"l-2023-jia","text":{letter}"#);
    let map = r#""kind":"cascade_map","day":"2023-12-31""#;
    let missing = r#""kind":"missing_data","day":"2024-01-31","number":"示考〔2024〕1号""#;
    for (name, asked, with) in [
        ("letter", letter.as_str(), None),
        ("cascade", map, None),
        ("missing-data", missing, Some(scheme)),
    ] {
        let known = system.head().position;
        let request: PaperRequest = read(format!(r#"{{{asked},"known":{known}}}"#).as_bytes()).unwrap();
        let paper = paper(system, with, &request).unwrap();
        out.file(&format!("{name}.md"), paper.markdown());
        out.file(&format!("{name}.html"), paper.html());
        out.json(&format!("{name}.json"), &paper);
    }
}

fn tables(out: &Out<'_>, scheme: &Scheme) {
    let request = r#"{"supplier":"宣传文化部","subjects":[{"id":"s-jia","name":"甲镇"},{"id":"s-yi","name":"乙镇","facts":{"宣讲场次":9}}]}"#;
    let table: Vec<u8> = scheme.answer_template(request.as_bytes()).unwrap();
    out.file("table.csv", &table);
    let table = String::from_utf8(table).unwrap();
    let filled = table.replace("s-jia,甲镇,,,", "s-jia,甲镇,无,jia-shuji,12");
    assert_ne!(filled, table);
    out.file("entered.json", scheme.answer_filled(filled.as_bytes()).unwrap());
}

fn year(out: &Out<'_>, system: &System, scheme: &Scheme) {
    let query = r#"{"view":"facts","day":"2024-01-31","scheme":"xinqu-zrz-2023","subject":"s-yi"}"#;
    let query: Query = read(query.as_bytes()).unwrap();
    let facts: String = system.answer(&query).unwrap();
    out.file("facts.json", &facts);
    let wanted = format!(r#"{{"facts":[{facts}],"subject":"s-yi","total":99}}"#);
    out.file("would-take.json", scheme.answer_would_take(wanted.as_bytes()).unwrap());
    let more = facts.replace(r#""宣讲场次":11"#, r#""宣讲场次":20"#);
    assert_ne!(more, facts);
    let both = format!(r#"{{"before":[{facts}],"after":[{more}],"subject":"s-yi"}}"#);
    out.file(
        "difference.json",
        scheme.answer_difference(scheme, both.as_bytes()).unwrap(),
    );

    let mut year = Year::new();
    for (name, asked) in [
        ("own-sheet", r#""audience":{"who":"subject","subject":"s-yi"}"#),
        (
            "draft",
            r#""view":"draft","draft":{"subject":"s-yi","facts":{"宣讲场次":20}}"#,
        ),
        ("missing", r#""view":"missing""#),
        ("compare", r#""view":"compare""#),
        ("versions", r#""view":"versions""#),
        ("findings", r#""view":"findings""#),
    ] {
        let query: AssessQuery = read(format!(r#"{{"day":"2024-01-31",{asked}}}"#).as_bytes()).unwrap();
        out.file(&format!("{name}.json"), year.answer(system, scheme, &query).unwrap());
    }
}
