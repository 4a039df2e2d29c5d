//! `report`: a result folder as one page.

use super::ending::{Ending, Failure, Outcome};
use super::{files, paths, print};
use commonground::report::folder::{page_of, write_page};
use std::path::{Path, PathBuf};

/// What `report` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground report results/pasture-fortress
  commonground report results/pasture-fortress --out for-the-board.html

The page holds the answer, the findings, the charts with their numbers, the
rules in plain English, what is assumed, the sources, and how to do it all
again. It is one file that needs nothing else: it opens offline, has no script,
and prints on A4. Every experiment leaves one in its folder; this makes it anew
from the folder alone.")]
pub(crate) struct Arguments {
    /// Folder with results: one with a manifest.json in it
    folder: PathBuf,
    /// Write the page to this new file; without it, to report.html in the folder
    #[arg(long, value_name = "FILE", value_parser = paths::new())]
    out: Option<PathBuf>,
}

/// Writes the page and prints where it is.
pub(crate) fn report(arguments: &Arguments) -> Outcome {
    if is_unmerged_plan(&arguments.folder) {
        let (folder, pasted) = (arguments.folder.display(), paths::pasted(&arguments.folder));
        return Err(Failure::Request(format!(
            "`{folder}` holds a plan; `commonground merge {pasted}` writes its results, and their report, to {folder}/results"
        )));
    }
    let path = match &arguments.out {
        Some(path) => {
            files::write_new(path, &page_of(&arguments.folder)?)?;
            path.clone()
        }
        None => write_page(&arguments.folder)?,
    };
    print::result(&path.display().to_string())?;
    Ok(Ending::Fine)
}

/// Whether a folder is that of a plan and not of results.
fn is_unmerged_plan(folder: &Path) -> bool {
    folder.join("plan.json").is_file() && !folder.join("manifest.json").is_file()
}
