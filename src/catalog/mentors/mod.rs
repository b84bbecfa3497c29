//! Mentors as pages name them: "Name (@handle, address)", "@handle - Name", links, several on a line.
//!
//! Pure: a line of text with its links in, names and handles out. Addresses are dropped.

mod pieces;

use super::rich_text::Text;
use super::text::fold;
use super::urls;
use crate::model::Mentor;
use pieces::Piece;

/// The mentors that `line` names.
pub(crate) fn read(line: &Text) -> Vec<Mentor> {
    let mut mentors: Vec<Mentor> = Vec::new();
    let mut current = Mentor { name: None, github: None };
    let mut glue = false;
    // Whether the handle of the current mentor is marked as one.
    let mut sure = false;
    for piece in pieces::cut(line) {
        match piece {
            Piece::Separator => {
                // "Family, Given (@handle)": one word before the comma may be half a name.
                glue = current.github.is_none()
                    && current.name.as_ref().is_some_and(|n| !n.contains(' '));
                if !glue {
                    flush(&mut current, &mut mentors);
                }
            }
            Piece::Words(words, _)
                if is_bare_handle(&words) && awaits_handle(&current, &mentors) =>
            {
                current.github = Some(words);
                flush(&mut current, &mut mentors);
            }
            // "Name (@handle) - a remark"
            Piece::Words(_, true) if current.name.is_some() && current.github.is_some() => {}
            Piece::Words(words, _) => {
                let half = std::mem::take(&mut glue);
                match (&mut current.name, &current.github) {
                    (Some(_), None) if half && words.contains(' ') => {
                        flush(&mut current, &mut mentors);
                        current.name = Some(words);
                    }
                    (Some(name), None) if half => *name = format!("{name}, {words}"),
                    (Some(_), _) => {
                        flush(&mut current, &mut mentors);
                        current.name = Some(words);
                    }
                    // "@handle - Name": the name follows its handle.
                    (None, _) => current.name = Some(words),
                }
            }
            Piece::Handle(handle, marked) => {
                glue = false;
                match &current.github {
                    None => (current.github, sure) = (Some(handle), marked),
                    Some(have) if have.eq_ignore_ascii_case(&handle) => {}
                    Some(_) if !marked => {}
                    // "Name (Employer, @handle)"
                    Some(_) if !sure => (current.github, sure) = (Some(handle), true),
                    Some(_) => {
                        flush(&mut current, &mut mentors);
                        (current.github, sure) = (Some(handle), marked);
                    }
                }
            }
        }
    }
    flush(&mut current, &mut mentors);
    mentors
}

/// Whether `words` can be a handle without its `@`: "Ann Bee, annb, address".
fn is_bare_handle(words: &str) -> bool {
    urls::is_handle(words) && words.len() > 2 && !words.contains(char::is_uppercase)
}

/// Whether the last mentor has a full name and no handle yet.
fn awaits_handle(current: &Mentor, mentors: &[Mentor]) -> bool {
    let last = mentors.last().filter(|m| m.github.is_none());
    current.name.is_none()
        && current.github.is_none()
        && last.is_some_and(|m| m.name.as_ref().is_some_and(|n| n.contains(' ')))
}

fn flush(current: &mut Mentor, mentors: &mut Vec<Mentor>) {
    let done = std::mem::replace(current, Mentor { name: None, github: None });
    if done.name.is_none() {
        // "Name, @handle": a handle alone belongs to the name before it.
        if let (Some(last), Some(handle)) =
            (mentors.last_mut().filter(|m| m.github.is_none()), &done.github)
        {
            last.github = Some(handle.clone());
            return;
        }
    }
    if done.name.is_some() || done.github.is_some() {
        mentors.push(done);
    }
}

/// No project has more mentors than this; the bound keeps hostile documents cheap.
const MOST: usize = 100;

/// Adds `more` to `mentors`, with one entry per person that holds what either entry says.
pub(crate) fn merge(mentors: &mut Vec<Mentor>, more: Vec<Mentor>) {
    for new in more {
        if mentors.len() >= MOST {
            return;
        }
        let same = mentors.iter_mut().find(|old| match (&old.github, &new.github) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => {
                old.name.is_some() && old.name.as_deref().map(fold) == new.name.as_deref().map(fold)
            }
        });
        match same {
            Some(old) => {
                old.name = old.name.take().or(new.name);
                old.github = old.github.take().or(new.github);
            }
            None => mentors.push(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Vec<String> {
        let show =
            |m: Mentor| format!("{}@{}", m.name.unwrap_or_default(), m.github.unwrap_or_default());
        read(&Text::plain(line)).into_iter().map(show).collect()
    }

    #[test]
    fn every_way_to_name_a_mentor_is_read() {
        for (line, expected) in [
            ("Ann Bee (@annb, ann@example.org)", vec!["Ann Bee@annb"]),
            ("Ann Bee @annb, Cid Dee @cid", vec!["Ann Bee@annb", "Cid Dee@cid"]),
            ("@annb - Ann Bee, @cid - Cid Dee", vec!["Ann Bee@annb", "Cid Dee@cid"]),
            ("Ann Bee (annb)", vec!["Ann Bee@annb"]),
            ("Ann Bee (annb, ann@example.org)", vec!["Ann Bee@annb"]),
            ("Ann Bee (ann@example.org, @annb); Cid (@cid)", vec!["Ann Bee@annb", "Cid@cid"]),
            ("Bee, Ann (@annb)", vec!["Bee, Ann@annb"]),
            ("Ann Bee, @annb", vec!["Ann Bee@annb"]),
            ("Ann(Annie) Bee (@annb)", vec!["Ann(Annie) Bee@annb"]),
            ("Ann Bee (@Ann Bee, ann@example.org)", vec!["Ann Bee@"]),
            (
                "Ann Bee(@annb) & Cid Dee(@cid) - please use one address only",
                vec!["Ann Bee@annb", "Cid Dee@cid"],
            ),
            ("Ann Bee and Cid Dee", vec!["Ann Bee@", "Cid Dee@"]),
            ("https://github.com/annb", vec!["@annb"]),
            ("Ann Bee ann@example.org", vec!["Ann Bee@"]),
            ("Primary: Ann Bee (@annb)", vec!["Ann Bee@annb"]),
            ("Ann Bee, annb, ann@example.org", vec!["Ann Bee@annb"]),
            ("Ann Bee (Some Employer, @annb), Cid (VMware)", vec!["Ann Bee@annb", "Cid@"]),
            ("Ann Bee (GitHub: annb, Slack: ann.bee)", vec!["Ann Bee@annb"]),
            ("Ann Bee (Annb, <ann@example.org>)", vec!["Ann Bee@Annb"]),
            ("@annb @cid", vec!["@annb", "@cid"]),
            ("Ann Bee (@annb) and Cid Dee (@cid)", vec!["Ann Bee@annb", "Cid Dee@cid"]),
            ("Ann Bee (@annb) and others", vec!["Ann Bee@annb"]),
            ("Mentor 1: Ann Bee (@annb), Mentor 2: Cid (@cid)", vec!["Ann Bee@annb", "Cid@cid"]),
            ("Primary mentor: Ann Bee (@annb)", vec!["Ann Bee@annb"]),
            ("Mentor 2 - Ann Bee (@annb)", vec!["Ann Bee@annb"]),
            ("Ann Bee（annb，ann@example.org）", vec!["Ann Bee@annb"]),
        ] {
            assert_eq!(all(line), expected, "{line}");
        }
    }

    #[test]
    fn a_handle_of_another_place_is_no_github_handle() {
        for (line, expected) in [
            ("Ann Bee (GitHub: @annb, Slack: @ann)", vec!["Ann Bee@annb"]),
            ("Ann Bee (@annb on GitHub, @ann on Slack)", vec!["Ann Bee@annb"]),
            ("Ann Bee (@annb, CNCF Slack @ann)", vec!["Ann Bee@annb"]),
            ("Ann Bee @ann (Slack), @annb (GitHub)", vec!["Ann Bee@annb"]),
            ("Ann Bee @annb (Slack: @ann)", vec!["Ann Bee@annb"]),
            ("Ann Bee (LinkedIn: @ann)", vec!["Ann Bee@"]),
            ("Ann Bee (@annb), LFID: annb1", vec!["Ann Bee@annb"]),
        ] {
            assert_eq!(all(line), expected, "{line}");
        }
    }
}
