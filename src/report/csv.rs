//! Recommendations as CSV: one row each, safe to open in a spreadsheet.

use super::evidence::named;
use super::schema::RecommendationReport;
use crate::rank::{Part, Said};
use crate::safe::spreadsheet_cell;

/// The parts that stand beside the score; the others, and columns that came later, stand last, so that scripts that count
/// columns find what they know.
pub(super) const FIRST: [Part; 2] = [Part::Overlap, Part::Semantic];
const LAST: [Part; 3] = [Part::Lexical, Part::Field, Part::Level];

/// One person's recommendations, below a header row.
pub fn csv(recommendations: &[RecommendationReport]) -> String {
    let mut table = Table::default();
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

/// CSV that is being written, by the rules of RFC 4180; every cell is made safe for a spreadsheet.
///
/// A million applicants have tens of millions of rows: what they have in common is written once ([`Self::written`]),
/// which no writer of CSV at hand can do.
#[derive(Debug, Default)]
pub(super) struct Table {
    text: String,
    is_within_row: bool,
    /// Names that are being joined.
    names: String,
}

impl Table {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    pub(super) fn cell(&mut self, text: &str) {
        self.begin_cell();
        push_quoted(&mut self.text, &spreadsheet_cell(text));
    }

    pub(super) fn cells(&mut self, texts: &[impl AsRef<str>]) {
        texts.iter().for_each(|text| self.cell(text.as_ref()));
    }

    /// Cells that another table wrote as part of a row ([`Self::text`]).
    pub(super) fn written(&mut self, cells: &str) {
        self.begin_cell();
        self.text.push_str(cells);
    }

    pub(super) fn empty_cells(&mut self, count: usize) {
        (0..count).for_each(|_| self.begin_cell());
    }

    pub(super) fn number(&mut self, number: usize) {
        self.begin_cell();
        self.text.push_str(&number.to_string());
    }

    /// A number in `0..=1`.
    pub(super) fn share(&mut self, share: f64) {
        // Whole ten-thousandths: a million rows have millions of shares, and floats are slow to write.
        let parts = (share.clamp(0.0, 1.0) * 1e4).round() as u32;
        let digit = |unit: u32| char::from(b'0' + (parts / unit % 10) as u8);
        self.begin_cell();
        let digits = [digit(10_000), '.', digit(1000), digit(100), digit(10), digit(1)];
        self.text.extend(digits);
    }

    /// Names in one cell.
    pub(super) fn names<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        self.names.clear();
        for (at, name) in names.enumerate() {
            self.names.push_str(if at > 0 { "; " } else { "" });
            self.names.push_str(name);
        }
        self.begin_cell();
        push_quoted(&mut self.text, &spreadsheet_cell(&self.names));
    }

    pub(super) fn end_row(&mut self) {
        self.text.push('\n');
        self.is_within_row = false;
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    fn begin_cell(&mut self) {
        if self.is_within_row {
            self.text.push(',');
        }
        self.is_within_row = true;
    }
}

fn push_quoted(text: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        return text.push_str(cell);
    }
    text.push('"');
    for (at, piece) in cell.split('"').enumerate() {
        text.push_str(if at > 0 { "\"\"" } else { "" });
        text.push_str(piece);
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_have_four_decimals() {
        let mut table = Table::default();
        for share in [0.0, 1.0, 0.12345, 0.99996, 7.0, -1.0, f64::NAN] {
            table.share(share);
        }
        assert_eq!(table.text(), "0.0000,1.0000,0.1235,1.0000,1.0000,0.0000,0.0000");
    }

    proptest! {
        #[test]
        fn cells_are_written_as_the_csv_library_writes_them(
            rows in prop::collection::vec(prop::collection::vec(".{0,6}|[,\" =\n\ra]{0,6}", 3), 1..4),
        ) {
            let mut table = Table::default();
            let mut writer = ::csv::Writer::from_writer(Vec::new());
            for row in &rows {
                table.cells(row);
                table.end_row();
                writer.write_record(row.iter().map(|text| spreadsheet_cell(text).into_owned())).unwrap();
            }
            prop_assert_eq!(table.text().into_bytes(), writer.into_inner().unwrap());
        }
    }
}
