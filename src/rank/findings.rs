//! What words find in projects: which items they serve, where the text speaks of them, what comes closest.
//!
//! Plain data. Findings depend on the words and the catalog alone, so that mentees who say the same share them.

use std::ops::Range;
use std::sync::Arc;

use crate::skills::{Relation, SkillId};

/// How many parts of a project count that are closest to something said: one alone may be chance.
pub(super) const CLOSEST: usize = 3;

/// That words serve an item of a project's list of skills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Credit {
    /// The item's place in the list.
    pub(crate) item: u32,
    /// The skill of that item which is served; none where a phrase stands in it as written.
    pub(crate) skill: Option<SkillId>,
    pub(crate) relation: Relation,
    /// `0..=1`.
    pub(crate) strength: f32,
}

/// Where a project's text speaks of a skill without asking for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum MentionSource {
    /// As a skill of the lexicon.
    Skill(SkillId),
    /// As a phrase the lexicon does not know, in that part.
    Phrase(u32),
    /// Through its organisation, which stands for it.
    Organisation,
}

/// The best that a project says of a skill beside its list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BestMention {
    pub(crate) source: MentionSource,
    /// How well the skill serves what is said there: `0..=1`.
    pub(crate) strength: f32,
    /// How much it counts of being asked for: `0..=1`.
    pub(crate) weight: f32,
}

/// The projects that are looked at: all of a catalog, or some.
///
/// A project has a *place* here and a *number* in the catalog; its parts lie side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    projects: Vec<u32>,
    /// Where the parts of the project at each place begin; one more at the end.
    starts: Vec<u32>,
}

impl Scope {
    /// The projects of these numbers, with how many parts each has.
    pub(crate) fn new(projects: impl Iterator<Item = (u32, usize)>) -> Self {
        let mut scope = Self { projects: Vec::new(), starts: vec![0] };
        let mut end = 0u32;
        for (project, parts) in projects {
            end += parts as u32;
            scope.projects.push(project);
            scope.starts.push(end);
        }
        scope
    }

    /// How many projects there are.
    pub(crate) fn len(&self) -> usize {
        self.projects.len()
    }

    /// The projects' numbers in the catalog, place by place.
    pub(crate) fn projects(&self) -> impl Iterator<Item = usize> {
        self.projects.iter().map(|&project| project as usize)
    }

    /// The number of the project at `place`.
    pub(crate) fn project(&self, place: usize) -> usize {
        self.projects[place] as usize
    }

    /// The place of the project of this number.
    pub(crate) fn place(&self, project: usize) -> Option<usize> {
        match self.projects.get(project) {
            // All projects of a catalog lie at their numbers.
            Some(&same) if same as usize == project => Some(project),
            _ => self.projects.iter().position(|&other| other as usize == project),
        }
    }

    /// How many parts all of them have together.
    pub(crate) fn parts(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// Where the parts of the project at `place` lie.
    pub(crate) fn range(&self, place: usize) -> Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }
}

/// What of a project as a whole is like the words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Alike {
    /// The similarity with all of it: `0..=1`.
    pub(crate) whole: f32,
    /// The share of the words, by rarity, that the text uses: `0..=1`.
    pub(crate) lexical: f32,
    /// How alike the fields of work are: `0..=1`.
    pub(crate) field: f32,
}

/// What words find in one project, as far as its score depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// How well they serve the item that they serve best, `0..=1`; 0 where they serve none.
    pub(crate) asked: f32,
    /// The project asks for just this, by whatever name.
    pub(crate) is_asked_for: bool,
    pub(crate) mentioned: Option<BestMention>,
    /// The mean similarity of the closest parts: `0..=1`.
    pub(crate) closest: f32,
    pub(crate) alike: Alike,
    /// Where its credits end.
    credits_end: u32,
}

/// What words find in one project, with the evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finding<'a> {
    /// The items served, best first.
    pub(crate) credits: &'a [Credit],
    pub(crate) mentioned: Option<BestMention>,
    /// The similarity with each part, in `0..=1`.
    pub(crate) similar: &'a [f32],
}

impl Finding<'_> {
    /// Of the first `count` parts the one closest in meaning (the first of equals), where its similarity is at least `least`.
    pub(crate) fn nearest(&self, count: usize, least: f32) -> Option<usize> {
        let similar = &self.similar[..count.min(self.similar.len())];
        // Most projects have none.
        if !similar.iter().any(|similar| *similar >= least) {
            return None;
        }
        let parts = similar.iter().enumerate();
        parts.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i))).map(|(part, _)| part)
    }
}

/// What words find in each project of a scope.
#[derive(Debug, Clone)]
pub(crate) struct Findings {
    scope: Arc<Scope>,
    credits: Vec<Credit>,
    found: Vec<Found>,
    /// Of all parts, in the order of the scope.
    similar: Vec<f32>,
}

impl Findings {
    /// Findings to be filled, project by project; `similar` holds one value a part.
    pub(crate) fn new(scope: Arc<Scope>, similar: Vec<f32>) -> Self {
        let found = Vec::with_capacity(scope.len());
        Self { scope, credits: Vec::new(), found, similar }
    }

    /// Adds what the next project's list and text say.
    pub(crate) fn push(
        &mut self,
        credits: impl IntoIterator<Item = Credit>,
        mentioned: Option<BestMention>,
        alike: Alike,
    ) {
        let begin = self.credits.len();
        self.credits.extend(credits);
        let best = self.credits.get(begin);
        self.found.push(Found {
            asked: best.map_or(0.0, |credit| credit.strength),
            is_asked_for: best.is_some_and(|credit| credit.relation == Relation::Same),
            mentioned,
            closest: closest(&self.similar[self.scope.range(self.found.len())]),
            alike,
            credits_end: self.credits.len() as u32,
        });
    }

    /// What is found in each project.
    #[inline]
    pub(crate) fn found(&self) -> &[Found] {
        &self.found
    }

    /// What is found in the project at `place`, with the evidence.
    pub(crate) fn at(&self, place: usize) -> Finding<'_> {
        let begin =
            place.checked_sub(1).map_or(0, |before| self.found[before].credits_end as usize);
        let found = &self.found[place];
        Finding {
            credits: &self.credits[begin..found.credits_end as usize],
            mentioned: found.mentioned,
            similar: &self.similar[self.scope.range(place)],
        }
    }

    /// Raises each of `closest`, one value a part, to the similarity found here where that is larger.
    pub(crate) fn raise(&self, closest: &mut [f32]) {
        for (closest, similar) in closest.iter_mut().zip(&self.similar) {
            *closest = if similar > closest { *similar } else { *closest };
        }
    }

    /// Whether any project asks for it or speaks of it.
    pub(crate) fn touches(&self) -> bool {
        !self.credits.is_empty() || self.found.iter().any(|found| found.mentioned.is_some())
    }
}

/// The mean of the [`CLOSEST`] largest values, or of all where there are fewer.
#[inline]
fn closest(similar: &[f32]) -> f32 {
    let mut best = [0.0f32; CLOSEST];
    for value in similar {
        let mut value = *value;
        for place in &mut best {
            // Both ways at once: a branch here would be guessed wrong half of the time.
            let is_larger = value > *place;
            (*place, value) = if is_larger { (value, *place) } else { (*place, value) };
        }
    }
    let count = similar.len().clamp(1, CLOSEST);
    best.iter().take(count).sum::<f32>() / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_are_the_largest_whatever_their_order() {
        assert_eq!(closest(&[0.1, 0.9, 0.2, 0.6, 0.3]), (0.9 + 0.6 + 0.3) / 3.0);
        assert_eq!(closest(&[0.5, 0.25]), 0.375);
        assert_eq!(closest(&[]), 0.0);
    }

    #[test]
    fn each_project_gets_what_was_found_in_it() {
        let scope = Arc::new(Scope::new([(4, 2), (9, 0), (7, 1)].into_iter()));
        let mut findings = Findings::new(Arc::clone(&scope), vec![0.1, 0.2, 0.3]);
        let credit = Credit { item: 3, skill: None, relation: Relation::Same, strength: 1.0 };
        let alike = Alike { whole: 0.7, ..Alike::default() };
        findings.push([], None, Alike::default());
        findings.push([credit], None, alike);
        let mention =
            BestMention { source: MentionSource::Organisation, strength: 1.0, weight: 0.5 };
        findings.push([], Some(mention), Alike::default());
        assert_eq!((scope.len(), scope.parts(), scope.project(1)), (3, 3, 9));
        assert_eq!(findings.at(0).similar, [0.1, 0.2]);
        assert_eq!(findings.at(1).credits, [credit]);
        assert!(findings.at(2).credits.is_empty() && findings.at(2).mentioned.is_some());
        assert_eq!(
            (findings.at(2).nearest(1, 0.3), findings.at(2).nearest(1, 0.4)),
            (Some(0), None)
        );
        assert_eq!(
            (findings.at(0).nearest(2, 0.0), findings.at(0).nearest(1, 0.0)),
            (Some(1), Some(0))
        );
        let found = findings.found();
        assert_eq!((found[1].asked, found[1].alike, found[0].asked), (1.0, alike, 0.0));
        assert!(found[1].is_asked_for && !found[2].is_asked_for);
        assert!(findings.touches());
    }
}
