//! The stages of an answer, one by one: reading, understanding, embedding, preparing, ranking.
//!
//! Run with `cargo bench --bench stages`. The large catalog is made up from the lexicon by a fixed seed, so
//! that every run measures the same work.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

use std::fmt::Write;
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
    let text = page(projects);
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
    let mut random = Random(7);
    let sentences: Vec<String> = (0..100).map(|_| sentence(&mut random)).collect();
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    bencher.bench(|| MODEL.embed(black_box(&texts), Role::Passage).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn prepare_a_matcher(bencher: Bencher<'_, '_>, projects: usize) {
    let catalog = made_up(projects);
    bencher.bench(|| matcher(black_box(&catalog)));
}

#[divan::bench(args = SIZES)]
fn rank_one_mentee(bencher: Bencher<'_, '_>, projects: usize) {
    let matcher = matcher(&made_up(projects));
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

fn made_up(projects: usize) -> Catalog {
    let catalog = catalog::from_text(Path::new("page.md"), &page(projects)).unwrap();
    assert_eq!(catalog.projects.len(), projects);
    catalog
}

/// A page of projects that ask for skills of the lexicon at random.
fn page(projects: usize) -> String {
    let mut random = Random(42);
    let mut text = String::from("# Made up\n");
    for number in 0..projects {
        if number % 5 == 0 {
            let _ = write!(text, "\n### Organisation {}\n", number / 5);
        }
        let skills: Vec<&str> = (0..4).map(|_| skill(&mut random)).collect();
        let _ = write!(
            text,
            "\n#### Number {number}: {} for {}\n\n- Description: {} {}\n- Expected Outcome: {}\n\
             - Recommended Skills: {}\n- Mentor(s): A Mentor (@mentor{number})\n\
             - Upstream Issue: https://github.com/made-up/project/issues/{number}\n",
            skill(&mut random),
            skill(&mut random),
            sentence(&mut random),
            sentence(&mut random),
            sentence(&mut random),
            skills.join(", "),
        );
    }
    text
}

fn sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..6).map(|_| skill(random)).collect();
    format!(
        "The work joins {} with {}, and tests {} on {}, {} and {}.",
        words[0], words[1], words[2], words[3], words[4], words[5]
    )
}

fn skill(random: &mut Random) -> &'static str {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| Lexicon::builtin().iter().map(|(_, skill)| skill.name.as_str()).collect());
    NAMES[random.below(NAMES.len())]
}

/// Steele and others' SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
