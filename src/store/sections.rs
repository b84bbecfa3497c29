//! A file of arrays, one after the other, each at a multiple of 64 bytes: written whole, mapped, read in place.
//!
//! The header has the length of each array, and the manifest the digest of the file.

use std::marker::PhantomData;
use std::ops::Range;
use std::path::Path;

use super::error::damaged;
use crate::error::Result;
use crate::index::Bytes;

const MAGIC: &[u8; 8] = b"LFXMIDX\n";
const ALIGNMENT: usize = 64;
/// Magic, the number of arrays, and the lengths of at most this many.
const MOST: usize = 22;
const HEADER: usize = 192;

/// What names the arrays of a file.
pub(super) trait Array: Copy {
    /// How many there are.
    const COUNT: usize;

    /// The place of this one among them.
    fn place(self) -> usize;
}

/// An enumeration that names the arrays of a file, in their order.
macro_rules! arrays {
    ($(#[$about:meta])* $visible:vis enum $name:ident { $($(#[$array_about:meta])* $array:ident,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        $visible enum $name { $($(#[$array_about])* $array,)+ }

        impl $crate::store::sections::Array for $name {
            const COUNT: usize = [$(Self::$array),+].len();

            fn place(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use arrays;

/// The bytes of a file of these arrays, each of which is there once.
pub(super) fn compose<A: Array, const COUNT: usize>(mut arrays: [(A, &[u8]); COUNT]) -> Vec<u8> {
    const { assert!(COUNT == A::COUNT && COUNT <= MOST) };
    arrays.sort_by_key(|(array, _)| array.place());
    debug_assert!(arrays.iter().map(|(array, _)| array.place()).eq(0..COUNT));
    let mut bytes = MAGIC.to_vec();
    bytes.extend((COUNT as u64).to_le_bytes());
    for (_, array) in arrays {
        bytes.extend((array.len() as u64).to_le_bytes());
    }
    bytes.resize(HEADER, 0);
    for (_, array) in arrays {
        bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
        bytes.extend_from_slice(array);
    }
    bytes
}

/// A mapped file of arrays.
#[derive(Debug)]
pub(super) struct Sections<A> {
    bytes: Bytes,
    places: Vec<Range<usize>>,
    arrays: PhantomData<A>,
}

impl<A: Array> Sections<A> {
    /// The arrays of a mapped file.
    pub(super) fn open(bytes: Bytes, path: &Path) -> Result<Self> {
        let wrong = || damaged("the file is damaged: its header contradicts itself").at_path(path);
        let long = |at: usize| -> Option<usize> {
            let bytes = bytes.get(at..at + 8)?;
            usize::try_from(u64::from_le_bytes(std::array::from_fn(|i| bytes[i]))).ok()
        };
        if bytes.get(..8) != Some(MAGIC) || long(8) != Some(A::COUNT) {
            return Err(wrong());
        }
        let mut end = HEADER;
        let mut places = Vec::with_capacity(A::COUNT);
        for array in 0..A::COUNT {
            let start = end.checked_next_multiple_of(ALIGNMENT).ok_or_else(wrong)?;
            let length = long(16 + 8 * array).ok_or_else(wrong)?;
            end = start.checked_add(length).ok_or_else(wrong)?;
            places.push(start..end);
        }
        if end != bytes.len() {
            return Err(wrong());
        }
        Ok(Self { bytes, places, arrays: PhantomData })
    }

    /// An array, as numbers; empty where it cannot be that.
    pub(super) fn get<T: bytemuck::AnyBitPattern>(&self, array: A) -> &[T] {
        let place = self.places.get(array.place()).cloned().unwrap_or_default();
        let bytes = self.bytes.get(place).unwrap_or_default();
        bytemuck::try_cast_slice(bytes).unwrap_or_default()
    }

    /// The part of an array of bytes or numbers that belongs to `at`, by an array of where each begins.
    pub(super) fn part<T: bytemuck::AnyBitPattern>(&self, offsets: A, array: A, at: usize) -> &[T] {
        match self.get::<u64>(offsets).get(at..at + 2) {
            Some(&[start, end]) => {
                self.get(array).get(start as usize..end as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// Where each of several things begins that end there, and where the last one ends.
pub(super) fn from_zero(ends: &[u64]) -> Vec<u64> {
    std::iter::once(0).chain(ends.iter().copied()).collect()
}
