//! The sketches of an index, read in place.

use std::ops::Range;

use super::arrays::{Array, MOST_ITEMS};
use crate::index::{Axes, Block, Coded, Group};
use crate::rank::sketch::{SKETCH, ShortAxes, width};
use crate::skills::{Lexicon, SkillId};
use crate::store::sections::Sections;

/// The sketches of an index. A project has a *position* here, bucket after bucket.
#[derive(Debug)]
pub(in crate::store) struct Sketches {
    sections: Sections<Array>,
    buckets: Vec<BucketPlace>,
}

/// Where a bucket lies.
#[derive(Debug)]
struct BucketPlace {
    /// How many items each of its projects asks for.
    items: usize,
    positions: Range<usize>,
    /// Where its numbers begin.
    first: usize,
}

/// Projects that ask for the same number of items.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Bucket<'a> {
    /// How many items each asks for.
    pub(in crate::store) items: usize,
    pub(in crate::store) positions: Range<usize>,
    /// The distinct items on it, and for each position the places of its `items` in this list.
    pub(in crate::store) list: &'a [u32],
    pub(in crate::store) numbers: &'a [u16],
}

impl<'a> Bucket<'a> {
    /// The numbers of the items of the project at a position; none where it is not in this bucket.
    pub(in crate::store) fn items_of(
        &self,
        position: usize,
    ) -> impl ExactSizeIterator<Item = u32> + Clone + use<'a> {
        let (list, row) = (self.list, position.wrapping_sub(self.positions.start));
        let start = row.saturating_mul(self.items);
        let numbers = self.numbers.get(start..start.saturating_add(self.items));
        let item = move |number: &u16| list.get(usize::from(*number)).copied();
        numbers.unwrap_or_default().iter().map(move |number| item(number).unwrap_or(u32::MAX))
    }
}

impl Sketches {
    pub(in crate::store) fn new(sections: Sections<Array>) -> Self {
        let (items, ends): (&[u64], &[u64]) =
            (sections.get(Array::BucketItems), sections.get(Array::BucketEnds));
        let order: &[u32] = sections.get(Array::Order);
        let (mut start, mut first) = (0usize, 0usize);
        let buckets = items.iter().zip(ends).map(|(items, end)| {
            let items = (*items as usize).min(MOST_ITEMS);
            let end = (*end as usize).clamp(start, order.len().max(start));
            let bucket = BucketPlace { items, positions: start..end, first };
            (start, first) = (end, first + items * (end - start));
            bucket
        });
        Self { buckets: buckets.collect(), sections }
    }

    /// How many projects are sketched.
    pub(in crate::store) fn len(&self) -> usize {
        self.order().len()
    }

    /// The number of the project at each position.
    pub(in crate::store) fn order(&self) -> &[u32] {
        self.sections.get(Array::Order)
    }

    pub(in crate::store) fn buckets(&self) -> impl Iterator<Item = Bucket<'_>> {
        (0..self.buckets.len()).filter_map(|bucket| self.bucket(bucket))
    }

    fn bucket(&self, number: usize) -> Option<Bucket<'_>> {
        let place = self.buckets.get(number)?;
        let numbers = place.first..place.first + place.items * place.positions.len();
        Some(Bucket {
            items: place.items,
            positions: place.positions.clone(),
            list: self.sections.part(Array::ListStarts, Array::Lists, number),
            numbers: self.sections.get(Array::BucketNumbers).get(numbers).unwrap_or_default(),
        })
    }

    /// The numbers of the items of the project at a position.
    pub(in crate::store) fn items_of(
        &self,
        position: usize,
    ) -> impl ExactSizeIterator<Item = u32> + '_ {
        let bucket = self.buckets.partition_point(|place| place.positions.end <= position);
        self.bucket(bucket).unwrap_or_default().items_of(position)
    }

    /// The codes and scales of the projects' short vectors, by position.
    pub(in crate::store) fn vectors(&self) -> (&[Block], &[f32]) {
        (self.sections.get(Array::Codes), self.sections.get(Array::Scales))
    }

    /// The first components of all short vectors, and their scale.
    pub(in crate::store) fn prefixes(&self) -> (&[Group], f32) {
        (
            self.sections.get(Array::Prefixes),
            self.sections.get(Array::PrefixScale).first().copied().unwrap_or(0.0),
        )
    }

    /// The short vector at a position.
    pub(in crate::store) fn vector(&self, position: usize) -> Coded {
        let (codes, scales) = self.vectors();
        let mut vector = Coded::new(SKETCH);
        let row = codes.get(position).zip(scales.get(position));
        let (code, scale) = row.map_or(([0; 64], 0.0), |(code, scale)| (*code, *scale));
        vector.extend(&code, [scale]);
        vector
    }

    /// What short vectors are made with, of vectors of so many dimensions.
    pub(in crate::store) fn axes(&self, dimensions: usize) -> ShortAxes {
        let axes = |dimensions: usize, rows: Array, scales: Array| {
            Axes::new(dimensions, (self.sections.get(rows), self.sections.get(scales)))
        };
        ShortAxes {
            wholes: axes(width(dimensions), Array::WholeAxes, Array::WholeAxesScales),
            texts: axes(dimensions, Array::TextAxes, Array::TextAxesScales),
        }
    }

    /// How many distinct items there are.
    pub(in crate::store) fn items(&self) -> usize {
        self.sections.get::<f32>(Array::ItemScales).len()
    }

    /// An item, as written.
    pub(in crate::store) fn item(&self, number: usize) -> &str {
        std::str::from_utf8(self.sections.part(Array::TextStarts, Array::Texts, number))
            .unwrap_or_default()
    }

    /// Whether every skill that an item names is one of the lexicon.
    pub(in crate::store) fn knows_skills(&self, lexicon: &Lexicon) -> bool {
        let mut skills = (0..self.items()).flat_map(|item| self.skills(item));
        skills.all(|skill| usize::from(skill.0) < lexicon.len())
    }

    /// The skills that an item names.
    pub(in crate::store) fn skills(&self, number: usize) -> impl Iterator<Item = SkillId> + '_ {
        self.sections
            .part::<u16>(Array::SkillStarts, Array::Skills, number)
            .iter()
            .map(|skill| SkillId(*skill))
    }

    /// The code and scale of an item, as [`super::SketchWriter::item`] takes them.
    pub(in crate::store) fn item_vector(&self, number: usize) -> (&[i8], &[f32]) {
        let (codes, scales) = self.item_vectors();
        let row = codes.len() / scales.len().max(1);
        let codes = codes.get(number * row..(number + 1) * row).unwrap_or_default();
        (codes, scales.get(number..=number).unwrap_or_default())
    }

    /// The codes and scales of all items.
    pub(in crate::store) fn item_vectors(&self) -> (&[i8], &[f32]) {
        (self.sections.get(Array::ItemCodes), self.sections.get(Array::ItemScales))
    }
}
