//! From sections to drafts of projects: each gets the organisation and the group above it.
//!
//! What a section is, `classes` decides; joining bodies with lost headings is the work of `repairs`.

use std::collections::HashSet;

use super::bodies;
use super::classes::{self, Class, Levels};
use super::field::Field;
use super::fields::Part;
use super::headings;
use super::outline::{Draft, HeadingOnly, Outline};
use super::sections::Section;
use crate::catalog::{organisations, terms};

/// The outline of the page that `sections` make.
pub(super) fn outline(sections: Vec<Section>) -> Outline {
    let levels = Levels::of(&sections);
    let classes = classes::classify(&sections, &levels);
    let mut builder = OutlineBuilder::new(&levels);
    for (at, (section, class)) in sections.into_iter().zip(classes).enumerate() {
        builder.add(at, section, class);
    }
    builder.finish()
}

/// A heading that holds for the sections below it.
struct Above {
    level: u8,
    name: String,
    line: usize,
}

/// Where the bodies of a section belong.
struct Place {
    org: Option<String>,
    org_line: Option<usize>,
    suborg: Option<String>,
    /// The section that gave the organisation.
    org_section: usize,
}

/// Builds an [`Outline`] section by section, in the order of the page.
struct OutlineBuilder<'a> {
    levels: &'a Levels,
    outline: Outline,
    org: Option<Above>,
    group: Option<Above>,
    /// The section that gave the organisation.
    org_section: usize,
    /// The mentors that the organisation names for all of its projects.
    mentors: Vec<Part>,
}

impl<'a> OutlineBuilder<'a> {
    fn new(levels: &'a Levels) -> Self {
        Self {
            levels,
            outline: Outline::default(),
            org: None,
            group: None,
            org_section: 0,
            mentors: Vec::new(),
        }
    }

    fn finish(mut self) -> Outline {
        let mut seen = HashSet::new();
        self.outline.orgs.retain(|name| seen.insert(name.clone()));
        self.outline
    }

    /// Adds the section `at`, which is a `class`.
    fn add(&mut self, at: usize, section: Section, class: Class) {
        if class == Class::Skipped {
            return;
        }
        let name = section.heading();
        if self.outline.term.is_none() {
            self.outline.term = terms::find(&name);
        }
        let tables = section.tables.clone();
        match class {
            Class::Skipped => {}
            Class::Unread => self.outline.unread.push((section.line, name)),
            Class::Frame => self.add_frame(at, section),
            Class::Org => self.add_org(at, section),
            Class::Group => {
                self.group = Some(Above { level: section.level, name, line: section.line })
            }
            Class::Project => self.add_project(at, section),
            Class::HeadingOnly => self.add_heading(section),
        }
        let org = self.org.as_ref().map(|org| &org.name);
        self.outline.tables.extend(tables.into_iter().map(|table| (table, org.cloned())));
    }

    /// A heading that structures the page ends the organisation above, and may have projects right below it.
    fn add_frame(&mut self, at: usize, section: Section) {
        if self.org.as_ref().is_some_and(|org| section.level <= org.level) {
            (self.org, self.group) = (None, None);
            self.mentors.clear();
        }
        if section.body.is_described() {
            let place = Place { suborg: None, org_section: at, ..self.place() };
            self.add_bodies(section, None, place);
        }
    }

    fn add_org(&mut self, at: usize, section: Section) {
        let name = headings::org_name(&section.heading());
        self.enter_org(at, &section, name);
        self.group = None;
        self.mentors = section.body.parts;
        self.mentors.retain(|p| p.field == Field::Mentors && p.primary && !p.nested);
    }

    fn add_project(&mut self, at: usize, section: Section) {
        self.leave_group(section.level);
        let name = section.heading();
        // An organisation's name over a project's body: the organisation is meant, the title is lost.
        let is_org = self.levels.orgs[usize::from(section.level)]
            && organisations::known().named(&name).is_some();
        if is_org || is_stray(&section) {
            self.mentors.clear();
            self.enter_org(at, &section, name.clone());
        }
        self.add_bodies(section, Some(name), self.place());
    }

    fn add_heading(&mut self, section: Section) {
        self.leave_group(section.level);
        let Place { org, org_line, suborg, org_section } = self.place();
        let title = section.heading();
        let (line, links) = (section.line, section.title.urls());
        let heading = HeadingOnly { title, line, org, org_line, suborg, links, org_section };
        self.outline.headings.push(heading);
    }

    /// From here on the projects are those of the organisation `name`, which the section `at` heads.
    fn enter_org(&mut self, at: usize, section: &Section, name: String) {
        self.outline.orgs.push(name.clone());
        self.org = Some(Above { level: section.level, name, line: section.line });
        self.org_section = at;
    }

    /// Ends the group above, unless a heading of the level `level` is in it.
    fn leave_group(&mut self, level: u8) {
        self.group.take_if(|group| level <= group.level);
    }

    /// Where a body belongs that comes now.
    fn place(&self) -> Place {
        Place {
            org: self.org.as_ref().map(|org| org.name.clone()),
            org_line: self.org.as_ref().map(|org| org.line),
            suborg: self.group.as_ref().map(|group| group.name.clone()),
            org_section: self.org_section,
        }
    }

    /// Adds the body of `section`, which may hold several projects, of which only the first has a heading.
    fn add_bodies(&mut self, section: Section, title: Option<String>, place: Place) {
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
            // The heading is the organisation's; only the full title gives the title.
            let given = match (given, &full) {
                (Some(t), Some(full)) if bodies::is_org_name(&t, &full.org) => {
                    Some(full.title.clone())
                }
                (given, full) => given.or_else(|| full.as_ref().map(|f| f.title.clone())),
            };
            let line =
                if headed.is_some() { line } else { own_title.as_ref().map_or(start, |(_, l)| *l) };
            let org = bodies::org_of(&body, full.as_ref(), place.org.as_deref());
            self.outline.drafts.push(Draft {
                title: given.map(|t| headings::bare_title(&t).to_owned()),
                line,
                org_line: place.org_line.filter(|_| org == place.org),
                org,
                suborg: place.suborg.clone(),
                term: full.and_then(|f| f.term),
                body,
                links: if first { links.clone() } else { Vec::new() },
                org_section: place.org_section,
                stray: first && stray,
            });
        }
    }
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
