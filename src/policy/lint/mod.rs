//! A policy that resolves → what is wrong with it all the same.
//!
//! In: a resolved policy. Out: problems in its file, each at the exact characters. Sees no plan: it
//! goes through the rows of the tables and the entries of the law's lists, and asks the expressions
//! what they can come to there. What it decides, and what it leaves open, stands in
//! `docs/policy-format.md` §11.

mod conditions;
mod guards;
mod states;
mod steps;
mod unused;

use super::policy::Policy;
use super::problem::Problems;

/// Looks for everything in one pass; the policy loads where no problem is an error. Where a part of it
/// did not resolve, nothing is said of what that part might have used or asked first.
pub(super) fn lint(policy: &Policy, problems: &mut Problems<'_>) {
    let is_whole = problems.loads();
    conditions::check(policy, problems);
    states::check(policy, problems);
    steps::check(policy, problems);
    if is_whole {
        guards::check(policy, problems);
        unused::check(policy, problems);
    }
}

impl super::expression::Expression {
    /// A range of the expression as a span of the file.
    fn part(&self, policy: &Policy, range: &std::ops::Range<usize>) -> crate::text::Span {
        let (text, source) = (policy.file.text(), self.program().source());
        crate::document::inside(text, self.span, source, range)
    }

    /// The expression without its quotes, as a span of the file.
    fn whole(&self, policy: &Policy) -> crate::text::Span {
        self.part(policy, &(0..self.program().source().len()))
    }
}
