//! From sections to drafts of projects: each gets the organisation and the group that stand above it.
//!
//! What a section is, `classes` decides; joining bodies with lost headings is the work of `repairs`.

use super::bodies;
use super::classes::{self, Class, Levels};
use super::field::Field;
use super::fields::{Body, Part};
use super::headings;
use super::sections::Section;
use crate::catalog::organisations;

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
pub(super) struct HeadingOnly {
    pub(super) title: String,
    pub(super) line: usize,
    pub(super) org: Option<String>,
    pub(super) suborg: Option<String>,
    pub(super) links: Vec<String>,
    pub(super) org_section: usize,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) drafts: Vec<Draft>,
    pub(super) bodiless: Vec<HeadingOnly>,
    /// The term that the page as a whole names.
    pub(super) term: Option<String>,
    /// Tables outside templates, with the organisation of their section.
    pub(super) tables: Vec<(usize, Option<String>)>,
    /// Headings with text that may be projects but have no fields: line and heading.
    pub(super) unread: Vec<(usize, String)>,
    /// The names of the organisations, in the order of the page.
    pub(super) orgs: Vec<String>,
    /// The mentors that the last organisation names for all of its projects.
    mentors: Vec<Part>,
}

/// The outline of the page that `sections` make.
pub(super) fn outline(sections: Vec<Section>) -> Outline {
    let levels = Levels::of(&sections);
    let classes = classes::classify(&sections, &levels);
    let mut outline = Outline::default();
    let mut org: Option<(u8, String)> = None;
    let mut group: Option<(u8, String)> = None;
    let mut org_section = 0;
    for (at, (section, class)) in sections.into_iter().zip(&classes).enumerate() {
        let name = section.heading();
        if *class != Class::Skipped && outline.term.is_none() {
            outline.term = crate::catalog::terms::find(&name);
        }
        let tables = section.tables.clone();
        match class {
            Class::Skipped => {}
            Class::Unread => outline.unread.push((section.line, name)),
            Class::Frame => {
                if org.as_ref().is_some_and(|(level, _)| section.level <= *level) {
                    (org, group) = (None, None);
                    outline.mentors.clear();
                }
                if section.body.is_told() {
                    let place = (org.as_ref().map(|o| o.1.clone()), None, at);
                    outline.bodies(section, None, place);
                }
            }
            Class::Org => {
                let name = headings::org_name(&name);
                outline.orgs.push(name.clone());
                outline.mentors = section.body.parts;
                outline.mentors.retain(|p| p.field == Field::Mentors && p.primary && !p.nested);
                org = Some((section.level, name));
                group = None;
                org_section = at;
            }
            Class::Group => group = Some((section.level, name)),
            Class::Project | Class::HeadingOnly => {
                if group.as_ref().is_some_and(|(level, _)| section.level <= *level) {
                    group = None;
                }
                // An organisation's name over a project's body: the organisation is meant, the title is lost.
                let org_heading = levels.orgs[usize::from(section.level)]
                    && organisations::known().named(&name).is_some();
                if *class == Class::Project && (org_heading || is_stray(&section)) {
                    outline.mentors.clear();
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
                    Class::HeadingOnly => outline.bodiless.push(HeadingOnly {
                        title: name,
                        line: section.line,
                        org: place.0,
                        suborg: place.1,
                        links: section.title.urls(),
                        org_section,
                    }),
                    _ => outline.bodies(section, Some(name), place),
                }
            }
        }
        if *class != Class::Skipped {
            let org = org.as_ref().map(|o| o.1.clone());
            outline.tables.extend(tables.into_iter().map(|table| (table, org.clone())));
        }
    }
    let mut seen = std::collections::HashSet::new();
    outline.orgs.retain(|name| seen.insert(name.clone()));
    outline
}

/// Whether the heading of a body is the name of an organisation whose repositories the body does not name.
fn is_stray(section: &Section) -> bool {
    let heading = section.heading();
    let Some(known) = organisations::known().named(&heading) else { return false };
    let urls: Vec<String> = bodies::upstream(&section.body).collect();
    !urls.is_empty()
        && !urls.iter().any(|u| known.owns(u))
        && urls.iter().any(|u| organisations::known().owners_of(u).next().is_some())
}

type Where = (Option<String>, Option<String>, usize);

impl Outline {
    /// Adds the body of `section`, which may hold several projects, the later ones without a heading.
    fn bodies(&mut self, section: Section, title: Option<String>, place: Where) {
        let stray = title.is_some() && is_stray(&section);
        let links = section.title.urls();
        let (line, body_line) = (section.line, section.body_line);
        let cuts = bodies::cuts(&section.body.parts);
        // Several bodies that begin in bold bring their titles along: the heading only sorts them.
        let sorts = !cuts.is_empty()
            && section.body.preamble.iter().any(|l| bodies::bold_start(l).is_some());
        let title = title.filter(|_| !sorts);
        for (i, (mut body, own_title)) in
            bodies::parted(section.body, &cuts, title.is_none()).into_iter().enumerate()
        {
            let first = i == 0 && title.is_some();
            if body.get(Field::Mentors).is_empty() {
                body.parts.extend(self.mentors.iter().cloned());
            }
            let full = bodies::take_full_title(&mut body);
            let start = body.parts.first().map_or(body_line, |p| p.line);
            let headed = first.then(|| title.clone()).flatten();
            let own_title = own_title.or_else(|| bodies::title_field(&body));
            let given = headed.clone().or_else(|| own_title.as_ref().map(|(t, _)| t.clone()));
            let full = full.or_else(|| given.as_deref().and_then(headings::full_title));
            let given = given.map(|t| headings::full_title(&t).map_or(t, |f| f.title));
            // The heading is the organisation's, the title stands in the full title alone.
            let given = match (given, &full) {
                (Some(t), Some(full)) if bodies::is_org_name(&t, &full.org) => {
                    Some(full.title.clone())
                }
                (given, full) => given.or_else(|| full.as_ref().map(|f| f.title.clone())),
            };
            let line =
                if headed.is_some() { line } else { own_title.as_ref().map_or(start, |(_, l)| *l) };
            self.drafts.push(Draft {
                title: given.map(|t| headings::bare_title(&t).to_owned()),
                line,
                org: bodies::org_of(&body, full.as_ref(), place.0.as_deref()),
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
