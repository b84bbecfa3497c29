//! Properties that hold for every page: of pages made up by rule, and of noise.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;

use lfx_match::catalog::from_text;
use lfx_match::model::{Catalog, Code, Project};
use proptest::prelude::*;

/// A project as the generator knows it.
#[derive(Debug, Clone)]
struct Idea {
    org: usize,
    title: String,
    about: String,
    outcome: Vec<String>,
    skills: Vec<String>,
    nested_skills: bool,
    mentors: Vec<(String, String)>,
    issue: u32,
}

/// How a page is written down.
#[derive(Debug, Clone, Copy)]
struct Style {
    bullet: char,
    level: usize,
    crlf: bool,
    bold: bool,
}

const PLAIN: Style = Style { bullet: '-', level: 3, crlf: false, bold: false };

/// Organisations without a place in the landscape, so that nothing but the page tells of them.
const ORGS: [&str; 4] = ["Quillbase", "Tarnmesh", "Oxbow Forge", "Pellucid"];

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "reader",
        "faster",
        "cache",
        "planet",
        "ship",
        "garden",
        "rewrite",
        "nightly",
        "operator",
        "gadget",
        "window",
        "harvest",
        "paper",
        "lantern",
        "velvet",
        "kernel",
        "bridgehead",
        "copper",
        "signal",
        "meadow",
    ]);
    prop::collection::vec(word, count).prop_map(|w| w.join(" "))
}

fn idea() -> impl Strategy<Value = Idea> {
    let skill = prop::sample::select(vec![
        "Go",
        "Rust",
        "C/C++",
        "Node.js",
        "CI/CD",
        "C#",
        "technical writing",
        ".NET",
    ]);
    let name = prop::sample::select(vec!["Ann Bee", "Cid Dee", "Eve Eff", "Gus Aitch", "Ida Jay"]);
    let mentor = name.prop_map(|n| (n.to_owned(), n.to_lowercase().replace(' ', "-")));
    (
        (0..ORGS.len(), words(3..7), words(6..20), prop::collection::vec(words(3..9), 0..4)),
        (
            prop::collection::hash_set(skill, 1..5),
            any::<bool>(),
            prop::collection::vec(mentor, 1..4),
            1u32..9999,
        ),
    )
        .prop_map(|((org, title, about, outcome), (skills, nested_skills, mentors, issue))| {
            let mut skills: Vec<String> = skills.into_iter().map(str::to_owned).collect();
            skills.sort();
            let mut mentors = mentors;
            mentors.sort();
            mentors.dedup();
            Idea {
                org,
                title: format!("Make {title}"),
                about,
                outcome,
                skills,
                nested_skills,
                mentors,
                issue,
            }
        })
}

/// Ideas whose titles differ, sorted by organisation.
fn ideas() -> impl Strategy<Value = Vec<Idea>> {
    prop::collection::vec(idea(), 1..9).prop_map(|mut ideas| {
        ideas.sort_by_key(|i| i.org);
        for (i, idea) in ideas.iter_mut().enumerate() {
            idea.title = format!("{} part {}", idea.title, i + 1);
        }
        ideas
    })
}

/// The page that tells of `ideas`.
fn page(ideas: &[Idea], style: Style) -> String {
    let Style { bullet, level, .. } = style;
    let label = |text: &str| if style.bold { format!("**{text}:**") } else { format!("{text}:") };
    let mut out = format!("{} Proposed project ideas\n\n", "#".repeat(level - 1));
    let mut org = None;
    for idea in ideas {
        if org.replace(idea.org) != Some(idea.org) {
            out += &format!("{} {}\n\n", "#".repeat(level), ORGS[idea.org]);
        }
        out += &format!("{} {}\n\n", "#".repeat(level + 1), idea.title);
        out += &format!("{bullet} {} {}\n", label("Description"), idea.about);
        out += &format!("{bullet} {}\n", label("Expected Outcome"));
        idea.outcome.iter().for_each(|o| out += &format!("  {bullet} {o}\n"));
        if idea.nested_skills {
            out += &format!("{bullet} {}\n", label("Recommended Skills"));
            idea.skills.iter().for_each(|s| out += &format!("  {bullet} {s}\n"));
        } else {
            out +=
                &format!("{bullet} {} {}\n", label("Recommended Skills"), idea.skills.join(", "));
        }
        out += &format!("{bullet} {}\n", label("Mentor(s)"));
        for (name, handle) in &idea.mentors {
            out += &format!("  {bullet} {name} (@{handle}, {handle}@example.org)\n");
        }
        let issue = format!("https://github.com/quill/base/issues/{}", idea.issue);
        out += &format!("{bullet} {} {issue}\n\n", label("Upstream Issue"));
    }
    if style.crlf { out.replace('\n', "\r\n") } else { out }
}

fn read(text: &str) -> Catalog {
    from_text(Path::new("page.md"), text).expect("Markdown is never refused")
}

/// All of a project but where it stands.
fn told(project: &Project) -> impl PartialEq + std::fmt::Debug + use<> {
    let texts =
        |all: &[lfx_match::model::Passage]| all.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
    (
        (project.title.clone(), project.org.clone(), project.suborg.clone()),
        (texts(&project.description), texts(&project.expected_outcome)),
        project.skills.iter().map(|s| (s.text.clone(), s.requirement, s.level)).collect::<Vec<_>>(),
        (project.mentors.clone(), project.upstream_urls.clone()),
    )
}

fn all(catalog: &Catalog) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    catalog.projects.iter().map(told).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_project_of_a_page_is_read_whole_and_points_at_its_heading(ideas in ideas()) {
        let text = page(&ideas, PLAIN);
        let lines: Vec<&str> = text.lines().collect();
        let catalog = read(&text);
        prop_assert_eq!(catalog.projects.len(), ideas.len());
        for (project, idea) in catalog.projects.iter().zip(&ideas) {
            prop_assert_eq!(&project.title, &idea.title);
            prop_assert_eq!(lines[project.source.line - 1].trim_start_matches('#').trim(), &idea.title);
            prop_assert_eq!(project.org.as_deref(), Some(ORGS[idea.org]));
            let skills: Vec<&String> = project.skills.iter().map(|s| &s.text).collect();
            prop_assert_eq!(skills, idea.skills.iter().collect::<Vec<_>>());
            let handles: Vec<&str> = project.mentors.iter().filter_map(|m| m.github.as_deref()).collect();
            prop_assert_eq!(handles, idea.mentors.iter().map(|m| m.1.as_str()).collect::<Vec<_>>());
            prop_assert_eq!(&project.description[0].text, &idea.about);
            prop_assert_eq!(project.expected_outcome.len(), idea.outcome.len());
            prop_assert_eq!(project.upstream_urls.len(), 1);
        }
    }

    #[test]
    fn the_way_a_page_is_written_changes_nothing(
        ideas in ideas(),
        star in any::<bool>(),
        level in 2usize..5,
        crlf in any::<bool>(),
        bold in any::<bool>(),
    ) {
        let style = Style { bullet: if star { '*' } else { '-' }, level, crlf, bold };
        prop_assert_eq!(all(&read(&page(&ideas, style))), all(&read(&page(&ideas, PLAIN))));
    }

    #[test]
    fn two_pages_in_one_give_the_projects_of_both(first in ideas(), second in ideas()) {
        let (a, b) = (page(&first, PLAIN), page(&second, PLAIN));
        let both = all(&read(&format!("{a}\n{b}")));
        let mut apart = all(&read(&a));
        apart.extend(all(&read(&b)));
        prop_assert_eq!(both, apart);
    }

    #[test]
    fn ids_are_unique_and_the_same_from_run_to_run(ideas in ideas()) {
        let doubled: Vec<Idea> = ideas.iter().chain(&ideas).cloned().collect();
        let ids = |c: &Catalog| c.projects.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
        let text = page(&doubled, PLAIN);
        let found = ids(&read(&text));
        prop_assert_eq!(&found, &ids(&read(&text)));
        let distinct: std::collections::HashSet<&String> = found.iter().collect();
        prop_assert_eq!(distinct.len(), found.len());
    }

    #[test]
    fn noise_is_read_without_panic_and_lines_stay_within_the_page(text in noise()) {
        check_noise(&text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        check_noise(&text);
    }

    #[test]
    fn no_address_and_no_hidden_character_is_handed_on(text in noise()) {
        for project in read(&text).projects {
            let all = format!("{:?}", (&project.title, &project.description, &project.skills, &project.mentors));
            prop_assert!(!all.contains("@example.org"), "{}", all);
            let hidden = project.title.chars().any(|c| c.is_control() || c == '\u{202e}');
            prop_assert!(!hidden);
        }
    }
}

/// Pieces of pages in any order.
fn noise() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "### ",
        "#### ",
        "- ",
        "  - ",
        "* ",
        "> ",
        "1. ",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "Description:",
        "Skills: ",
        "**Mentors:** ",
        "Upstream Issue",
        "LFX URL: ",
        "Expected Outcome\n",
        "@ann",
        "(ann@example.org)",
        "https://a.example/1",
        "[x](",
        ")",
        "](https://github.com/ann)",
        "```",
        "~~~\n",
        "|",
        "|-|-|\n",
        "| Project | Mentors |\n",
        "\0",
        "\u{202e}",
        "\u{feff}",
        "<br>",
        "<!--",
        "-->",
        "<details>",
        "---\n",
        "===\n",
        "word",
        "Go, Rust",
        " and ",
        " or ",
        "(",
        "[",
        "]",
        ":",
        "：",
        "é",
        "漢字",
        "CNCF - A: b (2025 Term 1)\n",
        "Karmada",
        "### Jaeger\n",
        "# Template\n",
        "nice to have: ",
        "etc.",
        "&amp;",
        "\\",
        "`",
        "*",
        "_",
    ]);
    prop::collection::vec(piece, 0..120).prop_map(|p| p.concat())
}

fn check_noise(text: &str) {
    let count = text.lines().count().max(1) + text.matches('\r').count();
    let catalog = from_text(Path::new("page.md"), text).expect("Markdown is never refused");
    for project in &catalog.projects {
        assert!((1..=count).contains(&project.source.line));
        assert!(!project.title.is_empty() && !project.id.is_empty());
    }
    assert!(catalog.diagnostics.iter().all(|d| (1..=count).contains(&d.line)));
    // As JSON it is either read or refused with a reason.
    if let Err(error) = from_text(Path::new("lfx-export.json"), text) {
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn a_broken_program_costs_no_other_one() {
    let text = r#"{"_term": "2026 Term 1 (Mar-May)", "programs": [
        {"program_name_full": "CNCF - Tarnmesh: First (2026 Term 1)", "skills": "Go, Rust", "mentors": null},
        17,
        {"program_name_full": 5, "skills": {"a": 1}},
        {"cncf_project": "Nameless"},
        {"program_name_full": "Last", "cncf_project": "Quillbase", "mentors": ["Ann Bee (@annb)", 3], "extra": [[]]}
    ]}"#;
    let catalog =
        from_text(Path::new("lfx-export.json"), text).expect("the export as a whole is JSON");
    let titles: Vec<&str> = catalog.projects.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(titles, ["First", "5", "Last"]);
    assert_eq!(catalog.projects[0].term.as_deref(), Some("2026 Term 1"));
    assert_eq!(catalog.projects[0].source.line, 2);
    assert_eq!(catalog.projects[2].mentors.len(), 1);
    assert!(catalog.diagnostics.iter().any(|d| d.code == Code::BadProgram && d.line == 3));
}
