//! What is said of an index that cannot be used.

use crate::error::{Error, ErrorKind};

/// An error of an index ([`ErrorKind::Index`]), with what to do about it.
pub(super) fn damaged(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Index, what)
        .with_help("build the index again with `lfx-match index build`")
}
