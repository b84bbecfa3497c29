//! A page as a flat list of entries: headings, lines of text and tables, each with its line and its place in lists and
//! quotes. Flat, so that no depth of nesting can exhaust the stack.
//!
//! Plain data and its builder, which keeps track of the nesting; no Markdown is parsed here.

use crate::catalog::lines::Lines;
use crate::catalog::rich_text::Text;

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
    /// How many lists it is in.
    pub(super) depth: u32,
    /// How many block quotes it is in.
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

/// Builds a [`Page`] entry by entry, in the order of the document.
pub(super) struct PageBuilder {
    page: Page,
    lines: Lines,
    depth: u32,
    quote: u32,
    block: u32,
    /// The next entry is the first of a list item.
    fresh_item: bool,
    /// The number of that item.
    number: Option<u64>,
    /// The next number of each open list that has numbers.
    numbers: Vec<Option<u64>>,
}

impl PageBuilder {
    /// A builder for the page `source`, which has no entries yet.
    pub(super) fn new(source: &str) -> Self {
        Self {
            page: Page::default(),
            lines: Lines::new(source),
            depth: 0,
            quote: 0,
            block: 0,
            fresh_item: false,
            number: None,
            numbers: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Page {
        self.page
    }

    /// The line, from 1, of the byte at `offset`.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.lines.at(offset)
    }

    /// Ends the paragraph: entries that follow belong to another one.
    pub(super) fn next_block(&mut self) {
        self.block = self.block.wrapping_add(1);
    }

    /// Opens a list, whose items are numbered from `first` on, if at all.
    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.depth += 1;
        self.numbers.push(first);
    }

    pub(super) fn close_list(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.numbers.pop();
    }

    pub(super) fn open_item(&mut self) {
        self.fresh_item = true;
        if let Some(Some(next)) = self.numbers.last_mut() {
            self.number = Some(*next);
            *next = next.saturating_add(1);
        }
    }

    pub(super) fn close_item(&mut self) {
        self.fresh_item = false;
        self.number = None;
    }

    pub(super) fn open_quote(&mut self) {
        self.quote += 1;
    }

    pub(super) fn close_quote(&mut self) {
        self.quote = self.quote.saturating_sub(1);
    }

    /// Notes that the fence opened at the byte `offset` is never closed; only the first one counts.
    pub(super) fn open_fence(&mut self, offset: usize) {
        self.page.open_fence.get_or_insert(self.lines.at(offset));
    }

    /// Adds the table `rows`, unless it has none.
    pub(super) fn add_table(&mut self, rows: Vec<Row>) {
        let Some(line) = rows.first().map(|row| row.line) else { return };
        self.page.tables.push(rows);
        self.add(Kind::Table(self.page.tables.len() - 1), line, Text::default());
    }

    /// Adds a line. One that still begins with a bullet was meant as a list item and is only indented too far.
    pub(super) fn add_line(&mut self, kind: Kind, line: usize, text: Text) {
        match item(text.plain.trim_start()).filter(|_| kind == Kind::Line) {
            Some(inner) => self.add_item(line, text.tail(text.plain.len() - inner.len())),
            None => self.add(kind, line, text),
        }
    }

    /// Adds a list item that Markdown does not take for one.
    pub(super) fn add_item(&mut self, line: usize, text: Text) {
        self.next_block();
        self.depth += 1;
        self.fresh_item = true;
        self.add(Kind::Line, line, text);
        self.depth -= 1;
    }

    /// Adds an entry as it is.
    pub(super) fn add(&mut self, kind: Kind, line: usize, text: Text) {
        let bullet = std::mem::take(&mut self.fresh_item);
        let number = self.number.take();
        let (depth, quote, block) = (self.depth, self.quote, self.block);
        self.page.entries.push(Entry { kind, line, depth, quote, bullet, number, block, text });
    }
}

/// What follows the bullet of `line`, if it begins with one.
pub(super) fn item(line: &str) -> Option<&str> {
    let bare = line.strip_prefix(['-', '*', '+', '•'])?;
    bare.starts_with([' ', '\t']).then(|| bare.trim_start())
}
