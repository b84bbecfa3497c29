//! One claim against every project: which items it serves, where the text speaks of it, what comes closest.
//!
//! Findings depend on the claim's text and the catalog alone, so that they can be shared between mentees.

use super::claims::Claim;
use super::lexical::Lexical;
use super::view::{Place, View};
use crate::embed::{Calibration, cosine};
use crate::skills::{Lexicon, Reached, Relation, SkillId, fold, words};

/// That a claim serves an item of a project's list of skills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Credit {
    /// The item's place in the list.
    pub(crate) item: usize,
    pub(crate) relation: Relation,
    /// `0..=1`.
    pub(crate) strength: f32,
}

/// Where a project's text speaks of a skill without asking for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SpokenOf {
    /// As a skill of the lexicon.
    Skill(SkillId),
    /// As a phrase the lexicon does not know, in that part.
    Phrase(usize),
    /// Through its organisation, which stands for it.
    Home,
}

/// What one claim finds in one project.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Finding {
    /// The items served, best first.
    pub(crate) credits: Vec<Credit>,
    /// The best that the rest of the text says of it, with its strength in `0..=1`.
    pub(crate) spoken: Option<(SpokenOf, f32)>,
    /// The similarity with each part, in `0..=1`.
    pub(crate) similar: Vec<f32>,
    /// The cosine with the project as a whole.
    pub(crate) whole: f32,
    /// The share of the claim's words, by rarity, that the text uses: `0..=1`.
    pub(crate) lexical: f32,
}

/// What is needed to compare claims with a catalog.
pub(crate) struct Ground<'a> {
    pub(crate) views: &'a [View],
    pub(crate) vectors: &'a [ViewVectors],
    pub(crate) lexical: &'a Lexical,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) calibration: Calibration,
}

/// The vectors of a view: one a part, and one for the whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ViewVectors {
    pub(crate) parts: Vec<Vec<f32>>,
    pub(crate) whole: Vec<f32>,
}

impl Ground<'_> {
    /// What a claim, with its vector, finds in each project.
    pub(crate) fn find(&self, claim: &Claim, vector: &[f32]) -> Vec<Finding> {
        let mut lexical = vec![0.0; self.views.len()];
        let most = self.lexical.score(&claim.plain, self.lexicon, &mut lexical);
        let reached: Vec<Reached> =
            claim.skills.iter().flat_map(|&skill| self.lexicon.reach(skill)).collect();
        let phrase = match claim.skills.is_empty() {
            true => words(&claim.text).iter().fold(" ".to_owned(), |all, w| all + &w.form + " "),
            false => String::new(),
        };
        self.views
            .iter()
            .zip(self.vectors)
            .zip(lexical)
            .map(|((view, vectors), lexical)| {
                let (credits, spoken) = match claim.skills.is_empty() {
                    true => find_phrase(view, &phrase),
                    false => (find_items(view, &reached), find_spoken(view, &reached)),
                };
                Finding {
                    credits,
                    spoken,
                    similar: self.similar(vectors, vector),
                    whole: cosine(&vectors.whole, vector),
                    lexical: if most > 0.0 { (lexical / most).clamp(0.0, 1.0) } else { 0.0 },
                }
            })
            .collect()
    }

    fn similar(&self, vectors: &ViewVectors, vector: &[f32]) -> Vec<f32> {
        let similarity = |part: &Vec<f32>| self.calibration.similarity(cosine(part, vector));
        vectors.parts.iter().map(similarity).collect()
    }
}

impl Finding {
    /// The part closest in meaning (the first of equals), and its similarity in `0..=1`.
    pub(crate) fn nearest(&self) -> Option<(usize, f32)> {
        let parts = self.similar.iter().copied().enumerate();
        parts.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)))
    }

    /// The mean similarity of the `count` closest parts, or of all where there are fewer: `0..=1`.
    pub(crate) fn closest(&self, count: usize) -> f32 {
        let mut similar = self.similar.clone();
        similar.sort_unstable_by(|a, b| b.total_cmp(a));
        similar.truncate(count);
        similar.iter().sum::<f32>() / similar.len().max(1) as f32
    }
}

/// The items that any of the reached skills serves.
fn find_items(view: &View, reached: &[Reached]) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    for (item, asked) in view.asked.iter().enumerate() {
        let best = reached
            .iter()
            .filter(|reached| asked.skills.contains(&reached.skill))
            .max_by(|a, b| a.strength.total_cmp(&b.strength).then(b.relation.cmp(&a.relation)));
        if let Some(best) = best {
            credits.push(Credit { item, relation: best.relation, strength: best.strength });
        }
    }
    credits.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.item.cmp(&b.item)));
    credits
}

/// The best that the text, or else the organisation, says of any of the reached skills.
fn find_spoken(view: &View, reached: &[Reached]) -> Option<(SpokenOf, f32)> {
    let reached = || reached.iter().filter(|reached| reached.relation != Relation::Similar);
    let spoken = reached()
        .filter(|reached| view.spoken.contains_key(&reached.skill))
        .map(|reached| (SpokenOf::Skill(reached.skill), reached.strength));
    let home = reached().filter_map(|reached| {
        let stands_for = view.home.iter().find(|home| home.skill == reached.skill)?;
        Some((SpokenOf::Home, reached.strength * stands_for.strength))
    });
    // The last of equals wins, and a word of the text is better evidence than a name.
    home.chain(spoken).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Where a phrase that the lexicon does not know stands as written.
fn find_phrase(view: &View, phrase: &str) -> (Vec<Credit>, Option<(SpokenOf, f32)>) {
    if fold(phrase).is_empty() {
        return (Vec::new(), None);
    }
    let mut credits = Vec::new();
    let mut spoken = None;
    let mut items = 0;
    for (at, part) in view.parts.iter().enumerate() {
        let found = part.folded.contains(phrase);
        if part.place == Place::Skill {
            if found {
                credits.push(Credit { item: items, relation: Relation::Same, strength: 1.0 });
            }
            items += 1;
        } else if found && spoken.is_none() {
            spoken = Some((SpokenOf::Phrase(at), 1.0));
        }
    }
    (credits, spoken)
}
