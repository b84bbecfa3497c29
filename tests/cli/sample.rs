//! Small catalogs and applicants of our own, and folders to keep them in.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A page in the programme's template: three projects of two organisations.
pub(crate) const PAGE: &str = "\
# Ideas

### Lantern

#### Teach the scheduler to dim

- Description: Lamps in a fleet are dimmed one after another. Do it with Kubernetes in one sweep.
- Expected Outcome: A controller written in Go, and its manual.
- Recommended Skills: Go, Kubernetes
- Mentor(s): Ada Example (@ada-example)
- Upstream Issue: https://github.com/lantern/lantern/issues/1

#### A brighter front page

- Description: The page that greets newcomers is grey. Give it colour and make it work on telephones.
- Expected Outcome: A new page.
- Recommended Skills:
  - TypeScript
  - React
  - CSS (nice to have)
- Mentor(s): Ben Example (@ben-example)
- Upstream Issue: https://github.com/lantern/lantern/issues/2
- LFX URL: https://mentorship.lfx.linuxfoundation.org/project/11111111-2222-3333-4444-555555555555

### Quarry

#### Parse stones faster

- Description: The parser of stones is slow. Rewrite its hot loop.
- Expected Outcome: Benchmarks that show the gain.
- Recommended Skills: Rust, parsers
- Mentor(s): Cy Example (@cy-example)
- Upstream Issue: https://github.com/quarry/quarry/issues/3
";

/// What the platform exports: one project of another term.
pub(crate) const EXPORT: &str = r#"{
  "_term": "2026 Term 1 (Mar-May)",
  "_count": 1,
  "programs": [
    {
      "cncf_project": "Quarry",
      "cncf_project_maturity": "sandbox",
      "term": "2026 Term 1 (Mar-May)",
      "program_name_full": "CNCF - Quarry: Sort pebbles by weight (2026 Term 1)",
      "program_name_short": "Sort pebbles by weight",
      "description": "Pebbles lie about in no order. Sort them by a stable algorithm.",
      "technologies": "Python",
      "skills": "Python, algorithms",
      "mentors": [{ "name": "Di Example", "github": "di-example", "email": "di@example.org" }],
      "upstream_issue_url": "https://github.com/quarry/quarry/issues/4",
      "lfx_url": null,
      "prerequisites": { "resume": true, "custom": {} }
    }
  ]
}"#;

/// Applicants: three good rows.
pub(crate) const APPLICANTS: &str = "\
id,skills,learn,interests
a1,\"Go, k8s, controllers\",Rust,
a2,React,,accessible pages
a3,,,parsers that are fast
";

/// A folder of its own, gone when dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A folder with this one page in it, and the path to that page.
    pub(crate) fn with_page(text: &str) -> (Self, String) {
        let folder = Self::new();
        let path = folder.file("page.md", text);
        (folder, path)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, folders before it included, and gives its path as an argument.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        argument(&path)
    }

    /// The names in it, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// A path as an argument; temporary folders have plain names.
pub(crate) fn argument(path: &Path) -> String {
    path.to_str().expect("a path in Unicode").to_owned()
}
