//! The lines of a résumé put together to paragraphs, without what is about the person.

use super::sections::{Section, heading, labelled, opened_by};
use crate::skills::goes_on;

/// How many words stand beside the links of a line of contacts at most.
const LONGEST_CONTACT: usize = 6;
/// How many words a name at the head of a résumé has at most.
const LONGEST_NAME: usize = 5;

/// A piece of a résumé, without what is personal.
pub(super) enum Block<'a> {
    Heading(&'a str),
    /// A paragraph, or an item of a list, in one line.
    Text(String),
}

/// The headings and paragraphs of a résumé, in order.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
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
        let goes_on = goes_on && (is_small || labelled(line).is_none());
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
