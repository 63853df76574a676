//! Sets of values, as coarse as is needed to compare them.

use crate::cel::{Data, Type};

/// What a value may be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    /// Anything.
    Any,
    /// Just this.
    Data(Data),
    /// One of these words; none where that is impossible.
    Words(Vec<Box<str>>),
    /// From the one to the other, both included; nothing where they have passed each other.
    Whole(i64, i64),
    /// True, false, either or neither.
    Truth(Truth),
}

/// Whether it can be true, and whether it can be false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) yes: bool,
    pub(super) no: bool,
}

impl Truth {
    pub(super) const EITHER: Self = Self {
        yes: true,
        no: true,
    };

    pub(super) fn of(holds: bool) -> Self {
        Self {
            yes: holds,
            no: !holds,
        }
    }

    pub(super) fn not(self) -> Self {
        Self {
            yes: self.no,
            no: self.yes,
        }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self {
            yes: self.yes || other.yes,
            no: self.no || other.no,
        }
    }
}

impl Values {
    /// What a type allows.
    pub(super) fn of_type(ty: &Type) -> Self {
        match ty {
            Type::Bool => Self::Truth(Truth::EITHER),
            Type::Int => Self::Whole(i64::MIN, i64::MAX),
            Type::Enum(words) => Self::Words(words.to_vec()),
            _ => Self::Any,
        }
    }

    pub(super) fn truth(&self) -> Truth {
        match self {
            Self::Truth(truth) => *truth,
            Self::Data(Data::Bool(value)) => Truth::of(*value),
            _ => Truth::EITHER,
        }
    }

    /// The least and the greatest whole number.
    pub(super) fn whole(&self) -> Option<(i64, i64)> {
        match self {
            Self::Whole(low, high) => Some((*low, *high)),
            Self::Data(Data::Int(value)) => Some((*value, *value)),
            _ => None,
        }
    }

    fn words(&self) -> Option<Vec<&str>> {
        match self {
            Self::Words(words) => Some(words.iter().map(|word| &**word).collect()),
            Self::Data(Data::Text(word)) => Some(vec![word]),
            _ => None,
        }
    }

    pub(super) fn join(self, other: &Self) -> Self {
        match (&self, other) {
            (a, b) if a == b => self,
            _ => match (self.words(), other.words(), self.whole(), other.whole()) {
                (Some(a), Some(b), ..) => {
                    let new = b.iter().filter(|word| !a.contains(word));
                    Self::Words(a.iter().chain(new).map(|&word| word.into()).collect())
                }
                (_, _, Some(a), Some(b)) => Self::Whole(a.0.min(b.0), a.1.max(b.1)),
                _ if self.is_truth() && other.is_truth() => {
                    Self::Truth(self.truth().join(other.truth()))
                }
                _ => Self::Any,
            },
        }
    }

    fn is_truth(&self) -> bool {
        matches!(self, Self::Truth(_) | Self::Data(Data::Bool(_)))
    }

    /// Whether two of them can be equal, and can be different.
    pub(super) fn equal(&self, other: &Self) -> Truth {
        if let (Self::Data(a), Self::Data(b)) = (self, other) {
            return same(a, b).map_or(Truth::EITHER, Truth::of);
        }
        if let (Some(a), Some(b)) = (self.words(), other.words()) {
            return Truth {
                yes: a.iter().any(|word| b.contains(word)),
                no: match (&*a, &*b) {
                    ([], _) | (_, []) => false,
                    ([a], [b]) => a != b,
                    _ => true,
                },
            };
        }
        if let (Some((low, high)), Some((other_low, other_high))) = (self.whole(), other.whole()) {
            return Truth {
                yes: low.max(other_low) <= high.min(other_high),
                no: low <= high
                    && other_low <= other_high
                    && (low, high, low) != (other_low, other_high, high),
            };
        }
        if self.is_truth() && other.is_truth() {
            let (a, b) = (self.truth(), other.truth());
            return Truth {
                yes: (a.yes && b.yes) || (a.no && b.no),
                no: (a.yes && b.no) || (a.no && b.yes),
            };
        }
        Truth::EITHER
    }

    /// `<`, and with `or_equal` `<=`.
    pub(super) fn less(&self, other: &Self, or_equal: bool) -> Truth {
        if let (Self::Data(Data::Duration(a)), Self::Data(Data::Duration(b))) = (self, other) {
            let order = a.compare(*b);
            return order.map_or(Truth::EITHER, |order| {
                Truth::of(order.is_lt() || (or_equal && order.is_eq()))
            });
        }
        let (Some((low, high)), Some((other_low, other_high))) = (self.whole(), other.whole())
        else {
            return Truth::EITHER;
        };
        if low > high || other_low > other_high {
            return Truth {
                yes: false,
                no: false,
            };
        }
        Truth {
            yes: low < other_high || (or_equal && low == other_high),
            no: high > other_low || (!or_equal && high == other_low),
        }
    }

    /// Only those that may equal `other`, or that may differ from it.
    pub(super) fn limited(self, other: &Self, equal: bool) -> Self {
        match (&self, other) {
            (Self::Words(words), Self::Data(Data::Text(word))) => {
                let kept = words.iter().filter(|known| (*known == word) == equal);
                Self::Words(kept.cloned().collect())
            }
            (Self::Whole(low, high), Self::Data(Data::Int(value))) if equal => {
                Self::Whole(*low.max(value), *high.min(value))
            }
            (Self::Any, Self::Data(Data::Text(_) | Data::Int(_) | Data::Bool(_))) if equal => {
                other.clone()
            }
            _ => self,
        }
    }

    /// Only those of a list of constants, or only those that are not of it.
    pub(super) fn among(self, list: &[Data], inside: bool) -> Self {
        match &self {
            Self::Words(words) => {
                let is_in = |word: &str| list.contains(&Data::text(word));
                let kept = words.iter().filter(|word| is_in(word) == inside);
                Self::Words(kept.cloned().collect())
            }
            _ => self,
        }
    }
}

/// Whether two constants are the same; nothing where their types leave it open.
pub(super) fn same(a: &Data, b: &Data) -> Option<bool> {
    match (a, b) {
        (Data::Text(a), Data::Text(b)) => Some(a == b),
        (Data::Bool(a), Data::Bool(b)) => Some(a == b),
        (Data::Int(a), Data::Int(b)) => Some(a == b),
        (Data::Duration(a), Data::Duration(b)) => a.compare(*b).map(std::cmp::Ordering::is_eq),
        _ => None,
    }
}
