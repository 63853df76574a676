//! The glossary, held against the code and the schema.

use serde_json::Value;

use crate::pages::{code_spans, files, read, rows};

/// The source of the library, and the plan schema.
struct Truth {
    code: String,
    schema: Value,
}

/// What is wrong with the tables of a glossary.
fn problems(page: &str, truth: &Truth) -> Vec<String> {
    let mut found = Vec::new();
    let mut terms = Vec::new();
    for row in rows(page, "zh-TW") {
        let [term, english, rust, yaml, ..] = row.as_slice() else {
            found.push(format!("{row:?} has too few cells"));
            continue;
        };
        if term.is_empty() || english.is_empty() {
            found.push(format!("{row:?} says one language only"));
        }
        if terms.contains(term) {
            found.push(format!("{term} stands twice"));
        }
        terms.push(term.clone());
        let types = code_spans(rust)
            .into_iter()
            .filter(|name| !truth.declares(name));
        found.extend(types.map(|name| format!("{term}: src/ declares no pub type {name}")));
        let paths = code_spans(yaml).into_iter().filter(|path| !truth.has(path));
        found.extend(paths.map(|path| format!("{term}: the plan has no {path}")));
    }
    found
}

impl Truth {
    fn declares(&self, name: &str) -> bool {
        ["struct", "enum", "trait", "type"].into_iter().any(|kind| {
            let declaration = format!("pub {kind} {name}");
            self.code.match_indices(&declaration).any(|(at, found)| {
                let next = self.code[at + found.len()..].chars().next();
                next.is_none_or(|next| !next.is_alphanumeric() && next != '_')
            })
        })
    }

    fn has(&self, path: &str) -> bool {
        let found = path.split('.').try_fold(&self.schema, |here, key| {
            let object = self.object(here)?;
            let field = object["properties"].get(key.trim_end_matches("[]"))?;
            match key.strip_suffix("[]") {
                Some(_) => self.resolved(field).get("items"),
                None => Some(field),
            }
        });
        found.is_some()
    }

    /// The schema that a `$ref` names.
    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let name = schema["$ref"]
            .as_str()
            .and_then(|target| target.strip_prefix("#/$defs/"));
        name.map_or(schema, |name| self.resolved(&self.schema["$defs"][name]))
    }

    /// The form of a schema that is an object; an item of a list stands for its list.
    fn object<'s>(&'s self, schema: &'s Value) -> Option<&'s Value> {
        let schema = self.resolved(schema);
        let forms = schema["oneOf"]
            .as_array()
            .map_or(std::slice::from_ref(schema), Vec::as_slice);
        let forms = forms.iter().map(|form| self.resolved(form));
        let forms = forms.map(|form| form.get("items").map_or(form, |items| self.resolved(items)));
        forms
            .into_iter()
            .find(|form| form.get("properties").is_some())
    }
}

fn truth() -> Truth {
    let code: Vec<String> = files("src", "rs", true)
        .iter()
        .map(|path| read(path))
        .collect();
    let schema = read("policies/schema/plan.schema.json");
    Truth {
        code: code.join("\n"),
        schema: serde_json::from_str(&schema).expect("the schema is JSON"),
    }
}

#[test]
fn every_word_is_the_word_of_the_code() {
    let page = read("docs/glossary.md");
    assert!(rows(&page, "zh-TW").len() > 30, "the tables were not found");
    let problems = problems(&page, &truth());
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_word_that_the_code_does_not_have_is_told() {
    let schema = serde_json::json!({
        "properties": {
            "bodies": { "items": { "properties": { "grade": {} } } },
            "risk": { "$ref": "#/$defs/risk" }
        },
        "$defs": { "risk": { "oneOf": [{ "type": "string" }, { "properties": { "every": {} } }] } }
    });
    let truth = Truth {
        code: "pub struct Body<'p> {}\npub enum Modes {}".into(),
        schema,
    };
    let check = |row: &str, expected: &[&str]| {
        let page =
            format!("| zh-TW | English | Rust | YAML | note |\n|---|---|---|---|---|\n{row}\n");
        assert_eq!(problems(&page, &truth), expected);
    };
    check("| 機關 | body | `Body` | `bodies[].grade` | |", &[]);
    check("| 風險 | risk | | `risk.every` | |", &[]);
    check(
        "| 模式 | mode | `Mode` | | |",
        &["模式: src/ declares no pub type Mode"],
    );
    check(
        "| 等級 | grade | | `bodies[].level` | |",
        &["等級: the plan has no bodies[].level"],
    );
    check(
        "| 等級 | grade | | `risk[].every` | |",
        &["等級: the plan has no risk[].every"],
    );
    check("| 甲 | a | | | |\n| 甲 | b | | | |", &["甲 stands twice"]);
    assert_eq!(
        problems(
            "| zh-TW | English | Rust | YAML | note |\n| 甲 | | | | |",
            &truth
        )
        .len(),
        1
    );
}
