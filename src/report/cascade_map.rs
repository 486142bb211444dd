//! The cascade as a picture (层层落实图): a tree with coverage by colour and by sign.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, refused};
use super::paper::escape;
use super::{Column, Paper, Part};
use crate::assessment::Looking;
use crate::calendar::Date;
use crate::cascade::{Cascade, Link};
use crate::error::Result;

/// Units that are drawn; those beyond are counted below the unit under which they stand.
const MOST_DRAWN: usize = 400;
/// Height of a row and breadth of a level, in pixels.
const ROW: usize = 22;
const STEP: usize = 28;
/// Breadth of the picture.
const WIDE: usize = 720;

/// How a unit stands: the colour of its mark, its sign, and what both mean. Colours differ in brightness as well, and
/// the sign says the same for whoever does not see them.
struct Standing {
    colour: &'static str,
    sign: &'static str,
    zh: &'static str,
}

const STANDINGS: [Standing; 3] = [
    Standing {
        colour: "#0b6e4f",
        sign: "●",
        zh: "责任书自上而下贯通",
    },
    Standing {
        colour: "#935800",
        sign: "◐",
        zh: "持有上级责任书，但上面某一级中断",
    },
    Standing {
        colour: "#b00020",
        sign: "○",
        zh: "没有上级责任书",
    },
];

fn standing(link: &Link) -> &'static Standing {
    let [unbroken, broken, none] = &STANDINGS;
    match (link.unbroken, link.letters.is_empty()) {
        (true, _) => unbroken,
        (false, false) => broken,
        (false, true) => none,
    }
}

/// The map for an audience: whole for office and leaders; for others the table of levels, without names.
pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    let cascade = asked.view.cascade_under(&asked.rule_sets()?);
    let Some(cascade) = cascade else {
        let day = asked.request.day;
        let (zh, en) = (
            format!("{}没有规定层级链条（cascade）的规则集", day.zh()),
            format!("no rule set of {day} describes the cascade"),
        );
        return Err(refused("report.no_cascade", "/day", zh, en));
    };
    let mut paper = asked.paper(title(&cascade));
    paper.parts.push(levels(&cascade));
    if matches!(asked.looking, Looking::Office | Looking::Leaders) {
        paper.parts.push(picture(&cascade));
    }
    Ok(paper)
}

/// The map of the cascade with the table of its levels.
pub fn cascade_map(cascade: &Cascade, issuer: Option<&str>, date: Option<Date>) -> Paper {
    Paper {
        kind: "cascade_map",
        number: None,
        title: title(cascade),
        to: None,
        wide: false,
        dense: false,
        parts: vec![levels(cascade), picture(cascade)],
        issuer: issuer.map(str::to_owned),
        date,
        note: None,
    }
}

fn title(cascade: &Cascade) -> String {
    format!("{}责任制层层落实图", cascade.name)
}

fn levels(cascade: &Cascade) -> Part {
    let levels = cascade.levels.iter().map(|level| {
        vec![
            format!("第 {} 级", level.depth),
            level.units.to_string(),
            level.covered.to_string(),
            level.unbroken.to_string(),
        ]
    });
    Part::Table {
        caption: "各级覆盖情况".to_owned(),
        columns: vec![
            Column::text("层级"),
            Column::figures("单位数"),
            Column::figures("持有责任书"),
            Column::figures("逐级贯通"),
        ],
        rows: levels.collect(),
    }
}

fn picture(cascade: &Cascade) -> Part {
    let legend: Vec<String> = STANDINGS
        .iter()
        .map(|standing| format!("{} {}", standing.sign, standing.zh))
        .collect();
    Part::Picture {
        description: format!("图例：{}", legend.join("；")),
        svg: svg(cascade),
    }
}

/// One row of the picture.
enum Row<'c> {
    Unit(&'c Link),
    /// So many units more, on this level.
    More(u32, usize),
}

fn svg(cascade: &Cascade) -> String {
    let rows = rows(cascade);
    let high = rows.len().saturating_add(1).saturating_mul(ROW);
    let name = escape(&cascade.name);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDE} {high}\" role=\"img\" \
         aria-labelledby=\"map-title map-desc\" font-size=\"13\">\n<title id=\"map-title\">{name}及其下级单位</title>\n\
         <desc id=\"map-desc\">自上而下 {} 级，共 {} 个下级单位，其中 {} 个没有上级责任书。</desc>\n\
         <text x=\"4\" y=\"15\">{name}</text>\n",
        cascade.levels.len(),
        cascade.links.len(),
        cascade.links.iter().filter(|link| link.letters.is_empty()).count(),
    );
    // Where the line down from the last unit of each level begins.
    let mut above: BTreeMap<u32, usize> = BTreeMap::from([(0, 18)]);
    for (place, row) in rows.iter().enumerate() {
        let top = place.saturating_add(1).saturating_mul(ROW);
        let (depth, middle) = match row {
            Row::Unit(link) => (link.depth, top.saturating_add(10)),
            Row::More(depth, _) => (*depth, top.saturating_add(10)),
        };
        let left = usize::try_from(depth).unwrap_or(0).saturating_mul(STEP).min(WIDE / 2);
        let (stem, text) = (left.saturating_sub(16), left.saturating_add(18));
        let from = above.get(&depth.saturating_sub(1)).copied().unwrap_or(18);
        svg.push_str(&format!(
            "<path d=\"M{stem} {from}V{middle}H{left}\" fill=\"none\" stroke=\"#767676\"/>\n"
        ));
        let base = top.saturating_add(15);
        match row {
            Row::Unit(link) => {
                let Standing { colour, sign, zh } = standing(link);
                let group = if link.group { "，有领导小组" } else { "" };
                svg.push_str(&format!(
                    "<g><title>{}：{zh}{group}</title><text x=\"{left}\" y=\"{base}\" fill=\"{colour}\">{sign}</text>\
                     <text x=\"{text}\" y=\"{base}\">{}（{}）</text></g>\n",
                    escape(&link.name),
                    escape(&link.name),
                    escape(&link.class)
                ));
                above.insert(depth, middle.saturating_add(8));
            }
            Row::More(_, count) => svg.push_str(&format!(
                "<text x=\"{text}\" y=\"{base}\" fill=\"#595959\">另有 {count} 个单位未绘出</text>\n"
            )),
        }
    }
    svg.push_str("</svg>");
    svg
}

/// The units depth first, as far as they are drawn. Level by level the first are drawn, so that a large tree shows its
/// upper levels whole.
fn rows(cascade: &Cascade) -> Vec<Row<'_>> {
    let mut below: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &cascade.links {
        below.entry(&link.superior).or_default().push(link);
    }
    let drawn: BTreeSet<&str> = cascade
        .links
        .iter()
        .take(MOST_DRAWN)
        .map(|link| link.unit.as_str())
        .collect();
    let mut rows = Vec::new();
    let mut open = children(&below, &drawn, &cascade.top);
    while let Some(row) = open.pop() {
        if let Row::Unit(link) = row {
            open.extend(children(&below, &drawn, &link.unit));
        }
        rows.push(row);
    }
    rows
}

/// What stands right below a unit, last first.
fn children<'c>(below: &BTreeMap<&str, Vec<&'c Link>>, drawn: &BTreeSet<&str>, unit: &str) -> Vec<Row<'c>> {
    let Some(links) = below.get(unit) else {
        return Vec::new();
    };
    let (shown, hidden): (Vec<&'c Link>, Vec<&'c Link>) =
        links.iter().rev().partition(|link| drawn.contains(link.unit.as_str()));
    let more = hidden.first().map(|link| Row::More(link.depth, hidden.len()));
    more.into_iter().chain(shown.into_iter().map(Row::Unit)).collect()
}
