//! The stages of an answer, one by one: reading, understanding, embedding, preparing, ranking.
//!
//! Run with `cargo bench --bench stages`. The large catalog is made up from the lexicon by a fixed seed, so
//! that every run measures the same work.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

mod made_up;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use lfx_match::embed::{self, Embedder, Role};
use lfx_match::skills::{Lexicon, list};
use lfx_match::{Catalog, Matcher, Mentee, Weights, catalog};

/// Numbers of projects: a term has about 60, all terms together about 1,000.
const SIZES: [usize; 2] = [60, 1000];

static MODEL: LazyLock<Arc<dyn Embedder>> = LazyLock::new(|| embed::load("builtin").unwrap());

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn read_a_catalog(bencher: Bencher<'_, '_>, projects: usize) {
    let text = made_up::page(projects);
    bencher.bench(|| catalog::from_text(Path::new("page.md"), black_box(&text)).unwrap());
}

#[divan::bench]
fn read_the_built_in_catalog() -> Catalog {
    catalog::builtin()
}

#[divan::bench]
fn understand_a_list_of_skills() -> usize {
    let lexicon = Lexicon::builtin();
    let written =
        "Golang, k8s, C/C++ or Rust, Pyhton (basic), CI/CD with GitHub Actions, technical writing";
    let items = list::split(black_box(written));
    items.iter().map(|item| lexicon.understand(item).mentions.len()).sum()
}

#[divan::bench]
fn load_the_model() -> impl Embedder {
    embed::Builtin::load().unwrap()
}

#[divan::bench]
fn embed_a_hundred_sentences(bencher: Bencher<'_, '_>) {
    let mut random = made_up::Random(7);
    let sentences: Vec<String> = (0..100).map(|_| made_up::sentence(&mut random)).collect();
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    bencher.bench(|| MODEL.embed(black_box(&texts), Role::Passage).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn prepare_a_matcher(bencher: Bencher<'_, '_>, projects: usize) {
    let catalog = made_up::catalog(projects);
    bencher.bench(|| matcher(black_box(&catalog)));
}

#[divan::bench(args = SIZES)]
fn rank_one_mentee(bencher: Bencher<'_, '_>, projects: usize) {
    let matcher = matcher(&made_up::catalog(projects));
    let mentee = Mentee {
        skills: list::split("Go, Kubernetes, gRPC, SQL, Linux"),
        learn: list::split("Rust, eBPF"),
        interests: Some("observability of clusters at the edge".to_owned()),
        level: None,
    };
    bencher.bench(|| matcher.rank(black_box(&mentee), 5, &[]).unwrap());
}

fn matcher(catalog: &Catalog) -> Matcher {
    Matcher::new(catalog, Arc::clone(&MODEL), Weights::default()).unwrap()
}
