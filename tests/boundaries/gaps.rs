//! What the examples of a policy leave open: a figure or a list without an example on it that passes
//! and one beside it that fails.
//!
//! Nothing is read from names or comments of examples. The policy is judged again with the figure a
//! step away: where a verdict that passed no longer does, the example stands on the figure; where
//! one that failed is another, it stands beside it.

use std::collections::BTreeSet;

use plangate::cel::Data;
use plangate::check::Visited;
use plangate::finding::Verdict;
use plangate::policy::Row;

use crate::cell::Cell;
use crate::figures::{Step, deciding, ids, named, value_at};
use crate::rehearsal::amiss;
use crate::steps::{coarse, finest, with, without};
use crate::trial::{Gap, Trial};

impl Trial<'_, '_> {
    /// The gaps of its figures and lists, edition by edition.
    pub(crate) fn figures(&mut self) -> Vec<Gap> {
        let editions = 0..self.policy.editions.len();
        editions.flat_map(|at| self.edition(at)).collect()
    }

    fn edition(&mut self, at: usize) -> Vec<Gap> {
        let cells = Cell::of(&self.policy.editions[at]);
        let mut found = self.needs(at, &cells);
        for path in self.paths(at) {
            let params = self.policy.editions[at].params.clone();
            let value = |cell: &Cell| value_at(params.at(cell.row()), &path);
            let own: Vec<Cell> = cells
                .iter()
                .copied()
                .filter(|cell| value(cell).is_some())
                .collect();
            let gaps = match own.first().and_then(value) {
                Some(Data::List(_)) => self.list(at, &path, &own),
                Some(Data::Bool(_)) => self.flag(at, &path, &own),
                _ => self.number(at, &path, &own),
            };
            let told = gaps.into_iter().map(|(cell, what)| {
                let name = named(params.at(cell.row()), &path);
                self.gap(&name, cell, what)
            });
            found.extend(told);
        }
        found
    }

    /// The ways to the figures of an edition that decide something, over all rows.
    fn paths(&self, at: usize) -> BTreeSet<Vec<Step>> {
        let edition = &self.policy.editions[at];
        let rows = edition.applies_to.rows();
        rows.flat_map(|row| deciding(self.policy, edition, edition.params.at(row)))
            .collect()
    }

    /// Each entry of the law's list is once met and once not.
    fn needs(&self, at: usize, cells: &[Cell]) -> Vec<Gap> {
        let Some(over) = &self.policy.over else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for &cell in cells {
            let params = self.policy.editions[at].params.at(cell.row());
            for need in ids(params.get(over)) {
                let visits = self.asserted.iter().flatten();
                let visits = visits.filter(|visit| visit.need.as_ref() == Some(&need));
                let visits: Vec<&Visited> = visits.filter(|visit| cell.holds(visit)).collect();
                let name = format!("{over}[{need}]");
                if !visits.iter().any(|visit| visit.verdict == Verdict::Pass) {
                    found.push(self.gap(&name, cell, "no example meets it"));
                }
                if !visits.iter().any(|visit| amiss(visit.verdict)) {
                    found.push(self.gap(&name, cell, "no example lacks it"));
                }
            }
        }
        found
    }

    fn number(&mut self, at: usize, path: &[Step], cells: &[Cell]) -> Vec<(Cell, &'static str)> {
        let on = self.changed(at, path, finest);
        let beside = self.changed(at, path, coarse);
        let on = lacking(cells, &on, |visit| visit.verdict == Verdict::Pass);
        let beside = lacking(cells, &beside, |visit| amiss(visit.verdict));
        let on = on.map(|cell| (cell, "no example on it passes"));
        on.chain(beside.map(|cell| (cell, "no example beside it fails")))
            .collect()
    }

    fn flag(&mut self, at: usize, path: &[Step], cells: &[Cell]) -> Vec<(Cell, &'static str)> {
        let changed = self.changed(at, path, coarse);
        lacking(cells, &changed, |_| true)
            .map(|cell| (cell, "no example hangs on it"))
            .collect()
    }

    fn list(&mut self, at: usize, path: &[Step], cells: &[Cell]) -> Vec<(Cell, &'static str)> {
        let universe = self.universe(path);
        let params = self.policy.editions[at].params.clone();
        let leaves_out = |cell: &&Cell| {
            let value = value_at(params.at(cell.row()), path);
            value.is_some_and(|value| !with(value, &universe).is_empty())
        };
        let partial: Vec<Cell> = cells.iter().filter(leaves_out).copied().collect();
        let shorter = |value: &Data| without(value).into_iter().map(|(_, rest)| rest).collect();
        let shorter = self.changed(at, path, shorter);
        let longer = self.changed(at, path, |value| with(value, &universe));
        let empty = |cell: &&Cell| value_at(params.at(cell.row()), path) == Some(&Data::list([]));
        let filled: Vec<Cell> = cells.iter().filter(|cell| !empty(cell)).copied().collect();
        let shorter = lacking(&filled, &shorter, |_| true);
        let longer = lacking(&partial, &longer, |_| true);
        let shorter = shorter.map(|cell| (cell, "no example hangs on an element of it"));
        shorter
            .chain(longer.map(|cell| (cell, "no example hangs on what it leaves out")))
            .collect()
    }

    /// Elements of a list that no example of any edition hangs on.
    pub(crate) fn idle_elements(&mut self) -> Vec<Gap> {
        let editions = 0..self.policy.editions.len();
        let paths: BTreeSet<Vec<Step>> = editions.flat_map(|at| self.paths(at)).collect();
        let mut found = Vec::new();
        for path in paths {
            for element in self.universe(&path) {
                if self.hangs_on(&path, &element) {
                    continue;
                }
                let edition = &self.policy.editions[0];
                let cell = Cell::of(edition)[0];
                let name = named(edition.params.at(cell.row()), &path);
                let name = format!("{name} {}", word(&element));
                found.push(self.gap(&name, cell, "no example hangs on this element"));
            }
        }
        found
    }

    fn hangs_on(&mut self, path: &[Step], element: &Data) -> bool {
        let shorter = |value: &Data| {
            let lists = without(value).into_iter();
            lists
                .filter(|(other, _)| other == element)
                .map(|(_, rest)| rest)
                .collect()
        };
        let mut editions = 0..self.policy.editions.len();
        editions.any(|at| !self.changed(at, path, shorter).is_empty())
    }

    /// Every element that the list has in some edition, for some row.
    fn universe(&self, path: &[Step]) -> Vec<Data> {
        let mut universe: Vec<Data> = Vec::new();
        for edition in &self.policy.editions {
            for row in Row::all() {
                let Some(Data::List(elements)) = value_at(edition.params.at(row), path) else {
                    continue;
                };
                for element in elements {
                    if !universe.contains(element) {
                        universe.push(element.clone());
                    }
                }
            }
        }
        universe
    }
}

/// The cells in which no such verdict changed.
fn lacking<'v>(
    cells: &'v [Cell],
    changed: &'v [Visited],
    such: impl Fn(&Visited) -> bool + 'v,
) -> impl Iterator<Item = Cell> + 'v {
    let has = move |cell: &Cell| changed.iter().any(|visit| cell.holds(visit) && such(visit));
    cells.iter().copied().filter(move |cell| !has(cell))
}

fn word(element: &Data) -> String {
    match element {
        Data::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    }
}
