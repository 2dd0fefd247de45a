//! Pages of lists, with absolute links to their neighbours.

use super::envelope::{ApiError, ApiResult};
use crate::app::error::AppError;
use crate::app::types::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, Page};
use crate::server::hosts;
use crate::server::state::AppState;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Paged<T: ToSchema> {
    /// Rows in the whole list, under the filter.
    pub count: u64,
    /// Address of the next page; null at the end.
    pub next: Option<String>,
    /// Address of the page before; null at the start.
    pub previous: Option<String>,
    pub results: Vec<T>,
}

/// The asked page and its size, within bounds.
///
/// # Errors
/// Field errors for a page or a size of 0. A size above the maximum is cut.
pub fn bounds(page: Option<u64>, page_size: Option<u64>) -> Result<(u64, u64), AppError> {
    let (page, page_size) = (page.unwrap_or(1), page_size.unwrap_or(PAGE_SIZE_DEFAULT));
    if page == 0 {
        return Err(AppError::OutOfRange { field: "page".into(), range: "1 and above".into() });
    }
    // The document says `int64`, and what lies above is no such number.
    if page_size == 0 || i64::try_from(page_size).is_err() {
        return Err(AppError::OutOfRange { field: "page_size".into(), range: format!("1 to {PAGE_SIZE_MAX}") });
    }
    Ok((page, Ord::min(page_size, PAGE_SIZE_MAX)))
}

/// Where this request came in: its address as callers see it.
pub struct Links {
    site: String,
    path: String,
    /// Everything asked for but the page.
    query: Vec<(String, String)>,
}

impl FromRequestParts<AppState> for Links {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let site = hosts::site_of(&state.ctx.config, &parts.headers);
        let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let query = query.filter(|(name, _)| name != "page").map(|(name, value)| (name.into(), value.into())).collect();
        Ok(Self { site, path: uri.path().to_owned(), query })
    }
}

impl Links {
    /// The page as the API sends it.
    ///
    /// # Errors
    /// [`AppError::NoSuchPage`] beyond the last page.
    pub fn page<T, U: ToSchema>(&self, page: Page<T>, row: impl FnMut(T) -> U) -> ApiResult<Paged<U>> {
        if page.page > page.last() {
            return Err(AppError::NoSuchPage.into());
        }
        Ok(Paged {
            count: page.count,
            next: (page.page < page.last()).then(|| self.address(page.page + 1)),
            previous: (page.page > 1).then(|| self.address(page.page - 1)),
            results: page.results.into_iter().map(row).collect(),
        })
    }

    fn address(&self, page: u64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("page", &page.to_string()).extend_pairs(&self.query);
        format!("{}{}?{}", self.site, self.path, query.finish())
    }
}
