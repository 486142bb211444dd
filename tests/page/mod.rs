//! What a page must be for everybody who reads it: whole in itself, well formed, in a language, with tables that can be read
//! aloud, pictures that are described, and words that stand out from what is behind them (WCAG 2.1 AA, 1.4.3).

#![allow(dead_code, reason = "not every test uses all of it")]

mod contrast;
mod tags;

use tags::{Tag, Tags};

/// What is wrong with a page; nothing when all is well.
pub fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let tags = match Tags::read(html) {
        Ok(tags) => tags,
        Err(fault) => return vec![fault],
    };
    whole_in_itself(html, &tags, &mut faults);
    named(html, &tags, &mut faults);
    tables(&tags, &mut faults);
    pictures(&tags, &mut faults);
    faults.extend(contrast::faults(html));
    faults
}

/// No scripts, nothing fetched, nothing that acts.
fn whole_in_itself(html: &str, tags: &Tags, faults: &mut Vec<String>) {
    for tag in &tags.0 {
        if ["script", "link", "img", "iframe", "object", "embed", "form", "base"].contains(&tag.name.as_str()) {
            faults.push(format!("<{}> has no place in a paper", tag.name));
        }
        for (name, value) in &tag.attributes {
            let outside = ["src", "href", "xlink:href", "action", "srcset"].contains(&name.as_str());
            if outside || name.starts_with("on") {
                faults.push(format!(
                    "<{} {name}=\"{value}\">: nothing from outside, nothing that acts",
                    tag.name
                ));
            }
        }
    }
    let style = between(html, "<style>", "</style>").unwrap_or_default();
    for word in ["url(", "@import", "expression("] {
        if style.contains(word) {
            faults.push(format!("the style says {word}"));
        }
    }
}

fn named(html: &str, tags: &Tags, faults: &mut Vec<String>) {
    let mut say = |wrong: bool, fault: &str| {
        if wrong {
            faults.push(fault.to_owned());
        }
    };
    say(!html.starts_with("<!DOCTYPE html>"), "no doctype");
    say(
        tags.named("html").any(|tag| tag.get("lang") != Some("zh-CN")),
        "no language",
    );
    say(
        !tags.named("meta").any(|tag| tag.get("charset") == Some("utf-8")),
        "no charset",
    );
    let title = between(html, "<title>", "</title>").unwrap_or_default();
    let heading = between(html, "<h1>", "</h1>").unwrap_or_default();
    say(title.trim().is_empty(), "no title");
    say(title != heading, "the title is not the heading");
    say(tags.named("h1").count() != 1, "not one first heading");
    say(tags.named("main").count() != 1, "not one main part");
}

/// A caption first; heads with a scope; as many cells in each row as there are columns.
fn tables(tags: &Tags, faults: &mut Vec<String>) {
    for table in tags.named("table") {
        let inside = tags.inside(table);
        let rows = inside.iter().filter(|tag| tag.name == "tr");
        let widths: Vec<usize> = rows.map(|row| tags.inside(row).len()).collect();
        let caption = inside.first().filter(|tag| tag.name == "caption");
        let Some(caption) = caption.map(|tag| tag.text.trim()) else {
            faults.push("a table without a caption".to_owned());
            continue;
        };
        if caption.is_empty() {
            faults.push("a table with an empty caption".to_owned());
        }
        if !widths.windows(2).all(|pair| pair[0] == pair[1]) {
            faults.push(format!("{caption}: rows of {widths:?} cells"));
        }
        let heads: Vec<&&Tag> = inside.iter().filter(|tag| tag.name == "th").collect();
        if heads.is_empty() {
            faults.push(format!("{caption}: no heads"));
        }
        for head in heads {
            if !matches!(head.get("scope"), Some("col" | "row")) || head.text.trim().is_empty() {
                faults.push(format!("{caption}: a head without scope or words: {head:?}"));
            }
        }
        // Long tables repeat their heads, which browsers do for a thead.
        let by_row = inside.iter().any(|tag| tag.get("scope") == Some("row"));
        if !by_row && !inside.iter().any(|tag| tag.name == "thead") {
            faults.push(format!("{caption}: heads that do not repeat"));
        }
    }
}

fn pictures(tags: &Tags, faults: &mut Vec<String>) {
    for svg in tags.named("svg") {
        let inside = tags.inside(svg);
        let text = |name: &str, id: &str| {
            let mut found = inside
                .iter()
                .filter(|tag| tag.name == name && tag.get("id") == Some(id));
            found.any(|tag| !tag.text.trim().is_empty())
        };
        let named: Vec<&str> = svg.get("aria-labelledby").unwrap_or_default().split(' ').collect();
        let described = match named.as_slice() {
            [title, description] => text("title", title) && text("desc", description),
            _ => false,
        };
        if svg.get("role") != Some("img") || !described {
            faults.push("a picture without role, title and description".to_owned());
        }
    }
}

/// The text between two marks.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    Some(text.split_once(from)?.1.split_once(to)?.0)
}

#[test]
fn a_bad_page_has_faults() {
    let page = |body: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>一</title><style>body{{color:#000;background:#fff}}\
             </style></head><body><main><h1>一</h1>{body}</main></body></html>"
        )
    };
    assert_eq!(faults(&page("")), [""; 0]);
    let table = "<table><caption>表</caption><thead><tr><th scope=\"col\">头</th></tr></thead><tbody><tr><td>格</td></tr></tbody></table>";
    assert_eq!(faults(&page(table)), [""; 0]);
    for (right, wrong) in [
        ("<caption>表</caption>", ""),
        ("<caption>表</caption>", "<caption> </caption>"),
        (" scope=\"col\"", ""),
        ("头", ""),
        ("<td>格</td>", "<td>格</td><td>格</td>"),
        ("thead>", "tbody>"),
        ("<td>格</td>", "<td onclick=\"x\">格</td>"),
        ("<td>格</td>", "<td><img src=\"x\"></td>"),
        ("</table>", "</table><script>x</script>"),
        ("</table>", "</table><svg role=\"img\"></svg>"),
        ("</table>", "</table><p>"),
        (
            "</table>",
            "</table><svg role=\"img\" aria-labelledby=\"t d\"><title id=\"t\">题</title><desc id=\"d\">述</desc><text fill=\"#999999\">淡</text></svg>",
        ),
    ] {
        let bad = table.replace(right, wrong);
        assert!(!faults(&page(&bad)).is_empty(), "{bad}");
    }
    assert!(!faults(&page("").replace("zh-CN", "")).is_empty());
    assert!(!faults(&page("").replace("<h1>一", "<h1>二")).is_empty());
    assert!(!faults(&page("").replace("color:#000", "color:#999")).is_empty());
    assert!(!faults(&page("").replace("color:#000", "color:#000;background:url(x)")).is_empty());
}
