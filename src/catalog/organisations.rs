//! The organisations of the programme (CNCF projects) as facts: names, repository owners, maturity.
//!
//! Read once from `data/organisations.tsv`, which is part of the binary. Independent of documents.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::text::{fold, words};
use super::urls;
use crate::model::Maturity;

/// One organisation.
#[derive(Debug)]
pub struct Organisation {
    /// Its name.
    pub name: &'static str,
    /// Its maturity within the CNCF.
    pub maturity: Maturity,
    /// The owners (`owner`) and repositories (`owner/repository`) that are its own.
    owners: Vec<&'static str>,
}

/// All organisations, with ways to find one.
#[derive(Debug)]
pub struct Organisations {
    all: Vec<Organisation>,
    by_name: HashMap<String, usize>,
    by_owner: HashMap<String, Vec<usize>>,
}

/// The organisations of the built-in landscape.
pub fn known() -> &'static Organisations {
    static KNOWN: OnceLock<Organisations> = OnceLock::new();
    KNOWN.get_or_init(|| Organisations::parse(include_str!("../../data/organisations.tsv")))
}

impl Organisations {
    fn parse(table: &'static str) -> Self {
        let mut new = Self { all: Vec::new(), by_name: HashMap::new(), by_owner: HashMap::new() };
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (name, maturity, owners, aliases) = (cell(), cell(), cell(), cell());
            let Some(maturity) = maturity_named(maturity) else { continue };
            let index = new.all.len();
            for written in aliases.split('|').chain([name]).filter(|n| !n.is_empty()) {
                new.by_name.entry(fold(written)).or_insert(index);
            }
            let owners: Vec<_> = owners.split(',').filter(|o| !o.is_empty()).collect();
            for owner in &owners {
                new.by_owner.entry(owner.to_lowercase()).or_default().push(index);
            }
            new.all.push(Organisation { name, maturity, owners });
        }
        new
    }

    /// The organisation that `written` names, whatever its case, spaces and punctuation.
    pub fn named(&self, written: &str) -> Option<&Organisation> {
        let folded = fold(written);
        let bare = ["project", "the", "cncf"].iter().find_map(|p| folded.strip_prefix(p));
        let found = self.by_name.get(&folded).or_else(|| self.by_name.get(bare?));
        found.map(|i| &self.all[*i])
    }

    /// The organisations whose repository `url` leads to; more than one where they share an owner.
    pub fn owners_of(&self, url: &str) -> impl Iterator<Item = &Organisation> {
        let keys = urls::repository(url).map(|(owner, repository)| {
            let owner = owner.to_lowercase();
            let full = repository.map(|r| format!("{owner}/{}", r.to_lowercase()));
            full.into_iter().chain([owner])
        });
        let found = keys.into_iter().flatten().find_map(|k| self.by_owner.get(&k));
        found.into_iter().flatten().map(|i| &self.all[*i])
    }

    /// The organisations of more than three letters whose whole name is in `text`, in the order of the text.
    pub fn mentioned(&self, text: &str) -> Vec<&Organisation> {
        let words: Vec<String> = words(text).collect();
        let mut found: Vec<usize> = Vec::new();
        for start in 0..words.len() {
            let mut joined = String::new();
            for word in words[start..].iter().take(4) {
                joined.push_str(word);
                if let Some(index) = self.by_name.get(&joined).filter(|_| joined.len() > 3)
                    && !found.contains(index)
                {
                    found.push(*index);
                }
            }
        }
        found.into_iter().map(|i| &self.all[i]).collect()
    }
}

impl Organisation {
    /// Whether `url` leads to a repository of this organisation.
    pub fn owns(&self, url: &str) -> bool {
        urls::repository(url).is_some_and(|(owner, repository)| {
            self.owners.iter().any(|own| match own.split_once('/') {
                None => own.eq_ignore_ascii_case(owner),
                Some((o, r)) => {
                    o.eq_ignore_ascii_case(owner)
                        && repository.is_some_and(|repository| r.eq_ignore_ascii_case(repository))
                }
            })
        })
    }
}

/// The maturity that `word` names.
pub(crate) fn maturity_named(word: &str) -> Option<Maturity> {
    match fold(word).as_str() {
        "sandbox" => Some(Maturity::Sandbox),
        "incubating" | "incubation" | "incubator" => Some(Maturity::Incubating),
        "graduated" => Some(Maturity::Graduated),
        "archived" => Some(Maturity::Archived),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_found_by_any_of_its_names() {
        for name in
            ["WasmEdge", "wasmedge runtime", "Project HAMi", "LitmusChaos", "TUF", "in-toto"]
        {
            assert!(known().named(name).is_some(), "{name}");
        }
        assert!(known().named("Documentation").is_none());
    }

    #[test]
    fn a_repository_tells_its_organisation() {
        let names = |url| known().owners_of(url).map(|o| o.name).collect::<Vec<_>>();
        assert_eq!(names("https://github.com/karmada-io/karmada/issues/1"), ["Karmada"]);
        assert_eq!(names("https://github.com/kubernetes-sigs/headlamp/issues/1"), ["Headlamp"]);
        assert_eq!(names("https://github.com/kubernetes-sigs/kueue/issues/1"), ["Kubernetes"]);
        assert!(names("https://example.org/").is_empty());
    }

    #[test]
    fn every_line_of_the_table_is_understood() {
        let lines =
            include_str!("../../data/organisations.tsv").lines().filter(|l| !l.starts_with('#'));
        assert_eq!(known().all.len(), lines.count());
    }
}
