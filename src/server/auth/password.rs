//! Password hashing: Argon2id, on blocking threads, behind a bound.

use super::django::DjangoHash;
use crate::app::error::AppError;
use crate::server::error::Result;
use anyhow::anyhow;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// 19 MiB, two passes, one lane: the OWASP minimum, 35 ms on two cores.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Stands in place of the hash of an account that nobody can sign in with any more: no password fits it.
pub const UNUSABLE: &str = "!";
/// Longest wait for a free place before the caller is told to come back.
const WAIT_MAX: Duration = Duration::from_secs(2);
/// Longest queue: 64 waiting hashes take about a second on two cores.
const QUEUE_MAX: usize = 64;

/// Verified against when the user is unknown, so that the answer takes as long.
static DUMMY: LazyLock<String> = LazyLock::new(|| {
    argon2()
        .and_then(|argon2| Ok(argon2.hash_password(&crate::server::secrets::random_bytes::<16>())?.to_string()))
        .unwrap_or_default()
});

/// Hashes and verifies without blocking the runtime or taking all memory.
#[derive(Clone)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hasher {
    /// As many hashes at once as there are cores, at most four.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        Self { permits: Arc::new(Semaphore::new(cores)), queue: Arc::new(Semaphore::new(QUEUE_MAX)) }
    }
}

impl Hasher {
    /// A PHC string for storage.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many hashes wait.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.run(move || {
            Ok(argon2()?.hash_password(password.as_bytes()).map_err(|error| anyhow!("{error}"))?.to_string())
        })
        .await
    }

    /// Whether the password fits, for hashes of ours and of Django's; without a stored hash a dummy is verified, for
    /// equal time.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many hashes wait.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let password = password.to_owned();
        let stored = stored.map(str::to_owned);
        self.run(move || {
            if let Some(django) = stored.as_deref().and_then(DjangoHash::parse) {
                return Ok(django.fits(&password));
            }
            let known = stored.as_deref().and_then(|stored| PasswordHash::new(stored).ok());
            // A stored text that is no hash of ours fits nothing, in the same time.
            match known {
                Some(parsed) => Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok()),
                None => {
                    let dummy = PasswordHash::new(&DUMMY).map_err(|error| anyhow!("{error}"))?;
                    let _ = argon2()?.verify_password(password.as_bytes(), &dummy);
                    Ok(false)
                }
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
        let busy = || AppError::Busy { retry_after_s: 2 };
        let _place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let permit = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|error| anyhow!(error))?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        Ok(done.await.map_err(|error| anyhow!(error))??)
    }
}

/// Whether a stored hash is of another kind or strength than new ones; a sign-in is the chance to renew it.
pub fn is_outdated(stored: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(stored) else { return true };
    let strength = Params::try_from(&parsed).map(|params| (params.m_cost(), params.t_cost(), params.p_cost()));
    parsed.algorithm.as_str() != "argon2id"
        || parsed.version != Some(Version::V0x13.into())
        || strength.ok() != Some((MEMORY_KIB, PASSES, LANES))
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("{error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
