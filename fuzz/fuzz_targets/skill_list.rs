//! Any text as a list of skills: no panic, no empty item, no text that was not written.
#![no_main]

use lfx_match::model::Requirement;
use lfx_match::skills::list::{Line, alternatives, read, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for item in split(text) {
        assert!(!item.trim().is_empty() && text.contains(&item));
        assert!(!alternatives(&item).is_empty());
    }
    let lines: Vec<Line<'_>> = text
        .lines()
        .enumerate()
        .map(|(i, text)| Line { text, depth: (i % 3) as u32, bullet: i % 2 == 0, line: i + 1 })
        .collect();
    for skill in read(&lines, Requirement::Required) {
        assert!(!skill.text.trim().is_empty() && text.contains(&skill.text));
        assert!((1..=lines.len()).contains(&skill.line));
    }
});
