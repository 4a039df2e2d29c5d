//! A socket: what a page asks, and the picture of the room that it is sent whenever that changes. A page that is slow gets fewer
//! pictures and costs nobody else anything; one that is gone is found out and leaves its seat to a computer herder.

use super::said::{Role, Said};
use super::shared::{Change, Page, Shared};
use super::token::{Token, key};
use crate::classroom::event::{Ask, Refusal, Who};
use crate::net::Pace;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep, sleep_until, timeout};

/// Bytes of a message: a name and a code fit many times.
const MOST_BYTES: usize = 2_048;
/// Messages that may come at once, and in each second after that.
const MESSAGES: (f64, f64) = (20.0, 10.0);
/// Messages over that after which a socket is closed.
const MOST_REFUSED: u32 = 100;
/// Codes that a socket may try.
const MOST_CODES: u32 = 8;
/// How long what can wait is held back, so that thirty choices are not thirty pictures for thirty pages.
const GATHERED: Duration = Duration::from_millis(200);
/// How often a page is asked whether it is there, and for how long it may be silent or slow.
const ASKED: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(40);

/// The place of a socket among those that may be open; it is given back however the socket ends.
struct Place(Arc<Shared>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.leave();
    }
}

pub(super) async fn open(upgrade: WebSocketUpgrade, State(room): State<Arc<Shared>>) -> Response {
    if !room.enter() {
        return (StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open.\n").into_response();
    }
    let place = Place(room);
    upgrade.max_message_size(MOST_BYTES).max_frame_size(MOST_BYTES).on_upgrade(move |socket| async move {
        let mut session = Session::new(&place.0);
        session.run(socket).await;
        session.end().await;
    })
}

/// What is known of a page.
struct Session {
    room: Arc<Shared>,
    changes: watch::Receiver<Change>,
    page: Page,
    /// Whether the page has said who it is. Before that it is shown nothing: a pupil who comes back would be asked to join.
    known: bool,
    sent: u64,
    shown: String,
    due: Option<Instant>,
    pace: Pace,
    refused: u32,
    codes: u32,
    heard: Instant,
}

impl Session {
    fn new(room: &Arc<Shared>) -> Self {
        let now = Instant::now();
        Self {
            room: room.clone(),
            changes: room.changes(),
            page: Page::Stranger,
            known: false,
            sent: 0,
            shown: String::new(),
            due: None,
            pace: Pace::new(MESSAGES.0, MESSAGES.1),
            refused: 0,
            codes: 0,
            heard: now,
        }
    }

    async fn run(&mut self, mut socket: WebSocket) {
        let mut asks = interval(ASKED);
        loop {
            let due = self.due;
            let goes_on = tokio::select! {
                received = socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => self.hear(&mut socket, text.as_str()).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                    Some(Ok(_)) => { self.heard = Instant::now(); true }
                },
                changed = self.changes.changed() => changed.is_ok() && self.note(),
                () = async { match due { Some(at) => sleep_until(at).await, None => std::future::pending().await } } => self.show(&mut socket).await,
                _ = asks.tick() => {
                    self.heard.elapsed() < PATIENCE && send(&mut socket, Message::Ping(Vec::new().into())).await
                }
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Something changed: at once where it cannot wait, or else after a while.
    fn note(&mut self) -> bool {
        let now = *self.changes.borrow_and_update();
        if !self.known {
            return true;
        }
        let at = if now.urgent > self.sent { Instant::now() } else { Instant::now() + GATHERED };
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
        true
    }

    /// Sends the page what it is shown now.
    async fn show(&mut self, socket: &mut WebSocket) -> bool {
        self.due = None;
        let (number, view) = self.room.picture(&self.page);
        self.sent = number;
        // Most of what others do changes nothing on this page.
        if view == self.shown {
            return true;
        }
        let picture = format!("{{\"number\":{number},\"view\":{view}}}");
        self.shown = view;
        send(socket, Message::Text(picture.into())).await
    }

    /// Does what a page says. `false` where it is not listened to any longer.
    async fn hear(&mut self, socket: &mut WebSocket, text: &str) -> bool {
        self.heard = Instant::now();
        if !self.pace.take(std::time::Instant::now()) {
            self.refused += 1;
            return self.refused < MOST_REFUSED && refuse(socket, "Too many messages. Wait a moment.").await;
        }
        let Ok(said) = serde_json::from_str::<Said>(text) else {
            return refuse(socket, "That message cannot be read.").await;
        };
        self.known = true;
        let done = match said {
            Said::Hello { r#as, token } => self.hello(r#as, token.as_deref()).await.map(|()| None),
            Said::Join { code, name } => self.join(&code, name).await.map(Some),
            other => self.act(other).await.map(|()| None),
        };
        match done {
            Ok(Some(token)) => {
                send(socket, Message::Text(json!({ "token": token }).to_string().into())).await
                    && self.show(socket).await
            }
            Ok(None) => self.show(socket).await,
            Err(Refusal(words)) => refuse(socket, &words).await && self.show(socket).await,
        }
    }

    async fn hello(&mut self, role: Role, token: Option<&str>) -> Result<(), Refusal> {
        match role {
            Role::Projector => self.becomes(Page::Projector).await,
            Role::Teacher if token.is_some_and(|token| self.room.is_teacher(token)) => {
                self.becomes(Page::Teacher).await;
            }
            Role::Teacher => {
                return Err(Refusal(
                    "This is not the teacher's address. Open the one that the program printed.".to_owned(),
                ));
            }
            Role::Pupil => {
                if let Some(key) = token.map(key).filter(|key| self.room.has_seat(key)) {
                    self.sit(key, Ask::Return).await?;
                }
            }
        }
        Ok(())
    }

    /// A page that had a seat leaves it.
    async fn becomes(&mut self, page: Page) {
        self.end().await;
        self.page = page;
    }

    async fn join(&mut self, code: &str, name: String) -> Result<String, Refusal> {
        let sits = match &self.page {
            Page::Stranger => false,
            // Where the teacher has freed the seat, the page may have another one.
            Page::Pupil(key) => self.room.has_seat(key),
            Page::Teacher | Page::Projector => true,
        };
        if sits {
            return Err(Refusal("This page has a seat already.".to_owned()));
        }
        self.codes += 1;
        if self.codes > MOST_CODES {
            return Err(Refusal("Too many tries. Load the page again.".to_owned()));
        }
        if !self.room.is_code(code) {
            return Err(Refusal("That is not the code of this class. It stands on the board.".to_owned()));
        }
        let token = Token::new().map_err(Refusal)?;
        self.sit(token.key(), Ask::Join(name)).await?;
        Ok(token.text().to_owned())
    }

    /// Takes a seat, or one's own again.
    async fn sit(&mut self, key: String, ask: Ask) -> Result<(), Refusal> {
        self.end().await;
        let own = key.clone();
        on_its_own(&self.room, move |room| room.sit(&own, ask)).await?;
        work_out(&self.room);
        self.page = Page::Pupil(key);
        Ok(())
    }

    async fn act(&mut self, said: Said) -> Result<(), Refusal> {
        let Some(ask) = said.ask() else { return Ok(()) };
        match &self.page {
            Page::Teacher => {
                ask_of(&self.room, None, ask).await?;
                work_out(&self.room);
                Ok(())
            }
            Page::Pupil(key) => ask_of(&self.room, Some(key.clone()), ask).await,
            Page::Stranger | Page::Projector => Err(Refusal("Join first.".to_owned())),
        }
    }

    /// The page is gone. Where it was the last of its seat, a computer herder goes on.
    async fn end(&mut self) {
        if let Page::Pupil(key) = std::mem::replace(&mut self.page, Page::Stranger) {
            let done = on_its_own(&self.room, move |room| {
                room.stand_up(&key);
                Ok(())
            });
            let _ = done.await;
        }
    }
}

/// Asks the room. Without a key it is the teacher who asks.
async fn ask_of(room: &Arc<Shared>, key: Option<String>, ask: Ask) -> Result<(), Refusal> {
    on_its_own(room, move |room| room.ask(key.as_deref().map_or(Who::Teacher, Who::Pupil), ask)).await
}

/// Has it worked out what follows, once pages have had the time to be told what they wait for. Nobody waits for this.
fn work_out(room: &Arc<Shared>) {
    let room = room.clone();
    tokio::spawn(async move {
        sleep(GATHERED).await;
        tokio::task::spawn_blocking(move || room.work_out()).await
    });
}

/// Does something on a thread that may wait for the disk and the engine.
async fn on_its_own(
    room: &Arc<Shared>,
    does: impl FnOnce(&Shared) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    let room = room.clone();
    let done = tokio::task::spawn_blocking(move || does(&room)).await;
    done.unwrap_or_else(|_| Err(Refusal("That could not be done.".to_owned())))
}

async fn refuse(socket: &mut WebSocket, words: &str) -> bool {
    let refused: Value = json!({ "refused": words });
    send(socket, Message::Text(refused.to_string().into())).await
}

/// Sends, unless the page takes too long to listen.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(PATIENCE, socket.send(message)).await, Ok(Ok(())))
}
