//! In which tone running text speaks of what it names: as it is, as a wish, or to deny it.
//!
//! After NegEx: words that turn a statement reach up to the end of their clause. Chapman and others, "A simple algorithm
//! for identifying negated findings and diseases in discharge summaries" (2001).

use super::fold::words;

/// The tone of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// "I want to learn Go."
    Wished,
    /// "I have never used Go", "to move from Go into Rust".
    Denied,
}

/// Words, folded, after which everything is denied, and those behind them with which nothing is.
const DENYING: [&str; 18] = [
    "no",
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

/// The tone of what stands at byte `at` of a text.
pub(crate) fn tone(text: &str, at: usize) -> Tone {
    let before = &text[..at];
    let ends_clause = |(at, c): &(usize, char)| match c {
        ';' | '!' | '?' | '\n' => true,
        '.' => before[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    let clause = before.char_indices().rfind(ends_clause).map_or(0, |(at, _)| at + 1);
    let words = words(&before[clause..]);
    let word = |at: usize| words.get(at).map_or("", |word| word.form.as_str());
    let mut tone = Tone::Plain;
    let mut is_leaving = false;
    for at in 0..words.len() {
        let (before, this) = (at.checked_sub(1).map_or("", word), word(at));
        if TURNING.contains(&this) && before != "anything" {
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
    if is_leaving { Tone::Denied } else { tone }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            let at = text.find('*').unwrap();
            assert_eq!(tone(&text.replace('*', ""), at), Tone::Denied, "{text}");
        }
    }

    #[test]
    fn what_is_said_behind_it_or_beside_it_is_not_denied() {
        for (text, expected) in [
            ("No Rust. *Go since 2020", Tone::Plain),
            ("I never used Rust but know *Go", Tone::Plain),
            ("not only Rust, *Go too", Tone::Plain),
            ("Moving from Java to *Go", Tone::Plain),
            ("metrics from *Go services", Tone::Plain),
            ("no-code tools and *Go", Tone::Plain),
            ("never used Rust and would like to learn *Go", Tone::Wished),
            ("I am currently learning *Go", Tone::Wished),
            ("I'm learning *Go", Tone::Wished),
            ("machine learning with *Go", Tone::Plain),
            ("*Go", Tone::Plain),
        ] {
            let at = text.find('*').unwrap();
            assert_eq!(tone(&text.replace('*', ""), at), expected, "{text}");
        }
    }
}
