//! `--pick`, `--level` and résumés: what a person with three applications to spend needs.

use lfx_match::report::{MatchReport, PickReason};

use crate::run::{answer, lfx};

#[test]
fn picked_projects_come_best_first_and_each_says_why() {
    let report = answer(&["--skills", "Go, Kubernetes, Python", "--learn", "Rust", "--pick", "3"]);
    let picks: Vec<_> = report.recommendations.iter().map(|r| r.pick.as_ref().unwrap()).collect();
    assert_eq!(picks.len(), 3);
    assert_eq!(picks[0].reason, PickReason::Best);
    assert!(report.recommendations.is_sorted_by(|a, b| a.score >= b.score));
    for (pick, of) in picks.iter().zip(&report.recommendations) {
        // What a pick adds is among what it meets, and nobody is told to learn first what they will be taught.
        let met: Vec<&str> =
            of.explanation.matched.iter().filter_map(|m| m.skill.as_deref()).collect();
        assert!(pick.adds.iter().all(|skill| met.contains(&skill.as_str())), "{pick:?}");
        assert!(pick.learn_first.iter().all(|skill| !pick.teaches.contains(skill)), "{pick:?}");
        assert!(pick.learn_first.len() <= 3);
    }
}

#[test]
fn a_pick_of_one_is_the_best_project() {
    let args = ["--skills", "Rust, WebAssembly"];
    let best = answer(&[&args[..], &["--top", "1"]].concat());
    let pick = answer(&[&args[..], &["--pick", "1"]].concat());
    assert_eq!(best.recommendations[0].project.id, pick.recommendations[0].project.id);
}

#[test]
fn a_pick_and_a_top_at_once_are_wrong_usage() {
    assert_eq!(lfx(&["--skills", "Go", "--pick", "3", "--top", "5"]).status, 2);
}

const LEVELS: &str = "# Ideas\n\n### Org\n\n#### Easy work\n\n- Description: Services in Go.\n\
    - Recommended Skills: Basic knowledge of Go\n- Upstream Issue: https://example.org/1\n\n\
    #### Hard work\n\n- Description: Services in Go.\n- Recommended Skills: Strong knowledge of Go\n\
    - Upstream Issue: https://example.org/2\n";

fn at_level(level: &[&str]) -> MatchReport {
    let page = tempfile::Builder::new().suffix(".md").tempfile().unwrap();
    std::fs::write(page.path(), LEVELS).unwrap();
    let catalog = page.path().to_str().unwrap();
    answer(&[&["--skills", "Go", "--catalog", catalog], level].concat())
}

#[test]
fn a_level_favours_the_project_that_suits_it_and_shows_what_is_above_it() {
    // How far the easy work stands before the hard one.
    let lead = |report: &MatchReport| {
        let score = |title: &str| {
            let of = report.recommendations.iter().find(|r| r.project.title == title);
            of.unwrap().score
        };
        score("Easy work") - score("Hard work")
    };
    let (beginner, advanced) =
        (at_level(&["--level", "beginner"]), at_level(&["--level", "advanced"]));
    assert!(lead(&beginner) > lead(&at_level(&[])) && lead(&at_level(&[])) > lead(&advanced));
    let hard = beginner.recommendations.iter().find(|r| r.project.title == "Hard work").unwrap();
    assert_eq!(hard.explanation.above[0].project_text, "Strong knowledge of Go");
    assert!(advanced.recommendations.iter().all(|r| r.explanation.above.is_empty()));
}

#[test]
fn with_a_level_the_parts_still_add_up_and_without_one_it_is_no_part() {
    for (level, given) in [(&["--level", "beginner"][..], true), (&[], false)] {
        for recommendation in at_level(level).recommendations {
            let parts = recommendation.explanation.contributions;
            assert!((parts.values().sum::<f64>() - recommendation.score).abs() < 1e-6);
            assert_eq!(parts.contains_key("level"), given);
        }
    }
}

/// A PDF of one page with these lines, each as a text of its own, as small as the format allows.
#[cfg(feature = "pdf")]
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf 72 720 Td 14 TL ");
    for line in lines {
        content += &format!("({line}) Tj T* ");
    }
    content += "ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn a_resume_in_pdf_is_read_like_its_text() {
    let lines = ["Julia Doe", "Skills", "Rust, WebAssembly", "Interests", "edge computing"];
    let resume = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
    std::fs::write(resume.path(), pdf(&lines)).unwrap();
    let text = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(text.path(), lines.join("\n")).unwrap();
    let read = |path: &std::path::Path| answer(&["--resume", path.to_str().unwrap()]);
    let of_pdf = read(resume.path());
    assert_eq!(of_pdf, read(text.path()));
    let skills: Vec<_> = of_pdf.query.skills.iter().map(|read| read.skill.as_str()).collect();
    assert_eq!(skills, ["Rust", "WebAssembly"]);
    assert_eq!(of_pdf.query.interests.as_deref(), Some("edge computing"));
}

#[cfg(feature = "pdf")]
#[test]
fn a_damaged_pdf_is_an_error_that_names_it_and_says_what_to_do() {
    let resume = tempfile::NamedTempFile::new().unwrap();
    let whole = pdf(&["Skills", "Rust"]);
    for length in (9..whole.len()).step_by(7) {
        std::fs::write(resume.path(), &whole[..length]).unwrap();
        let run = lfx(&["--resume", resume.path().to_str().unwrap(), "--quiet"]);
        assert!(matches!(run.status, 0..=2), "{run:?}");
        if run.status == 1 {
            assert!(run.err.contains("save the résumé as plain text"), "{}", run.err);
        }
    }
}
