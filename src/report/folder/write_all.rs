//! Writing a folder whose files are all known at the end.

use std::path::PathBuf;

use rayon::prelude::*;

use super::super::draw;
use super::super::figure::Figure;
use super::super::study::arm_keys;
use super::{CHARTS, Folder, FolderError, MANIFEST, SCENARIOS, Staged};
use crate::scenario::Scenario;

impl Folder {
    /// Writes texts by their names, the scenarios as files that need no other, and the charts; last the manifest, which
    /// `manifest` makes from the names of all the other files. Gives back their paths, the manifest last.
    ///
    /// # Errors
    /// A file cannot be written or a chart not be drawn; then none of the new files is left.
    pub fn write_all(
        self,
        texts: Vec<(String, String)>,
        scenarios: &[Scenario],
        figures: &[Figure],
        manifest: impl FnOnce(&[&str]) -> String,
    ) -> Result<Vec<PathBuf>, FolderError> {
        let mut files = Vec::new();
        for (name, text) in texts {
            files.push(self.stage(&name, text.as_bytes())?);
        }
        for (key, scenario) in arm_keys(scenarios).iter().zip(scenarios) {
            files.push(self.stage(&format!("{SCENARIOS}/{key}.json"), scenario.resolved().as_bytes())?);
        }
        for (name, bytes) in drawn(figures)? {
            files.push(self.stage(&format!("{CHARTS}/{name}"), &bytes)?);
        }
        let mut names: Vec<&str> = files.iter().map(Staged::name).collect();
        names.sort_unstable();
        let manifest = self.stage(MANIFEST, manifest(&names).as_bytes())?;
        self.name_all(files, Some(manifest))
    }
}

/// Every chart as the bytes of its files, by their names.
///
/// # Errors
/// A chart cannot be drawn.
pub fn drawn(figures: &[Figure]) -> Result<Vec<(String, Vec<u8>)>, FolderError> {
    let pairs: Result<Vec<_>, FolderError> = figures
        .par_iter()
        .map(|figure| {
            let failed = |reason| FolderError::Chart { name: figure.name.clone(), reason };
            let svg = draw::svg(figure).map_err(failed)?;
            let png = draw::png(figure).map_err(failed)?;
            Ok([(format!("{}.svg", figure.name), svg.into_bytes()), (format!("{}.png", figure.name), png)])
        })
        .collect();
    Ok(pairs?.into_iter().flatten().collect())
}
