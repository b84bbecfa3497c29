//! `index build`, `index info` and `--index`, as processes.

use std::fs;

use super::run::lfx;
use super::sample::{Folder, PAGE};

/// A folder for an index that is not there yet.
fn index(folder: &Folder) -> String {
    folder.path().join("index").to_str().unwrap().to_owned()
}

#[test]
fn an_index_gives_the_answers_of_its_catalog() {
    let (folder, catalog) = Folder::with_page(PAGE);
    let index = index(&folder);
    let built = lfx(&["index", "build", "--catalog", &catalog, "--output", &index]).succeeded();
    assert!(built.out.starts_with("3 projects: 3 added"), "{}", built.out);
    let info = lfx(&["index", "info", &index]).succeeded();
    assert!(info.out.contains("builtin"), "{}", info.out);
    for more in [&["--format", "json"][..], &["--top", "1"], &["--pick", "2"], &["--org", "Quarry"]]
    {
        let ask = |option: &str, path: &str| {
            let question = ["--skills", "Go, k8s", "--interests", "faster parsers", option, path];
            lfx(&[&question, more].concat()).succeeded().out
        };
        let of_catalog = ask("--catalog", &catalog);
        assert_eq!(ask("--index", &index), of_catalog, "{more:?}");
    }
    let none = lfx(&["--skills", "Go", "--index", &index, "--top", "0"]).succeeded();
    assert!(!none.err.contains("--org"), "{}", none.err);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let (folder, catalog) = Folder::with_page(PAGE);
    let index = index(&folder);
    fs::create_dir(&index).unwrap();
    let manifest = folder.path().join("index/manifest.json");
    fs::write(&manifest, "{\"name\": \"an extension\"}").unwrap();
    let build = ["index", "build", "--catalog", &catalog, "--output", &index];
    lfx(&build).failed(1).saying(&["something else than an index"]);
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "{\"name\": \"an extension\"}");
}

#[test]
fn an_index_is_not_emptied_by_a_catalog_that_holds_nothing() {
    let (folder, catalog) = Folder::with_page(PAGE);
    let (index, empty) = (index(&folder), folder.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    let empty = empty.to_str().unwrap();
    lfx(&["index", "build", "--catalog", &catalog, "--output", &index]).succeeded();
    lfx(&["index", "build", "--catalog", empty, "--output", &index])
        .failed(1)
        .saying(&["holds no project"]);
    let info = lfx(&["index", "info", &index]).succeeded();
    assert!(info.out.contains('3'), "{}", info.out);
}
