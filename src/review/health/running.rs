//! How a forge runs workflows → whether the key of the gate, and what stands for an approval, are safe
//! from what a pull request brings.

use super::{Point, State, may_read};
use crate::text::Localized;

/// How workflows run; `None` where we may not know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// Where the key of the gate lies.
    pub environment: Option<Environment>,
    /// Whether the token of a run may write where its workflow says nothing of it.
    pub writes_by_default: Option<bool>,
    /// Whether a workflow may approve a pull request.
    pub may_approve: Option<bool>,
    /// Whose pull request runs no workflow until somebody of ours says so.
    pub waiting: Option<Waiting>,
    /// What a fork of a private repository gets; nothing of a public one.
    pub forks: Forks,
}

/// From which branches the secrets of an environment are seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environment {
    /// There is none of this name.
    Missing,
    /// From any, also that of a pull request.
    AnyBranch,
    /// From those that have rules.
    ProtectedBranches,
    /// From those of these names and patterns.
    Named(Vec<String>),
}

/// Which strangers have to wait before their workflows run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Those whose account is new.
    NewAccounts,
    /// Those who have contributed nothing yet.
    FirstTime,
    /// All.
    Everybody,
}

/// What workflows of a fork get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forks {
    /// A token that writes.
    pub write: bool,
    /// The secrets of the repository.
    pub secrets: bool,
}

/// What is to be said of it: of the gate's `environment`, for the key is for `branch` alone. `is_app`
/// tells whether there is a key. `Err` where nothing could be read, and why.
pub fn running(
    read: Result<&Running, &Localized>,
    environment: &str,
    branch: &str,
    is_app: bool,
) -> Vec<Point> {
    let running = match read {
        Ok(running) => running,
        Err(why) => {
            let found = Localized::new(
                format!("無法得知工作流程之設定：{}", why.zh_tw),
                format!("how workflows run is not known: {}", why.en),
            );
            return vec![Point::asking(
                "workflows-run",
                State::Unknown,
                found,
                may_read(),
            )];
        }
    };
    let mut points = vec![key(
        running.environment.as_ref(),
        environment,
        branch,
        is_app,
    )];
    points.extend(token(running.writes_by_default));
    points.extend(approving(running.may_approve));
    points.extend(strangers(running.waiting));
    points.extend(forks(running.forks));
    points
}

fn key(found: Option<&Environment>, name: &str, branch: &str, is_app: bool) -> Point {
    let id = "environment";
    // Without an App there is no key that anybody could read.
    let grave = if is_app {
        State::Wrong
    } else {
        State::Attention
    };
    let help = Localized::new(
        format!("於環境「{name}」之 Deployment branches 只列「{branch}」，App 之私鑰只存於此環境"),
        format!(
            "name {branch} as the only deployment branch of {name}, and keep the key of the App there alone"
        ),
    );
    let (state, zh_tw, en) = match found {
        Some(Environment::Named(names)) if *names == [branch] => {
            let found = Localized::new(
                format!("環境「{name}」之機密只有「{branch}」之工作得見"),
                format!("the secrets of {name} are seen by jobs of {branch} alone"),
            );
            return Point::good(id, found);
        }
        Some(Environment::Named(names)) => (
            grave,
            format!("環境「{name}」亦開放予「{}」", names.join("」「")),
            format!("{name} is open to {}", names.join(", ")),
        ),
        Some(Environment::ProtectedBranches) => (
            State::Attention,
            format!("環境「{name}」開放予所有受保護之分支"),
            format!("{name} is open to every branch that has rules"),
        ),
        Some(Environment::AnyBranch) => (
            grave,
            format!("環境「{name}」開放予任何分支，合併請求自帶之工作流程讀得到其機密"),
            format!(
                "{name} is open to any branch: a workflow that a pull request brings reads its secrets"
            ),
        ),
        Some(Environment::Missing) => (
            grave,
            format!("沒有環境「{name}」"),
            format!("there is no environment {name}"),
        ),
        None => {
            let state = if is_app {
                State::Unknown
            } else {
                State::Attention
            };
            let found = Localized::new(
                format!("無法得知環境「{name}」開放予哪些分支"),
                format!("to which branches {name} is open is not known"),
            );
            return Point::asking(id, state, found, may_read());
        }
    };
    Point::asking(id, state, Localized::new(zh_tw, en), help)
}

fn look(id: &'static str, found: (&str, &str), help: Localized) -> Option<Point> {
    let found = Localized::new(found.0, found.1);
    Some(Point::asking(id, State::Attention, found, help))
}

/// The workflow pack says what each job may do; other workflows may not.
fn token(writes: Option<bool>) -> Option<Point> {
    let id = "default-token";
    match writes {
        Some(false) => None,
        Some(true) => look(
            id,
            (
                "未寫明權限之工作流程，其權杖可寫入",
                "the token of a workflow that says nothing of permissions may write",
            ),
            Localized::new(
                "將 Workflow permissions 設為唯讀",
                "set the workflow permissions to read",
            ),
        ),
        None => look(
            id,
            (
                "無法得知工作流程權杖之預設權限",
                "what the token of a workflow may do by default is not known",
            ),
            may_read(),
        ),
    }
}

/// Here no program's approval counts. For a number of approvals that the forge asks for it would.
fn approving(may: Option<bool>) -> Option<Point> {
    let id = "workflow-approves";
    match may {
        Some(false) => None,
        Some(true) => look(
            id,
            (
                "工作流程可核准合併請求；平台所要求之核准數會計入",
                "workflows may approve pull requests, and count where the forge asks for approvals",
            ),
            Localized::new(
                "關閉「Allow GitHub Actions to create and approve pull requests」",
                "switch off that GitHub Actions may create and approve pull requests",
            ),
        ),
        None => look(
            id,
            (
                "無法得知工作流程可否核准合併請求",
                "whether workflows may approve pull requests is not known",
            ),
            may_read(),
        ),
    }
}

fn strangers(waiting: Option<Waiting>) -> Option<Point> {
    let id = "fork-workflows";
    let found = match waiting {
        Some(Waiting::Everybody) => return None,
        Some(Waiting::FirstTime) => (
            "曾經貢獻之外部人員，其工作流程不經核可即執行",
            "workflows of outsiders who have contributed once run without being asked for",
        ),
        Some(Waiting::NewAccounts) => (
            "外部人員之工作流程，除新帳號外不經核可即執行",
            "workflows of outsiders run without being asked for, but for those of new accounts",
        ),
        None => {
            let found = (
                "無法得知外部人員之工作流程是否須經核可",
                "whether workflows of outsiders wait to be let run is not known",
            );
            return look(id, found, may_read());
        }
    };
    let help = Localized::new(
        "設為所有外部人員皆須核可",
        "ask for approval of all external contributors",
    );
    look(id, found, help)
}

fn forks(forks: Forks) -> Option<Point> {
    let (zh_tw, en) = match (forks.write, forks.secrets) {
        (false, false) => return None,
        (true, false) => (
            "分叉之工作流程得到可寫入之權杖，可自行設定狀態",
            "workflows of forks get a token that writes, and can set any status",
        ),
        (_, true) => (
            "分叉之工作流程讀得到機密",
            "workflows of forks read the secrets",
        ),
    };
    let help = Localized::new(
        "不給分叉可寫入之權杖，也不給機密",
        "give forks neither a token that writes nor secrets",
    );
    let found = Localized::new(zh_tw, en);
    Some(Point::asking("fork-secrets", State::Wrong, found, help))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE: Running = Running {
        environment: None,
        writes_by_default: Some(false),
        may_approve: Some(false),
        waiting: Some(Waiting::Everybody),
        forks: Forks {
            write: false,
            secrets: false,
        },
    };

    fn states(running: &Running, is_app: bool) -> Vec<(&'static str, State)> {
        let points = self::running(Ok(running), "plan-gate", "main", is_app);
        points.iter().map(|point| (point.id, point.state)).collect()
    }

    #[test]
    fn threat_02_the_key_is_for_jobs_of_the_default_branch_alone() {
        let of = |environment: Option<Environment>, is_app| {
            let running = Running {
                environment,
                ..SAFE
            };
            states(&running, is_app)[0].1
        };
        let named = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned());
            Some(Environment::Named(names.collect()))
        };
        for (environment, app, token) in [
            (named(&["main"]), State::Good, State::Good),
            (named(&["main", "*"]), State::Wrong, State::Attention),
            (named(&[]), State::Wrong, State::Attention),
            (Some(Environment::AnyBranch), State::Wrong, State::Attention),
            (Some(Environment::Missing), State::Wrong, State::Attention),
            (
                Some(Environment::ProtectedBranches),
                State::Attention,
                State::Attention,
            ),
            (None, State::Unknown, State::Attention),
        ] {
            assert_eq!(of(environment.clone(), true), app, "{environment:?}");
            assert_eq!(of(environment.clone(), false), token, "{environment:?}");
        }
    }

    #[test]
    fn threat_15_threat_27_what_is_loose_or_not_known_is_told() {
        let only_key = vec![("environment", State::Attention)];
        assert_eq!(states(&SAFE, false), only_key);
        let closed = Running::default();
        let loose = Running {
            writes_by_default: Some(true),
            may_approve: Some(true),
            waiting: Some(Waiting::FirstTime),
            ..SAFE
        };
        for running in [closed, loose] {
            let told = states(&running, false);
            let ids: Vec<&str> = told.iter().map(|(id, _)| *id).collect();
            assert_eq!(
                ids,
                [
                    "environment",
                    "default-token",
                    "workflow-approves",
                    "fork-workflows"
                ]
            );
            assert!(told.iter().all(|(_, state)| *state == State::Attention));
        }
        let why = Localized::same("x");
        let unread = running(Err(&why), "plan-gate", "main", false);
        assert!(unread[0].state.blocks());
    }

    #[test]
    fn threat_02_a_fork_that_gets_a_token_or_secrets_breaks_the_gate() {
        for (write, secrets) in [(true, false), (false, true), (true, true)] {
            let running = Running {
                forks: Forks { write, secrets },
                ..SAFE
            };
            let told = states(&running, false);
            assert_eq!(told.last(), Some(&("fork-secrets", State::Wrong)));
        }
    }
}
