//! Text cut to the room that there is.

/// At most so many characters of a text, cut between words where there is a space in its second half.
pub(super) fn shorten(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest.saturating_sub(1)).collect();
    let is_between = text[cut.len()..].starts_with(char::is_whitespace);
    let end = match cut.rfind(char::is_whitespace).filter(|at| *at >= cut.len() / 2) {
        Some(at) if !is_between => at,
        _ => cut.len(),
    };
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_at_their_end() {
        assert_eq!(shorten("abcdef", 4), "abc…");
        assert_eq!(shorten("abcd", 4), "abcd");
        assert_eq!(shorten("abcd", 0), "…");
        assert_eq!(shorten("abcdef gh ij", 9), "abcdef…");
        assert_eq!(shorten("abcdef ghi", 8), "abcdef…");
    }
}
