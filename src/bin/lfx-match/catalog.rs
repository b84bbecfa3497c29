//! `lfx-match catalog`: what catalogs hold, and what is wrong in them.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lfx_match::model::{Catalog, Severity};
use lfx_match::report::{self, CatalogExport, one_line};

use super::args::{CatalogCommand, ExportFormat};
use super::failure::{FAILED, Failure};
use super::matching::read;
use super::output::Terminal;

pub(crate) fn run(command: &CatalogCommand, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match command {
        CatalogCommand::List { paths } => list(paths, terminal),
        CatalogCommand::Export { paths, format: ExportFormat::Json } => {
            terminal.write(&report::json(&CatalogExport::from(&read(paths)?))?)?;
            Ok(ExitCode::SUCCESS)
        }
        CatalogCommand::Check { paths } => check(paths, terminal),
    }
}

/// One project a line, an organisation's under its name.
fn list(paths: &[PathBuf], terminal: &Terminal) -> Result<ExitCode, Failure> {
    let catalog = read(paths)?;
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

/// Every flaw in a line of its own, as compilers show them.
fn check(paths: &[PathBuf], terminal: &Terminal) -> Result<ExitCode, Failure> {
    let Catalog { diagnostics, .. } = read(paths)?;
    let mut text = String::new();
    for flaw in &diagnostics {
        let severity = format!("{:?}", flaw.severity).to_lowercase();
        let path = flaw.path.display();
        let message = one_line(&flaw.message);
        let _ = writeln!(text, "{path}:{}: {severity}[{}]: {message}", flaw.line, flaw.code);
    }
    terminal.write(&text)?;
    let lost = diagnostics.iter().any(|flaw| flaw.severity == Severity::Error);
    Ok(if lost { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}
