//! The pack as it stands in the folder `policies/`, examples included.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the policies of this repository"
)]
#![allow(
    dead_code,
    reason = "every test file that includes this uses a part of it"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use plangate::plan::Schema;
use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

/// The plan schema.
pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);

/// What the pack is held against is no part of it.
const TABLES: [&str; 2] = ["not-judged.yaml", "obligations.yaml"];

/// The folder of the built-in pack.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")
}

#[allow(
    dead_code,
    reason = "the lint reads the files and loads them its own way"
)]
/// The pack of a folder, read from the files themselves so that a test needs no new build, and what
/// is wrong with it.
pub(crate) fn load(root: &Path) -> (Pack, Vec<String>) {
    let (pack, findings) = Pack::load(&[source(root, false)], &SCHEMA);
    let told = findings.iter().map(|finding| {
        let at = finding.place.start();
        let file = finding.place.file.name();
        format!("{file}:{}:{}: {}", at.line, at.column, finding.message.en)
    });
    (pack, told.collect())
}

/// The files of a folder.
pub(crate) fn source(root: &Path, local: bool) -> PackSource {
    let mut files = Vec::new();
    collect(root, root, &mut files);
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let name = root.file_name().expect("a folder has a name");
    PackSource {
        name: if local {
            name.to_string_lossy().as_ref().into()
        } else {
            "builtin".into()
        },
        files,
        local,
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Arc<SourceFile>)>) {
    for entry in fs::read_dir(folder).expect("the folder reads") {
        let path = entry.expect("the entry reads").path();
        let name = path
            .strip_prefix(root)
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/");
        if path.is_dir() {
            collect(root, &path, files);
        } else if name.ends_with(".yaml") && !TABLES.contains(&&*name) {
            let text = fs::read_to_string(&path).expect("the file reads");
            files.push((
                name.clone(),
                Arc::new(SourceFile::new(format!("policies/{name}"), text)),
            ));
        }
    }
}
