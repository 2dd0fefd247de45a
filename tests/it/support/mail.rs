//! A mail server that takes everything, or refuses what it is told to.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// It ends with the test's runtime.
pub struct MailServer {
    port: u16,
    received: Arc<Mutex<Vec<String>>>,
    refusals: Arc<AtomicUsize>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, received: Arc::default(), refusals: Arc::default() };
        let (received, refusals) = (Arc::clone(&server.received), Arc::clone(&server.refusals));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A caller that hangs up midway ends its conversation alone.
                let _ = converse(stream, &received, &refusals).await;
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The next recipients are refused.
    pub fn refuse_next(&self, count: usize) {
        self.refusals.store(count, Ordering::SeqCst);
    }

    /// Everything that was taken, with its headers.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().expect("the messages").clone()
    }
}

async fn converse(stream: TcpStream, received: &Mutex<Vec<String>>, refusals: &AtomicUsize) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let mut message: Option<String> = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer = match (&mut message, line.get(..4).unwrap_or(&line)) {
            (Some(text), _) if line == ".\r\n" => {
                received.lock().expect("the messages").push(std::mem::take(text));
                message = None;
                "250 taken\r\n"
            }
            (Some(text), _) => {
                text.push_str(&line);
                continue;
            }
            (None, "RCPT")
                if refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() =>
            {
                "451 try again later\r\n"
            }
            (None, "DATA") => {
                message = Some(String::new());
                "354 go on\r\n"
            }
            (None, "QUIT") => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 yes\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}
