//! Markdown pages -> projects. Pure: text in, projects and flaws out.
//!
//! `commonmark` takes the page apart into `entries`; `labels` and `field_reader` find the fields; `sections`, `classes` and
//! `structure` decide what each heading is; `repairs` mends what is out of order; `project` and `tables` read the values.

mod bodies;
mod classes;
mod commonmark;
mod continuation;
mod entries;
mod field;
mod field_reader;
mod fields;
mod fragments;
mod headings;
mod html;
mod inline_labels;
mod labels;
mod outline;
mod project;
mod repairs;
mod rows;
mod sections;
mod spans;
mod structure;
mod tables;
mod vocabulary;

use std::borrow::Cow;
use std::path::Path;

use super::dedup;
use super::flaws::Flaws;
use crate::model::{Code, Passage, Project, Source};
use field::Field;

pub(crate) use headings::full_title;

/// The projects of the page `text`, in the order of the page. Ids are left empty.
pub(crate) fn read(path: &Path, text: &str, flaws: &mut Flaws) -> Vec<Project> {
    let page = entries_of(text, flaws);
    let mut outline = structure::outline(sections::read(&page));
    repairs::apply(&mut outline, flaws);
    let source = |line: usize| Source { path: path.to_owned(), line };
    for (line, name) in &outline.unread {
        flaws.warning(
            *line,
            Code::UnreadSection,
            format!("\"{name}\" stands where projects stand but has no fields; it was not read as a project"),
            "add labelled fields such as Description, Skills and Mentors",
        );
    }
    let mut projects = Vec::new();
    for draft in outline.drafts {
        let line = draft.line;
        projects.push(project::read(draft, source(line), flaws));
    }
    for (table, org) in &outline.tables {
        let listed = tables::read(&page.tables[*table], org.as_deref(), source);
        dedup::add_listed(&mut projects, listed);
    }
    projects.sort_by_key(|p| p.source.line);
    for project in &mut projects {
        project.term = project.term.take().or_else(|| outline.term.clone());
    }
    projects
}

/// The parts of a field whose text is Markdown itself.
#[derive(Debug, Default)]
pub(crate) struct Parted {
    /// The description.
    pub(crate) description: Vec<Passage>,
    /// The expected outcome.
    pub(crate) outcome: Vec<Passage>,
}

/// Splits the Markdown `text` into its parts; every passage gets the line `line`.
pub(crate) fn part(text: &str, line: usize) -> Parted {
    let page = commonmark::read(text);
    let body = field_reader::read(&page.entries, &page);
    let of_line = |mut passages: Vec<Passage>| {
        passages.iter_mut().for_each(|p| p.line = line);
        passages
    };
    let outcome: Vec<&fields::Line> = body
        .parts
        .iter()
        .filter(|p| p.field == Field::Outcome && p.primary)
        .flat_map(|p| &p.lines)
        .collect();
    let others = body.parts.iter().filter(|p| p.field != Field::Outcome || !p.primary);
    // Only "Description" is a label here; "Background" or "Setup time" are part of the text.
    let labelled = others.flat_map(|p| {
        let own = p.field == Field::Description && p.primary;
        p.label.iter().filter(move |_| !own).chain(&p.lines)
    });
    let mut description: Vec<&fields::Line> =
        body.preamble.iter().chain(labelled).chain(&body.rest).collect();
    description.sort_by_key(|l| l.line);
    Parted {
        description: of_line(project::passages(description)),
        outcome: of_line(project::passages(outcome)),
    }
}

/// `text` with spaces for the tabs in rows of tables: the parser recognises no table whose delimiter row has tabs.
fn tables_without_tabs(text: &str) -> Cow<'_, str> {
    let is_row = |line: &str| line.trim_start().starts_with('|') && line.contains('\t');
    if !text.lines().any(is_row) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n');
    Cow::Owned(lines.map(|l| if is_row(l) { l.replace('\t', " ") } else { l.to_owned() }).collect())
}

/// At most this many unclosed fences are removed.
const MOST_FENCES: usize = 8;

/// The entries of `text`. A fence that is never closed would hide all projects after it, so it is removed.
fn entries_of(text: &str, flaws: &mut Flaws) -> entries::Page {
    let mut text = tables_without_tabs(text);
    let mut page = commonmark::read(&text);
    for _ in 0..MOST_FENCES {
        let Some(line) = page.open_fence else { break };
        flaws.warning(
            line,
            Code::OpenFence,
            "a code fence is opened here and never closed",
            "close it, or remove it",
        );
        let blanked: String = text
            .split_inclusive('\n')
            .enumerate()
            .map(|(i, l)| if i + 1 == line { "\n" } else { l })
            .collect();
        text = Cow::Owned(blanked);
        page = commonmark::read(&text);
    }
    page
}
