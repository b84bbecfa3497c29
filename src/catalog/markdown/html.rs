//! HTML inside Markdown, read for its text alone: tags and comments fall away.
//!
//! No HTML parser: pages use a line break, a folded block or a comment, and no more is understood.

use crate::catalog::rich_text::{Builder, Text};

/// Whether the tag `tag` breaks the line.
pub(super) fn is_break(tag: &str) -> bool {
    name(tag).is_some_and(|(name, _)| matches!(name.as_str(), "br" | "p" | "li" | "div" | "tr"))
}

/// Where the tag `tag` leads, if it opens a link.
pub(super) fn link(tag: &str) -> Option<String> {
    let is_link = name(tag).is_some_and(|(name, closing)| name == "a" && !closing);
    let at = tag.to_ascii_lowercase().find("href=").filter(|_| is_link)? + "href=".len();
    let rest = &tag[at..];
    let inner = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(unescape(inner.trim()))
}

/// Whether the tag `tag` closes a link.
pub(super) fn closes_link(tag: &str) -> bool {
    name(tag).is_some_and(|(name, closing)| name == "a" && closing)
}

/// The lines of text in the HTML block `source`: how many lines below its start, the heading level, the text.
pub(super) fn lines(source: &str) -> Vec<(usize, Option<u8>, Text)> {
    let mut out = Vec::new();
    let (mut line, mut text, mut start, mut heading) = (0, Builder::default(), 0, None);
    let mut rest = source;
    let mut end = |text: &mut Builder, at: usize, heading: Option<u8>| {
        let text = text.end_line();
        let plain = text.plain.as_str();
        if !plain.trim().is_empty() {
            let start = plain.len() - plain.trim_start().len();
            out.push((at, heading, text.part(start..plain.trim_end().len())));
        }
    };
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let (close, skip) = if rest.starts_with("<!--") { ("-->", 3) } else { (">", 1) };
            let stop = rest.find(close).map_or(rest.len(), |p| p + skip);
            let tag = &rest[..stop];
            if let Some(url) = link(tag) {
                text.open_link(url);
            } else if closes_link(tag) {
                text.close_link();
            }
            if let Some((tag, closing)) = name(tag) {
                let level = tag
                    .strip_prefix('h')
                    .and_then(|n| n.parse().ok())
                    .filter(|n| (1..=6).contains(n));
                if level.is_some()
                    || matches!(
                        tag.as_str(),
                        "br" | "p" | "li" | "div" | "tr" | "td" | "th" | "summary" | "details"
                    )
                {
                    end(&mut text, start, heading);
                    heading = level.filter(|_| !closing);
                }
            }
            line += tag.bytes().filter(|b| *b == b'\n').count();
            rest = &rest[stop..];
            continue;
        }
        if c == '\n' {
            line += 1;
            end(&mut text, start, heading);
            rest = &rest[1..];
            continue;
        }
        if text.is_empty() {
            start = line;
        }
        let stop = rest.find(['<', '\n']).unwrap_or(rest.len());
        text.push(&unescape(&rest[..stop]));
        rest = &rest[stop..];
    }
    end(&mut text, start, heading);
    out
}

/// The name of `tag` in lower case, and whether it closes.
fn name(tag: &str) -> Option<(String, bool)> {
    let inner = tag.strip_prefix('<')?;
    let (inner, closing) = inner.strip_prefix('/').map_or((inner, false), |i| (i, true));
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), closing))
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_tags_fall_away_and_lines_are_counted() {
        let got =
            lines("<details>\n<!-- hidden\nwords -->\n<h3>A title</h3>\nsome &amp; text<br>more\n");
        let got: Vec<_> = got.iter().map(|(l, h, t)| (*l, *h, t.plain.as_str())).collect();
        let links = lines("<li><a href=\"https://a.example/?a&amp;b\">An issue</a> of ours</li>");
        assert_eq!(links[0].2.links, [(0..8, "https://a.example/?a&b".to_owned())]);
        assert_eq!(got, [(3, Some(3), "A title"), (4, None, "some & text"), (4, None, "more")]);
    }
}
