//! Letters with their places on a page, put together to lines of text. Pure.
//!
//! Letters come in the order in which the page draws them, so that columns stay apart. A new line begins
//! where a letter stands higher or lower than the one before it or far to its left; a gap is a blank.

/// A gap of this share of the letters' size is a blank.
const BLANK: f64 = 0.15;
/// A step up or down of this share of the letters' size begins a line.
const STEP: f64 = 0.5;
/// A step to the left of this many letters' sizes begins a line.
const BACK: f64 = 1.0;

/// A letter, or several that are one glyph, on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter<'a> {
    pub(super) text: &'a str,
    /// Where it begins, in points from the page's left edge.
    pub(super) x: f64,
    /// Its base line, in points from any edge.
    pub(super) y: f64,
    /// In points.
    pub(super) width: f64,
    /// The size of its letters, in points.
    pub(super) size: f64,
}

/// Lines in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// Where the last letter ended, and its base line.
    last: Option<(f64, f64)>,
}

impl Lines {
    /// Adds the next letter.
    pub(super) fn push(&mut self, letter: Letter<'_>) {
        if let Some((end, y)) = self.last {
            if (letter.y - y).abs() > letter.size * STEP || letter.x < end - letter.size * BACK {
                self.text.push('\n');
            } else if letter.x > end + letter.size * BLANK && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
        self.text.push_str(letter.text);
        self.last = Some((letter.x + letter.width, letter.y));
    }

    /// Ends the page.
    pub(super) fn end_page(&mut self) {
        self.text.push('\n');
        self.last = None;
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(letters: &[(&str, f64, f64)]) -> String {
        let mut lines = Lines::default();
        for &(text, x, y) in letters {
            let width = 5.0 * text.chars().count() as f64;
            lines.push(Letter { text, x, y, width, size: 10.0 });
        }
        lines.finish()
    }

    #[test]
    fn gaps_are_blanks_and_neighbours_are_one_word() {
        assert_eq!(lines(&[("G", 0.0, 0.0), ("o", 5.0, 0.0), ("Rust", 13.0, 0.0)]), "Go Rust");
    }

    #[test]
    fn a_heading_and_the_text_below_it_are_two_lines() {
        assert_eq!(lines(&[("Skills", 0.0, 0.0), ("Go", 0.0, 12.0)]), "Skills\nGo");
        assert_eq!(lines(&[("Skills", 0.0, 0.0), ("Go", 50.0, 12.0)]), "Skills\nGo");
    }

    #[test]
    fn a_raised_letter_stays_in_its_line() {
        assert_eq!(lines(&[("x", 0.0, 0.0), ("2", 5.0, 3.0)]), "x2");
    }
}
