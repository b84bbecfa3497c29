//! What an index must hold to: the same answers as without it, nothing believed that is not whole, only news embedded.
