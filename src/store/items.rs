//! What the distinct items that projects ask for are to a mentee: learned once, whoever asks for them.

use rayon::prelude::*;

use super::open::CatalogIndex;
use crate::embed::Calibration;
use crate::index::{Block, Cross, Row};
use crate::rank::first_stage::{CompiledQuery, Item, ItemScore};
use crate::rank::lanes::{ItemLane, LANES, Lane};

/// Items that one thread takes at a time.
const AT_ONCE: usize = 256;

/// Of every item of a catalog: what each claim finds in it, in lanes, and what it adds to a score.
pub(super) struct Items {
    pub(super) found: Vec<ItemLane>,
    pub(super) item_scores: Vec<ItemScore>,
}

impl Items {
    /// `texts` are the claims, `folded` the words of the items where phrases have to be looked for in them.
    pub(super) fn new(
        index: &CatalogIndex,
        compiled: &CompiledQuery,
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
        let lanes = compiled.lanes();
        let pieces = rows.par_chunks(AT_ONCE).enumerate().map(|(piece, rows)| {
            let similar = similar(texts, blocks, rows, calibration);
            let mut found = Vec::with_capacity(similar.len());
            let mut item_scores = Vec::with_capacity(rows.len());
            let (mut skills, mut served) = (Vec::new(), vec![[0.0; LANES]; lanes]);
            for (item, similar) in (piece * AT_ONCE..).zip(similar.chunks(lanes.max(1))) {
                skills.clear();
                skills.extend(sketches.skills(item));
                let folded = folded.get(item).map_or("", String::as_str);
                let item = Item { skills: &skills, folded, similar };
                item_scores.push(compiled.score_item(&item, &mut served));
                let lane = |(similar, served): (&Lane, &Lane)| ItemLane {
                    similar: *similar,
                    served: *served,
                };
                found.extend(similar.iter().zip(&served).map(lane));
            }
            (found, item_scores)
        });
        let (found, item_scores): (Vec<_>, Vec<_>) = pieces.collect::<Vec<_>>().into_iter().unzip();
        Self { found: found.concat(), item_scores: item_scores.concat() }
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
