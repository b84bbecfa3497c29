//! `lfx-match index`: builds the index of a catalog, and says what one holds.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;
use lfx_match::report::{self, one_line};
use lfx_match::store::{self, CatalogIndex, Changes, LockedFolder};
use lfx_match::{Error, catalog, embed};

use super::args::{IndexCommand, ListFormat};
use super::failure::{Failure, usage_of};
use super::interrupt;
use super::output::Terminal;
use super::paths;
use super::prepare::say_flaws;

pub(crate) fn run(command: &IndexCommand, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match command {
        IndexCommand::Build { catalog, output, model } => {
            build(catalog, output.as_deref(), model.as_deref(), terminal)
        }
        IndexCommand::Info { folder, format } => info(folder, *format, terminal),
    }
}

fn build(
    paths: &[PathBuf],
    folder: Option<&Path>,
    model: Option<&str>,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let Some(folder) = folder else {
        let message = "the folder for the index is missing\n\nFor example:\n  \
            lfx-match index build --catalog lfx-mentorship/ --output mentorship.index\n";
        return Err(usage_of(&["index", "build"], ErrorKind::MissingRequiredArgument, message));
    };
    paths::keep_apart(paths.iter().map(PathBuf::as_path), Some(folder))?;
    let catalog = catalog::read(paths)?;
    say_flaws(&catalog, paths, terminal);
    let embedder = embed::load(model.unwrap_or("builtin"))?;
    let folder = Arc::new(LockedFolder::new(folder)?);
    interrupt::watch_index(&folder);
    let changes = store::build_in(&folder, &catalog, embedder.as_ref())?;
    if let Some(reason) = &changes.from_scratch {
        terminal.warning(&format!("built from scratch: {reason}"));
    }
    print(&summary(&changes, catalog.projects.len()))?;
    Ok(ExitCode::SUCCESS)
}

fn summary(changes: &Changes, projects: usize) -> String {
    let Changes { added, changed, removed, kept, embedded, .. } = changes;
    format!(
        "{projects} projects: {added} added, {changed} changed, {removed} removed, {kept} as before; \
         {embedded} texts embedded\n"
    )
}

fn info(folder: &Path, format: ListFormat, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let index = CatalogIndex::open(folder)?;
    index.check_projects()?;
    let manifest = index.manifest();
    if let ListFormat::Json = format {
        terminal.write(&report::json(manifest)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let mut text = format!(
        "format    {}\nmodel     {}, {} dimensions\nprojects  {}\ntexts     {}\nsize      {:.1} MiB\n",
        manifest.format_version,
        one_line(&manifest.model.id),
        manifest.model.dimensions,
        manifest.projects,
        manifest.texts,
        bytes as f64 / f64::from(1 << 20),
    );
    for (at, source) in manifest.sources.iter().enumerate() {
        let label = if at == 0 { "sources" } else { "" };
        let path = source.path.to_string_lossy();
        let _ = writeln!(text, "{label:<10}{} ({} projects)", one_line(&path), source.projects);
    }
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// To standard output: `--output` is the index itself.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
        Err(error) => Err(Error::io(Path::new("standard output"), error).into()),
        Ok(()) => Ok(()),
    }
}
