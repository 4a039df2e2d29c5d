//! Who may ask: only pages of this server itself. A page from elsewhere that is open in the same browser can send requests here, and
//! can even have its own name lead to this machine (DNS rebinding); `Host` and `Origin` tell them apart.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
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

/// Headers of every answer.
const HEADERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A router whose pages alone may ask it, and load what `policy` says.
pub fn guarded(router: Router, hosts: Hosts, policy: &'static str) -> Router {
    router.layer(from_fn_with_state((hosts, policy), guard))
}

/// Lets through what comes from a page of this server, and says in every answer what may be done with it.
async fn guard(State((hosts, policy)): State<(Hosts, &'static str)>, request: Request, next: Next) -> Response<Body> {
    let objection = hosts.objection(request.method(), request.headers());
    let mut response = match objection {
        Some(words) => (StatusCode::FORBIDDEN, format!("{words}\n")).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // An answer that may be kept says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_from_here_by_a_known_name_are_admitted() {
        let hosts = Hosts::loopback_and(8080, &["192.0.2.7".to_owned()]);
        let asked = |host: &str, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().expect("a host"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
            }
            hosts.objection(&Method::GET, &headers).is_none()
        };
        assert!(asked("127.0.0.1:8080", None) && asked("localhost:8080", Some("http://localhost:8080")));
        assert!(asked("192.0.2.7:8080", Some("http://192.0.2.7:8080")));
        assert!(!asked("evil.example:8080", None) && !asked("127.0.0.1:9090", None));
        assert!(!asked("127.0.0.1:8080", Some("http://evil.example")) && !asked("127.0.0.1:8080", Some("null")));
        assert!(hosts.objection(&Method::GET, &HeaderMap::new()).is_some());
    }
}
