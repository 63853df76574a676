//! Changes → what they mean, in 32 bytes.
//!
//! Two commits have one digest for a rule exactly where the rule selects changes of the same paths
//! with the same values before and after, whatever their order and wherever they stand in the file.

use std::fmt::Write;

use sha2::{Digest as _, Sha256};

use super::ChangeFacts;
use crate::cel::Data;
use crate::review::approval::Digest;
use crate::text::{Duration, Unit};

/// Of the changes that a rule selects, and of the rule's text.
pub(super) fn digest<'c>(rule: &str, changes: impl Iterator<Item = &'c ChangeFacts>) -> Digest {
    let mut told: Vec<String> = changes.map(tell).collect();
    told.sort_unstable();
    let mut hash = Sha256::new();
    for part in std::iter::once(rule).chain(told.iter().map(String::as_str)) {
        // With its length before it, no part can pass for two.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn tell(change: &ChangeFacts) -> String {
    let mut told = String::new();
    for part in [&*change.path, change.kind] {
        let _ = write!(told, "{part:?} ");
    }
    for side in [&change.old, &change.new] {
        match side {
            Some(data) => write_data(&mut told, data),
            None => told.push('-'),
        }
        told.push(' ');
    }
    told
}

/// One spelling for each value: of a mapping the keys in their order.
fn write_data(out: &mut String, data: &Data) {
    match data {
        Data::List(elements) => {
            out.push('[');
            for element in elements {
                write_data(out, element);
                out.push(',');
            }
            out.push(']');
        }
        Data::Record(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            out.push('{');
            for (key, value) in fields {
                let _ = write!(out, "{key:?}:");
                write_data(out, value);
                out.push(',');
            }
            out.push('}');
        }
        Data::Duration(duration) => {
            let _ = write!(out, "{:?}", in_months(*duration));
        }
        // The debug form quotes texts and tells types apart.
        scalar => {
            let _ = write!(out, "{scalar:?}");
        }
    }
}

/// Two years are 24 months.
fn in_months(duration: Duration) -> Duration {
    match duration {
        Duration::Length {
            count,
            unit: Unit::Year,
            workday,
        } => Duration::Length {
            count: count.saturating_mul(12),
            unit: Unit::Month,
            workday,
        },
        other => other,
    }
}
