//! How GitHub runs the workflows of a repository.
//!
//! The environment is told to every reader whose token may read Actions. The rest is for
//! administrators; where it is closed to us, it is not known, which is another thing than not set.

use serde::Deserialize;

use super::GitHub;
use super::writing::encoded;
use crate::forge::{Error, ErrorKind};
use crate::review::health::{Environment, Forks, Running, Waiting};

#[derive(Deserialize)]
struct Deploying {
    /// `null` where any branch may.
    deployment_branch_policy: Option<Policy>,
}

#[derive(Deserialize)]
struct Policy {
    custom_branch_policies: bool,
}

#[derive(Deserialize)]
struct Patterns {
    total_count: usize,
    branch_policies: Vec<Pattern>,
}

#[derive(Deserialize)]
struct Pattern {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Token {
    default_workflow_permissions: Permission,
    can_approve_pull_request_reviews: bool,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Permission {
    Read,
    Write,
}

#[derive(Deserialize)]
struct Contributors {
    approval_policy: Approval,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Approval {
    FirstTimeContributorsNewToGithub,
    FirstTimeContributors,
    AllExternalContributors,
}

/// Of a private repository alone.
#[derive(Deserialize)]
struct OfForks {
    run_workflows_from_fork_pull_requests: bool,
    send_write_tokens_to_workflows: bool,
    send_secrets_and_variables: bool,
}

impl GitHub {
    pub(super) fn read_running(&mut self, environment: &str) -> Result<Running, Error> {
        let permissions = format!("{}/actions/permissions", self.repository);
        let token = self.open_to_us::<Token>(&format!("{permissions}/workflow"))?;
        let waiting = format!("{permissions}/fork-pr-contributor-approval");
        let waiting = self.open_to_us::<Contributors>(&waiting)?;
        let forks = format!("{permissions}/fork-pr-workflows-private-repos");
        let forks = self.open_to_us::<OfForks>(&forks)?;
        let forks = forks.filter(|forks| forks.run_workflows_from_fork_pull_requests);
        Ok(Running {
            environment: self.read_environment(environment)?,
            writes_by_default: token
                .as_ref()
                .map(|token| token.default_workflow_permissions == Permission::Write),
            may_approve: token.map(|token| token.can_approve_pull_request_reviews),
            waiting: waiting.map(|told| match told.approval_policy {
                Approval::FirstTimeContributorsNewToGithub => Waiting::NewAccounts,
                Approval::FirstTimeContributors => Waiting::FirstTime,
                Approval::AllExternalContributors => Waiting::Everybody,
            }),
            forks: forks.map_or_else(Forks::default, |forks| Forks {
                write: forks.send_write_tokens_to_workflows,
                secrets: forks.send_secrets_and_variables,
            }),
        })
    }

    /// `None` where it is closed to us. That there is none is told like that it is not for us to see
    /// in a private repository; but then nothing else of it is open either.
    fn read_environment(&mut self, name: &str) -> Result<Option<Environment>, Error> {
        let route = format!("{}/environments/{}", self.repository, encoded(name));
        let deploying: Deploying = match self.client.read(&route) {
            Ok(read) => read,
            Err(error) if error.kind == ErrorKind::NotFound => {
                return Ok(Some(Environment::Missing));
            }
            Err(error) if error.kind == ErrorKind::Forbidden => return Ok(None),
            Err(error) => return Err(error),
        };
        match deploying.deployment_branch_policy {
            None => return Ok(Some(Environment::AnyBranch)),
            Some(policy) if !policy.custom_branch_policies => {
                return Ok(Some(Environment::ProtectedBranches));
            }
            Some(_) => {}
        }
        let patterns = format!("{route}/deployment-branch-policies?per_page=100");
        let Some(patterns) = self.open_to_us::<Patterns>(&patterns)? else {
            return Ok(None);
        };
        if patterns.branch_policies.len() < patterns.total_count {
            return Err(Error {
                kind: ErrorKind::Truncated,
                asked: format!("GET {route}"),
                said: String::new(),
            });
        }
        let names = patterns.branch_policies.into_iter();
        let names = names.map(|pattern| pattern.name);
        Ok(Some(Environment::Named(names.collect())))
    }
}
