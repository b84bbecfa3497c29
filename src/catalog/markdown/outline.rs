//! What a page holds: projects whose values are not yet read, headings without a body, tables.
//!
//! Plain data: `structure` makes it, `repairs` mends it.

use super::fields::Body;

/// A project as the page lays it out, its values not yet read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    /// The line of the heading, or of the body where there is no heading.
    pub(super) line: usize,
    pub(super) org: Option<String>,
    /// The line of the organisation's heading, where that has named it.
    pub(super) org_line: Option<usize>,
    pub(super) suborg: Option<String>,
    pub(super) term: Option<String>,
    pub(super) body: Body,
    /// Addresses linked from the heading.
    pub(super) links: Vec<String>,
    /// The heading that gave the organisation: drafts of one heading share the number.
    pub(super) org_section: usize,
    /// The heading names an organisation and not a project, so the body has lost its own.
    pub(super) stray: bool,
}

/// A heading without a body that may be the lost heading of one.
#[derive(Debug)]
pub(super) struct HeadingOnly {
    pub(super) title: String,
    pub(super) line: usize,
    pub(super) org: Option<String>,
    /// The line of the organisation's heading, where that has named it.
    pub(super) org_line: Option<usize>,
    pub(super) suborg: Option<String>,
    pub(super) links: Vec<String>,
    pub(super) org_section: usize,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) drafts: Vec<Draft>,
    /// Headings without a body.
    pub(super) headings: Vec<HeadingOnly>,
    /// The term that the page as a whole names.
    pub(super) term: Option<String>,
    /// Tables outside templates, with the organisation of their section.
    pub(super) tables: Vec<(usize, Option<String>)>,
    /// Headings with text that may be projects but have no fields: line and heading.
    pub(super) unread: Vec<(usize, String)>,
    /// The names of the organisations, in the order of the page.
    pub(super) orgs: Vec<String>,
}
