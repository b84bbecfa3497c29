//! What the reader of applicants promises, whatever the format.

use std::io::{self, Read};

use super::*;

fn rows_with(bytes: &[u8], options: &Options) -> Vec<Row> {
    let input = io::Cursor::new(bytes.to_vec());
    read(input, options).unwrap().map(|row| row.unwrap().read()).collect()
}

fn rows(text: &str) -> Vec<Row> {
    rows_with(text.as_bytes(), &Options::default())
}

fn error(text: &str, options: &Options) -> String {
    read(io::Cursor::new(text.to_owned()), options).err().unwrap().to_string()
}

fn mapped(pairs: &[(Column, &str)]) -> Options {
    let map = pairs.iter().map(|(column, heading)| (*column, (*heading).to_owned())).collect();
    Options { map, ..Options::default() }
}

/// The ids of the good rows, and the lines of the bad ones.
fn outline(rows: &[Row]) -> Vec<String> {
    let told = |row: &Row| match row {
        Ok(applicant) => applicant.id.clone(),
        Err(error) => format!("!{}", error.line),
    };
    rows.iter().map(told).collect()
}

#[test]
fn headings_are_found_whatever_their_spelling() {
    let rows = rows("\u{feff}Name,I_D,Skills \nnobody,a1,\"Go, Rust\"\n");
    let applicant = rows[0].as_ref().unwrap();
    assert_eq!((applicant.id.as_str(), applicant.line), ("a1", 2));
    assert_eq!(applicant.mentee.skills, ["Go", "Rust"]);
}

#[test]
fn the_delimiter_is_the_one_that_finds_the_columns() {
    for text in
        ["id,skills\na,Go\n", "id;skills\na;Go\n", "id\tskills\na\tGo\n", "id|skills\na|Go\n"]
    {
        assert_eq!(outline(&rows(text)), ["a"], "{text:?}");
    }
    // A heading in a sentence may hold more commas than there are columns.
    let options = mapped(&[(Column::Skills, "What, in short, can you do, and how well?")]);
    let text = "id;What, in short, can you do, and how well?\na;Go, Rust\n";
    assert_eq!(rows_with(text.as_bytes(), &options)[0].as_ref().unwrap().mentee.skills.len(), 2);
}

#[test]
fn a_delimiter_can_be_named_in_the_file_or_beside_it() {
    let rows_of = |text: &str| rows(text).remove(0).unwrap();
    let applicant = rows_of("sep=!\r\nid!skills\r\na!Go\r\n");
    assert_eq!((applicant.id.as_str(), applicant.line), ("a", 3));
    let options = Options { delimiter: Some(b'!'), ..Options::default() };
    assert_eq!(outline(&rows_with(b"id!skills\na!Go\n", &options)), ["a"]);
}

#[test]
fn headings_and_cells_may_hold_line_breaks() {
    let options = mapped(&[(Column::Skills, "What can you do?")]);
    let text = "id,\"What can\nyou do?\"\r\na,\"Go\nRust\"\r\nb,C\r\n";
    let rows = rows_with(text.as_bytes(), &options);
    assert_eq!(rows[0].as_ref().unwrap().mentee.skills, ["Go", "Rust"]);
    assert_eq!(rows[1].as_ref().unwrap().line, 5);
}

#[test]
fn bad_rows_stand_beside_the_good_ones_with_their_lines() {
    let rows = rows(
        "id,skills\n,Go\na,\nb,Go\nb,Rust\nc,Go,extra\nd,Rust\n,\ne\nf,\"Go\ng,C\nh,\"x\"y\ni,C\n",
    );
    let expected = ["!2", "!3", "b", "!5", "!6", "d", "!8", "!9", "!10", "g", "!12", "i"];
    assert_eq!(outline(&rows), expected);
}

#[test]
fn cells_that_are_no_text_matter_in_the_columns_that_are_read_alone() {
    let bytes = b"id,skills,town\na,Go,Malm\xf6\nb,caf\xe9,x\n";
    assert_eq!(outline(&rows_with(bytes, &Options::default())), ["a", "!3"]);
    let options = Options { encoding: Some(encoding_rs::WINDOWS_1252), ..Options::default() };
    let rows = rows_with(bytes, &options);
    assert_eq!(rows[1].as_ref().unwrap().mentee.skills, ["café"]);
}

#[test]
fn utf_16_is_read_with_its_lines() {
    let text = "id\tskills\r\na\tGo\r\n\tRust\r\nb\t\"C,\r\nRust\"\r\n";
    let bytes: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(outline(&rows_with(&bytes, &Options::default())), ["a", "!3", "b"]);
}

#[test]
fn json_lines_take_lists_and_texts() {
    let text = "{\"id\":\"a\",\"skills\":[\"Go\",\"Rust\"]}\n\n{\"id\":7,\"Interests\":\"docs\"}\nno\n[1]\n{\"id\":\"a\",\"skills\":\"C\"}\n";
    let rows = rows(text);
    assert_eq!(outline(&rows), ["a", "7", "!4", "!5", "!6"]);
    assert_eq!(rows[0].as_ref().unwrap().mentee.skills, ["Go", "Rust"]);
}

#[test]
fn columns_are_kept_in_the_order_asked_for() {
    let options = Options { keep: vec!["TOWN".into(), "Your name".into()], ..Options::default() };
    for text in [
        "id,your_name,skills,town\na,Ada,Go,Oslo\n",
        "{\"id\":\"a\",\"skills\":\"Go\",\"Town\":\"Oslo\",\"your name\":\"Ada\"}",
    ] {
        let rows = rows_with(text.as_bytes(), &options);
        assert_eq!(rows[0].as_ref().unwrap().kept, ["Oslo", "Ada"]);
    }
    let options = Options { keep: vec!["age".into()], ..Options::default() };
    assert!(error("id,skills\n", &options).contains("no column \"age\""));
}

#[test]
fn mail_addresses_stay_only_where_that_is_asked_for() {
    let text =
        "id,skills,interests,town\nann@example.org,Go,write to bob@example.org,cy@example.org\n";
    let keep = vec!["town".to_owned()];
    let hidden = rows_with(text.as_bytes(), &Options { keep: keep.clone(), ..Options::default() });
    let applicant = hidden[0].as_ref().unwrap();
    assert!(applicant.is_renamed && applicant.id == "line-2", "{applicant:?}");
    assert!(!format!("{applicant:?}").contains("example"), "{applicant:?}");
    let options =
        Options { keep, with_addresses: true, with_address_ids: true, ..Options::default() };
    let shown = rows_with(text.as_bytes(), &options);
    let applicant = shown[0].as_ref().unwrap();
    assert_eq!((applicant.id.as_str(), applicant.is_renamed), ("ann@example.org", false));
    assert_eq!(applicant.kept, ["cy@example.org"]);
}

#[test]
fn an_id_that_is_renamed_stays_unique() {
    let got = rows("id,skills\nline-3,Go\nann@example.org,Go\nline-3',C\nann@example.org,C\n");
    assert_eq!(outline(&got), ["line-3", "line-3'", "!4", "!5"]);
}

#[test]
fn characters_that_a_terminal_obeys_are_gone() {
    let got = rows("id,skills\na\u{1b}[31m\u{9b}\u{202e},G\u{7}o\n");
    let applicant = got[0].as_ref().unwrap();
    assert_eq!(
        (applicant.id.as_str(), &applicant.mentee.skills[..]),
        ("a[31m", &["Go".to_owned()][..])
    );
}

#[test]
fn a_missing_column_is_an_error_that_says_how_to_name_it() {
    let said = error("Name;Skills\n", &Options::default());
    for part in ["no column \"id\"", "--map id=HEADING", "\"Name\", \"Skills\""] {
        assert!(said.contains(part), "{said}");
    }
    assert!(error("id,name\n", &Options::default()).contains("no column to match on"));
    assert!(error("id,id,skills\n", &Options::default()).contains("more than one column \"id\""));
    assert!(error("", &Options::default()).contains("no column \"id\""));
    assert!(error("id,\"skills\n", &Options::default()).contains("never closed"));
    assert!(error("[{\"id\":1}]", &Options::default()).contains("one object a line"));
}

#[test]
fn an_input_that_cannot_be_read_to_its_end_is_an_error_and_no_row() {
    struct Failing(io::Cursor<&'static str>);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the disk is gone")),
                length => Ok(length),
            }
        }
    }
    for text in ["id,skills\na,Go\n", "{\"id\":\"a\",\"skills\":\"Go\"}\n"] {
        let mut found = read(Failing(io::Cursor::new(text)), &Options::default()).unwrap();
        assert!(found.next().unwrap().unwrap().read().is_ok());
        let end = found.next().unwrap();
        assert!(end.is_err_and(|error| error.to_string().contains("the disk is gone")));
    }
}
