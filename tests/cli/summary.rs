//! `rank --summary`: what a coordinator looks at first.

use lfx_match::report::{BatchReport, SummaryReport};

use super::run::lfx;
use super::sample::{APPLICANTS, Folder, PAGE, argument};

#[test]
fn a_summary_takes_the_place_of_the_ranking_or_stands_beside_it() {
    let folder = Folder::new();
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", APPLICANTS));
    let arguments = ["rank", &applicants, "--catalog", &page];
    let ranking = lfx(&arguments).succeeded().out;
    let alone = lfx(&[&arguments[..], &["--summary"]].concat()).succeeded();
    assert!(alone.out.starts_with("3 applicants, 3 projects, 0 rejected rows\n"), "{}", alone.out);
    assert!(alone.lines().iter().all(|line| line.chars().count() <= 80), "{}", alone.out);

    let goal = argument(&folder.join("ranking.csv"));
    let both = lfx(&[&arguments[..], &["--summary", "--output", &goal]].concat()).succeeded();
    assert_eq!(both.out, alone.out);
    assert_eq!(std::fs::read_to_string(&goal).unwrap(), ranking);

    for (name, by) in [("s.txt", "mentee"), ("s.JSON", "project")] {
        let file = argument(&folder.join(name));
        let option = format!("--summary={file}");
        let run = lfx(&[&arguments[..], &["--by", by, &option]].concat()).succeeded();
        assert!(run.out.contains("a1,") && !run.out.contains("applicants,"), "{}", run.out);
        let text = std::fs::read_to_string(&file).unwrap();
        match name {
            "s.txt" => assert_eq!(text, alone.out),
            _ => assert_eq!(serde_json::from_str::<SummaryReport>(&text).unwrap().applicants, 3),
        }
    }
}

#[test]
fn the_summary_as_json_counts_what_the_ranking_shows() {
    let folder = Folder::new();
    let form = "id,skills\na1,\"Go, Kubernetes\"\na2,Photoshop\na3,\"Kubernetes, golang\"\n,x\n";
    let (page, applicants) = (folder.file("page.md", PAGE), folder.file("a.csv", form));
    let arguments = ["rank", &applicants, "--catalog", &page, "--format", "json", "--top", "3"];
    let run = lfx(&[&arguments[..], &["--summary"]].concat());
    assert_eq!(run.status, 3);
    let summary: SummaryReport = serde_json::from_str(&run.out).unwrap();
    assert_eq!((summary.applicants, summary.rejected), (3, 1));
    let goal = argument(&folder.join("ranking.json"));
    lfx(&[&arguments[..], &["--summary", "--output", &goal]].concat());
    let document: BatchReport =
        serde_json::from_str(&std::fs::read_to_string(&goal).unwrap()).unwrap();
    assert_eq!(document.summary.as_ref(), Some(&summary));
    for project in &summary.projects {
        let scores: Vec<f64> = document
            .mentees
            .iter()
            .flat_map(|mentee| &mentee.recommendations)
            .filter(|recommendation| recommendation.project.id == project.id)
            .map(|recommendation| recommendation.score)
            .collect();
        let good = scores.iter().filter(|score| **score >= summary.good_match).count() as u64;
        let best = scores.iter().copied().fold(0.0, f64::max);
        assert_eq!((project.good_applicants, project.best_score), (good, best));
        assert_eq!(summary.nobody_fits.contains(&project.id), good == 0);
    }
    let names = |skills: Vec<&String>| skills.into_iter().cloned().collect::<Vec<_>>();
    let lacking = names(summary.skills_lacking.iter().map(|s| &s.skill).collect());
    let unasked = names(summary.skills_unasked.iter().map(|s| &s.skill).collect());
    assert!(
        lacking.contains(&"Rust".to_owned()) && !lacking.contains(&"Go".to_owned()),
        "{lacking:?}"
    );
    assert!(!unasked.contains(&"Kubernetes".to_owned()) && unasked.len() == 1, "{unasked:?}");
    assert!(summary.unmatched.first.iter().any(|mentee| mentee.id == "a2"));
    assert_eq!(summary.best_scores.iter().map(|step| step.applicants).sum::<u64>(), 3);
}

#[test]
fn by_project_and_by_mentee_have_one_summary() {
    let run =
        |by| lfx(&["rank", "data/judged/applicants.csv", "--by", by, "--summary"]).succeeded().out;
    assert_eq!(run("mentee"), run("project"));
}
