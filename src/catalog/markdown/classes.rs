//! What each section is: an organisation, a group, a project, a frame.
//!
//! Judged from the whole page: which levels carry fields, which names are known, who owns the upstream addresses.

use super::bodies::{has_own_titles, upstream};
use super::fields::Body;
use super::headings;
use super::sections::Section;
use crate::catalog::organisations;
use crate::catalog::text::fold;
use crate::catalog::urls;

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a template or sample.
    Skipped,
    /// Structures the page.
    Frame,
    /// Names an organisation.
    Org,
    /// Names a group within an organisation.
    Group,
    /// Heads the fields of a project.
    Project,
    /// Has nothing below it.
    HeadingOnly,
    /// Has text and is among projects, but has no fields.
    Unread,
}

/// Which levels carry projects, and which the organisations above them.
pub(super) struct Levels {
    projects: [bool; 8],
    pub(super) orgs: [bool; 8],
    /// The level of most of the known organisations with projects.
    main_org: Option<u8>,
    /// The first and the last section that is a project, by level.
    span: [Option<(usize, usize)>; 8],
}

impl Levels {
    pub(super) fn of(sections: &[Section]) -> Self {
        let mut levels =
            Self { projects: [false; 8], orgs: [false; 8], span: [None; 8], main_org: None };
        let mut known = [0usize; 8];
        for (at, section) in sections.iter().enumerate() {
            if is_strong(section) {
                levels.projects[usize::from(section.level)] = true;
                let span = &mut levels.span[usize::from(section.level)];
                *span = Some((span.map_or(at, |s| s.0), at));
            } else if sections
                .get(at + 1)
                .is_some_and(|next| next.level > section.level && is_strong(next))
            {
                levels.orgs[usize::from(section.level)] = true;
                known[usize::from(section.level)] +=
                    usize::from(organisations::known().named(&section.heading()).is_some());
            }
        }
        let most = known.iter().copied().max().filter(|most| *most >= 2);
        levels.main_org = most.and_then(|most| (0u8..8).find(|l| known[usize::from(*l)] == most));
        levels
    }
}

/// Whether the fields below a heading make it a project beyond doubt.
fn is_strong(section: &Section) -> bool {
    section.level > 0 && section.body.strength() >= 2
}

/// What each of `sections` is.
pub(super) fn classify(sections: &[Section], levels: &Levels) -> Vec<Class> {
    let mut classes = vec![Class::Skipped; sections.len()];
    let mut template: Option<u8> = None;
    let mut org_level: Option<u8> = None;
    // For each section, the next one of the same or a higher rank.
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
            let frame = frame && (has_own_titles(&section.body) || !section.body.is_described());
            return if frame { Class::Frame } else { Class::Project };
        }
        if frame {
            return Class::Frame;
        }
        let level = usize::from(section.level);
        if self.has_projects_below() {
            return self.org_or_group(heading);
        }
        if section.lists_projects {
            return Class::Org;
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
            return Class::HeadingOnly;
        }
        let fields = section.body.parts.iter().any(|p| p.primary && !p.nested);
        let under_org = self.org_level.is_some_and(|l| l < section.level);
        let among =
            self.levels.span[level].is_some_and(|(first, last)| first < self.at && self.at < last);
        if self.levels.projects[level]
            && !known
            && (fields || (under_org || among) && !self.levels.orgs[level])
        {
            return Class::Project;
        }
        if self.levels.projects[level]
            && !known
            && self.org_level.is_none()
            && follows_project(self.levels, self.at, level)
        {
            return Class::Unread;
        }
        if known && self.org_level.is_none_or(|l| section.level <= l) {
            Class::Org
        } else {
            Class::Frame
        }
    }

    /// Whether the next heading is an organisation's at the level `main`, so that this one groups organisations.
    fn opens_area(&self, main: u8) -> bool {
        let next = self.sections.get(self.at + 1).filter(|n| n.level == main && !is_strong(n));
        next.is_some() && self.sections.get(self.at + 2).is_some_and(|n| n.level > main)
    }

    fn has_projects_below(&self) -> bool {
        // Looking at few sections is enough: a heading's projects begin right below it, or below its groups.
        self.sections[self.at + 1..self.end].iter().take(12).any(is_strong)
    }

    /// A heading between an organisation and projects is a group, unless it is an organisation itself.
    fn org_or_group(&self, heading: &str) -> Class {
        let section = &self.sections[self.at];
        let known = organisations::known().named(heading).is_some();
        // Above the level of the organisations are the areas that group them.
        match self.levels.main_org {
            Some(main) if section.level < main && !known && self.opens_area(main) => {
                return Class::Frame;
            }
            Some(main) if section.level == main => return Class::Org,
            _ => {}
        }
        if self.org_level.is_none_or(|level| section.level <= level) {
            return Class::Org;
        }
        let below = || self.sections[self.at + 1..self.end].iter().take(12);
        let owned = below().any(|s| owner_is(&s.body, heading));
        if owned || known { Class::Org } else { Class::Group }
    }
}

/// Whether there is a project at `level` before the section `at`.
fn follows_project(levels: &Levels, at: usize, level: usize) -> bool {
    levels.span[level].is_some_and(|(first, _)| first < at)
}

/// Whether the owner of an upstream repository of `body` has the name `heading`.
fn owner_is(body: &Body, heading: &str) -> bool {
    let name = fold(heading);
    upstream(body).any(|url| urls::repository(&url).is_some_and(|(owner, _)| fold(owner) == name))
}
