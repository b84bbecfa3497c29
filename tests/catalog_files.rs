//! The file system around a catalog: folders, links, files that are none.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use lfx_match::ErrorKind;
use lfx_match::catalog::read;
use lfx_match::model::Code;

const PAGE: &str = "### Harbor\n\n#### Dredge\n- Description: D.\n- Skills: Go\n";

/// A folder of its own that is removed again.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lfx-match-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_is_searched_in_the_order_of_names_and_pages_without_projects_are_no_source() {
    let folder = Folder::new("search");
    folder.write("b/02/ideas.md", PAGE.as_bytes());
    folder.write("a/2024/03-Sep-Nov/README.md", PAGE.as_bytes());
    folder.write("README.md", b"# About\n\nNothing here.\n");
    folder.write(
        "b/lfx-export.json",
        br#"{"programs": [{"program_name_full": "CNCF - Thanos: Count (2026 Term 1)"}]}"#,
    );
    folder.write("b/other.json", b"{}");
    folder.write(".hidden/ideas.md", PAGE.as_bytes());
    let got = read(std::slice::from_ref(&folder.0)).expect("the folder is read");
    let sources: Vec<String> = got
        .sources
        .iter()
        .map(|s| s.path.strip_prefix(&folder.0).expect("below the folder").display().to_string())
        .collect();
    assert_eq!(sources, ["a/2024/03-Sep-Nov/README.md", "b/02/ideas.md", "b/lfx-export.json"]);
    assert_eq!(got.projects[0].term.as_deref(), Some("2024 Term 3"));
    let ids: Vec<&str> = got.projects.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["2024-term-3/harbor/dredge", "harbor/dredge", "2026-term-1/thanos/count"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = Folder::new("circle");
    folder.write("a/ideas.md", PAGE.as_bytes());
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/again")).expect("a link can be made");
    std::os::unix::fs::symlink(folder.0.join("a/ideas.md"), folder.0.join("same.md"))
        .expect("a link can be made");
    assert_eq!(
        read(std::slice::from_ref(&folder.0)).expect("the folder is read").projects.len(),
        1
    );
}

#[test]
fn what_is_no_text_is_refused_with_its_name_when_named_and_told_when_found() {
    let folder = Folder::new("binary");
    folder.write("good.md", PAGE.as_bytes());
    for (name, bytes) in [("nul.md", &[0u8; 4096][..]), ("latin.md", b"caf\xe9 ### x".as_slice())] {
        let path = folder.write(name, bytes);
        let error = read(std::slice::from_ref(&path)).expect_err("it is no text");
        assert!(matches!(error.kind(), ErrorKind::Input), "{error}");
        assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    }
    let got = read(std::slice::from_ref(&folder.0)).expect("the folder is read");
    assert_eq!(got.projects.len(), 1);
    assert_eq!(got.diagnostics.iter().filter(|d| d.code == Code::UnreadableDocument).count(), 2);
}

#[test]
fn a_missing_file_an_empty_one_and_one_too_large_say_so() {
    let folder = Folder::new("odd");
    let missing = read(&[folder.0.join("none.md")]).expect_err("it does not exist");
    assert!(matches!(missing.kind(), ErrorKind::Io(_)));
    let empty = read(&[folder.write("empty.md", b"")]).expect("an empty page is a page");
    assert_eq!(empty.diagnostics[0].code, Code::NoProjects);
    let large = folder.write("large.md", b"");
    let file = fs::OpenOptions::new().write(true).open(&large).expect("the file can be opened");
    file.set_len(lfx_match::catalog::LARGEST_DOCUMENT + 1).expect("the file can be made longer");
    let error = read(&[large]).expect_err("it is too large");
    assert!(matches!(error.kind(), ErrorKind::TooLarge), "{error}");
}

#[test]
fn broken_json_is_refused_with_its_line_unless_whole_programs_are_in_it() {
    let from = |text: &str| lfx_match::catalog::from_text(Path::new("lfx-export.json"), text);
    let error = from("{\n  \"programs\": oops\n}").expect_err("it is no JSON");
    assert_eq!(error.line(), Some(2));
    let rescued =
        from("{\"programs\": [\n{\"program_name_full\": \"One\"},\n{\"program_name_full\": \"Tw")
            .expect("one is whole");
    assert_eq!(rescued.projects.len(), 1);
    assert!(rescued.diagnostics.iter().any(|d| d.code == Code::BrokenJson));
    assert!(from("{\"a\": 1}").is_err());
}

#[test]
fn a_mark_at_the_start_and_wide_characters_are_read() {
    let folder = Folder::new("marks");
    let marked = folder.write("bom.md", format!("\u{feff}{PAGE}").as_bytes());
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(PAGE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let wide = folder.write("wide.md", &wide);
    for path in [marked, wide] {
        assert_eq!(read(&[path]).expect("it is text").projects[0].source.line, 3);
    }
}
