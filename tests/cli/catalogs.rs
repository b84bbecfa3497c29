//! `catalog list`, `export` and `check`.

use serde_json::Value;

use super::run::lfx;
use super::sample::{EXPORT, Folder, PAGE};

/// The sample page, whose last project (line 27) has lost its mentors and its skills.
fn flawed() -> (Folder, String) {
    let page = PAGE.replace("- Mentor(s): Cy Example (@cy-example)\n", "");
    Folder::with_page(&page.replace("Rust, parsers", ""))
}

#[test]
fn a_list_shows_every_project_below_its_organisation() {
    let (_folder, page) = Folder::with_page(PAGE);
    let run = lfx(&["catalog", "list", &page]).succeeded();
    let expected = [
        "Lantern",
        "  Teach the scheduler to dim",
        "  A brighter front page",
        "Quarry",
        "  Parse stones faster",
    ];
    assert_eq!(run.lines(), expected);
}

#[test]
fn a_list_for_programs_holds_the_same_projects() {
    let (_folder, page) = Folder::with_page(PAGE);
    let run = lfx(&["catalog", "list", "--format", "json", &page]).succeeded();
    let list: Value = serde_json::from_str(&run.out).unwrap();
    let titles: Vec<&str> =
        list["projects"].as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap()).collect();
    let expected = ["Teach the scheduler to dim", "A brighter front page", "Parse stones faster"];
    assert_eq!(titles, expected);
}

#[test]
fn without_a_path_the_built_in_catalog_is_meant_and_nothing_is_wrong_in_it() {
    let list = lfx(&["catalog", "list"]).succeeded();
    let projects = list.lines().iter().filter(|line| line.starts_with("  ")).count();
    assert_eq!(projects, 18);
    let check = lfx(&["catalog", "check"]).succeeded();
    assert!(check.out.contains("nothing wrong in 18 projects"), "{}", check.out);
}

#[test]
fn a_check_shows_severity_code_and_place_of_every_flaw() {
    let (_folder, page) = flawed();
    let run = lfx(&["catalog", "check", &page]).succeeded();
    for code in ["missing-mentors", "missing-skills"] {
        let at = run.out.find(&format!("warning[{code}]: \"Parse stones faster\"")).expect(code);
        let place = run.out[at..].lines().nth(1).unwrap();
        assert!(place.trim_start().starts_with(&format!("--> {page}:27:")), "{place}");
    }
    assert!(run.out.contains("2 warnings"), "{}", run.out);
}

#[test]
fn a_check_tells_programs_what_it_tells_people() {
    let (_folder, page) = flawed();
    let check =
        |format: &str| lfx(&["catalog", "check", "--format", format, &page]).succeeded().out;
    let json: Value = serde_json::from_str(&check("json")).unwrap();
    let flaws = json["diagnostics"].as_array().unwrap();
    let found: Vec<(&str, u64)> = flaws
        .iter()
        .filter(|flaw| flaw["severity"] == "warning")
        .map(|flaw| (flaw["code"].as_str().unwrap(), flaw["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(found, [("missing-mentors", 27), ("missing-skills", 27)]);
    let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), flaws.len());
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let github = check("github");
    assert_eq!(github.lines().count(), flaws.len());
    let expected = format!("::warning file={page},line=27,");
    assert_eq!(github.lines().filter(|line| line.starts_with(&expected)).count(), 2, "{github}");
}

#[test]
fn a_code_is_explained_and_an_unknown_one_is_wrong_usage() {
    let run = lfx(&["catalog", "check", "--explain", "missing-skills"]).succeeded();
    assert!(run.out.contains("missing-skills") && run.out.contains("What to do"), "{}", run.out);
    lfx(&["catalog", "check", "--explain", "bad-luck"])
        .failed(2)
        .saying(&["bad-luck", "missing-skills"]);
}

#[test]
fn a_check_ends_with_1_where_something_was_lost() {
    let folder = Folder::new();
    let cut = EXPORT.replace("\n  ]\n}", ",\n    {\"program_name_full\": \"CNCF - Qua");
    let path = folder.file("lfx-export.json", cut);
    for format in ["text", "json", "sarif", "github"] {
        let run = lfx(&["catalog", "check", "--format", format, &path]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.out.contains("error") && run.out.contains("broken-json"), "{}", run.out);
    }
}

#[test]
fn a_check_of_a_file_that_is_not_there_is_an_error_of_its_own() {
    lfx(&["catalog", "check", "no-such.md"]).failed(1).saying(&["error: no-such.md"]);
}
