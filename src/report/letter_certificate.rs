//! The certificate page of a letter (签署证明页) as a paper.

use std::collections::BTreeMap;

use super::{Column, Paper, Part};
use crate::letter::{CertificatePage, CertifiedSignature, FileDigest, HappeningLine, Outcomes, What};

/// What people are called, by their host keys: names stay with the host, and the page is as good a proof without them.
pub type Names = BTreeMap<String, String>;

/// The certificate page: manifestations, signatures, verifications, what became of the letter, how far the proof reaches.
pub fn letter_certificate(page: &CertificatePage<'_>, names: &Names) -> Paper {
    let mut parts = vec![Part::Paragraph { text: opening(page) }];
    if !page.manifestations.is_empty() {
        parts.push(manifestations(page, names));
    }
    parts.push(signatures(page, names));
    if !page.missing.is_empty() {
        parts.push(Part::Paragraph {
            text: format!("尚未签署的职务：{}。", page.missing.join("、")),
        });
    }
    parts.push(verifications(page));
    if !page.course.is_empty() {
        parts.push(course(page, names));
    }
    if !page.findings.is_empty() {
        parts.push(Part::Heading {
            text: "检查提示".to_owned(),
        });
        parts.push(Part::List {
            entries: page.findings.iter().map(|finding| finding.zh.clone()).collect(),
        });
    }
    parts.push(Part::Heading {
        text: "证明范围".to_owned(),
    });
    parts.push(Part::List { entries: reach(page) });
    Paper {
        kind: "letter_certificate",
        number: None,
        title: format!("《{}》签署证明页", page.title),
        to: None,
        wide: true,
        dense: false,
        parts,
        note: None,
        issuer: None,
        date: Some(page.day),
    }
}

fn opening(page: &CertificatePage<'_>) -> String {
    let text = page
        .text
        .map_or_else(|| "文本尚未固定".to_owned(), |text| format!("文本摘要（SM3）{text}"));
    format!(
        "责任书“{}”，编号 {}，期限 {}，截至{}的状态为{}；{text}。本页据账本“{}”第 1 行至第 {} 行的记载编制。",
        page.title,
        page.letter,
        page.period.zh(),
        page.day.zh(),
        page.state.zh(),
        page.ledger,
        page.position
    )
}

fn of(amendment: Option<&str>) -> String {
    amendment.map_or_else(|| "责任书".to_owned(), |amendment| format!("修订 {amendment}"))
}

fn file(file: &FileDigest) -> String {
    format!("{} {}", file.algorithm.zh(), file.digest)
}

fn named(person: &str, names: &Names) -> String {
    names
        .get(person)
        .map_or_else(|| person.to_owned(), |name| format!("{name}（{person}）"))
}

fn manifestations(page: &CertificatePage<'_>, names: &Names) -> Part {
    let rows = page.manifestations.iter().map(|line| {
        let person = line.person.map(|person| named(person, names)).unwrap_or_default();
        vec![
            line.manifestation.to_owned(),
            of(line.amendment),
            line.form.zh().to_owned(),
            file(line.file),
            format!("{}{person}", line.declared_by),
            line.on.zh(),
            line.line.to_string(),
        ]
    });
    Part::Table {
        caption: "载体：声明与文本内容一致的文件和纸质件".to_owned(),
        columns: vec![
            Column::text("载体"),
            Column::text("所属文本"),
            Column::text("形式"),
            Column::text("摘要"),
            Column::text("声明一致者"),
            Column::text("声明日期"),
            Column::figures("账本行"),
        ],
        rows: rows.collect(),
    }
}

fn signatures(page: &CertificatePage<'_>, names: &Names) -> Part {
    let rows = (1..).zip(&page.signatures).map(|(number, signature): (u32, _)| {
        vec![
            number.to_string(),
            of(signature.amendment),
            signature.name.clone(),
            named(signature.person, names),
            signature.capacity.zh().to_owned(),
            signature
                .tenure
                .map_or_else(|| "无任职记录涵盖当日".to_owned(), |tenure| format!("任职 {tenure}")),
            signature.on.zh(),
            signature.manifestation.unwrap_or("未注明").to_owned(),
            signature.over.map_or("纸面签署", |over| over.zh()).to_owned(),
            signature.line.to_string(),
        ]
    });
    Part::Table {
        caption: "签署：何人以何身份于何日签署何载体".to_owned(),
        columns: vec![
            Column::figures("序号"),
            Column::text("所签文本"),
            Column::text("职务"),
            Column::text("签署人"),
            Column::text("身份"),
            Column::text("身份依据"),
            Column::text("签署日期"),
            Column::text("所签载体"),
            Column::text("签名对象"),
            Column::figures("账本行"),
        ],
        rows: rows.collect(),
    }
}

/// The verifications of each signature: those made elsewhere lead, the latest first.
fn verifications(page: &CertificatePage<'_>) -> Part {
    let mut rows = Vec::new();
    for (number, signature) in (1_u32..).zip(&page.signatures) {
        let before = rows.len();
        for made in &signature.verifications {
            let leading = if rows.len() == before { "，以此为准" } else { "" };
            let mut row = vec![
                number.to_string(),
                made.on.zh(),
                format!("{}（{}）{leading}", made.verifier, made.means.zh()),
            ];
            row.extend(outcomes(made.outcomes));
            let certificate = made.certificate.or(signature.certificate);
            row.push(certificate.map_or_else(String::new, |name| format!("{} 序列号 {}", name.issuer, name.serial)));
            row.push(format!("{}（第 {} 行）", file(made.report), made.line));
            rows.push(row);
        }
        rows.extend(own(number, signature, rows.len() == before));
    }
    if rows.is_empty() {
        return Part::Paragraph {
            text: "没有核验记录，签署未经电子核验。".to_owned(),
        };
    }
    Part::Table {
        caption: "核验：何人核验何内容".to_owned(),
        columns: vec![
            Column::figures("签署序号"),
            Column::text("核验日期"),
            Column::text("核验者"),
            Column::text("签名值"),
            Column::text("证书链"),
            Column::text("签署时证书有效期"),
            Column::text("吊销状态"),
            Column::text("证书"),
            Column::text("核验报告摘要"),
        ],
        rows,
    }
}

fn own(number: u32, signature: &CertifiedSignature<'_>, leads: bool) -> Option<Vec<String>> {
    let report = signature.own.as_ref()?;
    let note = if leads { "" } else { "，仅供参照" };
    let mut row = vec![
        number.to_string(),
        "编制本页时".to_owned(),
        format!("{}（程序库计算）{note}", report.verifier),
    ];
    row.extend(outcomes(&report.outcomes));
    let certificate = report.certificate.as_ref();
    row.push(certificate.map_or_else(String::new, |name| format!("{} 序列号 {}", name.issuer, name.serial)));
    row.push(report.reasons.join("；"));
    Some(row)
}

fn outcomes(outcomes: &Outcomes) -> impl Iterator<Item = String> {
    outcomes.parts().into_iter().map(|(_, outcome)| outcome.zh().to_owned())
}

fn course(page: &CertificatePage<'_>, names: &Names) -> Part {
    let rows = page
        .course
        .iter()
        .map(|happening| vec![happening.on.zh(), told(happening, names), happening.line.to_string()]);
    Part::Table {
        caption: "签署以来的修订、承接与终止".to_owned(),
        columns: vec![Column::text("日期"), Column::text("事项"), Column::figures("账本行")],
        rows: rows.collect(),
    }
}

fn told(happening: &HappeningLine<'_>, names: &Names) -> String {
    let by = |document: &Option<String>| {
        document
            .as_ref()
            .map(|number| format!("（{number}）"))
            .unwrap_or_default()
    };
    match &happening.what {
        What::Amended {
            amendment,
            reason,
            document,
            ..
        } => format!("修订 {amendment}{}：{reason}", by(document)),
        What::Succeeded {
            post,
            from,
            to,
            signed,
            document,
            ..
        } => {
            let signed = signed.map(|on| format!("，{}重新签署", on.zh())).unwrap_or_default();
            format!(
                "职务 {post} 由{}改由{}承接{}{signed}",
                named(from, names),
                named(to, names),
                by(document)
            )
        }
        What::PartySucceeded { party, by } => format!("{party} 一方由{}接替", by.name),
        What::Suspended { reason } => format!("中止：{reason}"),
        What::Resumed => "恢复".to_owned(),
        What::Withdrawn { reason } => format!("撤回：{reason}"),
        What::Voided { reason } => format!("作废：{reason}"),
        // The course of a certificate page holds nothing else.
        _ => String::new(),
    }
}

/// How far the page reaches; it speaks of records and numbers, and leaves what follows in law to others.
fn reach(page: &CertificatePage<'_>) -> Vec<String> {
    vec![
        format!(
            "本页所列均为账本记载的行为，各有账本行号；账本前 {} 行未被改动，须以另行保存的存证点验证。",
            page.position
        ),
        "载体摘要证明某一文件就是所签文件；载体与文本内容一致，是声明者的陈述，不由摘要证明。".to_owned(),
        "签名值、证书链、签署时证书有效期、吊销状态分别核验；注明“未核查”的，没有结论。".to_owned(),
        "本页为记录与技术核验的汇编，不构成对签署效力的法律认定。".to_owned(),
    ]
}
