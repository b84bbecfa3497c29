//! What is damaged, foreign, or made by another model or version is refused.

use super::*;

#[test]
fn every_flipped_byte_and_every_truncation_is_refused_or_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalog = catalog::builtin();
    catalog.projects.truncate(2);
    build_in(folder.path(), &catalog);
    let read = || -> crate::Result<String> {
        let index = CatalogIndex::open(folder.path())?;
        let ready = index.ready_for(
            &mentee(),
            &Filter::default(),
            5,
            Arc::clone(&MODEL),
            Weights::default(),
        )?;
        Ok(told(&ready.matcher.rank(&mentee(), 5, &[])?, &ready.catalog))
    };
    let whole = read().unwrap();
    for (name, bytes) in contents(folder.path()) {
        let path = folder.path().join(&name);
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            // What so few projects are ranked without is not read.
            let error = match read() {
                Ok(answer) => {
                    assert!(answer == whole, "byte {at} of {name}");
                    CatalogIndex::open(folder.path()).unwrap().check_projects().unwrap_err()
                }
                Err(error) => error,
            };
            assert!(error.to_string().contains("build"), "{error}");
        }
        for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            fs::write(&path, &bytes[..length]).unwrap();
            assert!(read().is_err(), "{length} bytes of {name}");
        }
        fs::remove_file(&path).unwrap();
        assert!(read().is_err(), "no {name}");
        fs::write(&path, &bytes).unwrap();
    }
    read().unwrap();
}

#[test]
fn another_model_or_version_or_a_foreign_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    build_in(folder.path(), &catalog::builtin());
    let path = folder.path().join(manifest::NAME);
    let text = fs::read_to_string(&path).unwrap();
    let (own, other) = (manifest::FORMAT_VERSION, manifest::FORMAT_VERSION + 1);
    let version = |number: u32| format!("\"format_version\": {number}");
    fs::write(&path, text.replace(&version(own), &version(other))).unwrap();
    let error = CatalogIndex::open(folder.path()).unwrap_err().to_string();
    let told = [format!("format version {other}"), format!("version {own}")];
    assert!(told.iter().all(|told| error.contains(told)), "{error}");
    fs::write(&path, &text).unwrap();
    let index = CatalogIndex::open(folder.path()).unwrap();
    let error = index.check_model(&Other).unwrap_err().to_string();
    assert!(error.contains("model builtin") && error.contains("not with other"), "{error}");
    let changes = build(&catalog::builtin(), &Other, folder.path()).unwrap();
    assert!(changes.added == 18 && changes.from_scratch.is_some());
    let foreign = tempfile::tempdir().unwrap();
    fs::write(foreign.path().join("thesis.txt"), "years of work").unwrap();
    let error = build(&catalog::builtin(), MODEL.as_ref(), foreign.path()).unwrap_err().to_string();
    assert!(error.contains("holds something else"), "{error}");
    assert_eq!(fs::read_to_string(foreign.path().join("thesis.txt")).unwrap(), "years of work");
    let error = CatalogIndex::open(foreign.path()).unwrap_err().to_string();
    assert!(error.contains("there is no index here"), "{error}");
}

#[test]
fn a_damaged_index_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog::builtin();
    build_in(folder.path(), &catalog);
    let whole = contents(folder.path());
    for (name, bytes) in whole.iter().filter(|(name, _)| name.ends_with(".bin")) {
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        fs::write(folder.path().join(name), flipped).unwrap();
        let changes = build_in(folder.path(), &catalog);
        assert!(changes.from_scratch.is_some() && changes.added == 18, "{name}: {changes:?}");
        assert!(contents(folder.path()) == whole, "{name}");
    }
}

#[test]
fn an_index_reads_no_file_outside_its_folder() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build_in(folder.path(), &catalog::builtin());
    let mut manifest = Manifest::read(folder.path()).unwrap();
    let file = manifest.files.iter_mut().find(|file| file.kind == files::TEXTS).unwrap();
    let elsewhere = outside.path().join(&file.name);
    fs::copy(folder.path().join(&file.name), &elsewhere).unwrap();
    file.name = elsewhere.to_str().unwrap().to_owned();
    manifest.write(folder.path()).unwrap();
    let error = CatalogIndex::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("none of an index"), "{error}");
}

#[test]
fn a_model_that_returns_too_few_or_too_short_vectors_is_an_error_and_no_panic() {
    let (folder, catalog) = (tempfile::tempdir().unwrap(), catalog::builtin());
    build_in(folder.path(), &catalog);
    let index = CatalogIndex::open(folder.path()).unwrap();
    for (count, length) in [(1, 256), (usize::MAX, 255)] {
        let broken: Arc<dyn Embedder> = Arc::new(Broken { count, length });
        let built = build(&catalog, broken.as_ref(), tempfile::tempdir().unwrap().path());
        let matcher = Matcher::new(&catalog, Arc::clone(&broken), Weights::default());
        let mentee = mentee();
        let search = Search::new(&index, &mentee, broken, Weights::default());
        for error in [built.err(), matcher.err(), search.err()] {
            let error = error.unwrap();
            assert!(matches!(error.kind(), crate::ErrorKind::Model), "{error}");
        }
    }
}

/// The built-in model, which returns no more than so many vectors, cut to a length.
struct Broken {
    count: usize,
    length: usize,
}

impl Embedder for Broken {
    fn id(&self) -> &str {
        MODEL.id()
    }

    fn dimensions(&self) -> usize {
        MODEL.dimensions()
    }

    fn calibration(&self) -> embed::Calibration {
        MODEL.calibration()
    }

    fn embed(&self, texts: &[&str], role: embed::Role) -> crate::Result<Vec<Vec<f32>>> {
        let mut vectors = MODEL.embed(texts, role)?;
        vectors.truncate(self.count);
        vectors.iter_mut().for_each(|vector| vector.truncate(self.length));
        Ok(vectors)
    }
}

/// A model to which all texts are the same.
struct Other;

impl Embedder for Other {
    fn id(&self) -> &str {
        "other"
    }

    fn dimensions(&self) -> usize {
        2
    }

    fn calibration(&self) -> embed::Calibration {
        embed::Calibration { unrelated: 0.0, same: 1.0 }
    }

    fn embed(&self, texts: &[&str], _: embed::Role) -> crate::Result<Vec<Vec<f32>>> {
        Ok(vec![vec![1.0, 0.0]; texts.len()])
    }
}
