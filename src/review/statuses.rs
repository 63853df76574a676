//! What was found → the three statuses of a commit, one context for each base branch.
//!
//! The table of statuses is [`policies`], [`change_log`] and [`approval`] read from the top: the
//! first line that is true decides, and no line is greener than one above it could allow.

use super::approval::Outcome;
use super::snapshot::{PullRequest, Standing};
use crate::text::{Language, Localized};

/// The longest description; GitHub allows 140 characters and does not say how it counts Han
/// characters, so the bytes are counted.
pub const MAX_DESCRIPTION: usize = 140;

/// A status to set on the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Which.
    pub context: Context,
    /// Its color.
    pub state: State,
    /// One line for people.
    pub description: Localized,
}

/// The contexts that branch protection can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// The findings.
    Policies,
    /// The change log.
    ChangeLog,
    /// The approvals.
    Approval,
}

/// The color of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// May be merged as far as this goes.
    Success,
    /// Somebody still has to do something.
    Pending,
    /// May not be merged.
    Failure,
    /// Could not be told.
    Error,
}

/// What a status rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground<T> {
    /// The base has no `plangate.yaml`.
    NotConfigured,
    /// No plan is touched, nor what judges plans.
    NothingTouched,
    /// It could not be told, and why.
    NotTold(Localized),
    /// It was judged.
    Judged(T),
}

/// The findings, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Failures at the severity that blocks, which the change brings.
    pub new_failures: usize,
    /// Unknown verdicts that the base did not have.
    pub new_unknowns: usize,
    /// Time of grace for what the base owed already.
    pub grace_for_owed: usize,
    /// What the base had too.
    pub old: usize,
    /// Duties that documents carry.
    pub delegated: usize,
    /// Exceptions that hold.
    pub waived: usize,
}

impl Counts {
    /// What blocks.
    pub fn blocking(&self) -> usize {
        self.new_failures + self.new_unknowns + self.grace_for_owed
    }
}

impl Context {
    /// All, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Policies, Self::ChangeLog, Self::Approval];

    /// Its name: of one base, so that what holds for one never holds for another.
    pub fn name(self, base: &str) -> String {
        let word = match self {
            Self::Policies => "policies",
            Self::ChangeLog => "changelog",
            Self::Approval => "approval",
        };
        format!("plangate/{word} ({base})")
    }
}

impl State {
    /// The word of the forges.
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Pending => "pending",
            Self::Failure => "failure",
            Self::Error => "error",
        }
    }
}

impl Status {
    /// The line as it is posted: no longer than a forge takes, cut between characters.
    pub fn line(&self, language: Language) -> String {
        let text = self.description.get(language);
        if text.len() <= MAX_DESCRIPTION {
            return text.to_owned();
        }
        let mut end = MAX_DESCRIPTION - '…'.len_utf8();
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}…", &text[..end])
    }
}

/// What no judgement is needed for; `None` where it was judged.
fn settled<T>(context: Context, ground: &Ground<T>) -> Result<&T, Status> {
    let (state, description) = match ground {
        Ground::NotConfigured => (
            State::Success,
            Localized::new(
                "尚未設定：基底分支沒有 plangate.yaml",
                "not configured: the base has no plangate.yaml",
            ),
        ),
        Ground::NothingTouched => (
            State::Success,
            Localized::new("與計畫無關", "no plan is touched"),
        ),
        Ground::NotTold(why) => return Err(untold(context, why)),
        Ground::Judged(judged) => return Ok(judged),
    };
    Err(Status {
        context,
        state,
        description,
    })
}

fn untold(context: Context, why: &Localized) -> Status {
    Status {
        context,
        state: State::Error,
        description: Localized::new(
            format!("無法檢查：{}", why.zh_tw),
            format!("could not check: {}", why.en),
        ),
    }
}

/// All three where nothing could be told, and why.
pub fn not_told(why: &Localized) -> [Status; 3] {
    Context::ALL.map(|context| untold(context, why))
}

/// Of the findings; `foreign` tells who else has set one of our contexts on this commit.
pub fn policies(ground: &Ground<Counts>, foreign: Option<&str>) -> Status {
    counted(Context::Policies, ground, foreign)
}

/// Of the change log: the findings of its own policies.
pub fn change_log(ground: &Ground<Counts>, foreign: Option<&str>) -> Status {
    counted(Context::ChangeLog, ground, foreign)
}

fn counted(context: Context, ground: &Ground<Counts>, foreign: Option<&str>) -> Status {
    let counts = match settled(context, ground) {
        Ok(counts) => counts,
        Err(status) => return tampered(context, foreign).unwrap_or(status),
    };
    if let Some(status) = tampered(context, foreign) {
        return status;
    }
    let (state, parts) = if counts.blocking() > 0 {
        let blocking = [
            (counts.new_failures, "項新的不符合", "new failures"),
            (counts.new_unknowns, "項新的無法判定", "new unknowns"),
            (
                counts.grace_for_owed,
                "項原已應辦而改稱期限未至",
                "duties already owed, now said to be pending",
            ),
        ];
        (State::Failure, blocking)
    } else {
        let shown = [
            (counts.old, "項原有事項", "old findings"),
            (counts.delegated, "項由文件規定", "delegated"),
            (counts.waived, "項豁免", "waived"),
        ];
        (State::Success, shown)
    };
    let told = parts.into_iter().filter(|(count, _, _)| *count > 0);
    let (zh_tw, en): (Vec<String>, Vec<String>) = told
        .map(|(count, zh_tw, en)| (format!("{count} {zh_tw}"), format!("{count} {en}")))
        .unzip();
    let description = match (zh_tw.is_empty(), state) {
        (true, _) => Localized::new("沒有須處理的事項", "nothing to attend to"),
        (false, State::Success) => Localized::new(
            format!("沒有新的事項；{}", zh_tw.join("、")),
            format!("nothing new; {}", en.join(", ")),
        ),
        (false, _) => Localized::new(zh_tw.join("、"), en.join(", ")),
    };
    Status {
        context,
        state,
        description,
    }
}

/// Somebody else has written under our name: whatever stands there proves nothing.
fn tampered(context: Context, foreign: Option<&str>) -> Option<Status> {
    foreign.map(|login| Status {
        context,
        state: State::Failure,
        description: Localized::new(
            format!("此狀態曾由他人（{login}）寫入；重新推送後再判定"),
            format!(
                "somebody else ({login}) has written this status; push again to have it judged"
            ),
        ),
    })
}

/// Of the approvals.
pub fn approval(
    pull_request: &PullRequest,
    ground: &Ground<Outcome>,
    awaited: &Localized,
    foreign: Option<&str>,
) -> Status {
    let context = Context::Approval;
    if let Some(status) = tampered(context, foreign) {
        return status;
    }
    let outcome = match settled(context, ground) {
        Ok(outcome) => outcome,
        Err(status) => return status,
    };
    let (state, description) = if pull_request.standing == Standing::Conflict {
        let told = Localized::new(
            "與基底分支衝突，先解決衝突",
            "conflicts with the base; resolve them first",
        );
        (State::Pending, told)
    } else if pull_request.is_draft {
        let told = Localized::new("草稿，尚不能合併", "a draft, not ready to be merged");
        (State::Pending, told)
    } else if outcome.is_blocked() {
        let told = Localized::new("審查者要求修改", "a reviewer asks for changes");
        (State::Failure, told)
    } else if outcome.is_approved() {
        let told = Localized::new("核准齊備", "all approvals are there");
        (State::Success, told)
    } else {
        let told = Localized::new(
            format!("待核准：{}", awaited.zh_tw),
            format!("awaits {}", awaited.en),
        );
        (State::Pending, told)
    };
    Status {
        context,
        state,
        description,
    }
}

/// Of a commit that is several pull requests at once, as a merge queue makes it: of each context the
/// worst, with the numbers of those that it is of. Whoever is awaited is awaited at the pull request
/// and not in the queue: nothing would wake the queue again, so what waits is red there. `None` for
/// none, for nothing is not green.
pub fn together(members: &[(u64, [Status; 3])]) -> Option<[Status; 3]> {
    let of = |at: usize| {
        let own = || members.iter().map(|(number, all)| (number, &all[at]));
        let (_, worst) = own().max_by_key(|(_, status)| status.state)?;
        let alike = own().filter(|(_, status)| {
            (status.state, &status.description) == (worst.state, &worst.description)
        });
        let numbers: Vec<String> = alike.map(|(number, _)| format!("#{number}")).collect();
        let told = &worst.description;
        Some(Status {
            context: worst.context,
            state: match worst.state {
                State::Pending => State::Failure,
                state => state,
            },
            description: Localized::new(
                format!("{}：{}", numbers.join("、"), told.zh_tw),
                format!("{}: {}", numbers.join(", "), told.en),
            ),
        })
    };
    Some([of(0)?, of(1)?, of(2)?])
}
