//! The variables of expressions, and their types in one policy.

use super::catalogue::PlanCatalogue;
use super::derived::Collection;
use crate::cel::{self, Type};

/// The variables of expressions, in the order of their slots (docs/policy-format.md §2). The sections of
/// `plan` may also be named bare.
pub const VARIABLES: [&str; 18] = [
    "it",
    "body",
    "own",
    "plan",
    "fact",
    "need",
    "params",
    "law",
    "day",
    "due",
    "reason",
    "document",
    "citations",
    "match",
    "suggest",
    "old",
    "new",
    "changes",
];

/// Names that expressions may use in one place of a policy.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) variables: Vec<(&'static str, Type)>,
}

/// The types of what differs from policy to policy.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// What is visited.
    pub(super) it: Type,
    /// The fact.
    pub(super) fact: Option<Type>,
    /// An entry of the law's list.
    pub(super) need: Option<Type>,
    /// The parameters.
    pub(super) params: Type,
    /// `old` and `new`, of a transition.
    pub(super) side: Option<Type>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            it: Type::Dyn,
            fact: None,
            need: None,
            params: Type::Dyn,
            side: None,
        }
    }
}

impl Names {
    /// The names of a policy over what it sees. A variable without a type is not there.
    pub(super) fn new(catalogue: &PlanCatalogue<'_>, seen: Seen) -> Self {
        let Seen {
            it,
            fact,
            need,
            params,
            side,
        } = seen;
        let changes = Type::list(PlanCatalogue::derived(Collection::Changes));
        let root = catalogue.type_of(catalogue.schema().root());
        let body = catalogue.schema().resolve("bodies").map(|field| {
            let rows = catalogue.type_of(catalogue.schema().field(field).shape);
            rows.element().cloned().unwrap_or(Type::Dyn)
        });
        let law = Type::record([cel::RecordField {
            name: "from".into(),
            ty: Type::Date,
            optional: false,
        }]);
        let types = [
            Some(it),
            body,
            Some(root.clone()),
            Some(root),
            fact,
            need,
            Some(params),
            Some(law),
            Some(Type::Date),
            Some(Type::Date),
            Some(Type::Text),
            Some(Type::Text),
            Some(Type::list(PlanCatalogue::derived(Collection::Citations))),
            Some(Type::Text),
            Some(Type::Text),
            side.clone(),
            side.clone(),
            side.map(|_| changes),
        ];
        let named = VARIABLES.iter().zip(types);
        let variables = named.filter_map(|(name, ty)| Some((*name, ty?)));
        Self {
            variables: variables.collect(),
        }
    }
}
