//! What the index keeps of a project: its text, which is read when there is something to tell, and its numbers, from
//! which it is scored.

use serde::{Deserialize, Serialize};

use super::error::damaged;
use super::features::TEXT;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Block, Coded, Row};
use crate::model::{Level, Project, Requirement};
use crate::rank::view::{Asked, Mentioned, Part, Place, View};
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
    let (project, view): (Project, View) = from_bytes(bytes)?;
    // Items are found by their places among the parts.
    let asked = view.asked.len();
    let place = |at: usize| match at {
        0 => Place::Title,
        _ if at <= asked => Place::Skill,
        _ => Place::Description,
    };
    let is_in_order = view.parts.len() > asked
        && view.parts.iter().enumerate().all(|(at, part)| match place(at) {
            Place::Description => part.place >= Place::Description,
            place => part.place == place,
        });
    if is_in_order {
        Ok((project, view))
    } else {
        Err(damaged("a project's parts are not in order"))
    }
}

/// What is asked for: its skills, whether it is a technology, how much, at which level, and the number of its alternatives.
type Demand = (Vec<SkillId>, bool, Requirement, Option<Level>, Option<u16>);

/// What is scored of a view: all but its words.
#[derive(Debug, Serialize, Deserialize)]
struct Outline {
    asked: Vec<Demand>,
    mentioned: Vec<(SkillId, u32, bool)>,
    org_skills: Vec<Reached>,
    own: Vec<SkillId>,
    /// How many parts there are beside the title and the items.
    rest: usize,
}

/// The bytes of a project's numbers, little endian, of `n` sentences and `p` parts:
///
/// ```text
/// 0         n                u32
/// 4         outline length   u32
/// 8         scales           f32 x n            of the sentences' short vectors
/// 8 + 4 n   codes            i8 x 64 x n        (a block each)
/// then      scales           f32 x (p + 1)      of the vectors of the whole and of the parts, the title first
///           codes            i8 x w x (p + 1)   w: the dimensions of the model, rounded up to a multiple of 64
///           outline          postcard           to the end
/// ```
///
/// Of most projects only what lies in front is read: the sentences, and the vectors of the whole and the title.
pub(super) fn write_numbers(view: &View, vectors: &Coded, sentences: &Coded) -> Result<Vec<u8>> {
    let demand =
        |a: &Asked| (a.skills.clone(), a.is_technology, a.requirement, a.level, a.alternative);
    let asked = view.asked.iter();
    let mentioned = view.mentioned.iter();
    let outline = to_bytes(&Outline {
        asked: asked.map(demand).collect(),
        mentioned: mentioned.map(|(skill, s)| (*skill, s.times, s.in_title)).collect(),
        org_skills: view.org_skills.clone(),
        own: view.own.clone(),
        rest: view.parts.len() - 1 - view.asked.len(),
    })?;
    let mut bytes = Vec::new();
    bytes.extend((sentences.len() as u32).to_le_bytes());
    bytes.extend((outline.len() as u32).to_le_bytes());
    let mut add = |pieces: &[(&[i8], &[f32])]| {
        let scales = pieces.iter().flat_map(|(_, scales)| *scales);
        scales.for_each(|scale| bytes.extend(scale.to_le_bytes()));
        pieces.iter().for_each(|(codes, _)| bytes.extend_from_slice(bytemuck::cast_slice(codes)));
    };
    add(&[sentences.raw(0..sentences.len())]);
    let whole = vectors.len() - 1;
    add(&[vectors.raw(whole..whole + 1), vectors.raw(0..whole)]);
    bytes.extend(outline);
    Ok(bytes)
}

/// A view without words; its vectors are added to `vectors`.
pub(super) fn read_numbers(bytes: &[u8], vectors: &mut Coded) -> Result<View> {
    let short = || damaged("a project ends within its numbers");
    let Numbers { outline, vectors: rest, .. } = Numbers::new(bytes).ok_or_else(short)?;
    let outline: Outline = from_bytes(outline)?;
    let mut parts = Vec::new();
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
    let (whole, of_parts) = codes.split_at(codes.len() / (parts.len() + 1));
    let are_all_there = vectors.extend(bytemuck::cast_slice(of_parts), scales.clone().skip(1))
        && vectors.extend(bytemuck::cast_slice(whole), scales.take(1));
    if !are_all_there {
        return Err(damaged("a project's vectors are not all there"));
    }
    let asked = |(skills, is_technology, requirement, level, alternative)| Asked {
        text: String::new(),
        skills,
        alias: false,
        whole: false,
        is_technology,
        requirement,
        level,
        alternative,
        line: 0,
    };
    let mentioned = |(skill, times, in_title)| {
        (skill, Mentioned { text: String::new(), line: 0, times, in_title })
    };
    Ok(View {
        asked: outline.asked.into_iter().map(asked).collect(),
        mentioned: outline.mentioned.into_iter().map(mentioned).collect(),
        org_skills: outline.org_skills,
        own: outline.own,
        org: String::new(),
        org_line: 0,
        parts,
        whole: String::new(),
    })
}

/// A project's numbers, in their pieces. Rows are named as they lie in the codes beside them.
pub(super) struct Numbers<'a> {
    outline: &'a [u8],
    short_scales: &'a [[u8; 4]],
    /// The short vectors of the sentences.
    pub(super) short: &'a [Block],
    /// The vectors in full.
    vectors: &'a [u8],
}

impl<'a> Numbers<'a> {
    /// `None` where they are not all there.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (sentences, rest) = bytes.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let rows = u32::from_le_bytes(*sentences) as usize;
        let (scales, rest) = rest.split_at_checked(rows.checked_mul(size_of::<f32>())?)?;
        let (codes, rest) = rest.split_at_checked(rows.checked_mul(TEXT * size_of::<Block>())?)?;
        let vectors = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
        let (vectors, outline) = rest.split_at(vectors);
        let short = bytemuck::cast_slice::<u8, i8>(codes).as_chunks().0;
        Some(Self { outline, short_scales: scales.as_chunks().0, short, vectors })
    }

    /// The short vectors of the sentences.
    pub(super) fn short_rows(&self) -> impl Iterator<Item = Row> {
        let scales = self.short_scales.iter().map(|scale| f32::from_le_bytes(*scale));
        scales.enumerate().map(|(at, scale)| (at * TEXT, scale))
    }

    /// The vectors of the title and of the whole, of so many blocks each, with their scales.
    pub(super) fn title_and_whole(&self, width: usize) -> Option<[(&'a [Block], f32); 2]> {
        let rows = self.vectors.len() / (size_of::<f32>() + width * size_of::<Block>());
        let (scales, codes) = self.vectors.split_at_checked(rows * size_of::<f32>())?;
        let (scales, _) = scales.as_chunks();
        let (codes, _) = bytemuck::cast_slice::<u8, i8>(codes).as_chunks();
        let row = |at: usize| {
            let codes = codes.get(at * width..(at + 1) * width)?;
            Some((codes, f32::from_le_bytes(*scales.get(at)?)))
        };
        Some([row(1)?, row(0)?])
    }
}

pub(super) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value)
        .map_err(|error| Error::new(ErrorKind::Input, format!("a project cannot be kept: {error}")))
}

pub(super) fn from_bytes<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| damaged(format!("a text of the index cannot be read: {error}")))
}
