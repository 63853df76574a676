//! A law that a plan cites, read in the edition that the plan was written under and in the one of the
//! law date: the names of the law, and the article of the provision that is meant.
//!
//! Only what is certain is told. A number that may mean several provisions, a day known only as a
//! month over a change, an edition whose first day is not known: each leaves the answer out.

use crate::document::Node;
use crate::plan::Citation;
use crate::policy::{Law, LawEdition, Laws, Provision, Row, Table};
use crate::text::{DateRange, Day};

/// One citation of a law of the packs.
pub(in crate::check) struct CitedLaw<'p> {
    law: &'p Law,
    citation: Citation<'p>,
    /// The day by whose edition its numbers are to be read.
    written_on: Option<DateRange>,
    row: Row,
}

/// Which law a citation names, and by whose edition it is to be read: the same on every law date.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Named<'p> {
    law: &'p Law,
    written_on: Option<DateRange>,
}

impl<'p> Named<'p> {
    /// Of a citation whose law the packs know, by its id or by any of its names.
    pub(in crate::check) fn of(
        citation: &Citation<'p>,
        laws: &'p Laws,
        issued: Option<DateRange>,
    ) -> Option<Self> {
        let law = match (citation.id, citation.title) {
            (Some(id), _) => laws.get(id).map(|law| &**law),
            (None, Some(title)) => laws.titled(title),
            (None, None) => None,
        };
        let edition = citation.node.get("edition").map(Node::written);
        Some(Self {
            law: law?,
            written_on: edition.and_then(DateRange::parse).or(issued),
        })
    }
}

impl<'p> CitedLaw<'p> {
    /// A citation as it is read for the row of the plan's agency.
    pub(in crate::check) fn of(named: Named<'p>, citation: Citation<'p>, row: Row) -> Self {
        let Named { law, written_on } = named;
        Self {
            law,
            citation,
            written_on,
            row,
        }
    }

    /// Its id in `laws.yaml`.
    pub(in crate::check) fn id(&self) -> &'p str {
        &self.law.id
    }

    /// Whether the name printed is a whole name of the law, of whatever edition.
    pub(in crate::check) fn is_full_name(&self) -> bool {
        let named = |title| {
            self.law
                .editions
                .iter()
                .any(|edition| edition.name.zh_tw == title)
        };
        self.citation.title.is_some_and(named)
    }

    /// The article as printed.
    pub(in crate::check) fn article(&self) -> Option<i64> {
        self.number("article")
    }

    /// The name of the law when the plan was written.
    pub(in crate::check) fn name_then(&self) -> Option<&'p str> {
        self.then(|day| Some(&*self.law.on(day).name.zh_tw))
    }

    /// The name of the law on a day.
    pub(in crate::check) fn name_on(&self, day: Day) -> &'p str {
        &self.law.on(day).name.zh_tw
    }

    /// Where the provision that the citation names stood when the plan was written.
    pub(in crate::check) fn article_then(&self) -> Option<i64> {
        let provision = self.named()?;
        self.then(|day| self.article_of(provision, day))
    }

    /// Where the provision that is meant stands on a day.
    pub(in crate::check) fn article_on(&self, day: Day) -> Option<i64> {
        if let Some(provision) = self.named() {
            return self.article_of(provision, day);
        }
        let meant =
            self.law.provisions.values().filter(|provision| {
                self.then(|then| Some(self.is_at(provision, then))) == Some(true)
            });
        let mut articles = meant.map(|provision| self.article_of(provision, day));
        let first = articles.next()??;
        articles.all(|other| other == Some(first)).then_some(first)
    }

    /// The provision that the citation names, or that its place in the plan always means.
    fn named(&self) -> Option<&'p Provision> {
        let own = self.citation.node.get("provision").and_then(Node::as_str);
        let id = own.or(self.citation.provision)?;
        self.law.provisions.get(id).map(|provision| &**provision)
    }

    fn article_of(&self, provision: &Provision, day: Day) -> Option<i64> {
        let article = provision.on(day)?.article.as_ref()?;
        article.at(self.row).map(|&article| i64::from(article))
    }

    /// Whether a provision stands at the printed numbers on a day.
    fn is_at(&self, provision: &Provision, day: Day) -> bool {
        let Some(numbers) = provision.on(day) else {
            return false;
        };
        let printed = [
            ("article", &numbers.article),
            ("paragraph", &numbers.paragraph),
            ("subparagraph", &numbers.subparagraph),
        ];
        let agrees = |(key, own): (&str, &Option<Table<u16>>)| {
            let own = own.as_ref().and_then(|own| own.at(self.row));
            let printed = self.number(key);
            printed.is_none_or(|printed| own.is_none_or(|&own| i64::from(own) == printed))
        };
        numbers.article.is_some() && printed.into_iter().all(agrees)
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.citation.node.get(key).and_then(Node::as_int)
    }

    /// What held when the plan was written, where it is the same on every day that may have been.
    fn then<T: PartialEq>(&self, of: impl Fn(Day) -> Option<T>) -> Option<T> {
        let DateRange { first, last } = self.written_on?;
        let days = [Some(first), Some(last), self.before(last)];
        let mut answers = days.into_iter().flatten().map(of);
        let one = answers.next()??;
        answers
            .all(|other| other.as_ref() == Some(&one))
            .then_some(one)
    }

    /// The last day of the edition before, where that of a day may not have been in force yet.
    fn before(&self, day: Day) -> Option<Day> {
        let edition: &LawEdition = self.law.on(day);
        let doubtful = edition.from <= day && day < edition.certain_from;
        doubtful.then(|| edition.from.yesterday().ok()).flatten()
    }
}
