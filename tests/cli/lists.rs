//! `skills`, `models`, `completions` and `man`: what the program knows of itself.

use super::run::lfx;

#[test]
fn a_written_skill_is_explained_with_its_name_kind_and_reason() {
    let run = lfx(&["skills", "explain", "golang", "Kuberentes", "C/C++ or Go"]).succeeded();
    for part in [
        "golang\n  Go (language",
        "“golang” is another name of it",
        "Kubernetes",
        "“Kuberentes” looks like a misspelling of it",
        "  C (language",
        "  C++ (language",
    ] {
        assert!(run.out.contains(part), "{part:?} is not in\n{}", run.out);
    }
}

#[test]
fn the_names_that_people_use_are_all_understood() {
    for (written, skill) in [
        ("golang", "Go"),
        ("Go lang", "Go"),
        ("k8s", "Kubernetes"),
        ("wasm", "WebAssembly"),
        ("ReactJS", "React"),
        ("C++", "C++"),
        ("CI/CD", "CI/CD"),
        (".NET", ".NET"),
        ("gRPC", "gRPC"),
        ("OTel", "OpenTelemetry"),
        ("GitHub Actions", "GitHub Actions"),
        ("Kuberentes", "Kubernetes"),
        ("Pyhton", "Python"),
    ] {
        let run = lfx(&["skills", "explain", written]).succeeded();
        let found = run.lines()[1..].iter().any(|line| line.starts_with(&format!("  {skill} (")));
        assert!(found, "{written} should be {skill}:\n{}", run.out);
    }
}

#[test]
fn an_unknown_skill_is_explained_as_unknown() {
    let run = lfx(&["skills", "explain", "Frobnication"]).succeeded();
    assert!(run.out.contains("not known"), "{}", run.out);
}

#[test]
fn explaining_nothing_is_wrong_usage() {
    lfx(&["skills", "explain"]).failed(2).saying(&["TEXTS"]);
}

#[test]
fn the_lexicon_lists_at_least_six_hundred_skills_each_once() {
    let run = lfx(&["skills", "list"]).succeeded();
    let mut names: Vec<&str> =
        run.lines().iter().map(|line| line.split('\t').next().unwrap()).collect();
    let count = names.len();
    assert!(count >= 600, "{count}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_built_in_model_leads_the_list_and_is_at_hand() {
    let run = lfx(&["models", "list"]).succeeded();
    let first = run.lines()[0];
    assert!(first.starts_with("builtin\t256\tat hand\t"), "{first}");
    assert!(run.lines().iter().all(|line| {
        ["Apache-2.0", "MIT", "Gemma"].iter().any(|licence| line.contains(licence))
    }));
    assert!(first.contains("Apache-2.0"), "{first}");
}

#[test]
fn a_model_that_does_not_exist_is_an_error_that_says_where_the_names_are() {
    lfx(&["--skills", "Go", "--model", "no-such-model"]).failed(1).saying(&["no-such-model"]);
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = lfx(&["completions", shell]).succeeded();
        assert!(run.out.contains("lfx-match") && run.out.contains("skills"), "{shell}");
    }
    lfx(&["completions", "tea"]).failed(2).saying(&["bash"]);
}

#[cfg(unix)]
#[test]
fn the_completions_for_bash_are_a_script_that_bash_accepts() {
    let script = lfx(&["completions", "bash"]).succeeded().out;
    let folder = super::sample::Folder::new();
    let path = folder.file("lfx-match.bash", script);
    // Where there is no bash there is nothing to be proved.
    if let Ok(status) = std::process::Command::new("bash").args(["-n", &path]).status() {
        assert!(status.success());
    }
}

#[test]
fn the_manual_is_a_page_for_man() {
    let run = lfx(&["man"]).succeeded();
    assert!(
        run.out.contains(".TH lfx-match 1") || run.out.contains(".TH LFX-MATCH 1"),
        "{}",
        run.out
    );
    assert!(run.out.contains(".SH NAME") && run.out.contains("skills"), "{}", run.out);
}
