//! A line of text without its markup, with what of the markup still matters: links and bold runs.
//!
//! Plain data and its builder; no Markdown is parsed here.

use std::ops::Range;

use super::text::{clean, has_content, is_hidden};
use super::urls;

/// A line of text, its links and its bold runs, all as byte ranges of `plain`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text {
    /// The text without markup, white space as it came.
    pub(crate) plain: String,
    /// The links: the range of their text, and where they lead. The address of a mail link is empty.
    pub(crate) links: Vec<(Range<usize>, String)>,
    /// The bold runs.
    pub(crate) bold: Vec<Range<usize>>,
}

impl Text {
    /// Text without links or bold runs; hidden characters are dropped.
    pub(crate) fn plain(text: &str) -> Self {
        let plain = text.trim().chars().filter(|c| !is_hidden(*c) || c.is_whitespace()).collect();
        Self { plain, ..Self::default() }
    }

    /// The text in one line, white space runs made one space.
    pub(crate) fn clean(&self) -> String {
        clean(&self.plain)
    }

    /// The part of the text from byte `at` on.
    pub(crate) fn tail(&self, at: usize) -> Self {
        self.part(at..self.plain.len())
    }

    /// The part of the text in `range`.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        let (from, to) = (range.start, range.end);
        let cut = |r: &Range<usize>| {
            (r.end > from && r.start < to).then(|| r.start.max(from) - from..r.end.min(to) - from)
        };
        Self {
            plain: self.plain[range].to_owned(),
            links: self.links.iter().filter_map(|(r, u)| cut(r).map(|r| (r, u.clone()))).collect(),
            bold: self.bold.iter().filter_map(cut).collect(),
        }
    }

    /// Adds `other` after it, with `between` between the two.
    pub(crate) fn add(&mut self, between: &str, other: &Self) {
        self.plain.push_str(between);
        let at = self.plain.len();
        let moved = |r: &Range<usize>| r.start + at..r.end + at;
        self.plain.push_str(&other.plain);
        self.links.extend(other.links.iter().map(|(r, url)| (moved(r), url.clone())));
        self.bold.extend(other.bold.iter().map(moved));
    }

    /// Whether there is no letter and no digit in it.
    pub(crate) fn is_bare(&self) -> bool {
        !has_content(&self.plain)
    }

    /// Whether all its words are bold, in a run or a few.
    pub(crate) fn is_bold(&self) -> bool {
        if self.bold.len() > 8 {
            return false;
        }
        let outside = |c: &(usize, char)| !self.bold.iter().any(|run| run.contains(&c.0));
        !self.is_bare()
            && !self.plain.char_indices().filter(outside).any(|(_, c)| c.is_alphanumeric())
    }

    /// Whether it is nothing but a link to a place in the same document, as a line of a table of contents is.
    pub(crate) fn is_local_link(&self) -> bool {
        let bytes = |r: &Range<usize>| self.plain[r.clone()].trim().len();
        let linked: usize =
            self.links.iter().filter(|(_, u)| u.starts_with('#')).map(|(r, _)| bytes(r)).sum();
        linked > 0 && linked + 3 >= self.plain.trim().len()
    }

    /// The web addresses in it, in order: where links lead, and addresses written out or in short.
    pub(crate) fn urls(&self) -> Vec<String> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (range, url) in &self.links {
            if urls::host_and_path(url).is_some() {
                found.push((range.start, url.clone()));
            } else if let Some(url) = urls::whole(url) {
                found.push((range.start, url));
            }
        }
        let written = urls::find(&self.plain);
        let mut link = self.links.iter().peekable();
        for range in written {
            while link.next_if(|(r, _)| r.end <= range.start).is_some() {}
            let inside = link
                .peek()
                .is_some_and(|(r, u)| r.start <= range.start && urls::host_and_path(u).is_some());
            if !inside {
                found.push((range.start, self.plain[range].to_owned()));
            }
        }
        let linked = |r: &Range<usize>| {
            let next = self.links.partition_point(|(link, _)| link.end <= r.start);
            self.links.get(next).is_some_and(|(link, _)| link.start < r.end)
        };
        let short = urls::find_short(&self.plain).into_iter().filter(|(r, _)| !linked(r));
        found.extend(short.map(|(r, url)| (r.start, url)));
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, url)| url).collect()
    }
}

/// Builds a [`Text`] piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    text: Text,
    link: Option<(usize, String)>,
    bold: Option<usize>,
}

impl Builder {
    pub(crate) fn push(&mut self, text: &str) {
        // Hidden characters are dropped here once, so that every range stays right.
        self.text.plain.extend(text.chars().filter(|c| !is_hidden(*c) || c.is_whitespace()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.plain.trim().is_empty() && self.text.links.is_empty()
    }

    pub(crate) fn open_link(&mut self, url: String) {
        self.close_link();
        self.link = Some((self.text.plain.len(), url));
    }

    pub(crate) fn close_link(&mut self) {
        if let Some((start, url)) = self.link.take() {
            self.text.links.push((start..self.text.plain.len(), url));
        }
    }

    pub(crate) fn open_bold(&mut self) {
        self.bold.get_or_insert(self.text.plain.len());
    }

    pub(crate) fn close_bold(&mut self) {
        if let Some(start) = self.bold.take() {
            self.text.bold.push(start..self.text.plain.len());
        }
    }

    /// The line so far. A link belongs to the line on which it starts; a bold run goes on in the next.
    pub(crate) fn end_line(&mut self) -> Text {
        let end = self.text.plain.len();
        self.close_link();
        if let Some(start) = &mut self.bold {
            self.text.bold.push(*start..end);
            *start = 0;
        }
        std::mem::take(&mut self.text)
    }

    /// The text; what is open is closed.
    pub(crate) fn finish(&mut self) -> Text {
        self.close_link();
        self.close_bold();
        std::mem::take(&mut self.text)
    }
}
