//! `lfx-match rank`: every applicant's projects.

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use clap::{CommandFactory, error::ErrorKind};
use lfx_match::Error;
use lfx_match::batch::{Outcome, rank_by_mentee};
use lfx_match::mentees::{self, Column, ColumnMap, RowError};
use lfx_match::report::{self, MenteeRef, MenteeReport};

use super::args::{By, Cli, RankArgs, RankFormat};
use super::failure::{Failure, SOME_REJECTED};
use super::matching::{Ground, read_stdin_once};
use super::output::{Sink, Terminal};

pub(crate) fn run(args: &RankArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let By::Mentee = args.by;
    read_stdin_once(args.ranking.catalog.iter().chain([&args.applicants]))?;
    let map = columns(&args.map)?;
    let path = args.applicants.as_path();
    let input: Box<dyn Read + Send> = match path.to_str() {
        Some("-") => Box::new(io::stdin()),
        _ => Box::new(File::open(path).map_err(|error| Error::io(path, error))?),
    };
    let is_jsonl = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl"));
    let rows = match is_jsonl {
        true => mentees::from_jsonl(input, &map),
        false => mentees::from_csv(input, &map).map_err(|error| error.at_path(path))?,
    };
    let ground = Ground::prepare(&args.ranking, terminal)?;
    let mut sink = terminal.open()?;
    let mut rejected: Vec<RowError> = Vec::new();
    if args.format == RankFormat::Csv {
        sink.write(&report::csv_header(true)?)?;
    }
    let mut failure = None;
    let done = rank_by_mentee(rows, &ground.matcher, args.top, &ground.keep, |outcome| {
        let text = match outcome {
            Outcome::Rejected(error) => {
                rejected.push(error);
                return Ok(());
            }
            Outcome::Ranked(applicant, answer) => {
                let mentee = MenteeRef { id: applicant.id, line: Some(applicant.line) };
                let report = MenteeReport::new(mentee, &answer, &ground.catalog);
                match args.format {
                    RankFormat::Csv => {
                        report::csv_rows(Some(&report.mentee.id), &report.recommendations)?
                    }
                    RankFormat::Jsonl => report::jsonl(&[report])?,
                }
            }
        };
        sink.write(&text).map_err(|reason| {
            failure = Some(reason);
            Error::new(lfx_match::ErrorKind::Input, "the output cannot be written")
        })
    });
    match (done, failure) {
        (_, Some(failure)) => return Err(failure),
        (Err(error), None) => return Err(error.into()),
        (Ok(()), None) => sink.finish()?,
    }
    report_rejected(&rejected, args, terminal)
}

fn report_rejected(
    rejected: &[RowError],
    args: &RankArgs,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let path = args.applicants.display();
    if let Some(file) = &args.rejects {
        let lines: Vec<String> =
            rejected.iter().map(|row| format!("{path}:{}: {}\n", row.line, row.reason)).collect();
        let mut sink = Sink::file(file)?;
        sink.write(&lines.concat())?;
        sink.finish()?;
    } else {
        for row in rejected {
            terminal.warning(&format!("{path}:{}: {}; the row is left out", row.line, row.reason));
        }
    }
    if rejected.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    terminal.warning(&format!("{} rows were rejected", rejected.len()));
    Ok(ExitCode::from(SOME_REJECTED))
}

fn columns(map: &[String]) -> Result<ColumnMap, Failure> {
    let wrong =
        |message: String| Failure::usage(Cli::command().error(ErrorKind::InvalidValue, message));
    map.iter()
        .map(|item| {
            let (name, heading) = item
                .split_once('=')
                .ok_or_else(|| wrong(format!("--map {item:?}: write COLUMN=HEADING")))?;
            let column = Column::ALL.into_iter().find(|column| column.name() == name.trim());
            let column = column.ok_or_else(|| {
                let names = Column::ALL.map(Column::name).join(", ");
                wrong(format!("--map: no column {name:?}; the columns are {names}"))
            })?;
            Ok((column, heading.to_owned()))
        })
        .collect()
}
