//! What holds for every index: against the plain sum, at any selectivity, whole or damaged, on any number of threads.

use std::path::Path;

use proptest::prelude::*;

use super::*;

const DIMS: usize = 24;

/// Unit vectors around a few centres, as texts lie around topics; every tenth is an earlier one again.
fn clustered(count: usize, seed: u64) -> Vec<Vec<f32>> {
    let gauss = |random: &mut fastrand::Rng| (0..6).map(|_| random.f32() - 0.5).sum::<f32>();
    let mut random = fastrand::Rng::with_seed(0);
    let centres: Vec<Vec<f32>> =
        (0..12).map(|_| (0..DIMS).map(|_| gauss(&mut random)).collect()).collect();
    random.seed(seed);
    let mut vectors: Vec<Vec<f32>> = Vec::new();
    for at in 0..count {
        let vector = match at % 10 {
            9 => vectors[at / 2].clone(),
            _ => unit(centres[at % 12].iter().map(|x| x + 0.7 * gauss(&mut random)).collect()),
        };
        vectors.push(vector);
    }
    vectors
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.into_iter().map(|x| x / length).collect()
}

fn index_of(vectors: &[Vec<f32>], method: Method) -> VectorIndex {
    let mut builder = VectorIndexBuilder::new(vectors.first().map_or(DIMS, Vec::len));
    vectors.iter().for_each(|vector| builder.add(vector).unwrap());
    builder.build(method, HnswParameters { m: 16, ef_construction: 100 }).unwrap()
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// The share of the `count` best that was found; who is as good as the last of them counts too.
fn recall(
    hits: &[Hit],
    vectors: &[Vec<f32>],
    query: &[f32],
    count: usize,
    keep: &dyn Fn(u32) -> bool,
) -> f64 {
    let mut best: Vec<f64> =
        (0u32..).zip(vectors).filter(|(id, _)| keep(*id)).map(|(_, v)| cosine(v, query)).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    best.truncate(count);
    let Some(last) = best.last() else { return if hits.is_empty() { 1.0 } else { 0.0 } };
    assert!(hits.len() == best.len() && hits.iter().all(|hit| keep(hit.id)));
    let good = |hit: &&Hit| cosine(&vectors[hit.id as usize], query) >= last - 1e-5;
    hits.iter().filter(good).count() as f64 / best.len() as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn exact_search_finds_what_the_plain_sum_finds(
        seed: u64, count in 0usize..400, nearest in 1usize..30, share in 0.0f64..1.2,
    ) {
        let vectors = clustered(count, seed);
        let query = &clustered(1, !seed)[0];
        let index = index_of(&vectors, Method::Exact);
        let mut random = fastrand::Rng::with_seed(seed);
        let subset = Subset::from_fn(count, |_| random.f64() < share);
        for within in [None, Some(&subset)] {
            let how = Search { method: Method::Exact, within, ..Search::default() };
            let hits = index.search(query, nearest, &how).unwrap();
            let keep = |id| within.is_none_or(|subset| subset.contains(id));
            prop_assert_eq!(recall(&hits, &vectors, query, nearest, &keep), 1.0);
            let in_order = |a: &Hit, b: &Hit| (-a.similarity, a.id) < (-b.similarity, b.id);
            prop_assert!(hits.is_sorted_by(in_order));
            for hit in hits {
                prop_assert!((f64::from(hit.similarity) - cosine(&vectors[hit.id as usize], query)).abs() < 1e-4);
            }
        }
    }
}

#[test]
fn the_graph_misses_little_at_any_selectivity() {
    let vectors = clustered(6000, 1);
    let index = index_of(&vectors, Method::Hnsw);
    let queries = clustered(40, 2);
    for share in [1.0, 0.7, 0.3, 0.1, 0.03, 0.01, 0.001] {
        let mut random = fastrand::Rng::with_seed(3);
        let spread = Subset::from_fn(vectors.len(), |_| random.f64() < share);
        // One centre and what is around it, as an organisation's projects are of one field.
        let together =
            Subset::from_fn(vectors.len(), |id| id % 12 == 0 && (id as f64) < share * 6000.0);
        for (subset, name) in [(&spread, "spread"), (&together, "together")] {
            for method in [Method::Hnsw, Method::Auto] {
                let how = Search { method, within: Some(subset), ..Search::default() };
                let keep = |id| subset.contains(id);
                let sum: f64 = queries
                    .iter()
                    .map(|query| {
                        recall(&index.search(query, 10, &how).unwrap(), &vectors, query, 10, &keep)
                    })
                    .sum();
                let mean = sum / queries.len() as f64;
                assert!(mean >= 0.98, "{name} {share} {method:?}: {mean}");
            }
        }
    }
}

#[test]
fn every_vector_is_found_by_itself() {
    let vectors = clustered(3000, 5);
    let index = index_of(&vectors, Method::Hnsw);
    let how = Search { method: Method::Hnsw, ..Search::default() };
    let lost = (0u32..).zip(&vectors).filter(|(id, vector)| {
        let hits = index.search(vector, 16, &how).unwrap();
        !hits.iter().any(|hit| hit.id == *id)
    });
    assert_eq!(lost.count(), 0);
}

#[test]
fn equal_vectors_are_kept_once_and_all_found() {
    let mut vectors = clustered(500, 6);
    vectors.extend(std::iter::repeat_n(vectors[7].clone(), 300));
    let index = index_of(&vectors, Method::Hnsw);
    assert!(index.distinct() < 500);
    let how = Search { method: Method::Hnsw, ..Search::default() };
    let hits = index.search(&vectors[7], 301, &how).unwrap();
    let ids: Vec<u32> = hits.iter().map(|hit| hit.id).collect();
    assert!(ids[0] == 7 && ids.ends_with(&(501..800).collect::<Vec<u32>>()), "{ids:?}");
}

#[test]
fn one_thread_builds_the_same_bytes_and_several_lose_no_recall() {
    let vectors = clustered(4000, 7);
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| index_of(&vectors, Method::Hnsw))
    };
    let one = build(1);
    assert!(one.as_bytes().to_vec() == build(1).as_bytes().to_vec());
    let how = Search { method: Method::Hnsw, ..Search::default() };
    let mean = |index: &VectorIndex| {
        let queries = clustered(100, 11);
        let found = queries.iter().map(|query| {
            recall(&index.search(query, 10, &how).unwrap(), &vectors, query, 10, &|_| true)
        });
        found.sum::<f64>() / queries.len() as f64
    };
    for threads in [2, 5] {
        let (several, one) = (mean(&build(threads)), mean(&one));
        assert!(several >= one - 0.01, "{threads} threads: {several}, one: {one}");
    }
}

#[test]
fn an_opened_index_answers_as_the_built_one() {
    let vectors = clustered(1500, 8);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors");
    for method in [Method::Exact, Method::Hnsw] {
        let built = index_of(&vectors, method);
        built.save(&path).unwrap();
        let opened = VectorIndex::open(&path).unwrap();
        assert_eq!(
            (opened.len(), opened.dimensions(), opened.graph()),
            (1500, DIMS, built.graph())
        );
        for query in clustered(20, 9) {
            let how = Search::default();
            assert_eq!(
                opened.search(&query, 10, &how).unwrap(),
                built.search(&query, 10, &how).unwrap()
            );
        }
    }
}

#[test]
fn every_flipped_byte_and_every_truncation_is_refused() {
    let bytes = index_of(&clustered(40, 10), Method::Hnsw).as_bytes().to_vec();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(VectorIndex::from_slice(&flipped).is_err(), "byte {at}");
        if at % 7 == 0 {
            assert!(VectorIndex::from_slice(&bytes[..at]).is_err(), "{at} bytes");
        }
    }
    assert!(VectorIndex::from_slice(&[&bytes[..], &[0]].concat()).is_err());
    assert!(VectorIndex::from_slice(&bytes).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_forged_digest_leads_to_no_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let index = index_of(&clustered(60, 11), Method::Hnsw);
        let mut bytes = index.as_bytes().to_vec();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        layout::forge(&mut bytes);
        if let Ok(index) = VectorIndex::from_slice(&bytes) {
            for method in [Method::Exact, Method::Hnsw] {
                let how = Search { method, ..Search::default() };
                let _ = index.search(&unit(vec![1.0; index.dimensions()]), 10, &how);
            }
        }
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let mut builder = VectorIndexBuilder::new(2);
    builder.add(&[1.0, 0.0]).unwrap();
    let wrong = |vector: &[f32], builder: &mut VectorIndexBuilder| {
        builder.add(vector).unwrap_err().to_string()
    };
    assert_eq!(wrong(&[1.0], &mut builder), "vector 1 has 1 dimensions instead of 2");
    assert_eq!(wrong(&[f32::NAN, 0.0], &mut builder), "vector 1 has no number as component 0");
    assert_eq!(wrong(&[2.0, 0.0], &mut builder), "vector 1 has the norm 2 instead of 1");
    let bad = HnswParameters { m: 300, ..HnswParameters::default() };
    let error = VectorIndexBuilder::new(2).build(Method::Auto, bad).unwrap_err().to_string();
    assert_eq!(error, "m of the graph is 300, but must be 2 to 256");
    let index = builder.build(Method::Auto, HnswParameters::default()).unwrap();
    let error = index.search(&[1.0], 1, &Search::default()).unwrap_err().to_string();
    assert_eq!(error, "a query has 1 dimensions instead of 2");
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("page.md");
    std::fs::write(&foreign, "# Not an index\n").unwrap();
    let error = VectorIndex::open(&foreign).unwrap_err();
    assert_eq!(error.path(), Some(foreign.as_path()));
    assert!(error.to_string().contains("no vector index"), "{error}");
    std::fs::write(&foreign, "").unwrap();
    assert!(
        VectorIndex::open(&foreign).is_err() && VectorIndex::open(Path::new("nowhere")).is_err()
    );
}

#[test]
fn nothing_is_found_where_there_is_nothing_and_zero_is_like_nothing() {
    for method in [Method::Exact, Method::Hnsw] {
        let empty = index_of(&[], method);
        assert!(
            empty.is_empty()
                && empty.search(&[0.0; DIMS], 5, &Search::default()).unwrap().is_empty()
        );
        let index = index_of(&[vec![0.0, 0.0], vec![1.0, 0.0], vec![0.0, 0.0]], method);
        let hits = index.search(&[0.0, 0.0], 2, &Search { method, ..Search::default() }).unwrap();
        assert_eq!(hits, [Hit { id: 0, similarity: 0.0 }, Hit { id: 1, similarity: 0.0 }]);
        let hits = index.search(&[1.0, 0.0], 9, &Search { method, ..Search::default() }).unwrap();
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [1, 0, 2]);
    }
}
