//! The OpenAPI document is the router, and the router is the document.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::{Method, Request};
use rollcall::server::api;
use serde_json::{Value, json};

/// One operation of the document: method, address, description.
pub fn operations() -> Vec<(String, String, Value)> {
    let document: Value = serde_json::to_value(api::document()).expect("a document");
    let paths = document["paths"].as_object().expect("paths").clone();
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("methods") {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

/// An address with something in place of its names.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

/// Generators of clients refuse a document whose responses say nothing.
#[test]
fn every_response_says_what_it_is() {
    let document = serde_json::to_value(api::document()).expect("JSON");
    let mut responses = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for operation in operations.as_object().expect("operations").values() {
            for (status, response) in operation["responses"].as_object().expect("responses") {
                let described = response["description"].as_str().is_some_and(|words| !words.is_empty());
                assert!(described || response["$ref"].is_string(), "{path} {status}");
                responses += 1;
            }
        }
    }
    assert!(responses > 100, "the document is read");
}

#[tokio::test]
async fn every_documented_operation_is_routed_with_and_without_the_slash() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    for (method, path, _) in operations() {
        let address = filled(&path);
        for address in [address.as_str(), address.trim_end_matches('/')] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let answer = caller.send(Request::builder().method(method.clone()).uri(address), Body::empty()).await;
            let nowhere = answer.status == 404 && answer.text().contains("There is nothing at this address");
            assert!(!nowhere && answer.status != 405, "{method} {address}: {} {}", answer.status, answer.text());
        }
    }
}

#[tokio::test]
async fn a_method_that_is_not_documented_is_refused_and_those_that_are_get_named() {
    let app = TestApp::start().await;
    let all = operations();
    for (_, path, _) in &all {
        let known: Vec<&str> =
            all.iter().filter(|(_, other, _)| other == path).map(|(method, ..)| method.as_str()).collect();
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter().filter(|method| !known.contains(method)) {
            let request = Request::builder().method(method).uri(filled(path)).header("sec-fetch-site", "same-origin");
            let answer = app.anonymous().send(request, Body::empty()).await;
            assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text());
            let allow = answer.header("allow").unwrap_or_default().to_owned();
            assert!(known.iter().all(|method| allow.contains(method)), "{path}: Allow is {allow}");
            assert_eq!(answer.json()["error"], "method_not_allowed");
        }
    }
}

#[test]
fn every_operation_says_who_may_call_it_and_what_it_answers() {
    let document: Value = serde_json::to_value(api::document()).expect("a document");
    let mut names = Vec::new();
    for (method, path, operation) in operations() {
        let at = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|words| words.contains("Guard: ")), "{at} names no guard");
        assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{at} has no tag");
        let open = operation["summary"].as_str().is_some_and(|words| words.contains("Guard: anyone"));
        // An empty requirement beside others: a token may be sent, and need not be.
        let required = operation["security"].as_array().is_some_and(|ways| ways.iter().all(|way| *way != json!({})));
        assert_eq!(required, !open, "{at}: guard and security scheme do not agree");
        let responses = operation["responses"].as_object().expect("answers");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{at} never succeeds");
        assert!(["400", "401", "404", "429", "500"].iter().all(|status| responses.contains_key(*status)), "{at}");
        names.push(operation["operationId"].as_str().expect("a name").to_owned());
    }
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "operations have names of their own");
    let text = document.to_string();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        assert!(document["components"]["schemas"][name].is_object(), "the schema {name} is missing");
    }
}

#[tokio::test]
async fn the_served_document_is_the_printed_one_and_has_a_reader() {
    let app = TestApp::start().await;
    let served = app.anonymous().get("/api/openapi.json").await;
    assert_eq!(served.status, 200);
    assert_eq!(served.json(), serde_json::to_value(api::document()).expect("a document"));
    let reader = app.anonymous().get("/api/docs/").await;
    assert_eq!(reader.status, 200);
    assert!(!reader.text().contains("https://"), "nothing comes from elsewhere");
}

#[tokio::test]
async fn unknown_addresses_answer_in_json() {
    let app = TestApp::start().await;
    for path in ["/api", "/api/", "/api/nothing/", "/api/students/1/nothing/", "/api/students/../../x"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["error"], "not_found", "{path}");
        assert_eq!(answer.json()["trace_id"].as_str(), answer.header("x-trace-id"), "{path}");
    }
}
