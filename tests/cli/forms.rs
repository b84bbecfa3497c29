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

/// A row, and why it cannot be used.
type Case = (Vec<u8>, Option<&'static str>);

/// The good rows are ranked as if the others were not there, and each of those is told of with its line; `head` stands
/// before the rows.
fn told_of_and_left_out(head: &str, rows: &[Case]) {
    let form = |with_bad: bool| {
        let rows = rows.iter().filter(|(_, reason)| with_bad || reason.is_none());
        rows.fold(head.as_bytes().to_vec(), |form, (row, _)| [&form, &row[..], b"\n"].concat())
    };
    let (run, good) = (ranked(form(true), &[]), ranked(form(false), &[]));
    assert_eq!((run.status, good.status), (3, 0));
    assert_eq!(run.out, good.out);
    let told: Vec<&str> =
        run.err.lines().filter(|line| line.contains("the row is left out")).collect();
    let first = head.lines().count() + 1;
    let bad: Vec<(usize, &str)> = rows
        .iter()
        .zip(first..)
        .filter_map(|((_, reason), line)| Some((line, (*reason)?)))
        .collect();
    assert_eq!(told.len(), bad.len(), "{}", run.err);
    for (told, (line, reason)) in told.iter().zip(&bad) {
        assert!(told.contains(&format!("form.csv:{line}: ")) && told.contains(reason), "{told}");
    }
    run.saying(&[&format!("{} rows were rejected", bad.len())]);
}

/// Longer than a row can be.
fn endless(before: &str, behind: &str) -> Vec<u8> {
    format!("{before}{}{behind}", "Go, ".repeat(1 << 19)).into_bytes()
}

#[test]
fn every_kind_of_bad_row_is_told_of_and_costs_no_other() {
    let case = |row: &[u8], reason| (row.to_vec(), reason);
    told_of_and_left_out(
        "id,skills,learn,interests\n",
        &[
            case(b"g1,Go,,", None),
            case(b",Rust,,", Some("no id")),
            case("\u{200b}\u{202e},Rust,,".as_bytes(), Some("no id")),
            case(b"b1,,,", Some("nothing to match on")),
            case(b"b1a,\" , ;\",\x1b,\" \"", Some("nothing to match on")),
            case(b"g1,Python,,", Some("earlier row")),
            case(b"\" g1\x07 \",Python,,", Some("earlier row")),
            case(b"b2,Go", Some("2 cells where the header has 4")),
            case(b"g2,\"Rust, wasm\",\"a \"\"b\"\"\",", None),
            case(b"b3,Go,,,,", Some("6 cells where the header has 4")),
            case(b",,,", Some("an empty row")),
            case(b"b4,\"Rust,,", Some("never closed")),
            case(b"g3,\"Go, k8s\",,", None),
            case(b"b5,\"Go\" and Rust,,", Some("behind its closing quote")),
            case(b"b6,caf\xe9,,", Some("not UTF-8")),
            case(b"", None),
            case(b"g4,5\" floppy disks,,", None),
            (endless("b7,", ",,"), Some("longer than a row can be")),
            case(b"b8,\"C,,", Some("never closed")),
            case(b"b9,\"C++,,", Some("never closed")),
            case(b"\"g5\",\"Go\",\"\",\"lamps\"", None),
            case(b"g6,Python,,", None),
        ],
    );
}

#[test]
fn every_kind_of_bad_line_of_json_is_told_of_and_costs_no_other() {
    let case = |row: &[u8], reason| (row.to_vec(), reason);
    told_of_and_left_out(
        "",
        &[
            case(b"{\"id\":\"g1\",\"skills\":[\"Go\",\"k8s\"]}", None),
            case(b"nonsense", Some("not a JSON object: broken")),
            case(b"{\"id\":\"b1\",\"skills\":\"Go\"", Some("it breaks off")),
            case(b"{\"id\":\"b1\"} {\"id\":\"b2\"}", Some("not a JSON object")),
            case(b"[\"b3\",\"Go\"]", Some("not a JSON object: another value")),
            case(b"{\"skills\":\"Go\"}", Some("no id")),
            case(b"{\"id\":null,\"skills\":\"Go\"}", Some("no id")),
            case(b"{\"id\":\"g1\",\"skills\":\"C\"}", Some("earlier row")),
            case(b"{\"id\":\"b4\",\"skills\":[]}", Some("nothing to match on")),
            case(b"{\"id\":\"b5\",\"skills\":{\"Go\":3}}", Some("nothing to match on")),
            case(b"{}", Some("an empty row")),
            case(b"{\"id\":\"b6\",\"skills\":\"caf\xe9\"}", Some("not UTF-8")),
            (endless("{\"id\":\"b7\",\"skills\":\"", "\"}"), Some("longer than a row can be")),
            case(b"", None),
            case(b"{\"id\":7,\"Learn\":[\"Rust\"],\"interests\":\"lamps\"}\r", None),
        ],
    );
}
