//! Repairs that need the whole page: bodies that lost their heading, organisations that the upstream owner corrects.
//!
//! Works on drafts; every repair is reported as a flaw.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::bodies;
use super::outline::{Draft, HeadingOnly, Outline};
use crate::catalog::flaws::Flaws;
use crate::catalog::organisations;
use crate::catalog::text::{self, fold, words};
use crate::model::Code;

/// Joins and corrects what is out of order on the page.
pub(super) fn apply(outline: &mut Outline, flaws: &mut Flaws) {
    join_lost_bodies(outline, flaws);
    correct_orgs(outline, flaws);
    for headless in outline.drafts.iter_mut().filter(|d| d.title.is_none()) {
        headless.title = Some(name_for(headless));
        flaws.warning(
            headless.line,
            Code::BodyWithoutHeading,
            "fields of a project without a heading",
            "give the project a heading",
        );
    }
    outline.drafts.sort_by_key(|d| d.line);
}

/// The telling words of `text`: long enough to mean something, each once.
fn telling(text: &str) -> HashSet<String> {
    words(text).filter(|w| w.chars().count() > 3 && !text::is_among(STOP, w)).collect()
}

const STOP: &str =
    "with from into that this support through using project default implement improve for";

/// Gives each body without a heading the heading without a body whose words it repeats.
fn join_lost_bodies(outline: &mut Outline, flaws: &mut Flaws) {
    let mut taken: HashSet<usize> = HashSet::new();
    let mut joined: HashSet<usize> = HashSet::new();
    for (orphan, at) in alike(outline) {
        if joined.contains(&orphan) || !taken.insert(at) {
            continue;
        }
        joined.insert(orphan);
        join(&mut outline.drafts[orphan], &outline.headings[at], &outline.orgs, flaws);
    }
    let headings = std::mem::take(&mut outline.headings);
    for (_, heading) in headings.into_iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        keep_or_report(outline, heading, flaws);
    }
    for draft in outline.drafts.iter().filter(|d| d.stray) {
        let org = draft.title.as_deref().unwrap_or_default();
        flaws.warning(
            draft.line,
            Code::BodyWithoutHeading,
            format!("the fields stand right below the organisation \"{org}\""),
            "give the project a heading of its own",
        );
    }
}

/// The drafts without a heading and the headings without a body, by their indices, that share most of the words of the
/// heading; those that share the most words first.
fn alike(outline: &Outline) -> Vec<(usize, usize)> {
    let orphans = outline.drafts.iter().enumerate().filter(|(_, d)| d.stray || d.title.is_none());
    let mut pairs: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
    // Pages have a handful of such bodies and headings; the bound keeps hostile pages cheap.
    for (orphan, draft) in orphans.take(64) {
        let text = telling(&text_of(draft));
        for (at, heading) in outline.headings.iter().enumerate().take(64) {
            let title = telling(&heading.title);
            let shared = title.intersection(&text).count();
            if shared >= 2 && shared * 2 >= title.len() {
                pairs.push((Reverse(shared), orphan, at));
            }
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(_, orphan, at)| (orphan, at)).collect()
}

/// Joins `draft` with `heading`, which belongs to it; `orgs` are the organisations of the page.
fn join(draft: &mut Draft, heading: &HeadingOnly, orgs: &[String], flaws: &mut Flaws) {
    let above = match draft.title.take() {
        Some(title) => format!("the heading \"{title}\""),
        None => "no heading".to_owned(),
    };
    flaws.warning(
        heading.line,
        Code::HeadingWithoutBody,
        format!("\"{}\" has no body; the one below {above} on line {} tells of it and was joined with it", heading.title, draft.line),
        "move the body below its heading",
    );
    flaws.warning(
        draft.line,
        Code::BodyWithoutHeading,
        format!("the project below {above} is \"{}\" of line {}", heading.title, heading.line),
        "move the body below its heading",
    );
    draft.title = Some(heading.title.clone());
    draft.line = heading.line;
    draft.links = heading.links.clone();
    draft.stray = false;
    draft.org = evident_org(draft, orgs).or_else(|| heading.org.clone());
    draft.org_line = heading.org_line.filter(|_| draft.org == heading.org);
    draft.suborg = heading.suborg.clone();
    draft.org_section = heading.org_section;
}

/// A heading that no body was found for is a project where it leads to the platform, and is only reported elsewhere.
fn keep_or_report(outline: &mut Outline, heading: HeadingOnly, flaws: &mut Flaws) {
    if !heading.links.iter().any(|u| crate::catalog::urls::is_platform(u)) {
        flaws.error(
            heading.line,
            Code::HeadingWithoutBody,
            format!("nothing stands below \"{}\"", heading.title),
            "add its fields or remove it",
        );
        return;
    }
    flaws.warning(
        heading.line,
        Code::HeadingWithoutBody,
        format!("nothing stands below the project \"{}\"", heading.title),
        "add its fields",
    );
    outline.drafts.push(Draft {
        title: Some(heading.title),
        line: heading.line,
        org: heading.org,
        org_line: heading.org_line,
        suborg: heading.suborg,
        term: None,
        body: Default::default(),
        links: heading.links,
        org_section: heading.org_section,
        stray: false,
    });
}

/// The text of a draft, for comparing words.
fn text_of(draft: &Draft) -> String {
    let lines = draft.body.preamble.iter().chain(draft.body.parts.iter().flat_map(|p| &p.lines));
    lines.take(200).map(|l| l.text.plain.as_str()).collect::<Vec<_>>().join(" ")
}

/// The organisation of this page that both the upstream owner and the title or text name.
fn evident_org(draft: &Draft, orgs: &[String]) -> Option<String> {
    let named = draft.title.as_deref().unwrap_or_default();
    let urls: Vec<String> = bodies::upstream(&draft.body).collect();
    let mentioned = organisations::known().mentioned(named);
    let owner = urls
        .iter()
        .flat_map(|u| organisations::known().owners_of(u))
        .find(|o| mentioned.iter().any(|m| m.name == o.name))?;
    let here =
        orgs.iter().find(|o| organisations::known().named(o).is_some_and(|k| k.name == owner.name));
    here.cloned()
}

/// Corrects the organisation where the upstream owner and the title name another one of the same page, and nothing
/// below the heading above confirms it.
fn correct_orgs(outline: &mut Outline, flaws: &mut Flaws) {
    let mut confirmed: HashSet<usize> = HashSet::new();
    for draft in &outline.drafts {
        let known = draft.org.as_deref().and_then(|o| organisations::known().named(o));
        if known.is_some_and(|k| bodies::upstream(&draft.body).any(|u| k.owns(&u))) {
            confirmed.insert(draft.org_section);
        }
    }
    let orgs = outline.orgs.clone();
    for draft in outline.drafts.iter_mut().filter(|d| !confirmed.contains(&d.org_section)) {
        let Some(org) = evident_org(draft, &orgs) else { continue };
        let current = draft.org.as_deref().unwrap_or_default();
        let title = draft.title.as_deref().unwrap_or_default();
        let disowned = draft.org.is_none() || organisations::known().named(current).is_some();
        if fold(&org) == fold(current)
            || !disowned
            || fold(title).contains(&fold(current)) && !current.is_empty()
        {
            continue;
        }
        flaws.warning(
            draft.line,
            Code::WrongOrganisation,
            format!("\"{title}\" stands below \"{current}\", but its title and its upstream address are of {org}: read as {org}'s"),
            format!("move it below the heading of {org}"),
        );
        draft.org = Some(org);
        draft.org_line = None;
        draft.suborg = None;
    }
}

/// A name for a project that has none: the beginning of its text, which may be empty.
fn name_for(draft: &Draft) -> String {
    let text = draft
        .body
        .get(super::field::Field::Description)
        .first()
        .and_then(|p| p.lines.first())
        .map(|l| l.text.clean());
    let text = text
        .or_else(|| draft.body.parts.iter().find_map(|p| p.lines.first()).map(|l| l.text.clean()))
        .unwrap_or_default();
    let sentence = text.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let start: Vec<&str> = sentence.split_whitespace().take(12).collect();
    start.join(" ")
}
