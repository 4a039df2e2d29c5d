//! `schema`: the JSON Schema of scenario files.

use super::ending::{Ending, Outcome};
use super::print;
use commonground::scenario::file::File;
use commonground::scenario::text;

/// Prints the schema.
pub(crate) fn schema() -> Outcome {
    print::result(&format!("{:#}", text::schema::<File>()))?;
    Ok(Ending::Fine)
}
