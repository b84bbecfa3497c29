//! From the weighted parts of a score to the chance of a good match.
//!
//! For one mentee the chance rises with the parts and changes no order. The constants are fitted together to judged
//! terms, each ranked with a model that had not seen its judgements.

/// The odds of a good match rise with this power of the weighted parts and [`START`] together: steeply at first and
/// less so later, between an exponential (a logistic curve) and a power of the parts alone.
const POWER: f64 = 16.5;
const START: f64 = 0.5;
/// Where the weighted parts add up to this, a good match is as likely as not.
const EVEN: f64 = 0.396;
/// Who says what they are interested in is harder to suit: the parts have to add up to this many times as much.
const CHOOSY: f64 = 1.122;
/// The logarithm of the odds of a good match among all pairs that were judged (689 of 10,992): the chance of a
/// project of which nothing more is known.
const UNKNOWN: f64 = -2.7;
/// Who says little may mean much else, so that a promising project is as likely as its parts promise only as far as
/// what is said outweighs this. A telling skill weighs 1.
const LITTLE: f64 = 0.14;

/// What decides, beside the project, how much its parts promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// What all that a mentee says weighs together.
    pub(crate) said: f64,
    /// They say what they are interested in.
    pub(crate) has_interests: bool,
}

impl Evidence {
    /// The chance that a project is a good match whose parts, each by its weight, add up to `blend`: `0..=1`. It
    /// never falls as `blend` or what is said grows.
    pub(crate) fn chance(self, blend: f64) -> f64 {
        let even = if self.has_interests { EVEN * CHOOSY } else { EVEN };
        let promised = POWER * ((blend + START) / (even + START)).ln();
        let sure = self.said / (self.said + LITTLE);
        let log_odds = promised.min(UNKNOWN) + sure * (promised - UNKNOWN).max(0.0);
        1.0 / (1.0 + (-log_odds).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(blend: f64, said: f64, has_interests: bool) -> f64 {
        Evidence { said, has_interests }.chance(blend)
    }

    #[test]
    fn a_chance_rises_with_the_parts_and_with_what_is_said() {
        let steps = || (0..=100).map(|step| f64::from(step) / 100.0);
        for has_interests in [false, true] {
            for fixed in [0.0, 0.05, 0.4, 1.0, 7.0] {
                let by_parts: Vec<f64> =
                    steps().map(|blend| chance(blend, fixed, has_interests)).collect();
                assert!(
                    by_parts.is_sorted()
                        && by_parts.iter().all(|chance| (0.0..=1.0).contains(chance))
                );
                let by_said: Vec<f64> = steps()
                    .map(|said| chance(fixed.min(1.0), 10.0 * said, has_interests))
                    .collect();
                assert!(by_said.is_sorted());
            }
        }
    }

    #[test]
    fn who_says_much_gets_the_chance_that_the_parts_promise() {
        assert!((chance(EVEN, 1e9, false) - 0.5).abs() < 1e-6);
        assert!((chance(EVEN * CHOOSY, 1e9, true) - 0.5).abs() < 1e-6);
        assert!(chance(0.0, 1e9, false) < 1e-4 && chance(1.0, 1e9, true) > 0.99);
    }

    #[test]
    fn who_says_nothing_gets_no_more_than_the_chance_of_any_project() {
        let any = 689.0 / 10_992.0;
        assert!((chance(1.0, 0.0, false) - any).abs() < 1e-3);
    }
}
