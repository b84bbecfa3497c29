//! How records are cut, sound and broken ones.

use proptest::prelude::*;

use super::*;

/// What comes out, cells joined by `|`, with its line.
fn cut(text: &str, width: usize) -> Vec<(u64, String)> {
    // One byte at a time: every cut within a record must be borne.
    struct Dribble<'a>(&'a [u8]);
    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = self.0.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }
    let mut records = Records::new(Dribble(text.as_bytes()));
    records.set_shape(b',', width);
    let mut found = Vec::new();
    while let Some(next) = records.next().unwrap() {
        found.push(match next {
            Next::Broken { line, reason } => (line, format!("! {reason}")),
            Next::Record(record) => {
                let cells = (0..record.len()).map(|at| record.get(at).unwrap().into_owned());
                let cells: Vec<String> =
                    cells.map(|cell| String::from_utf8(cell).unwrap()).collect();
                (record.line, cells.join("|"))
            }
        });
    }
    found
}

fn rows(lines: &[(u64, &str)]) -> Vec<(u64, String)> {
    lines.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

const NEVER_CLOSED: &str = "! broken quoting: a quote is opened and never closed";
const BEHIND: &str = "! broken quoting: a cell goes on behind its closing quote";

#[test]
fn cells_are_cut_whatever_ends_their_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "", "\"x\"\"y, z\", \"w\" ", "c,"].join(end);
        assert_eq!(cut(&text, 2), rows(&[(1, "a|b"), (3, "x\"y, z|w"), (4, "c|")]), "{end:?}");
    }
}

#[test]
fn a_quoted_line_break_belongs_to_its_cell() {
    assert_eq!(cut("a,\"b\r\nc\"\nd,e\n", 2), rows(&[(1, "a|b\r\nc"), (3, "d|e")]));
}

#[test]
fn a_quote_that_is_never_closed_costs_its_line_alone() {
    for (text, expected) in [
        ("a,\"b\nc,d\ne,f\n", &[(1, NEVER_CLOSED), (2, "c|d"), (3, "e|f")][..]),
        ("a,\"b\nc,\"d, e\"\nf,g\n", &[(1, NEVER_CLOSED), (2, "c|d, e"), (3, "f|g")]),
        ("a,\"b\n\"c\",\"d\"\nf,g\n", &[(1, NEVER_CLOSED), (2, "c|d"), (3, "f|g")]),
        ("a,\"b\nc,\"d\ne,f\n", &[(1, NEVER_CLOSED), (2, NEVER_CLOSED), (3, "e|f")]),
        ("a,\"b\nc,d\",e\nf,g\n", &[(1, "a|b\nc,d|e"), (3, "f|g")]),
        ("a,\"b\nc,\", d\"\nf,g\n", &[(1, NEVER_CLOSED), (2, "c|, d"), (3, "f|g")]),
        ("a,\"b", &[(1, NEVER_CLOSED)]),
    ] {
        assert_eq!(cut(text, 2), rows(expected), "{text:?}");
    }
}

#[test]
fn text_behind_a_closing_quote_costs_its_record() {
    let lines = "; it takes the lines up to 2";
    let multi = format!("{BEHIND}{lines}");
    assert_eq!(cut("a,\"b\"c\nd,e\n", 2), rows(&[(1, BEHIND), (2, "d|e")]));
    assert_eq!(cut("a,\"b\nc\"d,e\nf,g\n", 2), rows(&[(1, &multi), (3, "f|g")]));
}

#[test]
fn a_quote_within_a_cell_is_text() {
    assert_eq!(cut("a,5\" disk\n", 2), rows(&[(1, "a|5\" disk")]));
}

#[test]
fn what_is_longer_than_any_row_is_passed_over() {
    let long = "x".repeat(LONGEST + 3 * CHUNK);
    let read = |text: &str| {
        let mut records = Records::new(text.as_bytes());
        records.set_shape(b',', 2);
        let mut found = Vec::new();
        while let Some(next) = records.next().unwrap() {
            found.push(match next {
                Next::Broken { line, .. } => (line, false),
                Next::Record(record) => (record.line, true),
            });
        }
        found
    };
    assert_eq!(read(&format!("a,{long}\nb,c\n")), [(1, false), (2, true)]);
    let lines = "c,d\n".repeat(LONGEST / 4 + 1);
    let found = read(&format!("a,\"b\n{lines}"));
    assert_eq!(found.len(), LONGEST / 4 + 2);
    assert!(found[1..].iter().all(|(_, is_good)| *is_good));
}

proptest! {
    #[test]
    fn sound_csv_is_read_as_the_csv_crate_reads_it(
        table in prop::collection::vec(prop::collection::vec("[a\",;\n\r é-]{0,6}", 3), 1..8),
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let expected: Vec<String> = table.iter().map(|row| row.join("|")).collect();
        let got: Vec<String> = cut(&text, 3).into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn any_bytes_are_read_to_their_end_and_every_line_is_accounted_for(text in "[a\",\n\r ]{0,60}") {
        let found = cut(&text, 2);
        prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0), "{:?}", found);
    }
}
