//! The kinds of flaws that a catalog can have: their names and their order.
//!
//! What each means and what to do about it, `catalog::codes` explains.

use serde::{Deserialize, Serialize};

/// Defines [`Code`] so that no code can lack its name or its place in [`Code::ALL`].
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal,)+) => {
        /// A kind of flaw. In JSON it is its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $name)] $code,)+
        }

        impl Code {
            /// All codes: what is lost first, then what is doubtful, then what could be better.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// Its stable name, in small letters and hyphens: `missing-skills`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }
        }
    };
}

codes! {
    /// A project's heading has nothing below it.
    HeadingWithoutBody = "heading-without-body",
    /// An entry of a JSON export is not an object, or has no name, and was left out.
    BadProgram = "bad-program",
    /// A JSON export is broken; only the programs that are whole were read.
    BrokenJson = "broken-json",
    /// A document in a folder could not be read and was left out.
    UnreadableDocument = "unreadable-document",
    /// The fields of a project have no heading that announces a project.
    BodyWithoutHeading = "body-without-heading",
    /// A project is below one organisation, while its title and upstream address name another.
    WrongOrganisation = "wrong-organisation",
    /// Two projects of one page have the same organisation and title.
    DuplicateProject = "duplicate-project",
    /// Two projects link the same page on the LFX platform.
    SharedLfxUrl = "shared-lfx-url",
    /// A heading is among the projects, but nothing below it is labelled as a project's fields.
    UnreadSection = "unread-section",
    /// A code fence is opened and never closed.
    OpenFence = "open-fence",
    /// The document has no project that could be recognised.
    NoProjects = "no-projects",
    /// A value of a JSON export has a type that the field cannot have, and was left out.
    WrongType = "wrong-type",
    /// A project has no organisation.
    MissingOrganisation = "missing-organisation",
    /// A project has no description.
    MissingDescription = "missing-description",
    /// A project names no skills.
    MissingSkills = "missing-skills",
    /// A project names no mentor.
    MissingMentors = "missing-mentors",
    /// A project has no upstream address.
    MissingUpstream = "missing-upstream",
    /// An upstream address cannot lead to a repository or an issue.
    DeadUpstream = "dead-upstream",
    /// A skill looks like the name of a known one, misspelt.
    MisspeltSkill = "misspelt-skill",
    /// The label of a field is misspelt.
    MisspeltLabel = "misspelt-label",
    /// A mentor has no GitHub handle.
    MentorWithoutHandle = "mentor-without-handle",
    /// An organisation is not in the CNCF landscape that is built in.
    UnknownOrganisation = "unknown-organisation",
    /// Projects of a document are in another one of the same catalog as well.
    ToldElsewhere = "told-elsewhere",
    /// A mail address is visible on the page.
    AddressInClear = "address-in-clear",
}

impl Code {
    /// The code called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_in_small_words() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert!(code.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
            assert!(Code::ALL[..at].iter().all(|other| other.name() != code.name()), "{code}");
        }
    }

    #[test]
    fn json_holds_the_name() {
        for code in Code::ALL {
            let json = serde_json::to_value(code).unwrap();
            assert_eq!(json, code.name());
            assert_eq!(serde_json::from_value::<Code>(json).unwrap(), *code);
        }
    }
}
