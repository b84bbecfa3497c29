//! What is left when the user stops the program: nothing that is half written.
//!
//! Files in the making are noted here while they are; whoever presses Ctrl-C, closes the terminal or sends SIGTERM has
//! them removed. The files that they were to replace stay as they are.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::exit;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use lfx_match::store::LockedFolder;
use tempfile::NamedTempFile;

/// What shells report of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// The folder in which an index is built, for as long as it is.
static INDEX: Mutex<Weak<LockedFolder>> = Mutex::new(Weak::new());

/// A file in the making; forgotten when dropped.
#[derive(Debug)]
pub(crate) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes a file that is to go should the program be stopped.
    pub(crate) fn begin(
        make: impl FnOnce() -> io::Result<NamedTempFile>,
    ) -> io::Result<(NamedTempFile, Self)> {
        handle();
        // Between its making and its noting nobody may stop the program, or it stays.
        with_list(|list| {
            let file = make()?;
            list.push(file.path().to_owned());
            let unfinished = Self(file.path().to_owned());
            Ok((file, unfinished))
        })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        with_list(|list| list.retain(|path| *path != self.0));
    }
}

/// Should the program be stopped, what a build has begun in this folder is to go.
pub(crate) fn watch_index(folder: &Arc<LockedFolder>) {
    handle();
    *INDEX.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(folder);
}

fn handle() {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Started with nohup, the program is to go on when the terminal is closed.
        if is_hangup_ignored() {
            return;
        }
        // Where no handler can be set, a file may be left behind: no reason not to work.
        let _ = ctrlc::set_handler(stop);
    });
}

/// Whether the signal of a closed terminal was ignored when the program was started, where the system says so.
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The first bit stands for the first signal, which is SIGHUP.
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|m| m & 1 == 1)
}

fn with_list<T>(change: impl FnOnce(&mut Vec<PathBuf>) -> T) -> T {
    change(&mut UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn stop() {
    // The lock is held until the end, so that nothing new is begun.
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = std::fs::remove_file(path);
    }
    if let Some(folder) = INDEX.lock().unwrap_or_else(PoisonError::into_inner).upgrade() {
        folder.discard_unfinished();
    }
    // Whoever read the messages may be gone.
    let _ = writeln!(io::stderr(), "interrupted; files that were to be written are as they were");
    exit(INTERRUPTED);
}
