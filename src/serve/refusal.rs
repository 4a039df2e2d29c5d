//! Why a question is not answered, in words and as the answer of a server.

use crate::plain;
use crate::scenario::text::{Fault, Faults};
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// Why a question is not answered.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A scenario has faults: all of them.
    Faults(Faults),
    /// Anything else: the status, and what is wrong with a way out.
    Words(StatusCode, String),
}

impl Refusal {
    /// What was asked for cannot be.
    pub(super) fn asked(words: impl Into<String>) -> Self {
        Self::Words(StatusCode::UNPROCESSABLE_ENTITY, words.into())
    }

    /// Somebody else asked first, or too much.
    pub(super) fn busy(words: impl Into<String>) -> Self {
        Self::Words(StatusCode::SERVICE_UNAVAILABLE, words.into())
    }

    /// The question was taken back, or a newer one of the same page came.
    pub(super) fn cancelled() -> Self {
        Self::Words(StatusCode::CONFLICT, "Cancelled: nothing of it is shown".to_owned())
    }

    fn json(&self) -> Value {
        match self {
            Self::Faults(faults) => {
                let count = faults.faults.len();
                let plural = if count == 1 { "" } else { "s" };
                let problem = format!("{count} fault{plural} in {}", plain::one_line(&faults.file));
                json!({ "problem": problem, "faults": faults.faults.iter().map(|fault| told(fault, &faults.file)).collect::<Vec<Value>>() })
            }
            Self::Words(_, words) => json!({ "problem": words, "faults": [] }),
        }
    }
}

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

/// Place, problem and line of a fault.
fn told(fault: &Fault, file: &str) -> Value {
    let line =
        fault.position.as_ref().map(|at| if at.file == file { format!("line {}", at.line) } else { at.to_string() });
    json!({ "place": plain::one_line(&fault.place), "problem": plain::lines(&fault.problem), "line": line })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let status = match &self {
            Self::Faults(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Words(status, _) => *status,
        };
        (status, [(header::CONTENT_TYPE, "application/json")], self.json().to_string()).into_response()
    }
}
