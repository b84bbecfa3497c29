//! Terms of the programme: found in headings, titles and folder names, written `2025 Term 3`.
//!
//! Pure string work.

use super::text::words;

/// The term that `text` names by year and number: "Term 03 - 2025 Sept - Nov", "(2026 Term 2)", "2025/03-Sep-Nov".
pub(crate) fn find(text: &str) -> Option<String> {
    let year = year(text)?;
    let number = number(text)?;
    Some(format!("{year} Term {number}"))
}

/// The year that `text` names.
pub(crate) fn year(text: &str) -> Option<u16> {
    words(text).find_map(|w| w.parse().ok().filter(|y| (2015..=2099).contains(y) && w.len() == 4))
}

/// The number of the term, by "Term N" or by the months or season that it begins with.
fn number(text: &str) -> Option<u8> {
    let all: Vec<String> = words(text).collect();
    let by_word = all.windows(2).find_map(|pair| match [pair[0].as_str(), pair[1].as_str()] {
        ["term", number] => small(number),
        [ordinal, "term"] => by_ordinal(ordinal),
        _ => None,
    });
    let glued = || all.iter().find_map(|w| small(w.strip_prefix("term").or(w.strip_prefix('t'))?));
    let by_quarter = || {
        all.iter().find_map(|w| {
            let quarter = w.strip_prefix('q').and_then(|n| n.parse::<u8>().ok())?;
            // The quarters in which the three terms of a year begin.
            match quarter {
                1 => Some(1),
                2 => Some(2),
                3 | 4 => Some(3),
                _ => None,
            }
        })
    };
    by_word.or_else(glued).or_else(|| all.iter().find_map(|w| by_season(w))).or_else(by_quarter)
}

/// The number of a term as it follows the word: in digits, Roman numerals or letters.
fn small(word: &str) -> Option<u8> {
    match word {
        "i" | "one" => Some(1),
        "ii" | "two" => Some(2),
        "iii" | "three" => Some(3),
        _ => word.parse::<u8>().ok().filter(|n| (1..=4).contains(n)),
    }
}

fn by_ordinal(word: &str) -> Option<u8> {
    match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        _ => None,
    }
}

fn by_season(word: &str) -> Option<u8> {
    match word {
        "mar" | "march" | "spring" => Some(1),
        "jun" | "june" | "summer" => Some(2),
        "sep" | "sept" | "september" | "fall" | "autumn" => Some(3),
        _ => None,
    }
}

/// The term that the folders of `path` name, as `2025/03-Sep-Nov/README.md` does.
pub(crate) fn of_path(path: &std::path::Path) -> Option<String> {
    let parts: Vec<_> =
        path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let folders = &parts[..parts.len().saturating_sub(1)];
    let (at, year) = folders.iter().enumerate().rev().find_map(|(i, f)| Some((i, year(f)?)))?;
    let names = &folders[at..];
    let number = names.iter().find_map(|f| number(f)).or_else(|| {
        names
            .get(1)
            .and_then(|f| words(f).next()?.parse::<u8>().ok().filter(|n| (1..=4).contains(n)))
    })?;
    Some(format!("{year} Term {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_however_it_is_written() {
        for (text, term) in [
            ("Term 03 - 2025 September - November", "2025 Term 3"),
            ("CNCF - Org: Title (2026 Term 2)", "2026 Term 2"),
            ("2026 Term 3 (Sep-Nov)", "2026 Term 3"),
            ("Q3 - Fall'2021", "2021 Term 3"),
            ("Spring 2022", "2022 Term 1"),
            ("2022 Summer", "2022 Term 2"),
            ("Term2 2025", "2025 Term 2"),
            ("2025-T2", "2025 Term 2"),
            ("Term II 2025", "2025 Term 2"),
            ("Second term 2025", "2025 Term 2"),
        ] {
            assert_eq!(find(text).as_deref(), Some(term), "{text}");
        }
        assert_eq!(find("Q1"), None);
        assert_eq!(find("2019"), None);
    }

    #[test]
    fn a_folder_names_a_term() {
        let of = |p: &str| of_path(std::path::Path::new(p));
        assert_eq!(of("x/2025/03-Sep-Nov/README.md").as_deref(), Some("2025 Term 3"));
        assert_eq!(of("x/2020/q1/ideas.md").as_deref(), Some("2020 Term 1"));
        assert_eq!(of("x/2019/README.md"), None);
        assert_eq!(of("README.md"), None);
    }
}
