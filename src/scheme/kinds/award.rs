//! `award` (分级计分): points for each event by its level, up to the item's points.
//!
//! Points = min(full points, Σ points of the level of each event). `same_matter` answers how events of one matter
//! count: `highest` (only the highest level) or `stacked` (each). Events that may not count (attribution open, list not
//! complete) widen the interval.
//!
//! ```json
//! {"kind": "award", "events": "稿件", "level": "层级", "levels": {"中央级": 3, "省级": 2, "市级": 1},
//!  "matter": "事项", "same_matter": "highest"}
//! ```

use super::Reading;
use crate::document::{Fields, nearest};
use crate::exact::Exact;
use crate::fact::{Declaration, FieldKind, Kind};
use crate::scheme::core::{Channel, Core, Lowered, Phrase};

crate::choice! {
    /// How events of one matter count.
    pub enum SameMatter {
        /// Only the highest level.
        Highest = "highest" "同一事项只计最高一次",
        /// Each of them.
        Stacked = "stacked" "同一事项可累计",
    }
}

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let events: Option<String> = fields.field("events");
    let level: Option<String> = fields.field("level");
    let matter: Option<Option<String>> = fields.field("matter");
    let same: Option<Option<SameMatter>> = fields.field("same_matter");
    let levels = match fields.cursor("levels") {
        Some(at) => at.members(|word, at| {
            let points = <Exact as crate::document::Read>::read(at)?;
            if points.is_negative() {
                return at.problem(
                    "scheme.level_points",
                    "各级分值不能为负",
                    "the points of a level are not negative",
                );
            }
            Some((word.to_owned(), points))
        }),
        None => fields.at().problem(
            "document.missing_field",
            "缺少必填字段“levels”",
            "field \"levels\" is missing",
        ),
    };
    let (events, level, matter, same, levels) = (events?, level?, matter?, same?, levels?);
    let fact = place(fields, reading.declarations, &events)?;
    let declaration = reading.declarations.get(fact)?;
    let level_place = field(fields, declaration, "level", &level)?;
    let is_choice = |field: &crate::fact::FieldDeclaration| field.kind == FieldKind::Choice;
    if !declaration.fields.get(level_place).is_some_and(is_choice) {
        let (zh, en) = (
            format!("字段“{level}”不是选项，级别应为选项字段"),
            format!("field \"{level}\" is no choice: levels are the words of a choice"),
        );
        return fields
            .cursor("level")
            .and_then(|at| at.problem("scheme.no_field", zh, en));
    }
    let matter_place = match &matter {
        Some(matter) => Some(field(fields, declaration, "matter", matter)?),
        None => None,
    };
    words(fields, declaration, level_place, &levels)?;
    let has_matter = declaration.fields.iter().any(|field| field.kind == FieldKind::Matter);
    if same.is_none() && has_matter {
        let (zh, en) = (
            "同一事项多次出现如何计分？只计最高写 highest，可累计写 stacked",
            "how do events of one matter count?",
        );
        reading.questions.ask(fields.at(), "same_matter", zh, en);
    }
    if same == Some(SameMatter::Highest) && matter.is_none() {
        return fields.at().problem(
            "scheme.matter_missing",
            "只计最高须用 matter 指明事项字段",
            "name the matter field",
        );
    }
    let full = reading.points;
    let matter_place = matter_place.filter(|_| same == Some(SameMatter::Highest));
    let table: Vec<String> = levels
        .iter()
        .map(|(word, points)| format!("{word} {points} 分"))
        .collect();
    let table = table.join("、");
    let rule = same.map_or(String::new(), |same| format!("，{}", same.zh()));
    let text = |text: String| Phrase::Text(text);
    let channel = Channel {
        points: Core::Levels {
            fact,
            level: level_place,
            points: levels,
            matter: matter_place,
        },
        arithmetic: vec![text(format!("Σ（{table}）= ")), Phrase::Points],
        reason: vec![
            text(format!("{events} ")),
            Phrase::Value(Core::Count(fact, Vec::new())),
            text(format!(" 件，按{table}计{rule}，得 ")),
            Phrase::Points,
            text(" 分".into()),
        ],
    };
    let lowered = Lowered {
        start: Exact::ZERO,
        channels: vec![channel],
        floor: None,
        cap: Some(full.clone()),
    };
    Some((lowered, format!("{events}每件计 {table}{rule}，最高 {full} 分")))
}

fn place(fields: &Fields<'_>, declarations: &[Declaration], name: &str) -> Option<usize> {
    let found = declarations
        .iter()
        .position(|fact| fact.name == name && fact.kind == Kind::Events);
    found.or_else(|| {
        let near = nearest(name, declarations.iter().map(|fact| fact.name.as_str()));
        let hint = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
        fields.cursor("events").and_then(|at| {
            at.problem(
                "scheme.no_events",
                format!("没有声明事件清单“{name}”{hint}"),
                format!("no list of events \"{name}\" is declared"),
            )
        })
    })
}

fn field(fields: &Fields<'_>, declaration: &Declaration, member: &'static str, name: &str) -> Option<usize> {
    declaration.field(name).or_else(|| {
        let (zh, en) = (
            format!("“{}”没有字段“{name}”", declaration.name),
            format!("there is no field \"{name}\""),
        );
        fields
            .cursor(member)
            .and_then(|at| at.problem("scheme.no_field", zh, en))
    })
}

/// Every declared word has its points, and no other has.
fn words(fields: &Fields<'_>, declaration: &Declaration, level: usize, levels: &[(String, Exact)]) -> Option<()> {
    let declared = &declaration.fields.get(level)?.words;
    let missing = declared
        .iter()
        .find(|word| !levels.iter().any(|(level, _)| level == *word));
    let extra = levels
        .iter()
        .map(|(level, _)| level)
        .find(|level| !declared.contains(level));
    let (Some(word), what) = (
        missing.or(extra),
        if missing.is_some() {
            "没有分值"
        } else {
            "不是已声明的级别"
        },
    ) else {
        return Some(());
    };
    let zh = format!("级别“{word}”{what}，levels 应与声明一一对应：{}", declared.join("、"));
    let en = format!(
        "level \"{word}\": levels must be the declared ones: {}",
        declared.join(", ")
    );
    fields
        .cursor("levels")
        .and_then(|at| at.problem("scheme.levels", zh, en))
}
