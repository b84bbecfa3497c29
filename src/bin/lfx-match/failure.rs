//! Failures as the user meets them: a message on standard error and an exit status.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;
use lfx_match::Error;

use super::args::Cli;
use super::output::Terminal;

/// Failed.
pub(crate) const FAILED: u8 = 1;
/// Done, but some input rows were rejected.
pub(crate) const SOME_REJECTED: u8 = 3;

/// Why a command did not come to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line was wrong.
    Usage(Box<clap::Error>),
    /// The work could not be done.
    Library(Box<Error>),
    /// Whoever read the output has gone: no failure at all.
    ClosedPipe,
}

/// Wrong usage of a command, told with the usage of that command.
pub(crate) fn usage_of(names: &[&str], kind: ErrorKind, message: impl Display) -> Failure {
    let mut cli = Cli::command();
    cli.build();
    let command =
        names.iter().try_fold(&mut cli, |command, name| command.find_subcommand_mut(name));
    Failure::usage(match command {
        Some(command) => command.error(kind, message),
        None => Cli::command().error(kind, message),
    })
}

impl Failure {
    pub(crate) fn usage(error: clap::Error) -> Self {
        Self::Usage(Box::new(error))
    }

    /// Says what went wrong, and gives the exit status for it.
    pub(crate) fn report(self, terminal: &Terminal) -> ExitCode {
        match self {
            // clap prints its messages itself. Help and version are results, and may find no room.
            Self::Usage(error) => match (error.use_stderr(), error.print()) {
                (true, _) => ExitCode::from(2),
                (false, Err(wrong)) if wrong.kind() != io::ErrorKind::BrokenPipe => {
                    terminal.error(&format!("standard output: {wrong}"));
                    ExitCode::from(FAILED)
                }
                (false, _) => ExitCode::SUCCESS,
            },
            Self::Library(error) => {
                terminal.error(&error.to_string());
                ExitCode::from(FAILED)
            }
            Self::ClosedPipe => ExitCode::SUCCESS,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(Box::new(error))
    }
}
