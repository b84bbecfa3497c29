//! Single values of an export: a mentor, how strongly a skill is required, what an applicant must hand in.
//!
//! Each is read however its keys are spelt; what cannot be read is left out.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::catalog::text::{clean, fold, has_content, remove_emails};
use crate::catalog::urls;
use crate::model::{Level, Mentor, Requirement};

/// The fields of a program, by name, their values not yet read.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// The text that `raw` is, if it is one.
pub(super) fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// The mentor that `value` describes.
pub(super) fn mentor(value: &Value) -> Option<Mentor> {
    let all = value.as_object()?;
    // Keys are spelt in every way: `github_handle`, `githubHandle`, `GitHub URL`.
    let text = |wanted: &[&str]| {
        let of = |want: &&str| all.iter().find(|(key, _)| fold(key) == **want)?.1.as_str();
        wanted.iter().find_map(of).map(|t| clean(&remove_emails(t))).filter(|t| has_content(t))
    };
    let given = || {
        let names = [text(&["firstname", "givenname"]), text(&["lastname", "familyname"])];
        let name: Vec<String> = names.into_iter().flatten().collect();
        (!name.is_empty()).then(|| name.join(" "))
    };
    let name = text(&["name", "fullname", "displayname"]).or_else(given);
    let handles =
        ["githubhandle", "github", "githubusername", "githublogin", "githuburl", "githubid"];
    let github = text(&handles).and_then(|h| {
        let user = urls::github_user(&h).map(str::to_owned);
        user.or_else(|| {
            Some(h.trim().trim_start_matches('@').to_owned()).filter(|h| urls::is_handle(h))
        })
    });
    (name.is_some() || github.is_some()).then_some(Mentor { name, github })
}

/// What an export says of a skill beside its text, as our own does.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SkillFacts {
    pub(super) requirement: Option<Requirement>,
    pub(super) level: Option<Level>,
    pub(super) alternative: Option<u16>,
}

/// What is said of each skill of the list `raw` beside its text.
pub(super) fn skill_facts(raw: Option<&&RawValue>) -> BTreeMap<String, SkillFacts> {
    let Some(Ok(Value::Array(list))) = raw.map(|raw| serde_json::from_str(raw.get())) else {
        return BTreeMap::new();
    };
    let told = |one: &Value| {
        let text = one.get("text").or_else(|| one.get("name"))?.as_str()?;
        let requirement = match (one.get("requirement"), one.get("required")) {
            (Some(word), _) => serde_json::from_value(word.clone()).ok(),
            (None, Some(Value::Bool(true))) => Some(Requirement::Required),
            (None, Some(Value::Bool(false))) => Some(Requirement::Preferred),
            _ => None,
        };
        let level = one.get("level").and_then(|level| serde_json::from_value(level.clone()).ok());
        let alternative = one.get("alternative").and_then(Value::as_u64);
        let alternative = alternative.and_then(|number| u16::try_from(number).ok());
        Some((clean(&remove_emails(text)), SkillFacts { requirement, level, alternative }))
    };
    list.iter().filter_map(told).collect()
}

/// The names of what an applicant must hand in or complete.
pub(super) fn prerequisites(fields: &Fields<'_>) -> Vec<String> {
    let all = match fields.get("prerequisites").map(|raw| serde_json::from_str(raw.get())) {
        Some(Ok(Value::Object(all))) => all,
        Some(Ok(Value::Array(list))) => return list.iter().filter_map(named).collect(),
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    for (name, value) in &all {
        match value {
            Value::Bool(true) => out.push(name.replace('_', " ")),
            // By its name alone nobody would know that "Inclusive Community" is a course.
            Value::Array(list) if name.contains("course") => {
                out.extend(list.iter().filter_map(named).map(|name| format!("{name} (course)")));
            }
            Value::Array(list) => out.extend(list.iter().filter_map(named)),
            Value::Object(_) => out.extend(named(value)),
            _ => {}
        }
    }
    out
}

fn named(value: &Value) -> Option<String> {
    let name = value.get("name").and_then(Value::as_str).or_else(|| value.as_str())?;
    Some(clean(&remove_emails(name))).filter(|n| has_content(n))
}
