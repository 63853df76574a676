//! Embeds `policies/`: every `*.yaml` under it but the tables that tests compare it with, and every
//! policy without its examples.
//!
//! The folder is the registry: a new policy is a new file and nothing else. Examples stand last in
//! a policy (a test holds it), so that cutting them off leaves every span of the rest as it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the pack is held against is no part of it.
const TABLES: [&str; 2] = ["policies/obligations.yaml", "policies/not-judged.yaml"];

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is its own door to the files"
)]
fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=policies");
    let mut files = Vec::new();
    collect(Path::new("policies"), &mut files)?;
    files.sort();
    let mut code = String::from(
        "/// Path below `policies/`, text, and the examples behind it.\n\
         pub(super) const FILES: &[(&str, &str, &str)] = &[\n",
    );
    for path in files {
        let text = fs::read_to_string(&path)?;
        let (text, examples) = match text.find("\nexamples:") {
            Some(at) => text.split_at(at + 1),
            None => (text.as_str(), ""),
        };
        let name = path
            .strip_prefix("policies")
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(code, "    ({name:?}, {text:?}, {examples:?}),").map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("embedded.rs"), code)
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
