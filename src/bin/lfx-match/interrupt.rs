//! What is left when the user stops the program: nothing that is half written.
//!
//! Files in the making are noted here while they are; whoever presses Ctrl-C, closes the terminal or ends the process
//! politely has them removed. The files that they were to replace stay as they are.

use std::io;
use std::path::PathBuf;
use std::process::exit;
use std::sync::{Mutex, Once, PoisonError};

use tempfile::NamedTempFile;

/// What shells report of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file in the making; forgotten when dropped.
#[derive(Debug)]
pub(crate) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes a file that is to go should the program be stopped.
    pub(crate) fn begin(
        make: impl FnOnce() -> io::Result<NamedTempFile>,
    ) -> io::Result<(NamedTempFile, Self)> {
        static HANDLER: Once = Once::new();
        HANDLER.call_once(|| {
            // Where no handler can be set, a file may be left behind: no reason not to work.
            let _ = ctrlc::set_handler(stop);
        });
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

fn with_list<T>(change: impl FnOnce(&mut Vec<PathBuf>) -> T) -> T {
    change(&mut UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
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
