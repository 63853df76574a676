//! Why a review does not count, in words its writer understands, and what helps.

use super::approval::DemandKey;
use super::contributors::Part;
use super::snapshot::{CommitId, Review, ReviewState, Snapshot};
use crate::text::Localized;

/// A review that does not count, for all demands or for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The review.
    pub review: u64,
    /// Whose it is, as the forge calls the account today.
    pub login: String,
    /// The demand; `None` for all.
    pub demand: Option<DemandKey>,
    /// Why.
    pub why: Why,
}

/// What stays on record and has no weight, whatever its account thinks: what came after the merge,
/// and approvals of accounts that are gone.
pub(super) fn set_aside(snapshot: &Snapshot) -> Vec<Ignored> {
    let why = |review: &Review| match (review.state, &review.author) {
        (ReviewState::Approved | ReviewState::ChangesRequested, _)
            if snapshot.is_too_late(review) =>
        {
            Some(Why::AfterMerge)
        }
        (ReviewState::Approved, None) => Some(Why::AccountGone),
        _ => None,
    };
    let ignored = |review: &Review| {
        let author = review.author.as_ref();
        Some(Ignored {
            review: review.id,
            login: author.map_or_else(String::new, |author| author.login.to_string()),
            demand: None,
            why: why(review)?,
        })
    };
    snapshot.reviews.iter().filter_map(ignored).collect()
}

/// Why a review does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The account is gone.
    AccountGone,
    /// A program's account.
    Bot,
    /// The roster of the base does not know the account.
    NotOnRoster,
    /// Holds none of the roles that are asked for.
    RoleNotAsked,
    /// Holds the role, in another agency.
    WrongAgency,
    /// Held the role, but not both when approving and today.
    RoleExpired,
    /// Had a hand in what is to be approved.
    OwnWork {
        /// Which.
        part: Part,
        /// In which commit.
        commit: Option<CommitId>,
    },
    /// A commit is under an address that nobody answers for; anybody may be its writer.
    UnattributedCommit(CommitId),
    /// Nobody knows who pushed the head; it may have been its writer.
    UnknownPusher,
    /// What it approved has another meaning now.
    Stale,
    /// The forge has lost the commit that was approved.
    CommitGone,
    /// Was given when it was merged already.
    AfterMerge,
    /// Was asked for a review again since.
    AskedAgain,
    /// Fills another role already.
    FillsAnotherRole,
}

impl Why {
    /// The reason and the next step.
    pub fn told(&self) -> Localized {
        let (zh_tw, en) = match self {
            Self::AccountGone => ("帳號已不存在", "the account is gone"),
            Self::Bot => ("程式帳號不能核准", "a program cannot approve"),
            Self::NotOnRoster => (
                "不在名冊上；由名冊管理者登錄後重新核准",
                "is not on the roster; approve again once it is entered there",
            ),
            Self::RoleNotAsked => (
                "職務不是本次變更所需",
                "holds none of the roles that this change asks for",
            ),
            Self::WrongAgency => ("職務屬於其他機關", "holds the role in another agency"),
            Self::RoleExpired => (
                "核准時或今日不在任；更新名冊上的任期",
                "did not hold the post when approving, or does not today; correct its term in the roster",
            ),
            Self::OwnWork { part, commit } => return own_work(*part, commit.as_ref()),
            Self::UnattributedCommit(commit) => {
                let commit = short(commit);
                return Localized::new(
                    format!("提交 {commit} 的電子郵件無人認領；將其登入名冊或改以已知帳號提交"),
                    format!(
                        "nobody answers for the address of commit {commit}; enter it in the roster or commit under a known account"
                    ),
                );
            }
            Self::UnknownPusher => (
                "無法得知最新提交由何人推送；改推送至本儲存庫之分支，或使權杖可讀其來源儲存庫",
                "nobody can tell who pushed the newest commit; push it to a branch of this repository, or let the token read the one it comes from",
            ),
            Self::Stale => (
                "核准後內容已變更；檢視變更後重新核准",
                "what was approved has changed since; look at the changes and approve again",
            ),
            Self::CommitGone => (
                "所核准的提交已不存在；重新核准",
                "the approved commit is gone; approve again",
            ),
            Self::AfterMerge => (
                "合併後才給，於合併時不存在；如須補正，另開變更請求",
                "was given after the merge and was not there when it counted; open another pull request to make up for it",
            ),
            Self::AskedAgain => (
                "已再次請其審查；重新核准",
                "was asked for a review again; approve again",
            ),
            Self::FillsAnotherRole => (
                "一人只計一個職務，已計於另一職務",
                "one person counts in one role, and counts in another already",
            ),
        };
        Localized::new(zh_tw, en)
    }
}

fn own_work(part: Part, commit: Option<&CommitId>) -> Localized {
    let (zh_tw, en) = match part {
        Part::Author => (
            "提出本次變更者不能核准自己的變更",
            "opened this pull request",
        ),
        Part::Writer => ("撰寫了其中的提交", "wrote a commit of it"),
        Part::Committer => ("提交了其中的變更", "committed a part of it"),
        Part::CoAuthor => ("為其中提交的共同作者", "is a co-author of it"),
        Part::Pusher => ("推送了最新的提交", "pushed its newest commit"),
    };
    let place = commit.map(|commit| short(commit));
    let (zh_place, en_place) = place.map_or_else(Default::default, |commit| {
        (format!("（{commit}）"), format!(" ({commit})"))
    });
    Localized::new(
        format!("{zh_tw}{zh_place}；由同職務的另一人核准"),
        format!("{en}{en_place}; somebody else in that role has to approve"),
    )
}

/// A commit as people name it.
fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}
