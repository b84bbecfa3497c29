//! Flaws for programs: the report itself, as the contract's other JSON.

use super::schema::CheckReport;
use crate::error::Result;

/// The report as JSON: `{"schema_version", "projects", "counts", "diagnostics": […]}`.
///
/// # Errors
/// A path in it is not Unicode.
pub fn json(report: &CheckReport) -> Result<String> {
    crate::report::json(report)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let report = sample::report();
        let text = json(&report).unwrap();
        assert_eq!(serde_json::from_str::<CheckReport>(&text).unwrap(), report);
        assert!(text.contains("\"schema_version\": 1") && text.contains("\"severity\": \"error\""));
        assert!(!text.contains("ada@"), "{text}");
    }
}
