//! What must make no difference to a score, and what must.
#![allow(clippy::unwrap_used)] // In helpers of tests a failure is a failed test.

use std::ops::Range;
use std::sync::LazyLock;

use lfx_match::mentees::{self, Options};
use lfx_match::skills::Lexicon;
use lfx_match::{Catalog, Matcher, Mentee, Weights, catalog, embed};
use proptest::prelude::*;

static CATALOG: LazyLock<Catalog> = LazyLock::new(catalog::builtin);
static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    Matcher::new(&CATALOG, embed::load("builtin").unwrap(), Weights::default()).unwrap()
});

const SKILLS: [&str; 10] = [
    "Rust",
    "Go",
    "Python",
    "WebAssembly",
    "Kubernetes",
    "Technical writing",
    "Machine learning",
    "C++",
    "Linux",
    "GitHub Actions",
];

const INTERESTS: [&str; 3] = [
    "I would like to write documentation.",
    "Compilers and runtimes. Sandboxes for untrusted code.",
    "anything with machine learning",
];

fn skills(count: Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let skill = prop::sample::select(SKILLS.to_vec()).prop_map(str::to_owned);
    prop::collection::vec(skill, count)
}

fn with(skills: &[String]) -> Mentee {
    Mentee { skills: skills.to_vec(), ..Mentee::default() }
}

fn names(item: &str, skill: &str) -> bool {
    let lexicon = Lexicon::builtin();
    let mentions = lexicon.understand(item).mentions;
    mentions.iter().any(|mention| lexicon.get(mention.skill).name == skill)
}

/// Every project's score, in the order of the catalog.
fn scores(mentee: &Mentee) -> Vec<f64> {
    let mut scores = vec![0.0; CATALOG.projects.len()];
    for recommendation in MATCHER.rank(mentee, usize::MAX, &[]).unwrap().recommendations {
        scores[recommendation.project] = recommendation.score;
    }
    scores
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn order_and_repetition_of_skills_change_no_score(skills in skills(1..6), turn in 0usize..6) {
        let mut other = skills.clone();
        other.rotate_left(turn % skills.len());
        other.push(skills[0].clone());
        prop_assert_eq!(scores(&with(&skills)), scores(&with(&other)));
    }

    #[test]
    fn adding_a_skill_never_lowers_a_project_that_asks_for_it(
        skills in skills(0..6),
        interests in prop::option::of(prop::sample::select(INTERESTS.to_vec())),
        more in prop::sample::select(SKILLS.to_vec())
    ) {
        let mut before = with(&skills);
        before.interests = interests.map(str::to_owned);
        let mut after = before.clone();
        after.skills.push(more.to_owned());
        let (before, after) = (scores(&before), scores(&after));
        for (project, (before, after)) in CATALOG.projects.iter().zip(before.iter().zip(after)) {
            if project.skills.iter().any(|asked| names(&asked.text, more)) {
                // Scores are given to six decimals, part by part.
                prop_assert!(after > before - 3e-6, "{more}: {before} to {after} in {}", project.title);
            }
        }
    }

    #[test]
    fn a_word_that_nobody_knows_changes_no_score(
        skills in skills(1..6),
        word in "x[qz]{3}[bcdfgh]{4}[qz]{3}"
    ) {
        let mut more = skills.clone();
        more.push(word);
        prop_assert_eq!(scores(&with(&skills)), scores(&with(&more)));
    }

    #[test]
    fn columns_about_the_person_change_no_score(
        name in "[A-Z][a-z]{2,9}",
        gender in "[a-z]{1,9}",
        country in "[A-Z]{2}",
        school in "[A-Za-z ]{0,20}"
    ) {
        let plain = "id,skills\na,Go\n".to_owned();
        let personal = format!(
            "name,id,gender,skills,country,school,pronouns\n{name},a,{gender},Go,{country},{school},{name}\n"
        );
        let read = |text: String| {
            let rows = mentees::read(std::io::Cursor::new(text), &Options::default()).unwrap();
            rows.map(|row| row.unwrap().read().unwrap().mentee).collect::<Vec<_>>()
        };
        prop_assert_eq!(read(plain), read(personal));
    }
}

#[test]
fn an_alias_a_misspelling_and_the_name_itself_score_the_same() {
    for (written, name) in [
        ("golang", "Go"),
        ("wasm", "WebAssembly"),
        ("k8s", "Kubernetes"),
        ("Pyhton", "Python"),
        ("C plus plus", "C++"),
        ("tech writing", "Technical writing"),
    ] {
        let [written, name] = [written, name].map(|skill| scores(&with(&[skill.to_owned()])));
        assert_eq!(written, name);
    }
}
