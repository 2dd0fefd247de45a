//! Messages to people, as admins see them. Times are those of the institution's wall.

use super::UserId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageState {
    Waiting,
    Sent,
    /// Given up: expired, or refused too often.
    Failed,
}

impl MessageState {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Failed];

    /// The word of the database and of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

impl FromStr for MessageState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// Which messages, which page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFilter {
    pub state: Option<MessageState>,
    /// Part of the recipient's address or of the subject.
    #[serde(default)]
    pub search: String,
    /// From 1; 0 is 1.
    #[serde(default)]
    pub page: u64,
    /// 0 is the usual size.
    #[serde(default)]
    pub page_size: u64,
}

/// One message in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub state: MessageState,
    /// Tries that failed.
    pub attempts: i32,
    pub written: NaiveDateTime,
    pub sent: Option<NaiveDateTime>,
}

/// One message with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageCard {
    pub row: MessageRow,
    /// Plain text; once the message is gone, without the secret of its link.
    pub body: String,
    /// The address in the text, while its link counts.
    pub link: Option<String>,
    /// Until when the link counts, or counted.
    pub expires: Option<NaiveDateTime>,
    /// Why the last try failed; empty when none did.
    pub last_error: String,
    /// When it is tried again, while messages are sent at all.
    pub next_try: Option<NaiveDateTime>,
    /// Why it cannot be tried again.
    pub stays_because: Option<String>,
    /// The account with the recipient's address.
    pub user: Option<UserId>,
    pub sends_mail: bool,
}
