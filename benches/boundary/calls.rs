//! The calls, in Rust. `call.c` and `call.py` make the same.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use zeren::scheme::Scheme;

/// The scheme of 40 items in `examples/safety`, and the facts of one unit.
pub struct Job {
    scheme: Scheme,
    facts: String,
}

impl Job {
    pub fn read() -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/safety");
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"));
        let scheme = Scheme::parse(read("scheme.json")?.as_bytes()).map_err(|error| error.to_string())?;
        Ok(Self {
            scheme,
            facts: format!("[{}]", read("facts-donghe.json")?),
        })
    }

    pub fn measure(&self, milliseconds: u64) -> Result<crate::Told, String> {
        let score = || {
            self.scheme
                .answer_cohort(black_box(self.facts.as_bytes()))
                .map_err(|error| error.to_string())
        };
        let table = || Ok(self.scheme.read_back());
        let version = || Ok(black_box(env!("CARGO_PKG_VERSION")).to_owned());
        Ok([
            ("score".to_owned(), timed(milliseconds, score)?),
            ("read_back".to_owned(), timed(milliseconds, table)?),
            ("version".to_owned(), timed(milliseconds, version)?),
        ]
        .into())
    }
}

/// Nanoseconds a call, best of batches of at least a tenth of the time each, and the sum of the answer.
fn timed(milliseconds: u64, call: impl Fn() -> Result<String, String>) -> Result<(f64, String), String> {
    let answer = call()?;
    let mut batch = 1_u32;
    let mut best = f64::INFINITY;
    let begin = Instant::now();
    loop {
        let start = Instant::now();
        for _ in 0..batch {
            black_box(call()?);
        }
        let spent = start.elapsed();
        best = best.min(spent.as_secs_f64() * 1e9 / f64::from(batch));
        if begin.elapsed().as_millis() >= u128::from(milliseconds) {
            return Ok((best, sum(answer.as_bytes()).to_string()));
        }
        if spent.as_micros() < u128::from(milliseconds) * 50 {
            batch = batch.saturating_mul(2);
        }
    }
}

/// FNV-1a: enough to see that all callers were given the same bytes.
fn sum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(1_099_511_628_211);
    bytes.iter().fold(14_695_981_039_346_656_037, step)
}
