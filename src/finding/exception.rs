//! What a repository accepts for a time: a failure waived, a policy that weighs less.
//!
//! Both are written by people in files of their own, so that each part remembers its place.

use std::sync::Arc;

use super::{Place, Severity};
use crate::text::{Day, SourceFile, Span};

/// A value of a file that a user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// One failure of one plan that is accepted for a time (豁免).
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// The policy.
    pub policy: Written<String>,
    /// The check that fails; any where absent.
    pub check: Option<String>,
    /// The entry of the law's list, for policies that go through one; any where absent.
    pub need: Option<String>,
    /// The folder of the plan, from the root of the repository.
    pub plan: Written<String>,
    /// The body, by id or name; may be absent where the plan has one body only.
    pub body: Option<String>,
    /// The path of the finding, by identity.
    pub path: Written<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The role title of who accepted it.
    pub approver: String,
    /// The day it was granted.
    pub granted: Written<Day>,
    /// The last day it holds, at most a year after it was granted.
    pub until: Written<Day>,
}

impl Waiver {
    /// Whether it holds on a day.
    pub fn holds_on(&self, today: Day) -> bool {
        self.granted.value <= today && today <= self.until.value
    }

    /// The place of one of its parts.
    pub fn place(&self, span: Span) -> Place {
        let of = [
            Some(&*self.policy.value),
            Some(&*self.plan.value),
            self.body.as_deref(),
            Some(&*self.path.value),
            self.check.as_deref(),
            self.need.as_deref(),
        ];
        let of: Vec<&str> = of.into_iter().flatten().collect();
        Place::new(&self.file, span, format!("waivers[{}]", of.join("/")))
    }
}

/// A policy whose failures weigh less for a time.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// The policy.
    pub policy: Written<String>,
    /// The most that a failure weighs.
    pub to: Written<Severity>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: Written<Day>,
}

impl Lowered {
    /// Whether it holds on a day.
    pub fn holds_on(&self, today: Day) -> bool {
        today <= self.until.value
    }

    /// The place of one of its parts.
    pub fn place(&self, span: Span) -> Place {
        let path = format!("gate.lower[{}]", self.policy.value);
        Place::new(&self.file, span, path)
    }
}
