//! `lfx-match match`: one person's projects.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, error::ErrorKind};
use lfx_match::model::{Experience, Mentee};
use lfx_match::rank::{How, Matched, NO_MATCH};
use lfx_match::report::{self, MatchReport, one_line, without_addresses};
use lfx_match::skills::{list, unwrapped};
use lfx_match::{Error, resume};

use super::args::{Cli, LevelArg, MatchArgs, MatchFormat};
use super::failure::Failure;
use super::output::Terminal;
use super::paths;
use super::prepare::PreparedCatalog;

/// How many projects are shown where nothing else is asked for.
const TOP: usize = 5;
/// Of an index, so many of the best projects are there to pick a few from.
const CHOICE: usize = 200;

pub(crate) fn run(args: &MatchArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let inputs = args.ranking.inputs().chain(&args.resume);
    paths::keep_apart(inputs.map(PathBuf::as_path), terminal.output())?;
    let mentee = mentee(args, terminal)?;
    let looked_at = match args.pick {
        Some(count) => CHOICE.max(count),
        None => args.top.unwrap_or(TOP),
    };
    let prepared = PreparedCatalog::prepare(&args.ranking, Some((&mentee, looked_at)), terminal)?;
    let mut report = match args.pick {
        Some(count) => {
            let portfolio = prepared.matcher.pick(&mentee, count, &prepared.keep)?;
            MatchReport::of_picks(&mentee, &portfolio, &prepared.catalog, prepared.model())
        }
        None => {
            let answer = prepared.matcher.rank(&mentee, args.top.unwrap_or(TOP), &prepared.keep)?;
            MatchReport::new(&mentee, &answer, &prepared.catalog, prepared.model())
        }
    };
    report.catalog.projects = prepared.projects;
    say_how_it_was_read(&report, terminal);
    let text = match args.format.unwrap_or(MatchFormat::Table) {
        MatchFormat::Table => report::table(&report, terminal.table_style()),
        MatchFormat::Json => report::json(&report)?,
        MatchFormat::Jsonl => report::jsonl(&report.recommendations)?,
        MatchFormat::Csv => report::csv(&report.recommendations),
        MatchFormat::Markdown => report::markdown(&report),
    };
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// What the person said, from the options and the résumé together.
fn mentee(args: &MatchArgs, terminal: &Terminal) -> Result<Mentee, Failure> {
    // Each is a statement of its own.
    let interests = unwrapped(&without_addresses(&args.interests.join("\n\n")));
    let listed = |lists: &[String]| {
        lists.iter().flat_map(|list| list::split(&without_addresses(list))).collect()
    };
    let mut mentee = Mentee {
        skills: listed(&args.skills),
        learn: listed(&args.learn),
        interests: (!interests.trim().is_empty()).then_some(interests),
        level: args.level.map(|level| match level {
            LevelArg::Beginner => Experience::Beginner,
            LevelArg::Intermediate => Experience::Intermediate,
            LevelArg::Advanced => Experience::Advanced,
        }),
    };
    if let Some(path) = &args.resume {
        let found = read_resume(path)?;
        terminal.note(&summary_of(path, &found));
        mentee.skills.extend(found.skills);
        mentee.learn.extend(found.learn);
        mentee.interests = match (mentee.interests, found.interests) {
            (Some(said), Some(found)) => Some(format!("{said}\n{found}")),
            (said, found) => said.or(found),
        };
    }
    if mentee.is_blank() {
        let empty = args.resume.as_ref().map(|path| {
            format!(
                "{}: no known skill and no section of interests; ",
                one_line(&path.to_string_lossy())
            )
        });
        let message = empty.unwrap_or_default()
            + "nothing to match on: no skills, no skills to learn, no interests\n\n\
            For example:\n  lfx-match --skills \"Rust, WebAssembly\" --interests \"edge computing\"\n";
        return Err(Failure::usage(
            Cli::command().error(ErrorKind::MissingRequiredArgument, message),
        ));
    }
    Ok(mentee)
}

fn read_resume(path: &Path) -> Result<Mentee, Failure> {
    let mut bytes = Vec::new();
    // One byte more tells that it is too long, and no more is read of what never ends.
    let most = resume::LARGEST as u64 + 1;
    let read = match path.to_str() {
        Some("-") => std::io::stdin().take(most).read_to_end(&mut bytes),
        _ => std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    read.map_err(|error| {
        Error::io(path, error).with_help("name a PDF, Markdown or plain text file, or `-`")
    })?;
    Ok(resume::read(&resume::text(bytes).map_err(|error| error.at_path(path))?))
}

/// What was found in a résumé, so that its writer sees what was misread.
fn summary_of(path: &Path, found: &Mentee) -> String {
    let listed = |items: &[String]| match items {
        [] => "none".to_owned(),
        items => items.join(", "),
    };
    let interests = if found.interests.is_some() { "found" } else { "none" };
    format!(
        "read from {}: skills {}; to learn {}; interests {interests}",
        path.display(),
        listed(&found.skills),
        listed(&found.learn)
    )
}

fn say_how_it_was_read(report: &MatchReport, terminal: &Terminal) {
    for read in report.query.skills.iter().chain(&report.query.learn).filter(|r| r.repaired) {
        terminal.note(&format!("{:?} was read as {}", read.text, read.skill));
    }
    for unknown in &report.query.unknown {
        let suggestion = match &unknown.suggestion {
            Some(suggestion) => format!("; did you mean {suggestion}?"),
            None => "; it is matched as written".to_owned(),
        };
        terminal.note(&format!("{:?} is no known skill{suggestion}", unknown.text));
    }
    for denied in &report.query.denied {
        terminal.note(&format!("{denied:?} is not counted as a skill"));
    }
    let is_met = |matched: &Matched| matched.how < How::Similar || matched.serves.is_some();
    let mut matched = report.recommendations.iter().flat_map(|r| &r.explanation.matched);
    let evidence = matched.any(is_met);
    let Some(best) = report.recommendations.first().filter(|_| !evidence) else { return };
    terminal.note(match best.score >= NO_MATCH {
        true => "no project names anything of this; these are only the closest in meaning",
        false => "nothing fits: no project names anything of this, and none is close in meaning",
    });
}
