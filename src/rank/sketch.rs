//! A project as one short vector, so that very many can be compared with a mentee at once.
//!
//! The parts of a score that are nearly linear become one vector a project, whose product with that of a mentee adds to
//! the score; its products with a few principal axes are kept of it.

use std::ops::Range;

use super::corpus::Corpus;
use super::field::Field;
use super::findings::CLOSEST;
use super::specificity::SENTENCE;
use super::view::View;
use super::weights::{BEST, ITEMS, NEAR, TITLE, WHOLE as WHOLE_SHARE};
use crate::embed::{Calibration, Embedder, Role};
use crate::error::Result;
use crate::index::{Axes, Coded};
use crate::skills::{Lexicon, SkillId};

/// Of what is closest in a project, its sentences give about this share.
const SENTENCES: f32 = 0.3;
/// The same where it asks for nothing.
const SENTENCES_ALONE: f32 = 0.7;
/// The field of work is kept at this scale, so that the bytes of a sketch suit all its components.
pub(super) const FIELD: f32 = 0.1;
/// The length of a sketch. Half of it lost 0.004 of the ten best of 100,000 made-up projects in the first stage; the vector in
/// full found no more.
pub(crate) const SKETCH: usize = 64;
/// The length of the short vector of a text: with it a later stage orders projects nearly as with the vector in full.
pub(crate) const SHORT: usize = 64;

/// What vectors are made short with. The axes are those along which the skills of the lexicon differ most: they do not
/// change with a catalog.
#[derive(Debug)]
pub(crate) struct ShortAxes {
    /// For projects.
    pub(crate) wholes: Axes,
    /// For texts.
    pub(crate) texts: Axes,
}

/// What lexicon and model make of every project alike.
pub(crate) struct Sketcher<'a> {
    corpus: &'a Corpus,
    dimensions: usize,
    axes: ShortAxes,
}

/// The length of the vector that is sketched.
pub(crate) fn width(dimensions: usize) -> usize {
    dimensions + Lexicon::builtin().domains().len()
}

impl<'a> Sketcher<'a> {
    /// One with axes of its own.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub(crate) fn new(corpus: &'a Corpus, embedder: &dyn Embedder) -> Result<Self> {
        let names: Vec<&str> =
            corpus.lexicon.iter().map(|(_, skill)| skill.name.as_str()).collect();
        let vectors = embedder.vectors(&names, Role::Passage)?;
        let axes =
            ShortAxes { wholes: Axes::new(0, (&[], &[])), texts: Axes::principal(&vectors, SHORT) };
        let mut new = Self::with_axes(corpus, embedder, axes);
        let skills = corpus.lexicon.iter().zip(&vectors);
        let wholes: Vec<Vec<f32>> = skills.map(|((id, _), vector)| new.skill(id, vector)).collect();
        new.axes.wholes = Axes::principal(&wholes, SKETCH);
        Ok(new)
    }

    /// The same with axes that were found before.
    pub(crate) fn with_axes(corpus: &'a Corpus, embedder: &dyn Embedder, axes: ShortAxes) -> Self {
        Self { corpus, dimensions: embedder.dimensions(), axes }
    }

    pub(crate) fn axes(&self) -> &ShortAxes {
        &self.axes
    }

    /// The sketch of a project ([`SKETCH`] components).
    pub(crate) fn sketch(&self, view: &View, vectors: &Coded) -> Vec<f32> {
        self.axes.wholes.project(&self.whole(view, vectors))
    }

    /// The short vectors ([`SHORT`] components) of some rows of texts.
    pub(crate) fn short(&self, vectors: &Coded, rows: Range<usize>) -> Coded {
        let mut short = Coded::new(SHORT);
        for row in rows {
            let mut vector = vec![0.0; self.dimensions];
            vectors.add_to(row, 1.0, &mut vector);
            short.push(&self.axes.texts.project(&vector));
        }
        short
    }

    /// The field of work of a project.
    pub(crate) fn field(&self, view: &View) -> Field {
        Field::of_view(view, &self.corpus.specificity, self.corpus.lexicon)
    }

    /// How telling a skill is.
    pub(crate) fn specificity(&self, skill: SkillId) -> f32 {
        self.corpus.specificity.skill(skill)
    }

    /// A skill as if it were all that a project is about.
    fn skill(&self, skill: SkillId, vector: &[f32]) -> Vec<f32> {
        let mut whole = vec![0.0; width(self.dimensions)];
        let (text, field) = whole.split_at_mut(self.dimensions);
        let (near, wide) = self.ranges();
        let factor = WHOLE_SHARE / wide + (TITLE + NEAR + BEST / SENTENCE) / near;
        text.iter_mut().zip(vector).for_each(|(x, y)| *x = factor * y);
        let of_skill = Field::of_skills(&[skill], &self.corpus.specificity, self.corpus.lexicon);
        field.iter_mut().zip(of_skill.shares()).for_each(|(x, share)| *x = FIELD * share);
        whole
    }

    /// A project as one vector, whose product with that of a mentee adds to its score: its whole, its title, its
    /// sentences, and its field of work.
    fn whole(&self, view: &View, vectors: &Coded) -> Vec<f32> {
        let mut all = vec![0.0; width(self.dimensions)];
        let (text, field) = all.split_at_mut(self.dimensions);
        let (near, wide) = self.ranges();
        let parts = view.parts.len();
        let rest = 1 + view.asked.len()..parts;
        let closest = NEAR + BEST / SENTENCE;
        let alone = view.asked.is_empty();
        let items = if alone { ITEMS } else { 0.0 };
        let title = TITLE + closest / parts.clamp(1, CLOSEST) as f32 + items;
        vectors.add_to(parts, WHOLE_SHARE / wide, text);
        vectors.add_to(0, title / near, text);
        let share = if alone { SENTENCES_ALONE } else { SENTENCES };
        let mut mean = vec![0.0; self.dimensions];
        rest.for_each(|part| vectors.add_to(part, 1.0, &mut mean));
        let length = mean.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            let factor = closest * share / near / length;
            text.iter_mut().zip(&mean).for_each(|(x, mean)| *x += factor * mean);
        }
        field.iter_mut().zip(self.field(view).shares()).for_each(|(x, share)| *x = FIELD * share);
        all
    }

    /// What cosines range over: those with parts, and those with a whole.
    fn ranges(&self) -> (f32, f32) {
        let (near, wide) = self.corpus.calibrations();
        let range = |calibration: Calibration| calibration.same - calibration.unrelated;
        (range(near), range(wide))
    }
}
