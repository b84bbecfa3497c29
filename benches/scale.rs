//! How the index bears growth: made-up catalogs of any size, built, opened and searched, beside exact ranking.
//!
//! Run with `cargo bench --bench scale -- CATALOG APPLICANTS.csv 1000 10000 100000`. Projects are made of those of
//! CATALOG: skills drawn as often as they are asked for, sentences from chains of neighbouring words, titles joined from
//! halves; the seed is fixed, and the environment variable `SEED` names another. For each size: how long building takes, and bringing it up to date when three projects have
//! changed, how large the index is, how long opening takes, the percentiles of a whole answer to an applicant (choosing,
//! reading, ranking, explaining), how long the ranking of all projects takes, and how many of its ten best are found, also
//! of those alone that ask for a skill of the applicant's by whatever name.
//! `cargo bench --bench scale -- plot TABLE.txt PICTURE.svg` draws what it has printed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

mod plot;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use lfx_match::embed::Embedder;
use lfx_match::model::{AskedSkill, CatalogSource, Mentee, Passage, Project};
use lfx_match::rank::{Filter, How, Weights};
use lfx_match::skills::Lexicon;
use lfx_match::store::{self, CatalogIndex, Ready};
use lfx_match::{Catalog, catalog, embed, mentees};

/// Applicants whose answers are compared with the ranking of all projects.
const COMPARED: usize = 60;
/// In larger catalogs nothing is compared: all projects would have to be in memory.
const COMPARED_UP_TO: usize = 200_000;
const ROUNDS: usize = 5;
/// Projects that change before the index is brought up to date.
const CHANGED: usize = 3;
const NEAREST: usize = 10;
const COLUMNS: usize = 10;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let (catalog, file, sizes) = match &arguments[..] {
        [plot, table, svg] if plot == "plot" => return draw(Path::new(table), Path::new(svg)),
        [ask, folder, file] if ask == "ask" => return ask_all(Path::new(folder), Path::new(file)),
        [catalog, file, sizes @ ..] => (catalog, Path::new(file), sizes),
        _ => {
            println!("usage: cargo bench --bench scale -- CATALOG APPLICANTS.csv SIZE…");
            println!("       cargo bench --bench scale -- plot TABLE.txt PICTURE.svg");
            return;
        }
    };
    let real = catalog::read(&[PathBuf::from(catalog)]).unwrap();
    let applicants = read(file);
    let model = embed::load("builtin").unwrap();
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9} {:>8}",
        "projects",
        "build s",
        "update s",
        "MiB",
        "open ms",
        "p50 ms",
        "p99 ms",
        "all ms",
        "recall@10",
        "by skill"
    );
    for size in sizes {
        let size: usize = size.parse().unwrap();
        let mut made = make(&real, size);
        let folder = tempfile::tempdir().unwrap();
        let start = Instant::now();
        store::build(&made, model.as_ref(), folder.path()).unwrap();
        let build = start.elapsed();
        for project in made.projects.iter_mut().take(CHANGED) {
            project.title.push_str(", changed");
        }
        let start = Instant::now();
        store::build(&made, model.as_ref(), folder.path()).unwrap();
        let update = start.elapsed().as_secs_f64();
        drop(made);
        let (figures, answers) = asked(folder.path(), file);
        let index = CatalogIndex::open(folder.path()).unwrap();
        let [exact, recall, by_skill] = compare(&index, &applicants, &answers, &model);
        println!(
            "{size:>9} {:>9.1} {update:>9.1} {:>9.1} {figures} {exact:>9} {recall:>9} {by_skill:>8}",
            build.as_secs_f64(),
            bytes(folder.path()) as f64 / f64::from(1 << 20),
        );
    }
}

fn read(applicants: &Path) -> Vec<Mentee> {
    let file = File::open(applicants).unwrap();
    let rows = mentees::read(file, &mentees::Options::default()).unwrap();
    rows.filter_map(|row| Some(row.unwrap().read().ok()?.mentee)).collect()
}

/// What [`ask_all`] says in a process of its own, as an index is used: how long it took, and the answers.
fn asked(folder: &Path, applicants: &Path) -> (String, Vec<Vec<String>>) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let output = command.arg("ask").arg(folder).arg(applicants).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let (figures, answers) = text.split_once('\n').unwrap();
    let ids = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    (figures.to_owned(), answers.lines().map(ids).collect())
}

/// Opens an index and answers every applicant, several times; prints how long that takes, and the answers, a line each.
fn ask_all(folder: &Path, applicants: &Path) {
    let (applicants, model) = (read(applicants), embed::load("builtin").unwrap());
    // Model and lexicon are read at every start, with or without an index.
    Lexicon::builtin();
    let start = Instant::now();
    let index = CatalogIndex::open(folder).unwrap();
    let open = start.elapsed().as_secs_f64() * 1e3;
    let (mut times, mut answers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for mentee in &applicants {
            let start = Instant::now();
            let (model, weights) = (Arc::clone(&model), Weights::default());
            let ready = index.ready_for(mentee, &Filter::default(), NEAREST, model, weights);
            let Ready { catalog, matcher } = ready.unwrap();
            let answer = matcher.rank(mentee, NEAREST, &[]).unwrap();
            times.push(start.elapsed().as_secs_f64() * 1e3);
            // The first round reads from the disk what the others find in memory.
            if round == 0 {
                times.clear();
                answers.push(ids(&answer, &catalog).join(" "));
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{open:>8.1} {:>8.2} {:>8.2}", at(0.5), at(0.99));
    println!("{}", answers.join("\n"));
}

/// How long an applicant takes among all projects, in milliseconds, how many of the ten best were found, and of those
/// that ask for a skill of theirs.
fn compare(
    index: &CatalogIndex,
    applicants: &[Mentee],
    answers: &[Vec<String>],
    model: &Arc<dyn Embedder>,
) -> [String; 3] {
    if index.manifest().projects > COMPARED_UP_TO {
        return [(); 3].map(|()| "-".to_owned());
    }
    let Ready { catalog, matcher } = index.ready(Arc::clone(model), Weights::default()).unwrap();
    let start = Instant::now();
    let (mut found, mut asking, mut asking_found) = (0, 0, 0);
    for (mentee, answer) in applicants.iter().zip(answers).take(COMPARED) {
        for best in &matcher.rank(mentee, NEAREST, &[]).unwrap().recommendations {
            let is_found = usize::from(answer.contains(&catalog.projects[best.project].id));
            let matched = &best.explanation.matched;
            found += is_found;
            if matched.iter().any(|matched| matches!(matched.how, How::Exact | How::Alias)) {
                asking += 1;
                asking_found += is_found;
            }
        }
    }
    let compared = COMPARED.min(applicants.len());
    let exact = start.elapsed().as_secs_f64() * 1e3 / compared as f64;
    let share = |found: usize, of: usize| format!("{:.4}", found as f64 / of.max(1) as f64);
    [format!("{exact:.1}"), share(found, compared * NEAREST), share(asking_found, asking)]
}

/// Draws what an earlier run has printed.
fn draw(table: &Path, svg: &Path) {
    let text = std::fs::read_to_string(table).unwrap();
    let rows: Vec<Vec<f64>> = text
        .lines()
        .map(|line| line.split_whitespace().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
        .filter(|row: &Vec<f64>| row.len() == COLUMNS && !row[0].is_nan())
        .collect();
    let line = |name: &str, column: usize| plot::Line {
        name: name.to_owned(),
        points: rows
            .iter()
            .map(|row| (row[0], row[column]))
            .filter(|(_, value)| !value.is_nan())
            .collect(),
    };
    let lines = [
        line("index, median", 5),
        line("index, 99th percentile", 6),
        line("ranking of all projects", 7),
    ];
    plot::draw(svg, "An answer to one applicant", &lines).unwrap();
}

fn ids(answer: &lfx_match::rank::Answer, catalog: &Catalog) -> Vec<String> {
    answer.recommendations.iter().map(|r| catalog.projects[r.project].id.clone()).collect()
}

fn bytes(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

/// A catalog of `size` projects made of the real ones.
fn make(real: &Catalog, size: usize) -> Catalog {
    let seed = std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut random = fastrand::Rng::with_seed(seed);
    let words = Chains::of(real);
    let skills: Vec<_> = real.projects.iter().flat_map(|project| &project.skills).collect();
    let technologies: Vec<_> =
        real.projects.iter().flat_map(|project| &project.technologies).collect();
    let pick = |random: &mut fastrand::Rng| &real.projects[random.usize(..real.projects.len())];
    let projects = (0..size).map(|number| {
        let shape = pick(&mut random).clone();
        let (one, other) = (pick(&mut random), pick(&mut random));
        let halves = (one.title.split_whitespace(), other.title.split_whitespace());
        let title = halves.0.clone().take(halves.0.count().div_ceil(2));
        let title = title.chain(halves.1.clone().skip(halves.1.count() / 2)).collect::<Vec<_>>();
        let mut say = |passages: &[Passage]| -> Vec<Passage> {
            let sentences = |text: &str| text.split_whitespace().count();
            passages
                .iter()
                .map(|p| Passage::on_line(p.line, words.speak(sentences(&p.text), &mut random)))
                .collect()
        };
        let (description, expected_outcome) =
            (say(&shape.description), say(&shape.expected_outcome));
        let mut draw = |from: &[&AskedSkill], like: &[AskedSkill]| -> Vec<AskedSkill> {
            let drawn = like.iter().map(|skill| {
                let mut drawn = from[random.usize(..from.len())].clone();
                (drawn.line, drawn.alternative) = (skill.line, None);
                drawn
            });
            drawn.collect()
        };
        let asked = draw(&skills, &shape.skills);
        let technologies = draw(&technologies, &shape.technologies);
        Project {
            id: format!("made-{number}"),
            title: title.join(" "),
            org: one.org.clone(),
            description,
            expected_outcome,
            skills: asked,
            technologies,
            ..shape
        }
    });
    let projects: Vec<Project> = projects.collect();
    let sources = vec![CatalogSource { path: "made.md".into(), projects: size }];
    Catalog { projects, sources, ..Catalog::default() }
}

/// Which words follow which, as often as in the real texts.
struct Chains<'a> {
    next: HashMap<&'a str, Vec<&'a str>>,
    first: Vec<&'a str>,
}

impl<'a> Chains<'a> {
    fn of(real: &'a Catalog) -> Self {
        let (mut next, mut first) = (HashMap::<_, Vec<_>>::new(), Vec::new());
        for project in &real.projects {
            for passage in project.description.iter().chain(&project.expected_outcome) {
                let words: Vec<&str> = passage.text.split_whitespace().collect();
                first.extend(words.first());
                for pair in words.windows(2) {
                    next.entry(pair[0]).or_default().push(pair[1]);
                }
            }
        }
        Self { next, first }
    }

    fn speak(&self, count: usize, random: &mut fastrand::Rng) -> String {
        let mut word = self.first[random.usize(..self.first.len())];
        let mut said = vec![word];
        while said.len() < count {
            word = match self.next.get(word) {
                Some(next) => next[random.usize(..next.len())],
                None => self.first[random.usize(..self.first.len())],
            };
            said.push(word);
        }
        said.join(" ")
    }
}
