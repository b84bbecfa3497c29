//! Any text as an export: read or refused with a reason, no panic.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match lfx_match::catalog::from_text(Path::new("lfx-export.json"), text) {
        Ok(catalog) => {
            let lines = 1 + text.bytes().filter(|b| matches!(b, b'\n' | b'\r')).count();
            assert!(catalog.projects.iter().all(|p| (1..=lines).contains(&p.source.line)));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
