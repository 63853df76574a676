//! The laws: names and editions by date, and the map of provisions to article numbers.
//!
//! A citation names a provision; only `laws.yaml` knows on which day it stands in which article, so
//! a mere renumbering is no edition of a policy.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::table::Table;
use crate::finding::Citation;
use crate::text::{Day, Localized, Spelling, nearest};

/// Every law of the packs, by id.
#[derive(Debug, Default)]
pub struct Laws {
    by_id: BTreeMap<Arc<str>, Arc<Law>>,
    /// The law of each name and alias; of several that share one the first by id.
    titles: BTreeMap<Arc<str>, Arc<str>>,
    /// The names of all editions of all laws, spelt out when a plan first cites what is none of them.
    spellings: OnceLock<Vec<Spelling>>,
}

/// One law through its editions.
#[derive(Debug)]
pub struct Law {
    /// Its id in `laws.yaml`.
    pub id: Arc<str>,
    /// Whether a local pack brings it.
    pub local: bool,
    /// A link to its text in the national law database, where that has it.
    pub url: Option<Arc<str>>,
    /// Its editions, oldest first.
    pub editions: Vec<LawEdition>,
    /// Its provisions, by id.
    pub provisions: BTreeMap<String, Arc<Provision>>,
    /// Short names met in plans.
    pub aliases: Vec<String>,
}

/// A dated text of a law.
#[derive(Debug)]
pub struct LawEdition {
    /// The ROC year it is called by: `110`.
    pub id: Arc<str>,
    /// First day in force.
    pub from: Day,
    /// Where the first day is known only as an interval, the first day it surely is in force.
    pub certain_from: Day,
    /// The day after the last, where it ceased without a successor.
    pub until: Option<Day>,
    /// Its name in this edition.
    pub name: Arc<Localized>,
}

/// A rule of a law, wherever it stands.
#[derive(Debug)]
pub struct Provision {
    /// What it is about.
    pub title: Localized,
    /// Where it stands, oldest first.
    pub at: Vec<Located>,
}

/// Where a provision stands from a day on.
#[derive(Debug, Clone)]
pub struct Located {
    /// First day.
    pub from: Day,
    /// The numbers, by sector and grade.
    pub numbers: Numbers,
}

/// 條, 項, 款, 目, 附表; each may be a table by sector and grade.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// 條
    pub article: Option<Table<u16>>,
    /// 項
    pub paragraph: Option<Table<u16>>,
    /// 款
    pub subparagraph: Option<Table<u16>>,
    /// 目
    pub item: Option<Table<u16>>,
    /// 附表
    pub schedule: Option<Table<u16>>,
}

impl Laws {
    /// The law of that id.
    pub fn get(&self, id: &str) -> Option<&Arc<Law>> {
        self.by_id.get(id)
    }

    /// All, by id.
    pub fn all(&self) -> impl Iterator<Item = &Law> {
        self.by_id.values().map(|law| &**law)
    }

    /// Adds a law; `false` if the id is taken.
    pub(super) fn add(&mut self, law: Law) -> bool {
        let free = !self.by_id.contains_key(&law.id);
        if free {
            let names = law.editions.iter().map(|edition| &*edition.name.zh_tw);
            for title in names.chain(law.aliases.iter().map(String::as_str)) {
                let first = self.titles.entry(title.into());
                let first = first.or_insert_with(|| Arc::clone(&law.id));
                if law.id < *first {
                    *first = Arc::clone(&law.id);
                }
            }
            self.spellings.take();
            self.by_id.insert(Arc::clone(&law.id), Arc::new(law));
        }
        free
    }

    /// The law of that printed name or alias, in any edition.
    pub fn titled(&self, title: &str) -> Option<&Law> {
        self.get(self.titles.get(title)?).map(|law| &**law)
    }

    /// The whole name of a law, in any edition, that a printed one was probably meant to be.
    pub fn name_meant(&self, title: &str) -> Option<&str> {
        let names = || self.by_id.values().flat_map(|law| &law.editions);
        let spellings = self.spellings.get_or_init(|| {
            let names = names().map(|edition| Spelling::of(&edition.name.zh_tw));
            names.collect()
        });
        let at = nearest(title, spellings.iter())?;
        names().nth(at).map(|edition| &*edition.name.zh_tw)
    }

    /// The first days of all editions of all laws, sorted: the days on which anything may change.
    pub fn days_of_change(&self) -> Vec<Day> {
        let editions = self.by_id.values().flat_map(|law| &law.editions);
        let mut days: Vec<Day> = editions.map(|edition| edition.from).collect();
        days.sort();
        days.dedup();
        days
    }
}

impl Law {
    /// The edition in force on a day; before the first one, the first.
    pub fn on(&self, day: Day) -> &LawEdition {
        let in_force = self
            .editions
            .iter()
            .rev()
            .find(|edition| edition.from <= day);
        in_force.unwrap_or(&self.editions[0])
    }

    /// A citation of this law on a day, without numbers.
    pub fn cited(&self, day: Day) -> Citation {
        let edition = self.on(day);
        Citation {
            law: Arc::clone(&self.id),
            name: Arc::clone(&edition.name),
            edition: Arc::clone(&edition.id),
            url: self.url.clone(),
            ..Citation::default()
        }
    }
}

impl Provision {
    /// Where it stands on a day; before its first day, nowhere.
    pub fn on(&self, day: Day) -> Option<&Numbers> {
        let located = self.at.iter().rev().find(|located| located.from <= day);
        located.map(|located| &located.numbers)
    }
}
