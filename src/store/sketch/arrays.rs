//! The arrays of the file of sketches.

use crate::store::sections::arrays;

/// So many items of a project are sketched.
pub(in crate::store) const MOST_ITEMS: usize = 32;

arrays! {
    /// The arrays of the file.
    pub(in crate::store) enum Array {
        /// The number of the project at each position.
        Order,
        /// Of each bucket: how many items its projects ask for, and where it ends.
        BucketItems,
        BucketEnds,
        /// Of each position, the places of its items in the list of its bucket.
        BucketNumbers,
        /// Where the list of each bucket begins, and the numbers of the items in it.
        ListStarts,
        Lists,
        /// The projects' short vectors, by position.
        Codes,
        Scales,
        /// Where the text of each distinct item begins, and the texts.
        TextStarts,
        Texts,
        /// Where the skills of each distinct item begin, and the skills.
        SkillStarts,
        Skills,
        /// The vectors of the distinct items.
        ItemCodes,
        ItemScales,
        /// What short vectors of wholes are made with.
        WholeAxes,
        WholeAxesScales,
        /// What short vectors of texts are made with.
        TextAxes,
        TextAxesScales,
        /// The first components of the short vectors, and their scale.
        Prefixes,
        PrefixScale,
    }
}
