//! `rank`: many applicants from CSV, JSON Lines or standard input; bad rows are rejected, the others go on.

use lfx_match::report::MenteeReport;

use super::run::{Call, Run, lfx};
use super::sample::{APPLICANTS, Folder, PAGE, argument};

/// Ways in which a row can be unusable, with good rows between them.
const MIXED: &str = "\
id,skills,learn,interests
a1,Go,,
,Rust,,
a2,,,
a1,Python,,
a3,Go
a4,\"Rust, wasm\",,
";

fn answers(run: &Run) -> Vec<MenteeReport> {
    run.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_applicant_is_answered_in_the_order_of_the_rows() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let run = lfx(&["rank", &applicants, "--catalog", &page, "--format", "jsonl", "--top", "1"])
        .succeeded();
    let best: Vec<(String, Option<u64>, String)> = answers(&run)
        .into_iter()
        .map(|a| (a.mentee.id, a.mentee.line, a.recommendations[0].project.title.clone()))
        .collect();
    let expected = [
        ("a1", 2, "Teach the scheduler to dim"),
        ("a2", 3, "A brighter front page"),
        ("a3", 4, "Parse stones faster"),
    ];
    let expected = expected.map(|(id, line, title)| (id.to_owned(), Some(line), title.to_owned()));
    assert_eq!(best, expected);
}

#[test]
fn csv_is_the_default_with_the_columns_that_were_promised() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let run = lfx(&["rank", &applicants, "--catalog", &page, "--top", "2"]).succeeded();
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let promised = [
        "mentee_id",
        "rank",
        "project_id",
        "org",
        "title",
        "score",
        "overlap",
        "semantic",
        "matched",
        "missing",
        "upstream_url",
        "lfx_url",
    ];
    assert_eq!(headers[..promised.len()], promised);
    let keys: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let expected = [("a1", "1"), ("a1", "2"), ("a2", "1"), ("a2", "2"), ("a3", "1"), ("a3", "2")];
    assert_eq!(keys, expected.map(|(id, rank)| (id.to_owned(), rank.to_owned())));
}

#[test]
fn rows_that_cannot_be_used_are_rejected_with_line_and_reason_and_exit_status_3() {
    let folder = Folder::new();
    let applicants = folder.file("mixed.csv", MIXED);
    let run = lfx(&["rank", &applicants, "--format", "jsonl"]);
    assert_eq!(run.status, 3);
    let ids: Vec<String> = answers(&run).into_iter().map(|answer| answer.mentee.id).collect();
    assert_eq!(ids, ["a1", "a4"]);
    for (line, reason) in [
        (3, "no id"),
        (4, "nothing to match on"),
        (5, "stands in an earlier row"),
        (6, "2 cells where the header has 4"),
    ] {
        let found = run
            .err
            .lines()
            .any(|said| said.contains(&format!("{applicants}:{line}: ")) && said.contains(reason));
        assert!(found, "line {line}, {reason:?}:\n{}", run.err);
    }
    assert!(!run.err.contains("Python"), "a rejected row's cells are nobody's business");
}

#[test]
fn rejected_rows_go_to_a_file_where_one_is_named() {
    let folder = Folder::new();
    let applicants = folder.file("mixed.csv", MIXED);
    let rejects = argument(&folder.join("rejects.txt"));
    let run = lfx(&["rank", &applicants, "--rejects", &rejects, "--quiet"]);
    assert_eq!((run.status, run.err.as_str()), (3, ""));
    let text = std::fs::read_to_string(&rejects).unwrap();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains(&format!("{applicants}:3: no id")), "{text}");
}

#[test]
fn a_file_that_is_to_be_written_twice_is_wrong_usage() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n");
    let file = argument(&folder.join("out.csv"));
    let run = lfx(&["rank", &applicants, "--rejects", &file, "--output", &file]).failed(2);
    run.saying(&["out.csv is to be written twice"]);
    assert!(!folder.join("out.csv").exists());
}

#[test]
fn what_is_wanted_is_not_among_what_is_met() {
    let folder = Folder::new();
    let page = folder.file("page.md", PAGE);
    let applicants = folder.file("a.csv", "id,skills,learn\na1,Kubernetes,Go\n");
    let ask = ["rank", &applicants, "--catalog", &page, "--top", "1"];
    let run = lfx(&ask).succeeded();
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[headers.iter().position(|header| header == name).unwrap()];
    assert_eq!((cell("matched"), cell("missing"), cell("wanted")), ("Kubernetes", "Go", "Go"));
    let run = lfx(&[&ask[..], &["--by", "project", "--format", "table"]].concat()).succeeded();
    assert!(run.out.contains("a1\n    meets Kubernetes\n    wants Go\n"), "{}", run.out);
}

#[test]
fn broken_quoting_costs_its_row_alone() {
    let folder = Folder::new();
    let applicants = folder.file("broken.csv", "id,skills\na1,Go\na2,\"Rust\na3,Python\n");
    let run = lfx(&["rank", &applicants]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.out.contains("\na1,1,") && run.out.contains("\na3,1,"), "{}", run.out);
    run.saying(&[&format!("{applicants}:3: broken quoting")]);
}

#[test]
fn applicants_that_are_no_text_are_rejected_row_by_row() {
    let folder = Folder::new();
    let applicants = folder.file("latin.csv", b"id,skills\na1,Go\na2,caf\xe9\na3,Rust\n");
    let run = lfx(&["rank", &applicants]);
    assert_eq!(run.status, 3);
    assert!(run.out.contains("\na1,1,") && run.out.contains("\na3,1,"), "{}", run.out);
    run.saying(&[&format!("{applicants}:3: "), "UTF-8"]);
}

#[test]
fn applicants_may_come_as_json_lines() {
    let folder = Folder::new();
    let applicants = folder.file(
        "a.jsonl",
        "{\"id\":\"a1\",\"skills\":[\"Go\",\"k8s\"]}\n\n{\"id\":2,\"Interests\":\"lamps\"}\nnonsense\n",
    );
    let run = lfx(&["rank", &applicants, "--format", "jsonl"]);
    assert_eq!(run.status, 3);
    let ids: Vec<(String, Option<u64>)> =
        answers(&run).into_iter().map(|a| (a.mentee.id, a.mentee.line)).collect();
    assert_eq!(ids, [("a1".to_owned(), Some(1)), ("2".to_owned(), Some(3))]);
    run.saying(&[&format!("{applicants}:4: ")]);
}

#[test]
fn applicants_may_come_on_standard_input() {
    let run = Call::new(&["rank", "-", "--top", "1"]).input(APPLICANTS).run().succeeded();
    let ids: Vec<&str> =
        run.lines()[1..].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["a1", "a2", "a3"]);
}

#[test]
fn other_headings_are_named_with_map() {
    let folder = Folder::new();
    let text = "Timestamp,Applicant No,What can you do?\n1,a1,\"Rust, wasm\"\n";
    let applicants = folder.file("form.csv", text);
    lfx(&["rank", &applicants])
        .failed(1)
        .saying(&[&format!("{applicants}:1:"), "--map id=HEADING"]);
    let run =
        lfx(&["rank", &applicants, "--map", "id=applicant_no", "--map", "skills=What can you do?"]);
    assert!(run.succeeded().out.contains("\na1,1,"));
    lfx(&["rank", &applicants, "--map", "age=Timestamp"]).failed(2).saying(&["age", "skills"]);
}

#[test]
fn a_missing_file_of_applicants_is_an_error_that_names_it() {
    lfx(&["rank", "no-such.csv"]).failed(1).saying(&["error: no-such.csv"]);
}

#[test]
fn an_empty_file_of_applicants_is_an_error_that_says_what_is_lacking() {
    let folder = Folder::new();
    let applicants = folder.file("empty.csv", "");
    lfx(&["rank", &applicants]).failed(1).saying(&[&applicants, "id"]);
}

#[test]
fn the_judged_applicants_of_this_repository_are_all_answered() {
    let run = lfx(&["rank", "data/judged/applicants.csv", "--format", "jsonl"]).succeeded();
    let answers = answers(&run);
    assert_eq!(answers.len(), 12);
    let qrels = std::fs::read_to_string("data/judged/qrels.json").unwrap();
    let qrels: std::collections::BTreeMap<String, std::collections::BTreeMap<String, f64>> =
        serde_json::from_str(&qrels).unwrap();
    // Not a measure of quality, which twelve applicants cannot give: a guard against a broken ranking.
    let good = answers.iter().filter(|answer| {
        let grades = &qrels[&answer.mentee.id];
        answer.recommendations.iter().take(3).any(|recommendation| {
            let project = &recommendation.project;
            let grade = grades.get(&project.title).or_else(|| grades.get(&project.id));
            grade.is_some_and(|grade| *grade >= 2.0)
        })
    });
    assert!(good.count() >= 9, "most applicants find a good project among their first three");
}
