//! The bytes of a snapshot: state written out and read back without a word of it being looked at again.
//!
//! They are made for one version of the library by itself, carry their checksum and never leave it, so there are no names
//! in them. What is to be read by others, or by later versions, is a ledger line.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Value;

/// What a snapshot holds.
pub(crate) trait Keep: Sized {
    /// Writes the value.
    fn keep(&self, to: &mut Keeper);
    /// Reads what [`Keep::keep`] wrote; `None` where it is something else.
    fn kept(from: &mut Kept<'_>) -> Option<Self>;
}

/// Where a snapshot is written to.
#[derive(Default)]
pub(crate) struct Keeper {
    bytes: Vec<u8>,
    /// What several rows share, by its place in memory, with its number: it is written once.
    shared: BTreeMap<usize, u64>,
}

impl Keeper {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A number in as many bytes as it needs, seven bits each (LEB128).
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                self.bytes.push(low & 0x7F);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }

    pub(crate) fn length(&mut self, length: usize) {
        self.number(u64::try_from(length).unwrap_or(u64::MAX));
    }

    /// Many numbers of 32 bits, as they stand in memory on most machines.
    pub(crate) fn words(&mut self, words: &[u32]) {
        self.length(words.len());
        for word in words {
            self.raw(&word.to_le_bytes());
        }
    }
}

/// A snapshot that is read.
pub(crate) struct Kept<'t> {
    bytes: &'t [u8],
    shared: Vec<Box<dyn Any>>,
}

impl<'t> Kept<'t> {
    pub(crate) fn new(bytes: &'t [u8]) -> Self {
        Kept {
            bytes,
            shared: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(crate) fn raw(&mut self, length: usize) -> Option<&'t [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.raw(N)?.try_into().ok()
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        // Most are short: lengths of texts and lists, keys, counts.
        if let Some((byte, rest)) = self.bytes.split_first()
            && byte & 0x80 == 0
        {
            self.bytes = rest;
            return Some(u64::from(*byte));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// How many items follow. Each takes a byte at least, so that no length asks for more memory than the snapshot has.
    pub(crate) fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.bytes.len()).then_some(length)
    }

    pub(crate) fn words(&mut self) -> Option<Vec<u32>> {
        self.each_word().map(Iterator::collect)
    }

    /// As [`Kept::words`], without a copy of them.
    pub(crate) fn each_word(&mut self) -> Option<impl ExactSizeIterator<Item = u32> + use<'t>> {
        self.each::<4>().map(|words| words.map(u32::from_le_bytes))
    }

    /// Items that were written as words, so many bytes of them at a time.
    pub(crate) fn each<const N: usize>(&mut self) -> Option<impl ExactSizeIterator<Item = [u8; N]> + use<'t, N>> {
        let length = self.length()?;
        let (items, _) = self.raw(length.checked_mul(4)?)?.as_chunks::<N>();
        Some(items.iter().copied())
    }

    pub(crate) fn text(&mut self) -> Option<&'t str> {
        let length = self.length()?;
        std::str::from_utf8(self.raw(length)?).ok()
    }
}

/// Says which fields of a type a snapshot holds: all of them, or it does not compile.
///
/// `kept!(struct Name { field, … })`, `kept!(struct Name(a, …))`, `kept!(enum Name { 0 Variant { field, … }, 1 Other(a), … })`.
macro_rules! kept {
    (struct $name:ident $({ $($field:ident),* $(,)? })? $(( $($place:ident),* ))?) => {
        impl $crate::document::Keep for $name {
            fn keep(&self, to: &mut $crate::document::Keeper) {
                let $name $({ $($field),* })? $(( $($place),* ))? = self;
                $( $( $crate::document::Keep::keep($field, to); )* )?
                $( $( $crate::document::Keep::keep($place, to); )* )?
            }
            fn kept(from: &mut $crate::document::Kept<'_>) -> Option<Self> {
                $( $( let $field = $crate::document::Keep::kept(from)?; )* )?
                $( $( let $place = $crate::document::Keep::kept(from)?; )* )?
                Some($name $({ $($field),* })? $(( $($place),* ))?)
            }
        }
    };
    (enum $name:ident { $( $tag:literal $variant:ident $({ $($field:ident),* $(,)? })? $(( $($place:ident),* ))? ),* $(,)? }) => {
        impl $crate::document::Keep for $name {
            fn keep(&self, to: &mut $crate::document::Keeper) {
                match self {
                    $( $name::$variant $({ $($field),* })? $(( $($place),* ))? => {
                        to.raw(&[$tag]);
                        $( $( $crate::document::Keep::keep($field, to); )* )?
                        $( $( $crate::document::Keep::keep($place, to); )* )?
                    } )*
                }
            }
            fn kept(from: &mut $crate::document::Kept<'_>) -> Option<Self> {
                let [tag] = from.array()?;
                match tag {
                    $( $tag => {
                        $( $( let $field = $crate::document::Keep::kept(from)?; )* )?
                        $( $( let $place = $crate::document::Keep::kept(from)?; )* )?
                        Some($name::$variant $({ $($field),* })? $(( $($place),* ))?)
                    } )*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use kept;

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl Keep for $number {
            fn keep(&self, to: &mut Keeper) {
                to.number(u64::from(*self));
            }
            fn kept(from: &mut Kept<'_>) -> Option<Self> {
                <$number>::try_from(from.number()?).ok()
            }
        }
    )* };
}
numbers!(u8, u16, u32, u64);

impl Keep for usize {
    fn keep(&self, to: &mut Keeper) {
        to.length(*self);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        usize::try_from(from.number()?).ok()
    }
}

impl Keep for bool {
    fn keep(&self, to: &mut Keeper) {
        to.raw(&[u8::from(*self)]);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        match from.array()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

fn keep_text(text: &str, to: &mut Keeper) {
    to.length(text.len());
    to.raw(text.as_bytes());
}

macro_rules! texts {
    ($($text:ty),*) => { $(
        impl Keep for $text {
            fn keep(&self, to: &mut Keeper) {
                keep_text(self, to);
            }
            fn kept(from: &mut Kept<'_>) -> Option<Self> {
                from.text().map(Into::into)
            }
        }
    )* };
}
texts!(String, Box<str>, super::Word, super::Name);

impl<T: Keep> Keep for Box<T> {
    fn keep(&self, to: &mut Keeper) {
        (**self).keep(to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        T::kept(from).map(Box::new)
    }
}

impl<T: Keep> Keep for Option<T> {
    fn keep(&self, to: &mut Keeper) {
        self.is_some().keep(to);
        if let Some(value) = self {
            value.keep(to);
        }
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        if bool::kept(from)? {
            T::kept(from).map(Some)
        } else {
            Some(None)
        }
    }
}

fn keep_all<'t, T: Keep + 't>(items: impl ExactSizeIterator<Item = &'t T>, to: &mut Keeper) {
    to.length(items.len());
    for item in items {
        item.keep(to);
    }
}

impl<T: Keep> Keep for Vec<T> {
    fn keep(&self, to: &mut Keeper) {
        keep_all(self.iter(), to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        let length = from.length()?;
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(T::kept(from)?);
        }
        Some(items)
    }
}

impl<T: Keep> Keep for Box<[T]> {
    fn keep(&self, to: &mut Keeper) {
        keep_all(self.iter(), to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        Vec::kept(from).map(Into::into)
    }
}

impl<T: Keep + Ord> Keep for BTreeSet<T> {
    fn keep(&self, to: &mut Keeper) {
        keep_all(self.iter(), to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        (0..from.length()?).map(|_| T::kept(from)).collect()
    }
}

impl<K: Keep + Ord, V: Keep> Keep for BTreeMap<K, V> {
    fn keep(&self, to: &mut Keeper) {
        to.length(self.len());
        for (key, value) in self {
            key.keep(to);
            value.keep(to);
        }
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        (0..from.length()?)
            .map(|_| Some((K::kept(from)?, V::kept(from)?)))
            .collect()
    }
}

impl<A: Keep, B: Keep> Keep for (A, B) {
    fn keep(&self, to: &mut Keeper) {
        self.0.keep(to);
        self.1.keep(to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        Some((A::kept(from)?, B::kept(from)?))
    }
}

impl<A: Keep, B: Keep, C: Keep> Keep for (A, B, C) {
    fn keep(&self, to: &mut Keeper) {
        self.0.keep(to);
        self.1.keep(to);
        self.2.keep(to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        Some((A::kept(from)?, B::kept(from)?, C::kept(from)?))
    }
}

/// What rows share is written where it is met first, and is shared again when it is read.
impl<T: ?Sized + 'static> Keep for Arc<T>
where
    Box<T>: Keep,
    Arc<T>: From<Box<T>>,
    T: Shared,
{
    fn keep(&self, to: &mut Keeper) {
        let place = Arc::as_ptr(self).cast::<u8>().addr();
        if let Some(number) = to.shared.get(&place) {
            return to.number(*number);
        }
        to.number(0);
        (**self).write(to);
        let number = u64::try_from(to.shared.len()).unwrap_or(u64::MAX).saturating_add(1);
        to.shared.insert(place, number);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        if let Some(earlier) = from.number()?.checked_sub(1) {
            let shared = from.shared.get(usize::try_from(earlier).ok()?)?;
            return shared.downcast_ref::<Arc<T>>().map(Arc::clone);
        }
        let shared = Arc::<T>::from(Box::<T>::kept(from)?);
        from.shared.push(Box::new(Arc::clone(&shared)));
        Some(shared)
    }
}

/// What stands behind a shared pointer.
pub(crate) trait Shared {
    /// Writes it, as its box does.
    fn write(&self, to: &mut Keeper);
}

impl Shared for str {
    fn write(&self, to: &mut Keeper) {
        keep_text(self, to);
    }
}

impl<T: Keep> Shared for T {
    fn write(&self, to: &mut Keeper) {
        self.keep(to);
    }
}

kept!(enum Value {
    0 Null, 1 Bool(truth), 2 Number(number), 3 Text(text), 4 List(items), 5 Object(members)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_written_once_and_shared_again() {
        let text: Arc<str> = "工作职责".into();
        let other: Arc<str> = "工作职责".into();
        let rows = vec![Arc::clone(&text), text, other];
        let mut keeper = Keeper::default();
        rows.keep(&mut keeper);
        let bytes = keeper.into_bytes();
        assert_eq!(bytes.len(), 1 + (1 + 1 + 12) + 1 + (1 + 1 + 12));
        let mut kept = Kept::new(&bytes);
        let read = Vec::<Arc<str>>::kept(&mut kept).unwrap();
        assert!(kept.is_empty() && read == rows);
        assert!(Arc::ptr_eq(&read[0], &read[1]) && !Arc::ptr_eq(&read[0], &read[2]));
    }

    #[test]
    fn numbers_come_back_and_cut_bytes_give_nothing() {
        for number in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut keeper = Keeper::default();
            number.keep(&mut keeper);
            let bytes = keeper.into_bytes();
            assert_eq!(Kept::new(&bytes).number(), Some(number));
            assert_eq!(Kept::new(&bytes[..bytes.len() - 1]).number(), None);
        }
        // A length that the bytes cannot hold asks for no memory.
        assert_eq!(Vec::<u64>::kept(&mut Kept::new(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F])), None);
    }
}
