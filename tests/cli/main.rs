//! The command line as its users meet it: every test runs the program as a process of its own.
//!
//! One binary, so that it is linked once. What the inside does is tested beside the code, not here.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

mod acceptance;
mod batch;
mod catalogs;
mod determinism;
mod eval;
mod explanations;
mod filters;
mod formats;
mod forms;
mod handing_on;
mod index;
mod inputs;
mod interrupted;
mod lists;
mod output;
mod picking;
mod projects;
mod readme;
mod run;
mod safety;
mod sample;
mod summary;
mod terminal;
mod usage;
