//! What a run was asked for → the pull requests to hear, read anew from the forge.

use super::Refused;
use crate::cli::arguments::ReviewArguments;
use crate::cli::world::World;
use crate::forge::github::event::{Event, Unread};
use crate::forge::{Forge, Listed};
use crate::source;
use crate::text::Localized;

/// GitHub sends no event of more than 25 MiB.
const MAX_EVENT: usize = 25 << 20;

/// What the arguments ask for, or the event of the workflow.
pub(super) fn asked(world: &World<'_>, arguments: &ReviewArguments) -> Result<Event, Refused> {
    if let Some(number) = arguments.pull_request {
        return Ok(Event::PullRequest(number));
    }
    if arguments.all_open || arguments.snapshot.is_some() {
        return Ok(Event::AllOpen);
    }
    if arguments.event {
        return event(world);
    }
    Err(Refused(Localized::new(
        "以 --pull-request N 指定，以 --all-open 審查全部，或於工作流程中以 --event 依事件審查",
        "name one with --pull-request N, review --all-open, or in a workflow what the --event is about",
    )))
}

fn event(world: &World<'_>) -> Result<Event, Refused> {
    let set = |name: &str| {
        world.variable(name).ok_or_else(|| {
            Refused(Localized::new(
                format!("--event 用於 GitHub Actions 之工作流程；未設定 {name}"),
                format!("--event is for workflows of GitHub Actions; {name} is not set"),
            ))
        })
    };
    let (name, path) = (set("GITHUB_EVENT_NAME")?, set("GITHUB_EVENT_PATH")?);
    let payload = source::read_file(path.as_ref(), MAX_EVENT)?;
    Event::read(&name, &payload).map_err(|unread| unread_event(&name, unread))
}

fn unread_event(name: &str, unread: Unread) -> Refused {
    Refused(match unread {
        Unread::Unknown => Localized::new(
            format!("事件 {name:?} 不在審查之列"),
            format!("nothing is reviewed on the event {name:?}"),
        ),
        Unread::Malformed => Localized::new(
            format!("事件 {name:?} 之內容無法解讀"),
            format!("what the event {name:?} says cannot be read"),
        ),
    })
}

/// The numbers of those that an event is about. A commit of the merge queue is heard in another way.
pub(super) fn numbers(event: &Event, forge: &mut dyn Forge) -> Result<Vec<u64>, Refused> {
    let is_asked: &dyn Fn(&Listed) -> bool = match event {
        Event::PullRequest(number) => return Ok(vec![*number]),
        Event::Queue { .. } | Event::Nothing => return Ok(Vec::new()),
        Event::Head(commit) => &|own| own.head == *commit,
        Event::Branch(branch) => &|own| own.base == *branch,
        Event::AllOpen => &|_| true,
    };
    let open = forge.open_pull_requests()?;
    let asked = open.iter().filter(|own| is_asked(own));
    Ok(asked.map(|own| own.number).collect())
}
