//! Names for nodes, such that two nodes of one name have one value.

use crate::cel::Program;
use crate::cel::program::{Each, Id, Op};

/// How an element of a list is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elements {
    /// Each comprehension has its own: `$0.grade`. Two elements of a list are never the same.
    Apart,
    /// By their list: `bodies[].grade`. What holds for all of a list holds for each.
    ByList,
}

impl Program {
    /// The key of a node. `lists` are the keys of the lists that enclosing comprehensions go over.
    pub(super) fn key(&self, id: Id, elements: Elements, lists: &mut Vec<String>) -> String {
        let mut key = |id| self.key(id, elements, lists);
        match &self.nodes[usize::from(id.0)].op {
            Op::Constant(data) => format!("{data:?}"),
            Op::Variable(index) => self.variable_name(*index).to_owned(),
            Op::Local(index) => match elements {
                Elements::Apart => format!("${index}"),
                Elements::ByList => {
                    let list = lists.get(usize::from(*index));
                    list.map_or_else(|| format!("${index}"), |list| format!("{list}[]"))
                }
            },
            Op::Field {
                object: above,
                name,
                ..
            }
            | Op::Key {
                record: above,
                name,
                ..
            } => format!("{}.{}", key(*above), self.name(*name)),
            Op::Has(path) => format!("has({})", key(*path)),
            Op::Mode(path) => format!("mode({})", key(*path)),
            Op::Stated(path) => format!("stated({})", key(*path)),
            Op::And(a, b) => format!("({}&&{})", key(*a), key(*b)),
            Op::Or(a, b) => format!("({}||{})", key(*a), key(*b)),
            Op::If(a, b, c) => format!("({}?{}:{})", key(*a), key(*b), key(*c)),
            Op::List(ids) => {
                let ids: Vec<String> = ids.iter().map(|&id| key(id)).collect();
                format!("[{}]", ids.join(","))
            }
            Op::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|&(a, b)| format!("{}:{}", key(a), key(b)))
                    .collect();
                format!("{{{}}}", entries.join(","))
            }
            Op::Unary(run, a) => format!("{run:?}({})", key(*a)),
            Op::Binary(run, a, b) => format!("{run:?}({},{})", key(*a), key(*b)),
            Op::Pattern { text, regex } => format!("matches({},{regex})", key(*text)),
            Op::Matches { text, pattern, .. } => {
                format!("matches({},{})", key(*text), key(*pattern))
            }
            Op::Each(each) => {
                let (kind, list) = (each.kind, each.list);
                let over = self.key(list, elements, lists);
                let of_elements = self.list_key(list, elements, lists);
                lists.push(of_elements);
                let mut part = |id: &Option<Id>| {
                    id.map(|id| self.key(id, elements, lists))
                        .unwrap_or_default()
                };
                let key = format!(
                    "{kind:?}({over},{},{})",
                    part(&each.guard),
                    part(&each.body)
                );
                lists.pop();
                key
            }
        }
    }

    /// The key of the list whose elements a list has: those of a `filter` are those of its list.
    pub(super) fn list_key(&self, id: Id, elements: Elements, lists: &mut Vec<String>) -> String {
        match &self.nodes[usize::from(id.0)].op {
            Op::Each(each) if each.kind == Each::Filter => {
                self.list_key(each.list, elements, lists)
            }
            _ => self.key(id, elements, lists),
        }
    }

    pub(super) fn variable_name(&self, index: u8) -> &str {
        let named = self.variables.iter().find(|(known, _)| *known == index);
        named.map_or("", |(_, name)| name)
    }
}
