//! How mature the organisation of a project is within the CNCF.

use super::{organisations, text};
use crate::model::{Maturity, Project};

/// The maturity of the organisation: by its name, by a name within it ("Some Mesh PHP"), or by the upstream owner,
/// where the organisation is not a group of the foundation itself.
pub(super) fn of(project: &Project) -> Option<Maturity> {
    let org = project.org.as_deref()?;
    let known = organisations::known();
    if let Some(found) = known.named(org).or_else(|| known.mentioned(org).into_iter().next()) {
        return Some(found.maturity);
    }
    let foundation = text::words(org).any(|w| matches!(w.as_str(), "cncf" | "tag"));
    let owner = project.upstream_urls.iter().find_map(|u| known.owners_of(u).next());
    owner.filter(|_| !foundation).map(|o| o.maturity)
}
