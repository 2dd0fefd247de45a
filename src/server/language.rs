//! Which language a reader reads: the one they chose, else the first that their browser asks for and there is.

use super::auth::actor::Actor;
use super::door::{self, MaybeActor};
use super::state::Ctx;
use crate::app::words::Locale;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Name of the cookie that keeps the choice for people who are not signed in.
const COOKIE: &str = "language";

/// How long the cookie is kept, seconds: a year.
const COOKIE_S: u32 = 365 * 24 * 60 * 60;

/// The language to answer in: of the account, else of this browser's cookie, else of its settings, else English.
pub fn of(headers: &HeaderMap, chosen: Option<Locale>) -> Locale {
    chosen.or_else(|| in_cookie(headers)).or_else(|| accepted(headers)).unwrap_or_default()
}

/// The same for the request that is being answered.
pub fn of_request() -> Locale {
    use_context::<Parts>()
        .map(|parts| of(&parts.headers, actor_of(&parts).and_then(|actor| actor.language)))
        .unwrap_or_default()
}

fn actor_of(parts: &Parts) -> Option<&Actor> {
    parts.extensions.get::<MaybeActor>().and_then(|MaybeActor(actor)| actor.as_ref())
}

fn in_cookie(headers: &HeaderMap) -> Option<Locale> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| name.trim() == COOKIE).and_then(|(_, tag)| Locale::from_tag(tag))
}

fn accepted(headers: &HeaderMap) -> Option<Locale> {
    Locale::from_accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

/// Answers a request in the reader's language, where neither a page nor a server function does: files to take away.
pub async fn speak(request: Request, next: Next) -> Response {
    let actor = request.extensions().get::<MaybeActor>().and_then(|MaybeActor(actor)| actor.as_ref());
    let locale = of(request.headers(), actor.and_then(|actor| actor.language));
    locale.within(next.run(request)).await
}

/// Has this browser keep the choice, also for the pages before signing in.
pub fn keep_in_browser(ctx: &Ctx, locale: Locale) {
    let secure = if ctx.config.is_https() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Max-Age={COOKIE_S}; Path=/; SameSite=Lax; HttpOnly{secure}", locale.tag());
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// The page that a form was posted from, or the first one.
pub fn page_before() -> String {
    let parts = use_context::<Parts>();
    let referer = parts.as_ref().and_then(|parts| parts.headers.get(header::REFERER)?.to_str().ok());
    referer.and_then(path_of).unwrap_or_else(|| "/".to_owned())
}

/// The local part of an address, without what a refused form left in it: that was told in the language before.
fn path_of(address: &str) -> Option<String> {
    let address: Uri = address.parse().ok()?;
    let is_kept = |pair: &&str| !pair.starts_with("__err=") && !pair.starts_with("__path=");
    let query = address.query().unwrap_or_default().split('&').filter(is_kept).collect::<Vec<_>>().join("&");
    let path = if query.is_empty() { address.path().to_owned() } else { format!("{}?{query}", address.path()) };
    door::local_path(Some(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn account_stands_before_cookie_and_cookie_before_header() {
        let accepts = ("accept-language", "ar-EG,ar;q=0.9,en;q=0.5");
        assert_eq!(of(&headers(&[]), None), Locale::English);
        assert_eq!(of(&headers(&[accepts]), None), Locale::Arabic);
        let both = headers(&[accepts, ("cookie", "rollcall=x; language=en")]);
        assert_eq!(of(&both, None), Locale::English);
        assert_eq!(of(&both, Some(Locale::Arabic)), Locale::Arabic);
        assert_eq!(of(&headers(&[accepts, ("cookie", "language=klingon")]), None), Locale::Arabic);
    }

    #[test]
    fn page_before_is_one_of_this_site() {
        for (address, path) in [
            ("http://localhost/today", Some("/today")),
            ("https://other.example/students?page=2", Some("/students?page=2")),
            ("http://localhost/login?next=%2Fme&__path=%2Ffn%2Fsign_in&__err=AAA", Some("/login?next=%2Fme")),
            ("http://localhost", Some("/")),
            ("http://localhost//evil.example/", None),
            ("no address", None),
        ] {
            assert_eq!(path_of(address).as_deref(), path, "{address}");
        }
    }
}
