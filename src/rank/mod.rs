//! The ranking: a catalog and a mentee in, recommendations with their explanations out.
//!
//! What a mentee claims (`profile`, made of `claims`) meets the `corpus`, a catalog made ready, in `findings`;
//! `score` and `calibration` make numbers of them and `explain` evidence, and `matcher` answers with both; `sketch`, `first_stage` and `rescore`, with claims in `lanes`,
//! find those of very many projects that are worth ranking. Deterministic: ties break by project id.

mod answer;
mod cache;
mod calibration;
pub(crate) mod claims;
pub(crate) mod corpus;
mod difficulty;
mod emphases;
mod explain;
mod field;
mod filter;
mod findings;
pub(crate) mod first_stage;
pub(crate) mod lanes;
pub(crate) mod lexical;
mod matcher;
mod missing;
mod parts;
mod pick;
pub(crate) mod profile;
mod profile_builder;
pub(crate) mod rescore;
mod score;
pub(crate) mod sketch;
pub(crate) mod specificity;
pub(crate) mod view;
pub(crate) mod weights;

pub use answer::{Answer, Recommendation, Scores};
pub use calibration::{GOOD_MATCH, NO_MATCH};
pub use claims::Reading;
pub use explain::{Above, Explanation, How, Matched, Said, met};
pub use filter::{Filter, is_called};
pub use matcher::Matcher;
pub use missing::Missing;
pub use parts::{Part, Weights};
pub use pick::{Pick, Portfolio, Reason};
