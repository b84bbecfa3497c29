//! The text of a PDF. The only place that names pdf-extract.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use flate2::{Decompress, FlushDecompress, Status};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

use super::layout::{Letter, Lines};
use crate::error::{Error, ErrorKind, Result};

/// What unpacks to more than so many bytes is no résumé.
const MOST_UNPACKED: usize = 64 << 20;

/// The text of a PDF, line by line.
pub(super) fn text(bytes: &[u8]) -> Result<String> {
    let input = |message: String| {
        Error::new(ErrorKind::Input, message).with_help("save the résumé as plain text instead")
    };
    if unpacked(bytes) > MOST_UNPACKED {
        let most = MOST_UNPACKED >> 20;
        return Err(Error::new(
            ErrorKind::TooLarge,
            format!("a PDF that unpacks to more than {most} MiB"),
        )
        .with_help("save the résumé as plain text instead"));
    }
    // The reader panics on files that break the format's rules; what it says then helps nobody. What is done with such
    // messages is one for the whole process: while it is changed, only one PDF is read.
    static READING: Mutex<()> = Mutex::new(());
    let reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = panic::catch_unwind(AssertUnwindSafe(|| read(bytes)));
    panic::set_hook(hook);
    drop(reading);
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

/// How many bytes all packed streams of a PDF are unpacked; counted no further than it is too many. The reader of the format
/// unpacks whatever there is into memory.
fn unpacked(pdf: &[u8]) -> usize {
    let mut count = 0;
    let mut room = vec![0; 1 << 16];
    for at in memchr::memmem::find_iter(pdf, b"stream") {
        let packed = pdf[at + b"stream".len()..].trim_ascii_start();
        let mut reader = Decompress::new(true);
        loop {
            let (read, written) = (reader.total_in(), reader.total_out());
            let rest = &packed[read as usize..];
            let status = reader.decompress(rest, &mut room, FlushDecompress::None);
            count += (reader.total_out() - written) as usize;
            let goes_on = matches!(status, Ok(Status::Ok)) && reader.total_out() > written;
            if count > MOST_UNPACKED {
                return count;
            }
            if !goes_on {
                break;
            }
        }
    }
    count
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    #[test]
    fn a_small_file_that_unpacks_to_a_huge_one_is_refused() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        let piece = vec![b' '; 1 << 20];
        for _ in 0..=MOST_UNPACKED >> 20 {
            packed.write_all(&piece).unwrap();
        }
        let pdf = [
            b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n",
            &packed.finish().unwrap()[..],
        ];
        let error = text(&pdf.concat()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TooLarge), "{error}");
        assert!(unpacked(b"%PDF-1.7 stream\nno packed bytes endstream") < 100);
    }
}
