//! The rows of a table within a field, as the items of its list.
//!
//! Knows which columns describe an item; tables whose rows are whole projects are read in `tables`.

use super::entries::Row;
use super::field::Field;
use super::labels;
use crate::catalog::rich_text::Text;
use crate::catalog::text::words;

/// The items that each of `rows`, whose first is the head, adds to a value of `field`, or to the text where there is no field.
pub(super) fn items(field: Option<Field>, rows: &[Row]) -> Vec<Vec<Text>> {
    let head = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let kept: Vec<bool> = match field {
        Some(Field::Skills | Field::Technologies) if head.iter().all(asks) => {
            return rows.iter().enumerate().map(|(at, row)| sorted(at, head, row)).collect();
        }
        // The columns after the skill say how well it should be known, or what for.
        Some(Field::Skills | Field::Technologies) => (0..head.len()).map(|at| at == 0).collect(),
        Some(Field::Mentors) => head.iter().map(|cell| !is_contact(cell)).collect(),
        _ => return rows.iter().map(|row| vec![plain(row)]).collect(),
    };
    let item = |row: &Row| {
        let mut text = Text::default();
        for (cell, _) in row.cells.iter().zip(&kept).filter(|(c, kept)| **kept && !c.is_bare()) {
            text.add(if text.plain.is_empty() { "" } else { " | " }, cell);
        }
        vec![text]
    };
    let head = rows.iter().take(1).map(|_| Vec::new());
    head.chain(rows.iter().skip(1).map(item)).collect()
}

/// Whether `cell` heads a column by how much is required: "Required", "Nice to have".
fn asks(cell: &Text) -> bool {
    labels::phrase(cell.plain.trim()).is_some_and(|label| label.group)
}

/// The cells of a row, each with the head of its column.
fn sorted(at: usize, head: &[Text], row: &Row) -> Vec<Text> {
    let told = head.iter().zip(&row.cells).filter(|(_, cell)| at > 0 && !cell.is_bare());
    told.map(|(asks, cell)| Text::plain(&format!("{}: {}", asks.clean(), cell.clean()))).collect()
}

/// Whether `cell` heads a column of addresses, or of handles on other sites than GitHub.
fn is_contact(cell: &Text) -> bool {
    let tells = |w: String| {
        let places =
            ["email", "mail", "slack", "twitter", "linkedin", "gitlab", "timezone", "lfid"];
        places.contains(&w.as_str())
    };
    words(&cell.plain).any(tells)
}

/// The cells of a row in one line.
fn plain(row: &Row) -> Text {
    let cells = row.cells.iter().map(|c| c.plain.trim()).filter(|c| !c.is_empty());
    Text::plain(&cells.collect::<Vec<_>>().join(" | "))
}
