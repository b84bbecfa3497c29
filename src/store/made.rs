//! A project made ready to be written: understood and embedded, or recognised as one of the index that is there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::open::CatalogIndex;
use super::records::{self, Digest, digest, to_bytes};
use super::sketch::MOST_ITEMS;
use super::tables::Kind;
use super::{damaged, features};
use crate::embed::Embedder;
use crate::error::Result;
use crate::index::Coded;
use crate::model::{Catalog, Project};
use crate::rank::corpus::embed;
use crate::rank::lexical::counts;
use crate::rank::sketch::{SKETCH, Sketcher};
use crate::rank::specificity::asked_skills;
use crate::rank::view::View;
use crate::rank::weights::SPOKEN;
use crate::skills::{Lexicon, SkillId};

/// So many files of records are added before all are written anew.
const MOST_FILES: usize = 16;

/// What has become of a project since the last build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Added,
    Changed,
    Kept,
}

/// The index that is there, and what is needed to find one's way in it.
pub(super) struct Old {
    pub(super) index: CatalogIndex,
    /// The project of each id.
    known: HashMap<Vec<u8>, u32>,
    /// The position of each project among the sketches.
    positions: Vec<u32>,
}

impl Old {
    pub(super) fn new(index: CatalogIndex) -> Result<Self> {
        let projects = index.table.len() as u32;
        let known = (0..projects).map(|project| (index.table.id(project).to_vec(), project));
        let mut positions = vec![0; index.table.len()];
        for (position, project) in (0u32..).zip(index.sketches.order()) {
            let place = positions.get_mut(*project as usize);
            *place.ok_or_else(|| damaged("the index names a project that it does not have"))? =
                position;
        }
        Ok(Self { known: known.collect(), positions, index })
    }

    /// How many of its projects a catalog does not have.
    pub(super) fn missing_in(&self, catalog: &Catalog) -> usize {
        let ids: HashSet<&[u8]> = catalog.projects.iter().map(|p| p.id.as_bytes()).collect();
        self.known.keys().filter(|id| !ids.contains(&id[..])).count()
    }

    /// Whether its records can stay where they are: in few files, and three quarters of them needed.
    pub(super) fn is_tidy(&self) -> bool {
        [Kind::Texts, Kind::Numbers].iter().all(|kind| {
            let (bytes, files) = self.index.size(*kind);
            files < MOST_FILES && self.index.table.needed(*kind) >= bytes - bytes / 4
        })
    }

    /// The position of a project among the sketches.
    pub(super) fn position(&self, project: u32) -> usize {
        self.positions.get(project as usize).map_or(0, |position| *position as usize)
    }

    /// The skills that a project asks for.
    pub(super) fn asked(&self, project: u32) -> Result<BTreeSet<SkillId>> {
        let sketches = &self.index.sketches;
        let items = sketches.items_of(self.position(project));
        if items.len() < MOST_ITEMS {
            return Ok(items.flat_map(|item| sketches.skills(item as usize)).collect());
        }
        // There may be more.
        let mut vectors = Coded::new(self.index.manifest().model.dimensions);
        Ok(asked_skills(&self.index.numbers(project, &mut vectors)?))
    }
}

/// A project made ready to be written.
pub(super) enum Made {
    /// As that project of the old index.
    AsBefore(u32),
    New(Box<New>),
}

/// A project that was understood.
pub(super) struct New {
    pub(super) what: What,
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

impl Made {
    pub(super) fn new(
        project: &Project,
        old: Option<&Old>,
        sketcher: &Sketcher<'_>,
        embedder: &dyn Embedder,
    ) -> Result<Self> {
        let own = digest(&to_bytes(project)?);
        let before = old.and_then(|old| Some((old, *old.known.get(project.id.as_bytes())?)));
        if let Some((old, number)) = before
            && old.index.table.project_digest(number) == Some(own)
        {
            return Ok(Self::AsBefore(number));
        }
        let lexicon = Lexicon::builtin();
        let view = View::new(project, lexicon);
        let embedded = embedded_digest(&view);
        let same = before
            .filter(|(old, number)| old.index.table.embedded_digest(*number) == Some(embedded));
        let mut vectors = Coded::new(embedder.dimensions());
        let mut anew = 0;
        match same {
            Some((old, number)) => {
                old.index.numbers(number, &mut vectors)?;
                if vectors.len() != view.parts.len() + 1 {
                    return Err(damaged("a project has other vectors than texts"));
                }
            }
            None => {
                vectors = embed(std::slice::from_ref(&view), embedder)?;
                anew = view.parts.len() + 1;
            }
        }
        let what = match (before, same) {
            (None, _) => What::Added,
            (Some(_), None) => What::Changed,
            (Some(_), Some(_)) => What::Kept,
        };
        let asked = asked_skills(&view);
        // What the text speaks of comes last, and so counts in full.
        let home = view.home.iter().map(|home| (home.skill, home.strength * SPOKEN));
        let mentioned: BTreeMap<SkillId, f32> = home
            .chain(view.spoken.iter().map(|(skill, spoken)| (*skill, spoken.weight())))
            .filter(|(skill, _)| !asked.contains(skill))
            .collect();
        let sentences = sketcher.short(&vectors, 1 + view.asked.len()..view.parts.len());
        let mut sketch = Coded::new(SKETCH);
        sketch.push(&sketcher.sketch(&view, &vectors));
        Ok(Self::New(Box::new(New {
            what,
            text: records::write_text(project, &view)?,
            numbers: records::write_numbers(&view, &vectors, &sentences)?,
            features: features::write(&view, &vectors, &sentences, mentioned, sketcher),
            project: own,
            embedded,
            words: counts(&view, lexicon),
            asked,
            items: view.asked.into_iter().map(|asked| (asked.text, asked.skills)).collect(),
            vectors,
            sketch,
            anew,
        })))
    }
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
