//! `--org`, `--term`, `--maturity`, `--top` and `--weights`.

use super::run::{answer, lfx, orgs, titles};
use super::sample::{EXPORT, Folder, PAGE};

#[test]
fn top_says_how_many_and_five_where_it_does_not() {
    for (arguments, count) in
        [(&[][..], 5), (&["--top", "1"], 1), (&["--top", "0"], 0), (&["--top", "1000"], 18)]
    {
        let report = answer(&[&["--skills", "Rust"], arguments].concat());
        assert_eq!(report.recommendations.len(), count, "{arguments:?}");
    }
}

#[test]
fn fewer_projects_are_the_first_of_more() {
    let few = answer(&["--skills", "Go, docs", "--top", "3"]);
    let many = answer(&["--skills", "Go, docs", "--top", "18"]);
    assert_eq!(few.recommendations, many.recommendations[..3]);
}

#[test]
fn an_organisation_is_found_whatever_its_case_and_several_are_joined() {
    let report = answer(&["--skills", "Go", "--org", "harbor", "--org", "KARMADA", "--top", "18"]);
    let orgs = orgs(&report);
    assert!(orgs.contains(&"Harbor") && orgs.contains(&"Karmada"));
    assert!(orgs.iter().all(|org| ["Harbor", "Karmada"].contains(org)), "{orgs:?}");
}

#[test]
fn a_filter_changes_which_projects_are_shown_but_no_score() {
    let all = answer(&["--skills", "Go, docs", "--top", "18"]);
    let some = answer(&["--skills", "Go, docs", "--top", "18", "--org", "Harbor"]);
    assert!(!some.recommendations.is_empty());
    for left in &some.recommendations {
        let same = all.recommendations.iter().find(|r| r.project.id == left.project.id).unwrap();
        assert_eq!(same.score, left.score);
    }
}

#[test]
fn a_term_may_be_named_whole_or_by_its_year() {
    let folder = Folder::new();
    folder.file("lfx-export.json", EXPORT);
    folder.file("2025/03-Sep-Nov/README.md", PAGE);
    let path = folder.path().to_str().unwrap();
    let count = |term: &str| {
        let report = answer(&["--skills", "Go", "--catalog", path, "--term", term]);
        report.recommendations.len()
    };
    assert_eq!((count("2026 Term 1"), count("2026"), count("2025 term 3")), (1, 1, 3));
    assert_eq!(count("2019"), 0);
}

#[test]
fn a_maturity_keeps_the_organisations_that_have_it() {
    let report = answer(&["--skills", "Go", "--maturity", "graduated", "--top", "18"]);
    assert!(!report.recommendations.is_empty());
    for recommendation in &report.recommendations {
        let maturity = serde_json::to_value(recommendation.project.maturity).unwrap();
        assert_eq!(maturity, "graduated", "{:?}", recommendation.project);
    }
    lfx(&["--skills", "Go", "--maturity", "ripe"]).failed(2).saying(&["ripe", "graduated"]);
}

#[test]
fn filters_that_leave_nothing_are_answered_with_a_warning() {
    let run = lfx(&["--skills", "Go", "--org", "Nobody"]).succeeded();
    assert_eq!(run.out, "");
    run.saying(&["warning: no project is left", "--org"]);
}

#[test]
fn weights_turn_parts_off_and_on() {
    let report =
        answer(&["--skills", "Rust,WebAssembly", "--weights", "semantic=1", "--top", "18"]);
    for recommendation in &report.recommendations {
        let parts: Vec<&str> =
            recommendation.explanation.contributions.keys().map(String::as_str).collect();
        assert_eq!(parts, ["semantic"]);
    }
    let half = answer(&["--skills", "Rust", "--weights", "overlap=0.5,semantic=0.5"]);
    let scaled = answer(&["--skills", "Rust", "--weights", "overlap=3, semantic=3"]);
    assert_eq!(half, scaled);
    assert_eq!(titles(&half)[..3].len(), 3);
}

#[test]
fn wrong_weights_are_wrong_usage_that_says_what_is_right() {
    for (weights, says) in [
        ("luck=1", "luck"),
        ("overlap", "has no `=`"),
        ("overlap=much", "much"),
        ("overlap=-1", "-1"),
        ("overlap=0,semantic=0", "no part has any weight"),
        ("overlap=NaN", "0 or more"),
        ("overlap=1,overlap=2", "given twice"),
        ("", "no part has any weight"),
    ] {
        lfx(&["--skills", "Go", &format!("--weights={weights}")])
            .failed(2)
            .saying(&[says, "overlap=0.5,semantic=0.5"]);
    }
}
