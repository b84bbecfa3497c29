//! From the library's types to the JSON contract.

use super::schema::{
    CatalogReport, ExplanationReport, MatchReport, MenteeRef, MenteeReport, ModelReport,
    PickReason, PickReport, ProjectReport, QueryReport, ReadSkill, RecommendationReport,
    SCHEMA_VERSION, UnknownSkill,
};
use crate::model::{Catalog, Mentee, Project};
use crate::rank::{Answer, Pick, Portfolio, Reading, Reason, Recommendation};
use crate::skills::{Lexicon, Understood, Written};

impl MatchReport {
    /// The report of an answer.
    pub fn new(mentee: &Mentee, answer: &Answer, catalog: &Catalog, model: ModelReport) -> Self {
        let query = QueryReport::new(mentee, &answer.skills, &answer.learn);
        Self::with(query, recommendations(&answer.recommendations, catalog), catalog, model)
    }

    /// The report of a few projects that go together.
    pub fn of_picks(
        mentee: &Mentee,
        portfolio: &Portfolio,
        catalog: &Catalog,
        model: ModelReport,
    ) -> Self {
        let query = QueryReport::new(mentee, &portfolio.skills, &portfolio.learn);
        let picks = (1..).zip(&portfolio.picks).map(|(rank, pick)| RecommendationReport {
            pick: Some(PickReport::new(pick, catalog)),
            ..RecommendationReport::new(rank, &pick.recommendation, catalog)
        });
        Self::with(query, picks.collect(), catalog, model)
    }

    fn with(
        query: QueryReport,
        recommendations: Vec<RecommendationReport>,
        catalog: &Catalog,
        model: ModelReport,
    ) -> Self {
        let (projects, sources) = (catalog.projects.len(), catalog.sources.clone());
        Self {
            schema_version: SCHEMA_VERSION,
            query,
            catalog: CatalogReport { projects, sources },
            model,
            recommendations,
        }
    }
}

impl QueryReport {
    fn new(mentee: &Mentee, skills: &[Reading], learn: &[Reading]) -> Self {
        Self {
            skills: known(skills),
            unknown: skills.iter().chain(learn).filter_map(unknown).collect(),
            denied: skills.iter().chain(learn).filter_map(denied).collect(),
            learn: known(learn),
            interests: mentee.interests.clone(),
        }
    }
}

impl PickReport {
    fn new(pick: &Pick, catalog: &Catalog) -> Self {
        let (reason, adds) = match &pick.reason {
            Reason::Best => (PickReason::Best, Vec::new()),
            Reason::Adds(words) => (PickReason::Adds, words.clone()),
            Reason::Unlike => (PickReason::Unlike, Vec::new()),
            Reason::Next => (PickReason::Next, Vec::new()),
        };
        Self {
            reason,
            adds,
            teaches: pick.teaches.clone(),
            learn_first: pick.learn_first.clone(),
            prerequisites: catalog.projects[pick.recommendation.project].prerequisites.clone(),
        }
    }
}

impl MenteeReport {
    /// The report of an answer to an applicant.
    pub fn new(mentee: MenteeRef, answer: &Answer, catalog: &Catalog) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            mentee,
            recommendations: recommendations(&answer.recommendations, catalog),
        }
    }
}

fn known(readings: &[Reading]) -> Vec<ReadSkill> {
    let lexicon = Lexicon::builtin();
    let read = |reading: &Reading| -> Vec<ReadSkill> {
        let mentions = reading.understood.mentions.iter();
        mentions
            .map(|mention| ReadSkill {
                text: reading.text.clone(),
                skill: lexicon.get(mention.skill).name.clone(),
                repaired: mention.written == Written::Misspelt,
            })
            .collect()
    };
    readings.iter().flat_map(read).collect()
}

fn unknown(reading: &Reading) -> Option<UnknownSkill> {
    let Understood { mentions, denied, suggestion, .. } = &reading.understood;
    (mentions.is_empty() && !denied).then(|| UnknownSkill {
        text: reading.text.clone(),
        suggestion: suggestion.map(|skill| Lexicon::builtin().get(skill).name.clone()),
    })
}

fn denied(reading: &Reading) -> Option<String> {
    reading.understood.denied.then(|| reading.text.clone())
}

fn recommendations(list: &[Recommendation], catalog: &Catalog) -> Vec<RecommendationReport> {
    (1..).zip(list).map(|(rank, one)| RecommendationReport::new(rank, one, catalog)).collect()
}

impl RecommendationReport {
    fn new(rank: usize, recommendation: &Recommendation, catalog: &Catalog) -> Self {
        let explanation = &recommendation.explanation;
        let contributions = explanation.contributions.iter();
        Self {
            rank,
            score: recommendation.score,
            project: ProjectReport::from(&catalog.projects[recommendation.project]),
            explanation: ExplanationReport {
                contributions: contributions
                    .map(|(part, value)| (part.name().to_owned(), *value))
                    .collect(),
                matched: explanation.matched.clone(),
                missing: explanation.missing.clone(),
                above: explanation.above.clone(),
            },
            pick: None,
        }
    }
}

impl From<&Project> for ProjectReport {
    fn from(project: &Project) -> Self {
        Self {
            id: project.id.clone(),
            title: project.title.clone(),
            org: project.org.clone(),
            suborg: project.suborg.clone(),
            term: project.term.clone(),
            maturity: project.maturity,
            upstream_urls: project.upstream_urls.clone(),
            lfx_url: project.lfx_url.clone(),
            mentors: project.mentors.clone(),
            source: project.source.clone(),
        }
    }
}
