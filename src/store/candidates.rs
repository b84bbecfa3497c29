//! Which projects of many may be among the best for a mentee: the nearest in meaning, those that share skills, and those
//! that use the same words.
//!
//! Each finds what the others miss. Vectors alone would lose a project that names exactly the skill; skills alone would
//! drown in those that nearly every project asks for.

use std::collections::BTreeMap;

use super::open::CatalogIndex;
use crate::error::Result;
use crate::index::{Search, Subset};
use crate::rank::claims::Words;
use crate::rank::lexical::looked_for;
use crate::skills::{Lexicon, Relation, SkillId};

/// How many come of each kind.
const BY_MEANING: usize = 500;
const BY_ONE_MEANING: usize = 60;
const BY_SKILLS: usize = 400;
const BY_WORDS: usize = 1_000;
/// How many uses of words and skills are looked at, the rarest words and skills first.
const MOST_USES: usize = 60_000;
/// A skill that is only spoken of counts this much of one that is asked for.
const TOLD: f32 = 0.5;

/// The candidates, ascending.
pub(super) fn choose(
    index: &CatalogIndex,
    said: &[Words],
    vectors: &[Vec<f32>],
    kept: Option<&Subset>,
) -> Result<Vec<u32>> {
    let mut chosen = Vec::new();
    let mut nearest = |vector: &[f32], count: usize, within: Option<&Subset>| -> Result<()> {
        let how = Search { within, ..Search::default() };
        chosen.extend(index.vectors.search(vector, count, &how)?.iter().map(|hit| hit.id));
        Ok(())
    };
    let together = sum(vectors);
    nearest(&together, BY_MEANING, kept)?;
    for vector in vectors {
        nearest(vector, BY_ONE_MEANING, kept)?;
    }
    let (by_skills, common) = by_skills(index, said, kept);
    for skill in common {
        // Too common to be looked at one by one: the nearest of those who ask for it.
        let asked = index.postings.asked(skill);
        let subset = Subset::from_ascending(index.vectors.len(), asked, kept);
        nearest(&together, BY_MEANING, Some(&subset))?;
    }
    chosen.extend(by_skills);
    chosen.extend(by_words(index, said, kept));
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// The direction of all that is said.
fn sum(vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0f32; vectors.first().map_or(0, Vec::len)];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|x| *x /= length);
    }
    sum
}

/// The projects that share most of the skills, by how rare these are; and the skills said that are too common to count.
fn by_skills(
    index: &CatalogIndex,
    said: &[Words],
    kept: Option<&Subset>,
) -> (Vec<u32>, Vec<SkillId>) {
    let lexicon = Lexicon::builtin();
    let mut reached: BTreeMap<SkillId, (Relation, f32)> = BTreeMap::new();
    for skill in said.iter().flat_map(|words| &words.skills) {
        for reach in lexicon.reach(*skill) {
            let best = reached.entry(reach.skill).or_insert((reach.relation, 0.0));
            if reach.strength > best.1 {
                *best = (reach.relation, reach.strength);
            }
        }
    }
    let mut lists: Vec<(&[u32], f32, Option<SkillId>)> = Vec::new();
    for (skill, (relation, strength)) in reached {
        let asked = index.postings.asked(skill);
        let weight = strength * index.usage.rarity(asked.len());
        lists.push((asked, weight, (relation == Relation::Same).then_some(skill)));
        lists.push((index.postings.told(skill), weight * TOLD, None));
    }
    lists.sort_by_key(|(list, ..)| list.len());
    let mut left = MOST_USES;
    let (mut counted, mut common) = (Vec::new(), Vec::new());
    for (list, weight, skill) in lists {
        match left.checked_sub(list.len()) {
            Some(rest) => {
                left = rest;
                counted.push((list, weight));
            }
            None => common.extend(skill),
        }
    }
    let uses =
        counted.iter().flat_map(|(list, weight)| list.iter().map(|project| (*project, *weight)));
    (most(index, uses, kept, BY_SKILLS), common)
}

/// The projects that use most of the words, by BM25.
fn by_words(index: &CatalogIndex, said: &[Words], kept: Option<&Subset>) -> Vec<u32> {
    let lexicon = Lexicon::builtin();
    let mut words: Vec<String> = said.iter().flat_map(|words| looked_for(words, lexicon)).collect();
    words.sort_unstable();
    words.dedup();
    let mut lists: Vec<(&[u32], &[f32])> =
        words.iter().map(|word| index.postings.word(word)).collect();
    lists.sort_by_key(|(projects, _)| projects.len());
    let lengths = index.table.lengths();
    let mut left = MOST_USES;
    let affordable = lists.into_iter().take_while(|(projects, _)| {
        let rest = left.checked_sub(projects.len());
        left = rest.unwrap_or(0);
        rest.is_some()
    });
    let uses = affordable.flat_map(|(projects, times)| {
        let rarity = index.usage.rarity(projects.len());
        projects.iter().zip(times).map(move |(project, times)| {
            let length = lengths.get(*project as usize).copied().unwrap_or(0.0);
            (*project, index.usage.weight(rarity, *times, length))
        })
    });
    most(index, uses, kept, BY_WORDS)
}

/// The `count` projects with the largest sums.
fn most(
    index: &CatalogIndex,
    uses: impl Iterator<Item = (u32, f32)>,
    kept: Option<&Subset>,
    count: usize,
) -> Vec<u32> {
    let mut sums = vec![0.0f32; index.table.len()];
    let mut touched = Vec::new();
    for (project, weight) in
        uses.filter(|(project, _)| kept.is_none_or(|kept| kept.contains(*project)))
    {
        let Some(sum) = sums.get_mut(project as usize) else { continue };
        if *sum == 0.0 {
            touched.push(project);
        }
        *sum += weight;
    }
    let better = |a: &u32, b: &u32| sums[*b as usize].total_cmp(&sums[*a as usize]).then(a.cmp(b));
    if touched.len() > count {
        touched.select_nth_unstable_by(count, better);
        touched.truncate(count);
    }
    touched
}
