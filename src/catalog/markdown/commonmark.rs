//! Markdown -> the entries of a page.
//!
//! The only file that names pulldown-cmark; knows nothing of projects and fields.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::entries::{Kind, Page, PageBuilder, Row, item};
use super::html;
use crate::catalog::rich_text::{Builder, Text};

/// The entries of `text`.
pub(super) fn read(text: &str) -> Page {
    let mut reader = Reader::new(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range);
    }
    reader.finish()
}

/// A kind of code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodeBlock {
    Fenced,
    Indented,
}

/// Turns the events of the parser into entries.
struct Reader<'a> {
    source: &'a str,
    page: PageBuilder,
    /// The line of text that is being read.
    text: Builder,
    /// Where that line begins, in bytes.
    start: Option<usize>,
    /// How many runs of struck-out text are open.
    struck: u32,
    /// The level of the heading that is open.
    heading: Option<u8>,
    code: Option<CodeBlock>,
    html: String,
    table: Option<Vec<Row>>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            page: PageBuilder::new(source),
            text: Builder::default(),
            start: None,
            struck: 0,
            heading: None,
            code: None,
            html: String::new(),
            table: None,
        }
    }

    fn finish(mut self) -> Page {
        self.new_block();
        self.html_lines();
        self.page.finish()
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(text) => match self.code {
                Some(code) => self.code_lines(code, &text, range.start),
                None => self.push(&text, range.start),
            },
            Event::Code(text) => self.push(&text, range.start),
            Event::SoftBreak if self.heading.is_some() => self.push(" ", range.start),
            Event::HardBreak | Event::SoftBreak if self.table.is_some() => {
                self.push(" ", range.start)
            }
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::InlineHtml(tag) => self.inline_html(&tag, range.start),
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
        let is_block = matches!(
            tag,
            Tag::Heading { .. }
                | Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::Table(_)
        );
        if is_block {
            self.new_block();
        }
        match tag {
            Tag::Heading { level, .. } if self.is_meant_as_heading(&range) => {
                self.heading = Some(level as u8);
                self.start = Some(range.start);
            }
            Tag::List(first) => self.page.open_list(first),
            Tag::Item => self.page.open_item(),
            Tag::BlockQuote(_) => self.page.open_quote(),
            Tag::CodeBlock(kind) => self.open_code(&kind, range),
            Tag::Table(_) => self.table = Some(Vec::new()),
            Tag::TableHead | Tag::TableRow => {
                let line = self.page.line_at(range.start);
                if let Some(table) = &mut self.table {
                    table.push(Row { line, cells: Vec::new() });
                }
            }
            Tag::Link { link_type, dest_url, .. } if !self.is_struck() => {
                let is_mail = link_type == LinkType::Email;
                self.start.get_or_insert(range.start);
                self.text.open_link(if is_mail { String::new() } else { dest_url.into_string() });
            }
            Tag::Strong => self.text.open_bold(),
            Tag::Strikethrough => self.struck += self.strikes(&range),
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
                self.page.close_item();
            }
            TagEnd::List(_) => self.page.close_list(),
            TagEnd::BlockQuote(_) => self.page.close_quote(),
            TagEnd::CodeBlock => {
                self.code = None;
                self.new_block();
            }
            TagEnd::HtmlBlock => self.html_lines(),
            TagEnd::TableCell => {
                let text = self.text.finish();
                self.start = None;
                if let Some(row) = self.table.as_mut().and_then(|t| t.last_mut()) {
                    row.cells.push(text);
                }
            }
            TagEnd::Table => {
                let rows = self.table.take().unwrap_or_default();
                self.page.add_table(rows);
            }
            TagEnd::Link => self.text.close_link(),
            TagEnd::Strong => self.text.close_bold(),
            TagEnd::Strikethrough => self.struck -= self.strikes(&range).min(self.struck),
            _ => {}
        }
    }

    /// Whether the heading at `range` was meant as one: a rule right below a paragraph of several lines, or below a value,
    /// turns it into a heading by accident.
    fn is_meant_as_heading(&self, range: &Range<usize>) -> bool {
        let source = self.source[range.clone()].trim();
        let short = source.lines().count() <= 2 && !source.contains("://") && !source.contains('@');
        source.starts_with('#') || short
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        self.code = Some(match kind {
            CodeBlockKind::Fenced(_) => CodeBlock::Fenced,
            CodeBlockKind::Indented => CodeBlock::Indented,
        });
        if self.code == Some(CodeBlock::Fenced) && !is_closed(&self.source[range.clone()]) {
            self.page.open_fence(range.start);
        }
    }

    /// Whether what is read now is struck out and not said any more; a heading still needs its words.
    fn is_struck(&self) -> bool {
        self.struck > 0 && self.heading.is_none()
    }

    /// 1 where `range` is struck out by two marks: a single one may only say "about".
    fn strikes(&self, range: &Range<usize>) -> u32 {
        u32::from(self.source[range.clone()].starts_with("~~"))
    }

    fn push(&mut self, text: &str, at: usize) {
        if !self.is_struck() {
            self.start.get_or_insert(at);
            self.text.push(text);
        }
    }

    /// Ends the line of text that is being read, if any.
    fn end_line(&mut self) {
        let start = self.start.take();
        if let (Some(start), false) = (start, self.text.is_empty()) {
            let text = self.text.end_line();
            let kind = self.heading.map_or(Kind::Line, Kind::Heading);
            self.page.add_line(kind, self.page.line_at(start), text);
        }
    }

    fn new_block(&mut self) {
        self.end_line();
        self.page.next_block();
    }

    /// Indented code is text that a list item's margin pushed to the right; fenced code is code.
    fn code_lines(&mut self, code: CodeBlock, text: &str, start: usize) {
        let first = self.page.line_at(start);
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            if code == CodeBlock::Fenced {
                self.page.add(Kind::Code, first + i, Text::plain(line));
                continue;
            }
            self.page.next_block();
            match item(line.trim()) {
                Some(inner) => self.page.add_item(first + i, inline(inner)),
                None => self.page.add(Kind::Line, first + i, inline(line)),
            }
        }
    }

    fn inline_html(&mut self, tag: &str, at: usize) {
        if html::is_break(tag) && self.heading.is_none() {
            if self.table.is_some() { self.push(" ; ", at) } else { self.end_line() }
        } else if let Some(url) = html::link(tag) {
            self.start.get_or_insert(at);
            self.text.open_link(url);
        } else if html::closes_link(tag) {
            self.text.close_link();
        }
    }

    fn html_lines(&mut self) {
        let source = std::mem::take(&mut self.html);
        let Some(start) = self.start.take() else { return };
        let first = self.page.line_at(start);
        for (offset, kind, text) in html::lines(&source) {
            self.page.next_block();
            let kind = kind.map_or(Kind::Line, Kind::Heading);
            self.page.add(kind, first + offset, text);
        }
    }
}

/// The text of one line, which is not read as a heading or a list item.
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
