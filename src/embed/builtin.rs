//! The built-in model: static token vectors, carried in the binary, read by `model2vec-rs`.
//!
//! How it was made stands in `models/`. It needs no network and no runtime.

use model2vec_rs::model::StaticModel;

use super::plain_words::plain_words;
use super::{Calibration, Embedder, ModelInfo, Role, model_error};
use crate::error::Result;

/// Its name.
pub(super) const ID: &str = "builtin";

const TOKENIZER: &[u8] = include_bytes!("../../models/builtin/tokenizer.json");
const VECTORS: &[u8] = include_bytes!("../../models/builtin/model.safetensors");
const CONFIG: &[u8] = include_bytes!("../../models/builtin/config.json");

/// The length of its vectors.
const DIMENSIONS: usize = 256;

/// What `examples/calibrate.rs` measures on a judged term (-0.03 and 1.00), drawn in a little: blends
/// fitted with these ends did as well as with any.
const CALIBRATION: Calibration = Calibration { unrelated: 0.0, same: 0.9 };

/// The model that is part of the program.
#[derive(Debug)]
pub struct Builtin {
    model: StaticModel,
}

impl Builtin {
    /// Reads the model out of the binary, in about 20 ms.
    ///
    /// # Errors
    ///
    /// The program was built with model files that cannot be read.
    pub fn load() -> Result<Self> {
        let model = StaticModel::from_bytes(TOKENIZER, VECTORS, CONFIG, Some(true))
            .map_err(|error| model_error(ID, error))?;
        Ok(Self { model })
    }
}

impl Embedder for Builtin {
    fn id(&self) -> &str {
        ID
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn calibration(&self) -> Calibration {
        CALIBRATION
    }

    fn embed(&self, texts: &[&str], _role: Role) -> Result<Vec<Vec<f32>>> {
        Ok(texts.iter().map(|text| self.model.encode_single(&plain_words(text))).collect())
    }
}

/// What is known of it without loading it.
pub(super) fn info() -> ModelInfo {
    let size = (TOKENIZER.len() + VECTORS.len() + CONFIG.len()) as f64 / (1 << 20) as f64;
    ModelInfo {
        id: ID.to_owned(),
        dimensions: DIMENSIONS,
        about: format!("static vectors of this project, {size:.1} MiB, Apache-2.0"),
        at_hand: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    fn vectors(texts: &[&str]) -> Vec<Vec<f32>> {
        Builtin::load().unwrap().embed(texts, Role::Query).unwrap()
    }

    #[test]
    fn vectors_have_unit_length_and_the_stated_dimensions() {
        for vector in vectors(&["Rust", "a service mesh with mutual TLS"]) {
            assert_eq!(vector.len(), DIMENSIONS);
            assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn a_text_without_known_words_is_like_nothing() {
        let [nothing, rust] = &vectors(&["", "Rust"])[..] else { panic!("two texts") };
        assert_eq!(cosine(nothing, rust), 0.0);
    }

    #[test]
    fn related_things_are_closer_than_unrelated_ones() {
        let v = vectors(&["WebAssembly runtime", "wasm", "technical writing"]);
        assert!(cosine(&v[0], &v[1]) > cosine(&v[0], &v[2]) + 0.1);
    }
}
