//! How the double runs workflows, and what it says of that to whom.

use serde_json::{Value, json};

use crate::routes::{Reply, message, over};
use crate::state::State;

/// The settings of Actions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Actions {
    /// Of the environment `plan-gate`: its branches; `None` within for any.
    pub(crate) environment: Option<Option<Vec<&'static str>>>,
    /// Whether its branches are those that have rules.
    pub(crate) of_protected: bool,
    pub(crate) writes: bool,
    pub(crate) approves: bool,
    pub(crate) waiting: &'static str,
    /// Of a private repository: a token that writes, secrets.
    pub(crate) forks: Option<[bool; 2]>,
    /// Whether the token may read what administrators see.
    pub(crate) is_open: bool,
}

impl State {
    pub(crate) fn actions(&self, template: &Value, path: &str) -> Reply {
        let of = &self.actions;
        let missing = || message(404, "Not Found");
        let last = path.rsplit('/').next().unwrap_or_default();
        if path.contains("/environments/") {
            let Some(branches) = &of.environment else {
                return missing();
            };
            let policy = branches.as_ref().map(|_| {
                json!({ "protected_branches": of.of_protected, "custom_branch_policies": !of.of_protected })
            });
            if last != "deployment-branch-policies" {
                return Reply(
                    200,
                    over(template, json!({ "deployment_branch_policy": policy })),
                );
            }
            let names = branches.clone().unwrap_or_default();
            let policies = names.iter().map(|name| json!({ "name": name }));
            let policies: Vec<Value> = policies.collect();
            return Reply(
                200,
                json!({ "total_count": names.len(), "branch_policies": policies }),
            );
        }
        if !of.is_open {
            return message(403, "Resource not accessible by integration");
        }
        match last {
            "workflow" => Reply(
                200,
                json!({
                    "default_workflow_permissions": if of.writes { "write" } else { "read" },
                    "can_approve_pull_request_reviews": of.approves,
                }),
            ),
            "fork-pr-contributor-approval" => Reply(200, json!({ "approval_policy": of.waiting })),
            _ => of.forks.map_or_else(missing, |[writes, secrets]| {
                let told = json!({
                    "run_workflows_from_fork_pull_requests": true,
                    "send_write_tokens_to_workflows": writes,
                    "send_secrets_and_variables": secrets,
                    "require_approval_for_fork_pr_workflows": true,
                });
                Reply(200, told)
            }),
        }
    }
}
