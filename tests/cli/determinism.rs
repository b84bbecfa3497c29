//! The same input gives the same bytes, whatever the run, the number of threads or the order of files.

use lfx_match::report::{MenteeReport, ShortlistReport};

use super::run::Call;
use super::sample::{EXPORT, Folder, PAGE};

fn with_threads(arguments: &[&str], threads: &str) -> String {
    Call::new(arguments).env("RAYON_NUM_THREADS", threads).run().succeeded().out
}

#[test]
fn two_runs_and_one_or_two_threads_give_the_same_bytes() {
    for format in ["table", "json", "jsonl", "csv", "markdown"] {
        let arguments =
            ["--skills", "Go, k8s, Pyhton", "--learn", "Rust", "--top", "18", "--format", format];
        let first = with_threads(&arguments, "1");
        assert_eq!(first, with_threads(&arguments, "1"), "{format}: a second run");
        assert_eq!(first, with_threads(&arguments, "2"), "{format}: two threads");
        assert_eq!(first, with_threads(&arguments, "7"), "{format}: seven threads");
    }
}

#[test]
fn a_batch_gives_the_same_bytes_with_one_thread_and_with_many_in_the_order_of_its_rows() {
    let folder = Folder::new();
    let skills = ["Go", "Rust", "Python", "k8s", "C++", "docs", "React"];
    let mut text = String::from("id,skills,interests\n");
    for row in 0..1500 {
        let (one, two) = (skills[row % 7], skills[(row / 7) % 7]);
        text += &format!("r{row},\"{one}, {two}\",number {row}\n");
    }
    let applicants = folder.file("applicants.csv", text);
    for format in ["csv", "jsonl"] {
        let arguments = ["rank", &applicants, "--format", format, "--top", "2"];
        let one = with_threads(&arguments, "1");
        assert!(one == with_threads(&arguments, "3"), "{format}: three threads differ from one");
        if format == "csv" {
            let ids: Vec<&str> = one
                .lines()
                .skip(1)
                .step_by(2)
                .map(|line| line.split(',').next().unwrap())
                .collect();
            let expected: Vec<String> = (0..1500).map(|row| format!("r{row}")).collect();
            assert_eq!(ids, expected);
        }
    }
}

#[test]
fn a_folder_gives_the_same_bytes_in_whatever_order_its_files_were_made() {
    let files = [("b.md", PAGE), ("a/lfx-export.json", EXPORT), ("c/d/e.md", PAGE)];
    let mut outputs = Vec::new();
    for backwards in [false, true] {
        let folder = Folder::new();
        let mut files = files;
        if backwards {
            files.reverse();
        }
        for (name, text) in files {
            folder.file(name, text);
        }
        let call = Call::new(&["--skills", "Go, Python", "--catalog", ".", "--format", "json"]);
        outputs.push(call.within(folder.path()).run().succeeded().out);
    }
    assert_eq!(outputs[0], outputs[1]);
}

#[test]
fn the_order_of_two_catalogs_changes_places_but_no_score() {
    let folder = Folder::new();
    let (page, export) = (folder.file("page.md", PAGE), folder.file("lfx-export.json", EXPORT));
    let order = |one: &str, two: &str| {
        let report =
            super::run::answer(&["--skills", "Go, Python", "--catalog", one, "--catalog", two]);
        let scores = report.recommendations.iter().map(|r| (r.project.title.clone(), r.score));
        scores.collect::<Vec<_>>()
    };
    assert_eq!(order(&page, &export), order(&export, &page));
}

#[test]
fn a_batch_gives_every_applicant_what_match_gives_one_person() {
    let path = "data/judged/applicants.csv";
    let batch = |by| {
        let arguments = ["rank", path, "--by", by, "--top", "18", "--format", "jsonl"];
        Call::new(&arguments).run().succeeded()
    };
    let run = batch("mentee");
    let answers: Vec<MenteeReport> =
        run.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(answers.len(), rows.len());
    for (row, answer) in rows.iter().zip(&answers) {
        let options = ["--skills", "--learn", "--interests"].into_iter().zip(row.iter().skip(1));
        let given = options.filter(|(_, text)| !text.is_empty());
        let arguments: Vec<&str> = given.flat_map(|(option, text)| [option, text]).collect();
        let alone = super::run::answer(&[&arguments[..], &["--top", "18"]].concat());
        assert_eq!(answer.mentee.id, row[0]);
        assert_eq!(answer.recommendations, alone.recommendations, "{row:?}");
    }
    // And every project gets of each applicant what that applicant got of it.
    for line in batch("project").lines() {
        let shortlist: ShortlistReport = serde_json::from_str(line).unwrap();
        assert_eq!(shortlist.applicants.len(), rows.len());
        for one in shortlist.applicants {
            let mut of_mentee = answers.iter().filter(|answer| answer.mentee.id == one.mentee.id);
            let theirs = &of_mentee.next().unwrap().recommendations;
            let same = theirs.iter().find(|of| of.project.id == shortlist.project.id).unwrap();
            assert_eq!((one.score, one.explanation), (same.score, same.explanation.clone()));
        }
    }
}

#[test]
fn lists_come_in_the_same_order_every_time() {
    for arguments in
        [&["models", "list"][..], &["skills", "list"], &["catalog", "list"], &["catalog", "export"]]
    {
        let runs: Vec<String> =
            (0..3).map(|_| Call::new(arguments).run().succeeded().out).collect();
        assert!(runs[0] == runs[1] && runs[1] == runs[2], "{arguments:?}");
    }
}
