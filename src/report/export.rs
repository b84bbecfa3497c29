//! A catalog as JSON: all that was read of it, and what was found wrong.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::schema::{ProjectReport, SCHEMA_VERSION};
use crate::model::{
    AskedSkill, Catalog, Code, Level, Maturity, Mentor, Passage, Project, Requirement, Source,
};
use crate::skills::Lexicon;

/// What `catalog export` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogExport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The projects, in the order of the documents.
    pub projects: Vec<ProjectExport>,
    /// What was found wrong, in the order of the text.
    pub warnings: Vec<WarningExport>,
}

/// What `catalog list --format json` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogList {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The projects without their text, in the order of the documents.
    pub projects: Vec<ProjectReport>,
}

/// A project with all of its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectExport {
    /// Unique within the catalog.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The organisation it belongs to.
    pub org: Option<String>,
    /// The group within the organisation.
    pub suborg: Option<String>,
    /// The term.
    pub term: Option<String>,
    /// The maturity of the organisation.
    pub maturity: Option<Maturity>,
    /// What it is about.
    pub description: Option<String>,
    /// What is to come out of it.
    pub expected_outcome: Option<String>,
    /// The skills it asks for.
    pub skills: Vec<SkillExport>,
    /// The technologies it names.
    pub technologies: Vec<String>,
    /// Upstream issues or repositories.
    pub upstream_urls: Vec<String>,
    /// Its page on the LFX platform.
    pub lfx_url: Option<String>,
    /// Its mentors, without addresses.
    pub mentors: Vec<Mentor>,
    /// What is asked for before applying.
    pub prerequisites: Vec<String>,
    /// Where it stands.
    pub source: Source,
}

/// A skill that is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillExport {
    /// As written.
    pub text: String,
    /// The first skill that the text names, if it is known.
    pub skill: Option<String>,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// How well it is to be known, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Skills of one project with the same number are alternatives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<u16>,
}

/// Something found wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WarningExport {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What kind of flaw it is.
    pub code: Code,
    /// What is wrong, and what was done about it.
    pub message: String,
}

impl From<&Catalog> for CatalogExport {
    fn from(catalog: &Catalog) -> Self {
        let warnings = catalog.diagnostics.iter().map(|flaw| WarningExport {
            path: flaw.path.clone(),
            line: flaw.line,
            code: flaw.code,
            message: flaw.message.clone(),
        });
        Self {
            schema_version: SCHEMA_VERSION,
            projects: catalog.projects.iter().map(ProjectExport::from).collect(),
            warnings: warnings.collect(),
        }
    }
}

impl From<&Catalog> for CatalogList {
    fn from(catalog: &Catalog) -> Self {
        let projects = catalog.projects.iter().map(ProjectReport::from).collect();
        Self { schema_version: SCHEMA_VERSION, projects }
    }
}

impl From<&Project> for ProjectExport {
    fn from(project: &Project) -> Self {
        Self {
            id: project.id.clone(),
            title: project.title.clone(),
            org: project.org.clone(),
            suborg: project.suborg.clone(),
            term: project.term.clone(),
            maturity: project.maturity,
            description: text(&project.description),
            expected_outcome: text(&project.expected_outcome),
            skills: project.skills.iter().map(SkillExport::from).collect(),
            technologies: project.technologies.iter().map(|skill| skill.text.clone()).collect(),
            upstream_urls: project.upstream_urls.clone(),
            lfx_url: project.lfx_url.clone(),
            mentors: project.mentors.clone(),
            prerequisites: project.prerequisites.clone(),
            source: project.source.clone(),
        }
    }
}

impl From<&AskedSkill> for SkillExport {
    fn from(asked: &AskedSkill) -> Self {
        let lexicon = Lexicon::builtin();
        let first = lexicon.understand(&asked.text).mentions.into_iter().next();
        Self {
            text: asked.text.clone(),
            skill: first.map(|mention| lexicon.get(mention.skill).name.clone()),
            requirement: asked.requirement,
            level: asked.level,
            alternative: asked.alternative,
        }
    }
}

fn text(passages: &[Passage]) -> Option<String> {
    let blocks: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    (!blocks.is_empty()).then(|| blocks.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn an_export_is_read_as_it_was_written() {
        let page = "# 2025 Term 1\n## Projects\n### WasmEdge\n#### Sail around the cape\n\
            - Description: The cape is far.\n\n  Expected outcome of the journey: a map.\n\
            - Expected Outcome: We are back.\n\
            - Recommended Skills: Python or C++, strong Rust (preferred), Go\n- Mentor(s): Ann (@ann-example)\n";
        let written = catalog::from_text("page.md".as_ref(), page).unwrap();
        let export = serde_json::to_string(&CatalogExport::from(&written)).unwrap();
        let read = catalog::from_text("export.json".as_ref(), &export).unwrap();
        let told = |catalog: &Catalog| {
            let project = ProjectExport::from(&catalog.projects[0]);
            (project.skills, project.description, project.expected_outcome, project.mentors)
        };
        assert!(written.projects[0].skills.iter().any(|skill| skill.alternative.is_some()));
        assert_eq!(told(&read), told(&written));
    }
}
