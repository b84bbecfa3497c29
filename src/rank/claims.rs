//! What a mentee says, taken apart: one claim a skill, a wish, a topic or a sentence.
//!
//! Understands text through the lexicon; knows nothing of projects.

use crate::skills::{
    Assertion, Assertions, Lexicon, Mention, SkillId, Understood, Word, Written, fold, is_wish,
    words,
};

/// What sort of statement a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stance {
    /// "I can do this."
    Have,
    /// "I want to learn this."
    Learn,
    /// A skill of the lexicon named among the interests.
    Topic,
    /// A sentence of the interests.
    Interest,
}

/// How many of its other names a skill is compared by, besides its own.
const OTHER_NAMES: usize = 2;

/// A written skill and what it was understood as, for the person to see.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// As written.
    pub text: String,
    /// What was found in it.
    pub understood: Understood,
}

impl Reading {
    /// Of each item of a list of skills.
    pub(crate) fn of_all(items: &[String], lexicon: &Lexicon) -> Vec<Self> {
        let read =
            |text: &String| Self { text: text.clone(), understood: lexicon.understand(text) };
        items.iter().map(read).collect()
    }
}

/// A text, understood, whoever says it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedText {
    /// As written.
    pub(crate) text: String,
    /// Folded, to know the same words again.
    pub(crate) form: String,
    /// The skills that they name; none for a sentence or an unknown word.
    pub(crate) skills: Vec<SkillId>,
    /// They name their skill by another name than the lexicon's.
    pub(crate) alias: bool,
    /// What is compared with the words of projects: as written, or where that is a skill's name and
    /// nothing else, what the lexicon calls it, so that all its names (and misspellings) are equal.
    pub(crate) plain: String,
    /// They are an item of a list.
    is_item: bool,
    /// They say nothing but what is not so.
    pub(crate) is_denied: bool,
    /// They name what is wished for: "Go (want to learn)".
    pub(crate) is_wished: bool,
}

impl ParsedText {
    /// An item of a list of skills.
    pub(crate) fn item(text: &str, lexicon: &Lexicon) -> Self {
        let understood = lexicon.understand(text);
        Self {
            text: text.to_owned(),
            form: fold(text),
            skills: understood.mentions.iter().map(|mention| mention.skill).collect(),
            alias: understood.mentions.iter().any(|mention| mention.written != Written::Name),
            plain: plain(text, &understood, lexicon),
            is_item: true,
            is_denied: understood.denied,
            is_wished: is_wish(text),
        }
    }

    /// Whether they name nothing that the lexicon knows, and so are looked for as they are written.
    pub(crate) fn is_phrase(&self) -> bool {
        self.skills.is_empty()
    }

    /// Whether they are an item of a list, and such a phrase.
    pub(crate) fn is_unknown_item(&self) -> bool {
        self.is_item && self.is_phrase()
    }

    /// A skill that running text speaks of, by the lexicon's name for it.
    pub(crate) fn topic(skill: SkillId, lexicon: &Lexicon) -> Self {
        let name = &lexicon.get(skill).name;
        Self {
            text: name.clone(),
            form: fold(name),
            skills: vec![skill],
            alias: false,
            plain: name.clone(),
            is_item: false,
            is_denied: false,
            is_wished: false,
        }
    }

    /// A sentence, tokenized already.
    pub(crate) fn sentence(text: &str, tokens: &TokenizedText, assertions: &Assertions) -> Self {
        let affirmed = affirmed(text, &tokens.words, assertions);
        Self {
            text: text.to_owned(),
            form: tokens.words.iter().map(|word| word.form.as_str()).collect(),
            skills: Vec::new(),
            alias: false,
            is_denied: affirmed.trim().is_empty(),
            plain: affirmed,
            is_item: false,
            is_wished: false,
        }
    }
}

/// A text as words, with the skills of the lexicon that it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TokenizedText {
    pub(crate) words: Vec<Word>,
    pub(crate) mentions: Vec<Mention>,
}

impl TokenizedText {
    pub(crate) fn new(text: &str, lexicon: &Lexicon) -> Self {
        let words = words(text);
        let mentions = lexicon.mentions_among(text, &words);
        Self { words, mentions }
    }
}

fn plain(text: &str, understood: &Understood, lexicon: &Lexicon) -> String {
    match &understood.mentions[..] {
        [only] if understood.whole => {
            let skill = lexicon.get(only.skill);
            let others = skill.aliases.iter().take(OTHER_NAMES);
            std::iter::once(&skill.name).chain(others).cloned().collect::<Vec<_>>().join(" ")
        }
        _ => {
            let words = words(text);
            affirmed(text, &words, &Assertions::new(text, &words))
        }
    }
}

/// A text without what it denies; nothing where no word is left.
fn affirmed(text: &str, words: &[Word], assertions: &Assertions) -> String {
    let is_denied = |word: &&Word| assertions.at(word.span.start) == Assertion::Negated;
    if words.iter().all(|word| is_denied(&word)) {
        return String::new();
    }
    let mut affirmed = String::with_capacity(text.len());
    let mut start = 0;
    for word in words.iter().filter(is_denied) {
        affirmed.push_str(&text[start..word.span.start]);
        start = word.span.end;
    }
    affirmed + &text[start..]
}

/// The sentences of a text, without the empty ones.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '.' | '!' | '?' | ';' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '\n' => true,
            _ => false,
        };
        if ends {
            sentences.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_of_a_skill_are_compared_by_the_same_words() {
        let lexicon = Lexicon::builtin();
        let plain = |text: &str| ParsedText::item(text, lexicon).plain;
        assert_eq!(plain("golang"), plain("Go"));
        assert_eq!(plain("Kuberentes"), plain("k8s"));
        assert_eq!(plain("patience with builds"), "patience with builds");
    }

    #[test]
    fn what_a_sentence_denies_is_not_compared() {
        let lexicon = Lexicon::builtin();
        let said = |text: &str| {
            let tokens = TokenizedText::new(text, lexicon);
            let assertions = Assertions::new(text, &tokens.words);
            ParsedText::sentence(text, &tokens, &assertions)
        };
        let docs = said("I'd rather write docs than controllers");
        assert_eq!(docs.plain, "I'd rather write docs  ");
        assert!(!docs.is_denied && said("Bored of websites").is_denied);
    }

    #[test]
    fn an_item_may_be_a_wish() {
        let is_wished = |text: &str| ParsedText::item(text, Lexicon::builtin()).is_wished;
        assert!(is_wished("Go (want to learn)") && is_wished("currently learning Rust"));
        assert!(!is_wished("Go") && !is_wished("machine learning") && !is_wished("eager to"));
    }

    #[test]
    fn versions_and_names_with_dots_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Uses Node.js 1.2 well. Then Go!"),
            ["Uses Node.js 1.2 well", "Then Go"]
        );
    }
}
