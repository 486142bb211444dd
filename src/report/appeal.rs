//! What who objects or appeals gets in hand: the receipt (受理回执) and the answer (答复).

use super::asked::{Asked, not_known, refused};
use super::told::{Told, ToldLine};
use super::{FormRow, Paper, Part};
use crate::assessment::{Answer, Appeal, Course, Looking, Ruling, Step};
use crate::calendar::Date;
use crate::document::Value;
use crate::error::Result;
use crate::ledger::Position;
use crate::scheme::Scheme;

/// An objection or appeal, and what those who look may see of it.
struct Filed<'a> {
    asked: &'a Asked<'a>,
    scheme: &'a Scheme,
    appeal: Appeal<'a>,
    course: Course<'a>,
    /// Whether they may see facts and points: the office, and the subject itself.
    facts: bool,
    /// Whether they may see who filed it: the office, and the unit that did.
    filer: bool,
}

impl<'a> Filed<'a> {
    fn find(asked: &'a Asked<'a>) -> Result<Self> {
        let id = asked.field("appeal", asked.request.appeal.as_deref())?;
        let (when, assessment) = (asked.view.when(), asked.assessment());
        let unknown = || not_known("/appeal", ("异议或申诉", "objection or appeal"), id);
        let mut all = assessment.appeals_on(when.day, when.known);
        let appeal = all.find(|appeal| appeal.id == id).ok_or_else(unknown)?;
        let scheme = asked.scheme()?;
        if *appeal.filed.scheme != *scheme.id() {
            let (zh, en) = (
                format!("“{id}”针对办法“{}”的结果，请给出该办法", appeal.filed.scheme),
                format!("\"{id}\" is about scheme \"{}\"; give that scheme", appeal.filed.scheme),
            );
            return Err(refused("report.other_scheme", "/appeal", zh, en));
        }
        let office = asked.looking == Looking::Office;
        let facts = office || asked.looking == Looking::Subject(&appeal.filed.subject);
        let by_subject = matches!(asked.looking, Looking::Subject(_));
        let own = |unit: &str| by_subject && asked.is_own_unit(unit);
        let filer = office || appeal.filed.unit.as_deref().is_some_and(own);
        asked.only_for(facts || filer)?;
        Ok(Filed {
            asked,
            scheme,
            appeal,
            course: assessment.course_of(scheme.id(), &appeal.filed.subject, when.day, when.known),
            facts,
            filer,
        })
    }

    /// 申诉 or 异议.
    fn kind(&self) -> &'static str {
        self.appeal.filed.step.zh()
    }

    fn to(&self) -> String {
        match self.appeal.filed.unit.as_deref() {
            Some(unit) if self.filer => self.asked.unit_name(unit),
            _ => format!("{}人", self.kind()),
        }
    }

    fn title(&self) -> &'a str {
        &self.scheme.text().title
    }

    /// The line that it is about, in the sheet that was issued last before it was filed.
    fn line(&self, id: &str) -> Option<ToldLine> {
        let mut versions: Vec<_> = self.course.versions().collect();
        versions.retain(|row| row.value.on <= self.appeal.filed.on);
        let mut sheets = versions.iter().rev().filter_map(|row| Told::read(&row.value.sheet));
        sheets.find_map(|told| told.lines.into_iter().find(|line| line.id == id))
    }

    /// What it is about, by whom, why and on what evidence.
    fn about(&self) -> Vec<FormRow> {
        let filed = self.appeal.filed;
        let matter = match filed.line.as_deref() {
            None => "全部结果".to_owned(),
            Some(id) => match self.line(id).filter(|_| self.facts) {
                Some(line) => format!("第 {id} 行：{}（{} 分）", line.reason, line.points.zh()),
                None => format!("第 {id} 行"),
            },
        };
        let mut rows = vec![
            FormRow::filled("编号", self.appeal.id),
            FormRow::filled("考核对象", self.asked.subject_name(&filed.subject)),
            FormRow::filled(&format!("{}事项", self.kind()), matter),
            FormRow::filled(&format!("{}理由", self.kind()), filed.grounds.to_string()),
        ];
        if !filed.evidence.is_empty() && (self.filer || self.facts) {
            rows.push(FormRow::filled("所附佐证", filed.evidence.join("、")));
        }
        rows.push(FormRow::filled("提出日期", filed.on.zh()));
        rows
    }

    /// Who decides, and by when.
    fn decision(&self) -> Result<(String, Option<Date>)> {
        let known = self.asked.view.when().known;
        let procedure = self.asked.assessment().procedure(self.scheme.id(), known);
        let Some((_, rule)) = procedure.and_then(|procedure| procedure.rule(Step::AppealDecision)) else {
            return Ok((String::new(), None));
        };
        let units: Vec<String> = rule.units.iter().map(|unit| self.asked.unit_name(unit)).collect();
        Ok((units.join("、"), self.course.decided_by(rule, self.appeal.filed.on)?))
    }
}

/// The receipt.
pub(super) fn receipt(asked: &Asked<'_>) -> Result<Paper> {
    let filed = Filed::find(asked)?;
    let kind = filed.kind();
    let mut paper = asked.numbered(format!("{kind}受理回执"));
    paper.to = Some(filed.to());
    paper.parts.push(Part::Paragraph {
        text: format!(
            "{}于{}就《{}》考核结果提出的{kind}收悉，现予受理。",
            if filed.filer { "你单位" } else { "你" },
            filed.appeal.filed.on.zh(),
            filed.title()
        ),
    });
    let mut rows = filed.about();
    let (units, by) = filed.decision()?;
    if !units.is_empty() {
        rows.push(FormRow::filled("办理单位", units));
    }
    let by = by.map_or_else(|| "程序未规定".to_owned(), |by| format!("{}前（含当日）", by.zh()));
    rows.push(FormRow::filled("答复期限", by));
    paper.parts.push(Part::Form {
        caption: format!("{kind}登记"),
        rows,
    });
    paper.parts.push(Part::Paragraph {
        text: "特此回执。".to_owned(),
    });
    Ok(paper)
}

/// The answer.
pub(super) fn answer(asked: &Asked<'_>) -> Result<Paper> {
    let filed = Filed::find(asked)?;
    let (Some((ruling, on)), Some(answer)) = (filed.appeal.decided, filed.appeal.answer) else {
        let zh = format!("“{}”截至{}尚未处理，不能答复", filed.appeal.id, asked.request.day.zh());
        let en = format!("\"{}\" is not decided by {}", filed.appeal.id, asked.request.day);
        return Err(refused("report.not_decided", "/appeal", zh, en));
    };
    let kind = filed.kind();
    let mut paper = asked.numbered(format!("关于《{}》考核结果{kind}的答复", filed.title()));
    paper.to = Some(filed.to());
    paper.issuer = paper.issuer.or_else(|| Some(asked.unit_name(answer.unit)));
    let opening = format!(
        "对{}提出的{kind}（编号 {}），经研究，答复如下：",
        filed.appeal.filed.on.zh(),
        filed.appeal.id
    );
    paper.parts.push(Part::Paragraph { text: opening });
    let verdict = match ruling {
        Ruling::Upheld => format!("所提{kind}成立。"),
        Ruling::Partly => format!("所提{kind}部分成立。"),
        Ruling::Rejected => format!("所提{kind}不成立，维持原结果。"),
    };
    paper.parts.push(Part::Heading {
        text: format!("一、处理结果：{}", ruling.zh()),
    });
    paper.parts.push(Part::Paragraph {
        text: format!("{verdict}理由：{}。", answer.reason.trim_end_matches(['。', '.'])),
    });
    if filed.facts && ruling != Ruling::Rejected {
        paper.parts.push(Part::Heading {
            text: "二、对得分的影响".to_owned(),
        });
        paper.parts.extend(effects(&filed, &answer));
    }
    let mut rows = filed.about();
    rows.push(FormRow::filled("处理日期", on.zh()));
    paper.parts.push(Part::Form {
        caption: format!("附：{kind}登记"),
        rows,
    });
    Ok(paper)
}

/// The facts that changed, and the sheet before and after.
fn effects(filed: &Filed<'_>, answer: &Answer<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let facts: Vec<String> = answer
        .facts
        .iter()
        .map(|(name, value)| format!("“{name}”改按 {} 认定", shown(value)))
        .collect();
    if !facts.is_empty() {
        parts.push(Part::Paragraph {
            text: format!("{}。", facts.join("；")),
        });
    }
    let before = sheet(filed, |at| at < answer.at);
    let after = sheet(filed, |at| at > answer.at);
    let text = match (before, after) {
        (Some(before), Some((after, on))) => {
            let mut text = format!("得分由 {} 分改为 {} 分", before.0.total.zh(), after.total.zh());
            if before.0.grades != after.grades && !after.grades.is_empty() {
                text.push_str(&format!("，等次由{}改为{}", before.0.grade(), after.grade()));
            }
            text.push_str(&format!("，新的得分表已于{}印发。", on.zh()));
            text
        }
        _ => "得分表将按上述处理结果重新计算并印发。".to_owned(),
    };
    parts.push(Part::Paragraph { text });
    parts
}

/// A recorded fact in words.
fn shown(value: &Value) -> String {
    let inner = |name: &str| value.get(name).map(shown).unwrap_or_default();
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Number(number) => number.as_str().to_owned(),
        Value::Text(text) => text.clone(),
        Value::List(entries) => format!("{} 项", entries.len()),
        Value::Object(members) => match value.get("state").and_then(Value::as_text) {
            Some("unknown") => "不明".to_owned(),
            Some("pending") => "待报".to_owned(),
            Some("at_least") => format!("至少 {}", inner("value")),
            Some("not_applicable") => "不适用".to_owned(),
            Some("zero") => "零报告".to_owned(),
            Some("judged") => inner("value"),
            _ if value.get("events").is_some() => inner("events"),
            _ => {
                let members = members.iter().map(|(name, value)| format!("{name} {}", shown(value)));
                members.collect::<Vec<_>>().join("，")
            }
        },
    }
}

/// The last of the sheets that were issued where the test says so.
fn sheet(filed: &Filed<'_>, issued: impl Fn(Position) -> bool) -> Option<(Told, Date)> {
    let row = filed.course.versions().rfind(|row| issued(row.from))?;
    Some((Told::read(&row.value.sheet)?, row.value.on))
}
