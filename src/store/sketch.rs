//! What a glance at every project needs, packed so that a million can be passed in a few milliseconds.
//!
//! Projects that ask for as many items lie on one shelf, in each row of it the numbers of their items. Each distinct item is
//! there once for all who ask for it; a shelf has a list of those on it, so that two bytes name one, and where there are too
//! many for that, another shelf is begun. Beside them one short vector a project ([`crate::rank::sketch`]).

use std::collections::HashMap;
use std::ops::Range;

use super::sections::{Sections, compose, from_zero};
use crate::index::{Axes, Block, Coded, Group, heads};
use crate::rank::sketch::{SKETCH, ShortAxes, width};
use crate::skills::{Lexicon, SkillId};

/// So many items of a project are sketched.
pub(super) const MOST_ITEMS: usize = 32;
/// Projects that come one after the other in a catalog are alike: by their numbers times this, cut to 32 bits, the first
/// ones on a shelf are a fair sample of it.
const MIXER: u32 = 0x9e37_79b1;
/// So many distinct items have room on a shelf.
const ON_SHELF: usize = 1 << u16::BITS;

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

    pub(super) fn finish(self, axes: &ShortAxes) -> Vec<u8> {
        let starts = from_zero(&self.item_ends);
        let items = |project: u32| {
            let at = project as usize;
            &self.items[starts[at] as usize..starts[at + 1] as usize]
        };
        let mut order: Vec<u32> = (0..self.item_ends.len() as u32).collect();
        order.sort_by_key(|project| (items(*project).len(), project.wrapping_mul(MIXER)));
        let mut shelves = ShelfWriter::default();
        let (mut codes, mut scales) = (Vec::new(), Vec::new());
        for project in &order {
            shelves.push(items(*project));
            let at = *project as usize;
            let (of_project, scale) = self.sketches.raw(at..at + 1);
            codes.extend_from_slice(of_project);
            scales.extend_from_slice(scale);
        }
        let (heads, head_scale) = heads(codes.as_chunks().0, &scales);
        let (item_codes, item_scales) = self.vectors.raw(0..self.vectors.len());
        compose(&[
            bytemuck::cast_slice(&order),
            bytemuck::cast_slice(&shelves.items),
            bytemuck::cast_slice(&shelves.ends),
            bytemuck::cast_slice(&shelves.numbers),
            bytemuck::cast_slice(&from_zero(&shelves.list_ends)),
            bytemuck::cast_slice(&shelves.lists),
            bytemuck::cast_slice(&codes),
            bytemuck::cast_slice(&scales),
            bytemuck::cast_slice(&from_zero(&self.text_ends)),
            &self.texts,
            bytemuck::cast_slice(&from_zero(&self.skill_ends)),
            bytemuck::cast_slice(&self.skills),
            bytemuck::cast_slice(item_codes),
            bytemuck::cast_slice(item_scales),
            bytemuck::cast_slice(axes.wholes.rows().0),
            bytemuck::cast_slice(axes.wholes.rows().1),
            bytemuck::cast_slice(axes.texts.rows().0),
            bytemuck::cast_slice(axes.texts.rows().1),
            bytemuck::cast_slice(&heads),
            bytemuck::cast_slice(&[head_scale]),
        ])
    }
}

/// Shelves in the making.
#[derive(Debug, Default)]
struct ShelfWriter {
    /// Of each shelf: how many items its projects ask for, and where its projects, and its list, end.
    items: Vec<u64>,
    ends: Vec<u64>,
    list_ends: Vec<u64>,
    lists: Vec<u32>,
    numbers: Vec<u16>,
    /// The place of each item in the list of the last shelf.
    places: HashMap<u32, u16>,
}

impl ShelfWriter {
    /// Adds the next project; they come by the number of their items.
    fn push(&mut self, items: &[u32]) {
        let is_full = self.places.len() + items.len() > ON_SHELF;
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

/// The sketches of an index. A project has a *position* here, shelf after shelf.
#[derive(Debug)]
pub(super) struct Sketches {
    sections: Sections,
    shelves: Vec<ShelfPlace>,
}

/// Where a shelf lies.
#[derive(Debug)]
struct ShelfPlace {
    /// How many items each of its projects asks for.
    items: usize,
    positions: Range<usize>,
    /// Where its numbers begin.
    first: usize,
}

/// Projects that ask for the same number of items.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf<'a> {
    /// How many items each asks for.
    pub(super) items: usize,
    pub(super) positions: Range<usize>,
    /// The distinct items on it, and for each position the places of its `items` in this list.
    pub(super) list: &'a [u32],
    pub(super) numbers: &'a [u16],
}

impl<'a> Shelf<'a> {
    /// The numbers of the items of the project at a position; none where it is not on this shelf.
    pub(super) fn items_of(
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
    pub(super) const ARRAYS: usize = 20;

    pub(super) fn new(sections: Sections) -> Self {
        let (items, ends): (&[u64], &[u64]) = (sections.get(1), sections.get(2));
        let order: &[u32] = sections.get(0);
        let (mut start, mut first) = (0usize, 0usize);
        let shelves = items.iter().zip(ends).map(|(items, end)| {
            let items = (*items as usize).min(MOST_ITEMS);
            let end = (*end as usize).clamp(start, order.len().max(start));
            let shelf = ShelfPlace { items, positions: start..end, first };
            (start, first) = (end, first + items * (end - start));
            shelf
        });
        Self { shelves: shelves.collect(), sections }
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
        (0..self.shelves.len()).filter_map(|shelf| self.shelf(shelf))
    }

    fn shelf(&self, number: usize) -> Option<Shelf<'_>> {
        let place = self.shelves.get(number)?;
        let numbers = place.first..place.first + place.items * place.positions.len();
        Some(Shelf {
            items: place.items,
            positions: place.positions.clone(),
            list: self.sections.part(4, 5, number),
            numbers: self.sections.get(3).get(numbers).unwrap_or_default(),
        })
    }

    /// The numbers of the items of the project at a position.
    pub(super) fn items_of(&self, position: usize) -> impl ExactSizeIterator<Item = u32> + '_ {
        let shelf = self.shelves.partition_point(|place| place.positions.end <= position);
        self.shelf(shelf).unwrap_or_default().items_of(position)
    }

    /// The codes and scales of the projects' short vectors, by position.
    pub(super) fn vectors(&self) -> (&[Block], &[f32]) {
        (self.sections.get(6), self.sections.get(7))
    }

    /// The first components of all short vectors, and their scale.
    pub(super) fn heads(&self) -> (&[Group], f32) {
        (self.sections.get(18), self.sections.get(19).first().copied().unwrap_or(0.0))
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
    pub(super) fn axes(&self, dimensions: usize) -> ShortAxes {
        let axes = |dimensions: usize, at: usize| {
            Axes::new(dimensions, (self.sections.get(at), self.sections.get(at + 1)))
        };
        ShortAxes { wholes: axes(width(dimensions), 14), texts: axes(dimensions, 16) }
    }

    /// How many distinct items there are.
    pub(super) fn items(&self) -> usize {
        self.sections.get::<f32>(13).len()
    }

    /// An item, as written.
    pub(super) fn item(&self, number: usize) -> &str {
        std::str::from_utf8(self.sections.part(8, 9, number)).unwrap_or_default()
    }

    /// Whether every skill that an item names is one of the lexicon.
    pub(super) fn knows_skills(&self, lexicon: &Lexicon) -> bool {
        let mut skills = (0..self.items()).flat_map(|item| self.skills(item));
        skills.all(|skill| usize::from(skill.0) < lexicon.len())
    }

    /// The skills that an item names.
    pub(super) fn skills(&self, number: usize) -> impl Iterator<Item = SkillId> + '_ {
        self.sections.part::<u16>(10, 11, number).iter().map(|skill| SkillId(*skill))
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
        (self.sections.get(12), self.sections.get(13))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Bytes;

    #[test]
    fn items_are_given_back_however_many_there_are_on_a_shelf() {
        let none = || Axes::new(0, (&[], &[]));
        let mut writer = SketchWriter::new(1);
        let mut sketch = Coded::new(SKETCH);
        sketch.push(&[1.0; SKETCH]);
        // Four of five ask for two items that nobody else asks for: more than have room on one shelf.
        let items = |project: u32| -> Vec<u32> {
            match project % 5 {
                0 => vec![],
                _ => vec![2 * project, 2 * project + 1],
            }
        };
        let projects = 50_000;
        (0..projects).for_each(|project| writer.push(&items(project), &sketch));
        let bytes = writer.finish(&ShortAxes { wholes: none(), texts: none() });
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mapped = Bytes::mapped(file.path()).unwrap();
        let sections = Sections::open(mapped, file.path(), Sketches::ARRAYS).unwrap();
        let sketches = Sketches::new(sections);
        let rows: Vec<usize> = sketches.shelves().map(|shelf| shelf.items).collect();
        assert_eq!(rows, [0, 2, 2]);
        for shelf in sketches.shelves() {
            assert_eq!(shelf.numbers.len(), shelf.items * shelf.positions.len());
        }
        for (position, project) in sketches.order().iter().enumerate() {
            assert_eq!(sketches.items_of(position).collect::<Vec<_>>(), items(*project));
        }
        assert_eq!(sketches.items_of(projects as usize).len(), 0);
    }
}
