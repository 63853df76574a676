//! Why objects could not be fetched, and what to do about it.

use std::fmt;

use super::Unreached;
use crate::source::git::GitError;
use crate::text::Localized;

/// Why objects could not be fetched. The run cannot go on: exit status 2.
#[derive(Debug)]
pub enum FetchError {
    /// An address that nothing is fetched from.
    Address {
        /// Without what may be secret.
        shown: String,
    },
    /// The forge could not be reached, or stopped in the middle.
    Connection {
        /// The host.
        host: String,
        /// Its reason.
        source: Unreached,
    },
    /// The forge answered with this status.
    Status {
        /// The host.
        host: String,
        /// The status.
        status: u16,
    },
    /// The forge sends to another host, where a token may not go.
    Redirect {
        /// The host.
        host: String,
    },
    /// What answers does not speak Git's protocol, version 2.
    Protocol {
        /// The host.
        host: String,
    },
    /// The forge gave a reason in words.
    Refused {
        /// The host.
        host: String,
        /// Its words, without control characters.
        said: String,
    },
    /// The origin has no such reference.
    NoReference {
        /// Its name.
        name: String,
    },
    /// An answer is larger than any that plans give rise to.
    TooLarge,
    /// The store, or the other repository of this machine, refused.
    Repository(GitError),
}

impl FetchError {
    /// The error in one sentence, with the next step where there is one.
    pub fn message(&self) -> Localized {
        match self {
            Self::Address { shown } => Localized::new(
                format!("無法自此網址取得：{shown}；須為 https，且不含帳號密碼"),
                format!("{shown} is nothing to fetch from; it takes https without a password"),
            ),
            Self::Connection { host, source } => Localized::new(
                format!("無法連線至 {host}：{source}"),
                format!("{host} cannot be reached: {source}"),
            ),
            Self::Status { host, status } => status_message(host, *status),
            Self::Redirect { host } => Localized::new(
                format!("{host} 轉向其他主機，不予跟隨；改用儲存庫現在的網址"),
                format!("{host} sends to another host, which is not followed; use its new address"),
            ),
            Self::Protocol { host } => Localized::new(
                format!("{host} 之回應不是 Git 通訊協定第 2 版"),
                format!("what {host} answers is not version 2 of Git's protocol"),
            ),
            Self::Refused { host, said } => Localized::new(
                format!("{host} 拒絕：{said}"),
                format!("{host} refused: {said}"),
            ),
            Self::NoReference { name } => Localized::new(
                format!("遠端沒有參照 {name}"),
                format!("the other repository has no {name}"),
            ),
            Self::TooLarge => Localized::new(
                "送來之資料超過上限，已停止",
                "more is sent than any plans give rise to; stopped",
            ),
            Self::Repository(error) => error.message(),
        }
    }
}

fn status_message(host: &str, status: u16) -> Localized {
    match status {
        // Of a private repository a forge does not say that it is there.
        401 | 403 | 404 => Localized::new(
            format!("{host} 回應 {status}：儲存庫不存在，或權杖不得讀取其內容（contents: read）"),
            format!(
                "{host} answers {status}: no such repository, or the token may not read it (contents: read)"
            ),
        ),
        _ => Localized::new(
            format!("{host} 回應 {status}"),
            format!("{host} answers {status}"),
        ),
    }
}

impl From<GitError> for FetchError {
    fn from(error: GitError) -> Self {
        Self::Repository(error)
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().en)
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connection { source, .. } => Some(&**source),
            Self::Repository(source) => Some(source),
            _ => None,
        }
    }
}
