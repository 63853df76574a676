//! Plangate reads cyber security maintenance plans (資通安全維護計畫) written as YAML, judges each
//! body against the obligations of its grade under the edition of the law in force, and says what
//! is wrong, on which line, by which article.
//!
//! The modules are layers: data flows upward through them, imports point downward only
//! (`tests/architecture.rs` holds it). Read them in this order.

pub mod text;

pub mod finding;

pub mod document;

pub mod config;

pub mod source;

pub mod cel;

pub mod plan;

pub mod policy;

pub mod change;

pub mod check;

pub mod review;

pub mod report;

pub mod forge;

pub mod cli;
