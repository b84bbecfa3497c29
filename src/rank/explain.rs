//! The evidence behind a score: which words of the mentee met which words of the project, and what is lacking.
//!
//! Nothing is claimed here that does not stand in the text.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::claims::Stance;
use super::difficulty::is_above;
use super::findings::MentionSource;
use super::missing::{HAD, Missing};
use super::parts::Part;
use super::profile::Claim;
use super::score::Met;
use super::view::{EVERYONE, Place, View};
use crate::model::{Experience, Requirement};
use crate::skills::{Lexicon, Relation, SkillId, SkillKind, words};

/// From this similarity on, closeness in meaning is shown as evidence.
const TELLING_SIMILARITY: f32 = 0.6;
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
            matched.push(piece.to_matched(lexicon));
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

impl Evidence<'_> {
    fn to_matched(&self, lexicon: &'static Lexicon) -> Matched {
        let name = |skill: SkillId| Cow::Borrowed(lexicon.get(skill).name.as_str());
        Matched {
            text: self.claim.text.to_owned(),
            skill: self.claim.skills().first().copied().map(name),
            said: match self.claim.stance {
                Stance::Have => Said::Can,
                Stance::Learn | Stance::Topic | Stance::Interest => Said::Wants,
            },
            how: self.how,
            serves: self.serves.map(name),
            project_text: self.project_text.to_owned(),
            line: self.line,
        }
    }
}

/// The best evidence for one claim: an item of the list, else a word of the text, else closeness.
fn evidence<'a>(met: &Met<'a>, view: &'a View, lexicon: &Lexicon) -> Option<Evidence<'a>> {
    let Met { claim, finding } = *met;
    let piece = |how, project_text, line| Evidence { claim, how, serves: None, project_text, line };
    let names = |skill: &SkillId| claim.skills().contains(skill);
    // What the text says in so many words is better evidence than what a word of its list may mean.
    let source = finding.mentioned.map(|mention| mention.source);
    let is_named = match source {
        Some(MentionSource::Skill(skill)) => names(&skill),
        Some(MentionSource::Phrase(_)) => true,
        Some(MentionSource::Organisation) | None => false,
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
    match source {
        // What is told in passing is served by what implies it directly, and no umbrella is ("Java" for "the back end").
        Some(MentionSource::Skill(skill))
            if names(&skill)
                || may_serve
                    && finding.mentioned.is_some_and(|mention| mention.strength >= DIRECT)
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
        Some(MentionSource::Phrase(part)) => {
            let line = view.parts[part as usize].line;
            return Some(piece(How::Mentioned, claim.text, line));
        }
        Some(MentionSource::Organisation) => {
            // A name stands for what its organisation does, not for what else would help there.
            let direct = view.org_skills.iter().filter(|reached| reached.strength >= DIRECT);
            let mut org_skills = direct.map(|reached| reached.skill).filter(names);
            if org_skills.any(|skill| is_field(skill, lexicon)) {
                return Some(piece(How::Implied, &view.org, view.org_line));
            }
        }
        Some(MentionSource::Skill(_)) | None => {}
    }
    // That two names lie near each other is no evidence that one stands in for the other; only what the lexicon does not
    // know, and sentences, are told by closeness.
    if neighbour.is_some() || !claim.skills().is_empty() {
        return neighbour;
    }
    // What everyone knows of an organisation is no evidence: it does not stand in the text.
    let said = view.parts.iter().take_while(|part| part.place != Place::Organisation).count();
    let part = &view.parts[finding.nearest(said, TELLING_SIMILARITY)?];
    let is_sentence = claim.stance == Stance::Interest;
    if is_sentence && part.place == Place::Skill && words(&part.text).len() < FEW_WORDS {
        return None;
    }
    Some(piece(How::Similar, &part.text, part.line))
}

/// What a score rests on that no name and no sentence explains: of the mentee's words, by their weight, those that come
/// closest to a part of the project. For what everyone knows of an organisation its name stands.
pub(crate) fn closest(met: &[Met<'_>], view: &View, lexicon: &'static Lexicon) -> Option<Matched> {
    let near = met.iter().filter(|met| met.claim.counts_as_text()).filter_map(|met| {
        let part = met.finding.nearest(view.parts.len(), f32::MIN_POSITIVE)?;
        Some((met.claim, part, met.claim.weight * met.finding.similar[part]))
    });
    // The first of equals.
    let (claim, part, _) = near.reduce(|best, next| if next.2 > best.2 { next } else { best })?;
    let part = &view.parts[part];
    let (project_text, line) = match part.place {
        Place::Organisation => (&view.org, view.org_line),
        _ => (&part.text, part.line),
    };
    Some(
        Evidence { claim, how: How::Similar, serves: None, project_text, line }.to_matched(lexicon),
    )
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

/// What a project requires at a higher level than a mentee of this experience has.
pub(crate) fn above(mentee: Experience, view: &View, lexicon: &Lexicon) -> Vec<Above> {
    let above = view.asked.iter().filter(|asked| {
        asked.level.is_some_and(|level| is_above(level, mentee))
            && asked.requirement == Requirement::Required
            && asked.skills.iter().any(|skill| !lexicon.get(*skill).generic)
    });
    above.map(|asked| Above { project_text: asked.text.clone(), line: asked.line }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::Mentee;
    use crate::rank::corpus::Corpus;
    use crate::rank::{profile, score};
    use crate::{catalog, embed};

    #[test]
    fn for_what_everyone_knows_of_an_organisation_its_name_stands() {
        let page = "# Ideas\n\n### KubeEdge\n\n#### Design the dashboard\n\n\
            - Description: Users see and operate resources.\n- Recommended Skills: Vue\n";
        let catalog = catalog::from_text(Path::new("page.md"), page).unwrap();
        let embedder = embed::load("builtin").unwrap();
        let corpus = Corpus::new(&catalog, embedder.as_ref()).unwrap();
        let mentee = Mentee { skills: vec!["Modbus".to_owned()], ..Mentee::default() };
        let profile =
            profile::parse(&mentee, &corpus, &corpus.all, embedder.as_ref(), None).unwrap();
        let met = score::meet(&profile, 0);
        assert_eq!(matched(&met, &corpus.views[0], corpus.lexicon), []);
        let closest = closest(&met, &corpus.views[0], corpus.lexicon).unwrap();
        assert_eq!(
            (&*closest.text, &*closest.project_text, closest.line),
            ("Modbus", "KubeEdge", 3)
        );
        assert_eq!(closest.how, How::Similar);
    }
}
