//! Many applicants: ranked in parallel, answered in order, in memory that does not grow with their number.
//!
//! The only place that names rayon.

use rayon::prelude::*;

use crate::error::Result;
use crate::mentees::{Applicant, Row, RowError};
use crate::rank::{Answer, Matcher};

/// Rows in work at a time: enough to keep the threads busy, few enough to be forgotten soon.
const BATCH: usize = 512;

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was ranked.
    Ranked(Applicant, Answer),
    /// It could not be used.
    Rejected(RowError),
}

/// Ranks every row and gives each outcome to `take`, in the order of the rows.
///
/// # Errors
///
/// The model cannot be run, or `take` fails.
pub fn rank_by_mentee(
    rows: impl Iterator<Item = Row>,
    matcher: &Matcher,
    top: usize,
    keep: &[bool],
    mut take: impl FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    let mut rows = rows;
    loop {
        let batch: Vec<Row> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let outcomes: Result<Vec<Outcome>> = batch
            .into_par_iter()
            .map(|row| {
                Ok(match row {
                    Ok(applicant) => {
                        let answer = matcher.rank(&applicant.mentee, top, keep)?;
                        Outcome::Ranked(applicant, answer)
                    }
                    Err(error) => Outcome::Rejected(error),
                })
            })
            .collect();
        for outcome in outcomes? {
            take(outcome)?;
        }
    }
}
