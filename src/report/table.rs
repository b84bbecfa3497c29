//! Recommendations for a person at a terminal: a card each, readable without colour.

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSplitter};

use super::evidence::{EvidenceSummary, Piece, QUOTE};
use super::schema::{MatchReport, PickReason, PickReport, RecommendationReport};
use super::text::shorten;
use crate::rank::{GOOD_MATCH, NO_MATCH};
use crate::safe::one_line;

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableStyle {
    /// The columns there are.
    pub width: usize,
    /// Whether to use colours.
    pub color: bool,
}

/// Eighths of a block, for bars finer than a character.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const BAR: usize = 10;
const INDENT: &str = "    ";
/// Holds words in one line; a blank in the end.
const NO_BREAK: &str = "\u{a0}";
/// What is longer, in characters, may be broken.
const UNBROKEN: usize = 40;

/// The report as a table.
pub fn table(report: &MatchReport, style: TableStyle) -> String {
    let mut text = String::new();
    for recommendation in &report.recommendations {
        if !text.is_empty() {
            text.push('\n');
        }
        card(&mut text, recommendation, style);
    }
    text
}

fn card(text: &mut String, recommendation: &RecommendationReport, style: TableStyle) {
    let project = &recommendation.project;
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let green = AnsiColor::Green.on_default();
    let yellow = AnsiColor::Yellow.on_default();
    let org = one_line(project.org.as_deref().unwrap_or("(no organisation)"));
    let term = project.term.as_deref().map(|term| format!("  {}", one_line(term)));
    let head = format!(
        "{:>3} {:.2} {}  {}{}\n",
        recommendation.rank,
        recommendation.score,
        paint(&bar(recommendation.score), green, style),
        paint(&org, bold, style),
        paint(&term.unwrap_or_default(), dim, style),
    );
    text.push_str(&head);
    paragraph(text, "", &one_line(&project.title), bold, style);
    let explanation = &recommendation.explanation;
    evidence(text, &EvidenceSummary::new(&explanation.matched, &explanation.missing), style);
    let above = explanation.above.iter().map(|a| shorten(&one_line(&a.project_text), QUOTE));
    let above: Vec<String> = above.map(|text| format!("“{text}”")).collect();
    if !above.is_empty() {
        paragraph(text, "level ", &listed(&above), yellow, style);
    }
    if let Some(pick) = &recommendation.pick {
        paragraph(text, "why   ", &reason(pick, recommendation.score), green, style);
        let prepare = preparation(pick);
        if !prepare.is_empty() && recommendation.score >= NO_MATCH {
            paragraph(text, "first ", &prepare, yellow, style);
        }
    }
    // One link: where to apply if that is known, else where the work is described.
    if let Some(url) = project.lfx_url.as_ref().or(project.upstream_urls.first()) {
        text.push_str(&format!("{INDENT}{}\n", paint(&one_line(url), dim, style)));
    }
}

/// What met and what lacks, a labelled paragraph each.
pub(super) fn evidence(text: &mut String, told: &EvidenceSummary, style: TableStyle) {
    let green = AnsiColor::Green.on_default();
    for (label, pieces) in
        [("meets ", &told.meets), ("near  ", &told.near), ("wants ", &told.wants)]
    {
        let pieces: Vec<String> = pieces.iter().map(Piece::text).collect();
        if !pieces.is_empty() {
            paragraph(text, label, &listed(&pieces), green, style);
        }
    }
    if !told.lacks.is_empty() {
        paragraph(text, "lacks ", &listed(&told.lacks), AnsiColor::Yellow.on_default(), style);
    }
}

fn reason(pick: &PickReport, score: f64) -> String {
    let is_good = score >= GOOD_MATCH;
    let names = |names: &[String]| -> String {
        listed(&names.iter().map(|name| one_line(name)).collect::<Vec<_>>())
    };
    let mut reason = match pick.reason {
        PickReason::Best if is_good => "your best match".to_owned(),
        PickReason::Best => "the closest that there is".to_owned(),
        PickReason::Adds => format!("beyond the ones above: {}", names(&pick.adds)),
        PickReason::Unlike if is_good => "good, and unlike the ones above".to_owned(),
        PickReason::Unlike => "unlike the ones above".to_owned(),
        PickReason::Next => "the next best".to_owned(),
    };
    if !is_good {
        reason += ", though no good match";
    }
    match &pick.teaches[..] {
        [] => reason,
        teaches => format!("{reason}; teaches {}", names(teaches)),
    }
}

/// The names in one line, broken only behind a dot that parts two of them.
pub(super) fn listed(names: &[String]) -> String {
    let whole = |name: &String| match name.chars().count() <= UNBROKEN {
        true => name.replace(' ', NO_BREAK),
        false => name.clone(),
    };
    names.iter().map(whole).collect::<Vec<_>>().join(&format!("{NO_BREAK}· "))
}

/// What to do before applying.
fn preparation(pick: &PickReport) -> String {
    let list = |label: &str, items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| shorten(&one_line(item), QUOTE)).collect();
        (!items.is_empty()).then(|| format!("{label} {}", listed(&items)))
    };
    let learn = list("learn", &pick.learn_first);
    let prepare = list("prepare", &pick.prerequisites);
    learn.into_iter().chain(prepare).collect::<Vec<_>>().join("; ")
}

/// A labelled paragraph, wrapped, its further lines under its first.
pub(super) fn paragraph(
    text: &mut String,
    label: &str,
    body: &str,
    paint_with: Style,
    style: TableStyle,
) {
    let indent = INDENT.len() + label.len();
    let width = style.width.saturating_sub(indent).max(20);
    let wrapping = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
    for (at, line) in textwrap::wrap(body, wrapping).iter().enumerate() {
        let lead = if at == 0 { label } else { &" ".repeat(label.len()) };
        let line = line.replace(NO_BREAK, " ");
        text.push_str(&format!("{INDENT}{lead}{}\n", paint(&line, paint_with, style)));
    }
}

/// The score as a bar of [`BAR`] characters.
pub(super) fn bar(score: f64) -> String {
    let eighths = (score.clamp(0.0, 1.0) * (BAR * 8) as f64).round() as usize;
    let full = "█".repeat(eighths / 8);
    let bar = format!("{full}{}", EIGHTHS[eighths % 8]);
    let width = bar.chars().count();
    format!("{bar}{}", "·".repeat(BAR - width))
}

pub(super) fn paint(text: &str, with: Style, style: TableStyle) -> String {
    match style.color && !text.is_empty() {
        true => format!("{}{text}{}", with.render(), with.render_reset()),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_the_score_is_high() {
        assert_eq!(bar(0.0), "··········");
        assert_eq!(bar(0.5), "█████·····");
        assert_eq!(bar(1.0), "██████████");
        assert_eq!(bar(0.06), "▋·········");
    }
}
