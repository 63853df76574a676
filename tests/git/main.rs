//! Git repositories of every kind, as `source` reads them and as the command line tells of them.

#[path = "../world/mod.rs"]
mod world;

mod builder;
mod deltas;
mod errors;
mod fetching;
mod findings;
mod history;
mod revisions;
mod server;
mod unlike;
