//! Texts to vectors: what an embedding model is to the rest of the library, and how one is named.
//!
//! The rest of the library sees only [`Embedder`]; each model family has its own file.

mod builtin;
#[cfg(feature = "onnx")]
mod licences;
mod plain_words;
#[cfg(feature = "onnx")]
mod prefixes;
#[cfg(feature = "onnx")]
mod runtime;
#[cfg(feature = "onnx")]
mod transformer;

#[cfg(all(feature = "transformer", feature = "bundled-onnxruntime"))]
compile_error!("`bundled-onnxruntime` takes the place of `transformer`: add --no-default-features");

use std::path::Path;
use std::sync::Arc;

pub use builtin::Builtin;
#[cfg(feature = "onnx")]
pub use transformer::Transformer;

use crate::error::{Error, ErrorKind, Result};

/// What a text is to the model: some models embed questions and answers differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Something looked for: what a mentee knows or wants.
    Query,
    /// Something found: a part of a project.
    Passage,
}

/// The cosine similarities that mean "nothing in common" and "the same thing" to a model.
///
/// Models differ in the range of cosines they use; a similarity is made comparable by
/// `(cosine - unrelated) / (same - unrelated)`, cut to `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// The cosine of texts with nothing in common.
    pub unrelated: f32,
    /// The cosine of texts that say the same.
    pub same: f32,
}

impl Calibration {
    /// The similarity of a cosine: `0..=1`.
    pub fn similarity(&self, cosine: f32) -> f32 {
        ((cosine - self.unrelated) / (self.same - self.unrelated)).clamp(0.0, 1.0)
    }
}

/// An embedding model.
pub trait Embedder: Send + Sync {
    /// The name under which it is chosen and reported.
    fn id(&self) -> &str;

    /// The length of its vectors.
    fn dimensions(&self) -> usize;

    /// How its cosines are to be read.
    fn calibration(&self) -> Calibration;

    /// The vectors of `texts`, in order: unit length, [`Self::dimensions`] floats each; all zero for a
    /// text in which the model knows no word.
    ///
    /// # Errors
    ///
    /// The model cannot be run on them ([`ErrorKind::Model`]).
    fn embed(&self, texts: &[&str], role: Role) -> Result<Vec<Vec<f32>>>;
}

impl dyn Embedder + '_ {
    /// What [`Embedder::embed`] returns, for all of this library: whoever writes a model of their own may err.
    ///
    /// # Errors
    ///
    /// The model cannot be run, or has not returned one vector of [`Embedder::dimensions`] floats for each text
    /// ([`ErrorKind::Model`]).
    pub(crate) fn vectors(&self, texts: &[&str], role: Role) -> Result<Vec<Vec<f32>>> {
        let vectors = self.embed(texts, role)?;
        if vectors.len() != texts.len() {
            let wrong = format!("it made {} vectors of {} texts", vectors.len(), texts.len());
            return Err(model_error(self.id(), wrong));
        }
        let dimensions = self.dimensions();
        if let Some(vector) = vectors.iter().find(|vector| vector.len() != dimensions) {
            let wrong = format!("a vector has {} dimensions instead of {dimensions}", vector.len());
            return Err(model_error(self.id(), wrong));
        }
        Ok(vectors)
    }
}

/// A model that can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// What it is called.
    pub id: String,
    /// The length of its vectors.
    pub dimensions: usize,
    /// Size, licence and origin in a few words.
    pub about: String,
    /// Whether it can be used without a download.
    pub at_hand: bool,
}

/// The models that can be named, the built-in one first.
pub fn models() -> Vec<ModelInfo> {
    let models = vec![builtin::info()];
    #[cfg(feature = "onnx")]
    let models = models.into_iter().chain(transformer::named()).collect();
    models
}

/// The model called `name`: `builtin`, a name of [`models`], or a folder with an ONNX model and its tokenizer.
///
/// # Errors
///
/// No such model, or it cannot be loaded; the error says what is missing and how to get it.
pub fn load(name: &str) -> Result<Arc<dyn Embedder>> {
    if name == builtin::ID {
        return Ok(Arc::new(Builtin::load()?));
    }
    load_transformer(name, Path::new(name))
}

#[cfg(feature = "onnx")]
fn load_transformer(name: &str, folder: &Path) -> Result<Arc<dyn Embedder>> {
    if folder.is_dir() {
        return Ok(Arc::new(Transformer::from_folder(folder)?));
    }
    Ok(Arc::new(Transformer::named(name)?))
}

#[cfg(not(feature = "onnx"))]
fn load_transformer(name: &str, _folder: &Path) -> Result<Arc<dyn Embedder>> {
    Err(Error::new(ErrorKind::Unknown, format!("no model {name:?} in this build"))
        .with_help("use `builtin`, or build with `--features transformer`"))
}

/// An error of a model, named.
fn model_error(id: &str, message: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Model, format!("model {id}: {message}"))
}

/// Scales a vector to unit length; one of zeros stays so.
#[cfg(feature = "onnx")]
fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model that makes `count` vectors of `length` floats, whatever it is given.
    struct Broken {
        count: usize,
        length: usize,
    }

    impl Embedder for Broken {
        fn id(&self) -> &str {
            "broken"
        }

        fn dimensions(&self) -> usize {
            3
        }

        fn calibration(&self) -> Calibration {
            Calibration { unrelated: 0.0, same: 1.0 }
        }

        fn embed(&self, _: &[&str], _: Role) -> Result<Vec<Vec<f32>>> {
            Ok(vec![vec![0.0; self.length]; self.count])
        }
    }

    #[test]
    fn other_vectors_than_one_of_the_right_length_for_each_text_are_an_error() {
        for (count, length) in [(0, 3), (1, 3), (3, 3), (2, 2), (2, 4), (2, 0)] {
            let broken: Arc<dyn Embedder> = Arc::new(Broken { count, length });
            let error = broken.vectors(&["one", "two"], Role::Query).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Model), "{error}");
        }
        let sound: Arc<dyn Embedder> = Arc::new(Broken { count: 2, length: 3 });
        assert_eq!(sound.vectors(&["one", "two"], Role::Query).unwrap().len(), 2);
    }

    #[test]
    fn similarity_stays_within_its_range() {
        let calibration = Calibration { unrelated: 0.2, same: 0.7 };
        assert_eq!(calibration.similarity(-1.0), 0.0);
        assert_eq!(calibration.similarity(1.0), 1.0);
        assert!((calibration.similarity(0.45) - 0.5).abs() < 1e-6);
    }
}
