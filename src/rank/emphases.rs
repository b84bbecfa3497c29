//! How much each piece of a project counts in its score: depends on the catalog alone.

use super::specificity::Specificity;
use super::view::{Asked, Place, View};
use super::weights::{ITEMS, OWN, TECHNOLOGY, TITLE, demand};

/// How much each piece of a project counts; made once a catalog.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Emphases {
    /// Of each item asked for: how telling it is and how much it is asked for.
    pub(crate) items: Vec<f32>,
    /// Of each part, up to the last that counts, its share of the semantic part of a score.
    pub(super) parts: Vec<f32>,
    /// There is no list of items to compare with.
    pub(super) no_items: bool,
}

impl Emphases {
    pub(crate) fn new(view: &View, specificity: &Specificity) -> Self {
        let count = |asked: &Asked| match asked.is_technology {
            _ if view.is_own(asked) => OWN,
            true => TECHNOLOGY,
            false => 1.0,
        };
        let all: f32 = view.asked.iter().map(count).sum();
        // Parts of this place are the items asked for, in their order.
        let mut item = view.asked.iter().map(|asked| ITEMS * count(asked) / all);
        let share = |place: Place| match place {
            Place::Title => TITLE,
            Place::Skill => item.next().unwrap_or(0.0),
            Place::Description | Place::Outcome | Place::Organisation => 0.0,
        };
        let counting = view.parts.iter().map(|part| part.place);
        let parts = counting.take_while(|place| *place <= Place::Skill).map(share).collect();
        let weight = |asked: &Asked| specificity.skills(&asked.skills) * demand(asked.requirement);
        let items = view.asked.iter().map(weight).collect();
        Self { items, parts, no_items: view.asked.is_empty() }
    }
}
