//! What a coordinator looks at first: which projects and applicants find nobody, and which skills are lacking.
//!
//! One pass, in memory that does not grow with the number of applicants.

use std::collections::{BTreeMap, BTreeSet};

use crate::mentees::Applicant;
use crate::model::{Catalog, Mentee};
use crate::rank::GOOD_MATCH;
use crate::skills::{Lexicon, Relation, SkillId};

/// Everybody fits a project that is a good match for this share of the applicants: there are always some who fit nothing.
pub const EVERYBODY: f64 = 0.9;
/// Of the applicants without a good project, so many are named.
pub const NAMED: usize = 20;
/// Into so many equal steps of the score the applicants are sorted by their best one.
pub const STEPS: usize = 10;

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// How many applicants were ranked.
    pub applicants: u64,
    /// The projects that were ranked, in the order of the catalog.
    pub projects: Vec<ProjectCount>,
    /// How many applicants have their best score in each tenth of `0..=1`.
    pub best_scores: [u64; STEPS],
    /// How many applicants have no good project.
    pub unmatched: u64,
    /// The first [`NAMED`] of them: ids and lines.
    pub unmatched_first: Vec<(String, u64)>,
    /// The skills that projects ask for and no applicant has, nor another one that serves instead, with the number of those
    /// projects; most wanted first.
    pub lacking: Vec<(String, u64)>,
    /// The skills that applicants have and no project asks for, with the number of those applicants; most frequent first.
    pub unasked: Vec<(String, u64)>,
}

/// What was counted of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectCount {
    /// Its place in the catalog.
    pub project: usize,
    /// For how many applicants it is a good match.
    pub good: u64,
    /// The highest score that an applicant has for it, `0..=1`.
    pub best: f64,
}

impl Summary {
    /// The projects that nobody fits.
    pub fn nobody_fits(&self) -> impl Iterator<Item = &ProjectCount> {
        self.projects.iter().filter(|project| project.good == 0)
    }

    /// The projects that everybody fits.
    pub fn everybody_fits(&self) -> impl Iterator<Item = &ProjectCount> {
        let all = self.applicants as f64 * EVERYBODY;
        self.projects.iter().filter(move |project| project.good > 0 && project.good as f64 >= all)
    }
}

/// What of one applicant is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicantSkills {
    id: String,
    line: u64,
    skills: BTreeSet<SkillId>,
}

impl ApplicantSkills {
    /// Of an applicant.
    pub fn new(applicant: &Applicant) -> Self {
        let skills = skills(&applicant.mentee);
        Self { id: applicant.id.clone(), line: applicant.line, skills }
    }
}

fn skills(mentee: &Mentee) -> BTreeSet<SkillId> {
    let lexicon = Lexicon::builtin();
    let mentions = mentee.skills.iter().flat_map(|text| lexicon.understand(text).mentions);
    mentions.map(|mention| mention.skill).collect()
}

/// Counts applicants, one after another.
#[derive(Debug)]
pub struct SummaryBuilder {
    summary: Summary,
    /// Where each project of the catalog stands in the summary.
    places: Vec<Option<usize>>,
    /// What each item of the projects names, with the place of its project. Any skill that it names serves it.
    items: Vec<(usize, BTreeSet<SkillId>)>,
    /// How many applicants name a skill among those they have.
    had: BTreeMap<SkillId, u64>,
}

impl SummaryBuilder {
    /// Of nobody yet, for the projects of `catalog` that `keep` lets through.
    pub fn new(catalog: &Catalog, keep: &[bool]) -> Self {
        let lexicon = Lexicon::builtin();
        let mut builder = Self {
            summary: Summary::default(),
            places: vec![None; catalog.projects.len()],
            items: Vec::new(),
            had: BTreeMap::new(),
        };
        for (at, project) in catalog.projects.iter().enumerate() {
            if !keep.get(at).copied().unwrap_or(true) {
                continue;
            }
            builder.places[at] = Some(builder.summary.projects.len());
            builder.summary.projects.push(ProjectCount { project: at, good: 0, best: 0.0 });
            // Nobody is asked to know the project's own software, nor told to bring what everyone has.
            let own = project.org.iter().flat_map(|org| lexicon.understand(org).mentions);
            let own: BTreeSet<SkillId> = own.map(|mention| mention.skill).collect();
            for item in &project.skills {
                let mentions = lexicon.understand(&item.text).mentions;
                let skills = mentions.iter().map(|mention| mention.skill);
                let skills = skills.filter(|skill| !own.contains(skill));
                builder
                    .items
                    .push((at, skills.filter(|skill| !lexicon.get(*skill).generic).collect()));
            }
        }
        builder
    }

    /// Counts an applicant with their scores for the projects, by the places of those in the catalog.
    pub fn add(&mut self, applicant: &ApplicantSkills, scores: &[(usize, f64)]) {
        let summary = &mut self.summary;
        summary.applicants += 1;
        let mut best: f64 = 0.0;
        for &(project, score) in scores {
            let Some(&Some(place)) = self.places.get(project) else { continue };
            let project = &mut summary.projects[place];
            project.good += u64::from(score >= GOOD_MATCH);
            project.best = project.best.max(score);
            best = best.max(score);
        }
        let step = (best * STEPS as f64) as usize;
        summary.best_scores[step.min(STEPS - 1)] += 1;
        if best < GOOD_MATCH {
            summary.unmatched += 1;
            if summary.unmatched_first.len() < NAMED {
                summary.unmatched_first.push((applicant.id.clone(), applicant.line));
            }
        }
        for &skill in &applicant.skills {
            *self.had.entry(skill).or_default() += 1;
        }
    }

    /// What was counted, with the skills that are lacking and unasked.
    pub fn build(self) -> Summary {
        // kubebuilder has Kubernetes in it, and whoever asks for SQL is served by PostgreSQL.
        let lexicon = Lexicon::builtin();
        let served = |skill: SkillId| {
            let reached = lexicon.reach(skill).iter();
            reached.filter(|reached| reached.relation != Relation::Similar).map(|r| r.skill)
        };
        let covered: BTreeSet<SkillId> = self.had.keys().flat_map(|&skill| served(skill)).collect();
        let asked: BTreeSet<SkillId> =
            self.items.iter().flat_map(|(_, item)| item).copied().collect();
        let unserved = self.items.iter().filter(|(_, item)| item.is_disjoint(&covered));
        let wanted: BTreeSet<(SkillId, usize)> = unserved
            .flat_map(|(project, item)| item.iter().map(move |skill| (*skill, *project)))
            .collect();
        let mut lacking: BTreeMap<SkillId, u64> = BTreeMap::new();
        for (skill, _) in wanted {
            *lacking.entry(skill).or_default() += 1;
        }
        let unasked =
            self.had.iter().filter(|(skill, _)| !served(**skill).any(|s| asked.contains(&s)));
        Summary { lacking: named(lacking.iter()), unasked: named(unasked), ..self.summary }
    }
}

/// Skills with their names, the most frequent first.
fn named<'a>(skills: impl Iterator<Item = (&'a SkillId, &'a u64)>) -> Vec<(String, u64)> {
    let name =
        |(skill, count): (&SkillId, &u64)| (Lexicon::builtin().get(*skill).name.clone(), *count);
    let mut named: Vec<(String, u64)> = skills.map(name).collect();
    named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    named
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const PAGE: &str = "\
### Lantern

#### Dim the lamps

- Description: A controller that dims lamps.
- Recommended Skills: Kubernetes, Zig
- Mentor(s): Ada Example (@ada-example)

#### Draw the lamps

- Description: Pictures of lamps.
- Recommended Skills: Zig
- Mentor(s): Ada Example (@ada-example)
";

    fn catalog() -> Catalog {
        crate::catalog::from_text(Path::new("page.md"), PAGE).unwrap()
    }

    fn add(builder: &mut SummaryBuilder, number: u64, skills: &[&str], scores: &[f64]) {
        let skills = skills.iter().map(|skill| (*skill).to_owned()).collect();
        let mentee = Mentee { skills, ..Mentee::default() };
        let applicant =
            Applicant { id: format!("a{number}"), line: number, mentee, ..Applicant::default() };
        let scores: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
        builder.add(&ApplicantSkills::new(&applicant), &scores);
    }

    fn pairs(list: &[(&str, u64)]) -> Vec<(String, u64)> {
        list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn projects_and_applicants_that_find_nobody_are_counted_and_the_first_are_named() {
        let mut builder = SummaryBuilder::new(&catalog(), &[]);
        for number in 0..30 {
            add(&mut builder, number, &["Go"], &[if number < 3 { 0.7 } else { 0.39 }, 0.1]);
        }
        let summary = builder.build();
        assert_eq!((summary.applicants, summary.unmatched), (30, 27));
        assert_eq!(summary.unmatched_first.len(), NAMED);
        assert_eq!(summary.unmatched_first[0], ("a3".to_owned(), 3));
        assert_eq!((summary.best_scores[3], summary.best_scores[7]), (27, 3));
        let nobody: Vec<usize> = summary.nobody_fits().map(|p| p.project).collect();
        assert_eq!((nobody, summary.everybody_fits().count()), (vec![1], 0));
        assert_eq!(summary.projects[0], ProjectCount { project: 0, good: 3, best: 0.7 });
    }

    #[test]
    fn everybody_fits_a_project_that_nearly_all_fit() {
        let mut builder = SummaryBuilder::new(&catalog(), &[]);
        for number in 0..10 {
            add(&mut builder, number, &[], &[if number == 0 { 0.0 } else { 0.6 }, 0.5]);
        }
        let everybody: Vec<usize> = builder.build().everybody_fits().map(|p| p.project).collect();
        assert_eq!(everybody, [0, 1]);
    }

    #[test]
    fn a_skill_that_another_one_implies_is_not_lacking_and_not_unasked() {
        let mut builder = SummaryBuilder::new(&catalog(), &[]);
        add(&mut builder, 1, &["kubebuilder", "Photoshop"], &[0.5, 0.5]);
        add(&mut builder, 2, &["PHP"], &[0.5, 0.5]);
        add(&mut builder, 3, &["php"], &[0.5, 0.5]);
        let summary = builder.build();
        assert_eq!(summary.lacking, pairs(&[("Zig", 2)]));
        assert_eq!(summary.unasked[0], ("PHP".to_owned(), 2));
        assert!(!summary.unasked.iter().any(|(name, _)| name == "kubebuilder"));
    }

    #[test]
    fn an_item_is_served_by_any_skill_that_it_names() {
        let mut catalog = catalog();
        catalog.projects[0].skills[0].text =
            "Kubernetes administration of Kubernetes clusters".into();
        let lacking = |skill: &str| {
            let mut builder = SummaryBuilder::new(&catalog, &[]);
            add(&mut builder, 1, &[skill], &[0.5, 0.5]);
            builder.build().lacking
        };
        assert_eq!(lacking("Kubernetes"), pairs(&[("Zig", 2)]));
        assert!(lacking("PHP").contains(&("Kubernetes administration".to_owned(), 1)));
    }

    #[test]
    fn projects_that_are_filtered_out_are_not_counted() {
        let mut builder = SummaryBuilder::new(&catalog(), &[false, true]);
        add(&mut builder, 1, &["Go"], &[0.9, 0.2]);
        let summary = builder.build();
        assert_eq!(summary.projects.len(), 1);
        assert_eq!((summary.unmatched, summary.lacking), (1, pairs(&[("Zig", 1)])));
    }

    #[test]
    fn nobody_and_no_project_is_no_division_by_nothing() {
        let summary = SummaryBuilder::new(&Catalog::default(), &[]).build();
        assert_eq!(summary, Summary::default());
        assert_eq!(summary.everybody_fits().count(), 0);
    }
}
