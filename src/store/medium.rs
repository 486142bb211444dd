//! What a store writes to: a file, and in the tests a file whose machine fails.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A growing row of bytes that outlives the process.
pub(super) trait Medium: Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> io::Result<u64>;
    /// The bytes from a place on.
    fn reader(&mut self, from: u64) -> io::Result<Box<dyn BufRead + '_>>;
    /// Puts bytes at the end. They may be lost, wholly or in part, until they are synced.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Forgets the bytes from a place on.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
    /// Returns once everything is where a power cut does not reach it.
    fn sync(&mut self) -> io::Result<()>;
    /// Whether whoever opens the same path now would find these bytes, and not another file put in their place.
    fn in_place(&self) -> io::Result<bool>;
}

/// A file that nobody else writes to.
#[derive(Debug)]
pub(super) struct Locked {
    file: File,
    path: PathBuf,
}

/// Why a file could not be taken.
#[derive(Debug)]
pub(super) enum Untaken {
    /// Another process, or another store in this one, writes to it.
    InUse,
    Io(io::Error),
}

impl From<io::Error> for Untaken {
    fn from(error: io::Error) -> Self {
        Untaken::Io(error)
    }
}

impl Locked {
    /// Makes a file that is not there yet, in a directory that knows of it for good.
    pub(super) fn create(path: &Path) -> Result<Self, Untaken> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        file.sync_all()?;
        sync_directory(path)?;
        Locked::lock(file, path)
    }

    /// Takes a file that is there.
    pub(super) fn open(path: &Path) -> Result<Self, Untaken> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        Locked::lock(file, path)
    }

    fn lock(file: File, path: &Path) -> Result<Self, Untaken> {
        match file.try_lock() {
            Ok(()) => Ok(Locked {
                file,
                path: path.to_owned(),
            }),
            Err(TryLockError::WouldBlock) => Err(Untaken::InUse),
            Err(TryLockError::Error(error)) => Err(Untaken::Io(error)),
        }
    }
}

/// A new name is safe once its directory is. Other systems than Unix do not let a directory be synced, and need not.
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

impl Medium for Locked {
    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn reader(&mut self, from: u64) -> io::Result<Box<dyn BufRead + '_>> {
        self.file.seek(SeekFrom::Start(from))?;
        Ok(Box::new(BufReader::with_capacity(1 << 16, &self.file)))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(bytes)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    #[cfg(unix)]
    fn in_place(&self) -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt;
        let own = self.file.metadata()?;
        match std::fs::metadata(&self.path) {
            Ok(there) => Ok((own.dev(), own.ino()) == (there.dev(), there.ino())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Elsewhere an open file cannot be put out of its place.
    #[cfg(not(unix))]
    fn in_place(&self) -> io::Result<bool> {
        Ok(true)
    }
}
