//! A catalog made ready for a command: read or opened, filtered, with its model; and what of that a person should know.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{CommandFactory, error::ErrorKind};
use lfx_match::embed::{self, Embedder};
use lfx_match::model::{Catalog, Diagnostic, Maturity, Mentee, Severity};
use lfx_match::rank::{Filter, Matcher, Weights, is_called};
use lfx_match::report::{ModelReport, one_line};
use lfx_match::skills::Lexicon;
use lfx_match::store::{CatalogIndex, Ready};
use lfx_match::{Error, catalog};

use super::args::Cli;
use super::failure::Failure;
use super::output::Terminal;
use super::ranking_args::{MaturityArg, RankingArgs};

/// How many losses are told one by one.
const TOLD: usize = 5;
/// How many organisations are named that may be meant.
const MEANT: usize = 3;

/// A catalog ready to be matched, and the part of it that is asked for.
pub(crate) struct PreparedCatalog {
    pub(crate) catalog: Catalog,
    pub(crate) matcher: Matcher,
    pub(crate) keep: Vec<bool>,
    /// How many projects there are, those included that are no candidates for whom it was prepared.
    pub(crate) projects: usize,
    embedder: Arc<dyn Embedder>,
}

impl PreparedCatalog {
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
        if args.catalog.is_empty() {
            say_it_is_builtin(&catalog, terminal);
        }
        say_flaws(&catalog, &args.catalog, terminal);
        let keep = filter(args).keep(&catalog);
        let projects = catalog.projects.len();
        say_unknown_orgs(args, &catalog, terminal);
        say_what_is_left(args, projects, keep.contains(&true), terminal);
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
        let embedder = embed::load(model_of(&args.model, &manifest.model.id, folder)?)?;
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
        // Who asks for no project is left with none whatever is filtered.
        let wants_none = mentee.is_some_and(|(_, count)| count == 0);
        say_what_is_left(args, manifest.projects, wants_none || keep.contains(&true), terminal);
        Ok(Self { catalog, matcher, keep, projects: manifest.projects, embedder })
    }

    /// Keeps of the projects only those that are called by one of these names, where there are any.
    pub(crate) fn keep_called(&mut self, names: &[String]) -> Result<(), Failure> {
        let projects = &self.catalog.projects;
        let calls = |name: &String, at: usize| self.keep[at] && is_called(&projects[at], name);
        if let Some(name) = names.iter().find(|n| !(0..projects.len()).any(|at| calls(n, at))) {
            let wrong = format!("no project is called {name:?}");
            let help = "write its id, or some words of its title as they stand there";
            return Err(Error::new(lfx_match::ErrorKind::Unknown, wrong).with_help(help).into());
        }
        if !names.is_empty() {
            let kept = (0..projects.len()).map(|at| names.iter().any(|name| calls(name, at)));
            self.keep = kept.collect();
        }
        Ok(())
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

/// The model that was asked for, or else the one that has built the index, where its name alone says which that is: that of a
/// folder does not.
fn model_of<'a>(
    asked: &'a Option<String>,
    built: &'a str,
    folder: &Path,
) -> Result<&'a str, Failure> {
    match asked {
        Some(asked) => Ok(asked),
        None if embed::models().iter().any(|model| model.id == built) => Ok(built),
        None => {
            let wrong = format!("the index was built with a model from a folder called {built:?}");
            let error = Error::new(lfx_match::ErrorKind::Model, wrong).at_path(folder);
            Err(error.with_help("name that folder with --model").into())
        }
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

/// Who names no catalog may have forgotten to.
fn say_it_is_builtin(catalog: &Catalog, terminal: &Terminal) {
    let mut terms: Vec<&str> = catalog.projects.iter().filter_map(|p| p.term.as_deref()).collect();
    terms.dedup();
    let (projects, terms) = (catalog.projects.len(), terms.join(", "));
    terminal.note(&format!(
        "these are the {projects} built-in projects of {terms}; --catalog names others"
    ));
}

/// The organisations that are asked for and not there, with those that may be meant.
fn say_unknown_orgs(args: &RankingArgs, catalog: &Catalog, terminal: &Terminal) {
    for (asked, meant) in filter(args).unknown_orgs(catalog) {
        let meant: Vec<String> = meant.into_iter().take(MEANT).map(one_line).collect();
        let hint = match &meant[..] {
            [] => format!("`lfx-match catalog list{}` shows what there is", shown(&args.catalog)),
            meant => format!("did you mean {}?", meant.join(" or ")),
        };
        terminal.warning(&format!("no project is of an organisation called {asked:?}; {hint}"));
    }
}

/// Paths as arguments of a command that is suggested.
fn shown(paths: &[PathBuf]) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    let quoted = |path: &PathBuf| match one_line(&path.to_string_lossy()) {
        path if path.chars().all(is_plain) => format!(" {path}"),
        path => format!(" '{}'", path.replace('\'', "'\\''")),
    };
    paths.iter().map(quoted).collect()
}

fn say_what_is_left(args: &RankingArgs, projects: usize, any_left: bool, terminal: &Terminal) {
    let given = [
        ("--org", args.org.is_empty()),
        ("--term", args.term.is_empty()),
        ("--maturity", args.maturity.is_empty()),
    ];
    let given: Vec<&str> = given.iter().filter(|(_, none)| !none).map(|(name, _)| *name).collect();
    match (projects, any_left) {
        (_, true) => {}
        (0, _) => say_it_is_empty(terminal),
        _ => terminal.warning(&format!(
            "no project is left by {}; `lfx-match catalog list{}` shows what there is",
            given.join(" and "),
            shown(&args.catalog)
        )),
    }
}

/// That a catalog holds nothing.
pub(crate) fn say_it_is_empty(terminal: &Terminal) {
    terminal.warning(
        "the catalog holds no projects: name a page of projects, an export or a folder of these",
    );
}

/// What was lost of a catalog that was read from these paths, and how many flaws it has.
pub(crate) fn say_flaws(catalog: &Catalog, paths: &[PathBuf], terminal: &Terminal) {
    say_what_was_lost(catalog, terminal);
    say_what_was_wrong(catalog.flaws(), paths, terminal);
}

/// Errors: what of a catalog could not be read at all.
pub(crate) fn say_what_was_lost(catalog: &Catalog, terminal: &Terminal) {
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    let errors: Vec<&Diagnostic> = catalog.diagnostics.iter().filter(is_error).collect();
    for error in errors.iter().take(TOLD) {
        let place = one_line(&error.path.to_string_lossy());
        terminal.warning(&format!("{place}:{}: {}", error.line, error.message));
    }
    if let Some(more @ 1..) = errors.len().checked_sub(TOLD) {
        terminal.warning(&format!("{more} more could not be read"));
    }
}

/// How many flaws there are in what was read from these paths.
fn say_what_was_wrong(flaws: usize, paths: &[PathBuf], terminal: &Terminal) {
    let (count, them) = match flaws {
        0 => return,
        1 => ("one flaw".to_owned(), "it"),
        n => (format!("{n} flaws"), "them"),
    };
    let path = match paths {
        [_] => shown(paths),
        _ => " PATH…".to_owned(),
    };
    terminal
        .warning(&format!("{count} in the catalog; `lfx-match catalog check{path}` shows {them}"));
}
