//! Which projects of a catalog are considered at all.

use std::collections::BTreeSet;

use crate::model::{Catalog, Maturity, Project};
use crate::skills::fold;

/// Which projects of a catalog to consider; a list that is empty lets every project through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Organisations, by name.
    pub orgs: Vec<String>,
    /// Terms; `2025` stands for all of that year.
    pub terms: Vec<String>,
    /// Maturities, by name.
    pub maturities: Vec<Maturity>,
}

impl Filter {
    /// For each project of the catalog, whether it is let through.
    pub fn keep(&self, catalog: &Catalog) -> Vec<bool> {
        let lets_through = |project: &Project| {
            self.lets_through(project.org.as_deref(), project.term.as_deref(), project.maturity)
        };
        catalog.projects.iter().map(lets_through).collect()
    }

    /// The organisations asked for that no project of the catalog belongs to, each with those whose names hold it or are
    /// held by it.
    pub fn unknown_orgs<'a>(&'a self, catalog: &'a Catalog) -> Vec<(&'a str, Vec<&'a str>)> {
        let known: BTreeSet<&str> =
            catalog.projects.iter().filter_map(|project| project.org.as_deref()).collect();
        let folded: Vec<(String, &str)> = known.into_iter().map(|org| (fold(org), org)).collect();
        let is_like = |org: &str, asked: &str| {
            !org.is_empty() && (org.contains(asked) || asked.contains(org))
        };
        let look_up = |asked: &'a String| {
            let wanted = fold(asked);
            let is_known = folded.iter().any(|(org, _)| *org == wanted);
            let like = folded.iter().filter(|(org, _)| is_like(org, &wanted));
            (!is_known).then(|| (asked.as_str(), like.map(|(_, org)| *org).collect()))
        };
        self.orgs.iter().filter_map(look_up).collect()
    }

    /// Whether a project of this organisation, term and maturity is let through.
    pub(crate) fn lets_through(
        &self,
        org: Option<&str>,
        term: Option<&str>,
        maturity: Option<Maturity>,
    ) -> bool {
        let org = org.map(fold);
        let term = term.map(fold);
        let wanted = |list: &[String], value: &Option<String>, matches: fn(&str, &str) -> bool| {
            list.is_empty()
                || value.as_ref().is_some_and(|value| list.iter().any(|w| matches(value, &fold(w))))
        };
        wanted(&self.orgs, &org, |org, wanted| org == wanted)
            && wanted(&self.terms, &term, |term, wanted| term.starts_with(wanted))
            && (self.maturities.is_empty()
                || maturity.is_some_and(|maturity| self.maturities.contains(&maturity)))
    }
}

/// Whether a project has this id, or these words in its title.
pub fn is_called(project: &Project, name: &str) -> bool {
    let name = fold(name);
    !name.is_empty() && (fold(&project.id) == name || fold(&project.title).contains(&*name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    fn kept(filter: &Filter) -> usize {
        filter.keep(&catalog::builtin()).into_iter().filter(|kept| *kept).count()
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_project_is_called_by_its_id_or_by_words_of_its_title() {
        let catalog = catalog::builtin();
        let project = &catalog.projects[0];
        let words: Vec<&str> = project.title.split_whitespace().take(2).collect();
        assert!(
            is_called(project, &project.id) && is_called(project, &words.join(" ").to_uppercase())
        );
        assert!(!is_called(project, "") && !is_called(&catalog.projects[1], &project.id));
    }

    #[test]
    fn an_empty_filter_lets_everything_through() {
        assert_eq!(kept(&Filter::default()), 18);
    }

    #[test]
    fn organisations_are_found_whatever_their_case_and_add_up() {
        let filter = Filter { orgs: names(&["wasmedge", "HARBOR"]), ..Filter::default() };
        assert_eq!(kept(&filter), 8);
    }

    #[test]
    fn of_an_unknown_organisation_it_is_told_which_may_be_meant() {
        let filter = Filter { orgs: names(&["wasm", "Harbor", "zzz"]), ..Filter::default() };
        let catalog = catalog::builtin();
        let unknown = filter.unknown_orgs(&catalog);
        assert_eq!(unknown, [("wasm", vec!["WasmEdge"]), ("zzz", vec![])]);
    }

    #[test]
    fn a_year_stands_for_its_terms() {
        assert_eq!(kept(&Filter { terms: names(&["2025"]), ..Filter::default() }), 18);
        assert_eq!(kept(&Filter { terms: names(&["2025 term 1"]), ..Filter::default() }), 0);
    }
}
