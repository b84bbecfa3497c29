//! `lfx-match eval`: how good the ranking is, against graded judgements.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lfx_match::eval::{Grades, Measures, confidence_interval, reliability};
use lfx_match::mentees::{Applicant, Options, RowError};
use lfx_match::rank::Part;
use lfx_match::report::{SCHEMA_VERSION, one_line};
use lfx_match::{Error, ErrorKind};

use super::args::{EvalArgs, EvalFormat};
use super::failure::Failure;
use super::input;
use super::output::Terminal;
use super::paths;
use super::prepare::{PreparedCatalog, weights};

/// How deep a list is judged: what stands below nobody reads.
const DEPTH: usize = 10;

/// One setting's measures, query by query.
struct Run {
    name: String,
    each: Vec<(String, Measures)>,
    /// Every project's score and grade.
    scored: Vec<(f64, f64)>,
}

pub(crate) fn run(args: &EvalArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let inputs = args.ranking.inputs().chain([&args.mentees, &args.qrels]);
    paths::keep_apart(inputs.map(PathBuf::as_path), terminal.output())?;
    let applicants = applicants(&args.mentees)?;
    let judged = judgements(&args.qrels)?;
    let mut prepared = PreparedCatalog::prepare(&args.ranking, None, terminal)?;
    if let Some(id) = judged.keys().find(|id| !applicants.iter().any(|a| a.id == **id)) {
        let message = format!("{id:?} is judged and is no applicant");
        let error = Error::new(ErrorKind::Input, message).at_path(&args.qrels);
        return Err(error.with_help("name only ids of --mentees").into());
    }
    check_projects(&judged, &prepared, &args.qrels, terminal)?;
    let own = prepared.matcher.weights();
    let mut settings =
        vec![(args.ranking.weights.clone().unwrap_or_else(|| "all parts".to_owned()), own)];
    if let Some(other) = &args.against {
        settings.push((format!("against {other}"), weights(Some(other))?));
    }
    if args.ablate {
        let without = |part: Part| Some((format!("without {part}"), own.without(part)?));
        settings.extend(Part::COMMON.into_iter().filter_map(without));
    }
    let mut runs = Vec::new();
    for (name, weights) in settings {
        prepared.matcher.set_weights(weights);
        runs.push(measure(name, &prepared, &applicants, &judged)?);
    }
    let text = match args.format {
        EvalFormat::Table => table(&runs, args.per_query) + &meaning(&runs, args.reliability),
        EvalFormat::Json => json(&runs, args.per_query)?,
    };
    terminal.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn applicants(path: &Path) -> Result<Vec<Applicant>, Failure> {
    let refused = |row: RowError| -> Failure {
        let line = usize::try_from(row.line).unwrap_or(usize::MAX);
        let error = Error::new(ErrorKind::Input, row.reason).at_path(path).at_line(line);
        error.with_help("mend or remove the row: every applicant is measured").into()
    };
    input::open(path, Options::default())?.rows.map(|row| row?.read().map_err(refused)).collect()
}

/// `{applicant: {project: grade}}`, projects by id or title.
fn judgements(path: &Path) -> Result<BTreeMap<String, Grades>, Failure> {
    const HELP: &str = "write {\"applicant\": {\"project title\": 0 to 3}}";
    let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
    let judged: BTreeMap<String, Grades> = serde_json::from_str(&text).map_err(|error| {
        let line = error.line();
        Error::new(ErrorKind::Input, error.to_string()).at_path(path).at_line(line).with_help(HELP)
    })?;
    for (id, grades) in &judged {
        if let Some((project, grade)) = grades.iter().find(|(_, g)| !(0.0..=3.0).contains(*g)) {
            let wrong =
                format!("{project:?} has the grade {grade} for {id:?}, which is not 0 to 3");
            return Err(Error::new(ErrorKind::Input, wrong).at_path(path).with_help(HELP).into());
        }
    }
    Ok(judged)
}

/// Every judged project must be one of the catalog, and no more than one.
fn check_projects(
    judged: &BTreeMap<String, Grades>,
    prepared: &PreparedCatalog,
    path: &Path,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let projects = prepared.catalog.projects.iter().zip(&prepared.keep).filter(|(_, kept)| **kept);
    for (project, _) in projects {
        let (id, title) = (plain(&project.id), plain(&project.title));
        *count.entry(title.clone()).or_default() += 1;
        if id != title {
            *count.entry(id).or_default() += 1;
        }
    }
    let names: BTreeSet<&String> = judged.values().flat_map(|grades| grades.keys()).collect();
    let found = |name: &String| count.get(&plain(name)).copied().unwrap_or(0);
    if let Some(name) = names.iter().find(|name| found(name) > 1) {
        let wrong = format!("{name:?} is the title of {} projects", found(name));
        let error = Error::new(ErrorKind::Input, wrong).at_path(path);
        return Err(error.with_help("name their ids, or leave one term with --term").into());
    }
    let lost: Vec<&&String> = names.iter().filter(|name| found(name) == 0).collect();
    if let [first, ..] = lost[..] {
        let (lost, all) = (lost.len(), names.len());
        terminal.warning(&format!(
            "{lost} of {all} judged projects are not in the catalog, the first of them {first:?}; \
             they count as not found"
        ));
    }
    Ok(())
}

fn measure(
    name: String,
    prepared: &PreparedCatalog,
    applicants: &[Applicant],
    judged: &BTreeMap<String, Grades>,
) -> Result<Run, Failure> {
    let mut run = Run { name, each: Vec::new(), scored: Vec::new() };
    for applicant in applicants {
        let Some(grades) = judged.get(&applicant.id) else { continue };
        let grades: Grades = grades.iter().map(|(name, grade)| (plain(name), *grade)).collect();
        let answer = prepared.matcher.rank(&applicant.mentee, usize::MAX, &prepared.keep)?;
        let mut ranked = Vec::new();
        for recommendation in &answer.recommendations {
            let project = &prepared.catalog.projects[recommendation.project];
            let id = plain(&project.id);
            let name = if grades.contains_key(&id) { id } else { plain(&project.title) };
            let grade = grades.get(&name).copied().unwrap_or(0.0);
            run.scored.push((recommendation.score, grade));
            ranked.push(name);
        }
        ranked.truncate(DEPTH);
        run.each.push((applicant.id.clone(), Measures::of(&ranked, &grades)));
    }
    Ok(run)
}

/// Titles are compared by their letters and digits.
fn plain(title: &str) -> String {
    title.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn table(runs: &[Run], per_query: bool) -> String {
    let mut text = format!("{:<22}", "");
    for (name, _) in Measures::default().named() {
        let _ = write!(text, "{name:>10}");
    }
    text.push_str("   ndcg@10, 95 %\n");
    for run in runs {
        let measures: Vec<Measures> = run.each.iter().map(|(_, measures)| *measures).collect();
        let values: Vec<f64> = measures.iter().filter_map(|m| m.ndcg_10).collect();
        row(&mut text, &run.name, &Measures::mean(&measures));
        if let Some((low, high)) = confidence_interval(&values) {
            let _ = write!(text, "   {low:.3} to {high:.3}");
        }
        text.push('\n');
        if per_query {
            for (id, measures) in &run.each {
                row(&mut text, &format!("  {}", one_line(id)), measures);
                text.push('\n');
            }
        }
    }
    if let [first, others @ ..] = runs
        && !others.is_empty()
    {
        let _ =
            writeln!(text, "\ndifference of ndcg@10 from {}, with its 95 % interval", first.name);
        for other in others {
            let differences = differences(other, first);
            let mean = differences.iter().sum::<f64>() / differences.len().max(1) as f64;
            if let Some((low, high)) = confidence_interval(&differences) {
                let _ = writeln!(text, "{:<22}{mean:>+10.4}   {low:+.3} to {high:+.3}", other.name);
            }
        }
    }
    text
}

/// What a score of the first run means: how often projects with such a score are good matches.
fn meaning(runs: &[Run], wanted: bool) -> String {
    let Some(run) = runs.first().filter(|_| wanted) else { return String::new() };
    let mut text = String::from("\nscore         projects   good matches\n");
    for tenth in reliability(&run.scored).iter().filter(|tenth| tenth.projects > 0) {
        let share = 100.0 * tenth.good as f64 / tenth.projects as f64;
        let (from, below, projects) = (tenth.from, tenth.below, tenth.projects);
        let _ = writeln!(text, "{from:.1} to {below:.1} {projects:>11} {share:>12.0} %");
    }
    text
}

fn row(text: &mut String, name: &str, measures: &Measures) {
    let _ = write!(text, "{name:<22}");
    for (_, value) in measures.named() {
        let _ = match value {
            Some(value) => write!(text, "{value:>10.4}"),
            None => write!(text, "{:>10}", "-"),
        };
    }
}

/// Query by query, how much better the one is than the other.
fn differences(one: &Run, other: &Run) -> Vec<f64> {
    let pairs = one.each.iter().zip(&other.each);
    pairs.filter_map(|((_, a), (_, b))| Some(a.ndcg_10? - b.ndcg_10?)).collect()
}

fn json(runs: &[Run], per_query: bool) -> Result<String, Failure> {
    let measures = |measures: &Measures| -> serde_json::Value {
        let named = measures.named().into_iter();
        named.map(|(name, value)| (name.to_owned(), serde_json::json!(value))).collect()
    };
    let runs: Vec<serde_json::Value> = runs
        .iter()
        .map(|run| {
            let all: Vec<Measures> = run.each.iter().map(|(_, measures)| *measures).collect();
            let mut value = serde_json::json!({
                "name": run.name,
                "queries": run.each.len(),
                "mean": measures(&Measures::mean(&all)),
            });
            if per_query {
                value["each"] = run.each.iter().map(|(id, m)| (id.clone(), measures(m))).collect();
            }
            value
        })
        .collect();
    let report = serde_json::json!({ "schema_version": SCHEMA_VERSION, "runs": runs });
    Ok(lfx_match::report::json(&report)?)
}
