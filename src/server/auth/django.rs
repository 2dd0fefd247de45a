//! Password hashes as Django writes them: `pbkdf2_sha256$320000$salt$base64`. They are read, never written.

use crate::server::secrets::same;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use pbkdf2::pbkdf2_hmac_array;
use pbkdf2::sha2::Sha256;

/// Most iterations that are computed: a row that asks for more would keep a core busy for seconds.
const ITERATIONS_MAX: u32 = 2_000_000;
/// Bytes of the derived key.
const KEY_BYTES: usize = 32;

/// A hash of this kind, taken apart.
pub struct DjangoHash<'a> {
    iterations: u32,
    salt: &'a str,
    key: Vec<u8>,
}

impl<'a> DjangoHash<'a> {
    /// Takes a stored hash apart; nothing for other kinds, broken ones, and too many iterations.
    pub fn parse(stored: &'a str) -> Option<Self> {
        let mut parts = stored.strip_prefix("pbkdf2_sha256$")?.split('$');
        let (iterations, salt, key) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
        let key = BASE64_STANDARD.decode(key).ok()?;
        let whole = parts.next().is_none() && key.len() == KEY_BYTES && !salt.is_empty();
        (whole && (1..=ITERATIONS_MAX).contains(&iterations)).then_some(Self { iterations, salt, key })
    }

    /// Whether the password fits. Takes about 100 ms.
    pub fn fits(&self, password: &str) -> bool {
        let key = pbkdf2_hmac_array::<Sha256, KEY_BYTES>(password.as_bytes(), self.salt.as_bytes(), self.iterations);
        same(&key, &self.key)
    }
}
