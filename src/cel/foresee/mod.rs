//! What an expression can come to, before there is any plan.
//!
//! In: a [`Program`] and what is [`Known`] where it is asked: the figures of a row, the words a field
//! is limited to, what other expressions must have come to. Out: whether it can be true, whether it
//! can be false, which reads have no guard, and how many steps it may take. Knows nothing of plans.
//! Invariant: it errs on the side of *can*: what it calls impossible is impossible, while what it
//! calls possible may not be.
//!
//! Decided: `==` `!=` `<` `<=` `>` `>=` and `in` over words, whole numbers and figures of the policy;
//! `has` `stated` `mode` of the same path; `&&` `||` `!` `?:`; comprehensions over lists of the policy,
//! element by element. Not decided: texts, patterns, dates, how two fields hang together.

mod cost;
mod guard;
mod key;
mod known;
mod reason;
mod values;

pub use cost::{Sizes, cost};
pub use guard::{Guards, Unguarded};
pub use known::Known;
pub use reason::{Foreseen, foresee};
