//! Standard output carries the result alone, standard error the rest; colours come when wanted; a closed
//! pipe is no failure.

use std::io::Read;
use std::process::{Command, Stdio};

use super::run::{Call, lfx};
use super::sample::{Folder, PAGE};

const COMMANDS: [&[&str]; 6] = [
    &["--skills", "Rust,WebAssembly", "--top", "18"],
    &["catalog", "list"],
    &["catalog", "export"],
    &["skills", "list"],
    &["skills", "explain", "wasm"],
    &["models", "list"],
];

#[test]
fn a_table_fits_eighty_columns_when_there_is_no_terminal() {
    let (_folder, page) =
        Folder::with_page(&PAGE.replace("dim", "dim the lamps of a large fleet ".repeat(5).trim()));
    for arguments in [
        vec!["--skills", "Rust,WebAssembly", "--top", "18"],
        vec!["--skills", "Pyhton, ML", "--interests", "edge AI benchmarks", "--top", "18"],
        vec!["--skills", "Go, TypeScript", "--catalog", &page],
    ] {
        let run = lfx(&arguments).succeeded();
        for line in run.lines().iter().filter(|line| !line.contains("https://")) {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }
}

#[test]
fn there_are_no_colours_in_a_pipe_nor_with_no_color() {
    for call in [
        Call::new(&["--skills", "Rust"]),
        Call::new(&["--skills", "Rust"]).env("NO_COLOR", "1"),
        Call::new(&["--skills", "Rust", "--color", "never"]),
    ] {
        let run = call.run().succeeded();
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run:?}");
    }
}

#[test]
fn there_are_colours_where_they_are_always_wanted_and_the_words_stay_the_same() {
    let plain = lfx(&["--skills", "Rust"]).succeeded().out;
    let colours = lfx(&["--skills", "Rust", "--color", "always"]).succeeded().out;
    assert!(colours.contains("\u{1b}[1m") && colours.contains("\u{1b}[0m"), "{colours:?}");
    let mut bare = String::new();
    let mut rest = colours.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare += before;
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(bare + rest, plain);
}

#[test]
fn data_formats_have_no_colours_even_where_they_are_always_wanted() {
    for format in ["json", "jsonl", "csv", "markdown"] {
        let run = lfx(&["--skills", "Rust", "--color", "always", "--format", format]).succeeded();
        assert!(!run.out.contains('\u{1b}'), "{format}");
    }
}

#[test]
fn notes_and_warnings_go_to_standard_error_and_quiet_silences_them() {
    let (_folder, page) =
        Folder::with_page(&PAGE.replace("- Mentor(s): Cy Example (@cy-example)\n", ""));
    let arguments = ["--skills", "Pyhton, Frobnicator", "--catalog", &page];
    let loud = lfx(&arguments).succeeded().saying(&["note: ", "warning: ", "Frobnicator"]);
    let quiet = lfx(&[&arguments[..], &["--quiet"]].concat()).succeeded();
    assert_eq!(quiet.err, "");
    assert_eq!(quiet.out, loud.out);
    assert!(!loud.out.contains("note:") && !loud.out.contains("warning:"));
}

#[test]
fn quiet_does_not_silence_errors() {
    lfx(&["--quiet", "--skills", "Go", "--catalog", "no-such.md"])
        .failed(1)
        .saying(&["error: no-such.md"]);
}

#[test]
fn a_pipe_that_is_closed_at_once_ends_quietly() {
    for arguments in COMMANDS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let quiet = [arguments, &["--quiet"]].concat();
        let run = Call::new(&quiet).stdout(writer).run();
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_pipe_that_is_closed_after_a_few_bytes_ends_quietly() {
    let folder = Folder::new();
    let mut text = String::from("id,skills\n");
    (0..3000).for_each(|row| text += &format!("r{row},Go\n"));
    let applicants = folder.file("applicants.csv", text);
    let mut child = Command::new(env!("CARGO_BIN_EXE_lfx-match"))
        .args(["rank", &applicants, "--top", "18", "--quiet"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(&first, b"mentee_id,rank,p");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    for arguments in COMMANDS {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let run = Call::new(arguments).stdout(full).run();
        assert_eq!(run.status, 1, "{arguments:?}: {run:?}");
        run.saying(&["error: standard output:"]);
    }
}
