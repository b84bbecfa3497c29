//! Many applicants: worked on in parallel, answered in order, in memory that does not grow with their number.
//!
//! With [`shortlists`] the question is turned round, and [`summary`] counts what a coordinator looks at first.
//!
//! ```
//! use lfx_match::{Matcher, Weights, batch, catalog, embed, mentees};
//!
//! # fn main() -> lfx_match::Result<()> {
//! let catalog = catalog::builtin();
//! let matcher = Matcher::new(&catalog, embed::load("builtin")?, Weights::default())?;
//! let rows = mentees::read("id,skills\na1,\"Rust, wasm\"\na2,\n".as_bytes(), &Default::default())?;
//! let best = |applicant: mentees::Applicant| {
//!     Ok((matcher.rank(&applicant.mentee, 3, &[])?.recommendations, applicant.id))
//! };
//! batch::in_order(rows, best, |outcome| match outcome {
//!     Ok((recommendations, id)) => Ok(println!("{id}: {}", recommendations[0].score)),
//!     Err(row) => Ok::<_, lfx_match::Error>(eprintln!("line {}: {}", row.line, row.reason)),
//! })
//! # }
//! ```

pub mod shortlists;
pub mod summary;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::mentees::{Applicant, Row, RowError};

/// Rows in work at a time: enough to keep the threads busy, few enough to be forgotten soon.
const BATCH: usize = 256;

/// Does `work` for every applicant, on all threads that rayon has, and gives what comes of it to `take` on this thread,
/// in the order of the rows. A row that is no applicant comes out as the reason why.
///
/// While one batch is in work, the one before is taken and the next is fetched. The cells of a
/// [`RawRow`](crate::mentees::RawRow) are read on the threads that work.
///
/// # Errors
///
/// The first error, in the order of the rows, of `rows`, `work` or `take`; what was ready before it has been taken.
pub fn in_order<R: Into<Row> + Send, T: Send, E: From<Error>>(
    rows: impl IntoIterator<Item = Result<R>>,
    work: impl Fn(Applicant) -> Result<T> + Sync,
    mut take: impl FnMut(std::result::Result<T, RowError>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let work = |row: Result<R>| -> Result<std::result::Result<T, RowError>> {
        row?.into().map_or_else(|rejected| Ok(Err(rejected)), |applicant| work(applicant).map(Ok))
    };
    // What cannot be read ends the rows, once those before it are done.
    let mut is_over = false;
    let mut rows = rows.into_iter().take_while(move |row| {
        let is_behind = is_over;
        is_over |= row.is_err();
        !is_behind
    });
    let mut next_batch = || rows.by_ref().take(BATCH).collect::<Vec<_>>();
    let mut done = Vec::new();
    let mut batch = next_batch();
    while !batch.is_empty() {
        let (rows, mut results) = (batch, Vec::new());
        batch = rayon::in_place_scope(|scope| {
            scope.spawn(|_| results = rows.into_par_iter().map(&work).collect());
            done.drain(..).try_for_each(|outcome: Result<_>| take(outcome?))?;
            Ok::<_, E>(next_batch())
        })?;
        done = results;
    }
    done.into_iter().try_for_each(|outcome| take(outcome?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn applicant(number: usize) -> Result<Row> {
        Ok(Ok(Applicant { id: number.to_string(), ..Applicant::default() }))
    }

    fn broken(message: &str) -> Error {
        Error::new(ErrorKind::Input, message)
    }

    /// What is taken, and what the error says where there is one.
    fn taken(
        rows: Vec<Result<Row>>,
        work: impl Fn(Applicant) -> Result<String> + Sync,
    ) -> (Vec<String>, Option<String>) {
        let mut taken = Vec::new();
        let done: Result<()> = in_order(rows, work, |outcome| {
            taken.push(outcome.unwrap_or_else(|rejected| format!("!{}", rejected.line)));
            Ok(())
        });
        (taken, done.err().map(|error| error.to_string()))
    }

    #[test]
    fn what_comes_out_has_the_order_of_what_went_in() {
        let mut rows: Vec<Result<Row>> = (0..3 * BATCH + 7).map(applicant).collect();
        rows[BATCH] = Ok(Err(RowError { line: 9, reason: String::new() }));
        let mut expected: Vec<String> = (0..rows.len()).map(|number| number.to_string()).collect();
        expected[BATCH] = "!9".to_owned();
        assert_eq!(taken(rows, |applicant| Ok(applicant.id)), (expected, None));
    }

    #[test]
    fn an_input_that_breaks_off_is_an_error_behind_the_rows_before_it() {
        for length in [0, 5, BATCH, 2 * BATCH + 1] {
            let mut rows: Vec<Result<Row>> = (0..length).map(applicant).collect();
            rows.extend([Err(broken("gone")), applicant(0), Err(broken("gone twice"))]);
            let (done, error) = taken(rows, |applicant| Ok(applicant.id));
            assert_eq!((done.len(), error.as_deref()), (length, Some("gone")));
        }
    }

    #[test]
    fn the_first_failure_is_told_and_what_was_ready_before_it_is_taken() {
        let rows: Vec<Result<Row>> = (0..2 * BATCH).map(applicant).collect();
        let (done, error) = taken(rows, |applicant| match applicant.id.parse::<usize>() {
            Ok(number) if number >= BATCH + 3 => Err(broken(&applicant.id)),
            _ => Ok(applicant.id),
        });
        assert_eq!((done.len(), error), (BATCH + 3, Some((BATCH + 3).to_string())));
    }

    #[test]
    fn taking_may_stop_the_work() {
        let rows = (0..10 * BATCH).map(applicant);
        let mut count = 0;
        let done: Result<()> = in_order(rows, Ok, |_| {
            count += 1;
            if count == 10 { Err(broken("enough")) } else { Ok(()) }
        });
        assert!(done.is_err() && count == 10);
    }
}
