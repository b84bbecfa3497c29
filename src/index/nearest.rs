//! What a search holds while it runs: the best rows so far, in order, and which rows it has seen.

use std::cmp::Ordering;

/// A row and its similarity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) score: f32,
    pub(super) row: u32,
}

impl Scored {
    /// The better first; of equals the one with the smaller number.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.row.cmp(&other.row))
    }
}

/// The best rows so far, best first, no more than its capacity; each is unexpanded until it is popped, to follow its links.
#[derive(Debug, Default)]
pub(super) struct Nearest {
    capacity: usize,
    items: Vec<(Scored, bool)>,
    /// Everything before it has been expanded.
    next: usize,
}

impl Nearest {
    pub(super) fn restart(&mut self, capacity: usize) {
        self.capacity = capacity.max(1);
        self.items.clear();
        self.next = 0;
    }

    pub(super) fn is_full(&self) -> bool {
        self.items.len() >= self.capacity
    }

    /// What another must be better than: the worst of them, once there are as many as may be.
    pub(super) fn threshold(&self) -> Option<Scored> {
        if self.is_full() { self.items.last().map(|(scored, _)| *scored) } else { None }
    }

    /// Takes `scored` in, where it is good enough.
    pub(super) fn push(&mut self, scored: Scored) {
        if self.is_full() {
            // Most end here: the score alone decides, without a look at the order of equals.
            match self.items.last() {
                Some((worst, _)) if scored.score >= worst.score => {}
                _ => return,
            }
        }
        let at = self.items.partition_point(|(other, _)| other.order(&scored) == Ordering::Less);
        if at >= self.capacity {
            return;
        }
        if self.is_full() {
            self.items.pop();
        }
        self.items.insert(at, (scored, true));
        self.next = self.next.min(at);
    }

    /// The best one that is unexpanded, which it is no more.
    pub(super) fn pop_unexpanded(&mut self) -> Option<Scored> {
        while let Some((scored, is_unexpanded)) = self.items.get_mut(self.next) {
            self.next += 1;
            if std::mem::take(is_unexpanded) {
                return Some(*scored);
            }
        }
        None
    }

    /// All of them, best first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Scored> + '_ {
        self.items.iter().map(|(scored, _)| *scored)
    }
}

/// Which rows a search has seen: a mark a row, which only counts if it is of the running search.
#[derive(Debug, Default)]
pub(super) struct Seen {
    marks: Vec<u16>,
    search: u16,
}

impl Seen {
    /// Forgets everything, and makes room for `rows`.
    pub(super) fn restart(&mut self, rows: usize) {
        if self.marks.len() < rows {
            self.marks.resize(rows, 0);
        }
        if self.search == u16::MAX {
            self.marks.fill(0);
            self.search = 0;
        }
        self.search += 1;
    }

    /// Whether `row` is seen for the first time; never for one that is not there.
    #[inline]
    pub(super) fn is_new(&mut self, row: u32) -> bool {
        match self.marks.get_mut(row as usize) {
            Some(mark) if *mark != self.search => {
                *mark = self.search;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_are_those_that_sorting_would_find(
            scores in proptest::collection::vec(0u8..20, 0..60),
            capacity in 1usize..20,
        ) {
            let all: Vec<Scored> = (0u32..).zip(&scores).map(|(row, s)| Scored { score: f32::from(*s), row }).collect();
            let mut nearest = Nearest::default();
            nearest.restart(capacity);
            all.iter().for_each(|scored| nearest.push(*scored));
            let mut sorted = all;
            sorted.sort_by(Scored::order);
            sorted.truncate(capacity);
            prop_assert_eq!(nearest.iter().collect::<Vec<_>>(), sorted.clone());
            let popped: Vec<Scored> = std::iter::from_fn(|| nearest.pop_unexpanded()).collect();
            prop_assert_eq!(popped, sorted);
        }
    }

    #[test]
    fn a_better_row_is_expanded_before_those_that_came_earlier() {
        let mut nearest = Nearest::default();
        nearest.restart(3);
        nearest.push(Scored { score: 0.5, row: 1 });
        nearest.push(Scored { score: 0.4, row: 2 });
        assert_eq!(nearest.pop_unexpanded().map(|s| s.row), Some(1));
        nearest.push(Scored { score: 0.9, row: 3 });
        assert_eq!(nearest.pop_unexpanded().map(|s| s.row), Some(3));
        assert_eq!(nearest.pop_unexpanded().map(|s| s.row), Some(2));
        assert_eq!(nearest.pop_unexpanded(), None);
    }

    #[test]
    fn marks_of_earlier_searches_do_not_count() {
        let mut seen = Seen::default();
        for _ in 0..70_000 {
            seen.restart(2);
            assert!(seen.is_new(1) && !seen.is_new(1) && !seen.is_new(2));
        }
    }
}
