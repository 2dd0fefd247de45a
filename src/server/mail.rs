//! Sends messages through the institution's mail server.

use super::config::Config;
use anyhow::{Context, Result};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;

/// Longest wait for the mail server.
const SMTP_WAIT_MAX: Duration = Duration::from_secs(30);

/// A way to the mail server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// The mail server of the settings; nothing without `SMTP_URL`. Nothing is connected yet.
    ///
    /// # Errors
    /// An address of the server or of the sender that cannot be read, or a missing sender.
    pub fn from_config(config: &Config) -> Result<Option<Self>> {
        let Some(url) = config.smtp_url.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        let from = config.mail_from.as_deref().context("SMTP_URL needs MAIL_FROM, the sender of the messages")?;
        let from = from.parse().with_context(|| format!("MAIL_FROM={from} is not an email address"))?;
        // The address holds a password: the reason is told without it.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("SMTP_URL is not an address such as smtps://user:password@mail.example.edu")?
            .timeout(Some(SMTP_WAIT_MAX))
            .build();
        Ok(Some(Self { transport, from }))
    }

    /// Hands one plain-text message to the mail server.
    ///
    /// # Errors
    /// When the message cannot be written, or the server does not take it.
    pub async fn send(&self, recipient: &str, subject: &str, body: String) -> Result<()> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(recipient.parse().context("the recipient's address")?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .context("writing the message")?;
        self.transport.send(message).await.context("the mail server refused it")?;
        Ok(())
    }
}
