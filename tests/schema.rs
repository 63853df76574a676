//! The plan schema keeps its own rules, and its expansion says the same as the model.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use plangate::document::{Content, Limits, Node, parse};
use plangate::plan::{PlanFiles, Schema, Shape, ShapeId, Validator, check_shape, expanded};
use plangate::text::SourceFile;
use serde_json::{Map, Value as Json};

const RESERVED: [&str; 8] = [
    "delegated_to",
    "by_law",
    "annex",
    "not_applicable",
    "see",
    "cite",
    "for",
    "except",
];

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::parse(&read("policies/schema/plan.schema.json")).expect("the embedded schema")
});
static EXPANDED: LazyLock<Json> = LazyLock::new(|| expanded(SCHEMA.json()));

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn read(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Calls `visit` on every schema of a document, with its pointer.
fn each(json: &Json, pointer: &str, visit: &mut impl FnMut(&str, &Json)) {
    visit(pointer, json);
    for key in ["properties", "$defs"] {
        for (name, schema) in json[key].as_object().into_iter().flatten() {
            each(schema, &format!("{pointer}/{key}/{name}"), visit);
        }
    }
    for key in ["items", "if", "then", "else", "not"] {
        if json[key].is_object() {
            each(&json[key], &format!("{pointer}/{key}"), visit);
        }
    }
    for key in ["oneOf", "allOf", "anyOf"] {
        for (at, schema) in json[key].as_array().into_iter().flatten().enumerate() {
            each(schema, &format!("{pointer}/{key}/{at}"), visit);
        }
    }
}

#[test]
fn reserved_words_are_no_fields() {
    each(SCHEMA.json(), "#", &mut |pointer, schema| {
        for name in schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            assert!(
                !RESERVED.contains(&name.as_str()),
                "{pointer}: {name} is reserved"
            );
        }
    });
}

#[test]
fn a_field_is_found_from_wherever_it_is_sought() {
    let shapes: BTreeSet<ShapeId> = SCHEMA.all_fields().map(|field| field.shape).collect();
    let mut sought = 0;
    for shape in shapes.into_iter().chain([SCHEMA.root()]) {
        let fields = SCHEMA.fields(shape);
        for (at, &field) in fields.iter().enumerate() {
            let name = &SCHEMA.field(field).name;
            assert_eq!(SCHEMA.field_named(shape, name), Some(field));
            for next in 0..=fields.len() + 1 {
                let found = SCHEMA.field_from(shape, name, next);
                assert_eq!(found, Some((at, field)), "{name} from {next}");
                sought += 1;
            }
        }
        for next in 0..=fields.len() + 1 {
            assert_eq!(SCHEMA.field_from(shape, "no such field", next), None);
        }
    }
    assert!(sought > 1000, "{sought}");
}

#[test]
fn every_field_has_a_title_in_both_languages() {
    let mut without = Vec::new();
    each(SCHEMA.json(), "#", &mut |pointer, schema| {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let zh = property["title"].as_str().unwrap_or_default();
            let en = property["x-plangate"]["en"].as_str().unwrap_or_default();
            if zh.is_empty() || zh.is_ascii() || en.is_empty() || !en.is_ascii() {
                without.push(format!("{pointer}/properties/{name}: {zh:?} {en:?}"));
            }
        }
    });
    // Names such as ISMS, VANS and EDR are the same in Chinese.
    without.retain(|line| {
        !["EDR", "VANS", "ISMS"]
            .iter()
            .any(|name| line.contains(name))
    });
    assert!(without.is_empty(), "{}", without.join("\n"));
}

#[test]
fn every_word_of_a_closed_list_has_a_title_of_its_own_in_both_languages() {
    let mut lists = 0;
    each(SCHEMA.json(), "#", &mut |pointer, schema| {
        let is_plain = schema.get("enum").is_none() && schema.get("const").is_none();
        assert!(is_plain, "{pointer}: words stand under x-plangate.values");
        let Some(values) = schema["x-plangate"].get("values") else {
            return;
        };
        let values = values.as_object().expect("a map");
        lists += 1;
        for tag in ["zh-TW", "en"] {
            let title = |(word, titles): (&String, &Json)| {
                let title = titles[tag].as_str().unwrap_or_default();
                assert!(!title.is_empty(), "{pointer}: {word} has no title in {tag}");
                assert!(tag != "en" || title.is_ascii(), "{pointer}: {title}");
                // Grades are letters in Chinese too.
                let is_letter = title.len() == 1 && title == word;
                assert!(
                    tag == "en" || !title.is_ascii() || is_letter,
                    "{pointer}: {title}"
                );
                title.to_owned()
            };
            let titles: BTreeSet<String> = values.iter().map(title).collect();
            assert_eq!(
                titles.len(),
                values.len(),
                "{pointer}: one title for two words"
            );
        }
        let default = schema["default"].as_str();
        let is_known = default.is_none_or(|word| values.contains_key(word));
        assert!(is_known, "{pointer}: {default:?}");
    });
    assert!(lists > 40, "{lists}");
}

#[test]
fn every_object_is_closed() {
    each(SCHEMA.json(), "#", &mut |pointer, schema| {
        let closed = schema["additionalProperties"] == false && schema["properties"].is_object();
        assert!(schema["type"] != "object" || closed, "{pointer}");
    });
}

#[test]
fn every_reference_leads_somewhere() {
    for document in [SCHEMA.json(), &*EXPANDED] {
        each(document, "#", &mut |pointer, schema| {
            let Some(target) = schema["$ref"].as_str() else {
                return;
            };
            let target = target.strip_prefix('#').expect("only inside the document");
            assert!(
                document.pointer(target).is_some_and(Json::is_object),
                "{pointer}: {target}"
            );
        });
    }
}

#[test]
fn every_definition_of_the_expansion_is_used() {
    let mut used = BTreeSet::new();
    each(&EXPANDED, "#", &mut |_, schema| {
        let target = schema["$ref"]
            .as_str()
            .and_then(|target| target.strip_prefix("#/$defs/"));
        used.extend(target.map(|name| name.split('/').next().unwrap_or_default().to_owned()));
    });
    let defined: BTreeSet<String> = EXPANDED["$defs"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(defined, used);
}

#[test]
fn the_expansion_is_json_schema() {
    jsonschema::draft202012::meta::validate(&EXPANDED).unwrap();
    assert!(
        EXPANDED.to_string().len() < 2 * SCHEMA.json().to_string().len(),
        "nothing twice"
    );
}

/// The schema of the value itself, past references and modes.
fn value_of<'j>(mut json: &'j Json, key: &str) -> Option<&'j Json> {
    for _ in 0..8 {
        if !json[key].is_null() {
            return Some(&json[key]);
        }
        json = match json["$ref"]
            .as_str()
            .and_then(|target| target.strip_prefix('#'))
        {
            Some(target) => EXPANDED.pointer(target)?,
            None => &json["else"],
        };
    }
    None
}

fn agree(shape: ShapeId, json: &Json, path: &str, compared: &mut usize) {
    if let Some(item) = SCHEMA.item_of(shape) {
        let items = value_of(json, "items").unwrap_or_else(|| panic!("{path}: no list"));
        return agree(item, items, &format!("{path}[]"), compared);
    }
    if let Shape::Scalar(_) = SCHEMA.shape(shape) {
        return;
    }
    let properties = value_of(json, "properties").and_then(Json::as_object);
    let properties = properties.unwrap_or_else(|| panic!("{path}: no object"));
    let own = properties
        .keys()
        .filter(|name| !RESERVED.contains(&name.as_str()));
    let fields = SCHEMA
        .fields(shape)
        .iter()
        .map(|&field| SCHEMA.field(field));
    assert!(own.eq(fields.clone().map(|field| &field.name)), "{path}");
    for field in fields {
        let property = &properties[&field.name];
        assert_eq!(
            property["title"], *field.title.zh_tw,
            "{path}.{}",
            field.name
        );
        assert_eq!(property["x-en"], *field.title.en, "{path}.{}", field.name);
        *compared += 1;
        agree(
            field.shape,
            property,
            &format!("{path}.{}", field.name),
            compared,
        );
    }
}

#[test]
fn the_model_and_the_expansion_have_the_same_fields() {
    let mut compared = 0;
    agree(SCHEMA.root(), &EXPANDED, "", &mut compared);
    assert!(
        compared >= SCHEMA.all_fields().count(),
        "only {compared} fields"
    );
}

/// A plan as JSON, as a reader of YAML 1.2 takes it.
fn json_of(node: Node<'_>) -> Json {
    match node.content() {
        Content::Null => Json::Null,
        Content::Bool(value) => value.into(),
        Content::Int(value) => value.into(),
        Content::Float(value) => value.into(),
        Content::Text(text) => text.into(),
        Content::List => node.items().map(json_of).collect(),
        Content::Map => {
            let entries = node
                .entries()
                .map(|entry| (entry.key.to_owned(), json_of(entry.value)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn plan(name: &str, text: &str) -> PlanFiles {
    let file = Arc::new(SourceFile::new(name, text));
    let parsed = parse(&file, Limits::default());
    let main = parsed
        .document
        .unwrap_or_else(|| panic!("{name} cannot be read"));
    PlanFiles {
        folder: "plans/a".into(),
        main,
        sections: [].into(),
        annexes: [].into(),
    }
}

/// What an editor says, and what the shape check says.
fn both(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
    static EDITOR: LazyLock<jsonschema::Validator> =
        LazyLock::new(|| jsonschema::draft202012::new(&EXPANDED).expect("the expansion"));
    static CHECK: LazyLock<Validator> = LazyLock::new(|| Validator::new(&SCHEMA));
    let files = plan(name, text);
    let json = json_of(files.main.root());
    let editor = EDITOR.iter_errors(&json);
    let editor = editor
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    let check = check_shape(&files, &CHECK, &SCHEMA).into_iter();
    let check = check.map(|finding| format!("{}: {}", finding.place.path, finding.message.en));
    (editor, check.collect())
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans");
    let plans = std::fs::read_dir(folder)
        .expect("the fixtures")
        .map(|entry| entry.expect("a readable folder").path());
    let mut plans: Vec<_> = plans.map(|folder| folder.join("plan.yaml")).collect();
    plans.retain(|plan| plan.is_file());
    plans.sort();
    plans
}

#[test]
fn the_real_plans_have_the_form_of_a_plan() {
    let plans = fixtures();
    assert!(plans.len() >= 5, "{plans:?}");
    for path in plans {
        let (editor, check) = both(&path.to_string_lossy(), &read(&path));
        assert!(
            editor.is_empty(),
            "{}:\n{}",
            path.display(),
            editor.join("\n")
        );
        assert!(
            check.is_empty(),
            "{}:\n{}",
            path.display(),
            check.join("\n")
        );
    }
}

const WRONG: &[&str] = &[
    "- header",
    "headers: { title: 甲 }",
    "header: { edition: '1' }",
    "header: { title: { zh: 甲 } }",
    "header: { title: 甲, scope: everywhere }",
    "header: { title: 甲, issued: yesterday }",
    "header: { title: 甲, counts: { agencies: many } }",
    "header: { title: 甲, counts: { agencies: -1 } }",
    "header: { title: 甲, see: [] }",
    "bodies: { name: 甲 }",
    "bodies: [甲]",
    "bodies: [{ id: Cab, name: 甲 }]",
    "bodies: [{ name: 甲, for: [C] }]",
    "bodies: [{ name: 甲, not_applicable: 無 }]",
    "bodies: [{ name: 甲, grade: F }]",
    "systems: { annex: { column: 系統 } }",
    "risk: 有",
    "risk: { every: 每年 }",
    "risk: { every: { hours: 4 } }",
    "risk: { every: { not_applicable: 無, hours: 4 } }",
    "risk: { by_law: act }",
    "risk: { by_law: { law: act, artcle: 1 } }",
    "risk: { by_law: { law: act, article: 十 } }",
    "risk: { cite: { document: 甲, article: 1 } }",
    "risk: []",
    "risk: [甲]",
    "risk: [{ every: 1y }]",
    "risk: [[{ for: [C], every: 1y }]]",
    "training: { rules: { who: [it] } }",
    "training: { rules: [{ who: it }] }",
    "training: { rules: [{ not_applicable: 無 }] }",
    "controls: { password: { must: 一句 } }",
    "controls: { password: { must: [{ txt: 一句 }] } }",
    "controls: { password: { must: [[一句]] } }",
    "reporting: { due: { by: 13 } }",
    "security_policy: { review: { or_on: [other, other] } }",
];

#[test]
fn editors_and_the_check_refuse_the_same() {
    for text in WRONG {
        let (editor, check) = both("wrong.yaml", text);
        assert!(!editor.is_empty(), "an editor accepts {text}");
        assert!(!check.is_empty(), "the check accepts {text}");
    }
}

const RIGHT: &[&str] = &[
    "header: { title: 甲, edition: '1.10', issued: 109年2月, cite: 甲規定 }",
    "bodies: { annex: annex-1 }",
    "bodies: { annex: { id: annex-1, column: 機關 }, see: [甲表] }",
    "systems: { delegated_to: [甲, { document: 乙, section: 伍 }] }",
    "risk: { every: 1y, delegated_to: IS-02-005 風險評鑑, cite: [{ law: act, article: 1 }, 甲] }",
    "risk: [{ for: [C], every: 1y }, { for: D, not_applicable: 無 }]",
    "risk: { every: { by_law: [{ law: classification }, { title: 甲辦法 }], for: [C] } }",
    "training: { rules: [{ for: [C], who: [it], hours: 3 }, { except: [C], not_applicable: '' }] }",
    "training: { rules: { by_law: { law: classification } } }",
    "controls: { password: { must: [一句, { text: 二句, for: [C] }, { for: [D], annex: a }] } }",
    "reporting: { due: { by: 11月中 } }",
];

#[test]
fn editors_and_the_check_accept_the_same() {
    for text in RIGHT {
        let (editor, check) = both("right.yaml", text);
        assert!(editor.is_empty(), "{text}\n{}", editor.join("\n"));
        assert!(check.is_empty(), "{text}\n{}", check.join("\n"));
    }
}

#[test]
fn dates_and_durations_have_the_patterns_of_their_formats() {
    let with = |format: &str, text: &str| {
        let (editor, check) = match format {
            "date" => both(
                "date.yaml",
                &format!("header: {{ title: 甲, issued: '{text}' }}"),
            ),
            "duration" => both("duration.yaml", &format!("risk: {{ every: '{text}' }}")),
            _ => both(
                "day.yaml",
                &format!("reporting: {{ due: {{ by: '{text}' }} }}"),
            ),
        };
        (editor.is_empty(), check.is_empty())
    };
    for (format, texts) in [
        (
            "date",
            &[
                "2022-04-27",
                "111-04-27",
                "108.02.18",
                "110/12/27",
                "111年4月27日",
                "1110427",
                "中華民國110年8月23日",
                "民國 110 年 8 月 23 日",
                "109年2月",
                "109年",
                "109-02",
            ][..],
        ),
        (
            "duration",
            &[
                "15min",
                "8h",
                "24wh",
                "14d",
                "3mo",
                "2y",
                "立即",
                "即時",
                "定期",
                "適時",
                "視需要",
            ],
        ),
        (
            "day",
            &[
                "10-31",
                "2-29",
                "11月中",
                "3月底",
                "1月上旬",
                "10月31日",
                "12月",
            ],
        ),
    ] {
        for text in texts {
            assert_eq!(with(format, text), (true, true), "{format} {text}");
        }
    }
    for (format, texts) in [
        (
            "date",
            &["", "2022", "111-4-27-1", "四月", "111-04-27T00:00"][..],
        ),
        (
            "duration",
            &["", "8", "8 h", "1.5h", "-1h", "每年", "99999999y"],
        ),
        ("day", &["", "10", "年底", "10-31-1", "10月31"]),
    ] {
        for text in texts {
            assert_eq!(with(format, text), (false, false), "{format} {text}");
        }
    }
}

/// The rows of the table in `docs/plan-fields.md`: number, fact, paths.
fn rows_of_fields() -> Vec<(usize, String)> {
    let text = read("docs/plan-fields.md");
    let cells = text
        .lines()
        .map(|line| line.split(" | ").collect::<Vec<_>>());
    let row = |cells: Vec<&str>| {
        let number = cells.first()?.trim_start_matches("| ").parse().ok()?;
        Some((number, (*cells.get(2)?).to_owned()))
    };
    cells.filter_map(row).collect()
}

#[test]
fn every_fact_of_the_real_plans_has_its_field() {
    let rows = rows_of_fields();
    let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=67).collect::<Vec<_>>());
    for (number, paths) in rows {
        let paths: Vec<&str> = paths.split('`').skip(1).step_by(2).collect();
        for path in &paths {
            let found = SCHEMA.resolve(path).map(|field| SCHEMA.field(field));
            let field = found.unwrap_or_else(|| panic!("row {number}: no field {path}"));
            let list = SCHEMA.item_of(field.shape).is_some();
            assert!(
                list || !path.ends_with("[]"),
                "row {number}: {path} is no list"
            );
        }
    }
}

#[test]
fn rows_without_a_field_say_why() {
    for (number, paths) in rows_of_fields() {
        let said = paths.contains('`') || paths.trim().chars().count() > 10;
        assert!(said, "row {number} has neither a field nor a reason");
    }
}

/// `UPDATE=1 cargo test --test schema` writes the form that editors read.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test writes what it generates when asked"
)]
fn the_schema_for_editors_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/plan.schema.json");
    let schema = plangate::plan::expanded(Schema::builtin().json());
    let fresh = serde_json::to_string_pretty(&schema).expect("it is JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, fresh).expect("it is written");
    } else {
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), fresh);
    }
}
