//! What nodes are, and how they are written.

/// What a node is by the core schema of YAML 1.2.2 (§10.3).
#[derive(Debug, Copy, Clone, PartialEq)]
pub enum Content<'d> {
    /// `null`, `~`, nothing; also an alias, which the profile refuses.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// A number that is finite.
    Float(f64),
    /// Anything else that is written in one piece.
    Text(&'d str),
    /// A sequence; see [`items`](super::Node::items).
    List,
    /// A mapping; see [`entries`](super::Node::entries).
    Map,
}

/// How a node is written.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// `[…]`, `{…}`, and the one-entry map in `[a: b]`.
    Flow,
    /// A list of `- ` or a map over lines.
    Block,
}
