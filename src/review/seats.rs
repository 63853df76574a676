//! Claims → seats, so that one person acts in one role throughout a pull request.
//!
//! Who holds two of the roles that are asked for acts in the one where that fills more. The choice is
//! searched whole where it is small; beyond that each acts in the first role it was found for, which
//! may leave a seat empty and never fills one wrongly.

use std::collections::{BTreeMap, BTreeSet};

use super::approval::{Demand, Want};
use super::opinion::Opinion;

/// The most choices that are tried.
const MAX_CHOICES: usize = 4096;

/// A person could fill a want of a demand by an opinion.
#[derive(Debug)]
pub(super) struct Claim<'o> {
    pub(super) opinion: &'o Opinion<'o>,
    pub(super) person: usize,
    pub(super) demand: usize,
    pub(super) want: usize,
}

/// A role in an agency.
pub(super) type Role<'d> = (&'d str, &'d str);

impl Claim<'_> {
    pub(super) fn role_of<'d>(&self, demands: &'d [Demand]) -> Role<'d> {
        role(&demands[self.demand].wants[self.want])
    }
}

fn role(want: &Want) -> Role<'_> {
    (&want.role, &want.agency)
}

/// For each want of each demand the claims that fill it, no more than it counts.
pub(super) fn seat(claims: &[Claim<'_>], demands: &[Demand]) -> Vec<Vec<Vec<usize>>> {
    let mut roles: BTreeMap<usize, BTreeSet<Role<'_>>> = BTreeMap::new();
    for claim in claims {
        let own = roles.entry(claim.person).or_default();
        own.insert(claim.role_of(demands));
    }
    let options: Vec<(usize, Vec<Role<'_>>)> = roles
        .into_iter()
        .map(|(person, roles)| (person, roles.into_iter().collect()))
        .collect();
    let mut best = (0, seat_as(&BTreeMap::new(), claims, demands));
    for choice in choices(&options) {
        let seated = seat_as(&choice, claims, demands);
        let filled = seated.iter().flatten().map(Vec::len).sum();
        if filled > best.0 {
            best = (filled, seated);
        }
    }
    best.1
}

/// Every way to give each person one of its roles, up to the most that are tried.
fn choices<'d>(
    options: &[(usize, Vec<Role<'d>>)],
) -> impl Iterator<Item = BTreeMap<usize, Role<'d>>> {
    let all = options.iter().try_fold(1_usize, |product, (_, roles)| {
        product.checked_mul(roles.len())
    });
    let count = all.unwrap_or(MAX_CHOICES).min(MAX_CHOICES);
    (0..count).map(|mut number| {
        let chosen = options.iter().map(|(person, roles)| {
            let role = roles[number % roles.len()];
            number /= roles.len();
            (*person, role)
        });
        chosen.collect()
    })
}

fn seat_as(
    choice: &BTreeMap<usize, Role<'_>>,
    claims: &[Claim<'_>],
    demands: &[Demand],
) -> Vec<Vec<Vec<usize>>> {
    let empty = demands
        .iter()
        .map(|demand| vec![Vec::new(); demand.wants.len()]);
    let mut seated: Vec<Vec<Vec<usize>>> = empty.collect();
    for (at, claim) in claims.iter().enumerate() {
        if choice.get(&claim.person) != Some(&claim.role_of(demands)) {
            continue;
        }
        let seats: &mut Vec<usize> = &mut seated[claim.demand][claim.want];
        let has_person = seats
            .iter()
            .any(|&other| claims[other].person == claim.person);
        if !has_person && seats.len() < demands[claim.demand].wants[claim.want].count {
            seats.push(at);
        }
    }
    seated
}
