//! What `rank` writes may be handed on: no addresses, no formulas, no ids where they are not wanted.

use std::collections::BTreeMap;

use lfx_match::report::MenteeReport;

use super::run::{Run, lfx};
use super::sample::{Folder, argument};

/// Cells that mean harm, in every column that reaches a result.
const HOSTILE: &str = "\
id,skills,interests,remark
\"=HYPERLINK(\"\"http://evil.example.org\"\",\"\"x\"\")\",\"Go, =1+1\",lamps,@SUM(A1)
-2+3,\"Rust\u{1b}[31m, +x\",\u{202e}lamps\u{7},\"-1\u{9b}2J\r\n=2\"
\"\t=cmd|' /C calc'!A0\",Go,lamps,\"\t+1\"
ann@example.org,\"Go, write to skills@example.org\",or interests%40example.org,remark@example.org
";

fn all_formats(applicants: &str, more: &[&str]) -> Vec<Run> {
    let mut runs = Vec::new();
    for by in ["mentee", "project"] {
        for format in ["csv", "jsonl", "json", "table"] {
            let arguments = ["rank", applicants, "--by", by, "--format", format, "--top", "20"];
            runs.push(lfx(&[&arguments[..], more].concat()));
        }
        runs.push(lfx(&[&["rank", applicants, "--by", by, "--summary"], more].concat()));
    }
    runs
}

#[test]
fn hostile_cells_are_harmless_in_every_format() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", HOSTILE);
    for run in all_formats(&applicants, &["--keep", "remark"]) {
        assert_eq!(run.status, 0, "{run:?}");
        for text in [&run.out, &run.err] {
            let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!text.contains(obeyed), "{text:?}");
            assert!(!text.contains("@example.org") && !text.contains("%40example"), "{text}");
        }
        if run.out.starts_with("mentee_id,") || run.out.starts_with("project_id,") {
            let mut reader = csv::Reader::from_reader(run.out.as_bytes());
            for cell in reader
                .records()
                .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
                assert!(!cell.contains('\n'), "{cell:?}");
            }
        }
    }
}

#[test]
fn an_id_that_is_an_address_is_shown_by_its_line_unless_contacts_are_wanted() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\nann@example.org,Go\na2,Go\n");
    let run = lfx(&["rank", &applicants, "--top", "1"]).succeeded();
    assert!(run.out.contains("\nline-2,1,") && !run.out.contains("ann"), "{}", run.out);
    run.saying(&["one id is a mail address", "--with-contacts", "--anonymous"]);
    let run = lfx(&["rank", &applicants, "--top", "1", "--with-contacts"]).succeeded();
    assert!(run.out.contains("\nann@example.org,1,") && !run.err.contains("warning"), "{run:?}");
}

#[test]
fn whether_contacts_are_shown_changes_no_score() {
    let folder = Folder::new();
    let text = "id,skills,interests\na1,Go,write to ann@example.org about policies please\n";
    let applicants = folder.file("a.csv", text);
    let plain = lfx(&["rank", &applicants]).succeeded();
    let shown = lfx(&["rank", &applicants, "--with-contacts"]).succeeded();
    assert_eq!(plain.out, shown.out);
}

#[test]
fn kept_columns_come_last_in_csv_and_by_name_in_json() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills,Your Town,score\na1,Go,\"Oslo, N\",7\n");
    let keep = ["--keep", "your town", "--keep", "score"];
    let csv = lfx(&[&["rank", &applicants, "--top", "1"], &keep[..]].concat()).succeeded();
    let mut reader = csv::Reader::from_reader(csv.out.as_bytes());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(headings[headings.len() - 2..], ["your town", "applicant_score"]);
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[row.len() - 2], &row[row.len() - 1]), ("Oslo, N", "7"));
    let json = lfx(&[&["rank", &applicants, "--format", "jsonl"], &keep[..]].concat()).succeeded();
    let report: MenteeReport = serde_json::from_str(json.lines()[0]).unwrap();
    assert_eq!(
        (&*report.mentee.kept["your town"], &*report.mentee.kept["score"]),
        ("Oslo, N", "7")
    );
    lfx(&["rank", &applicants, "--keep", "age"])
        .failed(1)
        .saying(&["no column \"age\"", "\"Your Town\""]);
}

#[test]
fn pseudonyms_hide_ids_everywhere_and_the_key_file_undoes_them() {
    let folder = Folder::new();
    let applicants = folder
        .file("a.csv", "id,skills\nann@example.org,Go\n\"=b,2\",Rust\nann@example.org,C\n,Go\n");
    let key = argument(&folder.join("key.csv"));
    let plain = lfx(&["rank", &applicants, "--with-contacts", "--top", "2"]);
    let hidden = lfx(&["rank", &applicants, "--anonymous", &key, "--top", "2"]);
    assert_eq!((plain.status, hidden.status), (3, 3));
    for text in [&hidden.out, &hidden.err] {
        assert!(!text.contains("ann@") && !text.contains("=b"), "{text}");
    }
    let keys = std::fs::read_to_string(&key).unwrap();
    let mut reader = csv::Reader::from_reader(keys.as_bytes());
    assert_eq!(reader.headers().unwrap(), &csv::StringRecord::from(vec!["pseudonym", "id"]));
    let names: BTreeMap<String, String> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    assert_eq!(names.len(), 3, "two applicants and the salt");
    let cells = |run: &Run| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(run.out.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let mut undone = cells(&hidden);
    undone.iter_mut().for_each(|row| row[0] = names[&row[0]].clone());
    assert_eq!(undone, cells(&plain));
}

#[test]
fn a_key_file_gives_the_same_names_again_and_keeps_what_it_knows() {
    let folder = Folder::new();
    let first = folder.file("first.csv", "id,skills\na1,Go\na2,Go\n");
    let second = folder.file("second.csv", "id,skills\na3,Go\na2,Go\n");
    let key = argument(&folder.join("key.csv"));
    let names = |applicants: &str, key: &str| -> Vec<String> {
        let run = lfx(&["rank", applicants, "--anonymous", key, "--top", "1"]).succeeded();
        run.lines()[1..].iter().map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    let (one, two) = (names(&first, &key), names(&second, &key));
    assert_eq!(one[1], two[1]);
    let keys = std::fs::read_to_string(&key).unwrap();
    assert_eq!(keys.lines().count(), 5, "{keys}");
    for name in one.iter().chain(&two) {
        assert_eq!(keys.matches(name).count(), 1, "{name} in {keys}");
    }
    let other = argument(&folder.join("other.csv"));
    assert_ne!(names(&first, &other)[0], one[0], "another salt");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = folder.join("other.csv").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for its owner alone");
    }
}

#[test]
fn a_file_that_is_no_key_file_is_not_overwritten() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n");
    let other = folder.file("b.csv", "id,skills\nb1,Rust\n");
    lfx(&["rank", &applicants, "--anonymous", &other]).failed(1).saying(&["no key file"]);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "id,skills\nb1,Rust\n");
    lfx(&["rank", &applicants, "--anonymous", "k", "--with-contacts"]).failed(2);
}
