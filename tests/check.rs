//! `catalog check` from a page to what is shown: every code is provoked once, every format is what it claims to be.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

#[path = "check/agreement.rs"]
mod agreement;
#[path = "check/formats.rs"]
mod formats;
#[path = "check/pages.rs"]
mod pages;
