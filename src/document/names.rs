//! Member names of objects, which are shared while a document is read.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The name of an object's member. Cheap to clone; rows of one document share theirs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}
impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        self
    }
}
impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self
    }
}
impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}
impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}
impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}
impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name(name.into())
    }
}
impl From<String> for Name {
    fn from(name: String) -> Self {
        Name(name.into())
    }
}
impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.as_ref().to_owned()
    }
}
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}
impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// The names met last, each at the place that its text gives. A document of many rows repeats a few names, and a row
/// then costs no copies of them; a name that meets another one at its place takes the place.
#[derive(Debug, Default)]
pub(super) struct Names {
    met: Vec<Option<Name>>,
}

/// Records have some hundred field names in all, a document a few dozen.
const PLACES: usize = 256;
/// Longer names are keys of the host's own rather than fields.
const LONGEST: usize = 32;

impl Names {
    /// The name, shared with the same one before it where that is remembered.
    pub(super) fn shared(&mut self, name: &str) -> Name {
        if name.len() > LONGEST {
            return name.into();
        }
        if self.met.is_empty() {
            self.met.resize(PLACES, None);
        }
        let hash = name
            .bytes()
            .fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
        let mixed = usize::try_from(hash.wrapping_mul(0x9E37_79B1) >> 24).unwrap_or(0);
        match self.met.get_mut(mixed) {
            Some(Some(met)) if *met == *name => met.clone(),
            Some(place) => place.insert(name.into()).clone(),
            None => name.into(),
        }
    }
}
