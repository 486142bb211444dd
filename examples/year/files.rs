//! What the example writes: the ledger, every approved sheet, ranks, answers, papers.

use std::fs;
use std::path::Path;

use zeren::assessment::Looking;
use zeren::report::sheet_markdown;
use zeren::scheme::Scheme;
use zeren::year::{Ranked, Ranking, Year};

use crate::Schemes;
use crate::host::{Host, Outcome};
use crate::papers;
use crate::story::Story;

const LAST: &str = "2024-04-30";

/// How the classes stand: the first three and the last of each.
pub fn tell_ranks(host: &Host, scheme: &Scheme, on: &str, story: &mut Story) -> Outcome<()> {
    let ranks = Year::new().ranks(&host.view(on)?, scheme, Looking::Office)?;
    let mut cohorts: Vec<(&str, Vec<&Ranked>)> = Vec::new();
    for ranked in &ranks.subjects {
        let cohort = ranked.cohort.as_deref().unwrap_or("");
        match cohorts.last_mut().filter(|(own, _)| *own == cohort) {
            Some((_, own)) => own.push(ranked),
            None => cohorts.push((cohort, vec![ranked])),
        }
    }
    story.list(cohorts.iter().map(|(cohort, ranked)| {
        let first = ranked.iter().take(3).chain(ranked.last()).map(|ranked| told(ranked));
        format!(
            "{cohort}（{} 个）：{}",
            ranked.len(),
            first.collect::<Vec<_>>().join("；")
        )
    }));
    Ok(())
}

fn told(ranked: &Ranked) -> String {
    let rank = ranked
        .rank
        .map_or(String::new(), |rank| format!("第 {} 名 ", rank.zh()));
    let (name, total, grade) = (&ranked.name, ranked.total.zh(), ranked.grades.join("或"));
    format!("{rank}{name} {total} 分 {grade}")
}

pub fn write(folder: &Path, host: &Host, schemes: &Schemes, story: &Story) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("story.md"), story.text())?;
    let ledger: String = host.lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(folder.join("ledger.jsonl"), ledger)?;
    for (name, answer) in &story.kept {
        fs::write(
            folder.join(format!("{name}.json")),
            serde_json::to_string_pretty(answer)?,
        )?;
    }
    for scheme in [&schemes.zrz, &schemes.aqsc, &schemes.niandu] {
        let ranks = Year::new().ranks(&host.view(LAST)?, scheme, Looking::Office)?;
        fs::write(
            folder.join(format!("ranks-{}.json", scheme.id())),
            serde_json::to_string_pretty(&ranks)?,
        )?;
        results(folder, host, scheme, &ranks)?;
    }
    papers::write(&folder.join("papers"), host, schemes, story)
}

/// The approved sheets, byte by byte, and as people read them.
fn results(folder: &Path, host: &Host, scheme: &Scheme, ranks: &Ranking) -> Outcome<()> {
    let sheets = folder.join("sheets").join(scheme.id());
    fs::create_dir_all(&sheets)?;
    for ranked in &ranks.subjects {
        let subject = &ranked.subject;
        let course = host.course(scheme.id(), subject, LAST)?;
        let approved = course.approved().ok_or("a result is not approved")?;
        fs::write(sheets.join(format!("{subject}.json")), approved.value.sheet.as_bytes())?;
        let sheet = host.sheet_as_issued(scheme, subject, LAST)?;
        fs::write(
            sheets.join(format!("{subject}.md")),
            sheet_markdown(&sheet, &scheme.text().title, &ranked.name),
        )?;
    }
    Ok(())
}
