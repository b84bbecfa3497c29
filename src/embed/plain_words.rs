//! Respells names made of signs as plain words, so that a tokeniser that cuts at every sign keeps them whole.
//!
//! The recipe in `models/` does the same to its training texts: the two must agree.

/// Names and what they become; where one begins another, the longer stands first.
const NAMES: [(&str, &str); 19] = [
    ("c plus plus", "cplusplus"),
    ("objective-c", "objectivec"),
    ("objective c", "objectivec"),
    ("asp.net", "aspdotnet dotnet"),
    ("grpc-web", "grpc grpcweb"),
    ("c/c++", "c cplusplus"),
    ("c sharp", "csharp"),
    ("ci / cd", "cicd"),
    ("node js", "nodejs"),
    ("ci/cd", "cicd"),
    ("ci-cd", "cicd"),
    ("ui/ux", "ui ux"),
    ("tcp/ip", "tcp ip"),
    ("i/o", "io"),
    (".net", "dotnet"),
    ("c++", "cplusplus"),
    ("cpp", "cplusplus"),
    ("c#", "csharp"),
    ("f#", "fsharp"),
];

/// The text with names such as `C++`, `.NET` or `Vue.js` respelt as single plain words.
pub(super) fn plain_words(text: &str) -> String {
    // Only ASCII letters are lowered, so that positions in both texts stay the same.
    let lower = text.to_ascii_lowercase();
    let mut plain = String::with_capacity(text.len() + 16);
    let mut at = 0;
    let mut in_word = false;
    while let Some(c) = text[at..].chars().next() {
        if in_word {
            // The rest of a word that was begun before.
            plain.push(c);
            at += c.len_utf8();
            in_word = is_word(c);
            continue;
        }
        if let Some((name, word)) = NAMES.iter().find(|(name, _)| fits(&lower[at..], name)) {
            plain.extend([" ", word, " "]);
            at += name.len();
            in_word = name.ends_with(is_word);
        } else if is_word(c) {
            let end = text[at..].find(|c| !is_word(c)).map_or(text.len(), |length| at + length);
            plain.push_str(&text[at..end]);
            at = end;
            if fits(&lower[at..], ".js") {
                plain.push_str("js");
                at += ".js".len();
                in_word = true;
            }
        } else {
            plain.push(c);
            at += c.len_utf8();
        }
    }
    plain
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a text starts with `name` as a whole word. After signs a version may follow: `c++17`.
fn fits(lower: &str, name: &str) -> bool {
    let Some(rest) = lower.strip_prefix(name) else { return false };
    match rest.chars().next() {
        None => true,
        Some(after) if name.ends_with(['+', '#']) => {
            !after.is_alphabetic() && !matches!(after, '+' | '#')
        }
        Some(after) => !is_word(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        plain_words(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_with_signs_become_words() {
        for (text, plain) in [
            ("C++", "cplusplus"),
            ("C/C++ and C#", "c cplusplus and csharp"),
            ("C++17", "cplusplus 17"),
            (".NET, ASP.NET", "dotnet , aspdotnet dotnet"),
            ("Vue.js and node js", "Vuejs and nodejs"),
            ("CI/CD", "cicd"),
            ("I/O", "io"),
        ] {
            assert_eq!(words(text), plain, "{text:?}");
        }
    }

    #[test]
    fn nothing_else_is_changed() {
        for text in ["abc++d", "example.net", "façade - naïve", "main.json", "public/output", ""]
        {
            assert_eq!(plain_words(text), text);
        }
    }
}
