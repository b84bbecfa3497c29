//! What the distinct items that projects ask for are to a mentee: learned once, whoever asks for them.

use rayon::prelude::*;

use super::open::CatalogIndex;
use crate::embed::Calibration;
use crate::index::{Block, Cross, Row};
use crate::rank::glance::{Glance, Item, Worth};
use crate::rank::look::{ItemLane, LANES, Lane};
use crate::skills::SkillId;

/// Items that one thread takes at a time.
const AT_ONCE: usize = 256;

/// Of every item of a catalog: what each claim finds in it, in lanes, and what it is worth.
pub(super) struct Items {
    pub(super) found: Vec<ItemLane>,
    pub(super) worth: Vec<Worth>,
}

impl Items {
    /// `texts` are the claims, `folded` the words of the items where phrases have to be looked for in them.
    pub(super) fn new(
        index: &CatalogIndex,
        glance: &Glance,
        texts: &Cross,
        calibration: Calibration,
        folded: &[String],
    ) -> Self {
        let sketches = &index.sketches;
        let (codes, scales) = sketches.item_vectors();
        let blocks = codes.as_chunks().0;
        let width = index.text_blocks();
        let rows: Vec<Row> =
            scales.iter().enumerate().map(|(at, scale)| (at * width, *scale)).collect();
        let pieces = rows.par_chunks(AT_ONCE).map(|rows| similar(texts, blocks, rows, calibration));
        let similar = pieces.collect::<Vec<_>>().concat();
        let mut served = vec![[0.0; LANES]; similar.len()];
        let lanes = glance.lanes().max(1);
        let worth = similar
            .par_chunks_exact(lanes)
            .zip(served.par_chunks_exact_mut(lanes))
            .enumerate()
            .with_min_len(AT_ONCE)
            .map_init(Vec::new, |skills: &mut Vec<SkillId>, (item, (similar, served))| {
                skills.clear();
                skills.extend(sketches.skills(item));
                let item = Item {
                    skills,
                    folded: folded.get(item).map_or("", String::as_str),
                    similar: similar.as_flattened(),
                };
                glance.worth(&item, served.as_flattened_mut())
            })
            .collect();
        let found = similar.into_iter().zip(served);
        let found = found.map(|(similar, served)| ItemLane { similar, served }).collect();
        Self { found, worth }
    }
}

/// How near each of `texts` comes to rows, in lanes: `0..=1`.
pub(super) fn similar(
    texts: &Cross,
    blocks: &[Block],
    rows: &[Row],
    calibration: Calibration,
) -> Vec<Lane> {
    let cosines = texts.cosines(blocks, rows);
    let lanes = cosines.as_chunks::<LANES>().0.iter();
    lanes.map(|lane| lane.map(|cosine| calibration.similarity(cosine))).collect()
}
