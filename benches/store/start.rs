//! How a process starts: the chain checked, the lines replayed, a snapshot opened.

use sm3::{Digest, Sm3};
use zeren::ledger::verify;
use zeren::system::System;

use crate::clock::computed;
use crate::counting::held;
use crate::county::{LEDGER, ledger, told};
use crate::spread;

const ROUNDS: usize = 3;

#[derive(Default)]
struct Rounds {
    bare: Vec<f64>,
    chain: Vec<f64>,
    replay: Vec<f64>,
    snapshot: Vec<f64>,
}

pub fn run(lines: usize, measuring: bool) -> Result<(), String> {
    let made = ledger(lines)?;
    let bytes: usize = made.lines.iter().map(String::len).sum();
    let snapshot = made.system.snapshot();
    println!(
        "# a county's ten years: {} lines, {} MB; its snapshot {} MB\n",
        made.lines.len(),
        bytes >> 20,
        snapshot.len() >> 20
    );
    let texts = || made.lines.iter().map(String::as_str);
    let mut rounds = Rounds::default();
    let mut memory = (0, 0);
    for _ in 0..if measuring { ROUNDS } else { 1 } {
        let start = computed();
        let mut digest = Sm3::new();
        for line in texts() {
            digest.update(line.as_bytes());
        }
        std::hint::black_box(digest.finalize());
        rounds.bare.push(computed() - start);

        let start = computed();
        let head = verify(LEDGER, texts()).map_err(told)?;
        rounds.chain.push(computed() - start);

        let (start, before) = (computed(), held());
        let replayed = System::open(LEDGER, texts()).map_err(told)?;
        rounds.replay.push(computed() - start);
        memory.0 = held() - before;

        let (start, before) = (computed(), held());
        let opened = System::from_snapshot(LEDGER, &snapshot).map_err(told)?;
        rounds.snapshot.push(computed() - start);
        memory.1 = held() - before;

        if head != *made.system.head() || replayed != made.system || opened != made.system {
            return Err("the ways to start do not lead to the same state".to_owned());
        }
    }
    if measuring {
        rounds.print(memory);
    }
    Ok(())
}

impl Rounds {
    fn print(&self, memory: (usize, usize)) {
        let ratios = |one: &[f64], other: &[f64]| -> Vec<f64> {
            one.iter().zip(other).map(|(one, other)| one / other).collect()
        };
        println!("| | seconds of computing | times the line above it names | MB held |");
        println!("|---|---|---|---|");
        println!("| SM3 of the same bytes | {} | | |", spread(&self.bare));
        println!(
            "| the chain checked | {} | {} x SM3 | |",
            spread(&self.chain),
            spread(&ratios(&self.chain, &self.bare))
        );
        println!(
            "| replayed | {} | {} x SM3 | {} |",
            spread(&self.replay),
            spread(&ratios(&self.replay, &self.bare)),
            memory.0 >> 20
        );
        println!(
            "| opened from a snapshot | {} | {} x faster than replay | {} |\n",
            spread(&self.snapshot),
            spread(&ratios(&self.replay, &self.snapshot)),
            memory.1 >> 20
        );
    }
}
