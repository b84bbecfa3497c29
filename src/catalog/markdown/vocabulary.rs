//! The words that labels and headings are made of, and what each means.
//!
//! Data and its look-up; `labels` knows how words form a label, and `headings` what a heading is.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::field::Field;
use crate::catalog::text::is_slip_of;
use crate::model::Requirement;

/// What a word does in a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Names a field: for sure, or only where nothing better does.
    Head(Field, bool),
    /// May accompany a head.
    Side,
    /// May accompany a head, and gives the requirement.
    Asks(Requirement),
    /// An address: names the upstream field where there is no head.
    Address,
}

use Requirement::{Optional, Preferred};

/// The known words by role.
const WORDS: &[(Role, &str)] = &[
    (
        Role::Head(Field::Description, true),
        "abstract desc description descriptions summary synopsis",
    ),
    (
        Role::Head(Field::Description, false),
        "about background context detail details explanation idea intro introduction \
         motivation overview problem proposal rationale scope statement",
    ),
    (Role::Head(Field::Outcome, true), "deliverable deliverables outcome outcomes result results"),
    (
        Role::Head(Field::Outcome, false),
        "benefit benefits goal goals milestone milestones objective objectives output outputs \
         responsibilities task tasks",
    ),
    (Role::Head(Field::Skills, true), "skill skills skillset skillsets"),
    (
        Role::Head(Field::Skills, false),
        "competencies experience expertise knowledge language languages prerequisite \
         prerequisites qualification qualifications requirement requirements requisite \
         requisites",
    ),
    (
        Role::Head(Field::Technologies, true),
        "frameworks stack tech technologies technology tooling tools",
    ),
    (Role::Head(Field::Mentors, true), "comentor comentors mentor mentored mentors"),
    (
        Role::Head(Field::Mentors, false),
        "advisor advisors contact contacts maintainer maintainers organizer organizers \
         supervisor supervisors who",
    ),
    (
        Role::Head(Field::Upstream, true),
        "enhancement enhancements issue issues ticket tickets upstream",
    ),
    (
        Role::Head(Field::Upstream, false),
        "discussion homepage pr prs pull reference references repo repos repositories repository resource \
         resources website",
    ),
    (Role::Head(Field::Lfx, true), "apply bridge communitybridge lfx"),
    (Role::Head(Field::Lfx, false), "application applications registration"),
    (
        Role::Head(Field::Mentee, true),
        "contributor contributors intern interns mentee mentees participant participants \
         student students",
    ),
    (
        Role::Head(Field::Size, true),
        "commitment duration effort hours length size time timeframe weeks",
    ),
    (Role::Head(Field::Difficulty, true), "complexity difficulty level rating"),
    (Role::Head(Field::Org, true), "org organisation organization"),
    (Role::Head(Field::Title, true), "title"),
    (Role::Head(Field::Term, true), "term"),
    (Role::Head(Field::Other, true), "category priority slack status tags"),
    (Role::Asks(Preferred), "bonus desirable desired nice plus preferred"),
    (Role::Asks(Optional), "optional"),
    (Role::Address, "link links uri url urls"),
    (
        Role::Side,
        "a additional an and any assigned associated at available backup basic be brief by \
         candidate cncf co code community confirmed core detailed essential estimated \
         expected final first for full general gh git github gitlab good handle handles have haves \
         helpful here id ideal ideas in intended key lead learning list long main mandatory \
         mentorship minimum more must name names necessary needed of on open or original \
         other page planned possible potential pre primary program programme programming \
         project projects proposed recommended related relevant request requests required s second secondary \
         set short source suggested technical the this to tracker tracking used useful via with \
         your",
    ),
];

/// The words of headings that only structure a page.
const FRAME: &str = "a about accepted advanced all an and announcement announcements application applications \
    apply applying april archive archived as august autumn backlog bank be beginner below \
    bridge by calendar call candidates catalog catalogue cncf code community communitybridge \
    completed contact contacts content contents contribute contributing contributors current \
    dates deadline deadlines december easy example examples expectations fall faq february \
    final for format from fully funded general google graduated gsoc gsod guide guidelines \
    guides hard here how i idea ideas ii important in incubating index info information \
    instruction instructions interns internship introduction is january july june large lfx \
    linux list listed listing march may medium mentee mentees mentoring mentors mentorship \
    mentorships more new notes november october of old on open opportunities org organization \
    organizations our outreachy overview page participate participating past previous process \
    program programme programs project projects proposal proposals propose proposed q1 q2 q3 \
    q4 quarter questions readme resources results sample samples sandbox schedule season \
    section selected selection sept september small source spring status submission \
    submissions submit submitting suggested suggestions summary summer table template \
    templates term the this timeline timelines tips to toc topics under upcoming use using \
    welcome what winter with year you your";

struct Words {
    roles: HashMap<&'static str, Role>,
    /// All words by their first letter, in the order of the table, for the search for slips.
    by_first: HashMap<char, Vec<&'static str>>,
}

fn known() -> &'static Words {
    static KNOWN: OnceLock<Words> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut words = Words { roles: HashMap::new(), by_first: HashMap::new() };
        for (role, list) in WORDS {
            for word in list.split_whitespace() {
                words.roles.entry(word).or_insert(*role);
                if let Some(first) = word.chars().next() {
                    words.by_first.entry(first).or_default().push(word);
                }
            }
        }
        words
    })
}

/// The known word that `word` is, its role, and whether it is spelt exactly so.
pub(super) fn look_up(word: &str) -> Option<(&'static str, Role, bool)> {
    let words = known();
    if let Some((known, role)) = words.roles.get_key_value(word) {
        return Some((known, *role, true));
    }
    let alike = words.by_first.get(&word.chars().next()?)?;
    let slips = alike.iter().filter(|k| is_slip_of(word, k));
    let nearest = slips.min_by_key(|k| strsim::osa_distance(word, k))?;
    words.roles.get(nearest).map(|role| (*nearest, *role, false))
}

/// Whether `word`, in lower case, is one of the words that only structure a page.
pub(super) fn is_frame_word(word: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| FRAME.split_whitespace().collect()).contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_roles() {
        let count: usize = WORDS.iter().map(|(_, list)| list.split_whitespace().count()).sum();
        assert_eq!(known().roles.len(), count);
    }

    #[test]
    fn a_slip_finds_the_nearest_word() {
        assert_eq!(look_up("metor").map(|(w, ..)| w), Some("mentor"));
        assert_eq!(look_up("recomended").map(|(w, ..)| w), Some("recommended"));
        assert!(look_up("documentation").is_none());
    }
}
