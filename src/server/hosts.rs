//! By which names this server may be called.
//!
//! A request says in `Host` what its sender called us. Whoever builds a link from that, or a page that trusts it, is led
//! by whoever sent the request.

use super::api::envelope;
use super::config::Config;
use super::state::Ctx;
use crate::app::error::AppError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use url::Url;

/// Addresses of probes, which know this machine by its number alone.
const PROBES: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Refuses requests for another site, where the settings say which one this is.
pub async fn refuse_foreign(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let own = ctx.config.public_url.as_deref().and_then(|url| Url::parse(url).ok());
    let host = named(&request);
    let is_probe = PROBES.contains(&request.uri().path());
    match (own, host) {
        (Some(own), Some(host)) if !is_probe && !is_own(&own, &host) => envelope::failure(AppError::Malformed(
            "This server answers under its public address alone (PUBLIC_URL).".to_owned(),
        )),
        _ => next.run(request).await,
    }
}

/// Under which address a request's sender may be sent links: the setting's; else the one they used, where nobody else
/// can have chosen it for them: a number, or a name that leads nowhere but into this network.
pub fn site_of(config: &Config, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    match (&config.public_url, host.filter(|host| is_local(host))) {
        (Some(_), _) | (None, None) => config.site_url(),
        (None, Some(host)) => format!("http://{host}"),
    }
}

fn named(request: &Request) -> Option<String> {
    let header = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).map(str::to_owned);
    header.or_else(|| request.uri().authority().map(ToString::to_string))
}

/// The public address, or this machine's own door: a proxy may keep either.
fn is_own(own: &Url, host: &str) -> bool {
    let Some((name, port)) = split(host) else { return false };
    let is_same = own.host_str().is_some_and(|own| own.eq_ignore_ascii_case(&name));
    let is_loopback = name == "localhost" || address(&name).is_some_and(|address| address.is_loopback());
    is_loopback || is_same && port.is_none_or(|port| own.port_or_known_default() == Some(port))
}

/// Whether a name can only mean something within this network.
fn is_local(host: &str) -> bool {
    let Some((name, _)) = split(host) else { return false };
    name == "localhost" || address(&name).is_some() || name.ends_with(".local") || !name.contains('.')
}

/// Name in small letters, and port; nothing for what is neither.
fn split(host: &str) -> Option<(String, Option<u16>)> {
    let url = Url::parse(&format!("http://{host}/")).ok()?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !is_bare || !url.username().is_empty() || url.password().is_some() || host.contains('/') {
        return None;
    }
    let port = host.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    Some((url.host_str()?.to_owned(), port))
}

fn address(name: &str) -> Option<IpAddr> {
    name.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_address_and_this_machine_are_own() {
        let own = Url::parse("https://roll.example.edu").expect("an address");
        for host in ["roll.example.edu", "ROLL.example.edu:443", "localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(is_own(&own, host), "{host}");
        }
        for host in ["evil.example", "roll.example.edu.evil.example", "roll.example.edu:8443", "192.168.1.5", "", "a b"]
        {
            assert!(!is_own(&own, host), "{host}");
        }
    }

    #[test]
    fn links_are_built_from_addresses_that_nobody_else_chose() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::for_folder(folder.path());
        let site = |host: &str| {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().expect("a header"))]);
            site_of(&config, &headers)
        };
        for host in ["192.168.1.5:3000", "localhost:3000", "[fe80::1]:3000", "school.local", "school:3000"] {
            assert_eq!(site(host), format!("http://{host}"));
        }
        for host in ["evil.example", "evil.example:3000", "me@192.168.1.5", "192.168.1.5/a"] {
            assert_eq!(site(host), config.site_url(), "{host}");
        }
    }
}
