//! Who may approve, and who supervises whom: `roster.yaml`.
//!
//! In: the text of the file. Out: a [`Roster`] and findings at their place. Knows nothing of pull
//! requests. Invariants: an account and an e-mail address belong to one person; supervision has no
//! circle; a key that is not known is a finding. A review reads the roster of the base, never that
//! of the change it judges.

mod raw;
mod read;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::{Day, Span};

pub use read::read;

/// The JSON Schema of `roster.yaml`, for editors.
pub const SCHEMA: &str = include_str!("../../../policies/schema/roster.schema.json");

/// People and agencies, as one commit has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// By id.
    pub agencies: BTreeMap<AgencyId, Agency>,
    /// In the order they stand.
    pub people: Vec<Person>,
}

/// The id of an agency in the roster.
pub type AgencyId = Arc<str>;

/// An agency whose plan is kept here, or one that supervises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// What it is called.
    pub name: Arc<str>,
    /// The folder of its plan, relative to the root of the repository, without a slash at its end.
    pub folder: Option<Arc<str>>,
    /// Who supervises it.
    pub supervisor: Option<AgencyId>,
    /// Where it stands.
    pub place: Span,
}

/// A person: one account, whatever posts it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// A name within the roster; told in comments and never compared with the forge.
    pub id: Arc<str>,
    /// The name of the account; compared without regard to case, and only where the number is unknown.
    pub login: Arc<str>,
    /// The number of the account, which a renaming does not change.
    pub account: Option<u64>,
    /// Addresses that commits of this person carry, in lower case.
    pub emails: Vec<Arc<str>>,
    /// What the person is, where, and when.
    pub posts: Vec<Post>,
    /// Where the person stands.
    pub place: Span,
}

/// A role in an agency, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The title of the role.
    pub role: Arc<str>,
    /// The agency.
    pub agency: AgencyId,
    /// First day; from ever where not said.
    pub from: Option<Day>,
    /// Last day, inclusive; open where not said.
    pub to: Option<Day>,
}

impl Post {
    /// Whether the post is held on a day.
    pub fn is_held_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Roster {
    /// Whose account it is: by its number, and by its name only where the roster has no number.
    pub fn holder(&self, account: u64, login: &str) -> Option<usize> {
        let by_number = |person: &Person| person.account == Some(account);
        let by_name =
            |person: &Person| person.account.is_none() && person.login.eq_ignore_ascii_case(login);
        let people = &self.people;
        people
            .iter()
            .position(by_number)
            .or_else(|| people.iter().position(by_name))
    }

    /// Who writes commits under an address.
    pub fn writer(&self, email: &str) -> Option<usize> {
        let email = email.to_lowercase();
        let is_own = |person: &Person| person.emails.iter().any(|own| **own == *email);
        self.people.iter().position(is_own)
    }

    /// The agency in whose folder a path lies; the innermost where folders lie in each other.
    pub fn owner(&self, path: &str) -> Option<&AgencyId> {
        let within = |folder: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let owners = self.agencies.iter().filter_map(|(id, agency)| {
            let folder = agency.folder.as_deref().filter(|folder| within(folder))?;
            Some((folder.len(), id))
        });
        owners.max_by_key(|&(length, _)| length).map(|(_, id)| id)
    }

    /// Who holds a role in an agency on a day.
    pub fn holders<'r>(
        &'r self,
        role: &'r str,
        agency: &'r str,
        day: Day,
    ) -> impl Iterator<Item = usize> + 'r {
        let held = move |person: &Person| {
            let mut posts = person.posts.iter();
            posts.any(|post| &*post.role == role && &*post.agency == agency && post.is_held_on(day))
        };
        (0..self.people.len()).filter(move |&at| held(&self.people[at]))
    }
}
