//! What others wrote, made safe to show: no control characters in a terminal, no formulas in a spreadsheet.

/// The text in one line, without characters that a terminal would obey or that hide or reorder others.
pub fn one_line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !safe.ends_with(' ') {
                safe.push(' ');
            }
        } else if !c.is_control() && !is_invisible(c) {
            safe.push(c);
        }
    }
    safe.trim().to_owned()
}

/// Characters that order, join or hide others: direction marks and overrides, zero-width ones, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text as a cell that no spreadsheet takes for a formula: one that would start one gets a `'` before it.
///
/// See the OWASP page on CSV injection.
pub fn spreadsheet_cell(text: &str) -> String {
    let safe = one_line(text);
    match safe.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        true => format!("'{safe}"),
        false => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}\u{202e}b\r\nc\td"), "a[31mredb c d");
    }

    #[test]
    fn cells_never_start_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", " \t=1", "\u{200b}=1"] {
            assert!(spreadsheet_cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(spreadsheet_cell("C++ = fun"), "C++ = fun");
    }
}
