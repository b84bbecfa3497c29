//! Wrong usage: exit status 2, what is wrong, and an example of what is right.

use super::run::{Call, lfx};

const EXAMPLE: &str = "lfx-match --skills \"Rust, WebAssembly\"";

#[test]
fn nothing_to_match_on_is_wrong_usage_with_an_example_of_right_usage() {
    for arguments in [
        &[][..],
        &["match"],
        &["--skills", ""],
        &["--skills", " , ; ,, "],
        &["--interests", "  \n"],
        &["--learn", ""],
        &["--top", "3"],
        &["match", "--skills", ""],
    ] {
        lfx(arguments).failed(2).saying(&["nothing to match on", EXAMPLE]);
    }
}

#[test]
fn an_empty_resume_is_wrong_usage_too() {
    let run = Call::new(&["--resume", "-"]).input("\n\n").run();
    run.failed(2).saying(&["-: no known skill", "nothing to match on", EXAMPLE]);
}

#[test]
fn a_misspelt_option_is_wrong_usage_with_a_suggestion() {
    lfx(&["--skils", "Go"]).failed(2).saying(&["--skils", "--skills"]);
}

#[test]
fn a_misspelt_command_is_wrong_usage() {
    lfx(&["rnak", "applicants.csv"]).failed(2).saying(&["rnak", "rank"]);
}

#[test]
fn a_number_that_is_none_is_wrong_usage() {
    for top in ["many", "-1", "1.5", ""] {
        lfx(&["--skills", "Go", &format!("--top={top}")]).failed(2).saying(&["--top"]);
    }
}

#[test]
fn options_of_match_before_another_command_are_wrong_usage() {
    lfx(&["--skills", "Go", "catalog", "list"]).failed(2).saying(&["after the command"]);
}

#[test]
fn help_goes_to_standard_output_with_examples_and_exit_codes() {
    let run = lfx(&["--help"]).succeeded();
    assert_eq!(run.err, "");
    for part in
        ["Usage: lfx-match", "Examples:", "lfx-match --skills \"Rust,WebAssembly\"", "Exit status:"]
    {
        assert!(run.out.contains(part), "{part:?}");
    }
}

#[test]
fn every_command_has_help() {
    for command in [
        &["match"][..],
        &["rank"],
        &["eval"],
        &["catalog"],
        &["catalog", "list"],
        &["catalog", "export"],
        &["catalog", "check"],
        &["skills", "explain"],
        &["skills", "list"],
        &["models", "list"],
        &["completions"],
        &["man"],
    ] {
        let run = lfx(&[command, &["--help"]].concat()).succeeded();
        assert!(
            run.out.contains(&format!("Usage: lfx-match {}", command.join(" "))),
            "{}",
            run.out
        );
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let expected = format!("lfx-match {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(lfx(&["--version"]).succeeded().out, expected);
}

#[test]
fn an_argument_that_is_no_unicode_is_no_panic() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let bytes = std::ffi::OsStr::from_bytes(b"pa\xffge.md");
        Call::new(&["--skills", "Go", "--catalog"])
            .arg(bytes)
            .run()
            .failed(1)
            .saying(&["No such file"]);
        Call::new(&["--skills"]).arg(bytes).run().failed(2);
    }
}
