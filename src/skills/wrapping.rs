//! Lines that were broken only because a page was full: what is one statement is read as one.
//!
//! Pure text. Whether a break ends a statement is not written anywhere; it is taken from the two lines.

/// Lines this long, in characters, are full.
const FULL: usize = 40;
/// Words that running text is full of and lists of names are not, in lower case, in order.
const RUNNING: [&str; 41] = [
    "a", "am", "an", "and", "are", "as", "at", "but", "by", "can", "cannot", "do", "don't", "for",
    "from", "had", "have", "i", "i'd", "i'm", "i've", "in", "into", "is", "like", "me", "my", "no",
    "not", "of", "on", "or", "that", "the", "to", "towards", "was", "we", "with", "without",
    "would",
];
const BULLETS: [char; 9] = ['-', '*', '•', '–', '‣', '·', '+', '#', '|'];

/// The text with every line that goes on in the next one joined to it.
///
/// ```
/// use lfx_match::skills::unwrapped;
/// assert_eq!(unwrapped("I have never used\nKubernetes.\n\nEdge"), "I have never used Kubernetes.\n\nEdge");
/// ```
pub fn unwrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        match lines.last_mut() {
            Some(last) if goes_on(last, line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// An item of a list without what marks it as one.
pub(crate) fn without_bullet(line: &str) -> &str {
    line.trim_start_matches(|c| BULLETS.contains(&c) || c == ' ')
}

/// Whether a statement, be it put together of several lines, goes on in the next line; both without blanks around them.
pub(crate) fn goes_on(line: &str, next: &str) -> bool {
    let opens_item = |line: &str| {
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(BULLETS) || number.len() < line.len() && number.starts_with(['.', ')'])
    };
    let Some(first) = next.chars().next() else { return false };
    if line.is_empty() || line.ends_with(['.', '!', '?', ';', ':']) || opens_item(next) {
        return false;
    }
    let is_running = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'");
        RUNNING.binary_search(&word.to_lowercase().as_str()).is_ok()
    };
    first.is_lowercase()
        || line.ends_with(',')
        || line.chars().count() >= FULL
        || line.split_whitespace().any(is_running)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_running_text_are_sorted_as_the_search_needs_them() {
        assert!(RUNNING.is_sorted());
    }

    #[test]
    fn a_denial_is_heard_however_a_text_is_wrapped() {
        let text = "I have no experience with Kubernetes or Java. I want to learn Rust and Terraform soon.";
        for width in 10..80 {
            let wrapped = textwrap::fill(text, width);
            let unwrapped = unwrapped(&wrapped);
            assert_eq!(unwrapped.replace('\n', " "), text);
            assert!(unwrapped.lines().all(|line| line.ends_with('.')), "at {width}: {unwrapped}");
        }
    }

    #[test]
    fn paragraphs_items_and_lines_of_names_stay_apart() {
        for text in [
            "edge computing\n\nsecurity",
            "Things I like:\nrust",
            "I like these\n- Rust\n- Go",
            "I like these\n1. Rust\n2) Go",
            "Edge computing\nSecurity",
            "Done with Java.\nRust",
        ] {
            assert_eq!(unwrapped(text), text);
        }
    }
}
