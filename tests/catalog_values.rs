//! The values of a project's fields, each in the ways in which they are written, in a few lines of our own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;

use lfx_match::catalog::from_text;
use lfx_match::model::{Project, Requirement};

/// The one project of a page whose body is `body`.
fn project(body: &str) -> Project {
    let page = format!("# 2025 Term 2\n\n### Harbor\n\n#### Dredge\n\n- Description: D.\n{body}");
    let mut got = from_text(Path::new("page.md"), &page).expect("Markdown is never refused");
    assert_eq!(got.projects.len(), 1, "{page}");
    got.projects.remove(0)
}

fn mentors(body: &str) -> Vec<String> {
    let show = |m: lfx_match::model::Mentor| {
        format!("{}@{}", m.name.unwrap_or_default(), m.github.unwrap_or_default())
    };
    project(&format!("- Skills: Go\n{body}")).mentors.into_iter().map(show).collect()
}

#[test]
fn a_handle_on_a_line_of_its_own_belongs_to_the_name_above() {
    for body in [
        "- Mentors:\n  - Ann Bee\n    (@annb)\n  - Cid (@cid)\n",
        "- Mentors:\n  - Ann Bee\n    @annb\n  - Cid\n    - https://github.com/cid\n",
        "- Mentors:\n  - Ann Bee\n    - @annb\n  - Cid\n    - @cid\n",
    ] {
        assert_eq!(mentors(body), ["Ann Bee@annb", "Cid@cid"], "{body}");
    }
    assert_eq!(mentors("- Mentors: Ann Bee\n  - @cid\n"), ["Ann Bee@", "@cid"]);
}

#[test]
fn an_upstream_issue_is_found_however_it_is_named() {
    let issue = "https://github.com/o/r/issues/1";
    for line in [
        "- Upstream Issue: o/r#1",
        "- Upstream Issue: github.com/o/r/issues/1",
        "- Upstream Issue: [one](github.com/o/r/issues/1)",
        "- Upstream Issue: <a href=\"https://github.com/o/r/issues/1\">one</a>",
        "- [Upstream Issue](https://github.com/o/r/issues/1)",
        "- **[GH issue](https://github.com/o/r/issues/1)**",
        "- Related issue/PR: `o/r#1`",
        "- Issue: o/r#1\n- Good first issues: https://github.com/o/r/labels/good",
    ] {
        assert_eq!(project(&format!("- Skills: Go\n{line}\n")).upstream_urls, [issue], "{line}");
    }
    let lfx = "https://mentorship.lfx.linuxfoundation.org/project/1";
    let linked = project(&format!("- Skills: Go\n- [LFX URL]({lfx})\n"));
    assert_eq!(linked.lfx_url.as_deref(), Some(lfx));
}

/// The skills with a mark for what is preferred and optional.
fn skills(body: &str) -> Vec<String> {
    let mark = |requirement| match requirement {
        Requirement::Required => "",
        Requirement::Preferred => " (p)",
        Requirement::Optional => " (o)",
    };
    let project = project(&format!("{body}- Mentors: @jo\n"));
    project.skills.iter().map(|s| format!("{}{}", s.text, mark(s.requirement))).collect()
}

#[test]
fn every_label_of_skills_counts_with_what_it_asks() {
    for (body, expected) in [
        ("- Requirements:\n  - Go\n- Nice to have:\n  - Rust\n", ["Go", "Rust (p)"]),
        ("- Prerequisites: Go\n- Preferred Skills: Rust\n", ["Go", "Rust (p)"]),
        ("- Required Skills: Go\n- Preferred experience: Rust\n", ["Go", "Rust (p)"]),
        ("- Skills: Go\n- Recommended Skills (nice to have): Rust\n", ["Go", "Rust (p)"]),
        ("- Skills: Go\n- Recommended Skills (optional): Rust\n", ["Go", "Rust (o)"]),
        ("- Required Skills: Go\n- Good to have: Rust\n", ["Go", "Rust (p)"]),
        ("- Skills:\n- Nice-to-haves: Rust\n- Must-haves: Go\n", ["Rust (p)", "Go"]),
        ("- Skills:\n  - Preferred skills: Rust\n  - Required skills: Go\n", ["Rust (p)", "Go"]),
        ("- Required or preferred skills: Go, Rust\n", ["Go", "Rust"]),
    ] {
        assert_eq!(skills(body), expected, "{body}");
    }
}

#[test]
fn what_sorts_a_list_of_skills_is_no_field_of_its_own() {
    for body in [
        "- Recommended Skills:\n  - Languages: Go\n  - Tools: Helm, kind\n  - Frameworks: tokio\n",
        "- Recommended Skills:\n  - Languages:\n    - Go\n  - Tools:\n    - Helm\n    - kind\n    - tokio\n",
    ] {
        assert_eq!(skills(body), ["Go", "Helm", "kind", "tokio"], "{body}");
    }
}

#[test]
fn behind_a_label_within_a_field_the_field_goes_on() {
    let people = "- Mentors:\n  - Ann Bee (@annb)\n    - Slack: @ann\n  - Cid (@cid)\n";
    assert_eq!(mentors(people), ["Ann Bee@annb", "Cid@cid"]);
    let got = project(
        "  - Issue: pods are lost\n  - Mentors: a page for them\n- Skills: Go\n- Mentors: @jo\n- Issue: https://github.com/o/r/issues/1\n",
    );
    assert_eq!(got.mentors.len(), 1);
    assert_eq!(got.upstream_urls, ["https://github.com/o/r/issues/1"]);
}

#[test]
fn a_table_within_a_field_has_an_item_a_row() {
    let levels =
        "- Skills:\n\n| Skill | Level |\n|---|---|\n| Go | Intermediate |\n| Helm | Basic |\n\n";
    assert_eq!(skills(levels), ["Go", "Helm"]);
    let groups =
        "- Skills:\n\n| Required | Nice to have |\n|---|---|\n| Go | Zig |\n| Helm | |\n\n";
    assert_eq!(skills(groups), ["Go", "Zig (p)", "Helm"]);
    let people = "- Mentors:\n\n| Name | GitHub | Slack |\n|---|---|---|\n| Ann Bee | annb | @ann |\n| Cid | [cid](https://github.com/cid) | @ci |\n";
    assert_eq!(mentors(people), ["Ann Bee@annb", "Cid@cid"]);
}

#[test]
fn what_is_struck_out_is_not_said() {
    assert_eq!(skills("- Skills: ~~Java~~, Go, Helm ~1 year\n"), ["Go", "Helm ~1 year"]);
    assert_eq!(mentors("- Mentors: ~~Bo (@bo)~~ Cid (@cid)\n"), ["Cid@cid"]);
    let moved = project(
        "- Skills: Go\n- Issue: ~~https://github.com/o/r/issues/1~~ https://github.com/o/r/issues/2\n",
    );
    assert_eq!(moved.upstream_urls, ["https://github.com/o/r/issues/2"]);
}

#[test]
fn a_bold_line_that_names_no_field_ends_the_list_before_it() {
    let body = "\n**Skills**\n\nGo, Helm\n\n**What you will learn**\n\nKnots\n\n**Mentors**\n\nCid (@cid)\n\n**Where to ask**\n\nOn the quay\n";
    let got = project(body);
    let texts: Vec<&str> = got.skills.iter().map(|s| s.text.as_str()).collect();
    assert_eq!((texts, got.mentors.len()), (vec!["Go", "Helm"], 1));
}
