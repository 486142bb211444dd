//! Reading a scheme document.

use super::expression::{self, Type};
use super::item::Ids;
use super::{Effect, Grade, GradeCap, Grades, Item, NotApplicable, Questions, TotalRounding, Veto};
use crate::document::{Cursor, Fields, Problems, Value, canonical, expect_kind, parse, sm3_hex};
use crate::error::{Error, ErrorKind, Finding, Result, Severity};
use crate::exact::{Exact, Rounding};
use crate::fact::{Declaration, read_declarations};

crate::choice! {
    /// Whether a scheme may still have open questions.
    pub enum Status {
        /// It may.
        Draft = "draft" "征求意见",
        /// It may not.
        Adopted = "adopted" "已印发",
    }
}

crate::record! {
    /// What the scheme rests on.
    pub struct SchemeBasis {
        /// Title of the document.
        pub title: String,
        /// Document number.
        pub number: Option<String>,
        /// Article.
        pub article: Option<String>,
    }
}

/// The pool of bonus items (加分).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// The most that all bonus items give together.
    pub cap: Exact,
    /// The items.
    pub items: Vec<Item>,
}

/// A scheme (考核办法): what is declared, what is scored and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
    /// The year assessed.
    pub year: u32,
    /// Draft or adopted.
    pub status: Status,
    /// What it rests on.
    pub basis: Vec<SchemeBasis>,
    /// Declared facts.
    pub facts: Vec<Declaration>,
    /// Items.
    pub items: Vec<Item>,
    /// Bonus pool.
    pub bonus: Option<Bonus>,
    /// Vetoes and downgrades.
    pub vetoes: Vec<Veto>,
    /// What an item that does not apply does.
    pub not_applicable: Option<NotApplicable>,
    /// Rounding.
    pub rounding: Option<TotalRounding>,
    /// Grades.
    pub grades: Option<Grades>,
    questions: Vec<Finding>,
    digest: String,
}

impl Scheme {
    /// Reads a scheme document.
    ///
    /// # Errors
    /// Unsupported for another kind, format or edition; else all problems at once, and for an adopted scheme also every
    /// question that it leaves open.
    pub fn parse(text: &[u8]) -> Result<Scheme> {
        Scheme::read(&parse(text)?)
    }

    /// Reads a scheme from a tree.
    ///
    /// # Errors
    /// As [`Scheme::parse`].
    pub fn read(document: &Value) -> Result<Scheme> {
        expect_kind(document, "scheme")?;
        if document.get("edition").and_then(Value::as_text) != Some("1") {
            let (zh, en) = (
                "本版本只认识语言版本（edition）\"1\"",
                "this version of the library knows edition \"1\" only",
            );
            return Err(Error::one(
                ErrorKind::Unsupported,
                Finding::error("scheme.edition", "/edition", zh, en),
            ));
        }
        let (problems, questions) = (Problems::new(), Questions::default());
        let scheme = read(&Cursor::root(document, &problems), &questions);
        let mut scheme = problems.settle(ErrorKind::Document, scheme)?;
        scheme.questions = questions.into_findings();
        scheme.digest = sm3_hex(canonical(document).as_bytes());
        if scheme.status == Status::Adopted && !scheme.questions.is_empty() {
            let open = scheme.questions.into_iter().map(|mut question| {
                question.severity = Severity::Error;
                question
            });
            return Err(Error::new(ErrorKind::Refused, open.collect()));
        }
        Ok(scheme)
    }

    /// The questions that a draft leaves open (待明确事项).
    pub fn questions(&self) -> &[Finding] {
        &self.questions
    }

    /// SM3 digest of the canonical document.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Every leaf with its rule, bonus items last.
    pub fn leaves(&self) -> impl Iterator<Item = &super::Leaf> {
        let bonus = self.bonus.iter().flat_map(|bonus| &bonus.items);
        self.items.iter().chain(bonus).flat_map(Item::leaves)
    }

    /// Full points without bonus: group caps are heeded.
    pub fn full(&self) -> Exact {
        self.items
            .iter()
            .map(full)
            .fold(Exact::ZERO, |sum, points| &sum + &points)
    }
}

pub(super) fn full(item: &Item) -> Exact {
    match item {
        Item::Leaf(leaf) => leaf.points.clone(),
        Item::Group { cap, items, .. } => {
            let sum = items.iter().map(full).fold(Exact::ZERO, |sum, points| &sum + &points);
            cap.clone().map_or(sum.clone(), |cap| cap.min(sum))
        }
    }
}

fn read(at: &Cursor<'_>, questions: &Questions) -> Option<Scheme> {
    let fields = at.fields()?;
    for name in ["kind", "format", "edition"] {
        fields.allow(name);
    }
    let id: Option<String> = fields.field("id");
    let version: Option<String> = fields.field("version");
    let title: Option<String> = fields.field("title");
    let year: Option<u32> = fields.field("year");
    let status: Option<Status> = fields.field("status");
    let basis: Option<Vec<SchemeBasis>> = fields.field("basis");
    let declared = fields
        .cursor("facts")
        .map_or_else(|| Some(Vec::new()), |at| read_declarations(&at));
    let known = declared.clone().unwrap_or_default();
    let mut ids = Ids::default();
    let items = match fields.cursor("items") {
        Some(at) => Item::read_list(&at, &known, questions, &mut ids),
        None => at.problem(
            "document.missing_field",
            "缺少必填字段“items”",
            "field \"items\" is missing",
        ),
    };
    let bonus = match fields.cursor("bonus") {
        Some(at) => read_bonus(&at, &known, questions, &mut ids).map(Some),
        None => Some(None),
    };
    let grades: Option<Option<Grades>> = fields.field("grades");
    let vetoes = match fields.cursor("vetoes") {
        Some(at) => at.items(|veto| read_veto(veto, &known, &mut ids)),
        None => Some(Vec::new()),
    };
    let not_applicable: Option<Option<NotApplicable>> = fields.field("not_applicable");
    let rounding: Option<Option<TotalRounding>> = fields.field("rounding");
    if rounding == Some(None) {
        let (zh, en) = (
            "得分如何修约？写明 when（item 或 total）、place、mode",
            "how and when are points rounded?",
        );
        questions.ask(at, "rounding", zh, en);
    }
    if not_applicable == Some(None) {
        let (zh, en) = (
            "不适用的项目如何计分？full、zero 或 renormalise",
            "what does an item that does not apply do?",
        );
        questions.ask(at, "not_applicable", zh, en);
    }
    if let Some(Some(rule)) = &rounding
        && Rounding::to_place(rule.mode, i32::try_from(rule.place).unwrap_or(i32::MAX)).is_none()
        && let Some(at) = fields.cursor("rounding")
    {
        let _: Option<()> = at.problem("scheme.rounding_place", "place 应为 0 至 18", "place is 0 to 18");
    }
    if let Some(Some(grades)) = &grades {
        check_grades(&fields, grades, questions);
    }
    if let Some(grades) = &grades {
        let bands = grades.as_ref().map_or(&[][..], |grades| &grades.bands);
        let bonus = bonus.iter().flatten().flat_map(|bonus| &bonus.items);
        let items = items.iter().flatten().chain(bonus);
        check_names(&fields, bands, vetoes.as_deref().unwrap_or(&[]), items);
    }
    fields.finish();
    Some(Scheme {
        id: id?,
        version: version?,
        title: title?,
        year: year?,
        status: status?,
        basis: basis?,
        facts: declared?,
        items: items?,
        bonus: bonus?,
        vetoes: vetoes?,
        not_applicable: not_applicable?,
        rounding: rounding?,
        grades: grades?,
        questions: Vec::new(),
        digest: String::new(),
    })
}

fn read_bonus(at: &Cursor<'_>, known: &[Declaration], questions: &Questions, ids: &mut Ids) -> Option<Bonus> {
    let fields = at.fields()?;
    let cap: Option<Exact> = fields.field("cap");
    let items = match fields.cursor("items") {
        Some(list) => Item::read_list(&list, known, questions, ids),
        None => at.problem(
            "document.missing_field",
            "缺少必填字段“items”",
            "field \"items\" is missing",
        ),
    };
    fields.finish();
    Some(Bonus {
        cap: cap?,
        items: items?,
    })
}

fn read_veto(at: &Cursor<'_>, known: &[Declaration], ids: &mut Ids) -> Option<Veto> {
    let fields = at.fields()?;
    let id: Option<String> = fields.field("id");
    if let Some(id) = &id {
        ids.take(id, at);
    }
    let title: Option<String> = fields.field("title");
    let article: Option<Option<String>> = fields.field("article");
    let when = match fields.cursor("when") {
        Some(at) => expression::read(&at, known, Type::Truth),
        None => at.problem(
            "document.missing_field",
            "缺少必填字段“when”",
            "field \"when\" is missing",
        ),
    };
    let zero: Option<bool> = fields.field("score_zero");
    let most: Option<Option<String>> = fields.field("grade_at_most");
    fields.finish();
    let effect = match (zero?, most?) {
        (true, None) => Effect::ScoreZero,
        (false, Some(grade)) => Effect::GradeAtMost(grade),
        _ => {
            let (zh, en) = (
                "score_zero 与 grade_at_most 须且只须填一项",
                "give exactly one of score_zero, grade_at_most",
            );
            return at.problem("scheme.veto_effect", zh, en);
        }
    };
    Some(Veto {
        id: id?,
        title: title?,
        article: article?,
        when: when?,
        effect,
    })
}

/// Bands fall from the highest; the lowest takes what is left, so nothing lies between.
fn check_grades(fields: &Fields<'_>, grades: &Grades, questions: &Questions) {
    let Some(at) = fields.cursor("grades") else { return };
    if grades.compare.is_none() {
        let (zh, en) = (
            "等次线按修约前（full）还是修约后（rounded）的分数比较？",
            "are grade lines compared before or after rounding?",
        );
        questions.ask(&at, "compare", zh, en);
    }
    let falling = grades.bands.windows(2).all(|pair| match pair {
        [upper, lower] => {
            upper.from.is_some() && lower.from.as_ref().is_none_or(|from| Some(from) < upper.from.as_ref())
        }
        _ => true,
    });
    let closed = grades.bands.last().is_some_and(|last| last.from.is_none());
    if !falling || !closed {
        let (zh, en) = (
            "等次应由高到低排列，最后一档不写 from，以免留下空档",
            "list grades from the highest; the last has no \"from\", so that none is left out",
        );
        let _: Option<()> = at.problem("scheme.grade_bands", zh, en);
    }
}

/// Grades that vetoes and passing caps name must exist.
fn check_names<'i>(fields: &Fields<'_>, bands: &[Grade], vetoes: &[Veto], items: impl Iterator<Item = &'i Item>) {
    let passing: Vec<&GradeCap> = items
        .flat_map(Item::leaves)
        .filter_map(|leaf| leaf.rule.includes.as_ref())
        .flat_map(|(_, caps)| caps)
        .collect();
    let named = vetoes.iter().filter_map(|veto| match &veto.effect {
        Effect::GradeAtMost(grade) => Some(grade),
        Effect::ScoreZero => None,
    });
    for grade in named.chain(passing.iter().map(|cap| &cap.at_most)) {
        if !bands.iter().any(|band| band.grade == *grade) {
            let (zh, en) = (format!("没有等次“{grade}”"), format!("there is no grade \"{grade}\""));
            let _: Option<()> = fields.at().problem("scheme.unknown_grade", zh, en);
        }
    }
}
