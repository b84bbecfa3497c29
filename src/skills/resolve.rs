//! From what people write to skills of the lexicon: whole items, phrases inside an item, misspellings.
//!
//! Reads the lexicon, changes nothing; whatever is not understood is kept as written.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fold::{Word, words};
use super::lexicon::{Form, Lexicon};
use super::negation::{Assertion, Assertions};
use super::ordinary;
use super::relation::SkillId;
use super::understood::{Mention, Understood, Written};

/// Words that may stand around a skill in a list without being part of it.
#[rustfmt::skip]
const FILLERS: [&str; 39] = [
    "a", "an", "the", "of", "in", "with", "and", "or", "to", "on", "some", "any", "my", "very",
    "basic", "basics", "beginner", "good", "strong", "solid", "deep", "advanced", "intermediate",
    "expert", "working", "hands", "knowledge", "experience", "experienced", "understanding",
    "familiarity", "familiar", "proficiency", "proficient", "fundamentals", "skill", "skills",
    "expertise", "learning",
];

/// Words that deny, and what they deny where it is all that was said before.
const EMPTY: [&str; 9] =
    ["no", "not", "never", "none", "without", "experience", "knowledge", "yet", "used"];

/// In an item of more words, everyday words stand for themselves.
const LONGEST_NAME: usize = 3;

/// In running text, words side by side make a name that is one word only from this length on:
/// "type script" is TypeScript, "or as" is not ORAS.
const SHORTEST_JOINED: usize = 7;

/// Where a look-up happens decides how an everyday word is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// An item of a list of skills: every name counts.
    List,
    /// Running text: `go` and `rest` are words of English, `Go` is not.
    Prose,
}

/// Drops what an item denies of what it names, and tells whether nothing is left of what it says.
fn denies(item: &str, words: &[Word], mentions: &mut Vec<Mention>) -> bool {
    let assertions = Assertions::new(item, words);
    let is_denied = |start: usize| assertions.at(start) == Assertion::Negated;
    let denied = || words.iter().filter(|word| is_denied(word.span.start));
    if denied().next().is_none() {
        return false;
    }
    let named = mentions.len();
    mentions.retain(|mention| !is_denied(mention.span.start));
    // "Rust (no experience)" denies what stands before it.
    let denies_all = denied().all(|word| EMPTY.contains(&word.form.as_str()));
    if denies_all {
        mentions.clear();
    }
    mentions.is_empty() && (named > 0 || denied().count() == words.len())
}

impl Lexicon {
    /// Understands one item of a list of skills: `golang`, `Basic understanding of Karmada`, `Kuberentes`.
    pub fn understand(&self, item: &str) -> Understood {
        let words = words(item);
        let mut mentions = self.search(item, &words, Setting::List);
        let nothing =
            Understood { mentions: Vec::new(), whole: false, denied: false, suggestion: None };
        if words.len() > 1 && denies(item, &words, &mut mentions) {
            return Understood { denied: true, ..nothing };
        }
        let whole = mentions.len() == 1 && covers(&mentions[0], &words);
        if whole || mentions.len() > 1 {
            return Understood { mentions, whole, ..nothing };
        }
        let form: String = words.iter().map(|word| word.form.as_str()).collect();
        let may_be_misspelt = words.len() <= 3 && !ordinary::is_word(&form);
        let nearest = if may_be_misspelt { self.nearest(&form) } else { None };
        match nearest {
            // "Techincal writing" is more than writing.
            Some((skill, distance)) if distance <= repairable(&form) => {
                let span = 0..item.len();
                let mention = Mention { skill, written: Written::Misspelt, span };
                Understood { mentions: vec![mention], whole: true, ..nothing }
            }
            _ if !mentions.is_empty() => Understood { mentions, ..nothing },
            other => Understood { suggestion: other.map(|(skill, _)| skill), ..nothing },
        }
    }

    /// The skills that running text speaks of, in order, each mention of each.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.mentions_among(text, &words(text))
    }

    /// The same of a text that is cut into `words` already.
    pub(crate) fn mentions_among(&self, text: &str, words: &[Word]) -> Vec<Mention> {
        self.search(text, words, Setting::Prose)
    }

    /// Longest names first, left to right, without overlap.
    fn search(&self, text: &str, words: &[Word], setting: Setting) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(text, words, at, setting) {
                Some((mention, length)) => {
                    if setting == Setting::Prose || seen.insert(mention.skill) {
                        found.push(mention);
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_at(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        setting: Setting,
    ) -> Option<(Mention, usize)> {
        if is_initial(text, &words[at]) || text[words[at].span.end..].starts_with("://") {
            return None;
        }
        let mut form = String::new();
        let mut best = None;
        for (length, word) in (1..=self.longest_form()).zip(&words[at..]) {
            form.push_str(&word.form);
            if let Some(known) = self.by_form(&form) {
                let joined = length > 1 && !known.is_phrase && form.len() < SHORTEST_JOINED;
                let in_list = setting == Setting::List;
                let counts = match known.form {
                    // An item of many words is half a sentence: "writing Rust programs for fun".
                    Form::Listed => in_list && words.len() <= LONGEST_NAME,
                    Form::Alias => in_list || !joined,
                    Form::Name => {
                        let is_name = || {
                            let skill = known.skill;
                            !self.get(skill).ambiguous
                                || self.capitalised_as_name(text, words, at, length, skill)
                        };
                        in_list || (!joined && is_name())
                    }
                };
                if counts {
                    let written = match known.form {
                        Form::Name => Written::Name,
                        Form::Alias | Form::Listed => Written::Alias,
                    };
                    let span = words[at].span.start..word.span.end;
                    best = Some((Mention { skill: known.skill, written, span }, length));
                }
            }
            if word.ends_phrase {
                break;
            }
        }
        best
    }

    /// Whether the words are written as the skill's name is, where a capital tells something:
    /// at the start of a sentence that goes on in lower case it does not.
    fn capitalised_as_name(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        length: usize,
        skill: SkillId,
    ) -> bool {
        let span = words[at].span.start..words[at + length - 1].span.end;
        let starts_sentence = at == 0 || words[at - 1].ends_phrase;
        let goes_on = !words[at + length - 1].ends_phrase
            && words
                .get(at + length)
                .is_some_and(|next| text[next.span.start..].starts_with(char::is_lowercase));
        text[span] == self.get(skill).name && !(starts_sentence && goes_on)
    }

    /// The known form closest to a folded form, with its distance in edits.
    fn nearest(&self, form: &str) -> Option<(SkillId, usize)> {
        let length = form.chars().count();
        let reach = match length {
            // Nearly every short word is one edit away from some name.
            0..=3 => return None,
            4 => 1,
            _ => 2,
        };
        self.forms_with(form.chars().next()?)
            .filter(|(known, _)| known.len() >= 3 && known.len().abs_diff(form.len()) <= reach)
            .map(|(known, skill)| (strsim::osa_distance(known, form), known, skill))
            .filter(|(distance, ..)| *distance <= reach)
            .min()
            .map(|(distance, _, skill)| (skill, distance))
    }
}

/// Whether a word is a letter of an abbreviation: "C&C" and "R&D" name no languages.
fn is_initial(text: &str, word: &Word) -> bool {
    let Range { start, end } = word.span;
    word.form.len() == 1 && (text[..start].ends_with('&') || text[end..].starts_with('&'))
}

/// How many edits a form of this length may be off and still be taken for what it resembles.
/// Shorter words have too many neighbours to be repaired; they only get a suggestion.
fn repairable(form: &str) -> usize {
    match form.chars().count() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Whether a mention is all that the words say.
fn covers(mention: &Mention, words: &[Word]) -> bool {
    words
        .iter()
        .filter(|word| !FILLERS.contains(&word.form.as_str()))
        .all(|word| mention.span.start <= word.span.start && word.span.end <= mention.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(understood: &Understood) -> Vec<&'static str> {
        understood
            .mentions
            .iter()
            .map(|mention| Lexicon::builtin().get(mention.skill).name.as_str())
            .collect()
    }

    fn resolves(item: &str, expected: &[&str]) {
        assert_eq!(names(&Lexicon::builtin().understand(item)), expected, "{item:?}");
    }

    #[test]
    fn the_ways_people_write_a_skill_find_it() {
        for (item, expected) in [
            ("golang", "Go"),
            ("Go lang", "Go"),
            ("GO", "Go"),
            ("k8s", "Kubernetes"),
            ("wasm", "WebAssembly"),
            ("ReactJS", "React"),
            ("C++", "C++"),
            ("C plus plus", "C++"),
            ("CI/CD", "CI/CD"),
            (".NET", ".NET"),
            ("gRPC", "gRPC"),
            ("OTel", "OpenTelemetry"),
            ("GitHub Actions", "GitHub Actions"),
        ] {
            resolves(item, &[expected]);
        }
    }

    #[test]
    fn skills_are_found_inside_phrases_longest_first() {
        resolves("Basic understanding of Karmada", &["Karmada"]);
        resolves("C/C++", &["C", "C++"]);
        resolves("writing", &["Content writing"]);
        resolves("Basic understanding of writing Rust programs", &["Rust"]);
    }

    #[test]
    fn misspellings_of_long_names_are_repaired_and_said_to_be() {
        for (item, expected) in [("Kuberentes", "Kubernetes"), ("Pyhton", "Python")] {
            resolves(item, &[expected]);
            let understood = Lexicon::builtin().understand(item);
            assert_eq!(understood.mentions[0].written, Written::Misspelt);
        }
    }

    #[test]
    fn words_of_english_are_no_misspellings() {
        for word in ["Slack", "Telegram", "applications", "Languages", "server", "three"] {
            let nothing =
                Understood { mentions: vec![], whole: false, denied: false, suggestion: None };
            assert_eq!(Lexicon::builtin().understand(word), nothing, "{word}");
        }
    }

    #[test]
    fn what_an_item_denies_is_not_found_in_it() {
        for (item, expected, denied) in [
            ("no experience with Rust", &[][..], true),
            ("I don't know Rust", &[], true),
            ("Not: C++", &[], true),
            ("Rust (no experience)", &[], true),
            ("no management experience", &[], true),
            ("Java but no Spring Boot", &["Java"], false),
            ("no-code tools and Rust", &["Visual editors", "Rust"], false),
        ] {
            resolves(item, expected);
            assert_eq!(Lexicon::builtin().understand(item).denied, denied, "{item}");
        }
    }

    #[test]
    fn a_misspelt_name_is_not_read_as_a_word_in_it() {
        resolves("Techincal Writing", &["Technical writing"]);
    }

    #[test]
    fn misspellings_of_short_names_are_only_suggested() {
        let understood = Lexicon::builtin().understand("Rsut");
        assert!(understood.mentions.is_empty());
        let suggestion = understood.suggestion.map(|id| &Lexicon::builtin().get(id).name);
        assert_eq!(suggestion.map(String::as_str), Some("Rust"));
    }

    #[test]
    fn how_well_a_skill_is_known_is_not_part_of_its_name() {
        for item in ["strong Go skills", "some Kubernetes", "hands-on experience with Rust"] {
            assert!(Lexicon::builtin().understand(item).whole, "{item}");
        }
        assert!(!Lexicon::builtin().understand("Kubernetes in anger").whole);
    }

    #[test]
    fn a_version_of_a_language_is_that_language() {
        resolves("C++17", &["C++"]);
        resolves("C++20 and Rust", &["C++", "Rust"]);
    }

    #[test]
    fn what_has_a_name_of_its_own_is_not_read_as_something_broader() {
        resolves("SIMD", &["SIMD"]);
        resolves("hardware integration", &["Hardware interfaces"]);
        resolves("Git and GitHub workflows", &["Git"]);
    }

    #[test]
    fn everyday_words_in_running_text_are_not_skills() {
        let found = |text: &str| -> Vec<&str> {
            let lexicon = Lexicon::builtin();
            let mentions = lexicon.mentions(text);
            mentions.into_iter().map(|m| lexicon.get(m.skill).name.as_str()).collect()
        };
        assert!(!found("Let it go to the rest of them.").contains(&"Go"));
        assert!(!found("Go to the page").contains(&"Go"));
        assert!(found("Detects C&C servers").is_empty());
        assert!(found("see https://example.org").is_empty());
        assert!(!found("Show how to use it.").contains(&"Tutorials"));
        assert!(found("A tool in Go for all").contains(&"Go"));
        assert!(found("The tool is written in Go.").contains(&"Go"));
    }

    #[test]
    fn what_is_unlike_anything_known_stays_unknown() {
        let understood = Lexicon::builtin().understand("zzyzxology of qwv");
        assert_eq!(
            understood,
            Understood { mentions: vec![], whole: false, denied: false, suggestion: None }
        );
    }
}
