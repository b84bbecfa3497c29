//! From very many projects to the few that are worth being scored: a glance at all, a closer look at some, and at fewer
//! a look at their sentences too.

use rayon::prelude::*;

use super::items::{Items, similar};
use super::looks::Look;
use super::open::CatalogIndex;
use super::scan::{Scan, Seen, keep_first};
use super::{damaged, records};
use crate::embed::Calibration;
use crate::error::{Error, Result};
use crate::index::{Block, Cross, Row, Subset, fetch};
use crate::rank::claims::Words;
use crate::rank::glance::Glance;
use crate::rank::look::{Candidate, LANES, Lane};

/// How many are left after a glance, and after each look; at least. Of the ten best of 100,000 made-up projects, 0.99 are
/// among the last of them (`benches/scale.rs`).
const GLANCED: usize = 4_096;
const LOOKED: usize = 640;
const READ: usize = 96;
/// Projects that one thread looks at, at a time.
const AT_ONCE: usize = 64;

/// What leads from all projects to a few.
pub(super) struct Narrowing<'a> {
    index: &'a CatalogIndex,
    glance: Glance,
    /// The claims, to be compared with texts and with fields of work.
    texts: Cross,
    fields: Cross,
    /// How cosines with parts and with wholes are to be read.
    calibrations: (Calibration, Calibration),
    items: Items,
}

/// How closely a project is looked at.
#[derive(Clone, Copy)]
enum Depth {
    Whole,
    Sentences,
}

impl<'a> Narrowing<'a> {
    /// For what a mentee `said`: there is one of `vectors` and of these for each claim.
    pub(super) fn new(
        index: &'a CatalogIndex,
        glance: Glance,
        vectors: &[Vec<f32>],
        said: &[&Words],
        calibrations: (Calibration, Calibration),
    ) -> Self {
        let stride = glance.lanes() * LANES;
        let (texts, fields) = (Cross::new(vectors, stride), Cross::new(&glance.fields, stride));
        let has_phrase = said.iter().any(|words| words.is_phrase());
        let folded = if has_phrase { index.folded_items() } else { &[] };
        let items = Items::new(index, &glance, &texts, calibrations.0, folded);
        Self { index, glance, texts, fields, calibrations, items }
    }

    /// The numbers of projects that hold the best `count` of those that are `kept`, in no order.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let sketches = &self.index.sketches;
        let axes = sketches.axes(self.index.manifest().model.dimensions);
        let whole = Cross::new(&[axes.project(&self.glance.whole)], 1);
        let worth = &self.items.worth;
        let scan = Scan { sketches, glance: &self.glance, whole, worth, kept };
        let seen = scan.best(GLANCED.max(8 * count));
        let seen = self.look_at(&seen, Depth::Whole, LOOKED.max(4 * count))?;
        let seen = self.look_at(&seen, Depth::Sentences, READ.max(2 * count))?;
        let order = sketches.order();
        let number = |seen: &Seen| order.get(seen.position as usize).copied();
        Ok(seen.iter().filter_map(number).collect())
    }

    /// The best by a closer look.
    fn look_at(&self, seen: &[Seen], depth: Depth, count: usize) -> Result<Vec<Seen>> {
        let looked: Vec<Vec<Seen>> = seen
            .par_chunks(AT_ONCE)
            .map(|seen| self.look_at_some(seen, depth))
            .collect::<Result<_>>()?;
        let mut looked = looked.concat();
        keep_first(&mut looked, count, Seen::order);
        Ok(looked)
    }

    fn look_at_some(&self, seen: &[Seen], depth: Depth) -> Result<Vec<Seen>> {
        let (index, lanes) = (self.index, self.glance.lanes());
        let (blocks, order) = (index.look_blocks(), index.sketches.order());
        let number = |seen: &Seen| order.get(seen.position as usize).copied().unwrap_or(u32::MAX);
        let numbers: Vec<u32> = seen.iter().map(number).collect();
        let items = |seen: &Seen| index.sketches.items_of(seen.position as usize);
        let items: Vec<&[u32]> = seen.iter().map(items).collect();
        // Scattered as they are, all are asked for before the first is needed.
        std::hint::black_box(items.iter().filter_map(|items| items.first()).sum::<u32>());
        let length = index.shape.blocks();
        fetch(blocks, numbers.iter().map(|number| *number as usize * length), length);
        let look = |number: &u32| {
            index.look_bytes(*number)?;
            index.shape.look(blocks, *number).ok_or_else(incomplete)
        };
        let looks: Vec<Look<'_>> = numbers.iter().map(look).collect::<Result<_>>()?;
        let rows = |row: fn(&Look<'_>) -> Row| -> Vec<Row> { looks.iter().map(row).collect() };
        let (near, wide) = self.calibrations;
        let titles = similar(&self.texts, blocks, &rows(|look| look.title), near);
        let wholes = similar(&self.texts, blocks, &rows(|look| look.whole), wide);
        let mut fields = self.fields.cosines(blocks, &rows(|look| look.field));
        fields.iter_mut().for_each(|likeness| *likeness = likeness.clamp(0.0, 1.0));
        let fields = fields.as_chunks().0;
        let sentences = match depth {
            Depth::Whole => vec![Vec::new(); seen.len()],
            Depth::Sentences => self.sentences(&numbers)?,
        };
        let score = |at: usize| {
            let of_project = at * lanes..(at + 1) * lanes;
            self.glance.look(&Candidate {
                items: items[at],
                own: looks[at].own,
                similar: &self.items.similar,
                served: &self.items.served,
                worth: &self.items.worth,
                title: &titles[of_project.clone()],
                whole: &wholes[of_project.clone()],
                sentences: &sentences[at],
                field: &fields[of_project],
                told: looks[at].told(),
            })
        };
        Ok(seen.iter().enumerate().map(|(at, seen)| Seen { score: score(at), ..*seen }).collect())
    }

    /// How near each claim comes to each sentence of some projects.
    fn sentences(&self, numbers: &[u32]) -> Result<Vec<Vec<Lane>>> {
        let width = self.index.shape.text();
        let bytes = numbers.iter().map(|number| self.index.number_bytes(*number));
        let bytes: Vec<&[u8]> = bytes.collect::<Result<_>>()?;
        // As above: first where they lie, then what lies there.
        std::hint::black_box(bytes.iter().filter_map(|b| b.first()).fold(0, |all, b| all ^ b));
        let rows = |bytes: &&'a [u8]| -> Result<(&'a [Block], Vec<Row>)> {
            let (blocks, scales) = records::sentences(bytes, width).ok_or_else(incomplete)?;
            let rows = scales.enumerate().map(|(at, scale)| (at * width, scale)).collect();
            fetch(blocks, std::iter::once(0), blocks.len());
            Ok((blocks, rows))
        };
        let rows: Vec<(&[Block], Vec<Row>)> = bytes.iter().map(rows).collect::<Result<_>>()?;
        let near = self.calibrations.0;
        Ok(rows.iter().map(|(blocks, rows)| similar(&self.texts, blocks, rows, near)).collect())
    }
}

fn incomplete() -> Error {
    damaged("a project's vectors are not all there")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Mentee;
    use crate::rank::Weights;
    use crate::store::candidates::Search;
    use crate::{catalog, embed, store};

    #[test]
    fn a_look_that_leaves_out_nothing_but_words_comes_near_the_score_part_by_part() {
        let (folder, model) = (tempfile::tempdir().unwrap(), embed::load("builtin").unwrap());
        store::build(&catalog::builtin(), model.as_ref(), folder.path()).unwrap();
        let index = CatalogIndex::open(folder.path()).unwrap();
        let mentee = Mentee {
            skills: ["Go", "golang", "Kubernetes", "Rust", "eBPF", "Linux", "C", "React", "SPIFFE"]
                .map(str::to_owned)
                .to_vec(),
            learn: vec!["WebAssembly".into()],
            interests: Some("Security of supply chains. Policies for clusters.".into()),
            ..Mentee::default()
        };
        let seen: Vec<Seen> = (0..index.sketches.len() as u32)
            .map(|position| Seen { position, ..Seen::default() })
            .collect();
        // What is told of an organisation, and fields without the catalog's own rarities, are no more than near.
        let log_odds = |chance: f64| (chance / (1.0 - chance)).ln();
        for (weights, error) in [("semantic=1", 0.02), ("field=1", 0.7), ("overlap=1", 0.7)] {
            let weights: Weights = weights.parse().unwrap();
            let search = Search::new(&index, &mentee, Arc::clone(&model), weights).unwrap();
            let looked = search.narrowing().look_at(&seen, Depth::Sentences, seen.len()).unwrap();
            for seen in &looked {
                let project = index.sketches.order()[seen.position as usize];
                let score = search.score(&[project]).unwrap()[0].1;
                let chance = search.profile.evidence.chance(f64::from(seen.score));
                let apart = (log_odds(score) - log_odds(chance)).abs();
                assert!(apart < error, "{weights:?}: {score} and {chance}");
            }
        }
    }
}
