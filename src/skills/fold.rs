//! The form in which names are compared: letters and digits in lower case, `+` and `#` kept.
//!
//! Pure text, no lexicon. `Node.js`, `node js` and `NodeJS` fold to `nodejs`; `C++` stays `c++`,
//! `.NET` stays `.net` and is not the word "net".

use std::ops::Range;

/// A word of a text: its folded form and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without punctuation except `+`, `#` and a leading `.`.
    pub(crate) form: String,
    /// The byte range in the text it was taken from.
    pub(crate) span: Range<usize>,
    /// The text between this word and the next ends a phrase (`,`, `;`, a bracket, a sentence).
    pub(crate) ends_phrase: bool,
}

/// Words as one text with a space before and after each, so that a phrase is found in another as whole words.
pub(crate) fn spaced(words: &[Word]) -> String {
    words.iter().fold(" ".to_owned(), |all, word| all + &word.form + " ")
}

/// Cuts a text into words, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut previous = ' ';
    while let Some((start, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, n)| n.is_alphabetic());
        let dotted = c == '.' && next_is_letter && !previous.is_alphanumeric();
        if !c.is_alphanumeric() && !dotted {
            let sentence_end = c == '.' && chars.peek().is_none_or(|(_, n)| n.is_whitespace());
            if (matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '!' | '?' | '\n')
                || sentence_end)
                && let Some(last) = words.last_mut()
            {
                last.ends_phrase = true;
            }
            previous = c;
            continue;
        }
        let mut form = String::with_capacity(16);
        push_folded(&mut form, c);
        let mut end = start + c.len_utf8();
        previous = c;
        while let Some(&(at, n)) = chars.peek() {
            let sign = matches!(n, '+' | '#') && is_sign_of_name(&form, text, at);
            if is_possessive(&text[at..]) {
                // "Go's" speaks of Go.
                chars.next();
                chars.next();
                break;
            }
            if !n.is_alphanumeric() && !sign && !matches!(n, '\'' | '’') {
                break;
            }
            push_folded(&mut form, n);
            end = at + n.len_utf8();
            previous = n;
            chars.next();
        }
        words.push(Word { form, span: start..end, ends_phrase: false });
    }
    words
}

fn is_possessive(rest: &str) -> bool {
    let after = rest.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix(['s', 'S']));
    after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// `c++`, `g++`, `c#` and `c++17` are names; in `issue#12` and `a+b` the sign parts two words.
fn is_sign_of_name(form: &str, text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['+', '#']);
    let run = text.len() - at - rest.len();
    let closed = !rest.starts_with(|c: char| c.is_alphanumeric());
    let plus = text[..at].ends_with('+') || text[at..].starts_with("++");
    let version =
        plus && text[at..].starts_with('+') && rest.starts_with(|c: char| c.is_ascii_digit());
    (closed || version) && run <= 2 && form.chars().count() <= 4
}

fn push_folded(form: &mut String, c: char) {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '.') {
            form.push(c.to_ascii_lowercase());
        }
    } else if c.is_alphanumeric() {
        form.extend(c.to_lowercase());
    }
}

/// The whole text as one folded form: its words without what stands between them.
pub(crate) fn fold(text: &str) -> String {
    fold_counted(text).0
}

/// The folded form, and how many words it is made of.
pub(crate) fn fold_counted(text: &str) -> (String, usize) {
    let words = words(text);
    let count = words.len();
    (words.into_iter().map(|word| word.form).collect(), count)
}

/// The form without an English plural's ending, where it has one.
pub(crate) fn singular(form: &str) -> Option<&str> {
    let stem = form.strip_suffix('s')?;
    let plural = stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']);
    plural.then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_of_separators_does_not_matter() {
        for text in ["Node.js", "node js", "NodeJS", "node-js", "node_js"] {
            assert_eq!(fold(text), "nodejs");
        }
        assert_eq!(fold("CI/CD"), "cicd");
        assert_eq!(fold("Q&A"), "qa");
    }

    #[test]
    fn signs_that_belong_to_names_are_kept() {
        assert_eq!(fold("C++"), "c++");
        assert_eq!(fold("C#"), "c#");
        assert_eq!(fold(".NET"), ".net");
        assert_eq!(fold("ASP.NET"), "aspnet");
        assert_eq!(fold("issue#12"), "issue12");
        assert_eq!(fold("C++17"), "c++17");
        assert_eq!(
            words("C/C++").iter().map(|w| w.form.as_str()).collect::<Vec<_>>(),
            ["c", "c++"]
        );
    }

    #[test]
    fn phrases_end_at_punctuation() {
        let ends: Vec<bool> = words("Go, Rust and C. Lua").iter().map(|w| w.ends_phrase).collect();
        assert_eq!(ends, [true, false, false, true, false]);
    }

    #[test]
    fn dots_inside_names_and_versions_do_not_end_a_phrase() {
        assert!(!words("X.509 certificates")[0].ends_phrase);
        assert_eq!(fold("HTTP/1.1"), "http11");
    }

    #[test]
    fn possessives_are_the_name_itself() {
        assert_eq!(fold("Go's"), "go");
        assert_eq!(fold("Kubernetes’s API"), "kubernetesapi");
    }

    #[test]
    fn plurals_lose_their_ending_and_names_in_s_keep_it() {
        assert_eq!(singular("operators"), Some("operator"));
        assert_eq!(singular("status"), None);
        assert_eq!(singular("wireless"), None);
        assert_eq!(singular("os"), None);
    }
}
