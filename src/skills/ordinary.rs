//! Words that look like misspelt names of skills and are none: "Slack" is not Spack.

/// One a line, in lower case, in order; how the list is made stands in `examples/ordinary_words.rs`.
const WORDS: &str = include_str!("../../data/ordinary_words.txt");

/// Whether a folded form is a word of its own.
pub(super) fn is_word(form: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = WORDS[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = WORDS[start..].find('\n').map_or(WORDS.len(), |at| start + at);
        match WORDS[start..end].cmp(form) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skills::Lexicon;

    #[test]
    fn every_word_of_the_list_is_found_and_no_other() {
        assert!(WORDS.lines().is_sorted() && WORDS.lines().all(is_word));
        for word in ["", "aaaa", "kuberentes", "zzzz"] {
            assert!(!is_word(word), "{word}");
        }
    }

    #[test]
    fn no_name_of_a_skill_is_on_the_list() {
        let known = |word: &str| Lexicon::builtin().by_form(word).is_some();
        assert_eq!(WORDS.lines().find(|word| known(word)), None);
    }
}
