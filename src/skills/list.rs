//! The grammar of written skill lists.
//!
//! ```text
//! field   = { line }                  a line may open a group: "required:", "nice to have:"
//! line    = item { sep item } | phrase         in bullets a phrase with commas is one item
//! sep     = "," | ";" | "|" | "•" | " + " | " and " | ". "       outside brackets
//! item    = name [ "(" remark ")" ] | name "or" name         alternatives
//! ```
//!
//! Pure: knows neither catalogs nor the lexicon. Items keep the text as written.

use super::phrases;
use crate::model::{AskedSkill, Requirement};

/// One line of a list of skills, without its bullet and its markup.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a str,
    /// How deep it is nested: lines of the field itself are 0.
    pub depth: u32,
    /// Whether it is an entry of a bulleted list.
    pub bullet: bool,
    /// The line in the document, counted from 1.
    pub line: usize,
}

/// Reads the lines of one field; `asked` is what the field's own label says ("Preferred skills").
pub fn read(lines: &[Line<'_>], asked: Requirement) -> Vec<AskedSkill> {
    let mut out: Vec<AskedSkill> = Vec::new();
    // The groups that are open: their depth and what they ask.
    let mut groups: Vec<(u32, Requirement)> = Vec::new();
    let mut alternatives = 0;
    for line in lines {
        let text = line.text.trim();
        let bound = u32::from(line.bullet) + line.depth;
        if line.bullet {
            while groups.pop_if(|(depth, _)| *depth > bound).is_some() {}
        }
        let (text, group) = split_group(text);
        if let Some(group) = group {
            while groups.pop_if(|(depth, _)| *depth >= bound).is_some() {}
            groups.push((bound, group));
        }
        let here = groups.last().map_or(asked, |(_, group)| *group);
        for item in items(text, line.bullet) {
            push(item, here, line.line, &mut alternatives, &mut out);
        }
    }
    out
}

/// The items of a list in one line, as the command line and applicants' forms take them.
///
/// ```
/// use lfx_match::skills::list::split;
/// assert_eq!(split("Rust, C/C++; Node.js and CI/CD"), ["Rust", "C/C++", "Node.js", "CI/CD"]);
/// ```
pub fn split(text: &str) -> Vec<String> {
    let lines = text.lines().flat_map(|l| items(trim_item(l), false));
    let mut out = Vec::new();
    for item in lines {
        match alternative_names(item) {
            Some(names) => out.extend(names.into_iter().map(str::to_owned)),
            None => out.push(item.to_owned()),
        }
    }
    out
}

/// The names in one item that are alternatives of each other: `TypeScript / JavaScript`, `C or C++`. One name where it
/// holds no alternatives.
pub fn alternatives(item: &str) -> Vec<String> {
    let by_or = alternative_names(item).unwrap_or_else(|| vec![item]);
    let slashed = by_or.into_iter().flat_map(|n| {
        let parts: Vec<&str> = n.split('/').map(str::trim).collect();
        let names = parts.iter().all(|p| !p.is_empty() && p.split_whitespace().count() <= 2);
        if names { parts } else { vec![n] }
    });
    slashed.map(str::to_owned).collect()
}

fn push(
    item: &str,
    here: Requirement,
    line: usize,
    alternatives: &mut u16,
    out: &mut Vec<AskedSkill>,
) {
    let own = phrases::requirement(item);
    let requirement = own.unwrap_or(here);
    let level = phrases::level(item);
    let mut add = |text: &str, alternative| {
        out.push(AskedSkill { text: text.to_owned(), requirement, level, alternative, line });
    };
    match alternative_names(item) {
        Some(names) => {
            *alternatives = alternatives.saturating_add(1);
            names.into_iter().for_each(|name| add(name, Some(*alternatives)));
        }
        None => add(item, None),
    }
}

/// The names of an item that is nothing but names joined by "or".
fn alternative_names(item: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = item.split(" or ").map(str::trim).collect();
    let short =
        |n: &&str| !n.is_empty() && n.split_whitespace().count() <= 2 && !n.contains(['(', ')']);
    let plain = names.len() > 1
        && names.iter().all(short)
        && !phrases::opens_phrase(item)
        && !phrases::closes_phrase(item);
    plain.then_some(names)
}

/// Cuts a leading "nice to have:" off `text`.
fn split_group(text: &str) -> (&str, Option<Requirement>) {
    if let Some((label, rest)) = text.split_once(':') {
        let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        if let Some(group) = phrases::group(label) {
            return (rest.trim_start_matches(['*', '_', ' ']), Some(group));
        }
    }
    (text, None)
}

/// The items of one line.
fn items(text: &str, bullet: bool) -> Vec<&str> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        if bullet && !is_enumeration(sentence) {
            push_item(sentence, &mut out);
            continue;
        }
        for part in joined(cut(sentence, &[',', ';', '|', '•', '·', '、', '，', '；']), sentence)
        {
            for name in by_words(part, bullet) {
                push_item(name, &mut out);
            }
        }
    }
    out
}

fn push_item<'a>(item: &'a str, out: &mut Vec<&'a str>) {
    let item = trim_item(item);
    if !phrases::is_empty_word(item) {
        out.push(item);
    }
}

/// `item` without the punctuation and the small words around it.
fn trim_item(item: &str) -> &str {
    let mut item = item.trim_matches(|c: char| c.is_whitespace() || "*_`,;•·".contains(c));
    for small in ["and ", "And ", "or ", "& ", "- ", "– "] {
        item = item.strip_prefix(small).unwrap_or(item).trim_start();
    }
    // "Go." ends a sentence, ".NET" and "etc." do not; "Vite ++" is a mark of its own.
    let bare = item.trim_end_matches(['.', ':', ' ', '!']);
    match item.len() - bare.len() {
        0 => item,
        _ if bare.ends_with("etc") && !bare.contains(' ') => item,
        _ => bare,
    }
}

/// Whether `text`, the entry of a bulleted list, enumerates several skills rather than being one phrase.
fn is_enumeration(text: &str) -> bool {
    let parts = cut(text, &[',', ';', '、', '，']);
    let short = |p: &&str| p.split_whitespace().count() <= 3;
    let phrase = |p: &&str| phrases::closes_phrase(p) || phrases::continues(p.trim());
    parts.len() > 1
        && !phrases::opens_phrase(text)
        && !has_colon(text)
        && parts.iter().all(short)
        && !parts.iter().any(phrase)
}

fn has_colon(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| !text[at + 1..].starts_with("//"))
}

/// `text` cut at `separators` outside brackets.
fn cut<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && separators.contains(&c) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    // A bracket that is never closed would swallow the rest.
    if depth > 0 && parts.len() == 1 && text.contains(separators) {
        return text.split(separators).collect();
    }
    parts
}

/// Puts parts back together that a comma within a phrase has parted; all are pieces of `whole`.
fn joined<'a>(parts: Vec<&'a str>, whole: &'a str) -> Vec<&'a str> {
    let offset = |part: &str| part.as_ptr() as usize - whole.as_ptr() as usize;
    let mut out: Vec<&str> = Vec::new();
    let mut examples = false;
    // "like A, B, C, etc." is one list of examples, if it says where it ends.
    let ends =
        parts.iter().rposition(|p| p.trim().trim_end_matches('.').eq_ignore_ascii_case("etc"));
    for (i, part) in parts.into_iter().enumerate() {
        let trimmed = part.trim();
        let goes_on = phrases::continues(trimmed) && !trimmed.is_empty();
        let long_or = trimmed.strip_prefix("or ").is_some_and(|r| r.split_whitespace().count() > 2);
        let in_examples = examples && ends.is_some_and(|e| i <= e);
        match out.last_mut() {
            Some(last)
                if goes_on && !is_bare_etc(trimmed)
                    || long_or && !out_is_short(last)
                    || in_examples =>
            {
                *last = &whole[offset(last)..offset(part) + part.len()];
            }
            _ => out.push(part),
        }
        let first = trimmed.split_whitespace().next().unwrap_or_default().to_lowercase();
        examples |= matches!(first.as_str(), "like" | "such" | "including" | "e.g.");
        if ends == Some(i) {
            examples = false;
        }
    }
    out
}

fn is_bare_etc(text: &str) -> bool {
    text.trim_end_matches('.').eq_ignore_ascii_case("etc")
}

fn out_is_short(text: &str) -> bool {
    text.split_whitespace().count() <= 2
}

/// `part` cut at " and ", " & " and " + " where both sides are names and not words of one phrase.
fn by_words(part: &str, bullet: bool) -> Vec<&str> {
    let part = part.trim();
    let part = part.strip_prefix("and ").unwrap_or(part);
    if bullet
        || phrases::opens_phrase(part)
        || phrases::closes_phrase(part)
        || phrases::requirement(part).is_some()
    {
        return vec![part];
    }
    for joint in [" and ", " + ", " & "] {
        let names = cut_at(part, joint);
        let short = |n: &&str| (1..=2).contains(&n.split_whitespace().count());
        if names.len() > 1 && names.iter().all(short) {
            return names;
        }
    }
    // "go/kubernetes/some api" with lower-case words throughout is a list in another dress; "C/C++" is a name.
    vec![part]
}

/// `text` cut at `joint` outside brackets.
fn cut_at<'a>(text: &'a str, joint: &str) -> Vec<&'a str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start && text[at..].starts_with(joint) => {
                out.push(&text[start..at]);
                start = at + joint.len();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// `text` cut behind the ends of sentences: ". " outside brackets, but not behind "e.g." or a single letter.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 && text[at + 1..].starts_with(' ') => {
                let word = text[start..at].split_whitespace().next_back().unwrap_or_default();
                let abbreviated = matches!(
                    word.to_lowercase().as_str(),
                    "e.g" | "i.e" | "eg" | "etc" | "vs" | "incl"
                ) || word.chars().count() < 2;
                if !abbreviated {
                    out.push(&text[start..at]);
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}
