//! Which ids have been met, in eight bytes an id: a million of them take 19 MB.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// The ids met so far, as hashes of 64 bits.
///
/// Two different ids are taken for one with a chance of n²/2⁶⁵ for n ids: 3 in 10⁸ for a million.
#[derive(Debug, Default)]
pub(super) struct Ids(HashSet<u64>);

impl Ids {
    /// Whether `id` is met for the first time.
    pub(super) fn insert(&mut self, id: &str) -> bool {
        // The same hash in every run: what is taken for a repetition must not depend on chance.
        self.0.insert(BuildHasherDefault::<DefaultHasher>::default().hash_one(id))
    }
}
