//! A program of an export -> a project.
//!
//! Every value is read on its own, so that one that is missing, null or of the wrong type costs no other.

use serde_json::Value;
use serde_json::value::RawValue;

use super::export::Export;
use super::values::{self, Fields};
use crate::catalog::flaws::Flaws;
use crate::catalog::rich_text::Text;
use crate::catalog::text::{clean, has_content, remove_emails};
use crate::catalog::{markdown, mentors, organisations, terms};
use crate::model::{AskedSkill, Code, Mentor, Project, Requirement, Source};
use crate::skills::list;

/// The project that `program`, a piece of `export`, describes; `term` is the term of the whole export.
pub(super) fn read(
    program: &str,
    export: &Export<'_>,
    term: Option<&str>,
    flaws: &mut Flaws,
) -> Option<Project> {
    let line = export.line(program);
    match serde_json::from_str::<Fields<'_>>(program) {
        Ok(fields) => Program { export, fields, line, flaws }.project(term),
        Err(_) => {
            flaws.error(
                line,
                Code::BadProgram,
                "this program is no JSON object and was left out",
                "write it as an object with named fields",
            );
            None
        }
    }
}

struct Program<'a> {
    export: &'a Export<'a>,
    fields: Fields<'a>,
    /// The line on which it begins.
    line: usize,
    flaws: &'a mut Flaws,
}

impl Program<'_> {
    /// The project, unless the program has no name.
    fn project(mut self, term: Option<&str>) -> Option<Project> {
        let whole = self.text("program_name_full");
        let full = whole.as_deref().and_then(markdown::full_title);
        let short = self.text("program_name_short").or_else(|| self.text("title"));
        let title = short
            .or_else(|| full.as_ref().map(|f| f.title.clone()))
            .or_else(|| whole.as_deref().map(clean));
        let named = ["program_name_full", "program_name_short", "title"]
            .iter()
            .find_map(|n| self.fields.get(*n));
        let line = named.map_or(self.line, |raw| self.export.line(raw.get()));
        let Some(title) = title else {
            self.flaws.error(
                line,
                Code::BadProgram,
                "this program has no name and was left out",
                "give it \"program_name_full\"",
            );
            return None;
        };
        let org = self
            .text("cncf_project")
            .or_else(|| self.text("org"))
            .or_else(|| full.as_ref().map(|f| f.org.clone()));
        let org_field = ["cncf_project", "org"].into_iter().find(|n| self.fields.contains_key(*n));
        let org_line = org_field.map(|name| self.line_of(name, line));
        let own_term = self.text("term").and_then(|t| terms::find(&t));
        let maturity = self.text("cncf_project_maturity").or_else(|| self.text("maturity"));
        let parted =
            self.text("description").map(|d| markdown::part(&d, self.line_of("description", line)));
        let mut parted = parted.unwrap_or_default();
        // Our own export has the outcome in a field of its own, and so none in the description.
        if self.fields.contains_key("expected_outcome") {
            parted.description.append(&mut parted.outcome);
            parted.description.sort_by_key(|passage| passage.line);
        }
        if let Some(outcome) = self.text("expected_outcome") {
            let part = markdown::part(&outcome, self.line_of("expected_outcome", line));
            parted.outcome.extend(part.description.into_iter().chain(part.outcome));
        }
        let mut upstream = self.urls("upstream_issue_url");
        upstream.extend(self.urls("upstream_urls"));
        Some(Project {
            id: String::new(),
            title: clean(&title),
            org: org.map(|o| clean(&o)),
            org_line,
            suborg: self.text("suborg").map(|s| clean(&s)),
            term: own_term
                .or_else(|| full.and_then(|f| f.term))
                .or_else(|| term.map(str::to_owned)),
            maturity: maturity.and_then(|m| organisations::maturity_named(&m)),
            description: parted.description,
            expected_outcome: parted.outcome,
            skills: self.skills("skills", line),
            technologies: self.skills("technologies", line),
            upstream_urls: upstream,
            lfx_url: self.urls("lfx_url").into_iter().next(),
            mentors: self.mentors(),
            prerequisites: values::prerequisites(&self.fields),
            source: Source { path: self.export.path.to_owned(), line },
        })
    }

    fn line_of(&self, name: &str, otherwise: usize) -> usize {
        self.fields.get(name).map_or(otherwise, |raw| self.export.line(raw.get()))
    }

    /// The text of the field `name`; anything but a text, null or a number is reported.
    fn text(&mut self, name: &str) -> Option<String> {
        let raw = *self.fields.get(name)?;
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::String(text)) => has_content(&text).then_some(text),
            Ok(Value::Number(number)) => Some(number.to_string()),
            Ok(Value::Null) => None,
            _ => {
                self.wrong_type(raw, name, "a text");
                None
            }
        }
    }

    /// The texts of the field `name`, which may be one text or a list of texts.
    fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(raw) = self.fields.get(name).copied() else { return Vec::new() };
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::String(text)) => vec![text],
            Ok(Value::Array(list)) => {
                let texts: Vec<String> = list
                    .iter()
                    .filter_map(|v| {
                        let named =
                            || ["text", "name", "label", "skill"].iter().find_map(|n| v.get(n));
                        v.as_str().or_else(|| named()?.as_str())
                    })
                    .map(str::to_owned)
                    .collect();
                if texts.len() < list.len() {
                    self.wrong_type(raw, name, "a list of texts");
                }
                texts
            }
            Ok(Value::Null) => Vec::new(),
            _ => {
                self.wrong_type(raw, name, "a text or a list of texts");
                Vec::new()
            }
        }
    }

    fn wrong_type(&mut self, raw: &RawValue, name: &str, wanted: &str) {
        self.flaws.warning(
            self.export.line(raw.get()),
            Code::WrongType,
            format!("\"{name}\" is not {wanted} and was left out"),
            format!("write {wanted}"),
        );
    }

    fn urls(&mut self, name: &str) -> Vec<String> {
        let texts = self.texts(name);
        texts.iter().flat_map(|t| Text::plain(t).urls()).collect()
    }

    fn skills(&mut self, name: &str, line: usize) -> Vec<AskedSkill> {
        let line = self.line_of(name, line);
        let texts = self.texts(name);
        let many = texts.len() > 1;
        let cleaned: Vec<(String, bool)> = texts
            .iter()
            .flat_map(|t| t.lines())
            .map(|l| {
                let bare = l.trim_start().trim_start_matches(['-', '*', '•']);
                (clean(&remove_emails(bare)), many || bare.len() < l.trim_start().len())
            })
            .filter(|(l, _)| has_content(l))
            .collect();
        let lines = cleaned.iter().map(|(text, bullet)| list::Line {
            text,
            depth: 0,
            bullet: *bullet,
            line,
        });
        let facts = values::skill_facts(self.fields.get(name));
        let mut skills = list::read(&lines.collect::<Vec<_>>(), Requirement::Required);
        for skill in &mut skills {
            // What is given beside the text is surer than its words.
            let facts = facts.get(&skill.text).copied().unwrap_or_default();
            skill.requirement = facts.requirement.unwrap_or(skill.requirement);
            skill.level = facts.level.or(skill.level);
            skill.alternative = facts.alternative.or(skill.alternative);
        }
        skills
    }

    fn mentors(&mut self) -> Vec<Mentor> {
        let Some(raw) = self.fields.get("mentors").copied() else { return Vec::new() };
        let mut out = Vec::new();
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::Array(list)) => {
                for one in &list {
                    let read = match one {
                        Value::String(text) => mentors::read(&Text::plain(text)),
                        Value::Object(_) => values::mentor(one).into_iter().collect(),
                        Value::Null => Vec::new(),
                        _ => {
                            self.wrong_type(raw, "mentors", "a list of mentors");
                            Vec::new()
                        }
                    };
                    mentors::merge(&mut out, read);
                }
            }
            Ok(Value::String(text)) => mentors::merge(&mut out, mentors::read(&Text::plain(&text))),
            Ok(Value::Null) => {}
            _ => self.wrong_type(raw, "mentors", "a list of mentors"),
        }
        out
    }
}
