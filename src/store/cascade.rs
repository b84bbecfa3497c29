//! A cascade of rankers, each over fewer projects and closer than the one before: over all of them by short vectors, then by the
//! skills they ask for and speak of, by what their texts are about, and by each sentence. What is left is scored in full.

use std::ops::Range;

use rayon::prelude::*;

use super::error::damaged;
use super::features;
use super::features::Features;
use super::items::{Items, similar};
use super::open::CatalogIndex;
use super::records::Numbers;
use super::scan::{Scan, ScoredPosition, keep_first};
use super::sketch::Bucket;
use crate::embed::Calibration;
use crate::error::{Error, Result};
use crate::index::{Cross, PrefixQuery, Row, Subset, prefetch};
use crate::rank::claims::ParsedText;
use crate::rank::first_stage::CompiledQuery;
use crate::rank::lanes::{LANES, Lane};
use crate::rank::rescore::Candidate;

/// How many projects each stage leaves: the scan, the skills, the centroids, and the sentences.
#[derive(Debug, Clone, Copy)]
struct StageSizes {
    first_stage: usize,
    skills: usize,
    centroids: usize,
    sentences: usize,
}

impl StageSizes {
    /// For a mentee with that many claims, who wants the best `count` projects.
    ///
    /// Few claims leave many projects with nearly the same score, so that many have to be kept. From there on the sizes grow
    /// with the square of the number of claims: there are more of them to get wrong, and the single vector of the first stage
    /// says less about each. With these sizes no project was lost of the ten best of 100,000 made-up ones, for any of 240
    /// applicants in any of four catalogs (`benches/scale.rs`).
    fn of(claims: usize, count: usize) -> Self {
        const FEW: usize = 3;
        let square = claims.saturating_mul(claims);
        let (first_stage, skills) = match claims {
            0..=FEW => (8_192, 2_560),
            _ => (
                square.saturating_mul(64).max(claims.saturating_mul(512)).clamp(3_072, 16_384),
                square.saturating_mul(18).clamp(1_280, 5_120),
            ),
        };
        Self {
            first_stage: first_stage.max(8 * count),
            skills: skills.max(6 * count),
            centroids: square
                .saturating_mul(5)
                .max(claims.saturating_mul(40))
                .clamp(256, 2_048)
                .max(4 * count),
            sentences: 60.max(3 * count),
        }
    }
}

/// Projects that one thread scores at a time.
const AT_ONCE: usize = 64;

/// What leads from all projects to a few.
pub(super) struct Cascade<'a> {
    index: &'a CatalogIndex,
    buckets: Vec<Bucket<'a>>,
    compiled: CompiledQuery,
    /// All of it, to be compared with the sketches of projects.
    whole: Cross,
    prefix: PrefixQuery,
    /// The claims, to be compared with vectors of texts, in full and short, and with fields of work.
    full: Cross,
    short: Cross,
    fields: Cross,
    /// How cosines with parts and with wholes are to be read.
    calibrations: (Calibration, Calibration),
    items: Items,
}

/// How near each claim comes to some projects: to their titles, their wholes, and their sentences, of which those of each
/// project end at `ends`.
struct Read {
    titles: Vec<Lane>,
    wholes: Vec<Lane>,
    sentences: Vec<Lane>,
    ends: Vec<usize>,
}

/// What of a project's text is compared.
#[derive(Clone, Copy)]
enum Depth {
    Whole,
    Sentences,
}

impl<'a> Cascade<'a> {
    /// For what a mentee `said`: there is one of `vectors` and of these for each claim.
    pub(super) fn new(
        index: &'a CatalogIndex,
        compiled: CompiledQuery,
        vectors: &[Vec<f32>],
        said: &[&ParsedText],
        calibrations: (Calibration, Calibration),
    ) -> Self {
        let stride = compiled.lanes() * LANES;
        let dimensions = index.manifest().model.dimensions;
        let axes = index.sketches.axes(dimensions);
        let short: Vec<Vec<f32>> =
            vectors.iter().map(|vector| axes.texts.project(vector)).collect();
        let whole = axes.wholes.project(&compiled.whole);
        let (whole, prefix) =
            (Cross::new(std::slice::from_ref(&whole), 1), PrefixQuery::new(&whole));
        let cross = |vectors: &[Vec<f32>]| Cross::new(vectors, stride);
        let (full, short, fields) = (cross(vectors), cross(&short), cross(&compiled.fields));
        let has_phrase = said.iter().any(|words| words.is_phrase());
        let folded = if has_phrase { index.folded_items() } else { &[] };
        let items = Items::new(index, &compiled, &full, calibrations.0, folded);
        let buckets = index.sketches.buckets().collect();
        Self { index, buckets, compiled, whole, prefix, full, short, fields, calibrations, items }
    }

    /// The numbers of projects that hold the best `count` of those that are `kept`, in no order.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let sketches = &self.index.sketches;
        let item_scores = &self.items.item_scores;
        let (compiled, whole, prefix) = (&self.compiled, &self.whole, &self.prefix);
        let scan =
            Scan { sketches, buckets: &self.buckets, compiled, whole, prefix, item_scores, kept };
        let left = StageSizes::of(compiled.fields.len(), count);
        let hits = scan.best(left.first_stage);
        let hits = self.rescore_by_skills(&hits, left.skills)?;
        let hits = self.rescore_by_texts(&hits, Depth::Whole, left.centroids)?;
        let hits = self.rescore_by_texts(&hits, Depth::Sentences, left.sentences)?;
        Ok(self.numbers_of(&hits))
    }

    /// The best by the skills that they ask for and speak of, claim by claim, on top of their scores so far.
    fn rescore_by_skills(
        &self,
        hits: &[ScoredPosition],
        count: usize,
    ) -> Result<Vec<ScoredPosition>> {
        score_in_chunks(hits, count, |hits| self.rescore_some_by_skills(hits))
    }

    fn rescore_some_by_skills(&self, hits: &[ScoredPosition]) -> Result<Vec<ScoredPosition>> {
        let items = self.items_of(hits);
        let features = self.features_of(&self.numbers_of(hits), features::SKILLS)?;
        let candidate = |at: usize| Candidate {
            items: items[at].clone(),
            own: features[at].own,
            listed: features[at].listed,
            found: &self.items.found,
            item_scores: &self.items.item_scores,
            title: &[],
            whole: &[],
            sentences: &[],
            field: &[],
            mentioned: features[at].mentioned(),
        };
        // Without vectors, the whole of it is what items and skills give.
        let scores = self.compiled.rescore((0..hits.len()).map(candidate));
        Ok(hits.iter().zip(scores).map(|(hit, score)| hit.with_item_score(score)).collect())
    }

    /// The best by their vectors.
    fn rescore_by_texts(
        &self,
        hits: &[ScoredPosition],
        depth: Depth,
        count: usize,
    ) -> Result<Vec<ScoredPosition>> {
        score_in_chunks(hits, count, |hits| self.rescore_some_by_texts(hits, depth))
    }

    fn rescore_some_by_texts(
        &self,
        hits: &[ScoredPosition],
        depth: Depth,
    ) -> Result<Vec<ScoredPosition>> {
        let lanes = self.compiled.lanes();
        let blocks = self.index.feature_blocks();
        let numbers = self.numbers_of(hits);
        let items = self.items_of(hits);
        let features = self.features_of(&numbers, 0..features::BLOCKS)?;
        let rows =
            |row: fn(&Features<'_>) -> Row| -> Vec<Row> { features.iter().map(row).collect() };
        let (near, wide) = self.calibrations;
        let mut fields = self.fields.cosines(blocks, &rows(|features| features.field));
        fields.iter_mut().for_each(|likeness| *likeness = likeness.clamp(0.0, 1.0));
        let fields = fields.as_chunks().0;
        let Read { titles, wholes, sentences, ends } = match depth {
            Depth::Whole => Read {
                titles: similar(&self.short, blocks, &rows(|features| features.title), near),
                wholes: similar(&self.short, blocks, &rows(|features| features.whole), wide),
                ..self.centroids(&features)
            },
            Depth::Sentences => self.read(&numbers)?,
        };
        let candidate = |at: usize| {
            let of_project = at * lanes..(at + 1) * lanes;
            Candidate {
                items: items[at].clone(),
                own: features[at].own,
                listed: features[at].listed,
                found: &self.items.found,
                item_scores: &self.items.item_scores,
                title: &titles[of_project.clone()],
                whole: &wholes[of_project.clone()],
                sentences: &sentences[at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]],
                field: &fields[of_project],
                mentioned: features[at].mentioned(),
            }
        };
        let scores = self.compiled.rescore((0..hits.len()).map(candidate));
        Ok(hits.iter().zip(scores).map(|(hit, score)| ScoredPosition { score, ..*hit }).collect())
    }

    /// The number of each project.
    fn numbers_of(&self, hits: &[ScoredPosition]) -> Vec<u32> {
        let order = self.index.sketches.order();
        let number =
            |hit: &ScoredPosition| order.get(hit.position as usize).copied().unwrap_or(u32::MAX);
        hits.iter().map(number).collect()
    }

    /// The records of some projects, of which these blocks are needed.
    fn features_of(&self, numbers: &[u32], needed: Range<usize>) -> Result<Vec<Features<'a>>> {
        let (index, blocks) = (self.index, self.index.feature_blocks());
        let starts =
            numbers.iter().map(|number| *number as usize * features::BLOCKS + needed.start);
        prefetch(blocks, starts, needed.len());
        let features = |number: &u32| {
            index.feature_bytes(*number)?;
            features::read(blocks, *number).ok_or_else(incomplete)
        };
        numbers.iter().map(features).collect()
    }

    /// How near each claim comes to what the sentences of each project are about.
    fn centroids(&self, features: &[Features<'_>]) -> Read {
        let (mut rows, mut ends) = (Vec::new(), Vec::new());
        for features in features {
            rows.extend(features.centroids());
            ends.push(rows.len() * self.compiled.lanes());
        }
        let sentences =
            similar(&self.short, self.index.feature_blocks(), &rows, self.calibrations.0);
        Read { titles: Vec::new(), wholes: Vec::new(), sentences, ends }
    }

    /// The numbers of the items of each project.
    fn items_of(
        &self,
        hits: &[ScoredPosition],
    ) -> Vec<impl ExactSizeIterator<Item = u32> + Clone + use<'a>> {
        let items = |hit: &ScoredPosition| {
            self.buckets[hit.bucket as usize].items_of(hit.position as usize)
        };
        let items: Vec<_> = hits.iter().map(items).collect();
        // They lie scattered: the first of each is read here, so that memory is waited for once and not once a project.
        let first = items.iter().filter_map(|items| items.clone().next());
        std::hint::black_box(first.fold(0, |all, item| all ^ item));
        items
    }

    /// How near each claim comes to some projects, by their numbers.
    fn read(&self, numbers: &[u32]) -> Result<Read> {
        let bytes = numbers.iter().map(|number| self.index.number_bytes(*number));
        let bytes: Vec<&[u8]> = bytes.collect::<Result<_>>()?;
        // As above, the first byte of each is read before any is needed.
        std::hint::black_box(bytes.iter().filter_map(|b| b.first()).fold(0, |all, b| all ^ b));
        let (mut short, mut short_rows, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut full, mut titles, mut wholes) = (Vec::new(), Vec::new(), Vec::new());
        let width = self.index.text_blocks();
        for bytes in bytes {
            let project = Numbers::new(bytes).ok_or_else(incomplete)?;
            let start = short.len();
            short_rows.extend(project.short_rows().map(|(at, scale)| (start + at, scale)));
            short.extend_from_slice(project.short);
            ends.push(short_rows.len() * self.compiled.lanes());
            let vectors = project.title_and_whole(width).ok_or_else(incomplete)?;
            for ((codes, scale), rows) in vectors.into_iter().zip([&mut titles, &mut wholes]) {
                rows.push((full.len(), scale));
                full.extend_from_slice(codes);
            }
        }
        let (near, wide) = self.calibrations;
        Ok(Read {
            titles: similar(&self.full, &full, &titles, near),
            wholes: similar(&self.full, &full, &wholes, wide),
            sentences: similar(&self.short, &short, &short_rows, near),
            ends,
        })
    }
}

/// The best `count` of some projects, in no order, after `score` has given them new scores, a chunk at a time on any thread.
fn score_in_chunks(
    hits: &[ScoredPosition],
    count: usize,
    score: impl Fn(&[ScoredPosition]) -> Result<Vec<ScoredPosition>> + Send + Sync,
) -> Result<Vec<ScoredPosition>> {
    let scored: Vec<Vec<ScoredPosition>> =
        hits.par_chunks(AT_ONCE).map(score).collect::<Result<_>>()?;
    let mut scored = scored.concat();
    keep_first(&mut scored, count, ScoredPosition::order);
    Ok(scored)
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
    fn the_last_stage_leaves_out_nothing_but_words_and_comes_near_the_full_score() {
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
        let buckets = (0u32..).zip(index.sketches.buckets());
        let hits = buckets.flat_map(|(bucket, Bucket { positions, .. })| {
            positions.map(move |at| ScoredPosition {
                position: at as u32,
                bucket,
                ..ScoredPosition::default()
            })
        });
        let hits: Vec<ScoredPosition> = hits.collect();
        // Short vectors of sentences and fields without the catalog's own rarities are no more than near: so far apart are
        // the log odds on the mean, and at most.
        let log_odds = |probability: f64| (probability / (1.0 - probability)).ln();
        for (weights, error) in
            [("semantic=1", (0.09, 0.24)), ("field=1", (0.16, 0.35)), ("overlap=1", (0.01, 0.03))]
        {
            let weights: Weights = weights.parse().unwrap();
            let search = Search::new(&index, &mentee, Arc::clone(&model), weights).unwrap();
            let rescored =
                search.cascade().rescore_by_texts(&hits, Depth::Sentences, hits.len()).unwrap();
            let apart = rescored.iter().map(|hit| {
                let project = index.sketches.order()[hit.position as usize];
                let score = search.score(&[project]).unwrap()[0].1;
                let probability = search.profile.evidence.probability(f64::from(hit.score));
                (log_odds(score) - log_odds(probability)).abs()
            });
            let apart: Vec<f64> = apart.collect();
            let mean = apart.iter().sum::<f64>() / apart.len() as f64;
            let most = apart.into_iter().fold(0.0, f64::max);
            assert!(mean < error.0 && most < error.1, "{weights:?}: {mean}, at most {most}");
        }
    }
}
