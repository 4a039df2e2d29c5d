//! Who may ask: only pages of this server itself. A page from elsewhere that is open in the same browser can send requests here, and
//! can even have its own name lead to this machine (DNS rebinding); `Host` and `Origin` tell them apart.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::sync::Arc;

/// Names by which this server may be asked for, with the port.
#[derive(Clone, Debug)]
pub struct Hosts(Arc<[String]>);

impl Hosts {
    /// This machine, asked from itself.
    pub fn loopback(port: u16) -> Self {
        Self::loopback_and(port, &[])
    }

    /// This machine, asked from itself or by further names or addresses, such as that in a local network.
    pub fn loopback_and(port: u16, further: &[String]) -> Self {
        let own = ["127.0.0.1", "localhost", "[::1]"].into_iter().map(str::to_owned);
        let names = own.chain(further.iter().map(|name| name.to_ascii_lowercase()));
        // A browser leaves the port of the scheme away.
        let short = |name: &String| (port == 80).then(|| name.clone());
        Self(names.flat_map(|name| short(&name).into_iter().chain([format!("{name}:{port}")])).collect())
    }

    fn has(&self, host: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// What is wrong with who asks.
    fn objection(&self, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST).unwrap_or_default();
        if headers.get_all(header::HOST).iter().count() != 1 || !self.has(host) {
            return Some("this server is asked for by another name than its own; open the address that it printed");
        }
        let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.has(host));
        if text(header::ORIGIN).is_some_and(|origin| !is_own(origin)) {
            return Some("a page from elsewhere may not ask this server");
        }
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let is_foreign = site.is_some_and(|site| !["same-origin", "none"].contains(&site));
        let is_link = method == Method::GET && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        (is_foreign && !is_link).then_some("a page from elsewhere may not ask this server")
    }
}

/// What may be loaded by a page of this server: its own files, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Lets through what comes from a page of this server, and says in every answer what may be done with it.
pub(super) async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response<Body> {
    let objection = hosts.objection(request.method(), request.headers());
    let mut response = match objection {
        Some(words) => (StatusCode::FORBIDDEN, format!("{words}\n")).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
