//! Connections that cost much and ask little, and a server that is told to stop.

use crate::support::TestApp;
use rollcall::app::types::Role;
use rollcall::server::serve::connections::Bounds;
use rollcall::server::serve::serve;
use rollcall::server::stop::Stop;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Longest wait for what has to happen; what must not happen is never waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Short times, so that tests need not wait for minutes.
const SHORT: Bounds = Bounds {
    connections_max: 8,
    reserve: 2,
    head: Duration::from_millis(300),
    idle: Duration::from_millis(600),
    blocked: Duration::from_secs(5),
};

/// A server on a port of its own.
struct Served {
    address: SocketAddr,
    stop: Stop,
    serving: JoinHandle<()>,
}

impl Served {
    async fn start(app: &TestApp, bounds: Bounds) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (router, stop) = (app.anonymous().router(), app.ctx.stop.clone());
        let told = stop.clone();
        let serving = tokio::spawn(async move { serve(listener, router, &told, bounds).await });
        Self { address, stop, serving }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// A connection with a part of a request's head.
    async fn half_asked(&self) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(b"GET /livez HTTP/1.1\r\nHost: here\r\nX-Slow: ").await.expect("written");
        stream
    }

    /// Sends these bytes and reads all that comes until the server closes.
    async fn ask(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.expect("written");
        read_all(&mut stream).await
    }

    async fn get(&self, path: &str) -> String {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n").as_bytes()).await
    }
}

/// All that comes until the other side closes, in time.
async fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    read.expect("the server closes in time").expect("no reset");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads until this text was seen.
async fn read_until(stream: &mut TcpStream, text: &str) {
    let mut seen = String::new();
    let mut buffer = [0_u8; 1024];
    while !seen.contains(text) {
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut buffer)).await;
        let count = read.expect("in time").expect("no reset");
        assert!(count > 0, "closed before {text}: {seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_sent_requests_end_and_others_are_answered_meanwhile() {
    let app = TestApp::start().await;
    let served = Served::start(&app, Bounds { connections_max: 64, ..SHORT }).await;
    let mut slow = Vec::new();
    for _ in 0..40 {
        slow.push(served.half_asked().await);
    }
    assert!(served.get("/livez").await.starts_with("HTTP/1.1 200"));
    for stream in &mut slow {
        assert_eq!(read_all(stream).await, "", "closed without an answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_asks_nothing_ends() {
    let app = TestApp::start().await;
    let served = Served::start(&app, SHORT).await;
    assert_eq!(read_all(&mut served.connect().await).await, "", "one that never asked");
    let mut stream = served.connect().await;
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: here\r\n\r\n").await.expect("written");
    let kept = read_all(&mut stream).await;
    assert!(kept.starts_with("HTTP/1.1 200") && kept.ends_with("ok\n"), "kept for the next, then closed: {kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_finds_room_among_those_who_only_wait() {
    let app = TestApp::start().await;
    let patient = Bounds { head: Duration::from_secs(3600), idle: Duration::from_secs(3600), ..SHORT };
    let served = Served::start(&app, patient).await;
    let mut slow = Vec::new();
    for round in 0..20 {
        slow.push(served.half_asked().await);
        let answer = served.get("/livez").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "with {round} who wait: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn probes_are_answered_when_all_places_are_taken() {
    let (app, session) = open_register().await;
    let cookie = app.browser("teacher").await.cookie().expect("a cookie").to_owned();
    let served = Served::start(&app, Bounds { connections_max: 2, ..SHORT }).await;
    let mut pages = [served.connect().await, served.connect().await];
    for page in &mut pages {
        listen(page, session, &cookie).await;
    }
    let refused = served.get("/login").await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after"), "{refused}");
    assert!(served.get("/readyz").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_early_gets_the_answer_and_no_reset() {
    let app = TestApp::start().await;
    let served = Served::start(&app, SHORT).await;
    let body = vec![b'x'; 4 * 1024 * 1024];
    for (path, kind, status) in [
        ("/api/departments/", "application/json", "413"),
        ("/api/students/register/", "multipart/form-data; boundary=b", "401"),
        ("/fn/save_department", "application/x-www-form-urlencoded", "413"),
        ("/nowhere", "multipart/form-data; boundary=b", "403"),
    ] {
        for _ in 0..10 {
            let length = body.len();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
                 Connection: close\r\n\r\n"
            );
            let answer = served.ask(&[head.as_bytes(), &body].concat()).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_the_protocol_are_in_our_words() {
    let app = TestApp::start().await;
    let served = Served::start(&app, SHORT).await;
    let long = "x".repeat(900 * 1024);
    let many: String = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect();
    for (request, status, code) in [
        (format!("GET / HTTP/1.1\r\nHost: here\r\nX-Long: {long}\r\n\r\n"), "431", "request_header_fields_too_large"),
        (format!("GET / HTTP/1.1\r\nHost: here\r\n{many}\r\n"), "431", "request_header_fields_too_large"),
        ("this is no request\r\n\r\n".to_owned(), "400", "validation_error"),
    ] {
        let answer = served.ask(request.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert!(answer.contains("x-content-type-options: nosniff\r\n"), "{answer}");
        assert!(answer.contains(&format!("\"error\":\"{code}\"")), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_refusals_go_out_as_they_are_and_the_connection_goes_on() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let token = app.api("boss").await.token().expect("a token").to_owned();
    let served = Served::start(&app, SHORT).await;
    let mut stream = served.connect().await;
    for _ in 0..20 {
        let head = format!(
            "POST /api/departments/ HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: 8\r\n\r\nno json!"
        );
        stream.write_all(head.as_bytes()).await.expect("written");
        read_until(&mut stream, "The body is not valid JSON.").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_while_a_register_page_is_open() {
    let (app, session) = open_register().await;
    let cookie = app.browser("teacher").await.cookie().expect("a cookie").to_owned();
    let served = Served::start(&app, Bounds::default()).await;
    let mut page = served.connect().await;
    listen(&mut page, session, &cookie).await;
    served.stop.tell();
    read_all(&mut page).await;
    tokio::time::timeout(PATIENCE, served.serving).await.expect("it stops in time").expect("without a panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_answered_is_answered_before_it_stops() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let token = app.api("boss").await.token().expect("a token").to_owned();
    let served = Served::start(&app, Bounds::default()).await;
    let body = r#"{"name":"Computing","code":"CS","description":""}"#;
    let head = format!(
        "POST /api/departments/ HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = served.connect().await;
    stream.write_all(&[head.as_bytes(), &body.as_bytes()[..10]].concat()).await.expect("written");
    // The server has the request once it has answered another connection that came later.
    served.get("/livez").await;
    served.stop.tell();
    stream.write_all(&body.as_bytes()[10..]).await.expect("written");
    let answer = read_all(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    tokio::time::timeout(PATIENCE, served.serving).await.expect("it stops in time").expect("without a panic");
    assert_eq!(app.api("boss").await.get("/api/departments/").await.json()["count"], 1);
}

/// A school with a session that runs.
async fn open_register() -> (TestApp, i64) {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await.id;
    (app, session.0)
}

/// Opens the live line of a register, as its page does, and waits until it stands.
async fn listen(stream: &mut TcpStream, session: i64, cookie: &str) {
    let request = format!("GET /sessions/{session}/events HTTP/1.1\r\nHost: here\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    read_until(stream, "text/event-stream").await;
}
