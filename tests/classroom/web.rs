//! The room behind real sockets on loopback, and its router without one.

use super::page::{Page, Served};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use commonground::classroom::log::Kept;
use commonground::classroom::settings::{Plan, Settings};
use commonground::classroom::web::{Shared, Token, app};
use commonground::net::Hosts;
use futures_util::SinkExt;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;
use tower::ServiceExt;

fn settings(seats: usize) -> Settings {
    let mut settings = Settings::new("MEAD", seats, 3, Plan::Contrast, 5).unwrap();
    settings.practice = 1;
    settings
}

async fn served(kept: Kept) -> Served {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let teacher = Token::new().unwrap();
    let room = Arc::new(Shared::new(kept, &teacher, format!("http://{address}")));
    let router = app(room, Hosts::loopback(address.port()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Served { address, teacher: teacher.text().to_owned() }
}

fn new_room(seats: usize, folder: &Path) -> Kept {
    Kept::open(settings(seats), &folder.join("class.jsonl"), 1).unwrap()
}

#[tokio::test]
async fn pages_are_served_under_their_policy_and_to_their_own_pages_alone() {
    let folder = tempfile::tempdir().unwrap();
    let teacher = Token::new().unwrap();
    let room = Arc::new(Shared::new(new_room(8, folder.path()), &teacher, "http://127.0.0.1:80".to_owned()));
    let app = app(room, Hosts::loopback(80));
    let ask = |path: String, host: &'static str, origin: Option<&'static str>| {
        let mut request = Request::get(path).header("host", host);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        app.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    for path in ["/", "/teacher", "/projector", "/demo", "/demo.js", "/room.js", "/style.css", "/qr.svg"] {
        let response = ask(path.to_owned(), "127.0.0.1:80", None).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
    let below = axum::Router::new().nest("/class/", app.clone());
    for path in ["/class/", "/class/teacher", "/class/style.css"] {
        let request = Request::get(path).header("host", "127.0.0.1:80").body(Body::empty()).unwrap();
        assert_eq!(below.clone().oneshot(request).await.unwrap().status(), StatusCode::OK, "{path}");
    }
    assert_eq!(ask("/".into(), "evil.example:80", None).await.unwrap().status(), StatusCode::FORBIDDEN);
    let elsewhere = ask("/turns.csv?key=x".into(), "127.0.0.1:80", Some("http://evil.example")).await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
    assert_eq!(ask("/turns.csv?key=guess".into(), "127.0.0.1:80", None).await.unwrap().status(), StatusCode::FORBIDDEN);
    let own = ask(format!("/turns.csv?key={}", teacher.text()), "127.0.0.1:80", None).await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
}

#[test]
fn no_page_has_a_style_attribute_a_handler_or_html_made_of_text() {
    for entry in std::fs::read_dir("assets/classroom").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            " style=",
            " onclick=",
            "javascript:",
        ] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[tokio::test]
async fn a_class_plays_from_joining_to_the_debrief() {
    let folder = tempfile::tempdir().unwrap();
    let served = served(new_room(8, folder.path())).await;
    let mut teacher = Page::teacher(&served).await;
    let mut anna = Page::pupil(&served, "<img src=x onerror=alert(1)>").await;
    let mut ben = Page::pupil(&served, "Ben").await;
    teacher.until(|page| page.view["people"] == 2).await;
    teacher.next("next", "choosing").await;
    anna.until(|page| page.view["phase"] == "choosing").await;
    ben.until(|page| page.view["phase"] == "choosing").await;
    // What choices would come to is worked out while all goes on.
    anna.until(|page| page.view["you"]["prospects"].as_array().is_some_and(|all| all.len() == 13)).await;
    anna.choose(9).await;
    teacher.until(|page| page.view["done"] == 1 && page.view["of"] == 2).await;
    assert!(!teacher.view.to_string().contains("\"choice\""), "the teacher sees who, not what");
    // Nobody waits for Ben: early close, then undo, then close again.
    teacher.say(json!({ "close": {} })).await;
    teacher.until(|page| page.view["phase"] == "between").await;
    anna.until(|page| page.view["you"]["last"]["wanted"] == 9.0).await;
    teacher.next("undo", "choosing").await;
    anna.until(|page| page.view["you"]["choice"]["level"] == 9).await;
    teacher.next("close", "between").await;
    teacher.next("next", "choosing").await;
    // Who comes late takes a computer herder's seat.
    let mut late = Page::pupil(&served, "Late").await;
    assert_eq!(late.view["phase"], "choosing");
    late.choose(3).await;
    // One who drops keeps the seat, and comes back to it by the token of its tab.
    let (seat, token) = (ben.view["you"]["seat"].clone(), ben.token.clone().unwrap());
    drop(ben);
    teacher.until(|page| page.view["people"] == 2).await;
    let mut ben = Page::open(&served, json!({ "as": "pupil", "token": token })).await;
    ben.until(|page| page.view["you"]["seat"] == seat).await;
    for _ in 0..3 {
        teacher.say(json!({ "close": {} })).await;
        teacher.hear().await;
    }
    teacher.until(|page| page.view["phase"] == "over").await;
    teacher.next("next", "debrief").await;
    teacher.say(json!({ "screen": { "screen": 3 } })).await;
    teacher.until(|page| page.view["debrief"]["screen"] == 3).await;
    assert!(!teacher.view["debrief"].to_string().contains("Ben"), "anonymous unless the teacher says so");
    teacher.say(json!({ "names": { "shown": true } })).await;
    teacher.until(|page| page.view["debrief"].to_string().contains("Ben")).await;
    late.until(|page| page.view["debrief"]["groups"].as_array().is_some_and(|groups| groups.len() == 1)).await;
}

#[tokio::test]
async fn nobody_acts_for_another_and_nonsense_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let served = served(new_room(8, folder.path())).await;
    let mut anna = Page::pupil(&served, "Anna").await;
    let mut stranger = Page::open(&served, json!({ "as": "pupil", "token": "guessed" })).await;
    assert!(stranger.view["you"].is_null());
    for (message, wanted) in [
        (json!({ "join": { "code": "XXXX", "name": "" } }), "code of this class"),
        (json!({ "choose": { "game": 0, "round": 0, "choice": { "level": 3 } } }), "Join first"),
        (json!({ "hello": { "as": "teacher", "token": "guessed" } }), "not the teacher's address"),
        (json!({ "close": {} }), "Join first"),
        (json!({ "choose": { "seat": 0, "game": 0, "round": 0, "choice": { "level": 3 } } }), "cannot be read"),
        (json!("\u{0}<script>"), "cannot be read"),
    ] {
        stranger.refused = None;
        stranger.say(message.clone()).await;
        stranger.until(|page| page.refused.is_some()).await;
        assert!(stranger.refused.as_ref().unwrap().contains(wanted), "{message}: {:?}", stranger.refused);
    }
    anna.say(json!({ "close": {} })).await;
    anna.until(|page| page.refused.is_some()).await;
    assert!(anna.refused.as_ref().unwrap().contains("for the teacher"));
    // Too many messages are refused, and in the end nobody listens; the others go on.
    for _ in 0..400 {
        if stranger.socket.send(Message::text("{}")).await.is_err() {
            break;
        }
    }
    while stranger.hear().await {}
    let mut long = Page::open(&served, json!({ "as": "projector", "token": null })).await;
    let _ = long.socket.send(Message::text("x".repeat(100_000))).await;
    while long.hear().await {}
    let mut teacher = Page::teacher(&served).await;
    teacher.next("next", "choosing").await;
    anna.until(|page| page.view["phase"] == "choosing").await;
}

#[tokio::test]
async fn a_page_elsewhere_cannot_open_a_socket() {
    let folder = tempfile::tempdir().unwrap();
    let served = served(new_room(8, folder.path())).await;
    let mut request = format!("ws://{}/socket", served.address).into_client_request().unwrap();
    request.headers_mut().insert("origin", "http://evil.example".parse().unwrap());
    assert!(connect_async(request).await.is_err());
}

#[tokio::test]
async fn a_room_that_was_killed_comes_back_with_every_seat_and_choice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("class.jsonl");
    let first = served(new_room(8, folder.path())).await;
    let mut teacher = Page::teacher(&first).await;
    let mut anna = Page::pupil(&first, "Anna").await;
    teacher.next("next", "choosing").await;
    anna.until(|page| page.view["phase"] == "choosing").await;
    anna.choose(11).await;
    // The first server still has its room and its lock; the second has the log alone, as after kill -9.
    let copy = folder.path().join("copy.jsonl");
    std::fs::copy(&path, &copy).unwrap();
    let second = served(Kept::resume(&copy, 9).unwrap()).await;
    let mut back = Page::open(&second, json!({ "as": "pupil", "token": anna.token.clone().unwrap() })).await;
    back.until(|page| page.view["you"]["choice"]["level"] == 11).await;
    assert_eq!(back.view["you"]["name"], "Anna");
}

#[tokio::test]
async fn the_debrief_is_of_what_was_played_last_also_after_an_undo() {
    let folder = tempfile::tempdir().unwrap();
    let served = served(new_room(4, folder.path())).await;
    let mut teacher = Page::teacher(&served).await;
    let mut anna = Page::pupil(&served, "Anna").await;
    teacher.next("next", "choosing").await;
    teacher.next("close", "between").await;
    teacher.next("next", "choosing").await;
    for round in 1..=3 {
        teacher.say(json!({ "close": {} })).await;
        teacher.until(|page| page.view["round"] == round).await;
    }
    // Time in which a debrief of it is made.
    tokio::time::sleep(Duration::from_secs(1)).await;
    teacher.next("undo", "choosing").await;
    anna.until(|page| page.view["phase"] == "choosing" && page.view["round"] == 2).await;
    anna.choose(0).await;
    teacher.next("close", "over").await;
    teacher.next("next", "debrief").await;
    teacher.until(|page| page.view["debrief"]["groups"].as_array().is_some_and(|groups| groups.len() == 1)).await;
    let told = &teacher.view["debrief"]["groups"][0]["stock_by_round"];
    assert_eq!(*told, teacher.view["groups"][0]["stock_by_round"]);
}
