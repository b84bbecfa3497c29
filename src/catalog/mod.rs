//! Documents -> [`Catalog`]: finding them, telling their format, gathering their projects and flaws.
//!
//! `files` alone touches the file system; `markdown` and `json` are pure. A new format is one file and one arm in
//! [`read_text`].

mod builtin;
mod files;
mod flaws;
mod ids;
mod json;
mod lines;
mod markdown;
mod mentors;
pub mod organisations;
mod terms;
mod text;
mod urls;

use std::path::{Path, PathBuf};

pub use builtin::builtin;
pub use files::LARGEST_DOCUMENT;

use crate::error::Result;
use crate::model::{Catalog, CatalogSource, Diagnostic, Project};
use flaws::Flaws;

/// Reads the catalog that `paths` name: files, folders (searched for `.md` and `lfx-export.json`), `-` for standard
/// input. Documents are read in the order given, within a folder in the order of their names.
///
/// # Errors
/// Where a document that was named cannot be read: missing, not permitted, larger than [`LARGEST_DOCUMENT`], not text,
/// or broken JSON. A document found in a folder is then passed over with a diagnostic.
pub fn read(paths: &[PathBuf]) -> Result<Catalog> {
    let mut catalog = Catalog::default();
    for found in files::find(paths)? {
        let result =
            files::read(&found.path).and_then(|text| read_text(&found.path, &text, found.named));
        match result {
            Ok(document) => add(&mut catalog, document, &found.path, found.named),
            Err(error) if found.named => return Err(error),
            Err(error) => {
                let mut flaws = Flaws::new(&found.path);
                flaws.error(
                    error.line().unwrap_or(1),
                    "unreadable-document",
                    format!("the document was left out: {error}"),
                    "",
                );
                catalog.diagnostics.extend(flaws.into_sorted());
            }
        }
    }
    finish(&mut catalog);
    Ok(catalog)
}

/// Reads the one document `text`, which is called `name` in what is told of it.
///
/// # Errors
/// Where it looks like JSON and is not an export.
pub fn from_text(name: &Path, text: &str) -> Result<Catalog> {
    let mut catalog = Catalog::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = read_text(name, text, true)?;
    add(&mut catalog, document, name, true);
    finish(&mut catalog);
    Ok(catalog)
}

/// The projects and the flaws of one document.
type Document = (Vec<Project>, Vec<Diagnostic>);

fn read_text(path: &Path, text: &str, named: bool) -> Result<Document> {
    let mut flaws = Flaws::new(path);
    let mut projects = match is_json(path, text) {
        true => json::read(path, text, &mut flaws)?,
        false => markdown::read(path, text, &mut flaws),
    };
    let from_folder = terms::of_path(path);
    for project in &mut projects {
        project.term = project.term.take().or_else(|| from_folder.clone());
        let known = project.org.as_deref().and_then(|o| organisations::known().named(o));
        project.maturity = project.maturity.or(known.map(|k| k.maturity));
        tell(project, &mut flaws);
    }
    if projects.is_empty() && named {
        flaws.warning(
            1,
            "no-projects",
            "no project was found: no heading with fields such as Description, Skills or Mentors below it, no table of projects",
            "name a page of project ideas, or give each project a heading and labelled fields",
        );
    }
    Ok((projects, flaws.into_sorted()))
}

/// Whether the document is JSON: by its name, and where that says nothing, by its first characters.
fn is_json(path: &Path, text: &str) -> bool {
    match path.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
        Some("json") => true,
        Some("md" | "markdown" | "txt") => false,
        _ => {
            let mut start = text.trim_start().chars().filter(|c| !c.is_whitespace());
            match start.next() {
                Some('{') => matches!(start.next(), Some('"' | '}')),
                Some('[') => matches!(start.next(), Some('{')),
                _ => false,
            }
        }
    }
}

/// Tells what is missing in `project`.
fn tell(project: &Project, flaws: &mut Flaws) {
    let line = project.source.line;
    let title = &project.title;
    let mut missing = |is: bool, code: &str, what: &str, help: &str| {
        if is {
            flaws.warning(line, code, format!("\"{title}\" has no {what}"), help);
        }
    };
    missing(
        project.org.is_none(),
        "missing-organisation",
        "organisation",
        "put it below a heading with the organisation's name",
    );
    missing(
        project.description.is_empty(),
        "missing-description",
        "description",
        "add \"Description:\"",
    );
    missing(project.skills.is_empty(), "missing-skills", "skills", "add \"Recommended Skills:\"");
    missing(
        project.upstream_urls.is_empty(),
        "missing-upstream",
        "upstream address",
        "add \"Upstream Issue:\"",
    );
    missing(project.mentors.is_empty(), "missing-mentors", "mentors", "add \"Mentor(s):\"");
    for mentor in project.mentors.iter().filter(|m| m.github.is_none()) {
        let name = mentor.name.as_deref().unwrap_or_default();
        flaws.note(
            line,
            "mentor-without-handle",
            format!("the mentor \"{name}\" of \"{title}\" has no GitHub handle"),
            "write \"Name (@handle)\"",
        );
    }
    if let Some(org) = project.org.as_deref().filter(|o| organisations::known().named(o).is_none())
    {
        flaws.note(
            line,
            "unknown-organisation",
            format!("\"{org}\" is no project of the CNCF landscape"),
            "check its spelling",
        );
    }
}

fn add(catalog: &mut Catalog, (projects, flaws): Document, path: &Path, named: bool) {
    // A page without projects that a folder brought along is no source of any.
    if named || !projects.is_empty() {
        catalog.sources.push(CatalogSource { path: path.to_owned(), projects: projects.len() });
        catalog.diagnostics.extend(flaws);
    }
    catalog.projects.extend(projects);
}

fn finish(catalog: &mut Catalog) {
    ids::assign(&mut catalog.projects);
}
