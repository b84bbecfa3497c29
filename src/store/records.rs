//! What the index keeps of a project: its text, which is read when there is something to tell, and its numbers, from
//! which it is scored.

use serde::{Deserialize, Serialize};

use super::damaged;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Block, Coded};
use crate::model::{Level, Project, Requirement};
use crate::rank::view::{Asked, Part, Place, Spoken, View};
use crate::skills::{Reached, SkillId};

/// Digests within an index are cut to this: as a name for one of a million texts it is enough.
pub(super) type Digest = [u8; 16];

pub(super) fn digest(bytes: &[u8]) -> Digest {
    let whole = blake3::hash(bytes);
    std::array::from_fn(|at| whole.as_bytes()[at])
}

/// The bytes of a project's text.
pub(super) fn write_text(project: &Project, view: &View) -> Result<Vec<u8>> {
    to_bytes(&(project, view))
}

pub(super) fn read_text(bytes: &[u8]) -> Result<(Project, View)> {
    from_bytes(bytes)
}

/// What is asked for: its skills, how much, at which level, and the number of its alternatives.
type Demand = (Vec<SkillId>, Requirement, Option<Level>, Option<u16>);

/// What is scored of a view: all but its words.
#[derive(Debug, Serialize, Deserialize)]
struct Outline {
    asked: Vec<Demand>,
    spoken: Vec<(SkillId, u32, bool)>,
    home: Vec<Reached>,
    own: Vec<SkillId>,
    /// How many parts there are beside the title and the items.
    rest: usize,
}

/// The bytes of a project's numbers: the length of its outline, how many vectors come before those of its sentences, the
/// outline, and for each of its vectors (its parts, its whole) the scale and then the codes, little endian.
pub(super) fn write_numbers(view: &View, vectors: &Coded) -> Result<Vec<u8>> {
    let asked = view.asked.iter();
    let spoken = view.spoken.iter();
    let outline = to_bytes(&Outline {
        asked: asked.map(|a| (a.skills.clone(), a.requirement, a.level, a.alternative)).collect(),
        spoken: spoken.map(|(skill, s)| (*skill, s.times, s.in_title)).collect(),
        home: view.home.clone(),
        own: view.own.clone(),
        rest: view.parts.len() - 1 - view.asked.len(),
    })?;
    let mut bytes = (outline.len() as u32).to_le_bytes().to_vec();
    bytes.extend((1 + view.asked.len() as u32).to_le_bytes());
    bytes.extend(outline);
    let (codes, scales) = vectors.raw(0..vectors.len());
    scales.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
    bytes.extend_from_slice(bytemuck::cast_slice(codes));
    Ok(bytes)
}

/// A view without words; its vectors are added to `vectors`.
pub(super) fn read_numbers(bytes: &[u8], vectors: &mut Coded) -> Result<View> {
    let short = || damaged("a project ends within its numbers");
    let (outline, _, rest) = split(bytes).ok_or_else(short)?;
    let outline: Outline = from_bytes(outline)?;
    let mut parts = Vec::with_capacity(1 + outline.asked.len() + outline.rest);
    let mut add = |place: Place, count: usize| {
        let part = Part { place, text: String::new(), line: 0, folded: String::new() };
        parts.resize(parts.len() + count, part);
    };
    // As many as there are bytes for: the sum is compared below.
    add(Place::Title, 1);
    add(Place::Skill, outline.asked.len());
    add(Place::Description, outline.rest.min(rest.len()));
    let (scales, codes) = rest.split_at_checked(4 * (parts.len() + 1)).ok_or_else(short)?;
    let scales = scales.as_chunks::<4>().0.iter().map(|scale| f32::from_le_bytes(*scale));
    if !vectors.extend(bytemuck::cast_slice(codes), scales) {
        return Err(damaged("a project's vectors are not all there"));
    }
    let asked = |(skills, requirement, level, alternative)| Asked {
        text: String::new(),
        skills,
        alias: false,
        whole: false,
        requirement,
        level,
        alternative,
        line: 0,
    };
    let spoken = |(skill, times, in_title)| {
        (skill, Spoken { text: String::new(), line: 0, times, in_title })
    };
    Ok(View {
        asked: outline.asked.into_iter().map(asked).collect(),
        spoken: outline.spoken.into_iter().map(spoken).collect(),
        home: outline.home,
        own: outline.own,
        org: String::new(),
        line: 0,
        parts,
        whole: String::new(),
    })
}

/// The outline of numbers, how many vectors come before those of the sentences, and the vectors.
fn split(bytes: &[u8]) -> Option<(&[u8], usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (before, rest) = rest.split_first_chunk::<4>()?;
    let (outline, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((outline, u32::from_le_bytes(*before) as usize, rest))
}

/// The vectors of a project's sentences, in rows of so many blocks, with their scales; `None` where they are not all
/// there.
pub(super) fn sentences(
    bytes: &[u8],
    row: usize,
) -> Option<(&[Block], impl Iterator<Item = f32> + '_)> {
    let (_, before, rest) = split(bytes)?;
    let rows = rest.len() / (row * size_of::<Block>() + size_of::<f32>());
    let (scales, codes) = rest.split_at_checked(4 * rows)?;
    // The last one is the whole.
    let sentences = before..rows.checked_sub(1)?;
    let scales = scales.as_chunks::<4>().0.get(sentences.clone())?;
    let (codes, _) = bytemuck::cast_slice::<u8, i8>(codes).as_chunks();
    let codes = codes.get(sentences.start * row..sentences.end * row)?;
    Some((codes, scales.iter().map(|scale| f32::from_le_bytes(*scale))))
}

pub(super) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value)
        .map_err(|error| Error::new(ErrorKind::Input, format!("a project cannot be kept: {error}")))
}

pub(super) fn from_bytes<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| damaged(format!("a text of the index cannot be read: {error}")))
}
