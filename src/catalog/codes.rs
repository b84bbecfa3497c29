//! What every kind of flaw means: the one source of every explanation.
//!
//! Plain data. Who finds a flaw names its code; `docs/diagnostics.md` and the reports say what is written here.

use crate::model::Code;
use crate::model::Severity::{self, Error, Note, Warning};

/// What a kind of flaw means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Its greatest severity.
    pub severity: Severity,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

/// `code` explained, as a section of a Markdown page.
pub fn section(code: Code) -> String {
    let Explanation { severity, summary, why, fix } = explain(code);
    let severity = severity.name();
    format!("## {code}\n\n*{severity}.* {summary}\n\n{why}\n\n**What to do.** {fix}\n")
}

const fn entry(
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    fix: &'static str,
) -> Explanation {
    Explanation { severity, summary, why, fix }
}

/// What `code` means.
pub const fn explain(code: Code) -> Explanation {
    match code {
        Code::HeadingWithoutBody => entry(
            Error,
            "A project's heading has nothing below it.",
            "A title alone cannot be matched with anybody. Often the body exists, but stands below another heading \
             after a move or a merge. Where such a body tells of this title, the two are joined, and this is a warning only; \
             so it is where the heading links the LFX platform.",
            "Move the body back below its heading, write the missing fields, or remove the heading.",
        ),
        Code::BadProgram => entry(
            Error,
            "An entry of a JSON export is no object, or has no name, and was left out.",
            "The other programs of the export were read; this one no mentee will see.",
            "Make it an object and give it a `program_name_full`.",
        ),
        Code::BrokenJson => entry(
            Error,
            "A JSON export is broken; only the programs that are whole were read.",
            "An export that was cut off or edited by hand loses every program from the break on, and some before it.",
            "Export it again, or mend the place that the message names.",
        ),
        Code::UnreadableDocument => entry(
            Error,
            "A document in a folder could not be read and was left out.",
            "All of its projects are missing: it is larger than the limit, no text, not permitted, or no export at all.",
            "Mend or remove the document; name it by itself to see why it is refused.",
        ),
        Code::BodyWithoutHeading => entry(
            Warning,
            "The fields of a project stand where no heading announces a project.",
            "Without a title, one is guessed from the text, and the organisation may be the wrong one. \
             Readers of the page cannot link to the project either.",
            "Give the project a heading of its own, one level below its organisation's.",
        ),
        Code::WrongOrganisation => entry(
            Warning,
            "A project stands below one organisation, while its title and upstream address name another.",
            "It is listed with the organisation that its own words name, but readers of the page look for it elsewhere.",
            "Move the project below its organisation's heading.",
        ),
        Code::DuplicateProject => entry(
            Warning,
            "Two projects of one page have the same organisation and title.",
            "Mentees apply to one of them and mentors read the other. Most often a section was pasted twice.",
            "Remove one, or tell their titles apart.",
        ),
        Code::SharedLfxUrl => entry(
            Warning,
            "Two projects link the same page on the LFX platform.",
            "Whoever applies by the copied link applies to another project.",
            "Link each project's own page.",
        ),
        Code::UnreadSection => entry(
            Warning,
            "A heading stands among the projects, but nothing below it is labelled as a project's fields.",
            "It was taken for text about the page. If it is a project, nobody will be matched with it.",
            "Label its parts: `Description:`, `Recommended Skills:`, `Mentor(s):`, `Upstream Issue:`.",
        ),
        Code::OpenFence => entry(
            Warning,
            "A code fence is opened and never closed.",
            "Everything behind it is shown as code. It was read as if the fence were not there.",
            "Close the fence with the same marks, or remove it.",
        ),
        Code::NoProjects => entry(
            Warning,
            "The document has no project that could be recognised.",
            "A project is known by a heading with labelled fields below it, by a row of a table of projects, \
             or by a program of a JSON export.",
            "Check that this is the right document; else give every project a heading and labelled fields.",
        ),
        Code::WrongType => entry(
            Warning,
            "A value of a JSON export has a type that the field cannot have, and was left out.",
            "The rest of the program was read, so the project is found, but without this value.",
            "Write a text, or a list of texts, as the message says.",
        ),
        Code::MissingOrganisation => entry(
            Warning,
            "A project has no organisation.",
            "Those who look for the projects of an organisation will not find it, and its maturity is not known.",
            "Put it below a heading with the organisation's name.",
        ),
        Code::MissingDescription => entry(
            Warning,
            "A project has no description.",
            "Only its title and skills are left to tell whom it suits.",
            "Add a `Description:` of a few sentences.",
        ),
        Code::MissingSkills => entry(
            Warning,
            "A project names no skills.",
            "Matching rests on skills first. Without any, a project is found by the words of its description alone.",
            "Add `Recommended Skills:` and name them, separated by commas or as a list.",
        ),
        Code::MissingMentors => entry(
            Warning,
            "A project names no mentor.",
            "Mentees have nobody to turn to.",
            "Add `Mentor(s):` with a name and a GitHub handle each.",
        ),
        Code::MissingUpstream => entry(
            Warning,
            "A project has no upstream address.",
            "Mentees cannot see where the work happens or get into it before they apply.",
            "Add `Upstream Issue:` with the address of an issue.",
        ),
        Code::DeadUpstream => entry(
            Warning,
            "An upstream address cannot lead to a repository or an issue.",
            "It is a placeholder, a form for new issues, or only the front of a site. No address is opened to find this out.",
            "Link the issue, or at least the repository.",
        ),
        Code::MisspeltSkill => entry(
            Warning,
            "A skill looks like the name of a known one, misspelt.",
            "A long name is read as what it resembles, with some loss of trust; a short one is only matched as it is written, \
             and that is a note, for it may be the right name of something unknown.",
            "Write the name as its makers do.",
        ),
        Code::MisspeltLabel => entry(
            Note,
            "The label of a field is misspelt.",
            "It was understood, but readers stumble, and the next slip may be one too many.",
            "Write the label as the message gives it.",
        ),
        Code::MentorWithoutHandle => entry(
            Note,
            "A mentor has no GitHub handle.",
            "Names are not unique; by a handle mentees find the right person.",
            "Write `Name (@handle)`.",
        ),
        Code::UnknownOrganisation => entry(
            Note,
            "An organisation is not in the CNCF landscape that is built in.",
            "Its maturity is not known. It may be new, renamed, outside the foundation, or misspelt.",
            "Check the spelling; write the name as the landscape does.",
        ),
        Code::ToldElsewhere => entry(
            Note,
            "Projects of a document are told of in another one of the same catalog as well.",
            "A term's page, its list of ideas and its export tell of the same projects. Of those with the same term, organisation \
             and title the fullest counts, with what links and mentors the other adds, so that nobody is recommended one twice.",
            "Nothing, or name one of the documents alone.",
        ),
        Code::AddressInClear => entry(
            Note,
            "A mail address stands on the page in clear.",
            "Whoever collects addresses finds it there for as long as the page's history exists. \
             It is left out of everything that is made of the page.",
            "Name people by their GitHub handle alone.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_what_it_is_why_it_matters_and_what_to_do() {
        for code in Code::ALL {
            let Explanation { summary, why, fix, .. } = explain(*code);
            for text in [summary, why, fix] {
                assert!(text.ends_with('.') && text.len() > 20, "{code}: {text}");
                assert!(!text.contains("  "), "{code}: {text}");
            }
        }
    }

    #[test]
    fn codes_are_ordered_from_grave_to_slight() {
        assert!(Code::ALL.is_sorted_by_key(|code| std::cmp::Reverse(explain(*code).severity)));
    }
}
