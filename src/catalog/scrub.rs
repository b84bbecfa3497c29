//! Removes mail addresses from what was read, wherever they are.

use super::text;
use crate::model::Project;

/// Removes mail addresses from every text of `project`: nothing after this sees one. What is left without a title gets one.
pub(super) fn scrub(project: &mut Project) {
    let clean = |text: &mut String| {
        let without = text::remove_emails(text);
        if without != *text {
            *text = text::clean(&without);
        }
    };
    let Project {
        title,
        org,
        suborg,
        description,
        expected_outcome,
        skills,
        technologies,
        mentors,
        upstream_urls,
        lfx_url,
        ..
    } = project;
    clean(title);
    org.iter_mut().chain(suborg).for_each(clean);
    description.iter_mut().chain(expected_outcome).for_each(|p| clean(&mut p.text));
    skills.iter_mut().chain(technologies).for_each(|s| clean(&mut s.text));
    mentors.iter_mut().filter_map(|m| m.name.as_mut()).for_each(clean);
    upstream_urls.iter_mut().chain(lfx_url).for_each(clean);
    if !text::has_content(title) {
        "Untitled project".clone_into(title);
    }
}
