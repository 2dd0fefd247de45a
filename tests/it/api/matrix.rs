//! Who may do what: every operation of the REST API, as everybody, on their own things and on those of others.

mod rows;
mod world;

use super::document::operations;
use rows::{ROWS, Row};
use serde_json::Value;
use std::collections::BTreeSet;
use world::{CALLERS, World};

#[test]
fn every_operation_has_a_row() {
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.operation.to_owned()).collect();
    let routes: BTreeSet<String> = operations().iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    assert_eq!(routes.difference(&rows).collect::<Vec<_>>(), Vec::<&String>::new(), "operations without a row");
    assert_eq!(rows.difference(&routes).collect::<Vec<_>>(), Vec::<&String>::new(), "rows without an operation");
}

#[tokio::test]
async fn everybody_gets_the_expected_answer_and_no_other_field() {
    let world = World::create().await;
    let document = serde_json::to_value(rollcall::server::api::document()).expect("a document");
    let mut faults = Vec::new();
    for row in ROWS {
        for (at, caller) in CALLERS.into_iter().enumerate() {
            let answer = world.ask(row, caller).await;
            let expected = row.expected[at];
            if answer.status != expected {
                faults.push(format!(
                    "{}{} as {caller:?}: {} instead of {expected}: {}",
                    row.operation,
                    row.state(),
                    answer.status,
                    answer.text()
                ));
                continue;
            }
            if answer.header("content-type") == Some("application/json") {
                let body = answer.json();
                let unexpected = undocumented(&document, row, answer.status, &body);
                if !unexpected.is_empty() {
                    faults.push(format!(
                        "{} as {caller:?}: fields {unexpected:?} are not in the document",
                        row.operation
                    ));
                }
                if caller.is_student() && body.to_string().contains("\"confidence\":0.") {
                    faults.push(format!("{} tells a student a confidence", row.operation));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Fields of an answer that its schema does not name.
fn undocumented(document: &Value, row: &Row, status: u16, body: &Value) -> Vec<String> {
    let (method, path) = row.operation.split_once(' ').expect("a method and an address");
    let operation = &document["paths"][path][method.to_lowercase()];
    let schema = &operation["responses"][status.to_string()]["content"]["application/json"]["schema"];
    let mut found = Vec::new();
    compare(document, schema, body, "", &mut found);
    found
}

fn compare(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolve(document, schema);
    let choices = ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten();
    let choices: Vec<&Value> = choices.map(|choice| resolve(document, choice)).collect();
    match value {
        Value::Object(fields) => {
            let parts: Vec<&Value> = std::iter::once(schema).chain(choices).collect();
            let open = parts.iter().any(|part| {
                part["properties"].is_null() && part["type"] == "object" || !part["additionalProperties"].is_null()
            });
            if open {
                return;
            }
            for (name, inner) in fields {
                match parts.iter().find_map(|part| part["properties"].get(name)) {
                    Some(known) => compare(document, known, inner, &format!("{at}.{name}"), found),
                    None => found.push(format!("{at}.{name}")),
                }
            }
        }
        Value::Array(items) => {
            let inner = std::iter::once(schema).chain(choices).find(|part| part["items"].is_object());
            for item in items.iter().take(3) {
                compare(document, inner.map_or(&Value::Null, |part| &part["items"]), item, &format!("{at}[]"), found);
            }
        }
        _ => {}
    }
}

fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let name = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/components/schemas/"));
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}
