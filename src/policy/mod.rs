//! The pack: policies and laws as data, resolved against the plan schema.
//!
//! In: the text of policy files and of `laws.yaml`. Out: a [`Pack`], in which every name, field and
//! citation resolves, or findings in those files. Knows no plan and no date of today. Invariant: an
//! edition in the pack is complete: nothing has to be looked up elsewhere to judge by it.

mod advice;
mod catalogue;
mod derived;
mod embedded;
mod example;
mod expression;
mod forbid;
mod grounds;
mod laws;
mod lint;
mod load;
mod local;
mod message;
mod modes;
mod names;
mod pack;
mod params;
#[expect(
    clippy::module_inception,
    reason = "the noun of this layer is the policy"
)]
mod policy;
mod problem;
mod raw;
mod read_laws;
mod resolve;
mod states;
mod table;
mod template;

pub use catalogue::{PlanCatalogue, SlotOf, defaults, slot_of};
pub use derived::{Collection, DerivedField};
pub use example::{Example, Expectation};
pub use expression::Expression;
pub use forbid::Forbid;
pub use laws::{Law, LawEdition, Laws, Located, Numbers, Provision};
pub use load::{Loaded, Loading, PolicyFile};
pub use message::{Message, Placeholder};
pub use modes::{ModeVerdict, Modes};
pub use names::VARIABLES;
pub use pack::{Pack, PackSource};
pub use params::{Params, in_language};
pub use policy::{
    Check, Cite, Covers, Deadline, Each, Edition, FactPath, Grounds, Pairs, Policy, Scope, Start,
    Write, WriteKind,
};
pub use table::{Confidence, GRADES, Row, SECTORS, Table};
pub use template::Template;
