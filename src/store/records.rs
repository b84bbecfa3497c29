//! A project as the index keeps it: its text, what was understood of it, its words, and the vectors of its parts.

use serde::{Deserialize, Serialize};

use super::damaged;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Project;
use crate::rank::ground::ViewVectors;
use crate::rank::view::View;

/// Digests within an index are cut to this: as a name for one of a million texts it is enough.
pub(super) type Digest = [u8; 16];

pub(super) fn digest(bytes: &[u8]) -> Digest {
    let whole = blake3::hash(bytes);
    std::array::from_fn(|at| whole.as_bytes()[at])
}

/// A project, understood and embedded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub(super) project: Project,
    pub(super) view: View,
    pub(super) vectors: ViewVectors,
}

/// What of it is no number.
#[derive(Serialize, Deserialize)]
struct Text {
    project: Project,
    view: View,
}

/// The bytes of a record: the length of the text, the text, and the vectors, little endian.
pub(super) fn write(project: &Project, view: &View, vectors: &ViewVectors) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Borrowed<'a> {
        project: &'a Project,
        view: &'a View,
    }
    let text = to_bytes(&Borrowed { project, view })?;
    let mut bytes = (text.len() as u32).to_le_bytes().to_vec();
    bytes.extend(text);
    for value in vectors.parts.iter().chain(&vectors.whole) {
        bytes.extend(value.to_le_bytes());
    }
    Ok(bytes)
}

/// Reads a record whose vectors have so many floats.
pub(super) fn read(bytes: &[u8], dims: usize) -> Result<Record> {
    let (text, floats) = cut(bytes)?;
    let Text { project, view } = from_bytes(text)?;
    let floats: Vec<f32> =
        floats.as_chunks::<4>().0.iter().map(|x| f32::from_le_bytes(*x)).collect();
    if floats.len() != (view.parts.len() + 1) * dims {
        return Err(damaged("a project's vectors are not all there"));
    }
    let (parts, whole) = floats.split_at(view.parts.len() * dims);
    let vectors = ViewVectors { parts: parts.to_vec(), whole: whole.to_vec() };
    Ok(Record { project, view, vectors })
}

fn cut(bytes: &[u8]) -> Result<(&[u8], &[u8])> {
    let cut = || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        rest.split_at_checked(u32::from_le_bytes(*length) as usize)
    };
    cut().ok_or_else(|| damaged("a project ends within its text"))
}

pub(super) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value)
        .map_err(|error| Error::new(ErrorKind::Input, format!("a project cannot be kept: {error}")))
}

pub(super) fn from_bytes<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| damaged(format!("a text of the index cannot be read: {error}")))
}
