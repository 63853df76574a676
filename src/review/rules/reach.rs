//! Which agencies a rule can concern at all, and whether the roster has people enough for it.

use super::{ChangeFacts, Rule};
use crate::cel::Data;
use crate::change::Class;
use crate::config::RoleOf;
use crate::config::roster::{Agency, AgencyId, Roster};
use crate::text::{Day, Localized};

/// The class of a file that decides how plans are judged, and what such a change may do.
const CONTROL: (&str, &str) = ("control", "unclear");

/// A role that a rule asks for, and who holds it: persons of the roster.
struct Post<'r> {
    role: &'r str,
    count: usize,
    holders: Vec<usize>,
}

impl Rule {
    /// Why nobody could satisfy the rule for an agency, in which its people are named; `None` where
    /// somebody could, or where the rule is never about it.
    pub(super) fn unsatisfiable(
        &self,
        id: &AgencyId,
        agency: &Agency,
        roster: &Roster,
        day: Day,
    ) -> Option<Localized> {
        if !self.may_concern(id, agency) {
            return None;
        }
        let posts: Vec<Post<'_>> = self
            .require
            .iter()
            .map(|required| {
                let place = match required.of {
                    RoleOf::Agency => Some(id),
                    RoleOf::Supervisor => agency.supervisor.as_ref(),
                };
                let role = &*required.role.value;
                let holders = place.map(|place| roster.holders(role, place, day).collect());
                Post {
                    role,
                    count: required.count,
                    holders: holders.unwrap_or_default(),
                }
            })
            .collect();
        (!can_be_filled(&posts)).then(|| told(&self.id, agency, &posts, roster))
    }

    /// Whether some change of the agency may be one that the rule is about: plans change where the
    /// agency has one, what judges them is changed by whoever is above all others. Whatever else a
    /// change is like is left open, and what then has no answer may be.
    fn may_concern(&self, id: &AgencyId, agency: &Agency) -> bool {
        let of_plans = Class::ALL.iter().filter(|class| **class != Class::Layout);
        let of_plans = of_plans.filter(|_| agency.folder.is_some());
        let of_plans = of_plans.map(|class| (class.word(), None));
        let (class, effect) = CONTROL;
        let control = agency.supervisor.is_none().then_some((class, Some(effect)));
        of_plans.chain(control).any(|(class, effect)| {
            let known = [("agency", &**id), ("class", class)].into_iter();
            let known = known.chain(effect.map(|effect| ("effect", effect)));
            let known = known.map(|(name, word)| (name, Data::text(word)));
            self.holds_of(&Data::record(known))
        })
    }

    /// Whether it is about a change.
    pub(super) fn holds(&self, change: &ChangeFacts) -> bool {
        self.holds_of(&change.record())
    }
}

/// Whether distinct people can fill all posts: each seat is given to somebody free, or to somebody
/// whose seat another can take (augmenting paths).
fn can_be_filled(posts: &[Post<'_>]) -> bool {
    let seats: Vec<&[usize]> = posts
        .iter()
        .flat_map(|post| std::iter::repeat_n(&*post.holders, post.count))
        .collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    (0..seats.len()).all(|seat| give(seat, &seats, &mut taken, &mut Vec::new()))
}

/// Finds somebody for a seat; `taken` are pairs of person and seat, `asked` whoever was asked already.
fn give(
    seat: usize,
    seats: &[&[usize]],
    taken: &mut Vec<(usize, usize)>,
    asked: &mut Vec<usize>,
) -> bool {
    for &person in seats[seat] {
        if asked.contains(&person) {
            continue;
        }
        asked.push(person);
        let held = taken.iter().position(|(other, _)| *other == person);
        let is_free = match held {
            None => true,
            Some(at) => give(taken[at].1, seats, taken, asked),
        };
        if is_free {
            taken.retain(|(other, _)| *other != person);
            taken.push((person, seat));
            return true;
        }
    }
    false
}

fn told(rule: &str, agency: &Agency, posts: &[Post<'_>], roster: &Roster) -> Localized {
    let names = |post: &Post<'_>, none: &str, joint: &str| {
        let names = post.holders.iter().map(|&at| &*roster.people[at].login);
        let names: Vec<&str> = names.collect();
        match names.is_empty() {
            true => none.to_owned(),
            false => names.join(joint),
        }
    };
    let zh_tw = posts.iter().map(|post| {
        let (role, count) = (post.role, post.count);
        format!(
            "「{role}」{count} 名（名冊今日：{}）",
            names(post, "無", "、")
        )
    });
    let en = posts.iter().map(|post| {
        let (role, count) = (post.role, post.count);
        format!("{count} as {role} (today: {})", names(post, "nobody", ", "))
    });
    let (zh_tw, en): (Vec<_>, Vec<_>) = (zh_tw.collect(), en.collect());
    let name = &agency.name;
    Localized::new(
        format!(
            "規則「{rule}」對「{name}」無人可滿足：須由不同人擔任{}",
            zh_tw.join("、")
        ),
        format!(
            "rule {rule} cannot be satisfied for {name}: it takes different people, {}",
            en.join(", ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(posts: &[(usize, &[usize])]) -> bool {
        let posts = posts.iter().map(|(count, holders)| Post {
            role: "局長",
            count: *count,
            holders: holders.to_vec(),
        });
        can_be_filled(&posts.collect::<Vec<_>>())
    }

    #[test]
    fn one_person_fills_one_seat_and_makes_room_for_another() {
        assert!(filled(&[]));
        assert!(filled(&[(1, &[0])]));
        assert!(!filled(&[(1, &[])]));
        assert!(!filled(&[(2, &[0])]));
        assert!(!filled(&[(1, &[0]), (1, &[0])]));
        assert!(filled(&[(1, &[0, 1]), (1, &[0])]));
        assert!(filled(&[(1, &[0, 1]), (1, &[0, 2]), (1, &[0])]));
        assert!(!filled(&[(2, &[0, 1]), (1, &[0, 1])]));
    }
}
