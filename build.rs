//! Turns `data/skills.toml` into JSON, which the program reads in a quarter of the time whenever it starts.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const LEXICON: &str = "data/skills.toml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={LEXICON}");
    let lexicon: toml::Table = toml::from_str(&fs::read_to_string(LEXICON)?)
        .map_err(|error| format!("{LEXICON}: {error}"))?;
    let json = Path::new(&env::var("OUT_DIR")?).join("skills.json");
    fs::write(json, serde_json::to_vec(&lexicon)?)?;
    Ok(())
}
