//! The snapshot beside a store's file (`账本.jsonl.snapshot`): so that opening reads only the lines that came since.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::medium::{Medium, sync_directory};
use crate::system::System;

/// A state, and up to where the file holds what led to it.
pub(super) struct Saved {
    pub(super) system: System,
    pub(super) whole: u64,
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Writes a snapshot in one step: there is the old one or the new one, never a part.
pub(super) fn write(path: &Path, system: &System, whole: u64) -> io::Result<()> {
    let (place, draft) = (beside(path, ".snapshot"), beside(path, ".snapshot.part"));
    let mut file = File::create(&draft)?;
    file.write_all(&whole.to_le_bytes())?;
    file.write_all(&system.snapshot())?;
    file.sync_all()?;
    fs::rename(&draft, &place)?;
    sync_directory(path)
}

/// The snapshot of this ledger, if there is one of this version that was not changed.
///
/// # Errors
/// What is wrong with one that cannot be used: the lines are replayed instead.
pub(super) fn read(path: &Path, ledger: &str) -> Option<Result<Saved, String>> {
    let bytes = match fs::read(beside(path, ".snapshot")) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return Some(Err(error.to_string())),
    };
    let Some((whole, snapshot)) = bytes.split_first_chunk::<8>() else {
        return Some(Err("it is cut".to_owned()));
    };
    let system = System::from_snapshot(ledger, snapshot);
    Some(match system {
        Ok(system) => Ok(Saved {
            system,
            whole: u64::from_le_bytes(*whole),
        }),
        Err(error) => Err(error.code().to_owned()),
    })
}

/// Whether the file holds the lines that led to the snapshot: the last of them ends where it should, with its digest.
pub(super) fn continues(medium: &mut dyn Medium, saved: &Saved) -> io::Result<bool> {
    let ending = format!("\"digest\":\"{}\"}}\n", saved.system.head().digest);
    let length = u64::try_from(ending.len()).unwrap_or(u64::MAX);
    let Some(from) = saved.whole.checked_sub(length) else {
        return Ok(saved.whole == 0 && saved.system.head().position.sequence() == 0);
    };
    if medium.length()? < saved.whole {
        return Ok(false);
    }
    let mut found = vec![0; ending.len()];
    medium.reader(from)?.read_exact(&mut found)?;
    Ok(found == ending.as_bytes())
}
