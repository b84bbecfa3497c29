//! Runs the program and keeps what it said. Every run, whatever it is about, must end without a panic.

use std::ffi::OsStr;
use std::fmt::Debug;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use lfx_match::report::MatchReport;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs with these arguments, nothing on standard input and an environment that asks for nothing.
pub(crate) fn lfx<A: AsRef<OsStr> + Debug>(arguments: &[A]) -> Run {
    Call::new(arguments).run()
}

/// The answer to these arguments, read back from JSON.
pub(crate) fn answer<A: AsRef<OsStr> + Debug>(arguments: &[A]) -> MatchReport {
    let run = Call::new(arguments).arg("--format").arg("json").run().succeeded();
    serde_json::from_str(&run.out).unwrap()
}

/// A run to be made.
pub(crate) struct Call {
    command: Command,
    input: Vec<u8>,
}

impl Call {
    pub(crate) fn new<A: AsRef<OsStr> + Debug>(arguments: &[A]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lfx-match"));
        command.args(arguments);
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "RAYON_NUM_THREADS"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command, input: Vec::new() }
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What it finds on standard input.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// What standard output is, instead of a pipe that is read.
    pub(crate) fn stdout(mut self, stdout: impl Into<Stdio>) -> Self {
        self.command.stdout(stdout);
        self
    }

    pub(crate) fn run(self) -> Run {
        let Self { mut command, input } = self;
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().unwrap();
        // A program that ends before it has read everything closes the pipe: no fault of the test.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let run = Run {
            status: output.status.code().expect("ended by itself, not by a signal"),
            out: String::from_utf8(output.stdout).expect("results are UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        };
        assert!(!run.err.contains("panicked") && run.status != 101, "{command:?}\n{run:?}");
        assert!(!run.err.contains("RUST_BACKTRACE"), "{command:?}\n{run:?}");
        run
    }
}

impl Run {
    /// The same run, which must have ended well.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// The same run, which must have failed with this status and nothing on standard output.
    #[track_caller]
    pub(crate) fn failed(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.out, "", "a failure must leave standard output empty");
        self
    }

    /// The same run, whose messages must hold every one of these words.
    #[track_caller]
    pub(crate) fn saying(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in:\n{}", self.err);
        }
        self
    }

    /// The lines of the result.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// The titles of an answer, best first.
pub(crate) fn titles(report: &MatchReport) -> Vec<&str> {
    report.recommendations.iter().map(|r| r.project.title.as_str()).collect()
}

/// The organisations of an answer, best first.
pub(crate) fn orgs(report: &MatchReport) -> Vec<&str> {
    report.recommendations.iter().map(|r| r.project.org.as_deref().unwrap_or_default()).collect()
}
