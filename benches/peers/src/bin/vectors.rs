//! Real vectors for the comparison: passages (JSON Lines with a `text`, on standard input) through the built-in model.
//!
//! Usage: `vectors FOLDER COUNT QUERIES < passages.jsonl`. Writes `base.f32` and `queries.f32`, rows of 256 floats,
//! little endian: a seeded sample of the distinct vectors, no query among the base.

use std::collections::HashSet;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use lfx_match::embed::{self, Role};
use rayon::prelude::*;

const SEED: u64 = 1;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, queries] = &arguments[..] else {
        return Err("FOLDER COUNT QUERIES".into());
    };
    let (count, queries): (usize, usize) = (count.parse()?, queries.parse()?);
    let mut texts = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        texts.push(line["text"].as_str().ok_or("a line without a text")?.to_owned());
    }
    fastrand::Rng::with_seed(SEED).shuffle(&mut texts);
    let model = embed::load("builtin")?;
    let embedded: Vec<Vec<f32>> = texts
        .par_chunks(1000)
        .map(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            model.embed(&texts, Role::Passage).map_err(|error| error.to_string())
        })
        .collect::<Result<Vec<_>, _>>()?
        .concat();
    let mut seen = HashSet::new();
    let distinct: Vec<&Vec<f32>> = embedded
        .iter()
        .filter(|vector| vector.iter().any(|x| *x != 0.0))
        .filter(|vector| seen.insert(vector.iter().map(|x| x.to_bits()).collect::<Vec<u32>>()))
        .collect();
    if distinct.len() < count + queries {
        return Err(format!("only {} distinct vectors", distinct.len()).into());
    }
    write(&Path::new(folder).join("base.f32"), &distinct[..count])?;
    write(&Path::new(folder).join("queries.f32"), &distinct[count..count + queries])?;
    Ok(())
}

fn write(path: &Path, vectors: &[&Vec<f32>]) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for value in vectors.iter().flat_map(|vector| vector.iter()) {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()
}
