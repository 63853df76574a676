//! One plan, one mistake, one finding.

mod keys;
mod lists;
mod values;
mod whole;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{Validator, check_shape};
use crate::document::{Document, Limits, parse};
use crate::finding::Finding;
use crate::plan::{PlanFiles, Schema};
use crate::text::SourceFile;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::parse(include_str!("../../../../policies/schema/plan.schema.json")).unwrap()
});
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(&SCHEMA));

fn read(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    parse(&file, Limits::default()).document.unwrap()
}

fn files(main: &str, sections: &[(&str, &str)], annexes: &[(&str, &str)]) -> PlanFiles {
    let read_all = |texts: &[(&str, &str)]| -> BTreeMap<String, Document> {
        let one = |(name, text): &(&str, &str)| ((*name).to_owned(), read(name, text));
        texts.iter().map(one).collect()
    };
    PlanFiles {
        folder: "plans/a".into(),
        main: read("plan.yaml", main),
        sections: read_all(sections),
        annexes: read_all(annexes),
    }
}

fn findings(text: &str) -> Vec<Finding> {
    check_shape(&files(text, &[], &[]), &VALIDATOR, &SCHEMA)
}

/// `line rule underlined`, and `=> text` where there is something to write.
fn brief(finding: &Finding) -> String {
    let start = finding.place.start();
    let line = finding.place.text().lines().next().unwrap_or_default();
    let id = finding.policy.trim_start_matches("shape/");
    let write = finding
        .write
        .as_ref()
        .map_or_else(String::new, |edit| format!(" => {}", edit.text));
    format!("{} {id} {line}{write}", start.line)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = findings(text).iter().map(brief).collect();
    assert_eq!(found, expected, "\n{text}");
}

/// The message, help and title path of the only finding.
#[track_caller]
fn check_words(text: &str, zh: [&str; 3], en: [&str; 3]) {
    let found = findings(text);
    let [finding] = found.as_slice() else {
        panic!("one finding, not {found:#?}")
    };
    let help = finding.help.clone().unwrap_or_default();
    let title = finding.place.title.clone().unwrap_or_default();
    assert_eq!([&*finding.message.zh_tw, &*help.zh_tw, &*title.zh_tw], zh);
    assert_eq!([&*finding.message.en, &*help.en, &*title.en], en);
}
