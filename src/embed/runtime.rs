//! Finds and loads ONNX Runtime, before anything can ask for it and find it missing.
//!
//! The library behind `fastembed` aborts where the runtime is missing, unless it was loaded first
//! through the call that returns an error: that call is made here, once.

#[cfg(feature = "bundled-onnxruntime")]
pub(super) fn load() -> crate::Result<()> {
    Ok(())
}

#[cfg(not(feature = "bundled-onnxruntime"))]
pub(super) use dynamic::load;

#[cfg(not(feature = "bundled-onnxruntime"))]
mod dynamic {
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::sync::OnceLock;

    use crate::error::{Error, ErrorKind, Result};

    const VARIABLE: &str = "ORT_DYLIB_PATH";
    const HELP: &str = "install it with `pip install onnxruntime`, or set ORT_DYLIB_PATH to the \
        library's file, or build with `--no-default-features --features \
        pdf,bundled-onnxruntime`; the built-in model (`--model builtin`) needs none";

    /// Loads ONNX Runtime from the first place that has it.
    pub(in super::super) fn load() -> Result<()> {
        static LOADED: OnceLock<std::result::Result<(), String>> = OnceLock::new();
        LOADED
            .get_or_init(|| {
                let path = find()?;
                // Loading is all that is wanted: fastembed makes an environment of its own.
                match ort::init_from(&path) {
                    Ok(_) => Ok(()),
                    Err(error) => Err(format!("{}: {error}", path.display())),
                }
            })
            .clone()
            .map_err(|message| {
                let message = format!("ONNX Runtime cannot be loaded: {message}");
                Error::new(ErrorKind::Model, message).with_help(HELP)
            })
    }

    /// The library named by the environment, or the first one found in the usual folders.
    fn find() -> std::result::Result<PathBuf, String> {
        if let Some(named) = std::env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
            let named = PathBuf::from(named);
            if named.is_file() {
                return Ok(named);
            }
            return Err(format!("{VARIABLE} names {}, which is no file", named.display()));
        }
        let found = folders().iter().find_map(|folder| library_in(folder));
        found.or_else(in_python_package).ok_or_else(|| "it was not found".to_owned())
    }

    fn folders() -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"]
            .iter()
            .filter_map(std::env::var_os)
            .flat_map(|list| std::env::split_paths(&list).collect::<Vec<_>>())
            .collect();
        if let Some(beside) =
            std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned))
        {
            folders.push(beside);
        }
        if let Some(home) = std::env::var_os("HOME") {
            folders.push(Path::new(&home).join(".local/lib"));
        }
        folders.extend(
            [
                "/usr/local/lib",
                "/usr/local/lib64",
                "/usr/lib",
                "/usr/lib64",
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/opt/homebrew/lib",
                "/opt/onnxruntime/lib",
            ]
            .map(PathBuf::from),
        );
        folders
    }

    /// The runtime in `folder`, the plain name before one with a version.
    fn library_in(folder: &Path) -> Option<PathBuf> {
        let mut names: Vec<PathBuf> = std::fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_library(path))
            .collect();
        names.sort();
        names.into_iter().next()
    }

    fn is_library(path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known = name.starts_with("libonnxruntime.so")
            || (name.starts_with("libonnxruntime.") && name.ends_with(".dylib"))
            || name == "onnxruntime.dll";
        known && path.is_file()
    }

    /// The runtime inside the Python package, which brings it as a plain shared library.
    fn in_python_package() -> Option<PathBuf> {
        const ASK: &str = "import importlib.util as u; s = u.find_spec('onnxruntime'); \
            print(s.submodule_search_locations[0] if s else '')";
        ["python3", "python"].iter().find_map(|python| {
            // Isolated, or what lies in the current folder would be taken for the package.
            let output = Command::new(python)
                .args(["-I", "-c", ASK])
                .stdin(Stdio::null())
                .stderr(Stdio::null())
                .output()
                .ok()?;
            let package = String::from_utf8(output.stdout).ok()?;
            let package = Path::new(package.trim());
            package.is_absolute().then(|| library_in(&package.join("capi")))?
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_the_runtime_itself_is_taken_for_it() {
            let folder = tempfile::tempdir().unwrap();
            for name in
                ["libonnxruntime_providers_shared.so", "libonnxruntime.so.1.24.0", "notes.txt"]
            {
                std::fs::write(folder.path().join(name), "").unwrap();
            }
            let found = library_in(folder.path()).unwrap();
            assert_eq!(found.file_name().unwrap(), "libonnxruntime.so.1.24.0");
        }
    }
}
