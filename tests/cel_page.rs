//! `docs/cel.md`: the parts that are generated are those of the engine and of the conformance tests.
//!
//! `UPDATE=1 cargo test --test cel_page` writes them anew.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads, and on demand writes, the page"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use plangate::cel::signatures;
use plangate::text::Language;
use serde::Deserialize;

const PAGE: &str = "docs/cel.md";

#[derive(Deserialize)]
struct Outside {
    feature: String,
    why: String,
}

/// Every form, one row for each name.
fn forms() -> String {
    let mut rows: Vec<(&str, Vec<String>, String)> = Vec::new();
    for signature in signatures() {
        let form = format!("`{}`", signature.form.replace('|', "\\|"));
        match rows.iter_mut().find(|(name, ..)| *name == signature.name) {
            Some((_, forms, _)) => forms.push(form),
            None => {
                let about = signature.about.get(Language::En).to_owned();
                rows.push((signature.name, vec![form], about));
            }
        }
    }
    let mut table = "| form | what it gives |\n|---|---|\n".to_owned();
    for (_, forms, about) in rows {
        let _ = writeln!(table, "| {} | {about} |", forms.join("<br>"));
    }
    table
}

/// The features that the conformance tests leave out, with their reasons.
fn outside() -> String {
    let text = fs::read_to_string("tests/cel_conformance/outside.yaml").expect("the list");
    let features: Vec<Outside> = serde_yaml::from_str(&text).expect("a list of features");
    let mut list = String::new();
    for Outside { feature, why } in features {
        let _ = writeln!(list, "- {feature}: {why}");
    }
    list
}

/// The page with `part` between its marks.
fn filled(page: &str, mark: &str, part: &str) -> String {
    let start = page
        .find(&format!("<!-- {mark}:"))
        .expect("the mark of the part");
    let start = start + page[start..].find("-->\n").expect("its end") + "-->\n".len();
    let end = start
        + page[start..]
            .find("<!-- end -->")
            .expect("the end of the part");
    format!("{}{part}{}", &page[..start], &page[end..])
}

#[test]
fn the_page_lists_every_form_and_what_is_left_out() {
    std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository");
    let page = fs::read_to_string(PAGE).expect("the page");
    let fresh = filled(&filled(&page, "forms", &forms()), "outside", &outside());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(PAGE, &fresh).expect("the page is written");
    } else {
        assert!(
            page == fresh,
            "{PAGE} is stale: UPDATE=1 cargo test --test cel_page"
        );
    }
}
