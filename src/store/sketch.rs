//! What a glance at every project needs, packed so that a million can be passed in a few milliseconds.
//!
//! Projects that ask for as many items lie on one shelf: in each row of it the numbers of their items, each distinct
//! item once for all who ask for it. Beside them one short vector a project ([`crate::rank::sketch`]).

use std::collections::HashMap;
use std::ops::Range;

use super::sections::{Sections, compose, from_zero};
use crate::index::{Axes, Block, Coded};
use crate::rank::sketch::{SKETCH, width};
use crate::skills::SkillId;

/// So many items of a project are sketched: there is a shelf for none, for one, for two and so on, and for so many or more.
pub(super) const MOST_ITEMS: usize = 16;
const SHELVES: usize = MOST_ITEMS + 1;

/// The sketches in the making.
#[derive(Debug)]
pub(super) struct SketchWriter {
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
    pub(super) fn new(dimensions: usize) -> Self {
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
    pub(super) fn item(&mut self, text: &str, skills: &[SkillId], vectors: (&[i8], &[f32])) -> u32 {
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

    /// Adds the next project: the numbers of its items, at most [`MOST_ITEMS`], and its short vector.
    pub(super) fn push(&mut self, items: &[u32], sketch: &Coded) {
        self.items.extend_from_slice(items);
        self.item_ends.push(self.items.len() as u64);
        let (codes, scales) = sketch.raw(0..1);
        self.sketches.extend(codes, scales.iter().copied());
    }

    pub(super) fn finish(self, axes: &Axes) -> Vec<u8> {
        let starts = from_zero(&self.item_ends);
        let items = |project: u32| {
            let at = project as usize;
            &self.items[starts[at] as usize..starts[at + 1] as usize]
        };
        let mut order: Vec<u32> = (0..self.item_ends.len() as u32).collect();
        order.sort_by_key(|project| items(*project).len());
        let shelf_ends: Vec<u64> = (0..SHELVES)
            .map(|count| order.partition_point(|project| items(*project).len() <= count) as u64)
            .collect();
        let mut shelved = Vec::new();
        let (mut codes, mut scales) = (Vec::new(), Vec::new());
        for project in &order {
            shelved.extend_from_slice(items(*project));
            let at = *project as usize;
            let (of_project, scale) = self.sketches.raw(at..at + 1);
            codes.extend_from_slice(of_project);
            scales.extend_from_slice(scale);
        }
        let (item_codes, item_scales) = self.vectors.raw(0..self.vectors.len());
        compose(&[
            bytemuck::cast_slice(&order),
            bytemuck::cast_slice(&shelf_ends),
            bytemuck::cast_slice(&shelved),
            bytemuck::cast_slice(&codes),
            bytemuck::cast_slice(&scales),
            bytemuck::cast_slice(&from_zero(&self.text_ends)),
            &self.texts,
            bytemuck::cast_slice(&from_zero(&self.skill_ends)),
            bytemuck::cast_slice(&self.skills),
            bytemuck::cast_slice(item_codes),
            bytemuck::cast_slice(item_scales),
            bytemuck::cast_slice(axes.rows().0),
            bytemuck::cast_slice(axes.rows().1),
        ])
    }
}

/// The sketches of an index. A project has a *position* here, shelf after shelf.
#[derive(Debug)]
pub(super) struct Sketches {
    sections: Sections,
}

/// Projects that ask for the same number of items.
#[derive(Debug, Clone)]
pub(super) struct Shelf<'a> {
    /// How many items each asks for.
    pub(super) items: usize,
    pub(super) positions: Range<usize>,
    /// The numbers of the items, `items` for each position.
    pub(super) numbers: &'a [u32],
}

impl Sketches {
    pub(super) const ARRAYS: usize = 13;

    pub(super) fn new(sections: Sections) -> Self {
        Self { sections }
    }

    /// How many projects are sketched.
    pub(super) fn len(&self) -> usize {
        self.order().len()
    }

    /// The number of the project at each position.
    pub(super) fn order(&self) -> &[u32] {
        self.sections.get(0)
    }

    pub(super) fn shelves(&self) -> impl Iterator<Item = Shelf<'_>> {
        let ends: &[u64] = self.sections.get(1);
        let numbers: &[u32] = self.sections.get(2);
        let (mut start, mut first) = (0usize, 0usize);
        ends.iter().enumerate().map(move |(items, end)| {
            let end = (*end as usize).clamp(start, self.len());
            let positions = start..end;
            let last = first + items * positions.len();
            let numbers = numbers.get(first..last).unwrap_or_default();
            (start, first) = (end, last);
            Shelf { items, positions, numbers }
        })
    }

    /// The numbers of the items of the project at a position.
    pub(super) fn items_of(&self, position: usize) -> &[u32] {
        let shelf = self.shelves().find(|shelf| shelf.positions.contains(&position));
        let numbers = shelf.and_then(|shelf| {
            let at = (position - shelf.positions.start) * shelf.items;
            shelf.numbers.get(at..at + shelf.items)
        });
        numbers.unwrap_or_default()
    }

    /// The codes and scales of the projects' short vectors, by position.
    pub(super) fn vectors(&self) -> (&[Block], &[f32]) {
        (self.sections.get(3), self.sections.get(4))
    }

    /// The short vector at a position.
    pub(super) fn vector(&self, position: usize) -> Coded {
        let (codes, scales) = self.vectors();
        let mut vector = Coded::new(SKETCH);
        let row = codes.get(position).zip(scales.get(position));
        let (code, scale) = row.map_or(([0; 64], 0.0), |(code, scale)| (*code, *scale));
        vector.extend(&code, [scale]);
        vector
    }

    /// What short vectors are made with, of vectors of so many dimensions.
    pub(super) fn axes(&self, dimensions: usize) -> Axes {
        Axes::new(width(dimensions), (self.sections.get(11), self.sections.get(12)))
    }

    /// How many distinct items there are.
    pub(super) fn items(&self) -> usize {
        self.sections.get::<f32>(10).len()
    }

    /// An item, as written.
    pub(super) fn item(&self, number: usize) -> &str {
        std::str::from_utf8(self.sections.part(5, 6, number)).unwrap_or_default()
    }

    /// The skills that an item names.
    pub(super) fn skills(&self, number: usize) -> impl Iterator<Item = SkillId> + '_ {
        self.sections.part::<u16>(7, 8, number).iter().map(|skill| SkillId(*skill))
    }

    /// The code and scale of an item, as [`SketchWriter::item`] takes them.
    pub(super) fn item_vector(&self, number: usize) -> (&[i8], &[f32]) {
        let (codes, scales) = self.item_vectors();
        let row = codes.len() / scales.len().max(1);
        let codes = codes.get(number * row..(number + 1) * row).unwrap_or_default();
        (codes, scales.get(number..=number).unwrap_or_default())
    }

    /// The codes and scales of all items.
    pub(super) fn item_vectors(&self) -> (&[i8], &[f32]) {
        (self.sections.get(9), self.sections.get(10))
    }
}
