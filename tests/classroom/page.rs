//! A page of a class, as the server sees it: its socket, and what it was shown last.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A class that is served.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) teacher: String,
}

/// A page: its socket, and what it was shown last.
pub(crate) struct Page {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    pub(crate) view: Value,
    number: u64,
    pub(crate) token: Option<String>,
    pub(crate) refused: Option<String>,
}

impl Page {
    pub(crate) async fn open(served: &Served, hello: Value) -> Self {
        let (socket, _) = connect_async(format!("ws://{}/socket", served.address)).await.unwrap();
        let mut page = Self { socket, view: Value::Null, number: 0, token: None, refused: None };
        page.say(json!({ "hello": hello })).await;
        page.hear().await;
        page
    }

    pub(crate) async fn teacher(served: &Served) -> Self {
        Self::open(served, json!({ "as": "teacher", "token": served.teacher })).await
    }

    pub(crate) async fn pupil(served: &Served, name: &str) -> Self {
        Self::pupil_of(served, name, "mead").await
    }

    pub(crate) async fn pupil_of(served: &Served, name: &str, code: &str) -> Self {
        let mut page = Self::open(served, json!({ "as": "pupil", "token": null })).await;
        page.say(json!({ "join": { "code": code, "name": name } })).await;
        page.until(|page| page.view["you"].is_object()).await;
        page
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message; `false` if there are no more.
    pub(crate) async fn hear(&mut self) -> bool {
        let next = self.next_text().await;
        next.inspect(|text| self.take(text)).is_some()
    }

    /// The same, as it was sent.
    async fn next_text(&mut self) -> Option<String> {
        // Long, for a page has nothing to hear while hundreds join on a machine that does much else.
        let until = tokio::time::Instant::now() + Duration::from_mins(5);
        loop {
            let Ok(next) = tokio::time::timeout_at(until, self.socket.next()).await else { panic!("nothing came") };
            if let Message::Text(text) = next?.ok()? {
                return Some(text.to_string());
            }
        }
    }

    pub(crate) fn take(&mut self, text: &str) {
        let said: Value = serde_json::from_str(text).unwrap();
        if let Some(token) = said["token"].as_str() {
            self.token = Some(token.to_owned());
        }
        if let Some(words) = said["refused"].as_str() {
            self.refused = Some(words.to_owned());
        }
        if said["view"].is_object() {
            let number = said["number"].as_u64().unwrap();
            assert!(number >= self.number, "pictures come in order");
            (self.number, self.view) = (number, said["view"].clone());
        }
    }

    /// When a message came that has these words in it. Only that one is read: what others are sent is not kept waiting by it.
    pub(crate) async fn when(&mut self, words: &str) -> (Instant, String) {
        loop {
            let text = self.next_text().await.expect("the socket is open");
            if text.contains(words) {
                return (Instant::now(), text);
            }
        }
    }

    pub(crate) async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        while !holds(self) {
            assert!(self.hear().await, "the socket is closed: {:?} {}", self.refused, self.view);
        }
    }

    /// Chooses, and does not wait until it is heard.
    pub(crate) async fn wants(&mut self, cows: u8) {
        self.say(json!({ "choose": { "game": self.view["game"], "round": self.view["round"], "choice": { "level": cows } } })).await;
    }

    pub(crate) async fn choose(&mut self, cows: u8) {
        self.wants(cows).await;
        self.until(|page| page.view["you"]["choice"]["level"] == json!(cows)).await;
    }

    pub(crate) async fn next(&mut self, ask: &str, phase: &str) {
        self.say(json!({ ask: {} })).await;
        self.until(|page| page.view["phase"] == phase).await;
    }
}
