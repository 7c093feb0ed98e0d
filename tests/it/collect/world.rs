//! A fake world on loopback: a server for each host, which answers by path and writes down who asked what when.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a path answers.
#[derive(Clone)]
pub(super) enum Reply {
    /// Status, headers, body.
    Page(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A byte now and then, for ever.
    Drip,
    /// The connection is closed without a word.
    Hang,
    /// For the path `tls`: what a server says to whoever opens a connection, before it closes it.
    Bytes(&'static [u8]),
}

impl Reply {
    pub(super) fn html(body: &str) -> Reply {
        Reply::Page(
            200,
            vec![("content-type", "text/html; charset=utf-8".to_owned())],
            body.as_bytes().to_vec(),
        )
    }

    pub(super) fn status(status: u16) -> Reply {
        Reply::Page(status, Vec::new(), b"<html><body>no</body></html>".to_vec())
    }

    pub(super) fn to(location: &str) -> Reply {
        Reply::Page(302, vec![("location", location.to_owned())], Vec::new())
    }

    pub(super) fn with(self, name: &'static str, value: &str) -> Reply {
        match self {
            Reply::Page(status, mut headers, body) => {
                headers.push((name, value.to_owned()));
                Reply::Page(status, headers, body)
            }
            other => other,
        }
    }
}

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) at: Instant,
    pub(super) path: String,
    pub(super) headers: String,
    /// How many others were being answered when it came.
    pub(super) beside: usize,
}

/// A server.
pub(super) struct Host {
    pub(super) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    over: Arc<AtomicBool>,
}

impl Host {
    /// Answers by path; a path that is not there is 404, `/robots.txt` too unless given.
    pub(super) fn serve(pages: Vec<(&str, Reply)>) -> Host {
        Host::start(pages, None)
    }

    /// The same behind TLS.
    pub(super) fn serve_tls(pages: Vec<(&str, Reply)>, tls: Arc<ServerConfig>) -> Host {
        Host::start(pages, Some(tls))
    }

    fn start(pages: Vec<(&str, Reply)>, tls: Option<Arc<ServerConfig>>) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages: BTreeMap<String, Reply> =
            pages.into_iter().map(|(path, reply)| (path.to_owned(), reply)).collect();
        let (seen, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, end, busy) = (seen.clone(), over.clone(), Arc::new(Mutex::new(0)));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let (pages, log, busy, end) = (pages.clone(), log.clone(), busy.clone(), end.clone());
                let tls = tls.clone();
                std::thread::spawn(move || open(stream, tls, &pages, &log, &busy, &end));
            }
        });
        Host { port, seen, over }
    }

    pub(super) fn at(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Paths in the order in which they were asked.
    pub(super) fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // The listener wakes up for one last time.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn open(
    mut stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    pages: &BTreeMap<String, Reply>,
    log: &Mutex<Vec<Seen>>,
    busy: &Mutex<usize>,
    over: &AtomicBool,
) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    if let Some(Reply::Bytes(said)) = pages.get("tls") {
        let mut hello = [0; 4096];
        let _ = stream.read(&mut hello);
        let _ = stream.write_all(said);
        return;
    }
    match tls {
        Some(config) => {
            let session = ServerConnection::new(config).unwrap();
            talk(StreamOwned::new(session, stream), pages, log, busy, over);
        }
        None => talk(stream, pages, log, busy, over),
    }
}

fn talk(
    mut stream: impl Read + Write,
    pages: &BTreeMap<String, Reply>,
    log: &Mutex<Vec<Seen>>,
    busy: &Mutex<usize>,
    over: &AtomicBool,
) {
    loop {
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => request.push(byte[0]),
                _ => return,
            }
        }
        let at = Instant::now();
        let beside = {
            let mut busy = busy.lock().unwrap();
            *busy += 1;
            *busy - 1
        };
        let text = String::from_utf8_lossy(&request).into_owned();
        let path = text.split(' ').nth(1).unwrap_or("").to_owned();
        log.lock().unwrap().push(Seen { at, path: path.clone(), headers: text.clone(), beside });
        let missing = Reply::status(404);
        let bare = path.split('?').next().unwrap_or("");
        let reply = pages.get(&path).or_else(|| pages.get(bare)).unwrap_or(&missing);
        let goes_on = answer(&mut stream, reply, &text, over);
        *busy.lock().unwrap() -= 1;
        if !goes_on {
            return;
        }
    }
}

fn answer(stream: &mut impl Write, reply: &Reply, request: &str, over: &AtomicBool) -> bool {
    match reply {
        Reply::Page(status, headers, body) => {
            let tag = headers.iter().find(|(name, _)| *name == "etag").map(|(_, value)| value.clone());
            let held =
                tag.is_some_and(|tag| request.to_lowercase().contains(&format!("if-none-match: {tag}")));
            let (status, body) = if held { (304, &[][..]) } else { (*status, body.as_slice()) };
            let mut lines = vec![format!("HTTP/1.1 {status} X")];
            lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
            if status != 304 {
                lines.push(format!("content-length: {}", body.len()));
            }
            let start = lines.join("\r\n") + "\r\n\r\n";
            stream.write_all(start.as_bytes()).and_then(|()| stream.write_all(body)).is_ok()
        }
        Reply::Drip => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n<html>");
            while !over.load(Ordering::Relaxed) && stream.write_all(b" ").is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
            false
        }
        Reply::Hang | Reply::Bytes(_) => false,
    }
}
