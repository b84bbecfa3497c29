//! Mentors as pages name them: "Name (@handle, address)", "@handle - Name", links, several on a line.
//!
//! Pure: a line of text with its links in, names and handles out. Addresses are dropped here and nowhere kept.

use super::markdown::Text;
use super::text::{addresses, clean, fold};
use super::urls;
use crate::model::Mentor;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Words of a name.
    Words(String),
    /// A handle; whether it is marked as one, by `@` or a link.
    Handle(String, bool),
    /// `,` or `;` or `and` or `/`.
    Stop,
}

/// The mentors that `line` names.
pub(crate) fn read(line: &Text) -> Vec<Mentor> {
    let mut mentors: Vec<Mentor> = Vec::new();
    let mut current = Mentor { name: None, github: None };
    let mut glue = false;
    for piece in pieces(line) {
        match piece {
            Piece::Stop => {
                // "Family, Given (@handle)": one word before the comma may be half a name.
                glue = current.github.is_none()
                    && current.name.as_ref().is_some_and(|n| !n.contains(' '));
                if !glue {
                    flush(&mut current, &mut mentors);
                }
            }
            Piece::Words(words) => {
                let half = std::mem::take(&mut glue);
                match (&mut current.name, &current.github) {
                    (Some(_), None) if half && words.contains(' ') => {
                        flush(&mut current, &mut mentors);
                        current.name = Some(words);
                    }
                    (Some(name), None) if half => *name = format!("{name}, {words}"),
                    (Some(_), _) => {
                        flush(&mut current, &mut mentors);
                        current.name = Some(words);
                    }
                    // "@handle - Name": the name follows its handle.
                    (None, _) => current.name = Some(words),
                }
            }
            Piece::Handle(handle, marked) => {
                glue = false;
                match &current.github {
                    None => current.github = Some(handle),
                    Some(have) if have.eq_ignore_ascii_case(&handle) => {}
                    Some(_) if !marked => {}
                    Some(_) => {
                        flush(&mut current, &mut mentors);
                        current.github = Some(handle);
                    }
                }
            }
        }
    }
    flush(&mut current, &mut mentors);
    mentors
}

fn flush(current: &mut Mentor, mentors: &mut Vec<Mentor>) {
    let done = std::mem::replace(current, Mentor { name: None, github: None });
    if done.name.is_none() {
        // "Name, @handle": a handle alone belongs to the name before it.
        if let (Some(last), Some(handle)) =
            (mentors.last_mut().filter(|m| m.github.is_none()), &done.github)
        {
            last.github = Some(handle.clone());
            return;
        }
    }
    if done.name.is_some() || done.github.is_some() {
        mentors.push(done);
    }
}

/// Adds `more` to `mentors`, one entry a person, the fuller one kept.
pub(crate) fn merge(mentors: &mut Vec<Mentor>, more: Vec<Mentor>) {
    for new in more {
        let same = mentors.iter_mut().find(|old| match (&old.github, &new.github) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => {
                old.name.is_some() && old.name.as_deref().map(fold) == new.name.as_deref().map(fold)
            }
        });
        match same {
            Some(old) => {
                old.name = old.name.take().or(new.name);
                old.github = old.github.take().or(new.github);
            }
            None => mentors.push(new),
        }
    }
}

/// Cuts `line` into names, handles and stops.
fn pieces(line: &Text) -> Vec<Piece> {
    // No list of mentors is longer than this; the bound keeps hostile lines cheap.
    let line = &line.part(0..line.plain.floor_char_boundary(4000));
    let plain = line.plain.as_str();
    let mut out = Vec::new();
    let mut skip: Vec<(std::ops::Range<usize>, Option<String>)> = Vec::new();
    for (range, url) in &line.links {
        let user = urls::github_user(url).map(str::to_owned);
        if user.is_some() || url.is_empty() || url.starts_with("mailto:") {
            skip.push((range.clone(), user));
        }
    }
    for range in urls::find(plain) {
        if !skip.iter().any(|(s, _)| s.start < range.end && range.start < s.end) {
            let user = urls::github_user(&plain[range.clone()]).map(str::to_owned);
            skip.push((range, user));
        }
    }
    skip.sort_by_key(|(range, _)| range.start);
    let mut at = 0;
    let mut depth = 0usize;
    for (range, user) in skip {
        if range.start < at {
            continue;
        }
        words_of(&plain[at..range.start], &mut depth, &mut out);
        let inner = &plain[range.clone()];
        if user.is_some() && !inner.contains("://") && !inner.trim_start().starts_with('@') {
            // A link's text is a name, or the handle itself.
            let same = user.as_ref().is_some_and(|u| u.eq_ignore_ascii_case(inner.trim()));
            if !same {
                words_of(inner, &mut depth, &mut out);
            }
        }
        out.extend(user.map(|u| Piece::Handle(u, true)));
        at = range.end;
    }
    words_of(&plain[at..], &mut depth, &mut out);
    out
}

/// Cuts `text` without links; `depth` is how many brackets are open.
fn words_of(text: &str, depth: &mut usize, out: &mut Vec<Piece>) {
    let mails = addresses(text);
    let mut mails = mails.into_iter().peekable();
    let mut word = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if mails.peek().is_some_and(|r| r.start == at) {
            let end = mails.next().map_or(at, |r| r.end);
            end_words(&mut word, *depth, out);
            while chars.next_if(|(i, _)| *i < end).is_some() {}
            continue;
        }
        match c {
            '@' => {
                end_words(&mut word, *depth, out);
                let mut handle = String::new();
                while let Some((_, c)) =
                    chars.next_if(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                {
                    handle.push(c);
                }
                let rest = &text[chars.peek().map_or(text.len(), |(i, _)| *i)..];
                if *depth > 0 && goes_on_as_name(rest) {
                    while chars.next_if(|(_, c)| !matches!(c, ',' | ')' | ']')).is_some() {}
                } else if urls::is_handle(&handle) {
                    out.push(Piece::Handle(handle, true));
                }
            }
            '(' if is_within_name(&word, &text[at..]) => word.push(c),
            ')' if word.contains('(') => word.push(c),
            '(' | '[' | '<' => {
                end_words(&mut word, *depth, out);
                *depth += 1;
            }
            ')' | ']' | '>' => {
                end_words(&mut word, *depth, out);
                *depth = depth.saturating_sub(1);
            }
            ',' | ';' | '/' | '&' | '|' | '、' | '，' => {
                end_words(&mut word, *depth, out);
                if *depth == 0 || c == ';' {
                    out.push(Piece::Stop);
                }
            }
            _ => word.push(c),
        }
    }
    end_words(&mut word, *depth, out);
}

/// Whether what was taken for a handle goes on as a name: "@Ann Bee" is none, for a handle holds no space.
fn goes_on_as_name(rest: &str) -> bool {
    let Some(more) = rest.strip_prefix(' ') else { return false };
    let stop = more.find([',', ')', ']']).unwrap_or(more.len());
    let more = &more[..stop];
    more.len() < 30
        && more.starts_with(char::is_uppercase)
        && more.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
}

/// Whether the bracket that opens `rest` belongs to the name `word`: "Ann(Annie) Bee".
fn is_within_name(word: &str, rest: &str) -> bool {
    let rest = &rest[..rest.floor_char_boundary(24)];
    let Some((inner, behind)) = rest[1..].split_once(')') else { return false };
    word.ends_with(char::is_alphanumeric)
        && inner.chars().all(char::is_alphabetic)
        && behind.strip_prefix(' ').is_some_and(|b| b.starts_with(char::is_uppercase))
}

/// Ends a run of words: a name outside brackets, perhaps a handle inside.
fn end_words(word: &mut String, depth: usize, out: &mut Vec<Piece>) {
    let text = clean(&std::mem::take(word));
    if depth > 0 {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let role = ROLES.contains(&bare.to_lowercase().as_str());
        if urls::is_handle(bare) && bare.len() > 1 && !role {
            out.push(Piece::Handle(bare.to_owned(), false));
        } else if bare.contains(' ')
            && !matches!(out.last(), Some(Piece::Words(_) | Piece::Handle(..)))
        {
            out.push(Piece::Words(bare.to_owned()));
        }
        return;
    }
    for (i, name) in text.split(" and ").flat_map(|t| t.split(" & ")).enumerate() {
        if i > 0 {
            out.push(Piece::Stop);
        }
        if let Some(name) = name_in(name) {
            out.push(Piece::Words(name));
        }
    }
}

/// What people write beside a name to tell the mentor's part.
const ROLES: &[&str] = &[
    "primary",
    "secondary",
    "lead",
    "co-mentor",
    "comentor",
    "mentor",
    "backup",
    "adjunct",
    "main",
    "maintainer",
    "he",
    "she",
    "they",
    "github",
    "slack",
    "email",
    "tbd",
    "tba",
    "co-lead",
    "reviewer",
    "linkedin",
];

/// The name in `text`, if it is one: remarks behind a dash and words of role fall away.
fn name_in(text: &str) -> Option<String> {
    let mut text = text.trim();
    for dash in [" - ", " – ", " — "] {
        let parts: Vec<&str> = text.split(dash).collect();
        if parts.len() > 1 {
            text =
                parts.into_iter().find(|p| p.chars().any(char::is_alphabetic)).unwrap_or_default();
        }
    }
    let text = match text.split_once(':') {
        Some((role, name))
            if ROLES.contains(&role.trim().to_lowercase().as_str())
                || role.trim().eq_ignore_ascii_case("name") =>
        {
            name
        }
        Some((before, _)) => before,
        None => text,
    };
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'')
        .trim_start_matches('.')
        .trim();
    let lower = text.to_lowercase();
    let prose = text.split_whitespace().count() > 6;
    let handleless = ROLES.contains(&lower.as_str())
        || ["or", "and", "with", "please", "n/a", "none"].contains(&lower.as_str());
    (!prose && !handleless && text.chars().any(char::is_alphabetic)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Vec<String> {
        let show =
            |m: Mentor| format!("{}@{}", m.name.unwrap_or_default(), m.github.unwrap_or_default());
        read(&Text::plain(line)).into_iter().map(show).collect()
    }

    #[test]
    fn every_way_to_name_a_mentor_is_read() {
        for (line, expected) in [
            ("Ann Bee (@annb, ann@example.org)", vec!["Ann Bee@annb"]),
            ("Ann Bee @annb, Cid Dee @cid", vec!["Ann Bee@annb", "Cid Dee@cid"]),
            ("@annb - Ann Bee, @cid - Cid Dee", vec!["Ann Bee@annb", "Cid Dee@cid"]),
            ("Ann Bee (annb)", vec!["Ann Bee@annb"]),
            ("Ann Bee (annb, ann@example.org)", vec!["Ann Bee@annb"]),
            ("Ann Bee (ann@example.org, @annb); Cid (@cid)", vec!["Ann Bee@annb", "Cid@cid"]),
            ("Bee, Ann (@annb)", vec!["Bee, Ann@annb"]),
            ("Ann Bee, @annb", vec!["Ann Bee@annb"]),
            ("Ann(Annie) Bee (@annb)", vec!["Ann(Annie) Bee@annb"]),
            ("Ann Bee (@Ann Bee, ann@example.org)", vec!["Ann Bee@"]),
            (
                "Ann Bee(@annb) & Cid Dee(@cid) - please use one address only",
                vec!["Ann Bee@annb", "Cid Dee@cid"],
            ),
            ("Ann Bee and Cid Dee", vec!["Ann Bee@", "Cid Dee@"]),
            ("https://github.com/annb", vec!["@annb"]),
            ("Ann Bee ann@example.org", vec!["Ann Bee@"]),
            ("Primary: Ann Bee (@annb)", vec!["Ann Bee@annb"]),
            ("@annb @cid", vec!["@annb", "@cid"]),
        ] {
            assert_eq!(all(line), expected, "{line}");
        }
    }
}
