//! What a cursor stands on: a tree, or a document as it was written.

use std::borrow::Cow;

use super::written::{Kind, Part};
use super::{Value, Written};

#[derive(Clone, Copy, Debug)]
pub(super) enum Seen<'a> {
    Tree(&'a Value),
    Written(Part<'a>),
}

/// One of two iterators.
#[derive(Clone)]
pub(super) enum Either<L, R> {
    Left(L),
    Right(R),
}

impl<T, L: Iterator<Item = T>, R: Iterator<Item = T>> Iterator for Either<L, R> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Either::Left(left) => left.next(),
            Either::Right(right) => right.next(),
        }
    }
}

impl<'a> Seen<'a> {
    pub(super) fn value(self) -> Cow<'a, Value> {
        match self {
            Seen::Tree(value) => Cow::Borrowed(value),
            Seen::Written(part) => Cow::Owned(part.to_value()),
        }
    }

    pub(super) fn written(self) -> Written {
        match self {
            Seen::Tree(value) => value.into(),
            Seen::Written(part) => part.written(),
        }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Seen::Tree(value) => value.as_text(),
            Seen::Written(part) => matches!(part.kind(), Kind::Text | Kind::TextAside).then(|| part.text()),
        }
    }

    pub(super) fn number(self) -> Option<&'a str> {
        match self {
            Seen::Tree(Value::Number(number)) => Some(number.as_str()),
            Seen::Tree(_) => None,
            Seen::Written(part) => matches!(part.kind(), Kind::Number | Kind::NumberAside).then(|| part.text()),
        }
    }

    pub(super) fn truth(self) -> Option<bool> {
        match self {
            Seen::Tree(Value::Bool(truth)) => Some(*truth),
            Seen::Tree(_) => None,
            Seen::Written(part) => match part.kind() {
                Kind::True => Some(true),
                Kind::False => Some(false),
                _ => None,
            },
        }
    }

    pub(super) fn items(self) -> Option<impl Iterator<Item = Seen<'a>> + Clone> {
        match self {
            Seen::Tree(Value::List(items)) => Some(Either::Left(items.iter().map(Seen::Tree))),
            Seen::Written(part) if part.kind() == Kind::List => Some(Either::Right(part.inside().map(Seen::Written))),
            Seen::Tree(_) | Seen::Written(_) => None,
        }
    }

    pub(super) fn members(self) -> Option<impl Iterator<Item = (&'a str, Seen<'a>)> + Clone> {
        match self {
            Seen::Tree(Value::Object(members)) => {
                let members = members.iter();
                Some(Either::Left(
                    members.map(|(name, value)| (name.as_str(), Seen::Tree(value))),
                ))
            }
            Seen::Written(part) if part.kind() == Kind::Object => {
                let members = part.members();
                Some(Either::Right(members.map(|(name, part)| (name, Seen::Written(part)))))
            }
            Seen::Tree(_) | Seen::Written(_) => None,
        }
    }

    /// The member of this name, with its place in the object.
    pub(super) fn member(self, name: &str) -> Option<(usize, Seen<'a>)> {
        match self {
            Seen::Tree(Value::Object(members)) => {
                let mut members = members.iter().enumerate();
                members.find_map(|(place, (other, value))| (other == name).then_some((place, Seen::Tree(value))))
            }
            Seen::Written(part) if part.kind() == Kind::Object => {
                part.member(name).map(|(place, part)| (place, Seen::Written(part)))
            }
            Seen::Tree(_) | Seen::Written(_) => None,
        }
    }

    /// The members of an object but for those whose places are marked.
    pub(super) fn members_but(self, marked: impl Fn(usize) -> bool) -> Vec<(&'a str, Seen<'a>)> {
        match self {
            Seen::Tree(Value::Object(members)) => {
                let members = members.iter().enumerate().filter(|(place, _)| !marked(*place));
                members
                    .map(|(_, (name, value))| (name.as_str(), Seen::Tree(value)))
                    .collect()
            }
            Seen::Written(part) if part.kind() == Kind::Object => {
                let members = part.members_but(marked).unwrap_or_default();
                members
                    .into_iter()
                    .map(|(name, part)| (name, Seen::Written(part)))
                    .collect()
            }
            Seen::Tree(_) | Seen::Written(_) => Vec::new(),
        }
    }

    pub(super) fn is_object(self) -> bool {
        match self {
            Seen::Tree(value) => matches!(value, Value::Object(_)),
            Seen::Written(part) => part.kind() == Kind::Object,
        }
    }

    /// What kind of value this is, in Chinese and English.
    pub(super) fn kind(self) -> (&'static str, &'static str) {
        match self {
            Seen::Tree(value) => value.kind(),
            Seen::Written(part) => part.kind().told(),
        }
    }
}
