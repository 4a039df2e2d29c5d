//! The routes, and what each of them does.

use super::answer::answer;
use super::desk::Desk;
use super::limits::MOST_BYTES;
use super::prepare::{Prepared, prepare};
use super::question::{Question, page};
use super::refusal::Refusal;
use super::{assets, shell};
use crate::experiment::Watcher;
use crate::net::{Hosts, LONGEST_REQUEST, guarded};
use crate::scenario::Scenario;
use crate::scenario::bundled::{self, BUNDLED};
use crate::scenario::file::File;
use crate::scenario::text::Document;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// What a live page is made of: the scenarios it begins with, and who is waiting for runs.
#[derive(Clone, Debug)]
pub struct Live {
    given: Arc<[Scenario]>,
    desk: Arc<Desk>,
    threads: Option<Arc<rayon::ThreadPool>>,
    /// What was prepared last, by what was asked: a knob that is turned leaves the scenarios as they are.
    prepared: Arc<Mutex<Vec<Ready>>>,
}

/// What was asked, as text, and what was prepared for it.
type Ready = (String, Arc<Prepared>);

/// Sets of scenarios that are kept ready.
const KEPT: usize = 8;

impl Live {
    /// A page that begins with these scenarios. Runs are made on those threads; without any, on all cores.
    pub fn new(given: Vec<Scenario>, threads: Option<rayon::ThreadPool>) -> Self {
        Self { given: given.into(), desk: Desk::new(), threads: threads.map(Arc::new), prepared: Arc::default() }
    }

    /// Stops all runs, and takes no further question.
    pub fn close(&self) {
        self.desk.close();
    }

    /// Scenarios that can be run as a question names them; ready already, where one like it was asked before.
    fn prepare(&self, question: &Question) -> Result<Arc<Prepared>, Refusal> {
        let kept = || self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        let key = json!([question.arms, question.values, question.runs]).to_string();
        if let Some((_, ready)) = kept().iter().find(|(known, _)| *known == key) {
            return Ok(Arc::clone(ready));
        }
        let ready = Arc::new(prepare(&self.given, question)?);
        let mut kept = kept();
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, Arc::clone(&ready)));
        Ok(ready)
    }

    fn work(&self, question: &Question, ticket: &super::desk::Ticket) -> Result<String, Refusal> {
        // While it waited it may have been taken back.
        if ticket.stop() {
            return Err(ticket.why());
        }
        let work = || answer(&*self.prepare(question)?, question, ticket);
        match &self.threads {
            Some(threads) => threads.install(work),
            None => work(),
        }
    }
}

/// What may be loaded by a page of this server: its own files, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// All routes, behind the guard.
pub fn app(live: Live, hosts: Hosts) -> Router {
    let router = Router::new()
        .route("/", get(|| async { Html(shell::page()) }))
        .route("/page/{file}", get(|Path(file): Path<String>| async move { assets::file(&file) }))
        .route("/api/scenarios", get(scenarios))
        .route("/api/run", post(run))
        .route("/api/progress/{page}", get(progress))
        .route("/api/cancel/{page}", post(cancel))
        .with_state(live)
        .fallback(|| async { (StatusCode::NOT_FOUND, "There is nothing here.\n") });
    guarded(router, hosts, POLICY)
}

fn json_answer(text: String) -> Response<Body> {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Makes runs. Where the client goes away, this is dropped, and the runs with it.
async fn run(State(live): State<Live>, headers: HeaderMap, body: Body) -> Result<Response<Body>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(Refusal::Words(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a question is `application/json`".to_owned()));
    }
    let question = Question::read(&read(body).await?)?;
    let held = live.desk.take(&question.page)?;
    let ticket = Arc::clone(&held.ticket);
    let at_work = Arc::clone(&live.desk.at_work).acquire_owned().await;
    let at_work = at_work.map_err(|_| Refusal::busy("the server is about to stop"))?;
    let work = tokio::task::spawn_blocking(move || {
        // Freed when the work has ended, also where nobody waits for it any more.
        let _at_work = at_work;
        live.work(&question, &ticket)
    });
    let answered = work.await.map_err(|_| {
        let words = "this could not be worked out, which is a fault of the program; please report it".to_owned();
        Refusal::Words(StatusCode::INTERNAL_SERVER_ERROR, words)
    })?;
    drop(held);
    answered.map(json_answer)
}

/// The bytes of a question, which must come in time and be few enough.
async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    let bytes = tokio::time::timeout(LONGEST_REQUEST, to_bytes(body, MOST_BYTES)).await;
    let slow = || Refusal::Words(StatusCode::REQUEST_TIMEOUT, "the question did not come to its end".to_owned());
    let large = |_| {
        let kilobytes = MOST_BYTES / 1000;
        let words = format!("more than {kilobytes} kB; a page takes smaller files: use `commonground run`");
        Refusal::Words(StatusCode::PAYLOAD_TOO_LARGE, words)
    };
    Ok(bytes.map_err(|_| slow())?.map_err(large)?.to_vec())
}

async fn progress(State(live): State<Live>, Path(name): Path<String>) -> Result<Response<Body>, Refusal> {
    page(&name)?;
    Ok(json_answer(json!(live.desk.progress(&name)).to_string()))
}

async fn cancel(State(live): State<Live>, Path(name): Path<String>) -> Result<StatusCode, Refusal> {
    page(&name)?;
    live.desk.cancel(&name);
    Ok(StatusCode::NO_CONTENT)
}

/// The scenarios that can be chosen, by name and title: those given at the start first.
async fn scenarios(State(live): State<Live>) -> Response<Body> {
    let given = live.given.iter().map(|arm| json!([arm.name, arm.file.title]));
    let is_given = |name: &str| live.given.iter().any(|arm| arm.name == name);
    let title = |name: &str| {
        let document = Document::read::<File>(&BUNDLED, name).ok()?;
        document.value().get("title").and_then(Value::as_str).map(str::to_owned)
    };
    let bundled =
        bundled::scenarios().filter(|name| !is_given(name)).filter_map(|name| Some(json!([name, title(name)?])));
    let fragments = bundled::fragments().collect::<Vec<&str>>();
    let all: Vec<Value> = given.chain(bundled).collect();
    json_answer(json!({ "scenarios": all, "fragments": fragments }).to_string())
}
