//! The registry of codes, the reader, and the document that explains them agree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lfx_match::catalog::codes;

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
    for code in codes::CODES {
        let found = check_of(code.name).catalog.diagnostics;
        let flaw = found.iter().find(|flaw| flaw.code == code.name);
        let flaw = flaw.unwrap_or_else(|| panic!("{} is not in {found:#?}", code.name));
        assert!(flaw.severity <= code.severity, "{flaw:?}");
        for other in &found {
            let known = codes::find(&other.code).expect(&other.code);
            assert!(other.severity <= known.severity, "{other:?}");
        }
    }
}

#[test]
fn every_code_is_found_at_its_registered_severity() {
    for code in codes::CODES {
        let found = check_of(code.name).catalog.diagnostics;
        assert!(
            found.iter().any(|flaw| flaw.code == code.name && flaw.severity == code.severity),
            "{}: {found:#?}",
            code.name
        );
    }
}

/// The texts in quotes of `source` that are written as codes are.
fn codes_in(source: &str) -> BTreeSet<String> {
    let is_code = |text: &&str| {
        text.contains('-')
            && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
    };
    let strings = source.split('"').skip(1).step_by(1);
    strings.filter(is_code).map(str::to_owned).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn every_code_that_the_reader_names_is_registered() {
    let mut files = Vec::new();
    sources(&file("src/catalog"), &mut files);
    files.retain(|path| !path.ends_with("codes.rs"));
    assert!(files.len() > 10, "{files:?}");
    let mut named = BTreeSet::new();
    for path in files {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        // A code is what a flaw is told with: within calls of these names.
        let calls = ["note(", "warning(", "error(", "missing("];
        for call in calls {
            for (at, _) in code.match_indices(call) {
                let rest = &code[at..code.floor_char_boundary(at + 200)];
                named.extend(codes_in(rest.split(';').next().unwrap()).into_iter().take(1));
            }
        }
    }
    let registered: BTreeSet<String> = codes::CODES.iter().map(|c| c.name.to_owned()).collect();
    assert!(named.is_subset(&registered), "{:?}", named.difference(&registered));
    assert!(named.len() * 10 >= registered.len() * 8, "too few were found: {named:?}");
}

#[test]
fn the_document_explains_every_code_in_the_words_of_the_registry() {
    let path = file("docs/diagnostics.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (introduction, explained) = document.split_at(document.find("## ").unwrap());
    let expected: Vec<String> = codes::CODES.iter().map(|code| code.explanation()).collect();
    let expected = expected.join("\n");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, introduction.to_owned() + &expected).unwrap();
    } else {
        assert!(explained == expected, "run `UPDATE_DOCS=1 cargo test --test check document`");
    }
}

#[test]
fn a_code_is_explained_as_in_the_document() {
    for code in codes::CODES {
        let output = run(&["check", "--explain", code.name]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap(), code.explanation());
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
