//! What an index says of itself: the one file that is read first and written last.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::damaged;
use super::files::FileEntry;
use crate::atomic_file;
use crate::embed::{Embedder, Role};
use crate::error::{Error, ErrorKind, Result};

/// The version of the folder's format that this program writes, and the only one that it reads.
pub(super) const FORMAT_VERSION: u32 = 11;
pub(super) const NAME: &str = "manifest.json";
/// Larger manifests are refused before they are read.
const LARGEST: u64 = 64 << 20;
/// The text by which a model is known again.
const PROBE: &str = "A mentee writes a Kubernetes operator in Go, with tests and documentation.";

/// The manifest of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    pub format_version: u32,
    /// The model that has embedded the texts.
    pub model: ModelEntry,
    /// The digest (BLAKE3) of the lexicon that has understood them.
    pub lexicon: String,
    /// How many projects there are.
    pub projects: usize,
    /// How many texts of theirs are embedded.
    pub texts: usize,
    /// How many flaws worth a warning the catalog had.
    pub flaws: usize,
    /// The documents, in the order in which they were read.
    pub sources: Vec<SourceEntry>,
    /// The other files of the folder: one of each kind, and of texts and numbers as many as there were builds that had to
    /// add some.
    pub files: Vec<FileEntry>,
}

/// The model of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelEntry {
    /// Its name.
    pub id: String,
    /// The length of its vectors.
    pub dimensions: usize,
    /// The digest (BLAKE3) of what it makes of a fixed text: another model of the same name is not taken for it.
    pub digest: String,
}

impl ModelEntry {
    /// What a manifest says of this model.
    pub(super) fn of(embedder: &dyn Embedder) -> Result<Self> {
        let vectors = embedder.vectors(&[PROBE], Role::Passage)?;
        // To three decimals: processors may differ in the last bits of a transformer's floats.
        let rounded: Vec<i16> =
            vectors.iter().flatten().map(|x| (x * 1e3).round() as i16).collect();
        Ok(Self {
            id: embedder.id().to_owned(),
            dimensions: embedder.dimensions(),
            digest: blake3::hash(bytemuck::cast_slice(&rounded)).to_hex().to_string(),
        })
    }
}

/// A document of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// The file as it was named when the index was built.
    pub path: PathBuf,
    /// How many projects were read from it.
    pub projects: usize,
    /// The digest (BLAKE3) of its bytes; none for standard input and the built-in catalog.
    pub digest: Option<String>,
}

/// Whether the manifest in `folder` is one of an index, of whatever version and however damaged its values.
pub(super) fn is_in(folder: &Path) -> bool {
    #[derive(Deserialize)]
    struct Version {
        #[serde(rename = "format_version")]
        _format: u32,
    }
    #[derive(Deserialize)]
    struct Outer {
        #[serde(rename = "digest")]
        _digest: String,
        #[serde(rename = "manifest")]
        _manifest: Version,
    }
    fs::read(folder.join(NAME)).is_ok_and(|text| serde_json::from_slice::<Outer>(&text).is_ok())
}

/// The file behind the manifest's JSON: the digest of that text, and the text.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    digest: String,
    manifest: Manifest,
}

impl Manifest {
    /// Reads the manifest of the index in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let length = fs::metadata(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::new(ErrorKind::Index, "there is no index here")
                .at_path(folder)
                .with_help("make one with `lfx-match index build --catalog PATH --output DIR`"),
            std::io::ErrorKind::NotADirectory => {
                Error::new(ErrorKind::Index, "this is a file, not the folder of an index")
                    .at_path(folder)
                    .with_help("name the folder that `lfx-match index build` made")
            }
            _ => Error::io(&path, error),
        })?;
        if length.len() > LARGEST {
            return Err(damaged("this is no manifest of an index: it is too large").at_path(&path));
        }
        let text = fs::read(&path).map_err(|error| Error::io(&path, error))?;
        Self::parse(&text).map_err(|error| error.at_path(&path))
    }

    fn parse(text: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            format_version: u32,
        }
        #[derive(Deserialize)]
        struct Outer {
            manifest: Version,
        }
        let no_manifest = |_| damaged("this is no manifest of an index");
        let Outer { manifest: Version { format_version } } =
            serde_json::from_slice(text).map_err(no_manifest)?;
        if format_version != FORMAT_VERSION {
            let wrong = format!(
                "the index has format version {format_version}, this program reads version {FORMAT_VERSION}"
            );
            return Err(damaged(wrong));
        }
        let sealed: Sealed = serde_json::from_slice(text).map_err(no_manifest)?;
        // Written again, it must be the same to the last byte: nothing unknown, nothing changed.
        if sealed.manifest.text()? != text || sealed.digest != sealed.manifest.digest()? {
            return Err(damaged("the manifest is damaged: its digest does not match"));
        }
        Ok(sealed.manifest)
    }

    /// Writes it into `folder`, whole or not at all.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let text = self.text()?;
        let path = folder.join(NAME);
        atomic_file::write(&path, &text).map_err(|error| Error::io(&path, error))
    }

    /// The entries of all files that hold `kind`, in the order in which their records are counted.
    pub(super) fn all_files(&self, kind: &str) -> impl Iterator<Item = &FileEntry> {
        self.files.iter().filter(move |file| file.kind == kind)
    }

    /// The entry of the file that holds `kind`.
    pub(super) fn file(&self, kind: &str) -> Result<&FileEntry> {
        let file = self.files.iter().find(|file| file.kind == kind);
        file.ok_or_else(|| damaged(format!("the manifest names no file of {kind}")))
    }

    fn text(&self) -> Result<Vec<u8>> {
        let sealed = Sealed { digest: self.digest()?, manifest: self.clone() };
        let mut text = serde_json::to_vec_pretty(&sealed).map_err(not_json)?;
        text.push(b'\n');
        Ok(text)
    }

    fn digest(&self) -> Result<String> {
        let text = serde_json::to_vec(self).map_err(not_json)?;
        Ok(blake3::hash(&text).to_hex().to_string())
    }
}

fn not_json(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Input, format!("the manifest cannot be written: {error}"))
        .with_help("paths of catalogs must be Unicode")
}
