//! The platform's JSON export (`lfx-export.json`) -> projects. Pure: text in, projects and flaws out.
//!
//! Every value is read on its own, so that one that is missing, null or of the wrong type costs no other.

mod values;

use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;

use super::flaws::Flaws;
use super::rich_text::Text;
use super::{markdown, mentors, organisations, terms};
use crate::catalog::text::{clean, has_content, remove_emails};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{AskedSkill, Code, Mentor, Project, Requirement, Source};
use crate::skills::list;
use values::Fields;

/// The projects of the export `text`, in its order. Ids are left empty.
///
/// # Errors
/// Where the text is no JSON, or JSON without programs.
pub(crate) fn read(path: &Path, text: &str, flaws: &mut Flaws) -> Result<Vec<Project>> {
    let reader = Reader { path, text, lines: super::lines::Lines::new(text) };
    let (programs, term) = reader.programs(flaws)?;
    let mut projects = Vec::new();
    for program in programs {
        let line = reader.line(program);
        match serde_json::from_str::<Fields<'_>>(program) {
            Ok(fields) => projects.extend(reader.project(&fields, line, term.as_deref(), flaws)),
            Err(_) => flaws.error(
                line,
                Code::BadProgram,
                "this program is no JSON object and was left out",
                "write it as an object with named fields",
            ),
        }
    }
    Ok(projects)
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    lines: super::lines::Lines,
}

impl<'a> Reader<'a> {
    /// The line on which `part`, a piece of the text, begins.
    fn line(&self, part: &str) -> usize {
        self.lines.at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }

    /// The sources of the programs, and the term of the whole export.
    fn programs(&self, flaws: &mut Flaws) -> Result<(Vec<&'a str>, Option<String>)> {
        let whole = self.text.trim_start();
        if whole.starts_with('[')
            && let Ok(all) = serde_json::from_str::<Vec<&'a RawValue>>(whole)
        {
            return Ok((all.into_iter().map(RawValue::get).collect(), None));
        }
        match serde_json::from_str::<Fields<'a>>(whole) {
            Ok(fields) => {
                let term = fields
                    .get("_term")
                    .or_else(|| fields.get("term"))
                    .and_then(|raw| string(raw))
                    .and_then(|t| terms::find(&t));
                let list = fields.get("programs").or_else(|| fields.get("projects"));
                let list =
                    list.and_then(|raw| serde_json::from_str::<Vec<&'a RawValue>>(raw.get()).ok());
                let list = list.ok_or_else(|| {
                    self.error(
                        1,
                        "there is no list \"programs\" in it",
                        "export it again from the platform",
                    )
                })?;
                Ok((list.into_iter().map(RawValue::get).collect(), term))
            }
            Err(cause) => {
                let offset = self.text.len() - whole.len();
                let line = cause.line() + self.lines.at(offset) - 1;
                let found = objects(self.text);
                if found.is_empty() {
                    return Err(self.error(
                        line.max(1),
                        &format!("this is no JSON: {}", plain(&cause)),
                        "export it again from the platform",
                    ));
                }
                flaws.error(
                    line.max(1),
                    Code::BrokenJson,
                    format!(
                        "the JSON is broken here ({}); programs that are whole were read",
                        plain(&cause)
                    ),
                    "export it again from the platform",
                );
                Ok((found, None))
            }
        }
    }

    fn error(&self, line: usize, message: &str, help: &str) -> Error {
        Error::new(ErrorKind::Input, message).at_path(self.path).at_line(line).with_help(help)
    }

    fn project(
        &self,
        fields: &Fields<'a>,
        start: usize,
        term: Option<&str>,
        flaws: &mut Flaws,
    ) -> Option<Project> {
        let text = |name: &str, flaws: &mut Flaws| self.text_of(fields, name, flaws);
        let whole = text("program_name_full", flaws);
        let full = whole.as_deref().and_then(markdown::full_title);
        let short = text("program_name_short", flaws).or_else(|| text("title", flaws));
        let title = short
            .or_else(|| full.as_ref().map(|f| f.title.clone()))
            .or_else(|| whole.as_deref().map(clean));
        let named = ["program_name_full", "program_name_short", "title"]
            .iter()
            .find_map(|n| fields.get(*n));
        let line = named.map_or(start, |raw| self.line(raw.get()));
        let Some(title) = title else {
            flaws.error(
                line,
                Code::BadProgram,
                "this program has no name and was left out",
                "give it \"program_name_full\"",
            );
            return None;
        };
        let org = text("cncf_project", flaws)
            .or_else(|| text("org", flaws))
            .or_else(|| full.as_ref().map(|f| f.org.clone()));
        let own_term = text("term", flaws).and_then(|t| terms::find(&t));
        let maturity = text("cncf_project_maturity", flaws).or_else(|| text("maturity", flaws));
        let parted = text("description", flaws)
            .map(|d| markdown::part(&d, self.line_of(fields, "description", line)));
        let mut parted = parted.unwrap_or_default();
        // Our own export tells the outcome apart.
        if let Some(outcome) = text("expected_outcome", flaws) {
            let part = markdown::part(&outcome, self.line_of(fields, "expected_outcome", line));
            parted.outcome.extend(part.description.into_iter().chain(part.outcome));
        }
        let url = |name: &str, flaws: &mut Flaws| self.urls_of(fields, name, flaws);
        let mut upstream = url("upstream_issue_url", flaws);
        upstream.extend(url("upstream_urls", flaws));
        Some(Project {
            id: String::new(),
            title: clean(&title),
            org: org.map(|o| clean(&o)),
            suborg: text("suborg", flaws).map(|s| clean(&s)),
            term: own_term
                .or_else(|| full.and_then(|f| f.term))
                .or_else(|| term.map(str::to_owned)),
            maturity: maturity.and_then(|m| organisations::maturity_named(&m)),
            description: parted.description,
            expected_outcome: parted.outcome,
            skills: self.skills(fields, "skills", line, flaws),
            technologies: self.skills(fields, "technologies", line, flaws),
            upstream_urls: upstream,
            lfx_url: url("lfx_url", flaws).into_iter().next(),
            mentors: self.mentors(fields, flaws),
            prerequisites: values::prerequisites(fields),
            source: Source { path: self.path.to_owned(), line },
        })
    }

    fn line_of(&self, fields: &Fields<'_>, name: &str, otherwise: usize) -> usize {
        fields.get(name).map_or(otherwise, |raw| self.line(raw.get()))
    }

    /// The text of the field `name`; anything but a text, null or a number is told.
    fn text_of(&self, fields: &Fields<'_>, name: &str, flaws: &mut Flaws) -> Option<String> {
        let raw = fields.get(name)?;
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::String(text)) => has_content(&text).then_some(text),
            Ok(Value::Number(number)) => Some(number.to_string()),
            Ok(Value::Null) => None,
            _ => {
                self.wrong_type(raw, name, "a text", flaws);
                None
            }
        }
    }

    /// The texts of the field `name`, which may be one text or a list of texts.
    fn texts_of(&self, fields: &Fields<'_>, name: &str, flaws: &mut Flaws) -> Vec<String> {
        let Some(raw) = fields.get(name) else { return Vec::new() };
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
                    self.wrong_type(raw, name, "a list of texts", flaws);
                }
                texts
            }
            Ok(Value::Null) => Vec::new(),
            _ => {
                self.wrong_type(raw, name, "a text or a list of texts", flaws);
                Vec::new()
            }
        }
    }

    fn wrong_type(&self, raw: &RawValue, name: &str, wanted: &str, flaws: &mut Flaws) {
        flaws.warning(
            self.line(raw.get()),
            Code::WrongType,
            format!("\"{name}\" is not {wanted} and was left out"),
            format!("write {wanted}"),
        );
    }

    fn urls_of(&self, fields: &Fields<'_>, name: &str, flaws: &mut Flaws) -> Vec<String> {
        let texts = self.texts_of(fields, name, flaws);
        texts.iter().flat_map(|t| Text::plain(t).urls()).collect()
    }

    fn skills(
        &self,
        fields: &Fields<'_>,
        name: &str,
        line: usize,
        flaws: &mut Flaws,
    ) -> Vec<AskedSkill> {
        let line = self.line_of(fields, name, line);
        let texts = self.texts_of(fields, name, flaws);
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
        let told = values::requirements(fields.get(name));
        let mut skills = list::read(&lines.collect::<Vec<_>>(), Requirement::Required);
        for skill in &mut skills {
            // What stands beside the text is surer than its words.
            skill.requirement = told.get(&skill.text).copied().unwrap_or(skill.requirement);
        }
        skills
    }

    fn mentors(&self, fields: &Fields<'_>, flaws: &mut Flaws) -> Vec<Mentor> {
        let Some(raw) = fields.get("mentors") else { return Vec::new() };
        let mut out = Vec::new();
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::Array(list)) => {
                for one in &list {
                    let read = match one {
                        Value::String(text) => mentors::read(&Text::plain(text)),
                        Value::Object(_) => values::mentor(one).into_iter().collect(),
                        Value::Null => Vec::new(),
                        _ => {
                            self.wrong_type(raw, "mentors", "a list of mentors", flaws);
                            Vec::new()
                        }
                    };
                    mentors::merge(&mut out, read);
                }
            }
            Ok(Value::String(text)) => mentors::merge(&mut out, mentors::read(&Text::plain(&text))),
            Ok(Value::Null) => {}
            _ => self.wrong_type(raw, "mentors", "a list of mentors", flaws),
        }
        out
    }
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// What serde_json complains of, without its own line and column.
fn plain(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The objects of a broken export that look like programs: balanced braces one level below the outermost list.
fn objects(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut starts, mut in_string, mut escaped): (Vec<usize>, bool, bool) =
        (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            // A text never spans lines: a quote that was lost costs one line.
            b'\n' => in_string = false,
            b'{' if !in_string => starts.push(at),
            b'}' if !in_string => {
                if let Some(start) = starts.pop() {
                    let object = &text[start..=at];
                    // Programs stand one or two levels deep; deeper braces are not looked at, which keeps the work linear.
                    if starts.len() < 3
                        && object.contains("\"program_name")
                        && serde_json::from_str::<Fields<'_>>(object).is_ok()
                    {
                        found.push(object);
                    }
                }
            }
            _ => {}
        }
    }
    found
}
