//! Catalogs and applicants that nobody wrote, of any size and the same in every run.
//!
//! Applicants name skills as often as eight years of projects ask for them, and write them as people do: by their names,
//! by other names, in small letters, misspelt. Each bench uses a part of this.
#![allow(dead_code, reason = "each bench uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails must stop")]

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::sync::LazyLock;

use lfx_match::skills::{Lexicon, Skill};
use lfx_match::{Catalog, catalog};

/// How often projects ask for a skill.
const COUNTS: &str = include_str!("skills.tsv");
/// How often, on the same scale, an applicant names a skill that no project has asked for yet.
const RARE: f64 = 0.2;

/// Steele and others' SplitMix64: small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// In `0..1`.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A catalog of projects that ask for skills of the lexicon at random.
pub(crate) fn catalog(projects: usize) -> Catalog {
    let catalog = catalog::from_text(Path::new("page.md"), &page(projects)).unwrap();
    assert_eq!(catalog.projects.len(), projects);
    catalog
}

/// A page of such projects.
pub(crate) fn page(projects: usize) -> String {
    let mut random = Random(42);
    let mut text = String::from("# Made up\n");
    for number in 0..projects {
        if number % 5 == 0 {
            let _ = write!(text, "\n### Organisation {}\n", number / 5);
        }
        let skills: Vec<&str> = (0..4).map(|_| any_skill(&mut random)).collect();
        let _ = write!(
            text,
            "\n#### Number {number}: {} for {}\n\n- Description: {} {}\n- Expected Outcome: {}\n\
             - Recommended Skills: {}\n- Mentor(s): A Mentor (@mentor{number})\n\
             - Upstream Issue: https://github.com/made-up/project/issues/{number}\n",
            any_skill(&mut random),
            any_skill(&mut random),
            sentence(&mut random),
            sentence(&mut random),
            sentence(&mut random),
            skills.join(", "),
        );
    }
    text
}

pub(crate) fn sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..6).map(|_| any_skill(random)).collect();
    format!(
        "The work joins {} with {}, and tests {} on {}, {} and {}.",
        words[0], words[1], words[2], words[3], words[4], words[5]
    )
}

/// Any skill, each as likely as the others.
fn any_skill(random: &mut Random) -> &'static str {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| Lexicon::builtin().iter().map(|(_, skill)| skill.name.as_str()).collect());
    NAMES[random.below(NAMES.len())]
}

/// Writes CSV with so many applicants: an id, two to nine skills, often something to learn, mostly an interest.
pub(crate) fn write_applicants(out: &mut impl Write, rows: usize) -> io::Result<()> {
    let mut random = Random(7);
    writeln!(out, "id,skills,learn,interests")?;
    for row in 0..rows {
        let count = 2 + random.below(5) + random.below(4);
        let skills: Vec<String> = (0..count).map(|_| written(&mut random)).collect();
        let wishes = if random.share() < 0.5 { 1 + random.below(2) } else { 0 };
        let learn: Vec<String> = (0..wishes).map(|_| written(&mut random)).collect();
        let interest = if random.share() < 0.7 { interest(&mut random) } else { String::new() };
        let (skills, learn) = (quoted(&skills.join(", ")), quoted(&learn.join(", ")));
        writeln!(out, "{},{skills},{learn},{}", id(row), quoted(&interest))?;
    }
    Ok(())
}

/// The id of the applicant in the row of that number, from 0.
pub(crate) fn id(row: usize) -> String {
    format!("a{row:07}")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A skill, as often as it is asked for, as somebody might write it.
fn written(random: &mut Random) -> String {
    let skill = frequent_skill(random);
    let name = &skill.name;
    match random.below(100) {
        0..20 if !skill.aliases.is_empty() => random.one_of(&skill.aliases).clone(),
        20..35 => name.to_lowercase(),
        35..38 if name.len() > 5 && name.is_ascii() => misspelt(name, random),
        38..42 => format!("{name} (basic)"),
        42..45 => format!("experience with {name}"),
        _ => name.clone(),
    }
}

/// Two letters within the word have changed places.
fn misspelt(name: &str, random: &mut Random) -> String {
    let at = 1 + random.below(name.len() - 3);
    let mut letters = name.as_bytes().to_vec();
    letters.swap(at, at + 1);
    String::from_utf8(letters).unwrap()
}

fn frequent_skill(random: &mut Random) -> &'static Skill {
    static SKILLS: LazyLock<Vec<(f64, &Skill)>> = LazyLock::new(|| {
        let count = |name: &str| {
            let lines = COUNTS.lines().filter_map(|line| line.split_once('\t'));
            let count = lines.filter(|(skill, _)| *skill == name).map(|(_, count)| count).next();
            count.map_or(RARE, |count| count.parse().unwrap())
        };
        let mut sum = 0.0;
        let skills = Lexicon::builtin().iter().map(|(_, skill)| {
            sum += count(&skill.name);
            (sum, skill)
        });
        skills.collect()
    });
    let all = SKILLS.last().unwrap().0;
    let point = random.share() * all;
    SKILLS[SKILLS.partition_point(|(sum, _)| *sum <= point)].1
}

const OPENERS: [&str; 8] = [
    "I would like to",
    "My dream is to",
    "For my thesis I want to",
    "At work I had to",
    "With friends I began to",
    "This summer I hope to",
    "Since school I have tried to",
    "I read a lot about how to",
];
const VERBS: [&str; 16] = [
    "build",
    "test",
    "document",
    "measure",
    "secure",
    "speed up",
    "translate",
    "explain",
    "design",
    "port",
    "review",
    "simplify",
    "monitor",
    "package",
    "deploy",
    "teach",
];
const THINGS: [&str; 16] = [
    "small tools",
    "dashboards",
    "schedulers",
    "parsers",
    "plugins",
    "command lines",
    "clusters",
    "web pages",
    "pipelines",
    "networks",
    "databases",
    "models",
    "compilers",
    "tutorials",
    "containers",
    "sandboxes",
];
const PLACES: [&str; 12] = [
    "for hospitals",
    "for farmers",
    "in trains",
    "on telephones",
    "at the edge",
    "in data centres",
    "for beginners",
    "on small boards",
    "for scientists",
    "in schools",
    "for cities",
    "in games",
];
const REASONS: [&str; 8] = [
    "because slow programs annoy me",
    "so that others can build on it",
    "because nobody else has",
    "and learn from those who know more",
    "so that it costs less power",
    "because my family would use it",
    "and write about what I find",
    "so that fewer people are woken at night",
];

/// What somebody says of themselves: hardly ever the same twice.
fn interest(random: &mut Random) -> String {
    let skill = &frequent_skill(random).name;
    let first = format!(
        "{} {} {} {} {}.",
        random.one_of(&OPENERS),
        random.one_of(&VERBS),
        random.one_of(&THINGS),
        random.one_of(&PLACES),
        random.one_of(&REASONS)
    );
    match random.below(3) {
        0 => first,
        1 => format!("{first} Most of all I like {skill}."),
        _ => format!("{skill}, and {} {}.", random.one_of(&THINGS), random.one_of(&PLACES)),
    }
}
