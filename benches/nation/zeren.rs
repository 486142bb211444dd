//! The one place that calls zeren.

use std::time::Instant;

use serde_json::Value;
use zeren::system::{Query, Request, System};

use crate::acts::{self, Wording, request};
use crate::clock::computed;
use crate::counting::held;
use crate::divisions::Division;
use crate::question::{Answer, Level, Question};
use crate::rows::Positions;

/// The nation's ledger with what it cost.
pub struct Built {
    pub system: System,
    pub positions: Positions,
    cost: Cost,
}

/// What building cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// Seconds of computing from the bytes of the requests to the committed state, chain and digests included.
    pub seconds: f64,
    /// Reading the requests, of those.
    pub reading: f64,
    /// Preparing, of those.
    pub preparing: f64,
    /// Bytes of the lines that a host stores.
    pub stored: usize,
    /// Bytes that the state holds.
    pub held: usize,
}

impl Built {
    pub fn cost(&self) -> Cost {
        self.cost
    }
}

/// Builds the tree act by act, each a batch of its own.
pub fn build(divisions: &[Division], wording: Wording) -> Result<Built, String> {
    let mut positions = Positions::new(divisions.len());
    let before = held();
    let mut system = System::new("全国");
    let (mut reading, mut preparing, mut committing) = (0.0, 0.0, 0.0);
    let mut stored = 0_usize;
    for act in acts::acts(divisions, wording) {
        let text = request(system.head(), &act.text);
        let start = computed();
        let request = Request::parse(text.as_bytes()).map_err(told)?;
        let read = computed();
        let prepared = system.prepare(&request).map_err(told)?;
        let ready = computed();
        stored += prepared.lines().map(str::len).sum::<usize>();
        let stored_at = computed();
        system.commit(prepared).map_err(told)?;
        drop(request);
        committing += computed() - stored_at;
        reading += read - start;
        preparing += ready - read;
        let list = match act.rows {
            "units" => &mut positions.units,
            "posts" => &mut positions.posts,
            "letters" => &mut positions.letters,
            _ => continue,
        };
        list[act.divisions].fill(system.head().position.sequence());
    }
    let held = held() - before;
    Ok(Built {
        system,
        positions,
        cost: Cost {
            seconds: reading + preparing + committing,
            reading,
            preparing,
            stored,
            held,
        },
    })
}

/// Asks for the levels.
pub fn ask(system: &System, question: &Question) -> Result<Answer, String> {
    let query = format!(
        r#"{{"view":"coverage","day":"{}","known":{}}}"#,
        question.day, question.known
    );
    let query: Query = zeren::document::read(query.as_bytes()).map_err(told)?;
    let start = Instant::now();
    let text = system.answer(&query).map_err(told)?;
    let seconds = start.elapsed().as_secs_f64();
    let answer: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let levels = answer.get("levels").and_then(Value::as_array).ok_or("no levels")?;
    let number = |level: &Value, name| {
        level
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|n| u32::try_from(n).ok())
    };
    let levels = levels.iter().filter_map(|level| {
        Some(Level {
            depth: number(level, "depth")?,
            units: number(level, "units")?,
            covered: number(level, "covered")?,
            unbroken: number(level, "unbroken")?,
        })
    });
    Ok(Answer {
        seconds,
        levels: levels.collect(),
    })
}

/// Withdraws the letters of some units below the top that have units below them, one act each, and asks for the branch
/// after each. Seconds of each act with its question, from the bytes of the request to those of the answer.
pub fn one_more(system: &mut System, divisions: &[Division], count: usize) -> Result<Vec<f64>, String> {
    let mut above: Vec<usize> = divisions.iter().map(|division| division.superior).collect();
    above.dedup();
    above.retain(|unit| divisions[*unit].depth > 2);
    above.sort_unstable();
    above.dedup();
    let step = (above.len() / count).max(1);
    let mut seconds = Vec::new();
    for unit in above.into_iter().step_by(step).take(count) {
        let code = &divisions[unit].code;
        let act = format!(
            r#"{{"act":"letter.withdrawn","effective":"2022-05-01","id":"w{code}","letter":"z{code}","reason":"重新签订"}}"#
        );
        let text = request(system.head(), &act);
        let query = format!(r#"{{"view":"coverage","day":"2022-06-30","unit":"{code}"}}"#);
        let start = Instant::now();
        let request = Request::parse(text.as_bytes()).map_err(told)?;
        let prepared = system.prepare(&request).map_err(told)?;
        system.commit(prepared).map_err(told)?;
        let query: Query = zeren::document::read(query.as_bytes()).map_err(told)?;
        let answer = system.answer(&query).map_err(told)?;
        seconds.push(start.elapsed().as_secs_f64());
        if !answer.contains(r#""letters":[],"unbroken":false"#) {
            return Err(format!("{code}: the withdrawn letter still leads down: {answer}"));
        }
    }
    Ok(seconds)
}

fn told(error: zeren::error::Error) -> String {
    error.to_string()
}
