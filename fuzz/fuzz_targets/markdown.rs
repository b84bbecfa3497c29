//! Any text as a page: no panic, every line within the page, every id unique.
#![no_main]

use std::collections::HashSet;
use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let catalog = lfx_match::catalog::from_text(Path::new("page.md"), text).expect("Markdown is never refused");
    let lines = 1 + text.bytes().filter(|b| matches!(b, b'\n' | b'\r')).count();
    let mut ids = HashSet::new();
    for project in &catalog.projects {
        assert!((1..=lines).contains(&project.source.line));
        assert!(!project.title.is_empty());
        assert!(ids.insert(&project.id));
    }
    assert!(catalog.diagnostics.iter().all(|d| (1..=lines).contains(&d.line)));
});
