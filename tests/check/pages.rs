//! Small pages of our own, each with one flaw, and a way to run the program on them.

use std::path::PathBuf;
use std::process::{Command, Output};

use lfx_match::catalog::{self, Checked};
use lfx_match::model::Code;
use tempfile::TempDir;

/// A page without any flaw.
pub(crate) const SOUND: &str = "\
# Ideas

## Karmada

### Sail around the cape

- Description: The cape is far away. Sail around it in one go.
- Expected Outcome: A ship on the other side.
- Recommended Skills: Go, Kubernetes
- Mentor(s): Ada Example (@ada-example)
- Upstream Issue: https://github.com/karmada-io/karmada/issues/1

### Draw a map of the coast

- Description: Nobody knows the coast. Draw it as it is, with its depths.
- Expected Outcome: A map.
- Recommended Skills: Python
- Mentor(s): Bo Example (@bo-example)
- Upstream Issue: https://github.com/karmada-io/karmada/issues/2
";

/// An export without any flaw.
const EXPORT: &str = r#"{ "programs": [
  { "program_name_full": "CNCF - Karmada: Sail around the cape (2026 Term 1)", "skills": "Go",
    "description": "The cape is far away.", "mentors": [{ "name": "Ada", "github": "ada-example" }],
    "upstream_issue_url": "https://github.com/karmada-io/karmada/issues/1" },
  { "program_name_full": "CNCF - Karmada: Draw a map (2026 Term 1)", "skills": "Go",
    "description": "Nobody knows the coast.", "mentors": [{ "name": "Bo", "github": "bo-example" }],
    "upstream_issue_url": "https://github.com/karmada-io/karmada/issues/2" }
] }"#;

/// The file in which the flaw called `code` stands, and what it holds.
pub(crate) fn provoking(code: Code) -> (&'static str, Vec<u8>) {
    const SKILLS: &str = "- Recommended Skills: Go, Kubernetes\n";
    let page = |from: &str, to: &str| {
        assert!(SOUND.contains(from), "{from:?}");
        ("page.md", SOUND.replacen(from, to, 1).into_bytes())
    };
    let export = |from: &str, to: &str| {
        assert!(EXPORT.contains(from), "{from:?}");
        ("lfx-export.json", EXPORT.replacen(from, to, 1).into_bytes())
    };
    match code {
        Code::HeadingWithoutBody => {
            page("### Draw a map", "### Mend the torn foresail\n\n### Draw a map")
        }
        Code::BadProgram => export("{ \"programs\": [", "{ \"programs\": [ 7,"),
        Code::BrokenJson => export("\"skills\": \"Go\",\n    \"description\": \"Nobody", "\"Nobody"),
        Code::UnreadableDocument => ("page.md", vec![0, 159, 146, 150, 0, 0]),
        Code::BodyWithoutHeading => page("### Draw a map of the coast\n\n", ""),
        Code::WrongOrganisation => (
            "page.md",
            (SOUND.to_owned()
                + "\n## Jaeger\n\n### Show the wind to Karmada\n\n- Description: Winds are not seen.\n\
                   - Recommended Skills: Go\n- Mentor(s): Cy Example (@cy-example)\n\
                   - Upstream Issue: https://github.com/karmada-io/karmada/issues/3\n")
            .into_bytes(),
        ),
        Code::DuplicateProject => page("### Draw a map of the coast", "### Sail around the cape"),
        Code::SharedLfxUrl => {
            let link = "- LFX URL: https://mentorship.lfx.linuxfoundation.org/project/1\n- Mentor(s)";
            ("page.md", SOUND.replace("- Mentor(s)", link).into_bytes())
        }
        Code::UnreadSection => {
            let section = "### Gulls of the bay\n\nThey are said to be many.\n";
            ("page.md", (SOUND.replace("## Karmada\n", "") + "\n" + section).into_bytes())
        }
        Code::OpenFence => page("- Expected Outcome: A ship", "```\n- Expected Outcome: A ship"),
        Code::NoProjects => ("page.md", b"# Minutes\n\nWe met and talked.\n".to_vec()),
        Code::WrongType => export("\"skills\": \"Go\"", "\"skills\": 7"),
        Code::MissingOrganisation => page("## Karmada\n", ""),
        Code::MissingDescription => {
            page("- Description: The cape is far away. Sail around it in one go.\n", "")
        }
        Code::MissingSkills => page(SKILLS, ""),
        Code::MissingMentors => page("- Mentor(s): Ada Example (@ada-example)\n", ""),
        Code::MissingUpstream => {
            page("- Upstream Issue: https://github.com/karmada-io/karmada/issues/1\n", "")
        }
        Code::DeadUpstream => page("karmada-io/karmada/issues/1", "karmada-io"),
        Code::MisspeltSkill => page(SKILLS, "- Recommended Skills: Go, Kuberentes\n"),
        Code::MisspeltLabel => page("- Mentor(s): Ada", "- Metor(s): Ada"),
        Code::MentorWithoutHandle => page("Ada Example (@ada-example)", "Ada Example"),
        Code::UnknownOrganisation => page("## Karmada", "## Caravel of the Sea"),
        // In a second copy of it: see below.
        Code::ToldElsewhere => ("page.md", SOUND.into()),
        Code::AddressInClear => page("(@ada-example)", "(@ada-example, ada@example.org)"),
        other => panic!("no page provokes {other}: add one"),
    }
}

/// A folder with one document in it.
pub(crate) fn folder_with(name: &str, content: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// The document that provokes `code`, checked.
pub(crate) fn check_of(code: Code) -> Checked {
    let (name, content) = provoking(code);
    let (folder, path) = folder_with(name, content);
    let named = match code {
        // A document that is named and cannot be read is an error of its own.
        Code::UnreadableDocument => folder.path().to_owned(),
        Code::ToldElsewhere => {
            std::fs::copy(&path, folder.path().join("copy.md")).unwrap();
            folder.path().to_owned()
        }
        _ => path,
    };
    catalog::check(&[named]).unwrap()
}

/// What `lfx-match catalog` does with `arguments`.
pub(crate) fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lfx-match")).arg("catalog").args(arguments).output().unwrap()
}

/// What `lfx-match catalog check` writes of `content`, and its exit status.
pub(crate) fn checked(content: impl AsRef<[u8]>, options: &[&str]) -> (String, Option<i32>) {
    let (_folder, path) = folder_with("page.md", content);
    let output = run(&[&["check", path.to_str().unwrap()], options].concat());
    assert!(output.stderr.is_empty(), "{output:?}");
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}
