//! This project's index on the vectors of the comparison: one JSON line for the build, one for each `ef`.
//!
//! Usage: `ours FOLDER M EF_CONSTRUCTION build|EF…`. With `build` the index is built and saved; with numbers it is
//! opened, and the queries are answered from the opened file. Times are of the processor, so that a busy machine does not
//! count against anyone; `recall` is against the ten nearest that `peers.py` has written to `truth.u32`.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use cpu_time::{ProcessTime, ThreadTime};
use lfx_match::index::{HnswParameters, Method, Search, VectorIndex, VectorIndexBuilder};
use lfx_match_peers::{DIMENSIONS, NEAREST, ROUNDS, floats, memory, truth};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, m, ef_construction, efs @ ..] = &arguments[..] else {
        return Err("FOLDER M EF_CONSTRUCTION EF…".into());
    };
    let folder = Path::new(folder);
    let file = folder.join("ours.index");
    if efs.first().is_some_and(|word| word == "build") {
        let parameters =
            HnswParameters { m: m.parse()?, ef_construction: ef_construction.parse()? };
        return build(folder, &file, parameters);
    }
    let queries = floats(&folder.join("queries.f32"))?;
    let truth = truth(folder)?;
    let before = memory()?;
    let start = Instant::now();
    let index = VectorIndex::open(&file)?;
    let opened = start.elapsed();
    let searches =
        efs.iter().map(|ef| Ok((ef.parse()?, Method::Hnsw))).chain([Ok((64, Method::Exact))]);
    for search in searches.collect::<Result<Vec<(usize, Method)>, Box<dyn Error>>>()? {
        let (ef, method) = search;
        let how = Search { ef, method, ..Search::default() };
        let (mut best, mut found) = (f64::INFINITY, 0);
        for _ in 0..if method == Method::Exact { 1 } else { ROUNDS } {
            found = 0;
            let start = ThreadTime::now();
            for (query, truth) in queries.chunks_exact(DIMENSIONS).zip(truth.chunks_exact(NEAREST))
            {
                let hits = index.search(query, NEAREST, &how)?;
                found += hits.iter().filter(|hit| truth.contains(&hit.id)).count();
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let name = if method == Method::Exact { "lfx-match, exact" } else { "lfx-match" };
        let line = json!({
            "name": name, "ef": ef, "recall": found as f64 / truth.len() as f64,
            "queries_per_second": (queries.len() / DIMENSIONS) as f64 / best,
            "memory_mib": memory()? - before, "opened_ms": opened.as_secs_f64() * 1e3,
        });
        println!("{line}");
    }
    Ok(())
}

fn build(folder: &Path, file: &Path, parameters: HnswParameters) -> Result<(), Box<dyn Error>> {
    let vectors = floats(&folder.join("base.f32"))?;
    let (start, processor) = (Instant::now(), ProcessTime::now());
    let mut builder = VectorIndexBuilder::new(DIMENSIONS);
    for vector in vectors.chunks_exact(DIMENSIONS) {
        builder.add(vector)?;
    }
    let index = builder.build(Method::Hnsw, parameters)?;
    let (wall, processor) = (start.elapsed().as_secs_f64(), processor.elapsed().as_secs_f64());
    index.save(file)?;
    let line = json!({
        "name": "lfx-match", "build_wall_s": wall, "build_processor_s": processor,
        "size_mib": index.size() as f64 / f64::from(1 << 20), "rows": index.distinct(),
    });
    println!("{line}");
    Ok(())
}
