//! A plan → the same plan with one thing broken, in every way that its fields allow.
//!
//! A field of free text has no other words of its own; what may be swapped in are the words that the
//! policy itself names, such as the titles that a chief officer may not have, and the texts of its
//! other examples.

use std::collections::BTreeSet;

use plangate::plan::{Draft, Scalar, Schema, Shape, ShapeId};
use plangate::text::{DateRange, Duration, Language};

/// By what plans are broken.
pub(crate) struct Breaker<'b> {
    pub(crate) schema: &'b Schema,
    /// The sections to break; all of them where none is named.
    pub(crate) sections: &'b BTreeSet<String>,
    /// Words for fields of free text.
    pub(crate) words: &'b [String],
    /// Documents that a fact may be left to instead of being stated.
    pub(crate) delegates: &'b [String],
}

/// What the examples of a policy say.
#[derive(Default)]
pub(crate) struct Texts {
    pub(crate) words: BTreeSet<String>,
    pub(crate) delegates: BTreeSet<String>,
}

impl Breaker<'_> {
    /// Every way to break a plan.
    pub(crate) fn broken(&self, plan: &Draft) -> Vec<Draft> {
        let Draft::Map(sections) = plan else {
            return Vec::new();
        };
        let asked =
            |(key, _): &(String, Draft)| self.sections.is_empty() || self.sections.contains(key);
        let (asked, others): (Vec<_>, Vec<_>) = sections.iter().cloned().partition(asked);
        let broken = self.of_map(&asked, self.schema.root()).into_iter();
        broken.map(|draft| beside(draft, &others)).collect()
    }

    fn of(&self, draft: &Draft, shape: ShapeId) -> Vec<Draft> {
        match draft {
            Draft::Map(entries) => {
                self.of_map(entries, self.schema.item_of(shape).unwrap_or(shape))
            }
            Draft::List(items) => {
                // A list may also stand for one object, in variants.
                let item = self.schema.item_of(shape).unwrap_or(shape);
                self.of_list(items, item)
            }
            Draft::Scalar(written) => self
                .scalar(shape)
                .map_or_else(Vec::new, |scalar| self.others(scalar, written)),
        }
    }

    /// Without each of its entries, and with each of them broken.
    fn of_map(&self, entries: &[(String, Draft)], shape: ShapeId) -> Vec<Draft> {
        let mut broken = Vec::new();
        for (at, (key, value)) in entries.iter().enumerate() {
            let mut without = entries.to_vec();
            without.remove(at);
            broken.push(Draft::Map(without));
            let Some(shape) = self.below(shape, key) else {
                continue;
            };
            for other in self
                .of(value, shape)
                .into_iter()
                .chain(self.left_to_documents())
            {
                let mut entries = entries.to_vec();
                entries[at].1 = other;
                broken.push(Draft::Map(entries));
            }
        }
        broken
    }

    /// A fact that is left to a document.
    fn left_to_documents(&self) -> impl Iterator<Item = Draft> {
        let delegates = self.delegates.iter();
        delegates
            .map(|document| Draft::Scalar(document.clone()).under(&["delegated_to".to_owned()]))
    }

    /// Without each of its items, and with each of them broken.
    fn of_list(&self, items: &[Draft], item: ShapeId) -> Vec<Draft> {
        let mut broken = Vec::new();
        for (at, value) in items.iter().enumerate() {
            let mut without = items.to_vec();
            without.remove(at);
            broken.push(Draft::List(without));
            for other in self.of(value, item) {
                let mut items = items.to_vec();
                items[at] = other;
                broken.push(Draft::List(items));
            }
        }
        broken
    }

    /// A figure a step less and a step more, a day earlier and later, every other word.
    fn others(&self, scalar: &Scalar, written: &str) -> Vec<Draft> {
        let written = written.trim_matches(['"', '\'']);
        let texts: Vec<String> = match scalar {
            Scalar::Words(words) => words
                .all()
                .iter()
                .filter(|word| ***word != *written)
                .map(|word| (**word).to_owned())
                .collect(),
            Scalar::Boolean => vec![(written != "true").to_string()],
            Scalar::Integer | Scalar::Number => steps(written),
            Scalar::Duration => longer_and_shorter(written),
            Scalar::Date => days_beside(written),
            Scalar::Text => self.words.to_vec(),
            Scalar::DayOfYear | Scalar::Edition => Vec::new(),
        };
        texts.into_iter().map(Draft::Scalar).collect()
    }

    /// Every free text of a plan, and every document that something is left to.
    pub(crate) fn texts(&self, plan: &Draft, shape: ShapeId, found: &mut Texts) {
        match plan {
            Draft::Map(entries) => {
                let shape = self.schema.item_of(shape).unwrap_or(shape);
                for (key, value) in entries {
                    if let ("delegated_to", Draft::Scalar(document)) = (&**key, value) {
                        found.delegates.insert(document.clone());
                    } else if let Some(below) = self.below(shape, key) {
                        self.texts(value, below, found);
                    }
                }
            }
            Draft::List(items) => {
                let item = self.schema.item_of(shape).unwrap_or(shape);
                for value in items {
                    self.texts(value, item, found);
                }
            }
            Draft::Scalar(written) => {
                if matches!(self.scalar(shape), Some(Scalar::Text)) {
                    found.words.insert(written.clone());
                }
            }
        }
    }

    /// The type of what stands under a key: of a field, or of the law that is cited there.
    fn below(&self, shape: ShapeId, key: &str) -> Option<ShapeId> {
        let field = match key {
            "cite" | "by_law" => self.schema.resolve("basis.laws")?,
            _ => self.schema.field_named(shape, key)?,
        };
        Some(self.schema.field(field).shape)
    }

    /// The type of a value that is written as one: of a citation, that of its first field.
    fn scalar(&self, shape: ShapeId) -> Option<&Scalar> {
        match self.schema.shape(shape) {
            Shape::Scalar(scalar) => Some(scalar),
            Shape::TextOr { object, .. } => {
                let first = self.schema.fields(*object).first()?;
                self.scalar(self.schema.field(*first).shape)
            }
            _ => None,
        }
    }
}

/// The broken sections, and the others as they are.
fn beside(broken: Draft, others: &[(String, Draft)]) -> Draft {
    let Draft::Map(mut entries) = broken else {
        return broken;
    };
    entries.extend(others.iter().cloned());
    Draft::Map(entries)
}

fn steps(written: &str) -> Vec<String> {
    let number = written.parse::<f64>().ok();
    let beside = number.map(|number| vec![(number - 1.0).to_string(), (number + 1.0).to_string()]);
    beside.unwrap_or_default()
}

fn longer_and_shorter(written: &str) -> Vec<String> {
    let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = &written[digits.len()..];
    let (Ok(count), Some(_)) = (digits.parse::<u32>(), Duration::parse(written)) else {
        return Vec::new();
    };
    vec![
        format!("{}{unit}", count.saturating_sub(1)),
        format!("{}{unit}", count + 1),
    ]
}

fn days_beside(written: &str) -> Vec<String> {
    let Some(date) = DateRange::parse(written) else {
        return Vec::new();
    };
    let beside = [date.first.yesterday(), date.last.tomorrow()];
    beside
        .into_iter()
        .flatten()
        .map(|day| DateRange::day(day).show(Language::En))
        .collect()
}
