//! A mentee as the ranking hears them: what they claim, and what the words of each claim find in a catalog.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cache::{FindingsCache, Key, Said, Wanted};
use super::calibration::QueryEvidence;
use super::claims::{Cut, Stance, Words, sentences};
use super::corpus::Corpus;
use super::field::Field;
use super::findings::{Finding, Scope};
use super::specificity::SENTENCE;
use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::model::{Experience, Mentee};
use crate::skills::{Assertion, Assertions, Mention, SkillId, Written, fold};

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
    pub(crate) said: Arc<Said>,
    /// The text folded, where that is not the words' own form.
    form: Option<String>,
}

impl Claim<'_> {
    /// The skills that it names.
    pub(crate) fn skills(&self) -> &[SkillId] {
        &self.said.words.skills
    }

    /// The text folded, to know the same words again.
    pub(crate) fn form(&self) -> &str {
        self.form.as_deref().unwrap_or(&self.said.words.form)
    }

    /// What it finds in the project at `place`.
    #[inline]
    pub(crate) fn at(&self, place: usize) -> Finding<'_> {
        self.said.findings.at(place)
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

/// Hears a mentee. Order and repetition of skills make no difference to the claims.
pub(crate) fn hear<'a>(
    mentee: &'a Mentee,
    corpus: &Corpus,
    scope: &Arc<Scope>,
    embedder: &dyn Embedder,
    cache: Option<&FindingsCache>,
) -> Result<Profile<'a>> {
    let mut hearing = Hearing { corpus, cache, heard: Vec::new(), new: Vec::new() };
    for (items, stance) in [(&mentee.skills, Stance::Have), (&mentee.learn, Stance::Learn)] {
        for item in items {
            hearing.item(item, stance);
        }
    }
    for sentence in mentee.interests.iter().flat_map(|text| sentences(text)) {
        hearing.sentence(sentence);
    }
    let said = hearing.look_up(scope, embedder)?;
    let mut profile = Profile {
        scope: Arc::clone(scope),
        claims: Vec::with_capacity(said.len()),
        level: mentee.level,
        evidence: QueryEvidence { said: 0.0, has_interests: false },
        closest: vec![0.0; scope.parts()],
    };
    for (mut heard, said) in hearing.heard.into_iter().zip(said) {
        if said.words.is_denied {
            continue;
        }
        if heard.stance == Stance::Have && said.words.is_wished {
            heard.stance = Stance::Learn;
        }
        let weight = if heard.stance == Stance::Interest { SENTENCE } else { said.weight };
        let form = (heard.stance == Stance::Topic).then(|| fold(heard.text));
        let Heard { stance, text, alias, .. } = heard;
        let alias = alias.unwrap_or(said.words.alias);
        profile.claims.push(Claim { stance, text, alias, weight, said, form });
    }
    profile.tidy();
    profile.evidence = evidence(&profile.claims);
    profile.raise();
    Ok(profile)
}

fn evidence(claims: &[Claim<'_>]) -> QueryEvidence {
    let counting = claims.iter().filter(|claim| claim.counts_as_text());
    QueryEvidence {
        said: counting.map(|claim| f64::from(claim.weight)).sum(),
        has_interests: claims.iter().any(|claim| claim.stance == Stance::Interest),
    }
}

impl Profile<'_> {
    /// For each part of the project at `place`, the similarity of the claim that is closest to it.
    pub(crate) fn closest_to(&self, place: usize) -> &[f32] {
        &self.closest[self.scope.range(place)]
    }

    /// The same mentee among the projects of another ground, where what is rare is as rare; there is one of `vectors` and
    /// one of `cuts` for each claim.
    pub(crate) fn among(&self, corpus: &Corpus, vectors: &[Vec<f32>], cuts: &[Cut]) -> Self {
        let scope = Arc::clone(&corpus.all);
        let near = corpus.near(vectors, &scope);
        let claims = self.claims.iter().zip(cuts).zip(near).map(|((claim, cut), near)| {
            let Said { words, weight, has_field, .. } = claim.said.as_ref();
            let field = Field::of_skills(&words.skills, &corpus.specificity, corpus.lexicon);
            let findings = corpus.find(words, cut, near, &field, &scope);
            let (words, weight, has_field) = (Arc::clone(words), *weight, *has_field);
            let said = Arc::new(Said { words, findings, weight, has_field });
            Claim { said, ..claim.clone() }
        });
        let (claims, closest) = (claims.collect(), vec![0.0; scope.parts()]);
        let mut profile = Self { scope, claims, closest, ..self.clone() };
        profile.raise();
        profile
    }

    /// Weighs what stands in the catalog of `corpus`, although in none of the projects that it was looked for in.
    pub(crate) fn reweigh(&mut self, corpus: &Corpus) {
        for claim in self.claims.iter_mut().filter(|claim| corpus.is_used(&claim.said.words)) {
            let Said { words, findings, has_field, .. } = claim.said.as_ref();
            let weight = corpus.specificity.weigh(&words.skills, true);
            let (words, findings) = (Arc::clone(words), findings.clone());
            claim.said = Arc::new(Said { words, findings, weight, has_field: *has_field });
            claim.weight = weight;
        }
        self.evidence = evidence(&self.claims);
    }

    /// Remembers what the mentee said, who will say it again.
    pub(crate) fn remember_in(&self, cache: &FindingsCache) {
        for Claim { stance, text, said, .. } in &self.claims {
            let wanted = match (stance, &said.words.skills[..]) {
                (Stance::Have | Stance::Learn, _) => Wanted::Item(text),
                (Stance::Topic, [skill, ..]) => Wanted::Topic(*skill),
                (Stance::Interest | Stance::Topic, _) => Wanted::Sentence(text),
            };
            cache.insert(wanted.key(), Arc::clone(said));
        }
    }

    fn raise(&mut self) {
        for claim in self.claims.iter().filter(|claim| claim.counts_as_text()) {
            claim.said.findings.raise(&mut self.closest);
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

/// A mentee while they are heard.
struct Hearing<'a, 'm> {
    corpus: &'a Corpus,
    cache: Option<&'a FindingsCache>,
    heard: Vec<Heard<'m>>,
    new: Vec<New>,
}

/// Words that are not remembered.
struct New {
    /// What to remember them by.
    key: Option<Key>,
    words: Words,
    /// What is compared of them, where it is cut already.
    cut: Option<Cut>,
}

struct Heard<'m> {
    stance: Stance,
    text: &'m str,
    /// Where this differs from the words' own.
    alias: Option<bool>,
    said: Source,
}

enum Source {
    Remembered(Arc<Said>),
    /// Its place among the new.
    New(usize),
}

impl<'m> Hearing<'_, 'm> {
    fn item(&mut self, text: &'m str, stance: Stance) {
        let lexicon = self.corpus.lexicon;
        let said = self.remember(Wanted::Item(text), || Words::item(text, lexicon));
        self.heard.push(Heard { stance, text, alias: None, said });
    }

    fn sentence(&mut self, sentence: &'m str) {
        let lexicon = self.corpus.lexicon;
        let cut = Cut::new(sentence, lexicon);
        // Who never wants to see Java again does not want it.
        let assertions = Assertions::new(sentence, &cut.words);
        let meant = |mention: &&Mention| assertions.at(mention.span.start) != Assertion::Negated;
        for mention in cut.mentions.iter().filter(meant) {
            let words = || Words::topic(mention.skill, lexicon);
            let said = self.remember(Wanted::Topic(mention.skill), words);
            let text = &sentence[mention.span.clone()];
            let alias = Some(mention.written != Written::Name);
            self.heard.push(Heard { stance: Stance::Topic, text, alias, said });
        }
        // Others seldom say the same: it is remembered only where that was asked for.
        let said = self.remembered(Wanted::Sentence(sentence)).unwrap_or_else(|| {
            let words = Words::sentence(sentence, &cut, &assertions);
            // What is compared is cut anew where some of it is denied.
            let cut = (words.plain == sentence).then_some(cut);
            self.new.push(New { key: None, words, cut });
            Source::New(self.new.len() - 1)
        });
        self.heard.push(Heard { stance: Stance::Interest, text: sentence, alias: None, said });
    }

    fn remember(&mut self, wanted: Wanted<'_>, words: impl FnOnce() -> Words) -> Source {
        self.remembered(wanted).unwrap_or_else(|| {
            self.new.push(New { key: Some(wanted.key()), words: words(), cut: None });
            Source::New(self.new.len() - 1)
        })
    }

    fn remembered(&self, wanted: Wanted<'_>) -> Option<Source> {
        self.cache?.get(wanted).map(Source::Remembered)
    }

    /// What was heard, one after the other, each with what it finds.
    fn look_up(&mut self, scope: &Arc<Scope>, embedder: &dyn Embedder) -> Result<Vec<Arc<Said>>> {
        let texts: Vec<&str> = self.new.iter().map(|new| new.words.plain.as_str()).collect();
        // What there is nothing to be compared with need not be embedded.
        let vectors = match scope.len() {
            0 => vec![Vec::new(); texts.len()],
            _ => embedder.vectors(&texts, Role::Query)?,
        };
        let mut new = Vec::with_capacity(texts.len());
        let near = self.corpus.near(&vectors, scope);
        for (New { key, words, cut }, near) in self.new.drain(..).zip(near) {
            let cut = cut.unwrap_or_else(|| Cut::new(&words.plain, self.corpus.lexicon));
            let field =
                Field::of_skills(&words.skills, &self.corpus.specificity, self.corpus.lexicon);
            let findings = self.corpus.find(&words, &cut, near, &field, scope);
            let touches = findings.touches() || self.corpus.is_used(&words);
            let weight = self.corpus.specificity.weigh(&words.skills, touches);
            let has_field = field.is_known();
            let said = Arc::new(Said { words: Arc::new(words), findings, weight, has_field });
            if let (Some(key), Some(cache)) = (key, self.cache) {
                cache.insert(key, Arc::clone(&said));
            }
            new.push(said);
        }
        let source = |heard: &Heard| match &heard.said {
            Source::Remembered(said) => Arc::clone(said),
            Source::New(place) => Arc::clone(&new[*place]),
        };
        Ok(self.heard.iter().map(source).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog, embed};

    fn hear_all(mentee: &Mentee) -> Profile<'_> {
        let embedder = embed::load("builtin").unwrap();
        let corpus = Corpus::new(&catalog::builtin(), embedder.as_ref()).unwrap();
        let cache = FindingsCache::new(&corpus.all, 256);
        let hear = || hear(mentee, &corpus, &corpus.all, embedder.as_ref(), Some(&cache)).unwrap();
        let (first, second) = (hear(), hear());
        let said = |profile: &Profile<'_>| -> Vec<(Stance, String, f32)> {
            profile.claims.iter().map(|c| (c.stance, c.text.to_owned(), c.weight)).collect()
        };
        assert_eq!(said(&first), said(&second), "what is remembered is what was said");
        second
    }

    fn mentee(skills: &[&str]) -> Mentee {
        Mentee { skills: skills.iter().map(|s| (*s).to_owned()).collect(), ..Mentee::default() }
    }

    #[test]
    fn order_and_repetition_of_skills_do_not_matter() {
        let skills = |mentee: &Mentee| -> Vec<Vec<SkillId>> {
            hear_all(mentee).claims.iter().map(|claim| claim.skills().to_vec()).collect()
        };
        let plain = skills(&mentee(&["Go", "Rust"]));
        assert_eq!(plain, skills(&mentee(&["rust", "golang", "Go", "Rust"])));
    }

    #[test]
    fn interests_give_topics_and_sentences() {
        let mentee = Mentee {
            interests: Some("Compilers. I like WebAssembly runtimes.".to_owned()),
            ..Mentee::default()
        };
        let claims = hear_all(&mentee).claims;
        let topics: Vec<_> = claims.iter().filter(|c| c.stance == Stance::Topic).collect();
        let sentences = claims.iter().filter(|c| c.stance == Stance::Interest).count();
        assert!(topics.iter().any(|claim| claim.text.starts_with("WebAssembly")));
        assert_eq!(sentences, 2);
    }
}
