//! Transformer models: errors that help where something is missing, and the whole way with a real model.
//!
//! The tests that need ONNX Runtime run with `ORT_DYLIB_PATH=…/libonnxruntime.so LFX_MATCH_SHARED=… cargo test
//! --release --test transformer -- --ignored`; the folder holds `models/all-minilm-l6-v2`.
#![cfg(feature = "transformer")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use lfx_match::embed::{Embedder, Role, Transformer};
use lfx_match::report::MatchReport;

struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

fn lfx(model: &Path, runtime: Option<&Path>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lfx-match"));
    command.args(["--skills", "Rust,WebAssembly", "--format", "json", "--top", "18", "--model"]);
    command.arg(model);
    if let Some(runtime) = runtime {
        command.env("ORT_DYLIB_PATH", runtime);
    }
    let output = command.output().unwrap();
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
fn fails(run: &Run, saying: &[&str]) {
    assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    for words in saying {
        assert!(run.err.contains(words), "{words:?} is not in:\n{}", run.err);
    }
}

/// A folder that looks like a model until it is run.
fn hollow_model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("model.onnx"), "").unwrap();
    std::fs::write(folder.path().join("tokenizer.json"), "{}").unwrap();
    folder
}

#[cfg(not(feature = "bundled-onnxruntime"))]
#[test]
fn without_onnx_runtime_the_error_says_how_to_get_it() {
    let folder = hollow_model();
    let no_library = folder.path().join("libonnxruntime.so");
    std::fs::write(&no_library, "no library at all").unwrap();
    for runtime in [no_library.clone(), folder.path().join("nowhere.so")] {
        let run = lfx(folder.path(), Some(&runtime));
        fails(
            &run,
            &[
                "ONNX Runtime cannot be loaded",
                runtime.to_str().unwrap(),
                "pip install onnxruntime",
                "ORT_DYLIB_PATH",
                "--model builtin",
            ],
        );
    }
}

#[test]
fn a_folder_without_a_model_is_an_error_that_says_what_belongs_there() {
    let folder = tempfile::tempdir().unwrap();
    fails(
        &lfx(folder.path(), None),
        &[folder.path().to_str().unwrap(), "no model.onnx", "tokenizer.json"],
    );
}

#[test]
fn a_model_without_its_tokenizer_is_an_error_that_names_the_file() {
    let folder = hollow_model();
    std::fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    fails(&lfx(folder.path(), None), &["tokenizer.json"]);
}

#[test]
fn a_name_that_no_model_has_is_an_error_that_says_where_the_names_are() {
    fails(&lfx(Path::new("all-MiniLM-L7"), None), &["all-MiniLM-L7", "lfx-match models list"]);
}

#[test]
fn the_list_of_models_names_those_that_can_be_downloaded() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_lfx-match")).args(["models", "list"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let model = text.lines().find(|line| line.to_lowercase().contains("all-minilm-l6-v2")).unwrap();
    assert!(model.contains("\t384\t"), "{model}");
}

fn minilm() -> PathBuf {
    let shared = std::env::var_os("LFX_MATCH_SHARED").expect("LFX_MATCH_SHARED is set");
    Path::new(&shared).join("models/all-minilm-l6-v2")
}

#[test]
#[ignore = "needs ONNX Runtime and a model: set ORT_DYLIB_PATH and LFX_MATCH_SHARED"]
fn a_model_in_a_folder_brings_the_wasmedge_projects_first_for_rust_and_webassembly() {
    let run = lfx(&minilm(), None);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let report: MatchReport = serde_json::from_str(&run.out).unwrap();
    assert_eq!((report.model.id.as_str(), report.model.dimensions), ("all-minilm-l6-v2", 384));
    let orgs: Vec<&str> =
        report.recommendations.iter().map(|r| r.project.org.as_deref().unwrap()).collect();
    assert_eq!(orgs[..4], ["WasmEdge"; 4], "{orgs:?}");
    assert!(!orgs[4..].contains(&"WasmEdge"));
    for recommendation in &report.recommendations {
        let sum: f64 = recommendation.explanation.contributions.values().sum();
        assert!((sum - recommendation.score).abs() <= 1e-6, "{recommendation:?}");
    }
    assert_eq!(lfx(&minilm(), None).out, run.out, "a second run gives the same bytes");
}

#[test]
#[ignore = "needs ONNX Runtime and a model: set ORT_DYLIB_PATH and LFX_MATCH_SHARED"]
fn vectors_have_unit_length_and_related_texts_are_closer_than_unrelated_ones() {
    let model = Transformer::from_folder(&minilm()).unwrap();
    assert_eq!(model.dimensions(), 384);
    let texts = [
        "container orchestration with Kubernetes",
        "running workloads on a cluster",
        "a recipe for apple cake",
        "",
    ];
    let vectors = model.embed(&texts, Role::Passage).unwrap();
    assert_eq!(vectors.len(), texts.len());
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    for vector in &vectors {
        assert_eq!(vector.len(), 384);
        assert!((dot(vector, vector) - 1.0).abs() < 1e-4);
    }
    let (related, unrelated) = (dot(&vectors[0], &vectors[1]), dot(&vectors[0], &vectors[2]));
    assert!(related > unrelated + 0.1, "related {related}, unrelated {unrelated}");
}

#[test]
#[ignore = "needs ONNX Runtime and a model: set ORT_DYLIB_PATH and LFX_MATCH_SHARED"]
fn a_text_has_nearly_the_same_vector_alone_and_among_others() {
    let model = Transformer::from_folder(&minilm()).unwrap();
    let texts = ["Rust", "a longer sentence about compilers and their many passes", "Go"];
    let together = model.embed(&texts, Role::Passage).unwrap();
    for (at, text) in texts.iter().enumerate() {
        let alone = &model.embed(&[text], Role::Passage).unwrap()[0];
        let cosine = |other: &[f32]| alone.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
        // Not quite the same: the model is quantised, and its scale is found for each batch anew.
        assert!(cosine(&together[at]) > 0.95, "{text}: {}", cosine(&together[at]));
        for other in together.iter().enumerate().filter(|(place, _)| *place != at) {
            assert!(cosine(other.1) < 0.9, "{text} has got the vector of another text");
        }
    }
}

#[test]
#[ignore = "needs ONNX Runtime and a model: set ORT_DYLIB_PATH and LFX_MATCH_SHARED"]
fn what_a_mentee_says_has_the_same_vector_whatever_else_is_said() {
    let model = Transformer::from_folder(&minilm()).unwrap();
    let vectors = |texts: &[&str]| model.embed(texts, Role::Query).unwrap();
    let among = vectors(&["I like to write tutorials for newcomers to a project", "Go", "eBPF"]);
    assert_eq!(among[1], vectors(&["Go"])[0]);
}

#[test]
#[ignore = "needs ONNX Runtime and a model: set ORT_DYLIB_PATH and LFX_MATCH_SHARED"]
fn a_file_that_is_no_model_is_an_error_once_the_runtime_is_there() {
    let folder = hollow_model();
    let run = lfx(folder.path(), None);
    fails(&run, &["model"]);
    assert!(!run.err.contains("cannot be loaded"), "{}", run.err);
}
