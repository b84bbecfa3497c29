//! The evidence behind a score: which words of the mentee met which words of the project, and what is lacking.
//!
//! Nothing is claimed here that does not stand in the text.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::claims::Stance;
use super::difficulty::is_above;
use super::findings::MentionSource;
use super::parts::Part;
use super::profile::Claim;
use super::score::{Met, had};
use super::view::{Asked, EVERYONE, Place, View};
use super::weights::fulfils;
use crate::model::{Experience, Requirement};
use crate::skills::{Lexicon, Relation, SkillId, SkillKind, fold, words};

/// From this similarity on, closeness in meaning is shown as evidence.
const TELLING_SIMILARITY: f32 = 0.6;
/// An item of which less than this is had counts as missing.
const HAD: f32 = 0.5;
/// An item of several skills is named by its own words up to so many characters.
const SHORT: usize = 40;
/// Of a longer item that is content with any of several skills, so many are named.
const CHOICES: usize = 3;
const OR: &str = " or ";
const OTHERS: &str = "others";
/// A sentence is close to an item of a list where that has as many words at least.
const FEW_WORDS: usize = 3;
/// A skill that serves what a text names is evidence from this strength on: what it implies directly.
const DIRECT: f32 = 0.7;
/// A skill is told to be near to what is asked for from this strength on: as its own neighbour, not as one of what it implies.
const NEAR: f32 = 0.4;

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
    /// The project speaks of the skill, or of one that it serves, without asking for it.
    Mentioned,
    /// The two are alike: neighbours in the lexicon, or close in meaning.
    Similar,
}

/// What a mentee's words say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    /// I can do this.
    Can,
    /// I want to learn this, or am interested in it.
    Wants,
}

/// A piece of evidence for a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    /// The mentee's words.
    pub text: String,
    /// The skill that the mentee's words name, where they name one.
    pub skill: Option<Cow<'static, str>>,
    /// Whether they can do it or want it.
    pub said: Said,
    /// How the two met.
    pub how: How,
    /// The skill of the project's that is met, where the mentee's is another one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub serves: Option<Cow<'static, str>>,
    /// The project's words.
    pub project_text: String,
    /// The line on which they stand.
    pub line: usize,
}

/// The evidence that tells of what the mentee can do, or wants.
pub fn met(matched: &[Matched], said: Said) -> impl Iterator<Item = &Matched> {
    matched.iter().filter(move |matched| matched.said == said)
}

impl Matched {
    /// What the mentee has to offer there: the skill, or their words where these name none.
    pub fn name(&self) -> &str {
        self.skill.as_deref().unwrap_or(&self.text)
    }
}

/// Something that a project asks for and the mentee lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// The skill, or the item as written where it is not understood.
    pub skill: Cow<'static, str>,
    /// The project's words for it, where they are others and no longer than a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// It is the project's own software, which nobody is asked to know beforehand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

impl Missing {
    /// How it is called towards a person: by the project's words, where these are a name.
    pub fn name(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.skill)
    }

    /// Whether everyone has it or nearly: nobody learns English for an application written in it.
    pub fn is_generic(&self) -> bool {
        let lexicon = Lexicon::builtin();
        known(&self.skill).is_some_and(|skill| lexicon.get(skill).generic)
    }

    /// Whether it is half a sentence, and not the name of something that can be learnt.
    pub fn is_phrase(&self) -> bool {
        let is_name = |name: &str| name == OTHERS || known(name).is_some();
        self.skill.chars().count() > SHORT && !self.skill.split(OR).all(is_name)
    }
}

/// The skill that the lexicon knows by this name.
fn known(name: &str) -> Option<SkillId> {
    Lexicon::builtin().by_form(&fold(name)).map(|known| known.skill)
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
pub(crate) fn matched(met: &[Met<'_>], view: &View, lexicon: &'static Lexicon) -> Vec<Matched> {
    let mut found: Vec<Evidence<'_>> =
        met.iter().filter_map(|met| evidence(met, view, lexicon)).collect();
    found.sort_by(|a, b| a.how.cmp(&b.how).then_with(|| b.claim.weight.total_cmp(&a.claim.weight)));
    // Who can do what they are interested in was not wishing for it.
    let skill = |piece: &Evidence<'_>| piece.claim.skills().first().copied();
    let can = |piece: &&Evidence<'_>| piece.claim.stance == Stance::Have;
    let had: Vec<SkillId> = found.iter().filter(can).filter_map(skill).collect();
    found.retain(|piece| can(&piece) || skill(piece).is_none_or(|skill| !had.contains(&skill)));
    let mut matched: Vec<Matched> = Vec::with_capacity(found.len());
    let mut told: Vec<&Claim<'_>> = Vec::with_capacity(found.len());
    for piece in found {
        let (claim, skill) = (piece.claim, piece.claim.skills().first());
        // An interest that is a skill's name and nothing else was said already.
        let is_known = told.iter().any(|told| {
            (skill.is_some() && told.skills().first() == skill) || told.form() == claim.form()
        });
        // Nearness to words that something stronger met, or that many are near to, tells nothing new.
        let is_idle = piece.how == How::Similar
            && matched.iter().any(|known| {
                known.line == piece.line
                    && known.project_text == piece.project_text
                    && known.how < How::Similar
            });
        if !is_known && !is_idle {
            told.push(claim);
            matched.push(Matched {
                text: claim.text.to_owned(),
                skill: skill.map(|&skill| Cow::Borrowed(lexicon.get(skill).name.as_str())),
                said: match claim.stance {
                    Stance::Have => Said::Can,
                    Stance::Learn | Stance::Topic | Stance::Interest => Said::Wants,
                },
                how: piece.how,
                serves: piece.serves.map(|skill| Cow::Borrowed(lexicon.get(skill).name.as_str())),
                project_text: piece.project_text.to_owned(),
                line: piece.line,
            });
        }
    }
    matched
}

/// What becomes a [`Matched`] unless it was told already.
struct Evidence<'a> {
    claim: &'a Claim<'a>,
    how: How,
    /// The skill of the project's that is met, where the mentee's is another one.
    serves: Option<SkillId>,
    project_text: &'a str,
    line: usize,
}

/// The best evidence for one claim: an item of the list, else a word of the text, else closeness.
fn evidence<'a>(met: &Met<'a>, view: &'a View, lexicon: &Lexicon) -> Option<Evidence<'a>> {
    let Met { claim, finding } = *met;
    let piece = |how, project_text, line| Evidence { claim, how, serves: None, project_text, line };
    let names = |skill: &SkillId| claim.skills().contains(skill);
    // What the text says in so many words is better evidence than what a word of its list may mean.
    let is_named = match finding.mentioned {
        Some((MentionSource::Skill(skill), _)) => names(&skill),
        Some((MentionSource::Phrase(_), _)) => true,
        Some((MentionSource::Organisation, _)) | None => false,
    };
    // Who wants one thing is not told that a broader one is it.
    let may_serve = claim.stance == Stance::Have;
    let mut neighbour = None;
    for credit in finding.credits {
        let asked = &view.asked[credit.item as usize];
        let how = match credit.relation {
            Relation::Same if claim.alias || asked.alias => How::Alias,
            Relation::Same => How::Exact,
            // What serves an item by less than half leaves it missing.
            Relation::Implied if !may_serve || is_named || credit.strength < HAD => continue,
            Relation::Implied => How::Implied,
            // Nobody needs to have what is near to the project's own software.
            Relation::Similar if credit.strength < NEAR || view.is_own(asked) => continue,
            Relation::Similar => How::Similar,
        };
        let serves = credit.skill.filter(|_| credit.relation != Relation::Same);
        let evidence = Evidence { serves, ..piece(how, &asked.text, asked.line) };
        if how < How::Similar {
            return Some(evidence);
        }
        // What the text speaks of is better evidence than a neighbour of what it asks for.
        neighbour = neighbour.or(Some(evidence));
    }
    match finding.mentioned {
        // What is told in passing is served by what implies it directly, and no umbrella is ("Java" for "the back end").
        Some((MentionSource::Skill(skill), weight))
            if names(&skill)
                || may_serve
                    && weight >= DIRECT * view.mentioned[&skill].weight()
                    && lexicon.get(skill).contains.is_empty() =>
        {
            let mentioned = &view.mentioned[&skill];
            // What the text names may be no more than what the mentee's skill serves.
            let serves = (!names(&skill)).then_some(skill);
            return Some(Evidence {
                serves,
                ..piece(How::Mentioned, &mentioned.text, mentioned.line)
            });
        }
        Some((MentionSource::Phrase(part), _)) => {
            let line = view.parts[part as usize].line;
            return Some(piece(How::Mentioned, claim.text, line));
        }
        Some((MentionSource::Organisation, _)) => {
            // A name stands for what its organisation does, not for what else would help there.
            let direct = view.org_skills.iter().filter(|reached| reached.strength >= DIRECT);
            let mut org_skills = direct.map(|reached| reached.skill).filter(names);
            if org_skills.any(|skill| is_field(skill, lexicon)) {
                return Some(piece(How::Implied, &view.org, view.org_line));
            }
        }
        Some((MentionSource::Skill(_), _)) | None => {}
    }
    // That two names lie near each other is no evidence that one stands in for the other; only what the lexicon does not
    // know, and sentences, are told by closeness.
    if neighbour.is_some() || !claim.skills().is_empty() {
        return neighbour;
    }
    let part = &view.parts[finding.nearest(TELLING_SIMILARITY)?];
    let is_sentence = claim.stance == Stance::Interest;
    if is_sentence && part.place == Place::Skill && words(&part.text).len() < FEW_WORDS {
        return None;
    }
    Some(piece(How::Similar, &part.text, part.line))
}

/// Whether an organisation's name is evidence of a skill: it tells in which field the work lies, and is its
/// software's name; in which language it is written, and with which tools, the project has to say itself.
fn is_field(skill: SkillId, lexicon: &Lexicon) -> bool {
    use SkillKind::{Concept, Craft, Framework, Language, Project, Tool};
    let skill = lexicon.get(skill);
    match skill.kind {
        // What half of the field does tells nothing of this organisation.
        _ if skill.common >= EVERYONE => false,
        Concept | Craft | Project => true,
        Language | Framework | Tool => false,
    }
}

/// What the project asks for and the mentee lacks, skill by skill. Of alternatives, one line stands for all.
pub(crate) fn missing(met: &[Met<'_>], view: &View, lexicon: &'static Lexicon) -> Vec<Missing> {
    let had = had(met, view);
    let mut missing: Vec<Missing> = Vec::with_capacity(view.asked.len());
    let mut groups = Vec::new();
    for (item, asked) in view.asked.iter().enumerate() {
        if asked.alternative.is_some_and(|group| groups.contains(&group)) {
            continue;
        }
        groups.extend(asked.alternative);
        let is_choice = asked.alternative.is_some() || is_choice(asked);
        let skills: Vec<Cow<'static, str>> = match &asked.skills[..] {
            // "Go and Kubernetes" is not had by who has one of them.
            all @ [_, _, ..] if !is_choice => {
                let lacking = all.iter().filter(|skill| fulfilled(met, **skill, lexicon) < HAD);
                lacking.map(|skill| name_of(*skill, lexicon)).collect()
            }
            _ if had[item] >= HAD => continue,
            _ => match asked.alternative {
                Some(_) => {
                    let of_group = |other: &&Asked| other.alternative == asked.alternative;
                    let group = view.asked.iter().filter(of_group);
                    let names: Vec<_> = group.map(|other| name(other, lexicon)).collect();
                    vec![Cow::Owned(names.join(OR))]
                }
                None => vec![name(asked, lexicon)],
            },
        };
        for skill in skills {
            if !missing.iter().any(|known| known.skill == skill) {
                let (requirement, own) = (asked.requirement, view.is_own(asked));
                let text = words_for(&skill, asked);
                missing.push(Missing { skill, text, requirement, own });
            }
        }
    }
    missing
}

/// How much of a skill the mentee has, `0..=1`.
fn fulfilled(met: &[Met<'_>], skill: SkillId, lexicon: &Lexicon) -> f32 {
    let by_claim = |Met { claim, .. }: &Met<'_>| {
        let reached = claim.skills().iter().flat_map(|skill| lexicon.reach(*skill));
        let strength =
            reached.filter(|reached| reached.skill == skill).map(|reached| reached.strength);
        fulfils(claim.stance) * strength.fold(0.0, f32::max)
    };
    met.iter().map(by_claim).fold(0.0, f32::max)
}

/// An item's own words for the one skill that it asks for.
fn words_for(skill: &str, asked: &Asked) -> Option<String> {
    let is_alone = asked.alternative.is_none() && asked.skills.len() == 1;
    let is_name = asked.text.chars().count() <= SHORT && asked.text != skill;
    (is_alone && is_name).then(|| asked.text.clone())
}

/// Whether an item that names several skills is content with one of them: "Python or Go", "C/C++", but not "CI/CD".
fn is_choice(asked: &Asked) -> bool {
    let mut slashed = asked.text.split([' ', ',', ':', '(', ')']).filter(|w| w.contains('/'));
    slashed.any(|word| known(word).is_none())
        || words(&asked.text).iter().any(|word| word.form == "or")
}

fn name_of(skill: SkillId, lexicon: &'static Lexicon) -> Cow<'static, str> {
    Cow::Borrowed(&lexicon.get(skill).name)
}

/// The skill that an item asks for, or its own words where it is not understood or short.
fn name(asked: &Asked, lexicon: &'static Lexicon) -> Cow<'static, str> {
    match &asked.skills[..] {
        [] => Cow::Owned(asked.text.clone()),
        [skill] => name_of(*skill, lexicon),
        _ if asked.text.chars().count() <= SHORT => Cow::Owned(asked.text.clone()),
        all => {
            let mut names: Vec<Cow<'_, str>> =
                all.iter().take(CHOICES).map(|skill| name_of(*skill, lexicon)).collect();
            if all.len() > CHOICES {
                names.push(Cow::Borrowed(OTHERS));
            }
            Cow::Owned(names.join(OR))
        }
    }
}

/// What a project requires at a higher level than a mentee of this experience has.
pub(crate) fn above(mentee: Experience, view: &View, lexicon: &Lexicon) -> Vec<Above> {
    let above = view.asked.iter().filter(|asked| {
        asked.level.is_some_and(|level| is_above(level, mentee))
            && asked.requirement == Requirement::Required
            && asked.skills.iter().any(|skill| !lexicon.get(*skill).generic)
    });
    above.map(|asked| Above { project_text: asked.text.clone(), line: asked.line }).collect()
}
