//! The grammar of written skill lists.
//!
//! ```text
//! field   = { line }                  a line may open a group: "required:", "nice to have:"
//! line    = item { sep item } | phrase         in bullets a phrase with commas is one item
//! sep     = "," | ";" | "|" | "•" | " + " | " and " | ". "       outside brackets
//! item    = name [ "(" remark ")" ] | name "or" name         alternatives
//! ```
//!
//! Pure: knows neither catalogs nor the lexicon. Items keep the text as written.

use super::phrases;
use super::splitting::{items, trim_item};
use crate::model::{AskedSkill, Requirement};

/// One line of a list of skills, without its bullet and its markup.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a str,
    /// How deep it is nested: lines of the field itself are 0.
    pub depth: u32,
    /// Whether it is an entry of a bulleted list.
    pub bullet: bool,
    /// The line in the document, counted from 1.
    pub line: usize,
}

/// Reads the lines of one field; `asked` is what the field's own label says ("Preferred skills").
pub fn read(lines: &[Line<'_>], asked: Requirement) -> Vec<AskedSkill> {
    let mut out: Vec<AskedSkill> = Vec::new();
    // The groups that are open: their depth, what they ask, and whether something is nested in them.
    let mut groups: Vec<(u32, Requirement, bool)> = Vec::new();
    let mut alternatives = 0;
    for line in lines {
        let text = line.text.trim();
        let bound = u32::from(line.bullet) + line.depth;
        if line.bullet {
            // A group ends where its list does, or where its level goes on behind what is nested in it.
            while groups
                .pop_if(|(depth, _, nests)| *depth > bound || *depth == bound && *nests)
                .is_some()
            {}
            groups
                .iter_mut()
                .filter(|(depth, ..)| *depth < bound)
                .for_each(|(.., nests)| *nests = true);
        }
        let (text, group) = split_group(text);
        // A line that is nothing but "Required" needs no colon.
        let alone = if group.is_none() { phrases::group(text) } else { None };
        let (text, group) = if alone.is_some() { ("", alone) } else { (text, group) };
        if let Some(group) = group {
            while groups.pop_if(|(depth, ..)| *depth >= bound).is_some() {}
            groups.push((bound, group, false));
        }
        let mut here = groups.last().map_or(asked, |(_, group, _)| *group);
        for item in items(text, line.bullet) {
            // "required: A, B; nice to have: C": a group may open within a line.
            let (item, group) = split_group(item);
            here = group.unwrap_or(here);
            if !item.is_empty() {
                push(item, here, line.line, &mut alternatives, &mut out);
            }
        }
    }
    out
}

/// The items of a list in one line, as the command line and applicants' forms take them.
///
/// ```
/// use lfx_match::skills::list::split;
/// assert_eq!(split("Rust, C/C++; Node.js and CI/CD"), ["Rust", "C/C++", "Node.js", "CI/CD"]);
/// ```
pub fn split(text: &str) -> Vec<String> {
    let lines = text.lines().flat_map(|l| items(trim_item(l), false));
    let mut out = Vec::new();
    for item in lines {
        match alternative_names(item) {
            Some(names) => out.extend(names.into_iter().map(str::to_owned)),
            None => out.push(item.to_owned()),
        }
    }
    out
}

/// The names in one item that are alternatives of each other: `TypeScript / JavaScript`, `C or C++`. One name where it
/// holds no alternatives.
pub fn alternatives(item: &str) -> Vec<String> {
    let by_or = alternative_names(item).unwrap_or_else(|| vec![item]);
    let slashed = by_or.into_iter().flat_map(|n| {
        let parts: Vec<&str> = n.split('/').map(str::trim).collect();
        let names = parts.iter().all(|p| !p.is_empty() && p.split_whitespace().count() <= 2);
        if names { parts } else { vec![n] }
    });
    slashed.map(str::to_owned).collect()
}

fn push(
    item: &str,
    here: Requirement,
    line: usize,
    alternatives: &mut u16,
    out: &mut Vec<AskedSkill>,
) {
    let own = phrases::requirement(item);
    let requirement = own.unwrap_or(here);
    let level = phrases::level(item);
    let mut add = |text: &str, alternative| {
        out.push(AskedSkill { text: text.to_owned(), requirement, level, alternative, line });
    };
    match alternative_names(item) {
        Some(names) => {
            *alternatives = alternatives.saturating_add(1);
            names.into_iter().for_each(|name| add(name, Some(*alternatives)));
        }
        None => add(item, None),
    }
}

/// The names of an item that is nothing but names joined by "or".
fn alternative_names(item: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = item.split(" or ").map(str::trim).collect();
    let short =
        |n: &&str| !n.is_empty() && n.split_whitespace().count() <= 2 && !n.contains(['(', ')']);
    let plain = names.len() > 1
        && names.iter().all(short)
        && !phrases::opens_phrase(item)
        && !phrases::closes_phrase(item);
    plain.then_some(names)
}

/// Cuts a leading "nice to have:" off `text`.
fn split_group(text: &str) -> (&str, Option<Requirement>) {
    if let Some((label, rest)) = text.split_once(':') {
        let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        if let Some(group) = phrases::group(label) {
            return (rest.trim_start_matches(['*', '_', ' ']), Some(group));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;

    fn inline(text: &str) -> Vec<AskedSkill> {
        read(&[Line { text, depth: 0, bullet: false, line: 1 }], Requirement::Required)
    }

    fn texts(skills: &[AskedSkill]) -> Vec<&str> {
        skills.iter().map(|s| s.text.as_str()).collect()
    }

    fn bullets(lines: &[(u32, &str)]) -> Vec<AskedSkill> {
        let line = |(i, (depth, text)): (usize, &(u32, &'static str))| Line {
            text,
            depth: *depth,
            bullet: true,
            line: i + 1,
        };
        let lines: Vec<(u32, &'static str)> =
            lines.iter().map(|(d, t)| (*d, &*t.to_string().leak())).collect();
        read(&lines.iter().enumerate().map(line).collect::<Vec<_>>(), Requirement::Required)
    }

    #[test]
    fn a_list_is_cut_outside_brackets_only() {
        let got = inline("Go (modules, generics); C/C++, Node.js, [A, B] and CI/CD.");
        assert_eq!(texts(&got), ["Go (modules, generics)", "C/C++", "Node.js", "[A, B] and CI/CD"]);
        assert_eq!(
            texts(&inline("Loki and Grafana, Git + GitHub")),
            ["Loki", "Grafana", "Git", "GitHub"]
        );
        assert_eq!(
            texts(&inline(
                "Go, Rust. In this phase we are looking for people who like long walks. Zig"
            )),
            ["Go", "Rust", "Zig"]
        );
        assert_eq!(texts(&inline("Go (never closed, Rust, C")), ["Go (never closed", "Rust", "C"]);
    }

    #[test]
    fn a_line_that_only_asks_opens_a_group_without_a_colon() {
        let got =
            bullets(&[(0, "Required"), (1, "Go"), (0, "Nice to have"), (1, "Zig"), (1, "Vala")]);
        assert_eq!(texts(&got), ["Go", "Zig", "Vala"]);
        let asked: Vec<Requirement> = got.iter().map(|s| s.requirement).collect();
        assert_eq!(asked, [Requirement::Required, Requirement::Preferred, Requirement::Preferred]);
        assert_eq!(texts(&bullets(&[(0, "Technical skills"), (1, "Go")])), ["Go"]);
    }

    #[test]
    fn a_phrase_keeps_its_and_and_its_examples() {
        assert_eq!(
            texts(&inline("Go, tools like Foo, Bar, etc., some Helm and Kustomize experience")),
            ["Go", "tools like Foo, Bar, etc", "some Helm and Kustomize experience"]
        );
        assert_eq!(
            texts(&bullets(&[(0, "Familiarity with Foo, Bar and Baz"), (0, "Go, Rust")])),
            ["Familiarity with Foo, Bar and Baz", "Go", "Rust"]
        );
        assert_eq!(
            texts(&inline("interest in maps, charts, or plain drawings")),
            ["interest in maps, charts, or plain drawings"]
        );
    }

    #[test]
    fn names_joined_by_or_are_alternatives() {
        let got = inline("Go, Python or C++, Rust");
        assert_eq!(texts(&got), ["Go", "Python", "C++", "Rust"]);
        assert_eq!(
            got.iter().map(|s| s.alternative).collect::<Vec<_>>(),
            [None, Some(1), Some(1), None]
        );
        assert_eq!(alternatives("TypeScript / JavaScript"), ["TypeScript", "JavaScript"]);
        assert_eq!(
            alternatives("reading long papers/books in depth"),
            ["reading long papers/books in depth"]
        );
    }

    #[test]
    fn the_words_around_a_skill_tell_how_much_and_how_well() {
        use Requirement::{Optional, Preferred, Required};
        for (text, requirement, level) in [
            ("Go", Required, None),
            ("Go (optional)", Optional, None),
            ("Helm is a plus", Preferred, None),
            ("Rust (nice-to-have)", Preferred, None),
            ("Perl (preferred but not required)", Preferred, None),
            ("basic networking", Required, Some(Level::Basic)),
            ("familiarity with Zig", Required, Some(Level::Basic)),
            ("strong C++ skills", Required, Some(Level::Strong)),
            ("experience with Bazel", Required, Some(Level::Working)),
        ] {
            let got = inline(text);
            assert_eq!((got[0].requirement, got[0].level), (requirement, level), "{text}");
            assert_eq!(got[0].text, text);
        }
    }

    #[test]
    fn groups_ask_for_what_is_nested_in_them_or_follows_in_the_line() {
        let asked = |skills: &[AskedSkill]| {
            skills.iter().map(|s| (s.text.clone(), s.requirement)).collect::<Vec<_>>()
        };
        let pair = |t: &str, r| (t.to_owned(), r);
        use Requirement::{Preferred, Required};
        assert_eq!(
            asked(&bullets(&[
                (1, "Required:"),
                (2, "Go"),
                (1, "Nice to have:"),
                (2, "Rust"),
                (2, "C"),
                (1, "Zig")
            ])),
            [
                pair("Go", Required),
                pair("Rust", Preferred),
                pair("C", Preferred),
                pair("Zig", Required)
            ]
        );
        assert_eq!(
            asked(&inline("required: Go; nice to have: Rust, C")),
            [pair("Go", Required), pair("Rust", Preferred), pair("C", Preferred)]
        );
    }

    #[test]
    fn the_command_line_splits_as_catalogs_do() {
        assert_eq!(split("Rust, C/C++; Node.js and CI/CD"), ["Rust", "C/C++", "Node.js", "CI/CD"]);
        assert_eq!(split(".NET, C#, Next.js | etc."), [".NET", "C#", "Next.js"]);
        assert_eq!(split("  ,; "), Vec::<String>::new());
    }
}
