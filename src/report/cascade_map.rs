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
const WIDE: usize = 560;
/// Rows of a strip, which a page does not tear.
const STRIP: usize = 12;

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
        strips: strips(cascade),
    }
}

/// One row of the picture.
enum Row<'c> {
    Unit(&'c Link),
    /// So many units more, on this level.
    More(u32, usize),
}

/// Something drawn, from where to where it reaches down.
struct Drawn {
    top: usize,
    bottom: usize,
    svg: String,
}

/// The picture in strips, each of whole rows: a line that passes through several is drawn in each.
fn strips(cascade: &Cascade) -> Vec<String> {
    let rows = rows(cascade);
    let name = escape(&cascade.name);
    let mut drawn = vec![Drawn {
        top: 0,
        bottom: ROW,
        svg: format!("<text x=\"4\" y=\"15\">{name}</text>\n"),
    }];
    // Where the line down from the last unit of each level begins.
    let mut above: BTreeMap<u32, usize> = BTreeMap::from([(0, 18)]);
    for (place, row) in rows.iter().enumerate() {
        let top = place.saturating_add(1).saturating_mul(ROW);
        let depth = match row {
            Row::Unit(link) => link.depth,
            Row::More(depth, _) => *depth,
        };
        let from = above.get(&depth.saturating_sub(1)).copied().unwrap_or(18);
        let middle = top.saturating_add(10);
        drawn.extend(drawn_row(row, depth, from, top));
        if matches!(row, Row::Unit(_)) {
            above.insert(depth, middle.saturating_add(8));
        }
    }
    let high = rows.len().saturating_add(1).saturating_mul(ROW);
    let strip = STRIP.saturating_mul(ROW);
    let described = format!(
        "自上而下 {} 级，共 {} 个下级单位，其中 {} 个没有上级责任书。",
        cascade.levels.len(),
        cascade.links.len(),
        cascade.links.iter().filter(|link| link.letters.is_empty()).count(),
    );
    (0..high.div_ceil(strip))
        .map(|number| {
            let (top, part) = (number.saturating_mul(strip), number.saturating_add(1));
            let tall = strip.min(high.saturating_sub(top));
            let inside = drawn
                .iter()
                .filter(|drawn| drawn.top < top.saturating_add(tall) && drawn.bottom > top);
            let inside: String = inside.map(|drawn| drawn.svg.as_str()).collect();
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 {top} {WIDE} {tall}\" role=\"img\" \
                 aria-labelledby=\"map-title-{part} map-desc-{part}\" font-size=\"13\">\n\
                 <title id=\"map-title-{part}\">{name}及其下级单位（图 {part}）</title>\n\
                 <desc id=\"map-desc-{part}\">{described}</desc>\n{inside}</svg>"
            )
        })
        .collect()
}

/// The line to a row, and the row.
fn drawn_row(row: &Row<'_>, depth: u32, from: usize, top: usize) -> [Drawn; 2] {
    let left = usize::try_from(depth).unwrap_or(0).saturating_mul(STEP).min(WIDE / 2);
    let (stem, text) = (left.saturating_sub(16), left.saturating_add(18));
    let (middle, base, bottom) = (top.saturating_add(10), top.saturating_add(15), top.saturating_add(ROW));
    let line = Drawn {
        top: from,
        bottom,
        svg: format!("<path d=\"M{stem} {from}V{middle}H{left}\" fill=\"none\" stroke=\"#767676\"/>\n"),
    };
    let svg = match row {
        Row::Unit(link) => {
            let Standing { colour, sign, zh } = standing(link);
            let group = if link.group { "，有领导小组" } else { "" };
            let (name, class) = (escape(&link.name), escape(&link.class));
            format!(
                "<g><title>{name}：{zh}{group}</title><text x=\"{left}\" y=\"{base}\" fill=\"{colour}\">{sign}</text>\
                 <text x=\"{text}\" y=\"{base}\">{name}（{class}）</text></g>\n"
            )
        }
        Row::More(_, count) => {
            format!("<text x=\"{text}\" y=\"{base}\" fill=\"#595959\">另有 {count} 个单位未绘出</text>\n")
        }
    };
    [line, Drawn { top, bottom, svg }]
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
