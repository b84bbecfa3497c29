//! Tables of projects: one row a project, the columns named in the head.
//!
//! Columns are recognised by the vocabulary of labels; a table without a column of titles has no projects.

use super::entries::Row;
use super::field::Field;
use super::labels;
use super::vocabulary;
use crate::catalog::rich_text::Text;
use crate::catalog::text::{clean, has_content, words};
use crate::catalog::{mentors, organisations, urls};
use crate::model::{Passage, Project, Requirement, Source};
use crate::skills::list;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Org,
    Title,
    Field(Field),
    Unknown,
}

/// The projects of the table `rows`, whose first row is the head; `org` is the organisation of its section.
pub(super) fn read(
    rows: &[Row],
    org: Option<&str>,
    source: impl Fn(usize) -> Source,
) -> Vec<Project> {
    let Some(columns) = columns_of_projects(rows) else { return Vec::new() };
    rows.iter().skip(1).filter_map(|row| project(row, &columns, org, &source)).collect()
}

/// Whether the rows of the table `rows` are projects.
pub(super) fn holds_projects(rows: &[Row]) -> bool {
    columns_of_projects(rows).is_some()
}

/// The columns of `rows`, where its rows are projects: they have titles and at least one more field.
fn columns_of_projects(rows: &[Row]) -> Option<Vec<Column>> {
    let (head, rows) = rows.split_first()?;
    let columns = columns(head);
    let has = |c: Column| columns.contains(&c);
    let told = columns.iter().any(|c| {
        matches!(
            c,
            Column::Field(
                Field::Mentors | Field::Skills | Field::Description | Field::Upstream | Field::Lfx
            )
        )
    });
    let title = columns.iter().position(|c| *c == Column::Title)?;
    // A table that lists organisations alone, without descriptions or skills, only summarises the page.
    let is_org = |row: &Row| {
        row.cells.get(title).is_some_and(|c| organisations::known().named(&c.plain).is_some())
    };
    let asks = has(Column::Field(Field::Description)) || has(Column::Field(Field::Skills));
    let sums_up = !has(Column::Org) && !asks && rows.iter().all(is_org);
    ((told || has(Column::Org)) && !sums_up).then_some(columns)
}

fn columns(head: &Row) -> Vec<Column> {
    let mut columns: Vec<Column> = head.cells.iter().map(|cell| column(&cell.plain)).collect();
    if !columns.contains(&Column::Title) {
        // "Project" alone names the organisation beside a title, and the title where there is none.
        if let Some(only) = columns.iter().position(|c| *c == Column::Org) {
            columns[only] = Column::Title;
        }
    }
    columns
}

fn column(head: &str) -> Column {
    let all: Vec<String> = words(head).collect();
    let is = |w: &str| all.iter().any(|a| a == w);
    let project = is("project") || is("projects") || is("idea") || is("ideas");
    match labels::phrase(head).map(|l| l.field) {
        Some(Field::Title) => Column::Title,
        Some(Field::Org) => Column::Org,
        // "Community Bridge project" is the name of the project there, not an address.
        Some(Field::Lfx) if project && !is("url") && !is("link") => Column::Title,
        Some(Field::Description) if is("idea") || is("proposal") => Column::Title,
        Some(field) => Column::Field(field),
        None if is("cncf") || is("organization") || is("organisation") => Column::Org,
        None if project
            && (is("title") || is("name") || is("mentorship") || is("idea") || is("ideas")) =>
        {
            Column::Title
        }
        None if matches!(head.trim().to_lowercase().as_str(), "mentorship" | "topic") => {
            Column::Title
        }
        // "Project phase" and "Number of projects" mean something else.
        None if project && all.iter().all(|w| vocabulary::look_up(w).is_some()) => Column::Org,
        None => Column::Unknown,
    }
}

fn project(
    row: &Row,
    columns: &[Column],
    org: Option<&str>,
    source: &impl Fn(usize) -> Source,
) -> Option<Project> {
    let cell = |wanted: Column| {
        let found = columns
            .iter()
            .zip(&row.cells)
            .find(|(c, cell)| **c == wanted && has_content(&cell.plain));
        found.map(|(_, cell)| cell)
    };
    let field = |f: Field| cell(Column::Field(f));
    let title_cell = cell(Column::Title)?;
    let title = clean(&title_cell.plain);
    let passage = |cell: Option<&Text>| {
        let text = cell.map(Text::clean).filter(|t| has_content(t));
        text.map(|text| Passage::on_line(row.line, text)).into_iter().collect()
    };
    let skills = |cell: Option<&Text>| {
        let text = cell.map(Text::clean).unwrap_or_default();
        list::read(
            &[list::Line { text: &text, depth: 0, bullet: false, line: row.line }],
            Requirement::Required,
        )
    };
    let linked = title_cell.urls();
    let lfx = field(Field::Lfx).and_then(|c| c.urls().into_iter().next());
    let upstream = field(Field::Upstream).map(Text::urls).unwrap_or_default();
    Some(Project {
        id: String::new(),
        title,
        org: cell(Column::Org).map(Text::clean).or_else(|| org.map(str::to_owned)),
        org_line: None,
        suborg: None,
        term: None,
        maturity: None,
        description: passage(field(Field::Description)),
        expected_outcome: passage(field(Field::Outcome)),
        skills: skills(field(Field::Skills)),
        technologies: skills(field(Field::Technologies)),
        upstream_urls: upstream
            .into_iter()
            .chain(linked.iter().cloned())
            .filter(|u| !urls::is_platform(u))
            .collect(),
        lfx_url: lfx.or_else(|| urls::first_on_platform(&linked)),
        mentors: field(Field::Mentors).map(mentors::read).unwrap_or_default(),
        prerequisites: Vec::new(),
        source: source(row.line),
    })
}
