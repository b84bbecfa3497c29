//! A project as the ranking sees it: what it asks for, what its text speaks of, and its parts to compare with.
//!
//! Made once a catalog; nothing here depends on a mentee.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::claims::sentences;
use super::weights::mentioned;
use crate::model::{AskedSkill, Level, Project, Requirement};
use crate::skills::{Lexicon, Reached, Relation, SkillId, SkillKind, Written, spaced, words};

/// From this share of the field's projects on, a skill is one that everyone in it knows.
pub(crate) const EVERYONE: f32 = 0.1;

/// Something that a project asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// As written.
    pub(crate) text: String,
    /// The skills that it names; none where it is not understood.
    pub(crate) skills: Vec<SkillId>,
    /// It names its skill by another name than the lexicon's.
    pub(crate) alias: bool,
    /// It is a skill's name and nothing else.
    pub(crate) whole: bool,
    /// It is one of the technologies that the work is done with, not of the list of skills.
    pub(crate) is_technology: bool,
    pub(crate) requirement: Requirement,
    /// How well it is asked to be known, where said.
    pub(crate) level: Option<Level>,
    /// Items with the same number are alternatives.
    pub(crate) alternative: Option<u16>,
    pub(crate) line: usize,
}

/// A skill that the text names, be it asked for or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mentioned {
    /// As written.
    pub(crate) text: String,
    pub(crate) line: usize,
    /// How often it is spoken of.
    pub(crate) times: u32,
    /// It stands in the title.
    pub(crate) in_title: bool,
}

impl Mentioned {
    /// How much it counts of a skill that is asked for, `0..=1`.
    pub(crate) fn weight(&self) -> f32 {
        mentioned(self.in_title)
    }
}

/// Where a part stands in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Place {
    Title,
    Skill,
    Description,
    Outcome,
    /// What the project does not say, because everyone in the field knows it: what its organisation's software is.
    Organisation,
}

/// A piece of a project's text that is compared with what a mentee says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) place: Place,
    pub(crate) text: String,
    pub(crate) line: usize,
    /// Its words, folded, with a space before and after each: to find what the lexicon does not know. None of what the
    /// project does not say itself.
    pub(crate) folded: String,
}

/// A project, understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct View {
    pub(crate) asked: Vec<Asked>,
    pub(crate) mentioned: BTreeMap<SkillId, Mentioned>,
    /// What the name of its organisation says: its skill and what that implies, each with its strength.
    pub(crate) org_skills: Vec<Reached>,
    /// The organisation's own software, which nobody is asked to know beforehand.
    pub(crate) own: Vec<SkillId>,
    /// The organisation's name; empty where it has none.
    pub(crate) org: String,
    /// The line that names the organisation, or that of the project's heading.
    pub(crate) org_line: usize,
    pub(crate) parts: Vec<Part>,
    /// All of its text in one piece, the most telling first.
    pub(crate) whole: String,
}

impl View {
    /// Whether an item names the project's own software and nothing else.
    pub(crate) fn is_own(&self, asked: &Asked) -> bool {
        !asked.skills.is_empty() && asked.skills.iter().all(|skill| self.own.contains(skill))
    }

    pub(crate) fn new(project: &Project, lexicon: &Lexicon) -> Self {
        let asked = asked(project, lexicon);
        let org_skills = org_skills(project, lexicon);
        let org_line = project.org_line.unwrap_or(project.source.line);
        let mut parts = parts(project, &asked);
        parts.extend(about(&org_skills, org_line, lexicon));
        let mut mentioned: BTreeMap<SkillId, Mentioned> = BTreeMap::new();
        let mut note = |text: &str, line: &dyn Fn(usize) -> usize, in_title: bool| {
            for mention in lexicon.mentions(text) {
                let line = line(mention.span.start);
                let text = text[mention.span].to_owned();
                let first = Mentioned { text, line, times: 0, in_title };
                mentioned.entry(mention.skill).or_insert(first).times += 1;
            }
        };
        note(&project.title, &|_| project.source.line, true);
        if let Some(org) = &project.org {
            note(org, &|_| org_line, false);
        }
        for passage in project.description.iter().chain(&project.expected_outcome) {
            for (start, sentence) in located(&passage.text) {
                note(sentence, &|at| passage.line_at(start + at), false);
            }
        }
        for technology in &project.technologies {
            for mention in lexicon.understand(&technology.text).mentions {
                let text = technology.text.clone();
                let first = Mentioned { text, line: technology.line, times: 0, in_title: false };
                mentioned.entry(mention.skill).or_insert(first).times += 1;
            }
        }
        Self {
            asked,
            mentioned,
            own: own(&org_skills, &project.title, lexicon),
            org_skills,
            org: project.org.clone().unwrap_or_default(),
            org_line,
            whole: whole(project),
            parts,
        }
    }
}

impl Asked {
    /// Nothing where all that is named is not asked for: "no Java needed".
    fn new(skill: &AskedSkill, lexicon: &Lexicon) -> Option<Self> {
        let understood = lexicon.understand(&skill.text);
        if understood.denied {
            return None;
        }
        Some(Self {
            text: skill.text.clone(),
            skills: understood.mentions.iter().map(|mention| mention.skill).collect(),
            alias: understood.mentions.iter().any(|mention| mention.written != Written::Name),
            whole: understood.whole,
            is_technology: false,
            requirement: skill.requirement,
            level: skill.level,
            alternative: skill.alternative,
            line: skill.line,
        })
    }
}

/// What the project's list of skills asks for, and what else its technologies ask for without saying so; where there is
/// neither, what its title names.
fn asked(project: &Project, lexicon: &Lexicon) -> Vec<Asked> {
    let mut asked: Vec<Asked> =
        project.skills.iter().filter_map(|skill| Asked::new(skill, lexicon)).collect();
    for technology in project.technologies.iter().filter_map(|tech| Asked::new(tech, lexicon)) {
        let requirement = match technology.requirement {
            Requirement::Required => Requirement::Preferred,
            weaker => weaker,
        };
        let technology = Asked { is_technology: true, requirement, ..technology };
        let is_known = asked.iter().any(|known| match &technology.skills[..] {
            [] => known.text.eq_ignore_ascii_case(&technology.text),
            skills => skills.iter().all(|skill| known.skills.contains(skill)),
        });
        if !is_known {
            asked.push(technology);
        }
    }
    if asked.is_empty() { asked_by_title(project, lexicon) } else { asked }
}

/// The skills that a title names, as if they were listed.
fn asked_by_title(project: &Project, lexicon: &Lexicon) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for mention in lexicon.mentions(&project.title) {
        if !asked.iter().any(|known| known.skills.contains(&mention.skill)) {
            asked.push(Asked {
                text: project.title[mention.span].to_owned(),
                skills: vec![mention.skill],
                alias: mention.written != Written::Name,
                whole: true,
                is_technology: false,
                requirement: Requirement::Required,
                level: None,
                alternative: None,
                line: project.source.line,
            });
        }
    }
    asked
}

/// The software that is the organisation's own, unless everyone in the field knows it, as Kubernetes: what is called like the
/// organisation, and what the title names that implies it ("KubeEdge Ianvs").
fn own(org_skills: &[Reached], title: &str, lexicon: &Lexicon) -> Vec<SkillId> {
    let is_project = |skill: SkillId| {
        let skill = lexicon.get(skill);
        skill.kind == SkillKind::Project && skill.common < EVERYONE
    };
    let is_same =
        |reached: &&Reached| reached.relation == Relation::Same && is_project(reached.skill);
    let mut own: Vec<SkillId> =
        org_skills.iter().filter(is_same).map(|reached| reached.skill).collect();
    for mention in lexicon.mentions(title).into_iter().filter(|m| is_project(m.skill)) {
        let implies = |reached: &Reached| {
            reached.relation == Relation::Implied && own.contains(&reached.skill)
        };
        if !own.contains(&mention.skill) && lexicon.reach(mention.skill).iter().any(implies) {
            own.push(mention.skill);
        }
    }
    own
}

/// The skills that an organisation's name tells: work on LitmusChaos is chaos engineering, whether or
/// not the text says so.
fn org_skills(project: &Project, lexicon: &Lexicon) -> Vec<Reached> {
    let mut org_skills: Vec<Reached> = Vec::new();
    for name in project.org.iter().chain(&project.suborg) {
        for mention in lexicon.understand(name).mentions {
            for &reached in lexicon.reach(mention.skill) {
                let known = org_skills.iter().any(|known| known.skill == reached.skill);
                if reached.relation != Relation::Similar && !known {
                    org_skills.push(reached);
                }
            }
        }
    }
    org_skills
}

/// What the organisation's software is, unless everyone in the field knows that.
fn about(org_skills: &[Reached], line: usize, lexicon: &Lexicon) -> Option<Part> {
    let software = org_skills.iter().filter(|reached| reached.relation == Relation::Same);
    let known = software.map(|reached| lexicon.get(reached.skill)).filter(|s| s.common < EVERYONE);
    let phrases: Vec<&str> = known.flat_map(|skill| &skill.about).map(String::as_str).collect();
    let text = phrases.join(", ");
    let part = Part { place: Place::Organisation, text, line, folded: String::new() };
    (!phrases.is_empty()).then_some(part)
}

/// The parts of what the project says itself.
fn parts(project: &Project, asked: &[Asked]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |place: Place, text: &str, line: usize| {
        let folded = spaced(&words(text));
        parts.push(Part { place, text: text.to_owned(), line, folded });
    };
    add(Place::Title, &project.title, project.source.line);
    for item in asked {
        add(Place::Skill, &item.text, item.line);
    }
    for (place, passages) in
        [(Place::Description, &project.description), (Place::Outcome, &project.expected_outcome)]
    {
        for passage in passages {
            for (start, sentence) in located(&passage.text) {
                add(place, sentence, passage.line_at(start));
            }
        }
    }
    parts
}

/// The sentences of a text, each with the byte at which it begins.
fn located(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    sentences(text).into_iter().map(move |sentence| {
        let start = from + text[from..].find(sentence).unwrap_or(0);
        from = start + sentence.len();
        (start, sentence)
    })
}

/// All that the project says of itself. Its title counts twice: no other words are chosen as carefully.
fn whole(project: &Project) -> String {
    let title = project.title.as_str();
    let skills = project.skills.iter().map(|skill| skill.text.as_str());
    let technologies = project.technologies.iter().map(|skill| skill.text.as_str());
    let passages = project.description.iter().chain(&project.expected_outcome);
    [title, title]
        .into_iter()
        .chain(project.org.as_deref())
        .chain(skills)
        .chain(technologies)
        .chain(passages.map(|passage| passage.text.as_str()))
        .collect::<Vec<_>>()
        .join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;
    use crate::rank::weights::MENTIONED;

    fn view(skills: &str) -> View {
        let page = format!(
            "# 2025 Term 1\n## Projects\n### WasmEdge\n#### Something small in Rust\n\
             - Description: It finds out what it runs on.\n- Recommended Skills: {skills}\n\
             - Mentor(s): Ann Example (@ann-example)\n"
        );
        let catalog = catalog::from_text("page.md".as_ref(), &page).unwrap();
        View::new(&catalog.projects[0], Lexicon::builtin())
    }

    fn asked(view: &View) -> Vec<&str> {
        view.asked.iter().map(|asked| asked.text.as_str()).collect()
    }

    #[test]
    fn a_project_without_a_list_asks_for_what_its_title_names() {
        assert_eq!(asked(&view("")), ["Rust"]);
        assert_eq!(asked(&view("Bash")), ["Bash"]);
    }

    #[test]
    fn an_organisation_is_told_with_the_line_that_names_it() {
        let view = view("Rust");
        assert_eq!((view.org.as_str(), view.org_line), ("WasmEdge", 3));
    }

    #[test]
    fn what_an_organisation_is_known_for_is_a_part_that_its_projects_do_not_say() {
        let view = view("Rust");
        let last = view.parts.last().unwrap();
        assert_eq!((last.place, last.line), (Place::Organisation, 3));
        assert!(last.text.contains("WebAssembly") && last.folded.is_empty());
        assert!(!view.whole.contains(&last.text));
    }

    #[test]
    fn what_a_wrapped_paragraph_speaks_of_is_told_with_its_own_line() {
        let page = "# 2025 Term 1\n## Projects\n### WasmEdge\n#### Something small\n\
             - Description: It finds out what it runs on. Whatever that is,\n  it is written in Rust, and\n\
             \x20 tested with Python.\n- Recommended Skills: Bash\n- Mentor(s): Ann Example (@ann-example)\n";
        let catalog = catalog::from_text("page.md".as_ref(), page).unwrap();
        let (lexicon, view) =
            (Lexicon::builtin(), View::new(&catalog.projects[0], Lexicon::builtin()));
        let line = |skill: &str| view.mentioned[&lexicon.understand(skill).mentions[0].skill].line;
        assert_eq!((line("Rust"), line("Python")), (6, 7));
    }

    #[test]
    fn what_the_title_names_counts_as_if_it_were_asked_for() {
        let (lexicon, view) = (Lexicon::builtin(), view("Bash"));
        let weight =
            |skill: &str| view.mentioned[&lexicon.understand(skill).mentions[0].skill].weight();
        assert_eq!((weight("Rust"), weight("WasmEdge")), (1.0, MENTIONED));
    }
}
