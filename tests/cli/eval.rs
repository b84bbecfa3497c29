//! `eval`: rankings measured against judgements.

use super::run::lfx;
use super::sample::{Folder, PAGE};

const JUDGED: [&str; 5] =
    ["eval", "--mentees", "data/judged/applicants.csv", "--qrels", "data/judged/qrels.json"];

fn measures(arguments: &[&str]) -> serde_json::Value {
    let run = lfx(&[&JUDGED[..], arguments, &["--format", "json"]].concat()).succeeded();
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_ranking_is_measured_by_five_figures_between_0_and_1() {
    let report = measures(&[]);
    assert_eq!(report["runs"][0]["queries"], 12);
    for name in ["ndcg@5", "ndcg@10", "best3", "mrr", "recall@10"] {
        let value = report["runs"][0]["mean"][name].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&value), "{name}: {value}");
    }
}

#[test]
fn a_perfect_order_scores_1_and_a_list_without_anything_good_scores_0() {
    let folder = Folder::new();
    let page = folder.file("page.md", PAGE);
    let mentees = folder.file("a.csv", "id,skills\na1,Go\n");
    for (judged, expected) in [
        ("{\"a1\": {\"Teach the scheduler to dim\": 3}}", 1.0),
        ("{\"a1\": {\"No project of this page\": 3}}", 0.0),
    ] {
        let qrels = folder.file("qrels.json", judged);
        let run = lfx(&[
            "eval",
            "--mentees",
            &mentees,
            "--qrels",
            &qrels,
            "--catalog",
            &page,
            "--format",
            "json",
        ])
        .succeeded();
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        for name in ["ndcg@5", "ndcg@10", "best3", "mrr", "recall@10"] {
            assert_eq!(
                report["runs"][0]["mean"][name].as_f64(),
                Some(expected),
                "{name}: {judged}"
            );
        }
    }
}

#[test]
fn parts_are_left_out_and_weights_compared_where_that_is_asked_for() {
    let report = measures(&["--ablate", "--against", "overlap=1"]);
    let names: Vec<&str> = report["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[..2], ["all parts", "against overlap=1"]);
    assert!(names.contains(&"without semantic"), "{names:?}");
    let table = lfx(&[&JUDGED[..], &["--ablate"]].concat()).succeeded();
    assert!(table.out.contains("without overlap") && table.out.contains("95 %"), "{}", table.out);
}

#[test]
fn a_judgement_of_nobody_and_a_file_that_is_no_json_are_errors_that_name_the_file() {
    let folder = Folder::new();
    let mentees = folder.file("a.csv", "id,skills\na1,Go\n");
    for (text, says) in
        [("{\"ghost\": {}}", "ghost"), ("{\n\"a1\": 3\n}", ":2:"), ("", "qrels.json")]
    {
        let qrels = folder.file("qrels.json", text);
        lfx(&["eval", "--mentees", &mentees, "--qrels", &qrels]).failed(1).saying(&[&qrels, says]);
    }
    lfx(&["eval", "--mentees", &mentees]).failed(2).saying(&["--qrels"]);
}

#[test]
fn a_title_of_two_projects_and_a_grade_out_of_range_are_errors() {
    let folder = Folder::new();
    let twice = PAGE.to_owned() + &PAGE.replace("# Ideas", "# More").replace("Lantern", "Lamp");
    let page = folder.file("page.md", twice);
    let mentees = folder.file("a.csv", "id,skills\na1,Go\n");
    let eval = |judged: &str| {
        let qrels = folder.file("qrels.json", judged);
        lfx(&["eval", "--mentees", &mentees, "--qrels", &qrels, "--catalog", &page])
    };
    eval("{\"a1\": {\"A brighter front page\": 3}}").failed(1).saying(&["2 projects", "--term"]);
    eval("{\"a1\": {\"Parse stones faster\": 7}}").failed(1).saying(&["grade 7", "0 to 3"]);
    eval("{\"a1\": {\"Nowhere\": 3}}").succeeded().saying(&["1 of 1 judged projects"]);
}
