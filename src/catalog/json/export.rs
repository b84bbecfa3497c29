//! An export as a whole: its programs, not yet read, and its term. Of a broken one, the programs that are whole.

use std::path::Path;

use serde_json::value::RawValue;

use super::values::{Fields, string};
use crate::catalog::flaws::Flaws;
use crate::catalog::lines::Lines;
use crate::catalog::terms;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Code;

/// The text of an export.
pub(super) struct Export<'a> {
    pub(super) path: &'a Path,
    text: &'a str,
    lines: Lines,
}

/// The programs of an export as they are written, and the term of the whole export.
type Programs<'a> = (Vec<&'a str>, Option<String>);

impl<'a> Export<'a> {
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text, lines: Lines::new(text) }
    }

    /// The line on which `part`, a piece of the text, begins.
    pub(super) fn line(&self, part: &str) -> usize {
        self.lines.at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }

    /// The programs and the term.
    ///
    /// # Errors
    /// Where the text is no JSON and holds no program either, or is JSON without a list of programs.
    pub(super) fn programs(&self, flaws: &mut Flaws) -> Result<Programs<'a>> {
        let whole = self.text.trim_start();
        if whole.starts_with('[')
            && let Ok(all) = serde_json::from_str::<Vec<&'a RawValue>>(whole)
        {
            return Ok((all.into_iter().map(RawValue::get).collect(), None));
        }
        match serde_json::from_str::<Fields<'a>>(whole) {
            Ok(fields) => self.listed(&fields),
            Err(cause) => self.rescued(&cause, flaws),
        }
    }

    /// The programs that an export with the fields `fields` lists.
    fn listed(&self, fields: &Fields<'a>) -> Result<Programs<'a>> {
        let term = fields.get("_term").or_else(|| fields.get("term"));
        let term = term.and_then(|raw| string(raw)).and_then(|t| terms::find(&t));
        let list = fields.get("programs").or_else(|| fields.get("projects"));
        let list = list.and_then(|raw| serde_json::from_str::<Vec<&'a RawValue>>(raw.get()).ok());
        match list {
            Some(list) => Ok((list.into_iter().map(RawValue::get).collect(), term)),
            None => Err(self.error(1, "there is no list \"programs\" in it")),
        }
    }

    /// The programs of an export that is broken by `cause`.
    fn rescued(&self, cause: &serde_json::Error, flaws: &mut Flaws) -> Result<Programs<'a>> {
        let indent = self.text.len() - self.text.trim_start().len();
        let line = (cause.line() + self.lines.at(indent) - 1).max(1);
        let found = objects(self.text);
        if found.is_empty() {
            return Err(self.error(line, &format!("this is no JSON: {}", plain(cause))));
        }
        let message = format!(
            "the JSON is broken here ({}); programs that are whole were read",
            plain(cause)
        );
        flaws.error(line, Code::BrokenJson, message, EXPORT_AGAIN);
        Ok((found, None))
    }

    fn error(&self, line: usize, message: &str) -> Error {
        Error::new(ErrorKind::Input, message)
            .at_path(self.path)
            .at_line(line)
            .with_help(EXPORT_AGAIN)
    }
}

const EXPORT_AGAIN: &str = "export it again from the platform";

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
                    // Programs are one or two levels deep; deeper braces are not looked at, which keeps the work linear.
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
