//! How the double runs workflows, and what it says of that to whom.

use serde_json::{Value, json};

use crate::routes::{Reply, message, over};
use crate::state::State;

/// From which branches the secrets of the environment `plan-gate` are seen.
#[derive(Debug, Clone, Default)]
pub(crate) enum Secrets {
    /// There is no such environment.
    #[default]
    Nowhere,
    FromAny,
    FromProtected,
    From(Vec<&'static str>),
}

/// The settings of Actions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Actions {
    pub(crate) secrets: Secrets,
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
            let policy = |is_custom: bool| json!({ "protected_branches": !is_custom, "custom_branch_policies": is_custom });
            let (policy, names) = match &of.secrets {
                Secrets::Nowhere => return missing(),
                Secrets::FromAny => (Value::Null, Vec::new()),
                Secrets::FromProtected => (policy(false), Vec::new()),
                Secrets::From(names) => (policy(true), names.clone()),
            };
            if last != "deployment-branch-policies" {
                let told = json!({ "deployment_branch_policy": policy });
                return Reply(200, over(template, told));
            }
            let policies = names.iter().map(|name| json!({ "name": name }));
            let policies: Vec<Value> = policies.collect();
            let told = json!({ "total_count": names.len(), "branch_policies": policies });
            return Reply(200, told);
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
