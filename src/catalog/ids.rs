//! Ids of projects: readable, unique within a catalog, the same from run to run.
//!
//! Pure.

use std::collections::HashSet;

use super::text::slug;
use crate::model::Project;

/// The longest a title may get within an id, in bytes.
const LONGEST_TITLE: usize = 60;
/// The longest an organisation's name may get within an id, in bytes.
const LONGEST_ORG: usize = 40;

/// Gives every project of `projects` its id: slugs of term, organisation and title joined by `/`, and `-2`, `-3` …
/// appended to those that would be the same.
pub(crate) fn assign(projects: &mut [Project]) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut next: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for project in projects {
        let parts = [
            project.term.as_deref().map(|t| slug(t, LONGEST_ORG)),
            project.org.as_deref().map(|o| slug(o, LONGEST_ORG)),
            Some(slug(&project.title, LONGEST_TITLE)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        let base = if parts.is_empty() { "project".to_owned() } else { parts.join("/") };
        let mut id = base.clone();
        let count = next.entry(base.clone()).or_insert(1);
        while !taken.insert(id.clone()) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        project.id = id;
    }
}
