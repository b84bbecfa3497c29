//! Explanations are true: their lines exist and hold what is said, their parts add up, their gaps are gaps.

use lfx_match::rank::{How, Matched, Said};
use lfx_match::report::MatchReport;

use super::run::{answer, lfx};
use super::sample::Folder;

const QUESTIONS: [&[&str]; 5] = [
    &["--skills", "Rust,WebAssembly", "--top", "18"],
    &["--skills", "golang, k8s, docs", "--top", "18"],
    &["--skills", "Pyhton, ML", "--interests", "edge AI benchmarks", "--top", "18"],
    &["--skills", "kubebuilder, C++", "--learn", "Rust, Lua", "--top", "18"],
    &["--interests", "documentation", "--top", "18"],
];

fn answers() -> impl Iterator<Item = MatchReport> {
    QUESTIONS.iter().map(|question| answer(question))
}

/// Letters and digits alone, the targets of links left out: what remains of a line without its markup.
fn bare(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](").or_else(|| rest.find("][")) {
        plain += &rest[..at];
        rest = rest[at + 2..].split_once([')', ']']).map_or("", |(_, rest)| rest);
    }
    plain += rest;
    plain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn what_a_text_does_not_name_is_not_said_to_stand_in_it() {
    let page = "# Ideas\n\n### Lantern\n\n#### A brighter page\n\n\
        - Description: The frontend is grey.\n- Recommended Skills: Lanterns\n";
    let (_folder, path) = Folder::with_page(page);
    let report = answer(&["--skills", "CSS, frontend", "--catalog", &path]);
    let matched = &report.recommendations[0].explanation.matched;
    let how = |skill: &str| matched.iter().find(|matched| matched.name() == skill);
    assert_eq!(how("CSS"), None, "a word for a whole field is no word for each tool of it");
    assert_eq!(how("Front-end development").unwrap().how, How::Mentioned);
}

#[test]
fn evidence_is_by_name_where_there_is_a_name_and_a_wish_is_met_by_nothing_broader() {
    let page = "# Ideas\n\n### Kubescape\n\n#### A brighter page\n\n\
        - Description: The page is HTML. Security matters.\n- Recommended Skills: Kubernetes, Design\n";
    let (_folder, path) = Folder::with_page(page);
    let question = ["--skills", "k8s, HTML, Penetration testing", "--catalog", &path];
    let interests = ["--interests", "Running Kubernetes. Software bills of materials, SBOM."];
    let report = answer(&[question, [interests[0], interests[1], "--top", "1"]].concat());
    let matched = &report.recommendations[0].explanation.matched;
    let how = |skill: &str| matched.iter().find(|matched| matched.name() == skill);
    // What one can do is no mere wish because one also wishes for it.
    let kubernetes = how("Kubernetes").unwrap();
    assert_eq!((kubernetes.said, kubernetes.how), (Said::Can, How::Alias));
    assert_eq!(how("HTML").unwrap().how, How::Mentioned);
    assert_eq!(how("SBOM"), None);
    let org = |matched: &&Matched| matched.project_text == "Kubescape";
    assert!(matched.iter().find(org).is_none(), "{matched:?}");
}

#[test]
fn what_is_not_needed_is_not_asked_for() {
    let page = "# Ideas\n\n### Falco\n\n#### Faster rules\n\n- Description: Rules are slow.\n\
        - Recommended Skills: No Java needed, Go, not Python\n";
    let (_folder, path) = Folder::with_page(page);
    let report = answer(&["--skills", "Java, Python", "--catalog", &path]);
    let explanation = &report.recommendations[0].explanation;
    assert!(explanation.matched.is_empty(), "{:?}", explanation.matched);
    let missing: Vec<&str> = explanation.missing.iter().map(|m| m.skill.as_ref()).collect();
    assert_eq!(missing, ["Go"]);
}

#[test]
fn every_piece_of_evidence_stands_on_the_line_it_names_and_within_its_project() {
    let page = std::fs::read_to_string("data/catalog.md").unwrap();
    let lines: Vec<&str> = page.lines().collect();
    let mut pieces = 0;
    for report in answers() {
        for recommendation in &report.recommendations {
            let heading = recommendation.project.source.line;
            assert!(bare(lines[heading - 1]).contains(&bare(&recommendation.project.title)));
            let next = lines[heading..].iter().position(|line| line.starts_with("####"));
            let end = next.map_or(lines.len(), |length| heading + length);
            for matched in &recommendation.explanation.matched {
                // An organisation is written above its projects.
                let is_org =
                    Some(matched.project_text.as_str()) == recommendation.project.org.as_deref();
                assert!(is_org || (heading..=end).contains(&matched.line), "{matched:?}");
                let line = lines[matched.line - 1];
                assert!(bare(line).contains(&bare(&matched.project_text)), "{matched:?}\n{line}");
                pieces += 1;
            }
        }
    }
    assert!(pieces > 50, "only {pieces} pieces of evidence were checked");
}

#[test]
fn contributions_add_up_to_the_score_and_scores_fall_from_rank_to_rank() {
    for report in answers() {
        let scores: Vec<f64> = report.recommendations.iter().map(|r| r.score).collect();
        assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
        for (rank, recommendation) in (1..).zip(&report.recommendations) {
            assert_eq!(recommendation.rank, rank);
            let sum: f64 = recommendation.explanation.contributions.values().sum();
            assert!((sum - recommendation.score).abs() <= 1e-6, "{recommendation:?}");
            assert!((0.0..=1.0).contains(&recommendation.score));
            assert!(recommendation.explanation.contributions.values().all(|part| *part >= 0.0));
        }
    }
}

#[test]
fn equal_scores_come_in_the_order_of_project_ids() {
    for report in answers() {
        for pair in report.recommendations.windows(2) {
            let tied = pair[0].score == pair[1].score;
            assert!(!tied || pair[0].project.id < pair[1].project.id, "{pair:?}");
        }
    }
}

#[test]
fn a_skill_that_is_asked_for_and_had_is_never_called_missing() {
    for report in answers() {
        let had: Vec<&str> = report.query.skills.iter().map(|s| s.skill.as_str()).collect();
        for recommendation in &report.recommendations {
            for missing in &recommendation.explanation.missing {
                assert!(!had.contains(&&*missing.skill), "{missing:?} of {had:?}");
            }
        }
    }
}

#[test]
fn evidence_called_exact_uses_the_same_name_on_both_sides() {
    for report in answers() {
        let all = report.recommendations.iter().flat_map(|r| &r.explanation.matched);
        for matched in all.filter(|matched| matched.how == How::Exact) {
            let skill = matched.skill.as_deref().unwrap_or(&matched.text);
            let (skill, text) = (bare(skill), bare(&matched.project_text));
            assert!(text.contains(&skill), "{matched:?}");
        }
    }
}

#[test]
fn every_skill_asked_for_is_either_matched_or_missing() {
    let report = answer(&["--skills", "Rust", "--top", "18"]);
    let project = report
        .recommendations
        .iter()
        .find(|r| r.project.title == "Implement the remaining features of wasmedgeup")
        .unwrap();
    let missing: Vec<&str> = project.explanation.missing.iter().map(|m| &*m.skill).collect();
    assert!(missing.contains(&"Cross-platform development"), "{missing:?}");
    assert!(!missing.contains(&"Rust"), "{missing:?}");
}

#[test]
fn what_is_wanted_is_not_called_met() {
    let report =
        answer(&["--skills", "Go", "--learn", "Rust", "--interests", "Docs.", "--top", "18"]);
    let all = report.recommendations.iter().flat_map(|r| &r.explanation.matched);
    let (mut can, mut wants) = (0, 0);
    for matched in all {
        let had = matched.skill.as_deref() == Some("Go");
        assert_eq!(matched.said, if had { Said::Can } else { Said::Wants }, "{matched:?}");
        *(if had { &mut can } else { &mut wants }) += 1;
    }
    assert!(can > 0 && wants > 0);
}

#[test]
fn an_organisation_is_evidence_of_a_field_and_never_of_a_language() {
    const PAGE: &str = "# Program\n\n### Kmesh\n\n#### Better tests for the data plane\n\n\
        - Description: Write tests for the sidecarless data plane.\n\
        - Recommended Skills: testing\n";
    let page = tempfile::Builder::new().suffix(".md").tempfile().unwrap();
    std::fs::write(page.path(), PAGE).unwrap();
    let path = page.path().to_str().unwrap();
    // Kmesh is written in these, and works with eBPF; the page names none of them.
    let report = answer(&["--skills", "C++, Rust, C, eBPF", "--catalog", path]);
    let matched = &report.recommendations[0].explanation.matched;
    let by_org: Vec<&str> =
        matched.iter().filter(|m| m.project_text == "Kmesh").map(|m| m.text.as_str()).collect();
    assert_eq!(by_org, ["eBPF"]);
}

#[test]
fn evidence_by_another_skill_names_the_one_it_serves() {
    let all = answers().flat_map(|report| report.recommendations);
    let matched: Vec<_> = all.flat_map(|r| r.explanation.matched).collect();
    assert!(matched.iter().any(|matched| matched.serves.is_some()));
    for matched in matched.iter().filter(|matched| matched.serves.is_some()) {
        assert_ne!(matched.serves, matched.skill, "{matched:?}");
        assert!(matched.how >= How::Implied, "{matched:?}");
    }
}

#[test]
fn of_an_item_with_two_skills_the_other_one_lacks() {
    let page = "# Ideas\n\n### Falco\n\n#### Faster rules\n\n- Description: Rules are slow.\n\
        - Recommended Skills: Backend development in Go and Python, C or Rust, Falco, English\n";
    let (_folder, path) = Folder::with_page(page);
    let report = answer(&["--skills", "Go, Rust", "--catalog", &path]);
    let missing = &report.recommendations[0].explanation.missing;
    let names: Vec<(&str, bool)> = missing.iter().map(|m| (m.skill.as_ref(), m.own)).collect();
    assert_eq!(names, [("Python", false), ("Falco", true), ("English", false)]);
    let table = lfx(&["--skills", "Go, Rust", "--catalog", &path]).succeeded().out;
    assert!(table.contains("    lacks Python\n"), "{table}");
}

#[test]
fn what_is_wished_for_and_found_there_does_not_lack() {
    let page = "# Ideas\n\n### Falco\n\n#### Faster rules\n\n- Description: Rules are slow.\n\
        - Recommended Skills: Go, C++\n";
    let (_folder, path) = Folder::with_page(page);
    let question = ["--skills", "C++", "--interests", "I would love to learn Go", "--pick", "1"];
    let table = lfx(&[&question[..], &["--catalog", &path]].concat()).succeeded().out;
    assert!(table.contains("    wants Go\n") && table.contains("teaches Go"), "{table}");
    assert!(!table.contains("lacks") && !table.contains("first"), "{table}");
}

#[test]
fn a_neighbour_is_told_apart_from_what_is_asked_for() {
    let page = "# Ideas\n\n### Falco\n\n#### Faster rules\n\n- Description: Rules are slow.\n\
        - Recommended Skills: Rust\n";
    let (_folder, path) = Folder::with_page(page);
    let table = lfx(&["--skills", "C++", "--catalog", &path]).succeeded().out;
    assert!(table.contains("    near  C++ (asked: Rust)\n    lacks Rust\n"), "{table}");
    assert!(!table.contains("meets"), "{table}");
}
