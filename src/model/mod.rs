//! The data of the program: projects, their parts, catalogs and what was found wrong in them.
//!
//! No reading, no scoring, no printing: every other module speaks in these types and this one imports none of them.

mod code;
mod diagnostic;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use diagnostic::{Diagnostic, Severity};

/// Where something is: a file and a line counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file as it was named to the program, `-` for standard input, `builtin.md` for the built-in catalog.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

/// A block of running text (a paragraph, a list item) and the lines on which it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The text, without markup, in one line.
    pub text: String,
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// Where each further line begins: the byte of the text, and the line, both ascending.
    pub further_lines: Vec<(usize, usize)>,
}

impl Passage {
    /// A passage that is written in one line.
    pub fn on_line(line: usize, text: String) -> Self {
        Self { text, line, further_lines: Vec::new() }
    }

    /// The line of what begins at a byte of the text.
    pub fn line_at(&self, byte: usize) -> usize {
        let before = self.further_lines.partition_point(|(start, _)| *start <= byte);
        before.checked_sub(1).map_or(self.line, |at| self.further_lines[at].1)
    }
}

/// How much a project asks for a skill.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Requirement {
    /// The project asks for it.
    #[default]
    Required,
    /// The project would like it ("nice to have", "a plus").
    Preferred,
    /// The project says that it can be done without ("optional").
    Optional,
}

/// How well a skill is asked to be known, where the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// "basic", "familiarity with", "some".
    Basic,
    /// "good", "working knowledge", "experience with".
    Working,
    /// "strong", "deep", "expert".
    Strong,
}

/// One item of a project's list of skills, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedSkill {
    /// The item as written, without markup.
    pub text: String,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// How well it is asked to be known, where said.
    pub level: Option<Level>,
    /// Items of one project with the same number are alternatives ("Python or C++"): one of them is enough.
    pub alternative: Option<u16>,
    /// Its line, counted from 1.
    pub line: usize,
}

/// A mentor, as publicly named: never an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentor {
    /// The name as written, where there is one.
    pub name: Option<String>,
    /// The GitHub handle, without `@`, where there is one.
    pub github: Option<String>,
}

/// How far a project has come within the CNCF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Maturity {
    /// Experimental.
    Sandbox,
    /// In production use by several.
    Incubating,
    /// Widely adopted.
    Graduated,
    /// No longer maintained under the foundation.
    Archived,
}

/// One mentorship project, as its catalog states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Unique within a catalog and stable from run to run: slugs of the term (where known), the organisation and the title.
    pub id: String,
    /// The title, without markup.
    pub title: String,
    /// The organisation (in the programme's words: the CNCF project) it belongs to.
    pub org: Option<String>,
    /// The line of the heading or field that names the organisation, counted from 1, where it has one of its own.
    pub org_line: Option<usize>,
    /// The group within the organisation (a SIG, a sub-project).
    pub suborg: Option<String>,
    /// The term, `2025 Term 3` wherever year and number are known.
    pub term: Option<String>,
    /// The maturity of the organisation.
    pub maturity: Option<Maturity>,
    /// What it is about, block by block.
    pub description: Vec<Passage>,
    /// What is to come out of it, block by block.
    pub expected_outcome: Vec<Passage>,
    /// The skills that it asks for, in the order of the text.
    pub skills: Vec<AskedSkill>,
    /// Technologies that it names beside the skills (JSON exports only).
    pub technologies: Vec<AskedSkill>,
    /// Addresses of the upstream issues or repositories.
    pub upstream_urls: Vec<String>,
    /// The address on the LFX platform.
    pub lfx_url: Option<String>,
    /// The mentors, in the order of the text.
    pub mentors: Vec<Mentor>,
    /// What is asked for before applying (JSON exports only).
    pub prerequisites: Vec<String>,
    /// Its heading.
    pub source: Source,
}

/// How experienced a mentee is, by their own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Experience {
    /// New to most of what they name.
    Beginner,
    /// Has worked with it.
    Intermediate,
    /// Knows it well.
    Advanced,
}

/// A person who looks for a project: what of them the ranking may see, and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentee {
    /// The skills they have, one an item, as written.
    pub skills: Vec<String>,
    /// The skills they want to learn, one an item, as written.
    pub learn: Vec<String>,
    /// What they are interested in, in their own words.
    pub interests: Option<String>,
    /// How experienced they are. Only ever set by the person, never inferred.
    pub level: Option<Experience>,
}

impl Mentee {
    /// Whether there is nothing to match on.
    pub fn is_blank(&self) -> bool {
        self.skills.is_empty() && self.learn.is_empty() && self.interests.is_none()
    }
}

/// One document that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogSource {
    /// The file as it was named to the program.
    pub path: PathBuf,
    /// How many projects were read from it.
    pub projects: usize,
}

/// The projects of one or more documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The projects, in the order of the documents.
    pub projects: Vec<Project>,
    /// The documents, in the order in which they were read.
    pub sources: Vec<CatalogSource>,
    /// What was found wrong in them, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Catalog {
    /// How many of the diagnostics are warnings or errors.
    pub fn flaws(&self) -> usize {
        self.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).count()
    }
}
