//! The change log of a plan, from a real repository built out of `fixtures/histories/`.
#![expect(
    clippy::disallowed_methods,
    reason = "reads the fixtures and looks at what was written"
)]

#[path = "../world/mod.rs"]
mod world;

#[path = "../change/edits.rs"]
mod edits;
#[path = "../change/written.rs"]
#[allow(dead_code, reason = "the orders and spellings are for other tests")]
mod written;

mod base;
mod called;
mod changes;
mod check;
mod draft;
mod drafts;
mod editions;
mod fixture;
mod gate;
mod generated;
mod plans;
mod repository;
mod rows;
mod styles;
mod taken;
mod unsaid;
