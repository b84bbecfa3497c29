//! Bytes as spreadsheets save them, made UTF-8: UTF-16 with or without its mark, or an encoding that is named.
//!
//! What is neither stays as it is, so that whoever reads it can say in which line it is no text.

use std::io::{self, Cursor, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::error::{Error, ErrorKind, Result};

/// The input as UTF-8, without a byte order mark. A mark counts more than the encoding that is named.
///
/// # Errors
///
/// It cannot be read, or is the file of a spreadsheet program and no text.
pub(super) fn decoded(
    mut input: impl Read + Send + 'static,
    named: Option<&'static Encoding>,
) -> Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    input.by_ref().take(4).read_to_end(&mut head).map_err(unreadable)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
        let message = "this is a spreadsheet program's own file, not text";
        let help = "save the sheet as CSV, best as “CSV UTF-8”";
        return Err(Error::new(ErrorKind::Input, message).with_help(help));
    }
    let encoding = named.or_else(|| without_mark(&head));
    let input = Cursor::new(head).chain(input);
    let reader = DecodeReaderBytesBuilder::new()
        .encoding(encoding)
        .bom_override(true)
        .strip_bom(true)
        .utf8_passthru(true)
        .build(input);
    Ok(Box::new(reader))
}

/// The error for an input that cannot be read to its end.
pub(super) fn unreadable(error: io::Error) -> Error {
    let message = format!("reading failed: {error}");
    Error::new(ErrorKind::Io(error), message)
}

/// UTF-16 without a mark shows in the empty half of its first letters.
fn without_mark(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [a, 0, b, 0] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], named: Option<&'static Encoding>) -> Vec<u8> {
        let mut text = Vec::new();
        decoded(Cursor::new(bytes.to_vec()), named).unwrap().read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn every_encoding_of_a_spreadsheet_gives_the_same_text() {
        let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
            [mark, &"id;é".encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat()
        };
        for bytes in [
            "id;é".as_bytes().to_vec(),
            "\u{feff}id;é".as_bytes().to_vec(),
            wide(b"\xff\xfe", u16::to_le_bytes),
            wide(b"\xfe\xff", u16::to_be_bytes),
            wide(b"", u16::to_le_bytes),
            wide(b"", u16::to_be_bytes),
        ] {
            assert_eq!(text(&bytes, None), "id;é".as_bytes(), "{bytes:?}");
        }
        assert_eq!(text(b"id;\xe9", Some(encoding_rs::WINDOWS_1252)), "id;é".as_bytes());
    }

    #[test]
    fn what_is_no_utf_8_is_left_as_it_is() {
        assert_eq!(text(b"id;\xe9", None), b"id;\xe9");
    }

    #[test]
    fn a_workbook_is_an_error_that_says_what_to_do() {
        let error = decoded(Cursor::new(b"PK\x03\x04 and so on"), None).err().unwrap();
        assert!(error.to_string().contains("save the sheet as CSV"), "{error}");
    }
}
