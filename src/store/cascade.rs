//! A cascade of rankers, each over fewer projects and closer than the one before: at all of them by a glance, then by the
//! skills they ask for and speak of, by what their texts are about, and by each sentence. What is left is worth being scored.

use std::ops::Range;

use rayon::prelude::*;

use super::items::{Items, similar};
use super::looks::Look;
use super::open::CatalogIndex;
use super::records::Numbers;
use super::scan::{Scan, Seen, keep_first};
use super::sketch::Shelf;
use super::{damaged, looks};
use crate::embed::Calibration;
use crate::error::{Error, Result};
use crate::index::{Cross, HeadQuery, Row, Subset, fetch};
use crate::rank::claims::Words;
use crate::rank::glance::Glance;
use crate::rank::lanes::{LANES, Lane};
use crate::rank::look::Candidate;

/// How many are left after a glance, after their skills were weighed, and after each look.
#[derive(Debug, Clone, Copy)]
struct Left {
    glanced: usize,
    weighed: usize,
    looked: usize,
    read: usize,
}

impl Left {
    /// For a mentee with so many claims, of whom the best `count` are wanted.
    ///
    /// Who says little is met by many projects alike. The more one says, the less a short vector of all of it tells of each
    /// claim, and the more claims there are: both together, by the square. Of the ten best of 100,000 made-up projects
    /// (`benches/scale.rs`) all were left for 48 applicants.
    fn of(claims: usize, count: usize) -> Self {
        const FEW: usize = 3;
        let square = claims.saturating_mul(claims);
        let (glanced, weighed) = match claims {
            0..=FEW => (8_192, 2_048),
            _ => (
                square.saturating_mul(64).max(claims.saturating_mul(512)).clamp(3_072, 16_384),
                square.saturating_mul(14).clamp(1_024, 4_096),
            ),
        };
        Self {
            glanced: glanced.max(8 * count),
            weighed: weighed.max(6 * count),
            looked: square
                .saturating_mul(5)
                .max(claims.saturating_mul(40))
                .clamp(256, 2_048)
                .max(4 * count),
            read: 40.max(2 * count),
        }
    }
}

/// Projects that one thread looks at, at a time.
const AT_ONCE: usize = 64;

/// What leads from all projects to a few.
pub(super) struct Cascade<'a> {
    index: &'a CatalogIndex,
    shelves: Vec<Shelf<'a>>,
    glance: Glance,
    /// All of it, to be compared with the sketches of projects.
    whole: Cross,
    head: HeadQuery,
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

/// How closely a project is looked at.
#[derive(Clone, Copy)]
enum Depth {
    Whole,
    Sentences,
}

impl<'a> Cascade<'a> {
    /// For what a mentee `said`: there is one of `vectors` and of these for each claim.
    pub(super) fn new(
        index: &'a CatalogIndex,
        glance: Glance,
        vectors: &[Vec<f32>],
        said: &[&Words],
        calibrations: (Calibration, Calibration),
    ) -> Self {
        let stride = glance.lanes() * LANES;
        let dimensions = index.manifest().model.dimensions;
        let axes = index.sketches.axes(dimensions);
        let short: Vec<Vec<f32>> =
            vectors.iter().map(|vector| axes.texts.project(vector)).collect();
        let whole = axes.wholes.project(&glance.whole);
        let (whole, head) = (Cross::new(std::slice::from_ref(&whole), 1), HeadQuery::new(&whole));
        let cross = |vectors: &[Vec<f32>]| Cross::new(vectors, stride);
        let (full, short, fields) = (cross(vectors), cross(&short), cross(&glance.fields));
        let has_phrase = said.iter().any(|words| words.is_phrase());
        let folded = if has_phrase { index.folded_items() } else { &[] };
        let items = Items::new(index, &glance, &full, calibrations.0, folded);
        let shelves = index.sketches.shelves().collect();
        Self { index, shelves, glance, whole, head, full, short, fields, calibrations, items }
    }

    /// The numbers of projects that hold the best `count` of those that are `kept`, in no order.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let sketches = &self.index.sketches;
        let worth = &self.items.worth;
        let (glance, whole, head) = (&self.glance, &self.whole, &self.head);
        let scan = Scan { sketches, shelves: &self.shelves, glance, whole, head, worth, kept };
        let left = Left::of(glance.fields.len(), count);
        let seen = scan.best(left.glanced);
        let seen = self.weigh(&seen, left.weighed)?;
        let seen = self.look_at(&seen, Depth::Whole, left.looked)?;
        let seen = self.look_at(&seen, Depth::Sentences, left.read)?;
        Ok(self.numbers_of(&seen))
    }

    /// The best by the skills that they ask for and speak of, claim by claim, and what was seen of them at a glance.
    fn weigh(&self, seen: &[Seen], count: usize) -> Result<Vec<Seen>> {
        in_parts(seen, count, |seen| self.weigh_some(seen))
    }

    fn weigh_some(&self, seen: &[Seen]) -> Result<Vec<Seen>> {
        let items = self.items_of(seen);
        let looks = self.looks_of(&self.numbers_of(seen), looks::SKILLS)?;
        let candidate = |at: usize| Candidate {
            items: items[at].clone(),
            own: looks[at].own,
            listed: looks[at].listed,
            found: &self.items.found,
            worth: &self.items.worth,
            title: &[],
            whole: &[],
            sentences: &[],
            field: &[],
            told: looks[at].told(),
        };
        let fronts = self.glance.look((0..seen.len()).map(candidate));
        Ok(seen.iter().zip(fronts).map(|(seen, front)| seen.with_front(front)).collect())
    }

    /// The best by a closer look.
    fn look_at(&self, seen: &[Seen], depth: Depth, count: usize) -> Result<Vec<Seen>> {
        in_parts(seen, count, |seen| self.look_at_some(seen, depth))
    }

    fn look_at_some(&self, seen: &[Seen], depth: Depth) -> Result<Vec<Seen>> {
        let lanes = self.glance.lanes();
        let blocks = self.index.look_blocks();
        let numbers = self.numbers_of(seen);
        let items = self.items_of(seen);
        let looks = self.looks_of(&numbers, 0..looks::BLOCKS)?;
        let rows = |row: fn(&Look<'_>) -> Row| -> Vec<Row> { looks.iter().map(row).collect() };
        let (near, wide) = self.calibrations;
        let mut fields = self.fields.cosines(blocks, &rows(|look| look.field));
        fields.iter_mut().for_each(|likeness| *likeness = likeness.clamp(0.0, 1.0));
        let fields = fields.as_chunks().0;
        let Read { titles, wholes, sentences, ends } = match depth {
            Depth::Whole => Read {
                titles: similar(&self.short, blocks, &rows(|look| look.title), near),
                wholes: similar(&self.short, blocks, &rows(|look| look.whole), wide),
                ..self.centroids(&looks)
            },
            Depth::Sentences => self.read(&numbers)?,
        };
        let candidate = |at: usize| {
            let of_project = at * lanes..(at + 1) * lanes;
            Candidate {
                items: items[at].clone(),
                own: looks[at].own,
                listed: looks[at].listed,
                found: &self.items.found,
                worth: &self.items.worth,
                title: &titles[of_project.clone()],
                whole: &wholes[of_project.clone()],
                sentences: &sentences[at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]],
                field: &fields[of_project],
                told: looks[at].told(),
            }
        };
        let scores = self.glance.look((0..seen.len()).map(candidate));
        Ok(seen.iter().zip(scores).map(|(seen, score)| Seen { score, ..*seen }).collect())
    }

    /// The number of each project.
    fn numbers_of(&self, seen: &[Seen]) -> Vec<u32> {
        let order = self.index.sketches.order();
        let number = |seen: &Seen| order.get(seen.position as usize).copied().unwrap_or(u32::MAX);
        seen.iter().map(number).collect()
    }

    /// The records of some projects, of which these blocks are needed.
    fn looks_of(&self, numbers: &[u32], needed: Range<usize>) -> Result<Vec<Look<'a>>> {
        let (index, blocks) = (self.index, self.index.look_blocks());
        let starts = numbers.iter().map(|number| *number as usize * looks::BLOCKS + needed.start);
        fetch(blocks, starts, needed.len());
        let look = |number: &u32| {
            index.look_bytes(*number)?;
            looks::look(blocks, *number).ok_or_else(incomplete)
        };
        numbers.iter().map(look).collect()
    }

    /// How near each claim comes to what the sentences of each project are about.
    fn centroids(&self, looks: &[Look<'_>]) -> Read {
        let (mut rows, mut ends) = (Vec::new(), Vec::new());
        for look in looks {
            rows.extend(look.centroids());
            ends.push(rows.len() * self.glance.lanes());
        }
        let sentences = similar(&self.short, self.index.look_blocks(), &rows, self.calibrations.0);
        Read { titles: Vec::new(), wholes: Vec::new(), sentences, ends }
    }

    /// The numbers of the items of each project.
    fn items_of(&self, seen: &[Seen]) -> Vec<impl ExactSizeIterator<Item = u32> + Clone + use<'a>> {
        let items =
            |seen: &Seen| self.shelves[seen.shelf as usize].items_of(seen.position as usize);
        let items: Vec<_> = seen.iter().map(items).collect();
        // Scattered as they are, all are asked for before the first is needed.
        let first = items.iter().filter_map(|items| items.clone().next());
        std::hint::black_box(first.fold(0, |all, item| all ^ item));
        items
    }

    /// How near each claim comes to some projects, by their numbers.
    fn read(&self, numbers: &[u32]) -> Result<Read> {
        let bytes = numbers.iter().map(|number| self.index.number_bytes(*number));
        let bytes: Vec<&[u8]> = bytes.collect::<Result<_>>()?;
        // As above: first where they lie, then what lies there, side by side.
        std::hint::black_box(bytes.iter().filter_map(|b| b.first()).fold(0, |all, b| all ^ b));
        let (mut short, mut short_rows, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut full, mut titles, mut wholes) = (Vec::new(), Vec::new(), Vec::new());
        let width = self.index.text_blocks();
        for bytes in bytes {
            let project = Numbers::new(bytes).ok_or_else(incomplete)?;
            let start = short.len();
            short_rows.extend(project.short_rows().map(|(at, scale)| (start + at, scale)));
            short.extend_from_slice(project.short);
            ends.push(short_rows.len() * self.glance.lanes());
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

/// The best `count` of some projects, by what a look at some of them at a time says.
fn in_parts(
    seen: &[Seen],
    count: usize,
    look: impl Fn(&[Seen]) -> Result<Vec<Seen>> + Send + Sync,
) -> Result<Vec<Seen>> {
    let looked: Vec<Vec<Seen>> = seen.par_chunks(AT_ONCE).map(look).collect::<Result<_>>()?;
    let mut looked = looked.concat();
    keep_first(&mut looked, count, Seen::order);
    Ok(looked)
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
        let shelves = (0u32..).zip(index.sketches.shelves());
        let seen = shelves.flat_map(|(shelf, Shelf { positions, .. })| {
            positions.map(move |at| Seen { position: at as u32, shelf, ..Seen::default() })
        });
        let seen: Vec<Seen> = seen.collect();
        // Short vectors of sentences and fields without the catalog's own rarities are no more than near: so far apart are
        // the log odds on the mean, and at most.
        let log_odds = |chance: f64| (chance / (1.0 - chance)).ln();
        for (weights, error) in
            [("semantic=1", (0.08, 0.17)), ("field=1", (0.16, 0.35)), ("overlap=1", (0.01, 0.03))]
        {
            let weights: Weights = weights.parse().unwrap();
            let search = Search::new(&index, &mentee, Arc::clone(&model), weights).unwrap();
            let looked = search.cascade().look_at(&seen, Depth::Sentences, seen.len()).unwrap();
            let apart = looked.iter().map(|seen| {
                let project = index.sketches.order()[seen.position as usize];
                let score = search.score(&[project]).unwrap()[0].1;
                let chance = search.profile.evidence.chance(f64::from(seen.score));
                (log_odds(score) - log_odds(chance)).abs()
            });
            let apart: Vec<f64> = apart.collect();
            let mean = apart.iter().sum::<f64>() / apart.len() as f64;
            let most = apart.into_iter().fold(0.0, f64::max);
            assert!(mean < error.0 && most < error.1, "{weights:?}: {mean}, at most {most}");
        }
    }
}
