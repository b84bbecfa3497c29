//! Pages in the ways in which they are written, each in a few lines of our own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;

use lfx_match::catalog::from_text;
use lfx_match::model::{Catalog, Code, Maturity, Project, Severity};

fn read(text: &str) -> Catalog {
    from_text(Path::new("page.md"), text).expect("Markdown is never refused")
}

/// Line, organisation, group and title of every project.
fn outline(catalog: &Catalog) -> Vec<String> {
    let show = |p: &Project| {
        let group = p.suborg.as_deref().map(|s| format!(" / {s}")).unwrap_or_default();
        format!("{} {}{group}: {}", p.source.line, p.org.as_deref().unwrap_or("?"), p.title)
    };
    catalog.projects.iter().map(show).collect()
}

fn skills(project: &Project) -> Vec<&str> {
    project.skills.iter().map(|s| s.text.as_str()).collect()
}

fn handles(project: &Project) -> Vec<&str> {
    project.mentors.iter().filter_map(|m| m.github.as_deref()).collect()
}

fn codes(catalog: &Catalog) -> Vec<(&str, usize)> {
    let graver = catalog.diagnostics.iter().filter(|d| d.severity > Severity::Note);
    graver
        .filter(|d| !d.code.name().starts_with("missing"))
        .map(|d| (d.code.name(), d.line))
        .collect()
}

#[test]
fn groups_between_organisation_and_project_have_no_body() {
    let got = read(
        "## Accepted projects\n\n#### Kubernetes\n\n##### SIG Lanterns\n\n###### [Light them](https://mentorship.lfx.linuxfoundation.org/project/1)\n\n- Description: Light.\n- Skills: Go\n\n##### SIG Ropes\n\n###### Tie them\n\n- Description: Tie.\n- Skills: Go\n\n#### Vitess\n\n##### Sail\n\n- Description: Sail.\n- Skills: Go\n",
    );
    assert_eq!(
        outline(&got),
        [
            "7 Kubernetes / SIG Lanterns: Light them",
            "14 Kubernetes / SIG Ropes: Tie them",
            "21 Vitess: Sail"
        ]
    );
    assert_eq!(
        got.projects[0].lfx_url.as_deref(),
        Some("https://mentorship.lfx.linuxfoundation.org/project/1")
    );
    assert_eq!(got.projects[2].maturity, Some(Maturity::Graduated));
}

#[test]
fn an_organisation_below_another_one_is_not_taken_for_its_group() {
    let got = read(
        "### KubeEdge\n\n#### Edges\n- Description: E.\n- Skills: Go\n\n#### Meshery\n\n##### Nodes\n- Description: N.\n- Skills: Go\n\n#### More nodes\n- Description: M.\n- Skills: Go\n",
    );
    assert_eq!(outline(&got), ["3 KubeEdge: Edges", "9 Meshery: Nodes", "13 Meshery: More nodes"]);
}

#[test]
fn a_project_at_the_level_of_organisations_stays_with_its_organisation() {
    let got = read(
        "### Harbor\n\n### Dredge the harbour\n- Description: D.\n- Skills: Go\n\n#### Paint the quay\n- Description: P.\n- Skills: Go\n\n### Thanos\n\n#### Count\n- Description: C.\n- Skills: Go\n",
    );
    assert_eq!(
        outline(&got),
        ["3 Harbor: Dredge the harbour", "7 Harbor: Paint the quay", "13 Thanos: Count"]
    );
}

#[test]
fn templates_samples_and_tables_of_contents_hold_no_projects() {
    let got = read(
        "## Template\n\n```\n### CNCF Project Name\n#### Title\n- Description:\n- Mentor(s):\n```\n\n### Sample\n\n#### Harbor (sample)\n\n##### A sample\n- Description: S.\n- Skills: Go\n\n## Table of contents\n\n- [Harbor](#harbor)\n  - [Real](#real)\n\n## Proposed project ideas\n\n### Harbor\n\n#### Real\n- Description: R.\n- Skills: Go\n",
    );
    assert_eq!(outline(&got), ["27 Harbor: Real"]);
}

#[test]
fn a_timeline_is_no_project() {
    let got = read(
        "# Term 01 - 2024 March - May\n\n### Timeline\n\nMentorship duration - three months\n\n| activity | date |\n| --- | --- |\n| project proposals | May |\n| mentee applications | June |\n\n## Accepted projects\n\n### Harbor\n\n#### Real\n- Description: R.\n- Skills: Go\n",
    );
    assert_eq!(outline(&got), ["16 Harbor: Real"]);
    assert_eq!(got.projects[0].term.as_deref(), Some("2024 Term 1"));
}

#[test]
fn fields_are_found_however_they_are_laid_out() {
    for (name, body) in [
        (
            "bullets",
            "- Description: D d.\n- Recommended Skills: Go, Rust\n- Mentor(s): Ann Bee (@annb)\n- Upstream Issue: https://github.com/o/r/issues/1\n",
        ),
        (
            "bold",
            "**Description:** D d.\n\n**Recommended Skills:** Go, Rust\n\n**Mentor(s):** Ann Bee (@annb)\n\n**Upstream Issue:** <https://github.com/o/r/issues/1>\n",
        ),
        (
            "bare words",
            "Description\nD d.\n\nSkills\n- Go\n- Rust\n\nMentors\n- Ann Bee (@annb)\n\nUpstream issues\n- https://github.com/o/r/issues/1\n",
        ),
        (
            "one paragraph",
            "Description: D d.\nRecommended Skills: Go, Rust\nMentor(s): Ann Bee (@annb)\nUpstream Issue: https://github.com/o/r/issues/1\n",
        ),
        (
            "glued",
            "Description: D d. Recommended Skills: Go, Rust. Mentor(s): Ann Bee (@annb). Upstream Issue: https://github.com/o/r/issues/1\n",
        ),
        (
            "same level",
            "- Description: D d.\n- Skills:\n- Go\n- Rust\n- Mentors:\n- Ann Bee (@annb)\n- Upstream:\n- https://github.com/o/r/issues/1\n",
        ),
        (
            "headings",
            "##### Description\n\nD d.\n\n##### Skills\n\n- Go\n- Rust\n\n##### Mentors\n\n- Ann Bee (@annb)\n\n##### Upstream issue\n\nhttps://github.com/o/r/issues/1\n",
        ),
        (
            "table",
            "| Field | Value |\n|---|---|\n| Description | D d. |\n| Skills | Go, Rust |\n| Mentors | Ann Bee (@annb) |\n| Issue | https://github.com/o/r/issues/1 |\n",
        ),
        (
            "misspelt",
            "- Descripton: D d.\n- Recomended Skils: Go, Rust\n- Metors: Ann Bee (@annb)\n- Upstraem Isue: https://github.com/o/r/issues/1\n",
        ),
        (
            "far to the right",
            "-      Description: D d.\n-      Skills: Go, Rust\n-      Mentor: Ann Bee ([@annb](https://github.com/annb))\n-      Issue: [one](https://github.com/o/r/issues/1)\n",
        ),
        (
            "nested in another",
            "- Description: D d.\n- Skills: Go, Rust\n  - Mentor Name: Ann Bee (@annb)\n- Upstream Issue:\n  - Upstream Issue: https://github.com/o/r/issues/1\n",
        ),
        (
            "no label for the text",
            "D d.\n\n- Skills: Go, Rust\n- Mentors: @annb - Ann Bee\n- Issue: (https://github.com/o/r/issues/1)\n",
        ),
    ] {
        let got = read(&format!(
            "### Some Forge\n\n#### A thing\n\n{body}\n#### Another thing\n\n{body}"
        ));
        assert_eq!(got.projects.len(), 2, "{name}: {:?}", outline(&got));
        for project in &got.projects {
            assert_eq!(project.org.as_deref(), Some("Some Forge"), "{name}");
            assert_eq!(
                project.description.iter().map(|p| p.text.as_str()).collect::<Vec<_>>()[0]
                    .trim_end_matches('.'),
                "D d",
                "{name}"
            );
            assert_eq!(skills(project), ["Go", "Rust"], "{name}");
            assert_eq!(handles(project), ["annb"], "{name}");
            assert_eq!(project.mentors[0].name.as_deref(), Some("Ann Bee"), "{name}");
            assert_eq!(project.upstream_urls, ["https://github.com/o/r/issues/1"], "{name}");
        }
    }
}

#[test]
fn a_quoted_description_keeps_its_outcome_apart() {
    let got = read(
        "### Some Forge\n\n#### A thing\n\nCNCF - Some Forge: A thing (2026 Term 2)\n\n- Description:\n\n  > ## Description\n  > Hammers.\n  >\n  > ## Expected outcomes\n  > - Nails\n\n- Recommended Skills: Go\n- Mentor(s):\n  - Ann Bee (@annb)\n",
    );
    let project = &got.projects[0];
    assert_eq!(project.term.as_deref(), Some("2026 Term 2"));
    assert_eq!(
        project.description.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(),
        ["Hammers."]
    );
    assert_eq!(
        project.expected_outcome.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(),
        ["Nails"]
    );
    assert_eq!(project.expected_outcome[0].line, 13);
    assert_eq!(project.id, "2026-term-2/some-forge/a-thing");
}

#[test]
fn a_body_under_a_wrong_heading_finds_its_own() {
    let got = read(
        "### Karmada\n\n#### Spread lanterns over Karmada clusters\n- Description: L.\n- Skills: Go\n- Upstream Issue: https://github.com/karmada-io/karmada/issues/1\n\n### Weigh velvet curtains in Karmada members\n\n### Jaeger\n\n- Description: Velvet curtains are weighed for the members.\n- Skills: Go\n- Upstream Issue: https://github.com/karmada-io/karmada/issues/2\n\n#### Fold copper sheets with Karmada\n- Description: F.\n- Skills: Go\n- Upstream Issue: https://github.com/karmada-io/karmada/issues/3\n",
    );
    assert_eq!(
        outline(&got),
        [
            "3 Karmada: Spread lanterns over Karmada clusters",
            "8 Karmada: Weigh velvet curtains in Karmada members",
            "16 Karmada: Fold copper sheets with Karmada"
        ]
    );
    assert_eq!(
        codes(&got),
        [("heading-without-body", 8), ("body-without-heading", 10), ("wrong-organisation", 16)]
    );
}

#[test]
fn a_second_body_below_one_heading_is_a_project_of_its_own() {
    let got = read(
        "### Harbor\n\n#### Dredge\n\n- Description: D.\n- Skills: Go\n- Mentors: @a1\n\n- Description: Paint the long quay. Twice.\n- Skills: Rust\n- Mentors: @b2\n",
    );
    assert_eq!(outline(&got), ["3 Harbor: Dredge", "9 Harbor: Paint the long quay"]);
    assert_eq!(handles(&got.projects[1]), ["b2"]);
    assert_eq!(codes(&got), [("body-without-heading", 9)]);
}

#[test]
fn bold_lines_and_list_items_can_be_titles() {
    for text in [
        "# Ideas\n\n**Dredge**\n\n- Description: D.\n- Skills: Go\n\n**Paint**\n\n- Description: P.\n- Skills: Go\n",
        "# Ideas\n\n- **Dredge**\n  - Description: D.\n  - Skills: Go\n- **Paint**\n  - Description: P.\n  - Skills: Go\n",
    ] {
        let titles: Vec<String> = read(text).projects.into_iter().map(|p| p.title).collect();
        assert_eq!(titles, ["Dredge", "Paint"], "{text}");
    }
}

#[test]
fn a_table_of_projects_has_one_a_row() {
    let got = read(
        "## 2019\n\n| CNCF Projects\t| Community Bridge Project | Mentor Name(s) | Mentee Name |\n|-----\t|---|---|---|\n| Harbor | Dredge | Ann Bee and Cid Dee | Eve |\n| Thanos | Count | Gus Aitch | [Ida](https://people.example/ida) |\n",
    );
    assert_eq!(outline(&got), ["5 Harbor: Dredge", "6 Thanos: Count"]);
    assert_eq!(got.projects[0].mentors.len(), 2);
}

#[test]
fn a_fence_that_is_never_closed_swallows_nothing() {
    let got = read(
        "### Harbor\n\n```\n#### Dredge\n- Description: D.\n- Skills: Go\n\n#### Paint\n- Description: P.\n- Skills: Go\n",
    );
    assert_eq!(outline(&got), ["4 Harbor: Dredge", "8 Harbor: Paint"]);
    assert_eq!(codes(&got), [("open-fence", 3)]);
}

#[test]
fn what_looks_like_a_project_and_cannot_be_read_is_told() {
    let got = read(
        "# Ideas\n\n## Dredge\n\nDescription: D.\n\nSkills: Go\n\n## Paint\n\nOnly words stand here.\n",
    );
    assert_eq!(outline(&got).len(), 1);
    assert_eq!(codes(&got), [("unread-section", 9)]);
    assert_eq!(codes(&read("Nothing of the kind.\n")), [("no-projects", 1)]);
}

#[test]
fn no_address_leaves_the_page_and_each_is_told() {
    let got = read(
        "### Harbor\n\n#### Dredge (write to ann@example.org)\n- Description: Ask ann@example.org.\n- Skills: Go\n- Mentors: ann@example.org@annb\n",
    );
    let all = format!("{:?}", got.projects);
    assert!(!all.contains("example.org"), "{all}");
    assert!(got.diagnostics.iter().any(|d| d.code == Code::AddressInClear && d.line == 6));
}
