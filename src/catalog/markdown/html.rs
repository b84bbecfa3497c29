//! HTML inside Markdown, read for its text alone: tags and comments fall away.
//!
//! No HTML parser: pages use a line break, a folded block or a comment, and no more is understood.

use super::rich::Text;

/// Whether the tag `tag` breaks the line.
pub(super) fn is_break(tag: &str) -> bool {
    name(tag).is_some_and(|(name, _)| matches!(name.as_str(), "br" | "p" | "li" | "div" | "tr"))
}

/// The lines of text in the HTML block `source`: how many lines below its start, the heading level, the text.
pub(super) fn lines(source: &str) -> Vec<(usize, Option<u8>, Text)> {
    let mut out = Vec::new();
    let (mut line, mut text, mut start, mut heading) = (0, String::new(), 0, None);
    let mut rest = source;
    let mut end = |text: &mut String, at: usize, heading: Option<u8>| {
        if !text.trim().is_empty() {
            out.push((at, heading, Text::plain(&unescape(text))));
        }
        text.clear();
    };
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let (close, skip) = if rest.starts_with("<!--") { ("-->", 3) } else { (">", 1) };
            let stop = rest.find(close).map_or(rest.len(), |p| p + skip);
            let tag = &rest[..stop];
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
        } else {
            if text.is_empty() {
                start = line;
            }
            text.push(c);
        }
        rest = &rest[c.len_utf8()..];
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
        assert_eq!(got, [(3, Some(3), "A title"), (4, None, "some & text"), (4, None, "more")]);
    }
}
