//! The part of a line that is shown: short, harmless in a terminal, and without mail addresses.
//!
//! Every character stays in its column, so that what points into the line still points there.

use serde::{Deserialize, Serialize};

use crate::safe::{in_place, without_addresses};

/// A line of a page, or the part of it around a flaw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The text. Characters that a terminal would obey are shown as `�`, mail addresses as `*`.
    pub text: String,
    /// The column of its first character, counted from 1.
    pub column: usize,
    /// Whether the line goes on behind it.
    pub cut: bool,
}

/// No mail address is longer, in characters; text is looked at this much beyond a cut, so that none is cut in two.
pub(super) const LONGEST_ADDRESS: usize = 320;
/// The longest excerpt, in characters.
const LONGEST: usize = 240;

impl Excerpt {
    /// The part of `line` around `column`.
    pub(super) fn of(line: &str, column: usize) -> Self {
        let first = first_shown(column - 1, LONGEST);
        // What is left and right of the part is looked at too: it may hold the half of an address.
        let from = first.saturating_sub(LONGEST_ADDRESS);
        let length = first - from + LONGEST + LONGEST_ADDRESS;
        let around: String = line.chars().skip(from).take(length).collect();
        let safe = without_addresses(&in_place(&around));
        let mut rest = safe.chars().skip(first - from);
        let text = rest.by_ref().take(LONGEST).collect();
        Self { text, column: first + 1, cut: rest.next().is_some() }
    }

    /// The part of this part around `column` that is not longer than `width` characters.
    pub(super) fn narrowed(&self, column: usize, width: usize) -> Self {
        if self.text.chars().count() <= width {
            return self.clone();
        }
        let first = first_shown(column.saturating_sub(self.column), width);
        let mut rest = self.text.chars().skip(first);
        let text = rest.by_ref().take(width).collect();
        Self { text, column: self.column + first, cut: self.cut || rest.next().is_some() }
    }
}

/// The first character of at most `width` ones that are shown, where the one at `at` is to be among them, with as much
/// behind it as there can be.
fn first_shown(at: usize, width: usize) -> usize {
    if at < width / 2 { 0 } else { at - width / 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        let excerpt = Excerpt::of("- Mentors: Ada", 12);
        assert_eq!(excerpt, Excerpt { text: "- Mentors: Ada".into(), column: 1, cut: false });
    }

    #[test]
    fn of_a_line_of_a_megabyte_only_the_part_around_the_place_is_shown() {
        let line = format!("{}HERE{}", "a".repeat(500_000), "b".repeat(500_000));
        let excerpt = Excerpt::of(&line, 500_001);
        assert_eq!(excerpt.text.chars().count(), LONGEST);
        assert!(excerpt.cut && excerpt.text.contains("aHEREb"));
        assert_eq!(excerpt.text.find("HERE"), Some(500_001 - excerpt.column));
        let narrow = excerpt.narrowed(500_001, 40);
        assert_eq!(narrow.text.find("HERE"), Some(500_001 - narrow.column));
        assert_eq!(narrow.text.len(), 40);
    }

    #[test]
    fn no_cut_uncovers_an_address() {
        for gap in 0..400 {
            let line =
                format!("{} ada.example@sub.example.org {}", "x".repeat(gap), "y ".repeat(300));
            for column in [1, gap + 2, gap + 20, gap + 150, gap + 300] {
                let excerpt = Excerpt::of(&line, column);
                let narrow = excerpt.narrowed(column, 50);
                for text in [&excerpt.text, &narrow.text] {
                    assert!(
                        !text.contains("ada") && !text.contains("org"),
                        "{gap} {column} {text}"
                    );
                }
            }
        }
    }
}
