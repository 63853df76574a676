//! Receipts of judged pull requests: written, kept, judged again, and tampered with.

#[path = "../git/builder.rs"]
#[expect(dead_code, reason = "a part of it is used here")]
mod builder;
#[path = "../world/mod.rs"]
mod world;

mod keeping;
mod packs;
mod scene;
mod verifying;
