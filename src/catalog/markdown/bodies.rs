//! The bodies below one heading: where another project begins in them, and which title and organisation each has.
//!
//! Works on fields that were read already; `structure` knows which heading they are below.

use super::field::{Field, FieldSet};
use super::fields::{Body, Line, Part};
use super::headings::{self, FullTitle};
use crate::catalog::organisations;
use crate::catalog::text::fold;
use crate::catalog::urls;

/// A title within the text, and its line.
pub(super) type OwnTitle = (String, usize);

/// Whether the bodies in `body` have titles of their own, as lines before their first label.
pub(super) fn has_own_titles(body: &Body) -> bool {
    title_at(&body.preamble).is_some()
}

/// Where in `lines`, which come before fields, their title is: the last line, or a line that begins in bold.
fn title_at(lines: &[Line]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    if is_title_line(&lines[last]) {
        return Some(last);
    }
    (last.saturating_sub(NEAR)..=last).rev().find(|at| bold_start(&lines[*at]).is_some())
}

/// How many lines above its fields a title is looked for.
const NEAR: usize = 12;

/// Whether `line` can be the title of the fields that follow it: a full title, or a list item that is not a sentence.
fn is_title_line(line: &Line) -> bool {
    let plain = line.text.plain.trim();
    let words = plain.split_whitespace().count();
    let listed = line.bullet && (1..=20).contains(&words) && !plain.ends_with(['.', ':']);
    headings::full_title(plain).is_some() || listed
}

/// The end of the bold words that `line` begins with, where they can be a title.
pub(super) fn bold_start(line: &Line) -> Option<usize> {
    let run = line.text.bold.first().filter(|r| line.text.plain[..r.start].trim().is_empty())?;
    let words = line.text.plain[run.clone()].split_whitespace().count();
    (1..=20).contains(&words).then_some(run.end)
}

/// Takes the title out of `lines`: the title, and the lines after it, which belong to its project.
fn take_title(lines: &mut Vec<Line>) -> Option<(OwnTitle, Vec<Line>)> {
    let at = title_at(lines)?;
    let mut behind = lines.split_off(at);
    let line = behind.remove(0);
    let Some(end) = bold_start(&line) else {
        return Some(((line.text.clean(), line.line), behind));
    };
    let head = line.text.part(0..end).clean();
    let tail = line.text.tail(end);
    let colon = |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.');
    let skipped = tail.plain.len() - tail.plain.trim_start_matches(colon).len();
    let tail = tail.tail(skipped);
    let title = (head.trim_end_matches([':', '.', ' ']).to_owned(), line.line);
    if !tail.is_bare() {
        behind.insert(0, Line { text: tail, bullet: false, ..line });
    }
    Some((title, behind))
}

/// The organisation: what the project itself names (the programme's full title, a field), or the heading above; the
/// heading where both say the same in other words.
pub(super) fn org_of(body: &Body, full: Option<&FullTitle>, above: Option<&str>) -> Option<String> {
    let field = || {
        let line =
            body.get(Field::Org).first().and_then(|p| p.lines.first().map(|l| l.text.clean()))?;
        (line.len() <= 60).then_some(line)
    };
    let own = full.map(|f| f.org.clone()).or_else(field);
    match (own, above) {
        (Some(own), Some(above)) if !is_same_org(&own, above) => Some(own),
        (own, None) => own,
        (_, Some(above)) => Some(above.to_owned()),
    }
}

/// Whether `title` is no more than the name of the organisation `org`.
pub(super) fn is_org_name(title: &str, org: &str) -> bool {
    let known = |name| organisations::known().named(name).map(|k| k.name);
    fold(title) == fold(org) || known(title).is_some() && known(title) == known(org)
}

/// Whether `a` and `b` name the same organisation, the one perhaps more fully than the other.
pub(super) fn is_same_org(a: &str, b: &str) -> bool {
    let known = |name| organisations::known().named(name).map(|k| k.name);
    let (x, y) = (fold(a), fold(b));
    let within = |long: &str, short: &str| long.contains(short) && long.len() <= short.len() + 8;
    x == y || within(&x, &y) || within(&y, &x) || known(a).is_some() && known(a) == known(b)
}

/// Removes the line with the programme's full title from `body`.
pub(super) fn take_full_title(body: &mut Body) -> Option<FullTitle> {
    for lines in [&mut body.preamble, &mut body.rest] {
        let found =
            lines.iter().take(50).position(|l| headings::full_title(&l.text.plain).is_some());
        if let Some(at) = found {
            return headings::full_title(&lines.remove(at).text.plain);
        }
    }
    None
}

/// Where in `parts` another project begins: a field is repeated, and so are others after it, the first one among them.
pub(super) fn cuts(parts: &[Part]) -> Vec<usize> {
    let sure = |p: &Part| p.primary && !p.nested && !matches!(p.field, Field::Other);
    let mut cuts = Vec::new();
    let (mut seen, mut lead) = (FieldSet::default(), None);
    for (at, part) in parts.iter().enumerate().filter(|(_, p)| sure(p)) {
        if seen.contains(part.field) {
            let mut ahead = FieldSet::default();
            let mut next = parts[at..].iter().filter(|p| sure(p));
            while next.next().is_some_and(|p| ahead.insert(p.field)) {}
            let both = seen.intersection(ahead);
            let led = lead.is_some_and(|field| both.contains(field));
            if both.len() >= 3 || both.len() == 2 && led {
                // A second description right before it is its own as well.
                let own = |p: &&Part| !p.nested && p.field == Field::Description;
                let before = parts[..at].iter().rev().take_while(own).count();
                let first = cuts.last().copied().unwrap_or(0).min(at - before);
                let described =
                    parts[first..at - before].iter().any(|p| p.field == Field::Description);
                cuts.push(if described { at - before } else { at });
                (seen, lead) = (FieldSet::default(), None);
            }
        }
        lead = lead.or(Some(part.field));
        seen.insert(part.field);
    }
    cuts
}

/// `body` cut before the parts `cuts`, each piece with the title right before it, if any. `untitled` says
/// that the first piece has no heading.
pub(super) fn parted(
    mut body: Body,
    cuts: &[usize],
    untitled: bool,
) -> Vec<(Body, Option<OwnTitle>)> {
    let mut own = None;
    if untitled && let Some((title, behind)) = take_title(&mut body.preamble) {
        body.preamble = behind;
        own = Some(title);
    }
    let mut rest = std::mem::take(&mut body.rest).into_iter().peekable();
    let mut parts = std::mem::take(&mut body.parts).into_iter();
    let mut out = Vec::new();
    let mut current = (body, own);
    let mut done = 0;
    for cut in cuts {
        current.0.parts.extend(parts.by_ref().take(cut - done));
        done = *cut;
        let next_line = parts.as_slice().first().map_or(usize::MAX, |p| p.line);
        while let Some(line) = rest.next_if(|l| l.line <= next_line) {
            current.0.rest.push(line);
        }
        let mut taken = take_title(&mut current.0.rest);
        if taken.is_none() {
            // The title of the next project was taken for the end of the last value of this one.
            let last = current.0.parts.last_mut().map(|p| &mut p.lines);
            let title = |l: &mut Line| {
                l.depth == 0 && !l.bullet && (bold_start(l).is_some() || is_title_line(l))
            };
            let line = last.and_then(|lines| lines.pop_if(title));
            taken = line.and_then(|line| take_title(&mut vec![line]));
        }
        let (own, preamble) = taken.map_or((None, Vec::new()), |(t, behind)| (Some(t), behind));
        let next = Body { preamble, ..Body::default() };
        out.push(std::mem::replace(&mut current, (next, own)));
    }
    current.0.parts.extend(parts);
    current.0.rest.extend(rest);
    out.push(current);
    out
}

/// The title that a field of `body` gives, and its line.
pub(super) fn title_field(body: &Body) -> Option<OwnTitle> {
    let part = body.get(Field::Title).into_iter().next()?;
    let line = part.lines.first()?;
    let title = line.text.clean().trim_matches(['"', '\'', ' ']).to_owned();
    (!title.is_empty() && title.len() <= 200).then_some((title, line.line))
}

/// The upstream addresses of `body`.
pub(super) fn upstream(body: &Body) -> impl Iterator<Item = String> {
    let lines = body.get(Field::Upstream).into_iter().flat_map(|p| &p.lines);
    lines.flat_map(|l| l.text.urls()).filter(|u| !urls::is_platform(u))
}
