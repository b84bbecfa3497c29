//! From very many projects to the few that are worth being scored: a glance at all, a closer look at some, and at fewer
//! a look at their sentences too.

use rayon::prelude::*;

use super::looks::Look;
use super::open::CatalogIndex;
use super::scan::{Scan, Seen, keep_first};
use super::{damaged, records};
use crate::embed::Calibration;
use crate::error::{Error, Result};
use crate::index::{Block, Cross, Query, Row, Subset, fetch};
use crate::rank::claims::Words;
use crate::rank::glance::{Glance, Item, Worth};
use crate::rank::look::{Candidate, LANES, Lane};
use crate::skills::SkillId;

/// How many are left after a glance, and after each look; at least. Of the ten best of 100,000 made-up projects all stand
/// among the 3,072 best at a glance, 0.992 among the 512 best at a look, and 0.994 among 96 with their sentences.
const GLANCED: usize = 4_096;
const LOOKED: usize = 640;
const READ: usize = 96;
/// Projects that one thread looks at, at a time; and items.
const AT_ONCE: usize = 64;
const ITEMS_AT_ONCE: usize = 256;

/// An item by its number, how near each claim comes to it, and how far it serves it.
type Of<'a> = (usize, (&'a [Lane], &'a mut [Lane]));

/// What leads from all projects to a few.
pub(super) struct Narrowing<'a> {
    index: &'a CatalogIndex,
    glance: Glance,
    /// The claims, to be compared with texts and with fields of work.
    texts: Cross,
    fields: Cross,
    /// How cosines with parts and with wholes are to be read.
    calibrations: (Calibration, Calibration),
    /// Of every item of the catalog: how near each claim comes to it, how far it serves it, and what it is worth.
    similar: Vec<Lane>,
    served: Vec<Lane>,
    worth: Vec<Worth>,
}

/// How closely a project is looked at.
#[derive(Clone, Copy, PartialEq)]
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
        let (similar, served, worth) = (Vec::new(), Vec::new(), Vec::new());
        let mut new = Self { index, glance, texts, fields, calibrations, similar, served, worth };
        let has_phrase = said.iter().any(|words| words.is_unknown_item());
        new.know_items(if has_phrase { index.folded_items() } else { &[] });
        new
    }

    /// The numbers of projects that hold the best `count` of those that are `kept`, in no order.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let sketches = &self.index.sketches;
        let axes = sketches.axes(self.index.manifest().model.dimensions);
        let query = Query::new(&axes.project(&self.glance.whole));
        let scan = Scan { sketches, glance: &self.glance, query, worth: &self.worth, kept };
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
        let titles = self.similar(blocks, &rows(|look| look.title), near);
        let wholes = self.similar(blocks, &rows(|look| look.whole), wide);
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
                similar: &self.similar,
                served: &self.served,
                worth: &self.worth,
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
        Ok(rows.iter().map(|(blocks, rows)| self.similar(blocks, rows, near)).collect())
    }

    /// How near each claim comes to rows, in lanes: `0..=1`.
    fn similar(&self, blocks: &[Block], rows: &[Row], calibration: Calibration) -> Vec<Lane> {
        let cosines = self.texts.cosines(blocks, rows);
        let lanes = cosines.as_chunks::<LANES>().0.iter();
        lanes.map(|lane| lane.map(|cosine| calibration.similarity(cosine))).collect()
    }

    /// What each item of the catalog is to each claim, where phrases are looked for in these words.
    fn know_items(&mut self, folded: &[String]) {
        let sketches = &self.index.sketches;
        let (codes, scales) = sketches.item_vectors();
        let width = self.index.shape.text();
        let rows: Vec<Row> =
            scales.iter().enumerate().map(|(at, scale)| (at * width, *scale)).collect();
        let blocks = codes.as_chunks().0;
        let similar = rows.par_chunks(ITEMS_AT_ONCE);
        let similar = similar.map(|rows| self.similar(blocks, rows, self.calibrations.0));
        let similar = similar.collect::<Vec<_>>().concat();
        let mut served = vec![[0.0; LANES]; similar.len()];
        let lanes = self.glance.lanes().max(1);
        let of_items = similar.par_chunks_exact(lanes).zip(served.par_chunks_exact_mut(lanes));
        let worth = |skills: &mut Vec<SkillId>, (item, (similar, served)): Of<'_>| {
            skills.clear();
            skills.extend(sketches.skills(item));
            let item = Item {
                skills,
                folded: folded.get(item).map_or("", String::as_str),
                similar: similar.as_flattened(),
            };
            self.glance.worth(&item, served.as_flattened_mut())
        };
        let of_items = of_items.enumerate().with_min_len(ITEMS_AT_ONCE);
        self.worth = of_items.map_init(Vec::new, worth).collect();
        (self.similar, self.served) = (similar, served);
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
    fn a_look_that_leaves_out_nothing_but_words_orders_projects_as_their_scores_do() {
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
        let weights: Weights = "overlap=1,semantic=1,field=1".parse().unwrap();
        let search = Search::new(&index, &mentee, Arc::clone(&model), weights).unwrap();
        let projects = index.sketches.len() as u32;
        let seen: Vec<Seen> =
            (0..projects).map(|position| Seen { position, ..Seen::default() }).collect();
        let narrowing = search.narrowing();
        let mut looked = narrowing.look_at(&seen, Depth::Sentences, seen.len()).unwrap();
        looked.sort_by(Seen::order);
        let order = looked.iter().map(|seen| index.sketches.order()[seen.position as usize]);
        let order: Vec<u32> = order.collect();
        let scores: Vec<f64> =
            search.score(&order).unwrap().iter().map(|(_, score)| *score).collect();
        assert!(scores[0] > 0.3 && scores[scores.len() - 1] < 0.1, "{scores:?}");
        for (at, pair) in scores.windows(2).enumerate() {
            assert!(pair[1] <= pair[0] + 0.04, "{at}: {scores:?}");
        }
    }
}
