//! The catalog that is part of the program: for those who name none.

use std::path::Path;

use super::documents::{Checked, add, check_text, finish, from_text};
use crate::model::Catalog;

const NAME: &str = "builtin.md";

const TEXT: &str = include_str!("../../data/catalog.md");

/// The built-in catalog: 18 projects of the term 2025-3, retold.
pub fn builtin() -> Catalog {
    // Markdown is read whatever it holds; only JSON can fail.
    from_text(Path::new(NAME), TEXT).unwrap_or_default()
}

/// The built-in catalog, checked as [`super::check`] does it.
pub fn check_builtin() -> Checked {
    let mut checked = Checked::default();
    let path = Path::new(NAME);
    if let Ok(document) = check_text(path, TEXT.to_owned(), true, &mut checked.pages) {
        add(&mut checked.catalog, document, path, true);
        finish(&mut checked.catalog);
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_catalog_is_read_whole_and_without_a_flaw() {
        let catalog = builtin();
        assert_eq!(catalog.projects.len(), 18);
        assert_eq!(catalog.diagnostics, []);
        for project in &catalog.projects {
            assert_eq!(project.term.as_deref(), Some("2025 Term 3"));
            assert!(!project.skills.is_empty() && !project.expected_outcome.is_empty());
            assert!(!project.mentors.is_empty() && project.upstream_urls.len() == 1, "{project:?}");
        }
    }
}
