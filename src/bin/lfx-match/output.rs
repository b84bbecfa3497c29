//! Where results and messages go: standard output or a file that is whole or not there; standard error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use lfx_match::Error;
use lfx_match::report::{TableStyle, one_line};
use tempfile::NamedTempFile;

use super::args::{Color, GlobalArgs};
use super::failure::Failure;

/// Tables are not drawn wider than this: long lines are hard to read.
const WIDEST: usize = 100;
/// The width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;

/// The user's terminal, and what the user wants of it.
#[derive(Debug)]
pub(crate) struct Terminal {
    output: Option<PathBuf>,
    quiet: bool,
    color: Color,
}

impl Terminal {
    pub(crate) fn new(args: &GlobalArgs) -> Self {
        Self { output: args.output.clone(), quiet: args.quiet, color: args.color }
    }

    /// Opens the place for the result. Done before the long work, so that a place that cannot be
    /// written to is known at once.
    pub(crate) fn open(&self) -> Result<Sink, Failure> {
        match &self.output {
            None => Ok(Sink::Stdout(BufWriter::new(io::stdout().lock()))),
            Some(path) => {
                let folder = match path.parent() {
                    Some(folder) if !folder.as_os_str().is_empty() => folder,
                    _ => Path::new("."),
                };
                let file = NamedTempFile::new_in(folder).map_err(|error| Error::io(path, error))?;
                Ok(Sink::File { writer: BufWriter::new(file), path: path.clone() })
            }
        }
    }

    /// Writes a whole result.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut sink = self.open()?;
        sink.write(text)?;
        sink.finish()
    }

    /// How tables are drawn on standard output.
    pub(crate) fn table_style(&self) -> TableStyle {
        let width =
            terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| width.0.into());
        let color = self.output.is_none() && self.colors(io::stdout().is_terminal());
        TableStyle { width: width.clamp(40, WIDEST), color }
    }

    /// Something the user may want to know.
    pub(crate) fn note(&self, message: &str) {
        self.say("note", AnsiColor::Cyan.on_default(), message);
    }

    /// Something that may be wrong.
    pub(crate) fn warning(&self, message: &str) {
        self.say("warning", AnsiColor::Yellow.on_default(), message);
    }

    /// Something that failed; said even to those who want quiet.
    pub(crate) fn error(&self, message: &str) {
        self.line("error", AnsiColor::Red.on_default(), message);
    }

    fn say(&self, label: &str, style: Style, message: &str) {
        if !self.quiet {
            self.line(label, style, message);
        }
    }

    fn line(&self, label: &str, style: Style, message: &str) {
        let label = match self.colors(io::stderr().is_terminal()) {
            true => format!("{}{label}{}:", style.bold().render(), style.render_reset()),
            false => format!("{label}:"),
        };
        let lines = message.lines().map(one_line).collect::<Vec<_>>().join("\n");
        // A message that cannot be shown is no reason to stop.
        let _ = writeln!(io::stderr(), "{label} {lines}");
    }

    fn colors(&self, is_terminal: bool) -> bool {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !no_color,
        }
    }
}

/// Where a result is written to.
pub(crate) enum Sink {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// A temporary file beside its goal, which it replaces when all is written.
    File {
        writer: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Sink {
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout(writer) => writer.write_all(text.as_bytes()).map_err(to_stdout),
            Self::File { writer, path } => {
                writer.write_all(text.as_bytes()).map_err(|error| Error::io(path, error).into())
            }
        }
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Stdout(mut writer) => writer.flush().map_err(to_stdout),
            Self::File { writer, path } => {
                let failed = |error: io::Error| Error::io(&path, error);
                let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
                share(file.as_file()).map_err(failed)?;
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&path).map_err(|error| failed(error.error))?;
                Ok(())
            }
        }
    }
}

/// Temporary files are made for their owner alone; a result is as readable as any new file.
#[cfg(unix)]
fn share(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_file: &std::fs::File) -> io::Result<()> {
    Ok(())
}

fn to_stdout(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Error::io(Path::new("standard output"), error).into(),
    }
}
