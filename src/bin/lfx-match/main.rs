//! The command line: arguments in, one command, an exit status out. No logic of its own.

mod answers;
mod args;
mod catalog;
mod eval;
mod failure;
mod index;
mod input;
mod interrupt;
mod key_file;
mod lists;
mod matching;
mod output;
mod paths;
mod prepare;
mod progress;
mod rank_args;
mod ranking;
mod ranking_args;
mod rejects;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, error::ErrorKind};

use args::{Cli, Command, MatchArgs};
use failure::Failure;
use output::Terminal;

/// Reading a catalog, a lexicon and a vocabulary is mostly allocating: a tenth of a start is saved.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return Failure::usage(error).report(&Terminal::default()),
    };
    let terminal = Terminal::new(&cli.global);
    match run(cli, &terminal) {
        Ok(status) => status,
        Err(failure) => failure.report(&terminal),
    }
}

fn run(cli: Cli, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let Some(command) = cli.command else {
        return matching::run(&cli.matching, terminal);
    };
    if cli.matching != MatchArgs::default() {
        let message = "options of `match` come after the command, not before it";
        return Err(Failure::usage(Cli::command().error(ErrorKind::ArgumentConflict, message)));
    }
    match command {
        Command::Match(args) => matching::run(&args, terminal),
        Command::Rank(args) => ranking::run(&args, terminal),
        Command::Catalog(command) => catalog::run(&command, terminal),
        Command::Index(command) => index::run(&command, terminal),
        Command::Eval(args) => eval::run(&args, terminal),
        Command::Skills(command) => lists::skills(&command, terminal),
        Command::Models(command) => lists::models(&command, terminal),
        Command::Completions { shell } => lists::completions(shell, terminal),
        Command::Man => lists::manual(terminal),
    }
}
