//! What the open questions of a draft come to: every answer, tried on the scheme's worked examples, or where there are
//! none on a subject of which nothing is reported.

use serde::Serialize;

use super::Range;
use super::check::example_sheet;
use crate::document::{Value, parse};
use crate::error::Finding;
use crate::fact::Values;
use crate::scheme::{Example, Question, Scheme};

/// Answers may open further questions; so often those are answered in turn.
const ROUNDS: usize = 8;

/// A question with what each of its answers comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionEffect {
    /// What is asked, and where the answer belongs.
    pub question: Finding,
    /// The answers there are.
    pub answers: Vec<AnswerEffect>,
    /// Whether the answers give some example different totals.
    pub matters: bool,
    /// What people read.
    pub zh: String,
}

/// What an answer comes to, all other questions answered by their first answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerEffect {
    /// The value to write, as JSON text.
    pub value: String,
    /// What it means.
    pub zh: String,
    /// The worked examples under it; where the scheme has none, one of a subject whose facts are all unreported.
    pub examples: Vec<ExampleTotal>,
    /// Why the scheme cannot be read with it; normally nothing.
    pub problems: Vec<Finding>,
}

/// A worked example under an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExampleTotal {
    /// Its title.
    pub title: String,
    /// The total; missing when it cannot be worked out.
    pub total: Option<Range>,
    /// The grades that it may have.
    pub grades: Vec<String>,
    /// Why it cannot be worked out.
    pub problems: Vec<Finding>,
}

/// The effects of all answers to the questions that a draft leaves open; nothing for a scheme that leaves none.
pub fn effects(scheme: &Scheme) -> Vec<QuestionEffect> {
    scheme
        .questions()
        .iter()
        .map(|question| effect(scheme, question))
        .collect()
}

fn effect(scheme: &Scheme, question: &Question) -> QuestionEffect {
    let pointer = question.finding.pointer.clone().unwrap_or_default();
    let answers: Vec<AnswerEffect> = question
        .answers
        .iter()
        .map(|answer| {
            let (examples, problems) = match answered(scheme, &pointer, answer.value) {
                Ok(answered) => (totals(&answered), Vec::new()),
                Err(problems) => (Vec::new(), problems),
            };
            AnswerEffect {
                value: answer.value.to_owned(),
                zh: answer.zh.to_owned(),
                examples,
                problems,
            }
        })
        .collect();
    let matters = answers.windows(2).any(|pair| match pair {
        [one, other] => one.examples != other.examples,
        _ => false,
    });
    let told: Vec<String> = answers.iter().map(told).collect();
    let zh = match (answers.is_empty(), matters) {
        (true, _) => "没有现成答案可试，请自行填写".to_owned(),
        (false, false) => "各答案对算例没有影响".to_owned(),
        (false, true) => told.join("；"),
    };
    QuestionEffect {
        question: question.finding.clone(),
        answers,
        matters,
        zh,
    }
}

fn told(answer: &AnswerEffect) -> String {
    let totals: Vec<String> = answer
        .examples
        .iter()
        .map(|example| {
            let total = example.total.as_ref().map_or_else(|| "无法计算".to_owned(), Range::zh);
            format!("“{}”总分 {total}", example.title)
        })
        .collect();
    format!(
        "{}：{}",
        answer.zh,
        if totals.is_empty() {
            "无法读取".to_owned()
        } else {
            totals.join("，")
        }
    )
}

/// The scheme with this answer, all other holes filled with their first answer.
fn answered(scheme: &Scheme, pointer: &str, answer: &str) -> Result<Scheme, Vec<Finding>> {
    let failed = |error: crate::error::Error| error.findings().to_vec();
    let value = |text: &str| parse(text.as_bytes()).map_err(failed);
    let mut document = scheme.document().clone();
    put(&mut document, pointer, value(answer)?);
    let mut read = Scheme::read(&document).map_err(failed)?;
    for _ in 0..ROUNDS {
        let mut filled = false;
        for question in read.questions() {
            if let (Some(pointer), Some(first)) = (&question.finding.pointer, question.answers.first()) {
                filled |= put(&mut document, pointer, value(first.value)?);
            }
        }
        if !filled {
            break;
        }
        read = Scheme::read(&document).map_err(failed)?;
    }
    Ok(read)
}

fn totals(scheme: &Scheme) -> Vec<ExampleTotal> {
    let unreported = [unreported(scheme)];
    let examples = match scheme.text().examples.as_slice() {
        [] => &unreported[..],
        examples => examples,
    };
    let examples = examples.iter();
    examples
        .map(|example| {
            let (total, grades, problems) = match example_sheet(scheme, example) {
                Ok(sheet) => (Some(sheet.total), sheet.grades, Vec::new()),
                Err(error) => (None, Vec::new(), error.findings().to_vec()),
            };
            ExampleTotal {
                title: example.title.clone(),
                total,
                grades,
                problems,
            }
        })
        .collect()
}

/// What stands in where a scheme has no worked examples: nothing is reported yet.
fn unreported(scheme: &Scheme) -> Example {
    Example {
        title: "全部事实未报".to_owned(),
        class: scheme.text().classes.first().cloned(),
        facts: Values(Vec::new()),
        items: None,
        total: None,
        grade: None,
    }
}

/// Puts a value at a JSON pointer whose object is there; whether that changed anything.
fn put(document: &mut Value, pointer: &str, value: Value) -> bool {
    let mut tokens: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect();
    let Some(last) = tokens.pop() else { return false };
    let mut here = document;
    for token in tokens {
        let next = match here {
            Value::List(items) => token.parse::<usize>().ok().and_then(|place| items.get_mut(place)),
            Value::Object(members) => members
                .iter_mut()
                .find(|(name, _)| *name == token)
                .map(|(_, value)| value),
            _ => None,
        };
        match next {
            Some(next) => here = next,
            None => return false,
        }
    }
    let Value::Object(members) = here else { return false };
    match members.iter_mut().find(|(name, _)| *name == last) {
        Some((_, old)) if *old == value => false,
        Some((_, old)) => {
            *old = value;
            true
        }
        None => {
            members.push((last.into(), value));
            true
        }
    }
}
