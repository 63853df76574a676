//! Why a forge gave no answer, and what helps.

use std::fmt;
use std::time::Duration;

use crate::text::Localized;

/// A question that got no answer, or a write that did not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// What was asked, without any secret: `GET /repos/{owner}/{repo}/pulls/7`.
    pub asked: String,
    /// What the forge said, a stranger's words; empty where it said nothing.
    pub said: String,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The token is none, or no longer.
    Unauthorized,
    /// The token may not do this.
    Forbidden,
    /// There is no such thing, or the token may not see it.
    NotFound,
    /// The forge does not take this: a line outside of the diff, a text that is too long.
    Rejected,
    /// Too much was asked; wait as long as the forge says, if it says.
    RateLimited(Option<Duration>),
    /// The forge is not well, or cannot be reached.
    Unreachable,
    /// The proxy lets nothing through; the forge has heard nothing.
    Proxy,
    /// Who answers has no certificate that this system trusts, and has heard nothing.
    Untrusted,
    /// The answer is not what the forge describes.
    Malformed,
    /// A list was cut short.
    Truncated,
    /// We have asked as often as we may in one run.
    BudgetSpent,
}

impl Error {
    /// What went wrong and what helps.
    pub fn told(&self) -> Localized {
        let (zh_tw, en) = match self.kind {
            ErrorKind::Unauthorized => (
                "權杖無效或已過期；更換權杖",
                "the token is not valid; replace it",
            ),
            ErrorKind::Forbidden => (
                "權杖的權限不足；見文件所列權限",
                "the token may not do this; see the permissions in the documentation",
            ),
            ErrorKind::NotFound => (
                "找不到，或權杖看不到；核對儲存庫與權限",
                "not found, or not to be seen with this token; check the repository and the permissions",
            ),
            ErrorKind::Rejected => ("平台拒絕此內容", "the forge does not take this"),
            ErrorKind::RateLimited(_) => (
                "請求過多，平台要求等候；稍後重跑",
                "too many requests; run again later",
            ),
            ErrorKind::Unreachable => (
                "平台沒有回應；稍後重跑",
                "the forge does not answer; run again later",
            ),
            ErrorKind::Proxy => (
                "代理伺服器不放行；核對 HTTPS_PROXY 之網址、帳號與密碼，或以 NO_PROXY 使平台不經代理",
                "the proxy lets nothing through; check the address, name and password in HTTPS_PROXY, or name the host in NO_PROXY",
            ),
            ErrorKind::Untrusted => (
                "平台之憑證不為本系統所信任；將其核發者加入系統信任之憑證",
                "the system does not trust the certificate of the forge; add its issuer to the certificates of the system",
            ),
            ErrorKind::Malformed => (
                "平台的回應無法解讀",
                "the answer of the forge makes no sense",
            ),
            ErrorKind::Truncated => ("平台的清單不完整", "a list of the forge was cut short"),
            ErrorKind::BudgetSpent => (
                "本次執行的請求數已達上限",
                "as many requests as one run may make",
            ),
        };
        Localized::new(
            format!("{zh_tw}（{}）", self.asked),
            format!("{en} ({})", self.asked),
        )
    }

    /// Whether the same question may get an answer later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::RateLimited(_) | ErrorKind::Unreachable
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.told().en)
    }
}

impl std::error::Error for Error {}
