//! A commit that the merge queue has made → its pull requests, each judged as it comes to lie there,
//! and the statuses of the commit.
//!
//! Which pull requests are in it nobody is believed: a name or a message only says where to look.
//! Git says what a pull request makes upon the commit below it, and every commit of the queue must be
//! just that. What is judged is the tree of the queue, by the rules below it; what was approved holds
//! for it as it does after a clean update, while its meaning is the same.

use super::gather::Told;
use super::members::{Member, Members};
use super::posting::to_set;
use super::printed::Printed;
use super::telling::{Verdict, code};
use super::{Court, Refused};
use crate::cli::arguments::ReviewArguments;
use crate::forge::{self, Forge, Planned, Seen};
use crate::review::CommitId;
use crate::review::statuses::{Status, not_told, together};
use crate::review::writes::Own;
use crate::text::{Language, Localized};

/// A commit of the merge queue.
pub(super) struct Group<'g> {
    pub(super) head: &'g CommitId,
    /// What it was made upon; `None` for the branch as it is: then the groups before it are heard too.
    pub(super) base: Option<&'g CommitId>,
    pub(super) branch: &'g str,
}

impl Court {
    /// Hears every pull request of a group; the statuses go to the commit of the queue.
    pub(super) fn hear_group(
        &self,
        forge: &mut dyn Forge,
        group: &Group<'_>,
        arguments: &ReviewArguments,
        printed: &mut Printed,
    ) -> Result<u8, Refused> {
        let own = forge.own()?;
        let standing = forge.statuses(group.head)?;
        let heard = self.hear_members(forge, group, &standing);
        let statuses = match &heard {
            Ok(heard) => all_of(heard),
            Err(refused) => not_told(&refused.0),
        };
        let members = heard.as_deref().unwrap_or_default();
        let language = members.first().map(|member| member.language(self.language));
        let language = language.or(self.language).unwrap_or_default();
        let planned = Planned {
            statuses: to_set(&statuses, group.branch, language, &standing, own),
            ..Planned::default()
        };
        for member in members {
            let web = self.web(&member.told);
            let review = member.review(&web, language);
            printed.review(review, arguments.dry_run.then_some(&planned));
        }
        printed.together(&name(group, language), group.branch, &statuses, language);
        if !arguments.dry_run {
            set(forge, own, group, &planned)?;
        }
        match heard {
            Ok(_) => Ok(code(&statuses)),
            Err(refused) => Err(refused),
        }
    }

    fn hear_members(
        &self,
        forge: &mut dyn Forge,
        group: &Group<'_>,
        standing: &[Seen],
    ) -> Result<Vec<Verdict>, Refused> {
        let members = Members::of(self, forge, group)?;
        let hear = |member: Member| {
            let mut told = Told::ask(forge, member.number, self.taken_at)?;
            if told.snapshot.pull_request.head != member.head {
                return Err(moved(member.number));
            }
            self.fetch(&told)?;
            told.lies(&member, standing);
            let heard = self.judge(&mut told);
            Ok(Verdict::of(told, heard))
        };
        members.into_iter().map(hear).collect()
    }
}

fn all_of(members: &[Verdict]) -> [Status; 3] {
    let own = members.iter();
    let own = own.map(|own| (own.told.snapshot.pull_request.number, own.statuses.clone()));
    together(&own.collect::<Vec<_>>()).unwrap_or_else(|| not_told(&empty().0))
}

/// Sets what can be set, and says what cannot.
fn set(
    forge: &mut dyn Forge,
    own: Own,
    group: &Group<'_>,
    planned: &Planned,
) -> Result<(), Refused> {
    let (_, unset) = forge::set_statuses(forge, own, group.head, &planned.statuses);
    match unset.into_iter().next() {
        None => Ok(()),
        Some(first) => Err(first.error.into()),
    }
}

fn name(group: &Group<'_>, language: Language) -> String {
    let commit = group.head.get(..7).unwrap_or(group.head);
    match language {
        Language::ZhTw => format!("合併佇列 {commit}（{}）", group.branch),
        Language::En => format!("merge queue {commit} ({})", group.branch),
    }
}

pub(super) fn empty() -> Refused {
    Refused(Localized::new(
        "合併佇列之提交不在其基底之後，無從得知其成員",
        "the commit of the merge queue does not lie upon its base; its members cannot be told",
    ))
}

fn moved(number: u64) -> Refused {
    Refused(Localized::new(
        format!("#{number} 於判定間有新的提交；重新排入佇列"),
        format!("#{number} moved while it was judged; queue it again"),
    ))
}
