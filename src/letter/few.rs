//! Short lists, most of them of one item.

use std::ops::Deref;

use crate::document::{Cursor, Keep, Keeper, Kept, Read, Shape};

/// A list that is not changed any more. One item stands in the list itself: a nation's letters mostly have one party a
/// side and one signatory a party, and a list elsewhere would cost each of them more than what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T>(Held<T>);

/// A single item is always held as `One`, so equal lists are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held<T> {
    One(T),
    Many(Box<[T]>),
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut items: Vec<T>) -> Self {
        match items.pop() {
            Some(only) if items.is_empty() => Few(Held::One(only)),
            last => {
                items.extend(last);
                Few(Held::Many(items.into()))
            }
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        let Some(first) = items.next() else {
            return Vec::new().into();
        };
        match items.next() {
            None => Few(Held::One(first)),
            Some(second) => [first, second].into_iter().chain(items).collect::<Vec<T>>().into(),
        }
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::One(only) => std::slice::from_ref(only),
            Held::Many(items) => items,
        }
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self.0 {
            Held::One(only) => (Some(only), Vec::new()),
            Held::Many(items) => (None, items.into_vec()),
        };
        one.into_iter().chain(many)
    }
}

/// An array; a missing field is an empty one.
impl<T: Read> Read for Few<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.only() {
            Some(only) => T::read(&only).map(|only| Few(Held::One(only))),
            None => Vec::read(at).map(Few::from),
        }
    }
    fn absent() -> Option<Self> {
        Some(Vec::new().into())
    }
    fn shape() -> Shape {
        Vec::<T>::shape()
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Keep> Keep for Few<T> {
    fn keep(&self, to: &mut Keeper) {
        to.length(self.len());
        for item in self {
            item.keep(to);
        }
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        match from.length()? {
            1 => T::kept(from).map(|only| Few(Held::One(only))),
            length => (0..length)
                .map(|_| T::kept(from))
                .collect::<Option<Vec<T>>>()
                .map(Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_back_what_was_put_in() {
        for length in 0..4_u8 {
            let items: Vec<u8> = (0..length).collect();
            let few: Few<u8> = items.iter().copied().collect();
            assert_eq!(*few, *items);
            assert_eq!(few, items.into());
        }
    }
}
