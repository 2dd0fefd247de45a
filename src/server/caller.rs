//! Where a request comes from, and whether its sender asks too often.

use super::api::envelope;
use super::auth::tokens::{self, TokenType};
use super::domain::sightings;
use super::door::MaybeActor;
use super::limits::{Budget, Principal};
use super::state::Ctx;
use crate::app::types::UserId;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

tokio::task_local! {
    static CALLER: Principal;
    static ADDRESS: IpAddr;
}

/// Where the running request comes from; nothing outside of requests.
pub fn address() -> Option<IpAddr> {
    ADDRESS.try_with(|address| *address).ok().filter(|address| !address.is_unspecified())
}

/// Whose request is running; nobody's outside of requests.
pub fn current() -> Option<Principal> {
    CALLER.try_with(Clone::clone).ok()
}

/// Runs something of the running request elsewhere, for the same caller.
pub async fn for_same_caller<F: Future>(work: F, caller: Option<Principal>) -> F::Output {
    match caller {
        Some(caller) => CALLER.scope(caller, work).await,
        None => work.await,
    }
}

/// The caller's address, put into each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Finds the caller's address: the peer, or who the trusted proxies in front say it is.
pub async fn find_address(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let address = client_address(peer, request.headers(), &ctx.config.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(address));
    ADDRESS.scope(address, next.run(request)).await
}

/// The last hop that is no trusted proxy. Hops further left were written by whoever it is and prove nothing.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        if !is_trusted(&client) {
            break;
        }
        let Some(address) = hop_address(hop.trim()) else { break };
        client = address.to_canonical();
    }
    client
}

/// An address with or without a port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Refuses callers of `/api`, of the marking page and of a student's camera that ask too often, and says to all that
/// follows who the caller is.
pub async fn limit_rate(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let principal = principal(&ctx, &request);
    let path = request.uri().path().trim_end_matches('/');
    let budget = match path {
        "/api/attendance/mark" | "/fn/mark_photo" | "/fn/check_my_photo" => Some(Budget::Mark),
        "/api/auth/register" if *request.method() == Method::POST && matches!(principal, Principal::Address(_)) => {
            Some(Budget::Register)
        }
        _ => (path == "/api" || path.starts_with("/api/")).then_some(Budget::Other),
    };
    match budget.map(|budget| ctx.limits.spend(budget, &principal)) {
        Some(Err(refused)) => envelope::failure(refused),
        _ => {
            let asked = format!("{} {}", request.method(), request.uri().path());
            let response = CALLER.scope(principal.clone(), next.run(request)).await;
            if let (StatusCode::FORBIDDEN, Principal::User(id)) = (response.status(), principal) {
                sightings::note_refusal(&ctx, UserId(id), &asked).await;
            }
            response
        }
    }
}

/// The user of a token that we signed or of the cookie, else the address. Whether the token still counts is asked
/// later, of the database; here it only says whose requests these are.
fn principal(ctx: &Ctx, request: &Request) -> Principal {
    let token = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(tokens::bearer_token);
    let claims = token.and_then(|token| ctx.token_key.verify(token, TokenType::Access, ctx.clock.now()).ok());
    if let Some(claims) = claims {
        return Principal::User(claims.user_id);
    }
    if let Some(MaybeActor(Some(actor))) = request.extensions().get::<MaybeActor>() {
        return Principal::User(actor.user_id.0);
    }
    let address = request.extensions().get::<ClientAddress>().map(|ClientAddress(address)| *address);
    Principal::address(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}
