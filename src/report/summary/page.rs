//! The summary of a batch as a page for the terminal, with bars.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::schema::{ProjectSummary, SummaryReport};
use crate::report::table::{TableStyle, bar, listed, paint, paragraph};
use crate::report::text::shorten;
use crate::safe::one_line;

/// So many skills are listed on the page; the report holds them all.
const SKILLS: usize = 24;
/// So many projects get a bar; of more, the most and the least wanted.
const BARS: usize = 100;

/// The summary as a page: what needs a coordinator's attention first, the long list of projects last.
pub fn summary_table(report: &SummaryReport, style: TableStyle) -> String {
    let mut page = Page { text: String::new(), style, applicants: report.applicants };
    page.line(&format!(
        "{}, {}, {}",
        counted(report.applicants, "applicant"),
        counted(report.projects.len() as u64, "project"),
        counted(report.rejected, "rejected row")
    ));
    page.line(&format!("A project is a good match from a score of {:.2} on.", report.good_match));
    applicants(&mut page, report);
    extremes(&mut page, report);
    skills(&mut page, report);
    projects(&mut page, report);
    page.text
}

/// How well applicants fit at best, and who fits nothing.
fn applicants(page: &mut Page, report: &SummaryReport) {
    page.heading("Applicants by their best score");
    let most = report.best_scores.iter().map(|step| step.applicants).max().unwrap_or(0);
    for step in &report.best_scores {
        let name = format!("{:.1} to {:.1}", step.from, step.below);
        page.bar(step.applicants, most, &name);
    }
    page.heading(&format!("Applicants without a good project: {}", report.unmatched.applicants));
    let named = report.unmatched.first.iter().map(|mentee| one_line(&mentee.id));
    page.list(named.collect(), report.unmatched.applicants as usize);
}

/// The projects that nobody fits, and those that everybody does.
fn extremes(page: &mut Page, report: &SummaryReport) {
    let nobody = format!("Projects that nobody fits: {}", report.nobody_fits.len());
    let everybody = format!(
        "Projects that everybody fits (good for {:.0} % or more): {}",
        report.everybody * 100.0,
        report.everybody_fits.len()
    );
    for (heading, ids) in [(nobody, &report.nobody_fits), (everybody, &report.everybody_fits)] {
        page.heading(&heading);
        let listed: Vec<&ProjectSummary> =
            report.projects.iter().filter(|project| ids.contains(&project.id)).collect();
        for project in listed.iter().take(BARS) {
            page.line(&format!("    best {:.2}  {}", project.best_score, name(project)));
        }
        if listed.len() > BARS {
            page.line(&format!("    … and {} more", listed.len() - BARS));
        }
    }
}

/// The skills that only one side names.
fn skills(page: &mut Page, report: &SummaryReport) {
    let lacking = &report.skills_lacking;
    page.heading(&format!("Skills asked for that no applicant has: {}", lacking.len()));
    let named = lacking.iter().take(SKILLS);
    let named = named.map(|s| format!("{} ({})", s.skill, counted(s.projects, "project")));
    page.list(named.collect(), lacking.len());
    let unasked = &report.skills_unasked;
    page.heading(&format!("Skills of applicants that no project asks for: {}", unasked.len()));
    let named = unasked.iter().take(SKILLS);
    let named = named.map(|s| format!("{} ({})", s.skill, counted(s.applicants, "applicant")));
    page.list(named.collect(), unasked.len());
}

/// Every project with its applicants, most wanted first.
fn projects(page: &mut Page, report: &SummaryReport) {
    page.heading("Projects by the number of applicants whom they suit well");
    let mut projects: Vec<&ProjectSummary> = report.projects.iter().collect();
    projects.sort_by(|a, b| {
        b.good_applicants
            .cmp(&a.good_applicants)
            .then(b.best_score.total_cmp(&a.best_score))
            .then(a.id.cmp(&b.id))
    });
    let most = projects.first().map_or(0, |project| project.good_applicants);
    let hidden = projects.len().saturating_sub(BARS);
    for (at, project) in projects.iter().enumerate() {
        if hidden > 0 && at == BARS / 2 {
            page.line(&format!("    … {hidden} more between"));
        }
        if hidden > 0 && (BARS / 2..BARS / 2 + hidden).contains(&at) {
            continue;
        }
        page.bar(project.good_applicants, most, &name(project));
    }
}

fn name(project: &ProjectSummary) -> String {
    let org = project.org.as_deref().map(|org| format!("{org}: ")).unwrap_or_default();
    one_line(&format!("{org}{}", project.title))
}

fn counted(number: u64, of: &str) -> String {
    format!("{} {of}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A page that is being written.
struct Page {
    text: String,
    style: TableStyle,
    /// All applicants.
    applicants: u64,
}

impl Page {
    fn line(&mut self, line: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{}", shorten(line, self.style.width));
    }

    fn heading(&mut self, heading: &str) {
        let heading = paint(heading, Style::new().bold(), self.style);
        let _ = writeln!(self.text, "\n{heading}");
    }

    /// A number of applicants as a bar, whole where it is `most`, with its share of all and its name.
    fn bar(&mut self, number: u64, most: u64, name: &str) {
        let share = number as f64 / self.applicants.max(1) as f64;
        let bar = bar(number as f64 / most.max(1) as f64);
        let bar = paint(&bar, AnsiColor::Green.on_default(), self.style);
        let count = format!("{:>9} {:>3.0} %", grouped(number), share * 100.0);
        let name = shorten(name, self.style.width.saturating_sub(32));
        let _ = writeln!(self.text, "    {bar} {count}  {name}");
    }

    /// Things one after another, and how many there are more.
    fn list(&mut self, shown: Vec<String>, all: usize) {
        let mut items = shown;
        if all > items.len() && !items.is_empty() {
            items.push(format!("and {} more", grouped((all - items.len()) as u64)));
        }
        if !items.is_empty() {
            paragraph(&mut self.text, "", &listed(&items), Style::new(), self.style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::schema::{MenteeRef, SCHEMA_VERSION};
    use crate::report::summary::schema::{LackingSkill, Step, Unmatched};

    #[test]
    fn thousands_stand_apart() {
        let grouped = [0, 7, 999, 1000, 12_345, 1_000_000].map(grouped);
        assert_eq!(grouped, ["0", "7", "999", "1,000", "12,345", "1,000,000"]);
        assert_eq!(counted(1, "row"), "1 row");
    }

    #[test]
    fn a_page_fits_its_width_and_says_how_much_it_leaves_out() {
        let project = |at: u64| ProjectSummary {
            id: format!("p{at}"),
            title: format!("A project with quite a long title that says number {at} at last"),
            org: Some("Lantern and Sons".to_owned()),
            good_applicants: at,
            best_score: 0.5,
        };
        let mentee =
            |at: u64| MenteeRef { id: format!("a{at}"), line: Some(at), ..MenteeRef::default() };
        let skill = |at: u64| LackingSkill { skill: format!("Skill {at}"), projects: at };
        let report = SummaryReport {
            schema_version: SCHEMA_VERSION,
            applicants: 1000,
            rejected: 1,
            good_match: 0.5,
            everybody: 0.9,
            best_scores: vec![Step { from: 0.3, below: 0.4, applicants: 1000 }],
            unmatched: Unmatched { applicants: 1000, first: (0..20).map(mentee).collect() },
            projects: (0..250).map(project).collect(),
            nobody_fits: vec!["p0".to_owned()],
            everybody_fits: Vec::new(),
            skills_lacking: (0..30).map(skill).collect(),
            skills_unasked: Vec::new(),
        };
        let page = summary_table(&report, TableStyle { width: 80, color: false });
        for part in ["and 980 more", "… 150 more between", "and 6 more", "1 rejected row\n"] {
            assert!(page.contains(part), "{part:?} in\n{page}");
        }
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
}
