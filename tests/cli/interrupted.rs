//! Long work that is watched, stopped or fails: nothing half written is left, and the old file stays whole.

use super::run::lfx;
use super::sample::{Folder, argument};

#[test]
fn progress_is_told_where_it_is_asked_for_and_nowhere_else() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n,x\n");
    let quiet = lfx(&["rank", &applicants]);
    assert!(!quiet.err.contains("progress"), "{}", quiet.err);
    let told = lfx(&["rank", &applicants, "--progress"]);
    assert_eq!(told.out, quiet.out);
    told.saying(&["progress: 1 applicants", "1 rejected"]);
    let silenced = lfx(&["rank", &applicants, "--progress", "--quiet"]);
    assert_eq!(silenced.err, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_whatever_is_written_to_it() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n,x\n");
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = super::run::Call::new(&["rank", &applicants]).stdout(full).run();
    assert_eq!(run.status, 1, "{run:?}");
    run.saying(&["error: standard output: No space left"]);
    let key = argument(&folder.join("key.csv"));
    for option in ["--output", "--rejects", "--summary=/dev/full"] {
        let file = if option.ends_with("full") { vec![] } else { vec!["/dev/full"] };
        let run = lfx(&[&["rank", &applicants, "--anonymous", &key, option][..], &file].concat());
        assert_eq!(run.status, 1, "{option}: {run:?}");
        run.saying(&["error: /dev/full: No space left"]);
    }
}

#[test]
fn a_folder_that_does_not_exist_is_told_before_the_work() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n");
    for option in ["--output=no/such/f", "--rejects=no/such/f", "--anonymous=no/such/f"] {
        lfx(&["rank", &applicants, option]).failed(1).saying(&["error: no/such/f"]);
    }
}

#[cfg(unix)]
mod stopped {
    use std::io::Write;
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::time::{Duration, Instant};

    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    use super::*;

    /// Looks again and again for up to a minute.
    fn awaited<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
        let patience = Instant::now() + Duration::from_secs(60);
        loop {
            let seen = look();
            if seen.is_some() || Instant::now() >= patience {
                return seen;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts a run that waits for more applicants, stops it by `signal` when it has begun to write, and gives how
    /// it ended.
    fn stopped_by(signal: Signal, folder: &Folder) -> ExitStatus {
        let before = folder.names().len();
        let mut child = Command::new(env!("CARGO_BIN_EXE_lfx-match"))
            .args(["rank", "-", "--output", "ranking.csv", "--anonymous", "key.csv"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut rows = String::from("id,skills\n");
        (0..5000).for_each(|row| rows += &format!("a{row},Go\n"));
        // It may be stopped while it still reads.
        let _ = input.write_all(rows.as_bytes());
        awaited(|| (folder.names().len() >= before + 2).then_some(()));
        assert_eq!(folder.names().len(), before + 2, "two temporary files are being written");
        end(&mut child, signal)
    }

    fn end(child: &mut Child, signal: Signal) -> ExitStatus {
        kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
        let status = awaited(|| child.try_wait().unwrap());
        if status.is_none() {
            child.kill().unwrap();
        }
        status.expect(
            "the signal stops it, unless what started these tests ignores it, as nohup does",
        )
    }

    #[test]
    fn an_interrupt_leaves_the_old_file_and_nothing_else() {
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
            let folder = Folder::new();
            folder.file("ranking.csv", "old");
            let status = stopped_by(signal, &folder);
            assert_eq!(status.code(), Some(130), "{signal}");
            assert_eq!(folder.names(), ["ranking.csv"], "{signal}");
            assert_eq!(std::fs::read_to_string(folder.join("ranking.csv")).unwrap(), "old");
        }
    }

    #[test]
    fn a_kill_that_cannot_be_caught_leaves_the_old_file_whole() {
        let folder = Folder::new();
        folder.file("ranking.csv", "old");
        assert!(!stopped_by(Signal::SIGKILL, &folder).success());
        assert_eq!(std::fs::read_to_string(folder.join("ranking.csv")).unwrap(), "old");
    }
}
