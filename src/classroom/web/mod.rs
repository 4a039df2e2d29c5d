//! The classroom in the browser: pages for teacher, projector and pupils, and a socket on which each is shown the room as it is.
//!
//! Every message to a page is the whole of what it is shown, with a number that grows: a page that was away, or too slow for some of
//! them, has missed nothing. What a page asks is answered by that picture, or by a refusal in words.

pub mod assets;
mod said;
mod shared;
mod socket;
mod token;

pub use shared::Shared;
pub use token::{Token, code};

use crate::net::{Hosts, guarded};
use assets::Asset;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// What a page of the room may do: nothing but what comes from here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
                      frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// Open connections besides sockets, of which a browser opens several for a page.
pub const MOST_CONNECTIONS: usize = 2_000;

/// All pages of a room, for those who ask by one of its own names.
pub fn app(room: Arc<Shared>, hosts: Hosts) -> Router {
    guarded(router(room), hosts, POLICY)
}

/// The pages of a room. Addresses in them are relative, so that it may stand below any path: it answers at `/` (join and play),
/// `/teacher`, `/projector`, `/demo`, `/socket`, `/qr.svg`, `/turns.csv`, `/scenarios.json` and its assets.
pub fn router(room: Arc<Shared>) -> Router {
    let mut router = Router::new()
        .route("/socket", get(socket::open))
        .route("/qr.svg", get(qr))
        .route("/turns.csv", get(turns))
        .route("/scenarios.json", get(scenarios));
    for asset in assets::all() {
        router = router.route(asset.path, get(move || async move { asset_of(asset) }));
    }
    router.with_state(room)
}

fn asset_of(asset: Asset) -> Response {
    ([(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "no-cache")], asset.text).into_response()
}

async fn qr(State(room): State<Arc<Shared>>) -> Response {
    match assets::qr(room.address()) {
        Some(svg) => ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The teacher's token, as a page that downloads something sends it.
#[derive(serde::Deserialize)]
struct Key {
    key: String,
}

async fn turns(State(room): State<Arc<Shared>>, Query(Key { key }): Query<Key>) -> Response {
    download(room, &key, "text/csv; charset=utf-8", "turns.csv", Shared::csv).await
}

async fn scenarios(State(room): State<Arc<Shared>>, Query(Key { key }): Query<Key>) -> Response {
    download(room, &key, "application/json", "scenarios.json", Shared::scenarios).await
}

async fn download(
    room: Arc<Shared>,
    key: &str,
    kind: &'static str,
    file: &str,
    of: fn(&Shared) -> Result<String, String>,
) -> Response {
    if !room.is_teacher(key) {
        return StatusCode::FORBIDDEN.into_response();
    }
    // It takes a while for a large class, in which sockets must go on being served.
    let made = tokio::task::spawn_blocking(move || of(&room)).await;
    match made.unwrap_or_else(|_| Err("It could not be made.".to_owned())) {
        Ok(text) => {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
            if let Ok(value) = format!("attachment; filename=\"{file}\"").parse() {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            (headers, text).into_response()
        }
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem).into_response(),
    }
}
