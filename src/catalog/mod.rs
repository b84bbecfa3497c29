//! Documents -> [`Catalog`]: finding them, telling their format, gathering their projects and flaws.
//!
//! `files` alone touches the file system; `markdown` and `json` are pure. A new format is one file and one arm in
//! `read_text`.

mod builtin;
mod checks;
pub mod codes;
mod files;
mod flaws;
mod ids;
mod json;
mod lines;
mod markdown;
mod mentors;
pub mod organisations;
mod page;
mod places;
mod repeats;
mod terms;
mod text;
mod urls;

use std::path::{Path, PathBuf};

pub use builtin::{builtin, check_builtin};
pub use files::LARGEST_DOCUMENT;
pub use page::Page;

use crate::error::Result;
use crate::model::{Catalog, CatalogSource, Diagnostic, Maturity, Project, Severity};
use flaws::Flaws;

/// Reads the catalog that `paths` name: files, folders (searched for `.md` and `lfx-export.json`), `-` for standard
/// input. Documents are read in the order given, within a folder in the order of their names.
///
/// # Errors
/// Where a document that was named cannot be read: missing, not permitted, larger than [`LARGEST_DOCUMENT`], not text,
/// or broken JSON. A document found in a folder is then passed over with a diagnostic.
pub fn read(paths: &[PathBuf]) -> Result<Catalog> {
    gather(paths, |path, text, named| read_text(path, &text, named))
}

/// A catalog that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The catalog, with all that was found wrong in it.
    pub catalog: Catalog,
    /// The pages on which something was found, in the order in which they were read.
    pub pages: Vec<Page>,
}

/// Reads the catalog that `paths` name as [`read`] does, and looks for flaws that reading it does not need to know of.
///
/// # Errors
/// As [`read`].
pub fn check(paths: &[PathBuf]) -> Result<Checked> {
    let mut pages = Vec::new();
    let catalog = gather(paths, |path, text, named| check_text(path, text, named, &mut pages))?;
    Ok(Checked { catalog, pages })
}

/// Reads the documents that `paths` name with `take`.
fn gather(
    paths: &[PathBuf],
    mut take: impl FnMut(&Path, String, bool) -> Result<Document>,
) -> Result<Catalog> {
    let mut catalog = Catalog::default();
    for found in files::find(paths)? {
        let result = files::read(&found.path).and_then(|text| take(&found.path, text, found.named));
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
    let mut seen = std::collections::HashMap::new();
    for project in &mut projects {
        scrub(project);
        project.term = project.term.take().or_else(|| from_folder.clone());
        project.maturity = project.maturity.or_else(|| maturity(project));
        tell(project, &mut flaws);
        let key = (project.org.as_deref().map(text::fold), text::fold(&project.title));
        if let Some(first) = seen.insert(key, project.source.line) {
            let message = format!("\"{}\" stands on line {first} already", project.title);
            flaws.warning(
                project.source.line,
                "duplicate-project",
                message,
                "keep one of them, or tell their titles apart",
            );
        }
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

/// Reads and checks one document, which goes to `pages` where something is wrong in it.
fn check_text(path: &Path, text: String, named: bool, pages: &mut Vec<Page>) -> Result<Document> {
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

/// Takes mail addresses out of every text of `project`: whatever way they came in, none goes on from here.
fn scrub(project: &mut Project) {
    let clean = |text: &mut String| {
        let without = text::without_addresses(text);
        if without != *text {
            *text = text::clean(&without);
        }
    };
    let Project {
        title,
        org,
        suborg,
        description,
        expected_outcome,
        skills,
        technologies,
        mentors,
        upstream_urls,
        lfx_url,
        ..
    } = project;
    clean(title);
    org.iter_mut().chain(suborg).for_each(clean);
    description.iter_mut().chain(expected_outcome).for_each(|p| clean(&mut p.text));
    skills.iter_mut().chain(technologies).for_each(|s| clean(&mut s.text));
    mentors.iter_mut().filter_map(|m| m.name.as_mut()).for_each(clean);
    upstream_urls.iter_mut().chain(lfx_url).for_each(clean);
    if !text::has_content(title) {
        "Untitled project".clone_into(title);
    }
}

/// The maturity of the organisation: by its name, by a name within it ("Some Mesh PHP"), or by the upstream owner,
/// where the organisation is not a group of the foundation itself.
fn maturity(project: &Project) -> Option<Maturity> {
    let org = project.org.as_deref()?;
    let known = organisations::known();
    if let Some(found) = known.named(org).or_else(|| known.mentioned(org).into_iter().next()) {
        return Some(found.maturity);
    }
    let foundation = text::words(org).any(|w| matches!(w.as_str(), "cncf" | "tag"));
    let owner = project.upstream_urls.iter().find_map(|u| known.behind(u).next());
    owner.filter(|_| !foundation).map(|o| o.maturity)
}

/// Whether `url` cannot lead anywhere useful: a place of GitHub without a repository, or a placeholder.
fn looks_dead(url: &str) -> bool {
    let lower = url.to_lowercase();
    let no_repository = match urls::host_and_path(url) {
        Some((host, _)) if host.eq_ignore_ascii_case("github.com") => {
            urls::repository(url).is_none_or(|(_, r)| r.is_none())
        }
        Some((host, _)) => !host.contains('.'),
        None => true,
    };
    no_repository || lower.contains("xxx") || lower.ends_with("/issues/new")
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
    for url in project.upstream_urls.iter().filter(|u| looks_dead(u)) {
        flaws.warning(
            line,
            "dead-upstream",
            format!("\"{url}\" leads to no repository or issue"),
            "link the issue itself",
        );
    }
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
    // A page without projects that a folder brought along is no source of any, and what it lacks for one is no flaw. That
    // something was lost in it is.
    let is_source = named || !projects.is_empty();
    if is_source {
        catalog.sources.push(CatalogSource { path: path.to_owned(), projects: projects.len() });
    }
    let is_loss = |flaw: &Diagnostic| flaw.severity == Severity::Error;
    catalog.diagnostics.extend(flaws.into_iter().filter(|flaw| is_source || is_loss(flaw)));
    catalog.projects.extend(projects);
}

fn finish(catalog: &mut Catalog) {
    repeats::merge(catalog);
    ids::assign(&mut catalog.projects);
}
