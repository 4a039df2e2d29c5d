//! The socket: no more connections than there is room for, none that only holds a place, and an end within a second.

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// Time for a client to send what it asks for, and to ask again before its connection is closed.
pub(crate) const LONGEST_REQUEST: Duration = Duration::from_secs(15);
/// Time that open connections have to end once the server is to stop.
const LONGEST_FAREWELL: Duration = Duration::from_millis(400);

/// A server that has its port and is not yet at work.
#[derive(Debug)]
pub struct Server {
    listener: std::net::TcpListener,
    address: SocketAddr,
    stop: Stop,
    asked: watch::Receiver<bool>,
}

/// Ends a server from elsewhere.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    /// Ends it within a second, whoever is connected.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Server {
    /// Takes a port of an address of this machine; 0 is any that is free.
    ///
    /// # Errors
    /// The port is taken, or may not be.
    pub fn bind(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (sender, asked) = watch::channel(false);
        Ok(Self { listener, address, stop: Stop(Arc::new(sender)), asked })
    }

    /// Where it can be asked.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Serves on so many connections at most until it is stopped; `closing` is called then, before those that are open are waited for.
    ///
    /// # Errors
    /// The system gives no threads or no socket.
    pub fn run(self, router: Router, most_connections: usize, closing: impl FnOnce()) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let Self { listener, asked, .. } = self;
        let served = runtime.block_on(async {
            let places = take_in(listener, router, asked, most_connections).await?;
            closing();
            let all = u32::try_from(most_connections).unwrap_or(u32::MAX);
            let _ = tokio::time::timeout(LONGEST_FAREWELL, places.acquire_many(all)).await;
            Ok(())
        });
        runtime.shutdown_timeout(LONGEST_FAREWELL / 2);
        served
    }
}

/// Takes connections in until a stop is asked for; gives back the places that they hold.
async fn take_in(
    listener: std::net::TcpListener,
    router: Router,
    mut asked: watch::Receiver<bool>,
    most_connections: usize,
) -> io::Result<Arc<Semaphore>> {
    let listener = TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(most_connections));
    while !*asked.borrow_and_update() {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = asked.changed() => continue,
        };
        let Ok((stream, _)) = stream else {
            // No more sockets in the system: wait until some are free.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Where all places are taken, a connection is closed at once.
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let (router, asked) = (router.clone(), asked.clone());
        tokio::spawn(async move {
            tend(stream, router, asked).await;
            drop(place);
        });
    }
    Ok(places)
}

/// Answers what one connection asks, until it ends or the server does.
async fn tend(stream: TcpStream, router: Router, mut asked: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_REQUEST)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = asked.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
