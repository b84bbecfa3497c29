//! What the first stage needs of every project, packed so that a million can be passed in a few milliseconds.
//!
//! Projects are grouped by how many items they ask for. Each group, a bucket, has a dictionary of its own of the distinct items
//! in it, so that two bytes name one; where there are too many for that, another bucket is begun. Beside them one short vector
//! a project ([`crate::rank::sketch`]).

mod read;
mod write;

pub(super) use read::{Bucket, Sketches};
pub(super) use write::SketchWriter;

use super::sections::arrays;

/// So many items of a project are sketched.
pub(super) const MOST_ITEMS: usize = 32;

arrays! {
    /// The arrays of the file.
    pub(super) enum Array {
        /// The number of the project at each position.
        Order,
        /// Of each bucket: how many items its projects ask for, and where it ends.
        BucketItems,
        BucketEnds,
        /// Of each position, the places of its items in the list of its bucket.
        BucketNumbers,
        /// Where the list of each bucket begins, and the numbers of the items in it.
        ListStarts,
        Lists,
        /// The projects' short vectors, by position.
        Codes,
        Scales,
        /// Where the text of each distinct item begins, and the texts.
        TextStarts,
        Texts,
        /// Where the skills of each distinct item begin, and the skills.
        SkillStarts,
        Skills,
        /// The vectors of the distinct items.
        ItemCodes,
        ItemScales,
        /// What short vectors of wholes are made with.
        WholeAxes,
        WholeAxesScales,
        /// What short vectors of texts are made with.
        TextAxes,
        TextAxesScales,
        /// The first components of the short vectors, and their scale.
        Heads,
        HeadScale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Axes, Bytes, Coded};
    use crate::rank::sketch::{SKETCH, ShortAxes};
    use crate::store::sections::Sections;

    #[test]
    fn items_are_given_back_however_many_there_are_in_a_bucket() {
        let none = || Axes::new(0, (&[], &[]));
        let mut writer = SketchWriter::new(1);
        let mut sketch = Coded::new(SKETCH);
        sketch.push(&[1.0; SKETCH]);
        // Four of five ask for two items that nobody else asks for: more than have room in one bucket.
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
        let sections = Sections::open(mapped, file.path()).unwrap();
        let sketches = Sketches::new(sections);
        let rows: Vec<usize> = sketches.buckets().map(|bucket| bucket.items).collect();
        assert_eq!(rows, [0, 2, 2]);
        for bucket in sketches.buckets() {
            assert_eq!(bucket.numbers.len(), bucket.items * bucket.positions.len());
        }
        for (position, project) in sketches.order().iter().enumerate() {
            assert_eq!(sketches.items_of(position).collect::<Vec<_>>(), items(*project));
        }
        assert_eq!(sketches.items_of(projects as usize).len(), 0);
    }
}
