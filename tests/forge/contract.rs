//! GitHub's own description of its API, and whether an exchange keeps to it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

static DESCRIBED: LazyLock<Vec<Operation>> = LazyLock::new(read);

/// What GitHub answers although it does not say so: the repository of a head may be gone.
const UNDESCRIBED: [&str; 1] = [r#"/head/repo: null is not of type "object""#];

/// What can be asked, and how it is answered.
pub(crate) struct Operation {
    method: String,
    path: Vec<String>,
    request: Option<Validator>,
    pub(crate) status: u16,
    answer: Validator,
    /// As GitHub shows it; of a list, one entry.
    pub(crate) example: Value,
}

fn read() -> Vec<Operation> {
    let text = include_str!("openapi/api.github.com.json");
    let all: Value = serde_json::from_str(text).expect("the description is JSON");
    let schema = |own: &Value| {
        let mut whole = own.clone();
        whole["$defs"] = all["$defs"].clone();
        jsonschema::draft202012::new(&whole).expect("the schema is one")
    };
    let operations = all["operations"].as_array().expect("operations");
    let read = operations.iter().map(|operation| {
        let answer = &operation["answer"];
        let example = &answer["example"];
        let text = |key: &str| operation[key].as_str().expect("a text").to_owned();
        Operation {
            method: text("method"),
            path: text("path").split('/').map(str::to_owned).collect(),
            request: operation.get("request").map(schema),
            status: answer["status"]
                .as_u64()
                .and_then(|status| u16::try_from(status).ok())
                .expect("a status"),
            answer: schema(&answer["schema"]),
            example: example.get(0).unwrap_or(example).clone(),
        }
    });
    read.collect()
}

/// The operation of a path, and what stands for its names.
pub(crate) fn operation(
    method: &str,
    path: &str,
) -> Option<(&'static Operation, BTreeMap<&'static str, String>)> {
    DESCRIBED.iter().find_map(|operation| {
        let parts: Vec<&str> = path.split('/').collect();
        if operation.method != method || parts.len() != operation.path.len() {
            return None;
        }
        let mut names = BTreeMap::new();
        for (wanted, part) in operation.path.iter().zip(parts) {
            match wanted.strip_prefix('{') {
                Some(name) => drop(names.insert(name.trim_end_matches('}'), part.to_owned())),
                None if wanted == part => {}
                None => return None,
            }
        }
        Some((operation, names))
    })
}

impl Operation {
    /// What we send that GitHub does not describe.
    pub(crate) fn against_request(&self, body: &Value) -> Vec<String> {
        match &self.request {
            Some(schema) => problems(schema, body),
            None if body.is_null() || *body == json!({}) => Vec::new(),
            None => vec![format!("a body where none is described: {body}")],
        }
    }

    /// What the double answers that GitHub does not describe.
    pub(crate) fn against_answer(&self, status: u16, body: &Value) -> Vec<String> {
        if status == self.status {
            let mut problems = problems(&self.answer, body);
            problems.retain(|problem| !UNDESCRIBED.contains(&problem.as_str()));
            return problems;
        }
        if (400..600).contains(&status) && body["message"].is_string() {
            return Vec::new();
        }
        vec![format!("{status} is not described")]
    }
}

fn problems(schema: &Validator, value: &Value) -> Vec<String> {
    let errors = schema.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_contract_can_be_broken() {
    let (post, names) = operation("POST", "/repos/jia/plans/statuses/0a").expect("it is described");
    assert_eq!(names["sha"], "0a");
    let whole = json!({ "state": "success", "context": "plangate/policies (main)" });
    assert!(post.against_request(&whole).is_empty());
    assert_eq!(post.against_request(&json!({ "state": "green" })).len(), 1);
    assert_eq!(post.against_request(&json!({})).len(), 1);
    assert!(!post.against_answer(201, &json!({})).is_empty());
    assert!(post.against_answer(201, &post.example).is_empty());
    assert!(!post.against_answer(200, &post.example).is_empty());
    assert!(operation("PUT", "/repos/jia/plans/pulls/1/merge").is_none());
}
