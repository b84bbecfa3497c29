//! Collects the claims of a mentee, and looks each up in a corpus unless it is in the cache.

use std::sync::Arc;

use super::cache::{FindingsCache, Key, Statement, Wanted};
use super::claims::{ParsedText, Stance, TokenizedText};
use super::corpus::Corpus;
use super::field::Field;
use super::findings::Scope;
use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::skills::{Assertion, Assertions, Mention, Written};

/// Collects the claims of a mentee.
pub(super) struct ProfileBuilder<'a, 'm> {
    pub(super) corpus: &'a Corpus,
    pub(super) cache: Option<&'a FindingsCache>,
    pub(super) parsed: Vec<ParsedClaim<'m>>,
    pub(super) new: Vec<New>,
}

/// A text that is not in the cache.
pub(super) struct New {
    /// What to remember it by.
    key: Option<Key>,
    words: ParsedText,
    /// What is compared of it, where it is tokenized already.
    tokens: Option<TokenizedText>,
}

pub(super) struct ParsedClaim<'m> {
    pub(super) stance: Stance,
    pub(super) text: &'m str,
    /// Where this differs from the words' own.
    pub(super) alias: Option<bool>,
    source: Source,
}

pub(super) enum Source {
    Remembered(Arc<Statement>),
    /// Its place among the new.
    New(usize),
}

impl<'m> ProfileBuilder<'_, 'm> {
    pub(super) fn item(&mut self, text: &'m str, stance: Stance) {
        let lexicon = self.corpus.lexicon;
        let source = self.remember(Wanted::Item(text), || ParsedText::item(text, lexicon));
        self.parsed.push(ParsedClaim { stance, text, alias: None, source });
    }

    pub(super) fn sentence(&mut self, sentence: &'m str) {
        let lexicon = self.corpus.lexicon;
        let tokens = TokenizedText::new(sentence, lexicon);
        // Who never wants to see Java again does not want it.
        let assertions = Assertions::new(sentence, &tokens.words);
        let meant = |mention: &&Mention| assertions.at(mention.span.start) != Assertion::Negated;
        for mention in tokens.mentions.iter().filter(meant) {
            let words = || ParsedText::topic(mention.skill, lexicon);
            let source = self.remember(Wanted::Topic(mention.skill), words);
            let text = &sentence[mention.span.clone()];
            let alias = Some(mention.written != Written::Name);
            self.parsed.push(ParsedClaim { stance: Stance::Topic, text, alias, source });
        }
        // Others seldom say the same: it is remembered only where that was asked for.
        let source = self.remembered(Wanted::Sentence(sentence)).unwrap_or_else(|| {
            let words = ParsedText::sentence(sentence, &tokens, &assertions);
            // What is compared is tokenized anew where some of it is denied.
            let tokens = (words.plain == sentence).then_some(tokens);
            self.new.push(New { key: None, words, tokens });
            Source::New(self.new.len() - 1)
        });
        self.parsed.push(ParsedClaim {
            stance: Stance::Interest,
            text: sentence,
            alias: None,
            source,
        });
    }

    fn remember(&mut self, wanted: Wanted<'_>, words: impl FnOnce() -> ParsedText) -> Source {
        self.remembered(wanted).unwrap_or_else(|| {
            self.new.push(New { key: Some(wanted.key()), words: words(), tokens: None });
            Source::New(self.new.len() - 1)
        })
    }

    fn remembered(&self, wanted: Wanted<'_>) -> Option<Source> {
        self.cache?.get(wanted).map(Source::Remembered)
    }

    /// The statement of each parsed claim, in order, with what it finds.
    pub(super) fn look_up(
        &mut self,
        scope: &Arc<Scope>,
        embedder: &dyn Embedder,
    ) -> Result<Vec<Arc<Statement>>> {
        let texts: Vec<&str> = self.new.iter().map(|new| new.words.plain.as_str()).collect();
        // What there is nothing to be compared with need not be embedded.
        let vectors = match scope.len() {
            0 => vec![Vec::new(); texts.len()],
            _ => embedder.vectors(&texts, Role::Query)?,
        };
        let mut new = Vec::with_capacity(texts.len());
        let near = self.corpus.near(&vectors, scope);
        for (New { key, words, tokens }, near) in self.new.drain(..).zip(near) {
            let tokens =
                tokens.unwrap_or_else(|| TokenizedText::new(&words.plain, self.corpus.lexicon));
            let field =
                Field::of_skills(&words.skills, &self.corpus.specificity, self.corpus.lexicon);
            let findings = self.corpus.find(&words, &tokens, near, &field, scope);
            let touches = findings.touches() || self.corpus.is_used(&words);
            let weight = self.corpus.specificity.weigh(&words.skills, touches);
            let has_field = field.is_known();
            let statement =
                Arc::new(Statement { words: Arc::new(words), findings, weight, has_field });
            if let (Some(key), Some(cache)) = (key, self.cache) {
                cache.insert(key, Arc::clone(&statement));
            }
            new.push(statement);
        }
        let source = |parsed: &ParsedClaim| match &parsed.source {
            Source::Remembered(statement) => Arc::clone(statement),
            Source::New(place) => Arc::clone(&new[*place]),
        };
        Ok(self.parsed.iter().map(source).collect())
    }
}
