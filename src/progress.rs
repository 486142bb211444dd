//! Progress: how far long work has come, for whoever waits for it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, ErrorKind, Finding, Result};

/// A counter that long work moves and another thread reads. Reading never waits, and the work never calls back.
///
/// It counts steps of no fixed size; [`Reading::done`] and [`Reading::total`] only ever grow, and are equal once the work
/// has succeeded. The total is known soon after the work begins; of several pieces of work one after another under the
/// same counter it grows with each.
///
/// ```
/// use zeren::progress::Progress;
/// let progress = Progress::new();
/// let head = std::thread::scope(|scope| {
///     let work = scope.spawn(|| zeren::ledger::verify_watched("示例", [].iter().copied(), &progress));
///     let reading = progress.read(); // and again, as often as the screen wants
///     assert!(reading.done <= reading.total);
///     work.join()
/// });
/// assert!(head.is_ok_and(|head| head.is_ok()));
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Steps that are done.
    pub done: u64,
    /// Steps that there are; 0 before the work has begun.
    pub total: u64,
}

impl Progress {
    /// A counter of work that has not begun.
    pub const fn new() -> Self {
        Progress {
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
        }
    }

    /// How far the work has come.
    pub fn read(&self) -> Reading {
        // First what is done: the total read after it is never behind it.
        let done = self.done.load(Ordering::Acquire);
        let total = self.total.load(Ordering::Acquire);
        Reading { done, total }
    }

    /// Asks the work to stop. It is refused soon after as cancelled, with the state as it was; work that is as good as done
    /// may still succeed. All work under this counter is refused from now on.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }

    /// Whether the work was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    fn expect(&self, steps: usize) {
        self.total.fetch_add(wide(steps), Ordering::Release);
    }

    fn step(&self, steps: usize) -> Result<()> {
        self.done.fetch_add(wide(steps), Ordering::Release);
        if self.is_cancelled() { Err(cancelled()) } else { Ok(()) }
    }
}

/// Who waits for work, if anybody: what long work holds of a [`Progress`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch<'p>(Option<&'p Progress>);

impl<'p> Watch<'p> {
    pub(crate) const NOBODY: Watch<'static> = Watch(None);

    pub(crate) fn by(progress: &'p Progress) -> Self {
        Watch(Some(progress))
    }

    /// So many more steps are to be done.
    pub(crate) fn expect(self, steps: usize) {
        if let Some(progress) = self.0 {
            progress.expect(steps);
        }
    }

    /// So many steps are done.
    ///
    /// # Errors
    /// A refusal when the work was asked to stop.
    pub(crate) fn step(self, steps: usize) -> Result<()> {
        self.0.map_or(Ok(()), |progress| progress.step(steps))
    }
}

fn wide(steps: usize) -> u64 {
    u64::try_from(steps).unwrap_or(u64::MAX)
}

fn cancelled() -> Error {
    Error::one(
        ErrorKind::Cancelled,
        Finding::error(
            "progress.cancelled",
            "",
            "按要求中途停止，状态未变；需要结果的请重新执行",
            "stopped as asked; the state is as it was, run it again if its result is wanted",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_never_more_than_the_total() {
        let progress = Progress::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..20_000 {
                    progress.expect(1);
                    progress.step(1).unwrap();
                }
            });
            let mut before = progress.read();
            while before.done < 20_000 {
                let now = progress.read();
                assert!(now.done <= now.total && before.done <= now.done && before.total <= now.total);
                before = now;
            }
        });
        assert_eq!(
            progress.read(),
            Reading {
                done: 20_000,
                total: 20_000
            }
        );
        progress.cancel();
        assert_eq!(progress.step(1).unwrap_err().kind(), ErrorKind::Cancelled);
    }
}
