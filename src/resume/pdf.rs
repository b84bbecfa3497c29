//! The text of a PDF. The only place that names pdf-extract.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;
use pdf_extract::{Document, MediaBox, Object, OutputDev, OutputError, Transform, output_doc};

use super::layout::{Letter, Lines};
use crate::error::{Error, ErrorKind, Result};

/// What unpacks to more than so many bytes is no résumé.
const MOST_UNPACKED: usize = 64 << 20;

/// The text of a PDF, line by line.
pub(super) fn text(bytes: &[u8]) -> Result<String> {
    let input = |message: String| {
        Error::new(ErrorKind::Input, message).with_help("save the résumé as plain text instead")
    };
    if unpacks_too_far(bytes) {
        return Err(too_large());
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
        Ok(Ok(Some(text))) => text,
        Ok(Ok(None)) => return Err(too_large()),
        Ok(Err(error)) => return Err(input(format!("the PDF cannot be read: {error}"))),
        Err(_) => return Err(input("the PDF is damaged".to_owned())),
    };
    if !text.chars().any(char::is_alphanumeric) {
        return Err(input("the PDF holds no text, only pictures of it".to_owned()));
    }
    Ok(text)
}

fn too_large() -> Error {
    let most = MOST_UNPACKED >> 20;
    Error::new(ErrorKind::TooLarge, format!("a PDF that unpacks to more than {most} MiB"))
        .with_help("save the résumé as plain text instead")
}

/// Whether the streams of a file unpack to too much, as far as that can be told from its bytes: what holds other objects is
/// unpacked when the file is opened, whatever its size.
fn unpacks_too_far(pdf: &[u8]) -> bool {
    let mut room = MOST_UNPACKED;
    memmem::find_iter(pdf, b"stream").any(|at| {
        let dictionary = memmem::rfind(&pdf[..at], b"obj").map_or(&[][..], |start| &pdf[start..at]);
        let packed = pdf[at + b"stream".len()..].trim_ascii_start();
        packers(dictionary) > 1 || !fits(packed, &mut room)
    })
}

/// How often a stream is packed, by what its dictionary says.
fn packers(dictionary: &[u8]) -> usize {
    [&b"FlateDecode"[..], b"LZWDecode"]
        .map(|name| memmem::find_iter(dictionary, name).count())
        .iter()
        .sum()
}

/// Whether what is packed in these bytes, if anything is, has room; takes it.
fn fits(packed: &[u8], room: &mut usize) -> bool {
    let mut reader = Decompress::new(true);
    let mut unpacked = vec![0; 1 << 16];
    loop {
        let (read, written) = (reader.total_in(), reader.total_out());
        let status =
            reader.decompress(&packed[read as usize..], &mut unpacked, FlushDecompress::None);
        let more = (reader.total_out() - written) as usize;
        match room.checked_sub(more) {
            Some(left) => *room = left,
            None => return false,
        }
        if !matches!(status, Ok(Status::Ok)) || more == 0 {
            return true;
        }
    }
}

/// The same of a file that is open, and no longer encrypted.
fn streams_fit(document: &Document) -> bool {
    let mut room = MOST_UNPACKED;
    document.objects.values().filter_map(|object| object.as_stream().ok()).all(|stream| {
        match stream.filters().as_deref() {
            Err(_) | Ok([]) => true,
            Ok([b"FlateDecode"]) => fits(&stream.content, &mut room),
            // What is written as text is unpacked behind that.
            Ok([b"ASCII85Decode" | b"ASCIIHexDecode", b"FlateDecode"]) => {
                let mut text = stream.clone();
                let first =
                    stream.filters().ok().and_then(|all| all.first().map(|name| name.to_vec()));
                text.dict.set("Filter", Object::Name(first.unwrap_or_default()));
                text.decompressed_content().is_ok_and(|packed| fits(&packed, &mut room))
            }
            // Pictures are not unpacked; a code of 12 bits stands for some 4,000 bytes at most.
            Ok([b"LZWDecode"]) => stream.content.len() < MOST_UNPACKED / 4096,
            Ok(filters) => {
                !filters.iter().any(|filter| matches!(*filter, b"FlateDecode" | b"LZWDecode"))
            }
        }
    })
}

/// The text; nothing where it unpacks to too much.
fn read(bytes: &[u8]) -> std::result::Result<Option<String>, OutputError> {
    let mut document = Document::load_mem(bytes)?;
    if document.is_encrypted() {
        document.decrypt("")?;
    }
    if !streams_fit(&document) {
        return Ok(None);
    }
    let mut page = Page(Lines::default());
    output_doc(&document, &mut page)?;
    Ok(Some(page.0.finish()))
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

    fn zeros() -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        let piece = vec![b' '; 1 << 20];
        for _ in 0..=MOST_UNPACKED >> 20 {
            packed.write_all(&piece).unwrap();
        }
        packed.finish().unwrap()
    }

    /// A file with one object.
    fn pdf(filter: &str, stream: &[u8]) -> Vec<u8> {
        let head =
            format!("%PDF-1.7\n1 0 obj <</Filter {filter}/Length {}>>\nstream\n", stream.len());
        let tail = format!(
            "\nendstream endobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n\
             trailer <</Size 2/Root 1 0 R>>\nstartxref\n{}\n%%EOF",
            head.len() + stream.len() + "\nendstream endobj\n".len()
        );
        [head.as_bytes(), stream, tail.as_bytes()].concat()
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_huge_one_is_refused() {
        let zeros = zeros();
        let mut twice = ZlibEncoder::new(Vec::new(), Compression::best());
        twice.write_all(&zeros).unwrap();
        let hex: String = zeros.iter().map(|byte| format!("{byte:02x}")).collect();
        for file in [
            pdf("/FlateDecode", &zeros),
            pdf("[/FlateDecode /FlateDecode]", &twice.finish().unwrap()),
            pdf("[/ASCIIHexDecode /FlateDecode]", (hex + ">").as_bytes()),
        ] {
            let error = text(&file).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::TooLarge), "{error}");
        }
        assert!(!unpacks_too_far(b"%PDF-1.7 stream\nno packed bytes endstream"));
    }
}
