//! A small report of our own, for the tests of the renderers.

use super::schema::CheckReport;
use crate::catalog::{Checked, Page};
use crate::model::{Catalog, Code, Diagnostic, Severity};

/// Three flaws on two pages, one of which cannot be read.
pub(super) fn checked() -> Checked {
    let text = "# Ideas\n\n### Lamp, 50% brighter\n\n## Lamp\n\n- Mentor(s): \u{1b}[31mAda (ada@example.org)\n";
    let flaw =
        |path: &str, line, severity, code: Code, message: &str, columns: Option<(usize, usize)>| {
            Diagnostic {
                path: path.into(),
                line,
                severity,
                code,
                message: message.into(),
                column: columns.map(|c| c.0),
                end_column: columns.map(|c| c.1),
                help: Some("do, as told: 100%".into()),
            }
        };
    let diagnostics = vec![
        flaw(
            "a b/page.md",
            3,
            Severity::Error,
            Code::HeadingWithoutBody,
            "nothing stands below \"Lamp, 50% brighter\"",
            Some((5, 23)),
        ),
        flaw(
            "a b/page.md",
            7,
            Severity::Note,
            Code::AddressInClear,
            "of ada@example.org",
            Some((24, 39)),
        ),
        flaw("gone.md", 1, Severity::Warning, Code::NoProjects, "nothing\n::error::found", None),
    ];
    let catalog = Catalog { diagnostics, ..Catalog::default() };
    Checked { catalog, pages: vec![Page::new("a b/page.md".into(), text.into())] }
}

pub(super) fn report() -> CheckReport {
    CheckReport::from(&checked())
}
