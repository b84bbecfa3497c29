//! The formats as programs and people meet them.

use lfx_match::model::Code;
use serde_json::Value;

use super::pages::{SOUND, checked, folder_with, provoking, run};

/// A page with an error, a warning and a note, an address and a terminal's escape.
fn flawed() -> String {
    let lost = provoking(Code::HeadingWithoutBody).1;
    String::from_utf8(lost)
        .unwrap()
        .replace("- Recommended Skills: Python\n", "")
        .replace("(@ada-example)", "\u{1b}[31m(@ada-example, ada@example.org)")
}

const FORMATS: [&str; 4] = ["text", "json", "sarif", "github"];

#[test]
fn only_errors_make_the_check_fail() {
    for format in FORMATS {
        assert_eq!(checked(flawed(), &["--format", format]).1, Some(1), "{format}");
        let warned = provoking(Code::MissingSkills).1;
        assert_eq!(checked(warned, &["--format", format]).1, Some(0), "{format}");
    }
}

#[test]
fn no_format_shows_an_address_or_a_control_character() {
    for format in FORMATS {
        let (text, _) = checked(flawed(), &["--format", format]);
        assert!(!text.contains("ada@") && !text.contains("@example"), "{format}: {text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{format}: {text:?}");
        assert!(!text.contains("u001b"), "{format}: {text}");
    }
}

#[test]
fn the_text_shows_the_line_its_place_and_the_counts() {
    let (text, _) = checked(flawed(), &[]);
    let expected = ":13:5\n   |\n13 | ### Mend the torn foresail\n   |     ^^^^^^^^^^^^^^^^^^^^^^\n   |\n   = help: ";
    assert!(text.contains(expected), "{text}");
    assert!(text.ends_with("\n1 error, 1 warning, 1 note in 2 projects\n"), "{text}");
}

#[test]
fn colours_come_only_when_asked_for() {
    assert!(!checked(flawed(), &[]).0.contains('\u{1b}'));
    assert!(checked(flawed(), &["--color", "always"]).0.contains("\u{1b}["));
}

#[test]
fn a_line_of_megabytes_is_not_printed() {
    let long = SOUND.replace(
        "(@ada-example)",
        &format!("(@ada-example) {} ada@example.org", "x".repeat(1 << 20)),
    );
    for format in FORMATS {
        let (text, _) = checked(&long, &["--format", format]);
        assert!(text.len() < 40_000, "{format}: {} bytes", text.len());
        assert!(!text.contains("ada@"), "{format}");
    }
    let (text, _) = checked(&long, &[]);
    let column = 42 + (1 << 20);
    assert!(text.contains(&format!(":10:{column}\n")), "{text}");
    let mut shown = text.lines().filter(|line| line.contains(" | "));
    assert!(shown.all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn json_counts_what_it_lists_and_points_at_the_place() {
    let (text, _) = checked(flawed(), &["--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["projects"], 2);
    let flaws = report["diagnostics"].as_array().unwrap();
    for severity in ["error", "warning", "note"] {
        let counted = flaws.iter().filter(|flaw| flaw["severity"] == severity).count();
        assert_eq!(report["counts"][format!("{severity}s")], counted, "{severity}");
    }
    let lost = flaws.iter().find(|flaw| flaw["code"] == "heading-without-body").unwrap();
    assert_eq!(
        (&lost["line"], &lost["column"], &lost["end_column"]),
        (&13.into(), &5.into(), &27.into())
    );
    assert_eq!(lost["excerpt"]["text"], "### Mend the torn foresail");
}

#[test]
fn github_commands_have_one_line_a_flaw_and_their_level() {
    let (text, _) = checked(flawed(), &["--format", "github"]);
    let levels: Vec<&str> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
    let expected = ["::notice", "::error", "::warning"];
    assert_eq!(levels, expected, "{text}");
    for line in text.lines() {
        let (properties, message) = line[2..].split_once("::").unwrap();
        for name in [" file=", ",line=", ",col=", ",title="] {
            assert!(properties.contains(name), "{line}");
        }
        assert!(message.contains("%0Ahelp: "), "{line}");
    }
}

#[test]
fn sarif_has_what_the_standard_requires_and_code_scanning_reads() {
    let (text, _) = checked(flawed(), &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("{log}") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "lfx-match");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string());
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["note", "warning", "error"].contains(&level), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("/page.md"));
        let region = |name: &str| place["region"][name].as_u64().unwrap();
        assert!(region("startLine") >= 1 && region("startColumn") >= 1);
        assert!(region("endColumn") >= region("startColumn"));
    }
}

#[test]
fn sarif_names_pages_by_their_path_in_the_folder_it_runs_in() {
    let (folder, path) = folder_with("my ideas.md", flawed());
    for name in ["my ideas.md", "./my ideas.md", path.to_str().unwrap()] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_lfx-match"))
            .args(["catalog", "check", "--format", "sarif", name])
            .current_dir(folder.path().canonicalize().unwrap())
            .output()
            .unwrap();
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20ideas.md");
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    }
}

#[test]
fn the_result_goes_to_the_file_asked_for_and_quiet_changes_nothing() {
    let (folder, path) = folder_with("page.md", flawed());
    let goal = folder.path().join("out.txt");
    let (page, goal) = (path.to_str().unwrap(), goal.to_str().unwrap());
    let output = run(&["check", page, "--output", goal, "--quiet"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(std::fs::read(goal).unwrap(), run(&["check", page]).stdout);
}

#[test]
fn the_built_in_catalog_is_checked_where_none_is_named() {
    let output = run(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "nothing wrong in 18 projects\n");
}

#[test]
fn the_list_as_json_names_every_project_and_its_line() {
    let (_folder, path) = folder_with("page.md", SOUND);
    let output = run(&["list", path.to_str().unwrap(), "--format", "json"]);
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["schema_version"], 1);
    let lines: Vec<&Value> =
        list["projects"].as_array().unwrap().iter().map(|p| &p["source"]["line"]).collect();
    assert_eq!(lines, [5, 13]);
    assert_eq!(list["projects"][0]["org"], "Karmada");
}
