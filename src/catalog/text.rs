//! Small helpers on text that the whole reader shares: cleaning, words, closeness, slugs.
//!
//! Pure string work: nothing here knows of documents, fields or projects.

use crate::safe::{self, is_invisible};

/// `text` in one line: control and direction characters dropped, white space runs made one space.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !is_hidden(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// Whether `c` is a character that can steer a terminal or the direction of text, or shows nothing.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() || is_invisible(c) || c == char::REPLACEMENT_CHARACTER
}

/// The letters and digits of `text`, in lower case: what is left when two spellings are compared.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words (runs of letters and digits) of `text`, in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// The first `max` bytes of `text`, or a little less where that would cut a character.
pub(crate) fn prefix(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}

/// Whether `word` is one of the words of `list`, which spaces separate.
pub(crate) fn is_among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// Whether `text` holds a letter or a digit.
pub(crate) fn has_content(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// `text` as part of an id: letters and digits in lower case joined by `-`, cut at a word border to `max` bytes.
pub(crate) fn slug(text: &str, max: usize) -> String {
    let mut out = String::new();
    for word in words(text) {
        if out.is_empty() {
            out.extend(word.chars().scan(0, |used, c| {
                *used += c.len_utf8();
                (*used <= max).then_some(c)
            }));
        } else if out.len() + 1 + word.len() <= max {
            out.push('-');
            out.push_str(&word);
        } else {
            break;
        }
    }
    out
}

/// Whether `written` is `known` but for a slip of the hand: one slip in words of 5 to 7 letters, two in longer ones.
///
/// Both are expected in lower case. Slips are letters added, dropped, changed or swapped with a neighbour.
pub(crate) fn is_slip_of(written: &str, known: &str) -> bool {
    let (a, b) = (written.len(), known.len());
    let allowed = if b >= 8 { 2 } else { 1 };
    if b < 5 || a < 4 || a.abs_diff(b) > allowed {
        return false;
    }
    // A slip hardly ever hits the first letter, and demanding it keeps unlike words apart.
    if written.chars().next() != known.chars().next() {
        return false;
    }
    strsim::osa_distance(written, known) <= allowed
}

/// The byte ranges of the e-mail addresses in `text`. A handle with a dot in it ("@ann.b") is none: nothing is before its `@`.
pub(crate) fn emails(text: &str) -> Vec<std::ops::Range<usize>> {
    let has_name = |range: &std::ops::Range<usize>| {
        !safe::AT_SIGNS.iter().any(|sign| text[range.clone()].starts_with(sign))
    };
    safe::addresses(text).into_iter().filter(has_name).collect()
}

/// `text` without the e-mail addresses in it.
pub(crate) fn remove_emails(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in emails(text) {
        out.push_str(&text[from..range.start]);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_drops_what_could_steer_a_terminal() {
        assert_eq!(clean(" a\u{1b}[31m\u{202e}b \t\r\n c\0 "), "a[31mb c");
    }

    #[test]
    fn a_slug_is_cut_between_words() {
        assert_eq!(slug("Make the Reader (really) fast", 15), "make-the-reader");
        assert_eq!(slug("Überlang", 4), "übe");
    }

    #[test]
    fn one_slip_in_a_word_is_forgiven_but_not_another_word() {
        assert!(is_slip_of("metor", "mentor"));
        assert!(is_slip_of("upstraeam", "upstream"));
        assert!(!is_slip_of("mentee", "mentor"));
        assert!(!is_slip_of("tissue", "issue"));
    }

    #[test]
    fn addresses_are_found_even_when_a_handle_is_glued_to_them() {
        assert_eq!(remove_emails("Ann (a.b@example.org@ann, @ann) x@y"), "Ann (@ann, @ann) x@y");
        assert_eq!(
            remove_emails("\u{201c}josé@example.org\u{201d}, a@b@example.org"),
            "\u{201c}\u{201d}, "
        );
        assert_eq!(
            remove_emails("actions/checkout@v4.1, react@18"),
            "actions/checkout@v4.1, react@18"
        );
    }
}
