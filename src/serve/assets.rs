//! The files of the page as they are served: the style and plain modules, as they stand in `assets/page`.

use crate::page::assets::{LIVE, MODULES, STYLE};
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;

/// A file of the page.
pub(super) fn file(name: &str) -> Response<Body> {
    let script = || MODULES.iter().chain(&LIVE).find(|(known, _)| *known == name).map(|(_, text)| *text);
    let found = match name {
        "page.css" => Some(("text/css; charset=utf-8", STYLE)),
        _ => script().map(|text| ("text/javascript; charset=utf-8", text)),
    };
    match found {
        Some((kind, text)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}
