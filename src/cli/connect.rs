//! What the environment says of GitHub → a repository there to talk to, or what has to be set.
//!
//! In a workflow all of it is set already; elsewhere a token and the name of a repository are enough.
//! Invariants: a token or key is never an argument, so that no list of processes shows it; none is
//! ever told.

use super::world::World;
use crate::forge::github::{
    GitHub, Identity, Limits, NotConnected, Proxy, Secret, Settings, Unusable,
};
use crate::forge::{Error, ErrorKind, Forge};
use crate::text::Localized;

const TOKENS: [&str; 2] = ["PLANGATE_TOKEN", "GITHUB_TOKEN"];
const APP: [&str; 2] = ["PLANGATE_APP_ID", "PLANGATE_APP_PRIVATE_KEY"];
const GITHUB: &str = "https://github.com";
const API: &str = "https://api.github.com";

/// A repository of a forge.
pub(super) struct Connected {
    pub(super) forge: Box<dyn Forge>,
    /// Where people read it, and where Git fetches it: `https://github.com/owner/name`.
    pub(super) address: String,
    /// The App that we are, where we are one.
    pub(super) app: Option<u64>,
}

/// Connects to the repository that is named, or to that of the workflow.
pub(super) fn connect(world: &World<'_>, named: Option<&str>) -> Result<Connected, Localized> {
    let settings = settings(world, named)?;
    let (server, owner, name) = (&settings.server, &settings.owner, &settings.name);
    let address = format!("{server}/{owner}/{name}");
    let github = GitHub::connect(&settings, (world.pace)()).map_err(|error| told(&error))?;
    let app = match settings.identity {
        Identity::App { id, .. } => Some(id),
        Identity::Token(_) => None,
    };
    Ok(Connected {
        forge: Box::new(github),
        address,
        app,
    })
}

fn settings(world: &World<'_>, named: Option<&str>) -> Result<Settings, Localized> {
    let (owner, name) = repository(world, named)?;
    let (server, api) = addresses(world);
    Ok(Settings {
        api,
        server,
        owner,
        name,
        identity: identity(world)?,
        proxy: proxy(world),
        limits: Limits::default(),
        run: world.now.as_second().unsigned_abs(),
    })
}

fn repository(world: &World<'_>, named: Option<&str>) -> Result<(String, String), Localized> {
    let named = named.map(str::to_owned);
    let Some(named) = named.or_else(|| world.variable("GITHUB_REPOSITORY")) else {
        return Err(Localized::new(
            "未指明平台上之儲存庫；以 --forge OWNER/NAME 指定，或設定 GITHUB_REPOSITORY",
            "no repository of the forge is named: give --forge OWNER/NAME, or set GITHUB_REPOSITORY",
        ));
    };
    let parts = named.split_once('/');
    let parts = parts.map(|(owner, name)| (owner.to_owned(), name.to_owned()));
    parts.ok_or_else(|| unusable(Unusable::Repository))
}

/// The address for people, and that of the API. Either follows from the other: an Enterprise Server
/// has its API below its own name.
fn addresses(world: &World<'_>) -> (String, String) {
    let given = |name| {
        let given = world.variable(name)?;
        Some(given.trim_end_matches('/').to_owned())
    };
    match (given("GITHUB_SERVER_URL"), given("GITHUB_API_URL")) {
        (Some(server), Some(api)) => (server, api),
        (None, None) => (GITHUB.to_owned(), API.to_owned()),
        (Some(server), None) if server == GITHUB => (server, API.to_owned()),
        (Some(server), None) => {
            let api = format!("{server}/api/v3");
            (server, api)
        }
        (None, Some(api)) if api == API => (GITHUB.to_owned(), api),
        (None, Some(api)) => {
            let server = api.strip_suffix("/api/v3").unwrap_or(&api);
            (server.to_owned(), api)
        }
    }
}

/// A GitHub App where there is one, for its statuses can be told from those of others.
fn identity(world: &World<'_>) -> Result<Identity, Localized> {
    match APP.map(|name| world.variable(name)) {
        [Some(id), Some(key)] => {
            let id = id.trim().parse().map_err(|_| {
                Localized::new(
                    "PLANGATE_APP_ID 應為 GitHub App 之編號（數字）",
                    "PLANGATE_APP_ID must be the number of a GitHub App",
                )
            })?;
            Ok(Identity::App {
                id,
                key: Secret::new(key),
                installation: None,
            })
        }
        [None, None] => {
            let token = TOKENS.iter().find_map(|name| world.variable(name));
            let token = token.ok_or_else(nobody)?;
            Ok(Identity::Token(Secret::new(token.trim())))
        }
        [Some(_), None] => Err(half(APP)),
        [None, Some(_)] => Err(half([APP[1], APP[0]])),
    }
}

fn nobody() -> Localized {
    Localized::new(
        "未連接平台：設定 PLANGATE_TOKEN（或 GITHUB_TOKEN），或 PLANGATE_APP_ID 與 PLANGATE_APP_PRIVATE_KEY；離線則以 --snapshot 提供平台所述之快照",
        "no forge is connected: set PLANGATE_TOKEN (or GITHUB_TOKEN), or PLANGATE_APP_ID and PLANGATE_APP_PRIVATE_KEY; offline, give what it said with --snapshot",
    )
}

fn half([set, missing]: [&str; 2]) -> Localized {
    Localized::new(
        format!("已設定 {set}，尚缺 {missing}"),
        format!("{set} is set and {missing} is not"),
    )
}

/// As programs agree: the name in lower case goes before that in capitals.
pub(super) fn proxy(world: &World<'_>) -> Option<Proxy> {
    let either = |name: &str| {
        let lower = world.variable(&name.to_ascii_lowercase());
        lower.or_else(|| world.variable(name))
    };
    let address = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY"))?;
    Some(Proxy {
        address: Secret::new(address),
        except: either("NO_PROXY").unwrap_or_default(),
    })
}

/// Why there is no connection, and what to set.
fn told(error: &NotConnected) -> Localized {
    match error {
        NotConnected::Refused(error) => no_token(error),
        NotConnected::Unusable(why) => unusable(*why),
    }
}

/// Why GitHub gave the App no token.
fn no_token(error: &Error) -> Localized {
    let (zh_tw, en) = match error.kind {
        ErrorKind::Unauthorized => (
            "GitHub 不接受此 App 之簽章；核對 PLANGATE_APP_ID 與私鑰是否同屬一個 App、金鑰是否已撤銷、本機時鐘是否準確",
            "GitHub does not take the signature of the App: check that PLANGATE_APP_ID and the key are of one App, that the key is not revoked, and the clock of this machine",
        ),
        ErrorKind::NotFound => (
            "此 App 未安裝於本儲存庫；於 App 之設定安裝於此",
            "the App is not installed on this repository; install it there",
        ),
        ErrorKind::Forbidden => (
            "此 App 之安裝已停用；於 App 之設定恢復",
            "the installation of the App is suspended; resume it",
        ),
        ErrorKind::Rejected => (
            "此 App 缺少所需之權限；其 Contents 應可讀，Pull requests 與 Commit statuses 應可寫，變更後由安裝者核可",
            "the App lacks a permission: contents to read, pull requests and commit statuses to write; whoever installed it has to accept the change",
        ),
        _ => return error.told(),
    };
    let asked = &error.asked;
    Localized::new(format!("{zh_tw}（{asked}）"), format!("{en} ({asked})"))
}

/// What is set and of no use.
pub(super) fn unusable(why: Unusable) -> Localized {
    let (zh_tw, en) = match why {
        Unusable::Address => (
            "GITHUB_API_URL 應為 https 網址，不含帳號與查詢",
            "GITHUB_API_URL must be an https address without a user or a query",
        ),
        Unusable::Repository => (
            "平台上之儲存庫應寫為 OWNER/NAME",
            "the repository of the forge is written OWNER/NAME",
        ),
        Unusable::Token => (
            "權杖含有權杖不會有的字元；核對 PLANGATE_TOKEN",
            "the token holds what no token holds; check PLANGATE_TOKEN",
        ),
        Unusable::Key => (
            "GitHub App 之私鑰無法解讀；PLANGATE_APP_PRIVATE_KEY 應為 PEM 全文",
            "the key of the App cannot be read: PLANGATE_APP_PRIVATE_KEY takes the whole PEM",
        ),
        Unusable::Proxy => (
            "HTTPS_PROXY（或 ALL_PROXY）不是代理伺服器之網址",
            "HTTPS_PROXY (or ALL_PROXY) is no address of a proxy",
        ),
        Unusable::Certificates => (
            "無法讀取系統信任之憑證",
            "the certificates that the system trusts cannot be read",
        ),
    };
    Localized::new(zh_tw, en)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::forge::pace::WallClock;

    fn settings_of(set: &[(&str, &str)], named: Option<&str>) -> Result<Settings, Localized> {
        let variables = |name: &str| {
            let found = set.iter().find(|(other, _)| *other == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let world = World {
            arguments: Vec::new(),
            input: &mut std::io::empty(),
            out: &mut std::io::sink(),
            err: &mut std::io::sink(),
            today: "2026-11-20".parse().expect("a day"),
            now: Timestamp::UNIX_EPOCH,
            variables: &variables,
            temporary: std::env::temp_dir(),
            pace: &|| Box::new(WallClock),
            color: false,
            progress: false,
            ends: false,
        };
        settings(&world, named)
    }

    const TOKEN: (&str, &str) = ("PLANGATE_TOKEN", "ghs_abc");

    #[test]
    fn a_workflow_has_set_everything() {
        let settings = settings_of(
            &[
                ("GITHUB_REPOSITORY", "jia/plans"),
                ("GITHUB_API_URL", "https://ghes.example/api/v3"),
                ("GITHUB_SERVER_URL", "https://ghes.example"),
                ("HTTPS_PROXY", "http://other.example:3128"),
                ("https_proxy", "http://proxy.example:3128"),
                ("NO_PROXY", "ghes.example"),
                TOKEN,
            ],
            None,
        )
        .expect("settings");
        let names = (&*settings.owner, &*settings.name);
        assert_eq!(names, ("jia", "plans"));
        assert_eq!(settings.api, "https://ghes.example/api/v3");
        let proxy = settings.proxy.expect("a proxy");
        assert_eq!(proxy.except, "ghes.example");
    }

    #[test]
    fn either_address_follows_from_the_other() {
        let addresses = |name: &'static str, value: &'static str| {
            let set = [TOKEN, (name, value)];
            let settings = settings_of(&set, Some("jia/plans")).expect("settings");
            [settings.server, settings.api]
        };
        let github = [GITHUB, API];
        assert_eq!(addresses("X", ""), github);
        assert_eq!(
            addresses("GITHUB_SERVER_URL", "https://github.com/"),
            github
        );
        assert_eq!(
            addresses("GITHUB_API_URL", "https://api.github.com"),
            github
        );
        let own = ["https://ghes.example", "https://ghes.example/api/v3"];
        assert_eq!(addresses("GITHUB_SERVER_URL", own[0]), own);
        assert_eq!(addresses("GITHUB_API_URL", own[1]), own);
    }

    #[test]
    fn what_is_missing_is_named() {
        let why =
            |set: &[(&str, &str)], named| settings_of(set, named).expect_err("no settings").en;
        let named = Some("jia/plans");
        assert!(why(&[TOKEN], None).contains("GITHUB_REPOSITORY"));
        assert!(why(&[TOKEN], Some("plans")).contains("OWNER/NAME"));
        assert!(why(&[], named).contains("PLANGATE_TOKEN"));
        let id = ("PLANGATE_APP_ID", "12");
        let key = ("PLANGATE_APP_PRIVATE_KEY", "PEM");
        assert_eq!(
            why(&[TOKEN, id], named),
            "PLANGATE_APP_ID is set and PLANGATE_APP_PRIVATE_KEY is not"
        );
        assert!(why(&[TOKEN, key], named).ends_with("PLANGATE_APP_ID is not"));
        assert!(why(&[("PLANGATE_APP_ID", "plangate"), key], named).contains("number"));
    }

    #[test]
    fn an_app_goes_before_a_token_and_our_token_before_that_of_the_workflow() {
        let identity = |set: &[(&str, &str)]| {
            let settings = settings_of(set, Some("jia/plans")).expect("settings");
            settings.identity
        };
        let key = ("PLANGATE_APP_PRIVATE_KEY", "PEM");
        let app = identity(&[TOKEN, ("PLANGATE_APP_ID", " 12\n"), key]);
        assert!(matches!(app, Identity::App { id: 12, .. }));
        // Two that differ cannot be told apart by what is shown of them, which is nothing.
        let token = identity(&[TOKEN, ("GITHUB_TOKEN", "no token")]);
        assert!(matches!(token, Identity::Token(_)));
        assert!(!format!("{token:?}").contains("ghs_abc"));
    }
}
