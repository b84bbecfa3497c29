//! One line of a list of skills cut into its items: separators outside brackets, sentences, names joined by "and".
//!
//! Pure; what the items ask for, `list` reads.

use super::phrases;

/// The items of one line.
pub(super) fn items(text: &str, bullet: bool) -> Vec<&str> {
    let mut out = Vec::new();
    for sentence in sentences(text).into_iter().filter(|s| !is_remark(s)) {
        if bullet && !is_enumeration(sentence) {
            push_item(sentence, &mut out);
            continue;
        }
        for part in merge_fragments(
            split_outside_brackets(sentence, &[',', ';', '|', '•', '·', '、', '，', '；']),
            sentence,
        ) {
            for name in split_conjunctions(part, bullet) {
                push_item(name, &mut out);
            }
        }
    }
    out
}

/// Whether `sentence` speaks about the list or about the project instead of naming a skill: "we are looking for …", or a
/// long lead-in that ends in a colon.
fn is_remark(sentence: &str) -> bool {
    let long = sentence.split_whitespace().count() > 8;
    long && (sentence.trim_end().ends_with(':') || phrases::speaks_of_us(sentence))
}

fn push_item<'a>(item: &'a str, out: &mut Vec<&'a str>) {
    let item = trim_item(item);
    if !phrases::is_empty_word(item) {
        out.push(item);
    }
}

/// `item` without the punctuation and the small words around it.
pub(super) fn trim_item(item: &str) -> &str {
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
    let parts = split_outside_brackets(text, &[',', ';', '、', '，']);
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
fn split_outside_brackets<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            c if c.is_ascii_alphanumeric() => {}
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
fn merge_fragments<'a>(parts: Vec<&'a str>, whole: &'a str) -> Vec<&'a str> {
    let offset = |part: &str| part.as_ptr() as usize - whole.as_ptr() as usize;
    let mut out: Vec<&str> = Vec::new();
    // Where the last part lies that opens a phrase.
    let mut opener = None;
    let mut examples = false;
    // "like A, B, C, etc." is one list of examples, if it says where it ends.
    let ends =
        parts.iter().rposition(|p| p.trim().trim_end_matches('.').eq_ignore_ascii_case("etc"));
    for (i, part) in parts.into_iter().enumerate() {
        let trimmed = part.trim();
        let goes_on = phrases::continues(trimmed) && !trimmed.is_empty();
        let long_or = trimmed.strip_prefix("or ").is_some_and(|r| r.split_whitespace().count() > 2);
        let in_examples = examples && ends.is_some_and(|e| i <= e);
        // "interest in A, B, or C": the "or" closes the enumeration that the phrase has opened.
        if trimmed.starts_with("or ")
            && let Some(opener) = opener
        {
            let start = offset(out[opener]);
            out.truncate(opener);
            out.push(&whole[start..offset(part) + part.len()]);
            continue;
        }
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
        if out.last().is_some_and(|last| phrases::opens_phrase(last.trim())) {
            opener = Some(out.len() - 1);
        }
        examples |= ends.is_some() && phrases::opens_examples(trimmed);
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
fn split_conjunctions(part: &str, bullet: bool) -> Vec<&str> {
    let part = part.trim();
    let part = part.strip_prefix("and ").unwrap_or(part);
    const JOINTS: [&str; 3] = [" and ", " + ", " & "];
    // Most parts have nothing to be cut at, and what they say is not looked at.
    if bullet
        || !JOINTS.iter().any(|joint| part.contains(joint))
        || phrases::opens_phrase(part)
        || phrases::closes_phrase(part)
        || phrases::requirement(part).is_some()
    {
        return vec![part];
    }
    for joint in JOINTS {
        let names = split_at_word(part, joint);
        if names.len() > 1 && are_names(&names) {
            return names;
        }
    }
    vec![part]
}

/// Whether `parts`, joined by "and", are names of their own: single words, or capitalised ones that are not a word and
/// its companion ("Kubernetes CRDs and controllers").
fn are_names(parts: &[&str]) -> bool {
    let count = |p: &&str| p.split_whitespace().count();
    let capital = |p: &&str| p.trim_start().starts_with(|c: char| c.is_uppercase());
    let growing = parts.windows(2).all(|pair| count(&pair[0]) <= count(&pair[1]));
    parts.iter().all(|p| count(p) == 1)
        || parts.iter().all(|p| (1..=2).contains(&count(p)) && capital(p)) && growing
}

/// `text` cut at `joint` outside brackets.
fn split_at_word<'a>(text: &'a str, joint: &str) -> Vec<&'a str> {
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
