//! The lexicon: canonical skills, how people write them, and how they relate.
//!
//! Reads `data/skills.toml`; resolves nothing itself beyond a look-up by folded form
//! (see [`super::resolve`] for what people write).

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::fold::{fold, fold_counted, singular};
use super::relation::{Reached, SkillId};
use super::skill::{Skill, SkillKind};
use crate::error::{Error, ErrorKind, Result};

/// The lexicon that is built into the program: `data/skills.toml`, made JSON by `build.rs`.
const BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/skills.json"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    skill: Vec<Skill>,
}

/// How a found form stands to the skill's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The name itself, however its words are parted.
    Name,
    /// An alias or a plural.
    Alias,
    /// An alias in lists only.
    Listed,
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::Input, message)
}

/// A folded form that means a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) skill: SkillId,
    pub(crate) form: Form,
    /// The lexicon writes it as several words.
    pub(crate) is_phrase: bool,
}

/// All canonical skills, found by any of their names.
#[derive(Debug)]
pub struct Lexicon {
    skills: Vec<Skill>,
    forms: HashMap<String, Known>,
    /// The forms by their first letter, for those who look for one that is like another; made when first wanted.
    by_letter: OnceLock<HashMap<char, Vec<(String, SkillId)>>>,
    relations: Vec<Relations>,
    /// What each skill serves; made when first wanted.
    pub(super) reached: Vec<OnceLock<Vec<Reached>>>,
    /// The names of all domains, sorted; a domain's number is its place here.
    domains: Vec<String>,
    /// For each skill its domains, most telling first.
    skill_domains: Vec<Vec<usize>>,
    longest: usize,
}

/// The relations of one skill, as numbers.
#[derive(Debug, Default, Clone)]
pub(crate) struct Relations {
    pub(crate) implies: Vec<SkillId>,
    pub(crate) contains: Vec<SkillId>,
    pub(crate) contained_in: Vec<SkillId>,
    pub(crate) implied_by: Vec<SkillId>,
    pub(crate) near: Vec<SkillId>,
}

impl Lexicon {
    /// What the numbers of skills depend on.
    pub(crate) fn digest() -> blake3::Hash {
        blake3::hash(BUILTIN)
    }

    /// The lexicon built into the program.
    ///
    /// # Panics
    ///
    /// Never: that the built-in file is well-formed is proved by a test.
    pub fn builtin() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| match Lexicon::from_json(BUILTIN) {
            Ok(lexicon) => lexicon,
            Err(error) => unreachable!("data/skills.toml: {error}"),
        });
        &LEXICON
    }

    /// Reads a lexicon in the format of `data/skills.toml`, of which `build.rs` makes the JSON that the program reads.
    ///
    /// # Errors
    ///
    /// The text is not TOML of that form, a name is used twice, or a relation names no skill.
    #[cfg(test)]
    pub(crate) fn from_toml(text: &str) -> Result<Self> {
        Self::new(toml::from_str(text).map_err(|error| invalid(error.to_string()))?)
    }

    fn from_json(json: &[u8]) -> Result<Self> {
        Self::new(serde_json::from_slice(json).map_err(|error| invalid(error.to_string()))?)
    }

    fn new(file: File) -> Result<Self> {
        if file.skill.len() > usize::from(u16::MAX) {
            return Err(invalid(format!("a lexicon holds at most {} skills", u16::MAX)));
        }
        let ids = || (0..).map(SkillId);
        let mut lexicon = Self {
            forms: HashMap::with_capacity(file.skill.len() * 5),
            by_letter: OnceLock::new(),
            relations: Vec::new(),
            reached: file.skill.iter().map(|_| OnceLock::new()).collect(),
            domains: Vec::new(),
            skill_domains: Vec::new(),
            longest: 1,
            skills: file.skill,
        };
        // Names before aliases before plurals, so that the plainer reading of a form wins.
        for (skill, entry) in ids().zip(&lexicon.skills) {
            let (folded, length) = fold_counted(&entry.name);
            lexicon.longest = lexicon.longest.max(length);
            let known = Known { skill, form: Form::Name, is_phrase: length > 1 };
            if let Some(other) = lexicon.forms.insert(folded, known) {
                let other = &lexicon.skills[usize::from(other.skill.0)].name;
                return Err(invalid(format!("{:?} and {other:?} fold alike", entry.name)));
            }
        }
        for (skill, entry) in ids().zip(&lexicon.skills) {
            let aliases = entry.aliases.iter().map(|alias| (alias, Form::Alias));
            let listed = entry.listed.iter().map(|alias| (alias, Form::Listed));
            for (alias, form) in aliases.chain(listed) {
                let (folded, length) = fold_counted(alias);
                lexicon.longest = lexicon.longest.max(length);
                let known = Known { skill, form, is_phrase: length > 1 };
                let owner = lexicon.forms.entry(folded).or_insert(known).skill;
                if owner != skill {
                    let other = &lexicon.skills[usize::from(owner.0)].name;
                    return Err(invalid(format!(
                        "the alias {alias:?} of {:?} is taken by {other:?}",
                        entry.name
                    )));
                }
            }
        }
        lexicon.add_singulars();
        lexicon.relations = lexicon.relate()?;
        lexicon.number_domains();
        Ok(lexicon)
    }

    /// Finds `operator` where `operators` is written. Names of programs and languages have no singular:
    /// NATS is not made of nats.
    fn add_singulars(&mut self) {
        let mut stems = Vec::new();
        for (form, known) in &self.forms {
            let kind = self.get(known.skill).kind;
            let has_plural = matches!(kind, SkillKind::Concept | SkillKind::Craft);
            if let Some(stem) = singular(form).filter(|_| has_plural || known.is_phrase) {
                // An everyday word in the plural is one in the singular.
                let listed = known.form == Form::Listed || self.get(known.skill).ambiguous;
                let form = if listed { Form::Listed } else { Form::Alias };
                stems.push((stem.to_owned(), Known { form, ..*known }));
            }
        }
        // Two forms may share a stem; which one gets it must not depend on the order of a hash map.
        stems.sort_by(|a, b| (&a.0, a.1.skill).cmp(&(&b.0, b.1.skill)));
        for (stem, known) in stems {
            self.forms.entry(stem).or_insert(known);
        }
    }

    fn number_domains(&mut self) {
        let mut names: Vec<String> =
            self.skills.iter().flat_map(|skill| skill.domains.iter().cloned()).collect();
        names.sort();
        names.dedup();
        let number = |name: &String| names.binary_search(name).ok();
        let of = |skill: &Skill| skill.domains.iter().filter_map(number).collect();
        self.skill_domains = self.skills.iter().map(of).collect();
        self.domains = names;
    }

    fn relate(&self) -> Result<Vec<Relations>> {
        let find = |owner: &Skill, name: &String| match self.forms.get(&fold(name)) {
            Some(known) => Ok(known.skill),
            None => Err(Error::new(
                ErrorKind::Input,
                format!("{:?} is related to {name:?}, which is no skill", owner.name),
            )),
        };
        let mut relations = vec![Relations::default(); self.skills.len()];
        for (id, skill) in (0..).map(SkillId).zip(&self.skills) {
            let at = usize::from(id.0);
            for name in &skill.implies {
                let implied = find(skill, name)?;
                relations[at].implies.push(implied);
                relations[usize::from(implied.0)].implied_by.push(id);
            }
            for name in &skill.contains {
                let part = find(skill, name)?;
                relations[at].contains.push(part);
                relations[usize::from(part.0)].contained_in.push(id);
            }
            for name in &skill.near {
                let other = find(skill, name)?;
                relations[at].near.push(other);
                relations[usize::from(other.0)].near.push(id);
            }
        }
        for relation in &mut relations {
            relation.near.sort_unstable();
            relation.near.dedup();
        }
        Ok(relations)
    }

    /// The skill of that number.
    pub fn get(&self, id: SkillId) -> &Skill {
        &self.skills[usize::from(id.0)]
    }

    /// All skills with their numbers, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (SkillId, &Skill)> {
        (0..).map(SkillId).zip(&self.skills)
    }

    /// How many skills there are.
    pub fn len(&self) -> usize {
        self.skills.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }

    /// What a folded form (see [`super::fold`]) means, its plural included.
    pub(crate) fn by_form(&self, form: &str) -> Option<Known> {
        if let Some(known) = self.forms.get(form) {
            return Some(*known);
        }
        let known = *self.forms.get(singular(form)?)?;
        let form = match known.form {
            Form::Name if self.get(known.skill).ambiguous => Form::Listed,
            Form::Name | Form::Alias => Form::Alias,
            Form::Listed => Form::Listed,
        };
        Some(Known { form, ..known })
    }

    /// The forms that begin with a letter, with their skills, in no particular order.
    pub(crate) fn forms_with(&self, first: char) -> impl Iterator<Item = (&str, SkillId)> {
        let by_letter = self.by_letter.get_or_init(|| {
            let mut by_letter: HashMap<char, Vec<(String, SkillId)>> = HashMap::new();
            for (form, known) in &self.forms {
                if let Some(first) = form.chars().next() {
                    by_letter.entry(first).or_default().push((form.clone(), known.skill));
                }
            }
            by_letter
        });
        let forms = by_letter.get(&first).into_iter().flatten();
        forms.map(|(form, skill)| (form.as_str(), *skill))
    }

    /// The names of all domains; a domain's number is its place here.
    pub(crate) fn domains(&self) -> &[String] {
        &self.domains
    }

    /// The domains of a skill, most telling first.
    pub(crate) fn domains_of(&self, skill: SkillId) -> &[usize] {
        &self.skill_domains[usize::from(skill.0)]
    }

    /// How the skill relates to others.
    pub(crate) fn relations(&self, id: SkillId) -> &Relations {
        &self.relations[usize::from(id.0)]
    }

    /// The number of words of the longest form.
    pub(crate) fn longest_form(&self) -> usize {
        self.longest
    }
}

impl TryFrom<u16> for SkillId {
    type Error = String;

    fn try_from(number: u16) -> std::result::Result<Self, String> {
        if usize::from(number) < Lexicon::builtin().len() {
            Ok(Self(number))
        } else {
            Err(format!("there is no skill number {number}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_lexicon_is_well_formed() {
        let lexicon = Lexicon::from_json(BUILTIN).unwrap();
        assert!(lexicon.len() >= 2500, "only {} skills", lexicon.len());
    }

    #[test]
    fn the_builtin_lexicon_says_what_each_skill_is_for() {
        let lexicon = Lexicon::builtin();
        let says_little = |skill: &&Skill| skill.about.len() < 3;
        let silent: Vec<&Skill> = lexicon.skills.iter().filter(says_little).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }

    #[test]
    fn an_alias_of_two_skills_is_refused() {
        let text = r#"
            skill = [
              { name = "Go", aliases = ["g"], kind = "language", domains = ["languages"] },
              { name = "Gleam", aliases = ["G"], kind = "language", domains = ["languages"] },
            ]"#;
        let error = Lexicon::from_toml(text).unwrap_err().to_string();
        assert!(error.contains("taken by \"Go\""), "{error}");
    }

    #[test]
    fn a_relation_to_nothing_is_refused() {
        let text = r#"
            [[skill]]
            name = "Vue"
            kind = "framework"
            domains = ["front-end"]
            near = ["React"]
        "#;
        let error = Lexicon::from_toml(text).unwrap_err().to_string();
        assert!(error.contains("\"React\", which is no skill"), "{error}");
    }
}
