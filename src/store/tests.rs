//! What no test on a real disk shows: a machine that loses power, a disk that is full, a sync that fails.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Cursor};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use super::*;
use crate::system::Request;

/// A disk as it is behind a cache: what was written and not synced may get there in part.
#[derive(Default)]
struct Disk {
    safe: Vec<u8>,
    seen: Vec<u8>,
    /// How many bytes fit.
    room: Option<usize>,
    syncs_fail: bool,
}

#[derive(Clone, Default)]
struct Machine(Arc<Mutex<Disk>>);

impl Machine {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap()
    }

    fn store(&self) -> Result<Opened> {
        Store::over(Box::new(self.clone()), Path::new("账本.jsonl"), System::new("示例"), 0)
    }

    /// Loses power. Of what was not synced, the sectors get there that `reaches` says, and of the
    /// new length as much as `cut` says, or all.
    fn crash(&self, mut reaches: impl FnMut() -> bool, cut: Option<usize>) {
        let mut disk = self.disk();
        let common = disk
            .safe
            .iter()
            .zip(&disk.seen)
            .take_while(|(one, other)| one == other)
            .count();
        let mut after = disk.seen.clone();
        let mut lost = false;
        for (place, byte) in after.iter_mut().enumerate().skip(common) {
            if place == common || place % 512 == 0 {
                lost = !reaches();
            }
            if lost {
                *byte = 0;
            }
        }
        if let Some(kept) = cut {
            after.truncate(common + kept);
        }
        disk.safe.clone_from(&after);
        disk.seen = after;
    }
}

impl Medium for Machine {
    fn length(&self) -> io::Result<u64> {
        Ok(self.disk().seen.len() as u64)
    }
    fn reader(&mut self, from: u64) -> io::Result<Box<dyn BufRead + '_>> {
        let bytes = self.disk().seen[usize::try_from(from).unwrap()..].to_vec();
        Ok(Box::new(Cursor::new(bytes)))
    }
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.disk();
        let room = disk.room.unwrap_or(usize::MAX).saturating_sub(disk.seen.len());
        let fits = bytes.len().min(room);
        disk.seen.extend_from_slice(&bytes[..fits]);
        if fits < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.disk().seen.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
    fn sync(&mut self) -> io::Result<()> {
        let mut disk = self.disk();
        if disk.syncs_fail {
            return Err(io::Error::other("the disk does not answer"));
        }
        disk.safe = disk.seen.clone();
        Ok(())
    }
    fn in_place(&self) -> io::Result<bool> {
        Ok(true)
    }
}

/// A batch of so many acts, of which the ids begin with a number.
fn batch(system: &System, number: u32, acts: u32) -> Request {
    let head = system.head();
    let acts: Vec<String> = (0..acts)
        .map(|act| {
            format!(
                r#"{{"act": "edges.declared", "id": "a-{number}-{act}", "effective": "2022-01-01",
                   "edges": [{{"id": "e-{number}-{act}", "name": "第{number}批之{act}", "single": true, "acyclic": true}}]}}"#
            )
        })
        .collect();
    let request = format!(
        r#"{{"head": {{"position": {}, "digest": "{}"}}, "time": "2022-01-04T09:00:00+08:00", "operator": "u", "acts": [{}]}}"#,
        head.position,
        head.digest,
        acts.join(",")
    );
    Request::parse(request.as_bytes()).unwrap()
}

fn enter(store: &mut Store, system: &mut System, number: u32, acts: u32) -> Result<()> {
    let prepared = system.prepare(&batch(system, number, acts))?;
    store.append(&prepared)?;
    system.commit(prepared)
}

/// Numbers from a seed: the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

#[test]
fn after_a_power_cut_there_are_the_acknowledged_batches_and_no_half_one() {
    let mut draw = Draw(0x5EED);
    let mut endings = BTreeSet::new();
    for _ in 0..300 {
        let machine = Machine::default();
        let Opened {
            mut store, mut system, ..
        } = machine.store().unwrap();
        let mut number = 0;
        for _ in 0..4 {
            for _ in 0..=draw.below(3) {
                number += 1;
                enter(&mut store, &mut system, number, 1 + draw.below(4) as u32).unwrap();
            }
            let acknowledged = system.clone();
            // Written, and the power goes before it is synced.
            machine.disk().syncs_fail = true;
            number += 1;
            let acts = 1 + draw.below(4) as u32;
            let prepared = system.prepare(&batch(&system, number, acts)).unwrap();
            assert_eq!(store.append(&prepared).unwrap_err().code(), "store.io");
            let mut finished = acknowledged.clone();
            finished.commit(prepared).unwrap();
            machine.disk().syncs_fail = false;
            let kept = draw.below(3);
            let cut = [None, Some(0), Some(usize::try_from(draw.below(900)).unwrap())]
                [usize::try_from(draw.below(3)).unwrap()];
            machine.crash(|| draw.below(3) >= kept, cut);
            let Ok(opened) = machine.store() else {
                // One lost byte at the end of a sector looks as if somebody had changed it: it is left to people.
                assert_eq!(store.whole % 512, 511);
                break;
            };
            let whole = opened.system.head() == finished.head();
            assert!(
                whole || opened.system.head() == acknowledged.head(),
                "an acknowledged batch is gone"
            );
            let expected = if whole { &finished } else { &acknowledged };
            assert!(opened.system == *expected);
            endings.insert((whole, opened.findings.iter().map(|finding| finding.code).next()));
            Opened { store, system, .. } = opened;
            // It goes on from there, the same acts not twice.
            number += 1;
            enter(&mut store, &mut system, number, 2).unwrap();
            assert!(machine.store().unwrap().system == system);
        }
    }
    let reached: Vec<_> = endings.into_iter().collect();
    assert_eq!(
        reached,
        [(false, None), (false, Some("store.tail_dropped")), (true, None)]
    );
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let machine = Machine::default();
    let Opened {
        mut store, mut system, ..
    } = machine.store().unwrap();
    enter(&mut store, &mut system, 1, 2).unwrap();
    let before = (machine.disk().seen.clone(), system.clone());
    machine.disk().room = Some(before.0.len() + 700);
    let error = enter(&mut store, &mut system, 2, 3).unwrap_err();
    assert_eq!((error.code(), error.kind()), ("store.full", ErrorKind::Storage));
    assert_eq!(machine.disk().seen, before.0);
    assert!(system == before.1);
    machine.disk().room = None;
    enter(&mut store, &mut system, 2, 3).unwrap();
    assert!(machine.store().unwrap().system == system);
}

#[test]
fn a_store_that_could_not_sync_asks_to_be_opened_again() {
    let machine = Machine::default();
    let Opened {
        mut store, mut system, ..
    } = machine.store().unwrap();
    machine.disk().syncs_fail = true;
    assert_eq!(enter(&mut store, &mut system, 1, 1).unwrap_err().code(), "store.io");
    machine.disk().syncs_fail = false;
    assert_eq!(
        enter(&mut store, &mut system, 1, 1).unwrap_err().code(),
        "store.doubtful"
    );
    let Opened {
        mut store, mut system, ..
    } = machine.store().unwrap();
    // The batch got there after all: handed in again it is not entered twice.
    assert_eq!(system.head().position.sequence(), 1);
    enter(&mut store, &mut system, 1, 1).unwrap();
    assert_eq!(system.head().position.sequence(), 1);
}

#[test]
fn every_cut_of_a_file_opens_at_its_last_whole_batch() {
    let machine = Machine::default();
    let Opened {
        mut store, mut system, ..
    } = machine.store().unwrap();
    let mut ends = vec![(0, system.clone())];
    for (number, acts) in [(1, 1), (2, 3), (3, 2)] {
        enter(&mut store, &mut system, number, acts).unwrap();
        ends.push((machine.disk().seen.len(), system.clone()));
    }
    let all = machine.disk().seen.clone();
    for cut in 0..=all.len() {
        machine.disk().seen = all[..cut].to_vec();
        let opened = machine.store().unwrap();
        // The line break behind a whole batch may be missing.
        let (end, state) = ends.iter().rev().find(|(end, _)| *end <= cut + 1).unwrap();
        let (end, state) = if *end == cut + 1 && *end != 0 {
            (cut, state)
        } else {
            (*end, state)
        };
        assert!(opened.system == *state, "cut at {cut}");
        assert_eq!(!opened.findings.is_empty(), cut > end, "cut at {cut}");
        let Opened {
            mut store, mut system, ..
        } = opened;
        enter(&mut store, &mut system, 9, 1).unwrap();
        assert!(machine.store().unwrap().system == system, "cut at {cut}");
    }
}

#[test]
fn every_changed_byte_is_named_and_nothing_is_written() {
    let machine = Machine::default();
    let Opened {
        mut store, mut system, ..
    } = machine.store().unwrap();
    for (number, acts) in [(1, 1), (2, 2), (3, 1)] {
        enter(&mut store, &mut system, number, acts).unwrap();
    }
    let all = machine.disk().seen.clone();
    for at in 0..all.len() {
        let line = 1 + all[..at].iter().filter(|byte| **byte == b'\n').count();
        for bit in 0..8 {
            let mut changed = all.clone();
            changed[at] ^= 1 << bit;
            machine.disk().seen.clone_from(&changed);
            let error = machine.store().unwrap_err();
            let named = error.findings()[0].subject.clone();
            assert_eq!(
                (error.code(), named.as_deref()),
                ("ledger.line_changed", Some(line.to_string().as_str())),
                "byte {at} bit {bit}"
            );
            assert_eq!(machine.disk().seen, changed);
        }
    }
}
