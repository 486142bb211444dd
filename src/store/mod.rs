//! A store (账本文件): a ledger's lines in one file, for hosts without a database. The only room that opens files.
//!
//! The file holds the lines of the ledger as [`Prepared`] gives them, one a line of text, and nothing else: any tool that
//! shows text shows it, and what stands in a database table can be written out to it. The pattern is that of a database:
//! prepare, [`Store::append`], commit.
//!
//! * What [`Store::append`] has acknowledged was synced, and is there after a crash of the process or the machine. Of a
//!   batch that it has not acknowledged nothing is there or all of it, and the same acts handed in again are not
//!   entered twice.
//! * A file has one writer at a time; the lock is the operating system's. On network file systems it is as good as theirs.
//! * Opening changes nothing. A tail that was never finished is told as a finding and replaced by the next batch; a line
//!   that was changed is an error, and [`read`] gives what stands before it.
//! * A tail that somebody cut off at the end of a batch cannot be seen in the file itself: keep a checkpoint elsewhere
//!   ([`crate::ledger::checkpoint`]).
//! * [`Store::save_snapshot`] makes the next opening fast.
//!
//! ```
//! use zeren::store::Store;
//! use zeren::system::Request;
//! # let directory = std::env::temp_dir().join(format!("zeren-store-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&directory)?;
//! # let path = directory.join("账本.jsonl");
//! # let _ = std::fs::remove_file(&path);
//! let request: Request = zeren::document::read(r#"{
//!   "head": {"position": 0, "digest": "0000000000000000000000000000000000000000000000000000000000000000"},
//!   "time": "2022-01-04T09:00:00+08:00", "operator": "u-17",
//!   "acts": [{"act": "edges.declared", "id": "a-1", "effective": "2022-01-01",
//!             "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true}]}]
//! }"#.as_bytes())?;
//! let (mut store, mut system) = Store::create(&path, "示例新区")?;
//! let prepared = system.prepare(&request)?;
//! store.append(&prepared)?;
//! system.commit(prepared)?;
//! drop(store);
//!
//! let opened = Store::open(&path, "示例新区")?;
//! assert_eq!(opened.system.head(), system.head());
//! # std::fs::remove_dir_all(&directory)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod medium;
mod said;
mod saved;
mod scan;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use medium::{Locked, Medium};
use saved::Saved;
use scan::{End, Scanned, scan};

use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Head;
use crate::system::{Prepared, System};

/// A ledger's file, open for writing. It is closed, and free for another writer, when it is dropped.
pub struct Store {
    medium: Box<dyn Medium>,
    path: PathBuf,
    head: Head,
    /// Up to where the file holds whole batches.
    whole: u64,
    /// How many bytes follow that are none.
    rest: u64,
    /// Whether the last line lacks its line break.
    unbroken: bool,
    /// Whether it is unknown what the file holds since a write.
    doubtful: bool,
}

/// What [`Store::open`] gives.
#[derive(Debug)]
pub struct Opened {
    /// Where further batches go.
    pub store: Store,
    /// The state that the file's lines lead to.
    pub system: System,
    /// What was noticed: a tail that was never finished.
    pub findings: Vec<Finding>,
}

/// What [`read`] gives.
#[derive(Debug)]
pub struct Reading {
    /// The state that the lines lead to, as far as they hold.
    pub system: System,
    /// A tail that was never finished; the first line that does not hold, as an error.
    pub findings: Vec<Finding>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .field("head", &self.head)
            .field("whole", &self.whole)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new file for an empty ledger of this id.
    ///
    /// # Errors
    /// A storage error when the file is there already or cannot be made.
    pub fn create(path: impl AsRef<Path>, ledger: impl Into<String>) -> Result<(Self, System)> {
        let path = path.as_ref();
        let file = Locked::create(path).map_err(|error| said::untaken(path, error))?;
        let opened = Store::over(Box::new(file), path, System::new(ledger), 0)?;
        Ok((opened.store, opened.system))
    }

    /// Opens a file and replays its lines; where [`Store::save_snapshot`] left a snapshot that this version wrote, only
    /// those that came since. The file is not changed.
    ///
    /// # Errors
    /// A storage error when there is no such file, when it cannot be written to or when another writer has it; an integrity
    /// error that names the first line that does not hold, or when the lines that led to the snapshot are not there; an
    /// unsupported format when a newer version wrote a line.
    pub fn open(path: impl AsRef<Path>, ledger: impl Into<String>) -> Result<Opened> {
        let path = path.as_ref();
        let mut file = Locked::open(path).map_err(|error| said::untaken(path, error))?;
        let ledger = ledger.into();
        let saved = match saved::read(path, &ledger) {
            None => return Store::over(Box::new(file), path, System::new(ledger), 0),
            Some(Ok(saved)) => saved,
            Some(Err(why)) => {
                let mut opened = Store::over(Box::new(file), path, System::new(ledger), 0)?;
                opened.findings.push(said::snapshot_unused(path, &why));
                return Ok(opened);
            }
        };
        if !saved::continues(&mut file, &saved).map_err(|error| said::failed(path, &error))? {
            return Err(said::cut(path, saved.system.head().position.sequence()));
        }
        let Saved { system, whole } = saved;
        Store::over(Box::new(file), path, system, whole)
    }

    fn over(mut medium: Box<dyn Medium>, path: &Path, mut system: System, from: u64) -> Result<Opened> {
        let scanned = medium
            .reader(from)
            .and_then(|mut reader| scan(&mut *reader, &mut system, from))
            .map_err(|error| said::failed(path, &error))?;
        let mut findings = Vec::new();
        let Scanned { whole, rest, end } = scanned;
        let unbroken = matches!(end, End::Unbroken);
        match end {
            End::Whole | End::Unbroken => {}
            End::Torn => findings.push(said::tail(path, system.head().position.sequence(), rest)),
            End::Damaged(error) => return Err(said::line(error)),
        }
        let store = Store {
            medium,
            path: path.to_owned(),
            head: system.head().clone(),
            whole,
            rest,
            unbroken,
            doubtful: false,
        };
        Ok(Opened {
            store,
            system,
            findings,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The head of what the file holds.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Writes a prepared batch and returns once it is synced; commit it then. Where this fails, drop it.
    ///
    /// # Errors
    /// A conflict when the batch does not continue what the file holds; a storage error when the file does not take it, or
    /// was changed or replaced by others. The file then holds what it held, as soon as it is opened again.
    pub fn append(&mut self, prepared: &Prepared) -> Result<()> {
        if *prepared.base() != self.head {
            return Err(self.other_head());
        }
        let Some(head) = prepared.head() else {
            return Ok(());
        };
        self.unchanged()?;
        let mut bytes = String::new();
        if self.unbroken {
            bytes.push('\n');
        }
        for line in prepared.lines() {
            bytes.push_str(line);
            bytes.push('\n');
        }
        self.write(bytes.as_bytes())?;
        self.head = head;
        Ok(())
    }

    /// Leaves a snapshot of the state beside the file, so that the next opening need not replay what led to it. It proves
    /// nothing and may be deleted at any time; [`read`] looks at every line whatever there is.
    ///
    /// # Errors
    /// A conflict when the state is not that of the file; a storage error when the snapshot cannot be written. An older one
    /// then stays.
    pub fn save_snapshot(&self, system: &System) -> Result<()> {
        if *system.head() != self.head {
            return Err(self.other_head());
        }
        if self.unbroken {
            // The next batch adds the line break; until then nothing ends where a snapshot would say.
            return Ok(());
        }
        self.unchanged()?;
        saved::write(&self.path, system, self.whole).map_err(|error| self.failed(&error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if self.rest > 0 {
            self.doubtful = true;
            self.medium.truncate(self.whole).map_err(|error| self.failed(&error))?;
            self.rest = 0;
            self.doubtful = false;
        }
        if let Err(error) = self.medium.append(bytes) {
            self.doubtful = self.medium.truncate(self.whole).is_err();
            return Err(self.failed(&error));
        }
        if let Err(error) = self.medium.sync() {
            // What was not synced once may be dropped without a word: a second try that succeeds would prove nothing.
            self.doubtful = true;
            return Err(self.failed(&error));
        }
        self.whole = self
            .whole
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.unbroken = false;
        Ok(())
    }

    /// Refuses to write where the file is not as this store left it.
    fn unchanged(&self) -> Result<()> {
        if self.doubtful {
            return Err(said::refused(
                &self.path,
                "store.doubtful",
                "上次写入失败，其内容须重新核对：请关闭后重新打开，再提交同样的行为",
                "failed to take an earlier batch, so what it holds must be looked at again: close it, open it, and hand in the same acts again",
            ));
        }
        let there = self.medium.in_place().map_err(|error| self.failed(&error))?;
        let length = self.medium.length().map_err(|error| self.failed(&error))?;
        if !there {
            return Err(said::refused(
                &self.path,
                "store.replaced",
                "已被移走或换成另一文件，请关闭后核对，再重新打开",
                "was moved away or another file was put in its place; close it, see what happened, then open it again",
            ));
        }
        if length != self.whole.saturating_add(self.rest) {
            return Err(said::refused(
                &self.path,
                "store.changed_outside",
                "打开以后被其他程序改动，请关闭后重新打开",
                "was changed by another program since it was opened; close it and open it again",
            ));
        }
        Ok(())
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        said::failed(&self.path, error)
    }

    fn other_head(&self) -> Error {
        let at = self.head.position;
        Error::one(
            ErrorKind::Conflict,
            Finding::error(
                "store.other_head",
                "/head",
                format!("这批行为不接在文件第 {at} 行之后：请用与该文件一同打开的状态"),
                format!("the batch does not continue line {at} of the file: use the state that was opened with it"),
            ),
        )
    }
}

/// Reads a file without writing to it and whoever else has it: the state up to its last whole batch that holds, and what is wrong behind it.
///
/// # Errors
/// A storage error when the file cannot be read.
pub fn read(path: impl AsRef<Path>, ledger: impl Into<String>) -> Result<Reading> {
    let path = path.as_ref();
    let mut system = System::new(ledger);
    let scanned = File::open(path).and_then(|file| {
        let mut reader = BufReader::with_capacity(1 << 16, file);
        scan(&mut reader, &mut system, 0)
    });
    let scanned = scanned.map_err(|error| said::failed(path, &error))?;
    let findings = match scanned.end {
        End::Whole | End::Unbroken => Vec::new(),
        End::Torn => vec![said::tail(path, system.head().position.sequence(), scanned.rest)],
        End::Damaged(error) => said::line(error).findings().to_vec(),
    };
    Ok(Reading { system, findings })
}
