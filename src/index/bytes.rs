//! Memory that an index lies in: made here, or a file that is mapped. The only place with `unsafe` in it.

use std::fs::File;
use std::ops::Deref;
use std::path::Path;

use memmap2::{Advice, Mmap, MmapMut};

use crate::error::{Error, Result};

/// Bytes that nobody changes any more, at the start of a page.
#[derive(Debug)]
pub(crate) struct Bytes(Mmap);

impl Bytes {
    /// `len` bytes, zero until `fill` has written them.
    pub(crate) fn filled(len: usize, fill: impl FnOnce(&mut [u8])) -> std::io::Result<Self> {
        let mut map = MmapMut::map_anon(len)?;
        // Large pages make a search faster where the system has them; where not, nothing is lost.
        #[cfg(target_os = "linux")]
        let _ = map.advise(Advice::HugePage);
        fill(&mut map);
        Ok(Self(map.make_read_only()?))
    }

    /// The bytes of a file, read from the disk soon, for all of them will be needed.
    pub(crate) fn mapped(path: &Path) -> Result<Self> {
        let bytes = Self::map(path)?;
        #[cfg(unix)]
        let _ = bytes.0.advise(Advice::WillNeed);
        Ok(bytes)
    }

    /// The bytes of a file, each read from the disk when it is needed, for few of them will be.
    pub(crate) fn mapped_in_part(path: &Path) -> Result<Self> {
        let bytes = Self::map(path)?;
        #[cfg(unix)]
        let _ = bytes.0.advise(Advice::Random);
        Ok(bytes)
    }

    fn map(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        // SAFETY: a mapped file must not change while it is used. This program never writes into an index that exists:
        // it makes a new file and renames it, so that the old one stays whole for who has it open. Against another
        // program that does, nothing helps but this: no number from the file is used as an address or a length without
        // being compared with the length of what it leads into, on every use.
        #[allow(unsafe_code, reason = "there is no safe way to map a file; see above")]
        let map = unsafe { Mmap::map(&file) }.map_err(|error| Error::io(path, error))?;
        Ok(Self(map))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
