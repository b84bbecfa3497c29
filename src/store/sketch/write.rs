//! Writes the sketches.

use std::collections::HashMap;

use super::arrays::Array;
use crate::index::{Coded, prefixes};
use crate::rank::sketch::{SKETCH, ShortAxes};
use crate::skills::SkillId;
use crate::store::sections::{compose, from_zero};

/// Projects that come one after the other in a catalog are alike: by their numbers times this, cut to 32 bits, the first
/// ones in a bucket are a fair sample of it.
const MIXER: u32 = 0x9e37_79b1;
/// So many distinct items have room in a bucket.
const IN_BUCKET: usize = 1 << u16::BITS;

/// Collects the sketches of projects, and writes them bucket by bucket.
#[derive(Debug)]
pub(in crate::store) struct SketchWriter {
    numbers: HashMap<String, u32>,
    texts: Vec<u8>,
    text_ends: Vec<u64>,
    skills: Vec<u16>,
    skill_ends: Vec<u64>,
    vectors: Coded,
    /// Of all projects, in the order of the catalog.
    items: Vec<u32>,
    item_ends: Vec<u64>,
    sketches: Coded,
}

impl SketchWriter {
    /// For items embedded in so many dimensions.
    pub(in crate::store) fn new(dimensions: usize) -> Self {
        Self {
            numbers: HashMap::new(),
            texts: Vec::new(),
            text_ends: Vec::new(),
            skills: Vec::new(),
            skill_ends: Vec::new(),
            vectors: Coded::new(dimensions),
            items: Vec::new(),
            item_ends: Vec::new(),
            sketches: Coded::new(SKETCH),
        }
    }

    /// The number of an item: what it names, and its row of `vectors`, count where it is new.
    pub(in crate::store) fn item(
        &mut self,
        text: &str,
        skills: &[SkillId],
        vectors: (&[i8], &[f32]),
    ) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let next = self.numbers.len() as u32;
        self.numbers.insert(text.to_owned(), next);
        self.texts.extend(text.as_bytes());
        self.text_ends.push(self.texts.len() as u64);
        self.skills.extend(skills.iter().map(|skill| skill.0));
        self.skill_ends.push(self.skills.len() as u64);
        self.vectors.extend(vectors.0, vectors.1.iter().copied());
        next
    }

    /// Adds the next project: the numbers of its items, at most [`super::MOST_ITEMS`], and its short vector.
    pub(in crate::store) fn push(&mut self, items: &[u32], sketch: &Coded) {
        self.items.extend_from_slice(items);
        self.item_ends.push(self.items.len() as u64);
        let (codes, scales) = sketch.raw(0..1);
        self.sketches.extend(codes, scales.iter().copied());
    }

    pub(in crate::store) fn finish(self, axes: &ShortAxes) -> Vec<u8> {
        let starts = from_zero(&self.item_ends);
        let items = |project: u32| {
            let at = project as usize;
            &self.items[starts[at] as usize..starts[at + 1] as usize]
        };
        let mut order: Vec<u32> = (0..self.item_ends.len() as u32).collect();
        order.sort_by_key(|project| (items(*project).len(), project.wrapping_mul(MIXER)));
        let mut buckets = BucketWriter::default();
        let (mut codes, mut scales) = (Vec::new(), Vec::new());
        for project in &order {
            buckets.push(items(*project));
            let at = *project as usize;
            let (of_project, scale) = self.sketches.raw(at..at + 1);
            codes.extend_from_slice(of_project);
            scales.extend_from_slice(scale);
        }
        let (prefixes, prefix_scale) = prefixes(codes.as_chunks().0, &scales);
        let (item_codes, item_scales) = self.vectors.raw(0..self.vectors.len());
        compose([
            (Array::Order, bytemuck::cast_slice(&order)),
            (Array::BucketItems, bytemuck::cast_slice(&buckets.items)),
            (Array::BucketEnds, bytemuck::cast_slice(&buckets.ends)),
            (Array::BucketNumbers, bytemuck::cast_slice(&buckets.numbers)),
            (Array::ListStarts, bytemuck::cast_slice(&from_zero(&buckets.list_ends))),
            (Array::Lists, bytemuck::cast_slice(&buckets.lists)),
            (Array::Codes, bytemuck::cast_slice(&codes)),
            (Array::Scales, bytemuck::cast_slice(&scales)),
            (Array::TextStarts, bytemuck::cast_slice(&from_zero(&self.text_ends))),
            (Array::Texts, &self.texts),
            (Array::SkillStarts, bytemuck::cast_slice(&from_zero(&self.skill_ends))),
            (Array::Skills, bytemuck::cast_slice(&self.skills)),
            (Array::ItemCodes, bytemuck::cast_slice(item_codes)),
            (Array::ItemScales, bytemuck::cast_slice(item_scales)),
            (Array::WholeAxes, bytemuck::cast_slice(axes.wholes.rows().0)),
            (Array::WholeAxesScales, bytemuck::cast_slice(axes.wholes.rows().1)),
            (Array::TextAxes, bytemuck::cast_slice(axes.texts.rows().0)),
            (Array::TextAxesScales, bytemuck::cast_slice(axes.texts.rows().1)),
            (Array::Prefixes, bytemuck::cast_slice(&prefixes)),
            (Array::PrefixScale, bytemuck::cast_slice(&[prefix_scale])),
        ])
    }
}

/// Assigns projects to buckets.
#[derive(Debug, Default)]
struct BucketWriter {
    /// Of each bucket: how many items its projects ask for, and where its projects, and its list, end.
    items: Vec<u64>,
    ends: Vec<u64>,
    list_ends: Vec<u64>,
    lists: Vec<u32>,
    numbers: Vec<u16>,
    /// The place of each item in the list of the last bucket.
    places: HashMap<u32, u16>,
}

impl BucketWriter {
    /// Adds the next project; they come by the number of their items.
    fn push(&mut self, items: &[u32]) {
        let is_full = self.places.len() + items.len() > IN_BUCKET;
        if is_full || self.items.last() != Some(&(items.len() as u64)) {
            self.items.push(items.len() as u64);
            self.ends.push(self.ends.last().copied().unwrap_or(0));
            self.list_ends.push(self.lists.len() as u64);
            self.places.clear();
        }
        for item in items {
            let next = self.places.len() as u16;
            let place = self.places.entry(*item).or_insert_with(|| {
                self.lists.push(*item);
                next
            });
            self.numbers.push(*place);
        }
        if let (Some(end), Some(list_end)) = (self.ends.last_mut(), self.list_ends.last_mut()) {
            (*end, *list_end) = (*end + 1, self.lists.len() as u64);
        }
    }
}
