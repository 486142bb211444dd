//! The responsibility letter (责任书): parties, duties with their targets, who signs, and the digest of the text that binds.

use super::asked::{Asked, not_known, refused};
use super::{Column, Paper, Part, Place};
use crate::assessment::Looking;
use crate::document::sm3_hex;
use crate::error::Result;
use crate::ledger::Key;
use crate::letter::{Duty, LetterView, PartyName, Side, party_name, party_unit};
use crate::registry::{Capacity, Post};

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(asked.looking != Looking::Public)?;
    let id = asked.field("letter", asked.request.letter.as_deref())?;
    let letters = asked.view.letters();
    let letter = letters
        .named(id)
        .ok_or_else(|| not_known("/letter", ("责任书", "letter"), id))?;
    asked.only_for(is_party(asked, &letter))?;
    let bound = bound_text(&letter);
    let mut paper = asked.paper(letter.title());
    paper.issuer = None;
    paper.date = None;
    paper.parts.extend(parties(asked, &letter));
    match &asked.request.text {
        Some(text) => paper
            .parts
            .extend(full_text(&text.0, bound.as_deref(), letter.title())?),
        None => paper.parts.extend(terms(&letter)),
    }
    paper.parts.push(duties(asked, letter.duties()));
    paper.parts.push(Part::Paragraph {
        text: binding(bound.as_deref()).to_owned(),
    });
    paper.parts.extend(changes(&letter));
    let state = letter.state.zh();
    let digest = bound.map_or_else(String::new, |digest| format!("文本的 SM3 摘要：{digest}。"));
    paper.note = paper.note.map(|note| format!("状态：{state}。{digest}{note}"));
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let sides = [("甲方", &issuers), ("乙方", &receivers)];
    let places = sides
        .iter()
        .flat_map(|(side, parties)| parties.iter().map(|party| place(asked, &letter, side, party)));
    paper.parts.push(Part::Places {
        sides: places.collect(),
    });
    Ok(paper)
}

/// Whether those who look stand on a side of the letter, or look at all of them.
fn is_party(asked: &Asked<'_>, letter: &LetterView<'_>) -> bool {
    let registry = asked.registry();
    let units = &registry.registry().units;
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let mut parties = issuers.iter().chain(receivers.iter());
    parties.any(|side| {
        let unit = party_unit(&registry, side.party);
        unit.is_some_and(|unit| asked.is_own_unit(units.id(unit)))
    }) || matches!(asked.looking, Looking::Office | Looking::Leaders)
}

/// The digest that binds on the day: that of the last amendment with a text of its own, else of the letter.
fn bound_text(letter: &LetterView<'_>) -> Option<String> {
    let amended = letter
        .amendments()
        .rev()
        .find_map(|(_, amendment)| amendment.text.as_deref());
    amended
        .map(str::to_owned)
        .or_else(|| letter.letter.text.map(|digest| digest.to_string()))
}

fn parties(asked: &Asked<'_>, letter: &LetterView<'_>) -> [Part; 2] {
    let registry = asked.registry();
    let line = |side: &str, parties: &[Side]| {
        let names: Vec<String> = parties.iter().map(|party| party_name(&registry, party.party)).collect();
        Part::Paragraph {
            text: format!("{side}：{}", names.join("、")),
        }
    };
    [
        line("甲方（下达方）", &letter.issuers()),
        line("乙方（责任方）", &letter.receivers()),
    ]
}

/// The text as the host keeps it, line by line; it must be the one that was bound.
fn full_text(text: &str, bound: Option<&str>, title: &str) -> Result<Vec<Part>> {
    let own = sm3_hex(text.as_bytes());
    if bound != Some(own.as_str()) {
        let zh = format!("所给正文的 SM3 摘要为 {own}，与责任书约定的文本不符，不能作为责任书正文打印");
        let en = format!("the text's SM3 digest is {own}, which is not what the letter binds");
        return Err(refused("report.other_text", "/text", zh, en));
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    // A text that begins with the title of the letter has it at its head already.
    let lines = lines.enumerate().filter(|(place, line)| *place > 0 || *line != title);
    Ok(lines
        .map(|(_, line)| Part::Paragraph { text: line.to_owned() })
        .collect())
}

/// What the ledger knows of the text, where the host does not give it.
fn terms(letter: &LetterView<'_>) -> Vec<Part> {
    let basis: Vec<String> = letter.basis().map(crate::registry::Basis::zh).collect();
    let opening = if basis.is_empty() {
        "甲乙双方就下列责任签订本责任书。".to_owned()
    } else {
        format!("根据{}，甲乙双方签订本责任书。", basis.join("、"))
    };
    let mut parts = vec![
        Part::Paragraph { text: opening },
        Part::Paragraph {
            text: format!("责任期限：{}。", letter.period().zh()),
        },
    ];
    if let Some(entry) = letter.plan_entry() {
        parts.push(Part::Paragraph {
            text: format!("年度计划事项：{entry}。"),
        });
    }
    parts
}

/// The duties with their targets; who leads and who supports each, where any says so.
fn duties(asked: &Asked<'_>, duties: &[Duty]) -> Part {
    let shared = duties
        .iter()
        .any(|duty| !duty.leading.is_empty() || !duty.supporting.is_empty());
    let row = |(index, duty): (usize, &Duty)| {
        let target = duty.target.as_ref();
        let mut row = vec![
            index.saturating_add(1).to_string(),
            duty.title.to_string(),
            duty.responsibility.map_or("", |kind| kind.zh()).to_owned(),
            target.map_or_else(String::new, |target| {
                format!("{}{}", target.value.as_str(), target.unit)
            }),
        ];
        if shared {
            row.push(roles(asked, duty));
        }
        row
    };
    let mut columns = vec![
        Column::figures("序号"),
        Column::text("责任内容"),
        Column::text("责任类型"),
        Column::figures("目标"),
    ];
    if shared {
        columns.push(Column::text("牵头和配合"));
    }
    Part::Table {
        caption: "附表：责任内容和目标".to_owned(),
        columns,
        rows: duties.iter().enumerate().map(row).collect(),
    }
}

/// `牵头：甲镇；配合：乙街道、丙镇`.
fn roles(asked: &Asked<'_>, duty: &Duty) -> String {
    let registry = asked.registry();
    let names = |parties: &[PartyName]| {
        let keys = parties.iter().filter_map(|party| party.key(registry.registry()));
        let names: Vec<String> = keys.map(|party| party_name(&registry, party)).collect();
        names.join("、")
    };
    let roles = [("牵头", names(&duty.leading)), ("配合", names(&duty.supporting))];
    let told = roles.into_iter().filter(|(_, names)| !names.is_empty());
    let told: Vec<String> = told.map(|(role, names)| format!("{role}：{names}")).collect();
    told.join("；")
}

fn binding(bound: Option<&str>) -> &'static str {
    match bound {
        Some(_) => "本责任书以登记了 SM3 摘要的文本（摘要见附注）为准，签订后不得擅自改动。",
        None => "本责任书文本尚未固定，第一方签字前应登记其 SM3 摘要。",
    }
}

fn changes(letter: &LetterView<'_>) -> Option<Part> {
    let entries: Vec<String> = letter
        .amendments()
        .map(|(on, amendment)| {
            let document = amendment
                .document
                .as_ref()
                .map_or_else(String::new, |number| format!("（{number}）"));
            format!("{}修订{document}：{}", on.zh(), amendment.reason)
        })
        .collect();
    (!entries.is_empty()).then_some(Part::List { entries })
}

/// Where a party signs: who signed already, and room for those who have not.
fn place(asked: &Asked<'_>, letter: &LetterView<'_>, side: &str, party: &Side) -> Place {
    let registry = asked.registry();
    let lines = |post: &Key<Post>| {
        let name = registry.post_name(*post);
        match letter.signatures.iter().find(|signing| signing.post == *post) {
            Some(signing) => {
                let capacity = match signing.capacity {
                    Capacity::Holder => String::new(),
                    other => format!("（{}）", other.zh()),
                };
                let person = asked.person_name(&signing.person);
                [format!("{name}：{person}{capacity}"), signing.on.zh()]
            }
            None => [format!("{name}（签字）："), "　　　　年　　月　　日".to_owned()],
        }
    };
    Place {
        side: format!("{side}（盖章）"),
        name: party_name(&registry, party.party),
        lines: party.signatories.iter().flat_map(lines).collect(),
    }
}
