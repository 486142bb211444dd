//! Whether stored lines hold together.

use std::borrow::Cow;

use super::line::{Digest, place_of};
use super::peek::Peeked;
use super::{Head, Line, Position};
use crate::calendar::Timestamp;
use crate::document::{MAX_BYTES, Rereader, Sm3Digest, Written};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::progress::{Progress, Watch};

/// The end of a chain of lines, to which further lines are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub(super) ledger: String,
    pub(super) head: Head,
    pub(super) batch: u32,
    pub(super) open: bool,
}

/// Where a line says that it stands.
struct Stands<'a> {
    ledger: &'a str,
    sequence: Position,
    batch: u32,
    last: bool,
    previous: &'a str,
}

impl<'a> From<&'a Peeked<'_>> for Stands<'a> {
    fn from(peeked: &'a Peeked<'_>) -> Self {
        Stands {
            ledger: &peeked.ledger,
            sequence: Position::new(peeked.sequence),
            batch: peeked.batch,
            last: peeked.last,
            previous: peeked.previous,
        }
    }
}

/// What a line says beside its act and its own digest.
const OTHER_MEMBERS: usize = 7;

/// A line that was held to its chain, without its text.
#[derive(Clone, Debug)]
pub(crate) struct Followed<'t> {
    pub(crate) sequence: Position,
    pub(crate) batch: u32,
    pub(crate) time: Timestamp,
    pub(crate) operator: Cow<'t, str>,
    pub(crate) payload: Written,
    pub(crate) digest: Sm3Digest,
}

impl Chain {
    /// The start of a ledger.
    pub fn start(ledger: impl Into<String>) -> Self {
        Chain {
            ledger: ledger.into(),
            head: Head::empty(),
            batch: 0,
            open: false,
        }
    }

    /// The ledger.
    pub fn ledger(&self) -> &str {
        &self.ledger
    }

    /// Where the chain ends.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The number of the last batch; 0 before the first.
    pub fn batch(&self) -> u32 {
        self.batch
    }

    /// Holds the next stored line to the chain, and moves on.
    ///
    /// # Errors
    /// An integrity error that names the line and what about it does not hold. The chain stays where it was.
    pub fn extend(&mut self, text: &str) -> Result<Line> {
        let expected = self.next()?;
        let line = match Line::open(text) {
            None => {
                return Err(broken(
                    expected,
                    "ledger.line_changed",
                    "内容与其摘要不符，该行被改动、截断或重新排版",
                    "its bytes do not match its digest: it was changed, cut or re-formatted",
                ));
            }
            Some(Err(error)) => {
                let mut finding = broken_finding(
                    expected,
                    "ledger.not_a_line",
                    "不是账本记录行",
                    "it is not a ledger line",
                );
                finding.en = format!("{} ({error})", finding.en);
                return Err(Error::one(ErrorKind::Integrity, finding));
            }
            Some(Ok(line)) => line,
        };
        let body = line.body();
        let stands = Stands {
            ledger: &body.ledger,
            sequence: body.sequence,
            batch: body.batch,
            last: body.last,
            previous: &body.previous,
        };
        self.step(expected, &stands, line.digest())?;
        Ok(line)
    }

    /// Holds the next stored line to the chain without looking into its act, and moves on: the digest is checked, the act
    /// under it is not read. [`Chain::extend`] does both.
    ///
    /// # Errors
    /// As [`Chain::extend`], but for what only the act tells.
    pub fn hold(&mut self, text: &str) -> Result<()> {
        let Some((peeked, digest)) = place_of(text) else {
            return self.extend(text).map(drop);
        };
        let expected = self.next()?;
        self.step(expected, &Stands::from(&peeked), digest.hex)
    }

    /// As [`Chain::extend`], of a line that is read to be followed and let go: nothing of it is copied, and its act takes
    /// the room of the one before. A line that does not have the form in which lines are sealed is read there.
    ///
    /// # Errors
    /// As [`Chain::extend`].
    pub(crate) fn follow<'t>(&mut self, text: &'t str, acts: &mut Rereader) -> Result<Followed<'t>> {
        let read = |(peeked, digest): (Peeked<'t>, Digest<'t>)| {
            let entered = peeked.entered()?;
            let payload = acts.member(entered.act.as_bytes(), OTHER_MEMBERS).ok()?;
            Some((peeked, digest, entered, payload))
        };
        let place = place_of(text).filter(|_| text.len() <= MAX_BYTES);
        if let Some((peeked, digest, entered, payload)) = place.and_then(read) {
            let expected = self.next()?;
            self.step(expected, &Stands::from(&peeked), digest.hex)?;
            return Ok(Followed {
                sequence: expected,
                batch: peeked.batch,
                time: entered.time,
                operator: entered.operator,
                payload,
                digest: digest.value,
            });
        }
        let line = self.extend(text)?;
        let digest = Sm3Digest::from_hex(line.digest()).unwrap_or_default();
        let body = line.into_body();
        Ok(Followed {
            sequence: body.sequence,
            batch: body.batch,
            time: body.time,
            operator: Cow::Owned(body.operator),
            payload: body.payload,
            digest,
        })
    }

    fn next(&self) -> Result<Position> {
        self.head.position.next().ok_or_else(|| {
            broken(
                self.head.position,
                "ledger.full",
                "账本已达行数上限",
                "the ledger is full",
            )
        })
    }

    /// Moves on over a line that says it stands here, if it may.
    fn step(&mut self, expected: Position, line: &Stands<'_>, digest: &str) -> Result<()> {
        let fault = if line.ledger != self.ledger {
            Some(("ledger.other_ledger", "属于另一账本", "it belongs to another ledger"))
        } else if line.sequence != expected {
            Some((
                "ledger.sequence_broken",
                "序号不连续，有行缺失、重复或错位",
                "its sequence number does not follow: a line is missing, doubled or misplaced",
            ))
        } else if line.previous != self.head.digest {
            Some((
                "ledger.chain_broken",
                "所记前一行摘要与前一行不符",
                "it does not continue the line before it",
            ))
        } else if Some(line.batch)
            != (if self.open {
                Some(self.batch)
            } else {
                self.batch.checked_add(1)
            })
        {
            Some((
                "ledger.batch_broken",
                "批次号不连续",
                "its batch number does not follow",
            ))
        } else {
            None
        };
        if let Some((code, zh, en)) = fault {
            return Err(broken(expected, code, zh, en));
        }
        self.head.position = line.sequence;
        digest.clone_into(&mut self.head.digest);
        self.batch = line.batch;
        self.open = !line.last;
        Ok(())
    }

    /// Moves on over lines that were sealed at this very end as one whole batch; `head` is the last of them.
    pub fn sealed(&mut self, head: Head) {
        self.head = head;
        self.batch = self.batch.saturating_add(1);
    }

    /// Refuses a chain that ends inside a batch.
    ///
    /// # Errors
    /// An integrity error that names the last line.
    pub fn finish(&self) -> Result<()> {
        if self.open {
            return Err(broken(
                self.head.position,
                "ledger.batch_incomplete",
                "之后缺少同一批次的其余行，整批不予采用",
                "the rest of its batch is missing; the batch is not taken",
            ));
        }
        Ok(())
    }
}

/// Checks a whole ledger from its first line and gives its head.
///
/// Without a head kept elsewhere this finds accidents and partial edits; it cannot find an owner who rewrites the whole
/// chain or cuts its tail.
///
/// # Errors
/// An integrity error that names the first line that does not hold.
pub fn verify<'t>(ledger: &str, lines: impl IntoIterator<Item = &'t str>) -> Result<Head> {
    verified(ledger, lines, Watch::NOBODY)
}

/// As [`verify`], under the eyes of whoever waits: a step a line. The lines are gone through twice, first to count them.
///
/// # Errors
/// As [`verify`]; a refusal when the work was asked to stop.
pub fn verify_watched<'t>(
    ledger: &str,
    lines: impl IntoIterator<Item = &'t str, IntoIter: Clone>,
    progress: &Progress,
) -> Result<Head> {
    let (lines, watch) = (lines.into_iter(), Watch::by(progress));
    watch.expect(lines.clone().count());
    verified(ledger, lines, watch)
}

fn verified<'t>(ledger: &str, lines: impl IntoIterator<Item = &'t str>, watch: Watch<'_>) -> Result<Head> {
    let mut chain = Chain::start(ledger);
    for text in lines {
        chain.hold(text)?;
        watch.step(1)?;
    }
    chain.finish()?;
    Ok(chain.head)
}

fn broken(at: Position, code: &'static str, zh: &str, en: &str) -> Error {
    Error::one(ErrorKind::Integrity, broken_finding(at, code, zh, en))
}

fn broken_finding(at: Position, code: &'static str, zh: &str, en: &str) -> Finding {
    let index = at.sequence().saturating_sub(1);
    Finding::error(
        code,
        format!("/{index}"),
        format!("第 {at} 行：{zh}"),
        format!("line {at}: {en}"),
    )
    .about(at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Timestamp;
    use crate::document::{Written, parse};
    use crate::ledger::LineBody;

    fn ledger() -> Vec<String> {
        let mut chain = Chain::start("示例");
        let mut lines = Vec::new();
        for (batch, last) in [(1, true), (2, false), (2, true), (3, true)] {
            let line = Line::seal(LineBody {
                ledger: "示例".into(),
                sequence: chain.head().position.next().unwrap(),
                batch,
                last,
                time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
                operator: "录入员-1".into(),
                payload: Written::parse("{\"a\": \"甲\", \"b\": [1.50, \"x\\ny\"]}".as_bytes()).unwrap(),
                previous: chain.head().digest.clone(),
            });
            assert_eq!(chain.extend(line.text()).unwrap(), line);
            lines.push(line.text().to_owned());
        }
        lines
    }

    fn fault(lines: &[String]) -> (&'static str, String) {
        let error = verify("示例", lines.iter().map(String::as_str)).unwrap_err();
        (error.code(), error.findings()[0].subject.clone().unwrap())
    }

    #[test]
    fn a_whole_ledger_holds() {
        let lines = ledger();
        let head = verify("示例", lines.iter().map(String::as_str)).unwrap();
        assert_eq!(head.position, Position::new(4));
        assert!(head.is_well_formed());
        assert!(
            lines
                .iter()
                .all(|line| parse(line.as_bytes()).is_ok() && !line.contains('\n'))
        );
    }

    #[test]
    fn every_flipped_bit_names_its_line() {
        let lines = ledger();
        for (index, line) in lines.iter().enumerate() {
            for at in 0..line.len() {
                for bit in 0..8 {
                    let mut bytes = line.clone().into_bytes();
                    bytes[at] ^= 1 << bit;
                    // Bytes that are no text any more are refused before they come here.
                    let Ok(changed) = String::from_utf8(bytes) else {
                        continue;
                    };
                    let mut lines = lines.clone();
                    lines[index] = changed;
                    assert_eq!(fault(&lines), ("ledger.line_changed", (index + 1).to_string()));
                }
            }
        }
    }

    #[test]
    fn lines_out_of_place_are_named() {
        let lines = ledger();
        let without = |gone: usize| {
            let mut lines = lines.clone();
            lines.remove(gone);
            fault(&lines)
        };
        assert_eq!(without(0), ("ledger.sequence_broken", "1".into()));
        assert_eq!(without(1), ("ledger.sequence_broken", "2".into()));
        assert_eq!(fault(&lines[..2]), ("ledger.batch_incomplete", "2".into()));
        assert_eq!(
            verify("别处", [lines[0].as_str()]).unwrap_err().code(),
            "ledger.other_ledger"
        );
    }

    #[test]
    fn a_line_sealed_again_breaks_the_next() {
        let lines = ledger();
        let mut body = Line::open(&lines[1]).unwrap().unwrap().body().clone();
        body.operator = "别人".into();
        let mut forged = lines.clone();
        forged[1] = Line::seal(body).text().to_owned();
        assert_eq!(fault(&forged), ("ledger.chain_broken", "3".into()));
    }

    /// A line that somebody sealed in a form of his own.
    fn sealed_as(body: &str) -> String {
        let digest = crate::document::sm3_hex(body.as_bytes());
        format!("{body},\"digest\":\"{digest}\"}}")
    }

    #[test]
    fn a_line_followed_is_the_line_read_in_whatever_form_it_was_sealed() {
        let zeros = "0".repeat(64);
        let line = |ledger: &str, sequence: &str, time: &str, operator: &str, payload: &str| {
            format!(
                r#"{{"ledger":{ledger},"sequence":{sequence},"batch":1,"last":true,"time":{time},"operator":{operator},"payload":{payload},"previous":"{zeros}""#
            )
        };
        let time = r#""2022-12-31T09:00:00+08:00""#;
        let plain = line(r#""示例""#, "1", time, r#""a""#, r#"{"a":1}"#);
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let whole = [
            plain.clone(),
            line(
                r#""\u793a例""#,
                "1",
                time,
                r#""a""#,
                r#"{"b": [1.50, "\n"], "a": null}"#,
            ),
            line(r#""示例""#, "1", time, r#""a\"b\\""#, r#"",\"previous\":\"""#),
            line(r#""示例""#, "1", r#""2022-12-31T09:00:00Z""#, r#""甲 乙""#, "7"),
            line(r#""示例""#, "1", time, r#""a""#, &deep(127)),
            plain.replace("\"operator\":", " \"operator\" : "),
            plain.replace("\"sequence\":1,\"batch\":1", "\"batch\":1,\"sequence\":1"),
        ];
        let refused = [
            line(r#""示例""#, "01", time, r#""a""#, "{}"),
            line(r#""示例""#, "2", time, r#""a""#, "{}"),
            line(r#""别处""#, "1", time, r#""a""#, "{}"),
            line(r#""示例""#, "1", r#""2022-12-32T09:00:00Z""#, r#""a""#, "{}"),
            line(r#""示例""#, "1", time, "\"a\tb\"", "{}"),
            line(r#""示例""#, "1", time, "7", "{}"),
            line(r#""示例""#, "1", time, r#""""#, "{}"),
            line(r#""示例""#, "1", time, r#""a ""#, "{}"),
            line(r#""示例""#, "1", time, &format!("\"{}\"", "a".repeat(40_001)), "{}"),
            line(r#""示例""#, "1", time, r#""a""#, r#"{"a":1,"a":2}"#),
            line(r#""示例""#, "1", time, r#""a""#, r#"{},"more":{}"#),
            line(r#""示例""#, "1", time, r#""a""#, ""),
            line(r#""示例""#, "1", time, r#""a""#, &deep(128)),
            plain.replace(&zeros, &"0".repeat(63)),
            plain.replace(&zeros, &"g".repeat(64)),
            plain.replace("\"operator\":\"a\",", ""),
        ];
        let mut acts = Rereader::default();
        for (body, holds) in whole
            .iter()
            .map(|body| (body, true))
            .chain(refused.iter().map(|body| (body, false)))
        {
            let text = sealed_as(body);
            let (mut read, mut followed) = (Chain::start("示例"), Chain::start("示例"));
            let line = read.extend(&text);
            assert_eq!(line.is_ok(), holds, "{body}: {line:?}");
            match (line, followed.follow(&text, &mut acts)) {
                (Ok(line), Ok(own)) => {
                    let body = line.body();
                    assert_eq!(
                        (own.sequence, own.batch, &own.time),
                        (body.sequence, body.batch, &body.time)
                    );
                    assert_eq!((&*own.operator, &own.payload), (body.operator.as_str(), &body.payload));
                    assert_eq!(own.digest.to_string(), line.digest());
                }
                (Err(error), Err(own)) => assert_eq!(error, own),
                (line, own) => panic!("{body}: read as {line:?}, followed as {own:?}"),
            }
            assert_eq!(read, followed);
        }
    }
}
