//! The whole program, from start to answer: wall time and peak memory of a process on the built-in catalog.
//!
//! Run with `cargo bench --bench start`. It measures and prints; it judges nothing. Medians and 90th percentiles are of
//! the wall clock, processor time is a mean. `--version` is the
//! floor: what it takes to start this program at all, so that a busy machine shows in both rows.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs that are counted, and runs before them that only warm the caches of the operating system.
const RUNS: usize = 41;
const WARM_UP: usize = 5;

const CASES: [(&str, &[&str]); 4] = [
    ("--version", &["--version"]),
    ("--skills \"Rust,WebAssembly\"", &["--skills", "Rust,WebAssembly"]),
    ("the same as JSON", &["--skills", "Rust,WebAssembly", "--format", "json"]),
    (
        "skills, wishes and interests",
        &["--skills", "Go, k8s, C++", "--learn", "Rust", "--interests", "AI at the edge"],
    ),
];

fn main() {
    println!("{RUNS} runs each, one process at a time");
    println!(
        "{:<32} {:>10} {:>10} {:>10} {:>12}",
        "lfx-match", "median", "p90", "processor", "peak memory"
    );
    let mut before = 0;
    for (name, arguments) in CASES {
        for _ in 0..WARM_UP {
            run(arguments);
        }
        let start = usage();
        let mut times: Vec<Duration> = (0..RUNS).map(|_| run(arguments)).collect();
        let end = usage();
        times.sort();
        // The operating system keeps one number, the largest of all processes so far: it speaks of this
        // case only where it has grown.
        let peak = end.map(|usage| usage.peak);
        let memory = match peak {
            Some(mib) if mib > before => format!("{mib} MiB"),
            Some(_) => format!("≤ {before} MiB"),
            None => "unknown".to_owned(),
        };
        before = before.max(peak.unwrap_or(0));
        let ms = |share: f64| times[((RUNS - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let processor = match (start, end) {
            (Some(start), Some(end)) => {
                format!("{:.1} ms", (end.processor - start.processor) / RUNS as f64)
            }
            _ => "unknown".to_owned(),
        };
        println!("{name:<32} {:>7.1} ms {:>7.1} ms {processor:>10} {memory:>12}", ms(0.5), ms(0.9));
    }
}

/// The wall time of one process, from before it is started until it has ended.
fn run(arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_lfx-match"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    let time = start.elapsed();
    assert!(status.success(), "{arguments:?} ended with {status}");
    time
}

/// What all processes started so far have used.
#[derive(Clone, Copy)]
struct Usage {
    /// Time of the processors, in milliseconds: what remains the same on a busy machine.
    processor: f64,
    /// The largest resident set of any of them, in MiB.
    peak: i64,
}

#[cfg(unix)]
fn usage() -> Option<Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let largest = usage.max_rss();
    Some(Usage {
        processor: (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e3,
        // Apple's systems count bytes, the others kibibytes.
        peak: if cfg!(target_vendor = "apple") { largest >> 20 } else { largest >> 10 },
    })
}

#[cfg(not(unix))]
fn usage() -> Option<Usage> {
    None
}
