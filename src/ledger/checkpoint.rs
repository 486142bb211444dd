//! Checkpoints: what somebody keeps, signs or posts elsewhere, so that nobody who holds the ledger can rewrite it.
//!
//! A chain alone finds accidents and partial edits. An owner who rewrites it all and seals every line again, or who cuts
//! its tail, leaves a chain that holds. A checkpoint kept elsewhere finds both: its digest is that of one line and, through
//! the chain, of everything before it; its root proves one line without the others.

use std::fmt::Write;

use serde::Serialize;

use super::merkle::{self, Hash, Roots, Tree};
use super::{Chain, Head, Line, LineBody, Position};
use crate::document::{Shape, Value, expect_kind, is_sm3_hex, read_value};
use crate::error::{Error, ErrorKind, Finding, Result};

crate::record! {
    /// The end of a ledger at some moment, to be kept elsewhere.
    #[derive(Serialize)]
    pub struct Checkpoint {
        /// The word checkpoint.
        pub kind: String => || Shape::Choice(&[("checkpoint", "存证点")]),
        /// The number 1.
        pub format: u32 => || Shape::Format(1),
        /// The ledger.
        pub ledger: String,
        /// Its last line.
        pub position: Position,
        /// The digest of that line, 64 hexadecimal digits.
        pub digest: String,
        /// The root of the tree over the digests of all lines, 64 hexadecimal digits.
        pub root: String,
    }
}

crate::record! {
    /// That one line stands in a ledger: the line and what leads from it to the root of a checkpoint.
    #[derive(Serialize)]
    pub struct Inclusion {
        /// The word inclusion.
        pub kind: String => || Shape::Choice(&[("inclusion", "单行证明")]),
        /// The number 1.
        pub format: u32 => || Shape::Format(1),
        /// The last line of the checkpoint that it is proven against.
        pub of: Position,
        /// The line as it is stored.
        pub line: String,
        /// The hashes from the line up to the root, 64 hexadecimal digits each.
        pub path: Vec<String>,
    }
}

/// How far a ledger that holds together was proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Where it ends.
    #[serde(flatten)]
    pub head: Head,
    /// Up to and including this line nothing was changed since the latest checkpoint that was given; nothing without one.
    pub proven: Option<Position>,
    /// What that means, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Checks a whole ledger and makes a checkpoint of its end.
///
/// # Errors
/// An integrity error that names the first line that does not hold.
pub fn checkpoint<'t>(ledger: &str, lines: impl IntoIterator<Item = &'t str>) -> Result<Checkpoint> {
    let mut chain = Chain::start(ledger);
    let mut roots = Roots::default();
    for text in lines {
        roots.push(merkle::leaf(&digest(&chain.extend(text)?)));
    }
    chain.finish()?;
    let head = chain.head();
    Ok(Checkpoint {
        kind: "checkpoint".to_owned(),
        format: 1,
        ledger: ledger.to_owned(),
        position: head.position,
        digest: head.digest.clone(),
        root: hex(&roots.root()),
    })
}

/// Checks a whole ledger from its first line, and against checkpoints that were kept elsewhere; says which of the two it
/// could do.
///
/// # Errors
/// An integrity error: the first line that does not hold; `ledger.rewritten` with the last line before which it was still
/// proven whole, when a checkpoint does not fit; `ledger.tail_cut` when lines that a checkpoint has seen are missing.
/// A document error for a checkpoint of another ledger.
pub fn verify_against<'t>(
    ledger: &str,
    lines: impl IntoIterator<Item = &'t str>,
    checkpoints: &[Checkpoint],
) -> Result<Verified> {
    let mut kept: Vec<&Checkpoint> = checkpoints.iter().collect();
    kept.sort_by_key(|checkpoint| checkpoint.position);
    for (index, checkpoint) in checkpoints.iter().enumerate() {
        checkpoint.is_of(ledger, &format!("/{index}"))?;
    }
    let mut due = kept.iter().peekable();
    let mut proven = None;
    let mut chain = Chain::start(ledger);
    let fits = |chain: &Chain, checkpoint: &Checkpoint, proven: Option<Position>| {
        if chain.head().digest == checkpoint.digest {
            return Ok(checkpoint.position);
        }
        let (from, to) = (
            proven.unwrap_or_default().sequence().saturating_add(1),
            checkpoint.position,
        );
        Err(integrity(
            "ledger.rewritten",
            from,
            format!("账本自身能够衔接，但与第 {to} 行的存证点不符：第 {from} 行至第 {to} 行之间被整体改写"),
            format!(
                "the chain holds but does not fit the checkpoint of line {to}: lines {from} to {to} were rewritten"
            ),
        ))
    };
    while let Some(checkpoint) = due.next_if(|checkpoint| checkpoint.position == Position::START) {
        proven = Some(fits(&chain, checkpoint, proven)?);
    }
    for text in lines {
        chain.extend(text)?;
        while let Some(checkpoint) = due.next_if(|checkpoint| checkpoint.position == chain.head().position) {
            proven = Some(fits(&chain, checkpoint, proven)?);
        }
    }
    chain.finish()?;
    if let Some(checkpoint) = kept
        .last()
        .filter(|checkpoint| checkpoint.position > chain.head().position)
    {
        let (last, seen) = (chain.head().position, checkpoint.position);
        return Err(integrity(
            "ledger.tail_cut",
            last.sequence().saturating_add(1),
            format!("账本止于第 {last} 行，而存证点已有第 {seen} 行：其后的行被截去或未提供"),
            format!(
                "the ledger ends at line {last}, but a checkpoint has seen line {seen}: what follows is cut off or missing"
            ),
        ));
    }
    Ok(verified(chain.head().clone(), proven))
}

fn verified(head: Head, proven: Option<Position>) -> Verified {
    let last = head.position;
    let (zh, en) = match proven {
        None => (
            format!("第 1 行至第 {last} 行首尾衔接，未发现意外损坏或局部改动；没有存证点，不能排除整体改写或截去末尾"),
            format!(
                "lines 1 to {last} hold together: no accident and no partial edit; without a checkpoint a rewrite of everything or a cut tail cannot be excluded"
            ),
        ),
        Some(at) if at == last => (
            format!("第 1 行至第 {last} 行与存证点一致，自存证以来未被改动"),
            format!("lines 1 to {last} are as they were when the checkpoint was made"),
        ),
        Some(at) => (
            format!("第 1 行至第 {at} 行与存证点一致，自存证以来未被改动；其后至第 {last} 行首尾衔接，但尚无存证点"),
            format!(
                "lines 1 to {at} are as they were when the checkpoint was made; those after, up to {last}, hold together but no checkpoint has seen them"
            ),
        ),
    };
    Verified { head, proven, zh, en }
}

/// Proves one line of a ledger, against the checkpoint of its end.
///
/// # Errors
/// An integrity error that names the first line that does not hold; not found when there is no such line.
pub fn inclusion<'t>(ledger: &str, lines: impl IntoIterator<Item = &'t str>, of: Position) -> Result<Inclusion> {
    let (_, mut proofs) = inclusions(ledger, lines, |line| line.body().sequence == of)?;
    proofs.pop().ok_or_else(|| {
        let (zh, en) = (format!("账本没有第 {of} 行"), format!("the ledger has no line {of}"));
        Error::one(ErrorKind::NotFound, Finding::error("ledger.no_line", "", zh, en))
    })
}

/// Proves the lines that are wanted, in the order of the ledger, against the checkpoint of its end.
///
/// # Errors
/// An integrity error that names the first line that does not hold.
pub fn inclusions<'t>(
    ledger: &str,
    lines: impl IntoIterator<Item = &'t str>,
    mut wanted: impl FnMut(&Line) -> bool,
) -> Result<(Checkpoint, Vec<Inclusion>)> {
    let mut chain = Chain::start(ledger);
    let (mut leaves, mut found) = (Vec::new(), Vec::new());
    for text in lines {
        let line = chain.extend(text)?;
        if wanted(&line) {
            found.push((leaves.len(), text));
        }
        leaves.push(merkle::leaf(&digest(&line)));
    }
    chain.finish()?;
    let (head, tree) = (chain.head(), Tree::over(leaves));
    let proofs = found.into_iter().filter_map(|(place, line)| {
        Some(Inclusion {
            kind: "inclusion".to_owned(),
            format: 1,
            of: head.position,
            line: line.to_owned(),
            path: tree.path(place)?.iter().map(hex).collect(),
        })
    });
    let proofs = proofs.collect();
    let checkpoint = Checkpoint {
        kind: "checkpoint".to_owned(),
        format: 1,
        ledger: ledger.to_owned(),
        position: head.position,
        digest: head.digest.clone(),
        root: hex(&tree.root()),
    };
    Ok((checkpoint, proofs))
}

impl Inclusion {
    /// Reads a proof.
    ///
    /// # Errors
    /// Unsupported for another kind or format; else all problems of the document.
    pub fn read(document: &Value) -> Result<Self> {
        expect_kind(document, "inclusion")?;
        read_value(document)
    }

    /// What the line says, when the proof leads to the root of this checkpoint.
    ///
    /// # Errors
    /// An integrity error when the line does not fit its digest, or the proof does not lead to the root.
    pub fn proves(&self, checkpoint: &Checkpoint) -> Result<LineBody> {
        checkpoint.is_of(&checkpoint.ledger, "")?;
        let line = match Line::open(&self.line) {
            Some(line) => line?,
            None => {
                return Err(integrity(
                    "ledger.line_changed",
                    0,
                    "内容与其摘要不符，该行被改动、截断或重新排版".to_owned(),
                    "the bytes of the line do not match its digest".to_owned(),
                ));
            }
        };
        let path: Option<Vec<Hash>> = self.path.iter().map(|hash| unhex(hash)).collect();
        let place = line.body().sequence.sequence().checked_sub(1);
        let root = path.zip(place).and_then(|(path, place)| {
            merkle::root_of(
                place,
                checkpoint.position.sequence(),
                merkle::leaf(&digest(&line)),
                &path,
            )
        });
        let own = line.body().ledger == checkpoint.ledger && self.of == checkpoint.position;
        if !own || root.map(|root| hex(&root)).as_ref() != Some(&checkpoint.root) {
            return Err(integrity(
                "ledger.not_proven",
                line.body().sequence.sequence(),
                "该行与所给路径不能推出存证点的根，不能证明它在该账本之中".to_owned(),
                "line and path do not lead to the root of the checkpoint: nothing is proven".to_owned(),
            ));
        }
        Ok(line.body().clone())
    }
}

impl Checkpoint {
    /// Reads a checkpoint.
    ///
    /// # Errors
    /// Unsupported for another kind or format; else all problems of the document.
    pub fn read(document: &Value) -> Result<Self> {
        expect_kind(document, "checkpoint")?;
        read_value(document)
    }

    /// Refuses a checkpoint of another ledger, or with digests that are none.
    fn is_of(&self, ledger: &str, pointer: &str) -> Result<()> {
        let fault = if self.ledger != ledger {
            Some(("/ledger", "存证点属于另一账本", "the checkpoint is of another ledger"))
        } else if !is_sm3_hex(&self.digest) || !is_sm3_hex(&self.root) {
            Some((
                "/digest",
                "摘要应为 64 位小写十六进制",
                "digest and root are 64 lower-case hexadecimal digits",
            ))
        } else {
            None
        };
        let Some((place, zh, en)) = fault else { return Ok(()) };
        let finding = Finding::error("ledger.other_checkpoint", format!("{pointer}{place}"), zh, en);
        Err(Error::one(ErrorKind::Document, finding))
    }
}

fn integrity(code: &'static str, line: u32, zh: String, en: String) -> Error {
    let finding = Finding::error(code, format!("/{}", line.saturating_sub(1)), zh, en);
    Error::one(ErrorKind::Integrity, finding.about(line.to_string()))
}

fn digest(line: &Line) -> Hash {
    unhex(line.digest()).unwrap_or_default()
}

fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if !is_sm3_hex(text) {
        return None;
    }
    for (place, byte) in hash.iter_mut().enumerate() {
        let at = place.saturating_mul(2);
        *byte = u8::from_str_radix(text.get(at..at.saturating_add(2))?, 16).ok()?;
    }
    Some(hash)
}
