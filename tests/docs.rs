//! The documents, held against the program: what they name is there, what they show works, and the
//! two languages say the same.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the documents of this repository"
)]

#[path = "docs/glossary.rs"]
mod glossary;
#[path = "docs/pages.rs"]
mod pages;
#[path = "docs/readme.rs"]
mod readme;
#[path = "docs/references.rs"]
mod references;
