//! The library hnsw_rs, with floats and its own SIMD distances, on the vectors of the comparison.
//!
//! Usage: `hnsw_rs FOLDER M EF_CONSTRUCTION EF…`; prints what `ours` prints.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use cpu_time::{ProcessTime, ThreadTime};
use hnsw_rs::prelude::{DistDot, Hnsw};
use lfx_match_peers::{DIMENSIONS, NEAREST, ROUNDS, floats, memory, truth};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, m, ef_construction, efs @ ..] = &arguments[..] else {
        return Err("FOLDER M EF_CONSTRUCTION EF…".into());
    };
    let folder = Path::new(folder);
    let mut vectors = floats(&folder.join("base.f32"))?;
    // Its dot product must not be greater than 1, or it panics.
    vectors.iter_mut().for_each(|x| *x *= 0.999_99);
    let (queries, truth) = (floats(&folder.join("queries.f32"))?, truth(folder)?);
    let before = memory()?;
    let rows: Vec<(&[f32], usize)> = vectors.chunks_exact(DIMENSIONS).zip(0..).collect();
    let (start, processor) = (Instant::now(), ProcessTime::now());
    let mut index =
        Hnsw::<f32, DistDot>::new(m.parse()?, rows.len(), 16, ef_construction.parse()?, DistDot {});
    index.parallel_insert_slice(&rows);
    index.set_searching_mode(true);
    let line = json!({
        "name": "hnsw_rs", "build_wall_s": start.elapsed().as_secs_f64(),
        "build_processor_s": processor.elapsed().as_secs_f64(),
    });
    println!("{line}");
    for ef in efs {
        let ef: usize = ef.parse()?;
        let (mut best, mut found) = (f64::INFINITY, 0);
        for _ in 0..ROUNDS {
            found = 0;
            let start = ThreadTime::now();
            for (query, truth) in queries.chunks_exact(DIMENSIONS).zip(truth.chunks_exact(NEAREST))
            {
                let hits = index.search(query, NEAREST, ef);
                found += hits.iter().filter(|hit| truth.contains(&(hit.d_id as u32))).count();
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let line = json!({
            "name": "hnsw_rs", "ef": ef, "recall": found as f64 / truth.len() as f64,
            "queries_per_second": (queries.len() / DIMENSIONS) as f64 / best, "memory_mib": memory()? - before,
        });
        println!("{line}");
    }
    Ok(())
}
