//! Projects in several documents, such as the page of a term, its list of ideas and its export: each counts once.
//!
//! Pure.

use std::collections::HashMap;
use std::path::PathBuf;

use super::flaws::Flaws;
use super::text::fold;
use crate::model::{Catalog, Code, Diagnostic, Project};

/// Keeps one of the projects of a term that have the same organisation and title in different documents: the one with
/// more fields, else the first. Links and mentors that it lacks are taken from the other.
pub(crate) fn merge(catalog: &mut Catalog) {
    let mut kept: Vec<Project> = Vec::with_capacity(catalog.projects.len());
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    let mut repeats: Vec<(PathBuf, PathBuf)> = Vec::new();
    for project in std::mem::take(&mut catalog.projects) {
        let org = project.org.as_deref().map(fold);
        let places = places.entry((project.term.clone(), org, fold(&project.title))).or_default();
        let other = places.iter().find(|at| kept[**at].source.path != project.source.path);
        let Some(other) = other.map(|at| &mut kept[*at]) else {
            places.push(kept.len());
            kept.push(project);
            continue;
        };
        let (mut more, mut less) = (project, other.clone());
        if fields(&more) <= fields(&less) {
            std::mem::swap(&mut more, &mut less);
        }
        repeats.push((less.source.path.clone(), more.source.path.clone()));
        *other = joined(more, less);
    }
    catalog.projects = kept;
    for source in &mut catalog.sources {
        source.projects -= repeats.iter().filter(|(less, _)| *less == source.path).count();
    }
    catalog.diagnostics.extend(notes(repeats));
}

/// Adds the rows of a table to `projects`, those of the same page; a row that only sums up one of them is joined with it.
pub(crate) fn add_listed(projects: &mut Vec<Project>, listed: Vec<Project>) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, project) in projects.iter().enumerate() {
        places.entry(fold(&project.title)).or_default().push(at);
    }
    // The bound keeps hostile pages cheap.
    for row in listed {
        let org = |p: &Project| p.org.as_deref().map(fold);
        let same = |at: &&usize| {
            let (one, other) = (org(&projects[**at]), org(&row));
            one.is_none() || other.is_none() || one == other
        };
        let told =
            places.get(&fold(&row.title)).and_then(|at| at.iter().take(64).find(same)).copied();
        match told {
            Some(at) => {
                let mut row = row;
                let org = row.org.take();
                projects[at] = joined(projects[at].clone(), row);
                projects[at].org = projects[at].org.take().or(org);
            }
            None => projects.push(row),
        }
    }
}

/// How many of the fields by which a project is matched and found have a value.
fn fields(project: &Project) -> usize {
    let Project { description, expected_outcome, skills, upstream_urls, mentors, .. } = project;
    [
        description.is_empty(),
        expected_outcome.is_empty(),
        skills.is_empty(),
        upstream_urls.is_empty(),
        mentors.is_empty(),
    ]
    .iter()
    .filter(|is_empty| !**is_empty)
    .count()
}

/// `more`, with the values without a line of their own that only `less` has.
fn joined(mut more: Project, less: Project) -> Project {
    more.suborg = more.suborg.or(less.suborg);
    more.maturity = more.maturity.or(less.maturity);
    more.lfx_url = more.lfx_url.or(less.lfx_url);
    if more.upstream_urls.is_empty() {
        more.upstream_urls = less.upstream_urls;
    }
    if more.mentors.is_empty() {
        more.mentors = less.mentors;
    }
    more
}

/// A note for each pair of documents, how many projects were left out of the one for the other.
fn notes(mut repeats: Vec<(PathBuf, PathBuf)>) -> Vec<Diagnostic> {
    repeats.sort();
    let of_pair = |pair: &[(PathBuf, PathBuf)]| {
        let (left, kept) = &pair[0];
        let mut flaws = Flaws::new(left);
        let projects = if pair.len() == 1 { "project stands" } else { "projects stand" };
        flaws.note(
            1,
            Code::ToldElsewhere,
            format!("{} {projects} in {} as well, and count once", pair.len(), kept.display()),
            "name one of the documents to read no other",
        );
        flaws.into_sorted()
    };
    repeats.chunk_by(|one, other| one == other).flat_map(of_pair).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::catalog::from_text;

    fn page(name: &str, projects: &[(&str, &str)]) -> Catalog {
        let mut text = String::from("# 2021 Term 2\n\n## Harbours\n");
        for (title, body) in projects {
            text += &format!("\n### {title}\n\n{body}\n");
        }
        from_text(Path::new(name), &text).unwrap()
    }

    fn together(pages: &[Catalog]) -> Catalog {
        let mut all = Catalog::default();
        for page in pages {
            all.projects.extend(page.projects.iter().cloned());
            all.sources.extend(page.sources.iter().cloned());
        }
        merge(&mut all);
        all
    }

    const LONG: &str =
        "- Description: Ships are let in.\n- Recommended Skills: Go\n- Mentor(s): Ann Ahoy (@ahoy)";
    const SHORT: &str =
        "- Description: Ships are let in.\n- Upstream Issue: https://github.com/quay/side/issues/1";

    #[test]
    fn what_two_documents_tell_of_counts_once_and_the_one_that_says_more_stays() {
        let short = page("a.md", &[("Open the gate", SHORT), ("Paint the boat", SHORT)]);
        let long = page("b.md", &[("Open  the Gate", LONG)]);
        let all = together(&[short, long]);
        let found: Vec<(&str, &Path)> =
            all.projects.iter().map(|p| (p.title.as_str(), p.source.path.as_path())).collect();
        assert_eq!(
            found,
            [("Open the Gate", Path::new("b.md")), ("Paint the boat", Path::new("a.md"))]
        );
        assert_eq!(all.projects[0].upstream_urls, ["https://github.com/quay/side/issues/1"]);
        assert_eq!(all.sources.iter().map(|source| source.projects).collect::<Vec<_>>(), [1, 1]);
        let [note] = &all.diagnostics[..] else { panic!("{:?}", all.diagnostics) };
        assert_eq!((note.code, note.path.as_path()), (Code::ToldElsewhere, Path::new("a.md")));
        assert!(note.message.starts_with("1 project stands in b.md"), "{}", note.message);
    }

    #[test]
    fn what_one_document_repeats_or_another_term_tells_stays() {
        let one = page("a.md", &[("Open the gate", LONG), ("Open the gate", LONG)]);
        let mut other = page("b.md", &[("Open the gate", LONG)]);
        other.projects[0].term = Some("2022 Term 2".into());
        let all = together(&[one, other]);
        assert_eq!(all.projects.len(), 3);
        assert!(all.diagnostics.is_empty());
    }
}
