//! `rank` reads what forms and spreadsheets export: any delimiter, any line end, their encodings; and loses no good row
//! for a bad one.

use super::run::{Call, Run, lfx};
use super::sample::{Folder, argument};

/// The ids of the ranked applicants, in their order.
fn ids(run: &Run) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let mut ids: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    ids.dedup();
    ids
}

fn ranked(bytes: impl AsRef<[u8]>, more: &[&str]) -> Run {
    let folder = Folder::new();
    let applicants = folder.file("form.csv", bytes);
    lfx(&[&["rank", &applicants, "--top", "1"], more].concat())
}

#[test]
fn a_form_is_read_whatever_its_delimiter_line_end_and_byte_order_mark() {
    let map = ["--map", "id=Applicant no.", "--map", "skills=What can you do, and how well?"];
    let plain =
        "Applicant no.;What can you do, and how well?\na1;\"Go; Rust\"\na2;\"Python,\nCSS\"\n";
    let expected = ranked(plain, &map).succeeded();
    assert_eq!(ids(&expected), ["a1", "a2"]);
    let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for form in [
        plain.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{plain}").into_bytes(),
        format!("sep=;\r\n{plain}").into_bytes(),
        utf_16(plain, u16::to_le_bytes),
        utf_16(plain, u16::to_be_bytes),
        utf_16(
            &plain.replace("no.;", "no.\t").replace("1;", "1\t").replace("2;", "2\t"),
            u16::to_le_bytes,
        ),
    ] {
        assert_eq!(ranked(&form, &map).succeeded().out, expected.out, "{form:?}");
    }
}

#[test]
fn a_delimiter_that_cannot_be_guessed_is_named() {
    let form = "id^skills\na1^Go\n";
    ranked(form, &[]).failed(1).saying(&["form.csv:1:", "no column \"id\""]);
    assert_eq!(ids(&ranked(form, &["--delimiter", "^"]).succeeded()), ["a1"]);
    assert_eq!(ids(&ranked("id\tskills\na\tGo\n", &["--delimiter", "tab"]).succeeded()), ["a"]);
    for wrong in ["", "ab", "é", "\"", "\n"] {
        ranked(form, &["--delimiter", wrong]).failed(2).saying(&["--delimiter"]);
    }
}

#[test]
fn an_encoding_of_old_is_read_where_it_is_named_and_pointed_to_where_it_is_not() {
    let form = b"id,skills,town\na1,Go,Malm\xf6\na2,caf\xe9,x\n";
    let run = ranked(form, &[]);
    assert_eq!((run.status, ids(&run)), (3, vec!["a1".to_owned()]));
    run.saying(&["form.csv:3:", "--encoding windows-1252"]);
    let run = ranked(form, &["--encoding", "windows-1252", "--keep", "town"]).succeeded();
    assert!(run.out.contains("Malmö"), "{}", run.out);
    ranked(form, &["--encoding", "klingon"]).failed(2).saying(&["klingon", "windows-1252"]);
}

#[test]
fn a_workbook_and_a_list_in_json_are_refused_with_what_to_do() {
    ranked(b"PK\x03\x04\x14\0\x06\0", &[]).failed(1).saying(&["form.csv", "save the sheet as CSV"]);
    ranked("[{\"id\": \"a1\"}]", &[]).failed(1).saying(&["form.csv", "one object a line"]);
}

#[test]
fn standard_input_may_be_either_format() {
    for input in [
        "id,skills\na1,Go\n",
        "{\"id\":\"a1\",\"skills\":\"Go\"}\n",
        "\n {\"id\":\"a1\",\"skills\":[\"Go\"]}",
    ] {
        let run = Call::new(&["rank", "-", "--top", "1"]).input(input).run().succeeded();
        assert_eq!(ids(&run), ["a1"], "{input:?}");
    }
}

#[test]
fn a_folder_in_the_place_of_the_applicants_is_an_error() {
    let folder = Folder::new();
    lfx(&["rank", &argument(folder.path())]).failed(1).saying(&["reading failed"]);
}

#[test]
fn every_kind_of_bad_row_is_told_of_and_costs_no_other() {
    let rows: [(&[u8], Option<&str>); 18] = [
        (b"g1,Go,,", None),
        (b",Rust,,", Some("no id")),
        (b"b1,,,", Some("nothing to match on")),
        (b"g1,Python,,", Some("earlier row")),
        (b"b2,Go", Some("2 cells where the header has 4")),
        (b"g2,\"Rust, wasm\",\"a \"\"b\"\"\",", None),
        (b"b3,Go,,,,", Some("6 cells where the header has 4")),
        (b",,,", Some("an empty row")),
        (b"b4,\"Rust,,", Some("never closed")),
        (b"g3,\"Go, k8s\",,", None),
        (b"b5,\"Go\" and Rust,,", Some("behind its closing quote")),
        (b"b6,caf\xe9,,", Some("not UTF-8")),
        (b"", None),
        (b"g4,5\" floppy disks,,", None),
        (b"b7,\"C,,", Some("never closed")),
        (b"b8,\"C++,,", Some("never closed")),
        (b"\"g5\",\"Go\",\"\",\"lamps\"", None),
        (b"g6,Python,,", None),
    ];
    let mut form = b"id,skills,learn,interests\n".to_vec();
    for (row, _) in rows {
        form.extend_from_slice(row);
        form.push(b'\n');
    }
    let run = ranked(&form, &[]);
    assert_eq!(run.status, 3);
    assert_eq!(ids(&run), ["g1", "g2", "g3", "g4", "g5", "g6"]);
    let told: Vec<&str> =
        run.err.lines().filter(|line| line.contains("the row is left out")).collect();
    let bad: Vec<(usize, &str)> =
        rows.iter().zip(2..).filter_map(|((_, reason), line)| Some((line, (*reason)?))).collect();
    assert_eq!(told.len(), bad.len(), "{}", run.err);
    for (told, (line, reason)) in told.iter().zip(bad) {
        assert!(told.contains(&format!("form.csv:{line}: ")) && told.contains(reason), "{told}");
    }
    run.saying(&["11 rows were rejected"]);
}
