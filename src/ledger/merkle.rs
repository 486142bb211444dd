//! The tree beside the chain: one line is proven to stand in a ledger without showing the others.
//!
//! It is the tree of RFC 6962 (Certificate Transparency, section 2.1) with SM3 for a hash. A leaf is the hash of a byte
//! 0 and the 32 bytes of a line's digest, a node the hash of a byte 1 and its two children. So one proof has as many
//! hashes as the ledger's length has binary digits: 20 for a million lines.

use sm3::{Digest, Sm3};

/// A hash of the tree.
pub(super) type Hash = [u8; 32];

/// The hash of a leaf.
pub(super) fn leaf(digest: &Hash) -> Hash {
    let mut hash = Sm3::new();
    hash.update([0]);
    hash.update(digest);
    hash.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sm3::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// The root over leaves that come one by one, in memory of one hash a level: the roots of the full subtrees that the
/// count of leaves is made of, greatest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Roots {
    full: Vec<Hash>,
    count: u32,
}

impl Roots {
    /// One more leaf.
    pub(super) fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Every trailing one of the count is a full subtree of the size that the new one has grown to.
        for _ in 0..self.count.trailing_ones() {
            if let Some(left) = self.full.pop() {
                hash = node(&left, &hash);
            }
        }
        self.full.push(hash);
        self.count = self.count.saturating_add(1);
    }

    /// The root; of no leaves the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let mut all = self.full.iter().rev();
        match all.next() {
            None => Sm3::digest([]).into(),
            Some(least) => all.fold(*least, |right, left| node(left, &right)),
        }
    }
}

/// The whole tree, for the paths of many leaves: its levels from the leaves up to the root.
#[derive(Clone, Debug)]
pub(super) struct Tree(Vec<Vec<Hash>>);

impl Tree {
    /// The tree over these leaves. A node that stands alone on its level goes up as it is.
    pub(super) fn over(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let pairs = below.chunks(2).filter_map(|pair| match pair {
                [left, right] => Some(node(left, right)),
                [alone] => Some(*alone),
                _ => None,
            });
            let level = pairs.collect();
            levels.push(level);
        }
        Tree(levels)
    }

    /// The hashes that lead from a leaf to the root, lowest first; `None` when there is no such leaf.
    pub(super) fn path(&self, place: usize) -> Option<Vec<Hash>> {
        self.0.first()?.get(place)?;
        let mut place = place;
        let mut path = Vec::new();
        for level in &self.0 {
            path.extend(level.get(place ^ 1));
            place /= 2;
        }
        Some(path)
    }

    /// The root; of no leaves the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let top = self.0.last().and_then(|level| level.first());
        top.copied().unwrap_or_else(|| Sm3::digest([]).into())
    }
}

/// The root that a leaf at this place of so many and its path lead to; `None` when the path is not as long as that place
/// asks for.
pub(super) fn root_of(place: u32, count: u32, leaf: Hash, path: &[Hash]) -> Option<Hash> {
    let (mut place, mut last) = (place, count.checked_sub(1)?);
    if place > last {
        return None;
    }
    let mut hash = leaf;
    for other in path {
        if last == 0 {
            return None;
        }
        if place % 2 == 1 || place == last {
            hash = node(other, &hash);
            // A node that stands alone on its level goes up as it is.
            while place % 2 == 0 && place != 0 {
                (place, last) = (place / 2, last / 2);
            }
        } else {
            hash = node(&hash, other);
        }
        (place, last) = (place / 2, last / 2);
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as RFC 6962 defines it, by recursion.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sm3::digest([]).into(),
            [one] => *one,
            many => {
                let mut left = 1;
                while left * 2 < many.len() {
                    left *= 2;
                }
                node(&defined(&many[..left]), &defined(&many[left..]))
            }
        }
    }

    fn root(leaves: &[Hash]) -> Hash {
        let mut roots = Roots::default();
        leaves.iter().for_each(|leaf| roots.push(*leaf));
        assert_eq!(Tree::over(leaves.to_vec()).root(), roots.root());
        roots.root()
    }

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count)
            .map(|number| leaf(&Sm3::digest(number.to_be_bytes()).into()))
            .collect()
    }

    #[test]
    fn the_root_is_as_defined() {
        for count in 0..70 {
            assert_eq!(root(&leaves(count)), defined(&leaves(count)), "{count} leaves");
        }
    }

    #[test]
    fn every_leaf_is_proven_and_nothing_else() {
        for count in 1..40_usize {
            let leaves = leaves(count);
            let (root, length) = (root(&leaves), u32::try_from(count).unwrap());
            let tree = Tree::over(leaves.clone());
            for (place, own) in leaves.iter().enumerate() {
                let path = tree.path(place).unwrap();
                let at = u32::try_from(place).unwrap();
                assert_eq!(root_of(at, length, *own, &path), Some(root));
                let other = root_of(at, length, leaf(&[7; 32]), &path);
                assert_ne!(other, Some(root));
                for elsewhere in (0..length).filter(|elsewhere| *elsewhere != at) {
                    assert_ne!(root_of(elsewhere, length, *own, &path), Some(root));
                }
                if let Some((_, shorter)) = path.split_last() {
                    assert_ne!(root_of(at, length, *own, shorter), Some(root));
                }
                let longer = [path.clone(), vec![[0; 32]]].concat();
                assert_eq!(root_of(at, length, *own, &longer), None);
                for change in 0..path.len() {
                    let mut changed = path.clone();
                    changed[change][0] ^= 1;
                    assert_ne!(root_of(at, length, *own, &changed), Some(root));
                }
            }
            assert_eq!(tree.path(count), None);
        }
    }
}
