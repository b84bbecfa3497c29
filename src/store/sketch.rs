//! What a glance at every project needs, packed so that a million can be passed in a few milliseconds.
//!
//! Projects that ask for as many items lie on one shelf: in each row of it the numbers of their items, each distinct
//! item once for all who ask for it. Beside them one vector a project ([`crate::rank::sketch`]) and the skills that its
//! text speaks of.

use std::collections::HashMap;
use std::ops::Range;

use super::sections::{Sections, compose, from_zero};
use crate::index::{Block, Coded};
use crate::skills::SkillId;

/// Shelves: for no items, one, two; the last is for as many as it can hold, and more.
pub(super) const SHELVES: usize = 17;

/// A project, sketched.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// The items, as written.
    pub(super) items: Vec<String>,
    /// Skills that the text speaks of, or the organisation stands for, and that are not asked for.
    pub(super) told: Vec<SkillId>,
}

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
    told: Vec<u16>,
    told_ends: Vec<u64>,
    summaries: Coded,
}

impl SketchWriter {
    /// For items embedded in so many dimensions, and summaries of such a length.
    pub(super) fn new(dimensions: usize, summary: usize) -> Self {
        Self {
            numbers: HashMap::new(),
            texts: Vec::new(),
            text_ends: Vec::new(),
            skills: Vec::new(),
            skill_ends: Vec::new(),
            vectors: Coded::new(dimensions),
            items: Vec::new(),
            item_ends: Vec::new(),
            told: Vec::new(),
            told_ends: Vec::new(),
            summaries: Coded::new(summary),
        }
    }

    /// Adds the next project: its items with their skills, the rows of `vectors` from the second on are theirs.
    pub(super) fn push(
        &mut self,
        drawing: &Drawing,
        skills: &[Vec<SkillId>],
        vectors: &Coded,
        (codes, scale): (&[i8], f32),
    ) {
        let most = SHELVES - 1;
        for (at, (text, skills)) in drawing.items.iter().zip(skills).enumerate().take(most) {
            let number = match self.numbers.get(text) {
                Some(number) => *number,
                None => {
                    let next = self.numbers.len() as u32;
                    self.numbers.insert(text.clone(), next);
                    self.texts.extend(text.as_bytes());
                    self.text_ends.push(self.texts.len() as u64);
                    self.skills.extend(skills.iter().map(|skill| skill.0));
                    self.skill_ends.push(self.skills.len() as u64);
                    let (codes, scales) = vectors.raw(1 + at..2 + at);
                    self.vectors.extend(codes, scales.iter().copied());
                    next
                }
            };
            self.items.push(number);
        }
        self.item_ends.push(self.items.len() as u64);
        self.told.extend(drawing.told.iter().map(|skill| skill.0));
        self.told_ends.push(self.told.len() as u64);
        self.summaries.extend(codes, [scale]);
    }

    pub(super) fn finish(self) -> Vec<u8> {
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
        let told_starts = from_zero(&self.told_ends);
        let (mut shelved, mut told, mut told_ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut codes, mut scales) = (Vec::new(), Vec::new());
        for project in &order {
            shelved.extend_from_slice(items(*project));
            let at = *project as usize;
            told.extend_from_slice(
                &self.told[told_starts[at] as usize..told_starts[at + 1] as usize],
            );
            told_ends.push(told.len() as u64);
            let (of_project, scale) = self.summaries.raw(at..at + 1);
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
            bytemuck::cast_slice(&from_zero(&told_ends)),
            bytemuck::cast_slice(&told),
            bytemuck::cast_slice(&from_zero(&self.text_ends)),
            &self.texts,
            bytemuck::cast_slice(&from_zero(&self.skill_ends)),
            bytemuck::cast_slice(&self.skills),
            bytemuck::cast_slice(item_codes),
            bytemuck::cast_slice(item_scales),
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

    /// The codes and scales of the summaries, by position.
    pub(super) fn summaries(&self) -> (&[Block], &[f32]) {
        (self.sections.get(3), self.sections.get(4))
    }

    /// The codes and the scale of the summary at a position; nothing where there is none.
    pub(super) fn summary(&self, position: usize) -> (&[i8], f32) {
        let (codes, scales) = self.summaries();
        let width = codes.len() / scales.len().max(1);
        let codes = codes.get(position * width..(position + 1) * width).unwrap_or_default();
        (codes.as_flattened(), scales.get(position).copied().unwrap_or(0.0))
    }

    /// The skills that are told, by their numbers, of the project at a position.
    pub(super) fn told(&self, position: usize) -> &[u16] {
        self.sections.part(5, 6, position)
    }

    /// How many distinct items there are.
    pub(super) fn items(&self) -> usize {
        self.sections.get::<f32>(12).len()
    }

    /// An item, as written.
    pub(super) fn item(&self, number: usize) -> &str {
        std::str::from_utf8(self.sections.part(7, 8, number)).unwrap_or_default()
    }

    /// The skills that an item names.
    pub(super) fn skills(&self, number: usize) -> impl Iterator<Item = SkillId> + '_ {
        self.sections.part::<u16>(9, 10, number).iter().map(|skill| SkillId(*skill))
    }

    /// The codes and scales of all items.
    pub(super) fn item_vectors(&self) -> (&[i8], &[f32]) {
        (self.sections.get(11), self.sections.get(12))
    }
}
