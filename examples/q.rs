//! x
#![allow(warnings)]
use lfx_match::model::{CatalogSource, Passage, Project};
use lfx_match::rank::{Filter, Weights};
use lfx_match::store::{self, CatalogIndex, Ready};
use lfx_match::{Catalog, catalog, embed, mentees};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let model = embed::load("builtin").unwrap();
    if a[0] == "make" {
        let real = catalog::read(&[PathBuf::from("/work/shared/catalogs")]).unwrap();
        let made = make(&real, a[1].parse().unwrap());
        let t = Instant::now();
        println!("{:?}", store::build(&made, model.as_ref(), Path::new(&a[2])).unwrap());
        println!("build {:?}", t.elapsed());
        let t = Instant::now();
        let mut made = made;
        made.projects[7].title = "Another title".into();
        made.projects[8].title = "A third title".into();
        println!("{:?}", store::build(&made, model.as_ref(), Path::new(&a[2])).unwrap());
        println!("update {:?}", t.elapsed());
        return;
    }
    let rows = mentees::read(File::open(&a[1]).unwrap(), &mentees::Options::default()).unwrap();
    let applicants: Vec<_> =
        rows.filter_map(|row| Some(row.unwrap().read().ok()?.mentee)).collect();
    let t = Instant::now();
    let index = CatalogIndex::open(Path::new(&a[0])).unwrap();
    println!("open {:?}", t.elapsed());
    let rounds: usize = a[2].parse().unwrap();
    let mut times = vec![];
    for r in 0..rounds {
        for m in &applicants {
            let t = Instant::now();
            let Ready { catalog, matcher } = index
                .ready_for(m, &Filter::default(), 10, Arc::clone(&model), Weights::default())
                .unwrap();
            let answer = matcher.rank(m, 10, &[]).unwrap();
            if r > 0 {
                times.push(t.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |s: f64| times[((times.len() - 1) as f64 * s) as usize];
    println!("p10 {:.2} p50 {:.2} p90 {:.2} p99 {:.2}", at(0.1), at(0.5), at(0.9), at(0.99));
}
/// A catalog of `size` projects made of the real ones.
fn make(real: &Catalog, size: usize) -> Catalog {
    let mut random = fastrand::Rng::with_seed(1);
    let words = Chains::of(real);
    let skills: Vec<_> = real.projects.iter().flat_map(|project| &project.skills).collect();
    let pick = |random: &mut fastrand::Rng| &real.projects[random.usize(..real.projects.len())];
    let projects = (0..size).map(|number| {
        let shape = pick(&mut random).clone();
        let (one, other) = (pick(&mut random), pick(&mut random));
        let halves = (one.title.split_whitespace(), other.title.split_whitespace());
        let title = halves.0.clone().take(halves.0.count().div_ceil(2));
        let title = title.chain(halves.1.clone().skip(halves.1.count() / 2)).collect::<Vec<_>>();
        let mut say = |passages: &[Passage]| -> Vec<Passage> {
            let sentences = |text: &str| text.split_whitespace().count();
            passages
                .iter()
                .map(|p| Passage {
                    text: words.speak(sentences(&p.text), &mut random),
                    line: p.line,
                })
                .collect()
        };
        let (description, expected_outcome) =
            (say(&shape.description), say(&shape.expected_outcome));
        let draw = |skill: &lfx_match::model::AskedSkill| {
            let mut drawn = skills[random.usize(..skills.len())].clone();
            (drawn.line, drawn.alternative) = (skill.line, None);
            drawn
        };
        let asked = shape.skills.iter().map(draw).collect();
        Project {
            id: format!("made-{number}"),
            title: title.join(" "),
            org: one.org.clone(),
            description,
            expected_outcome,
            skills: asked,
            ..shape
        }
    });
    let projects: Vec<Project> = projects.collect();
    let sources = vec![CatalogSource { path: "made.md".into(), projects: size }];
    Catalog { projects, sources, ..Catalog::default() }
}

/// Which words follow which, as often as in the real texts.
struct Chains<'a> {
    next: HashMap<&'a str, Vec<&'a str>>,
    first: Vec<&'a str>,
}

impl<'a> Chains<'a> {
    fn of(real: &'a Catalog) -> Self {
        let (mut next, mut first) = (HashMap::<_, Vec<_>>::new(), Vec::new());
        for project in &real.projects {
            for passage in project.description.iter().chain(&project.expected_outcome) {
                let words: Vec<&str> = passage.text.split_whitespace().collect();
                first.extend(words.first());
                for pair in words.windows(2) {
                    next.entry(pair[0]).or_default().push(pair[1]);
                }
            }
        }
        Self { next, first }
    }

    fn speak(&self, count: usize, random: &mut fastrand::Rng) -> String {
        let mut word = self.first[random.usize(..self.first.len())];
        let mut said = vec![word];
        while said.len() < count {
            word = match self.next.get(word) {
                Some(next) => next[random.usize(..next.len())],
                None => self.first[random.usize(..self.first.len())],
            };
            said.push(word);
        }
        said.join(" ")
    }
}
