//! The sections of a résumé: which there are, and what opens one.

/// What a section of a résumé tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
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

/// How many words a label before a colon has at most.
const LONGEST_LABEL: usize = 3;

/// The section that a heading opens.
pub(super) fn opened_by(heading: &str) -> Section {
    let heading = heading.to_lowercase();
    let opened = HEADINGS.iter().find(|(words, _)| heading.contains(words));
    opened.map_or(Section::Work, |(_, section)| *section)
}

/// What stands behind a label that opens a section of one line: "**Skills:** Go, Rust".
pub(super) fn labelled(text: &str) -> Option<(Section, &str)> {
    let (label, text) = text.split_once(':')?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let section = opened_by(label);
    let is_label = label.split_whitespace().count() <= LONGEST_LABEL && section != Section::Work;
    is_label.then(|| (section, text.trim_start_matches(['*', '_', ' '])))
}

/// The words of a heading: marked as one, or a short line in capitals, in bold, with a colon at its end or
/// with nothing but the words that open a section.
pub(super) fn heading(line: &str) -> Option<&str> {
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
