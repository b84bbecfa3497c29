//! Byte offsets to line numbers.

/// Where the lines of a text start.
#[derive(Debug)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of `text`; `\n`, `\r\n` and `\r` end one.
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|i| {
            bytes[*i] == b'\n' || (bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'))
        });
        Self(std::iter::once(0).chain(ends.map(|i| i + 1)).collect())
    }

    /// The line, from 1, of the byte at `offset`.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset).max(1)
    }

    /// The bytes of the line `number`, counted from 1, with what ends it, in a text of `length` bytes.
    pub(crate) fn range(&self, number: usize, length: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.0.get(number.checked_sub(1)?)?;
        Some(start..self.0.get(number).copied().unwrap_or(length))
    }
}
