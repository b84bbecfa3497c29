//! Markdown as a flat list of entries: headings, lines of text and table rows, each with its line and its place
//! in lists and quotes. Flat, so that no depth of nesting can exhaust the stack.
//!
//! Uses pulldown-cmark; knows nothing of projects and fields.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::html;
use crate::catalog::lines::Lines;
use crate::catalog::rich_text::{Builder, Text};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// A line of a paragraph or list item.
    Line,
    /// A line of fenced code.
    Code,
    /// A table: the index of it in [`Page::tables`].
    Table(usize),
}

/// A heading or a line of text.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The line of the document, from 1.
    pub(super) line: usize,
    /// How many lists it stands in.
    pub(super) depth: u32,
    /// How many block quotes it stands in.
    pub(super) quote: u32,
    /// Whether it is the first line of a list item.
    pub(super) bullet: bool,
    /// Its number, where it is the first line of a numbered item.
    pub(super) number: Option<u64>,
    /// The paragraph it belongs to: lines of one paragraph share the number.
    pub(super) block: u32,
    pub(super) text: Text,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<Text>,
}

/// A document taken apart.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) entries: Vec<Entry>,
    /// The tables; the first row of each is its head.
    pub(super) tables: Vec<Vec<Row>>,
    /// The line of an opening fence that is never closed.
    pub(super) open_fence: Option<usize>,
}

/// The entries of `text`.
pub(super) fn read(text: &str) -> Page {
    let mut reader = Reader::new(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range);
    }
    reader.flush();
    reader.page
}

struct Reader<'a> {
    source: &'a str,
    lines: Lines,
    page: Page,
    depth: u32,
    quote: u32,
    block: u32,
    /// The next text is the first of a list item.
    fresh_item: bool,
    /// The number of that item.
    number: Option<u64>,
    /// The next number of each open list that has numbers.
    numbers: Vec<Option<u64>>,
    builder: Builder,
    start: Option<usize>,
    /// How many runs of struck-out text are open.
    struck: u32,
    heading: Option<u8>,
    code: Option<bool>,
    html: String,
    table: Option<Vec<Row>>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: Lines::new(source),
            page: Page::default(),
            depth: 0,
            quote: 0,
            block: 0,
            fresh_item: false,
            number: None,
            numbers: Vec::new(),
            builder: Builder::default(),
            start: None,
            struck: 0,
            heading: None,
            code: None,
            html: String::new(),
            table: None,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(text) if self.code.is_some() => self.code_lines(&text, range.start),
            Event::Text(text) | Event::Code(text) => self.push(&text, range.start),
            Event::SoftBreak if self.heading.is_some() => self.push(" ", range.start),
            Event::HardBreak | Event::SoftBreak if self.table.is_some() => {
                self.push(" ", range.start)
            }
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::InlineHtml(tag) if html::is_break(&tag) && self.heading.is_none() => {
                if self.table.is_some() { self.push(" ; ", range.start) } else { self.end_line() }
            }
            Event::InlineHtml(tag) => {
                if let Some(url) = html::link(&tag) {
                    self.start.get_or_insert(range.start);
                    self.builder.open_link(url);
                } else if html::closes_link(&tag) {
                    self.builder.close_link();
                }
            }
            Event::Html(text) => {
                if self.html.is_empty() {
                    self.start = Some(range.start);
                }
                self.html.push_str(&text);
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.new_block();
                // A rule right below a paragraph of several lines, or below a value, makes a heading of it that
                // nobody meant.
                let source = self.source[range.clone()].trim();
                let short =
                    source.lines().count() <= 2 && !source.contains("://") && !source.contains('@');
                let meant = source.starts_with('#') || short;
                self.heading = meant.then_some(level as u8);
                self.start = meant.then_some(range.start);
            }
            Tag::Paragraph => self.new_block(),
            Tag::List(first) => {
                self.new_block();
                self.depth += 1;
                self.numbers.push(first);
            }
            Tag::Item => {
                self.new_block();
                self.fresh_item = true;
                if let Some(Some(next)) = self.numbers.last_mut() {
                    self.number = Some(*next);
                    *next = next.saturating_add(1);
                }
            }
            Tag::BlockQuote(_) => {
                self.new_block();
                self.quote += 1;
            }
            Tag::CodeBlock(kind) => {
                self.new_block();
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.code = Some(fenced);
                if fenced && !is_closed(&self.source[range.clone()]) {
                    self.page.open_fence.get_or_insert(self.lines.at(range.start));
                }
            }
            Tag::Table(_) => {
                self.new_block();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                let line = self.lines.at(range.start);
                if let Some(table) = &mut self.table {
                    table.push(Row { line, cells: Vec::new() });
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                let url = if link_type == LinkType::Email {
                    String::new()
                } else {
                    dest_url.into_string()
                };
                if self.struck > 0 && self.heading.is_none() {
                    return;
                }
                self.start.get_or_insert(range.start);
                self.builder.open_link(url);
            }
            Tag::Strong => self.builder.open_bold(),
            Tag::Strikethrough => self.struck += self.is_struck(&range),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_line();
                self.heading = None;
            }
            TagEnd::Paragraph => self.new_block(),
            TagEnd::Item => {
                self.new_block();
                self.fresh_item = false;
                self.number = None;
            }
            TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.numbers.pop();
            }
            TagEnd::BlockQuote(_) => self.quote = self.quote.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.code = None;
                self.new_block();
            }
            TagEnd::HtmlBlock => self.html_lines(),
            TagEnd::TableCell => {
                let text = self.builder.finish();
                self.start = None;
                if let Some(row) = self.table.as_mut().and_then(|t| t.last_mut()) {
                    row.cells.push(text);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take().filter(|t| !t.is_empty()) {
                    let line = table[0].line;
                    self.page.tables.push(table);
                    self.add(Kind::Table(self.page.tables.len() - 1), line, Text::default());
                }
            }
            TagEnd::Link => self.builder.close_link(),
            TagEnd::Strong => self.builder.close_bold(),
            TagEnd::Strikethrough => self.struck -= self.is_struck(&range).min(self.struck),
            _ => {}
        }
    }

    /// 1 where `range` is struck out by two marks: a single one may only say "about".
    fn is_struck(&self, range: &Range<usize>) -> u32 {
        u32::from(self.source[range.clone()].starts_with("~~"))
    }

    /// Adds `text`. What is struck out is not said any more; a heading still needs its words.
    fn push(&mut self, text: &str, at: usize) {
        if self.struck > 0 && self.heading.is_none() {
            return;
        }
        self.start.get_or_insert(at);
        self.builder.push(text);
    }

    /// Ends the line of text that is being built, if any.
    fn end_line(&mut self) {
        let start = self.start.take();
        if let (Some(start), false) = (start, self.builder.is_empty()) {
            let text = self.builder.end_line();
            let kind = self.heading.map_or(Kind::Line, Kind::Heading);
            self.add_line(kind, self.lines.at(start), text);
        }
    }

    fn new_block(&mut self) {
        self.end_line();
        self.block = self.block.wrapping_add(1);
    }

    fn flush(&mut self) {
        self.new_block();
        self.html_lines();
    }

    /// Adds a line. One that still begins with a bullet was meant as a list item and stands too far to the right.
    fn add_line(&mut self, kind: Kind, line: usize, text: Text) {
        match item(text.plain.trim_start()).filter(|_| kind == Kind::Line) {
            Some(inner) => self.add_item(line, text.tail(text.plain.len() - inner.len())),
            None => self.add(kind, line, text),
        }
    }

    fn add_item(&mut self, line: usize, text: Text) {
        self.block = self.block.wrapping_add(1);
        self.depth += 1;
        self.fresh_item = true;
        self.add(Kind::Line, line, text);
        self.depth -= 1;
    }

    fn add(&mut self, kind: Kind, line: usize, text: Text) {
        let bullet = std::mem::take(&mut self.fresh_item);
        let number = self.number.take();
        let (depth, quote, block) = (self.depth, self.quote, self.block);
        self.page.entries.push(Entry { kind, line, depth, quote, bullet, number, block, text });
    }

    /// Indented code is text that a list item's margin pushed to the right; fenced code is code.
    fn code_lines(&mut self, text: &str, start: usize) {
        let kind = if self.code == Some(true) { Kind::Code } else { Kind::Line };
        let first = self.lines.at(start);
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            if kind == Kind::Code {
                self.add(kind, first + i, Text::plain(line));
                continue;
            }
            self.block = self.block.wrapping_add(1);
            match item(line.trim()) {
                Some(inner) => self.add_item(first + i, inline(inner)),
                None => self.add(kind, first + i, inline(line)),
            }
        }
    }

    fn html_lines(&mut self) {
        let source = std::mem::take(&mut self.html);
        let Some(start) = self.start.take() else { return };
        let first = self.lines.at(start);
        for (offset, kind, text) in html::lines(&source) {
            self.block = self.block.wrapping_add(1);
            let kind = kind.map_or(Kind::Line, Kind::Heading);
            self.add(kind, first + offset, text);
        }
    }
}

/// What stands behind the bullet of `line`, if it begins with one.
fn item(line: &str) -> Option<&str> {
    let bare = line.strip_prefix(['-', '*', '+', '•'])?;
    bare.starts_with([' ', '\t']).then(|| bare.trim_start())
}

/// The text of one line, whatever it would be on its own.
fn inline(line: &str) -> Text {
    let mut builder = Builder::default();
    for event in Parser::new_ext(line.trim(), Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => builder.push(&text),
            Event::Start(Tag::Link { dest_url, .. }) => builder.open_link(dest_url.into_string()),
            Event::End(TagEnd::Link) => builder.close_link(),
            Event::Start(Tag::Strong) => builder.open_bold(),
            Event::End(TagEnd::Strong) => builder.close_bold(),
            _ => {}
        }
    }
    builder.finish()
}

/// Whether a fenced block, given as its source, ends with a closing fence.
fn is_closed(source: &str) -> bool {
    let mut lines = source.trim_end().lines();
    let opening = lines.next().unwrap_or_default().trim_start();
    let Some(mark) = opening.chars().next() else { return true };
    let width = opening.chars().take_while(|c| *c == mark).count();
    lines.next_back().is_some_and(|last| {
        let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
        last.chars().all(|c| c == mark) && last.chars().count() >= width
    })
}
