//! Answers for a person at a terminal: a heading each, and a line for each project or applicant.

use anstyle::{AnsiColor, Style};

use super::renderer::BatchRenderer;
use crate::batch::shortlists::Shortlisted;
use crate::mentees::Applicant;
use crate::rank::Recommendation;
use crate::report::evidence::EvidenceSummary;
use crate::report::table::{TableStyle, bar, evidence, paint};
use crate::report::text::shorten;
use crate::safe::one_line;

/// The columns before a line's text: rank, score and bar.
const LEAD: usize = 21;

impl BatchRenderer<'_> {
    /// An applicant's projects.
    pub fn table_mentee(
        &self,
        applicant: &Applicant,
        projects: &[Recommendation],
        style: TableStyle,
    ) -> String {
        let mut text = heading(&one_line(&applicant.id), "", style);
        for (rank, recommendation) in (1..).zip(projects) {
            let project = &self.catalog.projects[recommendation.project];
            let org = project.org.as_deref().map(|org| format!("{org}: ")).unwrap_or_default();
            let name = one_line(&format!("{org}{}", project.title));
            text += &line(rank, recommendation.score, &name, style);
        }
        text
    }

    /// A project's applicants, with what of theirs meets it.
    pub fn table_project(
        &self,
        project: usize,
        applicants: &[Shortlisted],
        style: TableStyle,
    ) -> String {
        let project = &self.catalog.projects[project];
        let org = project.org.as_deref().map(|org| format!("{org}: ")).unwrap_or_default();
        let term = project.term.as_deref().map(one_line).unwrap_or_default();
        let mut text = heading(&one_line(&format!("{org}{}", project.title)), &term, style);
        for (rank, Shortlisted { applicant, recommendation }) in (1..).zip(applicants) {
            text += &line(rank, recommendation.score, &one_line(&applicant.id), style);
            let explanation = &recommendation.explanation;
            let told = EvidenceSummary::new(&explanation.matched, &explanation.missing);
            evidence(&mut text, &told, style);
        }
        if applicants.is_empty() {
            text += "    no applicants\n";
        }
        text
    }
}

fn heading(name: &str, beside: &str, style: TableStyle) -> String {
    let room = style.width.saturating_sub(beside.chars().count() + 2);
    let name = paint(&shorten(name, room), Style::new().bold(), style);
    match beside {
        "" => format!("{name}\n"),
        beside => format!("{name}  {}\n", paint(beside, Style::new().dimmed(), style)),
    }
}

fn line(rank: usize, score: f64, text: &str, style: TableStyle) -> String {
    let bar = paint(&bar(score), AnsiColor::Green.on_default(), style);
    let text = shorten(text, style.width.saturating_sub(LEAD));
    format!("{rank:>3} {score:.2} {bar}  {text}\n")
}
