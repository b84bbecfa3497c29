//! The words by which a text denies, wishes, and turns to another statement; all folded.

/// Words, folded, that negate what follows; a word of `PSEUDO_NEGATIONS` right behind one cancels it ("not only").
pub(super) const NEGATION_CUES: [&str; 23] = [
    "no",
    "avoid",
    "avoiding",
    "except",
    "excluding",
    "neednt",
    "not",
    "never",
    "without",
    "nor",
    "neither",
    "hate",
    "dislike",
    "unfamiliar",
    "dont",
    "doesnt",
    "didnt",
    "havent",
    "hasnt",
    "isnt",
    "cant",
    "cannot",
    "wont",
];
pub(super) const PSEUDO_NEGATIONS: [&str; 5] = ["only", "just", "afraid", "matter", "doubt"];
/// The same in two words.
pub(super) const NEGATION_PAIRS: [[&str; 2]; 8] = [
    ["anything", "but"],
    ["tired", "of"],
    ["sick", "of"],
    ["bored", "of"],
    ["enough", "of"],
    ["instead", "of"],
    ["rather", "than"],
    ["more", "than"],
];
/// "Done with" speaks of the past only where it says so of the person.
pub(super) const PAST_PAIR: [&str; 2] = ["done", "with"];
pub(super) const PAST_SUBJECTS: [&str; 5] = ["", "am", "im", "being", "feel"];
/// Words before `from` that make it the way out of something, words that may stand between, and words that lead on.
pub(super) const LEAVING_VERBS: [&str; 12] = [
    "move",
    "moving",
    "switch",
    "switching",
    "change",
    "changer",
    "changing",
    "transition",
    "transitioning",
    "coming",
    "away",
    "get",
];
pub(super) const PARTICLES: [&str; 5] = ["away", "on", "out", "over", "up"];
pub(super) const GOAL_PREPOSITIONS: [&str; 4] = ["into", "to", "towards", "toward"];
/// Words behind an "and" that say what is done there.
pub(super) const ACTIVITY_VERBS: [&str; 9] =
    ["build", "contribute", "do", "focus", "join", "learn", "start", "work", "write"];
pub(super) const DESIRE_PAIRS: [[&str; 2]; 17] = [
    ["to", "learn"],
    ["want", "to"],
    ["wants", "to"],
    ["like", "to"],
    ["wish", "to"],
    ["hope", "to"],
    ["hoping", "to"],
    ["eager", "to"],
    ["keen", "to"],
    ["plan", "to"],
    ["currently", "learning"],
    ["now", "learning"],
    ["am", "learning"],
    ["im", "learning"],
    ["interested", "in"],
    ["curious", "about"],
    ["looking", "to"],
];
/// Words with which another statement begins.
pub(super) const CONTRAST_WORDS: [&str; 4] = ["but", "however", "though", "instead"];
/// Words with which one begins behind an "and" or a comma, and those with which one begins behind a comma only.
pub(super) const PRONOUNS: [&str; 6] = ["i", "id", "im", "ive", "my", "we"];
pub(super) const DESIRE_WORDS: [&str; 12] = [
    "eager",
    "happy",
    "hoping",
    "interested",
    "keen",
    "looking",
    "love",
    "now",
    "prefer",
    "ready",
    "want",
    "would",
];
