//! The drafts of `write`, with the expressions in them.

use std::collections::BTreeMap;

use super::Resolver;
use super::paths::fact_path;
use crate::cel::Expected;
use crate::document::{Node, inside};
use crate::policy::expression::Expression;
use crate::policy::policy::{Write, WriteKind};
use crate::policy::raw::RawWrite;

impl Resolver<'_, '_, '_> {
    pub(super) fn write(&mut self, raw: &RawWrite) -> Option<Write> {
        let (kind, value) = match (raw.set, raw.add, raw.merge) {
            (Some(value), None, None) => (WriteKind::Set, value),
            (None, Some(value), None) => (WriteKind::Add, value),
            (None, None, Some(value)) => (WriteKind::Merge, value),
            _ => {
                let span = raw
                    .at
                    .as_ref()
                    .map_or(self.raw.title.zh_tw.span, |at| at.span);
                let zh = "write 應恰有 set、add、merge 之一".to_owned();
                let en = "write has exactly one of set, add, merge".to_owned();
                self.compiler.problems.say("policy/write", span, zh, en);
                return None;
            }
        };
        let at = match &raw.at {
            Some(at) => {
                let it = self.it.clone();
                let text = self.compiler.text;
                let (catalogue, problems) = (self.compiler.catalogue, &mut *self.compiler.problems);
                Some(fact_path(at, text, &it, catalogue, problems)?.0)
            }
            None => None,
        };
        let mut placeholders = BTreeMap::new();
        self.placeholders(self.document.node(value), &mut placeholders);
        Some(Write {
            at,
            kind,
            value,
            placeholders,
        })
    }

    pub(super) fn placeholders(
        &mut self,
        node: Node<'_>,
        found: &mut BTreeMap<String, Expression>,
    ) {
        if let Some(text) = node.as_str() {
            for (open, _) in text.match_indices('{') {
                let Some((key, _)) = text[open + 1..].split_once('}') else {
                    continue;
                };
                let (source, span) = match self.raw.show.get(key) {
                    Some(shown) => (shown.value.as_str(), shown.span),
                    None => {
                        let part = open + 1..open + 1 + key.len();
                        (key, inside(self.compiler.text, node.span(), text, &part))
                    }
                };
                let compiled = self.compiler.compile(source, span, &Expected::Any);
                found.extend(compiled.map(|expression| (key.to_owned(), expression)));
            }
        }
        let children: Vec<Node<'_>> = if node.is_map() {
            node.entries().map(|entry| entry.value).collect()
        } else {
            node.items().collect()
        };
        for child in children {
            self.placeholders(child, found);
        }
    }
}
