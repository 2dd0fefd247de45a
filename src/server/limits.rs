//! How often callers may ask. Counts live in memory, per address or per user; failed sign-ins live in the database.

use crate::app::error::AppError;
use chrono::Duration;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

/// All limits with numbers, in one place.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Failed sign-ins of one account.
    pub account_failures: FailureLimit,
    /// Failed sign-ins from one address.
    pub address_failures: FailureLimit,
    /// Registrations from one address.
    pub registrations_per_hour: u32,
    /// Photos that one user has marked from, or that one student had looked at before storing them.
    pub marks_per_minute: u32,
    /// Everything else of one user, or of one address that sends no token.
    pub requests_per_minute: u32,
}

/// After how many failures the next try has to wait, and how long.
#[derive(Clone, Copy, Debug)]
pub struct FailureLimit {
    pub failures_max: i32,
    /// Failures further apart than this are not added up.
    pub window: Duration,
    /// The first wait; each further failure doubles it.
    pub wait_first: Duration,
    pub wait_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            account_failures: FailureLimit {
                failures_max: 5,
                window: Duration::minutes(15),
                wait_first: Duration::minutes(1),
                wait_max: Duration::minutes(15),
            },
            // A school has one address for everybody: its waits stay short.
            address_failures: FailureLimit {
                failures_max: 30,
                window: Duration::minutes(5),
                wait_first: Duration::minutes(1),
                wait_max: Duration::minutes(5),
            },
            registrations_per_hour: 10,
            marks_per_minute: 120,
            requests_per_minute: 6_000,
        }
    }
}

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    User(i64),
    Address(IpAddr),
}

impl Principal {
    /// One caller's address. A home has a whole /64 of IPv6 addresses, which count as one.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
            other => other,
        })
    }
}

/// What a request is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    Register,
    Mark,
    Other,
}

/// The counts of this process.
#[derive(Clone)]
pub struct RateLimits(Arc<Counts>);

struct Counts {
    limits: Limits,
    register: DefaultKeyedRateLimiter<Principal>,
    mark: DefaultKeyedRateLimiter<Principal>,
    other: DefaultKeyedRateLimiter<Principal>,
}

impl RateLimits {
    pub fn new(limits: Limits) -> Self {
        let some = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self(Arc::new(Counts {
            register: RateLimiter::keyed(Quota::per_hour(some(limits.registrations_per_hour))),
            mark: RateLimiter::keyed(Quota::per_minute(some(limits.marks_per_minute))),
            other: RateLimiter::keyed(Quota::per_minute(some(limits.requests_per_minute))),
            limits,
        }))
    }

    /// The numbers.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Counts one request.
    ///
    /// # Errors
    /// [`AppError::TooManyRequests`] when the budget is spent.
    pub fn spend(&self, budget: Budget, principal: &Principal) -> Result<(), AppError> {
        let limiter = match budget {
            Budget::Register => &self.0.register,
            Budget::Mark => &self.0.mark,
            Budget::Other => &self.0.other,
        };
        limiter.check_key(principal).map_err(|not_yet| {
            let wait = not_yet.wait_time_from(DefaultClock::default().now());
            AppError::TooManyRequests { retry_after_s: wait.as_secs() + 1 }
        })
    }

    /// Forgets callers whose budgets are full again.
    pub fn shed(&self) {
        for limiter in [&self.0.register, &self.0.mark, &self.0.other] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    /// How many callers are remembered.
    pub fn remembered(&self) -> usize {
        [&self.0.register, &self.0.mark, &self.0.other].into_iter().map(|limiter| limiter.len()).sum()
    }
}

impl Default for RateLimits {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}
