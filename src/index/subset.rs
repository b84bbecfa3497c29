//! A set of the ids of an index, to search within: one bit an id.

/// Some of the ids `0..capacity`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    words: Vec<u64>,
    capacity: usize,
    count: usize,
}

impl Subset {
    /// The ids of `0..capacity` for which `keep` is true.
    pub fn from_fn(capacity: usize, mut keep: impl FnMut(usize) -> bool) -> Self {
        let mut subset = Self { words: vec![0; capacity.div_ceil(64)], capacity, count: 0 };
        for id in (0..capacity).filter(|id| keep(*id)) {
            subset.words[id / 64] |= 1 << (id % 64);
            subset.count += 1;
        }
        subset
    }

    /// Whether `id` is one of them.
    pub fn contains(&self, id: u32) -> bool {
        let word = self.words.get(id as usize / 64).copied().unwrap_or(0);
        word >> (id % 64) & 1 == 1
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.words).flat_map(|(at, word)| {
            let bits = std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)));
            bits.take_while(|rest| *rest != 0).map(move |rest| at * 64 + rest.trailing_zeros())
        })
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many ids there are to choose from.
    pub fn capacity(&self) -> usize {
        self.capacity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_holds_what_was_kept_and_nothing_else() {
        let subset = Subset::from_fn(130, |id| id % 3 == 0);
        assert_eq!(subset.count(), 44);
        assert!(subset.iter().eq((0..130).filter(|id| id % 3 == 0)));
        assert!((0..200).all(|id| subset.contains(id) == (id < 130 && id % 3 == 0)));
    }
}
