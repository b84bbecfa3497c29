//! Principal axes: the few directions in which vectors differ most.
//!
//! A vector's products with them are a short vector of its own, whose dot products are near those of the whole.

use super::coded::Coded;
use super::rows::Query;

/// How often the axes are turned towards the principal ones: they need not be found exactly.
const ITERATIONS: usize = 12;

/// Directions of unit length, at right angles to one another, the most telling first; kept as bytes, so nearly so.
#[derive(Debug, Clone)]
pub(crate) struct Axes(Coded);

impl Axes {
    /// The `count` principal axes of vectors (fewer where there are fewer dimensions), about their mean, by
    /// orthogonal iteration. The same on every machine: all sums are taken in the same order.
    pub(crate) fn principal(vectors: &[Vec<f32>], count: usize) -> Self {
        let dimensions = vectors.first().map_or(0, Vec::len);
        let covariance = covariance(vectors, dimensions);
        // A start that is at right angles to nothing.
        let mut random = fastrand::Rng::with_seed(1);
        let mut directions: Vec<Vec<f32>> = (0..count.min(dimensions))
            .map(|_| (0..dimensions).map(|_| random.f32() - 0.5).collect())
            .collect();
        orthonormalize(&mut directions);
        for _ in 0..ITERATIONS {
            for direction in &mut directions {
                let turned = covariance.chunks_exact(dimensions).map(|row| dot(row, direction));
                *direction = turned.collect();
            }
            orthonormalize(&mut directions);
        }
        let mut rows = Coded::new(dimensions);
        directions.iter().for_each(|direction| rows.push(direction));
        Self(rows)
    }

    /// From [`Self::rows`]; none where they are not whole.
    pub(crate) fn new(dimensions: usize, (codes, scales): (&[i8], &[f32])) -> Self {
        let mut rows = Coded::new(dimensions);
        let is_whole = rows.extend(codes, scales.iter().copied());
        Self(if is_whole { rows } else { Coded::new(dimensions) })
    }

    /// The codes and scales of all axes.
    pub(crate) fn rows(&self) -> (&[i8], &[f32]) {
        self.0.raw(0..self.0.len())
    }

    /// The products of a vector with all axes.
    pub(crate) fn project(&self, vector: &[f32]) -> Vec<f32> {
        let mut products = vec![0.0; self.0.len()];
        self.0.cosines(0..self.0.len(), &Query::new(vector), &mut products);
        products
    }
}

pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Several sums side by side: one alone would wait for each addition.
    let mut sums = [0.0; 8];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (a, b) in a.iter().zip(b) {
        for (sum, (x, y)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += x * y;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

fn covariance(vectors: &[Vec<f32>], dimensions: usize) -> Vec<f32> {
    let mut mean = vec![0.0f32; dimensions];
    for vector in vectors {
        mean.iter_mut().zip(vector).for_each(|(mean, x)| *mean += x / vectors.len() as f32);
    }
    let mut covariance = vec![0.0f32; dimensions * dimensions];
    let mut centered = vec![0.0f32; dimensions];
    for vector in vectors {
        centered
            .iter_mut()
            .zip(vector.iter().zip(&mean))
            .for_each(|(centered, (x, m))| *centered = x - m);
        for (row, x) in covariance.chunks_exact_mut(dimensions).zip(&centered) {
            row.iter_mut().zip(&centered).for_each(|(sum, y)| *sum += x * y);
        }
    }
    covariance
}

/// Makes them of unit length and at right angles, each as near as can be to what it was; one that says nothing new
/// becomes zero.
fn orthonormalize(directions: &mut [Vec<f32>]) {
    for at in 0..directions.len() {
        let (before, rest) = directions.split_at_mut(at);
        let Some(direction) = rest.first_mut() else { return };
        let length = dot(direction, direction).sqrt();
        // Twice: what rounding leaves of the first time would grow.
        for _ in 0..2 {
            for other in before.iter() {
                let share = dot(direction, other);
                direction.iter_mut().zip(other).for_each(|(x, y)| *x -= share * y);
            }
        }
        let left = dot(direction, direction).sqrt();
        let factor = if left > 1e-5 * length { 1.0 / left } else { 0.0 };
        direction.iter_mut().for_each(|x| *x *= factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors that differ much along one direction, less along a second and hardly along others.
    fn vectors() -> Vec<Vec<f32>> {
        let mut random = fastrand::Rng::with_seed(5);
        let mut next = |width: f32| width * (random.f32() - 0.5);
        (0..500)
            .map(|_| {
                let (far, near) = (next(10.0), next(3.0));
                let mut vector: Vec<f32> = (0..20).map(|_| 1.0 + next(0.1)).collect();
                vector[3] += 0.6 * far + 0.8 * near;
                vector[17] += 0.8 * far - 0.6 * near;
                vector
            })
            .collect()
    }

    #[test]
    fn the_first_axes_are_those_along_which_vectors_differ_most() {
        let axes = Axes::principal(&vectors(), 4);
        let unit = |at: usize, x: f32| -> Vec<f32> {
            (0..20).map(|i| if i == at { x } else { 0.0 }).collect()
        };
        let along = |x: f32, y: f32| -> Vec<f32> {
            let (x, y) = (axes.project(&unit(3, x)), axes.project(&unit(17, y)));
            x.iter().zip(&y).map(|(x, y)| (x + y).abs()).collect()
        };
        let (far, near) = (along(0.6, 0.8), along(0.8, -0.6));
        assert!(far.len() == 4 && far[0] > 0.99 && near[1] > 0.99, "{far:?} {near:?}");
        assert!(far[1..].iter().chain([near[0], near[2], near[3]].iter()).all(|x| *x < 0.05));
        let again = Axes::new(20, axes.rows());
        assert_eq!(again.project(&vectors()[7]), axes.project(&vectors()[7]));
    }

    #[test]
    fn directions_are_at_right_angles() {
        let mut directions = vectors()[..6].to_vec();
        orthonormalize(&mut directions);
        for (a, b) in (0..6).flat_map(|a| (0..6).map(move |b| (a, b))) {
            let expected = if a == b { 1.0 } else { 0.0 };
            assert!((dot(&directions[a], &directions[b]) - expected).abs() < 1e-5);
        }
    }

    #[test]
    fn vectors_that_differ_in_nothing_more_have_axes_of_zeros() {
        let vectors = [vec![1.0, 0.0, 2.0], vec![2.0, 0.0, 2.0]];
        let products = Axes::principal(&vectors, 9).project(&[1.0, 5.0, 5.0]);
        assert!((products[0].abs() - 1.0).abs() < 1e-3);
        assert_eq!(products[1..], [0.0, 0.0]);
        assert!(Axes::principal(&[], 3).project(&[]).is_empty());
        assert!(Axes::new(3, (&[1, 2], &[1.0])).project(&[1.0; 3]).is_empty(), "not whole");
    }
}
