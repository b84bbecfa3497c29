//! `rank --by project`: every project's best applicants, in every format, with the scores of `match`.

use lfx_match::report::{BatchReport, ShortlistReport};

use super::run::{answer, lfx};
use super::sample::{APPLICANTS, Folder, PAGE};

fn shortlists(arguments: &[&str]) -> Vec<ShortlistReport> {
    let run = lfx(&[arguments, &["--by", "project", "--format", "jsonl"]].concat()).succeeded();
    run.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(list: &ShortlistReport) -> Vec<&str> {
    list.applicants.iter().map(|applicant| applicant.mentee.id.as_str()).collect()
}

#[test]
fn every_project_has_its_best_applicants_in_the_order_of_the_catalog() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let lists = shortlists(&["rank", &applicants, "--catalog", &page, "--top", "2"]);
    let titles: Vec<&str> = lists.iter().map(|list| list.project.title.as_str()).collect();
    assert_eq!(
        titles,
        ["Teach the scheduler to dim", "A brighter front page", "Parse stones faster"]
    );
    let best: Vec<&str> = lists.iter().map(|list| ids(list)[0]).collect();
    assert_eq!(best, ["a1", "a2", "a3"]);
    assert!(lists.iter().all(|list| list.applicants.len() == 2));
}

#[test]
fn scores_and_explanations_are_those_of_match() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let alone =
        answer(&["--skills", "Go, k8s, controllers", "--learn", "Rust", "--catalog", &page]);
    let lists = shortlists(&["rank", &applicants, "--catalog", &page]);
    for list in &lists {
        let one = alone.recommendations.iter().find(|r| r.project == list.project).unwrap();
        let other = list.applicants.iter().find(|a| a.mentee.id == "a1").unwrap();
        assert_eq!((one.score, &one.explanation), (other.score, &other.explanation));
    }
}

#[test]
fn equal_applicants_come_in_the_order_of_their_ids_and_the_best_of_many_are_kept() {
    let folder = Folder::new();
    let mut form = String::from("id,skills\n");
    (0..900).rev().for_each(|n| form += &format!("a{n:03},{}\n", ["CSS", "Kubernetes"][n % 2]));
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", form));
    let lists = shortlists(&["rank", &applicants, "--catalog", &page, "--top", "3"]);
    assert_eq!(ids(&lists[0]), ["a001", "a003", "a005"]);
    assert_eq!(ids(&lists[1]), ["a000", "a002", "a004"]);
}

#[test]
fn all_formats_say_the_same() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let arguments = ["rank", &applicants, "--catalog", &page, "--top", "2"];
    let lists = shortlists(&arguments);
    let by = |format| {
        lfx(&[&arguments[..], &["--by", "project", "--format", format]].concat()).succeeded()
    };
    let document: BatchReport = serde_json::from_str(&by("json").out).unwrap();
    assert_eq!((document.catalog.projects, document.rejected), (3, 0));
    let expected: Vec<_> = lists.iter().map(|list| (&list.project, &list.applicants)).collect();
    let got: Vec<_> =
        document.projects.iter().map(|entry| (&entry.project, &entry.applicants)).collect();
    assert_eq!(got, expected);
    let csv = by("csv");
    let mut reader = csv::Reader::from_reader(csv.out.as_bytes());
    let headings: Vec<&str> =
        reader.headers().unwrap().iter().take(6).map(|h| h.to_owned().leak() as &str).collect();
    assert_eq!(headings, ["project_id", "org", "title", "rank", "mentee_id", "score"]);
    let rows: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[2].to_owned(), row[4].to_owned()))
        .collect();
    let pairs = lists.iter().flat_map(|list| {
        ids(list).into_iter().map(|id| (list.project.title.clone(), id.to_owned()))
    });
    assert_eq!(rows, pairs.collect::<Vec<_>>());
    let table = by("table");
    assert!(table.out.starts_with("Lantern: Teach the scheduler to dim\n  1 0."), "{}", table.out);
    assert!(table.lines().iter().all(|line| line.chars().count() <= 80), "{}", table.out);
}

#[test]
fn by_mentee_the_document_holds_what_the_lines_hold() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let run =
        |format| lfx(&["rank", &applicants, "--catalog", &page, "--format", format]).succeeded();
    let document: BatchReport = serde_json::from_str(&run("json").out).unwrap();
    let lines = run("jsonl");
    for (entry, line) in document.mentees.iter().zip(lines.lines()) {
        let line: lfx_match::report::MenteeReport = serde_json::from_str(line).unwrap();
        assert_eq!((&entry.mentee, &entry.recommendations), (&line.mentee, &line.recommendations));
    }
    assert_eq!(document.mentees.len(), 3);
    let table = run("table");
    assert!(table.out.starts_with("a1\n  1 0."), "{}", table.out);
    assert!(table.lines().iter().all(|line| line.chars().count() <= 80), "{}", table.out);
}

#[test]
fn projects_stand_there_without_applicants_too_and_filtered_ones_do_not() {
    let folder = Folder::new();
    let (page, nobody) = (folder.file("page.md", PAGE), folder.file("a.csv", "id,skills\n"));
    assert_eq!(shortlists(&["rank", &nobody, "--catalog", &page]).len(), 3);
    let csv = lfx(&["rank", &nobody, "--catalog", &page, "--by", "project"]).succeeded();
    assert_eq!(
        csv::Reader::from_reader(csv.out.as_bytes()).records().map(Result::unwrap).count(),
        3
    );
    let some = shortlists(&["rank", &nobody, "--catalog", &page, "--org", "Quarry"]);
    assert_eq!(some.len(), 1);
    for format in ["json", "table"] {
        lfx(&["rank", &nobody, "--catalog", &page, "--by", "project", "--format", format])
            .succeeded();
        lfx(&["rank", &nobody, "--catalog", &page, "--format", format]).succeeded();
    }
}
