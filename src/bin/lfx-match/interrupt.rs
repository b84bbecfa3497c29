//! What is left when the user stops the program: nothing that is half written.
//!
//! Files in the making are noted here while they are; whoever presses Ctrl-C, closes the terminal or ends the process
//! politely has them removed. The files that they were to replace stay as they are.

use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, Once, PoisonError};

/// What shells report of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file in the making; forgotten when dropped.
#[derive(Debug)]
pub(crate) struct Unfinished(PathBuf);

impl Unfinished {
    /// Notes that `path` is to go should the program be stopped.
    pub(crate) fn new(path: &Path) -> Self {
        static HANDLER: Once = Once::new();
        HANDLER.call_once(|| {
            // Where no handler can be set, a file may be left behind: no reason not to work.
            let _ = ctrlc::set_handler(stop);
        });
        with_list(|list| list.push(path.to_owned()));
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        with_list(|list| list.retain(|path| *path != self.0));
    }
}

fn with_list(change: impl FnOnce(&mut Vec<PathBuf>)) {
    change(&mut UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner));
}

fn stop() {
    // The lock is held until the end, so that nothing new is begun.
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = std::fs::remove_file(path);
    }
    eprintln!("interrupted; files that were to be written are as they were");
    exit(INTERRUPTED);
}
