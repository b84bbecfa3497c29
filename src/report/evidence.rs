//! Evidence in words for a person: what serves the same requirement is told together, and what is met by name is not told
//! again by what else would serve it.

use super::text::shorten;
use crate::rank::{How, Matched, Said, met};
use crate::safe::one_line;

/// The longest piece of a project's text that is quoted.
pub(super) const QUOTE: usize = 60;
/// So many names are told of those that serve the same.
const NAMED: usize = 3;

/// Skills of the mentee's that met the project's words in the same way.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// What the mentee has, or wants.
    pub(super) names: Vec<String>,
    /// How it met: "for Linux"; empty where both say the same.
    pub(super) how: String,
    /// Where the project says so, from 1.
    pub(super) line: usize,
}

impl Piece {
    /// The names, of many the first ones, and how they met.
    pub(super) fn text(&self) -> String {
        let (shown, rest) = self.names.split_at(self.names.len().min(NAMED));
        let names = match rest.len() {
            0 => shown.join(", "),
            1 => self.names.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        };
        match self.how.as_str() {
            "" => names,
            how => format!("{names} ({how})"),
        }
    }
}

/// What a mentee can do, or wants, and the project speaks of; the strongest first.
pub(super) fn pieces(matched: &[Matched], said: Said) -> Vec<Piece> {
    let by_name = |name: &str| {
        let is_named = |how: How| matches!(how, How::Exact | How::Alias | How::Mentioned);
        let mut named = matched.iter().filter(|matched| is_named(matched.how));
        named.any(|matched| matched.skill.as_deref() == Some(name))
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for matched in met(matched, said) {
        if matched.how == How::Implied && matched.serves.as_deref().is_some_and(by_name) {
            continue;
        }
        let piece = piece(matched);
        let is_shared = matches!(matched.how, How::Implied | How::Similar);
        match pieces.iter_mut().find(|known| is_shared && known.how == piece.how) {
            Some(known) => known.names.extend(piece.names),
            None => pieces.push(piece),
        }
    }
    pieces
}

fn piece(matched: &Matched) -> Piece {
    let name = one_line(matched.name());
    let quote = |text: &str| format!("“{}”", shorten(&one_line(text), QUOTE));
    let how = match matched.how {
        How::Exact => String::new(),
        How::Alias => {
            // Whichever of both calls it something else.
            let words = [&matched.text, &matched.project_text];
            let other = words.into_iter().find(|words| !words.eq_ignore_ascii_case(&name));
            other.map_or_else(String::new, |words| format!("as {}", quote(words)))
        }
        How::Implied => match matched.serves.as_deref() {
            Some(skill) => format!("for {}", one_line(skill)),
            None => format!("for {}", shorten(&one_line(&matched.project_text), QUOTE)),
        },
        How::Mentioned => "in the text".to_owned(),
        How::Similar => format!("near {}", quote(&matched.project_text)),
    };
    Piece { names: vec![shorten(&name, QUOTE)], how, line: matched.line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(name: &'static str, how: How, serves: Option<&'static str>) -> Matched {
        Matched {
            text: name.to_owned(),
            skill: Some(name.into()),
            said: Said::Can,
            how,
            serves: serves.map(Into::into),
            project_text: "Linux".to_owned(),
            line: 7,
        }
    }

    #[test]
    fn what_serves_the_same_is_told_together() {
        let served = ["KVM", "QEMU", "eBPF", "systemd", "Bash"];
        let matched: Vec<Matched> =
            served.map(|name| matched(name, How::Implied, Some("Linux"))).to_vec();
        let texts = |count: usize| -> Vec<String> {
            pieces(&matched[..count], Said::Can).iter().map(Piece::text).collect()
        };
        assert_eq!(texts(5), ["KVM, QEMU, eBPF and 2 more (for Linux)"]);
        assert_eq!(texts(4), ["KVM, QEMU, eBPF, systemd (for Linux)"]);
    }

    #[test]
    fn what_is_met_by_name_is_not_told_again() {
        let all = [matched("Linux", How::Exact, None), matched("KVM", How::Implied, Some("Linux"))];
        let texts: Vec<String> = pieces(&all, Said::Can).iter().map(Piece::text).collect();
        assert_eq!(texts, ["Linux"]);
    }
}
