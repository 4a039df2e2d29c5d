//! Writing a folder: files, scenarios and charts, what they say as `report.json`, the page, and last the manifest.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use rayon::prelude::*;

use super::super::answer::Answer;
use super::super::digest::Digest;
use super::super::draw::Pictures;
use super::super::figure::Figure;
use super::super::table::Table;
use super::super::{draw, page};
use super::column::Column;
use super::{CHARTS, DIGEST, Folder, FolderError, MANIFEST, PAGE, SCENARIOS, Staged, TableFile, dictionary};

/// What goes into a folder. The page and the manifest follow from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The tables as programs read them. Each column is told in the data dictionary.
    pub data: Vec<TableFile>,
    /// Other files by their names in the folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// Scenarios by their short names, each as text that needs no other file.
    pub scenarios: Vec<(String, String)>,
    /// The answer in short, where the experiment has one.
    pub answer: Option<Answer>,
    /// What was found, a sentence or a few each.
    pub findings: Vec<String>,
    /// The charts, in the order in which they are to be read.
    pub figures: Vec<Figure>,
    /// The tables as people read them.
    pub tables: Vec<Table>,
}

impl Folder {
    /// Writes everything and gives the files their names; the manifest, which `manifest` makes from the names of all the
    /// other files, comes last. Gives back their paths in that order.
    ///
    /// # Errors
    /// A file cannot be written or a chart not be drawn; then none of the new files is left.
    pub fn write_all(
        self,
        contents: Contents,
        manifest: impl FnOnce(&[&str]) -> String,
    ) -> Result<Vec<PathBuf>, FolderError> {
        self.write_with(None, contents, manifest)
    }

    /// The same with a table that has been written already under a temporary name.
    pub(super) fn write_with(
        self,
        written: Option<(Staged, Vec<Column>)>,
        mut contents: Contents,
        manifest: impl FnOnce(&[&str]) -> String,
    ) -> Result<Vec<PathBuf>, FolderError> {
        contents.data.extend(self.dictionary(written.as_ref(), &contents.data)?);
        let mut texts = self.files_of(contents)?;
        let mut files: Vec<Staged> = written.into_iter().map(|(file, _)| file).collect();
        let mut names: Vec<&str> =
            files.iter().map(Staged::name).chain(texts.iter().map(|(name, _)| name.as_str())).collect();
        names.push(PAGE);
        names.sort_unstable();
        let manifest = manifest(&names);
        texts.push((MANIFEST.to_owned(), manifest.into_bytes()));
        let page =
            page::html(&|name| in_memory(&texts, name)).map_err(|reason| FolderError::page(&self.path, reason))?;
        files.push(self.stage(PAGE, page.as_bytes())?);
        for (name, bytes) in &texts {
            files.push(self.stage(name, bytes)?);
        }
        let manifest = files.pop();
        self.name_all(files, manifest)
    }

    /// What the columns of all tables mean; nothing where there are none.
    fn dictionary(
        &self,
        written: Option<&(Staged, Vec<Column>)>,
        data: &[TableFile],
    ) -> Result<Option<TableFile>, FolderError> {
        let written = written.map(|(file, columns)| (file.name(), columns.as_slice()));
        let tables: Vec<_> = written
            .into_iter()
            .chain(data.iter().map(|table| (table.name.as_str(), table.columns.as_slice())))
            .collect();
        let dictionary = (!tables.is_empty()).then(|| dictionary::of(tables.into_iter()));
        dictionary.transpose().map_err(|reason| FolderError::file(&self.path, reason))
    }

    /// Every file but those made of all others.
    fn files_of(&self, contents: Contents) -> Result<Vec<(String, Vec<u8>)>, FolderError> {
        let digest =
            Digest { answer: contents.answer, ..Digest::of(contents.findings, &contents.figures, contents.tables) };
        let mut digest = serde_json::to_vec_pretty(&digest)
            .map_err(|error| FolderError::file(&self.path.join(DIGEST), error.into()))?;
        digest.push(b'\n');
        let mut files: Vec<(String, Vec<u8>)> =
            contents.data.into_iter().map(|table| (table.name, table.bytes)).collect();
        files.extend(contents.files);
        let scenarios = contents.scenarios.into_iter();
        files.extend(scenarios.map(|(key, text)| (format!("{SCENARIOS}/{key}.json"), text.into_bytes())));
        files.push((DIGEST.to_owned(), digest));
        let charts = drawn(&contents.figures, self.pictures)?.into_iter();
        files.extend(charts.map(|(name, bytes)| (format!("{CHARTS}/{name}"), bytes)));
        Ok(files)
    }
}

/// A file of the folder before it is there.
fn in_memory(texts: &[(String, Vec<u8>)], name: &str) -> io::Result<Vec<u8>> {
    let found = texts.iter().find(|(known, _)| known == name);
    found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| ErrorKind::NotFound.into())
}

/// Every chart as the bytes of its files, by their names.
fn drawn(figures: &[Figure], asked: Pictures) -> Result<Vec<(String, Vec<u8>)>, FolderError> {
    if asked == Pictures::None {
        return Ok(Vec::new());
    }
    let charts: Result<Vec<_>, FolderError> = figures
        .par_iter()
        .map(|figure| {
            let failed = |reason| FolderError::Chart { name: figure.name.clone(), reason };
            let pictures = draw::pictures(figure, asked).map_err(failed)?;
            Ok(pictures.into_iter().map(|(ending, bytes)| (format!("{}.{ending}", figure.name), bytes)))
        })
        .collect();
    Ok(charts?.into_iter().flatten().collect())
}
