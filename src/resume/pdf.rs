//! The text of a PDF. The only place that names pdf-extract.

use std::panic::{self, AssertUnwindSafe};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

use super::layout::{Letter, Lines};
use crate::error::{Error, ErrorKind, Result};

/// A larger file is no résumé.
const LARGEST: usize = 16 << 20;

/// The text of a PDF, line by line.
pub(super) fn text(bytes: &[u8]) -> Result<String> {
    let input = |message: String| {
        Error::new(ErrorKind::Input, message).with_help("save the résumé as plain text instead")
    };
    if bytes.len() > LARGEST {
        return Err(input(format!("a PDF of more than {} MiB", LARGEST >> 20)));
    }
    // The reader panics on files that break the format's rules; what it says then helps nobody.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = panic::catch_unwind(AssertUnwindSafe(|| read(bytes)));
    panic::set_hook(hook);
    let text = match read {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => return Err(input(format!("the PDF cannot be read: {error}"))),
        Err(_) => return Err(input("the PDF is damaged".to_owned())),
    };
    if !text.chars().any(char::is_alphanumeric) {
        return Err(input("the PDF holds no text, only pictures of it".to_owned()));
    }
    Ok(text)
}

fn read(bytes: &[u8]) -> std::result::Result<String, OutputError> {
    let mut document = Document::load_mem(bytes)?;
    if document.is_encrypted() {
        document.decrypt("")?;
    }
    let mut page = Page(Lines::default());
    output_doc(&document, &mut page)?;
    Ok(page.0.finish())
}

/// Takes the letters of each page.
struct Page(Lines);

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> std::result::Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> std::result::Result<(), OutputError> {
        self.0.end_page();
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> std::result::Result<(), OutputError> {
        // How large the letters are on the page, once it has been scaled.
        let size = font_size * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let (x, y) = (place.m31, place.m32);
        self.0.push(Letter { text, x, y, width: width * size, size });
        Ok(())
    }

    fn begin_word(&mut self) -> std::result::Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> std::result::Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> std::result::Result<(), OutputError> {
        Ok(())
    }
}
