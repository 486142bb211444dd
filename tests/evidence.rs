//! The ledger as evidence: what a chain alone finds, what a checkpoint kept elsewhere finds, one line without the rest.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use zeren::calendar::Timestamp;
use zeren::document::{Written, parse};
use zeren::error::Error;
use zeren::ledger::{
    Chain, Checkpoint, Inclusion, Line, LineBody, Position, checkpoint, inclusion, verify, verify_against,
};

const LEDGER: &str = "示例新区";

/// A ledger of so many lines; the operator of the line at `forged` is somebody else, and every line is sealed again.
fn ledger(lines: u32, forged: Option<u32>) -> Vec<String> {
    let mut chain = Chain::start(LEDGER);
    let mut stored = Vec::new();
    for number in 1..=lines {
        let line = Line::seal(LineBody {
            ledger: LEDGER.into(),
            sequence: Position::new(number),
            batch: number,
            last: true,
            time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
            operator: if forged == Some(number) {
                "别人"
            } else {
                "录入员-1"
            }
            .into(),
            payload: Written::parse(format!(r#"{{"行": {number}}}"#).as_bytes()).unwrap(),
            previous: chain.head().digest.clone(),
        });
        stored.push(chain.extend(line.text()).unwrap().text().to_owned());
    }
    stored
}

fn texts(lines: &[String]) -> impl Iterator<Item = &str> {
    lines.iter().map(String::as_str)
}

fn of(lines: &[String]) -> Checkpoint {
    checkpoint(LEDGER, texts(lines)).unwrap()
}

fn told(error: Error) -> (&'static str, String) {
    (error.code(), error.findings()[0].subject.clone().unwrap_or_default())
}

#[test]
fn without_a_checkpoint_a_rewrite_is_not_found_and_the_answer_says_so() {
    let forged = ledger(9, Some(4));
    assert!(verify(LEDGER, texts(&forged)).is_ok());
    let answer = verify_against(LEDGER, texts(&forged), &[]).unwrap();
    assert_eq!(answer.proven, None);
    assert!(answer.zh.contains("不能排除整体改写"));
    let cut = &ledger(9, None)[..5];
    assert!(verify_against(LEDGER, texts(cut), &[]).is_ok());
}

#[test]
fn a_checkpoint_finds_a_rewrite_and_says_between_which_lines() {
    let (own, forged) = (ledger(9, None), ledger(9, Some(5)));
    let kept = [of(&own[..9]), of(&own[..3]), of(&own[..6])];
    let answer = verify_against(LEDGER, texts(&own), &kept).unwrap();
    assert_eq!(answer.proven, Some(Position::new(9)));
    let found = verify_against(LEDGER, texts(&forged), &kept).unwrap_err();
    assert!(found.findings()[0].zh.contains("第 4 行至第 6 行"));
    assert_eq!(told(found), ("ledger.rewritten", "4".into()));
}

#[test]
fn a_checkpoint_finds_a_cut_tail() {
    let own = ledger(9, None);
    let found = verify_against(LEDGER, texts(&own[..7]), &[of(&own)]).unwrap_err();
    assert_eq!(told(found), ("ledger.tail_cut", "8".into()));
    let found = verify_against(LEDGER, texts(&[]), &[of(&own)]).unwrap_err();
    assert_eq!(told(found), ("ledger.tail_cut", "1".into()));
}

#[test]
fn lines_after_the_last_checkpoint_are_told_apart() {
    let own = ledger(9, None);
    let answer = verify_against(LEDGER, texts(&own), &[of(&own[..6])]).unwrap();
    assert_eq!(answer.proven, Some(Position::new(6)));
    assert!(answer.zh.contains("尚无存证点"));
    // What was forged after it stays unfound, as the answer says.
    assert!(verify_against(LEDGER, texts(&ledger(9, Some(7))), &[of(&own[..6])]).is_ok());
    let empty = of(&[]);
    assert_eq!(
        verify_against(LEDGER, texts(&own), &[empty]).unwrap().proven,
        Some(Position::START)
    );
}

#[test]
fn a_checkpoint_of_another_ledger_is_refused() {
    let own = ledger(2, None);
    let mut kept = of(&own);
    kept.ledger = "别处".into();
    let error = verify_against(LEDGER, texts(&own), &[of(&own), kept]).unwrap_err();
    assert_eq!(error.code(), "ledger.other_checkpoint");
    assert_eq!(error.findings()[0].pointer.as_deref(), Some("/1/ledger"));
}

#[test]
fn one_line_is_proven_without_the_others() {
    for count in [1, 2, 3, 7, 8, 21] {
        let own = ledger(count, None);
        let kept = of(&own);
        for number in 1..=count {
            let proof = inclusion(LEDGER, texts(&own), Position::new(number)).unwrap();
            assert_eq!(proof.proves(&kept).unwrap().sequence, Position::new(number));
            let forged = inclusion(LEDGER, texts(&ledger(count, Some(number))), Position::new(number)).unwrap();
            assert_eq!(
                told(forged.proves(&kept).unwrap_err()),
                ("ledger.not_proven", number.to_string())
            );
        }
    }
    let error = inclusion(LEDGER, texts(&ledger(3, None)), Position::new(4)).unwrap_err();
    assert_eq!(error.code(), "ledger.no_line");
    assert_eq!(
        inclusion(LEDGER, texts(&[]), Position::START).unwrap_err().code(),
        "ledger.no_line"
    );
}

/// Every byte of a proof and of its checkpoint, one at a time.
#[test]
fn every_changed_byte_of_a_proof_is_found() {
    let own = ledger(5, None);
    let (kept, proof) = (of(&own), inclusion(LEDGER, texts(&own), Position::new(3)).unwrap());
    let texts = [
        serde_json::to_string(&proof).unwrap(),
        serde_json::to_string(&kept).unwrap(),
    ];
    for changed in 0..2 {
        for at in 0..texts[changed].len() {
            let mut bytes = [texts[0].clone().into_bytes(), texts[1].clone().into_bytes()];
            bytes[changed][at] ^= 1;
            let document = |bytes: &[u8]| parse(bytes).ok();
            let proof = document(&bytes[0]).and_then(|document| Inclusion::read(&document).ok());
            let kept = document(&bytes[1]).and_then(|document| Checkpoint::read(&document).ok());
            let (Some(proof), Some(kept)) = (proof, kept) else {
                continue;
            };
            let proven = proof.proves(&kept);
            // The digest of the checkpoint binds the chain, not the tree.
            let elsewhere = changed == 1 && kept.digest != of(&own).digest;
            assert!(proven.is_err() || elsewhere, "byte {at} of {}", texts[changed]);
        }
    }
}
