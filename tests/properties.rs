//! What must hold for every catalog and every person, tried on many made-up ones.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use lfx_match::embed::{self, Embedder};
use lfx_match::rank::NO_MATCH;
use lfx_match::report::{self, MatchReport, ModelReport, TableStyle};
use lfx_match::skills::list;
use lfx_match::{Catalog, Matcher, Mentee, Weights, catalog};
use proptest::prelude::*;

static MODEL: LazyLock<Arc<dyn Embedder>> = LazyLock::new(|| embed::load("builtin").unwrap());
static BUILTIN: LazyLock<(Catalog, Matcher)> = LazyLock::new(|| {
    let catalog = catalog::builtin();
    let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), Weights::default()).unwrap();
    (catalog, matcher)
});

/// Skills as people write them, and as nobody does.
fn written() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Go",
        "golang",
        "Rust",
        "C++",
        "k8s",
        "CI/CD",
        "Pyhton",
        "docs",
        "React or Vue",
        ".NET",
        "UX",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,24}", 1 => any::<String>()]
}

fn mentee() -> impl Strategy<Value = Mentee> {
    let interests = prop::option::of("[a-zA-Z ,.]{0,80}");
    (prop::collection::vec(written(), 0..6), prop::collection::vec(written(), 0..4), interests)
        .prop_map(|(skills, learn, interests)| Mentee { skills, learn, interests, level: None })
}

/// Lines of pages: true ones, and what tears pages apart.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "#{1,5} [A-Za-z <>|`*:]{0,30}",
        "- (Description|Recommended Skills|Mentor\\(s\\)|Upstream Issue): [A-Za-z ,/@.()<>\\[\\]-]{0,40}",
        "  - [A-Za-z+#. ]{0,20}",
        "\\| [a-z|-]{0,20} \\|",
        "\\PC{0,40}",
        Just(String::new()),
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

fn check(report: &MatchReport, top: usize) -> std::result::Result<(), TestCaseError> {
    prop_assert!(report.recommendations.len() <= top);
    for pair in report.recommendations.windows(2) {
        let order = pair[1].score.total_cmp(&pair[0].score);
        let order = order.then_with(|| pair[0].project.id.cmp(&pair[1].project.id));
        prop_assert!(order.is_lt(), "{} is not before {}", pair[0].project.id, pair[1].project.id);
    }
    for recommendation in &report.recommendations {
        prop_assert!((0.0..=1.0).contains(&recommendation.score));
        let sum: f64 = recommendation.explanation.contributions.values().sum();
        prop_assert!((sum - recommendation.score).abs() <= 1e-6);
        let is_told = !recommendation.explanation.matched.is_empty();
        prop_assert!(is_told || recommendation.score < NO_MATCH, "{:?}", recommendation);
    }
    let json = report::json(report).unwrap();
    let back: MatchReport = serde_json::from_str(&json).unwrap();
    prop_assert_eq!(report::json(&back).unwrap(), json);
    for text in
        [report::table(report, TableStyle { width: 80, color: false }), report::markdown(report)]
    {
        prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
    }
    Ok(())
}

fn model() -> ModelReport {
    ModelReport { id: MODEL.id().to_owned(), dimensions: MODEL.dimensions() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn every_person_gets_an_ordered_answer_that_adds_up(mentee in mentee(), top in 0usize..20) {
        let (catalog, matcher) = &*BUILTIN;
        let answer = matcher.rank(&mentee, top, &[]).unwrap();
        let report = MatchReport::new(&mentee, &answer, catalog, model());
        prop_assert_eq!(report.recommendations.len(), top.min(18));
        check(&report, top)?;
    }

    #[test]
    fn every_page_is_read_and_answered(text in page(), mentee in mentee()) {
        let catalog = catalog::from_text(Path::new("page.md"), &text).unwrap();
        let lines = text.lines().count().max(1);
        for project in &catalog.projects {
            prop_assert!((1..=lines).contains(&project.source.line), "{:?}", project);
        }
        let matcher = Matcher::new(&catalog, Arc::clone(&MODEL), Weights::default()).unwrap();
        let answer = matcher.rank(&mentee, 50, &[]).unwrap();
        check(&MatchReport::new(&mentee, &answer, &catalog, model()), 50)?;
    }

    #[test]
    fn any_text_at_all_is_a_page_without_a_panic(text in any::<String>()) {
        let _ = catalog::from_text(Path::new("page.md"), &text);
        let _ = catalog::from_text(Path::new("lfx-export.json"), &text);
    }

    #[test]
    fn the_pieces_of_a_list_stand_in_it_in_their_order(text in any::<String>()) {
        let mut rest = 0;
        for piece in list::split(&text) {
            prop_assert!(!piece.trim().is_empty());
            let found = text[rest..].find(piece.as_str());
            prop_assert!(found.is_some(), "{:?} after byte {} of {:?}", piece, rest, text);
            rest += found.unwrap_or(0) + piece.len();
        }
    }
}
