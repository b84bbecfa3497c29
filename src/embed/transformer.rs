//! Transformer models through `fastembed`: its named ones, and any ONNX model with its tokenizer in a folder.
//!
//! The only file that names `fastembed`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use fastembed::{
    EmbeddingModel, InitOptionsUserDefined, Pooling, TextEmbedding, TextInitOptions,
    TokenizerFiles, UserDefinedEmbeddingModel,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};

use super::licences::licence;
use super::prefixes::prefix;
use super::{Calibration, Embedder, ModelInfo, Role, model_error, normalise, runtime};
use crate::error::{Error, ErrorKind, Result};

/// Texts are cut to this many tokens.
const MAX_TOKENS: usize = 256;
/// Texts embedded at once.
const BATCH: usize = 32;
/// What `examples/calibrate.rs` measures with all-MiniLM-L6-v2 on a judged term (0.10 and 0.97), drawn in a
/// little as for the built-in model.
const CALIBRATION: Calibration = Calibration { unrelated: 0.1, same: 0.9 };

/// A transformer that embeds texts.
pub struct Transformer {
    id: String,
    dimensions: usize,
    // `TextEmbedding::embed` takes `&mut self`.
    model: Mutex<TextEmbedding>,
    /// A pool of one thread on which the model runs. Its tokenizer uses the rayon pool that it is called in, and a thread that
    /// waits there takes up other work of the pool. In the caller's pool that could be another call of this model, which would
    /// wait for the lock that the same thread holds: a deadlock.
    alone: ThreadPool,
}

impl std::fmt::Debug for Transformer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transformer").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Transformer {
    /// The model that fastembed knows as `name` (`all-MiniLM-L6-v2`, with or without its owner), from
    /// its cache or downloaded to it.
    ///
    /// # Errors
    ///
    /// No such model, no ONNX Runtime, or neither a cached copy nor a network.
    pub fn named(name: &str) -> Result<Self> {
        let info = find(name)?;
        runtime::load()?;
        let options = TextInitOptions::new(info.model)
            .with_max_length(MAX_TOKENS)
            .with_cache_dir(cache_folder())
            .with_show_download_progress(false);
        let model = TextEmbedding::try_new(options).map_err(|error| {
            model_error(&info.model_code, error).with_help(
                "a named model is downloaded once: connect to the network, or give a folder with \
                 model.onnx and tokenizer.json",
            )
        })?;
        Self::start(info.model_code, model)
    }

    /// The model in `folder`: `model.onnx` (there or in `onnx/`), `tokenizer.json`, and what else its
    /// publisher put beside them (`config.json`, `tokenizer_config.json`, `special_tokens_map.json`,
    /// `1_Pooling/config.json`).
    ///
    /// # Errors
    ///
    /// A file is missing or cannot be read, or there is no ONNX Runtime.
    pub fn from_folder(folder: &Path) -> Result<Self> {
        let id = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let id = id.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        let onnx =
            ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx"]
                .iter()
                .map(|name| folder.join(name))
                .find(|path| path.is_file())
                .ok_or_else(|| {
                    Error::new(ErrorKind::Input, "no model.onnx in this folder")
                        .at_path(folder)
                        .with_help("export the model to ONNX and put tokenizer.json beside it")
                })?;
        let read = |path: PathBuf| std::fs::read(&path).map_err(|error| Error::io(&path, error));
        let optional = |name: &str, default: Value| {
            std::fs::read(folder.join(name)).unwrap_or_else(|_| default.to_string().into_bytes())
        };
        let files = TokenizerFiles {
            tokenizer_file: read(folder.join("tokenizer.json"))?,
            config_file: optional("config.json", json!({})),
            special_tokens_map_file: optional("special_tokens_map.json", json!({})),
            tokenizer_config_file: optional(
                "tokenizer_config.json",
                json!({ "model_max_length": MAX_TOKENS, "pad_token": "[PAD]" }),
            ),
        };
        let onnx = read(onnx)?;
        runtime::load()?;
        let model = UserDefinedEmbeddingModel::new(onnx, files).with_pooling(pooling(folder));
        let options = InitOptionsUserDefined::new().with_max_length(MAX_TOKENS);
        let model = TextEmbedding::try_new_from_user_defined(model, options)
            .map_err(|error| model_error(&id, error).at_path(folder))?;
        Self::start(id, model)
    }

    /// Embeds one word to learn the dimensions, and whether the model runs at all.
    fn start(id: String, mut model: TextEmbedding) -> Result<Self> {
        let probe = model.embed(["test"], None).map_err(|error| model_error(&id, error))?;
        let dimensions = probe.first().map_or(0, Vec::len);
        let alone = ThreadPoolBuilder::new().num_threads(1).build();
        let alone = alone.map_err(|error| model_error(&id, error))?;
        Ok(Self { id, dimensions, model: Mutex::new(model), alone })
    }
}

impl Embedder for Transformer {
    fn id(&self) -> &str {
        &self.id
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn calibration(&self) -> Calibration {
        CALIBRATION
    }

    fn embed(&self, texts: &[&str], role: Role) -> Result<Vec<Vec<f32>>> {
        let prefix = prefix(&self.id, role);
        // Texts of like length share a batch, so that little of it is padding; order is restored below.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&at| texts[at].len());
        let sorted: Vec<String> =
            order.iter().map(|&at| format!("{prefix}{}", texts[at])).collect();
        // What shares a batch shares padding and the scale of quantised models, which moves its vectors a
        // little. What a mentee says is remembered for others, so it must be embedded by itself.
        let batch = match role {
            Role::Query => 1,
            Role::Passage => BATCH,
        };
        let embed = || -> Result<Vec<Vec<f32>>> {
            let mut model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
            let mut vectors = Vec::with_capacity(texts.len());
            for texts in sorted.chunks(batch) {
                let embedded = model.embed(texts, None);
                vectors.extend(embedded.map_err(|error| model_error(&self.id, error))?);
            }
            Ok(vectors)
        };
        let vectors = self.alone.install(embed)?;
        let mut result = vec![Vec::new(); texts.len()];
        for (at, mut vector) in order.into_iter().zip(vectors) {
            normalise(&mut vector);
            result[at] = vector;
        }
        Ok(result)
    }
}

/// The models that fastembed can be asked for.
pub(super) fn named() -> Vec<ModelInfo> {
    let cache = cache_folder();
    let info = |info: fastembed::ModelInfo<EmbeddingModel>| {
        let folder = cache.join(format!("models--{}", info.model_code.replace('/', "--")));
        let at_hand = folder.is_dir();
        // How large a model is, its publisher's pages say; here it can only be measured.
        let size =
            at_hand.then(|| format!("{:.1} MiB", bytes(&folder) as f64 / f64::from(1 << 20)));
        let licence = licence(&info.model_code).map(str::to_owned);
        let about: Vec<String> =
            [Some(info.description), size, licence].into_iter().flatten().collect();
        ModelInfo { id: info.model_code, dimensions: info.dim, about: about.join(", "), at_hand }
    };
    let models = TextEmbedding::list_supported_models().into_iter();
    let mut models: Vec<ModelInfo> = models.map(info).collect();
    // fastembed keeps them in a hash map, quantised ones under the same name.
    models.sort_by(|a, b| (&a.id, &a.about).cmp(&(&b.id, &b.about)));
    models.dedup_by(|a, b| a.id == b.id);
    models
}

/// How many bytes the files below a folder have together. Links, by which a cache names its files again, count nothing.
fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => bytes(&entry.path()),
        Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |metadata| metadata.len()),
        _ => 0,
    };
    entries.map(size).sum()
}

fn find(name: &str) -> Result<fastembed::ModelInfo<EmbeddingModel>> {
    let mut models = TextEmbedding::list_supported_models();
    models.sort_by(|a, b| (&a.model_code, &a.model_file).cmp(&(&b.model_code, &b.model_file)));
    let tail = |code: &str| code.rsplit('/').next().unwrap_or(code).to_lowercase();
    let wanted = name.to_lowercase();
    models
        .iter()
        .find(|info| info.model_code.to_lowercase() == wanted)
        .or_else(|| models.iter().find(|info| tail(&info.model_code) == wanted))
        .cloned()
        .ok_or_else(|| {
            Error::new(ErrorKind::Unknown, format!("no model or folder is called {name:?}"))
                .with_help("`lfx-match models list` shows the names")
        })
}

/// Mean of the tokens, unless the model's own configuration says that its first token stands for all.
fn pooling(folder: &Path) -> Pooling {
    let config = std::fs::read(folder.join("1_Pooling/config.json")).unwrap_or_default();
    let config: Value = serde_json::from_slice(&config).unwrap_or_default();
    match config["pooling_mode_cls_token"].as_bool() {
        Some(true) => Pooling::Cls,
        _ => Pooling::Mean,
    }
}

/// Where named models are kept: `FASTEMBED_CACHE_DIR`, or a folder of the user's cache.
fn cache_folder() -> PathBuf {
    let set =
        |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("FASTEMBED_CACHE_DIR")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("lfx-match")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/lfx-match")))
        .unwrap_or_else(|| PathBuf::from(".fastembed_cache"))
}
