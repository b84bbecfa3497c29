//! What a skill is worth where another is asked for: the relations of the lexicon, followed and weighed.
//!
//! The strengths are judgements stated once, here: 1 is the skill itself, 0 no help at all.

use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use super::relation::{Reached, Relation, SkillId};
use super::skill::SkillKind;

/// Having a skill, one has what it implies, less surely with every step.
const IMPLIED: f32 = 0.75;
/// Having a part of what is asked for (PostgreSQL, where SQL databases are asked for).
const PART: f32 = 0.75;
/// Having something broader than what is asked for (SQL databases, where PostgreSQL is; chaos
/// engineering, where a tool of that field is).
const BROADER: f32 = 0.45;
/// Having a neighbour of what is asked for (Vue, where React is).
const NEIGHBOUR: f32 = 0.4;
/// Below this a relation is no evidence any more.
const LEAST: f32 = 0.3;

impl Lexicon {
    /// All skills that `skill` serves, itself first, then by number.
    pub fn reach(&self, skill: SkillId) -> &[Reached] {
        self.reached[usize::from(skill.0)].get_or_init(|| self.follow(skill))
    }

    fn follow(&self, skill: SkillId) -> Vec<Reached> {
        let mut best: BTreeMap<SkillId, Reached> = BTreeMap::new();
        let mut open = vec![Reached { skill, relation: Relation::Same, strength: 1.0 }];
        while let Some(reached) = open.pop() {
            let known = best.get(&reached.skill).map_or(0.0, |known| known.strength);
            if reached.strength < LEAST || reached.strength <= known {
                continue;
            }
            best.insert(reached.skill, reached);
            let relations = self.relations(reached.skill);
            let mut follow = |skills: &[SkillId], relation: Relation, factor: f32| {
                let strength = reached.strength * factor;
                open.extend(skills.iter().map(|&skill| Reached { skill, relation, strength }));
            };
            // What is only alike leads no further: a neighbour's neighbour is a stranger.
            if reached.relation != Relation::Similar {
                follow(&relations.implies, Relation::Implied, IMPLIED);
                follow(&relations.contained_in, Relation::Implied, PART);
                follow(&relations.near, Relation::Similar, NEIGHBOUR);
            }
            if reached.relation == Relation::Same {
                follow(&relations.contains, Relation::Similar, BROADER);
                // Who knows a field knows something of its tools; who knows a language does not know
                // all that is written in it.
                if matches!(self.get(reached.skill).kind, SkillKind::Concept | SkillKind::Craft) {
                    follow(&relations.implied_by, Relation::Similar, BROADER);
                }
            }
        }
        let mut reached: Vec<Reached> = best.into_values().collect();
        reached.sort_by_key(|r| (r.relation != Relation::Same, r.skill));
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        skill = [
          { name = "Go", kind = "language", domains = ["languages"] },
          { name = "Kubernetes", kind = "project", domains = ["orchestration"] },
          { name = "kubebuilder", kind = "framework", domains = ["orchestration"], implies = ["Kubernetes", "Go"] },
          { name = "SQL", kind = "language", domains = ["databases"], contains = ["PostgreSQL"] },
          { name = "PostgreSQL", kind = "project", domains = ["databases"], near = ["MySQL"] },
          { name = "MySQL", kind = "project", domains = ["databases"], near = ["MariaDB"] },
          { name = "Chaos engineering", kind = "concept", domains = ["chaos"] },
          { name = "Litmus", kind = "project", domains = ["chaos"], implies = ["Chaos engineering", "Go"] },
          { name = "MariaDB", kind = "project", domains = ["databases"] },
        ]"#;

    fn reach(name: &str) -> BTreeMap<String, (Relation, f32)> {
        let lexicon = Lexicon::from_toml(SMALL).unwrap();
        let skill = lexicon.by_form(&super::super::fold::fold(name)).unwrap().skill;
        let reached = lexicon.reach(skill);
        reached
            .iter()
            .map(|r| (lexicon.get(r.skill).name.clone(), (r.relation, r.strength)))
            .collect()
    }

    #[test]
    fn what_is_implied_is_had_in_part_and_not_the_other_way_round() {
        assert_eq!(reach("kubebuilder")["Go"], (Relation::Implied, IMPLIED));
        assert!(!reach("Go").contains_key("kubebuilder"));
    }

    #[test]
    fn knowing_a_field_helps_with_its_tools_and_knowing_a_language_does_not() {
        assert_eq!(reach("Chaos engineering")["Litmus"], (Relation::Similar, BROADER));
        assert!(!reach("Go").contains_key("Litmus"));
    }

    #[test]
    fn a_part_serves_the_whole_better_than_the_whole_serves_the_part() {
        let (_, up) = reach("PostgreSQL")["SQL"];
        let (_, down) = reach("SQL")["PostgreSQL"];
        assert!(up > down);
    }

    #[test]
    fn neighbours_serve_each_other_but_not_their_neighbours() {
        assert_eq!(reach("PostgreSQL")["MySQL"], (Relation::Similar, NEIGHBOUR));
        assert_eq!(reach("MySQL")["PostgreSQL"], (Relation::Similar, NEIGHBOUR));
        assert!(!reach("PostgreSQL").contains_key("MariaDB"));
    }
}
