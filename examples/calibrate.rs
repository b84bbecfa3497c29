//! Measures the cosines that mean "unrelated" and "same" to a model, for `Embedder::calibration`.
//!
//! Usage: `cargo run --release --example calibrate -- MODEL (CATALOG APPLICANTS.csv QRELS.json)…`
//!
//! Unrelated is the median over applicants' skills and the parts of projects with grade 0 for them; same is
//! the 90th percentile of the closest part over the projects with grade 3.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::PathBuf;

use lfx_match::embed::{self, Role};
use lfx_match::eval::Grades;
use lfx_match::mentees::{self, Options, RawRow};
use lfx_match::{Project, catalog};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (model, sets) = arguments.split_first().ok_or("name a model")?;
    let model = embed::load(model)?;
    let (mut unrelated, mut same) = (Vec::new(), Vec::new());
    for set in sets.chunks_exact(3) {
        let catalog = catalog::read(&[PathBuf::from(&set[0])])?;
        let judged: BTreeMap<String, Grades> = serde_json::from_reader(File::open(&set[2])?)?;
        let parts: Vec<Vec<Vec<f32>>> = catalog
            .projects
            .iter()
            .map(|project| model.embed(&texts(project), Role::Passage))
            .collect::<Result<_, _>>()?;
        for applicant in mentees::read(File::open(&set[1])?, &Options::default())?
            .flatten()
            .flat_map(RawRow::read)
        {
            let Some(grades) = judged.get(&applicant.id) else { continue };
            let skills: Vec<&str> = applicant.mentee.skills.iter().map(String::as_str).collect();
            let skills = model.embed(&skills, Role::Query)?;
            for (project, parts) in catalog.projects.iter().zip(&parts) {
                let grade = grades.get(&project.title).copied().unwrap_or(0.0);
                for skill in &skills {
                    let cosines = parts.iter().map(|part| dot(part, skill));
                    if grade == 0.0 {
                        unrelated.extend(cosines);
                    } else if grade >= 3.0 {
                        same.push(cosines.fold(-1.0, f32::max));
                    }
                }
            }
        }
    }
    println!("unrelated {:.3}", percentile(&mut unrelated, 0.5).ok_or("no grade is 0")?);
    println!("same {:.3}", percentile(&mut same, 0.9).ok_or("no grade is 3")?);
    Ok(())
}

fn texts(project: &Project) -> Vec<&str> {
    let skills = project.skills.iter().map(|skill| skill.text.as_str());
    let passages = project.description.iter().chain(&project.expected_outcome);
    std::iter::once(project.title.as_str())
        .chain(skills)
        .chain(passages.map(|passage| passage.text.as_str()))
        .collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn percentile(values: &mut [f32], share: f64) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get((share * values.len().saturating_sub(1) as f64) as usize).copied()
}
