//! What the words of a heading alone say: boilerplate, template, the programme's full title line, an organisation's name.
//!
//! Pure judgements of one heading; `classes` considers where it is on the page.

use super::{labels, vocabulary};
use crate::catalog::terms;
use crate::catalog::text::{clean, fold, has_content, words};

/// Whether `title` only structures the page ("Accepted projects", "Term 03 - 2025", "Timeline").
pub(super) fn is_frame(title: &str) -> bool {
    let mut any = false;
    words(title).all(|w| {
        any = true;
        vocabulary::is_frame_word(&w) || is_ordinal(&w)
    }) && any
}

/// A number, or a day as "5th" writes it.
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && word.len() - digits.len() <= 2
}

/// Whether `title` heads a template or a sample, whose projects are not real.
pub(super) fn is_template(title: &str) -> bool {
    const TELLING: &[&str] = &["template", "templates", "sample", "samples", "example", "examples"];
    let tells = |text: &str| words(text).any(|w| TELLING.contains(&w.as_str()));
    if labels::is_placeholder(title) {
        return true;
    }
    let aside =
        title.rsplit_once(['(', '[']).filter(|(_, aside)| aside.trim_end().ends_with([')', ']']));
    if aside.is_some_and(|(_, aside)| tells(aside) && is_frame(aside)) {
        return true;
    }
    tells(title) && is_frame(title) && words(title).count() <= 4
}

/// The programme's full title: "CNCF - Org: Title (2026 Term 2)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FullTitle {
    pub(crate) org: String,
    pub(crate) title: String,
    pub(crate) term: Option<String>,
}

/// Reads the programme's full title.
pub(crate) fn full_title(text: &str) -> Option<FullTitle> {
    let text = clean(text);
    let text = text.trim_matches(['_', '*', ' ', '"']);
    let rest = text.strip_prefix("CNCF").or_else(|| text.strip_prefix("cncf"))?;
    let rest = rest.trim_start().strip_prefix(['-', '–', '—', '|'])?.trim_start();
    let (org, title) = rest.split_once(": ").or_else(|| rest.split_once(" - "))?;
    let (title, term) = match title.rsplit_once('(') {
        Some((title, aside)) if aside.trim_end().ends_with(')') => match terms::find(aside) {
            Some(term) => (title, Some(term)),
            None => (rest.split_once(": ").map_or(title, |(_, t)| t), None),
        },
        _ => (title, None),
    };
    let (org, title) = (org.trim(), title.trim());
    let sound = !org.is_empty() && !title.is_empty() && org.len() <= 60;
    sound.then(|| FullTitle { org: org.to_owned(), title: title.to_owned(), term })
}

/// The name of the organisation in the heading `title`: "Karmada project ideas" is about Karmada.
pub(super) fn org_name(title: &str) -> String {
    let title = title.trim().trim_end_matches(':').trim();
    // "CNCF - Podman" names an organisation too.
    let bare = title.strip_prefix("CNCF").map(str::trim_start);
    let bare = bare.and_then(|t| t.strip_prefix(['-', '–', '—', ':', '|'])).map(str::trim_start);
    let title = bare.filter(|t| has_content(t)).unwrap_or(title);
    let all: Vec<&str> = title.split_whitespace().collect();
    let plural =
        |w: &str| matches!(fold(w).as_str(), "projects" | "ideas" | "proposals" | "mentorships");
    let Some(last) = all.iter().rposition(|w| plural(w)) else { return title.to_owned() };
    if !all[last..].iter().all(|w| is_frame(w)) {
        return title.to_owned();
    }
    let kept = all[..last].iter().rposition(|w| !is_frame(w)).map_or(0, |p| p + 1);
    let name = all[..kept].join(" ");
    let name = name.trim_end_matches([':', '-', '–', '—', ',', ' ']);
    if name.is_empty() { title.to_owned() } else { name.to_owned() }
}

/// `title` without a prefix that only introduces it: "Title: …", "Project 3: …", "Idea #2 - …", "4. …".
pub(super) fn bare_title(title: &str) -> &str {
    let digits = title.trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < title.len()
        && title.len() - digits.len() <= 3
        && let Some(rest) = digits.strip_prefix(['.', ')', ':']).filter(|r| r.starts_with(' '))
    {
        return rest.trim_start();
    }
    let announces = |head: &str| {
        words(head).count() > 0
            && words(head).all(|w| {
                matches!(w.as_str(), "title" | "project" | "idea" | "name" | "proposal")
                    || is_ordinal(&w)
            })
            && words(head).any(|w| !is_ordinal(&w))
    };
    let cut = title
        .split_once(':')
        .or_else(|| title.split_once(" - "))
        .or_else(|| title.split_once(" – "));
    match cut {
        Some((head, rest)) if announces(head) && !rest.trim().is_empty() => rest.trim(),
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_templates_and_names_are_told_apart() {
        for frame in [
            "Accepted projects",
            "Term 03 - 2025 September - November",
            "Q1",
            "Project Ideas:",
            "Table of Contents",
            "Term 3: September 5th - November 30th",
        ] {
            assert!(is_frame(frame), "{frame}");
        }
        for name in
            ["CNCF Landscape", "Kubernetes", "Documentation Boost!", "Website", "Open Service Mesh"]
        {
            assert!(!is_frame(name), "{name}");
        }
        for template in
            ["Template", "Sample:", "Prometheus (sample)", "CNCF Project Name", "Project template"]
        {
            assert!(is_template(template), "{template}");
        }
        assert!(!is_template("Sample applications for Dapr"));
        assert!(!is_template("Add new getting started examples"));
    }

    #[test]
    fn the_full_title_gives_org_title_and_term() {
        let got =
            full_title("_CNCF - Some Mesh: Tests: phase 2 (with k8s) (2026 Term 2)_").unwrap();
        assert_eq!(
            (got.org.as_str(), got.title.as_str()),
            ("Some Mesh", "Tests: phase 2 (with k8s)")
        );
        assert_eq!(got.term.as_deref(), Some("2026 Term 2"));
        assert!(full_title("CNCF projects: many").is_none());
    }

    #[test]
    fn an_ideas_heading_names_its_organisation() {
        assert_eq!(org_name("Some Mesh project ideas 2025"), "Some Mesh");
        assert_eq!(org_name("Notary Project"), "Notary Project");
        assert_eq!(org_name("CNCF - Podman"), "Podman");
        assert_eq!(org_name("Elekto and Kubernetes"), "Elekto and Kubernetes");
    }

    #[test]
    fn an_announcing_prefix_is_no_part_of_a_title() {
        assert_eq!(bare_title("Project 3: Faster reads"), "Faster reads");
        assert_eq!(bare_title("12. Faster reads"), "Faster reads");
        assert_eq!(bare_title("3D views"), "3D views");
        assert_eq!(bare_title("Receive: faster reads"), "Receive: faster reads");
    }
}
