//! Pull requests from end to end: real Git, recorded answers of a forge, the command line.

#[path = "../world/mod.rs"]
mod world;

mod against;
mod edges;
mod host;
mod look;
mod story;
mod threats;
