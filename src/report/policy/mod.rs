//! Policies for people: listed, explained, their problems, their tests, and a page for each.

mod explain;
mod list;
mod page;
mod problems;
mod tested;

pub use explain::explain;
pub use list::{Choice, list, list_json};
pub use page::{index, page};
pub use problems::problems;
pub use tested::{Tested, tested};
