//! What the database said last, for as long as it says the same.

use super::write::writes;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Longest age of an answer. What this process writes is seen at once; this is for writes of other programs.
const AGE_MAX: Duration = Duration::from_secs(1);

/// An answer that is costly to get and asked for often: read again after every write of this process.
///
/// Its clones share the answer. Many who ask at once wait for one reading.
#[derive(Clone)]
pub struct Cached<T>(Arc<Mutex<Option<Answer<T>>>>);

struct Answer<T> {
    value: Arc<T>,
    /// Writes that had been committed before the reading began.
    writes: u64,
    read_at: Instant,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Cached<T> {
    /// The last answer, or what `read` answers now.
    ///
    /// # Errors
    /// Those of `read`; nothing is kept then.
    pub async fn get<E>(&self, read: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E> {
        let mut last = self.0.lock().await;
        let writes = writes();
        if let Some(answer) = &*last
            && answer.writes == writes
            && answer.read_at.elapsed() < AGE_MAX
        {
            return Ok(answer.value.clone());
        }
        let read_at = Instant::now();
        let value = Arc::new(read.await?);
        *last = Some(Answer { value: value.clone(), writes, read_at });
        Ok(value)
    }
}
