//! How good a ranking is, against graded judgements.
//!
//! Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002): the gain of a
//! grade `g` is `2^g - 1`, discounted by `log2(rank + 1)`. Pure: lists of grades in, numbers out.

use std::collections::BTreeMap;

/// A judged query: its projects' grades, `0..=3`; a project that is absent has grade 0.
pub type Grades = BTreeMap<String, f64>;

/// From this grade on a project is a good match.
const GOOD: f64 = 2.0;
/// Resamples of a bootstrap.
const RESAMPLES: usize = 10_000;
const SEED: u64 = 31;

/// The measures of one ranking, or their means. `None` where there is nothing to find.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Normalised discounted cumulative gain of the first 5: `0..=1`.
    pub ndcg_5: Option<f64>,
    /// The same of the first 10.
    pub ndcg_10: Option<f64>,
    /// The gain of the first 3 over the best that 3 could have.
    pub best_3: Option<f64>,
    /// The reciprocal rank of the first good match.
    pub mrr: Option<f64>,
    /// The share of the good matches that are among the first 10.
    pub recall_10: Option<f64>,
}

impl Measures {
    /// Names and values, in the order in which they are shown.
    pub fn named(&self) -> [(&'static str, Option<f64>); 5] {
        [
            ("ndcg@5", self.ndcg_5),
            ("ndcg@10", self.ndcg_10),
            ("best3", self.best_3),
            ("mrr", self.mrr),
            ("recall@10", self.recall_10),
        ]
    }

    /// The measures of a list of projects, best first, against their grades.
    pub fn of(ranked: &[String], grades: &Grades) -> Self {
        let grade = |project: &String| grades.get(project).copied().unwrap_or(0.0);
        let found: Vec<f64> = ranked.iter().map(grade).collect();
        let mut ideal: Vec<f64> = grades.values().copied().collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let ndcg = |first: usize| ratio(discounted(&found, first), discounted(&ideal, first));
        let gains = |grades: &[f64]| grades.iter().take(3).map(|&grade| gain(grade)).sum();
        let good = ideal.iter().filter(|grade| **grade >= GOOD).count();
        let first_good = found.iter().position(|grade| *grade >= GOOD);
        let in_ten = found.iter().take(10).filter(|grade| **grade >= GOOD).count();
        Self {
            ndcg_5: ndcg(5),
            ndcg_10: ndcg(10),
            best_3: ratio(gains(&found), gains(&ideal)),
            mrr: (good > 0).then(|| first_good.map_or(0.0, |at| 1.0 / (at + 1) as f64)),
            recall_10: (good > 0).then(|| in_ten as f64 / good as f64),
        }
    }

    /// The mean of each measure over the queries that have it.
    pub fn mean(each: &[Self]) -> Self {
        let mean = |measure: fn(&Self) -> Option<f64>| {
            let values: Vec<f64> = each.iter().filter_map(measure).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        Self {
            ndcg_5: mean(|m| m.ndcg_5),
            ndcg_10: mean(|m| m.ndcg_10),
            best_3: mean(|m| m.best_3),
            mrr: mean(|m| m.mrr),
            recall_10: mean(|m| m.recall_10),
        }
    }
}

fn gain(grade: f64) -> f64 {
    grade.exp2() - 1.0
}

fn discounted(grades: &[f64], first: usize) -> f64 {
    (2u32..).zip(grades.iter().take(first)).map(|(at, &g)| gain(g) / f64::from(at).log2()).sum()
}

fn ratio(found: f64, best: f64) -> Option<f64> {
    (best > 0.0).then(|| found / best)
}

/// How often projects of a range of scores are good matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The scores, from this one on ...
    pub from: f64,
    /// ... to below this one.
    pub below: f64,
    /// How many projects had such a score.
    pub projects: usize,
    /// How many of them are good matches (grade 2 or more).
    pub good: usize,
}

/// How often projects of each tenth of the scores are good matches: what a score means.
pub fn reliability(scored: &[(f64, f64)]) -> Vec<Reliability> {
    let mut tenths: Vec<Reliability> = (0..10)
        .map(|tenth| {
            let from = f64::from(tenth) / 10.0;
            Reliability { from, below: from + 0.1, projects: 0, good: 0 }
        })
        .collect();
    for &(score, grade) in scored {
        let tenth = &mut tenths[((score * 10.0) as usize).min(9)];
        tenth.projects += 1;
        tenth.good += usize::from(grade >= GOOD);
    }
    tenths
}

/// The interval that holds the mean of `values` in 95 of 100 resamples (percentile bootstrap).
///
/// With differences of two rankings of the same queries as values, it is the paired bootstrap: an
/// interval without 0 means that one is better. Deterministic: the resamples come from a fixed seed.
/// `None` without values.
pub fn confidence_interval(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sum: f64 = (0..values.len()).map(|_| values[random.usize(..values.len())]).sum();
            sum / values.len() as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[(share * (RESAMPLES - 1) as f64).round() as usize];
    Some((at(0.025), at(0.975)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(pairs: &[(&str, f64)]) -> Grades {
        pairs.iter().map(|(project, grade)| ((*project).to_owned(), *grade)).collect()
    }

    fn ranked(projects: &[&str]) -> Vec<String> {
        projects.iter().map(|project| (*project).to_owned()).collect()
    }

    #[test]
    fn the_ideal_order_has_every_measure_at_one() {
        let measures =
            Measures::of(&ranked(&["a", "b", "c"]), &grades(&[("a", 3.0), ("b", 2.0), ("c", 1.0)]));
        for (name, value) in measures.named() {
            assert_eq!(value, Some(1.0), "{name}");
        }
    }

    #[test]
    fn a_worked_example_comes_out_as_on_paper() {
        let measures = Measures::of(&ranked(&["x", "a"]), &grades(&[("a", 2.0), ("b", 1.0)]));
        let ideal = 3.0 + 1.0 / 3f64.log2();
        assert!((measures.ndcg_10.unwrap() - (3.0 / 3f64.log2()) / ideal).abs() < 1e-12);
        assert_eq!(measures.mrr, Some(0.5));
        assert_eq!(measures.recall_10, Some(1.0));
        assert_eq!(measures.best_3, Some(0.75));
    }

    #[test]
    fn where_nothing_is_good_nothing_is_measured() {
        let measures = Measures::of(&ranked(&["a"]), &grades(&[("a", 1.0)]));
        assert_eq!((measures.mrr, measures.recall_10), (None, None));
        assert_eq!(Measures::of(&ranked(&["a"]), &Grades::new()), Measures::default());
    }

    #[test]
    fn every_project_is_counted_in_the_tenth_of_its_score() {
        let tenths = reliability(&[(0.05, 0.0), (0.95, 3.0), (1.0, 1.0)]);
        assert_eq!((tenths[0].projects, tenths[0].good), (1, 0));
        assert_eq!((tenths[9].projects, tenths[9].good), (2, 1));
    }

    #[test]
    fn the_interval_holds_the_mean_and_shrinks_with_more_values() {
        let few: Vec<f64> = (0..10).map(|i| f64::from(i % 2)).collect();
        let many: Vec<f64> = (0..1000).map(|i| f64::from(i % 2)).collect();
        let (low, high) = confidence_interval(&few).unwrap();
        let (lower, higher) = confidence_interval(&many).unwrap();
        assert!(low < 0.5 && 0.5 < high && higher - lower < high - low);
    }
}
