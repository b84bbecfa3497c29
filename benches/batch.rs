//! `rank` with many applicants: what each stage costs, how fast the whole program is, and how it grows.
//!
//! Run with `cargo bench --bench batch`, or `cargo bench --bench batch -- 1000 1000000` for other numbers of rows. It
//! measures and prints; what it judges is that all applicants are there in their order, and that one thread and two give
//! the same bytes. A million rows take some ten minutes and 10 GB of disk. Stages are measured in
//! time of the processor; on a busy machine that is what to compare of the whole program too, not the rate.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

mod made_up;

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use lfx_match::mentees::{Applicant, Options, RawRow, read};
use lfx_match::report::{BatchRenderer, Within};
use lfx_match::{Matcher, Weights, embed};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A term has about 60 projects, all terms together about 1,000.
const TERM: usize = 60;
const ALL_TERMS: usize = 1000;
/// Applicants for measuring the stages, one thread.
const SAMPLE: usize = 4000;
const TOP: usize = 10;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let rows = if asked.is_empty() { vec![1000, 10_000, 100_000] } else { asked };
    let folder = tempfile::tempdir().unwrap();
    stages();
    println!("\nThe whole program, {TERM} projects, the best {TOP} explained:");
    heading();
    let page = file(folder.path(), "term.md", |out| out.write_all(made_up::page(TERM).as_bytes()));
    for &rows in &rows {
        let applicants = applicants(folder.path(), rows);
        for (name, more) in [
            ("csv", &["--format", "csv"][..]),
            ("jsonl", &["--format", "jsonl"]),
            ("by project", &["--by", "project"]),
            ("summary", &["--summary"]),
        ] {
            measure(name, rows, TERM, &page, &applicants, more, folder.path());
        }
        one_thread_and_two(&page, &applicants, rows, folder.path());
        std::fs::remove_file(applicants).unwrap();
    }
    println!("\nGrowth with projects, csv:");
    heading();
    let applicants = applicants(folder.path(), 5000);
    for projects in [TERM, 250, ALL_TERMS] {
        let page =
            file(folder.path(), "page.md", |out| out.write_all(made_up::page(projects).as_bytes()));
        measure("csv", 5000, projects, &page, &applicants, &[], folder.path());
    }
}

/// What one applicant costs on one thread, stage by stage.
fn stages() {
    let mut csv = Vec::new();
    made_up::write_applicants(&mut csv, SAMPLE).unwrap();
    let catalog = made_up::catalog(TERM);
    let matcher =
        Matcher::new(&catalog, embed::load("builtin").unwrap(), Weights::default()).unwrap();
    let renderer = BatchRenderer::new(&catalog, &[]).unwrap();
    println!("One applicant, {TERM} projects, one thread:");
    let of = |name: &str, time: Duration| {
        println!("{name:<36} {:>8.1} µs", time.as_secs_f64() * 1e6 / SAMPLE as f64);
    };
    let start = thread_time();
    let rows = read(Cursor::new(csv), &Options::default()).unwrap();
    let raw: Vec<RawRow> = rows.map(|row| row.unwrap()).collect();
    of("fetching a row", thread_time() - start);
    let start = thread_time();
    let applicants: Vec<Applicant> = raw.into_iter().map(|row| row.read().unwrap()).collect();
    of("reading its cells", thread_time() - start);
    for turn in ["words met for the first time", "words known"] {
        let start = thread_time();
        applicants.iter().for_each(|applicant| {
            black_box(matcher.scores(&applicant.mentee, &[]).unwrap());
        });
        of(&format!("scoring all, {turn}"), thread_time() - start);
    }
    let best =
        |applicant: &Applicant| matcher.recommend_and_score(&applicant.mentee, TOP, &[]).unwrap().0;
    let start = thread_time();
    // Forgotten one by one, as in the program.
    applicants.iter().for_each(|applicant| drop(black_box(best(applicant))));
    of("scoring all and explaining the best", thread_time() - start);
    let answers: Vec<_> = applicants.iter().map(best).collect();
    let answered = || applicants.iter().zip(&answers);
    let start = thread_time();
    answered().for_each(|(applicant, answer)| {
        black_box(renderer.csv_mentee(applicant, answer));
    });
    of("rendering as csv", thread_time() - start);
    let start = thread_time();
    answered().for_each(|(applicant, answer)| {
        let within = Within::Lines;
        black_box(renderer.json_mentee(applicant, answer, within).unwrap());
    });
    of("rendering as jsonl", thread_time() - start);
}

fn applicants(folder: &Path, rows: usize) -> PathBuf {
    file(folder, "applicants.csv", |out| made_up::write_applicants(out, rows))
}

fn file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> PathBuf {
    let path = folder.join(name);
    let mut out = BufWriter::new(File::create(&path).unwrap());
    write(&mut out).unwrap();
    out.flush().unwrap();
    path
}

fn heading() {
    println!(
        "{:<12} {:>9} {:>9} {:>9} {:>10} {:>14} {:>12}",
        "", "rows", "projects", "time", "rate", "processor", "peak memory"
    );
}

/// Runs the program once and prints a row.
fn measure(
    name: &str,
    rows: usize,
    projects: usize,
    page: &Path,
    applicants: &Path,
    more: &[&str],
    folder: &Path,
) {
    let before = processor();
    let start = Instant::now();
    let peak = run(page, applicants, more, &folder.join("out"), None);
    let time = start.elapsed().as_secs_f64();
    let processor = match (before, processor()) {
        (Some(before), Some(after)) => format!("{:.1} µs a row", (after - before) / rows as f64),
        _ => "unknown".to_owned(),
    };
    let peak = peak.map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
    println!(
        "{name:<12} {rows:>9} {projects:>9} {time:>7.2} s {:>8.0}/s {processor:>14} {peak:>12}",
        rows as f64 / time
    );
}

fn one_thread_and_two(page: &Path, applicants: &Path, rows: usize, folder: &Path) {
    let out = folder.join("out");
    for more in [&["--by", "project"][..], &["--format", "jsonl"]] {
        let [one, two] = ["1", "2"].map(|threads| {
            run(page, applicants, more, &out, Some(threads));
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(File::open(&out).unwrap()).unwrap();
            hasher.finalize()
        });
        assert!(one == two, "one thread and two differ: {more:?}");
    }
    let mut count = 0;
    for line in BufReader::new(File::open(&out).unwrap()).lines() {
        let id = format!("\"mentee\":{{\"id\":\"{}\",", made_up::id(count));
        assert!(line.unwrap().contains(&id), "line {} is not about {id}", count + 1);
        count += 1;
    }
    assert_eq!(count, rows);
    println!("{:<12} one thread and two write the same bytes, all rows in their order", "");
}

/// Runs `rank`, its result going to `out`; the peak of its memory in MiB, where the system tells.
fn run(
    page: &Path,
    applicants: &Path,
    more: &[&str],
    out: &Path,
    threads: Option<&str>,
) -> Option<u64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lfx-match"));
    command.arg("rank").arg(applicants).arg("--catalog").arg(page);
    command.args(["--quiet", "--top", "10"]).args(more);
    command.stdin(Stdio::null()).stdout(File::create(out).unwrap()).stderr(Stdio::inherit());
    threads.map(|threads| command.env("RAYON_NUM_THREADS", threads));
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        // The peak so far; what it gains in the last moments is missed.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        peak = peak.max(kib.map(|kib| kib >> 10));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{more:?} ended with {status}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The time that this thread has had a processor.
#[cfg(unix)]
fn thread_time() -> Duration {
    Duration::from(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID.now().unwrap())
}

/// The time that has passed: this system has no other clock.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
}

/// The processor time of all processes that have ended, in microseconds.
#[cfg(unix)]
fn processor() -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    Some((usage.user_time() + usage.system_time()).num_microseconds() as f64)
}

#[cfg(not(unix))]
fn processor() -> Option<f64> {
    None
}
