//! The parts of a score, and how much each counts.
//!
//! The one place where weights are stated.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// A part of a score. Each is a number in `0..=1` before it is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// How sure it is by names that the mentee can do, or cares for, what the project asks for or speaks of.
    /// Every canonical skill that meets adds to it, by how telling it is and how well it serves.
    Overlap,
    /// How close in meaning: what the mentee says to the parts of the project closest to it and to all of
    /// it, the best of what they say by itself, and each item asked for, and the title, to the closest thing
    /// said.
    Semantic,
    /// How many of the mentee's words, rare ones first, the project's text uses (BM25).
    Lexical,
    /// How far the skills that the mentee names belong to the same fields of work as the project's:
    /// security, observability, documentation, design.
    Field,
    /// How well the project's demands suit the mentee's level; counts only where a level is given. A
    /// project whose text tells no level is in the middle.
    Level,
}

impl Part {
    /// All parts, in the order in which they are shown.
    pub const ALL: [Part; 5] =
        [Part::Overlap, Part::Semantic, Part::Lexical, Part::Field, Part::Level];

    /// The parts that count for everyone: no level is read of the applicants of a file.
    pub const COMMON: [Part; 4] = [Part::Overlap, Part::Semantic, Part::Lexical, Part::Field];

    /// Its name in options and outputs.
    pub fn name(self) -> &'static str {
        match self {
            Part::Overlap => "overlap",
            Part::Semantic => "semantic",
            Part::Lexical => "lexical",
            Part::Field => "field",
            Part::Level => "level",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much each part counts.
///
/// The weights of all parts but [`Part::Level`] add up to 1. That of the level is the share of the score that
/// it takes from the others where a mentee's level is given; so a score always stays in `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights([f64; Part::ALL.len()]);

impl Weights {
    /// The weight of a part.
    pub fn of(&self, part: Part) -> f64 {
        self.0[part as usize]
    }

    /// What each part counts of a mentee's score, in the order of [`Part::ALL`]: adds up to 1.
    pub(crate) fn shares(&self, level_given: bool) -> [f64; Part::ALL.len()] {
        let level = if level_given { self.of(Part::Level) } else { 0.0 };
        let mut shares = self.0.map(|weight| weight * (1.0 - level));
        shares[Part::Level as usize] = level;
        shares
    }

    /// The same weights with one part left out, scaled to add up to 1; `None` where nothing is left.
    pub fn without(&self, part: Part) -> Option<Self> {
        let mut weights = self.0;
        weights[part as usize] = 0.0;
        Self::scaled(weights)
    }

    fn scaled(mut weights: [f64; Part::ALL.len()]) -> Option<Self> {
        let level = std::mem::take(&mut weights[Part::Level as usize]);
        let sum: f64 = weights.iter().sum();
        (sum.is_finite() && sum > 0.0).then(|| {
            let mut scaled = weights.map(|weight| weight / sum);
            scaled[Part::Level as usize] = level;
            Self(scaled)
        })
    }
}

impl Default for Weights {
    /// Fitted on judged terms, each with a model that had not seen its judgements, and rounded.
    fn default() -> Self {
        Self([0.14, 0.77, 0.02, 0.07, 0.05])
    }
}

impl FromStr for Weights {
    type Err = Error;

    /// Reads `overlap=0.5,semantic=0.5`. Parts that are not named count nothing, except the level, which
    /// counts as much as ever; the weights are scaled to add up to 1.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = |message: String| {
            let names: Vec<&str> = Part::ALL.iter().map(|part| part.name()).collect();
            Error::new(ErrorKind::Unknown, message).with_help(format!(
                "write weights as `overlap=0.5,semantic=0.5`; the parts are {}",
                names.join(", ")
            ))
        };
        let mut weights = [0.0f64; Part::ALL.len()];
        weights[Part::Level as usize] = Self::default().of(Part::Level);
        let mut named = [false; Part::ALL.len()];
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (name, value) =
                item.split_once('=').ok_or_else(|| wrong(format!("{item:?} has no `=`")))?;
            let part = Part::ALL
                .into_iter()
                .find(|part| part.name() == name.trim())
                .ok_or_else(|| wrong(format!("no part is called {:?}", name.trim())))?;
            let value: f64 = value
                .trim()
                .parse()
                .map_err(|_| wrong(format!("{:?} is no number", value.trim())))?;
            if !(value.is_finite() && value >= 0.0) {
                return Err(wrong(format!("a weight is 0 or more, not {value}")));
            }
            if part == Part::Level && value > 1.0 {
                return Err(wrong(format!("the share of `level` is at most 1, not {value}")));
            }
            if std::mem::replace(&mut named[part as usize], true) {
                return Err(wrong(format!("{:?} is given twice", part.name())));
            }
            weights[part as usize] = value;
        }
        Self::scaled(weights).ok_or_else(|| {
            let is_zero = weights.iter().take(Part::Level as usize).all(|weight| *weight == 0.0);
            let what = if is_zero { "no part has any weight" } else { "the weights are too large" };
            wrong(what.to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_scaled_to_one() {
        let weights: Weights = "overlap=1, semantic=3".parse().unwrap();
        assert_eq!(weights.of(Part::Semantic), 0.75);
        assert_eq!(weights.of(Part::Lexical), 0.0);
        for level_given in [false, true] {
            let default: f64 = Weights::default().shares(level_given).iter().sum();
            assert!((default - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn wrong_weights_say_what_is_wrong_and_what_is_right() {
        for (text, says) in [
            ("overlap", "has no `=`"),
            ("luck=1", "no part is called \"luck\""),
            ("overlap=much", "\"much\" is no number"),
            ("overlap=-1", "0 or more"),
            ("overlap=inf", "0 or more"),
            ("overlap=0", "no part has any weight"),
            ("level=1", "no part has any weight"),
            ("overlap=1,level=2", "at most 1"),
        ] {
            let error = text.parse::<Weights>().unwrap_err().to_string();
            assert!(error.contains(says) && error.contains("the parts are overlap"), "{error}");
        }
    }
}
