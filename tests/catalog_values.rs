//! The values of a project's fields, each in the ways in which they are written, in a few lines of our own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::Path;

use lfx_match::catalog::from_text;
use lfx_match::model::Project;

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
