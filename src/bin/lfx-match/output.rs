//! Where results and messages go: standard output or a file that is whole or not there; standard error.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use lfx_match::Error;
use lfx_match::report::{TableStyle, one_line};
use tempfile::NamedTempFile;

use super::args::{Color, GlobalArgs};
use super::failure::Failure;
use super::interrupt::Unfinished;

/// Tables are not drawn wider than this: long lines are hard to read.
const WIDEST: usize = 100;
/// How much is collected before it is written, in bytes: many answers, for each alone has thousands.
const BUFFER: usize = 1 << 16;
/// The width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;

/// The user's terminal, and what the user wants of it.
#[derive(Debug, Default)]
pub(crate) struct Terminal {
    output: Option<PathBuf>,
    quiet: bool,
    color: Color,
}

impl Terminal {
    pub(crate) fn new(args: &GlobalArgs) -> Self {
        Self { output: args.output.clone(), quiet: args.quiet, color: args.color }
    }

    /// Where `--output` wants the result.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Opens the place for the result. Done before the long work, so that a place that cannot be
    /// written to is known at once.
    pub(crate) fn open(&self) -> Result<Sink, Failure> {
        match &self.output {
            None => Ok(Sink::stdout()),
            Some(path) => Sink::file(path, Access::Usual),
        }
    }

    /// Whether the result goes to a file.
    pub(crate) fn has_output_file(&self) -> bool {
        self.output.is_some()
    }

    /// Whether progress may be shown where nobody asked for it: not in the middle of a result.
    pub(crate) fn is_free(&self) -> bool {
        !self.quiet && (self.output.is_some() || !io::stdout().is_terminal())
    }

    /// Whether nothing but errors is to be said.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a whole result.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut sink = self.open()?;
        sink.write(text)?;
        sink.finish()
    }

    /// How tables are drawn where the result goes.
    pub(crate) fn table_style(&self) -> TableStyle {
        self.style(self.output.is_none())
    }

    /// How tables are drawn on standard output, or in a file.
    pub(crate) fn style(&self, on_stdout: bool) -> TableStyle {
        let width =
            terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| width.0.into());
        let color = on_stdout && self.colors(io::stdout().is_terminal());
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

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// As any new file of this user.
    Usual,
    /// Its owner alone.
    Private,
}

/// Where a result is written to.
pub(crate) enum Sink {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// A device or a named pipe.
    Device {
        writer: BufWriter<File>,
        path: PathBuf,
    },
    /// A temporary file beside its goal, which it replaces when all is written. `path` is what the
    /// user calls that goal.
    File {
        writer: BufWriter<NamedTempFile>,
        path: PathBuf,
        goal: PathBuf,
        unfinished: Unfinished,
    },
}

impl Sink {
    pub(crate) fn stdout() -> Self {
        Self::Stdout(buffered(io::stdout().lock()))
    }

    /// A file that is whole or not there; a device or pipe, where the path names one.
    pub(crate) fn file(path: &Path, access: Access) -> Result<Self, Failure> {
        let named = path;
        let failed = |error| Error::io(named, error);
        let path = named.to_owned();
        let old = fs::metadata(named).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(io::ErrorKind::IsADirectory.into()).into());
        }
        // A device or a named pipe is written to: a file in its place would be no device.
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let device = File::options().write(true).open(named).map_err(failed)?;
            return Ok(Self::Device { writer: buffered(device), path });
        }
        // Behind a link stands the file that is meant.
        let goal = path.canonicalize().unwrap_or_else(|_| path.clone());
        let folder = match goal.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            let missing = lfx_match::ErrorKind::Io(io::ErrorKind::NotFound.into());
            let error = Error::new(missing, "there is no such folder").at_path(named);
            return Err(error.with_help("make it first").into());
        }
        let make = || match access {
            Access::Usual => new_file(folder),
            Access::Private => NamedTempFile::new_in(folder),
        };
        let (file, unfinished) = Unfinished::begin(make).map_err(failed)?;
        if let Some(old) = old.filter(fs::Metadata::is_file) {
            file.as_file().set_permissions(old.permissions()).map_err(failed)?;
        }
        Ok(Self::File { writer: buffered(file), path, goal, unfinished })
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout(writer) => writer.write_all(text.as_bytes()).map_err(to_stdout),
            Self::Device { writer, path } => {
                writer.write_all(text.as_bytes()).map_err(|error| to_stream(path, error))
            }
            Self::File { writer, path, .. } => {
                writer.write_all(text.as_bytes()).map_err(|error| Error::io(path, error).into())
            }
        }
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Stdout(mut writer) => writer.flush().map_err(to_stdout),
            Self::Device { mut writer, path } => {
                writer.flush().map_err(|error| to_stream(&path, error))
            }
            Self::File { writer, path, goal, unfinished } => {
                let failed = |error: io::Error| Error::io(&path, error);
                let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&goal).map_err(|error| failed(error.error))?;
                drop(unfinished);
                Ok(())
            }
        }
    }
}

fn buffered<W: Write>(writer: W) -> BufWriter<W> {
    BufWriter::with_capacity(BUFFER, writer)
}

/// A temporary file that is as readable as any new file of this user, not for its owner alone.
#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // The user's mask is taken off this, as from every new file.
    let readable = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(readable).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

fn to_stdout(error: io::Error) -> Failure {
    to_stream(Path::new("standard output"), error)
}

/// Whoever reads a stream may go before its end: that is no failure.
fn to_stream(path: &Path, error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Error::io(path, error).into(),
    }
}
