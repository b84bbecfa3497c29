//! A catalog made ready to be compared with words: its views, their vectors, the weights of its skills.
//!
//! Made once a catalog; nothing here depends on a mentee.

use std::sync::Arc;

use super::claims::Words;
use super::difficulty::hardness;
use super::field::Field;
use super::findings::{Credit, Findings, Scope, Spoken, SpokenOf};
use super::lexical::Lexical;
use super::score::Emphases;
use super::telling::Telling;
use super::view::{Place, View};
use crate::embed::{Calibration, Embedder, Role, cosine, cosines};
use crate::error::Result;
use crate::model::Catalog;
use crate::skills::{Lexicon, Reached, Relation, SkillId, words};

/// Cosines with a whole text spread further than those with its parts: both ends are drawn out by this much.
const WHOLE: f32 = 0.1;

/// What words are compared with.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) views: Vec<View>,
    pub(crate) emphases: Vec<Emphases>,
    /// How hard each project is, `0..=1`, where its text says so.
    pub(crate) hardness: Vec<Option<f32>>,
    pub(crate) telling: Telling,
    calibration: Calibration,
    /// All projects of the catalog.
    pub(crate) all: Arc<Scope>,
    fields: Vec<Field>,
    lexical: Lexical,
    vectors: Vec<ViewVectors>,
}

/// The vectors of a view: those of its parts, one after the other, and that of the whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ViewVectors {
    pub(crate) parts: Vec<f32>,
    pub(crate) whole: Vec<f32>,
}

/// How near a vector comes, `0..=1`: to each part, and to each project as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    parts: Vec<f32>,
    wholes: Vec<f32>,
}

impl Ground {
    /// Reads and embeds every project of `catalog`.
    pub(crate) fn new(catalog: &Catalog, embedder: &dyn Embedder) -> Result<Self> {
        let lexicon = Lexicon::builtin();
        let views: Vec<View> =
            catalog.projects.iter().map(|project| View::new(project, lexicon)).collect();
        let telling = Telling::new(&views, lexicon);
        let lexical = Lexical::new(&views, lexicon);
        let vectors = embed(&views, embedder)?;
        Ok(Self::assemble(views, vectors, telling, lexical, embedder.calibration()))
    }

    /// The same of projects that are understood and embedded already. What is telling and which words are rare
    /// may have been learned from more projects than these.
    pub(crate) fn assemble(
        views: Vec<View>,
        vectors: Vec<ViewVectors>,
        telling: Telling,
        lexical: Lexical,
        calibration: Calibration,
    ) -> Self {
        let lexicon = Lexicon::builtin();
        let emphases: Vec<Emphases> =
            views.iter().map(|view| Emphases::new(view, &telling)).collect();
        let hardness = views.iter().zip(&emphases).map(|(view, of)| hardness(view, &of.items));
        Self {
            lexicon,
            hardness: hardness.collect(),
            emphases,
            fields: views.iter().map(|view| Field::of_view(view, &telling, lexicon)).collect(),
            telling,
            calibration,
            all: Arc::new(Scope::new((0..).zip(views.iter().map(|view| view.parts.len())))),
            lexical,
            vectors,
            views,
        }
    }

    /// How alike two projects are, `0..=1`, by all that each says of itself.
    pub(crate) fn alike(&self, one: usize, other: usize) -> f32 {
        let cosine = cosine(&self.vectors[one].whole, &self.vectors[other].whole);
        self.calibration.similarity(cosine)
    }

    /// How near each of `vectors` comes to the projects of `scope`. Project by project, so that the vectors of
    /// a project are fetched from memory once for all.
    pub(crate) fn near(&self, vectors: &[Vec<f32>], scope: &Scope) -> Vec<Near> {
        let wide = Calibration {
            unrelated: self.calibration.unrelated - WHOLE,
            same: self.calibration.same + WHOLE,
        };
        let new = || Near { parts: vec![0.0; scope.parts()], wholes: vec![0.0; scope.len()] };
        let mut near: Vec<Near> = vectors.iter().map(|_| new()).collect();
        for (place, project) in scope.projects().enumerate() {
            let of_project = &self.vectors[project];
            for (vector, near) in vectors.iter().zip(&mut near) {
                cosines(&of_project.parts, vector, &mut near.parts[scope.range(place)]);
                near.wholes[place] = wide.similarity(cosine(&of_project.whole, vector));
            }
        }
        for cosine in near.iter_mut().flat_map(|near| &mut near.parts) {
            *cosine = self.calibration.similarity(*cosine);
        }
        near
    }

    /// What words, with how near they come and their field, find in the projects of `scope`.
    pub(crate) fn find(
        &self,
        said: &Words,
        near: Near,
        field: &Field,
        scope: &Arc<Scope>,
    ) -> Findings {
        let lexical = self.lexical_shares(said, scope);
        let likeness = |project: usize| match field.is_known() {
            true => field.likeness(&self.fields[project]),
            false => 0.0,
        };
        let fields = scope.projects().map(likeness).collect();
        let mut findings =
            Findings::new(Arc::clone(scope), near.parts, near.wholes, lexical, fields);
        if said.skills.is_empty() {
            self.find_phrase(said, scope, &mut findings);
        } else {
            self.find_skills(&said.skills, scope, &mut findings);
        }
        findings
    }

    /// For each project, the share of the words, by rarity, that its text uses.
    fn lexical_shares(&self, said: &Words, scope: &Scope) -> Vec<f32> {
        let mut scores = vec![0.0; self.views.len()];
        let most = self.lexical.score(&said.plain, self.lexicon, &mut scores);
        let share = |score: f32| if most > 0.0 { (score / most).clamp(0.0, 1.0) } else { 0.0 };
        scope.projects().map(|project| share(scores[project])).collect()
    }

    fn find_skills(&self, skills: &[SkillId], scope: &Scope, findings: &mut Findings) {
        let reached: Vec<Reached> =
            skills.iter().flat_map(|&skill| self.lexicon.reach(skill)).collect();
        for project in scope.projects() {
            let view = &self.views[project];
            findings.push(items(view, &reached), spoken(view, &reached));
        }
    }

    /// Where a phrase that the lexicon does not know stands as written.
    fn find_phrase(&self, said: &Words, scope: &Scope, findings: &mut Findings) {
        let words: Vec<String> = words(&said.text).into_iter().map(|word| word.form).collect();
        let phrase = words.iter().fold(" ".to_owned(), |all, word| all + word + " ");
        let holders = self.lexical.holders(&words);
        for project in scope.projects() {
            match holders.binary_search(&(project as u32)) {
                Ok(_) => {
                    let (credits, spoken) = stands(&self.views[project], &phrase);
                    findings.push(credits, spoken);
                }
                Err(_) => findings.push([], None),
            }
        }
    }
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
            credits.push(Credit { item, relation: best.relation, strength: best.strength });
        }
    }
    credits.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.item.cmp(&b.item)));
    credits
}

/// The best that the text, or else the organisation, says of any of the reached skills.
fn spoken(view: &View, reached: &[Reached]) -> Spoken {
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

/// The items and the first other part in which a phrase stands, its words between single spaces.
fn stands(view: &View, phrase: &str) -> (Vec<Credit>, Spoken) {
    let mut credits = Vec::new();
    let mut spoken = None;
    let mut item = 0;
    for (at, part) in (0..).zip(&view.parts) {
        let found = part.folded.contains(phrase);
        if part.place == Place::Skill {
            if found {
                credits.push(Credit { item, relation: Relation::Same, strength: 1.0 });
            }
            item += 1;
        } else if found && spoken.is_none() {
            spoken = Some((SpokenOf::Phrase(at), 1.0));
        }
    }
    (credits, spoken)
}

/// Embeds every part and every whole in one call, so that the model can work in batches.
pub(crate) fn embed(views: &[View], embedder: &dyn Embedder) -> Result<Vec<ViewVectors>> {
    let texts: Vec<&str> = views
        .iter()
        .flat_map(|view| {
            view.parts.iter().map(|part| part.text.as_str()).chain([view.whole.as_str()])
        })
        .collect();
    let mut vectors = embedder.embed(&texts, Role::Passage)?.into_iter();
    Ok(views
        .iter()
        .map(|view| ViewVectors {
            parts: vectors.by_ref().take(view.parts.len()).flatten().collect(),
            whole: vectors.next().unwrap_or_default(),
        })
        .collect())
}
