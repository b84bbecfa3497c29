//! A mentee as the ranking sees them: what they claim, and what the words of each claim find in a catalog.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cache::{FindingsCache, Statement, Wanted};
use super::calibration::QueryEvidence;
use super::claims::{Stance, TokenizedText, sentences};
use super::corpus::Corpus;
use super::field::Field;
use super::findings::{Finding, Scope};
use super::profile_builder::{ParsedClaim, ProfileBuilder};
use super::specificity::SENTENCE;
use crate::embed::Embedder;
use crate::error::Result;
use crate::model::{Experience, Mentee};
use crate::skills::{SkillId, fold};

/// One thing that a mentee says.
#[derive(Debug, Clone)]
pub(crate) struct Claim<'a> {
    pub(crate) stance: Stance,
    /// As written.
    pub(crate) text: &'a str,
    /// It names its skill by another name than the lexicon's.
    pub(crate) alias: bool,
    /// How much it counts: a skill by how telling it is (`0..=1`), a sentence [`SENTENCE`].
    pub(crate) weight: f32,
    pub(crate) statement: Arc<Statement>,
    /// The text folded, where that is not the words' own form.
    form: Option<String>,
}

impl Claim<'_> {
    /// The skills that it names.
    pub(crate) fn skills(&self) -> &[SkillId] {
        &self.statement.words.skills
    }

    /// The text folded, to know the same words again.
    pub(crate) fn form(&self) -> &str {
        self.form.as_deref().unwrap_or(&self.statement.words.form)
    }

    /// What it finds in the project at `place`.
    #[inline]
    pub(crate) fn at(&self, place: usize) -> Finding<'_> {
        self.statement.findings.at(place)
    }

    /// Whether its words count as such: a topic stands within a sentence that counts already, and a word
    /// that neither the lexicon nor any project knows tells nothing.
    pub(crate) fn counts_as_text(&self) -> bool {
        self.stance != Stance::Topic && self.weight > 0.0
    }
}

/// A mentee, understood.
#[derive(Debug, Clone)]
pub(crate) struct Profile<'a> {
    /// The projects that the claims were compared with.
    pub(crate) scope: Arc<Scope>,
    pub(crate) claims: Vec<Claim<'a>>,
    /// How experienced they are, where they say so.
    pub(crate) level: Option<Experience>,
    /// What all that they say amounts to.
    pub(crate) evidence: QueryEvidence,
    /// For every part of every project, the similarity of the claim that is closest to it.
    closest: Vec<f32>,
}

/// Parses what a mentee says. Order and repetition of skills make no difference to the claims.
pub(crate) fn parse<'a>(
    mentee: &'a Mentee,
    corpus: &Corpus,
    scope: &Arc<Scope>,
    embedder: &dyn Embedder,
    cache: Option<&FindingsCache>,
) -> Result<Profile<'a>> {
    let mut builder = ProfileBuilder { corpus, cache, parsed: Vec::new(), new: Vec::new() };
    for (items, stance) in [(&mentee.skills, Stance::Have), (&mentee.learn, Stance::Learn)] {
        for item in items {
            builder.item(item, stance);
        }
    }
    for sentence in mentee.interests.iter().flat_map(|text| sentences(text)) {
        builder.sentence(sentence);
    }
    let statements = builder.look_up(scope, embedder)?;
    let mut profile = Profile {
        scope: Arc::clone(scope),
        claims: Vec::with_capacity(statements.len()),
        level: mentee.level,
        evidence: QueryEvidence { total_weight: 0.0, has_interests: false },
        closest: vec![0.0; scope.parts()],
    };
    for (mut parsed, statement) in builder.parsed.into_iter().zip(statements) {
        if statement.words.is_denied {
            continue;
        }
        if parsed.stance == Stance::Have && statement.words.is_wished {
            parsed.stance = Stance::Learn;
        }
        let weight = if parsed.stance == Stance::Interest { SENTENCE } else { statement.weight };
        let form = (parsed.stance == Stance::Topic).then(|| fold(parsed.text));
        let ParsedClaim { stance, text, alias, .. } = parsed;
        let alias = alias.unwrap_or(statement.words.alias);
        profile.claims.push(Claim { stance, text, alias, weight, statement, form });
    }
    profile.tidy();
    profile.evidence = evidence(&profile.claims);
    profile.raise();
    Ok(profile)
}

fn evidence(claims: &[Claim<'_>]) -> QueryEvidence {
    let counting = claims.iter().filter(|claim| claim.counts_as_text());
    QueryEvidence {
        total_weight: counting.map(|claim| f64::from(claim.weight)).sum(),
        has_interests: claims.iter().any(|claim| claim.stance == Stance::Interest),
    }
}

impl Profile<'_> {
    /// For each part of the project at `place`, the similarity of the claim that is closest to it.
    pub(crate) fn closest_to(&self, place: usize) -> &[f32] {
        &self.closest[self.scope.range(place)]
    }

    /// The same mentee among the projects of another corpus, which must weigh skills alike; there is one of `vectors` and one
    /// of `tokens` for each claim.
    pub(crate) fn among(
        &self,
        corpus: &Corpus,
        vectors: &[Vec<f32>],
        tokens: &[TokenizedText],
    ) -> Self {
        let scope = Arc::clone(&corpus.all);
        let near = corpus.near(vectors, &scope);
        let claims = self.claims.iter().zip(tokens).zip(near).map(|((claim, tokens), near)| {
            let Statement { words, weight, has_field, .. } = claim.statement.as_ref();
            let field = Field::of_skills(&words.skills, &corpus.specificity, corpus.lexicon);
            let findings = corpus.find(words, tokens, near, &field, &scope);
            let (words, weight, has_field) = (Arc::clone(words), *weight, *has_field);
            let statement = Arc::new(Statement { words, findings, weight, has_field });
            Claim { statement, ..claim.clone() }
        });
        let (claims, closest) = (claims.collect(), vec![0.0; scope.parts()]);
        let mut profile = Self { scope, claims, closest, ..self.clone() };
        profile.raise();
        profile
    }

    /// Weighs what stands in the catalog of `corpus`, although in none of the projects that it was looked for in.
    pub(crate) fn reweigh(&mut self, corpus: &Corpus) {
        for claim in self.claims.iter_mut().filter(|claim| corpus.is_used(&claim.statement.words)) {
            let Statement { words, findings, has_field, .. } = claim.statement.as_ref();
            let weight = corpus.specificity.weigh(&words.skills, true);
            let (words, findings) = (Arc::clone(words), findings.clone());
            claim.statement =
                Arc::new(Statement { words, findings, weight, has_field: *has_field });
            claim.weight = weight;
        }
        self.evidence = evidence(&self.claims);
    }

    /// Remembers what the mentee said, who will say it again.
    pub(crate) fn remember_in(&self, cache: &FindingsCache) {
        for Claim { stance, text, statement, .. } in &self.claims {
            let wanted = match (stance, &statement.words.skills[..]) {
                (Stance::Have | Stance::Learn, _) => Wanted::Item(text),
                (Stance::Topic, [skill, ..]) => Wanted::Topic(*skill),
                (Stance::Interest | Stance::Topic, _) => Wanted::Sentence(text),
            };
            cache.insert(wanted.key(), Arc::clone(statement));
        }
    }

    fn raise(&mut self) {
        for claim in self.claims.iter().filter(|claim| claim.counts_as_text()) {
            claim.statement.findings.raise(&mut self.closest);
        }
    }

    /// Each statement once, in an order of its own: `Go, Rust` and `rust, golang, Go` are the same mentee.
    fn tidy(&mut self) {
        self.claims.sort_by(|a, b| {
            let skills = a.stance.cmp(&b.stance).then_with(|| a.skills().cmp(b.skills()));
            skills.then(a.alias.cmp(&b.alias)).then_with(|| a.text.cmp(b.text))
        });
        // Who can do something need not learn it.
        let had: Vec<Vec<SkillId>> = (self.claims.iter())
            .filter(|claim| claim.stance == Stance::Have && !claim.skills().is_empty())
            .map(|claim| claim.skills().to_vec())
            .collect();
        self.claims.retain(|c| c.stance != Stance::Learn || !had.iter().any(|h| h == c.skills()));
        let mut seen = BTreeSet::new();
        let mut new = Vec::with_capacity(self.claims.len());
        for claim in &self.claims {
            let form = if claim.skills().is_empty() { claim.form() } else { "" };
            new.push(seen.insert((claim.stance, claim.skills(), form)));
        }
        let mut new = new.into_iter();
        self.claims.retain(|_| new.next().unwrap_or(true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog, embed};

    fn parse_all(mentee: &Mentee) -> Profile<'_> {
        let embedder = embed::load("builtin").unwrap();
        let corpus = Corpus::new(&catalog::builtin(), embedder.as_ref()).unwrap();
        let cache = FindingsCache::new(&corpus.all, 256);
        let parse =
            || parse(mentee, &corpus, &corpus.all, embedder.as_ref(), Some(&cache)).unwrap();
        let (first, second) = (parse(), parse());
        let claims_of = |profile: &Profile<'_>| -> Vec<(Stance, String, f32)> {
            profile.claims.iter().map(|c| (c.stance, c.text.to_owned(), c.weight)).collect()
        };
        assert_eq!(claims_of(&first), claims_of(&second), "what is remembered is the same");
        second
    }

    fn mentee(skills: &[&str]) -> Mentee {
        Mentee { skills: skills.iter().map(|s| (*s).to_owned()).collect(), ..Mentee::default() }
    }

    #[test]
    fn order_and_repetition_of_skills_do_not_matter() {
        let skills = |mentee: &Mentee| -> Vec<Vec<SkillId>> {
            parse_all(mentee).claims.iter().map(|claim| claim.skills().to_vec()).collect()
        };
        let plain = skills(&mentee(&["Go", "Rust"]));
        assert_eq!(plain, skills(&mentee(&["rust", "golang", "Go", "Rust"])));
    }

    #[test]
    fn what_one_can_do_is_not_wished_for() {
        let stances = |skills: &[&str]| -> Vec<Stance> {
            let mentee = Mentee { learn: vec!["golang".to_owned()], ..mentee(skills) };
            parse_all(&mentee).claims.iter().map(|claim| claim.stance).collect()
        };
        assert_eq!(stances(&["Go"]), [Stance::Have]);
        assert_eq!(stances(&["Rust"]), [Stance::Have, Stance::Learn]);
    }

    #[test]
    fn interests_give_topics_and_sentences() {
        let mentee = Mentee {
            interests: Some("Compilers. I like WebAssembly runtimes.".to_owned()),
            ..Mentee::default()
        };
        let claims = parse_all(&mentee).claims;
        let topics: Vec<_> = claims.iter().filter(|c| c.stance == Stance::Topic).collect();
        let sentences = claims.iter().filter(|c| c.stance == Stance::Interest).count();
        assert!(topics.iter().any(|claim| claim.text.starts_with("WebAssembly")));
        assert_eq!(sentences, 2);
    }
}
