//! Evidence in words for a person: what serves the same requirement is told together, and what is met by name is not told
//! again by what else would serve it.

use super::text::shorten;
use crate::model::Requirement;
use crate::rank::{How, Matched, Missing, Said, met};
use crate::safe::one_line;

/// The longest piece of a project's text that is quoted.
pub(super) const QUOTE: usize = 60;
/// Words of theirs that are longer are more than a name.
const NAME: usize = 30;
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

/// What a person is told of a match.
pub(super) struct EvidenceSummary {
    /// What the mentee can do and the project asks for or speaks of; the strongest first.
    pub(super) meets: Vec<Piece>,
    /// What the mentee can do that is near to what is asked for, without being it.
    pub(super) near: Vec<Piece>,
    /// What the mentee wants and finds there.
    pub(super) wants: Vec<Piece>,
    /// What is asked for and not there.
    pub(super) lacks: Vec<String>,
}

impl EvidenceSummary {
    pub(super) fn new(matched: &[Matched], missing: &[Missing]) -> Self {
        let mut wants = pieces(matched, Said::Wants);
        wants.extend(neighbours(matched, Said::Wants));
        let meets = pieces(matched, Said::Can);
        let near = neighbours(matched, Said::Can);
        let lacks = lacking(matched, missing).map(gap).collect();
        Self { meets, near, wants, lacks }
    }
}

/// What a mentee can do, or wants, and the project speaks of; the strongest first.
fn pieces(matched: &[Matched], said: Said) -> Vec<Piece> {
    let is_named = |matched: &&Matched| {
        matches!(matched.how, How::Exact | How::Alias | How::Mentioned) && matched.serves.is_none()
    };
    let by_name = |name: &str| {
        met(matched, said).filter(is_named).any(|matched| matched.skill.as_deref() == Some(name))
    };
    // A sentence of which a name is told already is not told again.
    let is_told = |sentence: &Matched| {
        let mut others = met(matched, said).filter(|other| other.how < How::Similar);
        sentence.skill.is_none() && others.any(|other| sentence.text.contains(&other.text))
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for matched in met(matched, said) {
        let is_idle = match matched.how {
            How::Exact | How::Alias => false,
            How::Implied | How::Mentioned => matched.serves.as_deref().is_some_and(by_name),
            How::Similar => is_near(matched) || is_told(matched),
        };
        if !is_idle {
            gather(&mut pieces, matched);
        }
    }
    pieces
}

fn neighbours(matched: &[Matched], said: Said) -> Vec<Piece> {
    let mut pieces = Vec::new();
    met(matched, said).filter(|matched| is_near(matched)).for_each(|m| gather(&mut pieces, m));
    pieces
}

/// What is missing and tells something: not the project's own software, not what everyone has, and not what is wanted and
/// found there.
fn lacking<'a>(
    matched: &'a [Matched],
    missing: &'a [Missing],
) -> impl Iterator<Item = &'a Missing> {
    let is_wanted = |missing: &Missing| {
        let mut asked =
            met(matched, Said::Wants).filter(|m| matches!(m.how, How::Exact | How::Alias));
        asked.any(|matched| {
            matched.skill.as_deref() == Some(&missing.skill)
                || matched.project_text == missing.skill
        })
    };
    let tells =
        move |missing: &&Missing| !missing.own && !missing.is_generic() && !is_wanted(missing);
    missing.iter().filter(tells)
}

/// The names of what a mentee can do, or wants, and the project asks for or speaks of: not of what is merely near.
pub(super) fn named(matched: &[Matched], said: Said) -> impl Iterator<Item = &str> {
    met(matched, said).filter(|matched| matched.how < How::Similar).map(Matched::name)
}

/// Whether it is near to the project's words, without being what these say; sentences are neither.
fn is_near(matched: &Matched) -> bool {
    matched.how == How::Similar && (matched.skill.is_some() || matched.said == Said::Can)
}

/// Adds a piece of evidence, to one that tells of the same words in the same way where there is one.
fn gather(pieces: &mut Vec<Piece>, matched: &Matched) {
    let piece = piece(matched);
    let is_shared = matched.serves.is_some() || matched.how == How::Similar;
    match pieces.iter_mut().find(|known| is_shared && known.how == piece.how) {
        Some(known) => known.names.extend(piece.names),
        None => pieces.push(piece),
    }
}

fn piece(matched: &Matched) -> Piece {
    let name = one_line(matched.name());
    let theirs = one_line(&matched.project_text);
    let quote = || format!("“{}”", shorten(&theirs, QUOTE));
    let is_sentence = matched.skill.is_none() && matched.said == Said::Wants;
    let how = match matched.how {
        // Their words for it, where these are no more than another name.
        How::Alias if !theirs.eq_ignore_ascii_case(&name) && theirs.chars().count() <= NAME => {
            format!("as {}", quote())
        }
        How::Exact | How::Alias => String::new(),
        How::Implied => match matched.serves.as_deref() {
            Some(skill) => format!("for {}", one_line(skill)),
            None => format!("for {}", shorten(&theirs, QUOTE)),
        },
        How::Mentioned if matched.serves.is_some() => {
            format!("for {} in the text", one_line(matched.serves.as_deref().unwrap_or_default()))
        }
        How::Mentioned if theirs.eq_ignore_ascii_case(&name) => "in the text".to_owned(),
        How::Mentioned => format!("in the text: {}", quote()),
        How::Similar if is_sentence => String::new(),
        How::Similar if matched.serves.is_some() => format!("asked: {}", shorten(&theirs, QUOTE)),
        How::Similar => format!("to {}", quote()),
    };
    // Nobody needs to be told their own sentence.
    let name = match matched.how {
        How::Similar if is_sentence => format!("work like {}", quote()),
        _ => shorten(&name, QUOTE),
    };
    Piece { names: vec![name], how, line: matched.line }
}

/// Something that lacks, and how much it is asked for where it is not required; half sentences are quoted.
fn gap(missing: &Missing) -> String {
    let name = match missing.is_phrase() {
        true => format!("“{}”", shorten(&one_line(&missing.skill), QUOTE)),
        false => one_line(missing.name()),
    };
    match missing.requirement {
        Requirement::Required => name,
        requirement => format!("{name} ({})", requirement_word(requirement)),
    }
}

fn requirement_word(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Required => "required",
        Requirement::Preferred => "preferred",
        Requirement::Optional => "optional",
    }
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
    fn what_is_merely_close_is_told_as_near_to_their_words() {
        let close = |name, skill| Matched { skill, ..matched(name, How::Similar, None) };
        let known = close("KVM", Some("KVM".into()));
        let wish = Matched { said: Said::Wants, ..close("small machines", None) };
        let told = EvidenceSummary::new(&[known, close("kernels", None), wish], &[]);
        let texts = |pieces: &[Piece]| pieces.iter().map(Piece::text).collect::<Vec<_>>();
        assert!(told.meets.is_empty());
        assert_eq!(texts(&told.near), ["KVM, kernels (to “Linux”)"]);
        assert_eq!(texts(&told.wants), ["work like “Linux”"]);
    }

    #[test]
    fn what_is_met_by_name_is_not_told_again() {
        let all = [matched("Linux", How::Exact, None), matched("KVM", How::Implied, Some("Linux"))];
        let texts: Vec<String> = pieces(&all, Said::Can).iter().map(Piece::text).collect();
        assert_eq!(texts, ["Linux"]);
    }
}
