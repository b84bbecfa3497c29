//! Calibration: from the weighted parts of a score to the probability of a good match.
//!
//! With `x` the weighted sum of the parts and `e` the weight of all that a mentee says,
//!
//! ```text
//! m        = MIDPOINT, times INTEREST_MIDPOINT_FACTOR for who states interests
//! promised = SLOPE * ln((x + START) / (m + START))                            log odds by the parts alone
//! s        = e / (e + EVIDENCE_HALF_WEIGHT)                                   0..1
//! log odds = min(promised, PRIOR_LOG_ODDS) + s * max(promised - PRIOR_LOG_ODDS, 0)
//! p        = 1 / (1 + exp(-log odds))
//! ```
//!
//! For one mentee `p` rises with `x`, so that it changes no order. `models/recipe/calibrate.py` fits the constants together, on
//! judged terms, each of them ranked by a model that had not seen its judgements.

/// The odds are this power of `x + START`: they rise more slowly than exponentially, as those of a logistic curve would, and
/// faster than a power of `x` alone.
const SLOPE: f64 = 17.4;
const START: f64 = 0.5;
/// The weighted sum of the parts at which a good match is as likely as not.
const MIDPOINT: f64 = 0.398;
/// Who states interests is harder to suit: the midpoint is this many times as high.
const INTEREST_MIDPOINT_FACTOR: f64 = 1.14;
/// The log odds of a good match among all judged pairs (689 of 10,992): of a project about which nothing else is known.
const PRIOR_LOG_ODDS: f64 = -2.7;
/// What a mentee says has to weigh this much for half of what the parts promise above the prior to be believed; a single
/// skill, as telling as can be, weighs 1.
const EVIDENCE_HALF_WEIGHT: f64 = 0.25;

/// From this score on, a project is called a good match for an applicant: a score is the chance that it is one, and from
/// here on it rather is than not.
pub const GOOD_MATCH: f64 = 0.5;
/// Below this score, a project is no match at all.
pub const NO_MATCH: f64 = 0.05;

/// What the probability depends on beside the project: how much a mentee says, and of what kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct QueryEvidence {
    /// The sum of the weights of all claims, from 0.
    pub(crate) total_weight: f64,
    /// Whether interests are stated.
    pub(crate) has_interests: bool,
}

impl QueryEvidence {
    /// The probability, in `0..=1`, that a project is a good match whose parts have the weighted sum `blend`, in `0..=1`. It
    /// never falls as `blend` or [`Self::total_weight`] grows.
    pub(crate) fn probability(self, blend: f64) -> f64 {
        let factor = if self.has_interests { INTEREST_MIDPOINT_FACTOR } else { 1.0 };
        let midpoint = MIDPOINT * factor;
        let promised = SLOPE * ((blend + START) / (midpoint + START)).ln();
        let believed = self.total_weight / (self.total_weight + EVIDENCE_HALF_WEIGHT);
        let log_odds =
            promised.min(PRIOR_LOG_ODDS) + believed * (promised - PRIOR_LOG_ODDS).max(0.0);
        1.0 / (1.0 + (-log_odds).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probability(blend: f64, total_weight: f64, has_interests: bool) -> f64 {
        QueryEvidence { total_weight, has_interests }.probability(blend)
    }

    #[test]
    fn the_probability_rises_with_the_parts_and_with_what_is_said() {
        let steps = || (0..=100).map(|step| f64::from(step) / 100.0);
        for has_interests in [false, true] {
            for fixed in [0.0, 0.05, 0.4, 1.0, 7.0] {
                let by_parts: Vec<f64> =
                    steps().map(|blend| probability(blend, fixed, has_interests)).collect();
                assert!(by_parts.is_sorted() && by_parts.iter().all(|p| (0.0..=1.0).contains(p)));
                let by_weight: Vec<f64> = steps()
                    .map(|said| probability(fixed.min(1.0), 10.0 * said, has_interests))
                    .collect();
                assert!(by_weight.is_sorted());
            }
        }
    }

    #[test]
    fn who_says_much_gets_the_probability_that_the_parts_promise() {
        assert!((probability(MIDPOINT, 1e9, false) - 0.5).abs() < 1e-6);
        assert!((probability(MIDPOINT * INTEREST_MIDPOINT_FACTOR, 1e9, true) - 0.5).abs() < 1e-6);
        assert!(probability(0.0, 1e9, false) < 1e-4 && probability(1.0, 1e9, true) > 0.99);
    }

    #[test]
    fn who_says_nothing_gets_no_more_than_the_probability_of_any_project() {
        let any = 689.0 / 10_992.0;
        assert!((probability(1.0, 0.0, false) - any).abs() < 1e-3);
    }
}
