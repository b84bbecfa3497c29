//! The command line as typed: clap's types, nothing decided yet.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use lfx_match::model::Code;

use super::rank_args::RankArgs;
use super::ranking_args::RankingArgs;

const EXAMPLES: &str = "\
Examples:
  lfx-match --skills \"Rust,WebAssembly\"
  lfx-match --skills \"Go, k8s\" --learn Rust --interests \"edge computing\" --top 3
  lfx-match --resume cv.pdf --learn Rust --level beginner --pick 3
  lfx-match --skills Python --catalog catalogs/2025 --org KubeEdge --format json
  lfx-match rank applicants.csv --catalog catalog.md --output rankings.csv
  lfx-match catalog check project_ideas.md

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some rows were rejected.";

const CHECK_EXAMPLES: &str = "\
Examples:
  lfx-match catalog check project_ideas.md
  lfx-match catalog check --format github programs/
  lfx-match catalog check --format sarif --output ideas.sarif programs/
  lfx-match catalog check --explain misspelt-skill";

const INDEX_EXAMPLES: &str = "\
Examples:
  lfx-match index build --catalog lfx-mentorship/ --output mentorship.index
  lfx-match --index mentorship.index --skills \"Rust,WebAssembly\"
  lfx-match rank applicants.csv --index mentorship.index";

/// Match people to open-source mentorship projects, with reasons.
///
/// Without a command: the projects that fit best, the same as `lfx-match match`.
#[derive(Debug, Parser)]
#[command(name = "lfx-match", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Write the result to this file instead of standard output
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) output: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Use colours
    #[arg(long, value_enum, value_name = "WHEN", global = true, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The projects that fit one person best
    Match(MatchArgs),
    /// The best projects for every applicant of a file
    Rank(RankArgs),
    /// What catalogs hold, and what is wrong in them
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// An index of a catalog, for answers without reading and embedding it again
    #[command(subcommand)]
    Index(IndexCommand),
    /// How good the ranking is, against graded judgements
    Eval(EvalArgs),
    /// What written skills are understood as
    #[command(subcommand)]
    Skills(SkillsCommand),
    /// The embedding models
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args, Default, PartialEq)]
pub(crate) struct MatchArgs {
    /// What you can do, separated by commas: "Rust, C/C++, technical writing"
    #[arg(long, value_name = "LIST")]
    pub(crate) skills: Vec<String>,
    /// What you want to learn, separated by commas
    #[arg(long, value_name = "LIST")]
    pub(crate) learn: Vec<String>,
    /// What you are interested in, in your own words
    #[arg(long, value_name = "TEXT")]
    pub(crate) interests: Vec<String>,
    /// Find skills in a résumé: PDF, Markdown or plain text; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) resume: Option<PathBuf>,
    /// How experienced you are: projects whose texts ask for more, or for much less, count less
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelArg>,
    /// How many projects to show [default: 5]
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Pick this many instead: good, different from one another, each with a reason and what to
    /// prepare
    #[arg(long, value_name = "N", conflicts_with = "top")]
    pub(crate) pick: Option<usize>,
    /// How to show them [default: table]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<MatchFormat>,
    #[command(flatten)]
    pub(crate) ranking: RankingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelArg {
    Beginner,
    Intermediate,
    Advanced,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatchFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Applicants, as for `rank`
    #[arg(long, value_name = "FILE")]
    pub(crate) mentees: PathBuf,
    /// Judgements, JSON: {"applicant": {"project title or id": grade from 0 to 3}}
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,
    /// Also measure with each part left out
    #[arg(long)]
    pub(crate) ablate: bool,
    /// Also measure with these weights, and compare
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) against: Option<String>,
    /// Also show what a score means: how often projects with it are good matches
    #[arg(long)]
    pub(crate) reliability: bool,
    /// Also show every applicant
    #[arg(long)]
    pub(crate) per_query: bool,
    /// How to show it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = EvalFormat::Table)]
    pub(crate) format: EvalFormat,
    #[command(flatten)]
    pub(crate) ranking: RankingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    Table,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// List the projects
    List {
        /// Markdown, lfx-export.json, a folder with such files, or `-`; the built-in catalog where absent
        paths: Vec<PathBuf>,
        /// How to list them
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Write the whole catalog as JSON
    Export {
        /// Markdown, lfx-export.json, a folder with such files, or `-`; the built-in catalog where absent
        paths: Vec<PathBuf>,
        /// How to write it
        #[arg(long, value_enum, default_value_t = ExportFormat::Json)]
        format: ExportFormat,
    },
    /// Show what is missing, doubtful or was repaired; exit status 1 where something was lost
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// Markdown, lfx-export.json, a folder with such files, or `-`; the built-in catalog where absent
        paths: Vec<PathBuf>,
        /// How to show it
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// Explain a code, such as `missing-skills`, instead of checking anything
        #[arg(
            long,
            value_name = "CODE",
            value_parser = PossibleValuesParser::new(Code::ALL.iter().map(|code| code.name())),
            hide_possible_values = true,
            conflicts_with_all = ["paths", "format"],
        )]
        explain: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: the line, the place in it, what to do
    Text,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations on a pull request
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Build the index of a catalog in a folder, or bring it up to date
    #[command(after_help = INDEX_EXAMPLES, override_usage = "lfx-match index build --catalog <PATH>... --output <DIR> [OPTIONS]")]
    Build {
        /// A catalog: Markdown, lfx-export.json, a folder with such files, or `-`; repeatable
        #[arg(long, value_name = "PATH", required = true)]
        catalog: Vec<PathBuf>,
        /// The folder of the index, made where there is none
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
        /// The embedding model: `builtin`, a name of `models list`, or a folder [default: builtin]
        #[arg(long, value_name = "MODEL")]
        model: Option<String>,
    },
    /// What an index holds
    Info {
        /// The folder of the index
        folder: PathBuf,
        /// How to show it
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SkillsCommand {
    /// What texts are understood as, and why
    Explain {
        /// Skills as people write them
        #[arg(required = true)]
        texts: Vec<String>,
    },
    /// The skills that are known
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// The models that can be named
    List,
}
