//! `skills`, `models`, `completions` and `man`: what the program knows of itself.

use std::fmt::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use lfx_match::Error;
use lfx_match::embed;
use lfx_match::report::{one_line, without_addresses};
use lfx_match::skills::{Lexicon, Written};

use super::args::{Cli, ModelsCommand, SkillsCommand};
use super::failure::Failure;
use super::output::Terminal;

pub(crate) fn skills(command: &SkillsCommand, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let text = match command {
        SkillsCommand::List => list(),
        SkillsCommand::Explain { texts } => texts.iter().map(|text| explain(text)).collect(),
    };
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// One skill a line: name, kind, domains, other names; tabs between.
fn list() -> String {
    let mut text = String::new();
    for (_, skill) in Lexicon::builtin().iter() {
        let kind = format!("{:?}", skill.kind).to_lowercase();
        let domains = skill.domains.join(", ");
        let _ = writeln!(text, "{}\t{kind}\t{domains}\t{}", skill.name, skill.aliases.join(", "));
    }
    text
}

fn explain(written: &str) -> String {
    let lexicon = Lexicon::builtin();
    let understood = lexicon.understand(written);
    let written = &without_addresses(written);
    let mut text = format!("{}\n", one_line(written));
    for mention in &understood.mentions {
        let skill = lexicon.get(mention.skill);
        let found = one_line(written.get(mention.span.clone()).unwrap_or(written));
        let why = match mention.written {
            Written::Name => "by its name".to_owned(),
            Written::Alias => format!("“{found}” is another name of it"),
            Written::Misspelt => format!("“{found}” looks like a misspelling of it"),
        };
        let kind = format!("{:?}", skill.kind).to_lowercase();
        let _ = writeln!(text, "  {} ({kind}; {}): {why}", skill.name, skill.domains.join(", "));
        let related = |label: &str, names: &[String]| match names {
            [] => String::new(),
            names => format!("    {label}: {}\n", names.join(", ")),
        };
        text += &related("implies", &skill.implies);
        text += &related("contains", &skill.contains);
        text += &related("near", &skill.near);
    }
    if understood.mentions.is_empty() {
        let suggestion = understood.suggestion.map(|skill| &lexicon.get(skill).name);
        let _ = match suggestion {
            Some(name) => writeln!(text, "  not known; did you mean {name}?"),
            None => writeln!(text, "  not known; it is matched as written"),
        };
    }
    text
}

pub(crate) fn models(command: &ModelsCommand, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let ModelsCommand::List = command;
    let mut text = String::new();
    for model in embed::models() {
        let at_hand = if model.at_hand { "at hand" } else { "to download" };
        let _ = writeln!(text, "{}\t{}\t{at_hand}\t{}", model.id, model.dimensions, model.about);
    }
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn completions(
    shell: clap_complete::Shell,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "lfx-match", &mut script);
    terminal.write(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn manual(terminal: &Terminal) -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| Error::io("the manual page".as_ref(), error))?;
    terminal.write(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}
