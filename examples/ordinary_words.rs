//! Finds the words of a language that the lexicon would take for misspelt names: `data/ordinary_words.txt`.
//!
//! Usage: `sort -u WORDS.txt data/ordinary_words.txt | cargo run --release --example ordinary_words`, with words one a
//! line; what is printed is the new list. To be run again when names are added to the lexicon. The list was made of an
//! English dictionary and of the words that the passages of the built-in model's training use fifteen times or more.

use std::io::BufRead;

use lfx_match::skills::{Lexicon, Written};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::builtin();
    let listed: Vec<&str> = include_str!("../data/ordinary_words.txt").lines().collect();
    let mut words = std::collections::BTreeSet::new();
    for word in std::io::stdin().lock().lines() {
        let word = word?.to_lowercase();
        let is_plain = word.chars().all(|c| c.is_ascii_lowercase());
        let understood = lexicon.understand(&word).mentions;
        let is_misspelt = understood.iter().any(|mention| mention.written == Written::Misspelt);
        let is_listed = listed.contains(&word.as_str()) && understood.is_empty();
        if is_plain && (is_misspelt || is_listed) {
            words.insert(word);
        }
    }
    for word in words {
        println!("{word}");
    }
    Ok(())
}
