//! From a draft to a project: the values of its fields are read.
//!
//! Values only; which lines belong to which field is already decided.

use super::bodies;
use super::field::Field;
use super::fields::{Body, Line};
use super::outline::Draft;
use crate::catalog::flaws::Flaws;
use crate::catalog::rich_text::Text;
use crate::catalog::text::{clean, emails, fold, has_content, prefix, remove_emails};
use crate::catalog::{mentors, urls};
use crate::model::{AskedSkill, Code, Mentor, Passage, Project, Requirement, Source};
use crate::skills::list;

/// The project of `draft`; its id, maturity and, where only the page names it, its term are filled in later.
pub(super) fn read(draft: Draft, source: Source, flaws: &mut Flaws) -> Project {
    let body = &draft.body;
    for (line, written, read) in &body.repaired {
        flaws.note(
            *line,
            Code::MisspeltLabel,
            format!("the label \"{written}\" was read as \"{read}\""),
            format!("write \"{read}\""),
        );
    }
    let term = draft.term.or_else(|| {
        let line = body.get(Field::Term).first().and_then(|p| p.lines.first())?;
        crate::catalog::terms::find(&line.text.plain)
    });
    let project = Project {
        id: String::new(),
        title: clean(draft.title.as_deref().unwrap_or_default()),
        org: draft.org,
        org_line: draft.org_line,
        suborg: draft.suborg,
        term,
        maturity: None,
        description: description(body),
        expected_outcome: outcome(body),
        skills: skills(body, Field::Skills),
        technologies: skills(body, Field::Technologies),
        upstream_urls: distinct(bodies::upstream(body)),
        lfx_url: platform(body, &draft.links),
        mentors: mentors(body),
        prerequisites: Vec::new(),
        source,
    };
    report_address(body, flaws);
    project
}

/// The description by its labels; where there is none, the lines that no label claims.
fn description(body: &Body) -> Vec<Passage> {
    let labelled = |primary: bool| {
        let parts = body
            .parts
            .iter()
            .filter(move |p| p.field == Field::Description && p.primary == primary && !p.nested);
        parts.flat_map(|p| &p.lines)
    };
    let sure = passages(labelled(true));
    if !sure.is_empty() {
        // The text below "Background" or "Motivation" belongs to it too.
        return sure.into_iter().chain(passages(labelled(false))).collect();
    }
    let free = passages(body.preamble.iter().chain(labelled(false)));
    if !free.is_empty() {
        return free;
    }
    let quoted = passages(body.get(Field::Description).into_iter().flat_map(|p| &p.lines));
    if !quoted.is_empty() { quoted } else { passages(&body.rest) }
}

/// The outcome by its labels, the uncertain ones ("Goals") included.
fn outcome(body: &Body) -> Vec<Passage> {
    let own = body.parts.iter().filter(|p| p.field == Field::Outcome && !p.nested);
    let own = passages(own.flat_map(|p| &p.lines));
    if !own.is_empty() {
        own
    } else {
        passages(body.get(Field::Outcome).into_iter().flat_map(|p| &p.lines))
    }
}

/// Lines as passages: the lines of a paragraph make one.
pub(super) fn passages<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut block = None;
    for line in lines {
        let text = clean(&remove_emails(&line.text.plain));
        if !has_content(&text) {
            continue;
        }
        let text = line.number.map_or_else(|| text.clone(), |number| format!("{number}. {text}"));
        match out.last_mut().filter(|_| block == Some(line.block)) {
            Some(last) => {
                last.text.push(' ');
                if line.line > last.line_at(last.text.len()) {
                    last.further_lines.push((last.text.len(), line.line));
                }
                last.text.push_str(&text);
            }
            None => out.push(Passage::on_line(line.line, text)),
        }
        block = Some(line.block);
    }
    out
}

/// Lines longer than this many bytes are cut before a list is read from them.
const LONGEST_LIST: usize = 8192;

fn skills(body: &Body, field: Field) -> Vec<AskedSkill> {
    let mut out: Vec<AskedSkill> = Vec::new();
    let mut last = 0;
    let mut parts = body.get(field);
    if parts.iter().any(|p| p.primary && !p.nested) {
        // "Prerequisites" and "Languages" beside "Recommended Skills" are asked for as well.
        let unsure = body.parts.iter().filter(|p| p.field == field && !p.primary && !p.nested);
        parts.extend(unsure);
        parts.sort_by_key(|p| p.line);
    }
    for part in parts {
        let lines = unwrapped(&part.lines);
        let lines: Vec<list::Line<'_>> = lines
            .iter()
            .map(|(text, line)| list::Line {
                text: prefix(text, LONGEST_LIST),
                depth: line.depth,
                bullet: line.bullet,
                line: line.line,
            })
            .collect();
        let mut read = list::read(&lines, part.requirement.unwrap_or(Requirement::Required));
        // Numbers of alternatives are unique within a project, not within a list.
        for skill in &mut read {
            skill.alternative = skill.alternative.map(|n| n.saturating_add(last));
        }
        last = read.iter().filter_map(|s| s.alternative).max().unwrap_or(last);
        out.extend(read.into_iter().filter(|new| has_content(&new.text)));
    }
    out
}

/// The lines of a list, a line that merely goes on from the one before joined with it.
fn unwrapped(lines: &[Line]) -> Vec<(String, &Line)> {
    let mut out: Vec<(String, &Line)> = Vec::new();
    for line in lines {
        let text = clean(&remove_emails(&line.text.plain));
        match out.last_mut() {
            Some((before, first))
                if !line.bullet && line.block == first.block && goes_on(before, &text) =>
            {
                before.push(' ');
                before.push_str(&text);
            }
            _ => out.push((text, line)),
        }
    }
    out
}

/// Whether `text` goes on with the line `before`, which the width of the page has broken.
fn goes_on(before: &str, text: &str) -> bool {
    before.ends_with([',', '(', '-', '&', '/'])
        || before.len() > 60
        || text.starts_with(|c: char| c.is_lowercase())
        || before.ends_with(" and")
        || before.ends_with(" or")
}

fn distinct(urls: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    urls.take(1000).filter(|u| seen.insert(u.trim_end_matches('/').to_lowercase())).collect()
}

/// The address on the platform: by its label, by the heading's link, or anywhere among the fields.
fn platform(body: &Body, heading: &[String]) -> Option<String> {
    let labelled: Vec<String> = body
        .get(Field::Lfx)
        .into_iter()
        .flat_map(|p| &p.lines)
        .flat_map(|l| l.text.urls())
        .take(100)
        .collect();
    urls::first_on_platform(&labelled)
        .or_else(|| urls::first_on_platform(heading))
        .or_else(|| labelled.first().cloned())
        .or_else(|| {
            let elsewhere = body
                .parts
                .iter()
                .filter(|p| matches!(p.field, Field::Upstream | Field::Other))
                .flat_map(|p| &p.lines);
            let urls = elsewhere.chain(&body.rest).flat_map(|l| l.text.urls()).take(100);
            urls::first_on_platform(&urls.collect::<Vec<_>>()).filter(|u| u.contains("/project"))
        })
}

fn mentors(body: &Body) -> Vec<Mentor> {
    let mut out: Vec<Mentor> = Vec::new();
    let parts = body.get(Field::Mentors);
    let unnested = |p: &&&super::fields::Part| !p.nested;
    let chosen: Vec<_> = if parts.iter().any(|p| !p.nested) {
        parts.iter().filter(unnested).collect()
    } else {
        parts.iter().collect()
    };
    for (text, within) in people(chosen.into_iter().flat_map(|p| &p.lines).take(200)) {
        let read = mentors::read(&text);
        // "Name: Ann" and "GitHub: @ann" on lines of their own are one person.
        let handle = fold(prefix(&text.plain, 12)).starts_with("github");
        match (out.last_mut(), read.as_slice()) {
            (Some(last), [Mentor { name: None, github: Some(github) }])
                if (handle || within) && last.github.is_none() =>
            {
                last.github = Some(github.clone());
            }
            _ => mentors::merge(&mut out, read),
        }
    }
    out
}

/// The lines that name people, and whether each goes on with the one before: in its paragraph, or in a list below it.
/// One that begins with a bracket is joined with the name that the bracket belongs to.
fn people<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<(Text, bool)> {
    let mut out: Vec<(Text, bool)> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        let wrapped = !line.bullet && above.is_some_and(|a| a.block == line.block);
        let below = above.is_some_and(|a| a.bullet && line.depth > a.depth);
        let bracket = line.text.plain.trim_start().starts_with(['(', '[', '<', '（']);
        match out.last_mut() {
            Some((name, _)) if wrapped && bracket => name.add(" ", &line.text),
            _ => out.push((line.text.clone(), wrapped || below)),
        }
        if !wrapped && !below {
            above = Some(line);
        }
    }
    out
}

/// Reports that a project shows a mail address, once a project.
fn report_address(body: &Body, flaws: &mut Flaws) {
    let lines = body.parts.iter().filter(|p| p.field == Field::Mentors).flat_map(|p| &p.lines);
    if let Some(line) = lines.take(200).find(|l| !emails(&l.text.plain).is_empty()) {
        flaws.note(
            line.line,
            Code::AddressInClear,
            "a mail address stands in clear for anyone to collect",
            "name mentors by their GitHub handle alone",
        );
    }
}
