//! Whether a text affirms what it names, wishes for it, or denies it.
//!
//! After NegEx: words that turn a statement reach up to the end of their clause. Chapman and others, "A simple algorithm
//! for identifying negated findings and diseases in discharge summaries" (2001).

mod cues;

use cues::{
    ACTIVITY_VERBS, CONTRAST_WORDS, DESIRE_PAIRS, DESIRE_WORDS, GOAL_PREPOSITIONS, LEAVING_VERBS,
    NEGATION_CUES, NEGATION_PAIRS, PARTICLES, PAST_PAIR, PAST_SUBJECTS, PRONOUNS, PSEUDO_NEGATIONS,
};

use super::fold::{Word, words};

/// What a text says of something that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assertion {
    Affirmed,
    /// "I want to learn Go."
    Desired,
    /// "I have never used Go", "to move from Go into Rust".
    Negated,
}

/// What a text says of each of its words, by the byte at which it begins.
#[derive(Debug)]
pub(crate) struct Assertions(Vec<(usize, Assertion)>);

impl Assertions {
    /// Of a text that is cut into `words` already.
    pub(crate) fn new(text: &str, words: &[Word]) -> Self {
        let mut reader = Reader {
            text,
            words,
            assertions: Vec::with_capacity(words.len()),
            clause: Clause::at(0),
        };
        (0..words.len()).for_each(|at| reader.read(at));
        Self(words.iter().map(|word| word.span.start).zip(reader.assertions).collect())
    }

    /// What is said of what begins at a byte of the text.
    pub(crate) fn at(&self, start: usize) -> Assertion {
        let word = self.0.partition_point(|(word, _)| *word < start);
        self.0.get(word).map_or(Assertion::Affirmed, |(_, assertion)| *assertion)
    }
}

/// Whether an item of a list names what is wished for: "Go (want to learn)", "Rust (learning)".
pub(crate) fn is_wish(item: &str) -> bool {
    let words = words(item);
    if item.trim_end().to_lowercase().ends_with("(learning)") {
        return words.len() > 1;
    }
    let pairs = words.windows(2).map(|pair| [pair[0].form.as_str(), pair[1].form.as_str()]);
    words.len() > 2
        && pairs.into_iter().any(|pair| DESIRE_PAIRS.contains(&pair))
        && !Assertions::new(item, &words)
            .0
            .iter()
            .all(|(_, assertion)| *assertion == Assertion::Negated)
}

/// Reads a text word by word.
struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Of each word up to the one being read.
    assertions: Vec<Assertion>,
    clause: Clause,
}

/// What was said before in the same clause.
struct Clause {
    /// Its first word.
    start: usize,
    assertion: Assertion,
    /// It leads away from what is named.
    is_leaving: bool,
    /// The word that denied last.
    denied_at: Option<usize>,
    /// It began with what it denies, up to the comma: "instead of Java, ...".
    ends_at_comma: bool,
}

impl Clause {
    fn at(start: usize) -> Self {
        Self {
            start,
            assertion: Assertion::Affirmed,
            is_leaving: false,
            denied_at: None,
            ends_at_comma: false,
        }
    }
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        let words: &'a [Word] = self.words;
        words.get(at).map_or("", |word| word.form.as_str())
    }

    /// The word so many before, within the clause.
    fn before(&self, at: usize, count: usize) -> &'a str {
        if at - self.clause.start >= count { self.word(at - count) } else { "" }
    }

    fn read(&mut self, at: usize) {
        let this = self.word(at);
        if self.begins_clause(at, this) {
            self.clause = Clause::at(at);
        }
        let before = self.before(at, 1);
        if before == "and" && ACTIVITY_VERBS.contains(&this) {
            self.clause.is_leaving = false;
        }
        let is_denied = self.clause.is_leaving || before == "non";
        self.assertions.push(if is_denied { Assertion::Negated } else { self.clause.assertion });
        let cue = self.cue(at, this);
        if self.turns(at, this, cue) {
            self.clause = Clause { start: self.clause.start, ..Clause::at(at) };
        } else if cue > 0 && !is_harmless(self.word(at + 1)) && !self.is_joined(at) {
            // The words that deny say nothing of their own.
            self.assertions[at + 1 - cue..].fill(Assertion::Negated);
            self.clause.assertion = Assertion::Negated;
            self.clause.denied_at = Some(at);
            self.clause.ends_at_comma |= at + 1 - cue == self.clause.start && cue == 2;
        } else if this == "from" || this == "of" && before == "out" {
            let mut way = (1..=at - self.clause.start).map(|count| self.before(at, count));
            let verb = way.find(|word| !PARTICLES.contains(word));
            self.clause.is_leaving |=
                before == "away" || verb.is_some_and(|verb| LEAVING_VERBS.contains(&verb));
        } else if GOAL_PREPOSITIONS.contains(&this) {
            self.clause.is_leaving = false;
        }
        // "Do not want to learn" is no wish.
        let refused = self.clause.denied_at.is_some_and(|denied| at - denied <= 3);
        if DESIRE_PAIRS.contains(&[before, this]) && !refused {
            self.clause.assertion = Assertion::Desired;
        }
    }

    fn begins_clause(&self, at: usize, this: &str) -> bool {
        let Some(last) = at.checked_sub(1) else { return true };
        let between = &self.text[self.words[last].span.end..self.words[at].span.start];
        let speaks = PRONOUNS.contains(&this) || DESIRE_WORDS.contains(&this);
        ends_clause(between) || between.contains(',') && (speaks || self.clause.ends_at_comma)
    }

    /// Whether the words up to this one take back what was said before.
    fn turns(&self, at: usize, this: &str, cue: usize) -> bool {
        let turns = CONTRAST_WORDS.contains(&this)
            && cue == 0
            && [this, self.word(at + 1)] != ["instead", "of"];
        turns || self.before(at, 1) == "and" && PRONOUNS.contains(&this)
    }

    /// Whether a word is the first half of a longer one: "no_std", "no-code".
    fn is_joined(&self, at: usize) -> bool {
        let Some(next) = self.words.get(at + 1) else { return false };
        matches!(&self.text[self.words[at].span.end..next.span.start], "-" | "_")
    }

    /// How many words up to this one deny what follows.
    fn cue(&self, at: usize, this: &str) -> usize {
        let pair = [self.before(at, 1), this];
        let compares = |than: &str, with: &[&str]| {
            this == than && (self.clause.start..at).any(|at| with.contains(&self.word(at)))
        };
        if NEGATION_PAIRS.contains(&pair)
            || pair == PAST_PAIR && PAST_SUBJECTS.contains(&self.before(at, 2))
        {
            2
        } else if NEGATION_CUES.contains(&this)
            || compares("than", &["rather"])
            || compares("over", &["prefer", "preferring"])
        {
            1
        } else {
            0
        }
    }
}

/// Whether a word right behind one that denies takes that back: "not only", "more than five".
fn is_harmless(word: &str) -> bool {
    PSEUDO_NEGATIONS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a clause ends in what stands between two words.
fn ends_clause(between: &str) -> bool {
    let stops = |(at, c): (usize, char)| match c {
        ';' | '!' | '?' | '\n' => true,
        '.' => between[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    between.char_indices().any(stops)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of what a `*` marks.
    fn assertion(text: &str) -> Assertion {
        let (at, text) = (text.find('*').unwrap(), text.replace('*', ""));
        Assertions::new(&text, &words(&text)).at(at)
    }

    #[test]
    fn a_denial_reaches_to_the_end_of_its_clause() {
        for text in [
            "I have never used *Go",
            "No *Go",
            "no experience with C++ or *Go",
            "I don't know *Go",
            "I don\u{2019}t know *Go",
            "anything but *Go",
            "I am tired of *Go",
            "Rust is fine; I hate *Go",
            "I want to never touch *Go again",
            "Want to move from *Go into AI",
            "Career changer from *Go",
            "I'd rather avoid *Go",
            "anything except *Go",
            "services without *Go",
            "documentation for non-*English speakers",
            "Done with *Go for a while",
            "documentation more than *Go",
            "I'd rather write docs than learn *Go",
            "gateways rather than *Go",
            "moving out of *Go",
            "testing, moving over from *Go",
            "I want to get away from *Go and Rust",
            "I don't want to do *Go",
            "I do not want to learn *Go",
            "I prefer Rust over *Go",
            "instead of *Go, Rust",
        ] {
            assert_eq!(assertion(text), Assertion::Negated, "{text}");
        }
    }

    #[test]
    fn what_is_said_behind_it_or_beside_it_is_not_denied() {
        for (text, expected) in [
            ("No Rust. *Go since 2020", Assertion::Affirmed),
            ("I never used Rust but know *Go", Assertion::Affirmed),
            ("I want to learn Rust, and I have written *Go", Assertion::Affirmed),
            ("not only Rust, *Go too", Assertion::Affirmed),
            ("Moving from Java to *Go", Assertion::Affirmed),
            ("metrics from *Go services", Assertion::Affirmed),
            ("no-code tools and *Go", Assertion::Affirmed),
            ("no_std *Rust", Assertion::Affirmed),
            ("I have written Go and am interested in *Rust", Assertion::Desired),
            ("never used Rust and would like to learn *Go", Assertion::Desired),
            ("I am currently learning *Go", Assertion::Desired),
            ("I'm learning *Go", Assertion::Desired),
            ("machine learning with *Go", Assertion::Affirmed),
            ("*Go", Assertion::Affirmed),
            ("for non-English speakers, in *Go", Assertion::Affirmed),
            ("I avoid Java; *Go instead", Assertion::Affirmed),
            ("Rust instead of C++, I know *Go", Assertion::Affirmed),
            ("tools done with *Go", Assertion::Affirmed),
            ("instead of Python, *Go", Assertion::Affirmed),
            ("tired of PHP, want *Go", Assertion::Affirmed),
            ("never wrote Rust, want to learn *Go", Assertion::Desired),
            ("more than 5 years of *Go", Assertion::Affirmed),
            ("Tired of frontend, would love to write *Go", Assertion::Affirmed),
            ("Get away from notebooks and work on *Go", Assertion::Affirmed),
            ("moving data from *Go into Rust", Assertion::Affirmed),
        ] {
            assert_eq!(assertion(text), expected, "{text}");
        }
    }
}
