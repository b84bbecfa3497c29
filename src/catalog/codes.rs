//! The codes of the flaws that the reader tells, each with what it means.
//!
//! Data only: for documentation, and for reports that explain a code. Where a flaw is found, the readers know.

use crate::model::Severity;

/// A kind of flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub name: &'static str,
    /// How grave it is as a rule.
    pub severity: Severity,
    /// What it means.
    pub meaning: &'static str,
}

const fn code(name: &'static str, severity: Severity, meaning: &'static str) -> Code {
    Code { name, severity, meaning }
}

use Severity::{Error, Note, Warning};

/// All codes, by name.
pub const CODES: &[Code] = &[
    code(
        "address-in-clear",
        Note,
        "A mentor's mail address stands in the page; the reader drops it.",
    ),
    code(
        "bad-program",
        Error,
        "An entry of the export is no object or has no name and was left out.",
    ),
    code(
        "body-without-heading",
        Warning,
        "Fields of a project stand below no heading of their own.",
    ),
    code(
        "broken-json",
        Error,
        "The export breaks off or is malformed; only its whole programs were read.",
    ),
    code("dead-upstream", Warning, "An upstream address leads to no repository or issue."),
    code("duplicate-project", Warning, "Organisation and title are those of a project further up."),
    code(
        "heading-without-body",
        Warning,
        "Nothing stands below a heading that should be a project's; an error where no body was found for it.",
    ),
    code("mentor-without-handle", Note, "A mentor is named without a GitHub handle."),
    code("missing-description", Warning, "A project has no description."),
    code("missing-mentors", Warning, "A project names no mentor."),
    code("missing-organisation", Warning, "A project stands below no organisation."),
    code("missing-skills", Warning, "A project asks for no skill."),
    code("missing-upstream", Warning, "A project names no upstream address."),
    code("misspelt-label", Note, "A label is a known one but for a slip of the hand."),
    code("no-projects", Warning, "A document that was named holds no project."),
    code(
        "open-fence",
        Warning,
        "A code fence is never closed; it was read as if it were not there.",
    ),
    code("unknown-organisation", Note, "An organisation is no project of the CNCF landscape."),
    code(
        "unread-section",
        Warning,
        "A heading with text stands where projects stand but has no fields.",
    ),
    code(
        "unreadable-document",
        Error,
        "A document found in a folder could not be read and was left out.",
    ),
    code(
        "wrong-organisation",
        Warning,
        "Title and upstream address are of another organisation than the heading.",
    ),
    code("wrong-type", Warning, "A value of the export has the wrong type and was left out."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_in_order_so_that_each_stands_once() {
        assert!(CODES.is_sorted_by(|a, b| a.name < b.name));
    }
}
