//! The best applicants of every project, in memory that grows with projects × top and not with applicants.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::error::Result;
use crate::mentees::Applicant;
use crate::rank::{Matcher, Recommendation};

/// An applicant on a project's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortlisted {
    /// Who it is.
    pub applicant: Arc<Applicant>,
    /// How well the project suits them, and why.
    pub recommendation: Recommendation,
}

/// A project's best applicants so far, the worst of them on top of the heap.
type Heap = BinaryHeap<Reverse<Candidate>>;

/// The best applicants of every project, met one after another.
#[derive(Debug)]
pub struct Shortlists {
    top: usize,
    heaps: Vec<Heap>,
}

impl Shortlists {
    /// Lists of `top` applicants for so many projects.
    pub fn new(projects: usize, top: usize) -> Self {
        Self { top, heaps: vec![Heap::new(); projects] }
    }

    /// Puts an applicant on the lists of the projects whose best they are among: `scores` holds places of projects in
    /// the catalog with the applicant's scores for them. Of equal scores, the smaller id comes first.
    pub fn offer(&mut self, applicant: Applicant, scores: &[(usize, f64)]) {
        let applicant = Arc::new(applicant);
        for &(project, score) in scores {
            let Some(heap) = self.heaps.get_mut(project) else { continue };
            if heap.len() < self.top {
                heap.push(Reverse(Candidate { score, applicant: Arc::clone(&applicant) }));
            } else if let Some(mut worst) = heap.peek_mut()
                && worst.0.is_worse_than(score, &applicant.id)
            {
                *worst = Reverse(Candidate { score, applicant: Arc::clone(&applicant) });
            }
        }
    }

    /// The list of every project, in the order of the catalog, best first, with explanations.
    pub fn explained(self, matcher: &Matcher) -> impl Iterator<Item = Result<Vec<Shortlisted>>> {
        self.heaps.into_iter().enumerate().map(move |(project, heap)| {
            // Reversed entries in ascending order: the best first.
            let candidates = heap.into_sorted_vec().into_par_iter();
            let explained = candidates.map(|Reverse(Candidate { applicant, .. })| {
                let explained = matcher.recommend(&applicant.mentee, &[project])?.pop();
                Ok(explained.map(|recommendation| Shortlisted { applicant, recommendation }))
            });
            explained.filter_map(Result::transpose).collect()
        })
    }
}

/// An applicant in a heap; greater is better.
#[derive(Debug, Clone)]
struct Candidate {
    score: f64,
    applicant: Arc<Applicant>,
}

impl Candidate {
    fn is_worse_than(&self, score: f64, id: &str) -> bool {
        self.compare(score, id) == Ordering::Less
    }

    fn compare(&self, score: f64, id: &str) -> Ordering {
        self.score.total_cmp(&score).then_with(|| id.cmp(&self.applicant.id))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other.score, &other.applicant.id)
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_heap_holds_what_sorting_all_would_put_first(
            scores in prop::collection::vec(0u8..6, 0..40),
            top in 0usize..12,
        ) {
            let mut lists = Shortlists::new(1, top);
            let mut all = Vec::new();
            for (number, score) in scores.iter().enumerate() {
                let id = format!("a{}", number * 7 % 41);
                lists.offer(
                    Applicant { id: id.clone(), ..Applicant::default() },
                    &[(0, f64::from(*score))],
                );
                all.push((Reverse(*score), id));
            }
            all.sort();
            all.truncate(top);
            let expected: Vec<String> = all.into_iter().map(|(_, id)| id).collect();
            let got: Vec<String> = lists.heaps.remove(0).into_sorted_vec().into_iter()
                .map(|Reverse(candidate)| candidate.applicant.id.clone()).collect();
            prop_assert_eq!(got, expected);
        }
    }
}
