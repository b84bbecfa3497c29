//! Flaws that matter only to those who edit a page: misspelt skills, visible mail addresses, links used twice.
//!
//! Runs for `catalog check` alone, so that reading stays fast. Pure: a page and its projects in, flaws out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::flaws::Flaws;
use super::locate::{self, Starts};
use super::page::Page;
use super::text::emails;
use super::urls;
use crate::model::{Code, Diagnostic, Project, Severity};
use crate::skills::{Lexicon, Written};

/// What is wrong on `page`: what the reader has `reported` and what else is found, each once and with its place.
pub(crate) fn check(
    page: &Page,
    projects: &[Project],
    reported: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut flaws = Flaws::new(&page.path);
    misspelt_skills(projects, &mut flaws);
    shared_links(projects, &mut flaws);
    let starts = Starts::of(projects);
    // Addresses are looked for on the whole page here, with their columns; the reader reports one a project.
    let reported = reported.into_iter().filter(|flaw| flaw.code != Code::AddressInClear);
    let mut all: Vec<Diagnostic> = once_each_organisation(reported).collect();
    all.extend(flaws.into_sorted());
    all.iter_mut().for_each(|flaw| locate::locate(flaw, page, &starts));
    all.extend(addresses_in_clear(page, &starts));
    let place =
        |flaw: &Diagnostic| (flaw.line, flaw.column, flaw.code.name(), flaw.message.clone());
    all.sort_by_cached_key(place);
    all.dedup_by_key(|flaw| place(flaw));
    all
}

/// Reports an unknown organisation once a page, not once a project.
fn once_each_organisation(
    reported: impl Iterator<Item = Diagnostic>,
) -> impl Iterator<Item = Diagnostic> {
    let mut seen = HashSet::new();
    reported.filter(move |flaw| {
        flaw.code != Code::UnknownOrganisation || seen.insert(flaw.message.clone())
    })
}

/// Skills that are almost, but not quite, the name of a known one.
fn misspelt_skills(projects: &[Project], flaws: &mut Flaws) {
    // Looking for the nearest name takes long, and pages repeat their words.
    let mut seen: HashMap<&str, Option<Doubt>> = HashMap::new();
    for skill in projects.iter().flat_map(|p| p.skills.iter().chain(&p.technologies)) {
        let text = skill.text.as_str();
        match *seen.entry(text).or_insert_with(|| doubt(text)) {
            Some(Doubt::Misspelt(name)) => flaws.warning(
                skill.line,
                Code::MisspeltSkill,
                format!("the skill \"{text}\" looks like a misspelling of {name}"),
                format!("write \"{name}\""),
            ),
            Some(Doubt::Resembling(name)) => flaws.note(
                skill.line,
                Code::MisspeltSkill,
                format!("the skill \"{text}\" is not known; it resembles {name}"),
                format!("write \"{name}\" if that is meant"),
            ),
            None => {}
        }
    }
}

/// Why a written skill may be another one.
#[derive(Clone, Copy)]
enum Doubt {
    /// It was taken for this one.
    Misspelt(&'static str),
    /// It was not understood, and this one is the nearest.
    Resembling(&'static str),
}

fn doubt(text: &str) -> Option<Doubt> {
    let lexicon = Lexicon::builtin();
    let understood = lexicon.understand(text);
    match understood.mentions.as_slice() {
        [one] if one.written == Written::Misspelt => {
            Some(Doubt::Misspelt(&lexicon.get(one.skill).name))
        }
        [] => understood.suggestion.map(|id| Doubt::Resembling(&lexicon.get(id).name)),
        _ => None,
    }
}

/// Projects whose application page is another project's too: one of them has a link that was copied.
fn shared_links(projects: &[Project], flaws: &mut Flaws) {
    let mut first: HashMap<&str, &Project> = HashMap::new();
    for project in projects {
        let Some(url) = project.lfx_url.as_deref() else { continue };
        // The platform's front page and its lists are no project's own page; on its forerunner,
        // projects of one organisation shared theirs.
        let is_own = urls::host_and_path(url).is_some_and(|(host, path)| {
            host.ends_with("lfx.linuxfoundation.org") && path.starts_with("/project/")
        });
        if !is_own {
            continue;
        }
        match first.get(url.trim_end_matches('/')) {
            Some(other) => flaws.warning(
                project.source.line,
                Code::SharedLfxUrl,
                format!(
                    "\"{url}\" is the LFX page of \"{}\" on line {} as well",
                    other.title, other.source.line
                ),
                "link the project's own page",
            ),
            None => {
                first.insert(url.trim_end_matches('/'), project);
            }
        }
    }
}

/// The mail addresses of persons on the page: one flaw a project, at the first address.
fn addresses_in_clear(page: &Page, starts: &Starts) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, Diagnostic, usize)> = Vec::new();
    for (at, line) in page.lines().enumerate().filter(|(_, line)| line.contains('@')) {
        let mut personal = emails(line).into_iter().filter(|range| is_personal(line, range));
        let Some(first) = personal.next() else { continue };
        let count = 1 + personal.count();
        let project = starts.around(at + 1);
        match found.last_mut().filter(|(before, ..)| *before == project) {
            Some((.., counted)) => *counted += count,
            None => {
                let flaw = address_in_clear(page, at + 1, locate::columns(line, first));
                found.push((project, flaw, count));
            }
        }
    }
    let counted = |(_, flaw, count): (usize, Diagnostic, usize)| match count {
        1 => flaw,
        _ => Diagnostic {
            message: format!("{count} mail addresses, the first one here, stand in clear"),
            ..flaw
        },
    };
    found.into_iter().map(counted).collect()
}

fn address_in_clear(page: &Page, line: usize, columns: Range<usize>) -> Diagnostic {
    Diagnostic {
        path: page.path.clone(),
        line,
        severity: Severity::Note,
        code: Code::AddressInClear,
        message: "a mail address stands in clear".to_owned(),
        column: Some(columns.start),
        end_column: Some(columns.end),
        help: Some("name people by their GitHub handle alone".to_owned()),
    }
}

/// Whether the address at `range` can be a person's: not `git@host:…`, not `package@1.2.3`, not a mailing list.
fn is_personal(line: &str, range: &Range<usize>) -> bool {
    let Some((name, host)) = line[range.clone()].rsplit_once('@') else { return false };
    let host = host.to_ascii_lowercase();
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_list = ["lists.", "groups."].iter().any(|start| host.starts_with(start))
        || host == "googlegroups.com";
    let is_remote = name == "git" && line[range.end..].starts_with([':', '/']);
    top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()) && !is_list && !is_remote
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::check_text;

    fn told(text: &str) -> Vec<Diagnostic> {
        let mut pages = Vec::new();
        check_text("p.md".as_ref(), text.to_owned(), true, &mut pages).unwrap().1
    }

    fn project(title: &str, fields: &str) -> String {
        format!(
            "## Karmada\n\n### {title}\n\n- Description: About {title}, at length.\n{fields}\
             - Mentor(s): Ada Example (@ada-example)\n\
             - Upstream Issue: https://github.com/karmada-io/karmada/issues/1\n\n"
        )
    }

    #[test]
    fn a_skill_that_is_nearly_known_is_told_at_its_place() {
        let flaws = told(&project("Sail", "- Recommended Skills: Go, Kuberentes\n"));
        let flaw = flaws.iter().find(|f| f.code == Code::MisspeltSkill).unwrap();
        assert_eq!((flaw.line, flaw.column, flaw.end_column), (6, Some(27), Some(37)));
        assert_eq!(flaw.help.as_deref(), Some("write \"Kubernetes\""));
    }

    #[test]
    fn a_short_word_that_resembles_a_skill_is_only_asked_about() {
        let flaws = told(&project("Sail", "- Recommended Skills: Go, Rsut\n"));
        let flaw = flaws.iter().find(|f| f.code == Code::MisspeltSkill).unwrap();
        assert_eq!(flaw.severity, Severity::Note);
        assert_eq!(flaw.help.as_deref(), Some("write \"Rust\" if that is meant"));
    }

    #[test]
    fn an_address_is_told_with_its_columns_and_without_being_repeated() {
        let page = project("Sail", "- Recommended Skills: Go\n")
            .replace("@ada-example)", "@ada-example, ada@example.org)");
        let flaws = told(&page);
        let [flaw] = flaws.as_slice() else { panic!("{flaws:?}") };
        assert_eq!((flaw.line, flaw.column, flaw.end_column), (7, Some(41), Some(56)));
        assert!(!format!("{flaw:?}").contains("ada@"), "{flaw:?}");
    }

    #[test]
    fn the_addresses_of_a_project_are_told_together() {
        let mentors = "- Recommended Skills: Go\n- Contact: bo@example.org, cy@example.org\n";
        let flaws = told(&(project("Sail", mentors) + &project("Row", mentors)));
        let found: Vec<_> = flaws.iter().filter(|f| f.code == Code::AddressInClear).collect();
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [7, 17]);
        assert!(found[0].message.starts_with("2 mail addresses"), "{flaws:?}");
    }

    #[test]
    fn remotes_versions_and_mailing_lists_are_nobodys_addresses() {
        for text in ["git@github.com:octo/repo", "npm i left-pad@1.3.0", "a@lists.example.org"] {
            let flaws =
                told(&project("Sail", &format!("- Recommended Skills: Go\n- Notes: {text}\n")));
            assert!(flaws.iter().all(|f| f.code != Code::AddressInClear), "{text}: {flaws:?}");
        }
    }

    #[test]
    fn an_application_page_belongs_to_one_project() {
        let link = "- Recommended Skills: Go\n- LFX URL: https://mentorship.lfx.linuxfoundation.org/project/1\n";
        let flaws = told(&(project("Sail", link) + &project("Row", link)));
        let found: Vec<_> = flaws.iter().filter(|f| f.code == Code::SharedLfxUrl).collect();
        assert_eq!(found.len(), 1, "{flaws:?}");
        assert_eq!((found[0].line, found[0].column), (17, Some(12)));
    }
}
