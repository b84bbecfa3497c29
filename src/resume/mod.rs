//! A résumé: skills by the lexicon, interests and wishes by their sections. Personal lines are not read.

#[cfg(feature = "pdf")]
mod layout;
#[cfg(feature = "pdf")]
mod pdf;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Mentee;
use crate::skills::{Lexicon, Mention, SkillId, Tone, Tones, goes_on, list, words};

/// What a section of a résumé tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// What its writer has done and can do.
    Work,
    /// The same, as lists.
    Skills,
    /// What they want to learn.
    Wishes,
    /// What they are interested in.
    Interests,
    /// Who they are, and who speaks for them.
    Person,
}

/// Words of headings, and the section that they open; the first that fits counts.
const HEADINGS: [(&str, Section); 24] = [
    ("to learn", Section::Wishes),
    ("learning goal", Section::Wishes),
    ("want to learn", Section::Wishes),
    ("personal project", Section::Work),
    ("interest", Section::Interests),
    ("objective", Section::Interests),
    ("motivation", Section::Interests),
    ("goal", Section::Interests),
    ("looking for", Section::Interests),
    ("about me", Section::Interests),
    ("personal data", Section::Person),
    ("personal detail", Section::Person),
    ("personal information", Section::Person),
    ("personal info", Section::Person),
    ("contact", Section::Person),
    ("reference", Section::Person),
    ("referee", Section::Person),
    ("hobb", Section::Person),
    ("education", Section::Person),
    ("school", Section::Person),
    ("universit", Section::Person),
    ("skill", Section::Skills),
    ("technologies", Section::Skills),
    ("tech stack", Section::Skills),
];

/// A larger file, in bytes, is no résumé.
pub const LARGEST: usize = 16 << 20;
/// How many words an item of a list has at most; with more it is running text.
const LONGEST_ITEM: usize = 4;
/// How many words a label before a colon has at most.
const LONGEST_LABEL: usize = 3;
/// How many words stand beside the links of a line of contacts at most.
const LONGEST_CONTACT: usize = 6;
/// How many words a name at the head of a résumé has at most.
const LONGEST_NAME: usize = 5;

/// The text of a résumé from the bytes of its file: a PDF, or UTF-8 text.
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
    String::from_utf8(bytes).map_err(|_| {
        Error::new(ErrorKind::Input, "neither a PDF nor UTF-8 text")
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
    let mut found = Found::default();
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
    let interests = (!found.interests.is_empty()).then(|| found.interests.join("\n"));
    Mentee { skills: found.had.texts, learn: found.wanted.texts, interests, level: None }
}

const BULLETS: [char; 6] = ['-', '*', '•', '–', '‣', ' '];

/// A piece of a résumé, without what is personal.
enum Block<'a> {
    Heading(&'a str),
    /// A paragraph, or an item of a list, in one line.
    Text(String),
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    // Whether the last block may go on.
    let mut is_open = false;
    let mut lines = text.lines().map(str::trim).peekable();
    while lines.next_if(|line| line.is_empty()).is_some() {}
    // Julia, Ruby and Jenkins are people, too.
    lines.next_if(|line| is_name(line));
    for line in lines {
        let was_open = std::mem::replace(&mut is_open, false);
        let goes_on = match blocks.last() {
            Some(Block::Text(text)) => was_open && goes_on(text, line),
            _ => false,
        };
        // "experience" may be the last word of a sentence, "Experience" is a heading.
        let is_small = line.starts_with(char::is_lowercase);
        if let Some(heading) = heading(line).filter(|_| !(goes_on && is_small)) {
            blocks.push(Block::Heading(heading));
        } else if let Some(line) = impersonal(line) {
            match blocks.last_mut() {
                Some(Block::Text(text)) if goes_on => {
                    text.push(' ');
                    text.push_str(&line);
                }
                _ => blocks.push(Block::Text(line)),
            }
            is_open = true;
        }
    }
    blocks
}

/// What stands behind a label that opens a section of one line: "**Skills:** Go, Rust".
fn labelled(text: &str) -> Option<(Section, &str)> {
    let (label, text) = text.split_once(':')?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let section = opened_by(label);
    let is_label = label.split_whitespace().count() <= LONGEST_LABEL && section != Section::Work;
    is_label.then(|| (section, text.trim_start_matches(['*', '_', ' '])))
}

/// Skills in the order of the text, each once, and how they were written.
#[derive(Default)]
struct Skills {
    skills: Vec<SkillId>,
    texts: Vec<String>,
}

/// What was found in a résumé.
struct Found {
    lexicon: &'static Lexicon,
    had: Skills,
    wanted: Skills,
    interests: Vec<String>,
}

impl Default for Found {
    fn default() -> Self {
        let (had, wanted) = <(Skills, Skills)>::default();
        Self { lexicon: Lexicon::builtin(), had, wanted, interests: Vec::new() }
    }
}

impl Found {
    fn read(&mut self, text: &str, section: Section) {
        match section {
            Section::Work => self.prose(text, Tone::Plain),
            Section::Skills => self.list(text, Tone::Plain),
            Section::Wishes => self.list(text, Tone::Wished),
            Section::Interests => {
                self.interests.push(text.trim_start_matches(BULLETS).to_owned());
            }
            Section::Person => {}
        }
    }

    /// A line of running text. What it does not wish or deny is said in `tone`.
    fn prose(&mut self, line: &str, tone: Tone) {
        self.note_all(line, self.lexicon.mentions(line), tone);
    }

    /// A line of a list, in which everyday words are names of skills where they are items by themselves.
    fn list(&mut self, line: &str, tone: Tone) {
        for piece in line.trim_start_matches(BULLETS).split([':', ';']) {
            let items = list::split(piece);
            if items.iter().any(|item| item.split_whitespace().count() > LONGEST_ITEM) {
                self.prose(piece, tone);
                continue;
            }
            for item in items {
                self.note_all(&item, self.lexicon.understand(&item).mentions, tone);
            }
        }
    }

    fn note_all(&mut self, text: &str, mentions: Vec<Mention>, otherwise: Tone) {
        let tones = Tones::new(text, &words(text));
        for mention in &mentions {
            match tones.at(mention.span.start) {
                Tone::Plain => self.note(text, mention, otherwise),
                tone => self.note(text, mention, tone),
            }
        }
    }

    fn note(&mut self, text: &str, mention: &Mention, tone: Tone) {
        let Skills { skills, texts } = match tone {
            Tone::Plain => &mut self.had,
            Tone::Wished => &mut self.wanted,
            Tone::Denied => return,
        };
        if skills.contains(&mention.skill) {
            return;
        }
        skills.push(mention.skill);
        // As written, unless that means something else by itself.
        let written = &text[mention.span.clone()];
        let understood = self.lexicon.understand(written);
        let is_the_same = matches!(&understood.mentions[..], [only] if only.skill == mention.skill);
        texts.push(match is_the_same && understood.whole {
            true => written.to_owned(),
            false => self.lexicon.get(mention.skill).name.clone(),
        });
    }
}

fn opened_by(heading: &str) -> Section {
    let heading = heading.to_lowercase();
    let opened = HEADINGS.iter().find(|(words, _)| heading.contains(words));
    opened.map_or(Section::Work, |(_, section)| *section)
}

/// Whether the first line of a résumé is its writer's name: few words, nothing else, no known heading.
fn is_name(line: &str) -> bool {
    let name = line.trim_start_matches(['#', '*', ' ']).trim_end_matches(['*', ' ']);
    let words = name.split_whitespace().count();
    let plain =
        |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '’');
    let capitals = name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    let opens = ["skill", "experience", "summary", "profile", "curriculum", "résumé", "resume"];
    let lower = name.to_lowercase();
    (1..=LONGEST_NAME).contains(&words)
        && name.chars().all(plain)
        && capitals
        && opened_by(name) == Section::Work
        && !opens.iter().any(|word| lower.contains(word))
}

/// The words of a heading: marked as one, or a short line in capitals, in bold, with a colon at its end or
/// with nothing but the words that open a section.
fn heading(line: &str) -> Option<&str> {
    if line.starts_with('#') {
        return Some(line.trim_start_matches('#').trim());
    }
    let short = line.split_whitespace().count() <= 4;
    let capitals = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let bold =
        line.strip_prefix("**").and_then(|rest| rest.trim_end_matches(':').strip_suffix("**"));
    match bold {
        Some(bold) if short => Some(bold),
        _ if short && line.ends_with(':') => Some(line.trim_end_matches(':')),
        _ if short && capitals && line.len() > 4 && !line.contains(',') => Some(line),
        _ if short && is_section(line) => Some(line),
        _ => None,
    }
}

/// Whether a short line, as the text of a PDF has its headings, is the heading of a section.
fn is_section(line: &str) -> bool {
    const HEADS: [&str; 26] = [
        "skills",
        "technical skills",
        "experience",
        "work experience",
        "professional experience",
        "employment",
        "projects",
        "personal projects",
        "open source",
        "open-source contributions",
        "certifications",
        "publications",
        "summary",
        "profile",
        "interests",
        "objective",
        "motivation",
        "goals",
        "learning goals",
        "want to learn",
        "about me",
        "education",
        "contact",
        "references",
        "hobbies",
        "personal details",
    ];
    let lower = line.to_lowercase();
    HEADS.contains(&lower.as_str())
}

/// What of a line is not about the person; of running text all but its links and addresses.
fn impersonal(line: &str) -> Option<String> {
    let is_link = |word: &&str| ["@", "://", "www."].iter().any(|sign| word.contains(sign));
    let rest = line.split_whitespace().filter(|word| !is_link(word)).collect::<Vec<_>>().join(" ");
    let is_running = rest.split_whitespace().count() > LONGEST_CONTACT;
    let left = if is_running { rest } else { line.to_owned() };
    (!left.is_empty() && !is_personal(&left)).then_some(left)
}

/// Contact details and facts of the person: an address, a link, a telephone number, a school.
fn is_personal(line: &str) -> bool {
    const LABELS: [&str; 11] = [
        "name",
        "address",
        "phone",
        "mobile",
        "e-mail",
        "email",
        "nationality",
        "date of birth",
        "gender",
        "pronouns",
        "marital status",
    ];
    const SCHOOLS: [&str; 4] = ["university", "universität", "college", "high school"];
    let lower = line.to_lowercase();
    let labelled = lower.split_once(':').is_some_and(|(label, _)| {
        LABELS.contains(&label.trim_matches(|c: char| !c.is_alphanumeric()))
    });
    // Two numbers of four digits are years.
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let telephone = digits >= 7 && (line.contains('+') || digits > 8);
    let linked = ["@", "://", "www."].iter().any(|sign| line.contains(sign));
    labelled || linked || telephone || SCHOOLS.iter().any(|school| lower.contains(school))
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
