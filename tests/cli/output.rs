//! `--output`: the file is whole or it is the old one; nothing is left beside it.

use super::run::{Call, lfx};
use super::sample::{Folder, PAGE, argument};

#[test]
fn a_result_goes_to_the_file_alone_with_the_bytes_of_standard_output() {
    let folder = Folder::new();
    let goal = argument(&folder.join("answer.json"));
    let arguments = ["--skills", "Rust", "--format", "json"];
    let run = lfx(&[&arguments[..], &["--output", &goal]].concat()).succeeded();
    assert_eq!(run.out, "");
    assert_eq!(std::fs::read_to_string(&goal).unwrap(), lfx(&arguments).succeeded().out);
    assert_eq!(folder.names(), ["answer.json"]);
}

#[test]
fn a_file_that_exists_is_replaced_whole() {
    let folder = Folder::new();
    let goal = folder.file("answer.txt", "old ".repeat(100_000));
    lfx(&["--skills", "Rust", "--output", &goal]).succeeded();
    let new = std::fs::read_to_string(&goal).unwrap();
    assert!(new.contains("WasmEdge") && !new.contains("old "), "{} bytes", new.len());
    assert_eq!(folder.names(), ["answer.txt"]);
}

#[test]
fn a_table_in_a_file_has_no_colours() {
    let folder = Folder::new();
    let goal = argument(&folder.join("answer.txt"));
    lfx(&["--skills", "Rust", "--output", &goal]).succeeded();
    assert!(!std::fs::read_to_string(&goal).unwrap().contains('\u{1b}'));
}

#[test]
fn a_run_that_fails_leaves_the_old_file_whole() {
    let folder = Folder::new();
    let goal = folder.file("answer.txt", "old");
    lfx(&["--skills", "Rust", "--catalog", "no-such.md", "--output", &goal]).failed(1);
    lfx(&["rank", "no-such.csv", "--output", &goal]).failed(1);
    lfx(&["--output", &goal]).failed(2);
    assert_eq!(std::fs::read_to_string(&goal).unwrap(), "old");
    assert_eq!(folder.names(), ["answer.txt"]);
}

#[test]
fn a_folder_that_does_not_exist_is_an_error_that_names_the_file() {
    lfx(&["--skills", "Rust", "--output", "no/such/answer.txt"])
        .failed(1)
        .saying(&["error: no/such/answer.txt"]);
}

#[test]
fn a_folder_in_the_place_of_the_file_is_an_error_and_stays() {
    let folder = Folder::new();
    std::fs::create_dir(folder.join("answer.txt")).unwrap();
    let goal = argument(&folder.join("answer.txt"));
    lfx(&["--skills", "Rust", "--output", &goal]).failed(1).saying(&[&goal]);
    assert_eq!(folder.names(), ["answer.txt"]);
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_the_old_file_whole() {
    let folder = Folder::new();
    let goal = folder.file("answer.json", "old");
    // A limit on the size of files, with its signal ignored: writing fails as on a full disk.
    let limited = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";
    let output = std::process::Command::new("sh")
        .args([
            "-c",
            limited,
            env!("CARGO_BIN_EXE_lfx-match"),
            "catalog",
            "export",
            "--output",
            &goal,
        ])
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains(&goal) && !error.contains("panicked"), "{error}");
    assert_eq!(std::fs::read_to_string(&goal).unwrap(), "old");
    assert_eq!(folder.names(), ["answer.json"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_leaves_the_old_file_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let goal = folder.file("answer.txt", "old");
    let mode =
        |mode| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode));
    mode(0o555).unwrap();
    // Permissions do not bind root, for whom no folder is read-only.
    let binds = std::fs::write(folder.join("probe"), "").is_err();
    let run = lfx(&["--skills", "Rust", "--output", &goal]);
    mode(0o755).unwrap();
    if binds {
        run.failed(1).saying(&[&goal]);
        assert_eq!(std::fs::read_to_string(&goal).unwrap(), "old");
    } else {
        run.succeeded();
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_as_readable_as_any_and_an_old_one_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let mode = |name: &str| folder.join(name).metadata().unwrap().permissions().mode() & 0o777;
    let any = folder.file("any.txt", "");
    let new = argument(&folder.join("new.txt"));
    lfx(&["--skills", "Rust", "--output", &new]).succeeded();
    assert_eq!(mode("new.txt"), mode("any.txt"));
    std::fs::set_permissions(&any, std::fs::Permissions::from_mode(0o600)).unwrap();
    lfx(&["--skills", "Rust", "--output", &any]).succeeded();
    assert_eq!(mode("any.txt"), 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_file_behind_it_is_replaced() {
    let folder = Folder::new();
    let real = folder.file("real/answer.txt", "old");
    let link = folder.join("answer.txt");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    lfx(&["--skills", "Rust", "--output", &argument(&link)]).succeeded();
    assert!(link.symlink_metadata().unwrap().file_type().is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("WasmEdge"));
    assert_eq!(folder.names(), ["answer.txt", "real"]);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_never_replaced() {
    use std::os::unix::fs::FileTypeExt;
    // A link of our own, so that even a program that replaced it could do no harm.
    let folder = Folder::new();
    let link = folder.join("null");
    std::os::unix::fs::symlink("/dev/null", &link).unwrap();
    lfx(&["--skills", "Rust", "--output", &argument(&link)]).succeeded();
    assert!(link.metadata().unwrap().file_type().is_char_device());
    let piped = lfx(&["--skills", "Rust", "--output", "/dev/stdout"]).succeeded();
    assert_eq!(piped.out, lfx(&["--skills", "Rust"]).succeeded().out);
}

#[test]
fn every_command_that_prints_a_result_takes_an_output_file() {
    let folder = Folder::new();
    let goal = argument(&folder.join("result"));
    for arguments in [
        &["catalog", "list"][..],
        &["catalog", "export"],
        &["catalog", "check"],
        &["skills", "list"],
        &["skills", "explain", "wasm"],
        &["models", "list"],
        &["completions", "bash"],
        &["man"],
    ] {
        let file = Call::new(arguments).arg("--output").arg(&goal).run().succeeded();
        assert_eq!(file.out, "", "{arguments:?}");
        let written = std::fs::read_to_string(&goal).unwrap();
        assert_eq!(written, lfx(arguments).succeeded().out, "{arguments:?}");
    }
}

#[test]
fn nothing_is_written_over_what_is_read_or_written_already() {
    let folder = Folder::new();
    let applicants = folder.file("a.csv", "id,skills\na1,Go\n");
    let again = argument(&folder.path().join(".").join("a.csv"));
    let (key, same_key) =
        (argument(&folder.join("k.csv")), argument(&folder.path().join("./k.csv")));
    for options in [
        &["--output", &again][..],
        &["--rejects", &again],
        &["--anonymous", &key, "--output", &same_key],
    ] {
        lfx(&[&["rank", &applicants][..], options].concat()).failed(2).saying(&["name"]);
    }
    let page = folder.file("page.md", PAGE);
    lfx(&["catalog", "export", &page, "--output", &page]).failed(2).saying(&["is read"]);
    lfx(&["--skills", "Go", "--catalog", &page, "--output", &page]).failed(2);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), PAGE);
    assert_eq!(std::fs::read_to_string(&applicants).unwrap(), "id,skills\na1,Go\n");
    let folder = argument(folder.path());
    lfx(&["rank", &applicants, "--output", &folder]).failed(1).saying(&["irectory"]);
}
