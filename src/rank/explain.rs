//! The evidence behind a score: which words of the mentee met which words of the project, and what is lacking.
//!
//! Nothing is claimed here that does not stand in the text.

use serde::{Deserialize, Serialize};

use super::claims::Stance;
use super::difficulty::is_above;
use super::findings::SpokenOf;
use super::parts::Part;
use super::profile::Claim;
use super::score::{Met, had};
use super::view::View;
use crate::model::{Experience, Requirement};
use crate::skills::{Lexicon, Relation};

/// From this similarity on, closeness in meaning is shown as evidence.
const TELLING_SIMILARITY: f32 = 0.6;
/// An item of which less than this is had counts as missing.
const HAD: f32 = 0.5;

/// How a mentee's words met a project's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The same skill by the same name.
    Exact,
    /// The same skill by another name.
    Alias,
    /// The mentee's skill implies the one asked for, or is a case of it.
    Implied,
    /// The project speaks of the skill without asking for it.
    Mentioned,
    /// The two are alike: neighbours in the lexicon, or close in meaning.
    Similar,
}

/// A piece of evidence for a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    /// The mentee's words.
    pub text: String,
    /// The skill that the mentee's words name, where they name one.
    pub skill: Option<String>,
    /// How the two met.
    pub how: How,
    /// The project's words.
    pub project_text: String,
    /// The line on which they stand.
    pub line: usize,
}

/// Something that a project asks for and the mentee lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// The skill, or the item as written where it is not understood.
    pub skill: String,
    /// How much it is asked for.
    pub requirement: Requirement,
}

/// Why a project has the score it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What each part with any weight gave; they add up to the score.
    pub contributions: Vec<(Part, f64)>,
    /// What met, the strongest first.
    pub matched: Vec<Matched>,
    /// What is asked for and not there, in the order of the text.
    pub missing: Vec<Missing>,
    /// What is asked for at a higher level than the mentee's, where that is given, in the order of the text.
    pub above: Vec<Above>,
}

/// Something that a project asks for at a higher level than the mentee's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    /// The project's words.
    pub project_text: String,
    /// The line on which they stand.
    pub line: usize,
}

/// The evidence for a project, from what the claims met there: strongest kind first, then by weight.
pub(crate) fn matched(met: &[Met<'_>], view: &View, lexicon: &Lexicon) -> Vec<Matched> {
    let mut found: Vec<(&Claim, Matched)> =
        met.iter().filter_map(|met| Some((met.claim, evidence(met, view, lexicon)?))).collect();
    found.sort_by(|(a, of_a), (b, of_b)| {
        of_a.how.cmp(&of_b.how).then(b.weight.total_cmp(&a.weight))
    });
    let mut told: Vec<&Claim> = Vec::new();
    let mut matched: Vec<Matched> = Vec::new();
    for (claim, piece) in found {
        // An interest that is a skill's name and nothing else was said already.
        let known = told.iter().any(|told| {
            let skill = claim.skills().first();
            (skill.is_some() && told.skills().first() == skill) || told.form() == claim.form()
        });
        if !known {
            told.push(claim);
            matched.push(piece);
        }
    }
    matched
}

/// The best evidence for one claim: an item of the list, else a word of the text, else closeness.
fn evidence(met: &Met<'_>, view: &View, lexicon: &Lexicon) -> Option<Matched> {
    let Met { claim, finding } = met;
    let skill = claim.skills().first().map(|&skill| lexicon.get(skill).name.clone());
    let piece = |how, project_text: &str, line| Matched {
        text: claim.text.clone(),
        skill: skill.clone(),
        how,
        project_text: project_text.to_owned(),
        line,
    };
    if let Some(credit) = finding.credits.first() {
        let asked = &view.asked[credit.item as usize];
        let how = match credit.relation {
            Relation::Same if claim.alias || asked.alias => How::Alias,
            Relation::Same => How::Exact,
            Relation::Implied => How::Implied,
            Relation::Similar => How::Similar,
        };
        if how < How::Similar || finding.spoken.is_none() {
            return Some(piece(how, &asked.text, asked.line));
        }
    }
    if let Some((of, _)) = finding.spoken {
        return Some(match of {
            SpokenOf::Skill(skill) => {
                let spoken = &view.spoken[&skill];
                piece(How::Mentioned, &spoken.text, spoken.line)
            }
            SpokenOf::Phrase(part) => {
                piece(How::Mentioned, &claim.text, view.parts[part as usize].line)
            }
            SpokenOf::Home => piece(How::Implied, &view.org, view.line),
        });
    }
    let (part, similarity) = finding.nearest()?;
    let close = similarity >= TELLING_SIMILARITY && claim.stance != Stance::Topic;
    close.then(|| piece(How::Similar, &view.parts[part].text, view.parts[part].line))
}

/// What the project asks for and the mentee lacks. Of alternatives, one line stands for all.
pub(crate) fn missing(met: &[Met<'_>], view: &View, lexicon: &Lexicon) -> Vec<Missing> {
    let had = had(met, view);
    let mut missing: Vec<Missing> = Vec::new();
    let mut groups = Vec::new();
    for (item, asked) in view.asked.iter().enumerate() {
        if had[item] >= HAD || asked.alternative.is_some_and(|group| groups.contains(&group)) {
            continue;
        }
        groups.extend(asked.alternative);
        let same_group = view.asked.iter().filter(|other| {
            std::ptr::eq(*other, asked)
                || (asked.alternative.is_some() && other.alternative == asked.alternative)
        });
        let names: Vec<&str> = same_group
            .map(|asked| match asked.skills[..] {
                [skill] if asked.whole => lexicon.get(skill).name.as_str(),
                _ => asked.text.as_str(),
            })
            .collect();
        let skill = names.join(" or ");
        if !missing.iter().any(|known| known.skill == skill) {
            missing.push(Missing { skill, requirement: asked.requirement });
        }
    }
    missing
}

/// What a project asks for at a higher level than a mentee of this experience has.
pub(crate) fn above(mentee: Experience, view: &View) -> Vec<Above> {
    let above = view.asked.iter().filter(|a| a.level.is_some_and(|level| is_above(level, mentee)));
    above.map(|asked| Above { project_text: asked.text.clone(), line: asked.line }).collect()
}
