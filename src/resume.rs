//! A résumé: skills by the lexicon, interests by their section. Personal lines are not read.

use crate::model::Mentee;
use crate::skills::Lexicon;

/// Headings under which people say what they want.
const INTERESTS: [&str; 6] =
    ["interest", "objective", "motivation", "goal", "looking for", "about me"];

/// What a résumé in Markdown or plain text says of its writer's skills and interests.
///
/// Lines with an address, a link or a telephone number are passed over. Skills come in the order of the
/// text, each once.
pub fn read(text: &str) -> Mentee {
    let lexicon = Lexicon::builtin();
    let mut mentee = Mentee::default();
    let mut interests: Vec<&str> = Vec::new();
    let mut wanted = false;
    let mut seen = std::collections::BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if is_personal(line) {
            continue;
        }
        if let Some(heading) = heading(line) {
            let heading = heading.to_lowercase();
            wanted = INTERESTS.iter().any(|word| heading.contains(word));
            continue;
        }
        if wanted {
            interests.push(line.trim_start_matches(['-', '*', '•', ' ']));
            continue;
        }
        for mention in lexicon.mentions(line) {
            if seen.insert(mention.skill) {
                mentee.skills.push(lexicon.get(mention.skill).name.clone());
            }
        }
    }
    mentee.interests = (!interests.is_empty()).then(|| interests.join("\n"));
    mentee
}

/// The words of a heading: marked as one, or a short line in capitals or with a colon at its end.
fn heading(line: &str) -> Option<&str> {
    if line.starts_with('#') {
        return Some(line.trim_start_matches('#').trim());
    }
    let short = line.split_whitespace().count() <= 4;
    let capitals = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let bold =
        line.strip_prefix("**").and_then(|rest| rest.trim_end_matches(':').strip_suffix("**"));
    match bold {
        Some(bold) if short => Some(bold),
        _ if short && line.ends_with(':') => Some(line.trim_end_matches(':')),
        _ if short && capitals && line.len() > 4 => Some(line),
        _ => None,
    }
}

/// Contact details: an address, a link, a telephone number.
fn is_personal(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    line.contains('@') || line.contains("://") || line.contains("www.") || digits >= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_and_interests_are_found_and_contacts_are_not_read() {
        let text = "# Jo Doe\njo@example.org, rust.example.org\n\n## Experience\n\
            - Wrote services for Kubernetes in Go.\n\n## Interests\n- edge computing\n";
        let mentee = read(text);
        assert_eq!(mentee.interests.as_deref(), Some("edge computing"));
        assert_eq!(mentee.skills, ["Kubernetes", "Go"]);
    }
}
