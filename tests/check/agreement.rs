//! The codes, the reader, and the document that explains them agree.

use std::path::{Path, PathBuf};

use lfx_match::catalog::codes::{explain, section};
use lfx_match::model::Code;

use super::pages::{SOUND, check_of, checked, run};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn a_sound_page_has_no_flaw() {
    assert_eq!(checked(SOUND, &[]), ("nothing wrong in 2 projects\n".to_owned(), Some(0)));
}

#[test]
fn every_code_is_found_on_a_small_page_and_is_no_graver_than_registered() {
    for &code in Code::ALL {
        let found = check_of(code).catalog.diagnostics;
        let flaw = found.iter().find(|flaw| flaw.code == code);
        let flaw = flaw.unwrap_or_else(|| panic!("{code} is not in {found:#?}"));
        assert!(flaw.severity <= explain(code).severity, "{flaw:?}");
        for other in &found {
            assert!(other.severity <= explain(other.code).severity, "{other:?}");
        }
    }
}

#[test]
fn every_code_is_found_at_its_registered_severity() {
    for &code in Code::ALL {
        let found = check_of(code).catalog.diagnostics;
        assert!(
            found.iter().any(|flaw| flaw.code == code && flaw.severity == explain(code).severity),
            "{code}: {found:#?}"
        );
    }
}

#[test]
fn the_document_explains_every_code_in_the_words_of_the_registry() {
    let path = file("docs/diagnostics.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (introduction, explained) = document.split_at(document.find("## ").unwrap());
    let expected: Vec<String> = Code::ALL.iter().map(|code| section(*code)).collect();
    let expected = expected.join("\n");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, introduction.to_owned() + &expected).unwrap();
    } else {
        assert!(explained == expected, "run `UPDATE_DOCS=1 cargo test --test check document`");
    }
}

#[test]
fn a_code_is_explained_as_in_the_document() {
    for &code in Code::ALL {
        let output = run(&["check", "--explain", code.name()]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap(), section(code));
    }
}

#[test]
fn a_code_that_is_not_there_is_wrong_usage_with_the_nearest_one_named() {
    let output = run(&["check", "--explain", "missing-skill"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("'missing-skills'"), "{message}");
    assert_eq!(run(&["check", "page.md", "--explain", "missing-skills"]).status.code(), Some(2));
}
