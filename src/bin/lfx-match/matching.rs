//! `lfx-match match`: one person's projects.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, error::ErrorKind};
use lfx_match::catalog;
use lfx_match::embed::{self, Embedder};
use lfx_match::model::{Catalog, Experience, Maturity, Mentee, Severity};
use lfx_match::rank::{Filter, Matcher, Weights};
use lfx_match::report::{self, MatchReport, ModelReport, one_line, without_addresses};
use lfx_match::skills::{Lexicon, list, unwrapped};
use lfx_match::store::{CatalogIndex, Ready};
use lfx_match::{Error, resume};

use super::args::{Cli, LevelArg, MatchArgs, MatchFormat, MaturityArg, RankingArgs};
use super::failure::Failure;
use super::output::Terminal;

/// How many projects are shown where nothing else is asked for.
const TOP: usize = 5;
/// Of an index, so many of the best projects are there to pick a few from.
const CHOICE: usize = 200;

pub(crate) fn run(args: &MatchArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    read_stdin_once(args.ranking.catalog.iter().chain(&args.resume))?;
    let mentee = mentee(args)?;
    let looked_at = match args.pick {
        Some(count) => CHOICE.max(count),
        None => args.top.unwrap_or(TOP),
    };
    let ground = Ground::prepare(&args.ranking, Some((&mentee, looked_at)), terminal)?;
    let mut report = match args.pick {
        Some(count) => {
            let portfolio = ground.matcher.pick(&mentee, count, &ground.keep)?;
            MatchReport::of_picks(&mentee, &portfolio, &ground.catalog, ground.model())
        }
        None => {
            let answer = ground.matcher.rank(&mentee, args.top.unwrap_or(TOP), &ground.keep)?;
            MatchReport::new(&mentee, &answer, &ground.catalog, ground.model())
        }
    };
    report.catalog.projects = ground.projects;
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

/// Standard input can be read only once; whoever names it twice would get nothing the second time.
pub(crate) fn read_stdin_once<'a>(
    inputs: impl Iterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    if inputs.filter(|path| path.as_os_str() == "-").count() > 1 {
        let message = "standard input (`-`) is named more than once; save one input to a file";
        return Err(Failure::usage(Cli::command().error(ErrorKind::ArgumentConflict, message)));
    }
    Ok(())
}

/// What the person said, from the options and the résumé together.
fn mentee(args: &MatchArgs) -> Result<Mentee, Failure> {
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
        mentee.skills.extend(found.skills);
        mentee.learn.extend(found.learn);
        mentee.interests = mentee.interests.or(found.interests);
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
    let read = match path.to_str() {
        Some("-") => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        _ => std::fs::read(path).map(|read| bytes = read),
    };
    read.map_err(|error| Error::io(path, error))?;
    Ok(resume::read(&resume::text(bytes).map_err(|error| error.at_path(path))?))
}

/// A catalog ready to be matched, and the part of it that is asked for.
pub(crate) struct Ground {
    pub(crate) catalog: Catalog,
    pub(crate) matcher: Matcher,
    pub(crate) keep: Vec<bool>,
    /// How many projects there are, those included that are no candidates for whom it was prepared.
    projects: usize,
    embedder: Arc<dyn Embedder>,
}

impl Ground {
    /// Of an index, only so many of the best for `mentee`, where one is given.
    pub(crate) fn prepare(
        args: &RankingArgs,
        mentee: Option<(&Mentee, usize)>,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let weights = weights(args.weights.as_deref())?;
        if let Some(folder) = &args.index {
            return Self::of_index(folder, args, weights, mentee, terminal);
        }
        // The model takes about as long to load as the catalog and the lexicon together: all at once.
        let model = args.model.clone().unwrap_or_else(|| "builtin".to_owned());
        let (catalog, embedder) = std::thread::scope(|scope| {
            let embedder = scope.spawn(|| embed::load(&model));
            let catalog = read(&args.catalog);
            Lexicon::builtin();
            (catalog, embedder.join())
        });
        let catalog = catalog?;
        let embedder = embedder.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let grave = |d: &&lfx_match::model::Diagnostic| d.severity >= Severity::Warning;
        say_what_was_wrong(
            catalog.diagnostics.iter().filter(grave).count(),
            &args.catalog,
            terminal,
        );
        let keep = filter(args).keep(&catalog);
        let projects = catalog.projects.len();
        say_what_is_left(projects, keep.contains(&true), terminal);
        let matcher = Matcher::new(&catalog, Arc::clone(&embedder), weights)?;
        Ok(Self { catalog, matcher, keep, projects, embedder })
    }

    fn of_index(
        folder: &Path,
        args: &RankingArgs,
        weights: Weights,
        mentee: Option<(&Mentee, usize)>,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let index = CatalogIndex::open(folder)?;
        let manifest = index.manifest();
        let embedder = embed::load(args.model.as_ref().unwrap_or(&manifest.model.id))?;
        let paths: Vec<PathBuf> =
            manifest.sources.iter().map(|source| source.path.clone()).collect();
        say_what_was_wrong(manifest.flaws, &paths, terminal);
        let filter = filter(args);
        let Ready { catalog, matcher } = match mentee {
            Some((mentee, count)) => {
                index.ready_for(mentee, &filter, count, Arc::clone(&embedder), weights)?
            }
            None => index.ready(Arc::clone(&embedder), weights)?,
        };
        let keep = filter.keep(&catalog);
        say_what_is_left(manifest.projects, keep.contains(&true), terminal);
        Ok(Self { catalog, matcher, keep, projects: manifest.projects, embedder })
    }

    pub(crate) fn model(&self) -> ModelReport {
        let id = self.embedder.id().to_owned();
        ModelReport { id, dimensions: self.embedder.dimensions() }
    }
}

/// The weights that were asked for, or the usual ones.
pub(crate) fn weights(text: Option<&str>) -> Result<Weights, Failure> {
    let Some(text) = text else { return Ok(Weights::default()) };
    text.parse().map_err(|error: Error| {
        Failure::usage(Cli::command().error(ErrorKind::InvalidValue, error))
    })
}

/// The catalog of these paths, the built-in one where there are none.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Catalog, Failure> {
    match paths {
        [] => Ok(catalog::builtin()),
        paths => Ok(catalog::read(paths)?),
    }
}

fn filter(args: &RankingArgs) -> Filter {
    let maturity = |arg: &MaturityArg| match arg {
        MaturityArg::Sandbox => Maturity::Sandbox,
        MaturityArg::Incubating => Maturity::Incubating,
        MaturityArg::Graduated => Maturity::Graduated,
        MaturityArg::Archived => Maturity::Archived,
    };
    Filter {
        orgs: args.org.clone(),
        terms: args.term.clone(),
        maturities: args.maturity.iter().map(maturity).collect(),
    }
}

fn say_what_is_left(projects: usize, any_left: bool, terminal: &Terminal) {
    match (projects, any_left) {
        (_, true) => {}
        (0, _) => terminal.warning("the catalog holds no projects: name a page of projects, an export or a folder of these"),
        _ => terminal.warning("no project is left by --org, --term and --maturity"),
    }
}

/// How many flaws there are in what was read from these paths.
pub(crate) fn say_what_was_wrong(flaws: usize, paths: &[PathBuf], terminal: &Terminal) {
    let (count, them) = match flaws {
        0 => return,
        1 => ("one flaw".to_owned(), "it"),
        n => (format!("{n} flaws"), "them"),
    };
    let path = match paths {
        [path] => one_line(&path.to_string_lossy()),
        _ => "PATH…".to_owned(),
    };
    terminal
        .warning(&format!("{count} in the catalog; `lfx-match catalog check {path}` shows {them}"));
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
    let evidence = report.recommendations.iter().any(|r| !r.explanation.matched.is_empty());
    if !evidence && !report.recommendations.is_empty() {
        terminal.note("no project names anything of this; these are only the closest in meaning");
    }
}
