//! Web addresses: finding them in text, telling where they lead. Opens none of them.

use std::ops::Range;

use super::text::prefix;

/// The byte ranges of the web addresses written out in `text`, without the punctuation that follows them.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut marks = text.match_indices("://").map(|(at, _)| at).peekable();
    let scheme = |at: &usize| {
        let before = |s: &str| text.get(at.checked_sub(s.len())?..*at);
        let is = |s: &&str| before(s).is_some_and(|b| b.eq_ignore_ascii_case(s));
        ["https", "http"].into_iter().find(is).map(|s| at - s.len())
    };
    while let Some(at) = marks.next() {
        let Some(start) = scheme(&at) else { continue };
        // Two addresses glued together are two: the first ends where the scheme of the next begins.
        let limit = marks.peek().and_then(scheme).unwrap_or(text.len());
        let Some(rest) = text.get(at + 3..limit) else { continue };
        let rest = prefix(rest, LONGEST);
        let stop = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '`' | '|' | '，' | '、')
        };
        let end = at + 3 + rest.find(stop).unwrap_or(rest.len());
        let end = start + trimmed(&text[start..end]).len();
        if end > at + 3 {
            found.push(start..end);
        }
    }
    found
}

/// The places on GitHub that `text` names in short, `github.com/o/r/issues/1` or `o/r#1`, and their whole addresses.
pub(crate) fn find_short(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let parts = |c: char| c.is_whitespace() || "<>()[]\"`|,;，、".contains(c);
    for word in text.split(parts).filter(|w| w.contains('/') && w.len() < LONGEST) {
        if let Some(url) = whole(trimmed(word)) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            found.push((start..start + trimmed(word).len(), url));
        }
    }
    found
}

/// The whole address of the place on GitHub that `short` names.
pub(crate) fn whole(short: &str) -> Option<String> {
    let bare = short.strip_prefix("www.").unwrap_or(short);
    let host = "github.com/";
    if bare.get(..host.len()).is_some_and(|b| b.eq_ignore_ascii_case(host)) {
        return (bare.len() > host.len()).then(|| format!("https://{bare}"));
    }
    let (repository, number) = short.split_once('#')?;
    let (owner, name) = repository.split_once('/')?;
    let is_name = |n: &str| {
        !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let sound = is_handle(owner) && is_name(name) && is_number;
    sound.then(|| format!("https://github.com/{owner}/{name}/issues/{number}"))
}

/// No address is longer than this many bytes; the bound keeps the work linear on hostile text.
const LONGEST: usize = 2048;

/// `url` without closing punctuation that belongs to the sentence around it.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '\'', '*', '_', '\\']);
        let unbalanced = [('(', ')'), ('[', ']')].iter().find(|(open, close)| {
            shorter.ends_with(*close)
                && shorter.matches(*close).count() > shorter.matches(*open).count()
        });
        match unbalanced {
            Some((_, close)) => url = &shorter[..shorter.len() - close.len_utf8()],
            None if shorter.len() == url.len() => return url,
            None => url = shorter,
        }
    }
}

/// The host and the path of `url`, where it is a web address.
pub(crate) fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    Some((host.strip_prefix("www.").unwrap_or(host), path))
}

/// Whether `url` leads to the mentorship platform (or its forerunners), where applications are taken.
pub(crate) fn is_platform(url: &str) -> bool {
    host_and_path(url).is_some_and(|(host, _)| {
        let host = host.to_ascii_lowercase();
        host.ends_with("lfx.linuxfoundation.org") || host.ends_with("communitybridge.org")
    })
}

/// The first of `urls` that leads to the mentorship platform.
pub(crate) fn first_on_platform(urls: &[String]) -> Option<String> {
    urls.iter().find(|url| is_platform(url)).cloned()
}

/// The owner and, where given, the repository that `url` names on GitHub or GitLab.
pub(crate) fn repository(url: &str) -> Option<(&str, Option<&str>)> {
    let (host, path) = host_and_path(url)?;
    if !host.eq_ignore_ascii_case("github.com") && !host.eq_ignore_ascii_case("gitlab.com") {
        return None;
    }
    let mut parts = path.trim_start_matches('/').split(['/', '?', '#']).filter(|p| !p.is_empty());
    let owner = parts.next()?;
    // `github.com/orgs/NAME/projects/3` is a board of the organisation NAME.
    if owner == "orgs" {
        return parts.next().map(|name| (name, None));
    }
    (owner != "search").then(|| (owner, parts.next()))
}

/// The GitHub user that `url` is the page of.
pub(crate) fn github_user(url: &str) -> Option<&str> {
    let (host, path) = host_and_path(url)?;
    if !host.eq_ignore_ascii_case("github.com") {
        return None;
    }
    let user =
        path.trim_matches('/').split(['?', '#']).next()?.trim_matches('/').trim_start_matches('@');
    is_handle(user).then_some(user)
}

/// Whether `text` has the form of a GitHub handle: letters, digits and inner hyphens, at most 39.
pub(crate) fn is_handle(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 39
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(
            all("see (https://a.example/x_(y)). And http://b.example;"),
            ["https://a.example/x_(y)", "http://b.example"]
        );
        assert_eq!(
            all("https://a.example/1https://a.example/2"),
            ["https://a.example/1", "https://a.example/2"]
        );
    }

    #[test]
    fn a_place_on_github_is_found_by_its_short_name() {
        let short = |text| find_short(text).into_iter().map(|(_, url)| url).collect::<Vec<_>>();
        assert_eq!(
            short("octo-org/repo.js#12, (www.github.com/o/r/pull/1)."),
            ["https://github.com/octo-org/repo.js/issues/12", "https://github.com/o/r/pull/1"]
        );
        for none in ["C#/F#", "and/or#1a", "issue #12", "a/b/c#1", "https://a.example/b#1"] {
            assert!(short(none).is_empty(), "{none}");
        }
        assert_eq!(all("HTTPS://GitHub.com/o/r"), ["HTTPS://GitHub.com/o/r"]);
    }

    #[test]
    fn a_user_page_names_a_user_and_an_issue_does_not() {
        assert_eq!(github_user("https://github.com/octo-cat/"), Some("octo-cat"));
        assert_eq!(github_user("https://github.com/octo-org/repo/issues/1"), None);
        assert_eq!(
            repository("https://github.com/octo-org/repo/issues/1"),
            Some(("octo-org", Some("repo")))
        );
    }
}
