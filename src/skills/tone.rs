//! In which tone running text speaks of what it names: as it is, as a wish, or to deny it.
//!
//! After NegEx: words that turn a statement reach up to the end of their clause. Chapman and others, "A simple algorithm
//! for identifying negated findings and diseases in discharge summaries" (2001).

use super::fold::Word;

/// The tone of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// "I want to learn Go."
    Wished,
    /// "I have never used Go", "to move from Go into Rust".
    Denied,
}

/// Words, folded, that negate what follows; a word of `HARMLESS` right behind one cancels it ("not only").
const DENYING: [&str; 23] = [
    "no",
    "avoid",
    "avoiding",
    "except",
    "excluding",
    "neednt",
    "not",
    "never",
    "without",
    "nor",
    "neither",
    "hate",
    "dislike",
    "unfamiliar",
    "dont",
    "doesnt",
    "didnt",
    "havent",
    "hasnt",
    "isnt",
    "cant",
    "cannot",
    "wont",
];
const HARMLESS: [&str; 6] = ["only", "just", "afraid", "matter", "doubt", "code"];
/// The same in two words.
const WEARY: [[&str; 2]; 4] =
    [["anything", "but"], ["tired", "of"], ["sick", "of"], ["bored", "of"]];
/// Words before `from` that make it the way out of something, and words that lead on from there.
const LEAVING: [&str; 11] = [
    "move",
    "moving",
    "switch",
    "switching",
    "change",
    "changer",
    "changing",
    "transition",
    "transitioning",
    "coming",
    "away",
];
const ARRIVING: [&str; 4] = ["into", "to", "towards", "toward"];
const WISHING: [[&str; 2]; 14] = [
    ["to", "learn"],
    ["want", "to"],
    ["wants", "to"],
    ["like", "to"],
    ["wish", "to"],
    ["hope", "to"],
    ["hoping", "to"],
    ["eager", "to"],
    ["keen", "to"],
    ["plan", "to"],
    ["currently", "learning"],
    ["now", "learning"],
    ["am", "learning"],
    ["im", "learning"],
];
/// Words with which another statement begins.
const TURNING: [&str; 4] = ["but", "however", "though", "instead"];
/// Words with which one begins behind an "and".
const SPEAKERS: [&str; 5] = ["i", "im", "ive", "my", "we"];

/// The tone of each word of a text, by the byte at which it begins.
#[derive(Debug)]
pub(crate) struct Tones(Vec<(usize, Tone)>);

impl Tones {
    /// Of a text that is cut into `words` already.
    pub(crate) fn new(text: &str, words: &[Word]) -> Self {
        Self(words.iter().map(|word| word.span.start).zip(tones(text, words)).collect())
    }

    /// The tone of what begins at a byte of the text.
    pub(crate) fn at(&self, start: usize) -> Tone {
        let word = self.0.partition_point(|(word, _)| *word < start);
        self.0.get(word).map_or(Tone::Plain, |(_, tone)| *tone)
    }
}

fn tones(text: &str, words: &[Word]) -> Vec<Tone> {
    let word = |at: usize| words.get(at).map_or("", |word| word.form.as_str());
    let (mut tone, mut is_leaving) = (Tone::Plain, false);
    let mut tones = Vec::with_capacity(words.len());
    for (at, this) in words.iter().enumerate() {
        // Of what was said before in the same clause.
        let begins = at == 0 || ends_clause(&text[words[at - 1].span.end..this.span.start]);
        let before = if begins { "" } else { word(at - 1) };
        if begins {
            (tone, is_leaving) = (Tone::Plain, false);
        }
        let is_apart = before == "non";
        tones.push(if is_leaving || is_apart { Tone::Denied } else { tone });
        let this = this.form.as_str();
        let turns = TURNING.contains(&this) && before != "anything";
        if turns || before == "and" && SPEAKERS.contains(&this) {
            (tone, is_leaving) = (Tone::Plain, false);
        } else if DENYING.contains(&this) && !HARMLESS.contains(&word(at + 1))
            || WEARY.contains(&[before, this])
        {
            tone = Tone::Denied;
        } else if this == "from" && LEAVING.contains(&before) {
            is_leaving = true;
        } else if ARRIVING.contains(&this) {
            is_leaving = false;
        }
        if WISHING.contains(&[before, this]) {
            tone = Tone::Wished;
        }
    }
    tones
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
    use crate::skills::words;

    /// The tone of what a `*` marks.
    fn tone(text: &str) -> Tone {
        let (at, text) = (text.find('*').unwrap(), text.replace('*', ""));
        Tones::new(&text, &words(&text)).at(at)
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
        ] {
            assert_eq!(tone(text), Tone::Denied, "{text}");
        }
    }

    #[test]
    fn what_is_said_behind_it_or_beside_it_is_not_denied() {
        for (text, expected) in [
            ("No Rust. *Go since 2020", Tone::Plain),
            ("I never used Rust but know *Go", Tone::Plain),
            ("I want to learn Rust, and I have written *Go", Tone::Plain),
            ("not only Rust, *Go too", Tone::Plain),
            ("Moving from Java to *Go", Tone::Plain),
            ("metrics from *Go services", Tone::Plain),
            ("no-code tools and *Go", Tone::Plain),
            ("never used Rust and would like to learn *Go", Tone::Wished),
            ("I am currently learning *Go", Tone::Wished),
            ("I'm learning *Go", Tone::Wished),
            ("machine learning with *Go", Tone::Plain),
            ("*Go", Tone::Plain),
            ("for non-English speakers, in *Go", Tone::Plain),
            ("I avoid Java; *Go instead", Tone::Plain),
        ] {
            assert_eq!(tone(text), expected, "{text}");
        }
    }
}
