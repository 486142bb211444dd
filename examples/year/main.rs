//! A whole assessment year: `cargo run --release --example year [FOLDER]`.
//!
//! 50 subjects in three classes, 12 scorers, two schemes into one annual scheme, under invented names. The acts lie in
//! `acts/`, the schemes in `schemes/`; what stands here is what a host does between them: enter, ask, score, issue, approve.
//! It prints the story of the year and writes every result into the folder.

#![allow(clippy::disallowed_macros, reason = "a program prints")]

mod autumn;
mod files;
mod host;
mod papers;
mod spring;
mod story;
mod winter;

use host::{Host, Outcome};
use story::Story;
use zeren::scheme::Scheme;

/// The three schemes of the year.
pub struct Schemes {
    /// The responsibility system; compares within classes.
    pub zrz: Scheme,
    /// Work safety; with a veto.
    pub aqsc: Scheme,
    /// The annual performance assessment, which includes both.
    pub niandu: Scheme,
}

fn main() -> Outcome<()> {
    let mut host = Host::new(host::folder());
    let schemes = Schemes {
        zrz: host.scheme("zrz-2023")?,
        aqsc: host.scheme("aqsc-2023")?,
        niandu: host.scheme("niandu-2023")?,
    };
    let mut story = Story::new();
    autumn::rules_and_changes(&mut host, &schemes, &mut story)?;
    winter::self_assessment_to_delivery(&mut host, &schemes, &mut story)?;
    winter::appeals(&mut host, &schemes, &mut story)?;
    winter::publicity_and_approval(&mut host, &schemes, &mut story)?;
    spring::annual(&mut host, &schemes, &mut story)?;
    spring::redetermination(&mut host, &schemes, &mut story)?;
    story.says(&format!(
        "账本共 {} 行，末行摘要 {}。",
        host.lines.len(),
        host.system.head().digest
    ));
    println!("{}", story.text());
    if let Some(folder) = std::env::args().nth(1) {
        files::write(std::path::Path::new(&folder), &host, &schemes, &story)?;
        println!("已写入 {folder}。");
    }
    Ok(())
}
