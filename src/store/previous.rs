//! The index that is there when another is built, and what a build takes over of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::error::damaged;
use super::open::CatalogIndex;
use super::sketch::MOST_ITEMS;
use super::tables::Kind;
use crate::error::Result;
use crate::index::Coded;
use crate::model::Catalog;
use crate::rank::specificity::asked_skills;
use crate::skills::SkillId;

/// So many files of records are added before all are written anew.
const MOST_FILES: usize = 16;

/// The index that is there, and what is needed to find one's way in it.
pub(super) struct Previous {
    pub(super) index: CatalogIndex,
    /// The project of each id.
    by_id: HashMap<Vec<u8>, u32>,
    /// The position of each project among the sketches.
    positions: Vec<u32>,
}

impl Previous {
    pub(super) fn new(index: CatalogIndex) -> Result<Self> {
        let projects = index.table.len() as u32;
        let by_id = (0..projects).map(|project| (index.table.id(project).to_vec(), project));
        let mut positions = vec![0; index.table.len()];
        for (position, project) in (0u32..).zip(index.sketches.order()) {
            let place = positions.get_mut(*project as usize);
            *place.ok_or_else(|| damaged("the index names a project that it does not have"))? =
                position;
        }
        Ok(Self { by_id: by_id.collect(), positions, index })
    }

    /// Its project of this id.
    pub(super) fn project(&self, id: &str) -> Option<u32> {
        self.by_id.get(id.as_bytes()).copied()
    }

    /// How many of its projects a catalog does not have.
    pub(super) fn missing_in(&self, catalog: &Catalog) -> usize {
        let ids: HashSet<&[u8]> = catalog.projects.iter().map(|p| p.id.as_bytes()).collect();
        self.by_id.keys().filter(|id| !ids.contains(&id[..])).count()
    }

    /// Whether its records can stay where they are: in few files, and three quarters of them needed.
    pub(super) fn is_compact(&self) -> bool {
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
