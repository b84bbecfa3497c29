//! Catalogs of every make: pages, exports, folders, standard input, and what is no catalog at all.

use super::run::{Call, answer, lfx, titles};
use super::sample::{EXPORT, Folder, PAGE};

#[test]
fn a_page_is_read_from_a_file() {
    let (_folder, page) = Folder::with_page(PAGE);
    let report = answer(&["--skills", "Rust, parsers", "--catalog", &page]);
    assert_eq!(report.catalog.projects, 3);
    assert_eq!(titles(&report)[0], "Parse stones faster");
}

#[test]
fn an_export_is_read_from_a_file() {
    let folder = Folder::new();
    let export = folder.file("lfx-export.json", EXPORT);
    let report = answer(&["--skills", "Python", "--catalog", &export]);
    let project = &report.recommendations[0].project;
    assert_eq!((project.title.as_str(), report.catalog.projects), ("Sort pebbles by weight", 1));
    assert_eq!(project.term.as_deref(), Some("2026 Term 1"));
    assert_eq!(project.mentors[0].github.as_deref(), Some("di-example"));
}

#[test]
fn a_folder_is_searched_for_pages_and_exports_in_the_order_of_their_names() {
    let folder = Folder::new();
    folder.file("b/page.md", PAGE);
    folder.file("a/lfx-export.json", EXPORT);
    folder.file("notes.txt", "### Not a catalog\n");
    folder.file(".hidden/page.md", PAGE);
    let report = answer(&["--skills", "Python", "--catalog", folder.path().to_str().unwrap()]);
    let sources: Vec<(String, usize)> = report
        .catalog
        .sources
        .iter()
        .map(|s| (s.path.strip_prefix(folder.path()).unwrap().display().to_string(), s.projects))
        .collect();
    assert_eq!(sources, [("a/lfx-export.json".to_owned(), 1), ("b/page.md".to_owned(), 3)]);
    assert_eq!(report.catalog.projects, 4);
}

#[test]
fn several_catalogs_are_read_as_one_in_which_what_two_tell_of_counts_once() {
    let folder = Folder::new();
    let changed = PAGE.replace("Parse stones faster", "Parse stones slower");
    let (one, two) = (folder.file("one.md", PAGE), folder.file("two.md", &changed));
    let report = answer(&["--skills", "Go", "--catalog", &one, "--catalog", &two, "--top", "6"]);
    let mut ids: Vec<&str> = report.recommendations.iter().map(|r| r.project.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    let of_each: Vec<usize> = report.catalog.sources.iter().map(|source| source.projects).collect();
    assert_eq!(of_each, [3, 1]);
}

#[test]
fn a_document_that_is_named_twice_is_read_once() {
    let folder = Folder::new();
    let page = folder.file("page.md", PAGE);
    let inside = folder.path().to_str().unwrap();
    let report =
        answer(&["--skills", "Go", "--catalog", &page, "--catalog", inside, "--catalog", &page]);
    assert_eq!((report.catalog.projects, report.catalog.sources.len()), (3, 1));
}

#[test]
fn standard_input_may_be_a_page_or_an_export() {
    for (text, best, line) in
        [(PAGE, "Parse stones faster", 27), (EXPORT, "Sort pebbles by weight", 9)]
    {
        let run = Call::new(&["--skills", "Rust, Python", "--catalog", "-", "--format", "json"])
            .input(text)
            .run()
            .succeeded();
        let report: lfx_match::report::MatchReport = serde_json::from_str(&run.out).unwrap();
        assert_eq!(titles(&report)[0], best);
        assert_eq!(report.catalog.sources[0].path.to_str(), Some("-"));
        let source = &report.recommendations[0].project.source;
        assert_eq!((source.path.to_str(), source.line), (Some("-"), line));
    }
}

#[test]
fn a_page_with_a_byte_order_mark_or_windows_line_ends_or_in_utf_16_is_the_same_page() {
    let folder = Folder::new();
    let marked = folder.file("marked.md", format!("\u{feff}{PAGE}"));
    let windows = folder.file("windows.md", PAGE.replace('\n', "\r\n"));
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let wide = folder.file("wide.md", wide);
    for path in [marked, windows, wide] {
        let report = answer(&["--skills", "Rust", "--catalog", &path]);
        assert_eq!(report.catalog.projects, 3, "{path}");
        assert_eq!(report.recommendations[0].project.source.line, 27, "{path}");
    }
}

#[test]
fn a_missing_catalog_is_an_error_that_names_it() {
    lfx(&["--skills", "Go", "--catalog", "no/such/page.md"])
        .failed(1)
        .saying(&["error: no/such/page.md", "No such file"]);
}

#[test]
fn a_missing_resume_is_an_error_that_names_it() {
    lfx(&["--resume", "no-such-resume.md"]).failed(1).saying(&["error: no-such-resume.md"]);
}

#[test]
fn a_binary_file_is_an_error_that_says_what_a_catalog_is() {
    let folder = Folder::new();
    let bytes: Vec<u8> = (0..4096u32).map(|i| (i * 7 + i / 251) as u8).collect();
    for (name, bytes) in [("binary.md", bytes), ("zeros.md", vec![0; 4096])] {
        let path = folder.file(name, bytes);
        lfx(&["--skills", "Go", "--catalog", &path])
            .failed(1)
            .saying(&[&path, "a catalog is a Markdown page or a JSON export"]);
    }
}

#[test]
fn a_file_in_a_folder_that_is_no_text_is_left_out_and_the_others_are_read() {
    let folder = Folder::new();
    folder.file("page.md", PAGE);
    folder.file("broken.md", [0xff, 0x00, 0xfe, 0x80].repeat(64));
    let path = folder.path().to_str().unwrap();
    let report = answer(&["--skills", "Rust", "--catalog", path]);
    assert_eq!(report.catalog.projects, 3);
    lfx(&["--skills", "Rust", "--catalog", path])
        .succeeded()
        .saying(&["warning:", "catalog check"]);
}

#[test]
fn an_empty_catalog_is_answered_with_nothing_and_a_warning() {
    let (_folder, page) = Folder::with_page("");
    let run = lfx(&["--skills", "Go", "--catalog", &page]).succeeded();
    assert_eq!(run.out, "");
    run.saying(&["warning: the catalog holds no projects"]);
    let report = answer(&["--skills", "Go", "--catalog", &page]);
    assert!(report.recommendations.is_empty() && report.catalog.projects == 0);
}

#[test]
fn broken_json_is_an_error_with_its_line() {
    let folder = Folder::new();
    let path = folder.file("lfx-export.json", "{\n  \"programs\": nonsense\n}\n");
    lfx(&["--skills", "Go", "--catalog", &path]).failed(1).saying(&[&format!("{path}:2:"), "JSON"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_an_error_that_names_it() {
    // Its first bytes are mapped nowhere, so that reading it fails for everyone, for root too.
    lfx(&["--skills", "Go", "--catalog", "/proc/self/mem"])
        .failed(1)
        .saying(&["error: /proc/self/mem:"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, page) = Folder::with_page(PAGE);
    std::fs::set_permissions(&page, std::fs::Permissions::from_mode(0o000)).unwrap();
    let run = lfx(&["--skills", "Go", "--catalog", &page]);
    // Permissions do not bind root, who reads it as any other page.
    match std::fs::read(&page) {
        Ok(_) => drop(run.succeeded()),
        Err(_) => drop(run.failed(1).saying(&[&page, "ermission denied"])),
    }
}

#[test]
fn fifty_megabytes_of_garbage_end_in_a_clear_error() {
    let folder = Folder::new();
    let line = b"#### ** [ | `` \x3c \xe2\x82\xac :- 1) \\ &amp; skills: ((((\n";
    let garbage = line.repeat((50 << 20) / line.len());
    let path = folder.file("garbage.md", &garbage);
    lfx(&["--skills", "Go", "--catalog", &path]).failed(1).saying(&[&path, "MiB"]);
    Call::new(&["--skills", "Go", "--catalog", "-"])
        .input(garbage)
        .run()
        .failed(1)
        .saying(&["MiB"]);
}

#[test]
fn two_megabytes_of_garbage_are_read_to_their_end() {
    let folder = Folder::new();
    for (name, line) in [
        ("nested.md", &b"> > > - * 1. [[[[((((****____``"[..]),
        ("headings.md", b"#### a\n- Skills: b\n\n"),
        ("tables.md", b"| a | b |\n|---|---|\n| skills | c |\n\n"),
        ("one-line.md", b"Go Rust k8s, "),
    ] {
        let path = folder.file(name, line.repeat((2 << 20) / line.len()));
        let run = lfx(&["--skills", "Go", "--catalog", &path, "--quiet"]);
        assert!([0, 1].contains(&run.status), "{name}: {run:?}");
    }
}

#[test]
fn an_export_of_ours_is_read_back_as_it_was_written() {
    let folder = Folder::new();
    let page = folder.file(
        "page.md",
        "# 2025 Term 2\n\n### Kubernetes\n\n#### SIG Ropes\n\n##### Tie knots\n\n- Description: Knots are tied.\n- Expected Outcome: Tight ropes.\n- Recommended Skills: Go, Helm\n- Nice to have: Rust\n- Optional: Zig\n- Mentor(s): Ann Bee (@annb)\n- Upstream Issue: https://github.com/kubernetes/kubernetes/issues/1\n",
    );
    let export = |path: &str| {
        let out = lfx(&["catalog", "export", path, "--format", "json"]).out;
        let mut all: serde_json::Value = serde_json::from_str(&out).unwrap();
        all["projects"][0].as_object_mut().unwrap().remove("source");
        all["projects"][0].take()
    };
    let first = export(&page);
    assert_eq!(first["skills"][3]["requirement"], "optional");
    assert_eq!(first["expected_outcome"], "Tight ropes.");
    let back = folder.file("back.json", serde_json::json!({ "projects": [first] }).to_string());
    assert_eq!(export(&back), first);
}

#[test]
fn mentors_of_an_export_are_found_under_every_spelling_of_their_keys() {
    let folder = Folder::new();
    let export = folder.file(
        "lfx-export.json",
        r#"{"programs": [{"program_name_short": "Tie knots", "cncf_project": "Harbor", "skills": "Go", "mentors": [
            {"full_name": "Ann Bee", "githubHandle": "annb"}, {"name": "Cid", "github_username": "@cid"},
            {"firstName": "Di", "lastName": "Eff", "github_url": "https://github.com/dieff"}]}]}"#,
    );
    let report = answer(&["--skills", "Go", "--catalog", &export]);
    let mentors: Vec<(Option<&str>, Option<&str>)> = report.recommendations[0]
        .project
        .mentors
        .iter()
        .map(|m| (m.name.as_deref(), m.github.as_deref()))
        .collect();
    let expected = [("Ann Bee", "annb"), ("Cid", "cid"), ("Di Eff", "dieff")];
    assert_eq!(mentors, expected.map(|(name, handle)| (Some(name), Some(handle))));
}
