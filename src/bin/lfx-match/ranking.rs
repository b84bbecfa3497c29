//! `lfx-match rank`: every applicant's projects, or every project's applicants.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use lfx_match::Error;
use lfx_match::batch::in_order;
use lfx_match::batch::shortlists::Shortlists;
use lfx_match::batch::summary::{ApplicantSkills, SummaryBuilder};
use lfx_match::mentees::{Applicant, Column, ColumnMap, Options};
use lfx_match::rank::Scores;
use lfx_match::report::{self, BatchRenderer, SummaryReport};

use super::answers::Answers;
use super::failure::{Failure, SOME_REJECTED, usage_of};
use super::input::{self, Applicants};
use super::key_file::KeyFile;
use super::output::{Access, Sink, Terminal};
use super::paths;
use super::prepare::PreparedCatalog;
use super::progress::{Progress, When};
use super::rank_args::{By, RankArgs, RankFormat};
use super::rejects::Rejects;

pub(crate) fn run(args: &RankArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let inputs = args.ranking.inputs().chain([&args.applicants]).map(PathBuf::as_path);
    let summary = args.summary.as_ref().and_then(Option::as_deref);
    let outputs = [terminal.output(), args.rejects.as_deref(), args.anonymous.as_deref(), summary];
    paths::keep_apart(inputs, outputs.into_iter().flatten())?;
    if let Some(twice) = args.keep.iter().enumerate().find(|(at, k)| args.keep[..*at].contains(k)) {
        let message = format!("--keep {:?} is given twice", twice.1);
        return Err(usage_of(&["rank"], ErrorKind::ArgumentConflict, message));
    }
    let applicants = input::open(&args.applicants, options(args)?)?;
    let mut prepared = PreparedCatalog::prepare(&args.ranking, None, terminal)?;
    prepared.keep_called(&args.project)?;
    let mut job = Job::new(args, &prepared, &applicants, terminal)?;
    let renderer = BatchRenderer::new(&prepared.catalog, &args.keep)?;
    let mut answers = Answers::open(args, &renderer, prepared.model(), terminal)?;
    match args.by {
        By::Mentee => job.by_mentee(applicants, &mut answers)?,
        By::Project => job.by_project(applicants, &mut answers)?,
    }
    job.finish(answers)
}

fn options(args: &RankArgs) -> Result<Options, Failure> {
    Ok(Options {
        map: columns(&args.map)?,
        keep: args.keep.clone(),
        format: None,
        delimiter: args.delimiter,
        encoding: args.encoding,
        with_addresses: args.with_contacts,
        // Ids that are replaced are never shown.
        with_address_ids: args.with_contacts || args.anonymous.is_some(),
    })
}

/// One pass over the applicants, with what is noted on the way.
struct Job<'a> {
    args: &'a RankArgs,
    prepared: &'a PreparedCatalog,
    terminal: &'a Terminal,
    key: Option<KeyFile>,
    rejects: Rejects<'a>,
    summary: Option<SummaryBuilder>,
    progress: Progress,
    /// Where the summary goes, if not to standard output.
    summary_file: Option<Sink>,
    /// Which kept columns anybody has filled.
    filled: Vec<bool>,
    renamed: u64,
    /// What the first of them is shown by.
    first_renamed: Option<String>,
}

impl<'a> Job<'a> {
    /// Opens all that will be written, so that what cannot be is known before the work.
    fn new(
        args: &'a RankArgs,
        prepared: &'a PreparedCatalog,
        applicants: &Applicants,
        terminal: &'a Terminal,
    ) -> Result<Self, Failure> {
        let when = match (terminal.is_quiet(), args.progress, terminal.is_free()) {
            (false, true, _) => When::Always,
            (false, false, true) => When::Auto,
            _ => When::Never,
        };
        Ok(Self {
            args,
            prepared,
            terminal,
            key: args.anonymous.as_deref().map(KeyFile::open).transpose()?,
            summary_file: (args.summary.as_ref().and_then(Option::as_deref))
                .map(|path| Sink::file(path, Access::Usual))
                .transpose()?,
            rejects: Rejects::new(&args.applicants, args.rejects.as_deref(), terminal)?,
            summary: args
                .summary
                .is_some()
                .then(|| SummaryBuilder::new(&prepared.catalog, &prepared.keep)),
            progress: Progress::new(when, applicants),
            filled: vec![false; args.keep.len()],
            renamed: 0,
            first_renamed: None,
        })
    }

    fn by_mentee(
        &mut self,
        applicants: Applicants,
        answers: &mut Answers<'_>,
    ) -> Result<(), Failure> {
        let (prepared, top) = (self.prepared, self.args.top);
        let pen = answers.pen();
        let answer = |applicant: &Applicant| {
            let PreparedCatalog { matcher, keep, .. } = prepared;
            let Some(pen) = &pen else {
                return Ok((String::new(), matcher.scores(&applicant.mentee, keep)?));
            };
            let (best, scores) = matcher.recommend_and_score(&applicant.mentee, top, keep)?;
            Ok((pen.mentee(applicant, &best)?, scores))
        };
        self.pass(applicants, answer, |_, text: String, _| answers.write(&text))
    }

    fn by_project(
        &mut self,
        applicants: Applicants,
        answers: &mut Answers<'_>,
    ) -> Result<(), Failure> {
        let prepared = self.prepared;
        let mut lists = Shortlists::new(prepared.catalog.projects.len(), self.args.top);
        let answer = |applicant: &Applicant| {
            Ok(((), prepared.matcher.scores(&applicant.mentee, &prepared.keep)?))
        };
        self.pass(applicants, answer, |applicant, (), scores| {
            lists.offer(applicant, &scores);
            Ok(())
        })?;
        let Some(pen) = answers.pen() else { return Ok(()) };
        for (project, list) in lists.explained(&prepared.matcher).enumerate() {
            let list = list?;
            if prepared.keep[project] {
                answers.write(&pen.project(project, &list)?)?;
            }
        }
        Ok(())
    }

    /// Takes applicant by applicant: names, answers, counts and rejects them.
    fn pass<T: Send>(
        &mut self,
        applicants: Applicants,
        answer: impl Fn(&Applicant) -> Result<(T, Scores), Error> + Sync,
        mut take: impl FnMut(Applicant, T, Scores) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let names = self.key.as_ref().map(|key| key.pseudonyms().clone());
        let counts = self.summary.is_some();
        let work = |mut applicant: Applicant| {
            let id = names.as_ref().map(|names| {
                let name = names.of(&applicant.id);
                std::mem::replace(&mut applicant.id, name)
            });
            let (answer, scores) = answer(&applicant)?;
            let skills = counts.then(|| ApplicantSkills::new(&applicant));
            Ok((applicant, id, skills, answer, scores))
        };
        in_order(applicants.rows, work, |outcome| {
            self.progress.count(outcome.is_err());
            let (applicant, id, skills, answer, scores) = match outcome {
                Ok(ranked) => ranked,
                Err(row) => {
                    let mut told = Ok(());
                    self.progress.aside(|| told = self.rejects.add(&row));
                    return told;
                }
            };
            for (filled, cell) in self.filled.iter_mut().zip(&applicant.kept) {
                *filled |= !cell.is_empty();
            }
            if applicant.is_renamed {
                self.renamed += 1;
                self.first_renamed.get_or_insert_with(|| applicant.id.clone());
            }
            if let (Some(key), Some(id)) = (&mut self.key, id) {
                key.note(&applicant.id, &id)?;
            }
            if let (Some(builder), Some(skills)) = (&mut self.summary, skills) {
                builder.add(&skills, &scores);
            }
            take(applicant, answer, scores)
        })
    }

    /// Ends what was written; the key first, without which the rest is of no use.
    fn finish(self, answers: Answers<'_>) -> Result<ExitCode, Failure> {
        self.progress.finish();
        let rejected = self.rejects.count();
        let summary = self
            .summary
            .map(|builder| SummaryReport::new(&builder.build(), rejected, &self.prepared.catalog));
        if let Some(key) = self.key {
            key.finish()?;
            let path = self.args.anonymous.as_deref().unwrap_or(Path::new("")).display();
            self.terminal.note(&format!("{path} says whose name is whose; do not hand it on"));
        }
        answers.finish(rejected, summary.as_ref())?;
        if let Some(summary) = &summary {
            show(summary, self.summary_file, self.args, self.terminal)?;
        }
        self.rejects.finish()?;
        for (heading, _) in self.args.keep.iter().zip(self.filled).filter(|(_, filled)| !filled) {
            self.terminal.warning(&format!("--keep {heading:?}: no applicant has anything there"));
        }
        if let Some(first) = &self.first_renamed {
            let are = match self.renamed {
                1 => format!("one id is a mail address and is shown by its line, as {first}"),
                n => format!("{n} ids are mail addresses and are shown by their lines, as {first}"),
            };
            let help = "--with-contacts shows the address, --anonymous gives another name";
            self.terminal.warning(&format!("{are}; {help}"));
        }
        Ok(if rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REJECTED) })
    }
}

/// Shows the summary where it is wanted: in the file that was opened for it, or on standard output.
fn show(
    summary: &SummaryReport,
    file: Option<Sink>,
    args: &RankArgs,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let path = args.summary.as_ref().and_then(Option::as_deref);
    let json = match path {
        Some(path) => path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")),
        None => {
            matches!(args.format, RankFormat::Json | RankFormat::Jsonl)
                && !terminal.has_output_file()
        }
    };
    let style = terminal.style(path.is_none());
    let text = match json {
        true => report::json(summary)?,
        false => report::summary_table(summary, style),
    };
    let mut sink = file.unwrap_or_else(Sink::stdout);
    sink.write(&text)?;
    sink.finish()
}

fn columns(map: &[String]) -> Result<ColumnMap, Failure> {
    let wrong = |message: String| usage_of(&["rank"], ErrorKind::InvalidValue, message);
    let mut columns = ColumnMap::new();
    for item in map {
        let (name, heading) = item
            .split_once('=')
            .ok_or_else(|| wrong(format!("--map {item:?}: write COLUMN=HEADING")))?;
        let is_named = |column: &Column| column.name().eq_ignore_ascii_case(name.trim());
        let column = Column::ALL.into_iter().find(is_named).ok_or_else(|| {
            let names = Column::ALL.map(Column::name).join(", ");
            wrong(format!("--map: no column {name:?}; the columns are {names}"))
        })?;
        if columns.insert(column, heading.to_owned()).is_some() {
            return Err(wrong(format!("--map: {:?} is named twice", column.name())));
        }
    }
    Ok(columns)
}
