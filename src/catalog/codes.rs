//! The codes of all flaws that a catalog can have, with what they mean: the one source of every explanation.
//!
//! Plain data. Who finds a flaw names its code; `docs/diagnostics.md` and the reports say what stands here.

use crate::model::Severity::{self, Error, Note, Warning};

/// A kind of flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub name: &'static str,
    /// How grave it is at most.
    pub severity: Severity,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

/// The code called `name`.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

impl Code {
    /// The code explained, as a section of a Markdown page.
    pub fn explanation(&self) -> String {
        let Self { name, severity, summary, why, fix } = self;
        let severity = severity.name();
        format!("## {name}\n\n*{severity}.* {summary}\n\n{why}\n\n**What to do.** {fix}\n")
    }
}

const fn code(
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    fix: &'static str,
) -> Code {
    Code { name, severity, summary, why, fix }
}

/// All codes: what is lost first, then what is doubtful, then what could be better.
pub const CODES: &[Code] = &[
    code(
        "heading-without-body",
        Error,
        "A project's heading has nothing below it.",
        "A title alone cannot be matched with anybody. Often the body exists, but stands below another heading \
         after a move or a merge. Where such a body tells of this title, the two are joined, and this is a warning only; \
         so it is where the heading links the LFX platform.",
        "Move the body back below its heading, write the missing fields, or remove the heading.",
    ),
    code(
        "bad-program",
        Error,
        "An entry of a JSON export is no object, or has no name, and was left out.",
        "The other programs of the export were read; this one no mentee will see.",
        "Make it an object and give it a `program_name_full`.",
    ),
    code(
        "broken-json",
        Error,
        "A JSON export is broken; only the programs that are whole were read.",
        "An export that was cut off or edited by hand loses every program from the break on, and some before it.",
        "Export it again, or mend the place that the message names.",
    ),
    code(
        "unreadable-document",
        Error,
        "A document in a folder could not be read and was left out.",
        "All of its projects are missing: it is larger than the limit, no text, not permitted, or no export at all.",
        "Mend or remove the document; name it by itself to see why it is refused.",
    ),
    code(
        "body-without-heading",
        Warning,
        "The fields of a project stand where no heading announces a project.",
        "Without a title, one is guessed from the text, and the organisation may be the wrong one. \
         Readers of the page cannot link to the project either.",
        "Give the project a heading of its own, one level below its organisation's.",
    ),
    code(
        "wrong-organisation",
        Warning,
        "A project stands below one organisation, while its title and upstream address name another.",
        "It is listed with the organisation that its own words name, but readers of the page look for it elsewhere.",
        "Move the project below its organisation's heading.",
    ),
    code(
        "duplicate-project",
        Warning,
        "Two projects of one page have the same organisation and title.",
        "Mentees apply to one of them and mentors read the other. Most often a section was pasted twice.",
        "Remove one, or tell their titles apart.",
    ),
    code(
        "shared-lfx-url",
        Warning,
        "Two projects link the same page on the LFX platform.",
        "Whoever applies by the copied link applies to another project.",
        "Link each project's own page.",
    ),
    code(
        "unread-section",
        Warning,
        "A heading stands among the projects, but nothing below it is labelled as a project's fields.",
        "It was taken for text about the page. If it is a project, nobody will be matched with it.",
        "Label its parts: `Description:`, `Recommended Skills:`, `Mentor(s):`, `Upstream Issue:`.",
    ),
    code(
        "open-fence",
        Warning,
        "A code fence is opened and never closed.",
        "Everything behind it is shown as code. It was read as if the fence were not there.",
        "Close the fence with the same marks, or remove it.",
    ),
    code(
        "no-projects",
        Warning,
        "The document has no project that could be recognised.",
        "A project is known by a heading with labelled fields below it, by a row of a table of projects, \
         or by a program of a JSON export.",
        "Check that this is the right document; else give every project a heading and labelled fields.",
    ),
    code(
        "wrong-type",
        Warning,
        "A value of a JSON export has a type that the field cannot have, and was left out.",
        "The rest of the program was read, so the project is found, but without this value.",
        "Write a text, or a list of texts, as the message says.",
    ),
    code(
        "missing-organisation",
        Warning,
        "A project has no organisation.",
        "Those who look for the projects of an organisation will not find it, and its maturity is not known.",
        "Put it below a heading with the organisation's name.",
    ),
    code(
        "missing-description",
        Warning,
        "A project has no description.",
        "Only its title and skills are left to tell whom it suits.",
        "Add a `Description:` of a few sentences.",
    ),
    code(
        "missing-skills",
        Warning,
        "A project names no skills.",
        "Matching rests on skills first. Without any, a project is found by the words of its description alone.",
        "Add `Recommended Skills:` and name them, separated by commas or as a list.",
    ),
    code(
        "missing-mentors",
        Warning,
        "A project names no mentor.",
        "Mentees have nobody to turn to.",
        "Add `Mentor(s):` with a name and a GitHub handle each.",
    ),
    code(
        "missing-upstream",
        Warning,
        "A project has no upstream address.",
        "Mentees cannot see where the work happens or get into it before they apply.",
        "Add `Upstream Issue:` with the address of an issue.",
    ),
    code(
        "dead-upstream",
        Warning,
        "An upstream address cannot lead to a repository or an issue.",
        "It is a placeholder, a form for new issues, or only the front of a site. No address is opened to find this out.",
        "Link the issue, or at least the repository.",
    ),
    code(
        "misspelt-skill",
        Warning,
        "A skill looks like the name of a known one, misspelt.",
        "A long name is read as what it resembles, with some loss of trust; a short one is only matched as it is written, \
         and that is a note, for it may be the right name of something unknown.",
        "Write the name as its makers do.",
    ),
    code(
        "misspelt-label",
        Note,
        "The label of a field is misspelt.",
        "It was understood, but readers stumble, and the next slip may be one too many.",
        "Write the label as the message gives it.",
    ),
    code(
        "mentor-without-handle",
        Note,
        "A mentor has no GitHub handle.",
        "Names are not unique; by a handle mentees find the right person.",
        "Write `Name (@handle)`.",
    ),
    code(
        "unknown-organisation",
        Note,
        "An organisation is not in the CNCF landscape that is built in.",
        "Its maturity is not known. It may be new, renamed, outside the foundation, or misspelt.",
        "Check the spelling; write the name as the landscape does.",
    ),
    code(
        "told-elsewhere",
        Note,
        "Projects of a document are told of in another one of the same catalog as well.",
        "A term's page, its list of ideas and its export tell of the same projects. Of those with the same term, organisation \
         and title the fullest counts, with what links and mentors the other adds, so that nobody is recommended one twice.",
        "Nothing, or name one of the documents alone.",
    ),
    code(
        "address-in-clear",
        Note,
        "A mail address stands on the page in clear.",
        "Whoever collects addresses finds it there for as long as the page's history exists. \
         It is left out of everything that is made of the page.",
        "Name people by their GitHub handle alone.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_in_small_words() {
        for (at, code) in CODES.iter().enumerate() {
            assert!(
                code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                code.name
            );
            assert!(CODES[..at].iter().all(|other| other.name != code.name), "{}", code.name);
        }
    }

    #[test]
    fn every_code_says_what_it_is_why_it_matters_and_what_to_do() {
        for code in CODES {
            for text in [code.summary, code.why, code.fix] {
                assert!(text.ends_with('.') && text.len() > 20, "{}: {text}", code.name);
                assert!(!text.contains("  "), "{}: {text}", code.name);
            }
        }
    }

    #[test]
    fn codes_stand_from_grave_to_slight() {
        assert!(CODES.is_sorted_by(|a, b| a.severity >= b.severity));
    }
}
