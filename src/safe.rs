//! What others wrote, made safe to show: no control characters in a terminal, no formulas in a spreadsheet.

use std::borrow::Cow;
use std::ops::Range;

/// The text in one line, without characters that a terminal would obey or that hide or reorder others.
pub fn one_line(text: &str) -> String {
    in_one_line(text).into_owned()
}

fn in_one_line(text: &str) -> Cow<'_, str> {
    // Nearly all texts are such lines already.
    if is_plain_line(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !safe.ends_with(' ') {
                safe.push(' ');
            }
        } else if !c.is_control() && !is_invisible(c) {
            safe.push(c);
        }
    }
    Cow::Owned(safe.trim().to_owned())
}

/// Whether these are letters, digits and signs of ASCII with single spaces between them.
fn is_plain_line(text: &[u8]) -> bool {
    let mut previous = b' ';
    for &byte in text {
        if !byte.is_ascii_graphic() && (byte != b' ' || previous == b' ') {
            return false;
        }
        previous = byte;
    }
    text.is_empty() || previous != b' '
}

/// Characters that order, join or hide others: direction marks and overrides, zero-width ones, tags.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text as a cell that no spreadsheet takes for a formula: one that would start one gets a `'` before it.
///
/// See the OWASP page on CSV injection.
pub fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    let safe = in_one_line(text);
    match safe.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        true => Cow::Owned(format!("'{safe}")),
        false => safe,
    }
}

/// The text with every character that a terminal would obey, or that hides others, replaced by one that shows: columns
/// stay what they were. Tabs stay.
pub(crate) fn in_place(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => c,
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Ways to write the sign between the name and the host of a mail address.
pub(crate) const AT_SIGNS: [&str; 8] =
    ["@", "＠", "%40", "&#64;", "&#x40;", "&commat;", "\\u0040", "\\x40"];

/// The longest name and host of an address, in bytes (RFC 5321, 4.5.3.1), with room for escapes and markup; what is
/// longer is cut there, so that the search takes time in proportion to the text.
const LONGEST_NAME: usize = 256;
const LONGEST_HOST: usize = 512;

/// The byte ranges of the mail addresses in a text, however their signs are written; ascending, none overlaps another.
pub(crate) fn addresses(text: &str) -> Vec<Range<usize>> {
    // Most texts have none: how every such sign begins is looked for once.
    if !text.contains(['@', '＠', '%', '&', '\\']) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for sign in AT_SIGNS {
        for (at, _) in text.match_indices(sign) {
            let behind = head(&text[at + sign.len()..], LONGEST_HOST);
            let host = behind.find(|c: char| !is_of_host(c)).unwrap_or(behind.len());
            let host = behind[..host].trim_end_matches(['.', '-', '\\', '*', '`']);
            if is_mail_host(host) {
                let name = tail(&text[..at], LONGEST_NAME);
                let start = at - (name.len() - name.trim_end_matches(is_of_name).len());
                found.push(start..at + sign.len() + host.len());
            }
        }
    }
    found.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The first bytes of a text, at most so many.
fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The last bytes of a text, at most so many.
fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The text with every mail address in it, however its sign is written, replaced by as many `*`: columns stay what they
/// were. Rather too much is hidden than too little.
pub fn without_addresses(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut from = 0;
    for range in addresses(text) {
        safe.push_str(&text[from..range.start]);
        safe.extend(text[range.clone()].chars().map(|_| '*'));
        from = range.end;
    }
    safe.push_str(&text[from..]);
    safe
}

/// Whether mail is sent to such a host: its last part is a name. A handle has none, a version (`react@18.2.0`) a number.
fn is_mail_host(host: &str) -> bool {
    let last = host.trim_start_matches('.').rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|last| last.starts_with(char::is_alphabetic) && last.chars().nth(1).is_some())
}

fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || ".-\\*`\u{fffd}".contains(c)
}

/// Markup, escapes and characters made harmless do not part a name.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "@._%+-'*`\\~\u{fffd}".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_hidden_however_they_are_written() {
        for text in [
            "ann@example.org",
            "ann.b+c@sub.example.org",
            "ann\\@example.org",
            "**ann**@example.org",
            "ann%40example.org",
            "ann&#64;example.org",
            "ann\\u0040example.org",
            "änn@exämple.org",
            "a@b@example.org",
            "ann@exam\u{fffd}ple.org",
        ] {
            let shown = without_addresses(&format!("({text}) by @ann"));
            let stars = "*".repeat(text.chars().count());
            assert_eq!(shown, format!("({stars}) by @ann"), "{text}");
        }
    }

    #[test]
    fn handles_are_no_addresses() {
        for text in ["Ann (@ann)", "@ann, @bob.", "a @ b", "x@y", "react@18.2.0", "no sign at all"]
        {
            assert_eq!(without_addresses(text), text);
        }
    }

    #[test]
    fn nothing_moves_where_a_character_is_made_harmless() {
        assert_eq!(in_place("a\u{1b}[31m\u{202e}b\tc"), "a\u{fffd}[31m\u{fffd}b\tc");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}\u{202e}b\r\nc\td"), "a[31mredb c d");
    }

    #[test]
    fn lines_keep_single_spaces_alone() {
        for (text, line) in
            [("", ""), (" ", ""), ("a", "a"), (" a", "a"), ("a ", "a"), ("a  b c", "a b c")]
        {
            assert_eq!(one_line(text), line);
        }
    }

    #[test]
    fn cells_never_start_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", " \t=1", "\u{200b}=1"] {
            assert!(spreadsheet_cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(spreadsheet_cell("C++ = fun"), "C++ = fun");
    }
}
