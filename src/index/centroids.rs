//! Centroids: a few vectors in place of many.

use super::axes::dot;

/// How often vectors are assigned to centroids. So few vectors converge soon.
const ITERATIONS: usize = 6;

/// At most `count` centroids of vectors, by spherical k-means: each has the direction of the mean of the vectors that are
/// nearest to it by cosine, and their mean length. If there are no more than `count` vectors, these are returned themselves.
///
/// The result is the same on every machine: all sums are taken in the same order. Dhillon and Modha, "Concept decompositions
/// for large sparse text data using clustering", Machine Learning 42 (2001).
pub(crate) fn centroids(vectors: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    if vectors.len() <= count {
        return vectors.to_vec();
    }
    let mut centres = farthest_point_init(vectors, count);
    for _ in 0..ITERATIONS {
        let of = vectors.iter().map(|vector| nearest(&centres, vector)).collect::<Vec<_>>();
        for (at, centre) in centres.iter_mut().enumerate() {
            let own = || vectors.iter().zip(&of).filter(|(_, of)| **of == at).map(|(v, _)| v);
            // One that is nearest to none stays where it is.
            if own().next().is_some() {
                *centre = mean(own());
            }
        }
    }
    centres
}

/// The first centroids: the vector nearest to the mean of all, then again and again the one that is farthest from those
/// chosen. Gonzalez, "Clustering to minimize the maximum intercluster distance" (1985).
fn farthest_point_init(vectors: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    let middle = mean(vectors.iter());
    let first = vectors.iter().max_by(|a, b| dot(a, &middle).total_cmp(&dot(b, &middle)));
    let mut chosen: Vec<Vec<f32>> = first.into_iter().cloned().collect();
    while chosen.len() < count {
        let near = |vector: &Vec<f32>| {
            chosen.iter().map(|one| cosine(one, vector)).fold(f32::NEG_INFINITY, f32::max)
        };
        match vectors.iter().min_by(|a, b| near(a).total_cmp(&near(b))) {
            Some(farthest) => chosen.push(farthest.clone()),
            None => break,
        }
    }
    chosen
}

fn nearest(centres: &[Vec<f32>], vector: &[f32]) -> usize {
    let near = centres.iter().map(|centre| cosine(centre, vector)).enumerate();
    near.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
}

/// In the direction of the mean of vectors, with the mean of their lengths.
fn mean<'a>(vectors: impl Iterator<Item = &'a Vec<f32>> + Clone) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.clone().next().map_or(0, Vec::len)];
    let (mut lengths, mut count) = (0.0, 0.0);
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        lengths += length(vector);
        count += 1.0;
    }
    let length = length(&sum);
    if length > 0.0 {
        let factor = lengths / count / length;
        sum.iter_mut().for_each(|x| *x *= factor);
    }
    sum
}

fn length(vector: &[f32]) -> f32 {
    dot(vector, vector).sqrt()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    dot(a, b) / (length(a) * length(b)).max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of a direction and near it.
    fn around(direction: usize, length: f32) -> impl Iterator<Item = Vec<f32>> {
        (0..5).map(move |at| {
            let mut vector = vec![0.0; 8];
            vector[direction] = length;
            vector[6] = 0.1 * (at as f32 - 2.0);
            vector
        })
    }

    #[test]
    fn each_stands_for_a_group_of_vectors_that_are_alike() {
        let vectors: Vec<Vec<f32>> =
            around(0, 1.0).chain(around(3, 2.0)).chain(around(5, 0.5)).collect();
        let mut found = centroids(&vectors, 3);
        found.sort_by(|a, b| length(a).total_cmp(&length(b)));
        for (centre, (direction, length)) in found.iter().zip([(5, 0.5), (0, 1.0), (3, 2.0)]) {
            assert!((centre[direction] - length).abs() < 0.05, "{centre:?}");
            assert!((centre.iter().map(|x| x.abs()).sum::<f32>() - length).abs() < 0.1);
        }
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn few_vectors_stand_for_themselves_and_many_of_one_kind_do_no_harm() {
        let vectors: Vec<Vec<f32>> = around(1, 1.0).collect();
        assert_eq!(centroids(&vectors, 5), vectors);
        assert!(centroids(&[], 4).is_empty());
        let same = vec![vec![1.0, 0.0]; 9];
        assert_eq!(centroids(&same, 4), vec![vec![1.0, 0.0]; 4]);
        let nothing = vec![vec![0.0; 2]; 9];
        assert!(centroids(&nothing, 2).iter().flatten().all(|x| *x == 0.0));
    }
}
