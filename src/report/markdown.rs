//! Recommendations as Markdown, for an issue or a chat.

use std::fmt::Write;

use super::evidence::{EvidenceSummary, Piece};
use super::schema::{MatchReport, RecommendationReport};
use crate::safe::one_line;

/// The report as a Markdown document.
pub fn markdown(report: &MatchReport) -> String {
    let mut text = String::from("# Recommended projects\n");
    for recommendation in &report.recommendations {
        add(&mut text, recommendation);
    }
    text
}

fn add(text: &mut String, recommendation: &RecommendationReport) {
    let project = &recommendation.project;
    let org = project.org.as_deref().map(|org| format!("{}: ", escape(org))).unwrap_or_default();
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "\n## {}. {org}{}\n\n- Score: {:.2}\n- Document: {}\n",
        recommendation.rank,
        escape(&project.title),
        recommendation.score,
        escape(&project.source.path.to_string_lossy()),
    );
    let explanation = &recommendation.explanation;
    let EvidenceSummary { meets, near, wants, lacks } =
        EvidenceSummary::new(&explanation.matched, &explanation.missing);
    for (label, pieces) in [("Matched", meets), ("Near", near), ("Wanted", wants)] {
        let told = |piece: &Piece| format!("{}, line {}", escape(&piece.text()), piece.line);
        list(text, label, pieces.iter().map(told).collect());
    }
    list(text, "Missing", lacks.iter().map(|missing| escape(missing)).collect());
    let above = explanation.above.iter().map(|above| escape(&above.project_text));
    list(text, "Above your level", above.collect());
    if let Some(pick) = &recommendation.pick {
        let escaped = |items: &[String]| items.iter().map(|item| escape(item)).collect();
        list(text, "Meets beyond the ones above", escaped(&pick.adds));
        list(text, "Teaches", escaped(&pick.teaches));
        list(text, "Learn first", escaped(&pick.learn_first));
        list(text, "Prepare", escaped(&pick.prerequisites));
    }
    for url in project.lfx_url.iter().chain(&project.upstream_urls) {
        let _ = writeln!(text, "- <{}>", one_line(url).replace(['<', '>', ' '], ""));
    }
}

fn list(text: &mut String, label: &str, items: Vec<String>) {
    if !items.is_empty() {
        let _ = writeln!(text, "- {label}: {}", items.join("; "));
    }
}

/// The text with everything that Markdown or HTML would read as markup made plain.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_others_stays_text() {
        assert_eq!(
            escape("<b>*x*</b> [a](javascript:1)"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](javascript:1)"
        );
    }
}
