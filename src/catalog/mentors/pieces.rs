//! A line that names mentors, cut into names, handles and separators.
//!
//! Pure: the parent module decides what belongs to whom. Addresses are dropped here.

use crate::catalog::rich_text::Text;
use crate::catalog::text::{clean, emails, fold, is_among, prefix};
use crate::catalog::urls;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words of a name; whether a dash separates them from what comes before.
    Words(String, bool),
    /// A handle; whether it is marked as one, by `@` or a link.
    Handle(String, bool),
    /// `,` or `;` or `and` or `/`.
    Separator,
}

/// Cuts `line` into names, handles and separators.
pub(super) fn cut(line: &Text) -> Vec<Piece> {
    // No list of mentors is longer than this; the bound keeps hostile lines cheap.
    let line = &line.part(0..prefix(&line.plain, 4000).len());
    let plain = line.plain.as_str();
    let mut out = Vec::new();
    let mut skip: Vec<(std::ops::Range<usize>, Option<String>)> = Vec::new();
    for (range, url) in &line.links {
        let user = urls::github_user(url).map(str::to_owned);
        // A handle of another site is not a GitHub handle.
        let web = urls::host_and_path(url).is_some();
        let elsewhere =
            web && user.is_none() && line.plain[range.clone()].trim_start().starts_with('@');
        if user.is_some() || elsewhere || url.is_empty() || url.starts_with("mailto:") {
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
        // A link to a mailbox still has the name for its text.
        let mailbox = user.is_none() && !inner.contains('@');
        if (user.is_some() || mailbox)
            && !inner.contains("://")
            && !inner.trim_start().starts_with('@')
        {
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
    let mails = emails(text);
    let mut mails = mails.into_iter().peekable();
    let mut word = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if mails.peek().is_some_and(|r| r.start == at) {
            let end = mails.next().map_or(at, |r| r.end);
            end_words(&mut word, *depth, false, out);
            while chars.next_if(|(i, _)| *i < end).is_some() {}
            continue;
        }
        match c {
            '@' => {
                let told = last_word(&word).is_some_and(|w| is_among(ELSEWHERE, &w));
                end_words(&mut word, *depth, false, out);
                let mut handle = String::new();
                while let Some((_, c)) =
                    chars.next_if(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                {
                    handle.push(c);
                }
                let rest = &text[chars.peek().map_or(text.len(), |(i, _)| *i)..];
                if *depth > 0 && goes_on_as_name(rest) {
                    while chars.next_if(|(_, c)| !matches!(c, ',' | ')' | ']')).is_some() {}
                } else if urls::is_handle(&handle) && !told && !is_of_elsewhere(rest) {
                    out.push(Piece::Handle(handle, true));
                }
            }
            '(' if is_within_name(&word, &text[at..]) => word.push(c),
            ')' if word.contains('(') => word.push(c),
            '(' | '[' | '<' | '（' => {
                end_words(&mut word, *depth, false, out);
                *depth += 1;
            }
            ')' | ']' | '>' | '）' => {
                end_words(&mut word, *depth, false, out);
                *depth = depth.saturating_sub(1);
            }
            ',' | ';' | '/' | '&' | '|' | '、' | '，' => {
                end_words(&mut word, *depth, c == ',', out);
                if *depth == 0 || c == ';' {
                    out.push(Piece::Separator);
                }
            }
            _ => word.push(c),
        }
    }
    end_words(&mut word, *depth, false, out);
}

/// Whether what was taken for a handle continues as a name: "@Ann Bee" is not a handle, because handles have no spaces.
fn goes_on_as_name(rest: &str) -> bool {
    let Some(more) = rest.strip_prefix(' ') else { return false };
    let stop = more.find([',', ')', ']']).unwrap_or(more.len());
    let more = &more[..stop];
    more.len() < 30
        && more.starts_with(char::is_uppercase)
        && more.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
}

/// Other sites on which people have handles.
const ELSEWHERE: &str =
    "slack twitter x linkedin gitlab gitee lfid lfx mastodon discord matrix telegram wechat zulip";

/// The last word of `text` in lower case, whatever marks follow it.
fn last_word(text: &str) -> Option<String> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    Some(text.rsplit(|c: char| !c.is_alphanumeric()).next()?.to_lowercase())
}

/// Whether `rest`, which follows a handle, says that it belongs to another site: "on Slack", "(Slack)".
fn is_of_elsewhere(rest: &str) -> bool {
    let rest = prefix(rest, 24).trim_start().trim_start_matches('(');
    let rest = ["on ", "in ", "at "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    // "@ann Slack: @bee": there the word describes what follows it.
    let ahead = rest[end..].trim_start().starts_with([':', '@']);
    is_among(ELSEWHERE, &rest[..end].to_lowercase()) && !ahead
}

/// Whether the bracket that opens `rest` belongs to the name `word`: "Ann(Annie) Bee".
fn is_within_name(word: &str, rest: &str) -> bool {
    let rest = prefix(rest, 24);
    let Some((inner, behind)) = rest[1..].split_once(')') else { return false };
    word.ends_with(char::is_alphanumeric)
        && inner.chars().all(char::is_alphabetic)
        && behind.strip_prefix(' ').is_some_and(|b| b.starts_with(char::is_uppercase))
}

/// Ends a run of words: a name outside brackets, perhaps a handle inside. `comma` says whether a comma ended it.
fn end_words(word: &mut String, depth: usize, comma: bool, out: &mut Vec<Piece>) {
    let text = clean(&std::mem::take(word));
    let dashed = text.starts_with(['-', '–', '—']);
    if depth > 0 {
        // "(GitHub: handle, Slack: name)"
        if let Some((key, value)) = text.split_once(':') {
            let (key, value) = (fold(key), value.trim());
            if (key.starts_with("github") || key == "gh") && urls::is_handle(value) {
                out.push(Piece::Handle(value.to_owned(), true));
            }
            return;
        }
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let role = is_role(bare);
        // A word with a capital is an employer or a place rather than a handle, unless more follows it: "(handle, address)".
        let proper = !comma
            && bare.starts_with(char::is_uppercase)
            && !bare.contains(|c: char| c.is_ascii_digit() || c == '-');
        if urls::is_handle(bare) && bare.len() > 1 && !role && !proper {
            out.push(Piece::Handle(bare.to_owned(), false));
        } else if bare.contains(' ')
            && !matches!(out.last(), Some(Piece::Words(..) | Piece::Handle(..)))
        {
            out.push(Piece::Words(bare.to_owned(), false));
        }
        return;
    }
    // After a bracket the "and" comes first.
    let text = format!(" {text} ");
    for (i, name) in text.split(" and ").flat_map(|t| t.split(" & ")).enumerate() {
        if i > 0 {
            out.push(Piece::Separator);
        }
        if let Some(name) = name_in(name) {
            out.push(Piece::Words(name, dashed && i == 0));
        }
    }
}

/// What people write beside a name to say what the mentor does, or which site a handle is from.
const ROLES: &str = "primary secondary lead co-mentor comentor mentor mentors backup adjunct main maintainer he \
        she they github slack email tbd tba co-lead reviewer linkedin cncf on";

/// Whether `text` consists of such words alone, perhaps with a number: "Mentor 2", "Primary mentor".
fn is_role(text: &str) -> bool {
    let of_role = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        is_among(ROLES, &w) || w.bytes().all(|b| b.is_ascii_digit())
    };
    text.contains(char::is_alphabetic) && text.split_whitespace().all(of_role)
}

/// The name in `text`, if it is one: remarks after a dash and words for roles are dropped.
fn name_in(text: &str) -> Option<String> {
    let mut text = text.trim();
    for dash in [" - ", " – ", " — "] {
        let parts: Vec<&str> = text.split(dash).collect();
        if parts.len() > 1 {
            let is_name = |p: &&str| p.contains(char::is_alphabetic) && !is_role(p);
            text = parts.into_iter().find(is_name).unwrap_or_default();
        }
    }
    let text = match text.split_once(':') {
        Some((place, _)) if last_word(place).is_some_and(|w| is_among(ELSEWHERE, &w)) => {
            return None;
        }
        Some((role, name)) if is_role(role) || role.trim().eq_ignore_ascii_case("name") => name,
        Some((before, _)) => before,
        None => text,
    };
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'')
        .trim_start_matches('.')
        .trim();
    let lower = text.to_lowercase();
    const PROSE: &str =
        "is are will the for please see if this that can your use be other others more needed";
    let prose =
        text.split_whitespace().count() > 6 || lower.split_whitespace().any(|w| is_among(PROSE, w));
    let handleless =
        is_role(text) || ["or", "and", "with", "please", "n/a", "none"].contains(&lower.as_str());
    (!prose && !handleless && text.chars().any(char::is_alphabetic)).then(|| text.to_owned())
}
