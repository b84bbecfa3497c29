//! Rewrites names made of signs (`C++`, `.NET`, `Vue.js`) into plain words before a text is embedded.
//!
//! A BERT pre-tokeniser cuts at every sign, and such names would lose what tells them apart. The
//! recipe of the built-in model does the same to every text it learns from: both must agree on the
//! cases of `models/recipe/plain_words.json`. It must not do more than respell names.

/// Names and their plain spelling. The first that fits is taken, so longer ones stand before shorter.
const NAMES: [(&str, &str); 25] = [
    ("c plus plus", "cplusplus"),
    ("objective-c", "objectivec"),
    ("objective c", "objectivec"),
    ("end-to-end", "e2e"),
    ("end to end", "e2e"),
    ("asp.net", "aspdotnet dotnet"),
    ("c/c++", "c cplusplus"),
    ("c sharp", "csharp"),
    ("node-js", "nodejs"),
    ("node js", "nodejs"),
    ("vue js", "vuejs"),
    ("next js", "nextjs"),
    ("react js", "reactjs"),
    ("ci / cd", "cicd"),
    ("ci/cd", "cicd"),
    ("ci-cd", "cicd"),
    ("ci cd", "cicd"),
    ("ui/ux", "ui ux"),
    ("i/o", "io"),
    (".net", "dotnet"),
    ("c++", "cplusplus"),
    ("cpp", "cplusplus"),
    ("c#", "csharp"),
    ("f#", "fsharp"),
    (".js", "js"),
];

/// Whether `c` belongs to a word: ASCII letters, digits and `_`, and Latin letters with marks.
fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || ('\u{c0}'..='\u{24f}').contains(&c)
}

/// The name at the start of `rest`, given the character before it; `None` where none stands whole.
fn name_at(rest: &str, before: Option<char>) -> Option<(&'static str, &'static str)> {
    let inside = before.is_some_and(in_word);
    NAMES.into_iter().find(|&(name, _)| {
        // `.js` clings to the word before it; every other name begins one.
        let begins = if name == ".js" { inside } else { !inside };
        let fits = || {
            let head = rest.as_bytes().get(..name.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
        };
        begins && fits() && {
            let after = rest.get(name.len()..).and_then(|tail| tail.chars().next());
            match name.as_bytes().last() {
                // A version may follow signs (`C++17`).
                Some(b'+' | b'#') => !after
                    .is_some_and(|c| (in_word(c) && !c.is_ascii_digit()) || c == '+' || c == '#'),
                _ => !after.is_some_and(in_word),
            }
        }
    })
}

/// The text with names such as `C++`, `.NET` or `Vue.js` respelled as single plain words.
///
/// Blanks are put around a respelled name, so that digits or dots beside it stay apart; nothing
/// else changes, and a text without such names comes back as it was.
#[must_use]
pub(super) fn plain_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        // Every name begins with one of these: the table is searched at few places only.
        let may_begin = matches!(
            c.to_ascii_lowercase(),
            '.' | 'a' | 'c' | 'e' | 'f' | 'i' | 'n' | 'o' | 'r' | 'u' | 'v'
        );
        let found = if may_begin { name_at(rest, before) } else { None };
        let taken = match found {
            Some((".js", plain)) => {
                out.push_str(plain);
                ".js".len()
            }
            Some((name, plain)) => {
                out.push(' ');
                out.push_str(plain);
                out.push(' ');
                name.len()
            }
            None => {
                out.push(c);
                c.len_utf8()
            }
        };
        before = rest.get(..taken).and_then(|part| part.chars().next_back());
        rest = rest.get(taken..).unwrap_or("");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    fn it_agrees_with_the_recipe_on_every_shared_case() {
        let cases: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../models/recipe/plain_words.json")).unwrap();
        assert!(cases.len() > 20);
        for (text, plain) in cases {
            assert_eq!(plain_words(&text), plain, "{text:?}");
        }
    }
}
