//! The fields of a project, and sets of them.
//!
//! Plain data: `vocabulary` knows which words name a field.

/// A field of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Description,
    Outcome,
    Skills,
    Technologies,
    Mentors,
    Upstream,
    Lfx,
    Mentee,
    Size,
    Difficulty,
    Org,
    Title,
    Term,
    /// Known but not used: it ends the field before it.
    Other,
}

impl Field {
    /// Whether a value of it is running text, which goes on until the next label.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Description | Self::Outcome)
    }

    /// Whether it says what the work is, who guides it or where it happens, rather than how to apply or how to file it.
    pub(super) fn is_about_the_work(self) -> bool {
        match self {
            Self::Description
            | Self::Outcome
            | Self::Skills
            | Self::Technologies
            | Self::Mentors
            | Self::Upstream => true,
            Self::Lfx
            | Self::Mentee
            | Self::Size
            | Self::Difficulty
            | Self::Org
            | Self::Title
            | Self::Term
            | Self::Other => false,
        }
    }
}

/// A set of fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FieldSet(u32);

impl FieldSet {
    /// Adds `field`; whether it is new here.
    pub(super) fn insert(&mut self, field: Field) -> bool {
        let is_new = !self.contains(field);
        self.0 |= Self::bit(field);
        is_new
    }

    pub(super) fn contains(self, field: Field) -> bool {
        self.0 & Self::bit(field) != 0
    }

    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The fields of this set, of `other`, or of both.
    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields of both this set and `other`.
    pub(super) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn bit(field: Field) -> u32 {
        1 << field as u32
    }
}

impl Extend<Field> for FieldSet {
    fn extend<I: IntoIterator<Item = Field>>(&mut self, fields: I) {
        fields.into_iter().for_each(|field| {
            self.insert(field);
        });
    }
}

impl FromIterator<Field> for FieldSet {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut set = Self::default();
        set.extend(fields);
        set
    }
}
