//! The platform's JSON export (`lfx-export.json`) -> projects. Pure: text in, projects and flaws out.

mod export;
mod program;
mod values;

use std::path::Path;

use super::flaws::Flaws;
use crate::error::Result;
use crate::model::Project;
use export::Export;

/// The projects of the export `text`, in its order. Ids are left empty.
///
/// # Errors
/// Where the text is no JSON, or JSON without programs.
pub(crate) fn read(path: &Path, text: &str, flaws: &mut Flaws) -> Result<Vec<Project>> {
    let export = Export::new(path, text);
    let (programs, term) = export.programs(flaws)?;
    let mut projects = Vec::new();
    for program in programs {
        projects.extend(program::read(program, &export, term.as_deref(), flaws));
    }
    Ok(projects)
}
