//! Two readings of a plan → what changed in meaning between them.
//!
//! In: two plans read by one schema. Out: [`Changes`]: each with its kind, its class, whether it asks
//! less than before, and its place on both sides. Compares by identity and by what values mean, so
//! that an order of rows or another spelling of a date is no change. Knows nothing of Git, of the law
//! or of verdicts: what is stronger, and which fields are switches, the schema says. Invariants: a
//! plan does not differ from itself; what comes and what goes between `a` and `b` goes and comes
//! between `b` and `a`; nothing that changes stays untold.

mod compare;
mod effect;
mod likeness;
mod list;
pub mod log;
mod meaning;
mod merged;
mod modes;
mod moves;
mod pairing;
mod prose;
mod reader;
mod renames;
mod row;
mod scope;
mod silence;
mod told;
mod variants;

#[cfg(test)]
mod tests;

pub use compare::compare;
pub use prose::{Piece, pieces};
pub use renames::{Kept, Renames, Which};
pub use told::{Change, Changes, Class, Effect, Kind, Pair, Side};
