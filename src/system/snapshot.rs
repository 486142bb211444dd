//! Snapshots: a state as bytes, so that a host starts without replaying its ledger.

use super::{State, System};
use crate::document::{Keep, Keeper, Kept, kept};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Chain;

/// What a snapshot begins with. The state's form belongs to one version of the library; the number counts forms within a version.
const HEADER: &str = concat!("zeren snapshot ", env!("CARGO_PKG_VERSION"), " 2\n");
/// What those of all versions begin with.
const FAMILY: &str = "zeren snapshot ";

/// What a snapshot holds behind its header: where the ledger ends, and the state there.
struct Snapshot {
    chain: Chain,
    state: State,
}

kept!(struct Snapshot { chain, state });

impl System {
    /// The state as bytes, for [`System::from_snapshot`]. The same state gives the same bytes.
    ///
    /// A snapshot saves the time of a replay and proves nothing: keep the ledger's lines, and verify those. It is read by the
    /// version of the library that wrote it.
    ///
    /// ```
    /// # use zeren::system::System;
    /// let system = System::new("示例新区");
    /// let opened = System::from_snapshot("示例新区", &system.snapshot())?;
    /// assert_eq!(opened.head(), system.head());
    /// # Ok::<(), zeren::error::Error>(())
    /// ```
    pub fn snapshot(&self) -> Vec<u8> {
        let mut plain = self.clone();
        plain.take_back();
        let snapshot = Snapshot {
            chain: plain.chain,
            state: plain.state,
        };
        let mut keeper = Keeper::default();
        keeper.raw(HEADER.as_bytes());
        snapshot.keep(&mut keeper);
        let mut bytes = keeper.into_bytes();
        let sum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// The state that a snapshot holds; follow the lines that came since. Where this fails, replay the lines.
    ///
    /// # Errors
    /// Unsupported when another version of the library wrote it; an integrity error when it was changed or cut, or is of
    /// another ledger.
    pub fn from_snapshot(ledger: &str, bytes: &[u8]) -> Result<Self> {
        if bytes.starts_with(FAMILY.as_bytes()) && !bytes.starts_with(HEADER.as_bytes()) {
            return Err(refused(
                ErrorKind::Unsupported,
                "system.snapshot_of_other_version",
                "快照由本库另一版本写成，请改由账本各行重放",
                "another version of the library wrote the snapshot; replay the lines of the ledger instead",
            ));
        }
        let Some(Snapshot { chain, state }) = open(bytes) else {
            return Err(refused(
                ErrorKind::Integrity,
                "system.snapshot_damaged",
                "快照不完整或被改动，请改由账本各行重放",
                "the snapshot is not whole or was changed; replay the lines of the ledger instead",
            ));
        };
        if chain.ledger() != ledger {
            return Err(refused(
                ErrorKind::Integrity,
                "ledger.other_ledger",
                "快照属于另一账本",
                "the snapshot is of another ledger",
            ));
        }
        Ok(System {
            chain,
            state,
            tried: None,
        })
    }
}

fn open(bytes: &[u8]) -> Option<Snapshot> {
    let (bytes, sum) = bytes.split_last_chunk::<4>()?;
    let held = bytes.strip_prefix(HEADER.as_bytes())?;
    if crc32fast::hash(bytes) != u32::from_le_bytes(*sum) {
        return None;
    }
    let mut kept = Kept::new(held);
    let snapshot = Snapshot::kept(&mut kept)?;
    kept.is_empty().then_some(snapshot)
}

fn refused(kind: ErrorKind, code: &'static str, zh: &str, en: &str) -> Error {
    Error::one(kind, Finding::error(code, "", zh, en))
}
