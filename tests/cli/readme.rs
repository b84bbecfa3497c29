//! README shows what the program really says: its console blocks are run and compared, and so are its weights.
//!
//! After a change that was meant, `UPDATE_README=1 cargo test --release --test cli readme` writes them anew.

use lfx_match::Weights;
use lfx_match::rank::Part;

use super::run::{Call, lfx};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const START: &str = "```console\n$ lfx-match";

/// The arguments of a command line as a shell would split it, for plain words and double quotes.
fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        match at % 2 {
            0 => arguments.extend(part.split_whitespace().map(str::to_owned)),
            _ => arguments.push(part.to_owned()),
        }
    }
    arguments
}

/// The page with every console block that runs the program filled with what it says now.
fn renewed(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(START) {
        let (before, block) = rest.split_at(start);
        let (head, _) = block[11..].split_once('\n').expect("a command in its own line");
        let end = block[11..].find("```").expect("a block ends") + 11;
        let run = Call::new(&split(&head["$ lfx-match".len()..])).env("COLUMNS", "100").run();
        text += &format!("{before}```console\n{head}\n{}{}", run.err, run.out);
        rest = &block[end..];
    }
    text += rest;
    Part::ALL.into_iter().fold(text, |text, part| with_weight(&text, part))
}

/// The page with the weight of `part` that is in force, in the row of the table that begins with its name.
fn with_weight(page: &str, part: Part) -> String {
    let start = format!("| `{part}` | ");
    let (before, row) = page.split_once(&start).unwrap_or_else(|| panic!("no row {start:?}"));
    let (_, after) = row.split_once(" |").expect("a cell ends");
    format!("{before}{start}{:.2} |{after}", Weights::default().of(part))
}

#[test]
fn the_console_blocks_of_readme_are_what_the_program_says() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    assert!(page.matches(START).count() >= 2, "README shows an answer and the options");
    let renewed = renewed(&page);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(PAGE, &renewed).unwrap();
        return;
    }
    for (now, then) in renewed.lines().zip(page.lines()) {
        assert_eq!(now, then, "README is out of date: run this test with UPDATE_README=1");
    }
    assert_eq!(renewed, page, "README is out of date: run this test with UPDATE_README=1");
}

#[test]
fn readme_names_every_command() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let help = lfx(&["--help"]).succeeded().out;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(command == "help" || page.contains(&format!("lfx-match {command}")), "{command}");
    }
}
