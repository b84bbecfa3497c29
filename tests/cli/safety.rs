//! What a catalog or an applicant wrote is data: it must not reach a terminal, a spreadsheet or a page as
//! anything else, and nobody's address may come along.

use super::run::{Call, Run, lfx};
use super::sample::{Folder, argument};

/// A page whose author hides an address in every field.
const ADDRESSES: &str = "\
### Lantern

#### Dim the lamps with lamp-title@example.org

- Description: Ask lamp-description@example.org or <lamp-angle@example.org> or lämp@example.org about Go.
- Expected Outcome: A report to [us](mailto:lamp-link@example.org).
- Recommended Skills: Go, writing to lamp-skills@example.org
- Mentor(s): Ada Example (@ada-example, lamp-mentor@example.org), lamp-alone@example.org
- Upstream Issue: https://github.com/lantern/lantern/issues/1?to=lamp-url@example.org
";

/// A page whose author writes to the terminal: colours, a title, a bell, a link, backspaces, overrides.
const CONTROLS: &str = "\
### Lan\u{1b}[31mtern\u{7}

#### Dim \u{1b}]0;owned\u{7}the \u{9b}31mlamps\u{8}\u{8} \u{202e}now

- Description: Go\u{1b}[2J and\u{0}\u{b} more \u{1b}]8;;https://example.org\u{1b}\\link.
- Expected Outcome: A manual.
- Recommended Skills: Go, R\u{1b}[1must, K\u{200b}\u{85}ey
- Mentor(s): A\u{1b}[5mda (@ada-example)
- Upstream Issue: https://github.com/lantern/lantern/issues/1
";

/// Every command that shows something of a catalog.
fn all_commands(page: &str) -> Vec<Run> {
    let folder = Folder::new();
    let applicants = folder.file("applicants.csv", "id,skills,interests\na,\"Go, lamps\",link\n");
    let mut runs = Vec::new();
    for format in ["table", "json", "jsonl", "csv", "markdown"] {
        runs.push(lfx(&["--skills", "Go, Key", "--catalog", page, "--format", format]));
    }
    for format in ["csv", "jsonl"] {
        runs.push(lfx(&["rank", &applicants, "--catalog", page, "--format", format]));
    }
    for arguments in [
        &["list"][..],
        &["list", "--format", "json"],
        &["export"],
        &["check"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--format", "github"],
    ] {
        runs.push(lfx(&[&["catalog"], arguments, &[page]].concat()));
    }
    runs
}

#[test]
fn addresses_in_a_catalog_never_appear_in_any_output() {
    let (_folder, page) = Folder::with_page(ADDRESSES);
    for run in all_commands(&page) {
        let said = format!("{}{}", run.out, run.err);
        assert!(!said.contains("@example"), "{said}");
        assert!(!said.contains("lamp-mentor") && !said.contains("lamp-alone"), "{said}");
    }
}

#[test]
fn mentors_keep_their_names_and_handles_beside_a_hidden_address() {
    let (_folder, page) = Folder::with_page(ADDRESSES);
    let report = super::run::answer(&["--skills", "Go", "--catalog", &page]);
    let mentor = &report.recommendations[0].project.mentors[0];
    assert_eq!(mentor.github.as_deref(), Some("ada-example"));
    assert_eq!(mentor.name.as_deref(), Some("Ada Example"));
}

#[test]
fn control_characters_in_a_catalog_never_reach_the_terminal() {
    let (_folder, page) = Folder::with_page(CONTROLS);
    for run in all_commands(&page) {
        for text in [&run.out, &run.err] {
            // JSON escapes them; elsewhere they are gone. A line feed is the only one that is ours.
            let hidden = |c: &char| (c.is_control() && *c != '\n') || matches!(*c, '\u{202e}');
            let found: Vec<char> = text.chars().filter(hidden).collect();
            assert!(found.is_empty(), "{found:?} in {text:?}");
        }
    }
}

#[test]
fn control_characters_on_the_command_line_are_not_echoed() {
    let run = lfx(&["--skills", "Fro\u{1b}[31mb\u{7}nicator", "--interests", "\u{9b}2Jlamps"])
        .succeeded();
    assert!(!run.err.contains('\u{1b}') && !run.out.contains('\u{1b}'), "{run:?}");
    let run = lfx(&["skills", "explain", "Fro\u{1b}[31mb\u{7}nicator"]).succeeded();
    assert!(!run.out.contains('\u{1b}'), "{run:?}");
}

#[test]
fn cells_that_would_start_a_formula_are_made_harmless() {
    let (_folder, page) = Folder::with_page(
        "### =HYPERLINK(1)\n\n#### +1+1 lamps\n\n- Description: Go.\n- Recommended Skills: @SUM(A1), -2\n\
         - Mentor(s): Ada (@ada-example)\n",
    );
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\n=cmd|' /C calc'!A0,Go\n-5,Go\n");
    for arguments in [
        vec!["--skills", "Go", "--catalog", &page, "--format", "csv"],
        vec!["rank", &applicants, "--catalog", &page],
    ] {
        let run = lfx(&arguments).succeeded();
        let mut reader = csv::Reader::from_reader(run.out.as_bytes());
        let mut rows = 0;
        for row in reader.records().map(Result::unwrap) {
            rows += 1;
            for cell in &row {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} in {row:?}");
            }
        }
        assert!(rows > 0);
        assert!(run.out.contains("'+1+1 lamps"), "{}", run.out);
    }
}

#[test]
fn markup_in_a_catalog_stays_text_in_markdown() {
    let (_folder, page) = Folder::with_page(
        "### Lan<tern\n\n#### Dim `<script>alert(1)</script>` \\*lamps\\* \\[x\\](javascript:1)\n\n\
         - Description: Go.\n- Recommended Skills: Go, \\<img src=x\\>\n- Mentor(s): Ada (@ada-example)\n\
         - Upstream Issue: https://github.com/lantern/lantern/issues/1\n",
    );
    let run = lfx(&["--skills", "Go", "--catalog", &page, "--format", "markdown"]).succeeded();
    assert!(run.out.contains("Dim"), "{}", run.out);
    for forbidden in ["<script", "<img", "[x](javascript", " *lamps*"] {
        assert!(!run.out.contains(forbidden), "{forbidden:?} in\n{}", run.out);
    }
}

#[test]
fn no_column_of_an_applicant_but_the_named_ones_can_change_a_score() {
    let folder = Folder::new();
    let header = "id,name,gender,country,school,email,skills,learn,interests\n";
    let plain = folder.file("plain.csv", format!("{header}a,,,,,,\"Go, k8s\",Rust,edge\n"));
    let other = folder.file(
        "other.csv",
        format!("{header}a,Rust WebAssembly,f,WasmEdge,Python School,x@example.org,\"Go, k8s\",Rust,edge\n"),
    );
    for format in ["csv", "jsonl"] {
        let [one, two] = [&plain, &other]
            .map(|path| lfx(&["rank", path, "--format", format, "--top", "18"]).succeeded().out);
        assert_eq!(one, two);
        assert!(!two.contains("example.org") && !two.contains("Python School"), "{two}");
    }
}

#[test]
fn a_file_name_with_control_characters_is_named_without_them() {
    let folder = Folder::new();
    let path = argument(&folder.join("pa\u{1b}[31mge.md"));
    let run = Call::new(&["--skills", "Go", "--catalog", &path]).run().failed(1);
    assert!(!run.err.contains('\u{1b}'), "{run:?}");
}
