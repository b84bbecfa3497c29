//! The answers of `rank` as they go out: one after another, in the format that was asked for.

use lfx_match::Error;
use lfx_match::batch::shortlists::Shortlisted;
use lfx_match::mentees::Applicant;
use lfx_match::rank::Recommendation;
use lfx_match::report::{BatchRenderer, ModelReport, SummaryReport, TableStyle, Within};

use super::failure::Failure;
use super::output::{Sink, Terminal};
use super::rank_args::{By, RankArgs, RankFormat};

/// Where the answers go; nowhere, where the summary takes their place.
pub(crate) struct Answers<'a> {
    out: Option<(Pen<'a>, Sink)>,
    is_first: bool,
}

impl<'a> Answers<'a> {
    /// Opens the place for the answers, and begins them.
    pub(crate) fn open(
        args: &RankArgs,
        renderer: &'a BatchRenderer<'a>,
        model: ModelReport,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        // Two results do not go to one place.
        if args.summary == Some(None) && !terminal.has_output_file() {
            return Ok(Self { out: None, is_first: true });
        }
        let pen = Pen { renderer, format: args.format, style: terminal.table_style() };
        let mut sink = terminal.open()?;
        sink.write(&match (args.format, args.by) {
            (RankFormat::Csv, By::Mentee) => renderer.csv_mentee_header(),
            (RankFormat::Csv, By::Project) => renderer.csv_project_header(),
            (RankFormat::Json, By::Mentee) => renderer.json_start(&model, "mentees")?,
            (RankFormat::Json, By::Project) => renderer.json_start(&model, "projects")?,
            (RankFormat::Jsonl | RankFormat::Table, _) => String::new(),
        })?;
        Ok(Self { out: Some((pen, sink)), is_first: true })
    }

    /// What turns answers into text; none where nobody wants them.
    pub(crate) fn pen(&self) -> Option<Pen<'a>> {
        self.out.as_ref().map(|(pen, _)| *pen)
    }

    /// Writes the next answer.
    pub(crate) fn write(&mut self, answer: &str) -> Result<(), Failure> {
        let Some((pen, sink)) = &mut self.out else { return Ok(()) };
        let between = match (pen.format, std::mem::take(&mut self.is_first)) {
            (RankFormat::Json, true) => "\n",
            (RankFormat::Json, false) => ",\n",
            (RankFormat::Table, false) => "\n",
            _ => "",
        };
        sink.write(between)?;
        sink.write(answer)
    }

    pub(crate) fn finish(
        self,
        rejected: u64,
        summary: Option<&SummaryReport>,
    ) -> Result<(), Failure> {
        let Some((pen, mut sink)) = self.out else { return Ok(()) };
        if pen.format == RankFormat::Json {
            sink.write(&pen.renderer.json_end(rejected, summary)?)?;
        }
        sink.finish()
    }
}

/// Turns answers into text.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    renderer: &'a BatchRenderer<'a>,
    format: RankFormat,
    style: TableStyle,
}

impl Pen<'_> {
    /// An applicant's projects.
    pub(crate) fn mentee(
        self,
        applicant: &Applicant,
        projects: &[Recommendation],
    ) -> Result<String, Error> {
        let Self { renderer, format, style } = self;
        match format {
            RankFormat::Csv => Ok(renderer.csv_mentee(applicant, projects)),
            RankFormat::Jsonl => {
                Ok(renderer.json_mentee(applicant, projects, Within::Lines)? + "\n")
            }
            RankFormat::Json => renderer.json_mentee(applicant, projects, Within::Document),
            RankFormat::Table => Ok(renderer.table_mentee(applicant, projects, style)),
        }
    }

    /// A project's applicants.
    pub(crate) fn project(
        self,
        project: usize,
        applicants: &[Shortlisted],
    ) -> Result<String, Error> {
        let Self { renderer, format, style } = self;
        match format {
            RankFormat::Csv => Ok(renderer.csv_project(project, applicants)),
            RankFormat::Jsonl => {
                Ok(renderer.json_project(project, applicants, Within::Lines)? + "\n")
            }
            RankFormat::Json => renderer.json_project(project, applicants, Within::Document),
            RankFormat::Table => Ok(renderer.table_project(project, applicants, style)),
        }
    }
}
