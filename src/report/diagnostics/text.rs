//! Flaws for people: the message, the place, the line with the place underlined, what to do.
//!
//! The only place that names the crate which draws them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Drawn};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Chars, Config, WriteStyle};

use super::schema::{CheckReport, Counts, DiagnosticReport};
use crate::model::Severity;
use crate::report::TableStyle;

/// So many notes of a code are shown of each document; more of the same tell nobody more.
const NOTES: usize = 3;

/// The report as compilers show theirs, what was lost or is doubtful before mere notes, with a closing line that counts.
pub fn text(report: &CheckReport, style: TableStyle) -> String {
    let config = Config { chars: Chars::ascii(), ..Config::default() };
    let mut page = Painter { bytes: Vec::new(), color: style.color };
    let (mut shown, hidden) = brief(report);
    shown.sort_by_key(|flaw| flaw.severity == Severity::Note);
    for flaw in shown {
        let spot = Spot::of(flaw, style.width);
        let drawn = Diagnostic::new(drawn(flaw.severity))
            .with_code(flaw.code.name())
            .with_message(flaw.message.as_str())
            .with_labels(vec![Label::primary((), spot.range.clone())])
            .with_notes(flaw.help.iter().map(|help| format!("help: {help}")).collect());
        // Writing to memory cannot fail, and a spot is within its line.
        let _ = term::emit_to_write_style(&mut page, &config, &spot, &drawn);
    }
    let mut text = String::from_utf8_lossy(&page.bytes).into_owned();
    for ((path, code), count) in &hidden {
        let _ = writeln!(text, "{count} more notes of {code} in {path}");
    }
    if !hidden.is_empty() {
        text.push_str("`--format json` shows all of them\n\n");
    }
    text + &closing(report)
}

/// The flaws to be shown, and how many notes are left out, by document and code.
fn brief(report: &CheckReport) -> (Vec<&DiagnosticReport>, BTreeMap<(String, &str), usize>) {
    let mut seen: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut shown = Vec::with_capacity(report.diagnostics.len());
    for flaw in &report.diagnostics {
        if flaw.severity == Severity::Note {
            let seen = seen.entry((flaw.shown_path(), flaw.code.name())).or_default();
            *seen += 1;
            if *seen > NOTES {
                continue;
            }
        }
        shown.push(flaw);
    }
    seen.retain(|_, count| *count > NOTES);
    seen.values_mut().for_each(|count| *count -= NOTES);
    (shown, seen)
}

fn closing(report: &CheckReport) -> String {
    let Counts { errors, warnings, notes } = report.counts;
    let counted = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let found: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
    let found = if found.is_empty() { "nothing wrong".to_owned() } else { found.join(", ") };
    format!("{found} in {}\n", counted(report.projects, "project"))
}

fn drawn(severity: Severity) -> Drawn {
    match severity {
        Severity::Note => Drawn::Note,
        Severity::Warning => Drawn::Warning,
        Severity::Error => Drawn::Error,
    }
}

/// One line of one page, as the crate wants to see it.
struct Spot {
    path: String,
    line: usize,
    column: usize,
    text: String,
    /// The bytes of the text that are underlined.
    range: Range<usize>,
}

/// What the number of the line and the frame take of the width.
const FRAME: usize = 10;

impl Spot {
    fn of(flaw: &DiagnosticReport, width: usize) -> Self {
        let (path, line) = (flaw.shown_path(), flaw.line.max(1));
        let column = flaw.column.unwrap_or(1).max(1);
        let Some(excerpt) = &flaw.excerpt else {
            return Self { path, line, column, text: String::new(), range: 0..0 };
        };
        let part = excerpt.narrowed(column, width.saturating_sub(FRAME).max(20));
        let lead = if part.column > 1 { "…" } else { "" };
        let tail = if part.cut { "…" } else { "" };
        let text = format!("{lead}{}{tail}", part.text);
        let offset = |column: usize| {
            let at = column.saturating_sub(part.column);
            lead.len() + part.text.char_indices().nth(at).map_or(part.text.len(), |(byte, _)| byte)
        };
        let start = offset(column);
        let end = flaw.end_column.map_or(start, offset).max(start);
        Self { path, line, column, range: start..end, text }
    }
}

impl<'a> Files<'a> for Spot {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.path)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), _: usize) -> Result<usize, Error> {
        Ok(self.line - 1)
    }

    fn line_range(&'a self, (): (), _: usize) -> Result<Range<usize>, Error> {
        Ok(0..self.text.len())
    }

    // The text may be a part of the line: the column is that of the page.
    fn column_number(&'a self, (): (), _: usize, _: usize) -> Result<usize, Error> {
        Ok(self.column)
    }
}

/// Text in memory, with colours or without.
struct Painter {
    bytes: Vec<u8>,
    color: bool,
}

impl Painter {
    fn set(&mut self, style: Style) -> io::Result<()> {
        if self.color {
            self.bytes.extend(style.render().to_string().into_bytes());
        }
        Ok(())
    }
}

fn color_of(severity: Drawn) -> AnsiColor {
    match severity {
        Drawn::Bug | Drawn::Error => AnsiColor::Red,
        Drawn::Warning => AnsiColor::Yellow,
        Drawn::Note | Drawn::Help => AnsiColor::Cyan,
    }
}

impl io::Write for Painter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Painter {
    fn set_header(&mut self, severity: Drawn) -> io::Result<()> {
        self.set(color_of(severity).on_default().bold())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.set(Style::new().bold())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set_source_border()
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set_source_border()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(AnsiColor::Blue.on_default().bold())
    }

    fn set_label(&mut self, severity: Drawn, _: LabelStyle) -> io::Result<()> {
        self.set(color_of(severity).on_default())
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.color {
            self.bytes.extend(anstyle::Reset.render().to_string().into_bytes());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const PLAIN: TableStyle = TableStyle { width: 80, color: false };

    #[test]
    fn the_line_is_shown_with_the_place_underlined_and_what_to_do() {
        let expected = "\
error[heading-without-body]: nothing stands below \"Lamp, 50% brighter\"
  --> a b/page.md:3:5
  |
3 | ### Lamp, 50% brighter
  |     ^^^^^^^^^^^^^^^^^^
  |
  = help: do, as told: 100%

";
        let shown = text(&sample::report(), PLAIN);
        assert!(shown.starts_with(expected), "{shown}");
        assert!(shown.ends_with("1 error, 1 warning, 1 note in 0 projects\n"), "{shown}");
    }

    #[test]
    fn control_characters_and_addresses_of_the_page_are_not_shown() {
        let shown = text(&sample::report(), PLAIN);
        assert!(!shown.contains("example.org") && !shown.contains('\u{1b}'), "{shown}");
        assert!(shown.contains("7 | - Mentor(s): �[31mAda (***************)\n"), "{shown}");
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let painted = text(&sample::report(), TableStyle { color: true, ..PLAIN });
        let mut bare = String::new();
        let mut parts = painted.split('\u{1b}');
        bare.push_str(parts.next().unwrap());
        for part in parts {
            bare.push_str(&part[part.find('m').unwrap() + 1..]);
        }
        assert!(painted.len() > bare.len());
        assert_eq!(bare, text(&sample::report(), PLAIN));
    }

    #[test]
    fn no_line_of_a_page_is_shown_wider_than_asked_for() {
        let mut checked = sample::checked();
        let line = format!("\n\n{}LAMP{}", "a".repeat(3000), "b".repeat(3000));
        checked.pages = vec![crate::catalog::Page::new("a b/page.md".into(), line)];
        checked.catalog.diagnostics.truncate(1);
        let flaw = &mut checked.catalog.diagnostics[0];
        (flaw.column, flaw.end_column) = (Some(3001), Some(3005));
        let shown = text(&CheckReport::from(&checked), PLAIN);
        let source = shown.lines().find(|line| line.starts_with("3 |")).unwrap();
        assert!(source.chars().count() <= 80 && source.contains("aLAMPb"), "{shown}");
        assert!(shown.contains("page.md:3:3001\n"), "{shown}");
        let at = source.find("LAMP").unwrap();
        let mark = shown.lines().find(|line| line.contains("^^^^")).unwrap();
        // The mark before the cut line is one character and three bytes.
        assert_eq!(mark.find('^'), Some(at - "…".len() + 1), "{shown}");
    }
}
