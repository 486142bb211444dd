//! What papers tell of a sheet, whether it was scored just now or stands in the ledger.

use super::asked::{Asked, refused};
use crate::assessment::Looking;
use crate::calendar::Date;
use crate::document::{Value, parse, read_value};
use crate::error::Result;
use crate::scheme::Scheme;
use crate::score::{ItemScore, Range, Rank, Sheet, kept_list, kept_range, kept_rank};

/// A sheet as far as papers tell of it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) subject: String,
    pub(super) cohort: Option<String>,
    pub(super) total: Range,
    pub(super) grades: Vec<String>,
    pub(super) rank: Option<Rank>,
    pub(super) open: Vec<String>,
    pub(super) items: Vec<ItemScore>,
    pub(super) lines: Vec<ToldLine>,
}

/// A line of a sheet.
#[derive(Clone, Debug)]
pub(super) struct ToldLine {
    pub(super) id: String,
    pub(super) item: String,
    pub(super) points: Range,
    pub(super) reason: String,
    pub(super) article: String,
}

/// A sheet that the ledger holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) told: Told,
    /// The day on which it was approved, else issued.
    pub(super) on: Date,
    pub(super) digest: String,
    pub(super) approved: bool,
}

impl From<&Sheet> for Told {
    fn from(sheet: &Sheet) -> Self {
        let lines = sheet.lines.iter().map(|line| ToldLine {
            id: line.id.clone(),
            item: line.item.clone(),
            points: line.points.clone(),
            reason: line.reason.clone(),
            article: line.article.clone().unwrap_or_default(),
        });
        Told {
            subject: sheet.subject.clone(),
            cohort: sheet.cohort.clone(),
            total: sheet.total.clone(),
            grades: sheet.grades.clone(),
            rank: sheet.rank,
            open: sheet.open.clone(),
            items: sheet.items.clone(),
            lines: lines.collect(),
        }
    }
}

impl Told {
    /// Whether nothing in it is open: one total, at most one grade, no open facts.
    pub(super) fn is_settled(&self) -> bool {
        self.total.is_single() && self.grades.len() <= 1 && self.open.is_empty()
    }

    /// `优秀`, `优秀或良好`, or nothing where the scheme gives none.
    pub(super) fn grade(&self) -> String {
        self.grades.join("或")
    }

    /// Reads a sheet that this library wrote.
    pub(super) fn read(text: &str) -> Option<Told> {
        let sheet = parse(text.as_bytes()).ok()?;
        let words = |name: &str| -> Vec<String> {
            let words = kept_list(&sheet, name).iter().filter_map(Value::as_text);
            words.map(str::to_owned).collect()
        };
        let items: Option<Vec<ItemScore>> = kept_list(&sheet, "items").iter().map(item).collect();
        let lines: Option<Vec<ToldLine>> = kept_list(&sheet, "lines").iter().map(line).collect();
        Some(Told {
            subject: word(&sheet, "subject")?,
            cohort: word(&sheet, "cohort"),
            total: kept_range(sheet.get("total")?)?,
            grades: words("grades"),
            rank: sheet.get("rank").and_then(kept_rank),
            open: words("open"),
            items: items?,
            lines: lines?,
        })
    }
}

fn word(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_text).map(str::to_owned)
}

fn item(value: &Value) -> Option<ItemScore> {
    let truth = |name: &str| value.get(name) == Some(&Value::Bool(true));
    Some(ItemScore {
        id: word(value, "id")?,
        title: word(value, "title")?,
        full: read_value(value.get("full")?).ok()?,
        points: kept_range(value.get("points")?)?,
        applicable: truth("applicable"),
        loose: truth("loose"),
    })
}

fn line(value: &Value) -> Option<ToldLine> {
    Some(ToldLine {
        id: word(value, "id")?,
        item: word(value, "item")?,
        points: kept_range(value.get("points")?)?,
        reason: word(value, "reason")?,
        article: word(value, "article").unwrap_or_default(),
    })
}

impl Asked<'_> {
    /// The result of a subject that the ledger holds: the approved one, unless one was issued after a redetermination, else
    /// the one issued last.
    pub(super) fn held(&self, scheme: &Scheme, subject: &str) -> Option<Held> {
        let when = self.view.when();
        let course = self.assessment().course_of(scheme.id(), subject, when.day, when.known);
        let (issued, approved) = (course.issued(), course.approved());
        // What is issued after an approval is not public before it is approved itself.
        let public = self.looking == Looking::Public;
        let newer = issued.filter(|issued| approved.is_none_or(|approved| !public && issued.from > approved.from));
        let (text, on, digest, approved) = match (newer, approved) {
            (Some(row), _) => (&row.value.sheet, row.value.on, &row.value.digest, false),
            (None, Some(row)) => (&row.value.sheet, row.value.on, &row.value.digest, true),
            (None, None) => return None,
        };
        Some(Held {
            told: Told::read(text)?,
            on,
            digest: digest.to_string(),
            approved,
        })
    }

    /// The same, where the paper cannot do without.
    pub(super) fn must_hold(&self, scheme: &Scheme, subject: &str) -> Result<Held> {
        self.held(scheme, subject).ok_or_else(|| {
            let name = self.subject_name(subject);
            refused(
                "report.no_sheet",
                "/subject",
                format!("“{name}”的得分表尚未印发，也未审定；请先以 preliminary.issued 印发，或以 trial 作测算稿"),
                format!("no sheet of \"{subject}\" was issued or approved yet; issue it, or ask for a trial"),
            )
        })
    }

    /// Refuses to make public or approve what is open.
    pub(super) fn must_be_settled(&self, held: &[Held]) -> Result<()> {
        let open: Vec<String> = held
            .iter()
            .filter(|held| !held.told.is_settled())
            .map(|held| self.subject_name(&held.told.subject))
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let zh = format!(
            "{}的结果仍是区间或待定，不能制作“{}”；请先查明有关事实",
            open.join("、"),
            self.request.kind.zh()
        );
        let en = format!("the results of {} are open; settle their facts first", open.join(", "));
        Err(refused("report.result_open", "/subjects", zh, en))
    }
}
