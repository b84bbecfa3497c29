//! What each section of a page is (an organisation, a group, a project, a frame) and which projects follow.
//!
//! Decided from the whole page: which levels carry fields, who owns the upstream addresses. Repairs what can be
//! repaired at once; joining bodies with lost headings is the work of `repairs`.

use super::fields::{Body, Line, Part};
use super::headings::{self, FullTitle};
use super::labels::Field;
use super::sections::Section;
use crate::catalog::organisations::{self, Organisation};
use crate::catalog::text::{clean, fold};
use crate::catalog::urls;

/// A project as the page lays it out, its values not yet read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    /// The line of the heading, or of the body where there is no heading.
    pub(super) line: usize,
    pub(super) org: Option<String>,
    pub(super) suborg: Option<String>,
    pub(super) term: Option<String>,
    pub(super) body: Body,
    /// Addresses linked from the heading.
    pub(super) links: Vec<String>,
    /// The heading that gave the organisation: drafts of one heading share the number.
    pub(super) org_section: usize,
    /// The heading names an organisation and not a project, so the body has lost its own.
    pub(super) stray: bool,
}

/// A heading without a body that may be the lost heading of one.
#[derive(Debug)]
pub(super) struct Bodiless {
    pub(super) title: String,
    pub(super) line: usize,
    pub(super) org: Option<String>,
    pub(super) suborg: Option<String>,
    pub(super) links: Vec<String>,
    pub(super) org_section: usize,
    /// Whether projects stand at its level and organisations do not, so that it must be a project.
    pub(super) sure: bool,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) drafts: Vec<Draft>,
    pub(super) bodiless: Vec<Bodiless>,
    /// The term that the page as a whole names.
    pub(super) term: Option<String>,
    /// Tables outside templates, with the organisation of their section.
    pub(super) tables: Vec<(usize, Option<String>)>,
    /// Organisations without projects: line and name.
    pub(super) empty: Vec<(usize, String)>,
    /// The names of the organisations, in the order of the page.
    pub(super) orgs: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Skipped,
    Frame,
    Org,
    Group,
    Project,
    Bodiless { sure: bool },
}

/// The outline of the page that `sections` make.
pub(super) fn outline(sections: Vec<Section>) -> Outline {
    let levels = Levels::of(&sections);
    let classes = classify(&sections, &levels);
    let mut outline = Outline::default();
    let mut org: Option<(u8, String)> = None;
    let mut group: Option<(u8, String)> = None;
    let mut org_section = 0;
    for (at, (section, class)) in sections.into_iter().zip(&classes).enumerate() {
        let name = section.heading();
        if *class != Class::Skipped {
            outline
                .tables
                .extend(section.tables.iter().map(|t| (*t, org.as_ref().map(|o| o.1.clone()))));
            if outline.term.is_none() {
                outline.term = crate::catalog::terms::find(&name);
            }
        }
        match class {
            Class::Skipped => {}
            Class::Frame => {
                if org.as_ref().is_some_and(|(level, _)| section.level <= *level) {
                    (org, group) = (None, None);
                }
                if section.body.strength() >= 2 {
                    let place = (org.as_ref().map(|o| o.1.clone()), None, at);
                    outline.bodies(section, None, place);
                }
            }
            Class::Org => {
                let name = headings::org_name(&name);
                outline.orgs.push(name.clone());
                org = Some((section.level, name));
                group = None;
                org_section = at;
            }
            Class::Group => group = Some((section.level, name)),
            Class::Project | Class::Bodiless { .. } => {
                if group.as_ref().is_some_and(|(level, _)| section.level <= *level) {
                    group = None;
                }
                // An organisation's name over a project's body: the organisation is meant, the title is lost.
                if *class == Class::Project && is_stray(&section) {
                    outline.orgs.push(name.clone());
                    org = Some((section.level, name.clone()));
                    org_section = at;
                }
                let place = (
                    org.as_ref().map(|o| o.1.clone()),
                    group.as_ref().map(|g| g.1.clone()),
                    org_section,
                );
                match class {
                    Class::Bodiless { sure } => outline.bodiless.push(Bodiless {
                        title: name,
                        line: section.line,
                        org: place.0,
                        suborg: place.1,
                        links: section.title.urls(),
                        org_section,
                        sure: *sure,
                    }),
                    _ => outline.bodies(section, Some(name), place),
                }
            }
        }
    }
    outline
}

/// Which levels carry projects, and which the organisations above them.
struct Levels {
    projects: [bool; 8],
    orgs: [bool; 8],
}

impl Levels {
    fn of(sections: &[Section]) -> Self {
        let mut levels = Self { projects: [false; 8], orgs: [false; 8] };
        for (at, section) in sections.iter().enumerate() {
            if is_strong(section) {
                levels.projects[usize::from(section.level)] = true;
            } else if sections
                .get(at + 1)
                .is_some_and(|next| next.level > section.level && is_strong(next))
            {
                levels.orgs[usize::from(section.level)] = true;
            }
        }
        levels
    }
}

/// Whether the fields below a heading make it a project for sure.
fn is_strong(section: &Section) -> bool {
    section.level > 0 && section.body.strength() >= 2
}

fn classify(sections: &[Section], levels: &Levels) -> Vec<Class> {
    let mut classes = vec![Class::Skipped; sections.len()];
    let mut template: Option<u8> = None;
    let mut org_level: Option<u8> = None;
    // The first section of the same or a higher rank behind each section, found from the end.
    let ends = subtree_ends(sections);
    for (at, section) in sections.iter().enumerate() {
        let heading = section.heading();
        if template.is_some_and(|level| section.level > level) {
            continue;
        }
        template = None;
        if section.level > 0 && headings::is_template(&heading) {
            template = Some(section.level);
            continue;
        }
        let place = Place { sections, levels, at, end: ends[at], org_level };
        classes[at] = place.class(&heading);
        match classes[at] {
            Class::Org => org_level = Some(section.level),
            Class::Frame if org_level.is_some_and(|l| section.level <= l) => org_level = None,
            _ => {}
        }
    }
    classes
}

fn subtree_ends(sections: &[Section]) -> Vec<usize> {
    let mut ends = vec![sections.len(); sections.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        while let Some(last) = open.pop_if(|last| sections[*last].level >= section.level) {
            ends[last] = at;
        }
        open.push(at);
    }
    ends
}

/// A section among the others.
struct Place<'a> {
    sections: &'a [Section],
    levels: &'a Levels,
    at: usize,
    end: usize,
    org_level: Option<u8>,
}

impl Place<'_> {
    fn class(&self, heading: &str) -> Class {
        let section = &self.sections[self.at];
        let frame = section.level == 0 || headings::is_frame(heading);
        if is_strong(section) && !(frame && self.has_projects_below()) {
            return if frame && has_own_titles(&section.body) {
                Class::Frame
            } else {
                Class::Project
            };
        }
        if frame {
            return Class::Frame;
        }
        let level = usize::from(section.level);
        if self.has_projects_below() {
            return self.org_or_group(heading);
        }
        let known = organisations::known().named(heading).is_some();
        let next = self.sections.get(self.at + 1);
        let next_is_peer = next.is_some_and(|n| n.level == section.level && is_strong(n));
        if section.is_empty() {
            let named = known || next_is_peer && next.is_some_and(|n| owner_is(&n.body, heading));
            let short = heading.split_whitespace().count() <= 3
                && self.levels.orgs[level]
                && section.title.links.is_empty();
            if named || short {
                return Class::Org;
            }
            return Class::Bodiless {
                sure: self.levels.projects[level] && !self.levels.orgs[level],
            };
        }
        let fields = section.body.parts.iter().any(|p| p.primary && !p.nested);
        let under_org = self.org_level.is_some_and(|l| l < section.level);
        if self.levels.projects[level]
            && !known
            && (fields || under_org && !self.levels.orgs[level])
        {
            return Class::Project;
        }
        if known && self.org_level.is_none_or(|l| section.level <= l) {
            Class::Org
        } else {
            Class::Frame
        }
    }

    fn has_projects_below(&self) -> bool {
        // Looking at few sections is enough: a heading's projects begin right below it, or below its groups.
        self.sections[self.at + 1..self.end].iter().take(12).any(is_strong)
    }

    /// A heading between an organisation and projects is a group, unless it is an organisation itself.
    fn org_or_group(&self, heading: &str) -> Class {
        let section = &self.sections[self.at];
        if self.org_level.is_none_or(|level| section.level <= level) {
            return Class::Org;
        }
        let below = || self.sections[self.at + 1..self.end].iter().take(12);
        let owned = below().any(|s| owner_is(&s.body, heading));
        if owned || organisations::known().named(heading).is_some() {
            Class::Org
        } else {
            Class::Group
        }
    }
}

/// Whether the owner of an upstream repository of `body` bears the name `heading`.
fn owner_is(body: &Body, heading: &str) -> bool {
    let name = fold(heading);
    upstream(body)
        .iter()
        .any(|url| urls::repository(url).is_some_and(|(owner, _)| fold(owner) == name))
}

/// The upstream addresses of `body`.
pub(super) fn upstream(body: &Body) -> Vec<String> {
    let lines = body.get(Field::Upstream).into_iter().flat_map(|p| &p.lines);
    lines.flat_map(|l| l.text.urls()).filter(|u| !urls::is_platform(u)).collect()
}

/// Whether the heading of a body is the name of an organisation whose repositories the body does not name.
fn is_stray(section: &Section) -> bool {
    let heading = section.heading();
    let Some(known) = organisations::known().named(&heading) else { return false };
    let urls = upstream(&section.body);
    !urls.is_empty()
        && !urls.iter().any(|u| known.owns(u))
        && urls.iter().any(|u| behind(u).is_some())
}

/// The organisation whose repository `url` names.
pub(super) fn behind(url: &str) -> Option<&'static Organisation> {
    organisations::known().behind(url).next()
}

/// Whether the bodies in `body` bring titles of their own, as lines before their first label.
fn has_own_titles(body: &Body) -> bool {
    body.preamble.last().is_some_and(|l| is_title_line(l))
}

/// Whether `line` can be the title of the fields that follow it: a bold or listed line of its own, no sentence.
fn is_title_line(line: &Line) -> bool {
    let plain = line.text.plain.trim();
    let bold = line
        .text
        .bold
        .first()
        .is_some_and(|r| r.start == 0 && r.end + 1 >= line.text.plain.trim_end().len());
    let words = plain.split_whitespace().count();
    (bold || line.bullet) && (1..=20).contains(&words) && !plain.ends_with(['.', ':'])
}

type Where = (Option<String>, Option<String>, usize);

impl Outline {
    /// Adds the body of `section`, which may hold several projects, the later ones without a heading.
    fn bodies(&mut self, section: Section, title: Option<String>, place: Where) {
        let stray = title.is_some() && is_stray(&section);
        let links = section.title.urls();
        let (line, body_line) = (section.line, section.body_line);
        let cuts = cuts(&section.body.parts);
        for (i, (mut body, own_title)) in
            parted(section.body, &cuts, title.is_none()).into_iter().enumerate()
        {
            let first = i == 0 && title.is_some();
            let full = take_full_title(&mut body);
            let start = body.parts.first().map_or(body_line, |p| p.line);
            let headed = first.then(|| title.clone()).flatten();
            let given = headed.clone().or_else(|| own_title.as_ref().map(|(t, _)| t.clone()));
            let full = full.or_else(|| given.as_deref().and_then(headings::full_title));
            let given = given.map(|t| headings::full_title(&t).map_or(t, |f| f.title));
            let line =
                if headed.is_some() { line } else { own_title.as_ref().map_or(start, |(_, l)| *l) };
            self.drafts.push(Draft {
                title: given.map(|t| headings::bare_title(&t).to_owned()),
                line,
                org: org_of(&body, full.as_ref()).or_else(|| place.0.clone()),
                suborg: place.1.clone(),
                term: full.and_then(|f| f.term),
                body,
                links: if first { links.clone() } else { Vec::new() },
                org_section: place.2,
                stray: first && stray,
            });
        }
    }
}

/// The organisation that the project itself names: the programme's full title, or a field.
fn org_of(body: &Body, full: Option<&FullTitle>) -> Option<String> {
    let field = || {
        let line =
            body.get(Field::Org).first().and_then(|p| p.lines.first().map(|l| l.text.clean()))?;
        (line.len() <= 60).then_some(line)
    };
    full.map(|f| f.org.clone()).or_else(field)
}

/// Removes the line with the programme's full title from `body`.
fn take_full_title(body: &mut Body) -> Option<FullTitle> {
    let at =
        body.preamble.iter().take(3).position(|l| headings::full_title(&l.text.plain).is_some())?;
    headings::full_title(&clean(&body.preamble.remove(at).text.plain))
}

/// Where in `parts` another project begins: its first field comes again, and so does another one.
fn cuts(parts: &[Part]) -> Vec<usize> {
    let sure = |p: &Part| p.primary && !p.nested;
    let Some(lead) = parts.iter().find(|p| sure(p)).map(|p| p.field) else { return Vec::new() };
    let starts: Vec<usize> =
        (0..parts.len()).filter(|i| parts[*i].field == lead && sure(&parts[*i])).collect();
    let fields = |from: usize, to: usize| {
        parts[from..to].iter().filter(|p| sure(p)).fold(0u32, |set, p| set | 1 << p.field as u32)
    };
    let mut cuts = Vec::new();
    let mut from = 0;
    for (i, start) in starts.iter().enumerate().skip(1) {
        let end = starts.get(i + 1).copied().unwrap_or(parts.len());
        let both = fields(from, *start) & fields(*start, end);
        if both.count_ones() >= 2 {
            cuts.push(*start);
            from = *start;
        }
    }
    cuts
}

/// `body` cut before the parts `cuts`, each piece with the title line that stands right before it, if any.
fn parted(
    mut body: Body,
    cuts: &[usize],
    first_title: bool,
) -> Vec<(Body, Option<(String, usize)>)> {
    let title = |line: Line| (line.text.clean(), line.line);
    let mut own = None;
    if first_title && has_own_titles(&body) {
        own = body.preamble.pop().map(title);
    }
    if cuts.is_empty() {
        return vec![(body, own)];
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
        while let Some(line) = rest.next_if(|l| l.line < next_line) {
            current.0.rest.push(line);
        }
        let mut own = current.0.rest.pop_if(|l| is_title_line(l)).map(title);
        if own.is_none() {
            // The title of the next project was taken for the end of the last value of this one.
            let last = current.0.parts.last_mut();
            own = last
                .and_then(|p| p.lines.pop_if(|l| is_title_line(l) && l.depth == 0 && !l.bullet))
                .map(title);
        }
        out.push(std::mem::replace(&mut current, (Body::default(), own)));
    }
    current.0.parts.extend(parts);
    current.0.rest.extend(rest);
    out.push(current);
    out
}
