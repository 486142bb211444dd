//! Many short lists in one: for each object the things that were hung on it, the latest first.

/// Lists that grow at the front and are taken back in reverse.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// For each object one more than the number of the item that was hung on it last; 0 for none.
    heads: Vec<u32>,
    /// The items, each with one more than the number of the item behind it.
    items: Vec<(u32, u32)>,
}

impl Lists {
    /// Hangs an item on an object.
    pub(super) fn push(&mut self, object: usize, item: u32) {
        if self.heads.len() <= object {
            self.heads.resize(object.saturating_add(1), 0);
        }
        if let Some(head) = self.heads.get_mut(object) {
            self.items.push((item, *head));
            *head = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        }
    }

    /// Takes back the item that was hung last, which hangs on this object.
    pub(super) fn pop(&mut self, object: usize) {
        if let (Some((_, behind)), Some(head)) = (self.items.pop(), self.heads.get_mut(object)) {
            *head = behind;
        }
    }

    /// Forgets the objects from this one on; nothing hangs on them any more.
    pub(super) fn truncate(&mut self, objects: usize) {
        self.heads.truncate(objects);
    }

    /// What hangs on an object, the latest first.
    pub(super) fn of(&self, object: usize) -> impl Iterator<Item = u32> {
        let mut next = self.heads.get(object).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let (item, behind) = *self.items.get(usize::try_from(next.checked_sub(1)?).ok()?)?;
            next = behind;
            Some(item)
        })
    }
}
