//! The approval rules of `plangate.yaml` as written: which changes need whose approval.
//!
//! The condition is an expression over a change; it is compiled where changes are known (`review`).

use serde::Deserialize;

use crate::document::Spanned;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRule {
    /// Names the rule in comments and in evidence.
    pub id: Spanned<String>,
    /// What the rule is for, to be read by people.
    pub title: Option<String>,
    /// Which changes it is about: an expression over `change`; every change where not said.
    pub when: Option<Spanned<String>>,
    /// Who has to approve; all of them, each another person.
    pub require: Vec<RequiredRole>,
    /// Whether only the very commit counts that was approved, whatever it means.
    #[serde(default)]
    pub strict: bool,
}

/// A role that has to approve.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredRole {
    /// The title of the role, as the roster has it.
    pub role: Spanned<String>,
    /// Where it is held.
    #[serde(default)]
    pub of: RoleOf,
    /// How many people.
    #[serde(default = "one")]
    pub count: usize,
}

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleOf {
    /// In the agency whose plan changes.
    #[default]
    Agency,
    /// In the agency that supervises it.
    Supervisor,
}

fn one() -> usize {
    1
}
