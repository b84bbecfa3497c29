//! Flaws as workflow commands of GitHub Actions: each becomes an annotation on the lines of a pull request.

use std::fmt::Write;

use super::schema::{CheckReport, DiagnosticReport};
use crate::model::Severity;

/// One command a flaw: `::warning file=…,line=…,col=…,title=…::message`.
///
/// See "Workflow commands for GitHub Actions" in GitHub's documentation; the escapes are those of its toolkit.
pub fn github(report: &CheckReport) -> String {
    let mut text = String::new();
    for flaw in &report.diagnostics {
        // Writing to memory cannot fail.
        let _ = writeln!(text, "{}", command(flaw));
    }
    text
}

fn command(flaw: &DiagnosticReport) -> String {
    let level = match flaw.severity {
        Severity::Note => "notice",
        severity => severity.name(),
    };
    let mut places = format!("file={},line={}", property(&slashes(flaw)), flaw.line);
    for (name, column) in [("col", flaw.column), ("endColumn", flaw.end_column)] {
        if let Some(column) = column {
            places += &format!(",{name}={column}");
        }
    }
    let title = property(flaw.code.name());
    let message = match &flaw.help {
        Some(help) => format!("{}\nhelp: {help}", flaw.message),
        None => flaw.message.clone(),
    };
    format!("::{level} {places},title={title}::{}", data(&message))
}

/// The path as it is named in a repository, whatever the system's separator.
fn slashes(flaw: &DiagnosticReport) -> String {
    let path = flaw.shown_path().replace(std::path::MAIN_SEPARATOR, "/");
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_flaw_is_one_command_with_its_place() {
        let text = github(&sample::report());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "::error file=a b/page.md,line=3,col=5,endColumn=23,title=heading-without-body::\
             nothing stands below \"Lamp, 50%25 brighter\"%0Ahelp: do, as told: 100%25"
        );
        assert!(lines[1].starts_with("::notice file=a b/page.md,line=7,col=24,"), "{text}");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn no_page_can_add_a_command_of_its_own() {
        let text = github(&sample::report());
        assert!(text.lines().all(|line| !line.starts_with("::error::")), "{text}");
        assert!(text.contains("title=no-projects::nothing ::error::found%0Ahelp"), "{text}");
    }

    #[test]
    fn marks_that_part_properties_are_escaped_in_them() {
        assert_eq!(property("a:b,c%d\r\n"), "a%3Ab%2Cc%25d%0D%0A");
        assert_eq!(data("a:b,c%d\r\n"), "a:b,c%25d%0D%0A");
    }
}
