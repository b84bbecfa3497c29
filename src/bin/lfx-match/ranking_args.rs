//! The options that `match`, `rank` and `eval` share, as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What `match` and `rank` share.
#[derive(Debug, Args, Default, PartialEq)]
pub(crate) struct RankingArgs {
    /// A catalog: Markdown, lfx-export.json, a folder with such files, or `-`; repeatable
    #[arg(long, value_name = "PATH")]
    pub(crate) catalog: Vec<PathBuf>,
    /// An index that `index build` made, instead of a catalog
    #[arg(long, value_name = "DIR", conflicts_with = "catalog")]
    pub(crate) index: Option<PathBuf>,
    /// Only projects of this organisation; repeatable
    #[arg(long)]
    pub(crate) org: Vec<String>,
    /// Only projects of this term ("2025 Term 3") or year; repeatable
    #[arg(long)]
    pub(crate) term: Vec<String>,
    /// Only projects of organisations this mature; repeatable
    #[arg(long, value_enum)]
    pub(crate) maturity: Vec<MaturityArg>,
    /// How much each part of the score counts: "overlap=0.5,semantic=0.5"
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) weights: Option<String>,
    /// The embedding model: `builtin`, a name of `models list`, or a folder [default: builtin]
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<String>,
}

impl RankingArgs {
    /// What projects are read from.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.catalog.iter().chain(&self.index)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MaturityArg {
    Sandbox,
    Incubating,
    Graduated,
    Archived,
}
