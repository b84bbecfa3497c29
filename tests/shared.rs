//! The catalogs of the years 2019 to 2026, read whole: wanted where they are at hand, in no fresh clone.
//!
//! `LFX_MATCH_SHARED` names the folder that holds `catalogs/`. Run with
//! `LFX_MATCH_SHARED=… cargo test --release --test shared -- --ignored`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use lfx_match::model::{Catalog, Severity};
use lfx_match::rank::{Answer, Filter};
use lfx_match::report::{self, MatchReport};
use lfx_match::store::{self, CatalogIndex};
use lfx_match::{Matcher, Mentee, Weights, catalog, embed};
use serde_json::Value;

fn shared() -> PathBuf {
    PathBuf::from(std::env::var_os("LFX_MATCH_SHARED").expect("LFX_MATCH_SHARED is set"))
}

fn read(path: &Path) -> Catalog {
    catalog::read(&[path.to_owned()]).unwrap_or_else(|error| panic!("{error}"))
}

/// Letters and digits of a title, by which truth and reading are compared.
fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

/// The hand-checked truths: name, document, titles where they have any.
fn truths() -> Vec<(String, PathBuf, Vec<Option<String>>)> {
    let catalogs = shared().join("catalogs");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(catalogs.join("truth")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let truth = |file: &PathBuf| {
        let truth: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let document = match (truth["document"].as_str(), truth["source"].as_str()) {
            (Some(document), _) => document.to_owned(),
            (None, Some(source)) => match source.strip_prefix("programs/lfx-mentorship/") {
                Some(document) => document.to_owned(),
                None => "seed/project_ideas.md".to_owned(),
            },
            (None, None) => panic!("{name} names no document"),
        };
        let projects = truth["projects"].as_array().unwrap();
        let titles = projects.iter().map(|p| p["title"].as_str().map(bare)).collect();
        (name, catalogs.join(document), titles)
    };
    files.iter().map(truth).collect()
}

/// Every document below a folder that a catalog may be.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match (path.is_dir(), path.extension().and_then(|e| e.to_str())) {
            (true, _) if path.ends_with("truth") => {}
            (true, _) => found.extend(documents(&path)),
            (false, Some("md" | "json")) => found.push(path),
            _ => {}
        }
    }
    found.sort();
    found
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn every_document_has_the_projects_that_the_truth_counts() {
    let truths = truths();
    assert!(truths.len() >= 21, "{} truths", truths.len());
    let (mut expected, mut found) = (0, 0);
    for (name, document, titles) in truths {
        let catalog = read(&document);
        let (count, truth) = (catalog.projects.len(), titles.len());
        // One project in fifty may be counted differently by two readers of the same page.
        assert!(count.abs_diff(truth) * 50 <= truth.max(50), "{name}: {count}, not {truth}");
        let read: BTreeSet<String> = catalog.projects.iter().map(|p| bare(&p.title)).collect();
        expected += titles.iter().flatten().count();
        found += titles.iter().flatten().filter(|title| read.contains(*title)).count();
    }
    assert!(found * 100 >= expected * 99, "{found} of {expected} titles were found");
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn every_document_is_read_to_its_end_with_lines_that_exist_and_ids_that_differ() {
    let documents = documents(&shared().join("catalogs"));
    assert!(documents.len() > 20, "{documents:?}");
    for document in documents {
        let catalog = read(&document);
        let lines = std::fs::read_to_string(&document).unwrap().lines().count().max(1);
        let mut ids = BTreeSet::new();
        for project in &catalog.projects {
            assert!(ids.insert(&project.id), "{}: {}", document.display(), project.id);
            assert!(!project.title.is_empty() && !project.id.is_empty(), "{project:?}");
            assert!((1..=lines).contains(&project.source.line), "{project:?}");
            assert!(
                project.skills.iter().all(|skill| (1..=lines).contains(&skill.line)),
                "{project:?}"
            );
        }
        for flaw in &catalog.diagnostics {
            assert!((1..=lines).contains(&flaw.line), "{flaw:?}");
        }
    }
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn no_address_of_a_document_comes_through() {
    for document in documents(&shared().join("catalogs")) {
        let exported = Command::new(env!("CARGO_BIN_EXE_lfx-match"))
            .args(["catalog", "export"])
            .arg(&document)
            .output()
            .unwrap();
        let text = String::from_utf8(exported.stdout).unwrap();
        for (at, _) in text.match_indices('@') {
            let word = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
            let before = text[..at].chars().next_back().is_some_and(word);
            let domain: String = text[at + 1..].chars().take_while(|c| word(*c)).collect();
            let address = before && domain.trim_end_matches('.').contains('.');
            // A medium's author and a package at a version are written alike, but within a link.
            let link =
                text[..at].rsplit(char::is_whitespace).next().unwrap_or_default().contains('/');
            let shown: String = text[at.saturating_sub(20)..].chars().take(50).collect();
            assert!(!address || link, "{}: {shown:?}", document.display());
        }
    }
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn the_seed_has_eighteen_projects_and_a_warning_for_each_repair() {
    let catalog = read(&shared().join("catalogs/seed/project_ideas.md"));
    assert_eq!(catalog.projects.len(), 18);
    let of = |needle: &str| {
        catalog
            .projects
            .iter()
            .find(|p| p.title.contains(needle))
            .unwrap_or_else(|| panic!("{needle}"))
    };
    for needle in ["TrainJob", "RayCluster", "Volcano"] {
        let project = of(needle);
        assert_eq!(project.org.as_deref(), Some("Karmada"), "{needle}");
        assert!(!project.skills.is_empty() && !project.mentors.is_empty(), "{project:?}");
        let told = catalog
            .diagnostics
            .iter()
            .any(|d| d.severity >= Severity::Warning && d.message.contains(needle));
        assert!(told, "the repair of {needle} is not told of: {:?}", catalog.diagnostics);
    }
    assert!(!of("TrainJob").description.is_empty() && !of("TrainJob").upstream_urls.is_empty());
    let jaeger = catalog.projects.iter().filter(|p| p.org.as_deref() == Some("Jaeger")).count();
    assert_eq!(jaeger, 0, "the draft's Jaeger heading holds nothing but Karmada's projects");
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn the_export_of_2026_is_matched_with_evidence_that_stands_on_its_lines() {
    let path = shared().join("catalogs/2026/03-Sep-Nov/lfx-export.json");
    let output = Command::new(env!("CARGO_BIN_EXE_lfx-match"))
        .args(["--skills", "Go", "--format", "json", "--top", "10", "--catalog"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: MatchReport = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report.catalog.projects, report.recommendations.len()), (59, 10));
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for recommendation in &report.recommendations {
        let go =
            recommendation.explanation.matched.iter().find(|m| m.skill.as_deref() == Some("Go"));
        let go = go.unwrap_or_else(|| panic!("no Go in {recommendation:?}"));
        assert!(bare(lines[go.line - 1]).contains(&bare(&go.project_text)), "{go:?}");
    }
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn the_folder_of_all_years_is_one_catalog_that_answers() {
    let catalog = read(&shared().join("catalogs"));
    assert!(catalog.projects.len() > 500, "{}", catalog.projects.len());
    let ids: BTreeSet<&str> = catalog.projects.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids.len(), catalog.projects.len());
    let matcher =
        Matcher::new(&catalog, Arc::clone(&embed::load("builtin").unwrap()), Weights::default())
            .unwrap();
    let mentee = Mentee { skills: vec!["Rust".into(), "WebAssembly".into()], ..Mentee::default() };
    let answer = matcher.rank(&mentee, 5, &[]).unwrap();
    for recommendation in answer.recommendations {
        let project = &catalog.projects[recommendation.project];
        assert!(!recommendation.explanation.matched.is_empty(), "{}", project.title);
    }
}

#[test]
#[ignore = "needs the shared catalogs: set LFX_MATCH_SHARED"]
fn with_an_index_and_without_the_answers_are_the_same_for_every_document() {
    let model = embed::load("builtin").unwrap();
    let mentee = Mentee {
        skills: vec!["golang".into(), "k8s".into(), "technical writing".into()],
        learn: vec!["Rust".into()],
        interests: Some("Security of supply chains. WebAssembly at the edge.".into()),
        ..Mentee::default()
    };
    let catalogs = shared().join("catalogs");
    let mut compared = 0;
    for document in documents(&catalogs).iter().chain([&catalogs]) {
        // What is no catalog is another test's concern.
        let Ok(catalog) = catalog::read(std::slice::from_ref(document)) else { continue };
        let folder = tempfile::tempdir().unwrap();
        store::build(&catalog, model.as_ref(), folder.path()).unwrap();
        let index = CatalogIndex::open(folder.path()).unwrap();
        let (filter, weights) = (Filter::default(), Weights::default());
        let plain = Matcher::new(&catalog, Arc::clone(&model), weights).unwrap();
        let plain = plain.rank(&mentee, 10, &[]).unwrap();
        let found = index.ready_for(&mentee, &filter, 10, Arc::clone(&model), weights).unwrap();
        let indexed = found.matcher.rank(&mentee, 10, &[]).unwrap();
        let told = |answer: &Answer, catalog: &Catalog| {
            let mentee = report::MenteeRef { id: "m".into(), ..report::MenteeRef::default() };
            report::json(&report::MenteeReport::new(mentee, answer, catalog)).unwrap()
        };
        assert_eq!(
            told(&indexed, &found.catalog),
            told(&plain, &catalog),
            "{}",
            document.display()
        );
        compared += 1;
    }
    assert!(compared > 20, "{compared} documents");
}
