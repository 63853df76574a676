//! Entries → as many as fit, and a word about the rest.

/// The longest text that is posted, in bytes. GitHub takes 65,536 characters; the distance leaves
/// room for the marker and for whatever counts otherwise.
pub const LIMIT: usize = 60_000;

/// Puts entries one after another while they and what must follow fit into `limit` bytes. `rest` is
/// asked for the words about the entries that do not, and says nothing of zero.
pub fn fit(
    text: &mut String,
    entries: &[String],
    limit: usize,
    after: usize,
    rest: impl Fn(usize) -> String,
) -> usize {
    let longest_rest = rest(entries.len()).len();
    let mut shown = 0;
    for entry in entries {
        let is_last = shown + 1 == entries.len();
        let reserved = after + if is_last { 0 } else { longest_rest };
        if text.len() + entry.len() + reserved > limit {
            break;
        }
        text.push_str(entry);
        shown += 1;
    }
    if shown < entries.len() {
        text.push_str(&rest(entries.len() - shown));
    }
    shown
}
