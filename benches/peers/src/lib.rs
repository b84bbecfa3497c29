//! What the programs of the comparison share: where the vectors lie, and how memory is measured.

use std::error::Error;
use std::path::Path;

/// The length of the vectors.
pub const DIMENSIONS: usize = 256;
/// How many nearest are asked for.
pub const NEAREST: usize = 10;
/// How often everything is asked; the fastest round counts.
pub const ROUNDS: usize = 5;

/// The floats of a file.
pub fn floats(path: &Path) -> std::io::Result<Vec<f32>> {
    let bytes = std::fs::read(path)?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}

/// The nearest of every query, as `peers.py truth` has found them.
pub fn truth(folder: &Path) -> std::io::Result<Vec<u32>> {
    let bytes = std::fs::read(folder.join("truth.u32"))?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
}

/// The resident memory of this process, in MiB, mapped files included.
pub fn memory() -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    let kib: f64 = line.split_whitespace().nth(1).ok_or("no number")?.parse()?;
    Ok(kib / 1024.0)
}
