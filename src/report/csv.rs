//! Recommendations as CSV: one row each, safe to open in a spreadsheet.

use csv::{Writer, WriterBuilder};

use super::evidence::named;
use super::schema::RecommendationReport;
use crate::rank::{Part, Said};
use crate::safe::spreadsheet_cell;

/// The parts that stand beside the score; the others, and columns that came later, stand last, so that scripts that count
/// columns find what they know.
pub(super) const FIRST: [Part; 2] = [Part::Overlap, Part::Semantic];
const LAST: [Part; 3] = [Part::Lexical, Part::Field, Part::Level];

/// Room for one row, in bytes; most are shorter.
pub(super) const ROW: usize = 300;
/// What a writer collects before it grows, in bytes.
const BUFFER: usize = 1 << 12;

/// One person's recommendations, below a header row.
pub fn csv(recommendations: &[RecommendationReport]) -> String {
    let mut table = Table::with_capacity(recommendations.len() * ROW);
    table.cells(&["rank", "project_id", "org", "title", "score"]);
    table.cells(&FIRST.map(Part::name));
    table.cells(&["matched", "missing", "upstream_url", "lfx_url"]);
    table.cells(&LAST.map(Part::name));
    table.cells(&["wanted"]);
    table.end_row();
    for recommendation in recommendations {
        let project = &recommendation.project;
        let explanation = &recommendation.explanation;
        table.number(recommendation.rank);
        table.cell(&project.id);
        table.cell(project.org.as_deref().unwrap_or_default());
        table.cell(&project.title);
        table.share(recommendation.score);
        let share = |part: Part| explanation.contributions.get(part.name()).copied();
        FIRST.iter().for_each(|part| table.share(share(*part).unwrap_or(0.0)));
        table.names(named(&explanation.matched, Said::Can));
        table.names(explanation.missing.iter().map(|m| &*m.skill));
        table.cell(&project.upstream_urls.join(" "));
        table.cell(project.lfx_url.as_deref().unwrap_or_default());
        LAST.iter().for_each(|part| table.share(share(*part).unwrap_or(0.0)));
        table.names(named(&explanation.matched, Said::Wants));
        table.end_row();
    }
    table.text()
}

/// CSV that is being written; every cell is made safe for a spreadsheet.
pub(super) struct Table {
    writer: Writer<Vec<u8>>,
    /// Names that are being joined.
    names: String,
}

impl Table {
    /// An empty table, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        // The writer's own buffer is emptied into the vector whenever it is full.
        let mut builder = WriterBuilder::new();
        builder.flexible(true).buffer_capacity(BUFFER);
        Self { writer: builder.from_writer(Vec::with_capacity(bytes)), names: String::new() }
    }

    pub(super) fn cell(&mut self, text: &str) {
        self.safe_cell(&spreadsheet_cell(text));
    }

    pub(super) fn cells(&mut self, texts: &[impl AsRef<str>]) {
        texts.iter().for_each(|text| self.cell(text.as_ref()));
    }

    /// A cell that is known to be safe.
    pub(super) fn safe_cell(&mut self, text: &str) {
        // Writing to memory does not fail.
        let _ = self.writer.write_field(text);
    }

    pub(super) fn empty_cells(&mut self, count: usize) {
        (0..count).for_each(|_| self.safe_cell(""));
    }

    pub(super) fn number(&mut self, number: usize) {
        self.safe_cell(&number.to_string());
    }

    /// A number in `0..=1`.
    pub(super) fn share(&mut self, share: f64) {
        // Whole ten-thousandths: a million rows have millions of shares, and floats are slow to write.
        let parts = (share.clamp(0.0, 1.0) * 1e4).round() as u32;
        let digit = |unit: u32| b'0' + (parts / unit % 10) as u8;
        let digits = [digit(10_000), b'.', digit(1000), digit(100), digit(10), digit(1)];
        let _ = self.writer.write_field(digits);
    }

    /// Names in one cell.
    pub(super) fn names<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        self.names.clear();
        for (at, name) in names.enumerate() {
            self.names.push_str(if at > 0 { "; " } else { "" });
            self.names.push_str(name);
        }
        let _ = self.writer.write_field(&*spreadsheet_cell(&self.names));
    }

    pub(super) fn end_row(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    pub(super) fn text(self) -> String {
        let bytes = self.writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_four_decimals() {
        let mut table = Table::with_capacity(0);
        for share in [0.0, 1.0, 0.12345, 0.99996, 7.0, -1.0, f64::NAN] {
            table.share(share);
        }
        table.end_row();
        assert_eq!(table.text(), "0.0000,1.0000,0.1235,1.0000,1.0000,0.0000,0.0000\n");
    }

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_made_harmless() {
        let mut table = Table::with_capacity(0);
        table.cells(&["=1+1", "a, \"b\"", "c"]);
        table.end_row();
        assert_eq!(table.text(), "'=1+1,\"a, \"\"b\"\"\",c\n");
    }
}
