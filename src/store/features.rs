//! What the later stages of the cascade need of a project, in records of 9 blocks of 64 bytes, little endian.
//!
//! ```text
//! 0    title        i8 x 64           short vector ([`crate::rank::sketch`])
//! 64   whole        i8 x 64           short vector
//! 128  centroids    i8 x 64, 4 times  of the short vectors of its sentences; zeros where there are fewer
//! 384  field        i8 x 64           field of work: one a domain of the lexicon, the rest zeros
//! 448  scales       f32 x 4           of title, whole, centroids (one for all), and field
//! 464  centroids    u8                how many there are
//! 465  listed       u8                how many of its items its list of skills has; the others are technologies
//! 466  own          u32               a bit an item, the first the lowest: whether it names the project's own software
//! 470  mentioned    u16 x 53          skills that it mentions without asking for them; u16::MAX behind the last
//! ```
//!
//! A mentioned skill has its number in the lower 12 bits. In the upper 4, in sixteenths, is how much less it counts than one
//! that is asked for.

use std::ops::Range;

use super::sketch::MOST_ITEMS;
use crate::index::{Block, Coded, Row, blocks, centroids};
use crate::rank::sketch::{SHORT, Sketcher};
use crate::rank::view::View;
use crate::skills::{Lexicon, SkillId};

const BLOCK: usize = size_of::<Block>();
/// Where in the last blocks things lie, behind the four scales; how many mentioned skills have room, and what ends them.
const COUNT_AT: usize = 4 * size_of::<f32>();
const LISTED_AT: usize = COUNT_AT + size_of::<u8>();
const OWN_AT: usize = LISTED_AT + size_of::<u8>();
const MENTIONED_AT: usize = OWN_AT + size_of::<u32>();
const MENTIONED: usize = (LAST * BLOCK - MENTIONED_AT) / size_of::<u16>();
const NONE: u16 = u16::MAX;
/// In the upper bits, how much less than in full a skill counts, in sixteenths.
const SIXTEENTHS: f32 = 16.0;
const LESS_AT: u32 = u16::BITS - 4;

/// Vectors that stand for all sentences. With half of them twice as many projects have to be read sentence by sentence.
const CENTROIDS: usize = 4;
/// Blocks of the short vector of a text, and of a field of work.
pub(super) const TEXT: usize = blocks(SHORT);
const FIELD: usize = 1;
const LAST: usize = 2;
/// Blocks and bytes of a record.
pub(super) const BLOCKS: usize = (2 + CENTROIDS) * TEXT + FIELD + LAST;
pub(super) const BYTES: usize = BLOCKS * BLOCK;
/// The blocks with the skills.
pub(super) const SKILLS: Range<usize> = BLOCKS - LAST..BLOCKS;

/// The record of a project.
pub(super) struct Features<'a> {
    pub(super) title: Row,
    pub(super) whole: Row,
    pub(super) field: Row,
    /// The first of the centroids of its sentences, and how many there are.
    centroids: (Row, usize),
    /// Which items name its own software: a bit each, the first the lowest.
    pub(super) own: u32,
    /// How many items its list has; those behind them are technologies.
    pub(super) listed: usize,
    mentioned: &'a [[i8; 2]],
}

impl Features<'_> {
    /// The centroids of its sentences; these themselves where they are as few.
    pub(super) fn centroids(&self) -> impl Iterator<Item = Row> {
        let ((start, scale), count) = self.centroids;
        (0..count).map(move |at| (start + at * TEXT, scale))
    }

    /// The skills that its text mentions, or its organisation stands for, without its asking for them; if there is not room
    /// for all, the most telling ones. Each with how much it counts, in `0..=1`, where one that is asked for counts 1.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = (SkillId, f32)> + Clone {
        let mentioned =
            self.mentioned.iter().map(|bytes| u16::from_le_bytes(bytes.map(|byte| byte as u8)));
        mentioned.take_while(|mentioned| *mentioned != NONE).map(|mentioned| {
            let less = f32::from(mentioned >> LESS_AT) / SIXTEENTHS;
            (SkillId(mentioned & ((1 << LESS_AT) - 1)), 1.0 - less)
        })
    }
}

/// The record of a project in the file; `None` where there is none.
pub(super) fn read(file: &[Block], project: u32) -> Option<Features<'_>> {
    let start = project as usize * BLOCKS;
    let last = file.get(start + SKILLS.start..start + SKILLS.end)?.as_flattened();
    let bytes = |at: usize| -> [u8; 4] { std::array::from_fn(|i| last[at + i] as u8) };
    let scale = |at: usize| f32::from_le_bytes(bytes(4 * at));
    Some(Features {
        title: (start, scale(0)),
        whole: (start + TEXT, scale(1)),
        centroids: ((start + 2 * TEXT, scale(2)), usize::from(last[COUNT_AT] as u8).min(CENTROIDS)),
        field: (start + (2 + CENTROIDS) * TEXT, scale(3)),
        own: u32::from_le_bytes(bytes(OWN_AT)),
        listed: usize::from(last[LISTED_AT] as u8),
        mentioned: last[MENTIONED_AT..].as_chunks().0,
    })
}

/// The bytes of a project's record: `vectors` are those in full, `sentences` the short ones of its sentences.
pub(super) fn write(
    view: &View,
    vectors: &Coded,
    sentences: &Coded,
    mentioned: impl IntoIterator<Item = (SkillId, f32)>,
    sketcher: &Sketcher<'_>,
) -> Vec<u8> {
    let mut field = Coded::new(Lexicon::builtin().domains().len());
    field.push(sketcher.field(view).shares());
    let last = vectors.len() - 1;
    let (title, whole) = (sketcher.short(vectors, 0..1), sketcher.short(vectors, last..last + 1));
    let centroids = centroids(&sentences.vectors(), CENTROIDS);
    // As if they were one vector, for there is one scale.
    let mut about = Coded::new(CENTROIDS * TEXT * BLOCK);
    about.push(&centroids.concat());
    let pieces = [title.raw(0..1), whole.raw(0..1), about.raw(0..1), field.raw(0..1)];
    let codes = pieces.iter().flat_map(|(codes, _)| bytemuck::cast_slice::<i8, u8>(codes));
    let scales = pieces.iter().flat_map(|(_, scales)| scales[0].to_le_bytes());
    let mut mentioned: Vec<(SkillId, f32)> = mentioned.into_iter().collect();
    // Where there is not room for all, the most telling.
    mentioned.sort_by(|a, b| sketcher.specificity(b.0).total_cmp(&sketcher.specificity(a.0)));
    let items = view.asked.iter().take(MOST_ITEMS).enumerate();
    let own =
        items.filter(|(_, asked)| view.is_own(asked)).fold(0u32, |own, (at, _)| own | 1 << at);
    let pack = |(skill, weight): &(SkillId, f32)| {
        ((SIXTEENTHS * (1.0 - weight)).clamp(0.0, SIXTEENTHS - 1.0).round() as u16) << LESS_AT
            | skill.0
    };
    let mentioned = mentioned.iter().map(pack).chain(std::iter::repeat(NONE)).take(MENTIONED);
    let mentioned = mentioned.flat_map(u16::to_le_bytes);
    let listed = view.asked.iter().filter(|asked| !asked.is_technology).count();
    let counts = [centroids.len() as u8, listed.min(MOST_ITEMS) as u8];
    codes.copied().chain(scales).chain(counts).chain(own.to_le_bytes()).chain(mentioned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::corpus::{Corpus, embed};
    use crate::rank::specificity::Specificity;
    use crate::{catalog, embed as models};

    #[test]
    fn every_skill_of_the_lexicon_has_room_beside_how_much_it_counts() {
        assert!(Lexicon::builtin().len() < 1 << LESS_AT);
    }

    #[test]
    fn a_record_gives_back_what_was_written() {
        let (lexicon, model) = (Lexicon::builtin(), models::load("builtin").unwrap());
        let specificity = Specificity::of_counts(0, &vec![0; lexicon.len()], lexicon);
        let corpus = Corpus::bare(specificity, model.as_ref());
        let sketcher = Sketcher::new(&corpus, model.as_ref()).unwrap();
        let mut file = Vec::new();
        let (mut views, mut views_of, mut abouts) = (Vec::new(), Vec::new(), Vec::new());
        for project in &catalog::builtin().projects[..3] {
            let view = View::new(project, lexicon);
            let vectors = embed(std::slice::from_ref(&view), model.as_ref()).unwrap();
            let mentioned: Vec<(SkillId, f32)> =
                view.mentioned.keys().copied().zip([1.0, 0.75, 0.5].into_iter().cycle()).collect();
            let sentences = sketcher.short(&vectors, 1 + view.asked.len()..view.parts.len());
            file.extend(write(&view, &vectors, &sentences, mentioned.iter().copied(), &sketcher));
            abouts.push(centroids(&sentences.vectors(), CENTROIDS));
            views.push((vectors, mentioned));
            views_of.push(view);
        }
        assert_eq!(file.len(), 3 * BYTES);
        let blocks = bytemuck::cast_slice::<u8, i8>(&file).as_chunks().0;
        for (project, (vectors, mentioned)) in (0..).zip(&views) {
            let features = read(blocks, project).unwrap();
            for (item, asked) in views_of[project as usize].asked.iter().enumerate() {
                assert_eq!(features.own >> item & 1 == 1, views_of[project as usize].is_own(asked));
                assert_eq!(item >= features.listed, asked.is_technology);
            }
            let last = vectors.len() - 1;
            for (row, (start, scale)) in [(0, features.title), (last, features.whole)] {
                let short = sketcher.short(vectors, row..row + 1);
                let (codes, scales) = short.raw(0..1);
                assert_eq!(blocks[start..start + TEXT].as_flattened(), codes);
                assert_eq!(scale, scales[0]);
            }
            let about = &abouts[project as usize];
            assert_eq!(features.centroids().count(), about.len());
            for ((start, scale), centroid) in features.centroids().zip(about) {
                let codes = blocks[start..start + TEXT].as_flattened();
                let mut errors =
                    codes.iter().zip(centroid).map(|(code, x)| f32::from(*code) * scale - x);
                assert!(errors.all(|error| error.abs() <= 0.51 * scale));
            }
            let found: Vec<(SkillId, f32)> = features.mentioned().collect();
            assert_eq!(found.len(), mentioned.len().min(MENTIONED));
            let specificity = |(skill, _): &(SkillId, f32)| sketcher.specificity(*skill);
            let left =
                mentioned.iter().filter(|mentioned| !found.contains(mentioned)).map(specificity);
            let left = left.fold(f32::NEG_INFINITY, f32::max);
            assert!(found.iter().all(|one| mentioned.contains(one) && specificity(one) >= left));
        }
        assert!(read(blocks, 3).is_none());
    }
}
