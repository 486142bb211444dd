//! Reading a file up to its last whole batch, and judging what comes behind it.

use std::io::{self, BufRead, Read};

use crate::document::MAX_BYTES;
use crate::error::{Error, Result};
use crate::ledger::{Line, ends_batch};
use crate::system::System;

/// Batches are taken over together up to about so many bytes: the fewer times, the less there is to do; the more at
/// once, the more memory.
const TOGETHER: usize = 1 << 20;

/// What power cuts leave of bytes that were not synced begins and ends where sectors do.
const SECTOR: u64 = 512;

/// How a file ends.
#[derive(Debug)]
pub(super) enum End {
    /// With a whole batch.
    Whole,
    /// With a whole batch whose last line lacks its line break.
    Unbroken,
    /// With bytes of a batch that was never finished; nobody was told that it is there.
    Torn,
    /// With a line that does not hold.
    Damaged(Error),
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct Scanned {
    /// Up to where it holds whole batches that were taken over.
    pub(super) whole: u64,
    /// How many bytes follow.
    pub(super) rest: u64,
    pub(super) end: End,
}

/// What stands between two line breaks.
struct Fragment {
    bytes: Vec<u8>,
    /// Whether a line break ended it.
    ended: bool,
}

/// Takes over all whole batches of a file of `length` bytes; `from` is where the first one that the system does not know begins.
///
/// # Errors
/// What the file's system refused.
pub(super) fn scan(reader: &mut dyn BufRead, system: &mut System, from: u64) -> io::Result<Scanned> {
    let mut scan = Scan {
        system,
        whole: from,
        unbroken: false,
    };
    let mut batches = Batches::default();
    loop {
        let line = next(reader)?;
        let Some(line) = line else { break };
        batches.push(line);
        if batches.size >= TOGETHER
            && batches.is_whole()
            && let Err(error) = scan.take(&mut batches)
        {
            return scan.judge(reader, batches, error);
        }
    }
    match scan.take(&mut batches) {
        Ok(()) => Ok(Scanned {
            whole: scan.whole,
            rest: 0,
            end: if scan.unbroken { End::Unbroken } else { End::Whole },
        }),
        Err(error) => scan.judge(reader, batches, error),
    }
}

/// The next line, without a bound on the file and with one on the line.
fn next(reader: &mut dyn BufRead) -> io::Result<Option<Fragment>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(2);
    reader.take(most).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let ended = bytes.last() == Some(&b'\n');
    Ok(Some(Fragment { bytes, ended }))
}

/// Lines that were read and not taken over yet.
#[derive(Default)]
struct Batches {
    lines: Vec<Fragment>,
    size: usize,
}

impl Batches {
    fn push(&mut self, line: Fragment) {
        self.size = self.size.saturating_add(line.bytes.len());
        self.lines.push(line);
    }

    fn is_whole(&self) -> bool {
        self.lines.last().is_some_and(|line| ends_batch(line.text()))
    }
}

impl Fragment {
    /// The text; what is no text is no line, so that it is refused where it stands.
    fn text(&self) -> &str {
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        std::str::from_utf8(bytes).unwrap_or("")
    }
}

struct Scan<'s> {
    system: &'s mut System,
    whole: u64,
    unbroken: bool,
}

impl Scan<'_> {
    /// Takes over what was read: all of it, or batch by batch as far as it holds, leaving the rest where it is.
    fn take(&mut self, batches: &mut Batches) -> Result<()> {
        if batches.lines.is_empty() {
            return Ok(());
        }
        if self.system.follow(batches.lines.iter().map(Fragment::text)).is_ok() {
            self.advance(batches, batches.lines.len());
            return Ok(());
        }
        loop {
            let length = batches.lines.iter().position(|line| ends_batch(line.text()));
            let length = length.map_or(batches.lines.len(), |last| last.saturating_add(1));
            let batch = batches.lines.iter().take(length);
            self.system.follow(batch.map(Fragment::text))?;
            self.advance(batches, length);
            if batches.lines.is_empty() {
                return Ok(());
            }
        }
    }

    fn advance(&mut self, batches: &mut Batches, lines: usize) {
        for line in batches.lines.drain(..lines.min(batches.lines.len())) {
            batches.size = batches.size.saturating_sub(line.bytes.len());
            self.whole = self.whole.saturating_add(wide(line.bytes.len()));
            self.unbroken = !line.ended;
        }
    }

    /// Tells a batch that was never finished from one that was changed later.
    fn judge(self, reader: &mut dyn BufRead, batches: Batches, error: Error) -> io::Result<Scanned> {
        let mut lines = batches.lines;
        let mut tail = Tail::default();
        let mut at = self.whole;
        let mut count: u64 = 0;
        loop {
            for line in lines.drain(..) {
                tail.note(&line, at);
                at = at.saturating_add(wide(line.bytes.len()));
                count = count.saturating_add(1);
            }
            match next(reader)? {
                Some(line) => lines.push(line),
                None => break,
            }
        }
        let torn = tail.has_hole(at)
            || error.code() == "ledger.batch_incomplete"
            // Only the very last line can be one that was cut.
            || (tail.is_cut && error.findings().first().is_some_and(|finding| {
                let failed = finding.subject.as_deref().and_then(|line| line.parse::<u64>().ok());
                let last = u64::from(self.system.head().position.sequence()).saturating_add(count);
                failed == Some(last)
            }));
        Ok(Scanned {
            whole: self.whole,
            rest: at.saturating_sub(self.whole),
            end: if torn { End::Torn } else { End::Damaged(error) },
        })
    }
}

/// What is known of the bytes behind the last whole batch.
#[derive(Default)]
struct Tail {
    /// Whether the last line lacks its line break and is not a whole line with something else in the break's place.
    is_cut: bool,
    /// Where a run of zeros began that has not ended, and where the bytes that were noted end.
    run: Option<u64>,
    hole: bool,
    start: Option<u64>,
}

impl Tail {
    fn note(&mut self, line: &Fragment, at: u64) {
        let start = *self.start.get_or_insert(at);
        let all_but_last = line.bytes.split_last().map_or(&[][..], |(_, rest)| rest);
        let whole = std::str::from_utf8(all_but_last).ok().and_then(Line::open).is_some();
        self.is_cut = !line.ended && !whole;
        for (byte, place) in line.bytes.iter().zip(at..) {
            match (byte, self.run) {
                (0, None) if place == start || place.is_multiple_of(SECTOR) => self.run = Some(place),
                (0, _) | (_, None) => {}
                (_, Some(from)) => {
                    self.hole |= place.is_multiple_of(SECTOR) && place > from.saturating_add(1);
                    self.run = None;
                }
            }
        }
    }

    /// Whether sectors that were never written stand in it as zeros: no document holds a zero byte.
    fn has_hole(&self, end: u64) -> bool {
        self.hole || self.run.is_some_and(|from| end > from.saturating_add(1))
    }
}

fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
