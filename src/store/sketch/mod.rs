//! What the first stage needs of every project, packed so that a million can be passed in a few milliseconds.
//!
//! Projects are grouped by how many items they ask for. Each group, a bucket, has a dictionary of its own of the distinct items
//! in it, so that two bytes name one; where there are too many for that, another bucket is begun. Beside them one short vector
//! a project ([`crate::rank::sketch`]).

mod arrays;
mod read;
mod write;

pub(super) use arrays::MOST_ITEMS;
pub(super) use read::{Bucket, Sketches};
pub(super) use write::SketchWriter;

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
