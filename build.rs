//! Embeds `policies/`: every `*.yaml` under it but the tables that tests compare it with, every policy
//! without its examples, the tree that our own reader makes of it, and the digest of all, so that a
//! start neither parses the pack nor sums it up. Of the plan schema it embeds the tree.
//!
//! The folder is the registry: a new policy is a new file and nothing else. Examples stand last in
//! a policy (a test holds it), so that cutting them off leaves every span of the rest as it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use document::Limits;
use sha2::{Digest as _, Sha256};
use text::SourceFile;

// The reader itself, compiled for the build: two readers that disagree would be a hole.
#[path = "src/document/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    clippy::pedantic,
    reason = "linted in the library"
)]
mod document;
#[path = "src/finding/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    clippy::pedantic,
    reason = "linted in the library"
)]
mod finding;
#[path = "src/text/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    clippy::pedantic,
    reason = "linted in the library"
)]
mod text;

/// What the pack is held against is no part of it.
const TABLES: [&str; 2] = ["policies/obligations.yaml", "policies/not-judged.yaml"];
/// The model of a plan. JSON is YAML too, so that our own reader makes a tree of it.
const SCHEMA: &str = "policies/schema/plan.schema.json";

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is its own door to the files"
)]
fn main() -> io::Result<()> {
    for read in ["policies", "src/document", "src/finding", "src/text"] {
        println!("cargo:rerun-if-changed={read}");
    }
    let mut files = Vec::new();
    collect(Path::new("policies"), &mut files)?;
    files.sort();
    let mut code = String::from(
        "/// The files of `policies/`, sorted by their paths.\n\
         pub(super) static FILES: &[File] = &[\n",
    );
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut hasher = Sha256::new();
    for (number, path) in files.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let (text, examples) = match text.find("\nexamples:") {
            Some(at) => text.split_at(at + 1),
            None => (text.as_str(), ""),
        };
        let name = path
            .strip_prefix("policies")
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/");
        for part in [&name, "\0", text, "\0"] {
            hasher.update(part.as_bytes());
        }
        fs::write(out.join(format!("{number}.tree")), packed(text))?;
        writeln!(
            code,
            "    File {{ path: {name:?}, text: {text:?}, examples: {examples:?}, \
             tree: tree!(concat!(env!(\"OUT_DIR\"), \"/{number}.tree\")) }},"
        )
        .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let digest: String = hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    writeln!(
        code,
        "/// What [`PackSource::whole_digest`](super::PackSource::whole_digest) makes of them.\n\
         const DIGEST: &str = {digest:?};"
    )
    .map_err(io::Error::other)?;
    fs::write(
        out.join("schema.tree"),
        packed(&fs::read_to_string(SCHEMA)?),
    )?;
    fs::write(out.join("embedded.rs"), code)
}

/// The tree of a text that has nothing wrong; of any other, nothing, so that it is read where what
/// is wrong can be told.
fn packed(text: &str) -> Vec<u8> {
    let file = Arc::new(SourceFile::new("", text));
    let parsed = document::parse(&file, Limits::default());
    let right = parsed.document.filter(|_| parsed.findings.is_empty());
    right.map_or_else(Vec::new, |document| document.pack())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is its own door to the files"
)]
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_yaml = path
            .extension()
            .is_some_and(|extension| extension == "yaml");
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if is_yaml && !TABLES.iter().any(|table| path.ends_with(table)) {
            files.push(path);
        }
    }
    Ok(())
}
