//! `lfx-match catalog`: what catalogs hold, and what is wrong in them.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lfx_match::catalog::{self, codes};
use lfx_match::model::Catalog;
use lfx_match::model::Code;
use lfx_match::report::diagnostics::{self, CheckReport};
use lfx_match::report::{self, CatalogExport, CatalogList, one_line};

use super::args::{CatalogCommand, CheckFormat, ExportFormat, ListFormat};
use super::failure::{FAILED, Failure};
use super::output::Terminal;
use super::paths::keep_apart;
use super::prepare::{read, say_it_is_empty, say_what_was_lost};

pub(crate) fn run(command: &CatalogCommand, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let (CatalogCommand::List { paths, .. }
    | CatalogCommand::Export { paths, .. }
    | CatalogCommand::Check { paths, .. }) = command;
    keep_apart(paths.iter().map(PathBuf::as_path), terminal.output())?;
    match command {
        CatalogCommand::List { paths, format: ListFormat::Table } => list(paths, terminal),
        CatalogCommand::List { paths, format: ListFormat::Json } => {
            let catalog = read(paths)?;
            say_losses(&catalog, terminal);
            terminal.write(&report::json(&CatalogList::from(&catalog))?)?;
            Ok(ExitCode::SUCCESS)
        }
        CatalogCommand::Export { paths, format: ExportFormat::Json } => {
            let catalog = read(paths)?;
            say_losses(&catalog, terminal);
            terminal.write(&report::json(&CatalogExport::from(&catalog))?)?;
            Ok(ExitCode::SUCCESS)
        }
        CatalogCommand::Check { explain: Some(code), .. } => explain(code, terminal),
        CatalogCommand::Check { paths, format, explain: None } => check(paths, *format, terminal),
    }
}

/// What of a catalog could not be read, up to all of it.
fn say_losses(catalog: &Catalog, terminal: &Terminal) {
    say_what_was_lost(catalog, terminal);
    if catalog.projects.is_empty() {
        say_it_is_empty(terminal);
    }
}

/// One project a line, an organisation's under its name.
fn list(paths: &[PathBuf], terminal: &Terminal) -> Result<ExitCode, Failure> {
    let catalog = read(paths)?;
    say_losses(&catalog, terminal);
    let mut text = String::new();
    let mut org = None;
    for project in &catalog.projects {
        let heading = (&project.org, &project.term);
        if org != Some(heading) {
            org = Some(heading);
            let name = one_line(project.org.as_deref().unwrap_or("(no organisation)"));
            let term = project.term.as_deref().map(|t| format!("  {}", one_line(t)));
            let _ = writeln!(text, "{name}{}", term.unwrap_or_default());
        }
        let _ = writeln!(text, "  {}", one_line(&project.title));
    }
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Every flaw, in the format asked for; exit status 1 where there is an error among them.
fn check(paths: &[PathBuf], format: CheckFormat, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let checked = match paths {
        [] => catalog::check_builtin(),
        paths => catalog::check(paths)?,
    };
    if checked.catalog.sources.is_empty() {
        say_it_is_empty(terminal);
    }
    let report = CheckReport::from(&checked);
    let text = match format {
        CheckFormat::Text => diagnostics::text(&report, terminal.table_style()),
        CheckFormat::Json => diagnostics::json(&report)?,
        CheckFormat::Sarif => {
            // Where the folder is not known, paths are shown as they were given.
            let root = std::env::current_dir().ok();
            diagnostics::sarif(&report, root.as_deref())?
        }
        CheckFormat::Github => diagnostics::github(&report),
    };
    terminal.write(&text)?;
    let lost = report.counts.errors > 0;
    Ok(if lost { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

/// What a code means.
fn explain(name: &str, terminal: &Terminal) -> Result<ExitCode, Failure> {
    // clap has let through only names that there are.
    terminal.write(&Code::find(name).map(codes::section).unwrap_or_default())?;
    Ok(ExitCode::SUCCESS)
}
