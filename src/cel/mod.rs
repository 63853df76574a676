//! The CEL engine: expressions of policies, checked against a catalogue of types and evaluated over
//! a host's tree without copying it.
//!
//! In: the text of an expression and a [`Scope`]. Out: a [`Program`] or its [`Problem`]s; later, of a
//! [`Host`] and bindings, a [`Value`] or a [`Failure`]. Knows nothing of YAML, of plans or of the
//! law; it alone knows the `cel` crate, whose parser and macros it uses. Invariant: what compiles
//! runs: one table of operators and functions types the nodes and is what they run, so that only
//! a value of an unknown type can still miss an overload.
//!
//! ```
//! use plangate::cel::{self, Budget, Catalogue, Expected, Field, ObjectType, Scope, Type};
//!
//! struct Nothing;
//! impl Catalogue for Nothing {
//!     fn field(&self, _: ObjectType, _: &str) -> Option<Field> { None }
//!     fn field_names(&self, _: ObjectType) -> Vec<String> { Vec::new() }
//!     fn object_name(&self, _: ObjectType) -> String { String::new() }
//! }
//!
//! let scope = Scope { catalogue: &Nothing, variables: &[("hours", Type::Int)], open: None };
//! assert!(cel::compile("hours >= 3", &scope, &Expected::Bool).is_ok());
//! let problems = cel::compile("hour >= 3", &scope, &Expected::Bool).unwrap_err();
//! assert_eq!(problems[0].range, 0..4);
//! ```

mod budget;
mod check;
mod data;
mod evaluate;
mod failure;
mod foresee;
mod functions;
mod host;
mod memory;
mod parse;
mod pattern;
mod problem;
mod program;
#[cfg(test)]
mod tests;
mod trace;
mod types;
mod unify;
mod value;

pub use budget::{Budget, DEFAULT_STEPS};
pub use check::{Expected, Scope, compile};
pub use data::{Data, Fields};
pub use evaluate::{Condition, compare_editions, evaluate, evaluate_again, holds_again};
pub use failure::{Cause, Failure};
pub use foresee::{Foreseen, Guards, Known, Sizes, Unguarded, cost, foresee};
pub use functions::{Signature, signatures};
pub use host::{Host, Mode, Read};
pub use memory::Memory;
pub use pattern::{Found, Patterns, Sieve};
pub use problem::{Problem, ProblemKind};
pub use program::{Program, ReadPath};
pub use trace::{Part, Role, Step, Trace};
pub use types::{Catalogue, Field, ObjectType, Record, RecordField, Slot, Type};
pub use value::{Content, List, Plain, Text, Value};
