//! What the cascade knows of units and letters beside their tables, kept up act by act, so that a question about all of
//! them reads short lists and one about a branch reads only the branch.
//!
//! Nothing here depends on a day or a position: an entry says from when it holds, or that the tables must be asked. So
//! every view is answered from the same lists.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::ledger::{Index, Key, Mark, Position};
use crate::letter::{Event, Few, LetterRow, Letters, PartyKey};
use crate::registry::{EdgeKind, Registry, UnitRow};

/// As known at the end of the ledger.
const NOW: Position = Position::LAST;

/// No unit.
pub(super) const NONE: u32 = u32::MAX;

/// When a unit exists with the superiors of [`CascadeIndex::under`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) from: Date,
    /// From which position that is known; [`Position::END`] when the registry must be asked.
    pub(super) known: Position,
}
crate::document::kept!(struct Life { from, known });

/// On which days a letter binds, and from which position that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) known: Position,
}
crate::document::kept!(struct Span { from, to, known });

/// Between which units a letter binds, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    /// [`NONE`] when the letter itself must be asked.
    pub(super) issuer: u32,
    pub(super) receiver: u32,
    /// Number of its span.
    span: u32,
}
crate::document::kept!(struct Lead { issuer, receiver, span });

/// Lists beside the tables of units and letters.
#[derive(Clone, Debug, Default)]
pub struct CascadeIndex {
    /// How far the tables are noted here.
    done: CascadeIndexMark,
    /// By unit.
    pub(super) lives: Vec<Life>,
    /// By edge kind and unit: the only superior, as it was founded with it.
    pub(super) under: Vec<Vec<u32>>,
    /// By letter.
    pub(super) leads: Vec<Lead>,
    /// Letters that are entered together mostly bind on the same days, so spans are few.
    spans: Vec<Span>,
    /// From a unit to the letters that it ever was a receiver of.
    pub(super) received: Index<UnitRow, LetterRow>,
}

/// The lists say nothing that the tables do not, so two states differ by their tables alone.
impl PartialEq for CascadeIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for CascadeIndex {}

/// How far the tables were noted at some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CascadeIndexMark {
    units: Mark,
    letters: Mark,
    posts: Mark,
    groups: Mark,
    received: Mark,
    spans: usize,
    /// How many posts and groups were said to belong to another unit than before, or not to exist after all.
    moved: usize,
}

/// What must be noted anew once the tables were rolled back.
#[derive(Debug)]
pub struct Stale {
    units: BTreeSet<Key<UnitRow>>,
    letters: BTreeSet<Key<LetterRow>>,
}

impl CascadeIndex {
    /// How far the tables are noted.
    pub fn mark(&self) -> CascadeIndexMark {
        self.done
    }

    /// Whether every post and group belongs to one unit for all time; else letters to posts and groups must be asked.
    pub(super) fn is_settled(&self) -> bool {
        self.done.moved == 0
    }

    /// Notes what the tables say since the last time.
    pub fn follow(&mut self, registry: &Registry, letters: &Letters) {
        let done = self.done;
        self.note_units(registry, done.units);
        self.note_moved(registry);
        self.note_letters(registry, letters, done.letters);
        self.done = CascadeIndexMark {
            units: registry.units.mark(),
            letters: letters.letters.mark(),
            posts: registry.posts.mark(),
            groups: registry.groups.mark(),
            received: self.received.mark(),
            spans: self.spans.len(),
            moved: self.done.moved,
        };
    }

    /// Takes back what was noted since the mark, before the tables are rolled back to it.
    pub fn take_back(&mut self, registry: &Registry, letters: &Letters, mark: CascadeIndexMark) -> Stale {
        self.received.rollback(mark.received);
        self.spans.truncate(mark.spans);
        let stale = Stale {
            units: registry.units.since(mark.units).map(|row| row.key()).collect(),
            letters: letters.letters.since(mark.letters).map(|row| row.key()).collect(),
        };
        self.done = mark;
        stale
    }

    /// Notes anew what the rolled back tables say of the objects that had changed.
    pub fn renew(&mut self, registry: &Registry, letters: &Letters, stale: Stale) {
        let units = registry.units.objects();
        self.lives.truncate(units);
        for superiors in &mut self.under {
            superiors.truncate(units);
        }
        self.under.truncate(registry.edges.objects());
        self.leads.truncate(letters.letters.objects());
        for unit in stale.units.into_iter().filter(|unit| unit.index() < units) {
            self.note_unit(registry, unit);
        }
        for letter in stale.letters {
            if letter.index() < letters.letters.objects() {
                self.note_letter(registry, letters, letter);
            }
        }
        self.done.spans = self.spans.len();
    }

    fn note_units(&mut self, registry: &Registry, done: Mark) {
        let mut last = None;
        for row in registry.units.since(done) {
            // Rows of one unit stand together.
            if last != Some(row.key()) {
                self.note_unit(registry, row.key());
                last = Some(row.key());
            }
        }
    }

    fn note_unit(&mut self, registry: &Registry, unit: Key<UnitRow>) {
        let place = unit.index();
        let ask = Life {
            from: Date::LAST,
            known: Position::END,
        };
        put(&mut self.lives, place, ask, ask);
        for superiors in &mut self.under {
            put(superiors, place, NONE, NONE);
        }
        let mut founded: Option<Life> = None;
        let mut placed: Vec<(Key<EdgeKind>, Key<UnitRow>)> = Vec::new();
        for row in registry.units.history(unit) {
            if row.is_closed() {
                return;
            }
            match row.value {
                UnitRow::Founded { from, .. } if founded.is_none() => {
                    founded = Some(Life { from, known: row.from });
                }
                UnitRow::Named { .. } | UnitRow::Reclassified { .. } | UnitRow::Split { .. } => {}
                UnitRow::Placed { from, edge, superior }
                    if founded == Some(Life { from, known: row.from })
                        && !placed.iter().any(|(other, _)| *other == edge) =>
                {
                    placed.push((edge, superior));
                }
                _ => return,
            }
        }
        let Some(life) = founded else { return };
        put(&mut self.lives, place, life, ask);
        for (edge, superior) in placed {
            if self.under.len() <= edge.index() {
                self.under.resize(edge.index().saturating_add(1), Vec::new());
            }
            if let Some(superiors) = self.under.get_mut(edge.index()) {
                put(superiors, place, number(superior), NONE);
            }
        }
    }

    fn note_moved(&mut self, registry: &Registry) {
        let posts = registry.posts.since(self.done.posts).filter(|row| {
            let known = registry.posts.last(row.key(), NOW).is_some();
            !steady(known, registry.posts.history(row.key()).map(|row| row.value.unit))
        });
        let groups = registry.groups.since(self.done.groups).filter(|row| {
            let known = registry.groups.last(row.key(), NOW).is_some();
            !steady(known, registry.groups.history(row.key()).map(|row| row.value.unit))
        });
        let moved = posts.count().saturating_add(groups.count());
        self.done.moved = self.done.moved.saturating_add(moved);
    }

    fn note_letters(&mut self, registry: &Registry, letters: &Letters, done: Mark) {
        let mut last = None;
        for row in letters.letters.since(done) {
            if last != Some(row.key()) {
                self.note_letter(registry, letters, row.key());
                last = Some(row.key());
            }
        }
        for row in letters.letters.added(done) {
            for unit in &receivers(registry, &row.value) {
                self.received.push(*unit, row.key());
            }
        }
    }

    /// When a letter binds.
    pub(super) fn span_of(&self, lead: &Lead) -> Option<&Span> {
        self.spans.get(place(lead.span))
    }

    /// The number of a span: that of the last ones when it is one of them, else a new one.
    fn span(&mut self, span: Span) -> u32 {
        let recent = self.spans.iter().enumerate().rev().take(4);
        let known = recent
            .filter(|(_, other)| **other == span)
            .map(|(number, _)| number)
            .next();
        let number = known.unwrap_or_else(|| {
            self.spans.push(span);
            self.spans.len().saturating_sub(1)
        });
        u32::try_from(number).unwrap_or(NONE)
    }

    fn note_letter(&mut self, registry: &Registry, letters: &Letters, letter: Key<LetterRow>) {
        let ask = Lead {
            issuer: NONE,
            receiver: NONE,
            span: NONE,
        };
        let lead = letters.bound(letter).and_then(|bound| {
            Some(Lead {
                issuer: number(unit_of(registry, bound.issuer)?),
                receiver: number(unit_of(registry, bound.receiver)?),
                span: self.span(Span {
                    from: bound.from,
                    to: bound.to,
                    known: bound.known,
                }),
            })
        });
        put(&mut self.leads, letter.index(), lead.unwrap_or(ask), ask);
    }
}

/// Whether a post or group is still known and was said to belong to one unit only.
fn steady(known: bool, mut units: impl Iterator<Item = Key<UnitRow>>) -> bool {
    let first = units.next();
    known && units.all(|unit| Some(unit) == first)
}

/// The units that a row makes receivers, each once.
fn receivers(registry: &Registry, row: &LetterRow) -> Few<Key<UnitRow>> {
    let sides = match row {
        LetterRow::Drafted(letter) => &*letter.receivers,
        LetterRow::Happened(_, event) => match event.as_ref() {
            Event::PartySucceeded { by, .. } => std::slice::from_ref(by),
            _ => &[],
        },
        LetterRow::Signed(_) => &[],
    };
    let units = sides.iter().filter_map(|side| unit_of(registry, side.party));
    if sides.len() < 2 {
        return units.collect();
    }
    units.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The unit that a party speaks for, as the ledger first said it.
fn unit_of(registry: &Registry, party: PartyKey) -> Option<Key<UnitRow>> {
    match party {
        PartyKey::Unit(unit) => Some(unit),
        PartyKey::Post(post) => registry.posts.history(post).next().map(|row| row.value.unit),
        PartyKey::Group(group) => registry.groups.history(group).next().map(|row| row.value.unit),
    }
}

/// The number of an object, for the lists.
pub(super) fn number<V>(key: Key<V>) -> u32 {
    u32::try_from(key.index()).unwrap_or(NONE)
}

/// The place of a number in the lists.
pub(super) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Sets one entry; entries before it that are not there yet get the other value.
fn put<T: Copy>(list: &mut Vec<T>, place: usize, entry: T, other: T) {
    if list.len() <= place {
        if list.capacity() <= place {
            let more = place.saturating_sub(list.len()).saturating_add(1);
            list.reserve_exact(more.max(list.len().div_euclid(8)));
        }
        list.resize(place.saturating_add(1), other);
    }
    if let Some(old) = list.get_mut(place) {
        *old = entry;
    }
}

crate::document::kept!(struct CascadeIndex { done, lives, under, leads, spans, received });
crate::document::kept!(struct CascadeIndexMark { units, letters, posts, groups, received, spans, moved });
