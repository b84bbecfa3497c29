//! What a project lacks or has only half: fields without a value, addresses that lead nowhere, mentors without a handle.

use super::flaws::Flaws;
use super::{organisations, urls};
use crate::model::{Code, Project};

/// Reports what is missing in `project`.
pub(super) fn report_missing(project: &Project, flaws: &mut Flaws) {
    let line = project.source.line;
    let title = &project.title;
    let mut missing = |is: bool, code: Code, what: &str, help: &str| {
        if is {
            flaws.warning(line, code, format!("\"{title}\" has no {what}"), help);
        }
    };
    missing(
        project.org.is_none(),
        Code::MissingOrganisation,
        "organisation",
        "put it below a heading with the organisation's name",
    );
    missing(
        project.description.is_empty(),
        Code::MissingDescription,
        "description",
        "add \"Description:\"",
    );
    missing(
        project.skills.is_empty(),
        Code::MissingSkills,
        "skills",
        "add \"Recommended Skills:\"",
    );
    missing(
        project.upstream_urls.is_empty(),
        Code::MissingUpstream,
        "upstream address",
        "add \"Upstream Issue:\"",
    );
    missing(project.mentors.is_empty(), Code::MissingMentors, "mentors", "add \"Mentor(s):\"");
    for url in project.upstream_urls.iter().filter(|u| is_unusable_url(u)) {
        flaws.warning(
            line,
            Code::DeadUpstream,
            format!("\"{url}\" leads to no repository or issue"),
            "link the issue itself",
        );
    }
    for mentor in project.mentors.iter().filter(|m| m.github.is_none()) {
        let name = mentor.name.as_deref().unwrap_or_default();
        flaws.note(
            line,
            Code::MentorWithoutHandle,
            format!("the mentor \"{name}\" of \"{title}\" has no GitHub handle"),
            "write \"Name (@handle)\"",
        );
    }
    if let Some(org) = project.org.as_deref().filter(|o| organisations::known().named(o).is_none())
    {
        flaws.note(
            line,
            Code::UnknownOrganisation,
            format!("\"{org}\" is no project of the CNCF landscape"),
            "check its spelling",
        );
    }
}

/// Whether `url` cannot lead anywhere useful: a place of GitHub without a repository, or a placeholder.
fn is_unusable_url(url: &str) -> bool {
    let lower = url.to_lowercase();
    let no_repository = match urls::host_and_path(url) {
        Some((host, _)) if host.eq_ignore_ascii_case("github.com") => {
            urls::repository(url).is_none_or(|(_, r)| r.is_none())
        }
        Some((host, _)) => !host.contains('.'),
        None => true,
    };
    no_repository || lower.contains("xxx") || lower.ends_with("/issues/new")
}
