//! A project prepared to be written: understood and embedded, or recognised as one of the previous index.

use std::collections::{BTreeMap, BTreeSet};

use super::error::damaged;
use super::features;
use super::previous::Previous;
use super::records::{self, Digest, digest, to_bytes};
use crate::embed::Embedder;
use crate::error::Result;
use crate::index::Coded;
use crate::model::Project;
use crate::rank::corpus::embed;
use crate::rank::lexical::counts;
use crate::rank::sketch::{SKETCH, Sketcher};
use crate::rank::specificity::asked_skills;
use crate::rank::view::View;
use crate::rank::weights::STANDS_FOR;
use crate::skills::{Lexicon, SkillId};

/// What has become of a project since the last build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Added,
    Changed,
    Kept,
}

/// A project prepared to be written.
pub(super) enum Prepared {
    /// It is that project of the previous index.
    Unchanged(u32),
    New(Box<NewProject>),
}

/// A project that was understood.
pub(super) struct NewProject {
    pub(super) status: Status,
    pub(super) text: Vec<u8>,
    pub(super) numbers: Vec<u8>,
    pub(super) features: Vec<u8>,
    /// The digests of the project as the catalog gives it, and of all that is embedded of it.
    pub(super) project: Digest,
    pub(super) embedded: Digest,
    /// The words that it uses.
    pub(super) words: BTreeMap<String, f32>,
    pub(super) asked: BTreeSet<SkillId>,
    /// The items as written, with the skills of each.
    pub(super) items: Vec<(String, Vec<SkillId>)>,
    /// Of its parts, and of its whole.
    pub(super) vectors: Coded,
    /// The project in short.
    pub(super) sketch: Coded,
    /// How many texts had to be embedded.
    pub(super) anew: usize,
}

impl Prepared {
    /// Understands a project and embeds what of it the previous index does not have.
    ///
    /// # Errors
    ///
    /// The model cannot be run, or the previous index is damaged.
    pub(super) fn new(
        project: &Project,
        previous: Option<&Previous>,
        sketcher: &Sketcher<'_>,
        embedder: &dyn Embedder,
    ) -> Result<Self> {
        let own = digest(&to_bytes(project)?);
        let before = previous.and_then(|old| Some((old, old.project(&project.id)?)));
        if let Some((old, number)) = before
            && old.index.table.project_digest(number) == Some(own)
        {
            return Ok(Self::Unchanged(number));
        }
        let lexicon = Lexicon::builtin();
        let view = View::new(project, lexicon);
        let embedded = embedded_digest(&view);
        let same = before
            .filter(|(old, number)| old.index.table.embedded_digest(*number) == Some(embedded));
        let vectors = match same {
            Some((old, number)) => known_vectors(old, number, &view, embedder.dimensions())?,
            None => embed(std::slice::from_ref(&view), embedder)?,
        };
        let status = match (before, same) {
            (None, _) => Status::Added,
            (Some(_), None) => Status::Changed,
            (Some(_), Some(_)) => Status::Kept,
        };
        let asked = asked_skills(&view);
        let mentioned = mentioned_skills(&view, &asked);
        let sentences = sketcher.short(&vectors, 1 + view.asked.len()..view.parts.len());
        let mut sketch = Coded::new(SKETCH);
        sketch.push(&sketcher.sketch(&view, &vectors));
        Ok(Self::New(Box::new(NewProject {
            status,
            text: records::write_text(project, &view)?,
            numbers: records::write_numbers(&view, &vectors, &sentences)?,
            features: features::write(&view, &vectors, &sentences, mentioned, sketcher),
            project: own,
            embedded,
            words: counts(&view, lexicon),
            asked,
            items: view.asked.into_iter().map(|asked| (asked.text, asked.skills)).collect(),
            anew: if same.is_some() { 0 } else { vectors.len() },
            vectors,
            sketch,
        })))
    }
}

/// The vectors of a project of which all that is embedded is as it was.
fn known_vectors(old: &Previous, number: u32, view: &View, dimensions: usize) -> Result<Coded> {
    let mut vectors = Coded::new(dimensions);
    old.index.numbers(number, &mut vectors)?;
    if vectors.len() != view.parts.len() + 1 {
        return Err(damaged("a project has other vectors than texts"));
    }
    Ok(vectors)
}

/// The skills that a project does not ask for but its text speaks of, or its organisation stands for, with how much each
/// counts of one that is asked for: `0..=1`.
fn mentioned_skills(view: &View, asked: &BTreeSet<SkillId>) -> BTreeMap<SkillId, f32> {
    let org_skills =
        view.org_skills.iter().map(|reached| (reached.skill, reached.strength * STANDS_FOR));
    let mentioned = view.mentioned.iter().map(|(skill, mentioned)| (*skill, mentioned.weight()));
    let mut most = BTreeMap::new();
    for (skill, counts) in org_skills.chain(mentioned).filter(|(skill, _)| !asked.contains(skill)) {
        let known = most.entry(skill).or_insert(counts);
        *known = counts.max(*known);
    }
    most
}

/// The digest of all that is embedded of a project.
fn embedded_digest(view: &View) -> Digest {
    let mut all = Vec::new();
    for text in view.parts.iter().map(|part| &part.text).chain([&view.whole]) {
        all.extend((text.len() as u64).to_le_bytes());
        all.extend(text.as_bytes());
    }
    digest(&all)
}
