//! Which headings begin a project, which go on with one, and which tell of the page, in a few lines of our own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;

use lfx_match::catalog::from_text;
use lfx_match::model::{Catalog, Project};

fn read(text: &str) -> Catalog {
    from_text(Path::new("page.md"), text).expect("Markdown is never refused")
}

/// Line, organisation and title of every project.
fn outline(catalog: &Catalog) -> Vec<String> {
    let show =
        |p: &Project| format!("{} {}: {}", p.source.line, p.org.as_deref().unwrap_or("?"), p.title);
    catalog.projects.iter().map(show).collect()
}

fn skills(project: &Project) -> Vec<&str> {
    project.skills.iter().map(|s| s.text.as_str()).collect()
}

fn handles(project: &Project) -> Vec<&str> {
    project.mentors.iter().filter_map(|m| m.github.as_deref()).collect()
}

#[test]
fn a_heading_within_a_project_begins_no_other_one() {
    let rest = "- Recommended Skills: Go\n- Mentors: Jo (@jo)\n\n#### Paint\n- Description: P.\n- Skills: Go\n";
    for heading in ["## Goals", "#### Milestones", "  ## Goals", "  #### Why this matters"] {
        let page = format!(
            "### Harbor\n\n#### Dredge\n\n- Description: D.\n\n{heading}\n  - deep\n\n{rest}"
        );
        let got = read(&page);
        assert_eq!(outline(&got), ["3 Harbor: Dredge", "13 Harbor: Paint"], "{heading}");
        assert_eq!((skills(&got.projects[0]), handles(&got.projects[0])), (vec!["Go"], vec!["jo"]));
    }
}

#[test]
fn the_title_of_a_page_names_its_term_though_it_begins_like_a_label() {
    for (title, term) in [
        ("LFX Mentorship - Term 03 2023", "2023 Term 3"),
        ("LFX Mentorship: Term 2 - 2022", "2022 Term 2"),
        ("Contributors: summer 2024", "2024 Term 2"),
    ] {
        let got = read(&format!(
            "# {title}\n\n### Harbor\n\n#### Dredge\n- Description: D.\n- Skills: Go\n"
        ));
        assert_eq!(outline(&got), ["5 Harbor: Dredge"], "{title}");
        assert_eq!(got.projects[0].term.as_deref(), Some(term), "{title}");
    }
}

#[test]
fn a_form_pasted_below_a_title_goes_on_with_it_whatever_the_level_of_its_labels() {
    for mark in ["##", "###", "####", "#####"] {
        let form =
            format!("{mark} Description\n\nD.\n\n{mark} Skills\n\nGo\n\n{mark} Mentors\n\n@jo\n\n");
        let got = read(&format!(
            "# 2025 Term 2\n\n## Accepted projects\n\n### Harbor\n\n#### Dredge\n\n{form}#### Paint\n\n{form}### Thanos\n\n#### Count\n\n{form}"
        ));
        assert_eq!(
            outline(&got),
            ["7 Harbor: Dredge", "21 Harbor: Paint", "37 Thanos: Count"],
            "{mark}"
        );
        for project in &got.projects {
            assert_eq!((skills(project), handles(project)), (vec!["Go"], vec!["jo"]), "{mark}");
        }
    }
}

#[test]
fn a_deeper_heading_that_names_no_field_goes_on_with_its_project() {
    let before = "# 2025 Term 2\n\n### Harbor\n\n#### Dredge\n\n";
    let next = "#### Paint\n\n- Description: P.\n- Skills: Rust\n- Mentors: @bo\n";
    for body in [
        "- Description: D.\n\n##### Stretch goals\n\n- be fast\n\n- Skills: Go\n- Mentors: @jo\n\n",
        "##### Description\n\nD.\n\n##### Skills\n\nGo\n\n##### What you will learn\n\nKnots\n\n##### Mentors\n\n@jo\n\n",
    ] {
        let got = read(&format!("{before}{body}{next}"));
        assert_eq!(got.projects.len(), 2, "{:?}", outline(&got));
        assert_eq!((skills(&got.projects[0]), handles(&got.projects[0])), (vec!["Go"], vec!["jo"]));
    }
}

#[test]
fn a_title_may_be_made_of_the_words_of_labels() {
    for title in ["Contributor experience", "Overview page", "Enhancements", "Tools"] {
        let got = read(&format!(
            "# 2025 Term 2\n\n### Harbor\n\n#### {title}\n- Description: D.\n- Skills: Go\n\n#### Dredge\n- Description: D.\n- Skills: Go\n\n#### {title}\n- Description: E.\n- Skills: Go\n"
        ));
        let titles: Vec<&str> = got.projects.iter().map(|p| p.title.as_str()).collect();
        assert_eq!(titles, [title, "Dredge", title]);
    }
}

#[test]
fn what_tells_how_to_apply_or_propose_is_no_project() {
    let projects =
        "## Accepted projects\n\n### Harbor\n\n#### Dredge\n- Description: D.\n- Skills: Go\n";
    for other in [
        "## How to apply\n\n- Contact the mentors\n- Apply: https://mentorship.lfx.linuxfoundation.org\n\n",
        "## How to apply\n\n- Choose a project\n- Skills: each lists them\n- Apply: https://mentorship.lfx.linuxfoundation.org\n\n",
        "## Project proposal format\n\n- Description\n- Recommended Skills\n- Mentor(s)\n\n",
    ] {
        let got = read(&format!("# 2025 Term 2\n\n{other}{projects}"));
        let titles: Vec<&str> = got.projects.iter().map(|p| p.title.as_str()).collect();
        assert_eq!(titles, ["Dredge"], "{other}");
    }
}

#[test]
fn a_table_belongs_to_the_organisation_above_it() {
    let table = |title| {
        format!("| Project | Description | Skills |\n|---|---|---|\n| {title} | D. | Go |\n\n")
    };
    let got = read(&format!(
        "# 2025 Term 2\n\n## Harbor\n\n{}## Some Forge\n\n{}",
        table("Dredge"),
        table("Hammer")
    ));
    assert_eq!(outline(&got), ["7 Harbor: Dredge", "13 Some Forge: Hammer"]);
}

#[test]
fn a_table_that_sums_up_the_page_adds_no_project() {
    let bodies = "### Harbor\n\n#### Dredge\n- Description: D.\n- Skills: Go\n";
    for table in [
        "| CNCF Project | Project title | Mentors |\n|---|---|---|\n| Harbor | [Dredge](#dredge) | Jo (@jo) |\n",
        "| CNCF Project | Number of projects | Mentors |\n|---|---|---|\n| Harbor | 1 | 2 |\n",
        "| Project phase | Description |\n|---|---|\n| Applications | Mentees apply |\n",
    ] {
        let got = read(&format!("# 2025 Term 2\n\n## Accepted projects\n\n{table}\n{bodies}"));
        assert_eq!(outline(&got), ["11 Harbor: Dredge"], "{table}");
    }
    let alone = read(
        "# 2025 Term 2\n\n| Project | Mentorship | Apply |\n|---|---|---|\n| Harbor | Dredge | [LFX](https://mentorship.lfx.linuxfoundation.org/project/1) |\n",
    );
    assert_eq!(outline(&alone), ["5 Harbor: Dredge"]);
}

#[test]
fn a_rule_right_below_a_value_makes_no_heading_of_it() {
    let got = read(
        "# 2025 Term 2\n\n### CNCF - Harbor\n\n#### Dredge\n\n**Description** – D.\n\n**Skills:** Go\n\n**Mentors:** Jo (@jo)\n---\n\n#### Paint\n\n- Description: P.\n- Skills: Go\n",
    );
    assert_eq!(outline(&got), ["5 Harbor: Dredge", "14 Harbor: Paint"]);
    assert_eq!(got.projects[0].description[0].text, "D.");
    assert_eq!(handles(&got.projects[0]), ["jo"]);
}

#[test]
fn mentors_named_for_an_organisation_mentor_its_projects_that_name_none() {
    let got = read(
        "# 2025 Term 2\n\n### Harbor\n\nMentors: Jo (@jo)\n\n#### Dredge\n- Description: D.\n- Skills: Go\n\n#### Paint\n- Description: P.\n- Skills: Go\n- Mentors: @bo\n\n### Thanos\n\n#### Count\n- Description: C.\n- Skills: Go\n",
    );
    let all: Vec<Vec<&str>> = got.projects.iter().map(handles).collect();
    assert_eq!(all, [vec!["jo"], vec!["bo"], vec![]]);
}
