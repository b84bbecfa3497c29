//! The formats of an answer: each is what its readers expect, and all say the same.

use lfx_match::report::{self, CatalogExport, MatchReport, RecommendationReport};

use super::run::{lfx, titles};
use super::sample::{EXPORT, Folder, PAGE};

const QUESTION: [&str; 6] =
    ["--skills", "Go, Rsut, CSS", "--learn", "Rust", "--interests", "lamps"];

fn ask(page: &str, format: &str) -> String {
    lfx(&[&QUESTION[..], &["--catalog", page, "--format", format]].concat()).succeeded().out
}

#[test]
fn json_reads_back_into_the_reports_own_types_and_to_the_same_bytes() {
    for question in [&["--skills", "Rust,WebAssembly"][..], &QUESTION[..]] {
        let text = lfx(&[question, &["--format", "json"]].concat()).succeeded().out;
        let report: MatchReport = serde_json::from_str(&text).unwrap();
        assert_eq!(report::json(&report).unwrap(), text);
        assert_eq!(report.schema_version, report::SCHEMA_VERSION);
    }
}

#[test]
fn json_has_every_field_that_scripts_rely_on() {
    let (_folder, page) = Folder::with_page(PAGE);
    let json: serde_json::Value = serde_json::from_str(&ask(&page, "json")).unwrap();
    for pointer in [
        "/schema_version",
        "/query/skills/0/text",
        "/query/skills/0/skill",
        "/query/unknown/0/suggestion",
        "/query/learn/0/skill",
        "/query/interests",
        "/catalog/projects",
        "/catalog/sources/0/path",
        "/catalog/sources/0/projects",
        "/model/id",
        "/model/dimensions",
        "/recommendations/0/rank",
        "/recommendations/0/score",
        "/recommendations/0/project/id",
        "/recommendations/0/project/title",
        "/recommendations/0/project/org",
        "/recommendations/0/project/suborg",
        "/recommendations/0/project/term",
        "/recommendations/0/project/maturity",
        "/recommendations/0/project/upstream_urls/0",
        "/recommendations/0/project/lfx_url",
        "/recommendations/0/project/mentors/0/name",
        "/recommendations/0/project/mentors/0/github",
        "/recommendations/0/project/source/path",
        "/recommendations/0/project/source/line",
        "/recommendations/0/explanation/contributions/overlap",
        "/recommendations/0/explanation/contributions/semantic",
        "/recommendations/0/explanation/matched/0/text",
        "/recommendations/0/explanation/matched/0/skill",
        "/recommendations/0/explanation/matched/0/how",
        "/recommendations/0/explanation/matched/0/project_text",
        "/recommendations/0/explanation/matched/0/line",
        "/recommendations/0/explanation/missing/0/skill",
        "/recommendations/0/explanation/missing/0/requirement",
    ] {
        assert!(json.pointer(pointer).is_some(), "{pointer} is not in {json:#}");
    }
}

#[test]
fn json_lines_are_the_recommendations_of_the_json_one_a_line() {
    let (_folder, page) = Folder::with_page(PAGE);
    let report: MatchReport = serde_json::from_str(&ask(&page, "json")).unwrap();
    let text = ask(&page, "jsonl");
    let lines: Vec<RecommendationReport> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, report.recommendations);
    assert_eq!(report::jsonl(&lines).unwrap(), text);
}

#[test]
fn csv_has_a_header_and_one_row_a_recommendation_with_the_same_figures() {
    let (_folder, page) = Folder::with_page(PAGE);
    let report: MatchReport = serde_json::from_str(&ask(&page, "json")).unwrap();
    let text = ask(&page, "csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let place = |name: &str| headers.iter().position(|h| h == name).expect(name);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), report.recommendations.len());
    for (row, recommendation) in rows.iter().zip(&report.recommendations) {
        assert_eq!(row[place("rank")], recommendation.rank.to_string());
        assert_eq!(row[place("project_id")], recommendation.project.id);
        assert_eq!(row[place("title")], recommendation.project.title);
        assert_eq!(row[place("org")], *recommendation.project.org.as_ref().unwrap());
        assert_eq!(row[place("upstream_url")], recommendation.project.upstream_urls[0]);
        let score: f64 = row[place("score")].parse().unwrap();
        assert!((score - recommendation.score).abs() < 1e-4);
        for (part, value) in &recommendation.explanation.contributions {
            let cell: f64 = row[place(part)].parse().unwrap();
            assert!((cell - value).abs() < 1e-4, "{part}");
        }
    }
    for name in ["matched", "missing", "lfx_url"] {
        place(name);
    }
}

#[test]
fn markdown_and_table_show_the_same_projects_in_the_same_order() {
    let (_folder, page) = Folder::with_page(PAGE);
    let report: MatchReport = serde_json::from_str(&ask(&page, "json")).unwrap();
    for format in ["markdown", "table"] {
        let text = ask(&page, format);
        let places: Vec<usize> =
            titles(&report).iter().map(|title| text.find(title).expect(title)).collect();
        assert!(places.is_sorted(), "{format}: {places:?}");
    }
    let table = lfx(&[&QUESTION[..], &["--catalog", &page]].concat()).succeeded().out;
    assert_eq!(table, ask(&page, "table"), "a table is the default");
}

#[test]
fn the_table_shows_score_evidence_gaps_and_link() {
    let (_folder, page) = Folder::with_page(PAGE);
    let run = lfx(&["--skills", "golang", "--catalog", &page, "--top", "1"]).succeeded();
    for part in [
        "  1 0.",
        "Lantern",
        "Teach the scheduler to dim",
        "meets Go\n",
        "lacks Kubernetes",
        "https://github.com/lantern/lantern/issues/1",
    ] {
        assert!(run.out.contains(part), "{part:?} is not in\n{}", run.out);
    }
}

#[test]
fn an_unknown_format_is_wrong_usage_that_lists_the_known_ones() {
    lfx(&["--skills", "Go", "--format", "yaml"])
        .failed(2)
        .saying(&["yaml", "table", "json", "jsonl", "csv", "markdown"]);
}

#[test]
fn a_catalog_export_reads_back_into_its_own_types_with_all_that_was_written() {
    let folder = Folder::new();
    let paths = [folder.file("page.md", PAGE), folder.file("lfx-export.json", EXPORT)];
    let text =
        lfx(&["catalog", "export", "--format", "json", &paths[0], &paths[1]]).succeeded().out;
    let export: CatalogExport = serde_json::from_str(&text).unwrap();
    assert_eq!(report::json(&export).unwrap(), text);
    assert_eq!(export.projects.len(), 4);
    let [lamp, page, _, pebbles] = &export.projects[..] else { panic!("four projects") };
    let skills: Vec<(&str, Option<&str>)> =
        lamp.skills.iter().map(|s| (s.text.as_str(), s.skill.as_deref())).collect();
    assert_eq!(skills, [("Go", Some("Go")), ("Kubernetes", Some("Kubernetes"))]);
    assert!(lamp.description.as_ref().unwrap().starts_with("Lamps in a fleet"));
    assert_eq!(
        lamp.expected_outcome.as_deref(),
        Some("A controller written in Go, and its manual.")
    );
    assert_eq!(lamp.source.line, 5);
    let requirement = serde_json::to_value(page.skills[2].requirement).unwrap();
    assert_eq!(requirement, "preferred");
    assert!(page.lfx_url.as_ref().unwrap().ends_with("555555555555"));
    assert_eq!(pebbles.technologies, ["Python"]);
    assert!(!pebbles.prerequisites.is_empty());
}
