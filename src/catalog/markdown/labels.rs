//! Which field a label names: `Recommended Skills:`, `Metor(s)`, `**Issue** (URL)`.
//!
//! A label is a short noun phrase: a head noun that belongs to a field, and words that may surround one.
//! Every word is compared with the known ones allowing a slip of the hand, so no list of misspelt labels is kept.

use super::field::Field;
use super::vocabulary::{Role, look_up};
use crate::catalog::rich_text::Text;
use crate::catalog::text::{fold, is_among, prefix, words};
use crate::model::Requirement;

/// A label at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) field: Field,
    /// Whether its head noun always means this field ("mentor"), or only where nothing better does ("contact").
    pub(super) primary: bool,
    /// What it says of the items that follow.
    pub(super) requirement: Option<Requirement>,
    /// It names no field but only a requirement ("Nice to have:"), so it counts only within a list of skills.
    pub(super) group: bool,
    /// Its words name more than one field for sure ("mentee skills"), so that it may be a title as well.
    pub(super) mixed: bool,
    /// The label as written, and as it was read, where a slip was repaired.
    pub(super) repaired: Option<(String, String)>,
    /// Where the value starts, in bytes of the line.
    pub(super) value_at: usize,
}

impl Label {
    /// The label of a field that is not known, its value from byte `value_at` on.
    pub(super) fn unknown(value_at: usize) -> Self {
        Self {
            field: Field::Other,
            primary: true,
            requirement: None,
            group: false,
            mixed: false,
            repaired: None,
            value_at,
        }
    }
}

/// The label that `text` begins with. Its words may be plain or bold, and may follow pictures or bullets of any kind.
pub(super) fn read(text: &Text) -> Option<Label> {
    let plain = text.plain.as_str();
    let start = after_pictures(plain)?;
    // No label is longer than this many bytes.
    let head = prefix(&plain[start..], 80);
    by_colon(head)
        .or_else(|| by_bold(text, start))
        .or_else(|| by_dash(head))
        .or_else(|| whole(head, plain.len() - start))
        .or_else(|| by_address(head))
        .map(|mut label| {
            label.value_at += start;
            let rest = &plain[label.value_at..];
            label.value_at += rest.len() - rest.trim_start_matches(is_filling).len();
            label
        })
}

/// Where the words of `plain` begin, after marks and named pictures (":memo:").
fn after_pictures(plain: &str) -> Option<usize> {
    let start = plain.find(|c: char| !is_decoration(c))?;
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c);
    let rest = plain[start..].trim_start_matches(name);
    let picture = plain[..start].ends_with(':') && rest.len() < plain.len() - start;
    match rest.strip_prefix(':').filter(|_| picture) {
        Some(rest) => Some(plain.len() - rest.len() + rest.find(|c: char| !is_decoration(c))?),
        None => Some(start),
    }
}

/// Marks that may come before a label: emphasis left over, bullets of another kind, a colon gone astray, pictures.
fn is_decoration(c: char) -> bool {
    c.is_whitespace() || "*_-:~`#>\\".contains(c) || (!c.is_ascii() && !c.is_alphanumeric())
}

/// Marks that may come between a label and its value.
fn is_filling(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | ':' | '\\' | '：' | '#')
}

fn by_colon(head: &str) -> Option<Label> {
    let (at, colon) = head
        .char_indices()
        .find(|(at, c)| *c == '：' || (*c == ':' && !head[at + 1..].starts_with("//")))?;
    phrase(&head[..at]).map(|l| Label { value_at: at + colon.len_utf8(), ..l })
}

fn by_bold(text: &Text, start: usize) -> Option<Label> {
    let run = text.bold.first().filter(|r| r.start <= start && r.end > start)?;
    let label = phrase(&text.plain[start..run.end])?;
    // "**Description** – text"
    let rest = &text.plain[run.end..];
    let dash = rest.trim_start().strip_prefix(['-', '–', '—']).filter(|r| r.starts_with(' '));
    let value_at = run.end + dash.map_or(0, |behind| rest.len() - behind.len()) - start;
    Some(Label { value_at, ..label })
}

fn by_dash(head: &str) -> Option<Label> {
    [" - ", " – ", " — ", ") -", "- "].iter().find_map(|dash| {
        let at = head.find(dash)?;
        let label = phrase(&head[..at + usize::from(dash.starts_with(')'))])?;
        (label.primary && !label.group).then(|| Label { value_at: at + dash.len(), ..label })
    })
}

/// A line that is nothing but a label: it needs no colon.
fn whole(head: &str, length: usize) -> Option<Label> {
    if length > head.len() || head.split_whitespace().count() > 5 {
        return None;
    }
    phrase(head.trim_end_matches(['.', ' '])).map(|l| Label { value_at: head.len(), ..l })
}

/// A label that runs into an address or a handle without a colon.
fn by_address(head: &str) -> Option<Label> {
    // An "@" within a word is part of an address, not the mark of a handle.
    let handle =
        || head.match_indices('@').map(|(at, _)| at).find(|at| head[..*at].ends_with([' ', '(']));
    let at = [head.find("http"), head.find("<http"), handle(), head.find("(@")];
    let at = at.into_iter().flatten().min()?;
    phrase(&head[..at]).filter(|l| l.primary && !l.group).map(|l| Label { value_at: at, ..l })
}

/// What the words of `written` name together; `value_at` is left 0.
pub(super) fn phrase(written: &str) -> Option<Label> {
    let (bare, asides) = without_brackets(written);
    let mut head: Option<(Field, bool)> = None;
    let mut requirement = None;
    let mut mixed = false;
    let mut address = false;
    let mut read_as: Vec<&str> = Vec::new();
    let mut slip = false;
    let mut count = 0;
    for word in words(&bare) {
        count += 1;
        if word.bytes().all(|b| b.is_ascii_digit()) && count > 1 {
            continue;
        }
        let (known, role, exact) = (count <= 8).then(|| look_up(&word)).flatten()?;
        slip |= !exact;
        read_as.push(known);
        match role {
            Role::Head(field, primary) => {
                // The last head decides ("mentee skills"), but a sure one is not undone by an unsure one, and skills
                // "and technologies" are skills.
                mixed |= primary && head.is_some_and(|(other, sure)| sure && other != field);
                let kept =
                    matches!((head, field), (Some((Field::Skills, true)), Field::Technologies));
                if (primary || !head.is_some_and(|(_, sure)| sure)) && !kept {
                    head = Some((field, primary));
                }
            }
            Role::Asks(asked) => requirement = Some(asked),
            Role::Address => address = true,
            Role::Side => {}
        }
    }
    let requirement = asked(&read_as, requirement, &asides);
    // Issues for newcomers are not the upstream issue of the project.
    if read_as.windows(2).any(|pair| pair == ["good", "first"]) {
        head = head.map(|_| (Field::Other, true));
    }
    let waived = matches!(requirement, Some(Requirement::Preferred | Requirement::Optional));
    let group = head.is_none() && (waived || is_asking(&read_as));
    let (field, primary) = match head {
        Some(found) => found,
        None if group => (Field::Skills, false),
        None if address && count <= 3 => (Field::Upstream, false),
        None if read_as.starts_with(&["cncf", "project"]) => (Field::Org, true),
        None => return None,
    };
    let repaired = slip.then(|| (written.trim().to_owned(), read_as.join(" ")));
    Some(Label { field, primary, requirement, group, mixed, repaired, value_at: 0 })
}

/// The requirement in a label of the words `of_label`: `said` by a single word, by words together, or in brackets.
fn asked(of_label: &[&str], said: Option<Requirement>, asides: &str) -> Option<Requirement> {
    let says = |any: &[&str]| of_label.iter().any(|w| any.contains(w));
    // "Required or preferred skills" asks for all of them alike.
    let alike = said.is_some() && says(&["required", "recommended"]);
    let good = says(&["good"]) && says(&["have", "haves"]);
    let aside = || {
        words(asides).find_map(|w| match look_up(&w) {
            Some((_, Role::Asks(asked), true)) => Some(asked),
            _ => None,
        })
    };
    let required = !alike && says(&["required", "mandatory", "essential", "must"]);
    said.filter(|_| !alike)
        .or(good.then_some(Requirement::Preferred))
        .or_else(aside)
        .or(required.then_some(Requirement::Required))
}

/// "Required", "Must have": groups within a list of skills.
fn is_asking(words: &[&str]) -> bool {
    matches!(words, ["required" | "recommended" | "mandatory" | "essential" | "minimum" | "must"])
        || matches!(words, ["must", "have" | "haves"])
}

/// `text` without its bracketed parts, and those parts.
fn without_brackets(text: &str) -> (String, String) {
    let (mut bare, mut asides, mut depth) = (String::new(), String::new(), 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                asides.push(' ');
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            // The hyphen of "co-mentor" and "pre-requisites" joins what the vocabulary knows apart.
            c if depth == 0 => bare.push(c),
            c => asides.push(c),
        }
    }
    (bare, asides)
}

/// Whether `text` is a placeholder that a template holds in place of a name or title.
pub(super) fn is_placeholder(text: &str) -> bool {
    const PLACES: &str = "cncf project name mentorship title org organization your the of here idea subproject sub sig";
    let mut count = 0;
    let mut named = false;
    for word in words(text) {
        count += 1;
        named |= matches!(fold(&word).as_str(), "name" | "title" | "here");
        if !is_among(PLACES, &word) {
            return false;
        }
    }
    named && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(line: &str) -> Option<(Field, String)> {
        let text = Text::plain(line);
        read(&text).map(|l| (l.field, text.plain[l.value_at..].to_owned()))
    }

    #[test]
    fn labels_are_known_however_they_are_written() {
        for (line, expected) in [
            ("Recommended Skills: Go", (Field::Skills, "Go")),
            ("Recommended Skills\\*\\*: Go", (Field::Skills, "Go")),
            ("Skils required : Go", (Field::Skills, "Go")),
            ("Metor(s): A", (Field::Mentors, "A")),
            ("Mentors(s): A", (Field::Mentors, "A")),
            ("Co-Mentor: A", (Field::Mentors, "A")),
            ("Upstraeam Issue: u", (Field::Upstream, "u")),
            ("Upstream Issue (Project URL): u", (Field::Upstream, "u")),
            ("LFX https://a.example", (Field::Lfx, "https://a.example")),
            ("Community Bridge project (URL): u", (Field::Lfx, "u")),
            ("Expected size of the project: 90 h", (Field::Size, "90 h")),
            ("Expected Outcomes", (Field::Outcome, "")),
            ("📌 Mentors：A", (Field::Mentors, "A")),
            ("Mentor 2: A", (Field::Mentors, "A")),
            ("Skills and technologies: Go", (Field::Skills, "Go")),
            ("CNCF Project Name: A", (Field::Org, "A")),
            (":memo: Description: d", (Field::Description, "d")),
            (":busts_in_silhouette: Mentors: A", (Field::Mentors, "A")),
            ("Mentored by: A", (Field::Mentors, "A")),
            ("Who: A", (Field::Mentors, "A")),
            ("GH issue: u", (Field::Upstream, "u")),
            ("Related issues/PRs: u", (Field::Upstream, "u")),
            ("Pull request: u", (Field::Upstream, "u")),
            ("Good first issues: u", (Field::Other, "u")),
        ] {
            assert_eq!(field(line), Some((expected.0, expected.1.to_owned())), "{line}");
        }
    }

    #[test]
    fn sentences_and_foreign_labels_are_not_labels() {
        for line in [
            "Documentation: write a guide",
            "UI view: a page",
            "https://a.example/issue",
            "The issue is that nobody reads this: a pity",
            "We expect results",
            "Stretch goal: more",
        ] {
            assert_eq!(field(line), None, "{line}");
        }
    }

    #[test]
    fn a_template_title_is_a_placeholder() {
        assert!(is_placeholder("CNCF Project Name"));
        assert!(!is_placeholder("CNCF Landscape"));
    }
}
