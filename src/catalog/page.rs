//! A document as it is in its file: its name, its text, its lines.
//!
//! Knows nothing of projects or flaws; it only finds lines.

use std::path::PathBuf;

use super::lines::Lines;

/// A document that was read, kept so that a flaw can be shown in its place.
#[derive(Debug)]
pub struct Page {
    /// The file as it was named to the program.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    lines: Lines,
}

impl Page {
    /// The page `path` that holds `text`.
    pub fn new(path: PathBuf, text: String) -> Self {
        let lines = Lines::new(&text);
        Self { path, text, lines }
    }

    /// The line `number`, counted from 1, without what ends it; `None` after the last one.
    pub fn line(&self, number: usize) -> Option<&str> {
        let range = self.lines.range(number, self.text.len())?;
        Some(self.text.get(range)?.trim_end_matches(['\r', '\n']))
    }

    /// All lines in their order, without what ends them.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        (1..).map_while(|number| self.line(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_whatever_ends_them() {
        let page = Page::new("p.md".into(), "one\r\ntwo\rthree\n\nfive".into());
        assert_eq!(page.lines().collect::<Vec<_>>(), ["one", "two", "three", "", "five"]);
        assert_eq!((page.line(2), page.line(0), page.line(6)), (Some("two"), None, None));
    }
}
