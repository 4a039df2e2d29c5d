//! Who may ask at all: pages that came from here, by a name that this server has. A page elsewhere cannot drive it, whatever name it
//! gives to this machine.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Names under which the server may be asked for, each with its port.
#[derive(Clone, Debug)]
pub struct Doors(Arc<[String]>);

impl Doors {
    /// Those of this machine, and the address in the local network where it is open to that.
    pub fn new(port: u16, lan: Option<SocketAddr>) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"].map(str::to_owned).into_iter();
        let names: Vec<String> = names.chain(lan.map(|address| address.ip().to_string())).collect();
        // A browser leaves out the port that the web has by itself.
        let bare = names.clone().into_iter().filter(|_| port == 80);
        Self(names.iter().map(|name| format!("{name}:{port}")).chain(bare).collect())
    }

    /// Whether a request came by one of these names, and from a page that did.
    pub fn admit(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or(""));
        let Some(host) = text(header::HOST).filter(|host| self.0.iter().any(|door| door == host)) else { return false };
        let from_here = |origin: &str| origin.strip_prefix("http://").is_some_and(|from| from == host);
        text(header::ORIGIN).is_none_or(from_here)
    }
}

/// What a page of the room may do: nothing but what comes from here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
                      frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// A router behind the guard.
pub fn guarded(router: Router, doors: Doors) -> Router {
    router.layer(middleware::from_fn_with_state(doors, guard))
}

async fn guard(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    if !doors.admit(request.headers()) {
        return (StatusCode::FORBIDDEN, "This server answers its own pages only.\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_from_here_by_a_known_name_are_admitted() {
        let doors = Doors::new(8080, Some(([192, 0, 2, 7], 8080).into()));
        let asked = |host: &str, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().expect("a host"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
            }
            doors.admit(&headers)
        };
        assert!(asked("127.0.0.1:8080", None) && asked("localhost:8080", Some("http://localhost:8080")));
        assert!(asked("192.0.2.7:8080", Some("http://192.0.2.7:8080")));
        assert!(!asked("evil.example:8080", None) && !asked("127.0.0.1:9090", None));
        assert!(!asked("127.0.0.1:8080", Some("http://evil.example")) && !asked("127.0.0.1:8080", Some("null")));
        assert!(!doors.admit(&HeaderMap::new()));
    }
}
