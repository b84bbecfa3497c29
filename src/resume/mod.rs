//! A résumé: skills by the lexicon, interests and wishes by their sections. Personal lines are not read.

mod blocks;
mod found;
#[cfg(feature = "pdf")]
mod layout;
#[cfg(feature = "pdf")]
mod pdf;
mod sections;

use blocks::{Block, blocks};
use encoding_rs::Encoding;
use found::Found;
use sections::{Section, labelled, opened_by};

use crate::error::{Error, ErrorKind, Result};
use crate::model::Mentee;

/// A larger file, in bytes, is no résumé.
pub const LARGEST: usize = 16 << 20;
/// The text of a résumé from the bytes of its file: a PDF, or text in UTF-8 or, with a byte order mark, UTF-16.
///
/// # Errors
///
/// There are more bytes than [`LARGEST`] ([`ErrorKind::TooLarge`]), or a PDF unpacks to more than 64 MiB; the PDF cannot be
/// read or holds no text, or the bytes are no text.
pub fn text(bytes: Vec<u8>) -> Result<String> {
    if bytes.len() > LARGEST {
        let message = format!("a résumé of more than {} MiB", LARGEST >> 20);
        return Err(Error::new(ErrorKind::TooLarge, message).with_help("name a shorter file"));
    }
    if bytes.starts_with(b"%PDF-") {
        return pdf_text(&bytes);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, is_broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if !is_broken {
            return Ok(text.into_owned());
        }
    }
    String::from_utf8(bytes).map_err(|_| {
        Error::new(ErrorKind::Input, "neither a PDF nor text in UTF-8 or UTF-16")
            .with_help("save it as PDF, Markdown or plain text")
    })
}

#[cfg(feature = "pdf")]
fn pdf_text(bytes: &[u8]) -> Result<String> {
    pdf::text(bytes)
}

#[cfg(not(feature = "pdf"))]
fn pdf_text(_: &[u8]) -> Result<String> {
    Err(Error::new(ErrorKind::Input, "this build reads no PDF")
        .with_help("save it as plain text, or build with `--features pdf`"))
}

/// What a résumé in Markdown or plain text says of its writer's skills, wishes and interests.
///
/// The name at its head, lines with an address, a link or a telephone number, and sections about the
/// person, their schools and referees are passed over. Skills come in the order of the text, each once.
pub fn read(text: &str) -> Mentee {
    let mut found = Found::new();
    let mut section = Section::Work;
    for block in blocks(text) {
        match block {
            Block::Heading(heading) => section = opened_by(heading),
            Block::Text(text) => match labelled(&text) {
                Some((section, text)) => found.read(text, section),
                None => found.read(&text, section),
            },
        }
    }
    found.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_wishes_and_interests_are_found_and_contacts_are_not_read() {
        let text = "# Jo Doe\njo@example.org, rust.example.org\n\n## Experience\n\
            - Wrote services for Kubernetes in Go, 2023 – 2025.\n\n## Interests\n- edge computing\n\
            \n## Skills to learn\neBPF\n\n## References\nA. Person, Python Ltd\n";
        let mentee = read(text);
        assert_eq!(mentee.interests.as_deref(), Some("edge computing"));
        assert_eq!(mentee.skills, ["Kubernetes", "Go"]);
        assert_eq!(mentee.learn, ["eBPF"]);
    }

    #[test]
    fn a_list_of_skills_is_read_as_one() {
        let text = "## Technical skills\n- rust\n- go\nBackend: python, docker\n* SQL; c\n\
            I go to great lengths to write good documentation.\n\n## To learn\n- julia\n";
        let mentee = read(text);
        let skills = ["rust", "go", "Backend", "python", "docker", "SQL", "c", "documentation"];
        assert_eq!(mentee.skills, skills);
        assert_eq!(mentee.learn, ["julia"]);
    }

    #[test]
    fn a_label_opens_a_section_of_its_own_line() {
        let text = "**Skills:** Pyton, golang, telegram\nInterests: edge computing\n\
            Learning goals: rust\nI worked with React.\nAddress: 1 Java Road\n";
        let mentee = read(text);
        assert_eq!(mentee.skills, ["Pyton", "golang", "React"]);
        assert_eq!(mentee.learn, ["rust"]);
        assert_eq!(mentee.interests.as_deref(), Some("edge computing"));
    }

    #[test]
    fn a_label_ends_the_item_of_a_list_above_it() {
        let mentee = read("Projects\n- A service with LangChain\nInterested in: Kubernetes\n");
        assert_eq!(mentee.skills, ["LangChain"]);
        assert_eq!(mentee.interests.as_deref(), Some("Kubernetes"));
    }

    #[test]
    fn a_resume_says_the_same_however_wide_its_page_is() {
        let said = "I have no experience with Kubernetes or Java. I want to learn Rust and Terraform \
            soon, and I have written services in Go on Linux for years.";
        let expected = read(said);
        assert_eq!(expected.skills, ["Go", "Linux"]);
        assert_eq!(expected.learn, ["Rust", "Terraform"]);
        for width in 10..100 {
            assert_eq!(read(&textwrap::fill(said, width)), expected, "at {width}");
        }
    }

    #[test]
    fn what_is_wished_or_denied_is_not_had() {
        let text = "## Experience\nServices in Go. I have never used Kubernetes, but I would like to learn Rust.\n\
            No experience with C++ or Java yet.\n\n## Not my thing\nNo Python.\n";
        let mentee = read(text);
        assert_eq!((mentee.skills, mentee.learn), (vec!["Go".into()], vec!["Rust".into()]));
    }

    #[test]
    fn what_is_denied_anywhere_is_not_had_unless_a_list_names_it() {
        let text = "## Experience\nWorked with the React team, but wrote no React myself. No Go at work.\n\n\
            ## Skills\nPython, Go\nLearning: Rust\nNot: C++\n";
        let mentee = read(text);
        assert_eq!(mentee.skills, ["Python", "Go"]);
        assert_eq!(mentee.learn, ["Rust"]);
    }

    #[test]
    fn whoever_is_called_like_a_skill_does_not_have_it() {
        let skills = |name: &str| read(&format!("{name}\nSkills\nGo, Rust\n")).skills;
        assert_eq!(skills("Julia Jenkins"), ["Go", "Rust"]);
        assert_eq!(skills("**Ruby Argo**"), skills("Jo Doe"));
    }

    #[test]
    fn of_a_sentence_with_a_link_the_sentence_stays() {
        let text = "Interests\nI run edge clusters for fun, see https://rust.example.org and write to \
            go@example.org about them.\n";
        let interests = read(text).interests.unwrap();
        assert_eq!(interests, "I run edge clusters for fun, see and write to about them.");
    }

    #[test]
    fn schools_countries_and_genders_make_no_difference() {
        let skills = "Skills\nGo, Rust\n";
        let personal = "Jo Doe\nGender: Perl\nNationality: Swift\nAddress: 1 Java Road\n\
            Education\nBSc, University of Haskell, 2021\nElixir College\n";
        assert_eq!(read(&format!("{personal}{skills}")), read(skills));
    }

    #[test]
    fn bytes_that_are_no_text_are_an_error_that_says_what_to_do() {
        let error = text(vec![0xff, 0xfe, 0x00]).unwrap_err().to_string();
        assert!(error.contains("save it as"), "{error}");
    }
}
