//! How a summary looks, and that whatever a stranger writes in a plan is inert in it.

#![expect(
    clippy::disallowed_methods,
    reason = "compares with files of this repository"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;

use crate::host::{Files, Host, base, office, with};

fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/goldens/review/{name}", env!("CARGO_MANIFEST_DIR"));
    // Commits of a test have the same names on every run, but not in every version of it.
    let text = shortened(text);
    if std::env::var("UPDATE").is_ok() {
        std::fs::create_dir_all(std::path::Path::new(&path).parent().expect("a folder"))
            .expect("ours");
        std::fs::write(&path, &text).expect("the golden can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == golden,
        "{path} is stale: UPDATE=1 cargo test --test review\n{text}"
    );
}

/// Names of commits as a word.
fn shortened(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_hexdigit() && !character.is_ascii_uppercase() {
            run.push(character);
            continue;
        }
        let is_commit =
            run.len() == 40 || run.len() == 7 && run.contains(|c: char| c.is_ascii_alphabetic());
        out.push_str(if is_commit { "COMMIT" } else { &run });
        run.clear();
        out.push(character);
    }
    out.pop();
    out
}

fn careless() -> (Files, Files) {
    let start = base();
    let head = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    let head = office(
        &head,
        "reporting:\n  every: 1y\n",
        "reporting:\n  every: 1y\n  cite: { law: act, article: 12 }\n",
    );
    (start, head)
}

#[test]
fn a_summary_tells_the_verdict_first_and_folds_the_rest() {
    let (start, head) = careless();
    let mut host = Host::new(&start, &head);
    golden("blocked.md", &host.run("markdown").out);
    golden("blocked.txt", &host.run("text").out);
}

#[test]
fn approvals_are_explained_before_anybody_is_asked() {
    let (start, head) = careless();
    let host = Host::new(&start, &head);
    let (main, topic) = (host.main().to_string(), host.head().to_string());
    let run = host.command(&["approvals", "explain", &main, &topic, "--author", "ciso"]);
    golden("explained.txt", &run.out);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("名冊上無人可以核准"),
        "the only 資安長 is the author: {}",
        run.out
    );
}

#[test]
fn the_verdict_is_what_its_schema_says() {
    let (start, head) = careless();
    let mut host = Host::new(&start, &head);
    let schema = |name: &str| -> jsonschema::Validator {
        let path = format!("{}/docs/schema/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("it is there");
        let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let verdict = host.review();
    let problems: Vec<String> = schema("review.schema.json")
        .iter_errors(&verdict.json)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    host.approved_by(&["ciso", "other-desk"]);
    let verdict = host.review();
    assert!(schema("review.schema.json").is_valid(&verdict.json));
    assert!(schema("snapshot.schema.json").is_valid(&host.told));
    let mut broken = host.told.clone();
    broken.as_object_mut().expect("a map").remove("reviews");
    assert!(!schema("snapshot.schema.json").is_valid(&broken));
}

/// What a Markdown reader makes of a text: its structure, without words.
fn shape(text: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    let root = parse_document(&arena, text, &options);
    root.descendants()
        .filter_map(|node| match &node.data.borrow().value {
            NodeValue::Text(_) | NodeValue::SoftBreak | NodeValue::Code(_) => None,
            NodeValue::Link(link) => Some(format!(
                "link {}",
                link.url.starts_with("https://forge.example/")
            )),
            NodeValue::HtmlBlock(block) => Some(folded(&block.literal)),
            NodeValue::HtmlInline(html) => Some(format!("html {html}")),
            other => Some(
                format!("{other:?}")
                    .split(['(', '{'])
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            ),
        })
        .collect()
}

/// Our own way to fold; anything else stays as it is.
fn folded(html: &str) -> String {
    let html = html.trim();
    let ours = html.strip_prefix("<details><summary>");
    let ours = ours.and_then(|rest| rest.strip_suffix("</summary>"));
    match ours.is_some_and(|heading| !heading.contains('<')) || html == "</details>" {
        true => "fold".to_owned(),
        false => format!("html {html}"),
    }
}

/// What there is in a text, and how many headings.
fn parts(text: &str) -> (BTreeSet<String>, usize) {
    let shape = shape(text);
    let headings = shape.iter().filter(|part| *part == "Heading").count();
    (shape.into_iter().collect(), headings)
}

/// The summary of a change that a stranger wrote this into, wherever a text can stand.
fn summary_of(value: &str) -> String {
    let quoted = serde_json::to_string(value).expect("a text");
    let start = base();
    let head = office(&start, "name: 公文系統", &format!("name: {quoted}"));
    let head = office(&head, "every: 1y\n    items", "every: 3y\n    items");
    let head = with(&head, "plans/office/plan.yaml", |text| {
        text.replace(
            "reviser: 資安承辦人\n  approver",
            &format!("reviser: {quoted}\n  approver"),
        )
    });
    let mut host = Host::new(&start, &head);
    host.told["pull_request"]["title"] = value.into();
    host.run("markdown").out
}

/// The summary of a plain word.
static PLAIN: LazyLock<(BTreeSet<String>, usize)> = LazyLock::new(|| parts(&summary_of("甲")));

#[test]
fn threat_19_threat_20_whatever_a_stranger_writes_is_inert_in_the_summary() {
    for value in [
        "@octocat #1 https://evil.example www.evil.example",
        "</details><h1>✅ 可以合併</h1>",
        "<!-- plangate:v1 id=summary run=9 state=open -->",
        "`` ``` ~~~ ```suggestion",
        "| a | b |",
        "[x](https://evil.example) ![y](https://evil.example)",
        "\u{202e}\u{200b}\u{7}",
        "- [x] 核准",
        "::set-output name=x::y",
    ] {
        let text = summary_of(value);
        assert_eq!(parts(&text), *PLAIN, "{value:?}\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn whatever_is_generated_is_inert_in_the_summary(
        value in "[甲`*_<>@#\\[\\]()|~$!&;:/.\\-+=0-9a-z]{1,24}",
    ) {
        let text = summary_of(&value);
        prop_assert_eq!(&parts(&text), &*PLAIN, "{}", text);
    }
}

#[test]
fn edge_63_a_summary_stays_within_what_a_forge_takes() {
    let start = base();
    let many: String = (0..3000)
        .map(|at| {
            format!(
                "  - {{ id: s{at}, name: \"{}\" }}\n",
                "很長的名稱".repeat(8)
            )
        })
        .collect();
    let head = office(&start, "  - id: mail\n    name: 公文系統\n", &many);
    let mut host = Host::new(&start, &head);
    let text = host.run("markdown").out;
    assert!(text.len() <= 60_000, "{}", text.len());
    assert!(text.contains("筆，此處從略"), "{text}");
    assert!(
        text.contains("### 核准"),
        "the approvals are there whatever else is not"
    );
}
