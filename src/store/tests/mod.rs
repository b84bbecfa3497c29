//! What an index must hold to: the same answers as without it, nothing believed that is not whole, only news embedded.

mod damage;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::candidates::Search;
use super::*;
use crate::embed::{self, Embedder};
use crate::index::Subset;
use crate::model::{Catalog, Mentee};
use crate::rank::{Answer, Filter, Matcher, Weights};
use crate::{atomic_file, catalog, report};

static MODEL: LazyLock<Arc<dyn Embedder>> = LazyLock::new(|| embed::load("builtin").unwrap());

fn build_in(folder: &Path, catalog: &Catalog) -> Changes {
    build(catalog, MODEL.as_ref(), folder).unwrap()
}

fn mentee() -> Mentee {
    Mentee {
        skills: vec!["Go".into(), "wasm".into(), "a made-up thing".into()],
        learn: vec!["Rust".into()],
        interests: Some(
            "Security of supply chains, more than Kubernetes and tests. Policies for clusters."
                .into(),
        ),
        ..Mentee::default()
    }
}

fn told(answer: &Answer, catalog: &Catalog) -> String {
    let mentee = report::MenteeRef { id: "m".into(), ..Default::default() };
    report::json(&report::MenteeReport::new(mentee, answer, catalog)).unwrap()
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| name != folder::LOCK)
        .collect()
}

#[test]
fn an_index_answers_as_its_catalog_does() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog::builtin();
    build_in(folder.path(), &catalog);
    let index = CatalogIndex::open(folder.path()).unwrap();
    let filter = Filter { orgs: vec!["kyverno".into(), "WasmEdge".into()], ..Filter::default() };
    for filter in [Filter::default(), filter] {
        let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), Weights::default()).unwrap();
        let plain = matcher.rank(&mentee(), 20, &filter.keep(&catalog)).unwrap();
        let Ready { catalog: some, matcher } = index
            .ready_for(&mentee(), &filter, 20, Arc::clone(&MODEL), Weights::default())
            .unwrap();
        let indexed = matcher.rank(&mentee(), 20, &[]).unwrap();
        assert_eq!(told(&indexed, &some), told(&plain, &catalog));
        let Ready { catalog: all, matcher } =
            index.ready(Arc::clone(&MODEL), Weights::default()).unwrap();
        let indexed = matcher.rank(&mentee(), 20, &filter.keep(&all)).unwrap();
        assert_eq!(told(&indexed, &all), told(&plain, &catalog));
    }
}

#[test]
fn a_search_scores_every_project_as_it_is_scored_among_all() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog::builtin();
    build_in(folder.path(), &catalog);
    let index = CatalogIndex::open(folder.path()).unwrap();
    let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), Weights::default()).unwrap();
    // Interests in the very words of a list are asked for, as its phrases are.
    let asked = catalog.projects.iter().take(5).flat_map(|project| &project.skills);
    let asked = asked
        .map(|item| Mentee { interests: Some(item.text.clone()), ..Mentee::default() })
        .chain([mentee()]);
    let all: Vec<u32> = (0..catalog.projects.len() as u32).collect();
    for mentee in asked {
        let search = Search::new(&index, &mentee, Arc::clone(&MODEL), Weights::default()).unwrap();
        let found = search.score(&all).unwrap();
        let found: Vec<(usize, f64)> =
            found.iter().map(|(p, score)| (*p as usize, *score)).collect();
        assert_eq!(found, matcher.scores(&mentee, &[]).unwrap(), "{mentee:?}");
    }
}

/// Ever new projects made of those of the built-in catalog: each asks for what one of them does, and has the title of
/// a second and the text of a third.
fn made_up(count: usize) -> Catalog {
    let real = catalog::builtin();
    let mut random = fastrand::Rng::with_seed(7);
    let mut pick = || &real.projects[random.usize(..real.projects.len())];
    let mut make = |number: usize| {
        let (one, other, third) = (pick(), pick(), pick());
        crate::model::Project {
            id: format!("made-{number:05}"),
            title: format!("{} {number}", other.title),
            org: third.org.clone(),
            description: third.description.clone(),
            ..one.clone()
        }
    };
    Catalog { projects: (0..count).map(&mut make).collect(), ..Catalog::default() }
}

#[test]
fn of_many_projects_the_best_are_found_with_the_scores_they_have_among_all() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = made_up(3_000);
    build_in(folder.path(), &catalog);
    let index = CatalogIndex::open(folder.path()).unwrap();
    let org = Filter { orgs: vec![catalog.projects[0].org.clone().unwrap()], ..Filter::default() };
    let blunt = Mentee { skills: vec!["Rust".into()], ..Mentee::default() };
    // Words that carry no topic, and a weight that leaves to the words what vectors and skills would tell.
    let empty = Mentee { skills: vec!["Work".into(), "K".into(), "Go".into()], ..blunt.clone() };
    let by_words: Weights = "lexical=1".parse().unwrap();
    for weights in [Weights::default(), by_words] {
        let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), weights).unwrap();
        for mentee in [&mentee(), &blunt, &empty] {
            for filter in [&Filter::default(), &org] {
                let found =
                    index.ready_for(mentee, filter, 10, Arc::clone(&MODEL), weights).unwrap();
                assert_eq!(found.catalog.projects.len(), 10);
                let indexed = found.matcher.rank(mentee, 10, &[]).unwrap();
                let plain = matcher.rank(mentee, 10, &filter.keep(&catalog)).unwrap();
                assert_eq!(told(&indexed, &found.catalog), told(&plain, &catalog));
            }
        }
    }
}

#[test]
fn projects_that_no_sample_has_seen_are_found_within_a_filter() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = made_up(6_000);
    build_in(folder.path(), &catalog);
    let index = CatalogIndex::open(folder.path()).unwrap();
    // The first half of a bucket is the sample: these are the others.
    let order = index.sketches.order();
    let half = |positions: Range<usize>| positions.start + positions.len().div_ceil(2);
    let unseen = index
        .sketches
        .buckets()
        .flat_map(|bucket| half(bucket.positions.clone())..bucket.positions.end);
    let unseen: Vec<u32> = unseen.map(|position| order[position]).collect();
    assert!(unseen.len() > 2_000);
    let kept = Subset::from_fn(6_000, |project| unseen.contains(&(project as u32)));
    let mentee = mentee();
    let search = Search::new(&index, &mentee, Arc::clone(&MODEL), Weights::default()).unwrap();
    let found = search.best(Some(&kept), 10).unwrap();
    let keep: Vec<bool> = (0..6_000).map(|project| kept.contains(project)).collect();
    let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), Weights::default()).unwrap();
    let plain = matcher.rank(&mentee, 10, &keep).unwrap();
    let mut plain: Vec<u32> = plain.recommendations.iter().map(|r| r.project as u32).collect();
    plain.sort_unstable();
    assert_eq!(found, plain);
}

#[test]
fn two_builds_of_one_catalog_are_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build_in(one.path(), &catalog::builtin());
    build_in(other.path(), &catalog::builtin());
    assert!(contents(one.path()) == contents(other.path()));
    build_in(one.path(), &catalog::builtin());
    assert!(
        contents(one.path()) == contents(other.path()),
        "brought up to date, it is as built new"
    );
}

#[test]
fn only_what_is_new_or_has_changed_is_embedded() {
    let (folder, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut catalog = catalog::builtin();
    let first = build_in(folder.path(), &catalog);
    assert_eq!((first.added, first.changed, first.removed, first.kept), (18, 0, 0, 0));
    catalog.projects.remove(3);
    catalog.projects[0].title = "Something else entirely".into();
    let texts = {
        let view =
            crate::rank::view::View::new(&catalog.projects[0], crate::skills::Lexicon::builtin());
        view.parts.len() + 1
    };
    // Moved to another line, a text is the same text.
    catalog.projects[5].source.line += 100;
    let second = build_in(folder.path(), &catalog);
    assert_eq!((second.added, second.changed, second.removed, second.kept), (0, 1, 1, 16));
    assert_eq!(second.embedded, texts);
    build_in(fresh.path(), &catalog);
    assert_eq!(all_told(folder.path()), all_told(fresh.path()));
}

/// All that an index answers to a mentee.
fn all_told(folder: &Path) -> String {
    let index = CatalogIndex::open(folder).unwrap();
    index.check_projects().unwrap();
    let (model, weights) = (Arc::clone(&MODEL), Weights::default());
    let ready = index.ready_for(&mentee(), &Filter::default(), 99, model, weights).unwrap();
    told(&ready.matcher.rank(&mentee(), 99, &[]).unwrap(), &ready.catalog)
}

#[test]
fn records_stay_in_their_files_until_too_many_of_them_are_of_no_use() {
    let (folder, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut catalog = catalog::builtin();
    build_in(folder.path(), &catalog);
    let texts = |folder: &Path| -> Vec<String> {
        let index = CatalogIndex::open(folder).unwrap();
        index.manifest().all_files(files::TEXTS).map(|file| file.name.clone()).collect()
    };
    let mut before = texts(folder.path());
    let mut most = 1;
    for at in 0..30 {
        // The older half of the catalog changes, one project after the other, and projects change their places.
        let project = &mut catalog.projects[at % 9];
        project.description.truncate(2);
        project.title = format!("Something else, for the time number {at}");
        catalog.projects.swap(at % 18, (5 * at) % 18);
        let changes = build_in(folder.path(), &catalog);
        assert_eq!((changes.changed, changes.kept), (1, 17));
        let now = texts(folder.path());
        assert!(now.len() == 1 || now[..before.len()] == before[..], "{now:?}");
        most = most.max(now.len());
        before = now;
        fs::remove_dir_all(fresh.path()).unwrap();
        build_in(fresh.path(), &catalog);
        assert_eq!(all_told(folder.path()), all_told(fresh.path()));
        if before.len() == 1 {
            assert!(contents(folder.path()) == contents(fresh.path()), "nothing old is left");
        }
    }
    assert!((3..=17).contains(&most), "{most} files at most");
}

#[test]
fn a_build_that_dies_leaves_the_old_index_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalog = catalog::builtin();
    build_in(folder.path(), &catalog);
    let before = contents(folder.path());
    // All that a build writes before its manifest is in place.
    catalog.projects.truncate(4);
    let other = tempfile::tempdir().unwrap();
    build_in(other.path(), &catalog);
    for (name, bytes) in contents(other.path()).iter().filter(|(name, _)| name.ends_with(".bin")) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::write(folder.path().join(format!("{}left", atomic_file::PREFIX)), "half").unwrap();
    let index = CatalogIndex::open(folder.path()).unwrap();
    assert_eq!(index.manifest().projects, 18);
    index.check_projects().unwrap();
    // The next one removes what was left.
    build_in(folder.path(), &catalog::builtin());
    assert!(contents(folder.path()) == before);
}

#[test]
fn one_build_at_a_time_works_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let alone = LockedFolder::new(folder.path()).unwrap();
    let error = build(&catalog::builtin(), MODEL.as_ref(), folder.path()).unwrap_err().to_string();
    assert!(error.contains("another build"), "{error}");
    drop(alone);
    build_in(folder.path(), &catalog::builtin());
}
