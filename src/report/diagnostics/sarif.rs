//! Flaws as SARIF 2.1.0, the format that code scanning takes.
//!
//! See the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::path::{Component, Path};

use serde_json::{Map, Value, json};

use super::schema::{CheckReport, DiagnosticReport};
use crate::catalog::codes::{Explanation, explain};
use crate::error::Result;
use crate::model::Code;

/// The report as SARIF. Paths are relative to `root` (the folder of the repository) where they lie in it.
///
/// # Errors
/// Never for a report that [`CheckReport::from`] made; the type says what all writers of JSON say.
pub fn sarif(report: &CheckReport, root: Option<&Path>) -> Result<String> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": report.diagnostics.iter().map(|flaw| result(flaw, root)).collect::<Vec<_>>(),
        }],
    });
    crate::report::json(&log)
}

fn rule(code: Code) -> Value {
    let Explanation { severity, summary, why, fix } = explain(code);
    json!({
        "id": code.name(),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{why} {fix}"),
            "markdown": format!("{why}\n\n**What to do.** {fix}"),
        },
        "defaultConfiguration": { "level": severity.name() },
    })
}

fn result(flaw: &DiagnosticReport, root: Option<&Path>) -> Value {
    let mut region = Map::new();
    region.insert("startLine".into(), flaw.line.into());
    if let Some(column) = flaw.column {
        region.insert("startColumn".into(), column.into());
    }
    if let Some(column) = flaw.end_column {
        region.insert("endColumn".into(), column.into());
    }
    let (uri, within) = uri(&flaw.path, root);
    let mut artifact = Map::new();
    artifact.insert("uri".into(), uri.into());
    if within {
        artifact.insert("uriBaseId".into(), "%SRCROOT%".into());
    }
    let message = match &flaw.help {
        Some(help) => format!("{}. To mend it: {help}.", flaw.message),
        None => format!("{}.", flaw.message),
    };
    let mut result = json!({
        "ruleId": flaw.code,
        "level": flaw.severity.name(),
        "message": { "text": message },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region } }],
    });
    if let Some(index) = Code::ALL.iter().position(|code| *code == flaw.code) {
        result["ruleIndex"] = index.into();
    }
    result
}

/// `path` as a URI, and whether it is relative: to `root` where it lies in it, as it is where it names no other root.
fn uri(path: &Path, root: Option<&Path>) -> (String, bool) {
    let inner = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
    let mut parts = Vec::new();
    for component in inner.components() {
        match component {
            Component::Normal(part) => parts.push(escaped(&part.to_string_lossy())),
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Prefix(prefix) => {
                parts.push(escaped(&prefix.as_os_str().to_string_lossy()).replace("%3A", ":"));
            }
            Component::CurDir | Component::RootDir => {}
        }
    }
    let joined = parts.join("/");
    if inner.has_root() { (format!("file:///{joined}"), false) } else { (joined, true) }
}

/// `part` with every byte escaped that a URI cannot hold as it is.
fn escaped(part: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escape = |byte: u8| match keep(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    part.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_result_names_a_rule_a_level_and_a_place() {
        let log: Value = serde_json::from_str(&sarif(&sample::report(), None).unwrap()).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), Code::ALL.len());
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 3);
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        let place = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b/page.md");
        assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 5, "endColumn": 23}));
        assert_eq!(results[1]["level"], "note");
        assert!(!log.to_string().contains("ada@"), "{log}");
    }

    #[test]
    fn paths_are_relative_to_the_root_with_forward_slashes() {
        let root = Some(Path::new("/repo"));
        for (path, expected) in [
            ("/repo/ideas/page.md", ("ideas/page.md", true)),
            ("./ideas/page one.md", ("ideas/page%20one.md", true)),
            ("../page.md", ("../page.md", true)),
            ("/elsewhere/é.md", ("file:///elsewhere/%C3%A9.md", false)),
        ] {
            let (found, within) = uri(Path::new(path), root);
            assert_eq!((found.as_str(), within), expected, "{path}");
        }
    }
}
