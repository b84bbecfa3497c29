//! The options of `rank` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ranking_args::RankingArgs;

const EXAMPLES: &str = "\
Examples:
  lfx-match rank applicants.csv --catalog ideas.md --output ranking.csv
  lfx-match rank form.csv --map id=\"Applicant number\" --map skills=\"What can you do?\" --keep Country
  lfx-match rank applicants.csv --by project --top 20 --output shortlists.csv
  lfx-match rank applicants.csv --by project --project \"user namespaces\" --format table
  lfx-match rank applicants.csv --summary
  lfx-match rank applicants.csv --anonymous key.csv --output for-the-mentors.csv";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RankArgs {
    /// Applicants: CSV with a header row, JSON Lines, or `-` for either on standard input
    pub(crate) applicants: PathBuf,
    /// What each answer is about
    #[arg(long, value_enum, default_value_t = By::Mentee)]
    pub(crate) by: By,
    /// Only this project: its id, or words of its title; repeatable
    #[arg(long, value_name = "PROJECT")]
    pub(crate) project: Vec<String>,
    /// How many projects for each applicant, or applicants for each project
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) top: usize,
    /// How to write them
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = RankFormat::Csv)]
    pub(crate) format: RankFormat,
    /// Another heading for a column: skills="What are your technical skills?"; repeatable
    #[arg(long, value_name = "COLUMN=HEADING")]
    pub(crate) map: Vec<String>,
    /// Copy this column to the result; repeatable
    #[arg(long, value_name = "HEADING")]
    pub(crate) keep: Vec<String>,
    /// The separator of the cells: `,`, `;`, `tab` or `|` [default: found out from the header row]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
    /// The encoding of the applicants' file, such as windows-1252 [default: UTF-8 or UTF-16]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// Write rejected rows to this file instead of standard error
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Print a summary instead of the ranking: who and what finds nobody, which skills are lacking. With
    /// --output, the ranking goes there as well; =FILE writes the summary to a file, as JSON if it ends in .json
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub(crate) summary: Option<Option<PathBuf>>,
    /// Replace ids by pseudonyms, and write which is which to this file; a file of an earlier run gives the
    /// same pseudonyms again
    #[arg(long, value_name = "KEYFILE", conflicts_with = "with_contacts")]
    pub(crate) anonymous: Option<PathBuf>,
    /// Show mail addresses in ids and kept columns, which are hidden otherwise
    #[arg(long)]
    pub(crate) with_contacts: bool,
    /// Show how far the work is, even where standard error is no terminal
    #[arg(long)]
    pub(crate) progress: bool,
    #[command(flatten)]
    pub(crate) ranking: RankingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Every applicant's projects, in the order of the rows
    Mentee,
    /// Every project's applicants, in the order of the catalog
    Project,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RankFormat {
    Csv,
    Jsonl,
    Json,
    Table,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [b'"' | b'\n' | b'\r'] => Err("quotes and line ends cannot part cells".to_owned()),
            [byte] if byte.is_ascii() => Ok(*byte),
            _ => Err("one ASCII character, or `tab`, is wanted".to_owned()),
        },
    }
}

fn encoding(text: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(text.trim().as_bytes())
        .ok_or_else(|| "no such encoding; common ones are utf-8, windows-1252, utf-16le".to_owned())
}
