//! A catalog made ready to be compared with words: its views, their vectors, the weights of its skills.
//!
//! Made once a catalog; nothing here depends on a mentee.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::claims::{ParsedText, TokenizedText};
use super::difficulty::hardness;
use super::emphases::Emphases;
use super::field::Field;
use super::findings::{Alike, BestMention, Credit, Findings, MentionSource, Scope};
use super::lexical::Lexical;
use super::specificity::Specificity;
use super::view::{Place, View};
use super::weights;
use crate::embed::{Calibration, Embedder, Role};
use crate::error::Result;
use crate::index::{Coded, Query};
use crate::model::Catalog;
use crate::skills::{Lexicon, Reached, Relation, SkillId, spaced, words};

/// Cosines with a whole text spread further than those with its parts: both ends are drawn out by this much.
const WHOLE: f32 = 0.1;

/// The projects of a catalog, ready to be compared with words.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) views: Vec<View>,
    pub(crate) emphases: Vec<Emphases>,
    /// How hard each project is, `0..=1`, where its text says so.
    pub(crate) hardness: Vec<Option<f32>>,
    pub(crate) specificity: Specificity,
    calibration: Calibration,
    /// All projects of the catalog.
    pub(crate) all: Arc<Scope>,
    fields: Vec<Field>,
    lexical: Lexical,
    /// Phrases that the lexicon does not know and that stand in projects of the catalog, be they here or not.
    used: Vec<String>,
    /// Of each project the vectors of its parts, one after the other, and that of the whole.
    vectors: Coded,
}

/// How near a vector comes, `0..=1`: to each part, and to each project as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    parts: Vec<f32>,
    wholes: Vec<f32>,
}

impl Corpus {
    /// Reads and embeds every project of `catalog`.
    pub(crate) fn new(catalog: &Catalog, embedder: &dyn Embedder) -> Result<Self> {
        let lexicon = Lexicon::builtin();
        let views: Vec<View> =
            catalog.projects.iter().map(|project| View::new(project, lexicon)).collect();
        let specificity = Specificity::new(&views, lexicon);
        let lexical = Lexical::new(&views, lexicon);
        let vectors = embed(&views, embedder)?;
        Ok(Self::assemble(views, vectors, specificity, lexical, embedder.calibration()))
    }

    /// No projects: what is known without any.
    pub(crate) fn bare(specificity: Specificity, embedder: &dyn Embedder) -> Self {
        let lexical = Lexical::of_postings(HashMap::new(), HashMap::new());
        let vectors = Coded::new(embedder.dimensions());
        Self::assemble(Vec::new(), vectors, specificity, lexical, embedder.calibration())
    }

    /// The same of projects that are understood and embedded already. What is telling and which words are rare
    /// may have been learned from more projects than these.
    pub(crate) fn assemble(
        views: Vec<View>,
        vectors: Coded,
        specificity: Specificity,
        lexical: Lexical,
        calibration: Calibration,
    ) -> Self {
        let lexicon = Lexicon::builtin();
        let emphases: Vec<Emphases> =
            views.iter().map(|view| Emphases::new(view, &specificity)).collect();
        let hardness = views.iter().zip(&emphases).map(|(view, of)| hardness(view, &of.items));
        Self {
            lexicon,
            hardness: hardness.collect(),
            emphases,
            fields: views.iter().map(|view| Field::of_view(view, &specificity, lexicon)).collect(),
            specificity,
            calibration,
            all: Arc::new(Scope::new((0..).zip(views.iter().map(|view| view.parts.len())))),
            lexical,
            used: Vec::new(),
            vectors,
            views,
        }
    }

    /// The same, knowing that the catalog, of which this may be a part, uses these phrases.
    pub(crate) fn with_known(self, used: Vec<String>) -> Self {
        Self { used, ..self }
    }

    /// Whether words that the lexicon does not know are known to stand in the catalog.
    pub(crate) fn is_used(&self, said: &ParsedText) -> bool {
        !self.used.is_empty() && said.is_unknown_item() && self.used.contains(&phrase(said))
    }

    /// How alike two projects are, `0..=1`, by all that each says of itself.
    pub(crate) fn alike(&self, one: usize, other: usize) -> f32 {
        let whole = |project: usize| self.rows(project).end;
        self.calibration.similarity(self.vectors.cosine(whole(one), whole(other)))
    }

    /// Where the vectors of a project's parts lie; that of its whole is the next.
    fn rows(&self, project: usize) -> Range<usize> {
        let parts = self.all.range(project);
        parts.start + project..parts.end + project
    }

    /// How cosines are to be read: those with the parts of a project, and those with its whole.
    pub(crate) fn calibrations(&self) -> (Calibration, Calibration) {
        let Calibration { unrelated, same } = self.calibration;
        (self.calibration, Calibration { unrelated: unrelated - WHOLE, same: same + WHOLE })
    }

    /// How near each of `vectors` comes to the projects of `scope`. Project by project, so that the vectors of
    /// a project are fetched from memory once for all.
    pub(crate) fn near(&self, vectors: &[Vec<f32>], scope: &Scope) -> Vec<Near> {
        let (_, wide) = self.calibrations();
        let new = || Near { parts: vec![0.0; scope.parts()], wholes: vec![0.0; scope.len()] };
        let mut near: Vec<Near> = vectors.iter().map(|_| new()).collect();
        let queries: Vec<Query> = vectors.iter().map(|vector| Query::new(vector)).collect();
        for (place, project) in scope.projects().enumerate() {
            let parts = self.rows(project);
            let whole = parts.end..parts.end + 1;
            for (query, near) in queries.iter().zip(&mut near) {
                self.vectors.cosines(parts.clone(), query, &mut near.parts[scope.range(place)]);
                let cosine = &mut near.wholes[place..=place];
                self.vectors.cosines(whole.clone(), query, cosine);
                cosine[0] = wide.similarity(cosine[0]);
            }
        }
        for near in &mut near {
            near.parts.iter_mut().for_each(|x| *x = self.calibration.similarity(*x));
        }
        near
    }

    /// What a text finds in the projects of `scope`; `tokens` are those of what is compared of it.
    pub(crate) fn find(
        &self,
        said: &ParsedText,
        tokens: &TokenizedText,
        near: Near,
        field: &Field,
        scope: &Arc<Scope>,
    ) -> Findings {
        let mut scores = vec![0.0; self.views.len()];
        let most = self.lexical.score(tokens, &mut scores);
        let share = |score: f32| if most > 0.0 { (score / most).clamp(0.0, 1.0) } else { 0.0 };
        let has_field = field.is_known();
        let wanted = Wanted::new(said, tokens, self);
        let mut findings = Findings::new(Arc::clone(scope), near.parts);
        for (project, whole) in scope.projects().zip(near.wholes) {
            let field = if has_field { field.likeness(&self.fields[project]) } else { 0.0 };
            let (credits, mentioned) = wanted.find(project, &self.views[project]);
            findings.push(
                credits,
                mentioned,
                Alike { whole, lexical: share(scores[project]), field },
            );
        }
        findings
    }
}

/// What is looked for in the lists and texts of projects.
enum Wanted {
    /// Skills of the lexicon, with all that they serve.
    Skills(Vec<Reached>),
    /// A phrase that the lexicon does not know, its words between single spaces, and the projects that have every word.
    Phrase(String, Vec<u32>),
}

impl Wanted {
    fn new(said: &ParsedText, tokens: &TokenizedText, corpus: &Corpus) -> Self {
        if !said.is_phrase() {
            let reach = |&skill: &SkillId| corpus.lexicon.reach(skill);
            return Self::Skills(said.skills.iter().flat_map(reach).copied().collect());
        }
        // What names no skill is compared as written.
        let holders = corpus.lexical.holders(&tokens.words);
        let mut phrase = String::new();
        if !holders.is_empty() {
            phrase = spaced(&tokens.words);
        }
        Self::Phrase(phrase, holders)
    }

    fn find(&self, project: usize, view: &View) -> (Vec<Credit>, Option<BestMention>) {
        match self {
            Self::Skills(reached) => (items(view, reached), mentioned(view, reached)),
            Self::Phrase(phrase, holders) if holders.binary_search(&(project as u32)).is_ok() => {
                stands(view, phrase)
            }
            Self::Phrase(..) => (Vec::new(), None),
        }
    }
}

/// What is looked for where the lexicon does not know it: its words, folded, with a space before and after each.
pub(crate) fn phrase(said: &ParsedText) -> String {
    spaced(&words(&said.text))
}

/// The items that any of the reached skills serves, best first.
fn items(view: &View, reached: &[Reached]) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    for (item, asked) in (0..).zip(&view.asked) {
        let best = reached
            .iter()
            .filter(|reached| asked.skills.contains(&reached.skill))
            .max_by(|a, b| a.strength.total_cmp(&b.strength).then(b.relation.cmp(&a.relation)));
        if let Some(best) = best {
            let Reached { skill, relation, strength } = *best;
            credits.push(Credit { item, skill: Some(skill), relation, strength });
        }
    }
    credits.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.item.cmp(&b.item)));
    credits
}

/// The best that the text, or else the organisation, says of any of the reached skills.
fn mentioned(view: &View, reached: &[Reached]) -> Option<BestMention> {
    let reached = || reached.iter().filter(|reached| reached.relation != Relation::Similar);
    let mentioned = reached().filter_map(|&Reached { skill, strength, .. }| {
        let weight = strength * view.mentioned.get(&skill)?.weight();
        Some(BestMention { source: MentionSource::Skill(skill), strength, weight })
    });
    let org_skills = reached().filter_map(|reached| {
        let stands_for = view.org_skills.iter().find(|own| own.skill == reached.skill)?;
        let strength = reached.strength * stands_for.strength;
        let weight = strength * weights::STANDS_FOR;
        Some(BestMention { source: MentionSource::Organisation, strength, weight })
    });
    let most = |a: &BestMention, b: &BestMention| a.weight.total_cmp(&b.weight);
    match (mentioned.max_by(most), org_skills.max_by(most)) {
        (Some(text), Some(org)) => {
            // A word of the text is better evidence than a name, even one that counts for more.
            let better = if text.strength >= org.strength { text } else { org };
            Some(BestMention { weight: text.weight.max(org.weight), ..better })
        }
        (text, org) => text.or(org),
    }
}

/// The items and the first other part in which a phrase stands, its words between single spaces.
fn stands(view: &View, phrase: &str) -> (Vec<Credit>, Option<BestMention>) {
    let mut credits = Vec::new();
    let mut mentioned = None;
    let mut item = 0;
    for (at, part) in (0..).zip(&view.parts) {
        let found = part.folded.contains(phrase);
        if part.place == Place::Skill {
            if found {
                let relation = Relation::Same;
                credits.push(Credit { item, skill: None, relation, strength: 1.0 });
            }
            item += 1;
        } else if found && mentioned.is_none() {
            let weight = weights::mentioned(part.place == Place::Title);
            let source = MentionSource::Phrase(at);
            mentioned = Some(BestMention { source, strength: 1.0, weight });
        }
    }
    (credits, mentioned)
}

/// Embeds every part and every whole in one call, so that the model can work in batches: of each view its parts, then
/// its whole.
pub(crate) fn embed(views: &[View], embedder: &dyn Embedder) -> Result<Coded> {
    let texts: Vec<&str> = views
        .iter()
        .flat_map(|view| {
            view.parts.iter().map(|part| part.text.as_str()).chain([view.whole.as_str()])
        })
        .collect();
    let mut coded = Coded::new(embedder.dimensions());
    embedder.vectors(&texts, Role::Passage)?.iter().for_each(|vector| coded.push(vector));
    Ok(coded)
}
