//! One document -> projects and flaws; many documents -> a catalog. Pure: the text is given.

use std::path::Path;

use super::flaws::Flaws;
use super::page::Page;
use super::{checks, completeness, dedup, ids, json, markdown, maturity, scrub, terms, text};
use crate::error::Result;
use crate::model::{Catalog, CatalogSource, Code, Diagnostic, Project, Severity};

/// A catalog that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The catalog, with all that was found wrong in it.
    pub catalog: Catalog,
    /// The pages on which something was found, in the order in which they were read.
    pub pages: Vec<Page>,
}

/// The projects and the flaws of one document.
pub(super) type Document = (Vec<Project>, Vec<Diagnostic>);

/// Reads one document; `named` is whether the user named it.
pub(super) fn read_text(path: &Path, text: &str, named: bool) -> Result<Document> {
    let mut flaws = Flaws::new(path);
    let mut projects = match is_json(path, text) {
        true => json::read(path, text, &mut flaws)?,
        false => markdown::read(path, text, &mut flaws),
    };
    let from_folder = terms::of_path(path);
    let mut seen = std::collections::HashMap::new();
    for project in &mut projects {
        scrub::scrub(project);
        project.term = project.term.take().or_else(|| from_folder.clone());
        project.maturity = project.maturity.or_else(|| maturity::of(project));
        completeness::report_missing(project, &mut flaws);
        let key = (project.org.as_deref().map(text::fold), text::fold(&project.title));
        if let Some(first) = seen.insert(key, project.source.line) {
            let message = format!("\"{}\" stands on line {first} already", project.title);
            flaws.warning(
                project.source.line,
                Code::DuplicateProject,
                message,
                "keep one of them, or tell their titles apart",
            );
        }
    }
    if projects.is_empty() && named {
        flaws.warning(
            1,
            Code::NoProjects,
            "no project was found: no heading with fields such as Description, Skills or Mentors below it, no table of projects",
            "name a page of project ideas, or give each project a heading and labelled fields",
        );
    }
    Ok((projects, flaws.into_sorted()))
}

/// Reads and checks one document, which goes to `pages` where something is wrong in it.
pub(super) fn check_text(
    path: &Path,
    text: String,
    named: bool,
    pages: &mut Vec<Page>,
) -> Result<Document> {
    let (projects, told) = read_text(path, &text, named)?;
    let page = Page::new(path.to_owned(), text);
    let flaws = checks::check(&page, &projects, told);
    if !flaws.is_empty() {
        pages.push(page);
    }
    Ok((projects, flaws))
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

/// Reads the one document `text`, which diagnostics call `name`.
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

/// Adds a document to a catalog; `named` is whether the user named it.
pub(super) fn add(catalog: &mut Catalog, (projects, flaws): Document, path: &Path, named: bool) {
    // A page without projects that was found in a folder is not a source of any, and lacking them is not a flaw. Losing
    // something in it is.
    let is_source = named || !projects.is_empty();
    if is_source {
        catalog.sources.push(CatalogSource { path: path.to_owned(), projects: projects.len() });
    }
    let is_loss = |flaw: &Diagnostic| flaw.severity == Severity::Error;
    catalog.diagnostics.extend(flaws.into_iter().filter(|flaw| is_source || is_loss(flaw)));
    catalog.projects.extend(projects);
}

/// Merges projects that several documents have, and gives every project its id.
pub(super) fn finish(catalog: &mut Catalog) {
    dedup::merge(catalog);
    ids::assign(&mut catalog.projects);
}
