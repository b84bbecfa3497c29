//! The questions that the built-in catalog must answer well, whatever the weights are.

use lfx_match::rank::How;

use super::run::{answer, lfx, orgs, titles};

/// The projects of WasmEdge, in alphabetical order, and the skill for which each is wanted.
const WASMEDGE: [(&str, &str); 4] = [
    ("Implement the remaining features of wasmedgeup", "Rust"),
    ("Pointer alignment checking for WASI host function arguments", "WebAssembly"),
    ("Rust Coder for Claude Code", "Rust"),
    ("Support the Responses API in Llama Nexus", "Rust"),
];

#[test]
fn rust_and_webassembly_bring_the_four_wasmedge_projects_ahead_of_everything_else() {
    let report = answer(&["--skills", "Rust,WebAssembly", "--top", "18"]);
    let mut first = titles(&report)[..4].to_vec();
    first.sort_unstable();
    assert_eq!(first, WASMEDGE.map(|(title, _)| title));
    let scores: Vec<f64> = report.recommendations.iter().map(|r| r.score).collect();
    assert!(scores[3] > scores[4], "the fourth must stand out from the fifth: {scores:?}");
}

#[test]
fn each_wasmedge_project_says_which_of_rust_and_webassembly_it_asks_for() {
    let report = answer(&["--skills", "Rust,WebAssembly", "--top", "4"]);
    for recommendation in &report.recommendations {
        let title = recommendation.project.title.as_str();
        let (_, asked) = WASMEDGE.into_iter().find(|(known, _)| *known == title).unwrap();
        let matched = &recommendation.explanation.matched;
        let found =
            matched.iter().any(|m| m.skill.as_deref() == Some(asked) && m.how == How::Exact);
        assert!(found, "{asked} in {:?}: {matched:?}", recommendation.project.title);
    }
}

#[test]
fn nicknames_of_go_and_kubernetes_count_as_the_skills_themselves() {
    let nicknames = answer(&["--skills", "golang, k8s", "--top", "18"]);
    let names = answer(&["--skills", "Go, Kubernetes", "--top", "18"]);
    let skills: Vec<&str> = nicknames.query.skills.iter().map(|s| s.skill.as_str()).collect();
    assert_eq!(skills, ["Go", "Kubernetes"]);
    let both = ["Harbor", "KubeEdge"];
    assert!(both.contains(&orgs(&nicknames)[0]), "{:?}", titles(&nicknames));
    let first = &nicknames.recommendations[0].explanation;
    for skill in ["Go", "Kubernetes"] {
        let found = first.matched.iter().any(|m| m.skill.as_deref() == Some(skill));
        assert!(found, "{skill}: {first:?}");
    }
    assert_eq!(titles(&nicknames)[0], titles(&names)[0]);
}

#[test]
fn a_misspelt_skill_is_repaired_with_a_note_and_ianvs_comes_first() {
    let arguments = ["--skills", "Pyhton, ML", "--interests", "edge AI benchmarks"];
    lfx(&arguments).succeeded().saying(&["note:", "\"Pyhton\" was read as Python"]);
    let report = answer(&arguments);
    assert!(
        report.query.skills.iter().any(|s| s.text == "Pyhton" && s.skill == "Python" && s.repaired)
    );
    let titles = titles(&report);
    assert!(titles[0].contains("Ianvs"), "{titles:?}");
    let among_first = titles[..3].iter().filter(|title| title.contains("Ianvs")).count();
    assert_eq!(among_first, 2, "both benchmarks of Ianvs belong at the top: {titles:?}");
}

#[test]
fn an_interest_alone_is_enough_to_find_the_work_on_documentation() {
    let report = answer(&["--interests", "documentation"]);
    let titles = titles(&report);
    assert_eq!(titles[0], "Improve Kubernetes Reference Docs Generator");
    assert!(titles[..3].contains(&"Harbor Satellite: Q&A and Docs"), "{titles:?}");
}

#[test]
fn a_skill_that_no_project_asks_for_is_answered_with_low_scores_and_said_so() {
    let arguments = ["--skills", "Cobol"];
    lfx(&arguments).succeeded().saying(&["no project names anything of this"]);
    let report = answer(&arguments);
    let rust = answer(&["--skills", "Rust"]);
    let (best, good) = (report.recommendations[0].score, rust.recommendations[0].score);
    assert!(best < good / 2.0, "Cobol {best}, Rust {good}");
}

#[test]
fn an_unknown_skill_is_kept_as_written_and_answered_with_a_suggestion() {
    lfx(&["--skills", "Rsut"]).succeeded().saying(&["\"Rsut\"", "did you mean Rust?"]);
    let report = answer(&["--skills", "Rsut, Go"]);
    let unknown = &report.query.unknown[0];
    assert_eq!((unknown.text.as_str(), unknown.suggestion.as_deref()), ("Rsut", Some("Rust")));
}

#[test]
fn the_command_match_answers_the_same_as_no_command_at_all() {
    let short = lfx(&["--skills", "Rust"]).succeeded();
    let long = lfx(&["match", "--skills", "Rust"]).succeeded();
    assert_eq!(short.out, long.out);
}

#[test]
fn a_resume_gives_its_skills_and_never_its_address() {
    let folder = super::sample::Folder::new();
    let resume = folder.file(
        "resume.md",
        "# A. Person\n\nperson@example.org\n\n## Skills\n\n- Rust, WebAssembly\n",
    );
    let report = answer(&["--resume", &resume, "--top", "4"]);
    let mut found = titles(&report);
    found.sort_unstable();
    assert_eq!(found, WASMEDGE.map(|(title, _)| title));
    let run = super::run::Call::new(&["--resume", "-", "--format", "json"])
        .input("Skills: Rust, WebAssembly\nMail: person@example.org\n")
        .run()
        .succeeded();
    assert!(!run.out.contains('@') && run.out.contains("WebAssembly"), "{}", run.out);
}
