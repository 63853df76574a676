//! The specification's files → tests: an expression, what it may name, and what it must give.

use std::fs;
use std::path::Path;

use super::plain::Plain;
use super::textproto::{Field, Message};

/// One test of the specification.
#[derive(Debug)]
pub(crate) struct Test {
    /// `file/section/name`; a name that stands twice in its section has `#2` behind it.
    pub(crate) name: String,
    /// What is evaluated.
    pub(crate) expression: String,
    /// The variables it may name: name, declared type, value.
    pub(crate) variables: Vec<(String, Option<Message>, Option<Plain>)>,
    /// What must come of it.
    pub(crate) expected: Expected,
    /// The type that the checker must deduce.
    pub(crate) deduced: Option<Message>,
    /// Whether names are looked for in a container.
    pub(crate) in_container: bool,
    /// Whether it needs protocol buffers.
    pub(crate) protobuf: bool,
}

/// What must come of a test.
#[derive(Debug)]
pub(crate) enum Expected {
    /// This value.
    Value(Plain),
    /// No value.
    Error,
    /// The type is all that counts.
    TypeOnly,
}

/// Every test of the files of a folder, in the order of their names.
pub(crate) fn tests(folder: &Path) -> Vec<Test> {
    let files = fs::read_dir(folder).expect("the folder of the specification");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "textproto")
    });
    files.sort();
    files.iter().flat_map(|path| of_file(path)).collect()
}

fn of_file(path: &Path) -> Vec<Test> {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .expect("a name");
    let text = fs::read_to_string(path).expect("a file of text");
    let file = Message::read(stem, &text);
    let mut tests: Vec<Test> = Vec::new();
    for section in file.messages("section") {
        let section_name = section.text("name").unwrap_or_default();
        for test in section.messages("test") {
            let name = format!(
                "{stem}/{section_name}/{}",
                test.text("name").unwrap_or_default()
            );
            let numbered =
                |test: &Test| test.name == name || test.name.starts_with(&format!("{name}#"));
            let name = match tests.iter().filter(|test| numbered(test)).count() {
                0 => name,
                before => format!("{name}#{}", before + 1),
            };
            tests.push(Test::of(name, test));
        }
    }
    tests
}

impl Test {
    fn of(name: String, test: &Message) -> Self {
        let expression = test.text("expr").expect("an expression");
        let typed = test.message("typed_result");
        let value = test
            .message("value")
            .or(typed.and_then(|typed| typed.message("result")));
        let fails = ["eval_error", "any_eval_errors"]
            .into_iter()
            .any(|key| test.message(key).is_some());
        let type_only = test.word("check_only") == Some("true");
        let plain = value.map(Plain::read);
        let unreadable = matches!(plain, Some(None));
        let expected = match plain {
            _ if fails => Expected::Error,
            _ if type_only => Expected::TypeOnly,
            Some(Some(value)) => Expected::Value(value),
            _ => Expected::Value(Plain::Bool(true)),
        };
        let (variables, strange) = variables(test);
        Self {
            protobuf: unreadable
                || strange
                || names_messages(&expression)
                || declares_messages(test),
            in_container: test
                .text("container")
                .is_some_and(|container| !container.is_empty()),
            name,
            expression,
            variables,
            expected,
            deduced: typed
                .and_then(|typed| typed.message("deduced_type"))
                .cloned(),
        }
    }
}

type Variables = Vec<(String, Option<Message>, Option<Plain>)>;

/// The variables, and whether one of them has a value that is a message.
fn variables(test: &Message) -> (Variables, bool) {
    let mut variables: Variables = Vec::new();
    let mut strange = false;
    for declared in test.messages("type_env") {
        let name = declared.text("name").unwrap_or_default();
        let ty = declared
            .message("ident")
            .and_then(|ident| ident.message("type"));
        variables.push((name, ty.cloned(), None));
    }
    for binding in test.messages("bindings") {
        let key = binding.text("key").unwrap_or_default();
        let value = binding
            .message("value")
            .and_then(|value| value.message("value"));
        let value = value.and_then(Plain::read);
        strange |= value.is_none();
        match variables.iter_mut().find(|(name, ..)| *name == key) {
            Some(known) => known.2 = value,
            None => variables.push((key, None, value)),
        }
    }
    (variables, strange)
}

/// Whether an expression makes a message or names the type of one.
fn names_messages(expression: &str) -> bool {
    [
        "TestAllTypes",
        "google.protobuf",
        "NestedTestAllTypes",
        "GlobalEnum",
        "cel.expr.conformance",
    ]
    .iter()
    .any(|word| expression.contains(word))
}

/// Whether a message type, or one that wraps a scalar in a message, is declared or deduced.
fn declares_messages(message: &Message) -> bool {
    message.fields().any(|(name, field)| match field {
        Field::Message(message) => declares_messages(message),
        _ => matches!(name, "message_type" | "wrapper" | "well_known"),
    })
}
