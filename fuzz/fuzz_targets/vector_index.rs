//! Any bytes as a saved index: refused with a reason, or searched without a panic. Built for fuzzing, digests are not
//! compared, so that the checks behind them are reached.
#![no_main]

use lfx_match::index::{Method, Search, VectorIndex};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match VectorIndex::from_slice(bytes) {
        Ok(index) => {
            let mut query = vec![0.0; index.dimensions()];
            query[0] = 1.0;
            for method in [Method::Exact, Method::Hnsw] {
                let how = Search { method, ..Search::default() };
                let hits = index.search(&query, 10, &how).expect("the query is right");
                assert!(hits.iter().all(|hit| (hit.id as usize) < index.len()));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
